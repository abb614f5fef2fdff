"""A plan as a workbook: nothing is lost on the way there and back, and staff may edit as people do in Excel."""

from __future__ import annotations

import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from plan.book.draw import draw_plan
from plan.book.read import read_plan
from plan.book.rules import NEW_ROWS
from plan.book.sheets import GUIDE_NAME, HEAD_NAME, SHEETS, Sheet
from plan.build import build_plan
from plan.folder import write_texts
from plan.load import catalog_ids, load_plan, load_tables
from plan.tables import PlanTables
from tests.office import Office
from tests.plan.book_case import DOCTORS, HEAD, ROWS, TASK, at, edited, faults_of, sheet, small_plan

# What Excel, LibreOffice or one of the libraries would like to make something else of.
ODD_TEXTS = (
    *("=1+1", "+5", "-", "@x", "'abc", "6.1", "00123", "1e5", "10/6", "TRUE", "#N/A", "100%", "x" * 32_767),
    *("<r>x</r>", "<r><t>", 'a & b <c> "q"', "http://a.invalid", "internal:A1", "_x0041_", "x005F_", "_x005F_x0041_"),
    *("_x0041_x0042_", "  hai  cách  ", "a\u00a0b", "\U0001f600", "\uffff", "\u2028", "a_x000D_b"),
)
# In these columns a plan holds codes; everywhere else any text may stand.
WORDED = {
    (s.role, c)
    for s in SHEETS
    for c in ("measure", "aggregation", "decimals", "fields", "prorated", "due", "example", "first", "last")
}
WORDED |= {("calendar", "kind"), ("oddities", "kind")}
WORDED |= {(role, c) for role in ("rules", "waivers") for c in ("rule", "severity", "until")}


def through(tables: PlanTables, path: Path) -> PlanTables:
    path.write_bytes(draw_plan(tables))
    faults: list[str] = []
    found = read_plan(path, faults)
    assert faults == []
    return found


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_a_catalog_plan_comes_back_the_same(plan_id: str, tmp_path: Path) -> None:
    """export → import → export is identical, also into a folder, and the workbook has no hidden clock."""
    tables = load_tables(plan_id)
    found = through(tables, tmp_path / "a.xlsx")
    assert found.texts() == tables.texts()
    assert draw_plan(found) == (tmp_path / "a.xlsx").read_bytes()
    assert write_texts(found) == write_texts(tables)


def test_a_workbook_loads_like_its_folder(tmp_path: Path) -> None:
    """--plan takes a workbook: the same plan to the last value, its digest included."""
    path = tmp_path / "ke-hoach.xlsx"
    path.write_bytes(draw_plan(load_tables("ninh-binh-syt")))
    assert load_plan(str(path)) == load_plan("ninh-binh-syt")


def test_no_text_becomes_anything_else(tmp_path: Path) -> None:
    """Neither a number nor a formula, a link, markup or a code of the file format."""
    tasks = [TASK | {"name": text, "number": text, "result": text} for text in ODD_TEXTS]
    tables = small_plan(tasks=tasks, units=[dict(ROWS["units"][0], code=text) for text in ODD_TEXTS])
    assert through(tables, tmp_path / "a.xlsx").texts() == tables.texts()


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"))).filter(
    lambda text: text == text.strip() or text.strip()
)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_random_texts_come_back_the_same(data: st.DataObject) -> None:
    rows = {
        spec.role: [
            {c.key: first.get(c.key, "") if (spec.role, c.key) in WORDED else data.draw(_TEXT) for c in spec.columns}
            for first in ROWS[spec.role]
        ]
        for spec in SHEETS
    }
    tables = small_plan(head=({key: data.draw(_TEXT) for key in HEAD} | {"superior": data.draw(_TEXT)},), **rows)
    kept = {role: [row for row in table if any(map(str.strip, row.values()))] for role, table in tables.texts().items()}
    with tempfile.TemporaryDirectory() as folder:
        assert through(tables, Path(folder) / "a.xlsx").texts() == kept | {"head": tables.texts()["head"]}


def test_every_cell_is_text(tmp_path: Path) -> None:
    """Also an empty one below the table: what is typed there must not become a date."""
    book = openpyxl.load_workbook(BytesIO(draw_plan(small_plan())))
    for spec in SHEETS:
        cells = [cell for row in book[spec.name].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
    data = zipfile.ZipFile(BytesIO(draw_plan(small_plan())))
    styles = data.read("xl/styles.xml").decode()
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    for index in range(3, 3 + len(SHEETS)):
        columns = re.findall(r'<col [^>]*style="(\d+)"', data.read(f"xl/worksheets/sheet{index}.xml").decode())
        assert columns, "a column without a format"
        assert {formats[int(style)] for style in columns} == {"49"}, "49 is Excel's number for @"


def test_rows_follow_what_is_typed() -> None:
    """A height that counts as set by hand would hide the end of a longer text."""
    archive = zipfile.ZipFile(BytesIO(draw_plan(small_plan())))
    sheets = [archive.read(f"xl/worksheets/sheet{index}.xml") for index in range(2, 3 + len(SHEETS))]
    assert all(b" ht=" in xml for xml in sheets)
    assert not any(b"customHeight" in xml for xml in sheets)


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.role)
def test_interpreted_columns_are_explained_down_to_the_empty_rows(spec: Sheet) -> None:
    """A new row below the table gets the same message and dropdown as a row that was there."""
    book = openpyxl.load_workbook(BytesIO(draw_plan(small_plan())))
    rules = {str(rule.sqref): rule for rule in book[spec.name].data_validations.dataValidation}
    last = 2 + len(ROWS[spec.role]) + NEW_ROWS
    for column in spec.columns:
        where = f"{at(spec.role, column.key, 3)}:{at(spec.role, column.key, last)}"
        if column.printed and not column.example:
            assert where not in rules
            continue
        assert rules[where].prompt.startswith(column.hint)
        assert column.example in rules[where].prompt
        if rules[where].type == "list":
            name = rules[where].formula1
            assert name in book.defined_names, "a dropdown without its list"


def test_codes_are_shown_in_vietnamese() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_plan(small_plan())))
    shown = {
        ("indicators", "measure", 3): "Tỷ lệ phần trăm",
        ("indicators", "aggregation", 4): "Tỷ lệ đơn vị đạt",
        ("indicators", "fields", 3): "tử số [người]: Số người có thẻ | mẫu số [người] {1..}: Dân số",
        ("indicators", "due", 3): "đến 2030",
        ("tasks", "due", 3): "hằng năm; khi: có văn bản",
        ("tasks", "due", 5): "chưa rõ",
        ("calendar", "kind", 3): "6 tháng đầu năm",
        ("calendar", "due", 3): "10/6",
        ("oddities", "kind", 3): "In sai",
        ("units", "example", 4): "Ví dụ",
        ("indicators", "prorated", 3): None,
        ("indicators", "prorated", 5): "Chia theo tháng",
        ("indicators", "fields", 5): "tử số [lượt] (lũy kế): Lượt khám tại trạm | "
        "mẫu số [lượt] {1..} (lũy kế): Tổng lượt khám",
        ("rules", "rule", 3): "Số lũy kế giảm",
        ("rules", "severity", 3): "Ghi chú",
        ("rules", "until", 3): "31/12/2026",
        ("waivers", "rule", 5): "Tình trạng lùi so với kỳ trước",
    }
    assert {place: sheet(book, place[0])[at(*place)].value for place in shown} == shown


def test_the_workbook_opens_on_its_guide_and_has_nothing_hidden_but_the_lists() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_plan(small_plan())))
    assert book.active is not None
    assert book.active.title == GUIDE_NAME
    assert [s.title for s in book.worksheets if s.sheet_state == "visible"] == [
        *(GUIDE_NAME, HEAD_NAME),
        *(spec.name for spec in SHEETS),
    ]
    guide = {str(cell.value) for row in book[GUIDE_NAME].iter_rows() for cell in row}
    assert {column.key for spec in SHEETS for column in spec.columns} <= guide


# --- edited as people do ---


def _moved_about(book: Workbook) -> None:
    """Blank rows, rows turned round, a column moved, a column and a sheet of one's own, a title on top."""
    tasks = sheet(book, "tasks")
    rows = [[cell.value for cell in row] for row in tasks.iter_rows(min_row=3, max_row=5)]
    tasks.delete_rows(3, 3)
    for line, values in zip((4, 6, 9), reversed(rows), strict=True):
        for column, value in enumerate(values, start=1):
            tasks.cell(line, column, value)
    units = sheet(book, "units")
    for line in range(1, 6):
        units.cell(line, 13, units.cell(line, 1).value)
        units.cell(line, 1).value = None
        units.cell(line, 15).value = None if line == 2 else "ghi riêng"
    indicators = sheet(book, "indicators")
    indicators.insert_rows(1, 2)
    indicators["B1"] = "BẢNG CHỈ TIÊU"
    sheet(book, "groups").title = "NHÓM  đơn vị"
    book.create_sheet("Nháp")["A1"] = "=1/0"
    del book[GUIDE_NAME]


def test_moving_sorting_and_inserting_do_no_harm(tmp_path: Path) -> None:
    path = edited(tmp_path, _moved_about)
    assert faults_of(path) == ()
    wanted = small_plan().texts()
    assert load_tables(str(path)).texts() == wanted | {"tasks": wanted["tasks"][::-1]}


def test_headings_do_where_the_keys_are_gone(tmp_path: Path) -> None:
    def without_keys(book: Workbook) -> None:
        for spec in SHEETS:
            book[spec.name].delete_rows(2)
        book[HEAD_NAME].cell(3, 2).value = None

    assert load_tables(str(edited(tmp_path, without_keys))).texts() == small_plan().texts()


def test_names_that_were_sorted_into_the_data_are_no_row(tmp_path: Path) -> None:
    def sorted_whole(book: Workbook) -> None:
        tasks = sheet(book, "tasks")
        keys = [cell.value for cell in tasks[2]]
        tasks.delete_rows(2)
        for column, key in enumerate(keys, start=1):
            tasks.cell(5, column, key)

    assert load_tables(str(edited(tmp_path, sorted_whole))).texts() == small_plan().texts()


def test_a_new_row_and_a_changed_target_come_in(tmp_path: Path) -> None:
    """What the workbook is for: codes typed by hand, words in any case, Vietnamese dates."""

    def edit(book: Workbook) -> None:
        tasks, indicators = sheet(book, "tasks"), sheet(book, "indicators")
        indicators[at("indicators", "targets", 3)] = "2026 >= 96"
        indicators[at("indicators", "measure", 4)] = "THRESHOLD"
        new = {
            "code": "NV-3",
            "name": "Việc mới",
            "leads": "to-1",
            "due": "Hàng năm; đến quý III/2026",
            "parent": "NV-2",
        }
        for key, value in new.items():
            tasks[at("tasks", key, 8)] = value

    found = load_tables(str(edited(tmp_path, edit))).texts()
    assert found["indicators"][0]["targets"] == "2026 >= 96"
    assert found["indicators"][1]["measure"] == "threshold"
    assert found["tasks"][3]["due"] == "yearly; by 2026-Q3"
    assert len(found["tasks"]) == len(ROWS["tasks"]) + 1


def test_whole_numbers_are_read_as_their_digits(tmp_path: Path) -> None:
    """Excel makes numbers of what is pasted; an official code has lost its zeros, a format may still show them."""

    def edit(book: Workbook) -> None:
        sheet(book, "units")[at("units", "code", 3)].value = 123
        sheet(book, "units")[at("units", "code", 3)].number_format = "General"
        sheet(book, "indicators")[at("indicators", "number", 3)].value = 12.0
        sheet(book, "indicators")[at("indicators", "decimals", 3)].value = 2
        name = sheet(book, "units")[at("units", "name", 4)]
        name.value, name.number_format = 7, "000"

    found = load_tables(str(edited(tmp_path, edit))).texts()
    assert found["units"][0]["code"] == "00123"
    assert found["indicators"][0]["number"] == "12"
    assert found["indicators"][0]["decimals"] == "2"
    assert found["units"][1]["name"] == "007"


@pytest.mark.parametrize("written", ["Truyền\nthông", "Truyền \r\n thông\n", "Truyền\tthông", "Truyền_x000D_\nthông"])
def test_a_line_break_in_a_cell_is_a_space(written: str, tmp_path: Path) -> None:
    """Alt+Enter and a paste from Word bring breaks that nobody sees: they are no reason to refuse a plan."""

    def edit(book: Workbook) -> None:
        sheet(book, "tasks")[at("tasks", "name", 3)] = written

    assert load_tables(str(edited(tmp_path, edit))).texts() == small_plan().texts()


def test_only_columns_named_to_be_confirmed_are_tinted() -> None:
    """The tint follows the cell `confirm`, so that it goes when somebody has confirmed."""
    book = openpyxl.load_workbook(BytesIO(draw_plan(small_plan())))
    rules = sheet(book, "indicators").conditional_formatting
    last = at("indicators", "confirm", 2 + len(ROWS["indicators"]) + NEW_ROWS)
    (formula,) = [rule.formula[0] for area in rules for rule in area.rules if str(area.sqref) == f"A3:{last}"]
    assert "A$2" in formula
    assert f"${at('indicators', 'confirm', 3)}" in formula


@pytest.mark.office
def test_libreoffice_saves_the_same_plan(office: Office, tmp_path: Path) -> None:
    """Staff without Excel open, save and hand back: the plan is the same, and new rows still have their lists."""
    plans = {plan_id: load_tables(plan_id) for plan_id in catalog_ids()} | {"thu": small_plan()}
    sources = []
    for plan_id, tables in plans.items():
        sources.append(tmp_path / f"{plan_id}.xlsx")
        sources[-1].write_bytes(draw_plan(tables))
    saved = office.convert(sources, "xlsx", tmp_path / "saved")
    for path, tables in zip(saved, plans.values(), strict=True):
        faults: list[str] = []
        assert read_plan(path, faults).texts() == tables.texts()
        assert faults == []
    book = openpyxl.load_workbook(saved[-1])
    lists = {rule.formula1 for rule in sheet(book, "indicators").data_validations.dataValidation if rule.type == "list"}
    assert len(lists) == 5
    lists |= {rule.formula1 for rule in sheet(book, "waivers").data_validations.dataValidation if rule.type == "list"}
    assert len(lists) == 7
    assert lists <= set(book.defined_names)
    assert load_plan(str(saved[-1])) == build_plan(small_plan())


def test_a_plan_half_filled_can_be_drawn(tmp_path: Path) -> None:
    """A draft goes to a workbook to be completed there: what is missing is said when it is loaded."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        draw_plan(small_plan(head=({},), tasks=(TASK | {"due": ""},), indicators=(DOCTORS | {"measure": ""},)))
    )
    faults = faults_of(path)
    assert any("mục" in line or "ô C2" in line for line in faults)
    assert any(line.startswith(f"Trang “Nhiệm vụ”, ô {at('tasks', 'due', 3)}: ô trống") for line in faults)
    assert any(line.startswith(f"Trang “Chỉ tiêu”, ô {at('indicators', 'measure', 3)}: ô trống") for line in faults)
