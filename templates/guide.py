"""Draws the opening sheet "Hướng dẫn": what this is, whose, by when and where to, and how to fill it in.

The unit never sees this program, so everything it must know stands here, in plain words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plan.dates import day_text, deadline_text
from plan.layout import CHECK_SHEET, INDICATOR_SHEET, TASK_SHEET, Column, WorkbookLayout, is_required
from plan.text_fit import row_height
from plan.words import STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from templates.formats import PLAIN, Formats
from templates.formulas import ADVISED
from templates.heading import A4, footer, lock_surroundings, merged_room, protect
from templates.safe import Area, span

_COLUMNS = (Column("mark", "", 6), Column("left", "", 25), Column("middle", "", 38), Column("right", "", 42))
_GAP = 7.0
_BOLD = ("boxed_bold", "boxed_name", "note_bold")
_INDENTED = ("boxed", "boxed_bold", "boxed_name", "indented", "right", "wrong")

_STATE_MEANING = {
    DataState.OFFICIAL: "Số đã chốt. Để trống ô này cũng được hiểu là chính thức.",
    DataState.ESTIMATE: "Số ước tính đến hết kỳ, sẽ thay bằng số chính thức sau. Vẫn phải nhập số.",
    DataState.NOTHING: "Có theo dõi và xác nhận bằng 0. Để trống ô số liệu, hệ thống hiểu là 0.",
    DataState.NOT_APPLICABLE: "Đơn vị không có nội dung này. Chọn cho mọi số liệu của chỉ tiêu, để trống ô số liệu, "
    "ghi lý do ở cột Ghi chú, giải trình.",
}
_STATUS_MEANING = {
    TaskStatus.NOT_STARTED: "Chưa bắt đầu; % hoàn thành để trống hoặc ghi 0.",
    TaskStatus.IN_PROGRESS: "Đã bắt đầu, chưa xong; ghi % hoàn thành dưới 100.",
    TaskStatus.COMPLETED: "Đã xong; ghi 100 và ghi kết quả hoặc số, ký hiệu văn bản.",
    TaskStatus.NOTHING: "Kỳ này không có việc phải làm; các ô khác để trống.",
}


@dataclass(slots=True)
class _Pen:
    """Where the next row goes; every text is spanned and its row made tall enough."""

    sheet: Any  # xlsxwriter ships no types
    formats: Formats
    row: int = 0

    def line(self, *parts: tuple[int, int, str, str], height: float = 0.0) -> None:
        """Draw one row of (first column, last column, text, style) parts."""
        for first, last, text, style in parts:
            span(self.sheet, Area(self.row, first, self.row, last), text, self.formats[style])
            free = merged_room(_COLUMNS, first, last, indented=style in _INDENTED)
            height = max(height, row_height([(text, free)], PLAIN, bold=style in _BOLD))
        self.sheet.set_row(self.row, height)
        self.row += 1

    def gap(self, height: float = _GAP) -> None:
        """Leave a little room."""
        self.sheet.set_row(self.row, height)
        self.row += 1

    def section(self, text: str) -> None:
        """Draw a section title."""
        self.gap()
        self.line((0, 3, text, "section"), height=20)
        self.gap(3)


def draw(sheet: Any, layout: WorkbookLayout, deadline: datetime | None, formats: Formats) -> None:  # noqa: ANN401
    """Draw the whole sheet. `deadline` is the first instant that is too late, None when it is not fixed."""
    lock_surroundings(sheet, formats)
    for index, column in enumerate(_COLUMNS):
        sheet.set_column(index, index, column.width, formats["blank"])
    pen = _Pen(sheet, formats)
    _draw_facts(pen, layout, deadline)
    _draw_steps(pen, layout, deadline)
    _draw_colours(pen)
    _draw_examples(pen, layout)
    _draw_words(pen, layout)
    pen.section("KHI CẦN HỖ TRỢ")
    pen.line((0, 3, f"Liên hệ nơi nhận báo cáo: {layout.plan.return_to}.", "plain"))
    _set_up(sheet, layout, pen.row)


def _draw_facts(pen: _Pen, layout: WorkbookLayout, deadline: datetime | None) -> None:
    plan, period = layout.plan, layout.period
    pen.line((0, 3, "HƯỚNG DẪN LẬP BÁO CÁO", "title"), height=26)
    pen.line((0, 3, f"Kỳ báo cáo {period.label} – {layout.unit.name}", "subtitle"), height=18)
    pen.line((0, 3, layout.identity_text, "identity_centre"), height=15)
    pen.gap()
    asked = [f"{INDICATOR_SHEET} ({_inputs_text(layout)})"] if layout.indicator_rows else []
    asked += [f"{TASK_SHEET} ({len(layout.task_rows)} nhiệm vụ)"] if layout.task_rows else []
    days = f"từ ngày {day_text(period.first)} đến ngày {day_text(period.last)}"
    when = deadline_text(deadline)
    for name, value, style in (
        ("Kế hoạch", plan.title, "boxed"),
        ("Cơ quan tổng hợp", plan.issuer, "boxed"),
        ("Đơn vị báo cáo", layout.unit.name, "boxed_bold"),
        ("Kỳ báo cáo", f"{period.label} ({days})", "boxed"),
        ("Hạn gửi", when[:1].upper() + when[1:], "boxed_bold"),
        ("Nơi nhận", plan.return_to, "boxed"),
        ("Phải báo cáo", " và ".join(asked), "boxed"),
    ):
        pen.line((0, 1, name, "boxed_name"), (2, 3, value, style), height=19)


def _inputs_text(layout: WorkbookLayout) -> str:
    """Return how many values Appendix 1 asks for, those apart that may stay blank."""
    required = sum(is_required(line.field) for line in layout.indicator_rows)
    evidence = len(layout.indicator_rows) - required
    return f"{required} ô bắt buộc, {evidence} ô minh chứng" if evidence else f"{required} ô bắt buộc"


def _draw_steps(pen: _Pen, layout: WorkbookLayout, deadline: datetime | None) -> None:
    pen.section("CÁC BƯỚC THỰC HIỆN")
    steps = ["Mở từng trang ở hàng tên trang phía dưới màn hình. Chỉ nhập vào các ô nền vàng; các ô khác đã khóa."]
    if layout.indicator_rows:
        steps.append(
            f"{INDICATOR_SHEET}: nhập số liệu đến hết kỳ vào cột “Số liệu kỳ này”. Tỷ lệ % do máy tự tính từ tử số và "
            "mẫu số, không phải nhập. Cột “Loại số liệu” chỉ cần chọn khi số là ước tính hoặc khi không có số."
        )
    if layout.task_rows:
        steps.append(
            f"{TASK_SHEET}: chọn tình trạng và ghi % hoàn thành của phần việc đơn vị được giao, rồi ghi kết quả, "
            "số và ngày văn bản, khó khăn, đề xuất (nếu có)."
        )
    words = "“Còn thiếu” là phải nhập thêm, “Sai” là phải sửa, “Đủ” là được"
    if any(not is_required(line.field) for line in layout.indicator_rows):
        words += f"; “{ADVISED}” là nên bổ sung, không bắt buộc"
    numbers = [line.number for line in layout.indicator_rows] + [line.number for line in layout.task_rows]
    if any(number.startswith("(") for number in numbers):
        words += ". Số trong ngoặc ở cột TT, như (1), do máy đánh vì văn bản không đánh số dòng ấy"
    steps += [
        f"Xem cột “Tự kiểm tra” ở cuối mỗi dòng: {words}.",
        f"Mở trang {CHECK_SHEET}: bấm “Đến ô …” để tới đúng ô cần nhập. Hết thiếu, hết sai thì mới gửi.",
        "Không đổi tên trang, không xóa dòng, cột. Nếu dán số liệu từ tệp khác, nên dùng Dán đặc biệt – Giá trị "
        "(Paste Special – Values).",
        f"Lưu tệp dạng .xlsx, nên giữ nguyên tên {layout.file_name}.",
        f"Gửi tệp Excel này về {layout.plan.return_to} {deadline_text(deadline)}; bản in ký, đóng dấu gửi theo quy "
        "định. Phải sửa thì gửi lại cả tệp, hệ thống lấy bản hợp lệ gửi sau cùng.",
    ]
    for number, text in enumerate(steps, start=1):
        pen.line((0, 0, f"{number}.", "step"), (1, 3, text, "step_text"))


def _draw_colours(pen: _Pen) -> None:
    pen.section("MÀU CỦA Ô")
    for style, text in (
        ("swatch_missing", "Vàng đậm: ô bắt buộc, chưa nhập."),
        ("swatch_input", "Vàng nhạt: ô được nhập (đã nhập, hoặc không bắt buộc)."),
        ("swatch_result", "Xám: máy tự tính, không nhập."),
        ("if_bad_swatch", "Đỏ: số liệu sai, xem cột “Tự kiểm tra” để biết sai gì."),
    ):
        pen.line((0, 0, "", style), (1, 3, text, "indented"), height=18)


def _draw_examples(pen: _Pen, layout: WorkbookLayout) -> None:
    pen.section("CÁCH NHẬP")
    examples = [("Số người, số lượt", "12500", "12.500 người; khoảng 12 nghìn")] if layout.indicator_rows else []
    examples += [("Số có phần thập phân", "95,5", "đạt 95,5%; 95,5 %; ≥ 95")] if layout.indicator_rows else []
    if layout.task_rows:
        examples += [
            ("% hoàn thành", "95", "95%; 0,95; gần xong"),
            ("Ngày văn bản", "15/3/2026", "tháng 3 năm 2026; 15.3"),
            ("Số, ký hiệu văn bản", "45/KH-UBND", "đã ban hành; có kế hoạch"),
        ]
    pen.line((0, 1, "Nội dung", "header"), (2, 2, "Nhập đúng", "header"), (3, 3, "Nhập sai", "header"), height=20)
    for name, right, wrong in examples:
        pen.line((0, 1, name, "boxed_name"), (2, 2, right, "right"), (3, 3, wrong, "wrong"), height=19)
    note = "Nếu máy cài định dạng số kiểu Anh, Mỹ và đổi 95,5 thành 955 thì gõ 95.5 (dấu chấm)."
    pen.line((0, 3, note, "note"), height=18)


def _draw_words(pen: _Pen, layout: WorkbookLayout) -> None:
    pen.section("Ý NGHĨA CỦA CÁC TỪ ĐỂ CHỌN")
    if layout.indicator_rows:
        pen.line((0, 3, f"{INDICATOR_SHEET} – cột “Loại số liệu”", "note_bold"), height=18)
        for state, meaning in _STATE_MEANING.items():
            pen.line((0, 1, STATE_WORDS[state], "boxed_name"), (2, 3, meaning, "boxed"), height=19)
    if layout.task_rows:
        pen.line((0, 3, f"{TASK_SHEET} – cột “Tình trạng thực hiện”", "note_bold"), height=22)
        for status, meaning in _STATUS_MEANING.items():
            pen.line((0, 1, STATUS_WORDS[status], "boxed_name"), (2, 3, meaning, "boxed"), height=19)


def _set_up(sheet: Any, layout: WorkbookLayout, rows: int) -> None:  # noqa: ANN401
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.7, right=0.5, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, rows - 1, len(_COLUMNS) - 1)
    sheet.set_footer(footer(layout))
    sheet.hide_gridlines(2)
    protect(sheet)
    sheet.activate()
