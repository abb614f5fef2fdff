"""Where a computed oddity stands, in words: what the checks of `plan check` share, and no check itself."""

from __future__ import annotations

from collections.abc import Sequence

from plan.headings import HEADINGS
from plan.model import Assignment, Indicator, Oddity, OddityKind, Plan, Task

# As the sheets are called: an appendix may have no number, or there may be none.
INDICATORS = "Chỉ tiêu"
TASKS = "Nhiệm vụ"
UNITS = "Danh sách đơn vị"
_LISTED = 8  # so many names stand in one sentence; the rest is counted

Row = Indicator | Task


def tables_of(plan: Plan) -> tuple[tuple[str, Sequence[Row]], ...]:
    """Return the rows of each table by what they are called."""
    return (INDICATORS, plan.indicators), (TASKS, plan.tasks)


def assigned(row: Row) -> tuple[Assignment, ...]:
    """Return everybody whom a row names, in any role."""
    if isinstance(row, Indicator):
        return row.reporters + row.coordinators + row.monitors
    return row.leads + row.coordinators


def odd(kind: OddityKind, where: tuple[str, tuple[str, ...]], note: str, suggestion: str) -> Oddity:
    """Return a computed oddity; `where` is the place in words, and the codes of its rows."""
    return Oddity(kind, *where, note, "", "", suggestion)


def rows_at(rows: Sequence[Row]) -> tuple[str, tuple[str, ...]]:
    """Return the place of rows in words, indicators before tasks, and their codes."""
    parts = []
    for table, kind in ((INDICATORS, Indicator), (TASKS, Task)):
        if named := [row_at(row) for row in rows if isinstance(row, kind)]:
            parts.append(f"{table} {some(named)}")
    return "; ".join(parts), tuple(row.code for row in rows)


def row_at(row: Row) -> str:
    """Return how one row is called: "TT 5 (NV-II-5)", its code alone where no number is printed."""
    return f"TT {row.number} ({row.code})" if row.number else row.code


def column(role: str, key: str) -> str:
    """Return how people find a column of a table: by its heading in the workbook, and by its key.

    >>> column("indicators", "targets")
    'cột Mục tiêu từng năm (targets)'
    """
    return f"cột {HEADINGS[role][key].removeprefix('Cột ')} ({key})"


def some(words: Sequence[str], mark: str = ", ") -> str:
    """Return the first words, and how many more there are."""
    rest = f" và {len(words) - _LISTED} mục khác" if len(words) > _LISTED else ""
    return mark.join(words[:_LISTED]) + rest
