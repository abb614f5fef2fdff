""" "Mục lục": every sheet with what it holds, and where the lines of each indicator and task stand, with links.

Row ranges are those of the file as it was drawn; the counts are live. It decides no place (places).
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import (
    APPENDIX_1,
    APPENDIX_2,
    CONTENTS,
    DATA,
    FINDINGS,
    GATHERED,
    MATRIX,
    RANKING,
    REPORTING,
    SOURCES,
    SUMMARY,
    TREND,
    Canvas,
    done,
    lines_tip,
    write_link,
)
from consolidate.workbook.formulas import lines_formula
from consolidate.workbook.listing import TextCell, draw_list_heads, draw_list_title, draw_texts, finish_list
from consolidate.workbook.official import draw_band
from consolidate.workbook.places import FIRST_ROW, Block, DataSheet, Place
from plan.model import Indicator, Task
from plan.shown import shown_numbers
from plan.text_fit import shortened

_COLUMNS = (
    ("TT", 60),
    ("Trang", 180),
    ("Nội dung", 560),
    ("Số dòng số liệu", 90),
    ("Từ dòng", 90),
    ("Đến dòng", 90),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_NOTE = (
    f"In để trình ký: {SUMMARY}, {APPENDIX_1}, {APPENDIX_2}; không in trang {DATA}. Mỗi trang tính đánh số trang riêng "
    "từ 1. Dấu thập phân, dấu phân cách hàng nghìn trong ô số hiện theo thiết đặt vùng của máy mở tệp.\n"
    "Bấm vào tên trang để mở. Số dòng đếm trực tiếp trên trang dữ liệu; vị trí dòng và liên kết đúng khi trang dữ liệu "
    "chưa bị sắp xếp lại (các con số tổng hợp vẫn đúng sau khi sắp xếp hay lọc)."
)
_LONGEST_NAME = 180
_HOLDS = {
    SUMMARY: "Tóm tắt cho lãnh đạo: các con số chính, việc quá hạn và có nguy cơ chậm.",
    APPENDIX_1: "Kết quả từng chỉ tiêu so với mục tiêu, đơn vị còn thiếu số liệu; để in và ký.",
    APPENDIX_2: "Tình trạng, tiến độ, kết quả, văn bản của từng nhiệm vụ và theo từng đơn vị chủ trì; để in và ký.",
    REPORTING: "Từng đơn vị đã nộp hay chưa, đúng hạn hay muộn, còn lỗi nào.",
    MATRIX: "Số liệu của từng đơn vị theo từng chỉ tiêu.",
    RANKING: "Thứ tự các đơn vị theo từng chỉ tiêu.",
    TREND: "Kết quả qua các kỳ báo cáo, so với kỳ trước và cùng kỳ năm trước.",
    GATHERED: "Khó khăn, đề xuất, giải trình của các đơn vị theo từng nhiệm vụ, chỉ tiêu.",
    FINDINGS: "Lỗi, cảnh báo, ghi chú khi kiểm tra báo cáo của các đơn vị.",
    SOURCES: "Các tệp đã nhận với mã SHA-256, thời điểm nhận, lần gửi, kết luận.",
}
_HOLDS_DATA = "Từng số liệu của từng đơn vị, mỗi số liệu một dòng, kèm tệp, trang, ô đã ghi."


def draw_contents(canvas: Canvas) -> None:
    """Draw the sheet: the sheets in their order, then the blocks of the data sheets."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(CONTENTS)
    run = canvas.run
    head_row = draw_list_title(canvas, sheet, _COLUMNS, f"MỤC LỤC, TỔNG HỢP {run.period.label.upper()}", _NOTE)
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    data = {place.name: place for place in canvas.data.sheets}
    listed = [s.get_name() for s in canvas.book.worksheets() if s.get_name() != CONTENTS]
    for number, name in enumerate(listed, 1):
        _draw_sheet_line(canvas, sheet, row, (number, name), data.get(name))
        row += 1
    printed = row - 1  # where the lines of each code stand is of use on a screen only
    known: set[str] = set()
    for title, rows in (
        ("Vị trí số liệu của từng chỉ tiêu (Phụ lục 1)", run.plan.indicators),
        ("Vị trí số liệu của từng nhiệm vụ (Phụ lục 2)", run.plan.tasks),
    ):
        names = _names(rows)
        known |= names.keys()
        row = _draw_blocks(canvas, sheet, row, title, names)
    gone = {code: ("", code) for code in canvas.data.blocks if code not in known}
    row = _draw_blocks(canvas, sheet, row, "Số liệu của dòng không có trong kế hoạch", gone)
    finish_list(sheet, _COLUMNS, head_row, printed)
    sheet.freeze_panes(head_row + 1, 2)


def _names(rows: tuple[Indicator, ...] | tuple[Task, ...]) -> dict[str, tuple[str, str]]:
    """(printed number, name) by code of the rows that are answered themselves."""
    numbers = shown_numbers(rows)
    return {r.code: (numbers[r.code].rstrip("."), r.name) for r in rows if not getattr(r, "same_as", "")}


def _draw_sheet_line(canvas: Canvas, sheet: Worksheet, row: int, line: tuple[int, str], data: DataSheet | None) -> None:
    number, name = line
    held = _HOLDS.get(name, _HOLDS_DATA)
    draw_texts(sheet, _COLUMNS, row, [TextCell(2, held, canvas.formats.cell)])
    done(sheet.write_number(row, 0, number, canvas.formats.count))
    write_link(sheet, (row, 1), canvas.formats.link_centre, name, (Place(name, 1), "Mở trang"))
    if data is None:
        for column in (3, 4, 5):
            done(sheet.write_blank(row, column, None, canvas.formats.cell_centre))
        return
    lines = sum(block.lines for block in data.blocks)
    formula = f"=COUNTA({data.prefix}_khoa)"
    _draw_range(canvas, sheet, row, (formula, lines), (FIRST_ROW, data.last) if lines else None)


def _draw_blocks(canvas: Canvas, sheet: Worksheet, row: int, title: str, names: Mapping[str, tuple[str, str]]) -> int:
    """One line for every code; "–" for those that nobody has answered."""
    if not names:
        return row
    row = draw_band(sheet, _WIDTHS, row, title, canvas.formats.section)
    formats, blocks = canvas.formats, canvas.data.blocks
    for code, (number, name) in names.items():
        block = blocks.get(code)
        cells = [TextCell(0, number, formats.cell_centre), TextCell(2, shortened(name, _LONGEST_NAME), formats.cell)]
        draw_texts(sheet, _COLUMNS, row, cells)
        place = Place(block.sheet, block.first) if block else None
        form = formats.link_centre if block else formats.cell_centre
        write_link(
            sheet,
            (row, 1),
            form,
            block.sheet if block else "–",
            (place, lines_tip("Các dòng số liệu của từng đơn vị", code)),
        )
        formula = lines_formula(code, canvas.data)
        _draw_range(canvas, sheet, row, (formula, block.lines if block else 0), _range_of(block))
        row += 1
    return row


def _range_of(block: Block | None) -> tuple[int, int] | None:
    return (block.first, block.last) if block else None


def _draw_range(
    canvas: Canvas, sheet: Worksheet, row: int, count: tuple[str, int], rows: tuple[int, int] | None
) -> None:
    form = canvas.formats.count
    done(sheet.write_formula(row, 3, count[0], form, count[1]))
    for column, at in ((4, 0), (5, 1)):
        if rows is None:
            done(sheet.write_string(row, column, "–", canvas.formats.cell_centre))
        else:
            done(sheet.write_number(row, column, rows[at], form))
