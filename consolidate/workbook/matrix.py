""" "Ma trận": each unit's own value of each indicator, to see at a glance who stands where.

Only units that report an indicator have a line, and an indicator that shows another's figure has no column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import Consolidation, IndicatorResult
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import APPENDIX_1, MATRIX, NO_FIGURE, RANKING, Canvas, done, fit_page, internal
from consolidate.workbook.formats import BODY_POINTS, ESTIMATED, FAIR, GOOD, LONG_POINTS, POOR
from consolidate.workbook.formulas import main_field
from consolidate.workbook.goals import CONFLICT, CRITERIA, Goal, goal_of, head_name, low_is_good, shown_values
from consolidate.workbook.listing import draw_unit_number
from consolidate.workbook.official import number_pixels, put_across
from consolidate.workbook.ranks import ranking_cells
from consolidate.workbook.standing import Standing, standings
from plan.cell_text import cell_text
from plan.model import Measure
from plan.text_fit import room, row_height

MISSING_MARK = "–"
NOT_APPLICABLE_MARK = "KAD"
_FIXED = (("STT", 44), ("Đơn vị", 250), ("Còn thiếu", 58), ("Tỷ lệ đạt mức", 70), ("Hạng", 56))
_LACKING, _SHARE, _RANK = 2, 3, 4
_VALUE_PX = 88
_HEAD_ROW = 3
_TOTAL_ROW = 4
_LEVEL_ROW = 5
_FIRST_ROW = 6
_NOTE = (
    f"“{MISSING_MARK}”: chưa có số liệu; “{NOT_APPLICABLE_MARK}”: không áp dụng; ô xám: không phải báo cáo, "
    f"không xếp hạng; số in nghiêng: số {ESTIMATED.strip('()')}. "
    "Dấu % ở dòng kết quả chung: tỷ lệ chung của các đơn vị, kể cả ở cột ghi số lượng hoặc mức đạt của từng "
    "đơn vị. “Mức so sánh” là mục tiêu (ngưỡng, mốc đến cuối kỳ) nêu ở Phụ lục 1, có thể là của năm sau. “Tỷ "
    "lệ đạt mức”: số chỉ tiêu đạt mức trên số chỉ tiêu có mức so sánh, tính trên số đã làm tròn. Chỉ xếp hạng "
    "trong nhóm đơn vị được giao cùng bộ chỉ tiêu và khi đơn vị không còn thiếu số liệu nào; hạng theo từng "
    "chỉ tiêu ở trang “Xếp hạng” (bấm vào kết quả chung)."
)
_SHARES = (Measure.RATIO, Measure.THRESHOLD, Measure.ATTAINED)  # measures whose common figure is a percentage


@dataclass(frozen=True, slots=True)
class MatrixPlaces:
    """Where the values stand: 0-based columns by indicator code, 0-based rows by unit, and the last row."""

    columns: Mapping[str, int]
    rows: Mapping[str, int]

    def column(self, code: str) -> str:
        """All values of an indicator, as an absolute range of this sheet."""
        letters, last = xl_col_to_name(self.columns[code]), _FIRST_ROW + max(len(self.rows), 1)
        return f"'{MATRIX}'!${letters}${_FIRST_ROW + 1}:${letters}${last}"

    def cell(self, code: str, unit: str) -> str:
        """The value of one unit, as a reference to this sheet."""
        return f"'{MATRIX}'!{xl_rowcol_to_cell(self.rows[unit], self.columns[code])}"


def matrix_places(run: Consolidation) -> MatrixPlaces:
    """Say where each indicator and each unit that is asked for one stand."""
    results = _shown(run)
    asked = {unit for result in results for unit in result.expected}
    units = (u.id for u in run.plan.units if u.id in asked)
    return MatrixPlaces(
        {r.indicator.code: column for column, r in enumerate(results, len(_FIXED))},
        {unit: row for row, unit in enumerate(units, _FIRST_ROW)},
    )


def matrix_columns(run: Consolidation) -> dict[str, str]:
    """Return the head cell (A1) of each indicator that has a column, by code."""
    return {code: xl_rowcol_to_cell(_HEAD_ROW, column) for code, column in matrix_places(run).columns.items()}


def _shown(run: Consolidation) -> tuple[IndicatorResult, ...]:
    return tuple(r for r in run.indicators if not r.indicator.same_as and r.expected)


def draw_matrix(canvas: Canvas, appendix_rows: Mapping[str, int]) -> None:
    """Draw the sheet; `appendix_rows` gives the Excel row of each indicator in "Phụ lục 1"."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(MATRIX)
    run, formats = canvas.run, canvas.formats
    results, places = _shown(run), matrix_places(run)
    widths = [*(w for _, w in _FIXED), *(_value_px(r) for r in results)]
    last_column = max(len(widths) - 1, 8)
    free = room(max(sum(widths), 900))
    for row, text, form, points in (
        (0, f"SỐ LIỆU CỦA TỪNG ĐƠN VỊ {run.period.label.upper()}", formats.title, 14),
        (1, _NOTE, formats.note, LONG_POINTS),
    ):
        put_across(sheet, row, (0, last_column), text, form)
        done(sheet.set_row(row, row_height([(text, free)], points, bold=row == 0)))
    done(sheet.set_row(2, 8))
    _draw_heads(canvas, sheet, results)
    _draw_common_figures(canvas, sheet, results, appendix_rows)
    _draw_levels(canvas, sheet, results)
    _draw_units(canvas, sheet, places, results)
    if not places.rows:
        put_across(sheet, _FIRST_ROW, (0, last_column), "Kế hoạch không giao chỉ tiêu cho đơn vị nào.", formats.cell)
    for column, result in enumerate(results, len(_FIXED)):
        _draw_column(canvas, sheet, column, result, list(places.rows))
    fit_page(sheet, widths, (_HEAD_ROW, _LEVEL_ROW))
    sheet.freeze_panes(_FIRST_ROW, 2)
    done(sheet.print_area(0, 0, _FIRST_ROW + max(len(places.rows), 1) - 1, last_column))


def _value_px(result: IndicatorResult) -> int:
    """Wide enough for the longest number: Excel shows one that does not fit as ####."""
    texts = [vietnamese(value) for value in shown_values(result).values()]
    common = rounded(result.value, result.indicator.decimals)
    if common is not None:
        texts.append(vietnamese(common) + "%" + (f" {ESTIMATED}" if result.estimated else ""))
    return max([_VALUE_PX, *(number_pixels(text, bold=True) for text in texts)])


def _draw_heads(canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...]) -> None:
    formats = canvas.formats
    heads = list(_FIXED)
    for result in results:
        indicator = result.indicator
        head = head_name(indicator)
        unit = main_field(indicator).unit if indicator.measure is Measure.THRESHOLD else indicator.unit
        if unit and indicator.measure is not Measure.ATTAINED:
            head += f" ({unit})"
        heads.append((cell_text(head), _value_px(result)))
    for column, (head, _) in enumerate(heads):
        done(sheet.write_string(_HEAD_ROW, column, head, formats.matrix_head))
    rooms = [(head, room(width)) for head, width in heads]
    done(sheet.set_row(_HEAD_ROW, row_height(rooms, LONG_POINTS, bold=True, least=2)))


def _draw_common_figures(
    canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...], appendix_rows: Mapping[str, int]
) -> None:
    """The figure of all units together, each leading to its ranking where it has one."""
    formats, blocks = canvas.formats, ranking_cells(canvas.run)
    _draw_row_head(canvas, sheet, _TOTAL_ROW, f"Kết quả chung ({APPENDIX_1})")
    for column, result in enumerate(results, len(_FIXED)):
        indicator = result.indicator
        figure = rounded(result.value, indicator.decimals)
        formula = f"='{APPENDIX_1}'!$E${appendix_rows[indicator.code]}"
        forms = formats.result_percent if indicator.measure in _SHARES else formats.result
        if result.estimated:
            forms = formats.result_percent_estimated if indicator.measure in _SHARES else formats.result_estimated
        form = forms[min(indicator.decimals, len(forms) - 1)]
        words = CONFLICT if result.conflicts else NO_FIGURE
        if indicator.code in blocks:
            link = internal(RANKING, blocks[indicator.code])
            done(sheet.write_url(_TOTAL_ROW, column, link, form, words, "Xem xếp hạng"))
        done(sheet.write_formula(_TOTAL_ROW, column, formula, form, words if figure is None else float(figure)))
    without = any(r.value is None for r in results)
    done(sheet.set_row(_TOTAL_ROW, row_height((), BODY_POINTS, least=2 if without else 1)))


def _draw_levels(canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...]) -> None:
    """The number that each unit is held against, behind its sign."""
    formats = canvas.formats
    _draw_row_head(canvas, sheet, _LEVEL_ROW, "Mức so sánh")
    for column, result in enumerate(results, len(_FIXED)):
        goal = goal_of(result)
        if goal is None:
            done(sheet.write_string(_LEVEL_ROW, column, MISSING_MARK, formats.small_centre))
        elif result.indicator.measure is Measure.ATTAINED:
            done(sheet.write_number(_LEVEL_ROW, column, float(goal.level), formats.matrix_attained))
        else:
            form = formats.bound[goal.comparator, False]
            done(sheet.write_number(_LEVEL_ROW, column, float(goal.level), form))
    done(sheet.set_row(_LEVEL_ROW, row_height((), BODY_POINTS)))


def _draw_row_head(canvas: Canvas, sheet: Worksheet, row: int, text: str) -> None:
    for column in range(len(_FIXED)):
        done(sheet.write_blank(row, column, None, canvas.formats.cell_centre))
    done(sheet.write_string(row, 1, text, canvas.formats.cell_bold))


def _draw_units(canvas: Canvas, sheet: Worksheet, places: MatrixPlaces, results: tuple[IndicatorResult, ...]) -> None:
    """Number, name and standing of every unit."""
    formats, found = canvas.formats, standings(results)
    held = [(xl_col_to_name(places.columns[r.indicator.code]), goal) for r in results if (goal := goal_of(r))]
    first, last = (xl_col_to_name(column) for column in (len(_FIXED), len(_FIXED) + max(len(results), 1) - 1))
    shares = (
        f"{xl_col_to_name(_SHARE)}${_FIRST_ROW + 1}:{xl_col_to_name(_SHARE)}${_FIRST_ROW + max(len(places.rows), 1)}"
    )
    for number, (unit, row) in enumerate(places.rows.items(), 1):
        draw_unit_number(canvas, sheet, row, number, unit)
        name = cell_text(canvas.name(unit))
        done(sheet.write_string(row, 1, name, formats.cell))
        done(sheet.set_row(row, row_height([(name, room(_FIXED[1][1], indented=True))], BODY_POINTS)))
        standing, at = found[unit], row + 1
        lacking = f'=COUNTIF({first}{at}:{last}{at},"{MISSING_MARK}")'
        done(sheet.write_formula(row, _LACKING, lacking, formats.count, standing.lacking))
        _draw_standing(canvas, sheet, row, standing, (_share_formula(at, held), shares))


def _share_formula(at: int, held: list[tuple[str, Goal]]) -> str:
    """The share of the numbers in Excel row `at` that reach their level, once none is lacking; columns with a level."""
    if not held:
        return f'="{MISSING_MARK}"'
    count = f"COUNT({','.join(f'{letters}{at}' for letters, _ in held)})"
    level = _LEVEL_ROW + 1
    reached = "+".join(
        f"ISNUMBER({letters}{at})*({letters}{at}{CRITERIA[goal.comparator]}{letters}${level})" for letters, goal in held
    )
    lacking = f"{xl_col_to_name(_LACKING)}{at}"
    return f'=IF(AND({lacking}=0,{count}>0),({reached})/{count},"{MISSING_MARK}")'


def _draw_standing(canvas: Canvas, sheet: Worksheet, row: int, standing: Standing, formulas: tuple[str, str]) -> None:
    """Share and rank; `formulas` are that of the share and the range of all shares. Grey where nothing is ranked."""
    formats, (share, shares) = canvas.formats, formulas
    if not standing.ranked_group:
        for column in (_SHARE, _RANK):
            done(sheet.write_blank(row, column, None, formats.matrix_none))
        return
    cell = xl_rowcol_to_cell(row, _SHARE)
    cached = MISSING_MARK if standing.share is None else float(standing.share)
    done(sheet.write_formula(row, _SHARE, share, formats.percent, cached))
    rank = f'=IF(ISNUMBER({cell}),RANK({cell},{shares}),"{MISSING_MARK}")'
    cached = MISSING_MARK if standing.rank is None else standing.rank
    done(sheet.write_formula(row, _RANK, rank, formats.count, cached))


def _draw_column(canvas: Canvas, sheet: Worksheet, column: int, result: IndicatorResult, units: list[str]) -> None:
    """One indicator's values, rounded like the common figure."""
    formats = canvas.formats
    decimals = 0 if result.indicator.measure is Measure.THRESHOLD else result.indicator.decimals
    at = min(decimals, len(formats.matrix) - 1)
    plain, estimated = formats.matrix[at], formats.matrix_estimated[at]
    if result.indicator.measure is Measure.ATTAINED:
        plain = estimated = formats.matrix_attained
    values, guesses = shown_values(result), frozenset(f.unit for f in result.figures if f.estimated)
    expected, excused = frozenset(result.expected), frozenset(result.not_applicable)
    for row, unit in enumerate(units, _FIRST_ROW):
        value = values.get(unit)
        if unit not in expected:
            done(sheet.write_blank(row, column, None, formats.matrix_none))
        elif value is not None:
            done(sheet.write_number(row, column, float(value), estimated if unit in guesses else plain))
        else:
            mark = NOT_APPLICABLE_MARK if unit in excused else MISSING_MARK
            done(sheet.write_string(row, column, mark, formats.matrix_mark))
    if len(result.expected) > 1:
        done(sheet.conditional_format(_FIRST_ROW, column, _FIRST_ROW + len(units) - 1, column, colour_scale(result)))


def colour_scale(result: IndicatorResult) -> dict[str, object]:
    """Red over yellow to green in the direction of the target; fixed ends where the values have a known end."""
    worst, best = (GOOD, POOR) if low_is_good(result) else (POOR, GOOD)
    scale: dict[str, object] = {"type": "3_color_scale", "min_color": worst, "mid_color": FAIR, "max_color": best}
    top = 100 if result.indicator.measure is Measure.ATTAINED else result.threshold
    if top:
        scale |= {"min_type": "num", "mid_type": "num", "max_type": "num"}
        scale |= {"min_value": 0, "mid_value": top / 2, "max_value": top}
    return scale
