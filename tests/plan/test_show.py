"""`plan show --format json` prints the whole plan: printed texts verbatim, interpretation beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from plan import grammar
from plan.load import load_plan
from plan.model import Plan
from plan.show import plan_json

CATALOG = Path(__file__).parents[2] / "plan" / "catalog" / "ninh-binh-syt"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan("ninh-binh-syt")


@pytest.fixture(scope="module")
def shown(plan: Plan) -> dict[str, Any]:
    """The plan after a real trip through JSON, which refuses what is not JSON."""
    return json.loads(json.dumps(plan_json(plan), ensure_ascii=False, allow_nan=False))  # type: ignore[no-any-return]


def test_the_keys_of_the_contract_are_there(shown: dict[str, Any]) -> None:
    assert {"id", "issuer", "level", "calendar", "indicators", "tasks", "units"} <= set(shown)
    assert shown["calendar"][0] == {"kind": "H1", "first": "01-01", "last": "06-30", "due": "06-10"}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("indicators", "number section group name unit target_text lead_text coordinating_text monitor_text due_text"),
        ("tasks", "number group_number group name lead_text coordinating_text result due_text"),
        ("units", "id code kind name parent contact"),
    ],
)
def test_printed_columns_are_verbatim_and_in_printed_order(shown: dict[str, Any], table: str, columns: str) -> None:
    with (CATALOG / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wanted = columns.split()
    assert [[row[c] for c in wanted] for row in shown[table]] == [[row[c] for c in wanted] for row in rows]


def test_interpreted_values_are_plain_and_exact(shown: dict[str, Any]) -> None:
    """A Decimal goes out as its text: 1.5 stays 1.5 for every reader."""
    rows = {row["code"]: row for row in shown["indicators"]}
    assert rows["HEIGHT_GAIN"]["targets"] == [{"year": 2030, "comparator": ">=", "value": "1.5", "threshold": None}]
    doctors = rows["STATION_DOCTORS"]
    assert (doctors["measure"], doctors["aggregation"]) == ("threshold", "share")
    assert [target["threshold"] for target in doctors["targets"]] == [4, 5]
    assert doctors["fields"][0]["kind"] == "count"
    task = next(row for row in shown["tasks"] if row["code"] == "NV-II-3")
    assert task["due"][0] == {"kind": "range", "first": "2026-01-01", "last": "2027-12-31", "event": ""}


def test_an_assignment_shows_the_units_behind_it(plan: Plan, shown: dict[str, Any]) -> None:
    row = next(row for row in shown["indicators"] if row["code"] == "BHYT_COVERAGE")
    (reporters,) = row["reporters"]
    assert reporters["ref"] == "@xa-phuong"
    assert reporters["units"] == [unit.id for unit in plan.units if "xa-phuong" in unit.groups]


def test_what_is_shown_can_be_written_in_the_cells_grammar_again(plan: Plan) -> None:
    """Nothing of the interpretation is lost: every cell of the catalog formats back to what was parsed."""
    for indicator in plan.indicators:
        assert grammar.parse_fields(grammar.format_fields(indicator.fields)) == indicator.fields
        assert grammar.parse_targets(grammar.format_targets(indicator.targets)) == indicator.targets
    for task in plan.tasks:
        assert grammar.parse_due(grammar.format_due(task.due)) == task.due
        assert grammar.parse_assignments(grammar.format_assignments(task.leads)) == task.leads
