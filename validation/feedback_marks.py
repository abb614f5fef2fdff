"""Marks on the cells of a unit's own workbook: put there, and taken off when the copy comes back.

Marks do not stack. A mark is one of three tints that nothing else uses, a conditional format by the name
_RULE (else the template's own live colours would cover the tint), and a part of a comment after MARK_LINE
(the author of a comment does not survive LibreOffice). The fills from before stand in a very hidden sheet;
a marked cell that is not found there, because its row has moved, takes the fill of the nearest unmarked
cell of its column, else of its row, that is locked like it.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from plan.cell_text import cell_text
from plan.text_fit import line_count, room
from validation.feedback_answers import ANSWER_HEADING, FEEDBACK_SHEET, answer_columns, answer_key
from validation.feedback_sheet import TINTS, put_text
from validation.mend_list import Message, by_gravity, cell_position, same_name
from validation.model import SEVERITY_WORDS, Finding, Severity
from validation.raw import RawSheet

AUTHOR = "tonghop"
MARK_LINE = "▪ Kết quả kiểm tra:"
RECORD_SHEET = "_tonghop_mau"  # very hidden: sheet, cell, fill before the mark

_RULE = '"tonghop"="tonghop"'  # always true, and nobody else writes it
_COMMENT_WIDTH = 320  # pixels
_COMMENT_POINTS = 11
_LINE_PIXELS = 17
_LAST_COLUMN = 200  # no table of ours is wider
_TO_EXPLAIN = f"Có thể ghi lý do ngay ở trang “{FEEDBACK_SHEET}”, cột “{ANSWER_HEADING}”."


def remove_marks(workbook: Workbook) -> None:
    """Undo what an earlier `put_marks` did and drop its list, so that a copy that came back is clean again."""
    record: dict[tuple[str, str], str] = {}
    for sheet in list(workbook.worksheets):
        if same_name(sheet.title, RECORD_SHEET):
            lines = sheet.iter_rows(max_col=3, values_only=True)
            record = {(str(title), str(cell)): str(fill) for title, cell, fill in lines}
        if same_name(sheet.title, RECORD_SHEET) or _is_list(sheet):
            workbook.remove(sheet)
    for sheet in workbook.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        marked = [cell for cell in cells if _is_tinted(cell)]
        restored = [_fill_before(sheet, cell, record.get((sheet.title, cell.coordinate))) for cell in marked]
        for cell, fill in zip(marked, restored, strict=True):  # after all are known: neighbours are looked at
            cell.fill = fill
        for cell in cells:
            if isinstance(cell, Cell) and cell.comment is not None:
                _keep_own_comment(cell, cell.comment)
        _set_rules(sheet, [])


def _is_list(sheet: Worksheet) -> bool:
    """Our first sheet, under its name or under that of a copy."""
    return same_name(sheet.title, FEEDBACK_SHEET) or answer_columns(raw_sheet(sheet)) is not None


def raw_sheet(sheet: Worksheet) -> RawSheet:
    """Return the values of `sheet` as a reader would hand them on; formulas and error cells are left out."""
    rows = [[None if c.data_type in ("f", "e") else c.value for c in row] for row in sheet.iter_rows()]
    return RawSheet(sheet.title, visible=True, rows=rows)


def _is_tinted(cell: Cell | MergedCell) -> bool:
    return cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in TINTS.values()


def _fill_before(sheet: Worksheet, cell: Cell | MergedCell, recorded: str | None) -> PatternFill:
    if recorded is not None:
        return _fill_from(recorded)
    column = [row[0] for row in sheet.iter_rows(min_col=cell.column, max_col=cell.column)]
    row = [c for line in sheet.iter_rows(min_row=cell.row, max_row=cell.row) for c in line]
    for line in (column, row):
        like = [c for c in line if c.has_style and not _is_tinted(c) and c.protection.locked == cell.protection.locked]
        if like:
            return _fill_from(_fill_text(min(like, key=lambda c: _distance(c, cell))))
    return PatternFill()


def _distance(left: Cell | MergedCell, right: Cell | MergedCell) -> int:
    return abs((left.row or 0) - (right.row or 0)) + abs((left.column or 0) - (right.column or 0))


def _fill_text(cell: Cell | MergedCell) -> str:
    """Write a solid fill as "kind|value|tint"; other patterns are not kept ("")."""
    if cell.fill.fill_type != "solid":
        return ""
    colour = cell.fill.fgColor
    return f"{colour.type}|{colour.value}|{colour.tint}"


def _fill_from(text: str) -> PatternFill:
    kind, _, rest = text.partition("|")
    value, _, tint = rest.partition("|")
    try:
        named = {"rgb": value} if kind == "rgb" else {kind: int(value)}
        # Index 64 is the automatic background that Excel and xlsxwriter write beside a solid colour.
        return PatternFill("solid", fgColor=Color(**named, tint=float(tint)), bgColor=Color(indexed=64))
    except (ValueError, TypeError):  # no fill, or somebody wrote into the hidden sheet
        return PatternFill()


def _keep_own_comment(cell: Cell, comment: Comment) -> None:
    """Cut our part off a comment; a comment that was ours alone goes."""
    own, found, _ = comment.text.partition(MARK_LINE)
    if not found and comment.author != AUTHOR:
        return
    cell.comment = Comment(own.rstrip(), comment.author) if found and own.strip() else None


def put_marks(workbook: Workbook, findings: Sequence[Finding], message: Message) -> dict[tuple[str, str], str]:
    """Tint and comment the cells of `findings`; returns (sheet, cell) -> the cell that carries the mark.

    A cell in a hidden column is marked in the nearest column to its right that is seen, and its row is shown. Cells
    on hidden or absent sheets are left alone.
    """
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for found in sorted(findings, key=by_gravity):
        if found.sheet in workbook.sheetnames and cell_position(found.cell) != (0, 0):
            by_cell.setdefault((found.sheet, found.cell), []).append(found)
    record: list[tuple[str, str, str]] = []
    tinted: dict[str, dict[str, list[str]]] = {}
    places: dict[tuple[str, str], str] = {}
    for (title, address), group in by_cell.items():
        sheet = workbook[title]
        if sheet.sheet_state != "visible":
            continue
        cell = _seen(sheet, address)
        places[title, address] = cell.coordinate
        if not _is_tinted(cell):  # the second address of one merged range finds it tinted already
            record.append((title, cell.coordinate, _fill_text(cell)))
            tint = TINTS[group[0].severity]
            if not cell.has_style:  # a cell that the file does not hold would start out locked
                cell.style = "Normal"
            cell.fill = PatternFill("solid", fgColor=tint)
            tinted.setdefault(title, {}).setdefault(tint, []).append(cell.coordinate)
        _add_comment(cell, [_remark(f, message) for f in group])
    for title, cells in tinted.items():
        _set_rules(workbook[title], [_tint_rule(tint, marked) for tint, marked in cells.items()])
    if record:
        _keep_record(workbook, record)
    return places


def _remark(found: Finding, message: Message) -> str:
    asked = found.severity is Severity.WARNING and answer_key(found)
    return f"{SEVERITY_WORDS[found.severity]}: {message(found)}{f' {_TO_EXPLAIN}' if asked else ''}"


def _seen(sheet: Worksheet, address: str) -> Cell:
    """Return the cell in which people see a mark on `address`, and bring its row to light."""
    row, column = cell_position(address)
    hidden = {
        number
        for d in sheet.column_dimensions.values()
        if d.hidden
        for number in range(d.min or 0, min(d.max or 0, _LAST_COLUMN) + 1)
    }
    while column in hidden and column < _LAST_COLUMN:
        column += 1
    if row in sheet.row_dimensions:
        sheet.row_dimensions[row].hidden = False
    return _top_left(sheet, sheet.cell(row, column).coordinate)


def _keep_record(workbook: Workbook, record: Sequence[Sequence[str]]) -> None:
    hidden = workbook.create_sheet(RECORD_SHEET)
    hidden.sheet_state = "veryHidden"
    for row, line in enumerate(record, 1):
        for column, text in enumerate(line, 1):
            put_text(hidden, row, column, text)  # the name of a sheet may look like a formula


def _top_left(sheet: Worksheet, address: str) -> Cell:
    """Return the cell at `address`, or the one that a merged range shows in its place."""
    cell = sheet[address]
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)  # noqa: S101 (the top left of a range is never a MergedCell)
    return cell


def _add_comment(cell: Cell, texts: Sequence[str]) -> None:
    """Put `texts` into the comment of `cell`, after what the unit wrote there."""
    before = cell.comment
    ours = "\n".join([MARK_LINE, *texts])
    text = ours if before is None else f"{before.text}\n{ours if MARK_LINE not in before.text else texts[0]}"
    lines = line_count(text, room(_COMMENT_WIDTH), _COMMENT_POINTS)
    author = AUTHOR if before is None else before.author
    cell.comment = Comment(cell_text(text), author, height=(lines + 1) * _LINE_PIXELS, width=_COMMENT_WIDTH)


def _tint_rule(tint: str, cells: Sequence[str]) -> tuple[MultiCellRange, Rule]:
    style = DifferentialStyle(fill=PatternFill(bgColor=tint))  # a conditional fill shows its background colour
    return MultiCellRange(" ".join(cells)), Rule("expression", dxf=style, formula=[_RULE])


def _set_rules(sheet: Worksheet, ours: Sequence[tuple[MultiCellRange, Rule]]) -> None:
    """Make `ours` the first conditional formats of `sheet`, in place of those from before."""
    kept = [(block.sqref, rule) for block in sheet.conditional_formatting for rule in block.rules]
    kept = [(where, rule) for where, rule in kept if _RULE not in rule.formula]
    for priority, (_, rule) in enumerate([*ours, *sorted(kept, key=lambda pair: pair[1].priority)], 1):
        rule.priority = priority
    sheet.conditional_formatting = ConditionalFormattingList()
    for where, rule in [*ours, *kept]:
        sheet.conditional_formatting.add(str(where), rule)
