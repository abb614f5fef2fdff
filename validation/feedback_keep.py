"""Keeps what openpyxl changes without a word between loading and saving a workbook.

It marks every row that has a height as fixed by hand, and a fixed row does not follow what is typed, so
that a long text would be cut off. And it writes a cell of plain but locked look without its style, so that
the cell turns unlocked where the Normal style is unlocked, as it is in our templates.
"""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.styles import Alignment
from openpyxl.worksheet.dimensions import RowDimension

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_FIXED = re.compile(rb"""\bcustomHeight=["'](?:1|true)["']""")


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
