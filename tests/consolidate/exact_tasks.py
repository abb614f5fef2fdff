"""The second reckoning of Appendix 2 and of its counts, by the rules that are printed under the sheet.

As exact_oracle: plain values, and no function of consolidate or of plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from plan.model import Assignment, Plan, Task
from tests.consolidate.exact_oracle import Case, Told, named
from validation.model import TaskEntry


def tasks(case: Case) -> dict[str, Told]:
    """Every row of Appendix 2 by its code."""
    told = {t.code: _task(case, t) for t in case.plan.tasks}
    for t in case.plan.tasks:
        below = [b.code for b in case.plan.tasks if b.parent == t.code and _is_open(told[b.code]["status"])]
        told[t.code]["open_below"] = below if told[t.code]["status"] == "completed" else []
        if told[t.code]["status"] == "not_enough_reports" and _word_before(case, t) == "completed":
            told[t.code] |= {"overdue": False, "due_now": False, "at_risk": False}
    return told


def _word_before(case: Case, t: Task) -> str:
    """What the nearest earlier period knew of a task."""
    for e in case.earlier:
        said = {x.unit: x for x in e.task_entries if x.row == t.code and not x.blocked}
        word = joint_status([said.get(u) for u in named(case.plan, t.leads)])
        if word != "not_enough_reports":
            return word
    return ""


def _is_open(status: object) -> bool:
    return status in ("not_started", "in_progress", "not_enough_reports")


def _task(case: Case, t: Task) -> Told:
    leads = named(case.plan, t.leads)
    said = {e.unit: e for e in case.checked.task_entries if e.row == t.code and not e.blocked}
    status = joint_status([said.get(u) for u in leads])
    at_work = [said[u] for u in leads if u in said and not _says(said[u], "nothing")]
    progress = sorted(Fraction(str(e.progress)) for e in at_work if e.progress is not None)
    due, day = _deadline(t), min(case.period.last, case.today)
    is_open = _is_open(status)
    overdue = is_open and due is not None and due < day
    ahead = is_open and due is not None and not overdue
    starts = [p.first for p in t.due if p.first]
    idle = status == "not_started" and due is not None and due.year == day.year and (not starts or min(starts) <= day)
    return {
        "status": status,
        "progress": progress[0] if progress else None,
        "overdue": overdue,
        "due_now": ahead and due is not None and due <= case.period.last,
        "at_risk": ahead and due is not None and (idle or due - day <= timedelta(days=90)),
        "leads": leads,
        "coordinators": [u for u in named(case.plan, t.coordinators) if u not in leads],
    }


def _says(e: TaskEntry, word: str) -> bool:
    return e.status is not None and e.status.value == word


def joint_status(said: Sequence[TaskEntry | None]) -> str:
    """One word for what several units report; None for one that is silent."""
    words = [e.status.value for e in said if e is not None and e.status is not None]
    busy = {w for w in words if w != "nothing"}
    if "in_progress" in busy or len(busy) == 2:
        return "in_progress"
    if not words or len(words) != len(said):
        return "not_enough_reports"
    return busy.pop() if busy else "nothing"


def _deadline(t: Task) -> date | None:
    kinds = [p.kind.value for p in t.due]
    days = [p.last for p in t.due if p.last is not None]
    return None if "when" in kinds or not days else sorted(days)[-1]


# --- tallies ---

Tally = tuple[str, int, dict[str, int], int, int]
_STATUSES = ("not_started", "in_progress", "completed", "nothing", "not_enough_reports")


def tallies(case: Case) -> tuple[Tally, list[Tally], list[Tally], list[str]]:
    """All tasks, by group, by lead, and the codes of the urgent ones in order."""
    told, rows = tasks(case), case.plan.tasks
    groups = list(dict.fromkeys(_heading(t) for t in rows))
    refs = list(dict.fromkeys(a.ref for t in rows for a in t.leads))
    by_group = [_tally(h, [(told[t.code], told[t.code]["status"]) for t in rows if _heading(t) == h]) for h in groups]
    by_lead = [
        _tally(
            _called(case.plan, ref),
            [(told[t.code], _own_status(case, t, ref)) for t in rows if ref in [a.ref for a in t.leads]],
        )
        for ref in refs
    ]
    pressing = [(bool(told[t.code]["at_risk"]), _deadline(t), t.code) for t in rows if _presses(told[t.code])]
    everything = _tally("", [(row, row["status"]) for row in told.values()])
    return everything, by_group, by_lead, [code for *_, code in sorted(pressing, key=lambda p: p[:2])]


def _presses(row: Told) -> bool:
    return bool(row["overdue"] or row["at_risk"])


def _heading(t: Task) -> str:
    return f"{t.group_number}. {t.group}" if t.group else "Không thuộc nhóm nào"


def _called(plan: Plan, ref: str) -> str:
    known = {u.id: u.name for u in plan.units} | {"@" + g.id: g.name for g in plan.groups}
    return known[ref] if ref in known else ref[1:]


def _own_status(case: Case, t: Task, ref: str) -> str:
    said = {e.unit: e for e in case.checked.task_entries if e.row == t.code and not e.blocked}
    return joint_status([said.get(u) for u in named(case.plan, [Assignment(ref)])])


def _tally(label: str, found: list[tuple[Told, object]]) -> Tally:
    counts = {status: sum(1 for _, s in found if s == status) for status in _STATUSES}
    still = [row for row, status in found if _is_open(status)]
    return label, len(found), counts, sum(bool(r["overdue"]) for r in still), sum(bool(r["at_risk"]) for r in still)
