"""Finds the rows of a table by their hidden codes, wherever the rows and the codes' column went.

What keyboards and programs do to a code is undone where one code is left; what a row says in print is
not looked at here (validation/locate_labels.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from validation.coerce_cell import is_blank
from validation.locate_form import Expected, Form, Where
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawSheet, a1

Spans = Sequence[tuple[int, int]]  # first and last 1-based row of each stretch below a header

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")


@dataclass(frozen=True, slots=True)
class Found:
    """Codes and their rows. `strange` are rows with a code that is not the form's: row -> what stands there."""

    rows: dict[str, int] = field(default_factory=dict)
    strange: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def rows_by_code(sheet: RawSheet, spans: Spans, column: int, form: Form, where: Where) -> Found:
    """Take each row whose cell in the code `column` holds a code of the form; a second such row is a finding."""
    found = Found()
    known = {e.code: e for e in form.expected}
    plain: dict[str, Expected | None] | None = None
    for first, last in spans:
        for number in range(first, last + 1):
            cell = sheet.at(number, column)
            if not isinstance(cell, str) or is_blank(cell):
                continue
            e = known.get(cell)
            if e is None:
                plain = _plain_codes(form) if plain is None else plain
                e = plain.get(_plain(cell))
            if e is None:
                found.strange[number] = cell.strip()
            elif e.code in found.rows:
                at = At(sheet.name, a1(number, column), where.unit, e.row_code)
                facts = {"code": e.code, "first": a1(found.rows[e.code], column)}
                found.findings.append(finding("ROW_DUPLICATE", where.file, at, facts=facts))
            else:
                found.rows[e.code] = number
    return found


def _plain(code: str) -> str:
    """A code without what keyboards and programs add: blanks, invisible characters, case, long dashes."""
    shown = unicodedata.normalize("NFKC", code).translate(_DASHES).casefold()
    return "".join(c for c in shown if not c.isspace() and unicodedata.category(c) != "Cf")


def _plain_codes(form: Form) -> dict[str, Expected | None]:
    """Plain code -> its row; None where two codes differ only in what `_plain` takes away."""
    found: dict[str, Expected | None] = {}
    for e in form.expected:
        found[_plain(e.code)] = None if _plain(e.code) in found else e
    return found


def code_column(sheet: RawSheet, spans: Spans, form: Form) -> int:
    """Return the only column in which codes of the form stand, whatever its heading; 0 for none or several."""
    known = {e.code for e in form.expected}
    columns = {
        index
        for first, last in spans
        for row in sheet.rows[first - 1 : last]
        for index, value in enumerate(row, start=1)
        if isinstance(value, str) and value in known
    }
    return columns.pop() if len(columns) == 1 else 0
