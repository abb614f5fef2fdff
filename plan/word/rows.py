"""What reading the appendix tables yields: rows as printed, and everything that stands there and became no row.

Values only; how they are found is the business of `appendix`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plan.word.headings import Heading

_SHOWN = 120  # of an unread text, so many characters are enough to find it


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that stands in the document and not in the draft.

    `row` counts the rows of table number `table`; row 0 stands below that table, outside of any (table 0: above all).
    """

    table: int
    row: int
    text: str
    why: str

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        if self.row:
            return f"bảng {self.table}, dòng {self.row}"
        return f"sau bảng {self.table}" if self.table else "trước các bảng"


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """One printed row. `texts` are its cells by the columns of `heading`."""

    table: int
    line: int
    heading: Heading
    texts: tuple[str, ...]
    section: str
    group_number: str
    group: str

    def cell(self, role: str) -> str:
        """Return the text of the column that has this role, "" where there is none."""
        roles = self.heading.roles
        return self.texts[roles.index(role)] if role in roles else ""

    @property
    def goals(self) -> tuple[tuple[int | None, str], ...]:
        """The target cells with the year that their column names."""
        columns = [index for index, role in enumerate(self.heading.roles) if role == "target"]
        return tuple((self.heading.years.get(index), self.texts[index]) for index in columns if self.texts[index])


@dataclass(frozen=True, slots=True)
class Appendices:
    """All that was read: the rows, what was not, how each table was understood, and the text around them."""

    indicators: tuple[AppendixRow, ...]
    tasks: tuple[AppendixRow, ...]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    prose: tuple[str, ...]


def in_order(unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return `unread` in the order of the document, each once."""
    below = 10**9
    return tuple(sorted(dict.fromkeys(unread), key=lambda u: (u.table, u.row or below)))


def shown(text: str) -> str:
    """Return the beginning of a text, enough to find it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
