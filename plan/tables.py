"""A plan as the texts of its tables: what a folder, a workbook or a draft holds before it is checked and typed.

All doors by which a plan comes in make `PlanTables`, and all by which it goes out take them, so that nothing
is lost on the way between two files. Cells are strings as written; nothing here judges or reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

HEAD_REQUIRED = ("id", "issuer", "short_issuer", "title", "level", "place", "return_to", "time_zone")
HEAD_COLUMNS = ("id", "issuer", "superior", *HEAD_REQUIRED[2:])
CALENDAR_COLUMNS = ("kind", "first", "last", "due")
GROUP_COLUMNS = ("id", "name", "aliases")
ODDITY_COLUMNS = ("kind", "place", "rows", "note", "printed", "reading", "suggestion")
RULE_COLUMNS = ("rule", "severity", "until", "reason")
WAIVER_COLUMNS = ("unit", "rule", "row", "until", "reason")

INDICATOR_PRINTED = (
    *("number", "section", "group_number", "group", "name", "unit", "target_text", "lead_text", "coordinating_text"),
    *("monitor_text", "due_text"),
)
INDICATOR_COLUMNS = (
    "code",
    *INDICATOR_PRINTED,
    *("measure", "aggregation", "decimals", "fields", "targets", "prorated", "due"),
    *("reporters", "coordinators", "monitors"),
    *("same_as", "part_of", "source", "sentence", "short", "reason", "confirm"),
)
TASK_PRINTED = (*("number", "group_number", "group", "name", "lead_text", "coordinating_text", "result", "due_text"),)
TASK_COLUMNS = (
    "code",
    *TASK_PRINTED,
    *("leads", "coordinators", "due", "parent", "source", "sentence", "confirm"),
)
UNIT_COLUMNS = (
    *("id", "code", "kind", "name", "groups", "parent", "aliases", "contact", "population", "example", "confirm"),
)
# Younger than the first plans: a file without them is read as if they stood there blank. They are always written.
YOUNGER_TABLES = ("rules", "waivers")
YOUNGER_COLUMNS: Mapping[str, tuple[str, ...]] = {"indicators": ("prorated",), "units": ("population",)}

Row = Mapping[str, str]
Place = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was read. `place(column, i)` names the cell of `rows[i]`, e.g. "tasks.csv, ô J14"."""

    name: str  # as people know it: "tasks.csv", "Trang “Nhiệm vụ”"
    columns: tuple[str, ...]  # as the contract wants them
    header: tuple[str, ...]  # as in the file, younger columns that it lacks behind; () when it could not be read
    rows: tuple[Row, ...]
    place: Place

    @property
    def is_whole(self) -> bool:
        """True when every wanted column is there, so that rows can be looked into."""
        return set(self.columns) <= set(self.header)


@dataclass(frozen=True, slots=True)
class PlanTables:
    """All texts of a plan. `head` has one row; the columns of each table are those named above."""

    head: Table
    calendar: Table
    groups: Table
    indicators: Table
    tasks: Table
    units: Table
    oddities: Table
    rules: Table
    waivers: Table

    def texts(self) -> dict[str, list[dict[str, str]]]:
        """Return the cells alone, by table and row in the contract's columns: equal texts are the same plan."""
        tables: dict[str, Table] = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: [{c: row.get(c, "") for c in t.columns} for row in t.rows] for name, t in tables.items()}


def unread(name: str, columns: tuple[str, ...]) -> Table:
    """Return a table that could not be read; whoever says so has noted why."""
    return Table(name, columns, (), (), lambda column, index: name)


def grid(name: str, columns: tuple[str, ...], header: tuple[str, ...], numbered: list[tuple[int, Row]]) -> Table:
    """Return a table whose header is a row of cells; `numbered` gives each row with its spreadsheet line."""
    lines = tuple(line for line, _ in numbered)

    def place(column: str, index: int) -> str:
        return f"{name}, ô {letter(header.index(column))}{lines[index]}"

    return Table(name, columns, header, tuple(row for _, row in numbered), place)


def letter(index: int) -> str:
    """Return the spreadsheet letters of a 0-based column.

    >>> letter(27)
    'AB'
    """
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)
