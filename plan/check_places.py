"""Where a computed oddity stands, in words: what the checks of `plan check` share, and no check itself."""

from __future__ import annotations

from collections.abc import Sequence

from plan.model import Assignment, Indicator, Oddity, OddityKind, Plan, Task

APPENDIX_1 = "Phụ lục 1"
APPENDIX_2 = "Phụ lục 2"
UNITS = "Danh sách đơn vị"
_LISTED = 8  # so many names stand in one sentence; the rest is counted

Row = Indicator | Task


def appendices(plan: Plan) -> tuple[tuple[str, Sequence[Row]], ...]:
    """Return each appendix by name with its rows."""
    return (APPENDIX_1, plan.indicators), (APPENDIX_2, plan.tasks)


def assigned(row: Row) -> tuple[Assignment, ...]:
    """Return everybody whom a row names, in any role."""
    if isinstance(row, Indicator):
        return row.reporters + row.coordinators + row.monitors
    return row.leads + row.coordinators


def odd(kind: OddityKind, where: tuple[str, tuple[str, ...]], note: str, suggestion: str) -> Oddity:
    """Return a computed oddity; `where` is the place in words, and the codes of its rows."""
    return Oddity(kind, *where, note, "", "", suggestion)


def rows_at(appendix: str, rows: Sequence[Row]) -> tuple[str, tuple[str, ...]]:
    """Return the place of rows in words, and their codes."""
    return f"{appendix}, {some([row_at(row) for row in rows])}", tuple(row.code for row in rows)


def row_at(row: Row) -> str:
    """Return how one row is called: "TT 5 (NV-II-5)", its code alone where no number is printed."""
    return f"TT {row.number} ({row.code})" if row.number else row.code


def some(words: Sequence[str], mark: str = ", ") -> str:
    """Return the first words, and how many more there are."""
    rest = f" và {len(words) - _LISTED} mục khác" if len(words) > _LISTED else ""
    return mark.join(words[:_LISTED]) + rest
