"""docs/coercion.md is the contract of the coercion: every line of its tables is run here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, column_letter
from plan.model import FieldKind
from plan.words import CHOICE_WORDS, STATE_WORDS, STATUS_WORDS
from tests.validation.returned import COMMUNE, book
from validation import coerce, legacy
from validation.coerce import FACTS, NOTES, WARNINGS, Coerced
from validation.locate_form import Where
from validation.message_table import MESSAGES
from validation.model import Severity
from validation.raw import RawBook
from validation.reading import Rows, read_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "coercion.md"
HEADER = ["Cell", "Typed", "Where", "Outcome", "Value or readings", "Code"]
WORDS: dict[object, str] = dict([*STATE_WORDS.items(), *STATUS_WORDS.items()])


def _seen(written: str) -> str:
    return re.sub(r"\\(?:u([0-9a-f]{4})|x(20))", lambda found: chr(int(found[1] or found[2], 16)), written)


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
        "number 1904": float,
        "number 19??": float,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "duration": lambda w: timedelta(hours=int(w.split(":")[0]), minutes=int(w.split(":")[1])),
        "logical": lambda w: {"TRUE": True, "FALSE": False}[w],
    }
    return makers[cell](typed)


def _read(cell: str, raw: object, where: str) -> Coerced:
    percent_format, blind = cell == "number %", cell == "number .xls"
    where, _, unit = where.partition(" of ")
    readers: dict[str, Callable[[], Coerced]] = {
        "count": lambda: coerce.count(raw, percent_format, unit=unit),
        "number": lambda: coerce.number(raw, percent_format, blind=blind, unit=unit),
        "percent": lambda: coerce.number(raw, percent_format, percent=True, blind=blind),
        "date": lambda: coerce.date_(raw, date1904={"number 1904": True, "number 19??": None}.get(cell, False)),
        "state": lambda: coerce.state(raw),
        "status": lambda: coerce.status(raw),
        "choice": lambda: coerce.choice(raw, CHOICE_WORDS),
        "text": lambda: coerce.free_text(raw),
        "document number": lambda: coerce.free_text(raw, is_number=True),
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


ALL_LINES = [Line(c, t, place.strip(), *rest) for c, t, places, *rest in _tables() for place in places.split(",")]
IN_A_WORKBOOK = ("formula", "formula %", "formula ?", "error")
LINES = [line for line in ALL_LINES if line.cell not in (*IN_A_WORKBOOK, "old font")]
OUTCOMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def _outcome(read: Coerced) -> str:
    return "error" if read.is_error else "warning" if read.code in WARNINGS else "note" if read.code else "clean"


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.where}-{line.cell}-{line.typed}")
def test_every_line_of_the_document_holds(line: Line) -> None:
    read = line.read()
    assert read.code == line.code
    assert line.outcome == _outcome(read)
    quoted = [_seen(one) for one in re.findall(r"`([^`]*)`", line.value)]
    if read.is_error:
        assert read.value is None
        assert quoted == ([read.facts["first"], read.facts["second"]] if "first" in read.facts else [])
    else:
        assert quoted == [WORDS.get(read.value, str(read.value))]
        assert isinstance(read.value, Decimal) == (line.where.split()[0] in ("count", "number", "percent"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.where}-{line.cell}-{line.typed}")
def test_facts_are_those_that_the_messages_are_written_for(line: Line) -> None:
    """A sentence with an unfilled place would reach a unit."""
    read = line.read()
    assert tuple(read.facts) == (FACTS[line.code] if line.code else ())
    assert all(read.facts[name] for name in read.facts if name not in ("second", "suggestion", "hint"))


@pytest.mark.parametrize("line", [line for line in ALL_LINES if line.cell == "old font"], ids=lambda line: line.typed)
def test_every_line_on_old_fonts_holds(line: Line) -> None:
    typed = _seen(line.typed.strip("`"))
    found = legacy.decoded(typed)
    assert (line.value, line.code) == ((f"`{found.text}`", "TEXT_DECODED") if found else ("–", ""))
    assert line.outcome == ("note" if found else "clean")


COUNT_LINE = next(line for line in COMMUNE.indicator_rows if line.field.kind is FieldKind.COUNT)
TASK_LINE = COMMUNE.task_rows[0]
PLACES = {
    "count": (INDICATOR_SHEET, f"{column_letter(INDICATOR_COLUMNS, 'value')}{COUNT_LINE.row}"),
    "percent": (TASK_SHEET, f"{column_letter(TASK_COLUMNS, 'progress')}{TASK_LINE.row}"),
}


def _in_a_workbook(line: Line) -> Rows:
    """A return in which the cell of this line holds the formula or error, read."""
    name, address = PLACES[line.where]
    typed = _seen(line.typed.strip("`"))
    made = book(typed={(COUNT_LINE.code, "value"): None, (TASK_LINE.code, "progress"): None})
    facts: dict[str, object] = {"errors": {address: typed}} if line.cell == "error" else {"formulas": {address: typed}}
    if line.cell == "formula %":
        facts["percents"] = frozenset({address})
    if line.cell == "formula ?":
        facts["uncached"] = frozenset({address})
    sheets = (replace(sheet, **facts) if sheet.name == name else sheet for sheet in made.sheets)  # type: ignore[arg-type]  # facts are typed above
    return read_rows(RawBook(tuple(sheets), "xlsx"), COMMUNE, Where("a.xlsx", COMMUNE.unit.id))


@pytest.mark.parametrize(
    "line",
    [line for line in ALL_LINES if line.cell in IN_A_WORKBOOK],
    ids=lambda line: f"{line.where}-{line.cell}-{line.typed}",
)
def test_every_line_on_formulas_and_errors_holds(line: Line) -> None:
    """As the run has it: of several findings of one cell the gravest stays, and of equals the first."""
    rows = _in_a_workbook(line)
    address = PLACES[line.where]
    found = [one for one in rows.findings if (one.sheet, one.cell) == address]
    gravest = min(found, key=lambda one: list(Severity).index(one.severity))
    assert (gravest.code, OUTCOMES[gravest.severity]) == (line.code, line.outcome)
    if line.where == "count":
        value = next(cell.value for cell in rows.cells if cell.cell == address[1])
    else:
        value = next(task.progress for task in rows.tasks if task.line is TASK_LINE)
    assert (f"`{value}`" if value is not None else "–") == line.value


def test_the_document_shows_every_code_and_its_facts() -> None:
    """A code without an example, or with other facts than the document says, would be a rule nobody agreed to."""
    shown = {row[5] for row in _tables()} - {""}
    assert set(FACTS) - shown == {"TEXT_CUT"}  # 5,000 characters are too long for a table
    assert shown - set(FACTS) == {code for code in MESSAGES if code.startswith(("FORMULA_", "CELL_", "TEXT_DECODED"))}
    assert set(FACTS) >= NOTES | WARNINGS
    listed = re.findall(r"^\| ([A-Z_]+) \| ([a-z, ]+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert {code: tuple(facts.split(", ")) for code, facts in listed} == dict(FACTS)


def test_notes_warnings_and_errors_are_as_grave_as_their_messages() -> None:
    graver = {code: Severity.NOTE if code in NOTES else Severity.ERROR for code in FACTS} | dict.fromkeys(
        WARNINGS, Severity.WARNING
    )
    assert {code: MESSAGES[code].severity for code in FACTS} == graver
