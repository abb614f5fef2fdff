"""The sheets of a plan workbook: their names, columns, headings, and what staff are told to write in each.

Drawer, reader and guide all take these and know no sheet name and no heading of their own. The keys and their
order come from plan.tables, the headings from plan.headings; what a cell may hold is judged by plan.schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plan.book.phrases import DUE_EXAMPLE, FIELDS_EXAMPLE, TARGETS_EXAMPLE
from plan.book.words import DATE_EXAMPLE, DAY_EXAMPLE
from plan.headings import HEAD_EXAMPLES, HEADINGS
from plan.tables import (
    CALENDAR_COLUMNS,
    GROUP_COLUMNS,
    HEAD_COLUMNS,
    INDICATOR_COLUMNS,
    ODDITY_COLUMNS,
    RULE_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
    WAIVER_COLUMNS,
)

GUIDE_NAME = "Cách điền"
HEAD_NAME = "Kế hoạch"
LIST_NAME = "Danh mục"
HEAD_COLUMN_HEADINGS = {"label": "Mục", "key": "Khóa", "value": "Nội dung", "hint": "Ghi gì"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column (of the head sheet: one item). `width` is in characters; `printed` cells are words of the document."""

    key: str
    width: float
    hint: str  # what to write
    example: str = ""
    printed: bool = False
    is_centred: bool = False
    heading: str = ""  # from plan.headings, put in when the column takes its place in a table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table sheet. `fixed` columns stay in sight on the screen and are repeated on every printed page."""

    role: str  # the field of PlanTables
    name: str
    purpose: str
    columns: tuple[Column, ...]
    fixed: int


_VERBATIM = "Chép đúng từng chữ như văn bản, kể cả chỗ in sai; văn bản không ghi thì để trống."
_WHO = "Mã đơn vị, @mã nhóm, hoặc ?lời văn khi không rõ là ai; vai trò ghi trong ngoặc vuông; cách nhau bằng dấu ;"
_SOURCE = "Chỉ ghi cho dòng không nằm trong bảng nào của văn bản: câu ấy đứng ở đâu."
_SENTENCE = "Nguyên văn câu mà dòng này được lấy ra; dòng của bảng thì để trống."
_CONFIRM = "Khóa (hàng 2) của các cột do máy đề nghị mà chưa ai xác nhận; xem lại xong thì xóa khóa ấy đi."
_ALIASES = "Các cách viết khác của cùng tên ấy trong văn bản, cách nhau bằng dấu ;"


def _printed(key: str, width: float, hint: str = "", *, is_centred: bool = False) -> Column:
    return Column(key, width, f"{hint} {_VERBATIM}".strip(), printed=True, is_centred=is_centred)


_SHARED: Mapping[str, Column] = {
    "number": _printed("number", 7, "Số thứ tự, không kèm dấu chấm.", is_centred=True),
    "group_number": _printed("group_number", 8, "Số của nhóm, ví dụ II.", is_centred=True),
    "coordinating_text": _printed("coordinating_text", 24),
    "due_text": _printed("due_text", 17),
    "due": Column("due", 22, "Hạn mà máy tính theo.", DUE_EXAMPLE),
    "coordinators": Column("coordinators", 25, _WHO, "@dvtt; ?các cơ quan liên quan"),
    "source": Column("source", 20, _SOURCE, "Mục II.1, gạch đầu dòng 2", printed=True),
    "sentence": Column("sentence", 40, _SENTENCE, printed=True),
    "confirm": Column("confirm", 16, _CONFIRM, "due; coordinators"),
}
_INDICATORS = (
    Column(
        "code",
        26,
        "Chữ in hoa không dấu, số và _; mỗi dòng một mã, không đổi về sau; chỉ tiêu quốc gia giữ mã chung.",
        "BHYT_COVERAGE",
    ),
    _printed("section", 20, "Đề mục lớn bên trên chỉ tiêu."),
    _printed("group", 20, "Tên nhóm, không kèm số."),
    _printed("name", 41),
    _printed("unit", 9, is_centred=True),
    _printed("target_text", 14, is_centred=True),
    _printed("lead_text", 24),
    _printed("monitor_text", 20),
    Column("measure", 16, "Chọn trong danh sách; nghĩa của từng từ ở trang Cách điền.", "Tỷ lệ phần trăm"),
    Column(
        "aggregation",
        18,
        "Chọn trong danh sách; phải đi với cách đo (xem trang Cách điền).",
        "Cộng tử số, cộng mẫu số",
    ),
    Column("decimals", 8, "Số chữ số thập phân khi trình bày, từ 0 đến 6.", "1", is_centred=True),
    Column(
        "fields",
        54,
        "Tên số liệu [đơn vị tính] {từ..đến}: nhãn để đơn vị đọc; cách nhau bằng dấu |. Số cộng dồn từ đầu năm: thêm "
        "(lũy kế) ngay trước dấu hai chấm.",
        FIELDS_EXAMPLE,
    ),
    Column(
        "targets",
        18,
        "Năm, dấu so sánh, số; cách nhau bằng dấu ; – cách đo Đạt ngưỡng thêm @ngưỡng.",
        TARGETS_EXAMPLE,
    ),
    Column(
        "prorated",
        13,
        "Chọn Chia theo tháng khi số của chỉ tiêu mỗi năm tính lại từ 0: kỳ trong năm được so với phần mục tiêu của "
        "năm ấy tính đến tháng cuối kỳ (6 tháng là một nửa); còn lại để trống.",
        "Chia theo tháng",
        is_centred=True,
    ),
    Column("reporters", 25, _WHO, "trung-tam-ksbt; @xa-phuong"),
    Column("monitors", 20, _WHO, "phong-ql-ytdp"),
    Column(
        "same_as",
        20,
        "Mã của chỉ tiêu mà dòng này dùng chung số liệu để so với mục tiêu khác; không có thì để trống.",
        "BHYT_COVERAGE",
    ),
    Column(
        "part_of",
        20,
        "Mã của dòng mà số liệu này được tách ra, khi một dòng nêu hai số; không có thì để trống.",
        "STATION_FACILITIES",
    ),
    Column("short", 16, "Tên cho đầu cột hẹp, nên không quá 24 chữ.", "Bao phủ BHYT"),
    Column(
        "reason",
        42,
        "Một câu: vì sao đo và giao báo cáo như vậy.",
        "Cộng tử số, mẫu số để không lấy trung bình các tỷ lệ.",
    ),
)
_TASKS = (
    Column(
        "code",
        14,
        "NV- rồi số nhóm, số thứ tự; mỗi dòng một mã, không đổi về sau.",
        "NV-II-3",
    ),
    _printed("group", 30, "Tên nhóm, không kèm số."),
    _printed("name", 54),
    _printed("lead_text", 25),
    _printed("result", 30),
    Column("leads", 25, _WHO, "phong-ql-ytdp [chỉ đạo]; trung-tam-ksbt [thực hiện]"),
    Column(
        "parent",
        14,
        "Mã của nhiệm vụ lớn khi đây là nhiệm vụ con; không có thì để trống.",
        "NV-II-6",
    ),
)
_UNITS = (
    Column(
        "id",
        30,
        "Chữ thường không dấu, số và dấu nối; mỗi đơn vị một mã, không đổi về sau.",
        "phuong-thanh-nam",
    ),
    Column("code", 11, "Mã trong danh mục hành chính, nếu có.", "13366", is_centred=True),
    Column("kind", 14, "Phường, xã, phòng, trung tâm, bệnh viện…", "phường"),
    Column("name", 40, "Tên đầy đủ như văn bản.", "UBND phường Thành Nam", printed=True),
    Column(
        "groups",
        22,
        "Mã các nhóm (trang Nhóm đơn vị), cách nhau bằng dấu ;",
        "dvtt; benh-vien",
    ),
    Column("parent", 24, "Mã của đơn vị cấp trên; không có thì để trống.", "ubnd-xa"),
    Column("aliases", 40, _ALIASES, "Trung tâm KSBT; TT KSBT", printed=True),
    Column("contact", 20, "Điện thoại hoặc thư điện tử để đôn đốc.", "Điện thoại 0229 3871 000"),
    Column(
        "population",
        11,
        "Số người trên địa bàn của đơn vị, để phát hiện số liệu nhiều hơn số dân; chưa có số thì để trống.",
        "12500",
        is_centred=True,
    ),
    Column(
        "example",
        9,
        "Chọn Ví dụ khi văn bản không nêu tên đơn vị này; đơn vị thật thì để trống.",
        "Ví dụ",
        is_centred=True,
    ),
)
_CALENDAR = (
    Column("kind", 24, "Chọn trong danh sách; mỗi kỳ một dòng.", "6 tháng đầu năm"),
    Column("first", 16, "Ngày/tháng.", "1/1", is_centred=True),
    Column("last", 16, "Ngày/tháng.", "30/6", is_centred=True),
    Column(
        "due",
        18,
        "Ngày/tháng bắt đầu tính là muộn; văn bản không định ngày thì để trống.",
        DAY_EXAMPLE,
        is_centred=True,
    ),
)
_GROUPS = (
    Column("id", 26, "Chữ thường không dấu, số và dấu nối; khi giao việc viết @mã.", "xa-phuong"),
    Column("name", 54, "Tên mà văn bản gọi chung.", "UBND xã, phường", printed=True),
    Column("aliases", 60, _ALIASES, "UBND các xã; các xã, phường", printed=True),
)
_ODDITIES = (
    Column("kind", 20, "Chọn trong danh sách; để trống là Lưu ý chung.", "In sai"),
    Column("place", 28, "Mục, phụ lục, dòng.", "Phụ lục 1, chỉ tiêu 11"),
    Column("rows", 30, "Mã chỉ tiêu, nhiệm vụ; cách nhau bằng dấu ;", "NV-II-3; NV-II-4"),
    Column("note", 52, "Nói đúng điều thấy, không sửa.", "Số thứ tự 49 dùng hai lần."),
    Column("printed", 28, "Lời in trong văn bản, nếu có.", "vài trò", printed=True),
    Column("reading", 28, "Cách đọc có lẽ đúng, nếu có.", "vai trò"),
    Column("suggestion", 44, "Nên làm gì.", "Đề nghị nơi ban hành đính chính."),
)
_UNTIL = Column(
    "until",
    16,
    "Ngày/tháng/năm: áp dụng cho mọi kỳ kết thúc chậm nhất vào ngày này; áp dụng mãi thì để trống.",
    DATE_EXAMPLE,
    is_centred=True,
)
_RULES = (
    Column("rule", 48, "Chọn trong danh sách; mỗi quy tắc một dòng.", "Số lũy kế giảm"),
    Column(
        "severity",
        14,
        "Lỗi thì số liệu của dòng không được tính; Cảnh báo thì đơn vị phải giải trình; Ghi chú thì chỉ để biết.",
        "Cảnh báo",
        is_centred=True,
    ),
    _UNTIL,
    Column("reason", 60, "Một câu: vì sao đổi mức độ.", "Quy tắc mới, năm đầu chỉ nhắc để các đơn vị quen."),
)
_WAIVERS = (
    Column("unit", 30, "Mã ở trang Đơn vị; mỗi đơn vị một dòng.", "phuong-thanh-nam"),
    Column("rule", 48, "Chọn trong danh sách.", "Nhiều người hơn dân số"),
    Column(
        "row",
        26,
        "Mã chỉ tiêu hoặc nhiệm vụ mà đơn vị ấy phải trả lời; miễn ở mọi dòng của đơn vị thì để trống.",
        "BHYT_COVERAGE",
    ),
    _UNTIL,
    Column("reason", 60, "Một câu; đơn vị đọc được câu này.", "Khám cả công nhân khu công nghiệp không thường trú."),
)


def _ordered(role: str, keys: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns in the order of the plan's tables; a key without its own column has a shared one."""
    own = {**_SHARED, **{column.key: column for column in columns}}
    return tuple(replace(own[key], heading=HEADINGS[role][key]) for key in keys)


HEAD_ITEMS = _ordered(
    "head",
    HEAD_COLUMNS,
    (
        Column("id", 0, "Chữ thường không dấu, số và dấu nối.", HEAD_EXAMPLES["id"]),
        Column("issuer", 0, "Tên đầy đủ, in ở đầu biểu mẫu.", HEAD_EXAMPLES["issuer"]),
        Column("superior", 0, "In bên trên cơ quan ban hành; không có thì để trống."),
        Column("short_issuer", 0, "Phần cuối của số văn bản.", HEAD_EXAMPLES["short_issuer"]),
        Column("title", 0, "Tên văn bản, đúng từng chữ.", HEAD_EXAMPLES["title"], printed=True),
        Column("level", 0, "Một trong: tỉnh, thành phố, phường, xã, đặc khu.", HEAD_EXAMPLES["level"]),
        Column("place", 0, "Trước ngày tháng trong văn bản.", HEAD_EXAMPLES["place"]),
        Column("return_to", 0, "Đơn vị gửi tệp về đâu.", HEAD_EXAMPLES["return_to"]),
        Column("time_zone", 0, "Múi giờ của hạn nộp.", HEAD_EXAMPLES["time_zone"]),
    ),
)
SHEETS = (
    Sheet(
        "calendar",
        "Lịch báo cáo",
        "Mỗi kỳ báo cáo trong năm một dòng.",
        _ordered("calendar", CALENDAR_COLUMNS, _CALENDAR),
        fixed=1,
    ),
    Sheet(
        "groups",
        "Nhóm đơn vị",
        "Các tên mà văn bản gọi chung nhiều đơn vị.",
        _ordered("groups", GROUP_COLUMNS, _GROUPS),
        fixed=1,
    ),
    Sheet(
        "indicators",
        "Chỉ tiêu",
        "Mỗi chỉ tiêu của Phụ lục 1 (hoặc của phần lời) một dòng, theo thứ tự in.",
        _ordered("indicators", INDICATOR_COLUMNS, _INDICATORS),
        fixed=2,
    ),
    Sheet(
        "tasks",
        "Nhiệm vụ",
        "Mỗi nhiệm vụ của Phụ lục 2 (hoặc của phần lời) một dòng, theo thứ tự in.",
        _ordered("tasks", TASK_COLUMNS, _TASKS),
        fixed=2,
    ),
    Sheet(
        "units",
        "Đơn vị",
        "Mọi đơn vị được giao việc hoặc phải báo cáo, mỗi đơn vị một dòng.",
        _ordered("units", UNIT_COLUMNS, _UNITS),
        fixed=1,
    ),
    Sheet(
        "oddities",
        "Lưu ý",
        "Những chỗ lạ trong văn bản: chỉ nêu ra, không tự sửa.",
        _ordered("oddities", ODDITY_COLUMNS, _ODDITIES),
        fixed=1,
    ),
    Sheet(
        "rules",
        "Mức độ quy tắc",
        "Quy tắc kiểm tra nào được nặng hơn hay nhẹ hơn bình thường; không đổi gì thì để trống cả trang.",
        _ordered("rules", RULE_COLUMNS, _RULES),
        fixed=1,
    ),
    Sheet(
        "waivers",
        "Miễn trừ",
        "Đơn vị nào được miễn quy tắc nào: điều mà quy tắc ấy thấy chỉ còn là ghi chú, kèm lý do ghi ở đây.",
        _ordered("waivers", WAIVER_COLUMNS, _WAIVERS),
        fixed=2,
    ),
)
