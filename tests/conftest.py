"""Whole runs that several test modules look at, made once: they are the slow part of the suite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.desk import FILE, Desk
from tests.office import Office

ROOT = Path(__file__).parents[1]
_LONGEST_WAIT = 300  # seconds for what the other core is making


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

    def copy_of(self, file: str) -> Path:
        """The copy that went back for a returned file, whatever was put before its name."""
        own = Path(file).name.removesuffix(".xlsx")
        (path,) = (p for p in (self.outputs / "feedback").glob("*.xlsx") if p.stem.endswith(own))
        return path

    def read(self, name: str) -> Any:  # noqa: ANN401 (whatever the JSON file holds)
        """One of the JSON outputs."""
        return json.loads((self.outputs / name).read_text(encoding="utf-8"))


def run(workspace: Path, *arguments: str) -> Run:
    """Run `cli.py` in a process of its own, as people do."""
    command = [sys.executable, str(ROOT / "cli.py"), *arguments, "--workspace", str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return Run(workspace, done.returncode, done.stdout, done.stderr)


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Run]) -> Run:
    """Return the run that `make` leaves in a folder; on two cores the first to ask makes it and the other waits."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make(tmp_path_factory.mktemp(name))
    shared = tmp_path_factory.getbasetemp().parent / name  # each core has a folder of its own below the common one
    result = shared.with_suffix(".json")
    for _ in range(_LONGEST_WAIT):
        try:
            shared.mkdir()
        except FileExistsError:
            if result.is_file():
                told = json.loads(result.read_text(encoding="utf-8"))
                return Run(shared, told["code"], told["stdout"], told["stderr"])
            time.sleep(1)
            continue
        made = make(shared)
        beside = result.with_suffix(".tmp")
        beside.write_text(
            json.dumps({"code": made.code, "stdout": made.stdout, "stderr": made.stderr}), encoding="utf-8"
        )
        beside.replace(result)
        return made
    raise TimeoutError(f"{name} was not made by the other core")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The whole demo of the README on the real plan: 150 units, some of them odd, wrong, late or silent."""
    return made_once(tmp_path_factory, "demo", lambda folder: run(folder, "demo", "--period", "2026-H1"))


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every unit's template filled without a fault, then validated."""

    def make(workspace: Path) -> Run:
        for command in (("template",), ("simulate", "--clean")):
            done = run(workspace, *command, "--period", "2026-H1")
            assert done.code == 0, done.stderr
        return run(workspace, "consolidate", "--period", "2026-H1", "--as-of", "2026-06-12 08:00")

    return made_once(tmp_path_factory, "clean", make)


@pytest.fixture
def desk(clean: Run, tmp_path: Path) -> Desk:
    """A clerk's desk of this test alone, with a faultless return at hand."""
    return Desk(tmp_path, clean.inputs / FILE)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice in a profile of this session; tests that take it carry the mark `office`."""
    return Office.set_up(tmp_path_factory.mktemp("office") / "profile")
