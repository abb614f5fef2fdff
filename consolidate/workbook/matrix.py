""" "Ma trận": each unit's own value of each indicator, to see at a glance who stands where.

Only units that report an indicator have a line, and an indicator that shows another's figure has no column.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from consolidate.model import Consolidation, IndicatorResult, UnitFigure
from consolidate.rounding import rounded
from consolidate.workbook.canvas import APPENDIX_1, MATRIX, Canvas, done, fit_page
from consolidate.workbook.formats import BODY_POINTS, FAIR, GOOD, LONG_POINTS, POOR
from consolidate.workbook.formulas import main_field
from consolidate.workbook.listing import draw_line_number
from consolidate.workbook.official import put_across
from plan.cell_text import cell_text
from plan.model import Comparator, Measure
from plan.text_fit import room, row_height

MISSING_MARK = "–"
NOT_APPLICABLE_MARK = "KAD"
_FIXED = (("STT", 44), ("Đơn vị", 290))
_VALUE_PX = 92
_HEAD_ROW = 3
_TOTAL_ROW = 4
_FIRST_ROW = 5
_NOTE = (
    "“–”: chưa có số liệu; “KAD”: không áp dụng; ô xám: đơn vị không phải báo cáo chỉ tiêu này. "
    "Dấu % ở dòng kết quả chung: tỷ lệ chung của các đơn vị, kể cả ở cột ghi số lượng hoặc mức đạt của từng đơn vị. "
    "Bấm vào STT để xem số liệu của đơn vị."
)
_SHARES = (Measure.RATIO, Measure.THRESHOLD, Measure.ATTAINED)  # measures whose common figure is a percentage


def matrix_columns(run: Consolidation) -> dict[str, str]:
    """Return the head cell (A1) of each indicator that has a column, by code."""
    return {r.indicator.code: xl_rowcol_to_cell(_HEAD_ROW, n) for n, r in enumerate(_shown(run), len(_FIXED))}


def _shown(run: Consolidation) -> tuple[IndicatorResult, ...]:
    return tuple(r for r in run.indicators if not r.indicator.same_as and r.expected)


def draw_matrix(canvas: Canvas, appendix_rows: dict[str, int], first_rows: dict[str, int]) -> None:
    """Draw the sheet.

    `appendix_rows` gives the Excel row of each indicator in "Phụ lục 1", `first_rows` that of each unit in "Dữ liệu".
    """
    sheet: Worksheet = canvas.book.get_worksheet_by_name(MATRIX)
    run, formats = canvas.run, canvas.formats
    results = _shown(run)
    asked = {unit for result in results for unit in result.expected}
    units = [u.id for u in run.plan.units if u.id in asked]
    widths = [*(w for _, w in _FIXED), *(_VALUE_PX for _ in results)]
    last_column = max(len(widths) - 1, 8)
    free = room(max(sum(widths), 700))
    for row, text, form, points in (
        (0, f"SỐ LIỆU CỦA TỪNG ĐƠN VỊ {run.period.label.upper()}", formats.title, 14),
        (1, _NOTE, formats.subtitle, BODY_POINTS),
    ):
        put_across(sheet, row, (0, last_column), text, form)
        done(sheet.set_row(row, row_height([(text, free)], points, bold=row == 0)))
    done(sheet.set_row(2, 8))
    _draw_heads(canvas, sheet, results, appendix_rows)
    for number, unit in enumerate(units, 1):
        row = _FIRST_ROW + number - 1
        draw_line_number(canvas, sheet, row, number, first_rows.get(unit))
        name = cell_text(canvas.name(unit))
        done(sheet.write_string(row, 1, name, formats.cell))
        done(sheet.set_row(row, row_height([(name, room(_FIXED[1][1], indented=True))], BODY_POINTS)))
    last = _FIRST_ROW + max(len(units), 1) - 1
    if not units:
        put_across(sheet, _FIRST_ROW, (0, last_column), "Kế hoạch không giao chỉ tiêu cho đơn vị nào.", formats.cell)
    for column, result in enumerate(results, len(_FIXED)):
        _draw_column(canvas, sheet, column, result, units)
    fit_page(sheet, widths, (_HEAD_ROW, _HEAD_ROW))
    sheet.freeze_panes(_FIRST_ROW, 2)
    done(sheet.print_area(0, 0, last, last_column))


def _draw_heads(
    canvas: Canvas, sheet: Worksheet, results: tuple[IndicatorResult, ...], appendix_rows: dict[str, int]
) -> None:
    formats = canvas.formats
    for column, (head, _) in enumerate(_FIXED):
        done(sheet.write_string(_HEAD_ROW, column, head, formats.matrix_head))
    done(sheet.write_blank(_TOTAL_ROW, 0, None, formats.cell_centre))
    done(sheet.write_string(_TOTAL_ROW, 1, "Kết quả chung (Phụ lục 1)", formats.cell_bold))
    heads = []
    for column, result in enumerate(results, len(_FIXED)):
        indicator = result.indicator
        head = indicator.short or indicator.name
        unit = main_field(indicator).unit if indicator.measure is Measure.THRESHOLD else indicator.unit
        if unit and indicator.measure is not Measure.ATTAINED:
            head += f" ({unit})"
        heads.append((head, room(_VALUE_PX)))
        done(sheet.write_string(_HEAD_ROW, column, cell_text(head), formats.matrix_head))
        figure = rounded(result.value, indicator.decimals)
        formula = f"='{APPENDIX_1}'!$E${appendix_rows[indicator.code]}"
        forms = formats.result_percent if indicator.measure in _SHARES else formats.result
        form = forms[min(indicator.decimals, len(forms) - 1)]
        words = "Số liệu mâu thuẫn" if result.conflicts else "Chưa có số liệu"
        done(sheet.write_formula(_TOTAL_ROW, column, formula, form, words if figure is None else float(figure)))
    done(sheet.set_row(_HEAD_ROW, row_height(heads, LONG_POINTS, bold=True, least=2)))
    without = any(r.value is None for r in results)
    done(sheet.set_row(_TOTAL_ROW, row_height((), BODY_POINTS, least=2 if without else 1)))


def _draw_column(canvas: Canvas, sheet: Worksheet, column: int, result: IndicatorResult, units: list[str]) -> None:
    """One indicator's values, rounded like the common figure."""
    formats, decimals = canvas.formats, result.indicator.decimals
    form = formats.matrix[min(decimals, len(formats.matrix) - 1)]
    if result.indicator.measure is Measure.THRESHOLD:
        form = formats.matrix[0]
    elif result.indicator.measure is Measure.ATTAINED:
        form = formats.matrix_attained
    values = {f.unit: _own_value(result, f) for f in result.figures}
    expected, excused = frozenset(result.expected), frozenset(result.not_applicable)
    for row, unit in enumerate(units, _FIRST_ROW):
        value = rounded(values.get(unit), decimals)
        if unit not in expected:
            done(sheet.write_blank(row, column, None, formats.matrix_none))
        elif value is not None:
            done(sheet.write_number(row, column, float(value), form))
        else:
            mark = NOT_APPLICABLE_MARK if unit in excused else MISSING_MARK
            done(sheet.write_string(row, column, mark, formats.matrix_mark))
    if len(result.expected) > 1:
        done(sheet.conditional_format(_FIRST_ROW, column, _FIRST_ROW + len(units) - 1, column, _scale(result)))


def _own_value(result: IndicatorResult, figure: UnitFigure) -> Fraction | None:
    """What the unit's cell shows: its count where only a threshold makes it 100 or 0, else its value."""
    if result.indicator.measure is not Measure.THRESHOLD:
        return figure.value
    counts = (e.value for e in figure.entries if e.field == main_field(result.indicator).name)
    return next((Fraction(count) for count in counts if isinstance(count, Decimal)), None)


def _scale(result: IndicatorResult) -> dict[str, object]:
    """Red over yellow to green in the direction of the target; fixed ends where the values have a known end."""
    worst, best = POOR, GOOD
    if result.target is not None and result.target.comparator in (Comparator.AT_MOST, Comparator.BELOW):
        worst, best = best, worst
    scale: dict[str, object] = {"type": "3_color_scale", "min_color": worst, "mid_color": FAIR, "max_color": best}
    top = 100 if result.indicator.measure is Measure.ATTAINED else result.threshold
    if top:
        scale |= {"min_type": "num", "mid_type": "num", "max_type": "num"}
        scale |= {"min_value": 0, "mid_value": top / 2, "max_value": top}
    return scale
