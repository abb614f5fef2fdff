"""docs/coercion.md is the contract of the coercion: every line of its tables is run here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from plan.words import CHOICE_WORDS, STATE_WORDS, STATUS_WORDS
from validation import coerce
from validation.coerce import FACTS, NOTES, Coerced

DOCUMENT = Path(__file__).parents[2] / "docs" / "coercion.md"
HEADER = ["Cell", "Typed", "Where", "Outcome", "Value or readings", "Code"]
WORDS: dict[object, str] = dict([*STATE_WORDS.items(), *STATUS_WORDS.items()])


def _seen(written: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), written)


def _tables() -> list[list[str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if len(row) == len(HEADER) and row != HEADER and set(row[0]) != {"-"}]


def _raw(cell: str, typed: str) -> object:
    makers: dict[str, Callable[[str], object]] = {
        "text": _seen,
        "number": float,
        "number %": float,
        "number .xls": float,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "duration": lambda w: timedelta(hours=int(w.split(":")[0]), minutes=int(w.split(":")[1])),
        "logical": lambda w: {"TRUE": True, "FALSE": False}[w],
    }
    return makers[cell](typed)


def _read(cell: str, raw: object, where: str) -> Coerced:
    percent_format, blind = cell == "number %", cell == "number .xls"
    readers: dict[str, Callable[[], Coerced]] = {
        "count": lambda: coerce.count(raw, percent_format),
        "number": lambda: coerce.number(raw, percent_format, blind=blind),
        "percent": lambda: coerce.number(raw, percent_format, percent=True, blind=blind),
        "date": lambda: coerce.date_(raw),
        "state": lambda: coerce.state(raw),
        "status": lambda: coerce.status(raw),
        "choice": lambda: coerce.choice(raw, CHOICE_WORDS),
        "text": lambda: Coerced(coerce.text(raw)),
    }
    return readers[where]()


@dataclass(frozen=True)
class Line:
    """One line of a table, for one of the places that it names."""

    cell: str
    typed: str
    where: str
    outcome: str
    value: str
    code: str

    def read(self) -> Coerced:
        quoted = re.fullmatch(r"`(.*)`", self.typed)
        assert quoted, f"not in backticks: {self.typed}"
        return _read(self.cell, _raw(self.cell, quoted[1]), self.where)


LINES = [Line(c, t, place.strip(), *rest) for c, t, places, *rest in _tables() for place in places.split(",")]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.where}-{line.cell}-{line.typed}")
def test_every_line_of_the_document_holds(line: Line) -> None:
    read = line.read()
    assert read.code == line.code
    assert line.outcome == ("error" if read.is_error else "note" if read.code else "clean")
    quoted = [_seen(one) for one in re.findall(r"`([^`]*)`", line.value)]
    if read.is_error:
        assert read.value is None
        assert quoted == ([read.facts["first"], read.facts["second"]] if "first" in read.facts else [])
    else:
        assert quoted == [WORDS.get(read.value, str(read.value))]
        assert isinstance(read.value, Decimal) == (line.where in ("count", "number", "percent"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.where}-{line.cell}-{line.typed}")
def test_facts_are_those_that_the_messages_are_written_for(line: Line) -> None:
    """A sentence with an unfilled place would reach a unit."""
    read = line.read()
    assert tuple(read.facts) == (FACTS[line.code] if line.code else ())
    assert all(read.facts[name] for name in read.facts if name not in ("second", "suggestion", "hint"))


def test_the_document_shows_every_code_and_its_facts() -> None:
    """A code without an example, or with other facts than the document says, would be a rule nobody agreed to."""
    assert {row[5] for row in _tables()} - {""} == set(FACTS)
    assert set(FACTS) >= NOTES
    listed = re.findall(r"^\| ([A-Z_]+) \| ([a-z, ]+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: tuple(facts.split(", ")) for code, facts in listed} == dict(FACTS)
