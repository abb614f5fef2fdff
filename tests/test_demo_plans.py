"""Every plan of the catalog runs a whole period, each in its own kinds of period, with no word of any in the code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plan.load import catalog_ids
from tests.conftest import ROOT, Run, run
from tests.oracle import check_figure, check_findings, check_tasks
from tests.plan.catalog_case import rows

# The plan of the province has a module of its own.
PERIODS = (
    ("thanh-nam", "2026-H1"),
    ("muong-la", "2026-Y"),
    ("kien-hai", "2026-Q1"),
    ("kien-hai", "2026-H1"),
    ("kien-hai", "2026-Y"),
    ("tran-lieu", "2026-H1"),
)


@pytest.fixture(scope="module", params=PERIODS, ids="-".join)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    plan, period = request.param
    done = run(tmp_path_factory.mktemp(plan), "demo", "--plan", plan, "--period", period)
    return replace(done, plan=plan, period=period)


def test_every_plan_of_the_catalog_is_run() -> None:
    assert {"ninh-binh-syt", *(plan for plan, _ in PERIODS)} == set(catalog_ids())


def test_the_demo_ends_well(demo: Run) -> None:
    """Exit 0: what was planted is found, and nothing else; something is planted in the smallest plan."""
    assert demo.code == 0, demo.stdout + demo.stderr
    assert demo.stderr == ""
    assert check_findings(demo.read("findings.json"), demo.truth) >= 1


def test_every_figure_and_task_is_what_the_truth_gives(demo: Run) -> None:
    body: dict[str, Any] = demo.read("consolidated.json")
    indicators = {row["code"]: row for row in rows(demo.plan, "indicators")}
    assert [i["code"] for i in body["indicators"]] == list(indicators)
    for result in body["indicators"]:
        check_figure(result, indicators[result["code"]], demo.truth)
    assert [t["code"] for t in body["tasks"]] == [row["code"] for row in rows(demo.plan, "tasks")]
    check_tasks(body["tasks"], demo.truth)
    assert any(i["value"] is not None for i in body["indicators"])


@pytest.mark.parametrize(("plan", "period"), dict(PERIODS).items())
def test_a_clean_fill_gives_zero_findings(plan: str, period: str, tmp_path: Path) -> None:
    """Every plan once, in one of its periods: what is filled in without a fault passes without a remark."""
    options = ("--plan", plan, "--period", period, "--due", "2026-07-01")
    for command in (("template",), ("simulate", "--clean"), ("consolidate",)):
        done = run(tmp_path, *command, *options)
        assert done.code == 0, done.stdout + done.stderr
    body = replace(done, plan=plan, period=period).read("consolidated.json")
    assert body["units"]["accepted"] == body["units"]["expected"] > 5
    assert all(i["missing"] == [] for i in body["indicators"])


def test_no_code_branches_on_a_plan() -> None:
    """The id of a plan stands in examples and as the default, never in a comparison."""
    rooms = ("plan", "templates", "validation", "consolidate")
    sources = [p for room in rooms for p in (ROOT / room).rglob("*.py")] + list(ROOT.glob("*.py"))
    ids = "|".join(catalog_ids())
    branches = re.compile(
        rf"(?:==|!=|\bin\b|case)\s*[(\[{{]?\s*[\"'](?:{ids})[\"']|[\"'](?:{ids})[\"']\s*(?:==|!=|\bin\b)"
    )
    assert [p.name for p in sources if branches.search(p.read_text(encoding="utf-8"))] == []
