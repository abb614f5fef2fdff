"""Frozen values of a workbook as it was read: cells at their A1 places, and what no value can say.

Every reader of this room ends in these values, so that identification and coercion never learn which
reader it was. Nothing here reads, judges or repairs anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MAX_ROW = 1_048_576  # Excel's last row
MAX_COLUMN = 16_384  # Excel's last column, XFD
DENSE_ROWS = 5_000  # cells beyond these two are stray: no return of ours is that long or that wide
DENSE_COLUMNS = 200

_A1 = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Fault:
    """A file-level fault or note; `code` is a key of the message table, `facts` fill its sentence."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """Carries a Fault out of a reader of this room; `scan` and `read_book` turn it back into a value."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, facts)


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet. `rows` starts at A1: rows[r - 1][c - 1] is the cell; rows may be of unequal length.

    A value is None, str, float, int, bool, date, datetime, time or timedelta. `formulas` maps a formula
    cell to its text without "=" ("" for followers of a shared or array formula, and where an xls or xlsb does
    not plainly tell it), `uncached` are those whose result is not stored, `errors` maps a cell to its error
    text (its value is None), `percents` are the cells whose number (or uncached formula) is shown as percent:
    the stored 0.955 is what people see as 95,5 %. `merged` are as written in the file: they may reach to the last
    cell of Excel, so do not expand them blindly. `recoded` maps the cells that were typed with an old font, and
    stand in `rows` in Unicode, to the text as it was stored.
    """

    name: str
    visible: bool
    rows: Sequence[Sequence[object]]
    formulas: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    percents: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()
    recoded: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> object:
        """Value of the cell (1-based), None beyond the last stored one."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None


@dataclass(frozen=True, slots=True)
class RawBook:
    """A workbook. `blind` means that the percents could not be known (xlsb, xls of Excel 5): then a number may
    be shown as percent. Formulas and errors are known of every kind. `date1904`: the serial numbers of days count
    from 1904; None where the file does not say from when.
    """

    sheets: tuple[RawSheet, ...]
    kind: str  # xlsx, xlsm, xls, ods or xlsb: what the content is, whatever the name says
    notes: tuple[Fault, ...] = ()
    blind: bool = False
    date1904: bool | None = False


def column_letters(column: int) -> str:
    """Letters of a 1-based column: 1 -> A, 27 -> AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1-based number of column letters; raises nothing, checks nothing."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """Address of a 1-based row and column: (14, 4) -> D14."""
    return f"{column_letters(column)}{row}"


def parse_a1(address: str) -> tuple[int, int]:
    """1-based (row, column) of a plain address like D14; raises ValueError outside Excel's sheet."""
    match = _A1.fullmatch(address)
    if match is None:
        raise ValueError(address)
    row, column = int(match[2]), column_number(match[1])
    if row > MAX_ROW or column > MAX_COLUMN:
        raise ValueError(address)
    return row, column
