"""Puts answers into real templates and makes the bytes of a return, sound or spoilt as a whole.

The only door of the rehearsal to workbooks (openpyxl). Cells are found by the code column and the
headings that stand on the sheet, so that a fault of the drawer shows here instead of being repeated.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import (
    HEADER_ROW,
    IDENTITY_COLUMN,
    IDENTITY_ROW,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    WorkbookLayout,
)
from plan.model import PlanError
from plan.repack import repack
from templates.draw import draw_template
from templates.rehearsal_scene import Answers, Place

_COLUMNS = {INDICATOR_SHEET: INDICATOR_COLUMNS, TASK_SHEET: TASK_COLUMNS}


def open_template(path: Path) -> Workbook:
    """Open a drawn template. Raises PlanError when there is none or it is no workbook."""
    try:
        return load_workbook(path)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise PlanError(f"Không mở được mẫu “{path}”. Hãy chạy lại lệnh template rồi thử lại.") from error


def draw_other(layout: WorkbookLayout, deadline: datetime) -> Workbook:
    """Return the template of another period or of another unit, drawn as the issuer would have drawn it."""
    return load_workbook(io.BytesIO(draw_template(layout, {}, deadline)))


def fill(book: Workbook, answers: Answers) -> dict[Place, str]:
    """Type every answer into its cell and return the addresses. Raises PlanError when a cell is not there."""
    addresses: dict[Place, str] = {}
    for name in dict.fromkeys(place.sheet for place in answers):
        if name not in book.sheetnames:
            raise PlanError(f"Mẫu không có trang “{name}”. Hãy chạy lại lệnh template rồi thử lại.")
        sheet = book[name]
        columns, rows = _find(sheet)
        for place, answer in answers.items():
            if place.sheet != name:
                continue
            if place.row not in rows or place.column not in columns:
                raise PlanError(
                    f"Mẫu không có dòng {place.row}, cột {place.column} trên trang “{name}”: "
                    "mẫu không khớp với kế hoạch. Hãy chạy lại lệnh template rồi thử lại."
                )
            row, column = rows[place.row], columns[place.column]
            sheet.cell(row=row, column=column).value = answer.typed
            addresses[place] = f"{get_column_letter(column)}{row}"
    return addresses


def _find(sheet: Worksheet) -> tuple[dict[str, int], dict[str, int]]:
    """Return column numbers by key and row numbers by code, as the sheet itself names them."""
    keys = {column.heading: column.key for column in _COLUMNS[sheet.title]}
    for number, cells in enumerate(sheet.iter_rows(min_row=1, max_row=2 * HEADER_ROW, values_only=True), start=1):
        columns = {
            keys[text]: index for index, text in enumerate(cells, start=1) if isinstance(text, str) and text in keys
        }
        if len(columns) == len(keys):
            codes = sheet.iter_rows(
                min_row=number + 1, min_col=columns["code"], max_col=columns["code"], values_only=True
            )
            rows = {code: row for row, (code,) in enumerate(codes, start=number + 1) if isinstance(code, str)}
            return columns, rows
    raise PlanError(
        f"Không tìm thấy dòng tiêu đề trên trang “{sheet.title}” của mẫu. Hãy chạy lại lệnh template rồi thử lại."
    )


def workbook_bytes(book: Workbook, moment: datetime) -> bytes:
    """Return the workbook's file as saved at `moment`: the same bytes on every run."""
    saved = io.BytesIO()
    book.save(saved)
    return repack(saved.getvalue(), moment)


# --- returns that are wrong as a whole --------------------------------------------------------

_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def spoil_bytes(code: str, data: bytes) -> bytes:
    """Return what arrives instead of `data`: half a file, nothing, or a scan named .xlsx."""
    kinds: Mapping[str, bytes] = {
        "FILE_DAMAGED": data[: len(data) * 3 // 5],
        "FILE_EMPTY": b"",
        "FILE_NOT_WORKBOOK": _PDF,
    }
    return kinds.get(code, data)


def overtype_identity(book: Workbook, text: str) -> None:
    """Overtype the readable identity line of both appendices, as someone does who took a neighbour's file."""
    for name in (INDICATOR_SHEET, TASK_SHEET):
        if name in book.sheetnames:
            book[name].cell(row=IDENTITY_ROW, column=IDENTITY_COLUMN).value = text


def former_unit(layout: WorkbookLayout, number: int) -> WorkbookLayout:
    """Return the same workbook as of a unit that the plan does not know."""
    unit = replace(layout.unit, id=f"don-vi-cu-{number}", name=f"Đơn vị trước sắp xếp số {number}", code="", aliases=())
    return replace(layout, unit=unit)


def delete_tasks(book: Workbook) -> None:
    """Delete Appendix 2 as Excel does: what pointed there shows #REF! from then on."""
    del book[TASK_SHEET]
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and cell.value.startswith("=") and TASK_SHEET in cell.value:
                    cell.value = "#REF!"
                link = cell.hyperlink
                if link is not None and TASK_SHEET in (link.location or ""):
                    cell.hyperlink = None
    for name in [name for name, defined in book.defined_names.items() if TASK_SHEET in (defined.attr_text or "")]:
        del book.defined_names[name]


def own_table(layout: WorkbookLayout) -> Workbook:
    """Return a workbook that somebody made up instead of filling in the template."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    sheet.append(["STT", "Nội dung", "Kết quả"])
    for number, row in enumerate(layout.task_rows[:5], start=1):
        sheet.append([number, row.task.name, "Đã thực hiện"])
    book.properties.creator = ""
    return book
