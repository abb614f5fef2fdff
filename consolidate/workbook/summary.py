""" "Tóm tắt": what leaders look at first, on one or two printed pages.

Key figures, what wants attention, tasks by group and by lead, charts. Every number is a formula over the other sheets;
this decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.model import (
    CONFLICT_FIGURE,
    OVERALL_STATUS_WORDS,
    REHEARSAL_MARK,
    REPORTING_WORDS,
    TARGET_VERDICT_WORDS,
    ReportingState,
)
from consolidate.tallies import whole
from consolidate.workbook.appendix2 import status_cells
from consolidate.workbook.canvas import APPENDIX_1, APPENDIX_2, SUMMARY, Canvas, done, fit_page
from consolidate.workbook.grid import LAST, LEFT_LAST, RIGHT_FIRST, WIDTHS, Item, beside, height_of, put_block
from consolidate.workbook.official import Frame, draw_heading, draw_title
from consolidate.workbook.reporting import (
    ASKED_COLUMN,
    ERRORS_COLUMN,
    IN_TIME_COLUMN,
    LATE_COLUMN,
    RATE_COLUMN,
    after_moment_text,
    as_of_text,
    state_column,
    state_table,
    unusable_formula,
)
from consolidate.workbook.summary_lists import FIGURE_COLUMN, VERDICT_COLUMN, Block, indicator_blocks, task_blocks
from consolidate.workbook.summary_tables import STATUS_ORDER, draw_tables
from consolidate.workbook.task_texts import AT_RISK, OVERDUE

_FRAME = Frame(WIDTHS, left_last=5, right_first=12)
_BOXES = ((0, 2), (3, 5), (6, 8), (9, 11), (12, 15), (16, 18), (19, 21), (22, 23))
_SENDING = ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13))  # the width of the left panel
_QUALITY = ((15, 17), (18, 19), (20, 21), (22, 23))  # that of the right one
# Percent: the grid on landscape A4 with some air, for Excel heeds page breaks only without "fit to page"; a little
# smaller where that spares a page that would be nearly empty.
_SCALES = range(70, 61, -1)
_PAPER_POINTS = 507.5  # of rows on one page at a scale of 100, on the safe side
_NEARLY_EMPTY = 0.34  # of a page
_NUMBER_POINTS = 25.0


@dataclass(frozen=True, slots=True)
class _Key:
    """One key figure: its label, its formula with the value, and how it looks."""

    label: str
    formula: str
    value: float | str
    form: Format


def draw_summary(canvas: Canvas, appendix_rows: Mapping[str, int], task_rows: Mapping[str, int]) -> None:
    """Draw the sheet; the maps give the Excel rows of the indicators and the tasks in both appendices, by code."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(SUMMARY)
    run = canvas.run
    row = draw_heading(canvas, sheet, _FRAME)
    titles = (
        f"{REHEARSAL_MARK if run.rehearsal else ''}TÓM TẮT",
        f"KẾT QUẢ THỰC HIỆN CHỈ TIÊU, NHIỆM VỤ {run.period.label.upper()}",
        f"(Tổng hợp từ báo cáo của {run.counted_units}/{len(run.statuses)} đơn vị, {as_of_text(canvas)}"
        f"{f'. {later}' if (later := after_moment_text(run)) else ''})",
    )
    row = draw_title(canvas, sheet, _FRAME, row, titles)
    repeated = (row - 3, row - 2)  # with the mark of a rehearsal, should pages be parted
    for keys in (_reporting_keys(canvas), _indicator_keys(canvas, appendix_rows), _task_keys(canvas, task_rows)):
        row = _draw_keys(canvas, sheet, row, keys)
    done(sheet.set_row(row, 8))
    first, (row, whole_rows, charted) = row + 1, _draw_attention(canvas, sheet, row + 1, (appendix_rows, task_rows))
    title = _points(sheet, range(repeated[0], repeated[1] + 1))
    last = draw_tables(canvas, sheet, (row, _PAPER_POINTS * 100 / _SCALES[0] - title), task_rows, charted)
    pages = _fitting(sheet, (first, row, last + 1), whole_rows, title)
    fit_page(sheet, WIDTHS, repeated)
    sheet.set_margins(left=0.6, right=0.5, top=0.5, bottom=0.55)
    sheet.set_print_scale(pages.scale)
    sheet.set_h_pagebreaks(pages.breaks)
    done(sheet.print_area(0, 0, last, LAST))


def _draw_attention(
    canvas: Canvas, sheet: Worksheet, row: int, rows: tuple[Mapping[str, int], Mapping[str, int]]
) -> tuple[int, set[int], range]:
    """Draw tasks and indicators side by side from `row` down.

    Return the next row, those before which a page may end, and the rows of the indicators to chart.
    """
    indicators, percent = indicator_blocks(canvas, rows[0])
    left = [_titled(canvas, 0, LEFT_LAST, "NHIỆM VỤ CẦN CHÚ Ý"), *task_blocks(canvas, rows[1])]
    right = [_titled(canvas, RIGHT_FIRST, LAST, "CHỈ TIÊU (Ô TÔ NỀN: CẦN CHÚ Ý)"), *indicators]
    heights, starts = beside([height_of(b) for b in left], [height_of(b) for b in right])
    for at, height in enumerate(heights, row):
        done(sheet.set_row(at, height))
    for block, (first, end) in zip(left, pairwise(starts), strict=True):
        put_block(sheet, row + first, end - first, block)
    for at, block in enumerate(right, row):
        put_block(sheet, at, 1, block)
    whole_rows = {row + at for at in (*starts, *range(starts[-1], len(heights)))}
    first = row + 1  # below the title of the panel
    return row + len(heights), whole_rows, range(first + percent.start, first + percent.stop)


def _titled(canvas: Canvas, first: int, last: int, text: str) -> Block:
    return (Item(first, last, canvas.formats.block_title, text, bold=True),)


@dataclass(frozen=True, slots=True)
class _Pages:
    """How the sheet falls into pages at one scale: the rows before which one ends, how many there are.

    `least` is what the emptiest of the last pages of both parts holds, of 1.
    """

    scale: int
    breaks: list[int]
    count: int
    least: float


def _points(sheet: Worksheet, rows: range) -> float:
    """The height of rows, every one of which has been given its own."""
    return float(sum(sheet.row_sizes[row][0] * 72 / 96 for row in rows))


def _fitting(sheet: Worksheet, rows: tuple[int, int, int], whole_rows: set[int], repeated: float) -> _Pages:
    """Break the sheet into pages, a little smaller where a nearly empty page can be spared so.

    `rows` are the first of the panels, the first of the tables and the end; `repeated` are the points of the title.
    """
    usual, *smaller = (_broken(sheet, rows, whole_rows, (scale, repeated)) for scale in _SCALES)
    if usual.least > _NEARLY_EMPTY:
        return usual
    return min((usual, *smaller), key=lambda pages: pages.count)


def _broken(sheet: Worksheet, rows: tuple[int, int, int], whole_rows: set[int], page: tuple[int, float]) -> _Pages:
    """Break the rows at one scale, so that no task is torn in two; `page` is (scale, points repeated).

    The tables follow on the page of the panels where there is room for them.
    """
    (first, tables, end), (scale, repeated) = rows, page
    points = _PAPER_POINTS * 100 / scale
    breaks: list[int] = []
    start, used = first, _points(sheet, range(first))
    for row in range(first, tables):
        used += _points(sheet, range(row, row + 1))
        if used > points and row > start:
            start = max((r for r in whole_rows if start < r <= row), default=row)
            breaks.append(start)
            used = repeated + _points(sheet, range(start, row + 1))
    below = _points(sheet, range(tables, end))
    if used + below <= points:
        return _Pages(scale, breaks, len(breaks) + 1, 1.0)
    more, rest = divmod(below, points - repeated)
    lasts = [used / points] if breaks else []
    lasts += [rest / points] if more else []
    return _Pages(scale, [*breaks, tables], len(breaks) + 2 + int(more), min(lasts, default=1.0))


def _draw_keys(canvas: Canvas, sheet: Worksheet, row: int, keys: Sequence[_Key]) -> int:
    """One row of boxes, each a number under its label; return the next row."""
    boxes = _BOXES if len(keys) == len(_BOXES) else (*_SENDING, *_QUALITY)
    labels = [Item(*box, canvas.formats.key_label, key.label) for box, key in zip(boxes, keys, strict=True)]
    numbers = [Item(*box, key.form, key.value, key.formula, bold=True) for box, key in zip(boxes, keys, strict=True)]
    put_block(sheet, row, 1, labels)
    put_block(sheet, row + 1, 1, numbers)
    done(sheet.set_row(row, height_of(labels)))
    done(sheet.set_row(row + 1, _NUMBER_POINTS))
    return row + 2


def _reporting_keys(canvas: Canvas) -> list[_Key]:
    """First who has sent and when, whatever the quality; then, over the right panel, how good it is."""
    run, count, share = canvas.run, canvas.formats.key_count, canvas.formats.key_share
    table, late = state_table(run), [s.sent_late for s in run.statuses]
    states = Counter(s.state for s in run.statuses)
    asked, in_time = len(run.statuses), late.count(False)
    sent = asked - states[ReportingState.MISSING]
    cells = {state: table.cell(state_column(state)) for state in ReportingState}
    cell, on_time, missing = table.cell(ASKED_COLUMN), table.cell(IN_TIME_COLUMN), cells[ReportingState.MISSING]
    good = (ReportingState.ON_TIME, ReportingState.LATE)
    to_correct = [s for s in run.statuses if s.state is ReportingState.TO_BE_CORRECTED]
    unusable = sum(1 for s in to_correct if s.shown is not None and not s.shown.counts)
    errors = sum(s.errors for s in run.statuses)
    in_time_share = in_time / asked if asked else "–"
    return [
        _Key("Đơn vị phải báo cáo", f"={cell}", asked, count),
        _Key("Đã gửi báo cáo", f"={cell}-{missing}", sent, count),
        _Key("Gửi đúng hạn", f"={on_time}", in_time, count),
        _Key("Gửi muộn", f"={table.cell(LATE_COLUMN)}", late.count(True), count),
        _Key(REPORTING_WORDS[ReportingState.MISSING], f"={missing}", states[ReportingState.MISSING], count),
        _Key("Tỷ lệ đã gửi", f"={table.cell(RATE_COLUMN)}", sent / asked if asked else "–", share),
        _Key("Tỷ lệ gửi đúng hạn", f'=IF({cell}>0,{on_time}/{cell},"–")', in_time_share, share),
        _Key("Báo cáo đạt yêu cầu", "=" + "+".join(cells[s] for s in good), sum(states[s] for s in good), count),
        _Key("Báo cáo cần sửa", f"={cells[ReportingState.TO_BE_CORRECTED]}", len(to_correct), count),
        _Key("Cần sửa, chưa có số liệu dùng được", unusable_formula(table), unusable, count),
        _Key("Lỗi ở báo cáo của đơn vị", f"=SUM({table.column(ERRORS_COLUMN)})", errors, count),
    ]


def _indicator_keys(canvas: Canvas, rows: Mapping[str, int]) -> list[_Key]:
    form, results = canvas.formats.key_count, canvas.run.indicators
    first, last = min(rows.values(), default=1), max(rows.values(), default=1)

    def cells(column: str) -> str:
        return f"'{APPENDIX_1}'!${column}${first}:${column}${last}"

    def count(column: str, sought: str) -> str:
        return f'=COUNTIF({cells(column)},"{sought}")' if rows else "=0"

    verdicts = Counter(r.verdict for r in results)
    return [
        _Key("Tổng số chỉ tiêu", count(VERDICT_COLUMN, "?*"), len(results), form),
        *(
            _Key(word, count(VERDICT_COLUMN, f"{word}*"), verdicts[verdict], form)
            for verdict, word in TARGET_VERDICT_WORDS.items()
        ),
        _Key(CONFLICT_FIGURE, count(FIGURE_COLUMN, CONFLICT_FIGURE), sum(bool(r.conflicts) for r in results), form),
    ]


def _task_keys(canvas: Canvas, rows: Mapping[str, int]) -> list[_Key]:
    formats, tally = canvas.formats, whole(canvas.run.tasks)
    cells = f"'{APPENDIX_2}'!{status_cells(rows)}"

    def count(sought: str) -> str:
        return f'=COUNTIF({cells},"{sought}")' if rows else "=0"

    total = "+".join(f'COUNTIF({cells},"*{OVERALL_STATUS_WORDS[s]}")' for s in STATUS_ORDER)
    marks = ((OVERDUE, tally.overdue, formats.key_overdue), (AT_RISK, tally.at_risk, formats.key_at_risk))
    return [
        _Key("Tổng số nhiệm vụ", f"={total}" if rows else "=0", tally.tasks, formats.key_count),
        *(
            _Key(word, count(f"*{word}"), tally.counts[status], formats.key_count)
            for status, word in ((s, OVERALL_STATUS_WORDS[s]) for s in STATUS_ORDER)
        ),
        *(_Key(mark, count(f"{mark}*"), have, form if have else formats.key_count) for mark, have, form in marks),
    ]
