"""Tasks counted for leaders: nothing twice, nothing left out, the urgent ones first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from consolidate.model import Consolidation, OverallStatus
from consolidate.run import consolidate
from consolidate.tallies import NO_GROUP, Tally, by_group, by_lead, urgent, whole
from plan.grammar import parse_assignments, parse_due
from plan.model import Group, Plan, Role, Task
from plan.words import TaskStatus
from tests import blank
from tests.blank import H1
from validation.model import Checked, TaskEntry

NO, DOING, DONE = TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED
NOON = datetime(2026, 6, 12, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def task(code: str, leads: str, due: str, heading: tuple[str, str] = ("I", "Thể chế")) -> Task:
    number, group = heading
    return replace(
        blank.TASK,
        code=code,
        group_number=number,
        group=group,
        leads=parse_assignments(leads),
        due=parse_due(due),
    )


PLAN: Plan = replace(
    blank.PLAN,
    units=(
        blank.unit("so", "Văn phòng Sở"),
        blank.unit("xa-a", "UBND xã A", ("xa",)),
        blank.unit("xa-b", "UBND xã B", ("xa",)),
    ),
    groups=(Group("xa", "UBND các xã", ()),),
    tasks=(
        task("NV-1", "so; @xa", "by 2026-05"),
        task("NV-2", "xa-a [chỉ đạo]; xa-a [triển khai]", "by 2026-08"),
        task("NV-3", "?các đơn vị liên quan", "ongoing", ("II", "Nhân lực")),
        task("NV-4", "so", "by 2026-07", ("II", "Nhân lực")),
        task("NV-5", "so", "by 2026-03", ("", "")),
    ),
)


def said(unit: str, code: str, status: TaskStatus) -> TaskEntry:
    progress = {NO: Decimal(0), DOING: Decimal(40), DONE: Decimal(100)}[status]
    at = (f"{unit}.xlsx", unit, code, Role.LEAD, "")
    return TaskEntry(*at, status, progress, "Kết quả", "", None, "", "", "", "Phụ lục 2", {}, blocked=False)


def run_of(*entries: TaskEntry) -> Consolidation:
    return consolidate(PLAN, H1, NOON, Checked((), (), (), entries))


RUN = run_of(
    said("so", "NV-1", DONE),
    said("xa-a", "NV-1", DOING),
    said("xa-a", "NV-2", NO),
    said("so", "NV-4", DOING),
)


def stands(tally: Tally) -> dict[str, int]:
    """The counts that are not zero."""
    return {status.value: n for status, n in tally.counts.items() if n}


def test_every_task_is_counted_once_as_a_whole_and_by_group() -> None:
    """Groups add up to the whole; a task without a heading has a line of its own."""
    everything, groups = whole(RUN.tasks), by_group(RUN)
    assert (everything.tasks, stands(everything)) == (5, {"not_started": 1, "in_progress": 2, "not_enough_reports": 2})
    assert (everything.overdue, everything.at_risk) == (2, 2)
    assert [(t.label, t.tasks, t.overdue, t.at_risk) for t in groups] == [
        ("I. Thể chế", 2, 1, 1),
        ("II. Nhân lực", 2, 0, 1),
        (NO_GROUP, 1, 1, 0),
    ]
    for status in OverallStatus:
        assert sum(t.counts[status] for t in groups) == everything.counts[status]


def test_a_lead_stands_where_its_own_reports_stand() -> None:
    """The department has done its part of NV-1: the task is under way, and the communes alone are overdue with it."""
    by_name = {t.label: t for t in by_lead(RUN)}
    assert list(by_name) == ["Văn phòng Sở", "UBND các xã", "UBND xã A", "các đơn vị liên quan"]
    office, communes = by_name["Văn phòng Sở"], by_name["UBND các xã"]
    assert (office.tasks, stands(office)) == (3, {"in_progress": 1, "completed": 1, "not_enough_reports": 1})
    assert (office.overdue, office.at_risk) == (1, 1)  # NV-5 and NV-4, not NV-1
    assert (stands(communes), communes.overdue) == ({"in_progress": 1}, 1)


def test_a_lead_named_twice_on_a_task_has_it_once() -> None:
    """ "chỉ đạo" and "triển khai" are two parts of one task."""
    (commune,) = (t for t in by_lead(RUN) if t.label == "UBND xã A")
    assert (commune.tasks, stands(commune), commune.at_risk) == (1, {"not_started": 1}, 1)


def test_nobody_certain_is_named_as_the_document_names_them() -> None:
    """A wording that stands for no unit reports nothing, and says so."""
    (nobody,) = (t for t in by_lead(RUN) if t.label == "các đơn vị liên quan")
    assert stands(nobody) == {"not_enough_reports": 1}


def test_a_group_is_done_when_all_its_members_are() -> None:
    """One silent commune keeps the communes from being through."""
    one = run_of(said("xa-a", "NV-1", DONE))
    both = run_of(said("xa-a", "NV-1", DONE), said("xa-b", "NV-1", DONE))
    told = [stands(next(t for t in by_lead(run) if t.label == "UBND các xã")) for run in (one, both)]
    assert told == [{"not_enough_reports": 1}, {"completed": 1}]


def test_overdue_tasks_come_first_then_the_nearest_deadline() -> None:
    """What a leader reads first; what is done is not there."""
    assert [r.task.code for r in urgent(RUN.tasks)] == ["NV-5", "NV-1", "NV-4", "NV-2"]
    done = run_of(*(said(u, "NV-1", DONE) for u in ("so", "xa-a", "xa-b")))
    assert [r.task.code for r in urgent(done.tasks)] == ["NV-5", "NV-4", "NV-2"]


def test_of_one_deadline_the_printed_order_decides() -> None:
    """The same list on every run."""
    run = run_of()
    alike = tuple(replace(r, task=replace(r.task, due=parse_due("by 2026-03")), overdue=True) for r in run.tasks)
    assert [r.task.code for r in urgent(alike)] == ["NV-1", "NV-2", "NV-3", "NV-4", "NV-5"]
