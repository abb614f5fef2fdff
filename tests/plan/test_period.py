"""Periods, deadlines and moments as people write them, by the calendar and the clock of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.model import CalendarEntry, Plan, PlanError
from plan.period import KINDS, days_left, deadline, parse_as_of, parse_period, previous_period
from tests import blank

H1 = CalendarEntry("H1", (1, 1), (6, 30), (6, 10))
YEAR = CalendarEntry("Y", (1, 1), (12, 31), (12, 10))
QUARTERS = tuple(
    CalendarEntry(f"Q{n}", (3 * n - 2, 1), (3 * n, 30 if n in (2, 3) else 31), (3 * n, 15)) for n in range(1, 5)
)


def _plan(*calendar: CalendarEntry, time_zone: str = "Asia/Ho_Chi_Minh") -> Plan:
    return replace(blank.PLAN, calendar=calendar, time_zone=time_zone)


HALVES = _plan(H1, YEAR)
ALL = _plan(*QUARTERS, H1, CalendarEntry("H2", (7, 1), (12, 31), None), YEAR)


@pytest.mark.parametrize(
    ("written", "period_id"),
    [
        *[(text, "2026-H1") for text in ("2026-H1", "h1/2026", "6T/2026", "6 T 2026", "06 tháng năm 2026")],
        *[(text, "2026-H1") for text in ("6 tháng 2026", "6 THÁNG ĐẦU NĂM 2026", "6 tháng đầu năm 2026", "6T.2026")],
        *[(text, "2026-H1") for text in ("kỳ 6 tháng đầu năm 2026", "Báo cáo 6T2026", "sáu tháng đầu năm 2026")],
        *[(text, "2026-H2") for text in ("2026-H2", "6 tháng cuối năm 2026")],
        *[(text, "2026-Y") for text in ("2026-Y", "12T/2026", "12 tháng năm 2026", "năm 2026", "Năm  2026", "2026")],
        *[(text, "2026-Q1") for text in ("2026-Q1", "Q1/2026", "Quý I/2026", "quý 1 năm 2026", "QUÝ I NĂM 2026")],
        *[(text, "2026-Q4") for text in ("q4.2026", "Quý IV - 2026", "quy iv 2026", "Q4 2026")],
        ("Quý III/2027", "2027-Q3"),
    ],
)
def test_a_period_is_understood_as_people_write_it(written: str, period_id: str) -> None:
    assert parse_period(ALL, written).id == period_id


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(KINDS), st.integers(2000, 2099))
def test_the_id_and_the_label_of_a_period_name_that_period(kind: str, year: int) -> None:
    """What we print can be typed back."""
    period = parse_period(ALL, f"{year}-{kind}")
    assert parse_period(ALL, period.id) == parse_period(ALL, period.label) == period


def test_a_period_has_its_days_and_its_label() -> None:
    period = parse_period(HALVES, "6T/2026")
    assert (period.first, period.last, period.due) == (date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 10))
    assert period.label == "6 tháng đầu năm 2026"
    assert parse_period(ALL, "2026-Q1").label == "quý I năm 2026"
    assert parse_period(ALL, "2026-Y").label == "năm 2026"


@pytest.mark.parametrize("written", ["", "tháng 6/2026", "6T", "13T/2026", "2026-Q5", "6T/26", "2026-06", "1999-Y"])
def test_what_is_no_period_is_refused_with_the_periods_of_the_plan(written: str) -> None:
    with pytest.raises(PlanError, match="Không hiểu kỳ báo cáo") as caught:
        parse_period(HALVES, written)
    (line,) = caught.value.lines
    assert "-H1 (6 tháng đầu năm" in line
    assert "-Q1" not in line


def test_a_period_outside_the_calendar_is_refused() -> None:
    with pytest.raises(PlanError, match=r"không báo cáo theo kỳ “quý II năm 2027”.*2027-H1 \("):
        parse_period(HALVES, "Quý II/2027")


def test_before_the_tenth_means_before_its_first_instant_in_the_plans_zone() -> None:
    """ "trước ngày 10/6": 9/6 at 23:59 is in time, 10/6 at 00:00 is late, in Việt Nam and not in UTC."""
    moment = deadline(HALVES, parse_period(HALVES, "2026-H1"))
    assert moment == datetime(2026, 6, 9, 17, 0, tzinfo=UTC)


def test_a_period_without_a_due_day_has_no_deadline() -> None:
    period = parse_period(ALL, "2026-H2")
    assert deadline(ALL, period) is None
    assert days_left(ALL, period, datetime(2026, 6, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        (CalendarEntry("Y", (1, 1), (12, 31), (1, 15)), date(2027, 1, 15)),
        (CalendarEntry("Q4", (10, 1), (12, 31), (1, 10)), date(2027, 1, 10)),
        (CalendarEntry("H1", (1, 1), (6, 30), (7, 5)), date(2026, 7, 5)),
        (QUARTERS[0], date(2026, 3, 15)),
    ],
)
def test_a_due_day_belongs_to_the_end_of_its_period(entry: CalendarEntry, due: date) -> None:
    """A yearly report due on 15/1 is due after its year, not two weeks into it."""
    assert parse_period(_plan(entry), f"2026-{entry.kind}").due == due


@pytest.mark.parametrize(
    ("as_of", "left"),
    [
        ("9/6/2026 23:59", 0),
        ("10/6/2026 00:00", -1),
        ("2026-06-01", 8),
        ("2026-06-09T17:00:00+00:00", -1),
    ],
)
def test_days_left_counts_to_the_last_day_in_time(as_of: str, left: int) -> None:
    period = parse_period(HALVES, "2026-H1")
    moment = parse_as_of(HALVES, as_of, datetime(2026, 1, 1, tzinfo=UTC))
    assert days_left(HALVES, period, moment) == left


def test_the_previous_period_is_the_one_before_in_time() -> None:
    """In a calendar of halves it is the last year; where quarters are reported, they come between."""
    found = previous_period(HALVES, parse_period(HALVES, "2026-H1"))
    assert found == parse_period(HALVES, "2025-Y")
    order, period = [], parse_period(ALL, "2026-Y")
    while period.year == 2026:
        order.append(period.kind)
        before = previous_period(ALL, period)
        assert before is not None
        period = before
    assert order == ["Y", "H2", "Q4", "Q3", "H1", "Q2", "Q1"]


def test_there_is_nothing_before_the_first_year() -> None:
    assert previous_period(HALVES, parse_period(HALVES, "2000-H1")) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-06-10", "2026-06-10T00:00:00+07:00"),
        ("2026-06-10T08:30", "2026-06-10T08:30:00+07:00"),
        ("2026-06-10 08:30:15", "2026-06-10T08:30:15+07:00"),
        ("2026-06-10T00:00:00Z", "2026-06-10T07:00:00+07:00"),
        ("10/6/2026", "2026-06-10T00:00:00+07:00"),
        ("10/6/2026 22:00", "2026-06-10T22:00:00+07:00"),
        ("10-06-2026 7h", "2026-06-10T07:00:00+07:00"),
        (" 1.2.2026 22h30 ", "2026-02-01T22:30:00+07:00"),
    ],
)
def test_a_moment_is_read_day_first_in_the_plans_zone(written: str, meant: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert parse_as_of(HALVES, written, now).isoformat() == meant


@pytest.mark.parametrize("written", ["", "hôm nay", "31/2/2026", "2026-13-01", "10/6/26", "10/6/2026 25:00"])
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(PlanError, match="Không hiểu thời điểm"):
        parse_as_of(HALVES, written, datetime(2026, 1, 1, tzinfo=UTC))


def test_without_a_moment_now_is_used_in_the_plans_zone() -> None:
    assert parse_as_of(HALVES, None, datetime(2026, 6, 9, 17, tzinfo=UTC)).isoformat() == "2026-06-10T00:00:00+07:00"
