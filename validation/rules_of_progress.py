"""Rules that hold a task beside what the same unit reported of it before: work that is done does not come undone.

Tasks that are there every year, or without end, are compared within one year only: a new year begins them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plan.model import DueKind, Period, Role
from plan.words import STATUS_WORDS, TaskStatus
from validation.coerce_cell import show
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import At, Finding, TaskEntry
from validation.reading import ReadTask

_ANEW = frozenset({DueKind.ONGOING, DueKind.YEARLY})


def fell_behind(seen: Evidence) -> Iterator[Finding]:
    """A status that went back, else a percentage that fell, against the nearest period in which the unit told it."""
    past: dict[tuple[str, str], tuple[Period, TaskEntry]] = {}
    for earlier in seen.earlier:
        for entry in earlier.task_entries:
            if not entry.blocked and entry.status is not None:
                past.setdefault((entry.unit, entry.row), (earlier.period, entry))
    for task in seen.tasks if past else ():
        known = past.get((task.unit, task.line.code))
        if known is None or known[1].role is not task.line.role:
            continue
        if known[0].year != seen.period.year and _ANEW & {d.kind for d in task.line.task.due}:
            continue
        if (found := _fall(task, *known)) is not None:
            yield found


def _fall(task: ReadTask, period: Period, last: TaskEntry) -> Finding | None:
    facts = {"period": period.label}
    if last.status is TaskStatus.COMPLETED and task.status is not None and not _still_done(task):
        word = STATUS_WORDS[task.status]
        return finding("STATUS_WENT_BACK", task.file, _at(task, "status"), word, {**facts, "typed": word})
    progress = Decimal(0) if task.status is TaskStatus.NOT_STARTED and task.progress is None else task.progress
    if progress is None or last.progress is None or progress >= last.progress:
        return None
    typed = show(progress)
    facts |= {"typed": typed, "before": show(last.progress)}
    return finding("PROGRESS_FELL", task.file, _at(task, "progress"), typed, facts)


def _still_done(task: ReadTask) -> bool:
    """Completed; or, of a unit that only helps, nothing more asked of it."""
    helped = task.line.role is not Role.LEAD and task.status is TaskStatus.NOTHING
    return task.status is TaskStatus.COMPLETED or helped


def _at(task: ReadTask, key: str) -> At:
    return At(task.sheet, task.cells[key], task.unit, task.line.code)
