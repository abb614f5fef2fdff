""" "Ma trận": each unit's own value of each indicator, to see at a glance who stands where.

Only units that report an indicator have a line, and an indicator that shows another's figure has no column.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import CONFLICT_FIGURE, NO_FIGURE, REHEARSAL_MARK, IndicatorResult
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import APPENDIX_1, MATRIX, RANKING, Canvas, done, fit_page, internal
from consolidate.workbook.formats import BODY_POINTS, ESTIMATED, FAIR, GOOD, LONG_POINTS, POOR
from consolidate.workbook.formulas import main_field
from consolidate.workbook.goals import (
    SHARES,
    Goal,
    decimals_of,
    goal_of,
    head_name,
    is_all,
    is_range,
    low_is_good,
    shown_values,
)
from consolidate.workbook.listing import draw_unit_number
from consolidate.workbook.matrix_places import FIXED, HEAD_ROW, LEVEL_ROW, MatrixPlaces, matrix_places, shown_results
from consolidate.workbook.official import number_pixels, put_across
from consolidate.workbook.ranks import ranking_cells
from consolidate.workbook.standing import Standing, standings
from plan.cell_text import cell_text
from plan.model import Measure
from plan.text_fit import room, row_height

MISSING_MARK = "–"
NOT_APPLICABLE_MARK = "KAD"
_LACKING, _SHARE, _RANK = 2, 3, 4
_VALUE_PX = 88
_TOTAL_ROW = 4
_KEY_HEAD, _KEY_PX = "Mã đơn vị", 210
_NOTE = (
    f"“{MISSING_MARK}”: chưa có số liệu; “{NOT_APPLICABLE_MARK}”: không áp dụng; ô xám: không phải báo cáo, "
    f"không xếp hạng; số in nghiêng: số {ESTIMATED.strip('()')}. "
    "Dấu % ở dòng kết quả chung: tỷ lệ chung của các đơn vị, kể cả ở cột ghi số lượng hoặc mức đạt của từng "
    "đơn vị. “Mức so sánh” là mục tiêu (ngưỡng, mốc đến cuối kỳ) nêu ở Phụ lục 1, có thể là của năm sau. “Tỷ "
    "lệ đạt mức”: số chỉ tiêu đạt mức trên số chỉ tiêu có mức so sánh. Hạng chỉ để theo dõi nội bộ: chỉ xếp trong "
    "nhóm đơn vị được giao cùng bộ chỉ tiêu, khi đơn vị có đủ số liệu và không có chỉ tiêu không áp dụng; hạng theo "
    "từng chỉ tiêu ở trang “Xếp hạng” (bấm vào kết quả chung). Số có nhiều chữ số thập phân hơn các số cùng cột là "
    "số rất sát mức so sánh."
)


def draw_matrix(canvas: Canvas, appendix_rows: Mapping[str, int]) -> None:
    """Draw the sheet; `appendix_rows` gives the Excel row of each indicator in "Phụ lục 1"."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(MATRIX)
    run, formats = canvas.run, canvas.formats
    results, places = shown_results(run), matrix_places(run)
    widths = [*(w for _, w in FIXED), *(_value_px(r) for r in results)]
    last_column = max(len(widths) - 1, 8)
    free, mark = room(max(sum(widths), 900)), REHEARSAL_MARK if run.rehearsal else ""
    for row, text, form, points in (
        (0, f"{mark}SỐ LIỆU CỦA TỪNG ĐƠN VỊ {run.period.label.upper()}", formats.title, 14),
        (1, _NOTE, formats.note, LONG_POINTS),
    ):
        put_across(sheet, row, (0, last_column), text, form)
        done(sheet.set_row(row, row_height([(text, free)], points, bold=row == 0)))
    done(sheet.set_row(2, 8))
    _draw_heads(canvas, sheet, results)
    _draw_common_figures(canvas, sheet, results, appendix_rows)
    _draw_levels(canvas, sheet, results, places)
    _draw_units(canvas, sheet, places, results)
    if not places.rows:
        put_across(sheet, places.first, (0, last_column), "Kế hoạch không giao chỉ tiêu cho đơn vị nào.", formats.cell)
    for column, result in enumerate(results, len(FIXED)):
        _draw_column(canvas, sheet, column, result, places)
    fit_page(sheet, widths, (HEAD_ROW, places.first - 1))
    _draw_keys(canvas, sheet, places)
    sheet.freeze_panes(places.first, 2)
    done(sheet.print_area(0, 0, places.first + max(len(places.rows), 1) - 1, last_column))


def _draw_keys(canvas: Canvas, sheet: Worksheet, places: MatrixPlaces) -> None:
    """The ids of the units, beside the printed range, so that they move with their lines."""
    if not places.rows:
        return
    done(sheet.set_column_pixels(places.key_column, places.key_column, _KEY_PX))
    done(sheet.write_string(HEAD_ROW, places.key_column, _KEY_HEAD, canvas.formats.matrix_head))
    for unit, row in places.rows.items():
        done(sheet.write_string(row, places.key_column, unit, canvas.formats.small))


def _value_px(result: IndicatorResult) -> int:
    """Wide enough for the longest number: Excel shows one that does not fit as ####."""
    texts = [vietnamese(value) for value in shown_values(result).values()]
    common = rounded(result.value, result.indicator.decimals)
    if common is not None:
        texts.append(vietnamese(common) + "%" + (f" {ESTIMATED}" if result.estimated else ""))
    return max([_VALUE_PX, *(number_pixels(text, bold=True) for text in texts)])


def _draw_heads(canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...]) -> None:
    formats = canvas.formats
    heads = list(FIXED)
    for result in results:
        indicator = result.indicator
        head = head_name(indicator)
        unit = main_field(indicator).unit if indicator.measure is Measure.THRESHOLD else indicator.unit
        if unit and indicator.measure is not Measure.ATTAINED:
            head += f" ({unit})"
        heads.append((cell_text(head), _value_px(result)))
    for column, (head, _) in enumerate(heads):
        done(sheet.write_string(HEAD_ROW, column, head, formats.matrix_head))
    rooms = [(head, room(width)) for head, width in heads]
    done(sheet.set_row(HEAD_ROW, row_height(rooms, LONG_POINTS, bold=True, least=2)))


def _draw_common_figures(
    canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...], appendix_rows: Mapping[str, int]
) -> None:
    """The figure of all units together, each leading to its ranking where it has one."""
    formats, blocks = canvas.formats, ranking_cells(canvas.run)
    _draw_row_head(canvas, sheet, _TOTAL_ROW, f"Kết quả chung ({APPENDIX_1})")
    for column, result in enumerate(results, len(FIXED)):
        indicator = result.indicator
        figure = rounded(result.value, indicator.decimals)
        formula = f"='{APPENDIX_1}'!$E${appendix_rows[indicator.code]}"
        forms = formats.result_percent if indicator.measure in SHARES else formats.result
        if result.estimated:
            forms = formats.result_percent_estimated if indicator.measure in SHARES else formats.result_estimated
        form = forms[min(indicator.decimals, len(forms) - 1)]
        words = CONFLICT_FIGURE if result.conflicts else NO_FIGURE
        if indicator.code in blocks:
            link = internal(RANKING, blocks[indicator.code])
            done(sheet.write_url(_TOTAL_ROW, column, link, form, words, "Xem xếp hạng"))
        done(sheet.write_formula(_TOTAL_ROW, column, formula, form, words if figure is None else float(figure)))
    without = any(r.value is None for r in results)
    done(sheet.set_row(_TOTAL_ROW, row_height((), BODY_POINTS, least=2 if without else 1)))


def _draw_levels(canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...], places: MatrixPlaces) -> None:
    """The numbers that each unit is held against, behind their signs; a second row where a target has two bounds."""
    formats = canvas.formats
    for number in range(places.levels):
        row = LEVEL_ROW + number
        _draw_row_head(canvas, sheet, row, "Mức so sánh" if number == 0 else "Mức so sánh thứ hai (phải đạt cả hai)")
        for column, result in enumerate(results, len(FIXED)):
            goal = goal_of(result)
            if goal is None or number >= len(goal.bounds):
                done(sheet.write_string(row, column, MISSING_MARK, formats.small_centre))
                continue
            bound = goal.bounds[number]
            form = formats.small_centre if is_all(result, bound) else formats.bound[bound.comparator, False]
            if result.indicator.measure is Measure.ATTAINED:
                form = formats.matrix_attained
            done(sheet.write_number(row, column, float(bound.level), form))
        done(sheet.set_row(row, row_height((), BODY_POINTS, least=2 if number else 1)))


def _draw_row_head(canvas: Canvas, sheet: Worksheet, row: int, text: str) -> None:
    for column in range(len(FIXED)):
        done(sheet.write_blank(row, column, None, canvas.formats.cell_centre))
    done(sheet.write_string(row, 1, text, canvas.formats.cell_bold))


def _draw_units(canvas: Canvas, sheet: Worksheet, places: MatrixPlaces, results: tuple[IndicatorResult, ...]) -> None:
    """Number, name and standing of every unit."""
    formats, found = canvas.formats, standings(results)
    held = [(xl_col_to_name(places.columns[r.indicator.code]), goal) for r in results if (goal := goal_of(r))]
    first, last = (xl_col_to_name(column) for column in (len(FIXED), len(FIXED) + max(len(results), 1) - 1))
    letters = xl_col_to_name(_SHARE)
    shares = f"{letters}${places.first + 1}:{letters}${places.first + max(len(places.rows), 1)}"
    for number, (unit, row) in enumerate(places.rows.items(), 1):
        draw_unit_number(canvas, sheet, row, number, unit)
        name = cell_text(canvas.name(unit))
        done(sheet.write_string(row, 1, name, formats.cell))
        done(sheet.set_row(row, row_height([(name, room(FIXED[1][1], indented=True))], BODY_POINTS)))
        standing, at = found[unit], row + 1
        lacking = f'=COUNTIF({first}{at}:{last}{at},"{MISSING_MARK}")'
        done(sheet.write_formula(row, _LACKING, lacking, formats.count, standing.lacking))
        _draw_standing(canvas, sheet, row, standing, (_share_formula(at, held, f"{first}{at}:{last}{at}"), shares))


def _share_formula(at: int, held: list[tuple[str, Goal]], own: str) -> str:
    """The share of the numbers in Excel row `at` that reach their level, of columns with one.

    Only where every cell of the unit (`own`) has its number: a lacking one, or one that does not apply, lifts nobody.
    """
    if not held:
        return f'="{MISSING_MARK}"'
    count = f"COUNT({','.join(f'{letters}{at}' for letters, _ in held)})"
    reached = "+".join(
        "*".join(
            (
                f"ISNUMBER({letters}{at})",
                *(
                    f"({letters}{at}{bound.comparator.value}{letters}${LEVEL_ROW + 1 + number})"
                    for number, bound in enumerate(goal.bounds)
                ),
            )
        )
        for letters, goal in held
    )
    lacking = f'{xl_col_to_name(_LACKING)}{at}+COUNTIF({own},"{NOT_APPLICABLE_MARK}")'
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


def _draw_column(canvas: Canvas, sheet: Worksheet, column: int, result: IndicatorResult, places: MatrixPlaces) -> None:
    """One indicator's values, with the decimals of the common figure, or as many as tell the side of the level."""
    formats, attained = canvas.formats, result.indicator.measure is Measure.ATTAINED
    values, guesses = shown_values(result), frozenset(f.unit for f in result.figures if f.estimated)
    expected, excused = frozenset(result.expected), frozenset(result.not_applicable)
    for unit, row in places.rows.items():
        value = values.get(unit)
        if unit not in expected:
            done(sheet.write_blank(row, column, None, formats.matrix_none))
        elif value is not None:
            forms = formats.matrix_estimated if unit in guesses else formats.matrix
            form = formats.matrix_attained if attained else forms[min(decimals_of(value), len(forms) - 1)]
            done(sheet.write_number(row, column, float(value), form))
        else:
            mark = NOT_APPLICABLE_MARK if unit in excused else MISSING_MARK
            done(sheet.write_string(row, column, mark, formats.matrix_mark))
    scale = colour_scale(result)
    if scale is not None and len(result.expected) > 1:
        done(sheet.conditional_format(places.first, column, places.first + len(places.rows) - 1, column, scale))


def colour_scale(result: IndicatorResult) -> dict[str, object] | None:
    """Red over yellow to green in the direction of the target; fixed ends where the values have a known end.

    None where neither end is the good one.
    """
    if is_range(result):
        return None
    worst, best = (GOOD, POOR) if low_is_good(result) else (POOR, GOOD)
    scale: dict[str, object] = {"type": "3_color_scale", "min_color": worst, "mid_color": FAIR, "max_color": best}
    top = 100 if result.indicator.measure is Measure.ATTAINED else result.threshold
    if top:
        scale |= {"min_type": "num", "mid_type": "num", "max_type": "num"}
        scale |= {"min_value": 0, "mid_value": top / 2, "max_value": top}
    return scale
