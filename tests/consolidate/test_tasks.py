"""Appendix 2: status and progress by the stated rule, overdue from the typed deadline alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus
from consolidate.past import past_periods
from consolidate.tasks import RISK_RULE, SOON, STATUS_RULE, consolidate_tasks
from plan.grammar import parse_assignments, parse_due
from plan.model import Period, Plan, Role
from plan.words import TaskStatus
from tests import blank
from tests.blank import H1, YEAR
from tests.consolidate.test_indicators import plan_of
from validation.model import Earlier, TaskEntry

NO, DOING, DONE, NOTHING = (
    TaskStatus.NOT_STARTED,
    TaskStatus.IN_PROGRESS,
    TaskStatus.COMPLETED,
    TaskStatus.NOTHING,
)


def plan_with(leads: str = "xa-a; xa-b", due: str = "ongoing", coordinators: str = "@xa") -> Plan:
    task = replace(
        blank.TASK,
        code="NV-I-1",
        name="Nhiệm vụ",
        leads=parse_assignments(leads),
        coordinators=parse_assignments(coordinators),
        due=parse_due(due),
    )
    return replace(plan_of(), tasks=(task,))


def report(unit: str, status: TaskStatus, progress: int | None = None, *, blocked: bool = False) -> TaskEntry:
    return TaskEntry(
        file=f"{unit}.xlsx",
        unit=unit,
        row="NV-I-1",
        role=Role.LEAD,
        scope="",
        status=status,
        progress=None if progress is None else Decimal(progress),
        result="",
        document_number="",
        document_date=None,
        difficulties="",
        proposals="",
        explanation="",
        sheet="Phụ lục 2",
        cells={},
        blocked=blocked,
    )


RULE = [
    ([], OverallStatus.NOT_ENOUGH_REPORTS, None),
    ([(DONE, 100)], OverallStatus.NOT_ENOUGH_REPORTS, 100),
    ([(DONE, 100), (DONE, 100)], OverallStatus.COMPLETED, 100),
    ([(DONE, 100), (NOTHING, None)], OverallStatus.COMPLETED, 100),
    ([(DONE, 100), (NO, 0)], OverallStatus.IN_PROGRESS, 0),
    ([(DOING, 30)], OverallStatus.IN_PROGRESS, 30),
    ([(DOING, 30), (DOING, 70)], OverallStatus.IN_PROGRESS, 30),
    ([(NO, None), (NO, None)], OverallStatus.NOT_STARTED, None),
    ([(NO, None)], OverallStatus.NOT_ENOUGH_REPORTS, None),
    ([(NOTHING, None), (NOTHING, None)], OverallStatus.NOTHING, None),
]


@pytest.mark.parametrize(("said", "status", "progress"), RULE)
def test_status_follows_the_leads_and_progress_the_slowest(
    said: list[tuple[TaskStatus, int | None]], status: OverallStatus, progress: int | None
) -> None:
    """Only leads decide; a lead that is silent is never guessed; percentages are not averaged."""
    entries = [report(u, s, p) for u, (s, p) in zip(("xa-a", "xa-b"), said, strict=False)]
    entries += [report(u, DONE, 100) for u in ("xa-c", "xa-d")]  # coordinators: no say in the status
    result = consolidate_tasks(plan_with(), H1, entries, LATER)[0]
    assert (result.status, result.progress) == (status, progress)


def test_parts_name_every_unit_once_with_leads_first() -> None:
    """A unit that leads is not listed again as coordinator; silent units stay visible."""
    result = consolidate_tasks(plan_with(), H1, [report("xa-a", DOING, 5)], LATER)[0]
    assert [(p.unit, p.role, p.entry is not None) for p in result.parts] == [
        ("xa-a", Role.LEAD, True),
        ("xa-b", Role.LEAD, False),
        ("xa-c", Role.COORDINATE, False),
        ("xa-d", Role.COORDINATE, False),
    ]


def test_a_row_with_an_error_is_no_report() -> None:
    """A blocked row neither completes a task nor lowers its progress."""
    result = consolidate_tasks(
        plan_with(), H1, [report("xa-a", DONE, 100), report("xa-b", DONE, 3, blocked=True)], LATER
    )[0]
    assert (result.status, result.progress) == (OverallStatus.NOT_ENOUGH_REPORTS, Fraction(100))


LATER = date(2099, 1, 1)
IN_2027 = Period("2027-H1", 2027, "H1", date(2027, 1, 1), date(2027, 6, 30), None, "")
DEADLINES = [
    ("by 2026", H1, False, False),
    ("by 2026", YEAR, False, True),
    ("by 2026", IN_2027, True, False),
    ("by 2026-Q3", YEAR, True, False),
    ("2026..2027", IN_2027, False, False),
    ("by 2026-06", H1, False, True),
    ("ongoing", IN_2027, False, False),
    ("yearly", IN_2027, False, False),
    ("2025..2026; when: sau khi phê duyệt", IN_2027, False, False),
    ("unknown", IN_2027, False, False),
]


@pytest.mark.parametrize(("due", "period", "overdue", "due_now"), DEADLINES)
def test_overdue_is_computed_from_the_typed_deadline(due: str, period: Period, overdue: bool, due_now: bool) -> None:
    """Past the last day and not completed is overdue; what hangs on an event or never ends is not."""
    result = consolidate_tasks(plan_with(due=due), period, [report("xa-a", DOING, 50)], LATER)[0]
    assert (result.overdue, result.due_now) == (overdue, due_now)


def test_no_return_is_held_against_a_day_that_had_not_come() -> None:
    """Half-year returns come in by 10/6: a task due on 20/6 is due now, not overdue, until that day has passed."""
    task, entries = plan_with(due="by 2026-06-20"), [report("xa-a", DOING, 50)]
    for today, said in ((date(2026, 6, 12), (False, True)), (date(2026, 6, 21), (True, False))):
        result = consolidate_tasks(task, H1, entries, today)[0]
        assert (result.overdue, result.due_now) == said


def test_a_completed_task_over_an_open_sub_task_says_so() -> None:
    """Task 6 said to be completed while 6.1 is under way: both stand, and the contradiction is shown."""
    plan = plan_with(leads="xa-a")
    parts = tuple(replace(plan.tasks[0], code=f"NV-I-1.{n}", parent="NV-I-1") for n in (1, 2, 3))
    plan = replace(plan, tasks=(*plan.tasks, *parts))
    said = {"NV-I-1": (DONE, 100), "NV-I-1.1": (DOING, 40), "NV-I-1.2": (DONE, 100)}
    entries = [replace(report("xa-a", *what), row=code) for code, what in said.items()]
    whole, *below = consolidate_tasks(plan, H1, entries, LATER)
    assert whole.open_below == ("NV-I-1.1", "NV-I-1.3")
    assert [r.open_below for r in below] == [(), (), ()]


def test_a_completed_task_is_never_overdue() -> None:
    """Once every lead has completed it, a passed deadline says nothing."""
    entries = [report("xa-a", DONE, 100), report("xa-b", DONE, 100)]
    assert not consolidate_tasks(plan_with(due="by 2026"), IN_2027, entries, LATER)[0].overdue


MID_JUNE = date(2026, 6, 12)
RISKS = [
    ("by 2026-08", [(DOING, 50)], True),  # 80 days left
    ("by 2026-09-10", [(DOING, 50)], True),  # 90 days left
    ("by 2026-09-11", [(DOING, 50)], False),
    ("by 2026-09-10", [], True),  # silent leads leave it as open
    ("by 2026-09-10", [(DONE, 100), (DONE, 100)], False),
    ("by 2026-09-10", [(NOTHING, None), (NOTHING, None)], False),
    ("by 2026", [(NO, 0), (NO, 0)], True),  # not begun, and due this year
    ("by 2026", [(NO, 0)], False),  # the other lead may have begun
    ("by 2027", [(NO, 0), (NO, 0)], False),
    ("2026-Q4..2026-Q4", [(NO, 0), (NO, 0)], False),  # it is not to begin before October
    ("2026..2026", [(NO, 0), (NO, 0)], True),
    ("by 2026-05", [(DOING, 50)], False),  # overdue is more than at risk
    ("ongoing", [(NO, 0), (NO, 0)], False),
    ("by 2026-07; when: khi có hướng dẫn", [(NO, 0), (NO, 0)], False),
]


@pytest.mark.parametrize(("due", "said", "at_risk"), RISKS)
def test_at_risk_is_what_is_open_and_near_or_not_begun(
    due: str, said: list[tuple[TaskStatus, int | None]], at_risk: bool
) -> None:
    """By the rule that is printed: 90 days, or not begun though due this year."""
    entries = [report(u, *told) for u, told in zip(("xa-a", "xa-b"), said, strict=False)]
    assert consolidate_tasks(plan_with(due=due), H1, entries, MID_JUNE)[0].at_risk is at_risk


def test_a_task_is_overdue_or_at_risk_but_never_both() -> None:
    """Day by day over the deadline: at risk until its last day, overdue from the next."""
    plan = plan_with(due="by 2026-06-20")
    days = [date(2026, 6, day) for day in (19, 20, 21, 22)]
    results = [consolidate_tasks(plan, H1, [report("xa-a", DOING, 50)], day)[0] for day in days]
    assert [(r.at_risk, r.overdue) for r in results] == [(True, False), (True, False), (False, True), (False, True)]


def test_the_printed_rules_name_every_status_and_the_days() -> None:
    """Whoever reads the sheet can work each status out of the rule under its title."""
    assert [word for word in OVERALL_STATUS_WORDS.values() if f"“{word}”" not in STATUS_RULE] == []
    assert f"{SOON.days} ngày" in RISK_RULE


def test_silence_after_completion_makes_nobody_late() -> None:
    """What was called completed last time and has no report now is asked for, not held to be overdue."""
    plan = plan_with("xa-a", "by 2026-03")
    day = date(2026, 6, 12)

    def now(*before: TaskStatus) -> tuple[bool, bool]:
        periods = [replace(YEAR, year=2025), replace(H1, year=2025)]
        earlier = [Earlier(p, (), (report("xa-a", s),)) for p, s in zip(periods, before, strict=False)]
        (result,) = consolidate_tasks(plan, H1, [], day, past_periods(plan, earlier))
        return result.overdue, result.at_risk

    assert now() == (True, False)
    assert now(DONE) == (False, False)
    assert now(DOING, DONE) == (True, False)  # taken up again since
    (spoken,) = consolidate_tasks(
        plan, H1, [report("xa-a", DOING, 10)], day, past_periods(plan, [Earlier(YEAR, (), (report("xa-a", DONE),))])
    )
    assert spoken.overdue
