"""An Explanation as JSON for other programs: every cell with its value, every file with its SHA-256.

Numbers stand exact as fractions beside the rounded figure. Shapes values and computes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from consolidate.explain.figure import cells
from consolidate.explain.model import Cell, Explanation, FileVersion, LeftOut, Share
from consolidate.model import IndicatorResult, TaskResult
from validation.messages import message
from validation.model import Finding, Return


def explanation_json(explanation: Explanation) -> str:
    """Return the whole explanation; `cells` are those whose change alone can change the figure."""
    e = explanation
    told = {
        "plan": e.plan,
        "period": e.period,
        "as_of": e.as_of.isoformat(),
        "code": e.code,
        "title": e.title,
        "kind": "indicator" if e.is_indicator else "task",
        "unit": e.unit or None,
        "shown": e.shown,
        "value": _number(e.rounded),
        "exact": None if e.exact is None else str(e.exact),
        **_standing(e.result),
        "rule": e.rule,
        "working": e.working,
        "target": e.target,
        "why": list(e.verdict),
        "coverage": e.coverage,
        "changes": list(e.changes),
        "notes": list(e.notes),
        "cells": [{"file": p.file, "sheet": p.sheet, "cell": p.cell} for p in cells(e)],
        "columns": [{"key": c.key, "head": c.head, "label": c.label, "total": _exact(c.total)} for c in e.columns],
        "shares": [_share(e, s) for s in e.shares],
        "left_out": [_left_out(x) for x in e.left_out],
        "beside": [_share(e, s) for s in e.beside],
        "files": [_file(r) for r in e.files],
        "versions": [_version(v) for v in e.versions],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _standing(result: IndicatorResult | TaskResult) -> dict[str, object]:
    """What the row says beside its figure, in the words of consolidated.json."""
    if isinstance(result, TaskResult):
        return {
            "status": result.status.value,
            "overdue": result.overdue,
            "due_now": result.due_now,
            "at_risk": result.at_risk,
            "counts": {status.value: count for status, count in result.counts.items()},
        }
    return {
        "verdict": result.verdict.value,
        "reached": result.reached,
        "milestone": _exact(result.milestone),
        "on_track": result.on_track,
        "estimated": result.estimated,
        "included": list(result.included),
        "missing": list(result.missing),
        "not_applicable": list(result.not_applicable),
        "conflicts": list(result.conflicts),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(value: Fraction | str | None) -> str | None:
    return None if value is None else str(value)


def _share(e: Explanation, share: Share) -> dict[str, object]:
    return {
        "unit": share.unit,
        "name": share.name,
        "values": {c.key: _exact(v) for c, v in zip(e.columns, share.values, strict=True)},
        "remark": share.remark,
        "file": share.file,
        "cells": _cells(share.cells),
        "texts": [{"label": label, "text": text} for label, text in share.texts],
    }


def _left_out(left: LeftOut) -> dict[str, object]:
    return {
        "unit": left.unit,
        "name": left.name,
        "why": left.why.value,
        "file": left.file or None,
        "reason": left.reason,
        "cells": _cells(left.cells),
        "findings": [_finding(f) for f in left.findings],
    }


def _cells(found: Iterable[Cell]) -> list[dict[str, object]]:
    return [
        {
            "file": c.file,
            "sheet": c.sheet,
            "cell": c.cell,
            "field": c.field,
            "label": c.label,
            "holds": "kind" if c.is_kind else "value",
            "value": _number(c.value) if isinstance(c.value, Decimal) else c.value,
            "state": c.state.value if c.state else None,
            "decides": c.decides,
            **({"unread": c.unread} if c.unread else {}),
        }
        for c in found
    ]


def _finding(found: Finding) -> dict[str, object]:
    place = {"file": found.file, "sheet": found.sheet, "cell": found.cell}
    return {**place, "code": found.code, "severity": found.severity.value, "message": message(found)}


def _file(received: Return) -> dict[str, object]:
    return {
        "file": received.file,
        "unit": received.unit,
        "sha256": received.sha256,
        "received_at": received.received_at.isoformat(),
        "sender": received.sender,
        "late": received.late,
        "verdict": received.verdict.value,
        "counts": received.counts,
    }


def _version(version: FileVersion) -> dict[str, object]:
    return {
        "number": version.number,
        **_file(version.received),
        "gone": version.is_gone,
        "cells": _cells(version.cells),
        "findings": [_finding(f) for f in version.findings],
    }
