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

from consolidate.model import OVERALL_STATUS_WORDS, REPORTING_WORDS, TARGET_VERDICT_WORDS, ReportingState
from consolidate.tallies import whole
from consolidate.workbook.appendix2 import status_cells
from consolidate.workbook.canvas import APPENDIX_1, APPENDIX_2, REHEARSAL_MARK, SUMMARY, Canvas, done, fit_page
from consolidate.workbook.goals import CONFLICT
from consolidate.workbook.grid import LAST, LEFT_LAST, RIGHT_FIRST, WIDTHS, Item, beside, height_of, put_block
from consolidate.workbook.official import Frame, draw_heading, draw_title
from consolidate.workbook.reporting import (
    ASKED_COLUMN,
    ERRORS_COLUMN,
    RATE_COLUMN,
    as_of_text,
    state_column,
    state_table,
)
from consolidate.workbook.summary_lists import FIGURE_COLUMN, VERDICT_COLUMN, Block, indicator_blocks, task_blocks
from consolidate.workbook.summary_tables import STATUS_ORDER, draw_tables
from consolidate.workbook.task_texts import AT_RISK, OVERDUE

_FRAME = Frame(WIDTHS, left_last=5, right_first=12)
_BOXES = ((0, 2), (3, 5), (6, 8), (9, 11), (12, 15), (16, 18), (19, 21), (22, 23))
_SCALE = 70  # percent: the grid on landscape A4 with some air, for Excel heeds page breaks only without "fit to page"
_PAGE_POINTS = 725.0  # of rows on one page at that scale, on the safe side
_REPEATED_POINTS = 40.0  # the title on every further page
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
        f"(Tổng hợp từ báo cáo của {run.counted_units}/{len(run.statuses)} đơn vị, {as_of_text(canvas)})",
    )
    row = draw_title(canvas, sheet, _FRAME, row, titles)
    title_row = row - 2
    for keys in (_reporting_keys(canvas), _indicator_keys(canvas, appendix_rows), _task_keys(canvas, task_rows)):
        row = _draw_keys(canvas, sheet, row, keys)
    done(sheet.set_row(row, 8))
    row, breaks, charted = _draw_attention(canvas, sheet, row + 1, (appendix_rows, task_rows))
    last = draw_tables(canvas, sheet, row, task_rows, charted)
    fit_page(sheet, WIDTHS, (title_row, title_row))
    sheet.set_margins(left=0.6, right=0.5, top=0.5, bottom=0.55)
    sheet.set_print_scale(_SCALE)
    sheet.set_h_pagebreaks([*breaks, row])
    done(sheet.print_area(0, 0, last, LAST))


def _draw_attention(
    canvas: Canvas, sheet: Worksheet, row: int, rows: tuple[Mapping[str, int], Mapping[str, int]]
) -> tuple[int, list[int], range]:
    """Draw tasks and indicators side by side from `row` down.

    Return the next row, those before which a page should end, and the rows of the indicators to chart.
    """
    indicators, percent = indicator_blocks(canvas, rows[0])
    left = [_titled(canvas, 0, LEFT_LAST, "VIỆC CẦN CHÚ Ý: NHIỆM VỤ"), *task_blocks(canvas, rows[1])]
    right = [_titled(canvas, RIGHT_FIRST, LAST, "VIỆC CẦN CHÚ Ý: CHỈ TIÊU"), *indicators]
    heights, starts = beside([height_of(b) for b in left], [height_of(b) for b in right])
    for at, height in enumerate(heights, row):
        done(sheet.set_row(at, height))
    for block, (first, end) in zip(left, pairwise(starts), strict=True):
        put_block(sheet, row + first, end - first, block)
    for at, block in enumerate(right, row):
        put_block(sheet, at, 1, block)
    used = sum(sheet.row_sizes[at][0] * 72 / 96 for at in range(row))  # heading, title, keys: every row has its height
    whole_rows = {*starts, *range(starts[-1], len(heights))}
    breaks = [row + at for at in _breaks(heights, used, whole_rows)]
    first = row + 1  # below the title of the panel
    return row + len(heights), breaks, range(first + percent.start, first + percent.stop)


def _titled(canvas: Canvas, first: int, last: int, text: str) -> Block:
    return (Item(first, last, canvas.formats.block_title, text, bold=True),)


def _breaks(heights: Sequence[float], used: float, whole_rows: set[int]) -> list[int]:
    """Before which rows of a long list a new page should begin, so that no task is torn in two; `used` points are."""
    breaks: list[int] = []
    start = 0
    for at in range(len(heights)):
        if used + sum(heights[start : at + 1]) > _PAGE_POINTS and at > start:
            start = max((r for r in whole_rows if start < r <= at), default=at)
            breaks.append(start)
            used = _REPEATED_POINTS
    return breaks


def _draw_keys(canvas: Canvas, sheet: Worksheet, row: int, keys: Sequence[_Key]) -> int:
    """One row of boxes, each a number under its label; return the next row."""
    labels = [Item(*box, canvas.formats.key_label, key.label) for box, key in zip(_BOXES, keys, strict=True)]
    numbers = [Item(*box, key.form, key.value, key.formula, bold=True) for box, key in zip(_BOXES, keys, strict=True)]
    put_block(sheet, row, 1, labels)
    put_block(sheet, row + 1, 1, numbers)
    done(sheet.set_row(row, height_of(labels)))
    done(sheet.set_row(row + 1, _NUMBER_POINTS))
    return row + 2


def _reporting_keys(canvas: Canvas) -> list[_Key]:
    run, count, share = canvas.run, canvas.formats.key_count, canvas.formats.key_share
    table = state_table(run)
    counts = Counter(s.state for s in run.statuses)
    asked, in_time = len(run.statuses), counts[ReportingState.ON_TIME]
    sent = asked - counts[ReportingState.MISSING]
    cell, on_time = table.cell(ASKED_COLUMN), table.cell(state_column(ReportingState.ON_TIME))
    errors = sum(s.errors for s in run.statuses)
    return [
        _Key("Đơn vị phải báo cáo", f"={cell}", asked, count),
        *(_Key(word, f"={table.cell(state_column(s))}", counts[s], count) for s, word in REPORTING_WORDS.items()),
        _Key("Tỷ lệ đã nộp", f"={table.cell(RATE_COLUMN)}", sent / asked if asked else "–", share),
        _Key("Tỷ lệ nộp đúng hạn", f'=IF({cell}>0,{on_time}/{cell},"–")', in_time / asked if asked else "–", share),
        _Key("Lỗi chờ sửa", f"=SUM({table.column(ERRORS_COLUMN)})", errors, count),
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
        _Key(CONFLICT, count(FIGURE_COLUMN, CONFLICT), sum(bool(r.conflicts) for r in results), form),
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
