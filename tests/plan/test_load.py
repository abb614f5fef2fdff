"""Loading a plan: the whole of it or every fault of all its files at once, each with its cell."""

from __future__ import annotations

import csv
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

from plan.load import catalog_ids, load_plan
from plan.model import DueKind, Measure, PlanError
from plan.tables import INDICATOR_COLUMNS, TASK_COLUMNS, UNIT_COLUMNS

HEADER = """
id = "thu"
issuer = "UBND phường Thử"
superior = ""
short_issuer = "UBND"
title = "Kế hoạch thử"
level = "phường"
place = "Thử"
return_to = "UBND phường"
time_zone = "Asia/Ho_Chi_Minh"
[[calendar]]
kind = "H1"
first = "01-01"
last = "06-30"
due = "06-10"
[[calendar]]
kind = "Y"
first = "01-01"
last = "12-31"
[[oddity]]
place = "Phụ lục 1"
note = "Thiếu đơn vị tính."
suggestion = "Bổ sung."
"""
RATIO = {
    "code": "BHYT_COVERAGE",
    "number": "1",
    "name": "Tỷ lệ tham gia BHYT",
    "unit": "%",
    "target_text": ">95",
    "measure": "ratio",
    "aggregation": "ratio_of_sums",
    "decimals": "1",
    "fields": "numerator [người]: Số người có thẻ | denominator [người] {1..}: Dân số",
    "targets": "2026 > 95; 2030 >= 100",
    "reporters": "@to",
    "monitors": "van-phong",
    "short": "BHYT",
    "reason": "Cộng tử số và mẫu số.",
}
DOCTORS = RATIO | {
    "code": "DOCTORS",
    "number": "2",
    "measure": "threshold",
    "aggregation": "share",
    "fields": "count: Số bác sĩ",
    "targets": "2027 >= 100 @4",
}
TASK = {
    "code": "NV-1",
    "number": "1",
    "name": "Truyền thông",
    "leads": "van-phong [chỉ đạo]; to-1",
    "coordinators": "@to; ?các đơn vị liên quan",
    "due": "yearly; when: có văn bản",
}
SUBTASK = TASK | {"code": "NV-1A", "parent": "NV-1", "due": "by 2026-Q3"}
UNITS = [
    {"id": "van-phong", "kind": "phòng", "name": "Văn phòng", "aliases": "VP; Văn phòng HĐND"},
    {"id": "to-1", "kind": "tổ dân phố", "name": "Tổ 1", "groups": "to", "parent": "van-phong", "example": "x"},
    {"id": "to-2", "code": "12345", "kind": "tổ dân phố", "name": "Tổ 2", "groups": "to"},
]
Rows = list[dict[str, str]]


def write_plan(
    folder: Path,
    *,
    header: str = HEADER,
    indicators: Rows | None = None,
    tasks: Rows | None = None,
    units: Rows | None = None,
) -> str:
    """Write a small plan folder, with whatever is given in place of its sound parts, and return its path."""
    folder.mkdir(exist_ok=True)
    (folder / "plan.toml").write_text(header, encoding="utf-8")
    _write(folder / "indicators.csv", INDICATOR_COLUMNS, [RATIO, DOCTORS] if indicators is None else indicators)
    _write(folder / "tasks.csv", TASK_COLUMNS, [TASK, SUBTASK] if tasks is None else tasks)
    _write(folder / "units.csv", UNIT_COLUMNS, UNITS if units is None else units)
    return str(folder)


def _write(path: Path, columns: tuple[str, ...], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _faults(where: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as caught:
        load_plan(where)
    return caught.value.lines


def test_the_plan_of_the_department_loads_whole() -> None:
    """The catalog plan has the 16 indicators and 53 tasks of the printed document, under its own id."""
    plan = load_plan("ninh-binh-syt")
    assert (plan.id, len(plan.indicators), len(plan.tasks)) == ("ninh-binh-syt", 16, 53)
    assert [task.number.strip(".") for task in plan.tasks].count("49") == 2


def test_a_folder_becomes_typed_values(tmp_path: Path) -> None:
    plan = load_plan(write_plan(tmp_path / "p"))
    ratio, doctors = plan.indicators
    assert (plan.id, plan.superior, [e.due for e in plan.calendar]) == ("thu", "", [(6, 10), None])
    assert (ratio.measure, ratio.target_text, ratio.targets[0].value) == (Measure.RATIO, ">95", Decimal(95))
    assert [(f.name, f.minimum) for f in ratio.fields] == [("numerator", Decimal(0)), ("denominator", Decimal(1))]
    assert (doctors.targets[0].threshold, doctors.decimals) == (4, 1)
    assert [p.kind for p in plan.tasks[0].due] == [DueKind.YEARLY, DueKind.WHEN]
    assert (plan.tasks[0].leads[0].scope, plan.tasks[1].parent) == ("chỉ đạo", "NV-1")
    assert (plan.units[0].aliases, plan.units[1].example, plan.units[2].code) == (
        ("VP", "Văn phòng HĐND"),
        True,
        "12345",
    )
    assert plan.oddities[0].note == "Thiếu đơn vị tính."


def test_the_digest_follows_the_content_and_not_the_way_it_is_written(tmp_path: Path) -> None:
    """Column order, blank lines, a byte order mark and CRLF change nothing; one letter changes it."""
    plain = load_plan(write_plan(tmp_path / "a"))
    write_plan(tmp_path / "b")
    _write(tmp_path / "b" / "tasks.csv", TASK_COLUMNS[::-1], [TASK, {}, SUBTASK])
    units = tmp_path / "b" / "units.csv"
    units.write_bytes(b"\xef\xbb\xbf" + units.read_bytes())
    other = load_plan(write_plan(tmp_path / "c", tasks=[TASK, SUBTASK | {"name": "Truyền Thông"}]))
    assert load_plan(str(tmp_path / "b")).digest == plain.digest
    assert len(plain.digest) == 64
    assert other.digest != plain.digest


def test_all_faults_of_all_files_come_at_once_with_their_cells(tmp_path: Path) -> None:
    where = write_plan(
        tmp_path / "p",
        header=HEADER.replace("Asia/Ho_Chi_Minh", "Asia/Hanoi").replace('"06-30"', '"06-31"'),
        indicators=[RATIO | {"fields": "numerator: A"}, RATIO | {"targets": "2030 = 95"}],
        tasks=[TASK | {"leads": "van-fong"}, SUBTASK | {"due": "năm 2026", "parent": "NV-9"}],
        units=[*UNITS, UNITS[1] | {"name": ""}],
    )
    lines = _faults(where)
    assert [line.partition(":")[0] for line in lines] == [
        "plan.toml, mục “time_zone”",
        "plan.toml, [[calendar]] thứ 1, mục “last”",
        "indicators.csv, ô P2",
        "indicators.csv, ô A3",
        "indicators.csv, ô Q3",
        "tasks.csv, ô J2",
        "tasks.csv, ô L3",
        "tasks.csv, ô M3",
        "units.csv, ô A5",
        "units.csv, ô D5",
    ]
    assert "Có phải là “van-phong”?" in lines[5]
    assert "đã dùng ở ô A2" in lines[3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "bhyt"}, "chữ in hoa"),
        ({"name": " "}, "ô trống"),
        ({"name": unicodedata.normalize("NFD", "Tỷ lệ")}, "NFC"),
        ({"name": "hai\ndòng"}, "xuống dòng"),
        ({"measure": "percent"}, "Ghi một trong: Tỷ lệ phần trăm (ratio), Số liệu (value)"),
        ({"aggregation": "mean"}, "Ghi một trong: Cộng tử số, cộng mẫu số (ratio_of_sums)"),
        ({"aggregation": "sum"}, "Cộng số liệu (sum) không đi với cách đo Tỷ lệ phần trăm (ratio). Ghi: Cộng tử số"),
        ({"decimals": "-1"}, "từ 0 đến 6"),
        ({"measure": "change", "aggregation": "difference"}, "kỳ gốc (baseline), hiện tại (current) hoặc tử số"),
        ({"measure": "attained", "aggregation": "share"}, "attained"),
        ({"measure": "value", "aggregation": "weighted_mean", "fields": "value: A"}, "giá trị (value), trọng số"),
        ({"targets": "2030 >= 95 @4"}, "thừa ngưỡng"),
        (DOCTORS | {"targets": "2027 >= 100"}, "@4"),
        (DOCTORS | {"targets": ""}, "cần mục tiêu có ngưỡng"),
        ({"reporters": "@ta"}, "không đơn vị nào thuộc nhóm “@ta”"),
        ({"monitors": "phong-x"}, "không có đơn vị mang mã “phong-x” (units.csv)"),
        ({"same_as": "NOTHING"}, "không phải là mã của một dòng khác"),
        ({"same_as": "BHYT_COVERAGE"}, "không phải là mã của một dòng khác"),
        ({"reason": ""}, "ô trống"),
        ({"code": ""}, "ô trống. Mã chỉ tiêu gồm chữ in hoa"),
        ({"fields": ""}, "ô trống. Cách đo Tỷ lệ phần trăm (ratio) cần đúng các số liệu: tử số (numerator), mẫu số"),
        ({"confirm": "Cách đo"}, "Ghi khóa của cột ấy: measure"),
        ({"confirm": "measur"}, "Có phải là “measure”?"),
        ({"source": "Mục I"}, "“Nơi đứng trong phần lời” (source) và “Nguyên văn câu” (sentence)"),
    ],
)
def test_a_faulty_indicator_is_refused_with_one_line(tmp_path: Path, change: dict[str, str], said: str) -> None:
    """One fault makes one line: what merely follows from it is not reported beside it."""
    (line,) = _faults(write_plan(tmp_path / "p", indicators=[RATIO | change]))
    assert line.startswith("indicators.csv, ô ")
    assert said in line


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("tasks", [TASK | {"code": "49"}], "NV-49"),
        ("tasks", [TASK | {"due": ""}], "unknown"),
        ("tasks", [TASK, SUBTASK | {"parent": "van-phong"}], "không có dòng nào mang mã “van-phong”"),
        ("tasks", [TASK | {"parent": "NV-1"}], "vòng tròn: NV-1 → NV-1"),
        ("units", [*UNITS, {"id": "Tổ 3", "kind": "tổ", "name": "Tổ 3"}], "chữ thường không dấu"),
        ("units", [*UNITS, {"id": "to-3", "kind": "tổ", "name": "Tổ 3", "example": "có"}], "Ghi x"),
        ("units", [*UNITS, {"id": "to-3", "kind": "tổ", "name": "Tổ 3", "code": "A1"}], "mã hành chính bằng số"),
    ],
)
def test_a_faulty_task_or_unit_is_refused_with_one_line(tmp_path: Path, table: str, rows: Rows, said: str) -> None:
    (line,) = _faults(write_plan(tmp_path / "p", **{table: rows}))  # type: ignore[arg-type]  # keyword by name
    assert line.startswith(f"{table}.csv, ô ")
    assert said in line


def test_a_repeated_row_needs_no_fields_and_cannot_be_repeated_in_turn(tmp_path: Path) -> None:
    again = RATIO | {"code": "AGAIN", "same_as": "BHYT_COVERAGE", "fields": ""}
    asked, repeated = load_plan(write_plan(tmp_path / "a", indicators=[RATIO, again])).indicators
    assert repeated.fields == asked.fields
    (line,) = _faults(
        write_plan(tmp_path / "b", indicators=[RATIO, again, again | {"code": "THIRD", "same_as": "AGAIN"}])
    )
    assert "Ghi thẳng mã “BHYT_COVERAGE”" in line


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (DOCTORS | {"fields": ""}, "measure"),
        ({"measure": "value", "aggregation": "sum", "fields": "value: A"}, "measure"),
        ({"reporters": "to-1"}, "reporters"),
        ({"reporters": "@to [phường]"}, "reporters"),
        ({"fields": "numerator: A | denominator: B"}, "fields"),
    ],
)
def test_a_row_shows_no_figure_that_is_made_otherwise(tmp_path: Path, change: dict[str, str], column: str) -> None:
    """Units are asked once, by the row that is repeated: whatever this row says otherwise would never be done."""
    again = RATIO | change | {"code": "AGAIN", "same_as": "BHYT_COVERAGE"}
    (line,) = _faults(write_plan(tmp_path / "p", indicators=[RATIO, again]))
    assert line.startswith("indicators.csv, ô W3")
    assert f"({column}) lại khác" in line


def test_a_sum_is_no_repetition_of_a_single_figure(tmp_path: Path) -> None:
    one = RATIO | {"measure": "value", "aggregation": "single", "fields": "value: A"}
    again = one | {"code": "AGAIN", "aggregation": "sum", "same_as": "BHYT_COVERAGE"}
    (line,) = _faults(write_plan(tmp_path / "p", indicators=[one, again]))
    assert "cột “Cách tổng hợp” (aggregation) lại khác" in line


def test_a_repeated_row_may_spell_its_reporters_and_fields_otherwise(tmp_path: Path) -> None:
    """Spaces and the order of reporters change no figure; nor is a cell judged here that is faulty by itself."""
    asked = RATIO | {"reporters": "to-1; to-2"}
    again = asked | {"code": "AGAIN", "same_as": "BHYT_COVERAGE", "reporters": "to-2;to-1", "targets": "2045 >= 99"}
    again["fields"] = RATIO["fields"].replace(" | ", "  |  ")
    assert len(load_plan(write_plan(tmp_path / "a", indicators=[asked, again])).indicators) == 2
    (line,) = _faults(write_plan(tmp_path / "b", indicators=[asked, again | {"measure": "percent"}]))
    assert "Ghi một trong: Tỷ lệ phần trăm (ratio)" in line


def test_a_row_without_one_of_its_columns_is_not_judged(tmp_path: Path) -> None:
    """Rules that need two cells of a row keep silent when one of the columns is not there."""
    where = write_plan(tmp_path / "p", indicators=[RATIO | {"fields": "numerator: A", "name": ""}])
    file = tmp_path / "p" / "indicators.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",measure,", ",cách đo,"), encoding="utf-8")
    assert [line.partition("“")[2].partition("”")[0] for line in _faults(where)] == ["cách đo", "measure"]


def test_references_are_not_judged_by_a_unit_list_that_cannot_be_read(tmp_path: Path) -> None:
    where = write_plan(tmp_path / "p", tasks=[TASK | {"leads": "van-fong; @ta"}])
    (tmp_path / "p" / "units.csv").unlink()
    assert [line.partition(":")[0] for line in _faults(where)] == ["units.csv"]


def test_wrong_columns_silence_the_rules_of_their_table_only(tmp_path: Path) -> None:
    """A mistyped column is one matter of its table; the other tables are still looked into."""
    where = write_plan(tmp_path / "p", tasks=[TASK | {"due": "?"}], indicators=[RATIO | {"decimals": "x"}])
    file = tmp_path / "p" / "tasks.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",due,", ",deu,"), encoding="utf-8")
    lines = _faults(where)
    assert [line.partition(".")[0] for line in lines] == ["indicators", "tasks", "tasks"]
    assert any("thiếu cột “due”" in line for line in lines)
    assert any("“deu” không có trong mẫu. Có phải là “due”?" in line for line in lines)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("tasks.csv", None, "không có tệp này"),
        ("tasks.csv", b"", "dòng đầu trống"),
        ("tasks.csv", "Đà Nẵng".encode("utf-16"), "không phải UTF-8"),
        ("tasks.csv", b"code;number;name\r\n", "dấu chấm phẩy"),
        ("tasks.csv", b"code,code\r\n", "đứng hai lần"),
        ("tasks.csv", b'code,"number\r\n', "dấu ngoặc kép không khép"),
        ("units.csv", (",".join(UNIT_COLUMNS) + "\r\n").encode(), "chưa có đơn vị nào"),
        ("plan.toml", b"id = x\n", "dòng 1, cột 6"),
        ("plan.toml", HEADER.replace('place = "Thử"', "place = 5").encode(), "mục “place”: phải là chữ"),
        ("plan.toml", HEADER.replace('place = "Thử"', "").encode(), "mục “place”: còn thiếu"),
        ("plan.toml", HEADER.replace('"thu"', '"Thử"').encode(), "mục “id”"),
        ("plan.toml", HEADER.replace('"Y"', '"M1"').encode(), "“M1” không dùng được. Ghi một trong: Q1"),
        ("plan.toml", HEADER.replace('"Y"', '"H1"').encode(), "ghi hai lần"),
        ("plan.toml", HEADER.replace("due =", "duo =").encode(), "mục “duo”: không dùng đến"),
        ("plan.toml", HEADER.replace('note = "Thiếu đơn vị tính."', "").encode(), "mục “note”: còn thiếu"),
        ("plan.toml", b'nguoi = "x"\n' + HEADER.encode(), "mục “nguoi”: không dùng đến"),
        ("plan.toml", (HEADER.partition("[[")[0] + "calendar = 1").encode(), "dòng [[calendar]] riêng"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, file: str, content: bytes | None, said: str) -> None:
    where = write_plan(tmp_path / "p")
    if content is None:
        (tmp_path / "p" / file).unlink()
    else:
        (tmp_path / "p" / file).write_bytes(content)
    lines = [line for line in _faults(where) if line.startswith(file)]
    assert any(said in line for line in lines)


def test_a_row_of_another_width_is_named_by_its_line(tmp_path: Path) -> None:
    """An unquoted comma shifts every cell after it, which must not pass as data."""
    where = write_plan(tmp_path / "p")
    file = tmp_path / "p" / "units.csv"
    file.write_text(file.read_text(encoding="utf-8") + "to-4,,tổ,Tổ 4, ấp 5,,,,,,,\n", encoding="utf-8")
    assert any(line.startswith("units.csv, dòng 5: có 12 ô, phải có 11 ô") for line in _faults(where))


def test_an_unknown_plan_is_answered_with_one_line_and_a_guess() -> None:
    (line,) = _faults("ninh-bin-syt")
    assert "Có phải ý bạn là “ninh-binh-syt”?" in line
    assert all(plan_id in line for plan_id in catalog_ids())


def test_a_folder_without_a_plan_and_a_workbook_are_refused_clearly(tmp_path: Path) -> None:
    assert "thiếu tệp plan.toml" in _faults(str(tmp_path))[0]
    assert "sổ Excel" in _faults(str(tmp_path / "ke-hoach.xlsx"))[0]


def test_importing_the_loader_does_not_import_pandas() -> None:
    """`--help` must not wait half a second for pandera."""
    code = "import sys, plan.load; sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("tasks", [TASK | {"code": "NV-1a"}, TASK | {"code": "NV-1A"}], "ghi hai lần"),
        ("indicators", [RATIO | {"code": "100000"}], "Mã chỉ tiêu"),
        ("indicators", [RATIO | {"code": "1E5"}], "Mã chỉ tiêu"),
        ("indicators", [RATIO | {"code": "A" * 61}], "Mã chỉ tiêu"),
        ("tasks", [TASK | {"code": "NV-" + "1" * 58}], "Mã nhiệm vụ"),
    ],
)
def test_codes_that_a_spreadsheet_cannot_keep_apart_are_refused(
    tmp_path: Path, table: str, rows: list[dict[str, str]], said: str
) -> None:
    """COUNTIFS knows no case, takes 100000 and 1E5 for one number, and no text over 255: figures would be added up."""
    folder = tmp_path / "p"
    where = write_plan(folder, tasks=rows) if table == "tasks" else write_plan(folder, indicators=rows)
    lines = _faults(where)
    assert any(line.startswith(table) and said in line for line in lines), lines
