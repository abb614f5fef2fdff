"""Who plays what in a rehearsal: which units send nothing, a spoilt file, spoilt cells or odd ones, and who is late.

Decided from the seed before any workbook is opened. In a province-sized plan every kind of fault has
its part; a small plan gets its share of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from plan.period import previous_period
from templates.rehearsal_faults import CELL_FAULTS, CellFault, spoil
from templates.rehearsal_oddities import CELL_ODDITIES, FILE_ODDITIES, ODDITIES, retype
from templates.rehearsal_scene import Answers, Place, Scene, dice
from templates.rehearsal_values import honest_answers

Kind = TypeVar("Kind")

# Rare hosts first: SHEET_MISSING needs both appendices, and a conflict needs a neighbour.
FILE_FAULTS = (
    "SHEET_MISSING",
    "IDENTITY_CONFLICT",
    "OTHER_PERIOD",
    "UNIT_UNKNOWN",
    "SUPERSEDED",
    "FILE_DAMAGED",
    "FILE_EMPTY",
    "FILE_NOT_WORKBOOK",
    "IDENTITY_UNKNOWN",
)
FAULTS_PER_UNIT = 2
_PROVINCE = 100  # units from which on every kind of fault is played
_SHARES = {"missing": 0.03, "file": 0.067, "cells": 0.08, "odd": 0.075}
_LATE = 0.06


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit does. A file fault excludes all others; `neighbour` is whose file it took by mistake."""

    unit: str
    missing: bool = False
    late: bool = False
    file_fault: str = ""
    neighbour: str = ""
    cell_faults: tuple[CellFault, ...] = ()
    oddity: str = ""

    @property
    def fate(self) -> str:
        """The word for it in the truth file."""
        if self.missing:
            return "missing"
        if self.file_fault and self.file_fault not in ("SUPERSEDED", "SHEET_MISSING"):
            return "unreadable"
        if self.file_fault == "SHEET_MISSING" or any(fault.severity == "error" for fault in self.cell_faults):
            return "faulty"
        return "odd" if self.cell_faults or self.oddity or self.file_fault else "clean"


def cast(scenes: Sequence[Scene], seed: str, *, clean: bool) -> dict[str, Part]:
    """Return the part of every unit by its id, in the order of `scenes`."""
    if clean:
        return {scene.layout.unit.id: Part(scene.layout.unit.id) for scene in scenes}
    order = sorted(scenes, key=lambda scene: dice(seed, "vai", scene.layout.unit.id).random())
    taken: dict[str, Part] = {}
    # Who alone answers for a figure is spared the parts that would take it from the whole province.
    many = _replaceable(order)
    for scene in (many or order)[: _number("missing", len(order))]:
        taken[scene.layout.unit.id] = Part(scene.layout.unit.id, missing=True)
    _cast_files(many or order, seed, taken, len(order))
    _cast_cells(order, seed, taken)
    _cast_oddities(order, seed, taken)
    _cast_late(order, seed, taken)
    return {s.layout.unit.id: taken.get(s.layout.unit.id, Part(s.layout.unit.id)) for s in scenes}


def played(part: Part, scene: Scene) -> tuple[Answers, list[tuple[CellFault, Place, str]]]:
    """Return what the unit types with its faults and oddity, and where each fault is due (place, row code)."""
    answers = honest_answers(scene)
    places: list[tuple[CellFault, Place, str]] = []
    for fault in part.cell_faults:
        planted = spoil(fault, scene, answers, {row for _, _, row in places})
        if planted is None:
            raise AssertionError(f"{part.unit} was cast for {fault.name} and has no row for it")
        answers = planted.answers
        places.append((fault, planted.place, planted.row))
    if part.oddity in CELL_ODDITIES:
        spoilt = {place: answers[place] for _, place, _ in places}
        answers = {**retype(part.oddity, scene, answers), **spoilt}
    return answers, places


def _number(share: str, units: int) -> int:
    cells = math.ceil(len(CELL_FAULTS) / FAULTS_PER_UNIT) + 1  # not every pair of faults finds one host
    least = {"file": len(FILE_FAULTS), "cells": cells, "odd": len(ODDITIES)}
    wanted = math.ceil(units * _SHARES[share]) if share in ("cells", "odd") else round(units * _SHARES[share])
    return max(wanted, least.get(share, 1)) if units >= _PROVINCE else wanted


def _kinds(table: Sequence[Kind], count: int, seed: str) -> list[Kind]:
    """Return `count` kinds: all of them in turn when there is room, else a draw that differs from seed to seed."""
    if count >= len(table):
        return [table[index % len(table)] for index in range(count)]
    drawn = dice(seed, "loại").sample(range(len(table)), count)
    return [table[index] for index in sorted(drawn)]


def _replaceable(order: Sequence[Scene]) -> list[Scene]:
    """Return the units of whose figures every one is reported by somebody else too."""
    reporters = Counter(code for scene in order for code in {row.code for row in scene.layout.indicator_rows})
    return [s for s in order if all(reporters[row.code] > 1 for row in s.layout.indicator_rows)]


def _cast_files(order: Sequence[Scene], seed: str, taken: dict[str, Part], units: int) -> None:
    for code in _kinds(FILE_FAULTS, _number("file", units), seed):
        host = next((s for s in order if s.layout.unit.id not in taken and _can_host(code, s, order)), None)
        if host is None:
            continue
        unit = host.layout.unit
        neighbour = _neighbour(host, order) if code == "IDENTITY_CONFLICT" else ""
        taken[unit.id] = Part(unit.id, file_fault=code, neighbour=neighbour)


def _can_host(code: str, scene: Scene, order: Sequence[Scene]) -> bool:
    layout = scene.layout
    if code == "SHEET_MISSING":
        return bool(layout.indicator_rows and layout.task_rows)
    if code == "IDENTITY_CONFLICT":
        return bool(_neighbour(scene, order))
    if code == "OTHER_PERIOD":
        return previous_period(layout.plan, layout.period) is not None
    return True


def _neighbour(scene: Scene, order: Sequence[Scene]) -> str:
    own = scene.layout.unit
    return next((s.layout.unit.id for s in order if s.layout.unit.kind == own.kind and s.layout.unit.id != own.id), "")


def _cast_cells(order: Sequence[Scene], seed: str, taken: dict[str, Part]) -> None:
    """Give every kind of cell fault a unit that has a row for it, at most two faults to a unit."""
    hosts = _number("cells", len(order))
    opened: dict[str, tuple[Scene, Answers, frozenset[str]]] = {}  # hosts with room for another fault
    chosen: dict[str, tuple[CellFault, ...]] = {}
    for fault in _kinds(CELL_FAULTS, hosts * FAULTS_PER_UNIT, seed):
        free = (s for s in order if s.layout.unit.id not in taken and s.layout.unit.id not in chosen)
        fresh = ((s, honest_answers(s), frozenset[str]()) for s in free) if len(chosen) < hosts else ()
        for scene, answers, rows in chain(tuple(opened.values()), fresh):
            planted = spoil(fault, scene, answers, rows)
            if planted is None:
                continue
            unit = scene.layout.unit.id
            chosen[unit] = (*chosen.get(unit, ()), fault)
            opened[unit] = (scene, planted.answers, rows | {planted.row})
            if len(chosen[unit]) == FAULTS_PER_UNIT:
                del opened[unit]
            break
    taken.update({unit: Part(unit, cell_faults=faults) for unit, faults in chosen.items()})


def _cast_oddities(order: Sequence[Scene], seed: str, taken: dict[str, Part]) -> None:
    """Give every oddity a unit that shows it: one that errs nowhere, or else one that errs in other cells."""
    able = [s for s in order if not (p := taken.get(s.layout.unit.id)) or p.cell_faults]
    able.sort(key=lambda scene: scene.layout.unit.id in taken)
    for name in _kinds(ODDITIES, _number("odd", len(order)), seed):
        for scene in able:
            part = taken.get(scene.layout.unit.id, Part(scene.layout.unit.id))
            if not part.oddity and (name in FILE_ODDITIES or _shows(replace(part, oddity=name), part, scene)):
                taken[part.unit] = replace(part, oddity=name)
                break


def _shows(odd: Part, part: Part, scene: Scene) -> bool:
    return played(odd, scene)[0] != played(part, scene)[0]


def _cast_late(order: Sequence[Scene], seed: str, taken: dict[str, Part]) -> None:
    able = [s.layout.unit.id for s in order]
    able = [u for u in able if u not in taken or not (taken[u].missing or taken[u].file_fault)]
    late = [unit for unit in able if dice(seed, "muộn", unit).random() < _LATE]
    for unit in late or able[: len(order) // 8 and 1]:
        taken[unit] = replace(taken.get(unit, Part(unit)), late=True)
