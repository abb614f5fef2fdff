"""The plan of Trần Liễu, a document without any appendix, says what its prose says and no more.

Sentences are compared with the text of the document where that text is at hand, and with a committed digest
everywhere. The tables are read with the csv module only: these tests do not trust the loader.
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

import pytest

from plan.layout import layout_for
from plan.load import load_plan
from plan.period import parse_period
from tests.plan.catalog_case import Row, head, rows, source_text

INDICATORS = rows("tran-lieu", "indicators")
TASKS = rows("tran-lieu", "tasks")
UNITS = rows("tran-lieu", "units")
PLAN = head("tran-lieu")
ODDITIES: list[Row] = PLAN["oddity"]

INDICATOR_PRINT = ("section", "name", "target_text", "source", "sentence")
TASK_PRINT = ("group_number", "group", "name", "source", "sentence")
NUMBER = re.compile(r"\d+(?:,\d+)?")


# --- against the document ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The lines of the document without blank ones and page numbers."""
    tidy = (" ".join(line.split()) for line in source_text("tran-lieu").splitlines())
    return [line for line in tidy if line and not line.isdigit()]


def _items(lines: list[str]) -> list[str]:
    """Return the dash items, or the one paragraph where there are no dashes."""
    found: list[str] = []
    for line in lines:
        if line.startswith("- ") or not found:
            found.append(line.removeprefix("- "))
        else:
            found[-1] += f" {line}"
    return found


@pytest.fixture(scope="module")
def text(lines: list[str]) -> str:
    return " ".join(lines)


def _between(lines: list[str], first: str, last: str) -> list[str]:
    start = next(i for i, line in enumerate(lines) if line.startswith(first))
    end = next(i for i, line in enumerate(lines) if i > start and line.startswith(last))
    return lines[start + 1 : end]


def test_every_indicator_is_a_sentence_of_its_place(lines: list[str]) -> None:
    """The sentence is a whole one of the dash item that `source` names, and the name and target are its words."""
    places = {
        f"Mục II.1, gạch đầu dòng {n}": item
        for n, item in enumerate(_items(_between(lines, "1. Mục tiêu đến năm 2030", "2. Tầm nhìn")), 1)
    }
    places["Mục II.2"] = " ".join(_between(lines, "2. Tầm nhìn đến năm 2045", "III. NHIỆM VỤ"))
    assert len(places) == 6
    for row in INDICATORS:
        sentences = re.split(r"(?<=\.) ", places[row["source"]])
        assert row["sentence"] in sentences, row["code"]
        assert row["target_text"] in row["sentence"], row["code"]
        assert row["section"] in lines, row["code"]
        words = iter(re.findall(r"[\w-]+", row["sentence"].lower()))
        assert [w for w in re.findall(r"[\w-]+", row["name"].lower()) if w not in words] == [], row["code"]


def test_no_figure_of_the_targets_is_left_out(lines: list[str]) -> None:
    """Every sentence of the targets that holds a figure other than a year has its row."""
    body = [*_between(lines, "1. Mục tiêu đến năm 2030", "2. Tầm nhìn"), *_between(lines, "2. Tầm nhìn", "III.")]
    sentences = [s for item in _items(body) for s in re.split(r"(?<=\.) ", item)]
    figures = {s for s in sentences if [n for n in NUMBER.findall(s) if not re.fullmatch(r"20\d\d", n)]}
    assert figures == {row["sentence"] for row in INDICATORS}


def test_the_tasks_are_the_responsibilities_of_section_iv(lines: list[str]) -> None:
    """All 8 items in order, one row for each dash or paragraph, to the letter."""
    body = _between(lines, "IV. TỔ CHỨC THỰC HIỆN", "Trên đây là Kế hoạch")
    starts = [i for i, line in enumerate(body) if re.match(r"\d\. ", line)] + [len(body)]
    expected = []
    for start, end in pairwise(starts):
        number, heading = body[start].split(". ", 1)
        own = body[start + 1 : end]
        if ":" in heading:  # item 2 runs on in its heading's line
            heading, begun = heading.split(": ")
            own = [begun, *own]
        for n, item in enumerate(_items(own), 1):
            dash = f", gạch đầu dòng {n}" if own[0].startswith("- ") else ""
            expected.append((number, heading, item, f"Mục IV.{number}{dash}", item))
    assert [tuple(row[column] for column in TASK_PRINT) for row in TASKS] == expected


def test_the_head_of_the_plan_is_printed_so(text: str) -> None:
    assert PLAN["title"].lower() in text.lower()
    assert f"{PLAN['issuer']} xây dựng Kế hoạch" in text
    assert "định kỳ báo cáo theo quy định" in text


def test_every_unit_and_group_stands_in_the_document_or_is_marked_an_example(text: str) -> None:
    for unit in UNITS:
        names = [unit["name"], *filter(None, unit["aliases"].split("; "))]
        if unit["example"]:
            assert unit["name"].endswith("(ví dụ)")
            assert unit["groups"], unit["id"]
        else:
            assert [name for name in names if name.lower() not in text.lower()] == []
    for group in PLAN["group"]:
        for wording in (group["name"], *filter(None, group.get("aliases", "").split("; "))):
            assert wording.lower() in text.lower(), wording


def test_what_an_oddity_quotes_is_printed(text: str) -> None:
    """A reader who looks for the quoted words in the document finds them."""
    for oddity in ODDITIES:
        assert [words for words in oddity.get("printed", "").split("; ") if words not in text] == []


# --- without the document ---------------------------------------------------------------------


def test_the_printed_text_has_not_been_touched() -> None:
    """The digest was taken when the tests above passed; whoever changes printed text must have the document."""
    held = ["\t".join(row[c] for c in INDICATOR_PRINT) for row in INDICATORS]
    held += ["\t".join(row[c] for c in TASK_PRINT) for row in TASKS]
    assert (
        hashlib.sha256("\n".join(held).encode()).hexdigest()
        == "c735be707b8d40bffb378b1041038f9c2a89abc9231f1d111c3b9873b6b11360"
    )


def test_every_row_is_there_once_and_says_where_it_comes_from() -> None:
    """14 targets and 12 responsibilities; no number or lead is made up, and a due text is the sentence's own."""
    assert len({r["code"] for r in INDICATORS}) == len(INDICATORS) == 14
    assert [r["code"] for r in TASKS] == [
        *("NV-1-1", "NV-2-1", "NV-3-1", "NV-3-2", "NV-3-3", "NV-4-1"),
        *("NV-5-1", "NV-5-2", "NV-6-1", "NV-7-1", "NV-7-2", "NV-8-1"),
    ]
    for row in INDICATORS + TASKS:
        assert row["source"], row["code"]
        assert row["number"] == row["lead_text"] == row["coordinating_text"] == ""
        assert row["due_text"] in row["sentence"]
        assert row["due_text"] == "" or row["due_text"].lower().startswith(("đến năm ", "từ năm "))


def test_misprints_are_kept_and_told() -> None:
    """What the document prints wrongly stands in the rows, and a corrected reading beside it in an oddity."""
    tasks = {r["code"]: r["name"] for r in TASKS}
    assert tasks["NV-3-1"].startswith("Tham mưu cho UBND xã xây dựng Kế hoạch triển thực hiện")
    assert "Kế hoạch của Thành ủy" in tasks["NV-2-1"]
    assert {r["code"] for r in INDICATORS if "Trạm Y tế xã" in r["name"]} == {
        *("STATION_INVESTMENT", "STATION_DOCTORS", "BHYT_VISITS_PRIMARY"),
    }
    misprints = {o["printed"]: o["reading"] for o in ODDITIES if o["kind"] == "misprint"}
    assert misprints["bảo vệ mội trường"] == "bảo vệ môi trường"
    assert misprints["mộ số bệnh không lây nhiễm khác"] == "một số bệnh không lây nhiễm khác"
    assert misprints["trưởng các thôn"] == "Tổ trưởng các Tổ dân phố"


def test_every_target_holds_the_printed_numbers() -> None:
    """No target is rounded; a row without a number has none, and none lies outside its sentence or section."""
    for row in INDICATORS:
        typed = {n.replace(".", ",") for n in re.findall(r"\d+(?:\.\d+)?", row["targets"])}
        printed = NUMBER.findall(row["target_text"])
        if row["code"] in ("PERIODIC_CHECKUP", "EHR_COVERAGE"):
            assert row["targets"] == ""  # no share is printed, and none is guessed
        elif row["code"] == "STATION_DOCTORS":
            assert printed == ["4", "5"]
            assert row["targets"] == "2027 >= 100 @4"
        else:
            assert set(printed) <= typed, row["code"]
            assert printed or "100" in typed, row["code"]
        for year in re.findall(r"\b20\d\d\b", row["targets"]):
            assert year in row["section"] + row["sentence"], row["code"]
        if re.match(r"trên \d", row["target_text"]):
            assert " > " in row["targets"], row["code"]


def test_only_what_is_said_to_go_on_goes_on() -> None:
    """The prose sets no deadline: a task is ongoing where its words say so and unknown elsewhere."""
    assert {r["due"] for r in TASKS} == {"ongoing", "unknown"}
    assert [r["code"] for r in TASKS if r["due"] == "ongoing"] == [
        r["code"] for r in TASKS if "thường xuyên" in r["sentence"]
    ]


def test_the_deadline_of_a_period_is_left_to_the_user() -> None:
    """The document only says "as prescribed": no day is invented, and `plan check` says who must set it."""
    assert [(e["kind"], e.get("due")) for e in PLAN["calendar"]] == [("H1", None), ("Y", None)]
    told = [o for o in ODDITIES if o.get("printed") == "định kỳ báo cáo theo quy định"]
    assert [o["kind"] for o in told] == ["gap"]
    assert "phải đặt hạn nộp" in told[0]["suggestion"]


def test_reporters_are_units_of_the_document_and_marked_as_a_decision() -> None:
    """Nobody is named by the prose, so every asked row stands in the oddity that asks to confirm its reporter."""
    names = {u["id"]: u["name"] for u in UNITS if not u["example"]}
    gaps = [set(o["rows"].split("; ")) for o in ODDITIES if o["kind"] == "gap" and o["place"] == "Mục II; mục IV"]
    assert gaps == [{r["code"] for r in INDICATORS if not r["same_as"]}]
    for row in INDICATORS:
        assert row["reporters"] in names, row["code"]
        assert row["same_as"] or names[row["reporters"]] in row["reason"], row["code"]


def test_whoever_a_heading_of_section_iv_names_leads_its_tasks() -> None:
    names = {u["id"]: u["name"] for u in UNITS} | {f"@{g['id']}": g["name"] for g in PLAN["group"]}
    for row in TASKS:
        for ref in row["leads"].split("; "):
            assert names[ref].lower() in row["group"].lower() or names[ref] == "Các tổ chức chính trị - xã hội"
        for ref in filter(None, row["coordinators"].split("; ")):
            assert names.get(ref, ref.lstrip("?")).lower() in row["sentence"].lower(), row["code"]


def test_labels_fit_their_cells_and_reasons_are_given() -> None:
    for row in INDICATORS:
        assert 0 < len(row["short"]) <= 24
        assert row["reason"].endswith(".")
        for item in row["fields"].split(" | "):
            label = item.split(": ", 1)[1]
            assert len(label) <= 110, item
            assert " xã" not in label.replace("xã hội", ""), item  # a ward is asked about a ward


def test_it_loads_and_every_unit_has_something_to_report() -> None:
    plan = load_plan("tran-lieu")
    for period in ("2026-H1", "2026-Y"):
        layouts = [layout_for(plan, unit, parse_period(plan, period)) for unit in plan.units]
        assert [layout.unit.id for layout in layouts if layout.is_empty] == []
