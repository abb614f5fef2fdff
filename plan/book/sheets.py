"""The sheets of a plan workbook: their names, columns, headings, and what staff are told to write in each.

Drawer, reader and guide all take these and know no sheet name and no heading of their own. The keys and their
order come from plan.tables; what a cell may hold is judged by plan.schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plan.book.words import DAY_EXAMPLE, DUE_EXAMPLE
from plan.tables import (
    CALENDAR_COLUMNS,
    GROUP_COLUMNS,
    HEAD_COLUMNS,
    INDICATOR_COLUMNS,
    ODDITY_COLUMNS,
    TASK_COLUMNS,
    UNIT_COLUMNS,
)

GUIDE_NAME = "Cách điền"
HEAD_NAME = "Kế hoạch"
LIST_NAME = "Danh mục"
HEAD_COLUMN_HEADINGS = {"label": "Mục", "key": "Khóa", "value": "Nội dung", "hint": "Ghi gì"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column (of the head sheet: one item). `width` is in characters; `printed` cells are words of the document."""

    key: str
    heading: str
    width: float
    hint: str  # what to write
    example: str = ""
    printed: bool = False
    is_centred: bool = False


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


def _printed(key: str, heading: str, width: float, hint: str = "", *, is_centred: bool = False) -> Column:
    return Column(key, heading, width, f"{hint} {_VERBATIM}".strip(), printed=True, is_centred=is_centred)


_SHARED: Mapping[str, Column] = {
    "number": _printed("number", "TT", 7, "Số thứ tự, không kèm dấu chấm.", is_centred=True),
    "group_number": _printed("group_number", "Số của nhóm", 8, "Số của nhóm, ví dụ II.", is_centred=True),
    "coordinating_text": _printed("coordinating_text", "Đơn vị phối hợp (văn bản)", 24),
    "due_text": _printed("due_text", "Thời hạn (văn bản)", 17),
    "due": Column("due", "Thời hạn (hiểu là)", 22, "Hạn mà máy tính theo.", DUE_EXAMPLE),
    "coordinators": Column("coordinators", "Ai phối hợp", 25, _WHO, "@dvtt; ?các cơ quan liên quan"),
    "source": Column("source", "Nơi đứng trong phần lời", 20, _SOURCE, "Mục II.1, gạch đầu dòng 2", printed=True),
    "sentence": Column("sentence", "Nguyên văn câu", 40, _SENTENCE, printed=True),
    "confirm": Column("confirm", "Cột còn phải xác nhận", 16, _CONFIRM, "due; coordinators"),
}
_INDICATORS = (
    Column(
        "code",
        "Mã chỉ tiêu",
        26,
        "Chữ in hoa không dấu, số và _; mỗi dòng một mã, không đổi về sau; chỉ tiêu quốc gia giữ mã chung.",
        "BHYT_COVERAGE",
    ),
    _printed("section", "Đề mục", 20, "Đề mục lớn bên trên chỉ tiêu."),
    _printed("group", "Nhóm chỉ tiêu", 20, "Tên nhóm, không kèm số."),
    _printed("name", "Nội dung chỉ tiêu", 41),
    _printed("unit", "Đơn vị tính", 9, is_centred=True),
    _printed("target_text", "Mục tiêu (văn bản)", 14, is_centred=True),
    _printed("lead_text", "Đơn vị chủ trì, báo cáo (văn bản)", 24),
    _printed("monitor_text", "Đơn vị theo dõi (văn bản)", 20),
    Column("measure", "Cách đo", 16, "Chọn trong danh sách; nghĩa của từng từ ở trang Cách điền.", "Tỷ lệ phần trăm"),
    Column(
        "aggregation",
        "Cách tổng hợp",
        18,
        "Chọn trong danh sách; phải đi với cách đo (xem trang Cách điền).",
        "Cộng tử số, cộng mẫu số",
    ),
    Column("decimals", "Số chữ số lẻ", 8, "Số chữ số thập phân khi trình bày, từ 0 đến 6.", "1", is_centred=True),
    Column(
        "fields",
        "Số liệu đơn vị phải nhập",
        54,
        "Tên số liệu [đơn vị tính] {từ..đến}: nhãn để đơn vị đọc; cách nhau bằng dấu |",
        "numerator [người]: Số người có thẻ | denominator [người] {1..}: Dân số",
    ),
    Column(
        "targets",
        "Mục tiêu từng năm",
        18,
        "Năm, dấu so sánh, số; dấu chấm thập phân; cách nhau bằng dấu ; – cách đo Đạt ngưỡng thêm @ngưỡng.",
        "2026 > 95; 2030 >= 100 hoặc 2027 >= 100 @4",
    ),
    Column("reporters", "Ai báo cáo", 25, _WHO, "trung-tam-ksbt; @xa-phuong"),
    Column("monitors", "Ai theo dõi", 20, _WHO, "phong-ql-ytdp"),
    Column(
        "same_as",
        "Lấy số của chỉ tiêu",
        20,
        "Mã của chỉ tiêu mà dòng này dùng chung số liệu để so với mục tiêu khác; không có thì để trống.",
        "BHYT_COVERAGE",
    ),
    Column(
        "part_of",
        "Tách từ chỉ tiêu",
        20,
        "Mã của dòng mà số liệu này được tách ra, khi một dòng nêu hai số; không có thì để trống.",
        "STATION_FACILITIES",
    ),
    Column("short", "Tên ngắn", 16, "Tên cho đầu cột hẹp, nên không quá 24 chữ.", "Bao phủ BHYT"),
    Column(
        "reason",
        "Vì sao đo như vậy",
        42,
        "Một câu: vì sao đo và giao báo cáo như vậy.",
        "Cộng tử số, mẫu số để không lấy trung bình các tỷ lệ.",
    ),
)
_TASKS = (
    Column(
        "code",
        "Mã nhiệm vụ",
        14,
        "NV- rồi số nhóm, số thứ tự; mỗi dòng một mã, không đổi về sau.",
        "NV-II-3",
    ),
    _printed("group", "Nhóm nhiệm vụ", 30, "Tên nhóm, không kèm số."),
    _printed("name", "Nội dung nhiệm vụ", 54),
    _printed("lead_text", "Đơn vị chủ trì (văn bản)", 25),
    _printed("result", "Kết quả, sản phẩm (văn bản)", 30),
    Column("leads", "Ai chủ trì", 25, _WHO, "phong-ql-ytdp [chỉ đạo]; trung-tam-ksbt [thực hiện]"),
    Column(
        "parent",
        "Thuộc nhiệm vụ",
        14,
        "Mã của nhiệm vụ lớn khi đây là nhiệm vụ con; không có thì để trống.",
        "NV-II-6",
    ),
)
_UNITS = (
    Column(
        "id",
        "Mã đơn vị",
        30,
        "Chữ thường không dấu, số và dấu nối; mỗi đơn vị một mã, không đổi về sau.",
        "phuong-thanh-nam",
    ),
    Column("code", "Mã hành chính", 11, "Mã trong danh mục hành chính, nếu có.", "13366", is_centred=True),
    Column("kind", "Loại đơn vị", 14, "Phường, xã, phòng, trung tâm, bệnh viện…", "phường"),
    Column("name", "Tên đơn vị", 40, "Tên đầy đủ như văn bản.", "UBND phường Thành Nam", printed=True),
    Column(
        "groups",
        "Thuộc nhóm",
        22,
        "Mã các nhóm (trang Nhóm đơn vị), cách nhau bằng dấu ;",
        "dvtt; benh-vien",
    ),
    Column("parent", "Cấp trên", 24, "Mã của đơn vị cấp trên; không có thì để trống.", "ubnd-xa"),
    Column("aliases", "Tên gọi khác", 40, _ALIASES, "Trung tâm KSBT; TT KSBT", printed=True),
    Column("contact", "Liên hệ", 20, "Điện thoại hoặc thư điện tử để đôn đốc.", "Điện thoại 0229 3871 000"),
    Column(
        "example",
        "Chỉ là ví dụ",
        9,
        "Chọn Ví dụ khi văn bản không nêu tên đơn vị này; đơn vị thật thì để trống.",
        "Ví dụ",
        is_centred=True,
    ),
)
_CALENDAR = (
    Column("kind", "Kỳ báo cáo", 24, "Chọn trong danh sách; mỗi kỳ một dòng.", "6 tháng đầu năm"),
    Column("first", "Ngày đầu kỳ", 16, "Ngày/tháng.", "1/1", is_centred=True),
    Column("last", "Ngày cuối kỳ", 16, "Ngày/tháng.", "30/6", is_centred=True),
    Column(
        "due",
        "Nộp trước ngày",
        18,
        "Ngày/tháng bắt đầu tính là muộn; văn bản không định ngày thì để trống.",
        DAY_EXAMPLE,
        is_centred=True,
    ),
)
_GROUPS = (
    Column("id", "Mã nhóm", 26, "Chữ thường không dấu, số và dấu nối; khi giao việc viết @mã.", "xa-phuong"),
    Column("name", "Tên nhóm trong văn bản", 54, "Tên mà văn bản gọi chung.", "UBND xã, phường", printed=True),
    Column("aliases", "Cách gọi khác", 60, _ALIASES, "UBND các xã; các xã, phường", printed=True),
)
_ODDITIES = (
    Column("kind", "Loại", 20, "Chọn trong danh sách; để trống là Lưu ý chung.", "In sai"),
    Column("place", "Chỗ trong văn bản", 28, "Mục, phụ lục, dòng.", "Phụ lục 1, chỉ tiêu 11"),
    Column("rows", "Mã các dòng liên quan", 30, "Mã chỉ tiêu, nhiệm vụ; cách nhau bằng dấu ;", "NV-II-3; NV-II-4"),
    Column("note", "Điều thấy lạ", 52, "Nói đúng điều thấy, không sửa.", "Số thứ tự 49 dùng hai lần."),
    Column("printed", "Văn bản in", 28, "Lời in trong văn bản, nếu có.", "vài trò", printed=True),
    Column("reading", "Có lẽ là", 28, "Cách đọc có lẽ đúng, nếu có.", "vai trò"),
    Column("suggestion", "Đề nghị", 44, "Nên làm gì.", "Đề nghị nơi ban hành đính chính."),
)


def _ordered(keys: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns in the order of the plan's tables; a key without its own column has a shared one."""
    own = {column.key: column for column in columns}
    return tuple(own[key] if key in own else _SHARED[key] for key in keys)


HEAD_ITEMS = _ordered(
    HEAD_COLUMNS,
    (
        Column("id", "Mã kế hoạch", 0, "Chữ thường không dấu, số và dấu nối.", "ninh-binh-syt"),
        Column("issuer", "Cơ quan ban hành", 0, "Tên đầy đủ, in ở đầu biểu mẫu.", "UBND phường Thành Nam"),
        Column("superior", "Cơ quan cấp trên", 0, "In bên trên cơ quan ban hành; không có thì để trống."),
        Column("short_issuer", "Ký hiệu cơ quan", 0, "Phần cuối của số văn bản.", "SYT, như trong Số: 12/BC-SYT"),
        Column("title", "Tên kế hoạch", 0, "Tên văn bản, đúng từng chữ.", printed=True),
        Column("level", "Cấp", 0, "Tỉnh, phường, xã hoặc đặc khu.", "tỉnh"),
        Column("place", "Địa danh", 0, "Trước ngày tháng trong văn bản.", "Ninh Bình"),
        Column("return_to", "Nơi nhận báo cáo", 0, "Đơn vị gửi tệp về đâu.", "Sở Y tế (qua Phòng Tài chính)"),
        Column("time_zone", "Múi giờ", 0, "Múi giờ của hạn nộp.", "Asia/Ho_Chi_Minh"),
    ),
)
SHEETS = (
    Sheet(
        "calendar",
        "Lịch báo cáo",
        "Mỗi kỳ báo cáo trong năm một dòng.",
        _ordered(CALENDAR_COLUMNS, _CALENDAR),
        fixed=1,
    ),
    Sheet(
        "groups",
        "Nhóm đơn vị",
        "Các tên mà văn bản gọi chung nhiều đơn vị.",
        _ordered(GROUP_COLUMNS, _GROUPS),
        fixed=1,
    ),
    Sheet(
        "indicators",
        "Chỉ tiêu",
        "Mỗi chỉ tiêu của Phụ lục 1 (hoặc của phần lời) một dòng, theo thứ tự in.",
        _ordered(INDICATOR_COLUMNS, _INDICATORS),
        fixed=2,
    ),
    Sheet(
        "tasks",
        "Nhiệm vụ",
        "Mỗi nhiệm vụ của Phụ lục 2 (hoặc của phần lời) một dòng, theo thứ tự in.",
        _ordered(TASK_COLUMNS, _TASKS),
        fixed=2,
    ),
    Sheet(
        "units",
        "Đơn vị",
        "Mọi đơn vị được giao việc hoặc phải báo cáo, mỗi đơn vị một dòng.",
        _ordered(UNIT_COLUMNS, _UNITS),
        fixed=1,
    ),
    Sheet(
        "oddities",
        "Lưu ý",
        "Những chỗ lạ trong văn bản: chỉ nêu ra, không tự sửa.",
        _ordered(ODDITY_COLUMNS, _ODDITIES),
        fixed=1,
    ),
)
