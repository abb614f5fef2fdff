"""Documents that fail when they lie: links lead somewhere, and every code of a finding is planted by a test."""

from __future__ import annotations

import doctest
import importlib
import re
import runpy
from pathlib import Path

import pytest

from tests.conftest import ROOT
from validation.message_table import MESSAGES

DOCUMENTS = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    ROOT / "inputs" / "README.md",
    ROOT / "outputs" / "README.md",
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_to_a_file(document: Path) -> None:
    """Pictures and pages are where the text says."""
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_module_that_a_document_names_exists(document: Path) -> None:
    """`room/module.py` in backticks is a promise."""
    named = re.findall(
        r"`((?:plan|templates|validation|consolidate|tests|benchmarks|docs)/[a-z_0-9/-]+\.(?:py|md))`",
        document.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_code_of_a_finding_is_planted_by_a_test_or_the_rehearsal() -> None:
    """A rule that nothing trips could rot unseen."""
    sources = [
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "templates").glob("rehearsal*.py"),
        ROOT / "docs" / "coercion.md",
    ]
    text = "\n".join(p.read_text(encoding="utf-8") for p in sources if p.name != "test_docs.py")
    assert [code for code in MESSAGES if not re.search(rf"\b{code}\b", text)] == []


def test_nothing_committed_names_a_machine_or_a_registry() -> None:
    """No path of a machine, no host of a package registry."""
    kinds = ("*.py", "*.md", "*.toml", "*.csv", "run")
    files = [p for kind in kinds for p in ROOT.rglob(kind) if ".venv" not in p.parts and "egg-info" not in str(p)]
    bad = re.compile(r"/(?:home|root|work|Users)/[a-z]|py" + r"pi\.org|python" + r"hosted|npm" + r"js\.org")
    assert [p.name for p in files if p.is_file() and bad.search(p.read_text(encoding="utf-8", errors="replace"))] == []


def test_the_plans_stand_side_by_side_as_the_catalog_has_them() -> None:
    """docs/indicators.md is written from the catalog: `.venv/bin/python docs/make_indicator_table.py`."""
    written = runpy.run_path(str(ROOT / "docs" / "make_indicator_table.py"))["table"]()
    assert (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8") == written


EXAMPLES = [
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for room in ("plan", "templates", "validation", "consolidate")
    for path in sorted((ROOT / room).rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module", EXAMPLES)
def test_every_example_of_a_docstring_is_true(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0
