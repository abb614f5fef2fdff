"""Keeps what openpyxl changes without a word between loading and saving a workbook, and makes room for texts.

It marks every row that has a height as fixed by hand, and a fixed row does not follow what is typed, so
that a long text would be cut off. And it writes a cell of plain but locked look without its style, so that
the cell turns unlocked where the Normal style is unlocked, as it is in our templates.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.styles import Alignment
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from plan.text_fit import room, row_height

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_FIXED = re.compile(rb"""\bcustomHeight=["'](?:1|true)["']""")
_UNIT_PIXELS = 7  # of a column width as it stands in the file
_POINTS = 11
_LAST_COLUMN = 50  # no table of ours is wider


class _GrowingRow(RowDimension):
    """A row whose height is what it took last, not what somebody set."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (the name of the attribute in the file)
        return False


def keep_locks(workbook: Workbook) -> None:
    """Give plain cells a look of their own that changes nothing to the eye: bottom is where text stands anyway."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not cell.has_style:
                    cell.alignment = Alignment(vertical="bottom")


def let_rows_grow(workbook: Workbook, data: bytes) -> None:
    """Give the rows of `workbook`, just loaded from `data`, back the freedom that they had there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parser = WorkbookParser(archive, "xl/workbook.xml")
        parser.parse()
        for child, relation in parser.find_sheets():
            if child.name not in workbook.sheetnames:
                continue
            sheet = workbook[child.name]
            for attributes in _ROW.findall(archive.read(relation.target)):
                number = _NUMBER.search(attributes)
                if number is None or _FIXED.search(attributes):
                    continue
                row = int(number[1])
                if row in sheet.row_dimensions and sheet.row_dimensions[row].ht is not None:
                    sheet.row_dimensions[row] = growing(sheet.row_dimensions[row])


def make_room(workbook: Workbook, titles: Collection[str]) -> None:
    """Make the rows of these sheets tall enough for the texts typed there, also rows that the template fixes.

    Excel fits a row when it is edited, not when the file is opened; LibreOffice believes the heights of the file.
    """
    for title in titles:
        if title not in workbook.sheetnames:
            continue
        sheet = workbook[title]
        widths = _widths(sheet)
        merged = {place for area in sheet.merged_cells.ranges for place in (*area.left, *area.top)}
        for number, line in sheet.row_dimensions.items():
            if line.ht is None or line.hidden:
                continue
            for column, pixels in widths.items():
                cell = sheet._cells.get((number, column))  # `cell()` would make the ones that are not there
                if isinstance(cell, Cell) and isinstance(cell.value, str) and (number, column) not in merged:
                    shows = cell.data_type == "s" and cell.alignment.wrap_text
                    free = room(pixels, indented=bool(cell.alignment.indent))
                    needed = row_height([(cell.value, free)], cell.font.sz or _POINTS) if shows else 0.0
                    line.ht = max(line.ht, needed)


def _widths(sheet: Worksheet) -> dict[int, float]:
    """Column -> its pixels; columns of no width of their own are left out."""
    return {
        column: d.width * _UNIT_PIXELS
        for d in sheet.column_dimensions.values()
        if d.min and d.max and not d.hidden
        for column in range(d.min, min(d.max, _LAST_COLUMN) + 1)
    }


def growing(row: RowDimension) -> RowDimension:
    """Return `row` with a height that editing its cells may change."""
    return _GrowingRow(
        row.parent,
        index=row.index,
        ht=row.ht,
        s=row._style,  # type: ignore[attr-defined]  # the constructor wants the style itself; it has no public name
        hidden=row.hidden,
        outlineLevel=row.outlineLevel,
        collapsed=row.collapsed,
        thickBot=row.thickBot,
        thickTop=row.thickTop,
    )
