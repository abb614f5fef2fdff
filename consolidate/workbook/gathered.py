""" "Khó khăn, đề xuất": what units wrote beside their numbers, gathered by task and by indicator."""

from __future__ import annotations

from collections import defaultdict

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import GATHERED, Canvas
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from consolidate.workbook.official import draw_band
from plan.shown import group_heading, shown_numbers
from plan.words import ROLE_WORDS
from validation.model import IndicatorEntry, TaskEntry

_COLUMNS = (
    ("Đơn vị", 210),
    ("Vai trò", 90),
    ("Khó khăn, vướng mắc", 330),
    ("Đề xuất, kiến nghị", 330),
    ("Ghi chú, giải trình", 290),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_SEE_DATA = "… (xem tiếp ở trang “Dữ liệu”)"
_SEE_FILE = "… (xem tiếp ở tệp của đơn vị)"


def draw_gathered(canvas: Canvas) -> None:
    """Draw the sheet: tasks in printed order under their group, then explanations of indicators."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(GATHERED)
    title = f"KHÓ KHĂN, ĐỀ XUẤT, GIẢI TRÌNH {canvas.run.period.label.upper()}"
    head_row = draw_list_title(canvas, sheet, _COLUMNS, title)
    first = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    row = _draw_tasks(canvas, sheet, first)
    row = _draw_indicators(canvas, sheet, row)
    if row == first:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Không đơn vị nào nêu khó khăn, đề xuất hay giải trình.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(head_row + 1, 1)


def _draw_tasks(canvas: Canvas, sheet: Worksheet, row: int) -> int:
    by_task: dict[str, list[TaskEntry]] = defaultdict(list)
    for entry in canvas.run.checked.task_entries:
        if entry.difficulties.strip() or entry.proposals.strip() or entry.explanation.strip():
            by_task[entry.row].append(entry)
    heading = ""
    numbers = shown_numbers(canvas.run.plan.tasks)
    for result in canvas.run.tasks:
        task = result.task
        place = {part.unit: number for number, part in enumerate(result.parts)}
        entries = sorted(by_task.get(task.code, ()), key=lambda e: (place.get(e.unit, len(place)), e.unit))
        if not entries:
            continue
        group = group_heading(task)
        if group and group != heading:
            heading = group
            row = draw_band(sheet, _WIDTHS, row, group, canvas.formats.section)
        title = f"Nhiệm vụ {numbers[task.code].rstrip('.')}: {task.name}"
        row = draw_band(sheet, _WIDTHS, row, title, canvas.formats.subsection)
        for entry in entries:
            cells = [
                (0, canvas.name(entry.unit)),
                (1, ROLE_WORDS[entry.role]),
                (2, entry.difficulties.strip()),
                (3, entry.proposals.strip()),
                (4, entry.explanation.strip()),
            ]
            texts = [TextCell(at, text, canvas.formats.cell, _SEE_DATA) for at, text in cells]
            draw_texts(sheet, _COLUMNS, row, texts)
            row += 1
    return row


def _draw_indicators(canvas: Canvas, sheet: Worksheet, row: int) -> int:
    by_row: dict[str, list[IndicatorEntry]] = defaultdict(list)
    for entry in canvas.run.checked.indicator_entries:
        if entry.explanation.strip():
            by_row[entry.row].append(entry)
    place = {unit.id: number for number, unit in enumerate(canvas.run.plan.units)}
    numbers = shown_numbers(canvas.run.plan.indicators)
    cell, subsection = canvas.formats.cell, canvas.formats.subsection
    for result in canvas.run.indicators:
        indicator = result.indicator
        entries = by_row.get(indicator.code)
        if not entries:
            continue
        number = numbers[indicator.code].rstrip(".")
        row = draw_band(sheet, _WIDTHS, row, f"Chỉ tiêu {number}: {indicator.name}", subsection)
        labels = {field.name: field.label for field in indicator.fields}
        for entry in sorted(entries, key=lambda e: (place.get(e.unit, len(place)), e.unit, e.cell)):
            text = f"{labels.get(entry.field, entry.field)}: {entry.explanation.strip()}"
            draw_texts(
                sheet,
                _COLUMNS,
                row,
                [
                    TextCell(0, canvas.name(entry.unit), cell),
                    TextCell(1, "Báo cáo", cell),
                    TextCell(2, "", cell),
                    TextCell(3, "", cell),
                    TextCell(4, text, cell, _SEE_FILE),
                ],
            )
            row += 1
    return row
