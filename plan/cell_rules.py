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
from plan.headings import HEADINGS, called
from plan.tables import PlanTables, Row, Table
from plan.words import fold

_BLANK = "ô trống"


@dataclass(frozen=True, slots=True)
class Names:
    """The names that rows may refer to; a blank key names nothing. No units: unknown, references are not judged."""

    unit_table: str  # what messages call it
    group_table: str
    units: frozenset[str]
    groups: frozenset[str]  # with units in them; while a unit’s group is misspelt, the declared ones as well
    declared: frozenset[str]  # on the table of groups; empty: the plan declares none, or it is unknown
    wordings: Mapping[str, tuple[str, ...]]  # folded name of a unit or group -> its id, or "@" and its id
    rows: frozenset[str]  # codes of indicators and tasks; empty: unknown
    tasks: Mapping[str, str]  # code -> the code of its parent, or ""
    parts: Mapping[str, str]  # unit id -> the id of its parent, or ""
    indicators: Mapping[str, Row]  # by code
    answers: Mapping[str, tuple[str, ...]]  # code of a row -> the cells that name who answers for it
    members: Mapping[str, frozenset[str]]  # unit id -> its groups

    @classmethod
    def of(cls, tables: PlanTables) -> Names:
        """Gather them; a table that cannot be read gives none."""
        units, tasks = _by_key(tables.units, "id"), _by_key(tables.tasks, "code")
        answers = {code: (row["leads"], row["coordinators"]) for code, row in tasks.items()}
        indicators = _by_key(tables.indicators, "code")
        declared = frozenset(_by_key(tables.groups, "id"))
        rows = tables.units.rows if tables.units.is_whole else ()  # also of a unit whose own id is missing
        groups = frozenset(g for row in rows for g in _parts(row["groups"]))
        is_whole = tables.tasks.is_whole and tables.indicators.is_whole
        return cls(
            unit_table=tables.units.name,
            group_table=tables.groups.name,
            units=frozenset(units),
            groups=groups | declared if declared and groups - declared else groups,
            declared=declared,
            wordings=_wordings(tables),
            rows=frozenset((*tasks, *indicators)) if is_whole else frozenset(),
            tasks={code: row["parent"] for code, row in tasks.items()},
            parts={key: row["parent"] for key, row in units.items()},
            indicators=indicators,
            answers=answers | {code: (row["reporters"],) for code, row in indicators.items()},
            members={key: _parts(row["groups"]) for key, row in units.items()},
        )


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";")) - {""}


def _by_key(table: Table, key: str) -> dict[str, Row]:
    return {row[key]: row for row in table.rows if row[key].strip()} if table.is_whole else {}


def _wordings(tables: PlanTables) -> dict[str, tuple[str, ...]]:
    """Gather what people call units and groups: name, aliases and the id itself, however it is written."""
    found: dict[str, set[str]] = {}
    for table, mark in ((tables.units, ""), (tables.groups, "@")):
        for key, row in _by_key(table, "id").items():
            for wording in (key, row["name"], *row["aliases"].split(";")):
                found.setdefault(fold(wording), set()).add(mark + key)
    return {wording: tuple(sorted(refs)) for wording, refs in found.items() if wording}


Rule = Callable[[Row, Names], str]


def near(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    """Return a guess at what was meant, as the end of a sentence, or ""."""
    written = {text.lower(): text for text in sorted(known)}
    match = difflib.get_close_matches(word.lower(), written, n=1)
    return f". Có phải là “{written[match[0]]}”?" if match else ""


def form(column: str, pattern: str, wanted: str) -> Rule:
    """Return the rule that the cell has the form of `pattern`; `wanted` says how it should be."""

    def rule(row: Row, _: Names) -> str:
        if re.fullmatch(pattern, row[column]):
            return ""
        return f"{_shown(row[column], ' không đúng dạng')}. {wanted}"

    return rule


def filled(column: str, wanted: str) -> Rule:
    """Return the rule that the cell is not blank."""
    return lambda row, _: "" if row[column].strip() else f"{_BLANK}. {wanted}"


def follows(column: str, parse: Callable[[str], object]) -> Rule:
    """Return the rule that `parse` takes the cell: its ValueError is the sentence."""

    def rule(row: Row, _: Names) -> str:
        try:
            parse(row[column])
        except ValueError as fault:
            return str(fault)
        return ""

    return rule


def one_of(column: str, codes: tuple[str, ...], spoken: Callable[[str], str] = str) -> Rule:
    """Return the rule that the cell is one of `codes`; `spoken` is how a message calls each."""
    choice = ", ".join(spoken(code) for code in codes)

    def rule(row: Row, _: Names) -> str:
        text = row[column]
        return (
            "" if text in codes else f"{_shown(text, ' không dùng được')}. Ghi một trong: {choice}{near(text, codes)}"
        )

    return rule


def _shown(text: str, fault: str) -> str:
    return f"“{text}”{fault}" if text.strip() else _BLANK


# --- who is meant ---


def names_somebody(column: str) -> Rule:
    """Return the rule that every unit and group that the cell refers to exists."""

    def rule(row: Row, names: Names) -> str:
        refs = [a.ref for a in grammar.parse_assignments(row[column])] if names.units else []
        return next((fault for ref in refs if (fault := nobody(ref, names))), "")

    return rule


def nobody(ref: str, names: Names) -> str:
    """Return why a reference leads to nobody, with the id where a name was written; "" when it leads somewhere."""
    if ref.startswith("?") or ref in names.units:
        return ""
    if not ref.startswith("@"):
        where = "" if fold(ref) in names.wordings else f" ({names.unit_table})"
        return f"không có đơn vị mang mã “{ref}”{where}{_id_of(ref, names) or near(ref, names.units)}"
    group = ref[1:]
    if group in names.groups:
        return ""
    fault = f"không đơn vị nào thuộc nhóm “{ref}” (cột {called('units', 'groups')}, {names.unit_table})"
    if group in names.declared:
        return f"{fault}. Ghi {group} ở cột ấy cho từng đơn vị của nhóm"
    return fault + (_id_of(group, names) or near(group, names.groups | names.declared))


def _id_of(text: str, names: Names) -> str:
    """Return which id belongs to a name that stands where an id should, as the end of a sentence, or ""."""
    refs = names.wordings.get(fold(text), ())
    if not refs:
        several = [names.wordings.get(fold(part), ()) for part in text.split(",")]
        if len(several) > 1 and all(len(found) == 1 for found in several):
            return f". Nhiều nơi thì ghi từng mã, cách nhau bằng dấu chấm phẩy: {'; '.join(r for (r,) in several)}"
        close = difflib.get_close_matches(fold(text), names.wordings, n=1, cutoff=0.8)
        refs = names.wordings[close[0]] if close else ()
        return f". Có phải là “{refs[0]}”?" if len(refs) == 1 else ""
    if len(refs) > 1:
        return f". Nhiều nơi mang tên ấy; ghi một trong các mã: {', '.join(refs)}"
    return f". Ghi mã của {'nhóm' if refs[0].startswith('@') else 'đơn vị'} ấy: {refs[0]}"


def declared_groups(row: Row, names: Names) -> str:
    """A unit's groups stand on the table of groups, where the plan has declared any."""
    for group in grammar.parse_names(row["groups"]) if names.declared else ():
        if group not in names.declared:
            ids = {ref[1:] for ref in names.wordings.get(fold(group), ()) if ref.startswith("@")}
            guess = f". Ghi mã của nhóm ấy: {ids.pop()}" if len(ids) == 1 else near(group, names.declared)
            known = ", ".join(sorted(names.declared))
            return f"không có nhóm mang mã “{group}” ({names.group_table})" + (guess or f". Ghi một trong: {known}")
    return ""


def parent_fault(table: str, own: str, parent: str, names: Names) -> str:
    """Return what is wrong with a parent, "" when nothing is: it exists, and the way up does not lead back here.

    A row that only leads into a circle has no fault of its own.
    """
    parents = names.tasks if table == "tasks" else names.parts
    if parent and parent not in parents:
        guess = _id_of(parent, names) if table == "units" else ""
        return f"không có dòng nào mang mã “{parent}”{guess or near(parent, frozenset(parents))}"
    way = [own]
    while parent and parent in parents and parent not in way[1:]:
        way.append(parent)
        if parent == own:
            column = called(table, "parent")
            return f"cấp trên đi vòng tròn: {' → '.join(way)}. Sửa cột {column} của một trong các dòng ấy"
        parent = parents[parent]
    return ""


# --- other makings ---


def to_confirm(table: str) -> Rule:
    """Return the rule that the cell `confirm` names columns of its table, by their keys."""
    headings = HEADINGS[table]
    key_of = {fold(heading): key for key, heading in headings.items()}

    def rule(row: Row, _: Names) -> str:
        for name in grammar.parse_names(row["confirm"]):
            if name not in headings:
                key = key_of.get(fold(name), "")
                guess = f". Ghi khóa của cột ấy: {key}" if key else near(name, tuple(headings))
                example = f". Ghi khóa của cột, ví dụ: confirm là khóa của cột “{headings['confirm']}”"
                return f"không có cột “{name}” để xác nhận{guess or example}"
        return ""

    return rule


def assigned(column: str) -> tuple[Rule, ...]:
    """Return the rules of a cell of assignments."""
    return follows(column, grammar.parse_assignments), names_somebody(column)


def optional(column: str, parse: Callable[[str], object]) -> Rule:
    """Return the rule of `follows` for a cell that may be blank."""
    rule = follows(column, parse)
    return lambda row, names: rule(row, names) if row[column].strip() else ""
