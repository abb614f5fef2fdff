"""What must stand on an appendix sheet and what was found of it: the values that the gate hands about.

A form is the layout's columns and rows with the printed texts that prove them. Nothing is searched here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, Column, WorkbookLayout
from plan.words import fold
from validation.coerce_cell import is_blank
from validation.raw import RawBook, RawSheet, parse_a1


@dataclass(frozen=True, slots=True)
class Expected:
    """A row that must be there: its code, the printed text that goes with the code and the short row name."""

    code: str
    label: str
    row_code: str  # what findings and blocking are keyed by: the indicator or task code
    measured_in: str = ""  # the printed unit of measure, "" where the table has none
    name: str = ""  # the indicator beside whose label it stands, "" where the label itself is the name


@dataclass(frozen=True)
class Form:
    """One appendix as it was sent out; `label_key` names the printed column that must agree with the row code."""

    columns: tuple[Column, ...]
    label_key: str
    expected: tuple[Expected, ...]

    @cached_property
    def needed(self) -> tuple[Column, ...]:
        """The columns without which a row cannot be read; the code's has a substitute in the printed labels."""
        return tuple(c for c in self.columns if c.is_input or c.key in ("code", self.label_key))

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that a unit fills in."""
        return tuple(c for c in self.columns if c.is_input)

    @cached_property
    def by_label(self) -> Mapping[str, tuple[Expected, ...]]:
        """Folded label -> the rows that carry it; long texts, so folded only for a table that was changed."""
        found: dict[str, tuple[Expected, ...]] = {}
        for e in self.expected:
            found[fold(e.label)] = (*found.get(fold(e.label), ()), e)
        return found

    def is_label(self, text: str) -> bool:
        """True for the printed label of a row."""
        return fold(text) in self.by_label

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Labels that stand beside more than one code, so that they alone prove nothing."""
        counts = Counter(e.label for e in self.expected)
        return frozenset(label for label, count in counts.items() if count > 1)

    @property
    def other_columns(self) -> tuple[Column, ...]:
        """The columns of the other appendix, which people paste on the same sheet."""
        return TASK_COLUMNS if self.columns is INDICATOR_COLUMNS else INDICATOR_COLUMNS


@dataclass(frozen=True, slots=True)
class Table:
    """A located table. `columns` maps column keys to 1-based columns, `rows` codes to 1-based rows."""

    sheet: RawSheet
    columns: Mapping[str, int]
    rows: Mapping[str, int]
    letters: Mapping[str, str]

    def address(self, code: str, key: str) -> str:
        """The A1 address of a column of a row."""
        return f"{self.letters[key]}{self.rows[code]}"

    def raw(self, code: str, key: str) -> object:
        """What stands there; None beyond the used area."""
        return self.sheet.at(self.rows[code], self.columns[key])


@dataclass(frozen=True, slots=True)
class Where:
    """The file and unit that findings of one return carry."""

    file: str
    unit: str


def form_of(layout: WorkbookLayout, name: str) -> Form:
    """Return the form of the appendix whose printed sheet name is `name`."""
    if name == INDICATOR_SHEET:
        rows = (
            Expected(r.code, r.field.label, r.indicator.code, r.field.unit, r.indicator.name)
            for r in layout.indicator_rows
        )
        return Form(INDICATOR_COLUMNS, "label", tuple(rows))
    return Form(TASK_COLUMNS, "name", tuple(Expected(r.code, r.task.name, r.code) for r in layout.task_rows))


def find_sheet(book: RawBook, name: str) -> RawSheet | None:
    """Return the sheet `name`, else the one sheet whose name differs only in case, accents or spaces."""
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    alike = [s for s in book.sheets if fold(s.name) == fold(name)]
    return alike[0] if len(alike) == 1 else None


def answers(table: Table, columns: Sequence[Column], codes: Sequence[str]) -> dict[tuple[str, str], object]:
    """What stands in the input cells of the rows that were found; blanks left out."""
    read = {
        (code, c.key): table.raw(code, c.key) for code in codes if code in table.rows for c in columns if c.is_input
    }
    return {place: value for place, value in read.items() if not is_blank(value)}


def corners(area: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return ((top, left), (bottom, right)) of a merged area; None when it is no area of a sheet or a single cell."""
    try:
        (row, column), (other_row, other_column) = (parse_a1(corner) for corner in (area.split(":") * 2)[:2])
    except ValueError:
        return None
    first, last = (min(row, other_row), min(column, other_column)), (max(row, other_row), max(column, other_column))
    return None if first == last else (first, last)
