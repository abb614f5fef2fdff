""" "Xếp hạng": who stands where on each indicator that many units report, best first, two units a line.

Ranks are live over the values in "Ma trận": equal values share a rank, and the target says which end is good. A unit
without a value is named under its block and has no rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import NO_FIGURE, REHEARSAL_MARK
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import RANKING, Canvas, done, fit_page
from consolidate.workbook.formats import BODY_POINTS, ESTIMATED
from consolidate.workbook.goals import decimals_of, goal_of, places_of
from consolidate.workbook.matrix import colour_scale
from consolidate.workbook.matrix_places import matrix_places
from consolidate.workbook.official import draw_band, number_pixels, put_across
from consolidate.workbook.ranking_overview import Grid, draw_overview
from consolidate.workbook.ranks import Block, Ranked, blocks
from plan.cell_text import cell_text
from plan.model import Measure
from plan.shown import numbered, shown_numbers, shown_target, shown_unit
from plan.text_fit import fitting, room, row_height

_HEADS = ("Hạng", "Đơn vị", "Kết quả", "Tử số", "Mẫu số", "So với mức", "Lưu ý")
_RANK_PX, _NAME_PX, _VALUE_PX, _PART_PX, _DIFFERENCE_PX, _MARK_PX, _GAP_PX = 46, 212, 96, 74, 74, 58, 12
_STARTS = (0, len(_HEADS) + 1)  # where the two panels begin
_LAST = 2 * len(_HEADS)
_VALUE, _DIFFERENCE = 2, 5
_FEW_IN_DENOMINATOR = 30  # below it one person more or less moves a percentage by over three points
SMALL = "Mẫu nhỏ"
_MARKED = 5  # units marked at either end
_NOTE = (
    "Hạng chỉ để theo dõi nội bộ, tính trên kết quả của từng đơn vị như in ở trang “Ma trận” (tìm theo mã đơn vị, nên "
    "sắp xếp lại trang đó không đổi gì ở đây), theo chiều của mục tiêu; bằng nhau thì "
    "cùng hạng; đọc từ trái sang phải, từ trên xuống. Đơn vị chưa có số liệu được nêu tên, không xếp hạng. "
    "“So với mức”: phần hơn, kém mức so sánh (ngưỡng, mốc, mục tiêu, có thể là của năm sau). "
    f"“{SMALL}”: mẫu số dưới {_FEW_IN_DENOMINATOR}, tỷ lệ dễ dao động. "
    "Chỉ tiêu trả lời “Đạt”, “Chưa đạt” và chỉ tiêu có cả mức thấp nhất, mức cao nhất không xếp hạng."
)
_NONE = "Không có chỉ tiêu nào được nhiều đơn vị cùng báo cáo để xếp hạng."


def draw_ranking(canvas: Canvas, appendix_rows: Mapping[str, int]) -> None:
    """Draw the sheet: an overview of all ranked indicators, a chart of it, then a block for each.

    `appendix_rows` gives the Excel row of each indicator in "Phụ lục 1".
    """
    sheet: Worksheet = canvas.book.get_worksheet_by_name(RANKING)
    run, formats = canvas.run, canvas.formats
    found = blocks(run)
    grid = Grid(_widths(found), matrix_places(run), appendix_rows)
    mark = REHEARSAL_MARK if run.rehearsal else ""
    title = f"{mark}XẾP HẠNG ĐƠN VỊ THEO TỪNG CHỈ TIÊU {run.period.label.upper()}"
    put_across(sheet, 0, (0, _LAST), title, formats.title)
    done(sheet.set_row(0, row_height([(title, room(sum(grid.widths)))], 14, bold=True)))
    text = _NOTE if found else _NONE
    put_across(sheet, 1, (0, _LAST), text, formats.note)
    done(sheet.set_row(1, row_height([(text, room(sum(grid.widths)))], BODY_POINTS)))
    done(sheet.set_row(2, 8))
    head_rows, last = (0, 1), 1
    if found:
        draw_overview(canvas, sheet, found, grid)
        heads = (found[0].row + 1, found[0].row + 1)
        head_rows = heads
        for block in found:
            last = _draw_block(canvas, sheet, block, grid)
    fit_page(sheet, grid.widths, head_rows)
    done(sheet.print_area(0, 0, last, _LAST))


def _widths(found: Sequence[Block]) -> tuple[int, ...]:
    """The columns of two panels, numbers as wide as the longest of them: Excel shows one that does not fit as ####."""
    values = [vietnamese(r.value) + (f" {ESTIMATED}" if r.figure.estimated else "") for b in found for r in b.ranked]
    parts = [
        vietnamese(Decimal(round(part)))
        for block in found
        for ranked in block.ranked
        for part in (ranked.figure.numerator, ranked.figure.denominator)
        if part is not None
    ]
    commons = (rounded(b.result.value, b.result.indicator.decimals) for b in found)
    parts += [vietnamese(value) + "%" for value in commons if value is not None]
    part_px = max([_PART_PX, *(number_pixels(text, bold=True) for text in parts)])
    value_px = max([_VALUE_PX, *(number_pixels(text) for text in values)])
    difference_px = max(_DIFFERENCE_PX, value_px - (_VALUE_PX - _DIFFERENCE_PX))
    panel = (_RANK_PX, _NAME_PX, value_px, part_px, part_px, difference_px, _MARK_PX)
    return (*panel, _GAP_PX, *panel)


def _draw_block(canvas: Canvas, sheet: Worksheet, block: Block, grid: Grid) -> int:
    """Heading, heads, units, and who is not ranked; return the last row."""
    indicator, formats = block.result.indicator, canvas.formats
    number = shown_numbers(canvas.run.plan.indicators)[indicator.code]
    unit = indicator.fields[0].unit if indicator.measure is Measure.THRESHOLD else shown_unit(indicator)
    asked = f"kết quả tính bằng {unit}; mục tiêu" if unit else "mục tiêu"
    heading = f"{numbered(number, indicator.name)} ({asked}: {shown_target(indicator)})"
    row = draw_band(sheet, grid.widths, block.row, cell_text(heading), formats.section)
    done(
        sheet.set_row(
            row,
            row_height(
                [(head, room(px)) for head, px in zip(_HEADS, grid.widths, strict=False)], BODY_POINTS, bold=True
            ),
        )
    )
    for start in _STARTS:
        for column, head in enumerate(_HEADS, start):
            done(sheet.write_string(row, column, head, formats.column_head))
    row += 1
    for position, found in enumerate(block.ranked):
        line, panel = divmod(position, len(_STARTS))
        _draw_unit(canvas, sheet, (row + line, _STARTS[panel]), block, (found, grid))
        names = [(canvas.name(r.unit), room(_NAME_PX, indented=True)) for r in block.ranked[position - panel :][:2]]
        done(sheet.set_row(row + line, row_height(names, BODY_POINTS)))
    if block.ranked:
        _mark(canvas, sheet, block, row)
    row += block.lines
    text = _unranked(canvas, block, grid)
    put_across(sheet, row, (0, _LAST), text, formats.cell)
    done(sheet.set_row(row, row_height([(text, room(sum(grid.widths), indented=True))], BODY_POINTS)))
    done(sheet.set_row(row + 1, 12))
    return row


def _draw_unit(canvas: Canvas, sheet: Worksheet, at: tuple[int, int], block: Block, drawn: tuple[Ranked, Grid]) -> None:
    """One unit from `at` (row, column of its panel) on: rank and value live, the rest as it was reported."""
    formats, (row, start), (found, grid) = canvas.formats, at, drawn
    indicator, value = block.result.indicator, xl_rowcol_to_cell(row, start + _VALUE)
    order = 1 if block.low_first else 0
    rank = f"=RANK({value},{grid.places.column(indicator.code)},{order})"
    done(sheet.write_formula(row, start, rank, formats.count, found.rank))
    name = fitting(cell_text(canvas.name(found.unit)), room(_NAME_PX, indented=True), BODY_POINTS)
    done(sheet.write_string(row, start + 1, name, formats.cell))
    digits = min(decimals_of(found.value), len(formats.figure) - 1)
    form = (formats.figure_estimated if found.figure.estimated else formats.figure)[digits]
    formula = f"={grid.places.value(indicator.code, found.unit)}"
    done(sheet.write_formula(row, start + _VALUE, formula, form, float(found.value)))
    is_ratio = indicator.measure is Measure.RATIO
    for column, part in ((3, found.figure.numerator), (4, found.figure.denominator)):
        _draw_part(canvas, sheet, (row, start + column), part if is_ratio else None)
    _draw_difference(canvas, sheet, (row, start + _DIFFERENCE), block, drawn)
    denominator = found.figure.denominator
    small = is_ratio and denominator is not None and denominator < _FEW_IN_DENOMINATOR
    if small:
        done(sheet.write_string(row, start + 6, SMALL, formats.small_centre))
    else:
        done(sheet.write_blank(row, start + 6, None, formats.small_centre))


def _draw_part(canvas: Canvas, sheet: Worksheet, at: tuple[int, int], part: Fraction | None) -> None:
    if part is None:
        done(sheet.write_blank(*at, None, canvas.formats.cell_centre))
        return
    form = canvas.formats.figure[0 if part.denominator == 1 else 2]
    done(sheet.write_number(*at, float(part), form))


def _draw_difference(
    canvas: Canvas, sheet: Worksheet, at: tuple[int, int], block: Block, drawn: tuple[Ranked, Grid]
) -> None:
    """The value minus the level; nothing where there is no level for a single unit, or more than one."""
    formats, (found, grid), goal = canvas.formats, drawn, goal_of(block.result)
    if goal is None or len(goal.bounds) > 1:
        done(sheet.write_string(*at, "–", formats.cell_centre))
        return
    level = goal.bounds[0].level
    decimals = max(decimals_of(found.value), places_of(level))
    difference = rounded(Fraction(found.value) - level, decimals) or Decimal(0)
    value = xl_rowcol_to_cell(at[0], at[1] - _DIFFERENCE + _VALUE)
    form = formats.change[min(decimals, len(formats.change) - 1)]
    formula = f"=ROUND({value}-{grid.places.level(block.result.indicator.code)},{decimals})"
    done(sheet.write_formula(*at, formula, form, float(difference)))


def _mark(canvas: Canvas, sheet: Worksheet, block: Block, first: int) -> None:
    """The colours that the values have in "Ma trận", and the ranks of the first and the last few told apart."""
    scale = colour_scale(block.result)
    if scale is not None:
        _over_both(sheet, block, (first, _VALUE), scale)
    ranks = [r.rank for r in block.ranked]
    if len(ranks) <= _MARKED * 3:
        return
    for low, high, form in (
        (1, ranks[_MARKED - 1], canvas.formats.ranked_first),
        (ranks[-_MARKED], len(ranks), canvas.formats.ranked_last),
    ):
        if sum(1 for r in ranks if low <= r <= high) > len(ranks) // 3:
            continue  # so many share a rank that the mark would say nothing
        rule = {"type": "cell", "criteria": "between", "minimum": low, "maximum": high, "format": form}
        _over_both(sheet, block, (first, 0), rule)


def _over_both(sheet: Worksheet, block: Block, at: tuple[int, int], rule: dict[str, object]) -> None:
    """Put one rule over a column of both panels; `at` is the first row and the column within a panel."""
    first, column = at
    last = first + block.lines - 1
    areas = [
        f"{xl_rowcol_to_cell(first, start + column)}:{xl_rowcol_to_cell(last, start + column)}" for start in _STARTS
    ]
    done(sheet.conditional_format(areas[0], {**rule, "multi_range": " ".join(areas)}))


def _unranked(canvas: Canvas, block: Block, grid: Grid) -> str:
    """Who has no rank and why, by name."""
    result, ranked = block.result, {r.unit for r in block.ranked}
    without = [u for u in result.included if u not in ranked]
    if not result.included and not result.not_applicable:
        return f"{NO_FIGURE}: chưa đơn vị nào trong {len(result.expected)} đơn vị có số liệu được tính."
    said = [
        f"{words} ({len(units)}): {', '.join(canvas.name(u) for u in units)}."
        for words, units in (
            (f"{NO_FIGURE}, không xếp hạng", result.missing),
            ("Không áp dụng", result.not_applicable),
            ("Mẫu số bằng 0, không tính được kết quả", without),
        )
        if units
    ]
    text = cell_text(" ".join(said)) or "Mọi đơn vị đều có số liệu."
    return fitting(text, room(sum(grid.widths), indented=True), BODY_POINTS, "… (xem trang “Ma trận”)")
