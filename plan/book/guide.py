"""Draws the sheet "Cách điền": what each sheet and column of the workbook holds, with examples. Nothing reads it.

Staff have this workbook and no manual, so everything they need to write stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plan.book.look import A4, GUIDE, Formats
from plan.book.pen import write
from plan.book.sheets import HEAD_ITEMS, HEAD_NAME, SHEETS, Column
from plan.code_words import AGGREGATION_WORDS, FIELD_WORDS, MEASURE_WORDS
from plan.indicator_rules import AGGREGATIONS_OF, FIELDS_OF
from plan.model import Aggregation, Measure
from plan.text_fit import column_pixels, room, row_height

_WIDTHS = (27, 18, 60, 48)
_LAST = len(_WIDTHS) - 1
_SCALE = 85  # percent
_PAGE_POINTS = (8.27 - 1.2) * 72 / _SCALE * 100 - 12  # of A4 landscape between its margins, with a little air
_KEPT_TOGETHER = 120.0  # points: a section's title and the first rows of its table
_ROW_STYLES = ("boxed_own", "boxed_key", "boxed", "boxed")
_STEPS = (
    "Sổ này là toàn bộ kế hoạch: mỗi trang một bảng, mỗi dòng một mục. Sửa trong Excel, lưu lại dạng .xlsx rồi nạp "
    "vào bằng lệnh plan import; mọi chỗ sai được báo một lần, kèm tên trang và tên ô.",
    "Thêm dòng: gõ vào dòng trống ngay dưới bảng hoặc chèn dòng vào giữa. Bớt: xóa cả dòng. Lọc, đổi chỗ cột, để "
    "dòng trống đều được. Không đổi tên trang và tên khóa ở hàng 2.",
    "Sắp xếp không làm mất gì, nhưng thứ tự các dòng ở đây là thứ tự trong mọi biểu mẫu và báo cáo: sắp xếp để xem "
    "thì xếp lại theo văn bản trước khi lưu.",
    "Bỏ một đơn vị: xóa dòng của nó ở trang Đơn vị, và xóa mã của nó ở mọi ô giao việc cho nó (Ai báo cáo, Ai chủ trì, "
    "Ai phối hợp, Ai theo dõi, Cấp trên, trang Miễn trừ). Sót chỗ nào, khi nạp sẽ báo đúng ô ấy.",
    "Mọi ô là dạng Văn bản (Text): gõ sao giữ vậy, 6.1 không thành ngày, 00123 không mất số 0. Xuống dòng trong ô "
    "(Alt+Enter) được hiểu là một dấu cách. Không dùng công thức.",
    "Ô có mũi tên: chọn trong danh sách. Bấm vào ô của cột nền vàng sẽ hiện lời nhắc cách ghi.",
)
_COLOURS = (
    ("boxed_printed", "Nền xanh", "Lời của văn bản: chép đúng từng chữ, kể cả chỗ in sai."),
    ("boxed_own", "Nền vàng", "Cách hiểu để máy tính được: sửa khi thấy hiểu chưa đúng."),
    (
        "boxed_confirm",
        "Nền cam",
        "Máy đề nghị, chưa ai xác nhận: xem lại, rồi xóa tên khóa ở “Cột còn phải xác nhận”, màu cam sẽ mất.",
    ),
)
_MEASURES: Mapping[Measure, str] = {
    Measure.RATIO: "Đơn vị nhập tử số và mẫu số; máy tính tỷ lệ %.",
    Measure.VALUE: "Đơn vị nhập thẳng một số.",
    Measure.CHANGE: "Số hiện tại trừ số kỳ gốc.",
    Measure.THRESHOLD: "Mỗi đơn vị nhập một số đếm; đạt khi đủ ngưỡng ghi sau dấu @.",
    Measure.ATTAINED: "Mỗi đơn vị chọn Đạt hoặc Chưa đạt.",
}
_AGGREGATIONS: Mapping[Aggregation, str] = {
    Aggregation.RATIO_OF_SUMS: "Tổng tử số chia tổng mẫu số của các đơn vị; không lấy trung bình.",
    Aggregation.SINGLE: "Chỉ một đơn vị báo cáo, lấy đúng số ấy.",
    Aggregation.SUM: "Cộng số của các đơn vị.",
    Aggregation.WEIGHTED_MEAN: "Bình quân theo trọng số mà đơn vị nhập kèm.",
    Aggregation.DIFFERENCE: "Hiệu của hiện tại và kỳ gốc.",
    Aggregation.SHARE: "Bao nhiêu phần trăm số đơn vị đạt.",
}
_DUES = (
    ("thường xuyên", "Làm suốt, không có ngày nào là muộn."),
    ("hằng năm", "Mỗi năm phải xong một lần."),
    ("đến 2027; đến 2026-Q3; đến 2030-09; đến 2026-06-10", "Chậm nhất hết năm, quý, tháng, ngày ấy."),
    ("đến quý III/2026; đến 9/2030; đến 10/6/2026", "Cũng được, cùng nghĩa như trên."),
    ("năm 2027; quý III/2026; tháng 9/2030; 10/6/2026", "Đứng một mình cũng là chậm nhất hết thời gian ấy."),
    ("trước 10/6/2026", "Chậm nhất hết ngày hôm trước: 9/6/2026."),
    ("2026..2027; 2026..", "Làm trong khoảng ấy; bỏ trống bên phải là không có ngày cuối."),
    ("khi: sau khi có hướng dẫn của Bộ Y tế", "Phụ thuộc một việc khác."),
    ("2026..2027; khi: Chính phủ phê duyệt", "Nhiều điều cùng đúng thì cách nhau bằng dấu chấm phẩy."),
    ("chưa rõ", "Văn bản không ghi, hoặc ghi mà không biết ngày nào là muộn; đứng một mình."),
)
_INPUTS = (
    ("giá trị [tuổi] {40..100}: Tuổi thọ trung bình", "Một số có đơn vị tính và giới hạn từ 40 đến 100."),
    ("tử số [người]: Số người có thẻ | mẫu số [người] {1..}: Dân số", "Hai số; mẫu số ít nhất là 1."),
    (
        "tử số [lượt] (lũy kế): Số lượt khám, từ đầu năm",
        "Số cộng dồn từ ngày đầu năm: trong một năm, kỳ sau nhỏ hơn kỳ trước là thấy ngay.",
    ),
)
_WHO = (
    ("trung-tam-ksbt", "Một đơn vị, bằng mã ở trang Đơn vị."),
    ("@xa-phuong", "Mọi đơn vị của một nhóm, bằng mã ở trang Nhóm đơn vị."),
    ("?các cơ quan liên quan", "Lời văn không cho biết là ai: không hỏi đơn vị nào."),
    ("phong-ql-ytdp [chỉ đạo]; @dvtt [thực hiện]", "Vai trò hoặc phạm vi trong ngoặc vuông; nhiều tên cách bằng dấu ;"),
)


@dataclass(slots=True)
class _Sheet:
    """Where the next row goes; every row is made as tall as its texts, and no section begins at a page's foot."""

    sheet: Any  # xlsxwriter ships no types
    formats: Formats
    row: int = 0
    used: float = 0.0  # points of the page
    breaks: list[int] = field(default_factory=list)

    def line(self, *cells: tuple[int, int, str, str], height: float = 0.0) -> None:
        """Draw one row of (first column, last column, text, style) cells."""
        for first, last, text, style in cells:
            if last > first:
                self.sheet.merge_range(self.row, first, self.row, last, "", self.formats[style])
            write(self.sheet, self.row, first, text, self.formats[style])
            free = room(sum(map(column_pixels, _WIDTHS[first : last + 1])), indented=style.startswith("boxed"))
            bold = style not in ("boxed", "boxed_key", "plain", "purpose")
            height = max(height, row_height([(text, free)], GUIDE, bold=bold))
        self.advance(height)

    def advance(self, height: float) -> None:
        """End the row."""
        self.sheet.set_row(self.row, height)
        self.used = height if self.used + height > _PAGE_POINTS else self.used + height
        self.row += 1

    def section(self, text: str, purpose: str = "") -> None:
        """Leave some room, or begin a page, and draw a section title."""
        if self.used + _KEPT_TOGETHER > _PAGE_POINTS:
            self.breaks.append(self.row)
            self.used = 0.0
        self.advance(12)
        self.line((0, _LAST, text, "section"), height=22)
        if purpose:
            self.line((0, _LAST, purpose, "purpose"), height=20)

    def heads(self, *texts: str) -> None:
        """Draw the heads of a table."""
        self.row_of(texts, ("head",) * len(texts), height=20)

    def row_of(self, texts: Sequence[str], styles: Sequence[str] = _ROW_STYLES, height: float = 0.0) -> None:
        """Draw a row of a table, a cell for each column."""
        cells = zip(texts, styles, strict=True)
        self.line(*((i, i, text, style) for i, (text, style) in enumerate(cells)), height=height)


def draw_guide(sheet: Any, plan_title: str, formats: Formats) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Draw the whole sheet; it is the one that opens first."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width, formats["column"])
    page = _Sheet(sheet, formats)
    page.line((0, _LAST, "CÁCH ĐIỀN SỔ KẾ HOẠCH", "title"), height=28)
    page.line((0, _LAST, plan_title, "subtitle"), height=20)
    page.section("CÁCH DÙNG")
    for number, step in enumerate(_STEPS, start=1):
        page.line((0, _LAST, f"{number}. {step}", "plain"))
    page.section("MÀU CỦA Ô")
    for style, name, meaning in _COLOURS:
        page.line((0, 0, name, style), (1, _LAST, meaning, "boxed"), height=19)
    page.section(f"TRANG “{HEAD_NAME.upper()}”", "Những điều chung của kế hoạch; mỗi mục một dòng, ghi ở cột Nội dung.")
    _draw_columns(page, "Mục", HEAD_ITEMS)
    for spec in SHEETS:
        page.section(f"TRANG “{spec.name.upper()}”", spec.purpose)
        _draw_columns(page, "Cột", spec.columns)
    _draw_measures(page)
    _draw_forms(page)
    _set_up(page)


def _draw_columns(page: _Sheet, what: str, columns: tuple[Column, ...]) -> None:
    page.heads(what, "Khóa", "Ghi gì", "Ví dụ")
    for column in columns:
        name = "boxed_printed" if column.printed else "boxed_own"
        page.row_of((column.heading, column.key, column.hint, column.example), (name, *_ROW_STYLES[1:]))


def _draw_measures(page: _Sheet) -> None:
    page.section("CÁCH ĐO", "Cột “Cách đo” và các số liệu mà cách ấy cần ở cột “Số liệu đơn vị phải nhập”.")
    page.heads("Chữ trong ô", "Mã", "Nghĩa", "Số liệu cần có")
    for measure, meaning in _MEASURES.items():
        needed = " hoặc ".join(", ".join(map(FIELD_WORDS.__getitem__, names)) for names in FIELDS_OF[measure])
        weighted = Aggregation.WEIGHTED_MEAN in AGGREGATIONS_OF[measure]
        weight = f"; thêm {FIELD_WORDS['weight']} nếu lấy bình quân" if weighted else ""
        page.row_of((MEASURE_WORDS[measure], measure, meaning, needed + weight))
    page.row_of(("Kèm theo, nếu muốn", "", "Lời minh chứng, không bắt buộc.", FIELD_WORDS["evidence"]))
    page.section("CÁCH TỔNG HỢP", "Từ số của các đơn vị ra số chung.")
    page.heads("Chữ trong ô", "Mã", "Nghĩa", "Đi với cách đo")
    for aggregation, meaning in _AGGREGATIONS.items():
        measures = (MEASURE_WORDS[measure] for measure in Measure if aggregation in AGGREGATIONS_OF[measure])
        page.row_of((AGGREGATION_WORDS[aggregation], aggregation, meaning, "; ".join(measures)))


def _draw_forms(page: _Sheet) -> None:
    for title, purpose, forms in (
        ("SỐ LIỆU ĐƠN VỊ PHẢI NHẬP", "Cột “Số liệu đơn vị phải nhập” của chỉ tiêu; tên số liệu theo cách đo.", _INPUTS),
        ("THỜI HẠN", "Cột “Thời hạn (hiểu là)” của chỉ tiêu và nhiệm vụ.", _DUES),
        ("AI LÀM", "Các cột “Ai báo cáo”, “Ai chủ trì”, “Ai phối hợp”, “Ai theo dõi”.", _WHO),
    ):
        page.section(title, purpose)
        for form, meaning in forms:
            page.line((0, 1, form, "boxed_own"), (2, _LAST, meaning, "boxed"), height=19)


def _set_up(page: _Sheet) -> None:
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_print_scale(_SCALE)  # not "fit to width": Excel would ignore the breaks
    sheet.set_h_pagebreaks(page.breaks)
    sheet.print_area(0, 0, page.row - 1, _LAST)
    sheet.set_footer('&R&"Times New Roman,Regular"&9Trang &P/&N')
    sheet.set_tab_color("#7A828E")
    sheet.hide_gridlines(2)
    sheet.activate()
