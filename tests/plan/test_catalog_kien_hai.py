"""The plan of Kiên Hải says what its document says: 37 tasks of one appendix, 13 indicators out of prose sentences.

The printed columns are compared with the text of the document where that text is at hand, and with a
committed digest everywhere. Read with the csv module only: these tests do not trust the loader.
"""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest

import pytest

from tests.plan.catalog_case import head, items, rows, source_text

HEADER = "STT\tTên nhiệm vụ cụ thể\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành"


INDICATORS = rows("kien-hai", "indicators")
TASKS = rows("kien-hai", "tasks")
UNITS = rows("kien-hai", "units")
PLAN = head("kien-hai")

TASK_PRINT = ("number", "name", "lead_text", "coordinating_text", "due_text")  # in the order of the table's columns
PROSE_PRINT = ("section", "source", "sentence", "name", "target_text", "lead_text", "due_text")
OFFICE_OF_SECTION = {"tram-y-te": "7", "trung-tam-dvth": "6", "bhxh": "10"}  # the item of section V that names it


# --- against the document ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def source() -> str:
    return source_text("kien-hai")


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def _appendix(text: str) -> list[tuple[str, ...]]:
    """Return the cells of every printed row, a row torn by a page break put together again."""
    pieces: list[list[list[str]]] = []
    for line in text[text.index(HEADER) :].splitlines():
        if re.match(r"\d+\t", line):
            pieces.append([line.split("\t")])
        elif line.startswith("\t"):
            pieces[-1].append(line.split("\t"))
    return [tuple(_plain(" ".join(cells)) for cells in zip_longest(*row, fillvalue="")) for row in pieces]


def _between(text: str, first: str, last: str) -> str:
    return text[text.index(first) : text.index(last)]


def _prose(text: str) -> dict[str, str]:
    """Return the items of section II by place, lines broken by a page put together again."""
    aims = _between(text, "\nII. MỤC TIÊU\n", "\nIII. NHIỆM VỤ")
    by_2030, by_2045 = aims.split("\n2. Tầm nhìn đến năm 2045\n")
    places = {
        f"Mục II.1, gạch đầu dòng {i}": _plain(item) for i, item in enumerate(re.split(r"\n- ", by_2030)) if i > 0
    }
    places["Mục II.2"] = _plain(by_2045)
    return places


def _sentence(places: dict[str, str], where: str) -> str:
    place, _, nth = where.partition(", câu ")
    if not nth:
        return places[place]
    return re.split(r"(?<=\.) (?=[A-ZĐ])", places[place])[int(nth) - 1]


def test_the_appendix_is_printed_so(source: str) -> None:
    """All 37 rows, in order, every printed column to the letter, the row torn by a page made whole."""
    assert [tuple(row[column] for column in TASK_PRINT) for row in TASKS] == _appendix(source)
    assert source.count(HEADER) == 5


def test_every_indicator_is_a_sentence_of_the_prose(source: str) -> None:
    """The sentence stands at the place it is said to come from, and target, deadline and heading stand in it."""
    places, text = _prose(source), _plain(source)
    for row in INDICATORS:
        assert row["sentence"] == _sentence(places, row["source"]), row["code"]
        assert row["target_text"] in row["sentence"]
        assert row["due_text"] in row["sentence"]
        assert row["section"][:2] == row["source"].removeprefix("Mục II.")[0] + "."
        assert row["section"] in text


def test_no_figure_of_the_aims_is_left_out(source: str) -> None:
    """Each number that section II prints for a result is the target of a row; "từ 1 - 18 tuổi thêm" is no result."""
    printed = re.findall(r"\d+(?:,\d+)?(?=%| tuổi(?! thêm)|cm| năm\b| bác sĩ)", " ".join(_prose(source).values()))
    held = [number for row in INDICATORS for number in re.findall(r"\d+(?:,\d+)?", row["target_text"])]
    assert len(printed) == 10
    assert set(printed) <= set(held)


def test_whoever_section_v_names_is_the_printed_lead(source: str) -> None:
    """A lead is given only where an item of section V repeats the target under that office's heading."""
    section = _between(source, "\nV. TỔ CHỨC THỰC HIỆN\n", "\nNơi nhận:")
    items = dict(re.findall(r"(?ms)^(\d+)\. (.*?)(?=^\d+\. |\Z)", section))
    found = {"EPI_COVERAGE", "PHYSICAL_ACTIVITY_GAIN", "STATION_INVESTMENT", "STATION_DOCTORS", "BHYT_COVERAGE"}
    for row in INDICATORS:
        assert bool(row["lead_text"]) == (row["code"] in found), row["code"]
        item = _plain(items[OFFICE_OF_SECTION[row["reporters"]]])
        if row["lead_text"]:
            assert item.startswith(row["lead_text"])
            assert row["target_text"].removeprefix("trên ") in item
            assert f"mục V.{OFFICE_OF_SECTION[row['reporters']]}" in row["reason"]


def test_the_head_of_the_plan_is_printed_so(source: str) -> None:
    text = _plain(source).lower()
    assert PLAN["title"].lower() in text
    assert f"gửi báo cáo về {PLAN['return_to']}".lower() in text
    assert PLAN["issuer"].lower().replace("ubnd", "ủy ban nhân dân") in text
    assert "báo cáo quý gửi trước ngày 10 của tháng cuối." in text
    for entry in PLAN["calendar"]:
        month, day = entry["due"].split("-")
        if entry["kind"].startswith("Q"):
            assert (int(day), month) == (10, entry["last"][:2])
        else:
            assert f"trước ngày {day} tháng {int(month)}." in text


def test_every_unit_and_group_stands_in_the_document_or_is_marked_an_example(source: str) -> None:
    """Names and aliases are printed ones, to the letter save for capitals; nobody is invented."""
    text = _plain(source).lower()
    for unit in UNITS:
        if unit["example"]:
            assert unit["name"].endswith("(ví dụ)")
        else:
            assert [n for n in (unit["name"], *items(unit["aliases"])) if n.lower() not in text] == []
    for group in PLAN["group"]:
        assert [n for n in (group["name"], *items(group.get("aliases", ""))) if n.lower() not in text] == []


def test_what_an_oddity_quotes_as_printed_is_printed(source: str) -> None:
    """A misprint told from memory would send staff looking for words that are not there."""
    text = _plain(source)
    for oddity in PLAN["oddity"]:
        printed = oddity.get("printed", "")
        assert printed in text or [part for part in items(printed) if part not in text] == [], printed


# --- without the document ---------------------------------------------------------------------


def test_the_printed_text_has_not_been_touched() -> None:
    """The digest was taken when the tests above passed; whoever changes printed text must have the document."""
    lines = ["\t".join(row[c] for c in PROSE_PRINT) for row in INDICATORS]
    lines += ["\t".join(row[c] for c in TASK_PRINT) for row in TASKS]
    lines += [PLAN["title"], PLAN["return_to"]]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert digest == "162b84e1c11e5f6b8cdd0c007b90404c717675a8c5e154140be8d51c2f62ae37"


def test_every_row_is_there_once_and_where_no_column_is_printed_none_is_filled() -> None:
    assert [r["number"] for r in TASKS] == [str(n) for n in range(1, 38)]
    assert [r["code"] for r in TASKS] == [f"NV-{n}" for n in range(1, 38)]
    codes = [r["code"] for r in INDICATORS]
    assert len(set(codes)) == len(codes) == 13
    for task in TASKS:
        assert [task[c] for c in ("group_number", "group", "result", "parent", "source", "sentence", "confirm")] == [
            ""
        ] * 7
    for row in INDICATORS:
        assert row["source"]
        assert [row[c] for c in ("number", "group_number", "group", "unit", "coordinating_text", "monitor_text")] == [
            ""
        ] * 6


def test_misprints_are_kept() -> None:
    """What the document prints wrongly is an oddity in plan.toml, never mended in the tables."""
    tasks = {r["number"]: r for r in TASKS}
    assert "Chi thị số 28-CT/TW" in tasks["17"]["name"]
    assert "Nhà nước đô dư sau sắp xếp" in tasks["36"]["name"]
    assert tasks["11"]["name"].endswith("người dân Việt Nam")
    assert tasks["26"]["coordinating_text"].startswith("Phòng VH-XH Phòng Kinh tế, ")
    assert tasks["20"]["due_text"] == "2030-2035"
    assert any("phân đầu đến năm 2030" in r["sentence"] for r in INDICATORS)
    assert [n for n, r in tasks.items() if not r["due_text"]] == ["11", "13"]
    assert [n for n, r in tasks.items() if not r["coordinating_text"]] == ["12", "19", "21", "25", "31"]


# --- what was read out of a cell --------------------------------------------------------------

NAMES = {u["id"]: (u["name"], *items(u["aliases"])) for u in UNITS}
NAMES |= {f"@{g['id']}": (g["name"], *items(g.get("aliases", ""))) for g in PLAN["group"]}
MEMBERS = {f"@{g['id']}": {u["id"] for u in UNITS if g["id"] in items(u["groups"])} for g in PLAN["group"]}
CELLS = [(r["code"], r["lead_text"], r["leads"]) for r in TASKS]
CELLS += [(r["code"], r["coordinating_text"], r["coordinators"]) for r in TASKS]
CELLS += [(r["code"], r["lead_text"], r["reporters"]) for r in INDICATORS if r["lead_text"]]


def _assigned(text: str) -> list[tuple[str, str]]:
    """Return (ref, scope) per item of an assignment cell."""
    pairs = []
    for item in items(text):
        match = re.fullmatch(r"([^\[\]]+?)(?: \[([^\[\]]+)\])?", item)
        assert match, item
        pairs.append((match[1], match[2] or ""))
    return pairs


@pytest.mark.parametrize(("code", "printed", "read"), CELLS)
def test_whoever_is_printed_is_assigned_and_nobody_else(code: str, printed: str, read: str) -> None:
    """Strike every assigned name and scope from the printed cell, in order: no word is left over."""
    rest, at = printed.lower(), 0
    for ref, scope in _assigned(read):
        words = (ref[1:],) if ref.startswith("?") else NAMES[ref]
        found = max((w.lower() for w in words if w.lower() in rest), key=len, default="")
        assert found, (code, ref)
        assert rest.index(found) >= at, (code, ref)
        at = rest.index(found)
        rest = rest.replace(found, "", 1)
        if scope:
            assert scope in rest, (code, scope)
            rest = rest.replace(scope, "", 1)
    assert [w for w in re.findall(r"\w+", rest) if w != "và"] == []


def test_words_that_name_nobody_certain_stay_words() -> None:
    """“... liên quan” asks nobody; whatever does not say so is a unit or a group."""
    for _, _, read in CELLS:
        for ref, _ in _assigned(read):
            assert ref.startswith("?") == ref.endswith("liên quan"), ref


def test_no_office_coordinates_with_a_group_it_is_counted_in() -> None:
    """Members were read from the printed roles: who coordinates beside a leading group is not one of it."""
    for task in TASKS:
        leading = {ref for ref, _ in _assigned(task["leads"]) if ref.startswith("@")}
        beside = {ref for ref, _ in _assigned(task["coordinators"]) if ref[0] not in "@?"}
        assert [ref for ref in leading if MEMBERS[ref] & beside] == [], task["code"]


def test_every_deadline_says_what_is_printed() -> None:
    """Years, quarters, ranges and "thường xuyên" are read from the cell and nothing is added."""
    quarters = {"I": "Q1", "II": "Q2", "IV": "Q4"}
    for task in TASKS:
        printed, parts = task["due_text"].lower(), items(task["due"])
        assert re.findall(r"\d{4}", task["due"]) == re.findall(r"\d{4}", printed), task["code"]
        wanted = [quarters[q] for q in re.findall(r"Quý ([IV]+)/", task["due_text"])]
        assert re.findall(r"Q\d", task["due"]) == wanted, task["code"]
        assert (".." in task["due"]) == bool(re.search(r"\d-\d", printed)), task["code"]
        assert ("ongoing" in parts) == ("thường xuyên" in printed), task["code"]
        assert ("yearly" in parts) == ("hàng năm" in printed), task["code"]
        assert (parts == ["unknown"]) == (not printed), task["code"]
        assert parts
    for row in INDICATORS:
        year = "".join(re.findall(r"\d{4}", row["due_text"]))
        said = {"": "", "đ": f"by {year}", "t": f"{year}.."}[row["due_text"].lower()[:1]]
        assert row["due"] == said, row["code"]


UNNUMBERED = ("PERIODIC_CHECKUP", "EHR_COVERAGE")
SIGNS = {"tối thiểu": ">=", "ít nhất": ">=", "trên": ">", "": ">="}


def test_every_target_holds_the_printed_number_its_direction_and_the_year_of_its_heading() -> None:
    for row in INDICATORS:
        if row["code"] in UNNUMBERED:
            assert row["targets"] == ""  # no share is printed, and none is guessed
            continue
        match = re.fullmatch(r"(20\d\d) (>=|>) (\d+(?:\.\d+)?)(?: @(\d+))?", row["targets"])
        assert match, row["code"]
        assert match[1] == row["section"][-4:]
        word = next(w for w in SIGNS if row["target_text"].startswith(w))
        assert match[2] == SIGNS[word], row["code"]
        printed = re.findall(r"\d+(?:,\d+)?", row["target_text"])
        if row["measure"] == "threshold":
            assert (match[3], match[4]) == ("100", printed[0])
        else:
            assert [match[3].replace(".", ",")] == (printed or ["100"]), row["code"]


def test_a_target_without_a_printed_number_is_owned_up_to() -> None:
    """Its reason says that no number is printed, and an oddity says what was made of it."""
    read = {code for o in PLAN["oddity"] if o.get("kind") in ("reading", "gap") for code in items(o.get("rows", ""))}
    blank = [row for row in INDICATORS if not row["target_text"]]
    assert [row["code"] for row in blank] == [*UNNUMBERED, "HEALTH_INSURANCE_TYPES"]
    for row in blank:
        assert "không in" in row["reason"]
        assert row["code"] in read


def test_a_reporter_that_the_prose_does_not_name_is_owned_up_to() -> None:
    gaps = {code for o in PLAN["oddity"] if o.get("kind") == "gap" for code in items(o.get("rows", ""))}
    assert {row["code"] for row in INDICATORS if not row["lead_text"]} <= gaps


def test_rows_asked_once_share_their_fields() -> None:
    """A row with same_as repeats the figure of another row and only its target differs."""
    rows = {r["code"]: r for r in INDICATORS}
    shared = [r for r in INDICATORS if r["same_as"]]
    assert [r["code"] for r in shared] == ["LIFE_EXPECTANCY_2045", "HEALTHY_LIFE_YEARS_2045"]
    for row in shared:
        asked = rows[row["same_as"]]
        for column in ("name", "fields", "measure", "aggregation", "decimals", "reporters"):
            assert row[column] == asked[column]
