"""Appendix 2 for the whole plan: each task's status and progress from the units that lead it.

The rule, as printed under the title of the sheet:
- a lead that has not reported, or whose row has an error, is not guessed;
- any lead in progress, or leads that differ, makes the task "đang triển khai";
- "hoàn thành", "chưa triển khai" and "không phát sinh" need every lead to have reported just that
  (leads with "không phát sinh" aside), otherwise the task has "chưa đủ báo cáo";
- progress is the lowest of the leads that reported one: a task is as far as its slowest lead.
Overdue is computed from the typed deadline, never believed: it must lie before the end of the period and before the
day of the consolidation, so that no return is held against a day that had not come when it was written. At risk is
what is still open and due within SOON of that day, or not even begun though due this year and to be under way. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from consolidate.model import OverallStatus, PastPeriod, TaskPart, TaskResult
from plan.assignment import expand, role_on
from plan.model import DueKind, Period, Plan, Role, Task, Unit
from plan.words import TaskStatus
from validation.model import TaskEntry

STATUS_RULE = (
    "Tình trạng chung lấy theo các đơn vị chủ trì: “Hoàn thành”, “Chưa triển khai” khi mọi đơn vị chủ trì đều báo cáo "
    "như vậy (không tính đơn vị không phát sinh); “Không phát sinh” khi mọi đơn vị chủ trì đều không phát sinh; "
    "“Đang triển khai” khi có đơn vị đang triển khai hoặc các đơn vị báo khác nhau; còn lại là “Chưa đủ báo cáo”. "
    "% hoàn thành là mức thấp nhất của các đơn vị chủ trì đã báo cáo."
)

SOON = timedelta(days=90)
RISK_RULE = (
    f"“Có nguy cơ chậm”: chưa hoàn thành mà thời hạn còn không quá {SOON.days} ngày, "
    "hoặc chưa triển khai mà thời hạn ngay trong năm (trừ việc chưa đến thời điểm bắt đầu theo kế hoạch)."
)


def consolidate_tasks(
    plan: Plan, period: Period, entries: Sequence[TaskEntry], today: date, past: Sequence[PastPeriod] = ()
) -> tuple[TaskResult, ...]:
    """Return one result per row of Appendix 2, in printed order; `entries` are those of returns that count.

    `past`, nearest first, tells which tasks were completed before: silence since then makes none of them late.
    """
    done = _completed(past)
    usable = {(e.row, e.unit): e for e in entries if not e.blocked}
    units = {u.id: u for u in plan.units}
    results = [_result(task, period, today, _parts(plan, units, task, usable)) for task in plan.tasks]
    results = [
        _settled(r) if r.task.code in done and r.status is OverallStatus.NOT_ENOUGH_REPORTS else r for r in results
    ]
    open_codes = {r.task.code: r.task.parent for r in results if is_open(r.status)}
    return tuple(
        replace(r, open_below=tuple(code for code, parent in open_codes.items() if parent == r.task.code))
        if r.status is OverallStatus.COMPLETED
        else r
        for r in results
    )


def _completed(past: Sequence[PastPeriod]) -> frozenset[str]:
    """Codes of the tasks that the nearest period with reports enough called completed."""
    known: dict[str, OverallStatus] = {}
    for earlier in past:
        for code, result in earlier.tasks.items():
            if result.status is not OverallStatus.NOT_ENOUGH_REPORTS:
                known.setdefault(code, result.status)
    return frozenset(code for code, status in known.items() if status is OverallStatus.COMPLETED)


def _settled(result: TaskResult) -> TaskResult:
    return replace(result, overdue=False, due_now=False, at_risk=False)


def is_open(status: OverallStatus) -> bool:
    """True while something remains to be done or to be reported."""
    return status not in (OverallStatus.COMPLETED, OverallStatus.NOTHING)


def _parts(
    plan: Plan, units: Mapping[str, Unit], task: Task, usable: Mapping[tuple[str, str], TaskEntry]
) -> tuple[TaskPart, ...]:
    parts = []
    for uid in expand(plan, (*task.leads, *task.coordinators)):
        assigned = role_on(task.leads, task.coordinators, units[uid])
        if assigned is not None:
            parts.append(TaskPart(uid, *assigned, usable.get((task.code, uid))))
    return tuple(sorted(parts, key=lambda p: p.role is not Role.LEAD))


def _result(task: Task, period: Period, today: date, parts: tuple[TaskPart, ...]) -> TaskResult:
    leads = [p for p in parts if p.role is Role.LEAD]
    reported = [p.entry.status for p in leads if p.entry is not None and p.entry.status is not None]
    counts = {status: reported.count(status) for status in TaskStatus}
    status = status_of(leads)
    due = last_day(task)
    reference = min(period.last, today)
    overdue = is_open(status) and due is not None and due < reference
    waits = is_open(status) and not overdue
    return TaskResult(
        task=task,
        status=status,
        progress=_progress(leads),
        overdue=overdue,
        due_now=waits and due is not None and due <= period.last,
        at_risk=waits and due is not None and _is_at_risk(task, status, due, reference),
        counts=counts,
        parts=parts,
    )


def status_of(parts: Sequence[TaskPart]) -> OverallStatus:
    """Apply the rule of this module to what the given leads reported."""
    reported = [p.entry.status for p in parts if p.entry is not None and p.entry.status is not None]
    active = {s for s in reported if s is not TaskStatus.NOTHING}
    if TaskStatus.IN_PROGRESS in active or len(active) > 1:
        return OverallStatus.IN_PROGRESS
    if not reported or len(reported) < len(parts):
        return OverallStatus.NOT_ENOUGH_REPORTS
    return OverallStatus(active.pop().value) if active else OverallStatus.NOTHING


def _is_at_risk(task: Task, status: OverallStatus, due: date, reference: date) -> bool:
    begins = min((part.first for part in task.due if part.first is not None), default=reference)
    not_begun = status is OverallStatus.NOT_STARTED and due.year == reference.year and begins <= reference
    return not_begun or due <= reference + SOON


def _progress(leads: Sequence[TaskPart]) -> Fraction | None:
    known = [
        Fraction(p.entry.progress)
        for p in leads
        if p.entry is not None and p.entry.progress is not None and p.entry.status is not TaskStatus.NOTHING
    ]
    return min(known, default=None)


def last_day(task: Task) -> date | None:
    """The day after which an open task is overdue; None where the deadline hangs on an event or never ends."""
    if any(part.kind is DueKind.WHEN for part in task.due):
        return None
    return max((part.last for part in task.due if part.last is not None), default=None)
