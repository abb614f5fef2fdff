"""Earlier periods: put together by one rule, compared only where both figures measure the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from consolidate.model import Consolidation, OverallStatus
from consolidate.past import Compared, TrendPoint, changes, compared_periods, past_periods, past_targets, trend
from consolidate.past import before as before_now
from consolidate.run import consolidate
from plan.grammar import parse_targets
from plan.model import Aggregation, CalendarEntry, Indicator, Measure, Period, Plan
from plan.words import DataState, TaskStatus
from tests.consolidate.test_indicators import RATIO, UNITS, entry, indicator, pair, plan_of
from tests.consolidate.test_tasks import plan_with, report
from validation.model import Checked, Earlier, IndicatorEntry

CALENDAR = (CalendarEntry("H1", (1, 1), (6, 30), None), CalendarEntry("Y", (1, 1), (12, 31), None))
NOON = datetime(2027, 6, 12, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROW = indicator(Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO)


def period(name: str) -> Period:
    """One of the calendar above, by its id."""
    year, kind = name.split("-")
    last = (6, 30) if kind == "H1" else (12, 31)
    return Period(name, int(year), kind, date(int(year), 1, 1), date(int(year), *last), None, f"kỳ {name}")


def run_of(
    now: list[IndicatorEntry], before: dict[str, list[IndicatorEntry]], row: Indicator = ROW, name: str = "2027-H1"
) -> Consolidation:
    """What came in now, and what the ledger has of earlier periods, nearest first."""
    plan = replace(plan_of(row), calendar=CALENDAR)
    earlier = [Earlier(period(p), tuple(entries), ()) for p, entries in before.items()]
    return consolidate(plan, period(name), NOON, Checked((), (), tuple(now), ()), earlier)


def test_a_figure_is_compared_with_the_period_before_and_the_same_one_last_year() -> None:
    """Both differences are this figure minus that one."""
    before = {"2026-Y": pair("xa-a", 60, 100), "2026-H1": pair("xa-a", 50, 100), "2025-Y": pair("xa-a", 1, 100)}
    run = run_of(pair("xa-a", 55, 100), before)
    told = [(c.compared, c.period.id, c.value, c.difference) for c in changes(run, run.indicators[0])]
    assert told == [
        (Compared.PREVIOUS, "2026-Y", Fraction(60), Fraction(-5)),
        (Compared.LAST_YEAR, "2026-H1", Fraction(50), Fraction(5)),
    ]


def test_a_yearly_plan_has_one_comparison_and_not_the_same_twice() -> None:
    """The period before a year is the same period last year."""
    run = run_of(pair("xa-a", 55, 100), {"2026-Y": pair("xa-a", 60, 100)}, name="2027-Y")
    run = replace(run, plan=replace(run.plan, calendar=CALENDAR[1:]))
    assert [(c.value, p.period.id) for c, p in compared_periods(run).items()] == [("last_year", "2026-Y")]


def test_a_period_that_was_not_stored_is_not_replaced_by_an_older_one() -> None:
    """With nothing of 2026-Y, 2025-Y is no "kỳ trước"."""
    run = run_of(pair("xa-a", 55, 100), {"2025-Y": pair("xa-a", 60, 100)})
    assert compared_periods(run) == {}
    assert changes(run, run.indicators[0]) == ()


def test_no_figure_is_no_change() -> None:
    """Neither from nothing nor to nothing: an absent figure is not a zero."""
    before = {"2026-Y": [entry("xa-a", "numerator", 5)], "2026-H1": pair("xa-a", 50, 100)}
    run = run_of(pair("xa-a", 55, 100), before)
    assert [c.period.id for c in changes(run, run.indicators[0])] == ["2026-H1"]
    silent = run_of([], before)
    assert changes(silent, silent.indicators[0]) == ()


@pytest.mark.parametrize(("units", "same"), [(("xa-a", "xa-b"), True), (("xa-a",), False), (("xa-a", "xa-c"), False)])
def test_a_change_says_when_others_reported(units: tuple[str, ...], same: bool) -> None:
    """Part of a change may be who is in it."""
    then = [e for u in units for e in pair(u, 50, 100)]
    now = pair("xa-b", 60, 100) + pair("xa-a", 60, 100)
    run = run_of(now, {"2026-H1": then})
    assert [c.same_units for c in changes(run, run.indicators[0])] == [same]


def test_the_difference_is_that_of_the_printed_figures() -> None:
    """33,33 minus 33,3 on paper is what the sheet says, whatever the thirds behind it."""
    run = run_of(pair("xa-a", 2, 3), {"2026-H1": pair("xa-a", 1, 3)})
    (change,) = changes(run, run.indicators[0])
    assert (change.value, change.difference) == (Fraction(100, 3), Fraction("66.67") - Fraction("33.33"))


def test_half_a_year_is_not_held_against_a_whole_one_where_the_count_starts_anew() -> None:
    """40 by June after 90 in all of last year is no fall of 50; the same months of last year are a comparison."""
    row = replace(indicator(Measure.VALUE, Aggregation.SUM, "value: Số ca"), prorated=True)
    before = {"2026-Y": [entry("xa-a", "value", 90)], "2026-H1": [entry("xa-a", "value", 35)]}
    run = run_of([entry("xa-a", "value", 40)], before, row)
    assert [(c.compared, c.difference) for c in changes(run, run.indicators[0])] == [(Compared.LAST_YEAR, Fraction(5))]
    level = run_of([entry("xa-a", "value", 40)], before, replace(row, prorated=False))
    assert len(changes(level, level.indicators[0])) == 2
    same_year = run_of([entry("xa-a", "value", 90)], {"2027-H1": [entry("xa-a", "value", 40)]}, row, "2027-Y")
    assert [c.difference for c in changes(same_year, same_year.indicators[0])] == [50]


def test_shares_above_different_thresholds_are_not_subtracted() -> None:
    """From 2028 five doctors are asked where four were: fewer reach it, and nobody has got worse."""
    row = indicator(Measure.THRESHOLD, Aggregation.SHARE, "count: Bác sĩ", "2027 >= 100 @4; 2030 >= 100 @5")
    doctors = [entry(u, "count", 4) for u in UNITS]
    run = run_of(doctors, {"2027-Y": doctors, "2027-H1": doctors}, row, "2028-H1")
    assert [r.value for r in (run.indicators[0], run.past[0].indicators["X"])] == [0, 100]
    assert changes(run, run.indicators[0]) == ()
    alike = run_of(doctors, {"2026-H1": doctors}, row)
    assert [c.difference for c in changes(alike, alike.indicators[0])] == [0]


def test_a_trend_runs_from_the_oldest_to_now_with_its_gaps() -> None:
    """A period without a figure is a gap, and an estimate is marked as one."""
    guessed = [replace(e, state=DataState.ESTIMATE) for e in pair("xa-a", 60, 100)]
    run = run_of(pair("xa-a", 55, 100), {"2026-Y": guessed, "2026-H1": [], "2025-Y": pair("xa-b", 1, 2)})
    assert trend(run, run.indicators[0]) == (
        TrendPoint(period("2025-Y"), Fraction(50), 1, 4, estimated=False),
        TrendPoint(period("2026-H1"), None, 0, 4, estimated=False),
        TrendPoint(period("2026-Y"), Fraction(60), 1, 4, estimated=True),
        TrendPoint(period("2027-H1"), Fraction(55), 1, 4, estimated=False),
    )


def test_earlier_periods_are_put_together_by_the_plan_of_today() -> None:
    """A unit that has been merged away is in no figure of it, nor among those who reported."""
    plan = replace(plan_of(ROW), calendar=CALENDAR)
    entries = (*pair("xa-a", 1, 2), *pair("xa-cu", 1, 1))
    (past,) = past_periods(plan, [Earlier(period("2026-H1"), entries, ())])
    assert past.indicators["X"].value == 50
    assert (past.indicators["X"].included, past.reported) == (("xa-a",), 1)


def test_a_task_of_the_past_stands_as_on_the_last_day_of_its_period() -> None:
    """Due in March, still open by June: overdue in that period, whatever today is."""
    plan: Plan = replace(plan_with(leads="xa-a", due="by 2026-03"), calendar=CALENDAR)
    doing = report("xa-a", TaskStatus.IN_PROGRESS, 30)
    (past,) = past_periods(plan, [Earlier(period("2026-H1"), (), (doing,))])
    task = past.tasks["NV-I-1"]
    assert (task.overdue, task.progress, past.reported) == (True, Fraction(Decimal(30)), 1)


def test_a_target_whose_year_is_over_is_told_with_the_figure_of_that_year() -> None:
    """The province asks for 2026 though 2030 is what the figure is now held against."""
    row = replace(ROW, targets=parse_targets("2025 >= 50; 2026 > 95; 2030 >= 100"))
    before = {"2026-Y": [e for u in UNITS for e in pair(u, 94, 100)], "2026-H1": pair("xa-a", 99, 100)}
    run = run_of(pair("xa-a", 96, 100), before, row)
    told = [
        (p.target.year, p.period.id if p.period else "", p.value, p.included, p.expected, p.reached)
        for p in past_targets(run, run.indicators[0])
    ]
    assert told == [(2025, "", None, 0, 0, None), (2026, "2026-Y", 94, 4, 4, False)]
    last = run_of(pair("xa-a", 96, 100), before, replace(ROW, targets=parse_targets("2026 > 95")))
    assert past_targets(last, last.indicators[0]) == ()  # no later one: the figure is held against it still


def test_what_was_last_known_of_a_task_is_the_nearest_word() -> None:
    """A period in which nobody said enough is passed over."""
    plan = replace(plan_with("xa-a; xa-b"), calendar=CALENDAR)
    said = {
        "2026-Y": (report("xa-a", TaskStatus.COMPLETED, 100),),
        "2026-H1": (report("xa-a", TaskStatus.IN_PROGRESS, 75), report("xa-b", TaskStatus.IN_PROGRESS, 80)),
    }
    earlier = [Earlier(period(p), (), entries) for p, entries in said.items()]
    run = consolidate(plan, period("2027-H1"), NOON, Checked((), (), (), ()), earlier)
    known = before_now(run, run.tasks[0])
    assert known is not None
    assert (known.period.id, known.status, known.progress) == ("2026-H1", OverallStatus.IN_PROGRESS, Fraction(75))
    nothing = replace(run, past=())
    assert before_now(nothing, nothing.tasks[0]) is None
