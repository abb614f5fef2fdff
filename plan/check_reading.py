"""Typed values that are not what the printed text says: a guard for plans that people edit.

The readers of printed cells say what a person would take from the print; where they are not sure, nothing is said.
A difference may be meant (a reviewed interpretation), so all rows of a column are gathered in one oddity.
"""

from __future__ import annotations

import re

from plan import grammar
from plan.check_names import empty_groups
from plan.check_places import Row, column, odd, row_at, rows_at, some, tables_of
from plan.model import Assignment, DueKind, Indicator, Measure, Oddity, OddityKind, Plan
from plan.printed.due import read_due
from plan.printed.leads import read_assignments
from plan.printed.names import Directory
from plan.printed.targets import read_targets, targets_in_name

_YEAR = re.compile(r"\b20[0-9]{2}\b")
_COLUMNS = ("due", "leads", "reporters", "coordinators", "monitors", "targets")
_PRINTED_AS = {
    "due": "due_text",
    "leads": "lead_text",
    "reporters": "lead_text",
    "coordinators": "coordinating_text",
    "monitors": "monitor_text",
}


def odd_readings(plan: Plan) -> list[Oddity]:
    """Return an oddity for every column of an appendix in which typed values differ from the print."""
    empty = empty_groups(plan)  # nobody can be typed for the wording of a group before it has members
    directory = Directory.of(plan.units, tuple(group for group in plan.groups if group not in empty))
    found = []
    for _, rows in tables_of(plan):
        for key in _COLUMNS:
            other = [(row, told) for row in rows if (told := _differs(row, key, directory)) is not None]
            if other:
                found.append(_oddity(key, other))
    return found


def _oddity(key: str, other: list[tuple[Row, tuple[str, str, str]]]) -> Oddity:
    lines = [
        f"{row_at(row)}: in “{printed}”, đọc là “{reading}”, đang ghi “{typed}”"
        for row, (printed, reading, typed) in other
    ]
    named = column("indicators" if isinstance(other[0][0], Indicator) else "tasks", key)
    note = f"C{named[1:]} khác với chữ in ở {len(other)} dòng: {some(lines, '; ')}."
    suggestion = "Sửa cột ấy theo chữ in; nếu cố ý hiểu khác thì giữ nguyên và ghi lý do vào trang Lưu ý ([[oddity]])."
    whole = odd(OddityKind.READ_OTHERWISE, rows_at([row for row, _ in other]), note, suggestion)
    if len(other) > 1:
        return whole
    printed, reading, _ = other[0][1]
    return Oddity(whole.kind, whole.place, whole.rows, note, printed, reading, suggestion)


def _differs(row: Row, key: str, directory: Directory) -> tuple[str, str, str] | None:
    """Return (printed, as read, as typed) where a typed value surely is not what is printed, else None."""
    if not hasattr(row, key):
        return None
    if key == "targets":
        return _targets_differ(row) if isinstance(row, Indicator) else None
    printed: str = getattr(row, _PRINTED_AS[key])
    if key == "due":
        return _due_differs(row, printed)
    typed: tuple[Assignment, ...] = getattr(row, key)
    read = read_assignments(printed, directory)
    if not _other_names(read, typed):
        return None
    return printed, grammar.format_assignments(read), grammar.format_assignments(typed)


def _due_differs(row: Row, printed: str) -> tuple[str, str, str] | None:
    read = read_due(printed)
    if {part.kind for part in read} == {DueKind.UNKNOWN} or set(read) == set(row.due):
        return None
    return printed, grammar.format_due(read), grammar.format_due(row.due)


def _other_names(read: tuple[Assignment, ...], typed: tuple[Assignment, ...]) -> bool:
    """True when somebody certain is printed but not typed, or all that is printed is certain and not what is typed.

    Printed words that name nobody certain may have been interpreted: units typed for them are no difference.
    """
    certain = [a for a in read if not a.ref.startswith("?")]
    refs = {a.ref for a in typed}
    if any(a.ref not in refs for a in certain):
        return True
    return bool(certain) and len(certain) == len(read) and set(read) != set(typed)


def _targets_differ(row: Indicator) -> tuple[str, str, str] | None:
    printed, read = row.target_text, read_targets(row.target_text, _year(row), attained=row.measure is Measure.ATTAINED)
    in_name = targets_in_name(row.name, _year(row))
    if in_name and (not printed or any(target.threshold is not None for target in in_name)):
        printed, read = row.name, in_name
    if not read or set(read) == set(row.targets):
        return None
    if any((target.threshold is not None) != (row.measure is Measure.THRESHOLD) for target in read):
        return None  # whether a number of doctors is asked of each station was decided by a person
    return printed, grammar.format_targets(read), grammar.format_targets(row.targets)


def settled(oddity: Oddity, plan: Plan) -> bool:
    """True when the typed targets of all rows of a noted difference are those of its `reading` already."""
    rows = [row for row in plan.indicators if row.code in oddity.rows]
    if oddity.kind is not OddityKind.TARGET_DIFFERS or not rows or len(rows) != len(oddity.rows):
        return False
    return all(_reads_as(row, oddity.reading) for row in rows)


def _reads_as(row: Indicator, words: str) -> bool:
    """True when words that may leave out the year say what the row's targets say."""
    years = {target.year for target in row.targets}
    year = _year(row) if len(years) != 1 else min(years)
    read = read_targets(words, year, attained=row.measure is Measure.ATTAINED)
    return bool(read) and set(read) == set(row.targets)


def _year(row: Indicator) -> int | None:
    """Return the year that the deadline or the heading of a row gives its target."""
    last = [part.last.year for part in read_due(row.due_text) if part.last is not None]
    years = _YEAR.findall(row.section)
    return max(last) if last else int(years[-1]) if years else None
