"""What each unit reported last period, read from that period's consolidated.json, for its next template.

Only values that were accepted and counted stand in that file, so nothing unclear is printed beside an
input. No file, or a file of another make, means that nothing is known.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from plan.model import Period, Plan
from plan.period import previous_period
from plan.words import STATUS_WORDS, TaskStatus
from plan.workspace import Workspace
from templates.previous import Previous


def earlier_values(plan: Plan, period: Period, root: Path) -> dict[str, Previous]:
    """Return unit id -> what it reported in the plan's previous period below `root`; {} when nothing is known."""
    before = previous_period(plan, period)
    if before is None:
        return {}
    path = Workspace(root, plan.id, before.id).outputs / "consolidated.json"
    try:
        body = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    except (OSError, ValueError):
        return {}
    known: dict[str, dict[tuple[str, str], str | Decimal]] = defaultdict(dict)
    try:
        for unit, key, value in (*_indicator_values(body), *_task_values(body)):
            known[unit][key] = value
    except (KeyError, TypeError, AttributeError):
        return {}
    return dict(known)


_Value = tuple[str, tuple[str, str], str | Decimal]


def _indicator_values(body: Mapping[str, Any]) -> Iterator[_Value]:
    for indicator in body["indicators"]:
        for part in indicator["units"]:
            for name, entry in part["fields"].items():
                if isinstance(entry["value"], str | Decimal):
                    yield part["unit"], (f"{indicator['code']}.{name}", "value"), entry["value"]


def _task_values(body: Mapping[str, Any]) -> Iterator[_Value]:
    for task in body["tasks"]:
        for part in task["units"]:
            if part["status"] is not None:
                yield part["unit"], (task["code"], "status"), STATUS_WORDS[TaskStatus(part["status"])]
            if isinstance(part["progress"], Decimal):  # a sentence has no room for whatever else stood there
                yield part["unit"], (task["code"], "progress"), part["progress"]
