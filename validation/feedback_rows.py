"""Keeps rows growing that grew in the unit's file: openpyxl marks every row that has a height as fixed by hand.

A fixed row does not follow what is typed, so a long text would be cut off in the copy that goes back.
"""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.worksheet.dimensions import RowDimension

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_FIXED = re.compile(rb"""\bcustomHeight=["'](?:1|true)["']""")


class _GrowingRow(RowDimension):
    """A row whose height is what it took last, not what somebody set."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (the name of the attribute in the file)
        return False


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
                    sheet.row_dimensions[row] = _growing(sheet.row_dimensions[row])


def _growing(row: RowDimension) -> _GrowingRow:
    return _GrowingRow(
        row.parent,
        index=row.index,
        ht=row.ht,
        s=row._style,  # the constructor wants the style itself, which has no public name
        hidden=row.hidden,
        outlineLevel=row.outlineLevel,
        collapsed=row.collapsed,
        thickBot=row.thickBot,
        thickTop=row.thickTop,
    )
