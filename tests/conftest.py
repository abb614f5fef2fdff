"""Whole runs that several test modules look at, made once: they are the slow part of the suite."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """A finished command of the real command line, in a workspace of its own."""

    workspace: Path
    code: int
    stdout: str
    stderr: str
    plan: str = "ninh-binh-syt"
    period: str = "2026-H1"

    @property
    def inputs(self) -> Path:
        return self.workspace / "inputs" / self.plan / self.period

    @property
    def outputs(self) -> Path:
        return self.workspace / "outputs" / self.plan / self.period

    @property
    def truth(self) -> dict[str, Any]:
        """What the rehearsal typed, and the faults that it planted."""
        text = self.inputs.with_name(f"{self.period}.truth.json").read_text(encoding="utf-8")
        truth: dict[str, Any] = json.loads(text)
        return truth

    def read(self, name: str) -> Any:  # noqa: ANN401 (whatever the JSON file holds)
        """One of the JSON outputs."""
        return json.loads((self.outputs / name).read_text(encoding="utf-8"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On two cores, tests that share a slow run stay on one of them (`--dist loadgroup`), so that it is made once."""
    for item in items:
        shared = {"demo", "clean"} & set(getattr(item, "fixturenames", ()))
        if shared:
            own = getattr(item, "callspec", None) if item.path.name == "test_demo_plans.py" else None
            item.add_marker(pytest.mark.xdist_group(own.id if own else "province"))


def run(workspace: Path, *arguments: str) -> Run:
    """Run `cli.py` in a process of its own, as people do."""
    command = [sys.executable, str(ROOT / "cli.py"), *arguments, "--workspace", str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return Run(workspace, done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The whole demo of the README on the real plan: 150 units, some of them odd, wrong, late or silent."""
    return run(tmp_path_factory.mktemp("demo"), "demo", "--period", "2026-H1")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every unit's template filled without a fault, then validated."""
    workspace = tmp_path_factory.mktemp("clean")
    for command in (("template",), ("simulate", "--clean")):
        done = run(workspace, *command, "--period", "2026-H1")
        assert done.code == 0, done.stderr
    return run(workspace, "consolidate", "--period", "2026-H1", "--as-of", "2026-06-12 08:00")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice in a profile of this session; tests that take it carry the mark `office`."""
    return Office.set_up(tmp_path_factory.mktemp("office") / "profile")
