"""The tasks on "Xu hướng": how many stood where in each stored period, with live sums and differences, and a chart."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus
from consolidate.past import compared_periods
from consolidate.tallies import Tally, whole
from consolidate.workbook.appendix2 import status_cells
from consolidate.workbook.canvas import APPENDIX_2, Canvas, done
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.official import draw_band
from consolidate.workbook.task_texts import OVERDUE
from consolidate.workbook.trend_charts import StatusArea, draw_status_chart
from consolidate.workbook.trend_places import FIXED, MOST, TrendPlaces
from plan.dates import day_text
from plan.text_fit import room, row_height


def draw_tasks(
    canvas: Canvas, sheet: Worksheet, places: TrendPlaces, at: tuple[int, list[int]], task_rows: Mapping[str, int]
) -> int:
    """Draw the counts from `at` (row, pixels of the columns) down, and their chart over the table; return the next row.

    `task_rows` gives the Excel rows of "Phụ lục 2" that this period's counts are live over.
    """
    run, (row, widths) = canvas.run, at
    if not run.tasks:
        return row
    tallies = [*(whole(tuple(p.tasks.values())) for p in reversed(run.past[: MOST - 1])), whole(run.tasks)]
    row = draw_band(sheet, widths, row, "Số nhiệm vụ theo tình trạng chung", canvas.formats.section)
    first, cells = row, f"'{APPENDIX_2}'!{status_cells(task_rows)}" if task_rows else ""
    for status in OverallStatus:
        word = OVERALL_STATUS_WORDS[status]
        counts = [t.counts[status] for t in tallies]
        _draw_counts(canvas, sheet, places, (row, word, counts, cells and f'=COUNTIF({cells},"*{word}")'))
        row += 1
    _draw_total(canvas, sheet, places, (first, row, tallies))
    overdue = [t.overdue for t in tallies]
    live = cells and f'=COUNTIF({cells},"{OVERDUE}*")'
    _draw_overdue(canvas, sheet, places, (row + 1, overdue, live))
    columns = tuple(places.periods.values())
    area = StatusArea(first, (columns[0], columns[-1]), places.head_row)
    draw_status_chart(canvas, sheet, places.head_row - 1, (area, sum(widths)))
    return row + 2


def _draw_label(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, row: int, label: str) -> None:
    formats = canvas.formats
    done(sheet.write_blank(row, 0, None, formats.cell_centre))
    done(sheet.write_string(row, 1, label, formats.cell))
    for column in (2, *places.compared.values()):
        done(sheet.write_blank(row, column, None, formats.cell_centre))
    done(sheet.set_row(row, row_height([(label, room(FIXED[1][1], indented=True))], BODY_POINTS)))


def _draw_counts(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, line: tuple[int, str, list[int], str]) -> None:
    """One line: row, label, counts (oldest first), the formula of this period's; and what has changed."""
    _draw_plain_counts(canvas, sheet, places, line)
    _draw_count_changes(canvas, sheet, places, (line[0], line[2]))


def _draw_plain_counts(
    canvas: Canvas, sheet: Worksheet, places: TrendPlaces, line: tuple[int, str, list[int], str]
) -> None:
    row, label, counts, live = line
    _draw_label(canvas, sheet, places, row, label)
    columns = tuple(places.periods.values())
    for column, count in zip(columns, counts, strict=True):
        done(sheet.write_number(row, column, count, canvas.formats.count))
    if live:
        done(sheet.write_formula(row, columns[-1], live, canvas.formats.count, counts[-1]))


def _draw_overdue(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, line: tuple[int, list[int], str]) -> None:
    """Those of former periods by their last day, those of this one by now: they cannot be subtracted."""
    row, counts, live = line
    moment = canvas.local(canvas.run.as_of)
    label = f"Trong đó quá hạn (kỳ trước: tính đến ngày cuối kỳ; kỳ này: tính đến ngày {day_text(moment)})"
    _draw_plain_counts(canvas, sheet, places, (row, label, counts, live))
    for column in places.compared.values():
        done(sheet.write_string(row, column, "–", canvas.formats.cell_centre))


def _draw_total(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, block: tuple[int, int, list[Tally]]) -> None:
    """The sum of the statuses in rows first..last before `row`."""
    first, row, tallies = block
    _draw_label(canvas, sheet, places, row, "Tổng số nhiệm vụ")
    for column, tally in zip(places.periods.values(), tallies, strict=True):
        cells = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(row - 1, column)}"
        done(sheet.write_formula(row, column, f"=SUM({cells})", canvas.formats.count, tally.tasks))
    _draw_count_changes(canvas, sheet, places, (row, [t.tasks for t in tallies]))


def _draw_count_changes(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, line: tuple[int, list[int]]) -> None:
    row, counts = line
    by_period = dict(zip(places.periods, counts, strict=True))
    now = canvas.run.period.id
    for compared, past in compared_periods(canvas.run).items():
        if past.period.id not in by_period:
            continue
        cells = [xl_rowcol_to_cell(row, places.periods[period]) for period in (now, past.period.id)]
        difference = by_period[now] - by_period[past.period.id]
        formula = f"={cells[0]}-{cells[1]}"
        done(sheet.write_formula(row, places.compared[compared], formula, canvas.formats.change[0], difference))
