"""What a plan says of the rules: each fault at its cell, in a folder and in a workbook; typed as it was written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from plan.book.draw import draw_plan
from plan.build import build_plan
from plan.easing_rules import answered_row, known_rule, one_unit
from plan.folder import read_folder, write_texts
from plan.load import faults_in, load_tables
from plan.model import RuleSetting, Waiver
from plan.rule_words import RULE_WORDS
from plan.schema import check_tables
from plan.schema_rules import RULES
from plan.show import plan_json
from plan.tables import RULE_COLUMNS, WAIVER_COLUMNS, PlanTables
from tests.plan.book_case import RATIO, ROWS, TASK, UNITS, WAIVERS, at, edited, faults_of, sheet, small_plan

SETTING = {"rule": "CUMULATIVE_FELL", "severity": "warning", "until": "2026-12-31", "reason": "Năm đầu."}
WAIVER = WAIVERS[0]
SHEET_NAMES = {"rules": "Mức độ quy tắc", "waivers": "Miễn trừ", "units": "Đơn vị"}
ENTRIES = {"rules": "rule", "waivers": "waiver"}

Texts = dict[str, str]


def _in_folder(tables: PlanTables, folder: Path) -> list[str]:
    for name, data in write_texts(tables).items():
        (folder / name).write_bytes(data)
    return faults_in(str(folder))


def _in_workbook(tables: PlanTables, folder: Path) -> list[str]:
    (folder / "ke-hoach.xlsx").write_bytes(draw_plan(tables))
    return faults_in(str(folder / "ke-hoach.xlsx"))


FAULTS: Sequence[tuple[str, str, Texts, str, str]] = (  # table, column, row, said of a folder, said of a workbook
    ("rules", "rule", SETTING | {"rule": ""}, "ô trống. Ghi mã của quy tắc, ví dụ: Số lũy", "ô trống. Chọn một trong"),
    (
        *("rules", "rule", SETTING | {"rule": "CUMULATIVE_FEL"}),
        *("không có quy tắc mang mã “CUMULATIVE_FEL”. Có phải là “CUMULATIVE_FELL”?", "không có trong danh sách"),
    ),
    (
        *("rules", "rule", SETTING | {"rule": "UNIT_UNKNOWN"}),
        *("không có quy tắc mang mã “UNIT_UNKNOWN”. Ghi một trong: NUMERATOR_EXCEEDS_DENOMINATOR, ", "Chọn một trong"),
    ),
    (
        *("rules", "severity", SETTING | {"severity": "warn"}),
        *(
            "Ghi một trong: lỗi (error), cảnh báo (warning), ghi chú (note). Có phải là “warning”?",
            "Lỗi, Cảnh báo, Ghi",
        ),
    ),
    (
        *("rules", "severity", SETTING | {"severity": ""}),
        *("ô trống. Ghi một trong: lỗi (error)", "ô trống. Chọn một trong: Lỗi, Cảnh báo, Ghi chú"),
    ),
    ("rules", "until", SETTING | {"until": "2026-06-31"}, "không phải là ngày có thật", "ví dụ: 31/12/2026"),
    ("rules", "until", SETTING | {"until": "cuối năm"}, "ví dụ: 2026-12-31", "ví dụ: 31/12/2026"),
    ("rules", "reason", SETTING | {"reason": " "}, "ô trống. Ghi một câu vì sao", "ô trống. Ghi một câu vì sao"),
    ("waivers", "unit", WAIVER | {"unit": ""}, "ô trống. Ghi mã của một đơn vị", "ô trống. Ghi mã của một đơn vị"),
    ("waivers", "unit", WAIVER | {"unit": "to-3"}, "không có đơn vị mang mã “to-3”", "không có đơn vị mang mã “to-3”"),
    ("waivers", "unit", WAIVER | {"unit": "Tổ 2"}, "Ghi mã của đơn vị ấy: to-2", "Ghi mã của đơn vị ấy: to-2"),
    ("waivers", "unit", WAIVER | {"unit": "@to"}, "ghi một dòng riêng", "Mỗi đơn vị được miễn ghi một dòng riêng"),
    ("waivers", "rule", WAIVER | {"rule": "X"}, "không có quy tắc mang mã “X”", "không có trong danh sách"),
    (
        *("waivers", "row", WAIVER | {"row": "BHYT_COVERAG"}),
        *("không có dòng nào mang mã “BHYT_COVERAG”. Có phải là “BHYT_COVERAGE”?", "Để trống là miễn ở mọi dòng"),
    ),
    (
        *("waivers", "row", WAIVER | {"unit": "van-phong"}),
        *(
            "đơn vị “van-phong” không phải trả lời dòng “BHYT_COVERAGE” (cột “Ai báo cáo” (reporters))",
            "để trống để miễn",
        ),
    ),
    (
        *("waivers", "row", WAIVER | {"row": "NV-9"}),
        *("không phải trả lời dòng “NV-9” (cột “Ai chủ trì” (leads))", "Ghi mã một dòng giao cho đơn vị ấy"),
    ),
    ("waivers", "row", WAIVER | {"row": "AGAIN"}, "lấy số của dòng “BHYT_COVERAGE”", "Ghi mã dòng ấy: BHYT_COVERAGE"),
    ("waivers", "until", WAIVER | {"until": "31/12"}, "không phải là ngày", "ví dụ: 31/12/2026"),
    ("waivers", "reason", WAIVER | {"reason": ""}, "ô trống. Ghi một câu vì sao", "ô trống. Ghi một câu vì sao"),
    ("units", "population", UNITS[0] | {"population": "12.500"}, "ví dụ: 12500", "không có dấu chấm, hoặc để trống"),
    ("units", "population", UNITS[0] | {"population": "0"}, "ví dụ: 12500", "“0” không đúng dạng"),
    ("units", "population", UNITS[0] | {"population": "-5"}, "ví dụ: 12500", "“-5” không đúng dạng"),
    ("units", "population", UNITS[0] | {"population": "9" * 5_000}, "ví dụ: 12500", "ví dụ: 12500"),
)


def _plan_with(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> PlanTables:
    """The small plan with one more task and indicator, and `rows` in place of its own; it eases nothing by itself."""
    again = RATIO | {"code": "AGAIN", "same_as": "BHYT_COVERAGE", "fields": ""}
    alone = TASK | {"code": "NV-9", "leads": "van-phong", "coordinators": ""}
    more: dict[str, Sequence[Mapping[str, str]]] = {
        "indicators": (*ROWS["indicators"], again),
        "tasks": (*ROWS["tasks"], alone),
    }
    return small_plan(**more | {"rules": (), "waivers": ()} | dict(rows))


@pytest.mark.parametrize(("table", "column", "row", "folder", "_"), FAULTS)
def test_a_fault_of_a_folder_is_one_line_at_its_place(
    table: str, column: str, row: Texts, folder: str, _: str, tmp_path: Path
) -> None:
    """An entry of plan.toml is named by its number and item, a cell of units.csv by its address."""
    rest = UNITS[1:] if table == "units" else ()
    (line,) = _in_folder(_plan_with({table: (row, *rest)}), tmp_path)
    place = f"plan.toml, [[{ENTRIES.get(table)}]] thứ 1, mục “{column}”" if table in ENTRIES else "units.csv, ô I2"
    assert line.startswith(f"{place}: ")
    assert folder in line


def test_each_fault_of_a_workbook_stands_at_its_cell(tmp_path: Path) -> None:
    """All of them in one workbook, a row each, in the words of the sheet."""
    rows: dict[str, list[Texts]] = {"rules": [], "waivers": [], "units": list(UNITS)}
    wanted = {}
    for number, (table, column, row, _, said) in enumerate(FAULTS):
        wanted[f"Trang “{SHEET_NAMES[table]}”, ô {at(table, column, 3 + len(rows[table]))}"] = said
        rows[table].append(row | {"id": f"to-{number + 9}"} if table == "units" else row)
    found = dict(line.split(": ", 1) for line in _in_workbook(_plan_with(rows), tmp_path))
    assert [place for place, said in wanted.items() if said not in found.get(place, "")] == []
    repeated = [said for place, said in found.items() if place not in wanted]
    assert all("ghi hai lần" in said or "ghi lại điều đã ghi" in said for said in repeated)


@pytest.mark.parametrize(
    ("table", "row", "folder"),
    [
        (
            "rules",
            SETTING | {"severity": "note", "until": ""},
            "“CUMULATIVE_FELL” được ghi hai lần, đã dùng ở plan.toml, [[rule]] thứ 1",
        ),
        (
            "waivers",
            WAIVER | {"until": "2026-06-30", "reason": "Khác."},
            "ghi lại điều đã ghi ở plan.toml, [[waiver]] thứ 1",
        ),
    ],
)
def test_the_same_is_not_said_twice(table: str, row: Texts, folder: str, tmp_path: Path) -> None:
    """Of two that contradict each other the program would have to choose."""
    first = {"rules": SETTING, "waivers": WAIVER}[table]
    tables = small_plan(**{table: (first, row)})
    (line,) = _in_folder(tables, tmp_path)
    key = {"rules": "rule", "waivers": "unit"}[table]
    assert line.startswith(f"plan.toml, [[{ENTRIES[table]}]] thứ 2, mục “{key}”: ")
    assert folder in line
    (line,) = _in_workbook(tables, tmp_path)
    assert line.startswith(f"Trang “{SHEET_NAMES[table]}”, ô {at(table, key, 4)}: ")
    assert f"ô {at(table, key, 3)}" in line


def test_another_row_or_rule_of_a_unit_is_another_waiver() -> None:
    others = (WAIVER | {"row": ""}, WAIVER | {"rule": "PEER_OUTLIER"}, WAIVER | {"unit": "to-1"})
    assert check_tables(small_plan(waivers=(WAIVER, *others))) == []


@pytest.mark.parametrize(
    ("unit", "row"), [("van-phong", "NV-1"), ("to-1", "NV-1"), ("to-2", "NV-1"), ("to-1", "VISITS"), ("to-2", "")]
)
def test_who_answers_for_a_row_may_be_let_off_on_it(unit: str, row: str) -> None:
    """As lead or coordinator, by name or by group."""
    assert check_tables(small_plan(waivers=(WAIVER | {"unit": unit, "row": row},))) == []


def test_a_waiver_is_not_blamed_for_a_fault_of_another_table(tmp_path: Path) -> None:
    """While it is unknown who answers for a row, or which units and rows there are, the waiver is not judged."""
    misspelt = (RATIO | {"reporters": "@too"}, *ROWS["indicators"][1:])
    assert [line.partition(":")[0] for line in _in_folder(small_plan(indicators=misspelt), tmp_path)] == [
        "indicators.csv, ô T2"
    ]
    _in_folder(small_plan(), tmp_path)
    (tmp_path / "units.csv").unlink()
    (tmp_path / "tasks.csv").unlink()
    assert {line.partition(":")[0] for line in faults_in(str(tmp_path))} == {"units.csv", "tasks.csv"}


def test_the_items_of_an_entry_are_known_and_quoted(tmp_path: Path) -> None:
    """A date of TOML without quotes, an item and a table that nobody reads: each is said, none is passed over."""
    _in_folder(small_plan(rules=(), waivers=()), tmp_path)
    with (tmp_path / "plan.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[rule]]\nrule = "PEER_OUTLIER"\nseverity = "note"\nuntil = 2026-12-31\nreason = "Thử."\nwhy = "x"\n'
        )
        file.write('[[waivers]]\nunit = "to-1"\n')
    lines = faults_in(str(tmp_path))
    assert sorted(line.partition(": ")[0] for line in lines) == [
        "plan.toml, [[rule]] thứ 1, mục “until”",
        "plan.toml, [[rule]] thứ 1, mục “why”",
        "plan.toml, mục “waivers”",
    ]
    assert any("Có phải là “waiver”?" in line for line in lines)


def test_a_day_that_excel_made_a_date_is_refused_with_its_cell(tmp_path: Path) -> None:
    """10/6 may have become 6 October before anybody saw it."""

    def edit(book: Workbook) -> None:
        sheet(book, "waivers")[at("waivers", "until", 4)].value = date(2026, 6, 30)  # type: ignore[union-attr,unused-ignore]

    (line,) = faults_of(edited(tmp_path, edit))
    assert line.startswith(f"Trang “Miễn trừ”, ô {at('waivers', 'until', 4)}: Excel đã đổi ô thành ngày tháng")


def test_a_population_that_excel_made_a_number_is_its_digits(tmp_path: Path) -> None:
    """Typed with a mark between the thousands or not: it is one number."""

    def edit(book: Workbook) -> None:
        cell = sheet(book, "units")[at("units", "population", 3)]
        cell.value, cell.number_format = 12500, "#,##0"

    found = load_tables(str(edited(tmp_path, edit))).texts()["units"]
    assert [unit["population"] for unit in found] == ["12500", "", "1250"]


def test_the_plan_holds_what_was_written(tmp_path: Path) -> None:
    """Typed and in the order of the document; through a folder likewise, and in the JSON of `plan show`."""
    plan = build_plan(small_plan())
    assert plan.rule_settings == (
        RuleSetting("CUMULATIVE_FELL", "note", date(2026, 12, 31), "Năm đầu chỉ nhắc."),
        RuleSetting("PEER_OUTLIER", "error", None, "Địa bàn nhỏ, số phải sát nhau."),
    )
    assert plan.waivers[1:] == (
        Waiver("to-2", "POPULATION_EXCEEDED", "", date(2026, 6, 30), "Có ký túc xá."),
        Waiver("van-phong", "STATUS_WENT_BACK", "NV-1", None, "Làm lại từ đầu."),
    )
    assert [unit.population for unit in plan.units] == [None, None, 1250]
    assert [field.cumulative for row in plan.indicators for field in row.fields] == [False] * 3 + [True] * 2
    assert _in_folder(small_plan(), tmp_path) == []
    assert build_plan(read_folder(tmp_path, [])) == plan
    shown = json.loads(json.dumps(plan_json(plan), ensure_ascii=False))
    assert shown["waivers"][1]["until"] == "2026-06-30"
    assert shown["rule_settings"][0]["severity"] == "note"
    assert [unit["population"] for unit in shown["units"]] == [None, None, 1250]
    assert shown["indicators"][2]["fields"][0]["cumulative"] is True


def test_the_digest_follows_what_is_eased() -> None:
    digests = {
        build_plan(small_plan(**rows)).digest
        for rows in (
            {},
            {"rules": ROWS["rules"][:1]},
            {"waivers": ROWS["waivers"][:2]},
            {"units": [unit | {"population": ""} for unit in UNITS]},
        )
    }
    assert len(digests) == 4


def test_every_column_has_its_rules() -> None:
    """No column of the two tables takes whatever is written."""
    assert RULES["rules"].keys() == set(RULE_COLUMNS)
    assert RULES["waivers"].keys() == set(WAIVER_COLUMNS)
    assert RULES["rules"]["rule"] == RULES["waivers"]["rule"] == (known_rule,)
    assert (RULES["waivers"]["unit"], RULES["waivers"]["row"]) == ((one_unit,), (answered_row,))
    assert len({name.casefold() for name in RULE_WORDS.values()}) == len(RULE_WORDS)
