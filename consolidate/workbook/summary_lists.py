"""What wants attention, as blocks of "Tóm tắt": pressing tasks on the left, indicators on the right.

States and figures are live references to both appendices; which row comes first is decided in consolidate.tallies and
consolidate.workbook.attention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consolidate.model import OVERALL_STATUS_WORDS, Consolidation, IndicatorResult, OverallStatus, TaskResult
from consolidate.rounding import rounded
from consolidate.tallies import urgent
from consolidate.workbook.appendix2 import PROGRESS_COLUMN, STATUS_COLUMN, status_cells
from consolidate.workbook.attention import Notice, by_attention, judged_text
from consolidate.workbook.canvas import APPENDIX_1, APPENDIX_2, Canvas, internal
from consolidate.workbook.grid import LEFT_LAST, RIGHT_FIRST, Item
from consolidate.workbook.task_texts import mark_of, status_text
from plan.shown import shown_due, shown_leads, shown_numbers, shown_unit
from plan.text_fit import shortened

Block = tuple[Item, ...]

FIGURE_COLUMN, INCLUDED_COLUMN, VERDICT_COLUMN = "E", "H", "J"  # of "Phụ lục 1"
_TASK_SPANS = ((0, 0), (1, 5), (6, 8), (9, 10), (11, 12), (13, 13))
_TASK_HEADS = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Tình trạng", "% thấp nhất")
_R = RIGHT_FIRST
_INDICATOR_SPANS = ((_R, _R), (_R + 1, _R + 3), (_R + 4, _R + 4), (_R + 5, _R + 5), (_R + 6, _R + 6), (_R + 7, _R + 8))
_INDICATOR_HEADS = ("TT", "Chỉ tiêu", "Kết quả", "Mục tiêu", "Đơn vị có số liệu", "Đánh giá")
NAME_COLUMN, RESULT_COLUMN, TARGET_COLUMN = _R + 1, _R + 4, _R + 5
_MOST_TASKS = 20
_LONGEST_NAME = 160  # of an indicator
_LONGEST_TASK = 95
_LONGEST_LEADS = 90
_LONGEST_DUE = 60


def task_blocks(canvas: Canvas, rows: Mapping[str, int]) -> list[Block]:
    """Heads, the pressing tasks (at most _MOST_TASKS, the rest counted); `rows` of "Phụ lục 2"."""
    formats = canvas.formats
    whole = (0, LEFT_LAST)
    blocks: list[Block] = [_heads(canvas, _TASK_SPANS, _TASK_HEADS)]
    pressing = urgent(canvas.run.tasks)
    numbers = shown_numbers(canvas.run.plan.tasks)
    blocks += [
        _task(canvas, result, (numbers[result.task.code], rows[result.task.code])) for result in pressing[:_MOST_TASKS]
    ]
    left = len(pressing) - _MOST_TASKS
    if not canvas.run.tasks:
        blocks.append((Item(*whole, formats.small, "Kế hoạch không có nhiệm vụ nào."),))
    elif not pressing:
        blocks.append((_nothing_pressing(canvas, rows),))
    elif left > 0:
        said = f"Còn {left} nhiệm vụ quá hạn hoặc có nguy cơ chậm khác: xem các ô tô nền ở trang “Phụ lục 2”."
        blocks.append((Item(*whole, formats.small, said),))
    return blocks


def _nothing_pressing(canvas: Canvas, rows: Mapping[str, int]) -> Item:
    """That nothing presses, live, as far as the reports go: what nobody has reported of may be late all the same."""
    count = len(canvas.run.tasks)
    silent = sum(1 for r in canvas.run.tasks if r.status is OverallStatus.NOT_ENOUGH_REPORTS)
    span, form = (0, LEFT_LAST), canvas.formats.small
    none = "Không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm"
    if not silent:
        return Item(*span, form, f"{none}.")
    word = OVERALL_STATUS_WORDS[OverallStatus.NOT_ENOUGH_REPORTS]
    first = "Chưa đủ báo cáo để biết: " if silent == count else f"{none} trong các nhiệm vụ đã đủ báo cáo; "
    last = f"/{count} nhiệm vụ {word.lower()}."
    counted = f"COUNTIF('{APPENDIX_2}'!{status_cells(rows)},\"*{word}\")"
    return Item(*span, form, f"{first}{silent}{last}", f'="{first}"&{counted}&"{last}"')


def _task(canvas: Canvas, result: TaskResult, at: tuple[str, int]) -> Block:
    formats, task = canvas.formats, result.task
    number, row = at
    marked = formats.small_overdue if result.overdue else formats.small_at_risk
    status = status_text(mark_of(result, result.status), result.status)
    progress: str | float = "–" if result.progress is None else float(result.progress)
    texts = (
        shortened(task.name, _LONGEST_TASK, "… (Phụ lục 2)"),
        shortened(shown_leads(canvas.run.plan, task), _LONGEST_LEADS),
        shortened(shown_due(task), _LONGEST_DUE),
    )
    forms = (formats.small, formats.small, formats.small_centre)
    return (
        Item(*_TASK_SPANS[0], formats.small_link, number, link=internal(APPENDIX_2, f"A{row}")),
        *(Item(*span, form, text) for span, form, text in zip(_TASK_SPANS[1:4], forms, texts, strict=True)),
        Item(*_TASK_SPANS[4], marked, status, f"='{APPENDIX_2}'!${STATUS_COLUMN}${row}", bold=True),
        Item(*_TASK_SPANS[5], formats.small_centre, progress, f"='{APPENDIX_2}'!${PROGRESS_COLUMN}${row}"),
    )


def _heads(canvas: Canvas, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> Block:
    form = canvas.formats.matrix_head
    return tuple(Item(*span, form, head, bold=True) for span, head in zip(spans, heads, strict=True))


def shown_short(result: IndicatorResult) -> str:
    """A name of the indicator for narrow cells."""
    return result.indicator.short or shortened(result.indicator.name, _LONGEST_NAME)


def is_percent(result: IndicatorResult) -> bool:
    """True for a figure and a target that a chart of percentages can hold."""
    return result.target is not None and "%" in shown_unit(result.indicator)


def indicator_blocks(canvas: Canvas, rows: Mapping[str, int]) -> tuple[list[Block], range]:
    """Heads, the indicators, and which blocks are percentages with a target; `rows` of "Phụ lục 1".

    What wants attention comes first, as far as the percentages stand together for their chart.
    """
    formats, run = canvas.formats, canvas.run
    whole = (RIGHT_FIRST, _INDICATOR_SPANS[-1][1])
    blocks: list[Block] = [_heads(canvas, _INDICATOR_SPANS, _INDICATOR_HEADS)]
    numbers = shown_numbers(run.plan.indicators)
    ordered = by_attention(run.indicators, run.period.year)
    percent = [found for found in ordered if _is_charted(found)]
    others = [found for found in ordered if not _is_charted(found)]
    pressing = [found for found in others if found[1] is not None]
    for result, reason in (*pressing, *percent, *others[len(pressing) :]):
        code = result.indicator.code
        blocks.append(_indicator(canvas, (result, reason), (numbers[code], rows[code])))
    if not ordered:
        blocks.append((Item(*whole, formats.small, "Kế hoạch không có chỉ tiêu nào."),))
    first = 1 + len(pressing)
    return blocks, range(first, first + len(percent))


def charted(run: Consolidation) -> list[IndicatorResult]:
    """The indicators of the chart of percentages, in the order of their rows."""
    return [found[0] for found in by_attention(run.indicators, run.period.year) if _is_charted(found)]


def _is_charted(found: tuple[IndicatorResult, Notice | None]) -> bool:
    """A percentage with its target, not the same figure again for a later year."""
    result, reason = found
    return is_percent(result) and (reason is not None or not result.indicator.same_as)


def _indicator(canvas: Canvas, found: tuple[IndicatorResult, Notice | None], at: tuple[str, int]) -> Block:
    formats = canvas.formats
    (result, reason), (number, row) = found, at
    indicator = result.indicator
    said = formats.small_centre if reason is None else formats.small_at_risk
    figure = rounded(result.value, indicator.decimals)
    place, units = (f"'{APPENDIX_1}'!${column}${row}" for column in (FIGURE_COLUMN, INCLUDED_COLUMN))
    included = f"{len(result.included)}/{len(result.expected)}"
    return (
        Item(*_INDICATOR_SPANS[0], formats.small_link, number, link=internal(APPENDIX_1, f"A{row}")),
        Item(*_INDICATOR_SPANS[1], formats.small, shown_short(result)),
        Item(
            *_INDICATOR_SPANS[2],
            formats.small_result[min(indicator.decimals, len(formats.small_result) - 1)],
            "–" if figure is None else float(figure),
            f'=IF(ISNUMBER({place}),{place},"–")',
        ),
        _target(canvas, result),
        Item(*_INDICATOR_SPANS[4], formats.small_centre, included, _first_line(units)),
        Item(*_INDICATOR_SPANS[5], said, judged_text(result, reason), bold=reason is not None),
    )


def _first_line(cell: str) -> str:
    """The units of `cell`, without the share of people or denominators that may stand below them."""
    return f"=LEFT({cell},FIND(CHAR(10),{cell}&CHAR(10))-1)"


def _target(canvas: Canvas, result: IndicatorResult) -> Item:
    target, span = result.target, _INDICATOR_SPANS[3]
    if target is None:
        return Item(*span, canvas.formats.small_centre, "–")
    percent = is_percent(result)
    return Item(*span, canvas.formats.bound[target.comparator, percent], float(target.value))
