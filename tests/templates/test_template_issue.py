"""Issuing writes one file per unit with rows, changes nothing without need and says what stands in the folder."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from plan.model import PlanError
from templates.issue import MANIFEST, issue_templates
from tests.templates.template_case import COMMUNE, IDLE, OFFICE, PERIOD, PLAN


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Identity of every file: a file that is written anew is another inode."""
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.iterdir()}


def test_every_unit_with_rows_gets_a_file_and_the_rest_are_named(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    report = issue_templates(PLAN, PERIOD, tmp_path / "new" / "folder", on_done=lambda *step: told.append(step))
    assert report.files == ("2026-H1_xa-a.xlsx", "2026-H1_phong.xlsx")
    assert report.changed == report.files
    assert report.without_rows == (IDLE.id,)
    assert told == [(1, 2), (2, 2)]


def test_the_manifest_tells_each_files_unit_digest_and_rows(tmp_path: Path) -> None:
    issue_templates(PLAN, PERIOD, tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert [t["unit"] for t in manifest["templates"]] == [COMMUNE.id, OFFICE.id]
    first = manifest["templates"][0]
    assert (first["name"], first["indicator_rows"], first["task_rows"]) == (COMMUNE.name, 13, 16)
    for entry in manifest["templates"]:
        assert entry["sha256"] == hashlib.sha256((tmp_path / entry["file"]).read_bytes()).hexdigest()


def test_a_second_run_touches_no_file(tmp_path: Path) -> None:
    issue_templates(PLAN, PERIOD, tmp_path)
    before = stamps(tmp_path)
    assert issue_templates(PLAN, PERIOD, tmp_path).changed == ()
    assert stamps(tmp_path) == before


def test_one_wanted_unit_leaves_the_others_in_folder_and_manifest(tmp_path: Path) -> None:
    issue_templates(PLAN, PERIOD, tmp_path)
    renamed = replace(PLAN, units=(COMMUNE, replace(OFFICE, name="Phòng Kế hoạch"), IDLE), digest="e" * 64)
    report = issue_templates(renamed, PERIOD, tmp_path, [OFFICE.id])
    assert report.files == report.changed == ("2026-H1_phong.xlsx",)
    assert [i.unit for i in report.issued] == [COMMUNE.id, OFFICE.id]


def test_a_file_of_no_unit_is_named_and_left_alone(tmp_path: Path) -> None:
    stray = tmp_path / "2026-H1_xa-cu.xlsx"
    stray.write_bytes(b"old")
    assert issue_templates(PLAN, PERIOD, tmp_path).strays == (stray.name,)
    assert stray.read_bytes() == b"old"


def test_an_unknown_unit_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="không có đơn vị “xa-z”"):
        issue_templates(PLAN, PERIOD, tmp_path, ["xa-z"])
    assert not list(tmp_path.iterdir())


def test_last_periods_values_reach_the_units_file(tmp_path: Path) -> None:
    issue_templates(PLAN, PERIOD, tmp_path)
    report = issue_templates(PLAN, PERIOD, tmp_path, previous={COMMUNE.id: {("DOCTORS.count", "value"): "7"}})
    assert report.changed == ("2026-H1_xa-a.xlsx",)
