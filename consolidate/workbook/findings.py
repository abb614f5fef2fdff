""" "Lỗi, cảnh báo": what validation found, errors first, each with the cell that the unit has to open."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from consolidate.rounding import vietnamese
from consolidate.workbook.canvas import FINDINGS, Canvas
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from plan.model import Plan
from plan.shown import numbered, shown_numbers
from plan.text_fit import shortened
from validation.model import SEVERITY_WORDS, Severity

_COLUMNS = (
    ("Mức độ", 84),
    ("Đơn vị", 200),
    ("Tệp", 220),
    ("Trang", 90),
    ("Ô", 56),
    ("Chỉ tiêu, nhiệm vụ", 190),
    ("Nội dung", 420),
    ("Giá trị", 130),
    ("Giải trình của đơn vị", 170),
)
_MOST = 100_000  # lines: more than anybody reads, and a file that Excel still opens
_LONGEST_NAME = 60
_LONGEST_VALUE = 200
_LONGEST_EXPLANATION = 1_000


def draw_findings(canvas: Canvas, most: int = _MOST) -> None:
    """Draw the sheet; within one severity the order is that of validation, by file and cell.

    Of more than `most` findings the rest is left to findings.json, and the sheet says so.
    """
    sheet: Worksheet = canvas.book.get_worksheet_by_name(FINDINGS)
    formats = canvas.formats
    title = f"LỖI, CẢNH BÁO, GHI CHÚ {canvas.run.period.label.upper()}"
    head_row = draw_list_title(canvas, sheet, _COLUMNS, title, _note(canvas, most))
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    order = list(Severity)
    marked = {Severity.ERROR: formats.error, Severity.WARNING: formats.warning, Severity.NOTE: formats.cell_centre}
    found = sorted(canvas.run.checked.findings, key=lambda f: order.index(f.severity))
    names = row_labels(canvas.run.plan)
    for finding in found[:most]:
        cells = [
            TextCell(0, SEVERITY_WORDS[finding.severity], marked[finding.severity]),
            TextCell(1, canvas.name(finding.unit), formats.cell),
            TextCell(2, finding.file, formats.cell),
            TextCell(3, finding.sheet, formats.cell),
            TextCell(4, finding.cell, formats.cell_centre),
            TextCell(5, names.get(finding.row, finding.row), formats.cell),
            TextCell(6, canvas.message(finding), formats.cell),
            TextCell(7, shortened(finding.value, _LONGEST_VALUE), formats.cell),
            TextCell(8, shortened(finding.facts.get("explained", ""), _LONGEST_EXPLANATION), formats.cell),
        ]
        draw_texts(sheet, _COLUMNS, row, cells)
        row += 1
    if found:
        sheet.autofilter(head_row, 0, row - 1, len(_COLUMNS) - 1)
    else:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Không có lỗi, cảnh báo hay ghi chú nào.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(head_row + 1, 2)


def _note(canvas: Canvas, most: int) -> str:
    """Of whom and when the sheet speaks, and that it does not hold all where it does not."""
    run, count = canvas.run, len(canvas.run.checked.findings)
    note = f"{run.plan.issuer}, {run.period.label}"
    if count <= most:
        return note
    first, every = (vietnamese(Decimal(number)) for number in (most, count))
    return f"{note}. Trang này chỉ ghi {first} dòng đầu trong {every} dòng, lỗi trước; tệp findings.json ghi đủ."


def row_labels(plan: Plan) -> dict[str, str]:
    """Row code -> the number of the row and a name short enough for a list: "Chỉ tiêu 4. Tiêm chủng mở rộng"."""
    numbers = shown_numbers(plan.indicators)
    names = {i.code: ("Chỉ tiêu", numbers[i.code], i.short or i.name) for i in plan.indicators}
    numbers = shown_numbers(plan.tasks)
    names |= {t.code: ("Nhiệm vụ", numbers[t.code], t.name) for t in plan.tasks}
    return {
        code: f"{kind} {numbered(number, shortened(name, _LONGEST_NAME))}"
        for code, (kind, number, name) in names.items()
    }
