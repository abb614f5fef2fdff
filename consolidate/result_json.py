"""`consolidated.json` and `status.json`: the figures for other programs, in the shape of DESIGN section 10.

Numbers are rounded here and nowhere before, half away from zero, to the decimals that the plan states;
`exact` keeps the fraction so that nobody has to trust the rounding.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from consolidate.model import Consolidation, IndicatorResult, TaskResult, UnitStatus
from consolidate.rounding import rounded
from plan.model import Target
from plan.shown import shown_unit
from validation.model import IndicatorEntry, Verdict

_ACCEPTED = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def consolidated_json(consolidation: Consolidation) -> bytes:
    """Return the whole consolidation as UTF-8 JSON, one indicator or task a line, keys in a fixed order."""
    statuses = consolidation.statuses
    head = {
        "plan": consolidation.plan.id,
        "period": consolidation.period.id,
        "as_of": consolidation.as_of.isoformat(),
        "rehearsal": consolidation.rehearsal,
        "units": {
            "expected": len(statuses),
            "received": sum(1 for s in statuses if s.shown is not None),
            "counted": consolidation.counted_units,
            "accepted": sum(1 for s in statuses if s.shown is not None and s.shown.verdict in _ACCEPTED),
        },
    }
    parts = [f"{_line(key)}: {_line(value)}" for key, value in head.items()]
    parts.append(f'"indicators": {_lines([_indicator(r) for r in consolidation.indicators])}')
    parts.append(f'"tasks": {_lines([_task(r) for r in consolidation.tasks])}')
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def status_json(statuses: Sequence[UnitStatus]) -> bytes:
    """Return the reporting status of every unit as a JSON list, one unit a line."""
    return f"{_lines([_status(s) for s in statuses])}\n".encode()


def _line(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)  # without indent the fast encoder does the work


def _lines(items: Sequence[object]) -> str:
    """A JSON list with one item a line, so that two runs can be compared line by line."""
    return "[\n" + ",\n".join(map(_line, items)) + "\n]" if items else "[]"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _plain(value: Fraction | None) -> int | float | None:
    return None if value is None else int(value) if value.denominator == 1 else float(value)


def _indicator(r: IndicatorResult) -> dict[str, object]:
    decimals = r.indicator.decimals
    return {
        "code": r.indicator.code,
        "number": r.indicator.number,
        "name": r.indicator.name,
        "unit": shown_unit(r.indicator),
        "measure": r.indicator.measure.value,
        "aggregation": r.indicator.aggregation.value,
        "value": _number(rounded(r.value, decimals)),
        "exact": _exact(r.value),
        "numerator": _plain(r.numerator),
        "denominator": _plain(r.denominator),
        "target": _target(r.target),
        "verdict": r.verdict.value,
        "reached": r.reached,
        "estimated": r.estimated,
        "mean_of_percentages": _number(rounded(r.mean_of_percentages, decimals)),
        "expected": len(r.expected),
        "included": list(r.included),
        "missing": list(r.missing),
        "not_applicable": list(r.not_applicable),
        "conflicts": list(r.conflicts),
        "units": [
            {
                "unit": f.unit,
                "value": _number(rounded(f.value, decimals)),
                "exact": _exact(f.value),
                "estimated": f.estimated,
                "fields": {e.field: _entry(e) for e in f.entries},
            }
            for f in r.figures
        ],
    }


def _target(target: Target | None) -> dict[str, object] | None:
    if target is None:
        return None
    return {
        "year": target.year,
        "comparator": target.comparator.value,
        "value": _number(target.value),
        "threshold": target.threshold,
    }


def _entry(e: IndicatorEntry) -> dict[str, object]:
    value = _number(e.value) if isinstance(e.value, Decimal) else e.value
    return {"value": value, "state": e.state.value if e.state else None, "file": e.file, "cell": f"{e.sheet}!{e.cell}"}


def _task(r: TaskResult) -> dict[str, object]:
    return {
        "code": r.task.code,
        "number": r.task.number,
        "name": r.task.name,
        "status": r.status.value,
        "progress": _plain(r.progress),
        "overdue": r.overdue,
        "due_now": r.due_now,
        "open_below": list(r.open_below),
        "counts": {status.value: count for status, count in r.counts.items()},
        "units": [
            {
                "unit": p.unit,
                "role": p.role.value,
                "scope": p.scope,
                "status": p.entry.status.value if p.entry and p.entry.status else None,
                "progress": _number(p.entry.progress) if p.entry else None,
                "file": p.entry.file if p.entry else None,
            }
            for p in r.parts
        ],
    }


def _status(s: UnitStatus) -> dict[str, object]:
    shown = s.shown
    return {
        "unit": s.unit.id,
        "name": s.unit.name,
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
