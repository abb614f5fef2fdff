"""The sum behind a figure of Appendix 1, written out: the rule in words and the numbers that went in.

Says what consolidate.indicators computed, in its own numbers; rounds only through consolidate.rounding. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from consolidate.model import NO_FIGURE, IndicatorResult, UnitFigure
from consolidate.rounding import rounded, vietnamese
from consolidate.spelled import bound, joined, measured
from consolidate.spelled import exact as number
from plan.model import Aggregation, Indicator, Measure, Target
from plan.shown import shown_unit
from plan.words import ATTAINED
from validation.model import IndicatorEntry

_ABOUT = "≈"
_FEW = 6  # so many terms are written out; more stand in the table
_MOST_PLACES = 12  # beyond which a quotient stands as a fraction
_FINER = 4  # places beyond those of the figure that show how it was rounded

_RULES: dict[Aggregation, str] = {
    Aggregation.RATIO_OF_SUMS: (
        "Cộng tử số và cộng mẫu số của các đơn vị có số liệu rồi mới chia: 100 × tổng tử số / tổng mẫu số. "
        "Không lấy trung bình các tỷ lệ."
    ),
    Aggregation.SINGLE: (
        "Lấy đúng số của đơn vị chịu trách nhiệm báo cáo. Nhiều đơn vị báo số khác nhau thì không chọn số nào."
    ),
    Aggregation.SUM: "Cộng số của các đơn vị có số liệu.",
    Aggregation.WEIGHTED_MEAN: (
        "Bình quân có trọng số của các đơn vị có số liệu: tổng (số liệu × trọng số) / tổng trọng số."
    ),
}
_CHANGE_OF_RATIOS = (
    "Tỷ lệ hiện tại trừ tỷ lệ kỳ gốc; mỗi tỷ lệ bằng 100 × tổng tử số / tổng mẫu số của các đơn vị có số liệu."
)
_CHANGE_OF_VALUES = (
    "Số hiện tại trừ số kỳ gốc của đơn vị chịu trách nhiệm báo cáo. Nhiều đơn vị báo khác nhau thì không chọn số nào."
)


def rule_of(source: Indicator, result: IndicatorResult) -> str:
    """Return in words how the units' answers become the figure; `source` is the row that they answer."""
    if source.aggregation is Aggregation.DIFFERENCE:
        return _CHANGE_OF_RATIOS if _has_ratios(source) else _CHANGE_OF_VALUES
    if source.measure is Measure.ATTAINED:
        return f"Tỷ lệ đơn vị đạt: 100 × số đơn vị ghi “{ATTAINED}” / số đơn vị có số liệu."
    if source.measure is Measure.THRESHOLD:
        what = f"100 × số đơn vị đạt ngưỡng / số đơn vị có số liệu. {source.fields[0].label}"
        if result.threshold is None or result.target is None:
            return f"Tỷ lệ đơn vị đạt ngưỡng: {what}: văn bản không nêu ngưỡng nên không đơn vị nào được tính là đạt."
        what = f"{what} từ {result.threshold} trở lên là đạt (ngưỡng năm {result.target.year})"
        return f"Tỷ lệ đơn vị đạt ngưỡng: {what}."
    return _RULES[source.aggregation]


def working_of(source: Indicator, result: IndicatorResult) -> str:
    """Return the sum written out with its numbers, "100 × 1 / 8 = 12,5%", or why there is none."""
    if not result.figures:
        return "Chưa đơn vị nào có số liệu dùng được nên không có phép tính."
    if result.conflicts:
        return f"Không tính: {len(result.conflicts)} đơn vị báo số khác nhau cho cùng một số liệu."
    return f"{_sum(source, result)}{_result_text(result)}"


def _sum(source: Indicator, result: IndicatorResult) -> str:
    figures = result.figures
    if result.numerator is not None and result.denominator is not None:
        passed = " đơn vị đạt" if source.aggregation is Aggregation.SHARE else ""
        asked = " đơn vị có số liệu" if source.aggregation is Aggregation.SHARE else ""
        return f"100 × {number(result.numerator)}{passed} / {number(result.denominator)}{asked}"
    if source.aggregation is Aggregation.SUM:
        return _terms([_number(f, "value") for f in figures])
    if source.aggregation is Aggregation.WEIGHTED_MEAN:
        return _weighted(figures)
    if source.aggregation is Aggregation.DIFFERENCE:
        return _difference(source, figures)
    same = f" ({len(figures)} đơn vị báo cùng số này)" if len(figures) > 1 else ""
    return f"Số báo cáo {number(_number(figures[0], 'value'))}{same}"


def column_totals(source: Indicator, result: IndicatorResult) -> dict[str, Fraction]:
    """Return field name -> the sum over the units in the figure, for the fields that the rule adds up."""
    if source.aggregation is Aggregation.SUM:
        names = ["value"]
    elif source.aggregation is Aggregation.WEIGHTED_MEAN:
        names = ["weight"]
    elif source.aggregation is Aggregation.RATIO_OF_SUMS or _has_ratios(source):
        names = [f.name for f in source.fields if f.name.endswith(("numerator", "denominator"))]
    else:
        names = []
    return {n: sum((_number(f, n) for f in result.figures), Fraction(0)) for n in names}


def product(figure: UnitFigure) -> Fraction:
    """The value of one unit times its weight."""
    return _number(figure, "value") * _number(figure, "weight")


def figure_text(value: Fraction | None, indicator: Indicator) -> str:
    """Return a figure rounded as the plan says, with its unit of measure: "95,30%", "74,6 Tuổi"."""
    exact = rounded(value, indicator.decimals)
    return NO_FIGURE if exact is None else measured(vietnamese(exact), shown_unit(indicator))


def finer(value: Fraction, decimals: int) -> str:
    """Return `value` with so many more places than `decimals` that rounding it again leads to the same figure."""
    for places in range(decimals + _FINER, decimals + _MOST_PLACES):
        shown = rounded(value, places)
        if shown is not None and rounded(Fraction(shown), decimals) == rounded(value, decimals):
            return vietnamese(shown)
    return f"{value.numerator}/{value.denominator}"


def goal_text(result: IndicatorResult) -> str:
    """Return all targets of the year that the figure is held against: "≥ 90% và ≤ 110%"."""
    return bounds_text(result.indicator, [(t, Fraction(t.value)) for t in result.targets])


def bounds_text(indicator: Indicator, bounds: Sequence[tuple[Target, Fraction]]) -> str:
    """Return targets, or what they come to at a milestone, with their signs."""
    share = " số đơn vị" if indicator.measure in (Measure.THRESHOLD, Measure.ATTAINED) else ""
    unit = shown_unit(indicator)
    return joined([f"{bound(t.comparator, value, indicator.measure, unit)}{share}" for t, value in bounds])


def _result_text(result: IndicatorResult) -> str:
    """ "= 37,5%" where that is exact, else a finer value and how it is rounded."""
    value, indicator = result.value, result.indicator
    if value is None:
        return ": không tính được vì số chia không lớn hơn 0"
    shown = figure_text(value, indicator)
    if Fraction(rounded(value, indicator.decimals) or 0) == value:
        return f" = {shown}"
    places = f"{indicator.decimals} chữ số thập phân" if indicator.decimals else "số nguyên"
    text = number(value)
    text = f" ≈ {finer(value, indicator.decimals)}" if text.startswith(_ABOUT) else f" = {text}"
    return f"{text}, làm tròn đến {places}: {shown}"


def _has_ratios(source: Indicator) -> bool:
    return any(f.name == "current_numerator" for f in source.fields)


def _terms(values: Sequence[Fraction]) -> str:
    if len(values) > _FEW:
        return f"Cộng số của {len(values)} đơn vị trong bảng"
    return " + ".join(_term(v) for v in values)


def _term(value: Fraction) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _weighted(figures: Sequence[UnitFigure]) -> str:
    weight = sum((_number(f, "weight") for f in figures), Fraction(0))
    total = sum((product(f) for f in figures), Fraction(0))
    if len(figures) > _FEW:
        return f"{number(total)} / {number(weight)}"
    terms = [f"{_term(_number(f, 'value'))} × {number(_number(f, 'weight'))}" for f in figures]
    weights = _terms([_number(f, "weight") for f in figures])
    return f"({' + '.join(terms)}) / ({weights}) = {number(total)} / {number(weight)}"


def _difference(source: Indicator, figures: Sequence[UnitFigure]) -> str:
    if not _has_ratios(source):
        return f"{number(_number(figures[0], 'current'))} − {_term(_number(figures[0], 'baseline'))}"
    names = ("current_numerator", "current_denominator", "baseline_numerator", "baseline_denominator")
    now, of, before, of_before = (number(sum((_number(f, n) for f in figures), Fraction(0))) for n in names)
    return f"100 × {now} / {of} − 100 × {before} / {of_before}"


def _number(figure: UnitFigure, name: str) -> Fraction:
    return next(Fraction(e.value) for e in figure.entries if e.field == name and isinstance(e.value, Decimal))


def typed(entry: IndicatorEntry | None) -> Fraction | str | None:
    """Return what an entry holds, a number exact, None where it holds nothing."""
    if entry is None or entry.value is None:
        return None
    return Fraction(entry.value) if isinstance(entry.value, Decimal) else entry.value
