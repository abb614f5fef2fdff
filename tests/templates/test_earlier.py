"""Of the period before only what that period's own file says in known shapes is printed beside the inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from plan.model import CalendarEntry
from plan.period import parse_period
from plan.workspace import Workspace
from templates.earlier import earlier_values
from tests import blank

HALVES = (CalendarEntry("H1", (1, 1), (6, 30), None), CalendarEntry("H2", (7, 1), (12, 31), None))
PLAN = replace(blank.PLAN, calendar=HALVES)
PERIOD = parse_period(PLAN, "2026-H2")


def known(root: Path, values: dict[str, object], progress: object) -> object:
    """What is known of the unit "xa-a" when the earlier file holds these values and this progress."""
    body = {
        "indicators": [
            {"code": "X", "units": [{"unit": "xa-a", "fields": {name: {"value": v} for name, v in values.items()}}]}
        ],
        "tasks": [{"code": "NV-1", "units": [{"unit": "xa-a", "status": "in_progress", "progress": progress}]}],
    }
    path = Workspace(root, PLAN.id, "2026-H1").outputs / "consolidated.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body), encoding="utf-8")
    return earlier_values(PLAN, PERIOD, root).get("xa-a")


def test_numbers_and_texts_of_the_period_before_are_known(tmp_path: Path) -> None:
    assert known(tmp_path, {"a": 95.5, "b": "Đạt", "c": None}, 40) == {
        ("X.a", "value"): Decimal("95.5"),
        ("X.b", "value"): "Đạt",
        ("NV-1", "status"): "Đang triển khai",
        ("NV-1", "progress"): Decimal(40),
    }


def test_what_is_no_value_is_not_known(tmp_path: Path) -> None:
    """A file changed by hand must not stop a template: a long progress would not fit the message of its cell."""
    assert known(tmp_path, {"a": [1], "b": True, "c": {}}, "x" * 300) == {("NV-1", "status"): "Đang triển khai"}


def test_no_file_or_another_file_is_nothing_known(tmp_path: Path) -> None:
    assert earlier_values(PLAN, PERIOD, tmp_path) == {}
    path = Workspace(tmp_path, PLAN.id, "2026-H1").outputs / "consolidated.json"
    path.parent.mkdir(parents=True)
    for text in ("", "[]", '{"indicators": 1}', '{"indicators": [], "tasks": [{}]}'):
        path.write_text(text, encoding="utf-8")
        assert earlier_values(PLAN, PERIOD, tmp_path) == {}
