"""How the sheet "Cần sửa" looks: heading, what to do now, one line per fault with a link to its cell.

Draws on a sheet that validation/feedback.py hands over and opens nothing itself. Texts of units are
written as text whatever they begin with. Only the cells for explanations can be typed into.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan.cell_text import FORMULA_STARTS, cell_text
from plan.text_fit import FONT, room, row_height, text_points
from validation.feedback_answers import ANSWER_HEADING, KEY_HEADING
from validation.feedback_keep import growing
from validation.mend_list import MendLine, MendPage
from validation.model import SEVERITY_WORDS, Severity, Verdict

# Colours that no template uses: by them a mark is recognised when the copy comes back.
TINTS = {Severity.ERROR: "FFFFADA5", Severity.WARNING: "FFFFC780", Severity.NOTE: "FFCFE4F7"}
Places = Mapping[tuple[str, str], str]  # (sheet, cell of a finding) -> the cell that a link should lead to

_COLUMNS = (
    ("STT", 5.0),
    ("Mức độ", 10.0),
    ("Trang", 11.0),
    ("Ô", 17.0),
    ("Chỉ tiêu, nhiệm vụ", 32.0),
    ("Giá trị đã nhập", 15.0),
    ("Nội dung và cách sửa", 58.0),
    (ANSWER_HEADING, 36.0),
    (KEY_HEADING, 4.0),
)
_HEADINGS = tuple(heading for heading, _ in _COLUMNS)
_LINK, _SHEET, _TEXT = 4, 3, 7  # 1-based columns
_ANSWER, _KEY = len(_COLUMNS) - 1, len(_COLUMNS)
_POINTS = 11
_WIDTHS = tuple(width for _, width in _COLUMNS)
_LINK_POINTS = 84.0  # LibreOffice neither wraps nor shrinks a linked cell, so its text stays on one line
_UNIT_PIXELS = 7  # of a column width as it stands in the file, its margin included
_AIR = 4.0  # points
_CENTRED = 4  # the first columns hold short words
_STRONG = ("Kết luận", "Việc cần làm", "Phải điền lại")
_LABEL_SPAN = 3  # heading labels stand in the first columns, their texts in the rest
_VERDICT_INK = {
    Verdict.ACCEPTED: "FF1E6B34",
    Verdict.ACCEPTED_WITH_WARNINGS: "FF8A5A00",
    Verdict.TO_BE_CORRECTED: "FFB00020",
    Verdict.UNREADABLE: "FFB00020",
}
_WHAT_TO_DO = {
    Severity.ERROR: "phải sửa thì số liệu mới được tính",
    Severity.WARNING: "xem lại từng dòng; số liệu vẫn được tính",
    Severity.NOTE: "để đơn vị biết, không bắt buộc làm gì",
}
_HEAD_FILL = PatternFill("solid", fgColor="FFE7ECF2")
_BAND_FILL = PatternFill("solid", fgColor="FFF5F7FA")
_CLOSED_FILL = PatternFill("solid", fgColor="FFF2F3F5")  # nothing to type here
_ANSWER_FILL = PatternFill("solid", fgColor="FFFFFBE0")  # as the inputs of the template
_ANSWER_POINTS = 34.0  # room for two lines at first; the row grows with what is typed
_TEXT_FORMAT = "@"  # else Excel takes "- đã kiểm tra" for a formula
_TAB = "FFB00020"
_INK = "FF1F2933"
_QUIET_INK = "FF5B6770"
_LINK_INK = "FF0B4F8A"
_THIN = Side(style="thin", color="FF9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MARGIN = 0.5  # inch
_A4 = 9


def draw_list(sheet: Worksheet, page: MendPage, linked: Collection[str], places: Places) -> None:
    """Fill the empty `sheet` with `page`. `linked`: names of the sheets that cells may be linked to."""
    asking = any(line.key for line in page.lines)
    for index, width in enumerate(_WIDTHS, 1):
        column = sheet.column_dimensions[get_column_letter(index)]
        column.width = width
        column.hidden = index == _KEY or (index == _ANSWER and not asking)
    last = _ANSWER if asking else _TEXT
    row = _draw_heading(sheet, page, last)
    _draw_table_head(sheet, row)
    head = row
    number = 0
    for severity, lines in groupby(page.lines, key=lambda line: line.severity):
        group = list(lines)
        row += 1
        _draw_band(sheet, row, last, f"{SEVERITY_WORDS[severity].upper()}: {_WHAT_TO_DO[severity]}")
        for line in group:
            row, number = row + 1, number + 1
            _draw_line(sheet, row, number, line)
            if line.sheet in linked:
                target = places.get((line.sheet, line.first_cell)) or line.first_cell or "A1"
                _link(sheet.cell(row, _LINK if line.cells else _SHEET), line.sheet, target)
    _lock(sheet)
    _invite(sheet, head, row)
    _set_up_page(sheet, head, last)


def _draw_heading(sheet: Worksheet, page: MendPage, last: int) -> int:
    """Draw title and facts over `last` columns; return the row of the table head."""
    free = room(sum(_WIDTHS[_LABEL_SPAN:last]) * _UNIT_PIXELS)
    _put(sheet, 1, 1, page.title, Font(name=FONT, size=14, bold=True))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet.row_dimensions[1].height = 28
    row = 1
    for label, text in page.facts:
        row += 1
        strong = label in _STRONG
        ink = _VERDICT_INK[page.verdict] if strong else _INK
        _put(sheet, row, 1, label, Font(name=FONT, size=_POINTS, color=_QUIET_INK))
        _put(sheet, row, _LABEL_SPAN + 1, text, Font(name=FONT, size=_POINTS, bold=strong, color=ink))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=_LABEL_SPAN)
        sheet.merge_cells(start_row=row, start_column=_LABEL_SPAN + 1, end_row=row, end_column=last)
        sheet.row_dimensions[row].height = row_height([(cell_text(text), free)], _POINTS, bold=strong)
    sheet.row_dimensions[row + 1].height = 9  # air
    return row + 2


def _draw_table_head(sheet: Worksheet, row: int) -> None:
    for column, title in enumerate(_HEADINGS, 1):
        cell = _put(sheet, row, column, title, Font(name=FONT, size=_POINTS, bold=True))
        cell.fill = _HEAD_FILL
        cell.border = _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 24


def _draw_band(sheet: Worksheet, row: int, last: int, text: str) -> None:
    """Say over the lines of one severity what they ask for."""
    for column in range(1, last + 1):
        cell = sheet.cell(row, column)
        cell.fill = _BAND_FILL
        cell.border = Border(left=_THIN if column == 1 else None, right=_THIN if column == last else None, bottom=_THIN)
    cell = _put(sheet, row, 1, text, Font(name=FONT, size=_POINTS, bold=True, color=_QUIET_INK))
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    sheet.row_dimensions[row].height = 20


def _draw_line(sheet: Worksheet, row: int, number: int, line: MendLine) -> None:
    text, cells = line.text, line.cells
    if text_points(cells, _POINTS) > _LINK_POINTS:
        text = f"{text}\nCác ô: {cells}."
        cells = f"{line.first_cell} và {line.count - 1} ô khác"
    texts = (
        str(number),
        SEVERITY_WORDS[line.severity],
        line.sheet or "(cả tệp)",
        cells or "–",
        line.rows or "–",
        line.value,
        text,
        line.answer,
    )
    for column, value in enumerate(texts, 1):
        cell = _put(sheet, row, column, value, Font(name=FONT, size=_POINTS, color=_INK))
        cell.border = _BOX
        if column <= _CENTRED:
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        else:
            cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=TINTS[line.severity])
    sheet.cell(row, _ANSWER).fill = _CLOSED_FILL
    rooms = [room(width * _UNIT_PIXELS, indented=column >= _CENTRED) for column, width in enumerate(_WIDTHS)]
    height = row_height(zip(map(cell_text, texts), rooms, strict=False), _POINTS) + _AIR
    sheet.row_dimensions[row].height = max(height, _ANSWER_POINTS) if line.key else height
    if line.key:
        _ask(sheet, row, line)


def _ask(sheet: Worksheet, row: int, line: MendLine) -> None:
    """Open the cell for the explanation, and keep beside it whose it is."""
    cell = sheet.cell(row, _ANSWER)
    cell.fill = _ANSWER_FILL
    cell.number_format = _TEXT_FORMAT
    _put(sheet, row, _KEY, line.key, Font(name=FONT, size=_POINTS))  # a cell without a look would be open
    sheet.row_dimensions[row] = growing(sheet.row_dimensions[row])


def _lock(sheet: Worksheet) -> None:
    """Leave only the cells for explanations open: in a template of ours a cell is open unless it says otherwise."""
    for row in sheet.iter_rows():
        asking = row[_KEY - 1].value is not None and row[_KEY - 1].value != KEY_HEADING
        for column, cell in enumerate(row, 1):
            cell.protection = Protection(locked=not (asking and column == _ANSWER))


def _invite(sheet: Worksheet, head: int, last_row: int) -> None:
    """Say beside the cells for explanations what belongs there."""
    rows = [row for row in range(head + 1, last_row + 1) if sheet.cell(row, _KEY).value]
    if not rows:
        return
    letter = get_column_letter(_ANSWER)
    prompt = DataValidation(
        showInputMessage=True,
        promptTitle=ANSWER_HEADING,
        prompt="Nếu số liệu đúng, ghi ngắn gọn vì sao (vài từ trở lên). Nếu số liệu sai, sửa ở ô được đánh dấu và để "
        "trống ô này.",
        sqref=" ".join(f"{letter}{row}" for row in rows),
    )
    sheet.add_data_validation(prompt)


def _link(cell: Cell | MergedCell, sheet: str, place: str) -> None:
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}", tooltip=f"Đến {sheet}, ô {place}")
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
    if text:
        cell.value = cell_text(text)
        cell.data_type = "s"
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    return cell


def _set_up_page(sheet: Worksheet, head_row: int, last: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = _TAB
    sheet.protection.sheet = True  # without a password: it keeps the hidden keys and the links whole
    sheet.protection.formatColumns = False  # False allows it
    sheet.protection.formatRows = False
    sheet.print_area = f"A1:{get_column_letter(last)}{sheet.max_row}"
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
