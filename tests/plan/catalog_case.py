"""The catalog as files, for its tests: read without the loader, which those tests do not trust.

The texts of the real documents lie beside the repository or not at all; whoever needs one is skipped without it.
"""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "plan" / "catalog"
SOURCES = ROOT.parent / "shared" / "sources"

Row = dict[str, str]


def rows(plan: str, table: str) -> list[Row]:
    """The rows of a table of a catalog plan."""
    with (CATALOG / plan / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def head(plan: str) -> dict[str, Any]:
    """The plan.toml of a catalog plan."""
    return tomllib.loads((CATALOG / plan / "plan.toml").read_text(encoding="utf-8"))


def items(text: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return text.split("; ") if text else []


def source_text(plan: str) -> str:
    """The text of the document, composed (NFC); skips the test where the documents are not at hand."""
    if not SOURCES.is_dir():
        pytest.skip("the folder with the text of the documents is not beside the repository")
    return unicodedata.normalize("NFC", (SOURCES / f"{plan}.txt").read_text(encoding="utf-8"))
