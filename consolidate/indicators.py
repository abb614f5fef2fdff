"""Appendix 1 for the whole plan: the units' entries become figures, in exact fractions.

A percentage is never averaged, missing is never zero, and a contradiction between reporters is shown,
not settled (DESIGN section 5). Pure; rounding happens only where a figure is written out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from consolidate.coverage import coverage
from consolidate.model import IndicatorResult, PastPeriod, TargetVerdict, UnitFigure
from consolidate.rounding import rounded
from plan.assignment import expand
from plan.model import Aggregation, Comparator, Indicator, Measure, Period, Plan, Target
from plan.words import ATTAINED, DataState
from validation.model import IndicatorEntry

_Entries = Mapping[str, IndicatorEntry]  # field name -> entry
_MONTHS = 12
_FINEST = 12  # decimals: finer than any quotient of people can need


def consolidate_indicators(
    plan: Plan, period: Period, entries: Sequence[IndicatorEntry], past: Sequence[PastPeriod] = ()
) -> tuple[IndicatorResult, ...]:
    """Return one result per row of Appendix 1, in printed order; `entries` are those of returns that count.

    `past`, nearest first, only tells how large the units are that are missing now.
    """
    by_row: dict[str, dict[str, dict[str, IndicatorEntry]]] = defaultdict(lambda: defaultdict(dict))
    for e in entries:
        by_row[e.row][e.unit][e.field] = e
    codes = {i.code: i for i in plan.indicators}
    results = (
        _consolidate(plan, period, i, codes[i.same_as or i.code], by_row.get(i.same_as or i.code, {}))
        for i in plan.indicators
    )
    like = [p for p in past if p.period.kind == period.kind]  # half a year's visits are no measure of a whole year's
    return tuple(replace(r, coverage=coverage(plan, r, like)) for r in results)


def target_for(indicator: Indicator, year: int) -> Target | None:
    """The target that a figure of `year` is held against: the next one due, or the last when all are past."""
    ahead = [t for t in indicator.targets if t.year >= year]
    return min(ahead, key=lambda t: t.year) if ahead else max(indicator.targets, key=lambda t: t.year, default=None)


def milestone_for(indicator: Indicator, target: Target | None, period: Period) -> Fraction | None:
    """The share of this year's target that falls to the end of `period`, by months; None where the plan says none.

    A period that closes the year is held to the target itself.
    """
    if not indicator.prorated or target is None or target.year != period.year or closes_year(period):
        return None
    return Fraction(target.value) * period.last.month / _MONTHS


def closes_year(period: Period) -> bool:
    """True when nothing of its year is reported after `period`: it may end on 31/12, or on 14/12 as offices close."""
    return period.last.month == _MONTHS


def meets(value: Fraction, target: Target, goal: Fraction | None = None) -> bool:
    """True when `value` reaches `target`, or `goal` in its place, in the target's own direction."""
    return keeps(value, target.comparator, Fraction(target.value) if goal is None else goal)


def keeps(value: Fraction, comparator: Comparator, level: Fraction) -> bool:
    """True when `value` is on the good side of `level`."""
    return {
        Comparator.AT_LEAST: value >= level,
        Comparator.ABOVE: value > level,
        Comparator.AT_MOST: value <= level,
        Comparator.BELOW: value < level,
    }[comparator]


def _consolidate(
    plan: Plan, period: Period, indicator: Indicator, source: Indicator, by_unit: Mapping[str, _Entries]
) -> IndicatorResult:
    """`source` is the row that units answer: the indicator itself, or the one whose figure it shows again."""
    expected = expand(plan, source.reporters)
    target = target_for(indicator, period.year)
    threshold = target.threshold if target else None
    not_applicable = tuple(u for u in expected if _says_not_applicable(by_unit.get(u, {})))
    figures = tuple(
        figure
        for u in expected
        if u not in not_applicable and (figure := _figure(u, source, by_unit.get(u, {}), threshold)) is not None
    )
    included = tuple(f.unit for f in figures)
    missing = tuple(u for u in expected if u not in included and u not in not_applicable)
    value, numerator, denominator, conflicts = _total(source, figures)
    bounds = tuple(t for t in indicator.targets if target is not None and t.year == target.year)
    milestones = tuple(m for t in bounds if (m := milestone_for(indicator, t, period)) is not None)
    reached = None if value is None or not bounds else all(meets(value, t) for t in bounds)
    on_track = None
    if value is not None and milestones:
        on_track = all(meets(value, t, m) for t, m in zip(bounds, milestones, strict=True))
    verdict = _verdict(period, bounds, _Judged(value, reached, bool(missing), indicator.prorated))
    if expected and len(not_applicable) == len(expected):
        verdict = TargetVerdict.NOT_APPLICABLE
    return IndicatorResult(
        indicator=indicator,
        value=value,
        numerator=numerator,
        denominator=denominator,
        mean_of_percentages=_mean(source, figures),
        target=target,
        threshold=threshold,
        verdict=verdict,
        reached=reached,
        estimated=any(f.estimated for f in figures),
        expected=expected,
        included=included,
        missing=missing,
        not_applicable=not_applicable,
        conflicts=conflicts,
        figures=figures,
        milestone=milestones[0] if milestones else None,
        on_track=on_track,
        targets=bounds,
        milestones=milestones,
        finer=finer(value, indicator.decimals, [*levels_of(bounds), *levels_of(bounds, milestones)]),
    )


def levels_of(
    bounds: Sequence[Target], milestones: Sequence[Fraction] | None = None
) -> list[tuple[Comparator, Fraction]]:
    """Return what `bounds` hold a figure to: their own values, or their `milestones` (none where there are none)."""
    values = [Fraction(t.value) for t in bounds] if milestones is None else milestones
    return [(t.comparator, value) for t, value in zip(bounds, values, strict=False)]


def finer(value: Fraction | None, decimals: int, levels: Sequence[tuple[Comparator, Fraction]]) -> int | None:
    """Return the fewest decimals that show on which side of every level a figure lies, None where its own do.

    Printed as 95,00, a figure of 94,996 that fails a target of 95 would look like a mistake.
    """
    if value is None:
        return None

    def shows(places: int) -> bool:
        seen = Fraction(rounded(value, places) or 0)
        return all(keeps(seen, sign, level) == keeps(value, sign, level) for sign, level in levels)

    if shows(decimals):
        return None
    return next((places for places in range(decimals + 1, _FINEST) if shows(places)), _FINEST)


def _says_not_applicable(fields: _Entries) -> bool:
    """A unit is out of the figure when a number of the row does not apply to it, with a reason that was accepted."""
    return any(e.state is DataState.NOT_APPLICABLE and not e.blocked for e in fields.values() if e.field != "evidence")


def _figure(unit: str, indicator: Indicator, fields: _Entries, threshold: int | None) -> UnitFigure | None:
    """Return the unit's own figure, or None while a part of it is missing or blocked."""
    needed = [f for f in indicator.fields if f.required]
    if any(f.name not in fields or fields[f.name].value is None or fields[f.name].blocked for f in needed):
        return None
    numbers = {n: Fraction(e.value) for n, e in fields.items() if isinstance(e.value, Decimal)}
    value, numerator, denominator = _own_value(indicator, fields, numbers, threshold)
    estimated = any(e.state is DataState.ESTIMATE for e in fields.values())
    return UnitFigure(
        unit,
        value,
        numerator,
        denominator,
        estimated,
        tuple(fields[f.name] for f in indicator.fields if f.name in fields),
    )


def _own_value(
    indicator: Indicator, fields: _Entries, numbers: Mapping[str, Fraction], threshold: int | None
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return (value in the unit of measure, numerator, denominator) of one unit."""
    measure = indicator.measure
    if measure is Measure.RATIO:
        numerator, denominator = numbers["numerator"], numbers["denominator"]
        return _percent(numerator, denominator), numerator, denominator
    if measure is Measure.CHANGE:
        return _change(numbers), None, None
    if measure is Measure.VALUE:
        return numbers["value"], None, None
    if measure is Measure.ATTAINED:
        yes = fields["attained"].value == ATTAINED
    else:
        yes = threshold is not None and numbers["count"] >= threshold
    return Fraction(100 if yes else 0), Fraction(int(yes)), Fraction(1)


def _percent(numerator: Fraction, denominator: Fraction) -> Fraction | None:
    return 100 * numerator / denominator if denominator > 0 else None


def _change(numbers: Mapping[str, Fraction]) -> Fraction | None:
    if "current" in numbers:
        return numbers["current"] - numbers["baseline"]
    current = _percent(numbers["current_numerator"], numbers["current_denominator"])
    baseline = _percent(numbers["baseline_numerator"], numbers["baseline_denominator"])
    return None if current is None or baseline is None else current - baseline


def _total(
    indicator: Indicator, figures: Sequence[UnitFigure]
) -> tuple[Fraction | None, Fraction | None, Fraction | None, tuple[str, ...]]:
    """Return (value, numerator, denominator, conflicting units) of the whole, by the plan's aggregation."""
    if not figures:
        return None, None, None, ()
    if indicator.aggregation in (Aggregation.RATIO_OF_SUMS, Aggregation.SHARE):
        numerator = sum((f.numerator or Fraction(0) for f in figures), Fraction(0))
        denominator = sum((f.denominator or Fraction(0) for f in figures), Fraction(0))
        return _percent(numerator, denominator), numerator, denominator, ()
    if indicator.aggregation is Aggregation.SUM:
        return sum((f.value for f in figures if f.value is not None), Fraction(0)), None, None, ()
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN:
        weights = [(_number(f, "value"), _number(f, "weight")) for f in figures]
        weighted, weight = sum(v * w for v, w in weights), sum((w for _, w in weights), Fraction(0))
        return (weighted / weight if weight > 0 else None), None, None, ()
    if indicator.aggregation is Aggregation.DIFFERENCE:
        return _total_change(figures)
    return _single(figures)


def _total_change(
    figures: Sequence[UnitFigure],
) -> tuple[Fraction | None, Fraction | None, Fraction | None, tuple[str, ...]]:
    """Change of ratios: difference of the two ratios of sums. Change of values has one responsible reporter."""
    if all(any(e.field == "current_numerator" for e in f.entries) for f in figures):
        names = ("baseline_numerator", "baseline_denominator", "current_numerator", "current_denominator")
        sums = {n: sum((_number(f, n) for f in figures), Fraction(0)) for n in names}
        return _change(sums), None, None, ()
    return _single(figures)


def _single(figures: Sequence[UnitFigure]) -> tuple[Fraction | None, None, None, tuple[str, ...]]:
    """One responsible reporter; two that disagree is a conflict to report, not a number to pick.

    Of a change both its numbers have to agree: 10 to 12 and 20 to 22 are not the same report.
    """
    said = {tuple(e.value for e in f.entries if isinstance(e.value, Decimal)) for f in figures}
    if len(said) == 1:
        return figures[0].value, None, None, ()
    return None, None, None, tuple(f.unit for f in figures)


def _number(figure: UnitFigure, name: str) -> Fraction:
    return next(Fraction(e.value) for e in figure.entries if e.field == name and isinstance(e.value, Decimal))


def _mean(indicator: Indicator, figures: Sequence[UnitFigure]) -> Fraction | None:
    """The mean of the units' percentages: shown beside the ratio of sums for comparison, never used."""
    if indicator.measure is not Measure.RATIO:
        return None
    values = [f.value for f in figures if f.value is not None]
    return sum(values, Fraction(0)) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a verdict is made from beside the targets: the figure and whether units are missing in it."""

    value: Fraction | None
    reached: bool | None
    incomplete: bool
    grows: bool  # within the year: it started at nothing and goes on


def _verdict(period: Period, bounds: Sequence[Target], figure: _Judged) -> TargetVerdict:
    """Judge only what can be judged: a later year's target is not yet due, an incomplete figure is no verdict.

    Within the target's own year a target already reached counts as reached, unless the figure goes on growing and
    must not grow over it; one not yet reached becomes "chưa đạt" in the period that closes the year, or as soon as
    a growing figure has passed what it must stay below.
    """
    if not bounds:
        return TargetVerdict.NO_TARGET
    year = bounds[0].year
    if figure.value is None or (figure.incomplete and year <= period.year):
        return TargetVerdict.NOT_ENOUGH_DATA
    if year > period.year:
        return TargetVerdict.NOT_YET_DUE
    is_over = closes_year(period) or period.year > year
    ceilings = [t for t in bounds if figure.grows and t.comparator in (Comparator.AT_MOST, Comparator.BELOW)]
    if figure.reached and (is_over or not ceilings):
        return TargetVerdict.REACHED
    if is_over or any(not meets(figure.value, t) for t in ceilings):
        return TargetVerdict.NOT_REACHED
    return TargetVerdict.NOT_YET_DUE
