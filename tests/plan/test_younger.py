"""Plans that a department keeps from an earlier version go on loading; what they lack is written when they go out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from plan.book.sheets import SHEETS
from plan.build import build_plan
from plan.folder import write_texts
from plan.load import catalog_ids, load_plan, load_tables
from plan.tables import INDICATOR_COLUMNS, UNIT_COLUMNS, YOUNGER_COLUMNS, YOUNGER_TABLES, PlanTables
from tests.plan.book_case import ROWS, at, edited, faults_of, sheet, small_plan
from tests.plan.catalog_case import CATALOG

NAMES = {spec.role: spec.name for spec in SHEETS}


def _plain() -> PlanTables:
    """The small plan as an earlier version could hold it."""
    older = {
        role: [{key: text for key, text in row.items() if key not in columns} for row in ROWS[role]]
        for role, columns in YOUNGER_COLUMNS.items()
    }
    return small_plan(**older, rules=(), waivers=())


def _older(book: Workbook) -> None:
    """Make the workbook one that an earlier version has written."""
    for role in YOUNGER_TABLES:
        del book[NAMES[role]]
    for role, columns in YOUNGER_COLUMNS.items():
        for key in columns:
            sheet(book, role).delete_cols([c.value for c in sheet(book, role)[2]].index(key) + 1)


def test_a_workbook_of_an_earlier_version_loads(tmp_path: Path) -> None:
    """It is the plan in which nothing of the new is said, to the digest."""
    path = edited(tmp_path, _older, _plain())
    assert faults_of(path) == ()
    assert load_tables(str(path)).texts() == _plain().texts()
    assert load_plan(str(path)) == build_plan(_plain())


def test_a_folder_of_an_earlier_version_loads(tmp_path: Path) -> None:
    for name, data in write_texts(_plain()).items():
        (tmp_path / name).write_bytes(data)
    for role, younger in YOUNGER_COLUMNS.items():
        with (tmp_path / f"{role}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        columns = [column for column in rows[0] if column not in younger]
        with (tmp_path / f"{role}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    assert load_tables(str(tmp_path)).texts() == _plain().texts()
    assert load_plan(str(tmp_path)) == build_plan(_plain())
    units = tmp_path / "units.csv"
    units.write_text(units.read_text(encoding="utf-8") + "to-4,,tổ,Tổ 4, ấp 5,,,,,,\n", encoding="utf-8")
    assert any("có 11 ô, phải có 10 ô như dòng đầu" in line for line in faults_of(tmp_path))


def test_a_column_of_population_added_by_hand_is_read(tmp_path: Path) -> None:
    """Under its heading, with or without the key: whoever adds it to an older workbook knows the heading only."""

    def add(key: str) -> Callable[[Workbook], None]:
        def edit(book: Workbook) -> None:
            _older(book)
            units = sheet(book, "units")
            units["K1"], units["K2"], units["K4"] = "Dân  số", key or None, "830"

        return edit

    for key in ("", "population"):
        found = load_tables(str(edited(tmp_path, add(key), _plain()))).texts()["units"]
        assert [unit["population"] for unit in found] == ["", "830", ""]


def test_a_wrong_population_added_by_hand_is_named_by_its_cell(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        _older(book)
        units = sheet(book, "units")
        units["L1"], units["L5"] = "Dân số", "hơn 800"

    (line,) = faults_of(edited(tmp_path, edit, _plain()))
    assert line.startswith("Trang “Đơn vị”, ô L5: “hơn 800” không đúng dạng")


def test_a_misspelt_column_is_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet(book, "units")[at("units", "population", 2)] = "populaton"

    (line,) = faults_of(edited(tmp_path, edit))
    assert line == (
        f"Trang “Đơn vị”, ô {at('units', 'population', 2)}: không có cột mang khóa “populaton”. "
        "Có phải là “population”?"
    )
    for name, data in write_texts(small_plan()).items():
        (tmp_path / name).write_bytes(data.replace(b",population,", b",populaton,"))
    (line,) = faults_of(tmp_path)
    assert line == "units.csv: cột “populaton” không có trong mẫu. Có phải là “population”?"


@pytest.mark.parametrize("keep_keys", [True, False])
def test_a_renamed_sheet_is_not_taken_for_a_missing_one(keep_keys: bool, tmp_path: Path) -> None:
    """Its waivers would be lost in silence."""

    def edit(book: Workbook) -> None:
        waivers = sheet(book, "waivers")
        waivers.title = "Miễn giảm"
        if not keep_keys:
            waivers.delete_rows(2)

    assert faults_of(edited(tmp_path, edit)) == (
        "Trang “Miễn giảm”: trang này giống trang “Miễn trừ” nhưng tên khác nên không được đọc. "
        "Đổi tên trang này thành “Miễn trừ”.",
    )


def test_a_copied_sheet_of_severities_is_told_apart_from_the_waivers(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book.copy_worksheet(sheet(book, "rules")).title = "Quy tắc (2)"

    (line,) = faults_of(edited(tmp_path, edit))
    assert line.startswith("Trang “Quy tắc (2)”: trang này giống trang “Mức độ quy tắc”")
    assert line.endswith("Chép các dòng cần dùng sang trang “Mức độ quy tắc” rồi xóa trang này.")


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_the_catalog_is_written_in_full_and_invents_no_number(plan_id: str) -> None:
    """No document gives the population of a unit, and no plan lets anybody off before there is a reason."""
    for role, columns in (("units", UNIT_COLUMNS), ("indicators", INDICATOR_COLUMNS)):
        with (CATALOG / plan_id / f"{role}.csv").open(encoding="utf-8", newline="") as stream:
            assert tuple(next(csv.reader(stream))) == columns
    plan = load_plan(plan_id)
    assert {unit.population for unit in plan.units} == {None}
    assert (plan.rule_settings, plan.waivers) == ((), ())
