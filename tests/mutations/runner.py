"""Damages, sends and validates: every kind crossed with every unit, and what came of it.

Files go through a folder on the disk and the same door as real returns. LibreOffice does all its kinds in one
process. A kind that does not apply to a unit is named as skipped, never left out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.mutations.basic import carry_out
from tests.mutations.model import Case, Kind, Script, Sent, Subject
from tests.mutations.oracle import Outcome, judge
from tests.mutations.subjects import due, period, small_plan
from tests.office import Office
from validation.check import check_returns
from validation.inbox import receive
from validation.model import Checked

SKIPPED = "không có chỗ để làm"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind with its outcome for each unit, in the order of the subjects."""

    kind: Kind
    outcomes: tuple[Outcome, ...]


def outcomes(
    kinds: Sequence[Kind], subjects: Sequence[Subject], folder: Path, office: Office | None, *, units: int = 0
) -> list[Row]:
    """Run every kind; `folder` is empty and stays. Kinds of LibreOffice need `office`.

    `units`: cross each kind with so many units only, taking turns, so that all of them come up; 0 for all.
    """
    assert len({k.name for k in kinds}) == len(kinds), "two kinds of one name"
    cases = {k.name: _crossed(k, subjects, number, units) for number, k in enumerate(kinds)}
    done = _by_office(cases, {s.unit: s for s in subjects}, folder / "office", office)
    rows = []
    for number, kind in enumerate(kinds):
        found = _validated(
            kind,
            [(s, done[kind.name].get(s.unit)) for s in subjects if s.unit in cases[kind.name]],
            folder / f"{number}",
        )
        rows.append(Row(kind, tuple(found)))
    return rows


def _crossed(kind: Kind, subjects: Sequence[Subject], number: int, units: int) -> dict[str, Case | None]:
    """The kind done to all subjects, or to the next `units` that it applies to from the place `number` in the round."""
    start = number % len(subjects) if units else 0
    made: dict[str, Case | None] = {}
    for subject in (*subjects[start:], *subjects[:start]):
        case = kind.make(subject)
        if case is not None or not units:
            made[subject.unit] = case
        if len(made) == units:
            break
    return made


def _by_office(
    cases: Mapping[str, Mapping[str, Case | None]], subjects: Mapping[str, Subject], folder: Path, office: Office | None
) -> dict[str, dict[str, Case]]:
    """Put the bytes that LibreOffice saved in the place of its scripts."""
    folder.mkdir(parents=True)
    jobs: list[tuple[Path, Script, Path]] = []
    named: dict[tuple[str, str, int], Path] = {}
    for kind, made in cases.items():
        for unit, case in made.items():
            for index, sent in enumerate(case.sent if case else ()):
                if isinstance(sent.data, Script):
                    source, target = folder / f"{unit}.xlsx", folder / f"{len(jobs)}.{sent.data.kind}"
                    source.write_bytes(subjects[unit].data)
                    jobs.append((source, sent.data, target))
                    named[kind, unit, index] = target
    if jobs:
        assert office is not None, "these kinds need LibreOffice"
        carry_out(office, jobs)
    return {
        kind: {
            unit: replace(case, sent=tuple(_filled(s, named.get((kind, unit, i))) for i, s in enumerate(case.sent)))
            for unit, case in made.items()
            if case is not None
        }
        for kind, made in cases.items()
    }


def _filled(sent: Sent, target: Path | None) -> Sent:
    return sent if target is None else replace(sent, data=target.read_bytes())


def _validated(kind: Kind, made: Iterable[tuple[Subject, Case | None]], folder: Path) -> list[Outcome]:
    """One run of validation over this kind's files of all units, each unit's in a folder of its own."""
    pairs = list(made)
    for number, (subject, case) in enumerate(pairs):
        for sent in case.sent if case else ():
            put(folder / str(number), subject, sent)
    try:
        checked = validated(folder) if folder.is_dir() else None
    except Exception as broken:
        shown = f"{type(broken).__name__}: {broken}"[:200]
        return [Outcome(kind.name, s.unit, shown, (f"lệnh kiểm tra bị dừng: {shown}",)) for s, _ in pairs]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Outcome(kind.name, s.unit, SKIPPED, skipped=True)
        if case is None or checked is None
        else judge(kind.name, s, case, checked, f"{number}/")
        for number, (s, case) in enumerate(pairs)
    ]


def put(folder: Path, subject: Subject, sent: Sent, hours: int = 0) -> Path:
    """Put a file where it is received, with its moment, `hours` later than the kind says."""
    assert isinstance(sent.data, bytes)
    path = folder / sent.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sent.data)
    moment = (subject.moment + timedelta(hours=sent.hours + hours)).timestamp()
    os.utime(path, (moment, moment))
    return path


def validated(folder: Path) -> Checked:
    """What validation makes of a folder."""
    plan = small_plan()
    received = receive(folder, ZoneInfo(plan.time_zone), lambda _done, _total: None)
    return check_returns(plan, period(), received, due())
