"""One unit at its desk: the cells it fills in, its share of chance, and the days it may write about.

Shared by everything that makes up answers. Chance is a function of (seed, unit, matter) alone, so that
a new unit changes nobody else's figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from plan.layout import TASK_COLUMNS, TASK_SHEET, WorkbookLayout

_RESOLUTION_YEAR = 2026  # the first year of every plan that carries out Resolution 72-NQ/TW
TASK_KEYS = tuple(column.key for column in TASK_COLUMNS if column.is_input)


class Place(NamedTuple):
    """An input cell, named as the plan names it: the writer finds the address on the sheet itself."""

    sheet: str
    row: str  # row code as it stands in the code column
    column: str  # column key


Typed = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed, and what a correct reader must take from it (None: nothing)."""

    typed: Typed
    meant: str | None


Answers = Mapping[Place, Answer]


@dataclass(frozen=True, slots=True)
class Scene:
    """One unit filling in its workbook: `last_day` is the last day that a document may bear."""

    layout: WorkbookLayout
    seed: str
    last_day: date

    def dice(self, *about: str) -> Random:
        """Return the chance that belongs to this unit and `about`, independent of all others."""
        return dice(self.seed, self.layout.unit.id, *about)


def dice(*about: str) -> Random:
    """Return a generator that is a function of `about` alone, on every machine and Python version."""
    return Random("|".join(about))  # noqa: S311  a rehearsal must be repeatable, and keeps no secret


def plain(value: Typed, meant: str | None = None) -> Answer:
    """Return the answer of someone who typed exactly what was meant."""
    if meant is not None or value is None:
        return Answer(value, meant)
    return Answer(value, value.isoformat() if isinstance(value, date) else str(value))


def task_places(row: str) -> dict[str, Place]:
    """Return the input cells of a task row by column key."""
    return {key: Place(TASK_SHEET, row, key) for key in TASK_KEYS}


def elapsed(scene: Scene) -> float:
    """Return the years since the plan began, at the end of the period: later rehearsals never fall behind."""
    plan, period = scene.layout.plan, scene.layout.period
    aims = (t.year for i in plan.indicators for t in i.targets if t.year <= period.year)
    start = min(aims, default=_RESOLUTION_YEAR)
    return max(0.0, period.year - start + period.last.month / 12)


def issuer(scene: Scene) -> str:
    """Return the letters behind the slash of the unit's documents: a commune's are UBND."""
    return "UBND" if scene.layout.unit.code else (scene.layout.plan.short_issuer or "UBND")


def document_day(scene: Scene, chance: Random) -> date:
    """Return a day inside the period on which the unit may have issued a document."""
    first = scene.layout.period.first
    return first + timedelta(days=chance.randint(0, max(0, (scene.last_day - first).days)))
