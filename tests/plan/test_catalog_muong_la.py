"""The plan of xã Mường La says what its document says: every printed cell, and every reading made of one.

The extraction breaks every cell into short lines and tears some names at page breaks, so whole rows are compared
word by word: nothing may be missing, added or moved. Read with the csv module: only one test asks the loader.
"""

from __future__ import annotations

import hashlib
import re

import pytest

from plan.load import load_plan
from plan.show import plan_json
from tests.plan.catalog_case import Row, head, items, rows, source_text

INDICATORS = rows("muong-la", "indicators")
TARGETS = [r for r in INDICATORS if not r["part_of"]]  # the rows that the table prints
TASKS = rows("muong-la", "tasks")
UNITS = rows("muong-la", "units")
HEAD = head("muong-la")

PRINT = ("group_number", "group", "number", "name", "lead_text", "coordinating_text", "due_text")
OFFICES = (
    *("Phòng Văn hoá - Xã hội", "Phòng Kinh tế", "Trạm Y Tế xã", "Trạm Y tế xã", "Trạm Y tế", "Công an xã"),
    "BHXH cơ sở Mường La",
)
EVERYBODY = "Các cơ quan, đơn vị"  # every coordinating cell begins so
COLUMNS = "STT Tên mục tiêu Cơ quan chủ trì Cơ quan phối hợp Thời gian hoàn thành"
ATTACHED = "(Kèm theo Kế hoạch số /KH-UBND ngày /01/2026 của UBND xã Mường La)"


# --- against the document ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def source() -> str:
    return source_text("muong-la")


def _plain(text: str) -> str:
    """Rejoin broken lines; a token broken behind its hyphen ("1183/QĐ-", "TTg") becomes one again."""
    return re.sub(r"(?<=\S-)\n", "", re.sub(r"\s*\n\s*", "\n", text)).replace("\n", " ").strip()


def _appendix(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return what stands above the rows, and (heading, number, all words of the row as printed) per row."""
    mark = re.compile(r"^\s*(?:(?P<number>\d{1,2}(?:\.\d)?)\s*$|(?P<heading>(?:[IVX]+|\d)\. ))", re.MULTILINE)
    found: list[tuple[str, str, str]] = []
    heading = ""
    marks = list(mark.finditer(text))
    for here, after in zip(marks, [*marks[1:], None], strict=True):
        words = _words(text[here.end() : after.start() if after else len(text)])
        if here["heading"]:
            heading = f"{here['heading']}{words}"
        else:
            found.append((heading, here["number"], words))
    return _words(text[: marks[0].start()]), found


def _words(text: str) -> str:
    return " ".join(_plain(text).split())


def _split(source: str) -> tuple[str, str, str]:
    first, second = source.index("PHỤ LỤC 1"), source.index("PHỤ LỤC 02")
    return source[:first], source[first:second], source[second:]


def _torn(row: Row, printed: str) -> int | None:
    """Return how many words of the name a page break pushed behind the other cells; None: not this row at all."""
    name = row["name"].split()
    cells = " ".join(row[c] for c in ("lead_text", "coordinating_text", "due_text")).split()
    for at in range(len(name), 0, -1):
        if [*name[:at], *cells, *name[at:]] == printed.split():
            return len(name) - at
    return None


@pytest.mark.parametrize(
    ("part", "rows", "title", "torn"),
    [
        (1, TARGETS, "PHỤ LỤC 1 PHÂN CÔNG THỰC HIỆN CÁC MỤC TIÊU", []),
        (
            *(2, TASKS, "PHỤ LỤC 02 PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH"),
            ["NV-1-4", "NV-1-6.3", "NV-1-10", "NV-III-1", "NV-V-2", "NV-VI-3"],
        ),
    ],
    ids=["appendix 1", "appendix 2"],
)
def test_every_word_of_an_appendix_is_held_and_no_other(
    source: str, part: int, rows: list[Row], title: str, torn: list[str]
) -> None:
    """Title, column heads, headings, numbers and cells, in printed order; six names are torn by a page break."""
    above, printed = _appendix(_split(source)[part])
    assert above == f"{title} {ATTACHED} {COLUMNS}"
    assert [(f"{r['group_number']}. {r['group']}", r["number"]) for r in rows] == [p[:2] for p in printed]
    tears = {row["code"]: _torn(row, words) for row, (_, _, words) in zip(rows, printed, strict=True)}
    assert [code for code, tear in tears.items() if tear is None] == []
    assert [code for code, tear in tears.items() if tear] == torn


def test_the_head_of_the_plan_is_printed_so(source: str) -> None:
    prose, appendix, _ = _split(source)
    assert _words(prose).lower().startswith(f"{HEAD['title']} ".lower())
    assert f"của {HEAD['issuer']}" in _words(appendix)
    assert HEAD["return_to"] == "UBND xã (qua Phòng Văn hoá - Xã hội)"
    assert "1. Phòng Văn hoá - Xã hội" in _words(prose)
    assert "tổng hợp báo cáo kết quả thực hiện kế hoạch định kỳ (trước ngày 10/11 hàng năm)" in _words(prose)


def test_every_unit_and_group_stands_in_the_document_or_is_marked_an_example(source: str) -> None:
    """Offices and collective wordings are printed; villages and schools, never listed, say that they are examples."""
    text = _words(source)
    for unit in UNITS:
        assert unit["example"] == ("x" if unit["name"].endswith(" (ví dụ)") else "")
        if not unit["example"]:
            assert [name for name in (unit["name"], *items(unit["aliases"])) if name not in text] == []
    for group in HEAD["group"]:
        assert [name for name in (group["name"], *items(group.get("aliases", ""))) if name not in text] == []


def test_what_an_oddity_calls_printed_is_printed(source: str) -> None:
    """Each fragment stands in the document, or in a cell that the test above found there torn by a page break."""
    texts = (_words(source), *(r["name"] for r in TASKS))
    for oddity in HEAD["oddity"]:
        for fragment in oddity.get("printed", "").split(" / "):
            assert any(fragment in text for text in texts), fragment


# --- without the document ---------------------------------------------------------------------


def test_the_printed_text_has_not_been_touched() -> None:
    """The digest was taken when the tests above passed; whoever changes printed text must have the document."""
    lines = ["\t".join(row[c] for c in PRINT) for row in INDICATORS + TASKS]
    digest = hashlib.sha256("\n".join([HEAD["title"], *lines]).encode()).hexdigest()
    assert digest == "ebb643724b7d67d00ed6ba4e920270fcceaffe5ea97d12fc977ecd16486e7ed7"


def test_every_printed_row_is_there_once() -> None:
    assert [r["number"] for r in TARGETS] == [str(n) for n in range(1, 14)]
    assert [r["group_number"] for r in TARGETS] == ["I"] * 2 + ["II"] * 2 + ["III"] * 3 + ["IV"] * 3 + ["V"] * 3
    numbers = {"1": [*range(1, 7), "6.1", "6.2", "6.3", "6.4", *range(7, 11)]}
    numbers |= {"II": [*range(1, 9)], "III": [1, 2], "IV": [1, 2], "V": [1, 2], "VI": [1, 2, 3]}
    expected = [f"NV-{group}-{number}" for group, found in numbers.items() for number in found]
    assert [r["code"] for r in TASKS] == [f"NV-{r['group_number']}-{r['number']}" for r in TASKS] == expected
    assert len({r["code"] for r in INDICATORS + TASKS}) == len(INDICATORS) + len(TASKS) == 14 + 31
    assert {r["code"]: r["parent"] for r in TASKS if r["parent"]} == {f"NV-1-6.{n}": "NV-1-6" for n in range(1, 5)}


def test_columns_that_the_tables_do_not_have_are_empty() -> None:
    """No unit, target, monitor, section or result column is printed, and no row comes from prose."""
    for row in INDICATORS:
        assert not any(row[c] for c in ("section", "unit", "target_text", "monitor_text", "monitors")), row["code"]
    assert not any(r["result"] for r in TASKS)
    assert not any(r[c] for r in INDICATORS + TASKS for c in ("source", "sentence", "confirm"))


def test_misprints_are_kept() -> None:
    """What the document prints wrongly is an oddity in plan.toml, never mended in the tables."""
    tasks = {r["code"]: r for r in TASKS}
    assert tasks["NV-IV-1"]["group"].endswith("chính sách hiểm y tế")
    assert "65/2017/NĐ CP" in tasks["NV-II-7"]["name"]
    assert tasks["NV-II-7"]["due_text"] == "Sau khi Chính phủ, ban hành Nghị định"
    assert tasks["NV-1-10"]["name"].count("phòng, chống lạm dụng, trục lợi chính sách và vi phạm pháp luật") == 2
    assert "bảo đảm an toàn vệ sinh lao động, tai nạn," in tasks["NV-1-6.3"]["name"]
    assert {r["lead_text"] for r in TARGETS[:7]} == {"Trạm Y Tế xã"}
    assert sum(r["coordinating_text"] == f"{EVERYBODY};" for r in TASKS) == 11
    readings = {o["printed"]: o["reading"] for o in HEAD["oddity"] if o["kind"] == "misprint"}
    assert readings["chính sách hiểm y tế"] == "chính sách bảo hiểm y tế"
    assert readings["Sau khi Chính phủ, ban hành Nghị định"] == "Sau khi Chính phủ ban hành Nghị định"
    assert readings["65/2017/NĐ CP"] == "65/2017/NĐ-CP"


# --- what was read out of a cell --------------------------------------------------------------

NAMES = {u["id"]: (u["name"], *u["aliases"].split("; ")) for u in UNITS}
NAMES |= {f"@{g['id']}": (g["name"], *g.get("aliases", "").split("; ")) for g in HEAD["group"]}
CELLS = [(r["code"], r["lead_text"], r["leads"]) for r in TASKS]
CELLS += [(r["code"], r["lead_text"], r["reporters"]) for r in INDICATORS]
CELLS += [(r["code"], r["coordinating_text"], r["coordinators"]) for r in INDICATORS + TASKS]


@pytest.mark.parametrize(("code", "printed", "read"), CELLS)
def test_whoever_is_printed_is_assigned_and_nobody_else(code: str, printed: str, read: str) -> None:
    """Semicolons alone part the names of this document: each is led to a unit or a group that bears it, in order."""
    names = [name for part in printed.split(";") if (name := part.strip())]
    for name, ref in zip(names, read.split("; "), strict=True):
        known = (ref[1:],) if ref.startswith("?") else NAMES[ref]
        assert name.lower() in [wording.lower() for wording in known], code


def test_cells_are_parted_where_the_document_parts_them() -> None:
    """Leads are offices, coordinators begin with the collective wording; only enterprises are nobody certain."""
    for row in INDICATORS + TASKS:
        assert set(row["lead_text"].split("; ")) <= set(OFFICES), row["code"]
        assert row["coordinating_text"].startswith(EVERYBODY), row["code"]
    unsure = {r["code"]: r["coordinators"] for r in TASKS if "?" in r["coordinators"]}
    assert unsure == {"NV-1-6.3": "@co-quan-don-vi; ?các Doanh nghiệp trên địa bàn"}
    assert {ref for r in TASKS for ref in items(r["coordinators"])} == {
        *("@co-quan-don-vi", "@truong-ban-tieu-khu", "@don-vi-truong-hoc", "?các Doanh nghiệp trên địa bàn")
    }


def test_groups_have_members_and_examples_stand_only_for_what_is_never_listed() -> None:
    """“Các cơ quan, đơn vị” are the six that the document names; villages and schools are examples."""
    members = {f"@{g['id']}": [u for u in UNITS if g["id"] in items(u["groups"])] for g in HEAD["group"]}
    assert sum(map(len, members.values())) == len(UNITS)
    assert [bool(u["example"]) for u in members["@co-quan-don-vi"]] == [False] * 6
    assert [u["kind"] for u in members["@truong-ban-tieu-khu"]] == ["bản"] * 4 + ["tiểu khu"] * 2
    assert [(u["kind"], u["example"]) for u in members["@don-vi-truong-hoc"]] == [("trường học", "x")] * 4


DUES = {
    "Đến tháng 9/2030": "by 2030-09",
    "Từ năm 2026": "2026..",
    "Từ năm 2030": "2030..",
    "Năm 2026": "by 2026",
    "Năm 2027": "by 2027",
    "Năm 2030": "by 2030",
    "Thường xuyên": "ongoing",
    "Hằng năm": "yearly",
    "Hằng năm và theo từng giai đoạn theo hướng dẫn của tỉnh": "yearly; when: theo hướng dẫn của tỉnh",
    "2026-2030": "2026..2030",
    "Sau khi Chính phủ, ban hành Nghị định": "when: sau khi Chính phủ, ban hành Nghị định",
}


def test_every_deadline_says_what_is_printed() -> None:
    """One reviewed reading per printed wording, and no wording without one."""
    assert {(r["due_text"], r["due"]) for r in INDICATORS + TASKS} == set(DUES.items())


def test_every_target_holds_the_printed_number() -> None:
    """The number stands in the name; the year is that of the due column, or 2030 where the row only begins."""
    for row in INDICATORS:
        numbers = {n.replace(",", ".") for n in re.findall(r"\d+(?:,\d+)?", row["name"])}
        if row["code"] == "LIFE_EXPECTANCY":
            numbers = {"75"}  # the 70 of the same cell is a figure of its own
        elif row["code"] == "HEIGHT_GAIN":
            numbers = {"1.6"}  # "từ 1 tuổi đến 18 tuổi" are ages
        elif row["code"] == "STATION_DOCTORS":
            numbers = {"100", "4"}  # "4-6 bác sĩ": a threshold, read as at least 4
        elif not numbers:
            numbers = {"100"}  # "toàn dân", or a policy that is carried out or not
        if row["code"] in ("PERIODIC_CHECKUP", "EHR_COVERAGE"):
            assert row["targets"] == ""  # no share is printed, and none is guessed
            continue
        year, sign, value = row["targets"].split()[:3]
        assert {value, *re.findall(r"@(\d+)", row["targets"])} == numbers, row["code"]
        assert (sign == ">") == ("trên" in row["name"]), row["code"]
        assert year == ("2030" if row["due_text"].startswith("Từ") else row["due_text"][-4:]), row["code"]


def test_the_row_of_two_figures_is_two_indicators() -> None:
    """One keeps the printed cell whole, the other quotes its own words and shares all else that is printed."""
    rows = {r["code"]: r for r in INDICATORS}
    part = next(r for r in INDICATORS if r["part_of"])
    whole = rows[part["part_of"]]
    assert (part["code"], whole["code"]) == ("HEALTHY_LIFE_YEARS", "LIFE_EXPECTANCY")
    assert part["name"] in whole["name"]
    assert [part[c] for c in PRINT if c != "name"] == [whole[c] for c in PRINT if c != "name"]
    assert (whole["targets"], part["targets"]) == ("2030 >= 75", "2030 >= 70")


def test_insurance_is_asked_once_for_both_years() -> None:
    rows = {r["code"]: r for r in INDICATORS}
    again, asked = rows["BHYT_COVERAGE_2030"], rows["BHYT_COVERAGE"]
    assert [r["code"] for r in INDICATORS if r["same_as"] == asked["code"]] == [again["code"]]
    for column in ("fields", "measure", "aggregation", "decimals", "reporters", "lead_text"):
        assert again[column] == asked[column]
    assert (asked["targets"], again["targets"]) == ("2026 > 95", "2030 >= 100")


def test_every_oddity_tells_where_what_and_what_to_do() -> None:
    """Its kind is one that a reader notes, its rows exist, and its text names no task that does not."""
    codes = {r["code"] for r in INDICATORS + TASKS}
    kinds = {"noted", "misprint", "target_differs", "assignment_differs", "gap", "reading"}
    for oddity in HEAD["oddity"]:
        assert set(oddity) <= {"kind", "place", "rows", "note", "printed", "reading", "suggestion"}
        assert all(text == " ".join(text.split()) != "" for text in oddity.values())
        assert set(items(oddity.get("rows", ""))) <= codes
        assert set(re.findall(r"NV-[0-9IVX]+-[0-9.]*[0-9]", " ".join(oddity.values()))) <= codes
        assert oddity["kind"] in kinds
        assert oddity["suggestion"].endswith(".")
        assert oddity["kind"] != "misprint" or ("printed" in oddity and "reading" in oddity)
    assert {o["kind"] for o in HEAD["oddity"]} == kinds
    assert len({(o["place"], o["note"]) for o in HEAD["oddity"]}) == len(HEAD["oddity"])


def test_the_plan_loads_and_shows_thirteen_rows() -> None:
    """People see the printed rows, the further figure of row 2 in its `parts`; one report a year, before 10/11."""
    shown = plan_json(load_plan("muong-la"))
    assert isinstance(shown["indicators"], list)
    assert [[part["code"] for part in row["parts"]] for row in shown["indicators"]] == [
        *([], ["HEALTHY_LIFE_YEARS"]),
        *([[]] * 11),
    ]
    assert isinstance(shown["tasks"], list)
    assert len(shown["tasks"]) == 31
    assert shown["calendar"] == [{"kind": "Y", "first": "01-01", "last": "12-31", "due": "11-10"}]
