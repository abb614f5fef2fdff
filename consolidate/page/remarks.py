"""Difficulties and proposals as the page shows them: by group of tasks, equal ones together, bounded.

Three thousand units may write the same sentence; it stands once with who wrote it. What is left to the workbook is
counted. Texts are the units' own, never interpreted. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate import spelled
from consolidate.absence import IN_ERROR
from consolidate.spelled import Row

_MOST_PER_TASK = 8
_MOST_NAMES = 4
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Remark:
    """What one unit, or several in the same words, wrote of a task."""

    units: str
    difficulty: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Task:
    """The remarks on one task, the most widespread first."""

    number: str
    name: str
    remarks: tuple[Remark, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Group:
    """The remarks on the tasks of one group."""

    head: str
    units: str
    difficulties: str
    proposals: str
    tasks: tuple[Task, ...]


def remarks(data: Row) -> tuple[Group, ...]:
    """Return the groups that have remarks, in printed order."""
    names: Mapping[str, str] = data["unit_names"]
    groups: dict[str, list[Row]] = {}
    for row in data["tasks"]:
        if any(_words(part) != ("", "") for part in row["units"]):
            groups.setdefault(row["group"], []).append(row)
    return tuple(_group(head, rows, names) for head, rows in groups.items())


def _words(part: Row) -> tuple[str, str]:
    return " ".join(part.get("difficulties", "").split()), " ".join(part.get("proposals", "").split())


def _group(head: str, rows: list[Row], names: Mapping[str, str]) -> Group:
    said = [(part["unit"], *_words(part)) for row in rows for part in row["units"]]
    return Group(
        head=head,
        units=spelled.count(len({unit for unit, difficulty, proposal in said if difficulty or proposal})),
        difficulties=spelled.count(sum(1 for _, difficulty, _ in said if difficulty)),
        proposals=spelled.count(sum(1 for _, _, proposal in said if proposal)),
        tasks=tuple(_task(row, names) for row in rows),
    )


def _task(row: Row, names: Mapping[str, str]) -> Task:
    by_words: dict[tuple[str, str], list[str]] = {}
    for part in row["units"]:
        words = _words(part)
        if words != ("", ""):
            by_words.setdefault(words, []).append(names[part["unit"]] + (f" {IN_ERROR}" if "blocked" in part else ""))
    found = sorted(by_words.items(), key=lambda item: -len(item[1]))
    left = sum(len(units) for _, units in found[_MOST_PER_TASK:])
    return Task(
        number=row["shown_number"],
        name=row["name"],
        remarks=tuple(
            Remark(
                spelled.listed(units, _MOST_NAMES),
                spelled.sentence(difficulty, _LONGEST),
                spelled.sentence(proposal, _LONGEST),
            )
            for (difficulty, proposal), units in found[:_MOST_PER_TASK]
        ),
        more=f"… và ý kiến của {spelled.count(left)} đơn vị khác, xem sổ tổng hợp." if left else "",
    )
