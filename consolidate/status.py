"""Who has sent what: one line per unit that has a template, and the days that are left.

Pure; the state of a unit follows from its return that counts, or from the returns that could not.
"""

from __future__ import annotations

from collections import defaultdict

from consolidate.completeness import completeness
from consolidate.model import ReportingState, UnitStatus
from plan.layout import layout_for
from plan.model import Period, Plan
from validation.model import Checked, IndicatorEntry, Return, Severity, TaskEntry, Verdict

_GOOD = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def unit_statuses(plan: Plan, period: Period, checked: Checked) -> tuple[UnitStatus, ...]:
    """Return the reporting status of every unit that answers for at least one row, in the plan's order."""
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for r in checked.returns:
        by_unit[r.unit].append(r)
    errors = _tally(checked, Severity.ERROR)
    warnings = _tally(checked, Severity.WARNING)
    numbers: dict[str, list[IndicatorEntry]] = defaultdict(list)
    tasks: dict[str, list[TaskEntry]] = defaultdict(list)
    for entry in checked.indicator_entries:
        numbers[entry.unit].append(entry)
    for task in checked.task_entries:
        tasks[task.unit].append(task)
    statuses = []
    for unit in plan.units:
        layout = layout_for(plan, unit, period)
        if layout.is_empty:
            continue
        returns = by_unit.get(unit.id, [])
        latest = max(returns, key=lambda r: r.order, default=None)
        counted = next((r for r in returns if r.counts), None)
        if counted is not None and latest is not None and latest.verdict in _GOOD:
            latest = counted  # whatever came after it says the same
        shown = counted or latest
        in_time = any(r.verdict in _GOOD and not r.late for r in returns)
        statuses.append(
            UnitStatus(
                unit=unit,
                state=_state(shown, latest, in_time=in_time),
                shown=shown,
                latest=latest,
                supplement=in_time and shown is not None and shown.late,
                other_files=tuple(r.file for r in returns if r is not shown),
                errors=errors[latest.file if latest else ""],
                warnings=warnings[latest.file if latest else ""],
                completeness=completeness(layout, numbers[unit.id], tasks[unit.id]),
            )
        )
    return tuple(statuses)


def _state(shown: Return | None, latest: Return | None, *, in_time: bool) -> ReportingState:
    """A unit whose last word could not be used still owes a correction, though an earlier file counts.

    Whoever had a return accepted in time is in time: explaining or completing it later is no delay.
    """
    if shown is None or latest is None:
        return ReportingState.MISSING
    if {shown.verdict, latest.verdict} & {Verdict.TO_BE_CORRECTED, Verdict.UNREADABLE}:
        return ReportingState.TO_BE_CORRECTED
    return ReportingState.LATE if shown.late and not in_time else ReportingState.ON_TIME


def _tally(checked: Checked, severity: Severity) -> dict[str, int]:
    tally: dict[str, int] = defaultdict(int)
    for f in checked.findings:
        if f.severity is severity:
            tally[f.file] += 1
    return tally
