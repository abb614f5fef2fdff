"""What the names in a printed cell may mean: units and groups by every wording that the plan knows.

The directory is the only knowledge that the readers of printed cells have of a plan. Two things of one
wording are no match: nobody is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plan.model import Group, Unit
from plan.words import fold


@dataclass(frozen=True, slots=True)
class Directory:
    """`refs` leads from a folded wording to what the plan calls it: a unit id, or `@group`."""

    refs: Mapping[str, str]

    @classmethod
    def of(cls, units: tuple[Unit, ...], groups: tuple[Group, ...]) -> Directory:
        """Gather names and aliases; a wording that fits two is left out."""
        found: dict[str, set[str]] = {}
        for unit in units:
            for wording in (unit.name, *unit.aliases):
                found.setdefault(fold(wording), set()).add(unit.id)
        for group in groups:
            for wording in (group.name, *group.aliases):
                found.setdefault(fold(wording), set()).add(f"@{group.id}")
        return cls({wording: min(refs) for wording, refs in found.items() if len(refs) == 1})
