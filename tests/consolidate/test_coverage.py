"""Coverage: how much of those who should be in a figure are in it, in people where anybody knows how many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from consolidate.indicators import consolidate_indicators
from consolidate.model import Coverage, CoverageBasis
from consolidate.past import past_periods
from plan.model import Aggregation, Assignment, Measure, Period, Plan
from plan.words import DataState
from tests.blank import H1, YEAR
from tests.consolidate.test_indicators import RATIO, RATIO_PLAN, UNITS, entry, indicator, pair, plan_of
from validation.model import Earlier, IndicatorEntry

PEOPLE = dict(zip(UNITS, (90_000, 5_000, 3_000, 2_000), strict=True))
SUM = indicator(Measure.VALUE, Aggregation.SUM, "value: Số")


def peopled(plan: Plan, people: dict[str, int]) -> Plan:
    """The plan with the populations that are known."""
    return replace(plan, units=tuple(replace(u, population=people.get(u.id)) for u in plan.units))


def covered(plan: Plan, now: list[IndicatorEntry], *before: list[IndicatorEntry]) -> Coverage:
    """The coverage of the one row; `before` are earlier half-years, nearest first."""
    halves = (replace(H1, year=2025), replace(H1, year=2024))
    past = past_periods(plan, [Earlier(p, tuple(e), ()) for p, e in zip(halves, before, strict=False)])
    return consolidate_indicators(plan, H1, now, past)[0].coverage


def test_ten_small_communes_are_not_one_city() -> None:
    """Three of four units, and one person in ten."""
    rest = [e for u in UNITS[1:] for e in pair(u, 1, 2)]
    assert covered(peopled(RATIO_PLAN, PEOPLE), rest) == Coverage(CoverageBasis.POPULATION, Fraction(1, 10))


def test_one_unknown_population_makes_people_no_measure() -> None:
    """Nothing is guessed for it: the units are counted, all alike."""
    known = {u: n for u, n in PEOPLE.items() if u != "xa-d"}
    assert covered(peopled(plan_of(SUM), known), [entry("xa-a", "value", 1)]) == Coverage(
        CoverageBasis.UNITS, Fraction(1, 4)
    )


def test_a_missing_unit_weighs_what_its_denominator_was_in_the_nearest_period() -> None:
    """300 now and 100 a year ago: three quarters; what it was before that does not matter."""
    three = [e for u in UNITS[:3] for e in pair(u, 1, 100)]
    nearest, older = pair("xa-d", 5, 100), pair("xa-d", 5, 900)
    assert covered(RATIO_PLAN, three, nearest, older) == Coverage(CoverageBasis.DENOMINATOR, Fraction(300, 400))
    assert covered(RATIO_PLAN, three, [], older) == Coverage(CoverageBasis.DENOMINATOR, Fraction(300, 1200))
    assert covered(RATIO_PLAN, three) == Coverage(CoverageBasis.UNITS, Fraction(3, 4))


def test_a_present_unit_weighs_what_it_says_now() -> None:
    """An older denominator never stands in for one that has been reported."""
    now = pair("xa-a", 1, 300)
    before = [e for u in UNITS for e in pair(u, 1, 100)]
    assert covered(RATIO_PLAN, now, before) == Coverage(CoverageBasis.DENOMINATOR, Fraction(300, 600))


def test_half_a_year_is_not_weighed_with_whole_years() -> None:
    """Visits of a whole year are no measure of how many half a year lacks."""
    year = Earlier(replace(YEAR, year=2025), tuple(e for u in UNITS for e in pair(u, 1, 100)), ())
    (result,) = consolidate_indicators(RATIO_PLAN, H1, pair("xa-a", 1, 300), past_periods(RATIO_PLAN, [year]))
    assert result.coverage == Coverage(CoverageBasis.UNITS, Fraction(1, 4))


def test_denominators_of_nothing_are_no_measure() -> None:
    """All that have reported have nobody: then units are counted."""
    none = [e for u in UNITS for e in pair(u, 0, 0)]
    assert covered(RATIO_PLAN, none) == Coverage(CoverageBasis.UNITS, Fraction(1))


def test_whom_it_does_not_concern_is_no_part_of_the_whole() -> None:
    """The city says that it does not apply: the three others are all there are."""
    out = [entry("xa-a", f, None, DataState.NOT_APPLICABLE) for f in ("numerator", "denominator")]
    plan = peopled(RATIO_PLAN, PEOPLE)
    assert covered(plan, out + pair("xa-b", 1, 2)) == Coverage(CoverageBasis.POPULATION, Fraction(5_000, 10_000))
    everyone = [entry(u, f, None, DataState.NOT_APPLICABLE) for u in UNITS for f in ("numerator", "denominator")]
    assert covered(plan, everyone) == Coverage(CoverageBasis.UNITS, None)


def test_nothing_in_is_nothing_covered() -> None:
    """0 of all people, and 0 of all units where people are not known."""
    assert covered(peopled(RATIO_PLAN, PEOPLE), []) == Coverage(CoverageBasis.POPULATION, Fraction(0))
    assert covered(RATIO_PLAN, []) == Coverage(CoverageBasis.UNITS, Fraction(0))


def test_the_people_of_a_single_reporter_say_nothing() -> None:
    """Whoever answers for the whole province alone is one unit of one, whatever lives at its address."""
    alone = plan_of(replace(SUM, reporters=(Assignment("xa-d"),)))
    assert covered(peopled(alone, PEOPLE), [entry("xa-d", "value", 1)]) == Coverage(CoverageBasis.UNITS, Fraction(1))


def test_a_row_that_shows_another_is_covered_as_that_one() -> None:
    """The same figure against a later target has the same coverage, from now and from before."""
    shown_again = replace(indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO), code="LATER", same_as="X")
    plan = plan_of(RATIO_PLAN.indicators[0], shown_again)
    period: Period = replace(H1, year=2025)
    past = past_periods(plan, [Earlier(period, tuple(e for u in UNITS for e in pair(u, 1, 50)), ())])
    one, other = consolidate_indicators(plan, H1, pair("xa-a", 1, 50), past)
    assert one.coverage == other.coverage == Coverage(CoverageBasis.DENOMINATOR, Fraction(1, 4))
