"""The first table of "Xếp hạng": one line for each ranked indicator, with its level, counts, best and last units.

Counts are live over "Ma trận"; each line leads to the block of its indicator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import CONFLICT_FIGURE, NO_FIGURE
from consolidate.rounding import rounded
from consolidate.workbook.canvas import APPENDIX_1, RANKING, Canvas, done, internal
from consolidate.workbook.charts import Bars, Ink, stacked_bars
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.goals import Goal, goal_of, head_name, is_all, milestones_text, targets_text
from consolidate.workbook.matrix import MISSING_MARK
from consolidate.workbook.matrix_places import MatrixPlaces
from consolidate.workbook.official import put_across
from consolidate.workbook.ranks import OVERVIEW_ROW, Block, Ranked
from plan.cell_text import cell_text
from plan.model import Measure
from plan.shown import shown_numbers, shown_unit
from plan.text_fit import FONT, room, row_height

_LEVEL, _RANKED, _REACHED, _SHORT_OF, _LACKING, _BEST, _MEDIAN, _WHOLE, _LAST = range(1, 10)  # places in _HEADS
# heading -> first and last column of the grid that the blocks below set
_HEADS = (
    ("Chỉ tiêu", (1, 2)),
    ("Mức so sánh", (3, 3)),
    ("Đã xếp hạng", (4, 4)),
    ("Đạt mức", (5, 5)),
    ("Chưa đạt", (6, 6)),
    ("Thiếu số liệu", (7, 8)),
    ("Đầu bảng", (9, 9)),
    ("Trung vị", (10, 10)),
    ("Kết quả chung", (11, 11)),
    ("Cuối bảng", (12, 14)),
)
_NAMED = 3  # units at either end
_BAR_POINTS = 27.0
_PIECES = (
    (_REACHED, "Đạt mức", Ink("#3F7F55", dark=True)),
    (_SHORT_OF, "Chưa đạt mức", Ink("#E8C9A0")),
    (_LACKING, "Chưa có số liệu", Ink("#8C8C8C", pattern="wide_upward_diagonal")),
)


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of the sheet in pixels, and where the values and the common figures stand."""

    widths: tuple[int, ...]
    places: MatrixPlaces
    appendix_rows: Mapping[str, int]  # Excel rows of "Phụ lục 1"

    def span(self, columns: tuple[int, int]) -> int:
        """The pixels of columns first..last."""
        return sum(self.widths[columns[0] : columns[1] + 1])


def _column(place: int) -> int:
    return _HEADS[place][1][0]


def draw_overview(canvas: Canvas, sheet: Worksheet, blocks: Sequence[Block], grid: Grid) -> None:
    """Draw heads, one line for each of `blocks`, and a chart of the counts."""
    form, head_row = canvas.formats.column_head, OVERVIEW_ROW - 1
    done(sheet.write_string(head_row, 0, "TT", form))
    for head, columns in _HEADS:
        put_across(sheet, head_row, columns, head, form)
    heads = [(head, room(grid.span(columns))) for head, columns in _HEADS]
    done(sheet.set_row(head_row, row_height(heads, BODY_POINTS, bold=True)))
    for block in blocks:
        _draw_line(canvas, sheet, block, grid)
    row = blocks[-1].overview_row + 1
    done(sheet.set_row(row, 8))
    _draw_chart(canvas, sheet, row + 1, blocks, sum(grid.widths))
    done(sheet.set_row(row + 2, 10))


def _draw_line(canvas: Canvas, sheet: Worksheet, block: Block, grid: Grid) -> None:
    indicator, formats, row = block.result.indicator, canvas.formats, block.overview_row
    number = shown_numbers(canvas.run.plan.indicators)[indicator.code]
    tip = "Xem xếp hạng từng đơn vị"
    done(sheet.write_url(row, 0, internal(RANKING, f"A{block.row + 1}"), formats.link_centre, cell_text(number), tip))
    unit = "" if indicator.measure is Measure.THRESHOLD else shown_unit(indicator)
    name = head_name(indicator) + (f" ({unit})" if unit else "")
    texts = (
        (0, name),
        (_BEST, _ends(canvas, block.ranked)),
        (_LAST, _ends(canvas, block.ranked[::-1]) if len(block.ranked) >= 2 * _NAMED else MISSING_MARK),
    )
    for place, text in texts:
        put_across(sheet, row, _HEADS[place][1], text, formats.cell)
    _draw_counts(canvas, sheet, block, grid)
    _draw_middle(canvas, sheet, block, grid)
    spans = [(text, room(grid.span(_HEADS[place][1]), indented=True)) for place, text in texts]
    words = "" if block.result.value is not None else CONFLICT_FIGURE if block.result.conflicts else NO_FIGURE
    strong = [(words, room(grid.span(_HEADS[_WHOLE][1])))]
    done(sheet.set_row(row, max(row_height(spans, BODY_POINTS), row_height(strong, BODY_POINTS, bold=True))))


def _ends(canvas: Canvas, ranked: Sequence[Ranked]) -> str:
    """The first few by name; where more share the rank, how many they are."""
    if not ranked:
        return MISSING_MARK
    sharing = sum(1 for r in ranked if r.rank == ranked[0].rank)
    if sharing > _NAMED:
        return f"{sharing} đơn vị cùng hạng {ranked[0].rank}"
    return ", ".join(canvas.name(r.unit) for r in ranked[:_NAMED])


def _draw_counts(canvas: Canvas, sheet: Worksheet, block: Block, grid: Grid) -> None:
    """Level and counts: live, with what the formulas will find."""
    formats, result, row = canvas.formats, block.result, block.overview_row
    values = grid.places.column(result.indicator.code)
    goal, ranked = goal_of(result), len(block.ranked)
    cells = {place: xl_rowcol_to_cell(row, _column(place)) for place in (_RANKED, _REACHED)}
    done(sheet.write_formula(row, _column(_RANKED), f"=COUNT({values})", formats.count, ranked))
    if goal is None:
        for place in (_LEVEL, _REACHED, _SHORT_OF):
            done(sheet.write_string(row, _column(place), MISSING_MARK, formats.cell_centre))
    else:
        _draw_level(canvas, sheet, block, (goal, grid))
        reached = sum(1 for r in block.ranked if goal.reached_by(r.value))
        kept = (
            f'{values},"{bound.comparator.value}"&{grid.places.level(result.indicator.code, number)}'
            for number, bound in enumerate(goal.bounds)
        )
        formula = f"=COUNTIFS({','.join(kept)})"
        done(sheet.write_formula(row, _column(_REACHED), formula, formats.count, reached))
        formula = f"={cells[_RANKED]}-{cells[_REACHED]}"
        done(sheet.write_formula(row, _column(_SHORT_OF), formula, formats.count, ranked - reached))
    lacking = len(result.expected) - len(result.not_applicable) - ranked
    put_across(sheet, row, _HEADS[_LACKING][1], "", formats.count)
    formula = f'=COUNTIF({values},"{MISSING_MARK}")'
    done(sheet.write_formula(row, _column(_LACKING), formula, formats.count, lacking))


def _draw_level(canvas: Canvas, sheet: Worksheet, block: Block, held: tuple[Goal, Grid]) -> None:
    """The level of "Ma trận"; two bounds of one direction in words."""
    formats, result, (goal, grid) = canvas.formats, block.result, held
    at = (block.overview_row, _column(_LEVEL))
    if len(goal.bounds) > 1:
        done(sheet.write_string(*at, milestones_text(result) or targets_text(result), formats.cell_centre))
        return
    bound = goal.bounds[0]
    form = formats.small_centre if is_all(result, bound) else formats.bound[bound.comparator, False]
    done(sheet.write_formula(*at, f"={grid.places.level(result.indicator.code)}", form, float(bound.level)))


def _draw_middle(canvas: Canvas, sheet: Worksheet, block: Block, grid: Grid) -> None:
    """The median of the units, and the figure of all of them together, which is no mean of theirs."""
    formats, indicator, row = canvas.formats, block.result.indicator, block.overview_row
    decimals = 1 if indicator.measure is Measure.THRESHOLD else indicator.decimals  # half of two counts
    values = grid.places.column(indicator.code)
    middle = rounded(_median([r.value for r in block.ranked]), decimals)
    count = xl_rowcol_to_cell(row, _column(_RANKED))
    formula = f'=IF({count}=0,"{MISSING_MARK}",ROUND(ROUND(MEDIAN({values}),10),{decimals}))'
    cached = MISSING_MARK if middle is None else float(middle)
    done(
        sheet.write_formula(
            row, _column(_MEDIAN), formula, formats.figure[min(decimals, len(formats.figure) - 1)], cached
        )
    )
    whole = rounded(block.result.value, indicator.decimals)
    words = CONFLICT_FIGURE if block.result.conflicts else NO_FIGURE
    forms = formats.result_percent if indicator.measure is Measure.THRESHOLD else formats.result
    form = forms[min(indicator.decimals, len(forms) - 1)]
    formula = f"='{APPENDIX_1}'!$E${grid.appendix_rows[indicator.code]}"
    done(sheet.write_formula(row, _column(_WHOLE), formula, form, words if whole is None else float(whole)))


def _median(values: Sequence[Decimal]) -> Fraction | None:
    found = sorted(Fraction(v) for v in values)
    if not found:
        return None
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def _draw_chart(canvas: Canvas, sheet: Worksheet, row: int, blocks: Sequence[Block], width: int) -> None:
    """How many units reach the level of each indicator, in one tall row that no page break can cut."""
    tall = min(90 + _BAR_POINTS * len(blocks), 400)
    done(sheet.set_row(row, tall))
    bars = Bars(RANKING, blocks[0].overview_row, blocks[-1].overview_row, _HEADS[0][1][0])
    pieces = [(_column(place), name, ink) for place, name, ink in _PIECES]
    chart = stacked_bars(canvas.book, "Số đơn vị đạt, chưa đạt mức so sánh", bars, pieces)
    font = {"name": FONT, "size": 10}
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": font, "major_tick_mark": "none"})
    chart.set_size({"width": width - 8, "height": round(tall * 96 / 72) - 8})
    words = "Đồ thị thanh: ở mỗi chỉ tiêu, số đơn vị đạt mức, chưa đạt mức và chưa có số liệu"
    place = {"x_offset": 4, "y_offset": 4, "object_position": 1, "description": words}
    done(sheet.insert_chart(row, 0, chart, place))
