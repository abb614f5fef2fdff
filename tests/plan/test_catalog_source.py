"""The built-in plan says what the printed document says: every cell, and every reading made of a cell.

The printed columns are compared with the text of the document where that text is at hand, and with a
committed digest everywhere. Read with the csv module only: these tests do not trust the loader.
"""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest

import pytest

from tests.plan.catalog_case import head, items, rows, source_text

INDICATORS = rows("ninh-binh-syt", "indicators")
TASKS = rows("ninh-binh-syt", "tasks")
UNITS = rows("ninh-binh-syt", "units")

# In the order in which the document prints them.
INDICATOR_PRINT = ("section", "number", "name", "unit", "target_text", "monitor_text", "lead_text")
TASK_PRINT = ("group_number", "group", "number", "name", "lead_text", "coordinating_text", "result", "due_text")


# --- against the document ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def source() -> str:
    return source_text("ninh-binh-syt")


def _plain(text: str) -> str:
    """Fold what the extraction added: tags, emphasis, LaTeX signs and uneven whitespace."""
    text = re.sub(r"</?\w+>|[*$]", "", text).replace("\\geq", "≥")
    return " ".join(text.split())


def _appendix(text: str) -> list[tuple[str, ...]]:
    """Return (heading, number, cells...) per printed row, rows torn by a page break put together again."""
    found: list[tuple[str, list[list[str]]]] = []
    heading = ""
    for line in text.splitlines():
        if re.match(r"(?:[IVX]+|\d)\. ", line):
            heading = _plain(line)
        elif re.match(r"\d+\.\t", line):
            found.append((heading, [line.split("\t")]))
        elif line.startswith("\t"):
            found[-1][1].append(line.split("\t"))
    return [
        (heading, *(_plain(" ".join(cells)) for cells in zip_longest(*pieces, fillvalue="")))
        for heading, pieces in found
    ]


def test_appendix_1_is_printed_so(source: str) -> None:
    """All 16 rows, in order, every printed column to the letter."""
    printed = _appendix(source[source.index("\nPHỤ LỤC 1\n") : source.index("\nPHỤ LỤC 2*")])
    held = [tuple(row[column] for column in INDICATOR_PRINT) for row in INDICATORS]
    assert held == [(section, number.rstrip("."), *cells) for section, number, *cells in printed]


def test_appendix_2_is_printed_so(source: str) -> None:
    """All 53 rows, in order, every printed column to the letter."""
    printed = _appendix(source[source.index("\nPHỤ LỤC 2*") :])
    held = [tuple(row[column] for column in TASK_PRINT) for row in TASKS]
    expected = [(*heading.split(". ", 1), number.rstrip("."), *cells) for heading, number, *cells in printed]
    assert held == expected


def test_the_head_of_the_plan_is_printed_so(source: str) -> None:
    plan = head("ninh-binh-syt")
    text = _plain(source).lower()
    assert plan["title"].lower() in text
    assert f"gửi về {plan['return_to']}".lower() in text
    for entry in plan["calendar"]:
        month, day = entry["due"].split("-")
        assert f"trước ngày {int(day)} tháng {int(month)}" in text


def test_every_unit_stands_in_the_document_or_is_marked_an_example(source: str) -> None:
    """Names and aliases of offices, attached units and hospitals are printed ones; nobody is invented."""
    text = _plain(source).lower()
    for unit in UNITS:
        names = [unit["name"], *items(unit["aliases"])]
        if unit["example"]:
            assert unit["name"].endswith("(ví dụ)")
        elif not unit["code"]:
            assert [name for name in names if name.lower() not in text] == []


# --- without the document ---------------------------------------------------------------------


def test_the_printed_text_has_not_been_touched() -> None:
    """The digest was taken when the tests above passed; whoever changes printed text must have the document."""
    lines = ["\t".join(row[c] for c in INDICATOR_PRINT) for row in INDICATORS]
    lines += ["\t".join(row[c] for c in TASK_PRINT) for row in TASKS]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert digest == "ecb4ac7316ae5488281b0478a4537a66db5822b6ac8c4359dd69ea7f4dcd9035"


def test_every_printed_row_is_there_once() -> None:
    assert [r["number"] for r in INDICATORS] == [str(n) for n in [*range(1, 15), 1, 2]]
    assert [r["number"] for r in TASKS] == [str(n) for n in [*range(1, 50), *range(49, 53)]]
    codes = [r["code"] for r in INDICATORS + TASKS]
    assert len(set(codes)) == len(codes) == 69
    assert [r["code"] for r in TASKS] == [f"NV-{r['group_number']}-{r['number']}" for r in TASKS]


def test_misprints_are_kept() -> None:
    """What the document prints wrongly is an oddity in plan.toml, never mended in the tables."""
    tasks = {r["code"]: r for r in TASKS}
    assert "đời dư" in tasks["NV-VII-51"]["name"]
    assert tasks["NV-V-40"]["group"].endswith("chính sách hiểm y tế")
    assert tasks["NV-III-25"]["result"] == "Các quy ché, quy định"
    assert "vài trò phối hợp" in INDICATORS[4]["name"]
    assert [r["code"] for r in TASKS if not r["result"]] == ["NV-V-40", "NV-VI-49"]


# --- what was read out of a cell --------------------------------------------------------------

GROUP_WORDS = {
    "@pcn": ("phòng chức năng (PCN)", "PCN"),
    "@dvtt": ("đơn vị trực thuộc (ĐVTT)", "ĐVTT"),
    "@xa-phuong": (
        "UBND xã, phường",
        "UBND xã phường",
        "Trạm Y tế xã, phường và các cơ sở khám chữa bệnh ban đầu",
    ),
    "@benh-vien": ("cơ sở khám chữa bệnh",),
}
NAMES = {u["id"]: tuple(filter(None, (u["name"], *u["aliases"].split("; ")))) for u in UNITS}
MEMBERS = {f"@{group}" for u in UNITS for group in u["groups"].split("; ")}
CELLS = [(r["code"], r["lead_text"], r["leads"]) for r in TASKS]
CELLS += [(r["code"], r["coordinating_text"], r["coordinators"]) for r in TASKS]
CELLS += [(r["code"], r["lead_text"], r["reporters"]) for r in INDICATORS]
CELLS += [(r["code"], r["monitor_text"], r["monitors"]) for r in INDICATORS]


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
    """Strike every assigned name and scope from the printed cell: each is found, and no word is left over."""
    rest, struck = printed, set[str]()
    for ref, scope in _assigned(read):
        if ref.startswith("?"):
            words: tuple[str, ...] = (ref[1:],)
        elif ref.startswith("@"):
            assert ref in MEMBERS
            words = GROUP_WORDS[ref]
        else:
            words = NAMES[ref]
        found = max((w for w in words if w in rest), key=len, default="")
        # An office printed once with two scopes is assigned twice: its name is struck already.
        assert found or ref in struck, (code, ref)
        rest = rest.replace(found, "", 1)
        struck.add(ref)
        if scope:
            assert scope in rest, (code, scope)
            rest = rest.replace(scope, "", 1)
    assert [w for w in re.findall(r"\w+", rest) if w.lower() != "các"] == []


def test_every_deadline_says_what_is_printed() -> None:
    """Years, "thường xuyên", "hàng năm" and the awaited event are read from the cell and nothing is added."""
    for task in TASKS:
        printed, parts = task["due_text"].lower(), items(task["due"])
        assert re.findall(r"\d{4}", task["due"]) == re.findall(r"\d{4}", printed), task["code"]
        assert ("ongoing" in parts) == ("thường xuyên" in printed), task["code"]
        assert ("yearly" in parts) == ("hàng năm" in printed), task["code"]
        events = [part.removeprefix("when: ") for part in parts if part.startswith("when: ")]
        assert bool(events) == bool(re.search(r"\b(sau khi|theo)\b", printed)), task["code"]
        assert all(event.lower() in printed for event in events), task["code"]
        assert parts


def test_every_target_holds_the_printed_numbers() -> None:
    """No target is rounded, and none lies outside the year its section names."""
    for row in INDICATORS:
        numbers = re.findall(r"\d+(?:\.\d+)?", row["targets"])
        printed = re.findall(r"\d+(?:,\d+)?", row["target_text"])
        assert set(printed) <= {n.replace(".", ",") for n in numbers}, row["code"]
        assert max(re.findall(r"\b20\d\d\b", row["targets"])) == row["section"][-4:], row["code"]


def test_rows_asked_once_share_their_fields() -> None:
    """A row with same_as repeats the figure of another row and only its target differs."""
    rows = {r["code"]: r for r in INDICATORS}
    shared = [r for r in INDICATORS if r["same_as"]]
    assert [r["code"] for r in shared] == ["LIFE_EXPECTANCY_2045", "HEALTHY_LIFE_YEARS_2045"]
    for row in shared:
        asked = rows[row["same_as"]]
        assert asked["same_as"] == ""
        for column in ("name", "unit", "fields", "measure", "aggregation", "decimals", "reporters"):
            assert row[column] == asked[column]


def test_the_prose_that_differs_from_the_table_is_noted() -> None:
    assert any("trên 20%" in oddity["note"] for oddity in head("ninh-binh-syt")["oddity"])
