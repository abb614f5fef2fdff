"""The makings of rules: a rule is a small function from a row to the sentence of its fault, or "".

A rule may look at other cells of its row and at the names that other tables define (`Names`); it never mends,
and it keeps silent about what another rule already says.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plan import grammar
from plan.tables import PlanTables, Row


@dataclass(frozen=True, slots=True)
class Names:
    """The names that rows may refer to. An empty set of units means: unknown, do not judge references."""

    unit_table: str  # what messages call it
    units: frozenset[str]
    groups: frozenset[str]
    rows: frozenset[str]  # codes of indicators and tasks; empty: unknown
    tasks: Mapping[str, str]  # code -> the code of its parent, or ""
    parts: Mapping[str, str]  # unit id -> the id of its parent, or ""
    indicators: Mapping[str, Row]  # by code

    @classmethod
    def of(cls, tables: PlanTables) -> Names:
        """Gather them; a table that cannot be read gives none."""
        units, tasks, indicators = tables.units, tables.tasks, tables.indicators
        codes = [row["code"] for table in (indicators, tasks) if table.is_whole for row in table.rows]
        return cls(
            unit_table=units.name,
            units=frozenset(row["id"] for row in units.rows) if units.is_whole else frozenset(),
            groups=frozenset(g.strip() for r in units.rows for g in r["groups"].split(";"))
            if units.is_whole
            else frozenset(),
            rows=frozenset(codes) if tasks.is_whole and indicators.is_whole else frozenset(),
            tasks={row["code"]: row["parent"] for row in tasks.rows} if tasks.is_whole else {},
            parts={row["id"]: row["parent"] for row in units.rows} if units.is_whole else {},
            indicators={row["code"]: row for row in indicators.rows} if indicators.is_whole else {},
        )


Rule = Callable[[Row, Names], str]


def near(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    """Return a guess at what was meant, as the end of a sentence, or ""."""
    match = difflib.get_close_matches(word, sorted(known), n=1)
    return f". Có phải là “{match[0]}”?" if match else ""


def form(column: str, pattern: str, wanted: str) -> Rule:
    """Return the rule that the cell has the form of `pattern`; `wanted` says how it should be."""

    def rule(row: Row, _: Names) -> str:
        return "" if re.fullmatch(pattern, row[column]) else f"“{row[column]}” không đúng dạng. {wanted}"

    return rule


def filled(column: str, wanted: str) -> Rule:
    """Return the rule that the cell is not blank."""
    return lambda row, _: "" if row[column].strip() else f"ô trống. {wanted}"


def follows(column: str, parse: Callable[[str], object]) -> Rule:
    """Return the rule that `parse` takes the cell: its ValueError is the sentence."""

    def rule(row: Row, _: Names) -> str:
        try:
            parse(row[column])
        except ValueError as fault:
            return str(fault)
        return ""

    return rule


def one_of(column: str, words: tuple[str, ...]) -> Rule:
    """Return the rule that the cell is one of `words`."""
    return lambda row, _: (
        "" if row[column] in words else f"“{row[column]}” không dùng được. Ghi một trong: {', '.join(words)}"
    )


def names_somebody(column: str) -> Rule:
    """Return the rule that every unit and group that the cell refers to exists."""

    def rule(row: Row, names: Names) -> str:
        for assignment in grammar.parse_assignments(row[column]) if names.units else ():
            ref = assignment.ref
            if ref.startswith("@") and ref[1:] not in names.groups:
                guess = near(ref[1:], names.groups)
                return f"không đơn vị nào thuộc nhóm “{ref}” (cột groups, {names.unit_table}){guess}"
            if ref[0] not in "@?" and ref not in names.units:
                return f"không có đơn vị “{ref}” ({names.unit_table}){near(ref, names.units)}"
        return ""

    return rule


def parent_fault(own: str, parent: str, parents: Mapping[str, str]) -> str:
    """Return what is wrong with a parent, "" when nothing is: it exists, and the way up has no circle."""
    if parent and parent not in parents:
        return f"không có dòng nào mang mã “{parent}”{near(parent, frozenset(parents))}"
    way = [own]
    while parent in parents:
        way.append(parent)
        if parent in way[:-1]:
            return f"cấp trên đi vòng tròn: {' → '.join(way)}. Sửa cột parent của một trong các dòng ấy"
        parent = parents[parent]
    return ""


def to_confirm(columns: tuple[str, ...]) -> Rule:
    """Return the rule that the cell `confirm` names columns of its table."""

    def rule(row: Row, _: Names) -> str:
        strange = [name for name in grammar.parse_names(row["confirm"]) if name not in columns]
        return f"không có cột “{strange[0]}” để xác nhận. Các cột: {', '.join(columns)}" if strange else ""

    return rule


def assigned(column: str) -> tuple[Rule, ...]:
    """Return the rules of a cell of assignments."""
    return follows(column, grammar.parse_assignments), names_somebody(column)


def optional(column: str, parse: Callable[[str], object]) -> Rule:
    """Return the rule of `follows` for a cell that may be blank."""
    rule = follows(column, parse)
    return lambda row, names: rule(row, names) if row[column].strip() else ""
