"""A rehearsal on real templates: repeatable to the byte, true to its truth file, and careful with others' files."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from plan.layout import (
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    STAMP_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    WorkbookLayout,
    column_letter,
    layout_for,
)
from plan.load import load_plan
from plan.model import Plan, PlanError
from plan.period import deadline, parse_period
from plan.words import STATUS_WORDS, TaskStatus, fold
from templates.draw import draw_template
from templates.rehearsal import Rehearsal, simulate
from templates.rehearsal_cast import FILE_FAULTS, Part
from templates.rehearsal_mail import Mail, post
from templates.rehearsal_scene import Scene

FULL = load_plan("ninh-binh-syt")
PERIOD = parse_period(FULL, "2026-H1")
# One of every kind that answers differently, and communes enough for something to go wrong.
NAMED = ("trung-tam-ksbt", "chi-cuc-dan-so-tre-em", "benh-vien-san-nhi")
UNITS = tuple(u for u in FULL.units if u.id in NAMED) + tuple(u for u in FULL.units if u.id.startswith("xa-"))[:5]
PLAN = replace(FULL, units=UNITS, digest="small")
ONE_UNIT = replace(FULL, units=UNITS[-1:], digest="one")
DEADLINE = deadline(PLAN, PERIOD) or datetime.max
LAYOUTS = {unit.id: layout_for(PLAN, unit, PERIOD) for unit in PLAN.units}
COMMUNE = UNITS[-1].id


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    for layout in LAYOUTS.values():
        (folder / layout.file_name).write_bytes(draw_template(layout, {}, DEADLINE))
    return folder


def rehearse(templates: Path, where: Path, seed: int = 1, *, clean: bool = False, plan: Plan = PLAN) -> Rehearsal:
    settings = Rehearsal(templates, where / PLAN.id / PERIOD.id, seed, DEADLINE, clean)
    simulate(plan, PERIOD, settings, lambda done, total: None)
    return settings


def truth_of(settings: Rehearsal) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(settings.truth_file.read_text(encoding="utf-8"))
    return read


def contents(settings: Rehearsal) -> dict[str, tuple[bytes, float]]:
    found = [path for path in settings.returns.rglob("*") if path.is_file()]
    return {p.relative_to(settings.returns).as_posix(): (p.read_bytes(), p.stat().st_mtime) for p in found}


@pytest.fixture(scope="module")
def rehearsal(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    return rehearse(templates, tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module")
def clean_rehearsal(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    return rehearse(templates, tmp_path_factory.mktemp("clean"), clean=True)


def test_the_same_seed_gives_the_same_bytes_and_times(rehearsal: Rehearsal, templates: Path, tmp_path: Path) -> None:
    again = rehearse(templates, tmp_path)
    assert contents(again) == contents(rehearsal)
    assert again.truth_file.read_bytes() == rehearsal.truth_file.read_bytes()


def test_another_seed_gives_other_figures(rehearsal: Rehearsal, templates: Path, tmp_path: Path) -> None:
    other = truth_of(rehearse(templates, tmp_path, seed=2, plan=ONE_UNIT))["units"][COMMUNE]
    assert other["indicators"] != truth_of(rehearsal)["units"][COMMUNE]["indicators"]


def test_a_unit_types_the_same_whoever_else_is_in_the_plan(
    rehearsal: Rehearsal, templates: Path, tmp_path: Path
) -> None:
    fewer = rehearse(templates, tmp_path, clean=True, plan=replace(PLAN, units=UNITS[-2:], digest="two"))
    before, after = truth_of(rehearsal)["units"], truth_of(fewer)["units"]
    same = [unit for unit in after if before[unit]["fate"] == "clean"]
    assert same
    for unit in same:
        assert (before[unit]["indicators"], before[unit]["tasks"]) == (after[unit]["indicators"], after[unit]["tasks"])


def _cells(layout: WorkbookLayout, data: bytes) -> Iterator[tuple[str, str, str, object]]:
    """Yield (row code, field or "", column key, typed value) by the positions of the layout."""
    book = load_workbook(BytesIO(data))
    for row in layout.indicator_rows:
        for column in (c for c in INDICATOR_COLUMNS if c.is_input):
            cell = book[INDICATOR_SHEET][f"{column_letter(INDICATOR_COLUMNS, column.key)}{row.row}"]
            yield row.indicator.code, row.field.name, column.key, cell.value
    for task in layout.task_rows:
        for column in (c for c in TASK_COLUMNS if c.is_input):
            cell = book[TASK_SHEET][f"{column_letter(TASK_COLUMNS, column.key)}{task.row}"]
            value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
            yield task.code, "", column.key, value


def test_the_truth_is_what_stands_in_the_files(clean_rehearsal: Rehearsal) -> None:
    """Read back at the layout's positions, while the rehearsal typed by code and heading."""
    truth, files = truth_of(clean_rehearsal), contents(clean_rehearsal)
    compared = 0
    for unit, told in truth["units"].items():
        indicators, tasks = told["indicators"], told["tasks"]
        for code, field, key, value in _cells(LAYOUTS[unit], files[told["file"]][0]):
            compared += 1
            if field and key == "value":
                assert indicators[code][field]["typed"] == value
            elif field and key == "explanation":
                assert indicators[code][field][key] == (value or "")
            elif not field and key == "status":
                assert STATUS_WORDS[TaskStatus(tasks[code][key])] == value
            elif not field and value is None:
                assert not tasks[code][key]
            elif not field:
                assert tasks[code][key] == (value.isoformat() if isinstance(value, date) else str(value))
    assert compared > 500


def test_faults_are_told_at_the_cell_where_they_stand(rehearsal: Rehearsal) -> None:
    truth, files = truth_of(rehearsal), contents(rehearsal)
    assert truth["faults"]
    for fault in truth["faults"]:
        assert fault["file"] in files
        if not fault["cell"]:
            continue
        layout = LAYOUTS[fault["unit"]]
        sheet = load_workbook(BytesIO(files[fault["file"]][0]))[fault["sheet"]]
        number = sheet[fault["cell"]].row
        rows = {r.row: r.indicator.code for r in layout.indicator_rows}
        rows = rows if fault["sheet"] == INDICATOR_SHEET else {r.row: r.code for r in layout.task_rows}
        assert rows[number] == fault["row"]
        blocked = truth["units"][fault["unit"]]["blocked_rows"]
        assert (fault["row"] in blocked) == (fault["severity"] == "error")


def test_files_bear_the_moment_they_were_received(rehearsal: Rehearsal) -> None:
    truth, files = truth_of(rehearsal), contents(rehearsal)
    for told in truth["units"].values():
        if told["file"]:
            moment = datetime.fromisoformat(told["received_at"])
            assert files[told["file"]][1] == moment.timestamp()
            assert told["late"] == (moment >= DEADLINE)
    assert any(told["late"] for told in truth["units"].values())


def test_the_truth_lists_every_file_and_lies_outside_the_returns(rehearsal: Rehearsal) -> None:
    files = {name: hashlib.sha256(data).hexdigest() for name, (data, _) in contents(rehearsal).items()}
    assert truth_of(rehearsal)["files"] == files
    assert rehearsal.truth_file.parent == rehearsal.returns.parent
    assert sorted(p.name for p in rehearsal.returns.parent.iterdir()) == sorted(
        (rehearsal.returns.name, rehearsal.truth_file.name)
    )


def test_a_clean_rehearsal_has_one_sound_file_in_time_from_everybody(clean_rehearsal: Rehearsal) -> None:
    truth = truth_of(clean_rehearsal)
    assert truth["faults"] == []
    assert sorted(contents(clean_rehearsal)) == sorted(layout.file_name for layout in LAYOUTS.values())
    for told in truth["units"].values():
        assert (told["fate"], told["late"], told["oddity"], told["blocked_rows"]) == ("clean", False, "", [])


def test_an_earlier_rehearsal_is_replaced(templates: Path, tmp_path: Path) -> None:
    """Also when it sent more files than the new one."""
    rehearse(templates, tmp_path, seed=3, plan=replace(PLAN, units=UNITS[-2:], digest="two"))
    settings = rehearse(templates, tmp_path, seed=4, plan=ONE_UNIT)
    assert set(contents(settings)) == set(truth_of(settings)["files"])


def test_a_foreign_file_stops_the_rehearsal_and_nothing_is_touched(templates: Path, tmp_path: Path) -> None:
    settings = rehearse(templates, tmp_path, plan=ONE_UNIT)
    (settings.returns / "that.xlsx").write_bytes(b"a real return")
    before, told = contents(settings), settings.truth_file.read_bytes()
    with pytest.raises(PlanError, match="1 tệp không do lần điền thử trước tạo ra"):
        rehearse(templates, tmp_path, seed=2, plan=ONE_UNIT)
    assert contents(settings) == before
    assert settings.truth_file.read_bytes() == told


def test_a_file_that_somebody_has_worked_in_since_is_foreign(templates: Path, tmp_path: Path) -> None:
    """The name alone does not make it ours: a real return bears the same name."""
    settings = rehearse(templates, tmp_path, clean=True, plan=ONE_UNIT)
    mended = settings.returns / LAYOUTS[COMMUNE].file_name
    mended.write_bytes(b"mended by hand")
    with pytest.raises(PlanError, match=LAYOUTS[COMMUNE].file_name):
        rehearse(templates, tmp_path, seed=2, plan=ONE_UNIT)
    assert mended.read_bytes() == b"mended by hand"


def test_without_a_truth_file_no_file_is_ours(templates: Path, tmp_path: Path) -> None:
    settings = rehearse(templates, tmp_path, plan=ONE_UNIT)
    settings.truth_file.write_text("{", encoding="utf-8")
    with pytest.raises(PlanError, match="chuyển các tệp này đi nơi khác"):
        rehearse(templates, tmp_path, plan=ONE_UNIT)


def test_without_templates_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="Hãy chạy lệnh template trước"):
        rehearse(tmp_path / "none", tmp_path)


def test_a_template_that_does_not_fit_the_plan_is_named(templates: Path, tmp_path: Path) -> None:
    layout = LAYOUTS[COMMUNE]
    other = LAYOUTS["benh-vien-san-nhi"]
    (tmp_path / layout.file_name).write_bytes((templates / other.file_name).read_bytes())
    with pytest.raises(PlanError, match="mẫu không khớp với kế hoạch"):
        rehearse(tmp_path, tmp_path / "inputs", clean=True, plan=ONE_UNIT)


def test_progress_is_told_unit_by_unit(templates: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    settings = Rehearsal(templates, tmp_path / "in", 1, DEADLINE)
    two = replace(PLAN, units=UNITS[-2:], digest="two")
    simulate(two, PERIOD, settings, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_returned_template_keeps_its_dropdowns_and_its_lock(rehearsal: Rehearsal, templates: Path) -> None:
    """The rehearsal must not hand the reader a simpler workbook than Excel would."""
    truth = truth_of(rehearsal)
    unit, told = next((u, t) for u, t in truth["units"].items() if t["fate"] == "clean")
    before = load_workbook(templates / LAYOUTS[unit].file_name)
    after = load_workbook(rehearsal.returns / told["file"])
    assert after.sheetnames == before.sheetnames
    assert after[STAMP_SHEET].sheet_state == "veryHidden"
    assert list(after.defined_names) == list(before.defined_names)
    for sheet in before.worksheets:
        mine = after[sheet.title]
        assert len(mine.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert mine.protection.sheet == sheet.protection.sheet


# --- files that are wrong as a whole ----------------------------------------------------------


@lru_cache(maxsize=len(FILE_FAULTS))
def sent(templates: Path, code: str) -> Mail:
    scene, neighbour = (Scene(LAYOUTS[u.id], "1", date(2026, 5, 20)) for u in (UNITS[-1], UNITS[-2]))
    return post(Part(COMMUNE, file_fault=code), scene, neighbour, templates, DEADLINE)


def identity(data: bytes) -> tuple[str, str, set[str]]:
    """Return unit and period of the stamp, and the identity lines of both appendices."""
    book = load_workbook(BytesIO(data))
    stamp = {str(key): str(value) for key, value in book[STAMP_SHEET].iter_rows(max_col=2, values_only=True)}
    lines = {str(book[name]["B6"].value) for name in (INDICATOR_SHEET, TASK_SHEET)}
    return stamp["unit"], stamp["period"], lines


@pytest.mark.parametrize("code", FILE_FAULTS)
def test_a_spoilt_file_is_told_as_a_whole_and_only_a_sound_sheet_is_to_be_taken_from_it(
    code: str, templates: Path
) -> None:
    mail = sent(templates, code)
    (fault,) = mail.faults
    assert (fault.code, fault.cell, fault.row, fault.unit) == (code, "", "", COMMUNE)
    assert fault.file == mail.files[0].file
    if code == "SUPERSEDED":
        assert (fault.severity, mail.truth.fate, mail.truth.file) == ("note", "odd", mail.files[1].file)
        assert mail.files[0].moment < mail.files[1].moment
        assert mail.files[0].data != mail.files[1].data
        assert mail.truth.indicators
    elif code == "SHEET_MISSING":
        assert (fault.severity, mail.truth.fate, len(mail.files)) == ("error", "faulty", 1)
        assert mail.truth.indicators
        assert set(mail.truth.blocked_rows) == set(mail.truth.tasks)
    else:
        assert (fault.severity, mail.truth.fate, len(mail.files)) == ("error", "unreadable", 1)
        assert not mail.truth.indicators
        assert not mail.truth.tasks


def test_damaged_empty_and_mislabelled_files_are_no_workbooks(templates: Path) -> None:
    for code in ("FILE_DAMAGED", "FILE_EMPTY", "FILE_NOT_WORKBOOK"):
        (file,) = sent(templates, code).files
        assert file.file == LAYOUTS[COMMUNE].file_name
        assert not zipfile.is_zipfile(BytesIO(file.data))
    assert sent(templates, "FILE_DAMAGED").files[0].data.startswith(b"PK")
    assert sent(templates, "FILE_EMPTY").files[0].data == b""
    assert sent(templates, "FILE_NOT_WORKBOOK").files[0].data.startswith(b"%PDF-")


def test_all_three_witnesses_of_another_period_or_unit_agree(templates: Path) -> None:
    (file,) = sent(templates, "OTHER_PERIOD").files
    unit, period, lines = identity(file.data)
    assert (unit, period) == (COMMUNE, "2025-Y")
    assert file.file == f"2025-Y_{COMMUNE}.xlsx"
    assert lines == {replace(LAYOUTS[COMMUNE], period=parse_period(PLAN, "2025-Y")).identity_text}
    (file,) = sent(templates, "UNIT_UNKNOWN").files
    unit, period, lines = identity(file.data)
    assert unit not in {u.id for u in FULL.units}
    assert file.file == f"{period}_{unit}.xlsx"
    assert all(line.endswith(f"Mã đơn vị: {unit}") for line in lines)


def test_an_overtyped_neighbours_file_names_both(templates: Path) -> None:
    (file,) = sent(templates, "IDENTITY_CONFLICT").files
    unit, _, lines = identity(file.data)
    assert unit == UNITS[-2].id
    assert lines == {LAYOUTS[COMMUNE].identity_text}
    assert file.file == LAYOUTS[COMMUNE].file_name


def test_a_workbook_of_their_own_says_nowhere_whose_it_is(templates: Path) -> None:
    (file,) = sent(templates, "IDENTITY_UNKNOWN").files
    book: Workbook = load_workbook(BytesIO(file.data))
    texts = {str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v}
    said = fold(" ".join([file.file, *texts]))
    assert not any(unit.id in file.file or fold(unit.name) in said for unit in FULL.units)
    assert STAMP_SHEET not in book.sheetnames


def test_a_deleted_appendix_leaves_ref_errors_and_no_dangling_formula(templates: Path) -> None:
    mail = sent(templates, "SHEET_MISSING")
    book = load_workbook(BytesIO(mail.files[0].data))
    assert TASK_SHEET not in book.sheetnames
    assert mail.faults[0].sheet == TASK_SHEET
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "#REF!" in values
    assert not any(isinstance(v, str) and v.startswith("=") and TASK_SHEET in v for v in values)
