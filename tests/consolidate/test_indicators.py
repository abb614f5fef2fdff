"""Appendix 1 arithmetic: exact, honest about what is missing, indifferent to order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from consolidate.indicators import closes_year, consolidate_indicators, meets, milestone_for, target_for
from consolidate.model import IndicatorResult, TargetVerdict
from plan.grammar import parse_fields, parse_targets
from plan.model import Aggregation, Assignment, Comparator, Indicator, Measure, Period, Plan
from plan.words import DataState
from tests import blank
from tests.blank import H1, YEAR
from validation.model import IndicatorEntry

UNITS = ("xa-a", "xa-b", "xa-c", "xa-d")
NUMBERS = st.integers(0, 10**6)
RATIO = "numerator [người]: Tử | denominator [người]: Mẫu"


def indicator(measure: Measure, aggregation: Aggregation, fields: str, targets: str = "2026 > 95") -> Indicator:
    return replace(
        blank.INDICATOR,
        name="Chỉ tiêu",
        measure=measure,
        aggregation=aggregation,
        fields=parse_fields(fields),
        targets=parse_targets(targets),
        reporters=(Assignment("@xa"),),
        short="X",
    )


def plan_of(*indicators: Indicator, units: tuple[str, ...] = UNITS) -> Plan:
    of = tuple(blank.unit(u, groups=("xa",), kind="xã") for u in units)
    return replace(blank.PLAN, indicators=indicators, units=of, digest="|".join(units))


def entry(
    unit: str,
    field: str,
    value: Decimal | str | int | None,
    state: DataState | None = None,
    *,
    blocked: bool = False,
) -> IndicatorEntry:
    exact = Decimal(value) if isinstance(value, int) else value
    return IndicatorEntry(f"{unit}.xlsx", unit, "X", field, exact, state, "", "Phụ lục 1", "H9", blocked)


def pair(unit: str, numerator: int, denominator: int) -> list[IndicatorEntry]:
    return [entry(unit, "numerator", numerator), entry(unit, "denominator", denominator)]


def only(plan: Plan, entries: list[IndicatorEntry], period: Period = H1) -> IndicatorResult:
    return consolidate_indicators(plan, period, entries)[0]


RATIO_PLAN = plan_of(indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4))
def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators(pairs: list[tuple[int, int]]) -> None:
    """The province's percentage is 100·Σn/Σd exactly; coverage names everyone who is not in it."""
    entries = [e for unit, (n, d) in zip(UNITS, pairs, strict=False) for e in pair(unit, n, d)]
    result = only(RATIO_PLAN, entries)
    total = sum(d for _, d in pairs)
    assert result.value == (Fraction(100 * sum(n for n, _ in pairs), total) if total else None)
    assert result.included == UNITS[: len(pairs)]
    assert result.missing == UNITS[len(pairs) :]


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 10**6)), min_size=4, max_size=4), st.permutations(range(8)))
def test_the_order_of_entries_changes_nothing(pairs: list[tuple[int, int]], order: list[int]) -> None:
    """Files come in any order; the figure does not depend on it."""
    entries = [e for unit, (n, d) in zip(UNITS, pairs, strict=True) for e in pair(unit, n, d)]
    assert only(RATIO_PLAN, [entries[i] for i in order]) == only(RATIO_PLAN, entries)


@given(NUMBERS, st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_splitting_a_unit_in_two_changes_no_ratio(n: int, d: int, n1: int, d1: int) -> None:
    """A commune that reports as two halves weighs what it weighed as one."""
    whole = only(RATIO_PLAN, pair("xa-a", n + n1, d + d1))
    halves = only(RATIO_PLAN, pair("xa-a", n, d) + pair("xa-b", n1, d1))
    assert whole.value == halves.value


def test_the_mean_of_percentages_stands_beside_and_never_in_place_of_the_ratio() -> None:
    """1/2 and 90/100: the province is at 91/102, not at the mean 70 %."""
    result = only(RATIO_PLAN, pair("xa-a", 1, 2) + pair("xa-b", 90, 100))
    assert result.value == Fraction(9100, 102)
    assert result.mean_of_percentages == 70


def test_half_a_pair_is_no_figure() -> None:
    """A numerator without its denominator is missing data, not a zero and not a part of the sum."""
    result = only(RATIO_PLAN, [*pair("xa-a", 50, 100), entry("xa-b", "numerator", 7)])
    assert result.value == 50
    assert result.missing == ("xa-b", "xa-c", "xa-d")


def test_a_blocked_entry_never_enters_a_figure() -> None:
    """A row with an error counts as missing however good its other cells look."""
    spoilt = [entry("xa-b", "numerator", 9, blocked=True), entry("xa-b", "denominator", 10, blocked=True)]
    result = only(RATIO_PLAN, pair("xa-a", 50, 100) + spoilt)
    assert (result.numerator, result.denominator) == (Fraction(50), Fraction(100))
    assert result.included == ("xa-a",)


def test_not_applicable_is_neither_missing_nor_zero() -> None:
    """A unit that is out of an indicator with a reason does not hold the verdict up."""
    out = [entry("xa-d", f, None, DataState.NOT_APPLICABLE) for f in ("numerator", "denominator")]
    rest = [e for u in UNITS[:3] for e in pair(u, 97, 100)]
    result = only(RATIO_PLAN, rest + out)
    assert result.not_applicable == ("xa-d",)
    assert result.missing == ()
    assert result.verdict is TargetVerdict.REACHED


def test_a_verdict_waits_for_all_units_and_for_its_year() -> None:
    """đạt / chưa đủ số liệu / chưa đến hạn / chưa đạt, each only when it can be said."""
    low = [e for u in UNITS for e in pair(u, 94, 100)]
    high = [e for u in UNITS for e in pair(u, 96, 100)]
    assert only(RATIO_PLAN, high).verdict is TargetVerdict.REACHED
    assert only(RATIO_PLAN, high[:-2]).verdict is TargetVerdict.NOT_ENOUGH_DATA
    assert only(RATIO_PLAN, high[:-2]).reached is True
    assert only(RATIO_PLAN, low).verdict is TargetVerdict.NOT_YET_DUE
    assert only(RATIO_PLAN, low, YEAR).verdict is TargetVerdict.NOT_REACHED
    assert only(RATIO_PLAN, []).verdict is TargetVerdict.NOT_ENOUGH_DATA
    later = plan_of(indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, "2030 >= 95"))
    assert only(later, high, YEAR).verdict is TargetVerdict.NOT_YET_DUE
    aimless = replace(RATIO_PLAN, indicators=(replace(RATIO_PLAN.indicators[0], targets=()),))
    assert only(aimless, high).verdict is TargetVerdict.NO_TARGET


def test_a_target_above_is_not_met_by_its_own_value() -> None:
    """ ">95" is not "≥95": 95,00 % exactly does not reach it, and rounding cannot lift a figure over it."""
    above, at_least = parse_targets("2026 > 95; 2030 >= 95")
    assert not meets(Fraction(95), above)
    assert meets(Fraction(95), at_least)
    assert not meets(Fraction(94_999_999, 1_000_000), at_least)
    assert meets(Fraction(10), parse_targets("2026 <= 10")[0])
    assert not meets(Fraction(10), parse_targets("2026 < 10")[0])


def test_the_target_in_force_is_the_next_one_due() -> None:
    """In 2026 the goal is 2026's, in 2027 already 2030's, after 2030 the last one stays."""
    row = indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, "2026 > 95; 2030 >= 100")
    years = {year: target.year for year in (2026, 2027, 2031) if (target := target_for(row, year))}
    assert years == {2026: 2026, 2027: 2030, 2031: 2030}


def test_a_threshold_counts_units_that_reach_that_years_number() -> None:
    """4 doctors are enough in 2027 and one too few in 2030."""
    row = indicator(Measure.THRESHOLD, Aggregation.SHARE, "count: Bác sĩ", "2027 >= 100 @4; 2030 >= 100 @5")
    entries = [entry(u, "count", n) for u, n in zip(UNITS, (3, 4, 5, 6), strict=True)]
    assert only(plan_of(row), entries).value == 75
    in_2030 = Period("2030-Y", 2030, "Y", date(2030, 1, 1), date(2030, 12, 31), None, "")
    assert only(plan_of(row), entries, in_2030).value == 50


def test_attained_is_the_share_of_units_that_say_so() -> None:
    """Evidence is no part of the figure."""
    row = indicator(Measure.ATTAINED, Aggregation.SHARE, "attained: Đạt chưa? | evidence: Minh chứng")
    entries = [entry(u, "attained", w) for u, w in zip(UNITS, ("Đạt", "Chưa đạt", "Đạt", "Đạt"), strict=True)]
    entries += [entry(u, "evidence", None) for u in UNITS]
    assert only(plan_of(row), entries).value == 75


def test_a_change_of_ratios_is_the_difference_of_two_ratios_of_sums() -> None:
    """Percentage points, from four sums."""
    fields = "baseline_numerator: a | baseline_denominator: b | current_numerator: c | current_denominator: d"
    row = indicator(Measure.CHANGE, Aggregation.DIFFERENCE, fields)
    names = ("baseline_numerator", "baseline_denominator", "current_numerator", "current_denominator")
    first = [entry("xa-a", f, v) for f, v in zip(names, (1, 4, 3, 4), strict=True)]
    second = [entry("xa-b", f, v) for f, v in zip(names, (30, 100, 35, 100), strict=True)]
    assert only(plan_of(row), first + second).value == 100 * (Fraction(38, 104) - Fraction(31, 104))


def test_two_reporters_of_one_figure_that_disagree_are_a_conflict() -> None:
    """Neither number is picked; both reporters are named. Two that agree are one figure."""
    row = indicator(Measure.VALUE, Aggregation.SINGLE, "value: Tuổi thọ")
    disagree = only(plan_of(row), [entry("xa-a", "value", Decimal("75.1")), entry("xa-b", "value", Decimal("75.2"))])
    assert (disagree.value, disagree.conflicts) == (None, ("xa-a", "xa-b"))
    agree = only(plan_of(row), [entry("xa-a", "value", Decimal("75.1")), entry("xa-b", "value", Decimal("75.10"))])
    assert (agree.value, agree.conflicts) == (Fraction(751, 10), ())


@given(st.lists(st.tuples(NUMBERS, st.integers(1, 1000)), min_size=1, max_size=4))
def test_a_weighted_mean_weighs(pairs: list[tuple[int, int]]) -> None:
    """Σ value·weight / Σ weight, exactly."""
    row = indicator(Measure.VALUE, Aggregation.WEIGHTED_MEAN, "value: v | weight: w")
    entries = [
        e for u, (v, w) in zip(UNITS, pairs, strict=False) for e in (entry(u, "value", v), entry(u, "weight", w))
    ]
    expected = Fraction(sum(v * w for v, w in pairs), sum(w for _, w in pairs))
    assert only(plan_of(row), entries).value == expected


def test_an_estimate_marks_the_figure() -> None:
    """One "Ước" among the entries makes the total an estimate."""
    entries = [*pair("xa-a", 1, 2), entry("xa-b", "numerator", 1, DataState.ESTIMATE), entry("xa-b", "denominator", 2)]
    assert only(RATIO_PLAN, entries).estimated
    assert not only(RATIO_PLAN, pair("xa-a", 1, 2)).estimated


def test_an_own_number_below_no_denominator_is_no_percentage() -> None:
    """0 of 0 is reported and counted in, and neither a division nor a 0 %."""
    result = only(RATIO_PLAN, pair("xa-a", 0, 0) + pair("xa-b", 9, 10))
    assert result.value == result.mean_of_percentages == 90
    assert result.included == ("xa-a", "xa-b")
    alone = only(RATIO_PLAN, pair("xa-a", 0, 0))
    assert (alone.value, alone.numerator, alone.denominator, alone.verdict) == (
        None,
        Fraction(0),
        Fraction(0),
        TargetVerdict.NOT_ENOUGH_DATA,
    )


def test_a_change_that_two_reporters_begin_elsewhere_is_a_conflict() -> None:
    """10 to 12 and 20 to 22 both rose by 2, and yet contradict each other about what there was."""
    row = indicator(Measure.CHANGE, Aggregation.DIFFERENCE, "baseline: a | current: b")

    def said(unit: str, baseline: int, current: int) -> list[IndicatorEntry]:
        return [entry(unit, "baseline", baseline), entry(unit, "current", current)]

    differing = only(plan_of(row), said("xa-a", 10, 12) + said("xa-b", 20, 22))
    assert (differing.value, differing.conflicts) == (None, ("xa-a", "xa-b"))
    assert only(plan_of(row), said("xa-a", 10, 12) + said("xa-b", 10, 12)).value == 2


Q1 = Period("2026-Q1", 2026, "Q1", date(2026, 1, 1), date(2026, 3, 31), None, "")
Q3 = Period("2026-Q3", 2026, "Q3", date(2026, 7, 1), date(2026, 9, 30), None, "")
CLOSED_EARLY = Period("2026-Y", 2026, "Y", date(2026, 1, 1), date(2026, 12, 14), None, "")


def prorated(targets: str) -> Indicator:
    """A sum that starts at nothing every year."""
    return replace(indicator(Measure.VALUE, Aggregation.SUM, "value: Số ca", targets), prorated=True)


def test_a_period_is_held_to_its_share_of_the_year() -> None:
    """3, 6 and 9 twelfths of this year's target; the year itself, a later target and other rows have no milestone."""
    row = prorated("2026 >= 100; 2030 >= 500")
    target = target_for(row, 2026)
    assert [milestone_for(row, target, p) for p in (Q1, H1, Q3)] == [25, 50, 75]
    assert [milestone_for(row, target, p) for p in (YEAR, CLOSED_EARLY)] == [None, None]
    assert milestone_for(row, target_for(row, 2030), H1) is None
    assert milestone_for(replace(row, prorated=False), target, H1) is None
    assert milestone_for(row, None, H1) is None


def test_on_track_compares_with_the_milestone_in_the_direction_of_the_target() -> None:
    """50 of 100 by June is on the way and has not reached; of a number to stay below 50 is already too many."""
    for targets, said in (
        ("2026 >= 100", {49: False, 50: True}),
        ("2026 > 100", {50: False, 51: True}),
        ("2026 <= 100", {50: True, 51: False}),
        ("2026 < 100", {49: True, 50: False}),
    ):
        for number, on_track in said.items():
            assert only(plan_of(prorated(targets)), [entry("xa-a", "value", number)]).on_track is on_track
    assert only(plan_of(prorated("2026 >= 100")), []).on_track is None
    assert only(plan_of(prorated("2026 >= 100")), [entry("xa-a", "value", 99)], YEAR).on_track is None


def test_what_goes_on_growing_has_not_stayed_below_before_the_year_is_over() -> None:
    """3 of at most 10 cases by June is no "đạt"; in December it is. What had to be reached stays reached."""
    few = [entry(u, "value", n) for u, n in zip(UNITS, (1, 1, 1, 0), strict=True)]
    at_most, at_least = plan_of(prorated("2026 <= 10")), plan_of(prorated("2026 >= 3"))
    assert [only(at_most, few, p).verdict for p in (H1, YEAR)] == [TargetVerdict.NOT_YET_DUE, TargetVerdict.REACHED]
    assert only(at_most, few).reached is True
    assert only(at_least, few).verdict is TargetVerdict.REACHED
    level = replace(at_most, indicators=(replace(at_most.indicators[0], prorated=False),))
    assert only(level, few).verdict is TargetVerdict.REACHED


def test_the_report_that_closes_the_year_decides_whatever_its_last_day() -> None:
    """A year that is closed on 14/12, as Nghị định 09/2019/NĐ-CP has it, is as over as one of 31/12."""
    low = [e for u in UNITS for e in pair(u, 94, 100)]
    assert [closes_year(p) for p in (H1, Q3, CLOSED_EARLY, YEAR)] == [False, False, True, True]
    assert only(RATIO_PLAN, low, CLOSED_EARLY).verdict is TargetVerdict.NOT_REACHED


def test_two_targets_of_one_year_both_have_to_hold() -> None:
    """Between 90 and 110: neither bound is passed over."""
    band = plan_of(indicator(Measure.VALUE, Aggregation.SUM, "value: Số", "2026 >= 90; 2026 <= 110"))
    said = {
        n: only(band, [entry(u, "value", n if u == "xa-a" else 0) for u in UNITS], YEAR).verdict for n in (89, 100, 111)
    }
    assert said == {89: TargetVerdict.NOT_REACHED, 100: TargetVerdict.REACHED, 111: TargetVerdict.NOT_REACHED}


def test_weights_that_come_to_nothing_are_no_mean() -> None:
    """Neither a division by zero nor a mean turned over by a negative weight."""
    row = indicator(Measure.VALUE, Aggregation.WEIGHTED_MEAN, "value: v | weight: w")
    for weights in ((0, 0), (5, -5), (2, -5)):
        entries = [
            e for u, w in zip(UNITS, weights, strict=False) for e in (entry(u, "value", 7), entry(u, "weight", w))
        ]
        assert only(plan_of(row), entries).value is None


def test_a_growing_figure_that_has_passed_its_ceiling_need_not_wait_for_december() -> None:
    """36 of at most 10 cases by June cannot become fewer; a lower bound beside it changes nothing in that."""
    many = [entry(u, "value", 9) for u in UNITS]
    for targets in ("2026 <= 10", "2026 >= 50; 2026 <= 10"):
        assert only(plan_of(prorated(targets)), many).verdict is TargetVerdict.NOT_REACHED
    assert only(plan_of(prorated("2026 >= 50; 2026 <= 100")), many).verdict is TargetVerdict.NOT_YET_DUE
    assert only(plan_of(prorated("2026 <= 10")), many[:3]).verdict is TargetVerdict.NOT_ENOUGH_DATA


def test_a_figure_whose_rounding_hides_its_side_of_a_bound_says_how_fine_to_look() -> None:
    """94,996 is printed 95,00 and fails a target of 95: three decimals show why. Elsewhere its own decimals do."""
    row = replace(indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, "2026 >= 95"), decimals=2)
    finer = [only(plan_of(row), pair("xa-a", n, 100_000)).finer for n in (94_996, 94_990, 95_000, 95_004)]
    assert finer == [3, None, None, None]
    above = replace(row, targets=(replace(row.targets[0], comparator=Comparator.ABOVE),))
    assert only(plan_of(above), pair("xa-a", 95_004, 100_000)).finer == 3
    assert only(plan_of(row), []).finer is None


def test_all_bounds_of_the_year_and_their_shares_are_handed_on() -> None:
    """Whoever prints one of two targets prints a verdict that nobody understands."""
    result = only(plan_of(prorated("2026 >= 20; 2026 <= 30; 2030 >= 90")), [entry("xa-a", "value", 5)])
    assert [(t.comparator.value, int(t.value)) for t in result.targets] == [(">=", 20), ("<=", 30)]
    assert [result.milestone, *result.milestones] == [10, 10, 15]
