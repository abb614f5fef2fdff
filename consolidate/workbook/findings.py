""" "Lỗi, cảnh báo": what validation found, errors first, each with the cell that the unit has to open."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import FINDINGS, Canvas
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from plan.text_fit import shortened
from validation.model import SEVERITY_WORDS, Severity

_COLUMNS = (
    ("Mức độ", 84),
    ("Đơn vị", 200),
    ("Tệp", 220),
    ("Trang", 90),
    ("Ô", 56),
    ("Nội dung", 420),
    ("Giá trị", 130),
    ("Giải trình của đơn vị", 170),
)
_LONGEST_VALUE = 200
_LONGEST_EXPLANATION = 1_000


def draw_findings(canvas: Canvas) -> None:
    """Draw the sheet; within one severity the order is that of validation, by file and cell."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(FINDINGS)
    formats = canvas.formats
    head_row = draw_list_title(canvas, sheet, _COLUMNS, f"LỖI, CẢNH BÁO, GHI CHÚ {canvas.run.period.label.upper()}")
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    order = list(Severity)
    marked = {Severity.ERROR: formats.error, Severity.WARNING: formats.warning, Severity.NOTE: formats.cell_centre}
    found = sorted(canvas.run.checked.findings, key=lambda f: order.index(f.severity))
    for finding in found:
        cells = [
            TextCell(0, SEVERITY_WORDS[finding.severity], marked[finding.severity]),
            TextCell(1, canvas.name(finding.unit), formats.cell),
            TextCell(2, finding.file, formats.cell),
            TextCell(3, finding.sheet, formats.cell),
            TextCell(4, finding.cell, formats.cell_centre),
            TextCell(5, canvas.message(finding), formats.cell),
            TextCell(6, shortened(finding.value, _LONGEST_VALUE), formats.cell),
            TextCell(7, shortened(finding.facts.get("explained", ""), _LONGEST_EXPLANATION), formats.cell),
        ]
        draw_texts(sheet, _COLUMNS, row, cells)
        row += 1
    if found:
        sheet.autofilter(head_row, 0, row - 1, len(_COLUMNS) - 1)
    else:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Không có lỗi, cảnh báo hay ghi chú nào.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(head_row + 1, 2)
