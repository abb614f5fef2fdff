""" "Xu hướng": each figure over the stored periods, with how many units stand behind it and what has changed.

A period without a figure stays blank, so that neither a difference nor a line takes it for zero. Earlier figures come
from consolidate.past; only what can be compared there is subtracted here, live.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import CONFLICT_FIGURE, NO_FIGURE, Consolidation, IndicatorResult
from consolidate.past import COMPARED_WORDS, Compared, changes, compared_periods
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import APPENDIX_1, TREND, Canvas, done, fit_page
from consolidate.workbook.formats import BODY_POINTS, ESTIMATED, LONG_POINTS
from consolidate.workbook.goals import bounds_of, is_all
from consolidate.workbook.listing import draw_list_heads, draw_list_title, draw_nothing
from consolidate.workbook.official import draw_band, number_pixels
from consolidate.workbook.trend_charts import Series, draw_line_charts
from consolidate.workbook.trend_places import (
    FIXED,
    MOST,
    TOP,
    TrendPlaces,
    lined,
    results_over,
    shown_periods,
    shown_results,
    source_code,
    trend_places,
)
from consolidate.workbook.trend_tasks import draw_tasks
from plan.cell_text import cell_text
from plan.shown import shown_numbers, shown_unit
from plan.text_fit import fitting, room, row_height

_PERIOD_PX = 104
_CHANGE_PX = 92
_UNITS = "Đơn vị có số liệu / phải báo cáo"
NOTHING_BEFORE = "Sổ ghi nhớ chưa có kỳ báo cáo nào trước kỳ này, nên chưa có xu hướng để so sánh."
MARK_OF_OTHER_UNITS = (
    "Dấu * bên chênh lệch: hai kỳ không cùng các đơn vị có số liệu, một phần chênh lệch là do đơn vị báo cáo khác nhau."
)
_NOTE = (
    f"Các kỳ trước tính lại từ số liệu trong sổ ghi nhớ theo kế hoạch hiện nay. {MARK_OF_OTHER_UNITS} "
    "“–”: không so được (thiếu số liệu, hoặc hai kỳ tính trên khoảng thời gian, ngưỡng khác nhau). "
    "Trong đồ thị: nét đứt là mục tiêu, mốc; số cộng dồn trong năm chỉ vẽ điểm, không nối kỳ nửa năm với kỳ cả năm."
)


def change_cells(run: Consolidation) -> dict[tuple[str, Compared], str]:
    """Where the changes of each indicator stand on this sheet, as absolute references."""
    places = trend_places(run)
    return {
        (r.indicator.code, change.compared): f"'{TREND}'!{_absolute(places, source_code(run, r), change.compared)}"
        for r in run.indicators
        for change in changes(run, r)
        if change.period.id in places.periods
    }


def _absolute(places: TrendPlaces, code: str, compared: Compared) -> str:
    return str(xl_rowcol_to_cell(places.rows[code], places.compared[compared], row_abs=True, col_abs=True))


def draw_trend(
    canvas: Canvas, appendix_rows: Mapping[str, int], task_rows: Mapping[str, int] = MappingProxyType({})
) -> None:
    """Draw the sheet; the maps give the Excel rows of the indicators in "Phụ lục 1" and of the tasks in "Phụ lục 2".

    Without `task_rows` the tasks of this period are plain counts, as those of the earlier ones are.
    """
    sheet: Worksheet = canvas.book.get_worksheet_by_name(TREND)
    run, places = canvas.run, trend_places(canvas.run)
    columns = _columns(run)
    widths = [width for _, width in columns]
    draw_list_title(canvas, sheet, columns, "XU HƯỚNG QUA CÁC KỲ BÁO CÁO", _NOTE if run.past else "")
    if not run.past:
        row = draw_nothing(canvas, sheet, columns, TOP, NOTHING_BEFORE)
    else:
        draw_list_heads(canvas, sheet, columns, places.head_row)
        numbers = shown_numbers(run.plan.indicators)
        for result in shown_results(run):
            _draw_names(canvas, sheet, places, (result, numbers[result.indicator.code]))
            _draw_figures(canvas, sheet, places, (result, appendix_rows[result.indicator.code]))
            _draw_targets(canvas, sheet, places, result)
            _draw_changes(canvas, sheet, places, result)
        row = _draw_left_out(canvas, sheet, widths, places.end)
        draw_line_charts(canvas, sheet, TOP, (_lines(run, places), sum(widths)))
        row = draw_tasks(canvas, sheet, places, (row, widths), task_rows)
    fit_page(sheet, widths, (places.head_row, places.head_row))
    done(sheet.print_area(0, 0, row - 1, len(columns) - 1))


def _columns(run: Consolidation) -> tuple[tuple[str, int], ...]:
    if not run.past:
        return (*FIXED, ("", 700))
    labels = [p.label[:1].upper() + p.label[1:] for p in shown_periods(run)]
    labels[-1] += " (kỳ này)"
    figures = [
        vietnamese(value) + (f" {ESTIMATED}" if then.estimated else "")
        for result in shown_results(run)
        for then in results_over(run, result.indicator.code)
        if (value := rounded(then.value, then.indicator.decimals)) is not None
    ]
    longest = max((number_pixels(text) for text in figures), default=0)
    return (
        *FIXED,
        *((label, max(_PERIOD_PX, longest)) for label in labels),
        *((f"Chênh lệch so với {COMPARED_WORDS[c]}", max(_CHANGE_PX, longest)) for c in compared_periods(run)),
    )


def _draw_names(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, named: tuple[IndicatorResult, str]) -> None:
    """Two rows: the indicator, and below it what stands under its figures."""
    result, number = named
    indicator, formats = result.indicator, canvas.formats
    row, free = places.rows[indicator.code], room(FIXED[1][1], indented=True)
    name = fitting(cell_text(indicator.name), free, BODY_POINTS)
    unit = shown_unit(indicator)
    done(sheet.write_string(row, 0, cell_text(number), formats.cell_centre))
    done(sheet.write_string(row, 1, name, formats.cell))
    done(sheet.write_string(row, 2, cell_text(unit), formats.cell_centre))
    done(sheet.set_row(row, row_height([(name, free), (unit, room(FIXED[2][1]))], BODY_POINTS)))
    done(sheet.write_string(row + 1, 1, _UNITS, formats.small))
    for column in (0, 2, *places.compared.values()):
        done(sheet.write_blank(row + 1, column, None, formats.small_centre))
    units = [(_units_text(then), room(_PERIOD_PX)) for then in results_over(canvas.run, indicator.code)]
    done(sheet.set_row(row + 1, row_height(units, LONG_POINTS)))


def _units_text(result: IndicatorResult) -> str:
    units = f"{len(result.included)}/{len(result.expected)}"
    if result.value is not None:
        return units
    return f"{CONFLICT_FIGURE if result.conflicts else NO_FIGURE} ({units})"


def _draw_figures(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, drawn: tuple[IndicatorResult, int]) -> None:
    """Figures and, below them, units; `drawn` is a result and its Excel row in "Phụ lục 1"."""
    result, appendix_row = drawn
    formats, indicator = canvas.formats, result.indicator
    row, at = places.rows[indicator.code], min(indicator.decimals, len(formats.figure) - 1)
    results = results_over(canvas.run, indicator.code)
    for column, then in zip(places.periods.values(), results, strict=True):
        form = (formats.figure_estimated if then.estimated else formats.figure)[at]
        value = rounded(then.value, indicator.decimals)
        if value is None:
            done(sheet.write_blank(row, column, None, form))
        elif then is result:
            done(sheet.write_formula(row, column, f"='{APPENDIX_1}'!$E${appendix_row}", form, float(value)))
        else:
            done(sheet.write_number(row, column, float(value), form))
        done(sheet.write_string(row + 1, column, _units_text(then), formats.small_centre))


def _draw_targets(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, result: IndicatorResult) -> None:
    """What each figure was held against in its period, exactly; a row for each bound."""
    formats, code = canvas.formats, result.indicator.code
    results = results_over(canvas.run, code)
    label, free = _targets_label(results), room(FIXED[1][1], indented=True)
    for number in range(places.bounds[code]):
        row = places.rows[code] + 2 + number
        done(sheet.write_string(row, 1, label, formats.small))
        for column in (0, 2, *places.compared.values()):
            done(sheet.write_blank(row, column, None, formats.small_centre))
        for column, then in zip(places.periods.values(), results, strict=True):
            held = bounds_of(then)
            if number >= len(held):
                done(sheet.write_blank(row, column, None, formats.small_centre))
                continue
            bound = held[number]
            form = formats.small_centre if is_all(then, bound) else formats.bound[bound.comparator, False]
            done(sheet.write_number(row, column, float(bound.level), form))
        done(sheet.set_row(row, row_height([(label, free)], LONG_POINTS)))


def _targets_label(results: Sequence[IndicatorResult]) -> str:
    years = sorted({target.year for then in results for target in then.targets})
    what = "Mốc đến cuối kỳ, mục tiêu" if any(then.milestones for then in results) else "Mục tiêu"
    return f"{what} năm {', '.join(map(str, years))}"


def _draw_changes(canvas: Canvas, sheet: Worksheet, places: TrendPlaces, result: IndicatorResult) -> None:
    formats, indicator = canvas.formats, result.indicator
    row, at = places.rows[indicator.code], min(indicator.decimals, len(formats.change) - 1)
    found = {change.compared: change for change in changes(canvas.run, result)}
    cell = partial(xl_rowcol_to_cell, row)
    for compared, column in places.compared.items():
        change = found.get(compared)
        if change is None or change.period.id not in places.periods:
            done(sheet.write_string(row, column, "–", formats.cell_centre))
            continue
        now, then = cell(places.periods[canvas.run.period.id]), cell(places.periods[change.period.id])
        formula = f'=IF(AND(ISNUMBER({now}),ISNUMBER({then})),ROUND({now}-{then},{indicator.decimals}),"–")'
        form = (formats.change if change.same_units else formats.change_marked)[at]
        difference = rounded(change.difference, indicator.decimals)
        done(sheet.write_formula(row, column, formula, form, float(difference or 0)))


def _draw_left_out(canvas: Canvas, sheet: Worksheet, widths: list[int], row: int) -> int:
    """Say how many older periods the ledger holds besides."""
    older = len(canvas.run.past) - (MOST - 1)
    if older <= 0:
        return row
    text = f"Chỉ trình bày {MOST} kỳ gần nhất; sổ ghi nhớ còn {older} kỳ trước đó."
    return draw_band(sheet, widths, row, text, canvas.formats.subsection)


def _lines(run: Consolidation, places: TrendPlaces) -> list[Series]:
    columns = min(places.periods.values()), max(places.periods.values())
    one_kind = len({period.kind for period in shown_periods(run)}) == 1
    return [
        Series(
            results,
            places.rows[indicator.code],
            columns,
            places.head_row,
            places.bounds[indicator.code],
            joined=one_kind or not indicator.prorated,
        )
        for results, indicator in ((results, results[-1].indicator) for results in lined(run))
    ]
