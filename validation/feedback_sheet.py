"""How the sheet "Cần sửa" looks: heading, what to do now, one line per fault with a link to its cell.

Draws on a sheet that validation/feedback.py hands over and opens nothing itself. Texts of units are
written as text whatever they begin with.
"""

from __future__ import annotations

from collections.abc import Collection

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan.cell_text import FORMULA_STARTS, cell_text
from plan.text_fit import FONT, room, row_height, shortened, text_points
from validation.mend_list import SHOWN_VALUE, MendLine, MendPage
from validation.model import SEVERITY_WORDS, Severity, Verdict

FEEDBACK_SHEET = "Cần sửa"
# Colours that no template uses: by them a mark is recognised when the copy comes back.
TINTS = {Severity.ERROR: "FFFFADA5", Severity.WARNING: "FFFFC780", Severity.NOTE: "FFCFE4F7"}

_COLUMNS = (
    ("STT", 5.0),
    ("Mức độ", 10.0),
    ("Phụ lục", 11.0),
    ("Ô", 17.0),
    ("Chỉ tiêu, nhiệm vụ", 34.0),
    ("Giá trị đã nhập", 17.0),
    ("Nội dung và cách sửa", 56.0),
)
_POINTS = 11
_WIDTHS = tuple(width for _, width in _COLUMNS)
_LINK_POINTS = 84.0  # LibreOffice neither wraps nor shrinks a linked cell, so its text stays on one line
_UNIT_PIXELS = 7  # of a column width as it stands in the file, its margin included
_AIR = 4.0  # points
_CENTRED = 4  # the first columns hold short words
_STRONG = ("Kết luận", "Việc cần làm")
_LABEL_SPAN = 3  # heading labels stand in the first columns, their texts in the rest
_TEXT_ROOM = room(sum(_WIDTHS[_LABEL_SPAN:]) * _UNIT_PIXELS)
_VERDICT_INK = {
    Verdict.ACCEPTED: "FF1E6B34",
    Verdict.ACCEPTED_WITH_WARNINGS: "FF8A5A00",
    Verdict.TO_BE_CORRECTED: "FFB00020",
    Verdict.UNREADABLE: "FFB00020",
}
_HEAD_FILL = PatternFill("solid", fgColor="FFE7ECF2")
_INK = "FF1F2933"
_QUIET_INK = "FF5B6770"
_LINK_INK = "FF0B4F8A"
_THIN = Side(style="thin", color="FF9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MARGIN = 0.5  # inch
_A4 = 9


def draw_list(sheet: Worksheet, page: MendPage, linked: Collection[str]) -> None:
    """Fill the empty `sheet` with `page`. `linked`: names of the sheets that cells may be linked to."""
    for index, width in enumerate(_WIDTHS):
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    row = _draw_heading(sheet, page)
    _draw_table_head(sheet, row)
    for number, line in enumerate(page.lines, 1):
        _draw_line(sheet, row + number, number, line, linked)
    _set_up_page(sheet, row)


def _draw_heading(sheet: Worksheet, page: MendPage) -> int:
    """Draw title and facts; return the row of the table head."""
    _put(sheet, 1, 1, "KẾT QUẢ KIỂM TRA BÁO CÁO", Font(name=FONT, size=14, bold=True))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(_COLUMNS))
    sheet.row_dimensions[1].height = 28
    row = 1
    for label, text in page.facts:
        row += 1
        strong = label in _STRONG
        ink = _VERDICT_INK[page.verdict] if strong else _INK
        _put(sheet, row, 1, label, Font(name=FONT, size=_POINTS, color=_QUIET_INK))
        _put(sheet, row, _LABEL_SPAN + 1, text, Font(name=FONT, size=_POINTS, bold=strong, color=ink))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=_LABEL_SPAN)
        sheet.merge_cells(start_row=row, start_column=_LABEL_SPAN + 1, end_row=row, end_column=len(_COLUMNS))
        sheet.row_dimensions[row].height = row_height([(cell_text(text), _TEXT_ROOM)], _POINTS, bold=strong)
    sheet.row_dimensions[row + 1].height = 9  # air
    return row + 2


def _draw_table_head(sheet: Worksheet, row: int) -> None:
    for column, (title, _) in enumerate(_COLUMNS, 1):
        cell = _put(sheet, row, column, title, Font(name=FONT, size=_POINTS, bold=True))
        cell.fill = _HEAD_FILL
        cell.border = _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 24


def _draw_line(sheet: Worksheet, row: int, number: int, line: MendLine, linked: Collection[str]) -> None:
    text, cells = line.text, line.cells
    if line.sheet in linked and text_points(cells, _POINTS) > _LINK_POINTS:
        text = f"{text}\nCác ô: {cells}."
        cells = f"{line.first_cell} và {line.count - 1} ô khác"
    texts = (
        str(number),
        SEVERITY_WORDS[line.severity],
        line.sheet or "(cả tệp)",
        cells or "–",
        line.rows or "–",
        shortened(line.value, SHOWN_VALUE),
        text,
    )
    for column, value in enumerate(texts, 1):
        cell = _put(sheet, row, column, value, Font(name=FONT, size=_POINTS, color=_INK))
        cell.border = _BOX
        if column <= _CENTRED:
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        else:
            cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=TINTS[line.severity])
    if line.sheet in linked:
        _link(sheet.cell(row, 4 if line.cells else 3), line)
    rooms = [room(width * _UNIT_PIXELS, indented=column >= _CENTRED) for column, width in enumerate(_WIDTHS)]
    sheet.row_dimensions[row].height = row_height(zip(map(cell_text, texts), rooms, strict=True), _POINTS) + _AIR


def _link(cell: Cell | MergedCell, line: MendLine) -> None:
    quoted = line.sheet.replace("'", "''")
    place = line.first_cell or "A1"
    cell.hyperlink = Hyperlink(
        ref=cell.coordinate, location=f"'{quoted}'!{place}", tooltip=f"Đến {line.sheet}, ô {place}"
    )
    cell.font = Font(name=FONT, size=_POINTS, color=_LINK_INK, underline="single")


def _put(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> Cell:
    cell = put_text(sheet, row, column, text)
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write `text` as text, never as a formula, also after it is edited (quotePrefix)."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 (nothing is written into the rest of a merged range)
    cell.value = cell_text(text)
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _set_up_page(sheet: Worksheet, head_row: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN + 0.2, 0.3, 0.3)
    footer = sheet.HeaderFooter.oddFooter
    if footer is not None:  # a new sheet has one; for the type only
        footer.right.text = "Trang &P/&N"
        footer.right.font = FONT
