"""`consolidated.json` and `status.json`: the figures for other programs, in the shape of DESIGN section 10.

The report and the page are made from the first of them and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from consolidate.model import Consolidation, ReportingState, TargetVerdict, UnitStatus
from consolidate.past import compared_periods
from consolidate.result_rows import blocked_entries, counted, indicator_row, period_row, tally_row, task_row
from consolidate.tallies import by_group, by_lead, urgent, whole
from plan.shown import shown_numbers
from validation.model import Severity, Verdict

_ACCEPTED = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def consolidated_json(run: Consolidation) -> bytes:
    """Return the whole consolidation as UTF-8 JSON, one indicator, task or unit a line, keys in a fixed order."""
    numbers = shown_numbers(run.plan.indicators), shown_numbers(run.plan.tasks)
    blocked = blocked_entries(run)
    parts = [f"{_line(key)}: {_line(value)}" for key, value in _head(run).items()]
    for key, rows in (
        ("indicators", [indicator_row(run, r, numbers[0][r.indicator.code]) for r in run.indicators]),
        ("tasks", [task_row(run, r, numbers[1][r.task.code], blocked) for r in run.tasks]),
        ("groups", [tally_row(t) for t in by_group(run)]),
        ("leads", [tally_row(t) for t in by_lead(run)]),
        ("statuses", [_status(s) for s in run.statuses]),
    ):
        parts.append(f"{_line(key)}: {_lines(rows)}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


def _head(run: Consolidation) -> dict[str, object]:
    plan, statuses = run.plan, run.statuses
    shown = [s.shown for s in statuses if s.shown is not None]
    sent = [s.sent_late for s in statuses]
    return {
        "plan": plan.id,
        "period": run.period.id,
        "as_of": run.as_of.isoformat(),
        "rehearsal": run.rehearsal,
        "title": plan.title,
        "issuer": plan.issuer,
        "superior": plan.superior,
        "short_issuer": plan.short_issuer,
        "place": plan.place,
        "period_days": period_row(run.period),
        "compared_with": {c.value: period_row(p.period) for c, p in compared_periods(run).items()},
        "units": {
            "expected": len(statuses),
            "received": len(shown),
            "counted": run.counted_units,
            "accepted": sum(1 for r in shown if r.verdict in _ACCEPTED),
        },
        "reporting": counted([s.value for s in ReportingState], [s.state.value for s in statuses]),
        "sent": {"in_time": sent.count(False), "late": sent.count(True)},
        "supplements": sum(1 for s in statuses if s.supplement),
        "files": {
            "received": len(run.checked.returns),
            "of_nobody": [r.file for r in run.checked.returns if not r.unit],
            "gone": [r.file for r in run.gone],
            "after_moment": list(run.after_moment),
        },
        "findings": counted([s.value for s in Severity], [f.severity.value for f in run.checked.findings]),
        "verdicts": counted([v.value for v in TargetVerdict], [r.verdict.value for r in run.indicators]),
        "all_tasks": tally_row(whole(run.tasks)),
        "urgent_tasks": [r.task.code for r in urgent(run.tasks)],
        "unit_names": {u.id: u.name for u in plan.units},
    }


def status_json(statuses: Sequence[UnitStatus]) -> bytes:
    """Return the reporting status of every unit as a JSON list, one unit a line."""
    return f"{_lines([_status(s) for s in statuses])}\n".encode("utf-8", "replace")


def _line(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)  # without indent the fast encoder does the work


def _lines(items: Sequence[object]) -> str:
    """A JSON list with one item a line, so that two runs can be compared line by line."""
    return "[\n" + ",\n".join(map(_line, items)) + "\n]" if items else "[]"


def _status(s: UnitStatus) -> dict[str, object]:
    shown = s.shown
    return {
        "unit": s.unit.id,
        "name": s.unit.name,
        "kind": s.unit.kind,
        "state": s.state.value,
        "received_at": shown.received_at.isoformat() if shown else None,
        "file": shown.file if shown else None,
        "sha256": shown.sha256 if shown else None,
        "errors": s.errors,
        "warnings": s.warnings,
        "other_files": list(s.other_files),
        "supplement": s.supplement,
        "sender": shown.sender if shown else "",
        "required": s.completeness.required,
        "answered": s.completeness.answered,
        "cells": {answer.value: count for answer, count in s.completeness.counts.items()},
    }
