"""What a kind of damage is: what is done to a faultless return, and what must come of it, cell by cell.

Values only. A kind says beforehand which findings are due, at which cells, and which values are meant; whether
they came is for the oracle. Nothing of `validation` is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook

from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, IndicatorRow, WorkbookLayout
from plan.model import FieldKind

Key = tuple[str, str, str]  # (row, field, column): ("EHR_COVERAGE", "numerator", "value"), ("NV-I-1", "", "status")
Value = Decimal | str | date | None
Place = tuple[str, str, str]  # (sheet, row code as printed in the hidden column, column key)
Places = Mapping[Place, tuple[int, int]]  # -> row and column, 1-based


@dataclass(frozen=True, slots=True)
class Script:
    """Steps for LibreOffice on the faultless return; `kind` is the extension that it saves as."""

    steps: tuple[tuple[str, ...], ...]
    kind: str = "xlsx"
    password: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of a unit; it arrives `hours` after the unit's faultless return would have."""

    name: str
    data: bytes | Script
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A finding that must come: exactly this code at exactly this cell; "" for what is wider."""

    code: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of damage done to one unit's return.

    `due` are all findings that may come, and all must. `meant` are the values that the damage changed on purpose;
    `places` is where the cells stand afterwards (None: where they stood), `sheets` the new names of renamed sheets.
    `units` are other units whose rows may appear beside.
    """

    sent: tuple[Sent, ...]
    due: tuple[Due, ...] = ()
    meant: Mapping[Key, Value] = field(default_factory=dict)
    places: Places | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """One unit's faultless return: its bytes, what was typed in it, and where."""

    unit: str
    layout: WorkbookLayout
    name: str
    data: bytes
    moment: datetime
    truth: Mapping[Key, Value]
    typed: Mapping[Place, object]  # what stands in the input cells, as openpyxl reads it
    places: Places
    book: Workbook  # to look at, never to change
    pickled: bytes  # the same, from which copies are made ten times as fast as by reading the file again
    lean: bytes  # the same without guide and check sheet
    others: Mapping[str, tuple[WorkbookLayout, str, bytes]]  # other units' faultless returns

    def at(self, code: str, key: str) -> str:
        """The address of a cell in the faultless return."""
        return a1(*self.places[self.place(code, key)])

    def place(self, code: str, key: str) -> Place:
        """The cell `key` of the row `code`."""
        return (INDICATOR_SHEET if "." in code else TASK_SHEET, code, key)

    def key(self, code: str, key: str) -> Key:
        """Under which the truth knows the cell `key` of the row `code`."""
        row, _, name = code.partition(".")
        return (row, name, key)

    def rows(self, *kinds: FieldKind) -> list[IndicatorRow]:
        """The rows of Appendix 1 of these kinds that hold an ordinary value."""
        return [
            r
            for r in self.layout.indicator_rows
            if r.field.kind in kinds and self.typed[INDICATOR_SHEET, r.code, "value"] not in (None, 0)
        ]

    def count(self, least: int = 1000) -> str | None:
        """The code of the first count that is at least `least`."""
        return next((r.code for r in self.rows(FieldKind.COUNT) if int(self.value(r.code)) >= least), None)

    def number(self) -> str | None:
        """The code of the first decimal number."""
        return next((r.code for r in self.rows(FieldKind.NUMBER)), None)

    def choice(self) -> str | None:
        """The code of the first question that is answered by "Đạt" or "Chưa đạt"."""
        return next((r.code for r in self.rows(FieldKind.CHOICE)), None)

    def task(self, status: str = "in_progress", *, dated: bool = False) -> str | None:
        """The code of the first task with this status, with a document's date when `dated`."""
        for row in self.layout.task_rows:
            told = self.truth[row.code, "", "status"]
            day = self.truth[row.code, "", "document_date"]
            if told == status and (day is not None) is dated:
                return row.code
        return None

    def value(self, code: str, key: str = "value") -> Decimal:
        """The number that was typed there."""
        found = self.truth[self.key(code, key)]
        assert isinstance(found, Decimal), (code, key, found)
        return found


Make = Callable[[Subject], Case | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A named kind of damage. `make` returns None for a unit whose return has nothing that it could damage."""

    name: str
    theme: str
    means: str  # "LibreOffice", "XML", "zip", "byte", "openpyxl"
    done: str  # what was done, in Vietnamese
    make: Make
    note: str = ""

    @property
    def office(self) -> bool:
        """Whether LibreOffice must be there."""
        return self.means == "LibreOffice"


COLUMNS = {INDICATOR_SHEET: INDICATOR_COLUMNS, TASK_SHEET: TASK_COLUMNS}
LABELS = {INDICATOR_SHEET: "label", TASK_SHEET: "name"}


def a1(row: int, column: int) -> str:
    """The address of a 1-based row and column; our tables stay left of column AZ."""
    first, last = divmod(column - 1, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + last)}{row}"


def moved(places: Places, sheet: str, how: Callable[[int, int], tuple[int, int] | None]) -> Places:
    """The places after rows or columns of a sheet went elsewhere; where `how` says None the cell is gone."""
    found = {}
    for place, (row, column) in places.items():
        new = how(row, column) if place[0] == sheet else (row, column)
        if new is not None:
            found[place] = new
    return found


def rows_in(places: Places, sheet: str, at: int, count: int = 1) -> Places:
    """The places after `count` rows were inserted above the row `at`."""
    return moved(places, sheet, lambda r, c: (r + count if r >= at else r, c))


def rows_out(places: Places, sheet: str, at: int, count: int = 1) -> Places:
    """The places after `count` rows from the row `at` were deleted."""
    return moved(places, sheet, lambda r, c: None if at <= r < at + count else (r - count if r >= at else r, c))


def columns_in(places: Places, sheet: str, at: int, count: int = 1) -> Places:
    """The places after `count` columns were inserted left of the column `at`."""
    return moved(places, sheet, lambda r, c: (r, c + count if c >= at else c))


def columns_out(places: Places, sheet: str, at: int) -> Places:
    """The places after the column `at` was deleted."""
    return moved(places, sheet, lambda r, c: None if c == at else (r, c - 1 if c > at else c))


def column(sheet: str, key: str) -> int:
    """The 1-based number of a column in the template."""
    return next(i for i, c in enumerate(COLUMNS[sheet], start=1) if c.key == key)


def input_keys(sheet: str) -> list[str]:
    """The keys of the columns that units fill in."""
    return [c.key for c in COLUMNS[sheet] if c.is_input]


def codes(subject: Subject, sheet: str) -> list[str]:
    """The row codes of a sheet from top to bottom."""
    rows = subject.layout.indicator_rows if sheet == INDICATOR_SHEET else subject.layout.task_rows
    return [row.code for row in rows]
