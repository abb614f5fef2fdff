"""Tasks counted for leaders: by group of the document, by who leads, and which come first in a summary.

Counts only what consolidate.tasks decided. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consolidate.model import Consolidation, OverallStatus, TaskPart, TaskResult
from consolidate.tasks import is_open, last_day, status_of
from plan.assignment import members
from plan.model import Plan
from plan.shown import group_heading, names_of

NO_GROUP = "Không thuộc nhóm nào"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks of one group or one lead stand where; `overdue` and `at_risk` are among the counts."""

    label: str
    tasks: int
    counts: dict[OverallStatus, int]
    overdue: int
    at_risk: int


def whole(results: Sequence[TaskResult]) -> Tally:
    """All tasks together."""
    return _tally("", ((r, r.status) for r in results))


def by_group(run: Consolidation) -> tuple[Tally, ...]:
    """One tally per group of Appendix 2, in printed order."""
    groups: dict[str, list[tuple[TaskResult, OverallStatus]]] = {}
    for result in run.tasks:
        groups.setdefault(group_heading(result.task) or NO_GROUP, []).append((result, result.status))
    return tuple(_tally(label, found) for label, found in groups.items())


def by_lead(run: Consolidation) -> tuple[Tally, ...]:
    """One tally per unit, or group of units, that leads a task, in order of first mention.

    Its status of a task is that of its own reports, by the same rule; a group stands where all its members stand.
    """
    leads: dict[str, list[tuple[TaskResult, OverallStatus]]] = {}
    for result in run.tasks:
        for ref in dict.fromkeys(a.ref for a in result.task.leads):
            leads.setdefault(ref, []).append((result, status_of(parts_of(run.plan, ref, result))))
    names = names_of(run.plan, leads)
    return tuple(_tally(names[ref], found) for ref, found in leads.items())


def parts_of(plan: Plan, ref: str, result: TaskResult) -> tuple[TaskPart, ...]:
    """Return the parts of the lead named `ref`, a unit or a group of units, in a task."""
    units = frozenset(members(plan, ref))
    return tuple(p for p in result.leads if p.unit in units)


def _tally(label: str, found: Iterable[tuple[TaskResult, OverallStatus]]) -> Tally:
    found = list(found)
    counts = Counter(status for _, status in found)
    return Tally(
        label=label,
        tasks=len(found),
        counts={status: counts[status] for status in OverallStatus},
        overdue=sum(1 for r, status in found if r.overdue and is_open(status)),
        at_risk=sum(1 for r, status in found if r.at_risk and is_open(status)),
    )


def urgent(results: Sequence[TaskResult]) -> tuple[TaskResult, ...]:
    """Overdue tasks, then those at risk; within each the earliest deadline first, then in printed order."""
    order = {r.task.code: number for number, r in enumerate(results)}
    pressing = [r for r in results if r.overdue or r.at_risk]
    return tuple(sorted(pressing, key=lambda r: (not r.overdue, str(last_day(r.task)), order[r.task.code])))
