"""Who errs, who is late and who is silent: every kind in a province, a share of them in a small plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from plan.layout import layout_for
from plan.load import load_plan
from plan.period import parse_period
from templates.rehearsal_cast import FAULTS_PER_UNIT, FILE_FAULTS, Part, cast, played
from templates.rehearsal_faults import CELL_FAULTS
from templates.rehearsal_oddities import ODDITIES
from templates.rehearsal_scene import Scene
from templates.rehearsal_values import honest_answers

PLAN = load_plan("ninh-binh-syt")
PERIOD = parse_period(PLAN, "2026-H1")


def scenes(seed: str, units: slice = slice(None)) -> list[Scene]:
    plan = replace(PLAN, units=PLAN.units[units], digest=f"{units}")
    return [Scene(layout_for(plan, unit, PERIOD), seed, date(2026, 5, 20)) for unit in plan.units]


def shares(parts: dict[str, Part]) -> Counter[str]:
    return Counter(part.fate for part in parts.values())


@pytest.mark.parametrize("seed", ["1", "2", "2026"])
def test_in_the_default_plan_every_kind_of_fault_and_oddity_is_played(seed: str) -> None:
    parts = cast(scenes(seed), seed, clean=False).values()
    assert {fault.name for part in parts for fault in part.cell_faults} == {fault.name for fault in CELL_FAULTS}
    assert {part.file_fault for part in parts} >= set(FILE_FAULTS)
    assert {part.oddity for part in parts} >= set(ODDITIES)
    assert any(part.missing for part in parts)
    assert any(part.late for part in parts)


@pytest.mark.parametrize("seed", ["1", "2", "2026"])
def test_about_a_quarter_of_the_units_is_odd_and_nobody_errs_without_measure(seed: str) -> None:
    parts = cast(scenes(seed), seed, clean=False)
    assert 0.18 <= 1 - shares(parts)["clean"] / len(parts) <= 0.28
    assert all(len(part.cell_faults) <= FAULTS_PER_UNIT for part in parts.values())
    for part in parts.values():
        if part.missing or part.file_fault:
            assert not part.cell_faults
            assert not part.oddity
            assert not part.late


def test_no_figure_loses_its_only_reporter_to_silence_or_to_a_spoilt_file() -> None:
    for seed in ("1", "2"):
        every = scenes(seed)
        parts = cast(every, seed, clean=False)
        reporters = Counter(row.code for scene in every for row in scene.layout.indicator_rows)
        left = Counter(
            row.code
            for scene in every
            for row in scene.layout.indicator_rows
            if parts[scene.layout.unit.id].fate not in ("missing", "unreadable")
        )
        assert set(left) == set(reporters)


def test_a_small_plan_gets_its_share_of_faults() -> None:
    """Twelve units: most of them sound, and yet something to find."""
    parts = cast(scenes("5", slice(8, 20)), "5", clean=False)
    assert shares(parts)["clean"] >= 6
    assert any(part.cell_faults or part.file_fault for part in parts.values())


def test_a_clean_rehearsal_has_only_clean_parts() -> None:
    parts = cast(scenes("1"), "1", clean=True)
    assert parts == {scene.layout.unit.id: Part(scene.layout.unit.id) for scene in scenes("1")}
    assert shares(parts) == Counter(clean=len(PLAN.units))


def test_two_faults_of_one_unit_fall_on_two_rows_and_keep_their_typing_beside_an_oddity() -> None:
    """An oddity must not retype a cell in which a fault is due."""
    every = {scene.layout.unit.id: scene for scene in scenes("1")}
    for unit, part in cast(list(every.values()), "1", clean=False).items():
        answers, planted = played(part, every[unit])
        assert len({row for _, _, row in planted}) == len(part.cell_faults)
        plain, _ = played(replace(part, oddity=""), every[unit])
        assert all(answers[place] == plain[place] for _, place, _ in planted)
        assert part.cell_faults or part.oddity or answers == honest_answers(every[unit])
