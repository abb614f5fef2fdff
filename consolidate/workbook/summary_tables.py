"""The second page of "Tóm tắt": tasks counted by group and by office in the lead, with charts beside them.

Counts are formulas over the statuses of "Phụ lục 2": those of the tasks, and below them those of each lead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from consolidate.model import OVERALL_STATUS_WORDS, Consolidation, OverallStatus
from consolidate.tallies import Tally, by_group, by_lead, whole
from consolidate.tasks import STATUS_RULE
from consolidate.workbook.appendix2 import STATUS_COLUMN
from consolidate.workbook.attention import NOTICE_RULE
from consolidate.workbook.canvas import APPENDIX_2, SUMMARY, Canvas, done
from consolidate.workbook.charts import STATUS_INKS, Bars, fit_chart, stacked_bars, target_bars
from consolidate.workbook.grid import LAST, LEFT_LAST, LINE, RIGHT_FIRST, RIGHT_PIXELS, Item, height_of, put_block
from consolidate.workbook.reporting import state_chart, state_table
from consolidate.workbook.summary_lists import NAME_COLUMN, RESULT_COLUMN, TARGET_COLUMN, charted, shown_short
from consolidate.workbook.task_leads import searched, status_searches
from consolidate.workbook.task_texts import AT_RISK, MARK_RULE, OVERDUE
from plan.shown import group_heading

STATUS_ORDER = (
    OverallStatus.COMPLETED,
    OverallStatus.IN_PROGRESS,
    OverallStatus.NOT_STARTED,
    OverallStatus.NOTHING,
    OverallStatus.NOT_ENOUGH_REPORTS,
)
_BY_LEAD = "Theo đơn vị chủ trì (một nhiệm vụ có nhiều đơn vị chủ trì được đếm ở từng đơn vị)"
_LEADS_RULE = "Theo đơn vị chủ trì: xét theo báo cáo của chính đơn vị đó."
_LABEL = (1, 5)
_FIRST = 6  # the column of all tasks; statuses and marks follow it
_HEADS = ("Tổng số", *(OVERALL_STATUS_WORDS[s] for s in STATUS_ORDER), OVERDUE, AT_RISK)
_FRAME_PX, _BAR_PX = 76, 22  # what title and legend take of a chart, and each of its bars where there is room
_LEAST_BAR_PX = 16  # below which a label would be left out
_MOST_BARS, _FEWEST_BARS = 20, 5  # of results against targets
_LONGEST_FORMULA = 8_192  # characters, by Excel
_GAP_PX = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table: its number, its tally and the ranges of "Phụ lục 2" over which it counts.

    A range is one of tasks, or (True) the cell of one lead among several.
    """

    number: str
    label: str
    tally: Tally
    ranges: tuple[tuple[str, bool], ...]


def draw_tables(
    canvas: Canvas, sheet: Worksheet, at: tuple[int, float], task_rows: Mapping[str, int], percent: range
) -> int:
    """Draw the page from row at[0] down, at[1] points high; `percent` are the rows of the indicators to chart.

    Return its last row.
    """
    formats, run, (row, page) = canvas.formats, canvas.run, at
    every = _Line("", "Toàn kế hoạch", whole(run.tasks), _ranges(list(task_rows.values())))
    groups, leads = _group_lines(run, task_rows), _lead_lines(run, task_rows)
    heads = [
        Item(0, 0, formats.matrix_head, "TT", bold=True),
        Item(*_LABEL, formats.matrix_head, "Nhóm nhiệm vụ, đơn vị chủ trì", bold=True),
        *(Item(at, at, formats.matrix_head, text, bold=True) for at, text in enumerate(_HEADS, _FIRST)),
    ]
    band = [Item(0, LEFT_LAST, formats.small_bold, _BY_LEAD, bold=True)]
    rows = [heads, *(_counts(canvas, (row + at, row), line) for at, line in enumerate((every, *groups), 1))]
    if leads:
        rows.append(band)
    rows += [_counts(canvas, (row + at, row), line) for at, line in enumerate(leads, len(rows))]
    heights = [height_of(items) for items in rows]
    bars = range(row + 2, row + 2 + len(groups))  # below the heads and the whole
    note = [Item(0, LAST, formats.small_note, f"{STATUS_RULE} {_LEADS_RULE} {MARK_RULE} {NOTICE_RULE}")]
    charts = _charts(canvas, bars, percent, _pixels(page - height_of(note) - LINE))
    beside = _draw_charts(sheet, row, charts, (_pixels(sum(heights)), _pixels(page - height_of(note) - LINE)))
    while sum(heights) < beside:
        rows.append([])
        heights.append(LINE)
    for number, (items, height) in enumerate(zip((*rows, note), (*heights, height_of(note)), strict=True), row):
        put_block(sheet, number, 1, items)
        done(sheet.set_row(number, height))
    return row + len(rows)


def _group_lines(run: Consolidation, task_rows: Mapping[str, int]) -> list[_Line]:
    lines = []
    for at, tally in enumerate(by_group(run), 1):
        of_group = [r.task for r in run.tasks if group_heading(r.task) == tally.label]
        of_group = of_group or [r.task for r in run.tasks if not group_heading(r.task)]
        number = of_group[0].group_number or f"({at})"
        label = of_group[0].group or tally.label
        lines.append(_Line(number, label, tally, _ranges([task_rows[t.code] for t in of_group], task_rows.values())))
    return lines


def _lead_lines(run: Consolidation, task_rows: Mapping[str, int]) -> list[_Line]:
    searches = status_searches(run, task_rows).values()
    lines = []
    for at, (tally, rows) in enumerate(zip(by_lead(run), searches, strict=True), 1):
        of_tasks = _ranges([row for row, own in rows if not own], task_rows.values())
        of_leads = tuple((cells, True) for row, own in rows if own for cells, _ in _ranges([row]))
        lines.append(_Line(str(at), tally.label, tally, (*of_tasks, *of_leads)))
    return lines


def _ranges(rows: Sequence[int], every: Collection[int] = ()) -> tuple[tuple[str, bool], ...]:
    """The status cells of the tasks in `rows`, in as few ranges as hold no other of the tasks in rows `every`."""
    wanted, order = set(rows), sorted({*every, *rows})
    starts = [r for before, r in pairwise([0, *order]) if r in wanted and before not in wanted]
    ends = [r for r, after in pairwise([*order, 0]) if r in wanted and after not in wanted]
    column = f"'{APPENDIX_2}'!${STATUS_COLUMN}$"
    return tuple((f"{column}{a}:${STATUS_COLUMN}${b}", False) for a, b in zip(starts, ends, strict=True))


def _counts(canvas: Canvas, at_rows: tuple[int, int], line: _Line) -> list[Item]:
    """One row of counts, live by the words in the heads; `at_rows` are their 0-based rows."""
    formats, tally = canvas.formats, line.tally
    row, head = at_rows
    strong = not line.number
    label = Item(*_LABEL, formats.small_bold if strong else formats.small, line.label, bold=strong)
    items = [Item(0, 0, formats.small_centre, line.number), label]
    counts = (tally.tasks, *(tally.counts[s] for s in STATUS_ORDER), tally.overdue, tally.at_risk)
    marked = {_HEADS.index(OVERDUE): formats.small_overdue, _HEADS.index(AT_RISK): formats.small_at_risk}
    plain = formats.small_total if strong else formats.small_centre
    for at, count in enumerate(counts):
        column = _FIRST + at
        form = marked.get(at, plain) if count else plain
        items.append(Item(column, column, form, count, _count_formula(line, (row, head), at)))
    return items


def _count_formula(line: _Line, at_rows: tuple[int, int], at: int) -> str:
    """Column `at` of a line: all tasks are those of every status together; "" where Excel would not take it."""
    row, head = at_rows
    if not at:
        first, last = (f"{xl_col_to_name(_FIRST + n)}{row + 1}" for n in (1, len(STATUS_ORDER)))
        return f"=SUM({first}:{last})"
    word = f"{xl_col_to_name(_FIRST + at)}${head + 1}"
    mark = at > len(STATUS_ORDER)
    terms = (f"COUNTIF({cells},{searched(word, mark=mark, own=own)})" for cells, own in line.ranges)
    formula = f"={'+'.join(terms) or '0'}"
    return formula if len(formula) <= _LONGEST_FORMULA else ""


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart, what it shows in words, the labels of its bars, and whether numbers stand below them."""

    chart: Chart
    words: str
    labels: tuple[str, ...]
    axis: bool = False

    @property
    def wanted(self) -> int:
        """The pixels in height that show every bar well."""
        return _FRAME_PX + _BAR_PX * len(self.labels)

    @property
    def least(self) -> int:
        """The pixels in height below which its bars could not be told apart."""
        return _FRAME_PX + _LEAST_BAR_PX * len(self.labels)


def _pixels(points: float) -> int:
    return round(points * 96 / 72)


def _charts(canvas: Canvas, groups: range, percent: range, page: int) -> list[_Chart]:
    """The charts of the page, `page` pixels high: of results as many as the others leave room for."""
    others = [*_state_charts(canvas), *_task_charts(canvas, groups)]
    free = page - sum(chart.least + _GAP_PX for chart in others) - _FRAME_PX - _GAP_PX
    most = min(max(free // _LEAST_BAR_PX, _FEWEST_BARS), _MOST_BARS)
    return [*others, *_target_charts(canvas, percent, most)]


def _draw_charts(sheet: Worksheet, row: int, charts: Sequence[_Chart], heights: tuple[int, int]) -> float:
    """Stack the charts from `row` down; return how many points they take. `heights`: of the table beside, of the page.

    They fill the height of the table, or what they want where that is more, yet no more than a page unless they could
    not be read; a few pixels off the first row, which begins a page.
    """
    table, page = heights
    gaps = _GAP_PX * len(charts)
    wanted, least = sum(chart.wanted for chart in charts), sum(chart.least for chart in charts)
    free = max(min(max(table - gaps, wanted), page - gaps), least)
    offset = _GAP_PX
    for chart in charts:
        height = chart.least + (free - least) * chart.wanted // wanted
        fit_chart(chart.chart, (RIGHT_PIXELS, height), chart.labels, axis=chart.axis)
        place = {"y_offset": offset, "object_position": 1, "description": chart.words}
        done(sheet.insert_chart(row, RIGHT_FIRST, chart.chart, place))
        offset += height + _GAP_PX
    return (offset - _GAP_PX) * 72 / 96 if charts else 0.0


def _state_charts(canvas: Canvas) -> list[_Chart]:
    table = state_table(canvas.run)
    return [_Chart(*state_chart(canvas, table), table.labels)] if table.kinds else []


def _task_charts(canvas: Canvas, rows: range) -> list[_Chart]:
    if not rows:
        return []
    pieces = [(_FIRST + 1 + n, OVERALL_STATUS_WORDS[s], STATUS_INKS[s]) for n, s in enumerate(STATUS_ORDER)]
    title = "Tình trạng nhiệm vụ theo nhóm (số thứ tự như bảng bên)"
    chart = stacked_bars(canvas.book, title, Bars(SUMMARY, rows.start, rows.stop - 1, 0), pieces)
    return [_Chart(chart, "Biểu đồ thanh: số nhiệm vụ theo tình trạng, theo nhóm nhiệm vụ", ("VIII",) * len(rows))]


def _target_charts(canvas: Canvas, rows: range, most: int) -> list[_Chart]:
    """Results against targets, of `most` indicators at most: their rows stand in the order of need."""
    if not rows:
        return []
    every = charted(canvas.run)
    shown = every[:most]
    within = all(0 <= (r.value or 0) <= 100 and (r.target is None or r.target.value <= 100) for r in shown)
    bars = Bars(SUMMARY, rows.start, rows.start + len(shown) - 1, NAME_COLUMN)
    few = "" if shown == every else f", {len(shown)}/{len(every)} chỉ tiêu cần chú ý nhất"
    title = f"Kết quả so với mục tiêu (%){few}"
    chart = target_bars(canvas.book, title, bars, (RESULT_COLUMN, TARGET_COLUMN), within=within)
    words = f"Biểu đồ thanh: kết quả từng chỉ tiêu và mục tiêu của chỉ tiêu, tính bằng %{few}"
    return [_Chart(chart, words, tuple(shown_short(r) for r in shown), axis=True)]
