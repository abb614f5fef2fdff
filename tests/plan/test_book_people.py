"""What people new to the workbook do wrong: each is said once, in the words of the sheet, with what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from plan.book.draw import draw_plan
from plan.book.sheets import HEAD_NAME, SHEETS
from plan.headings import HEAD_EXAMPLES, HEADINGS
from plan.load import faults_in, load_tables
from plan.schema_rules import LEVELS
from plan.tables import HEAD_COLUMNS, HEAD_REQUIRED, PlanTables
from tests.plan.book_case import (
    DOCTORS,
    HEAD,
    RATIO,
    ROWS,
    TASKS,
    UNITS,
    VISITS,
    at,
    edited,
    faults_of,
    sheet,
    small_plan,
)

CHANGE = RATIO | {"measure": "change", "aggregation": "difference"}
GROUPS = (
    {"id": "to", "name": "Các tổ dân phố", "aliases": "tổ dân phố"},
    {"id": "co-so-giao-duc", "name": "Các cơ sở giáo dục", "aliases": "các trường học"},
)


def _faults(tables: PlanTables, folder: Path) -> list[str]:
    """Return what is said of a plan that went through its workbook."""
    path = folder / "ke-hoach.xlsx"
    path.write_bytes(draw_plan(tables))
    return faults_in(str(path))


def _unit(**texts: str) -> tuple[dict[str, str], ...]:
    return (*UNITS, {"id": "truong", "kind": "trường", "name": "Trường Thử"} | texts)


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ("indicators", "code", "ô trống. Mã chỉ tiêu gồm chữ in hoa"),
        ("tasks", "code", "ô trống. Mã nhiệm vụ bắt đầu bằng NV-"),
        ("units", "id", "ô trống. Mã đơn vị gồm chữ thường"),
        ("groups", "id", "ô trống. Mã nhóm gồm chữ thường"),
        ("calendar", "kind", "ô trống. Chọn một trong: Quý I"),
    ],
)
def test_a_row_without_its_key_makes_one_fault(table: str, key: str, said: str, tmp_path: Path) -> None:
    """And none on other rows: a blank is nobody's name, nobody's parent and no double. Two such rows make two."""
    new = {
        "indicators": RATIO,
        "tasks": TASKS[0] | {"parent": "NV-1"},
        "units": UNITS[1] | {"name": "Tổ 9"},
        "groups": {"name": "Nhóm khác"},
        "calendar": {"first": "07-01", "last": "12-31"},
    }[table]
    rows = (*ROWS[table], new | {key: ""}, new | {key: ""})
    faults = _faults(small_plan(**{table: rows}), tmp_path)
    first = len(ROWS[table]) + 3
    assert [fault.partition(": ")[0].rpartition(" ")[2] for fault in faults] == [
        at(table, key, first),
        at(table, key, first + 1),
    ]
    assert all(said in fault for fault in faults)


def test_only_the_rows_of_a_circle_are_told_of_it(tmp_path: Path) -> None:
    tasks = [TASKS[0] | {"code": f"NV-{n}", "parent": f"NV-{up}"} for n, up in ((1, 2), (2, 1), (3, 1), (4, 3))]
    faults = _faults(small_plan(tasks=tasks), tmp_path)
    assert [fault.partition("vòng tròn: ")[2].partition(".")[0] for fault in faults] == [
        "NV-1 → NV-2 → NV-1",
        "NV-2 → NV-1 → NV-2",
    ]
    assert all("cột “Thuộc nhiệm vụ” (parent)" in fault for fault in faults)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("co-so-giao-duk", "Có phải là “co-so-giao-duc”?"),
        (
            "to; Các trường học",
            "không có nhóm mang mã “Các trường học” (Trang “Nhóm đơn vị”). Ghi mã của nhóm ấy: co-so",
        ),
        ("@to", "Ghi mã của nhóm ấy: to"),
        ("ban-nganh", "Ghi một trong: co-so-giao-duc, to"),
    ],
)
def test_a_group_that_is_not_declared_is_a_fault_of_the_unit(groups: str, said: str, tmp_path: Path) -> None:
    """Who leads “@co-so-giao-duc” is not blamed as well, though no unit is in it as long as the name is misspelt."""
    tasks = (*TASKS, TASKS[0] | {"code": "NV-9", "leads": "@co-so-giao-duc"})
    (fault,) = _faults(small_plan(groups=GROUPS, tasks=tasks, units=_unit(groups=groups)), tmp_path)
    assert fault.startswith(f"Trang “Đơn vị”, ô {at('units', 'groups', 6)}: ")
    assert said in fault


def test_a_plan_that_declares_no_group_may_use_any(tmp_path: Path) -> None:
    assert _faults(small_plan(groups=(), units=_unit(groups="truong-hoc")), tmp_path) == []


def test_a_declared_group_without_units_leads_nothing(tmp_path: Path) -> None:
    tasks = (*TASKS, TASKS[0] | {"code": "NV-9", "leads": "@co-so-giao-duc"})
    (fault,) = _faults(small_plan(groups=GROUPS, tasks=tasks), tmp_path)
    assert "không đơn vị nào thuộc nhóm “@co-so-giao-duc” (cột “Thuộc nhóm” (groups), Trang “Đơn vị”)" in fault
    assert "Ghi co-so-giao-duc ở cột ấy cho từng đơn vị" in fault


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Trường Thử", "không có đơn vị mang mã “Trường Thử”. Ghi mã của đơn vị ấy: truong"),
        ("TRUONG HOC", "Ghi mã của đơn vị ấy: truong"),
        ("van-phong; VP [chỉ đạo]", "mang mã “VP”. Ghi mã của đơn vị ấy: van-phong"),
        ("Các tổ dân phố", "Ghi mã của nhóm ấy: @to"),
        ("to", "Ghi mã của nhóm ấy: @to"),
        ("@van-phong", "Ghi mã của đơn vị ấy: van-phong"),
        ("Trường Thư, Văn phòng", "cách nhau bằng dấu chấm phẩy: truong; van-phong"),
        ("Trường Thử 1", "Có phải là “truong”?"),
        ("Tổ chung", "Nhiều nơi mang tên ấy; ghi một trong các mã: to-1, truong"),
        ("so-tai-chinh", "không có đơn vị mang mã “so-tai-chinh” (Trang “Đơn vị”)"),
    ],
)
@pytest.mark.parametrize("place", [("tasks", "leads"), ("indicators", "monitors")])
def test_a_name_in_place_of_an_id_is_told_its_id(place: tuple[str, str], typed: str, said: str, tmp_path: Path) -> None:
    units = [unit | {"aliases": "Tổ chung"} if unit["id"] == "to-1" else unit for unit in UNITS]
    units.append({"id": "truong", "kind": "trường", "name": "Trường Thử", "aliases": "Trường học; Tổ chung"})
    rows: dict[str, Sequence[Mapping[str, str]]] = {role: ROWS[role] for role in ("tasks", "indicators")}
    first, *others = rows[place[0]]
    rows[place[0]] = [{**first, place[1]: typed}, *others]
    (fault,) = _faults(small_plan(units=units, **rows), tmp_path)
    assert fault.partition(": ")[0].endswith(f"ô {at(*place, 3)}")
    assert said in fault


def test_the_parent_of_a_unit_may_not_be_its_name_either(tmp_path: Path) -> None:
    (fault,) = _faults(small_plan(units=_unit(parent="Văn phòng HĐND")), tmp_path)
    assert "không có dòng nào mang mã “Văn phòng HĐND”. Ghi mã của đơn vị ấy: van-phong" in fault


# --- the head ---


@pytest.mark.parametrize("key", HEAD_REQUIRED)
def test_a_missing_item_of_the_head_is_named_with_an_example(key: str, tmp_path: Path) -> None:
    (fault,) = _faults(small_plan(head=({**HEAD, key: ""},)), tmp_path)
    line = HEAD_COLUMNS.index(key) + 2
    place = f"Trang “{HEAD_NAME}”, ô C{line} ({HEADINGS['head'][key]})"
    assert fault == f"{place}: còn thiếu hoặc để trống. Ví dụ: {HEAD_EXAMPLES[key]}"


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_of_government_is_taken(level: str, tmp_path: Path) -> None:
    assert _faults(small_plan(head=({**HEAD, "level": level},)), tmp_path) == []


@pytest.mark.parametrize(
    ("level", "said"), [("Phường", "Có phải là “phường”?"), ("huyện", "tỉnh, thành phố, phường, xã, đặc khu")]
)
def test_another_level_is_refused(level: str, said: str, tmp_path: Path) -> None:
    (fault,) = _faults(small_plan(head=({**HEAD, "level": level},)), tmp_path)
    assert "(Cấp): “" in fault
    assert said in fault


# --- indicators ---


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (
            RATIO | {"aggregation": "sum"},
            "aggregation",
            "Cộng số liệu (sum) không đi với cách đo Tỷ lệ phần trăm (ratio)",
        ),
        (CHANGE, "fields", "cần đúng các số liệu: kỳ gốc (baseline), hiện tại (current) hoặc tử số kỳ gốc"),
        (
            RATIO | {"fields": ""},
            "fields",
            "ô trống. Cách đo Tỷ lệ phần trăm (ratio) cần đúng các số liệu: tử số (numer",
        ),
        (DOCTORS | {"targets": ""}, "targets", "ô trống. Cách đo Đạt ngưỡng (threshold) cần mục tiêu có ngưỡng"),
        (RATIO | {"targets": "2030 >= 1,600"}, "targets", "“1,600” không phải là số"),
        (RATIO | {"fields": "tử sổ: A | mẫu sốs: B"}, "fields", "không có số liệu tên “mẫu sốs”. Có phải là “mẫu số”?"),
        (RATIO | {"fields": "người có thẻ"}, "fields", "ví dụ: tử số [người]: Số người có thẻ | mẫu số [người]"),
    ],
)
def test_faults_of_an_indicator_speak_the_words_of_the_sheet(
    row: dict[str, str], column: str, said: str, tmp_path: Path
) -> None:
    (fault,) = _faults(small_plan(indicators=(row, DOCTORS | {"code": "DOCTORS"}), oddities=(), waivers=()), tmp_path)[
        :1
    ]
    assert fault.startswith(f"Trang “Chỉ tiêu”, ô {at('indicators', column, 3)}: ")
    assert said in fault


def test_a_row_without_measure_is_told_all_that_it_lacks_at_once(tmp_path: Path) -> None:
    """Whoever fills in what is asked meets nothing new; a target is not judged by a measure that is not there."""
    blank = DOCTORS | dict.fromkeys(("measure", "aggregation", "fields", "reason"), "")
    faults = _faults(small_plan(indicators=(RATIO, blank)), tmp_path)
    columns = ("measure", "aggregation", "fields", "reason")
    assert {fault.partition(": ")[0] for fault in faults} == {
        f"Trang “Chỉ tiêu”, ô {at('indicators', column, 4)}" for column in columns
    }
    (fields,) = (fault for fault in faults if f"ô {at('indicators', 'fields', 4)}:" in fault)
    assert "theo cách đo: Tỷ lệ phần trăm: tử số (numerator), mẫu số (denominator); Số liệu: giá trị (value)" in fields


def test_a_weight_waits_for_the_aggregation(tmp_path: Path) -> None:
    """While the aggregation is no word, it is not known whether a weight is asked for."""
    row = RATIO | {"measure": "value", "aggregation": "trung bình", "fields": "value: A | weight: B"}
    (fault,) = _faults(small_plan(indicators=(row, DOCTORS)), tmp_path)
    assert fault.startswith(f"Trang “Chỉ tiêu”, ô {at('indicators', 'aggregation', 3)}: ")


# --- typed as people do ---


def test_what_people_type_comes_in(tmp_path: Path) -> None:
    """Each of these has one reading, so nobody is asked to write it otherwise."""

    def edit(book: Workbook) -> None:
        indicators, tasks, calendar = (sheet(book, role) for role in ("indicators", "tasks", "calendar"))
        indicators[at("indicators", "fields", 3)] = (
            "Tử số [người]: Số người có thẻ | mẫu số: Dân số | minh chứng: Nguồn"
        )
        indicators[at("indicators", "fields", 4)] = "count: Số bác sĩ"
        indicators[at("indicators", "targets", 3)] = "2030 >= 1,6; 2026 > 95"
        tasks[at("tasks", "due", 3)] = "trước 30/9/2026"
        tasks[at("tasks", "due", 5)] = "Quý III/2026"
        indicators[at("indicators", "fields", 5)] = (
            "tử số [lượt] (Luỹ  kế): Lượt khám tại trạm | mẫu số [lượt] {1..} (LŨY KẾ): Tổng lượt khám"
        )
        calendar[at("calendar", "kind", 3)] = "Quý 3"

    found = load_tables(str(edited(tmp_path, edit))).texts()
    fields = [row["fields"] for row in found["indicators"]]
    assert fields[0] == "numerator [người]: Số người có thẻ | denominator: Dân số | evidence: Nguồn"
    assert fields[1] == "count: Số bác sĩ"
    assert fields[2] == VISITS["fields"]
    assert found["indicators"][0]["targets"] == "2030 >= 1.6; 2026 > 95"
    assert [row["due"] for row in found["tasks"]] == ["by 2026-09-29", "by 2026-Q3", "by 2026-Q3"]
    assert found["calendar"][0]["kind"] == "Q3"


# --- all faults of a plan ---


def test_the_faults_of_a_plan_are_those_for_which_it_is_refused(tmp_path: Path) -> None:
    """Also of a file that is no plan at all; a sound plan has none, and a cell is named once."""

    def edit(book: Workbook) -> None:
        sheet(book, "indicators")[at("indicators", "measure", 3)] = None  # refused by the reader and by the schema
        book[HEAD_NAME]["C2"] = "=1"
        sheet(book, "tasks")[at("tasks", "leads", 3)] = "ai"

    path = edited(tmp_path, edit)
    faults = faults_in(str(path))
    places = [fault.partition(": ")[0] for fault in faults]
    assert len(places) == len(set(places)) == 3
    assert tuple(faults) == faults_of(path)
    assert faults_in("ninh-binh-syt") == []
    assert "Có phải ý bạn là “thanh-nam”?" in faults_in("thanh-nan")[0]


def test_every_column_has_a_heading() -> None:
    """What faults call a column is what stands above it."""
    assert HEADINGS["head"].keys() == set(HEAD_COLUMNS)
    assert HEAD_EXAMPLES.keys() == set(HEAD_REQUIRED)
    for spec in SHEETS:
        assert {column.key: column.heading for column in spec.columns} == dict(HEADINGS[spec.role])
