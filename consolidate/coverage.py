"""How much of the whole a figure covers, in people where anybody knows how many (DESIGN section 5).

Ten small communes that are missing are not one city that is. Only known numbers are used: where one is unknown
the units themselves are counted. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from consolidate.model import Coverage, CoverageBasis, IndicatorResult, PastPeriod
from consolidate.rounding import rounded
from plan.model import Aggregation, Plan

COVERAGE_WORDS: dict[CoverageBasis, str] = {
    CoverageBasis.POPULATION: "dân số",
    CoverageBasis.DENOMINATOR: "mẫu số",
    CoverageBasis.UNITS: "số đơn vị",
}


def coverage(plan: Plan, result: IndicatorResult, past: Sequence[PastPeriod]) -> Coverage:
    """Return the covered share of population, else of the denominator, else of the units.

    `past` are earlier periods of the same kind as the result's, nearest first.
    """
    if not result.included and not result.missing:
        return Coverage(CoverageBasis.UNITS, None)
    people = {u.id: Fraction(u.population) for u in plan.units if u.population is not None}
    known = _share(result, people)
    if known is not None and len(result.expected) > 1:
        return Coverage(CoverageBasis.POPULATION, known)
    known = _share(result, _denominators(result, past))
    if known is not None:
        return Coverage(CoverageBasis.DENOMINATOR, known)
    units = len(result.included) + len(result.missing)
    return Coverage(CoverageBasis.UNITS, Fraction(len(result.included), units))


def shown_percent(share: Fraction) -> Decimal:
    """Return a share as percent with one decimal, never 100 while a unit is missing, nor 0 while one is in.

    >>> shown_percent(Fraction(99_997, 100_000)), shown_percent(Fraction(1))
    (Decimal('99.9'), Decimal('100.0'))
    """
    shown = rounded(100 * share, 1) or Decimal(0)
    return min(max(shown, Decimal("0.1")), Decimal("99.9")) if 0 < share < 1 else shown


def _share(result: IndicatorResult, size: Mapping[str, Fraction]) -> Fraction | None:
    """The share of the included units in `size` of all that should be in; None where one size is unknown."""
    units = (*result.included, *result.missing)
    if any(u not in size for u in units):
        return None
    whole = sum((size[u] for u in units), Fraction(0))
    return sum((size[u] for u in result.included), Fraction(0)) / whole if whole else None


def _denominators(result: IndicatorResult, past: Sequence[PastPeriod]) -> dict[str, Fraction]:
    """Unit -> denominator: this period's where the unit is in the figure, else that of the nearest one that has it."""
    if result.indicator.aggregation is not Aggregation.RATIO_OF_SUMS:
        return {}
    before = [p.indicators.get(result.indicator.code) for p in reversed(past)]
    shown = [f for r in (*before, result) if r is not None for f in r.figures]
    return {f.unit: f.denominator for f in shown if f.denominator is not None}
