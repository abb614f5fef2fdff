"""The plan of Thành Nam ward says what its document prints: every cell, every reading, every oddity.

The printed columns are compared with the text of the document where that text is at hand, and with a
committed digest everywhere. All but the last tests read with csv and tomllib only: they do not trust the loader.
"""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest

import pytest

from plan.layout import layout_for
from plan.load import load_plan
from plan.model import Role
from plan.period import parse_period
from tests.plan.catalog_case import Row, head, items, rows, source_text

PLAN = head("thanh-nam")
INDICATORS = rows("thanh-nam", "indicators")
TASKS = rows("thanh-nam", "tasks")
UNITS = rows("thanh-nam", "units")
ODDITIES: list[Row] = PLAN["oddity"]

# In the order in which the document prints them.
INDICATOR_PRINT = ("section", "number", "name", "unit", "target_text", "lead_text", "coordinating_text", "monitor_text")
TASK_PRINT = ("group_number", "group", "number", "name", "lead_text", "coordinating_text", "result", "due_text")
GROUP_SIZES = {"I": 2, "II": 4, "III": 12, "IV": 3, "V": 3, "VI": 3, "VII": 2}


# --- against the document ---------------------------------------------------------------------


def _plain(text: str) -> str:
    """Fold what the extraction added: tags, emphasis, headings, LaTeX signs and uneven whitespace."""
    text = re.sub(r"</?\w+>|[*$#]", "", text).replace("\\geq", "≥")
    return " ".join(text.split())


def _appendix(text: str) -> list[tuple[str, ...]]:
    """Return (heading, number, cells...) per printed row, rows torn by a page break put together again."""
    found: list[tuple[str, list[list[str]]]] = []
    heading = ""
    for line in text.splitlines():
        if re.match(r"(?:[IVX]+|\d)\. ", _plain(line)):
            heading = _plain(line)
        elif re.match(r"\d+\t", line):
            found.append((heading, [line.split("\t")]))
        elif line.startswith("\t"):
            found[-1][1].append(line.split("\t"))
    return [
        (heading, *(_plain(" ".join(cells)) for cells in zip_longest(*pieces, fillvalue="")))
        for heading, pieces in found
    ]


@pytest.fixture(scope="module")
def source() -> str:
    return source_text("thanh-nam")


@pytest.fixture(scope="module")
def appendices(source: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    first, second = source.index("**PHỤ LỤC 1**"), source.index("**PHỤ LỤC 2**")
    return _appendix(source[first:second]), _appendix(source[second:])


@pytest.fixture(scope="module")
def document(source: str, appendices: tuple[list[tuple[str, ...]], ...]) -> str:
    """The whole text, and behind it the cells of torn rows as they read when put together."""
    return "\n".join([_plain(source), *("\n".join(row) for rows in appendices for row in rows)])


def test_appendix_1_is_printed_so(appendices: tuple[list[tuple[str, ...]], ...]) -> None:
    """All 14 rows, in order, every printed column to the letter."""
    assert [tuple(row[column] for column in INDICATOR_PRINT) for row in INDICATORS] == appendices[0]


def test_appendix_2_is_printed_so(appendices: tuple[list[tuple[str, ...]], ...]) -> None:
    """All 29 rows, in order, every printed column to the letter."""
    expected = [(*heading.split(". ", 1), *cells) for heading, *cells in appendices[1]]
    assert [tuple(row[column] for column in TASK_PRINT) for row in TASKS] == expected


def test_the_head_of_the_plan_is_printed_so(source: str) -> None:
    text = _plain(source)
    assert PLAN["title"].lower() in text.lower()
    assert f"của {PLAN['issuer']})" in text
    assert f"gửi về {PLAN['return_to']}" in text
    days = {"H1": "trước ngày 25/5 (đối với báo cáo 6 tháng)", "Y": "trước ngày 10/12 (đối với báo cáo năm)"}
    for entry in PLAN["calendar"]:
        month, day = entry["due"].split("-")
        assert f" {int(day)}/{int(month)} " in days[entry["kind"]]
        assert text.count(days.pop(entry["kind"])) == 2  # for the offices and for the tổ dân phố
    assert days == {}


def test_everybody_stands_in_the_document_or_is_marked_an_example(document: str) -> None:
    """Names and aliases of units and groups are printed ones, to the letter; nobody is invented."""
    for unit in UNITS:
        if unit["example"]:
            assert unit["name"].endswith("(ví dụ)")
        else:
            assert [name for name in (unit["name"], *items(unit["aliases"])) if name not in document] == []
    for group in PLAN["group"]:
        assert [name for name in (group["name"], *items(group["aliases"])) if name not in document] == []


def test_oddities_quote_the_document(document: str) -> None:
    """What an oddity shows as printed, and every quotation in its note, stands in the document to the letter."""
    for oddity in ODDITIES:
        quoted = re.findall(r"“([^”]+)”", oddity["note"])
        assert [q for q in (oddity.get("printed", ""), *quoted) if q not in document] == []


# --- without the document ---------------------------------------------------------------------


def test_the_printed_text_has_not_been_touched() -> None:
    """The digest was taken when the tests above passed; whoever changes printed text must have the document."""
    lines = ["\t".join(row[c] for c in INDICATOR_PRINT) for row in INDICATORS]
    lines += ["\t".join(row[c] for c in TASK_PRINT) for row in TASKS]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert digest == "e9c0d066fc9846d084eeb5ebfdafca260e55c81604000c30b452da832221af59"


def test_every_printed_row_is_there_once() -> None:
    assert [r["number"] for r in INDICATORS] == [str(n) for n in [*range(1, 13), 1, 2]]
    numbered = [(group, str(n)) for group, size in GROUP_SIZES.items() for n in range(1, size + 1)]
    assert [(r["group_number"], r["number"]) for r in TASKS] == numbered
    assert [r["code"] for r in TASKS] == [f"NV-{group}-{n}" for group, n in numbered]
    assert len({r["code"] for r in INDICATORS + TASKS}) == 43


def test_no_row_comes_from_prose() -> None:
    """Both appendices are printed tables, so no row may claim another origin or a deadline that has no column."""
    assert [r["code"] for r in INDICATORS + TASKS if r["source"] or r["sentence"]] == []
    assert [r["code"] for r in INDICATORS if r["due"] or r["due_text"] or r["group"] or r["part_of"]] == []


def test_misprints_are_kept() -> None:
    """What the document prints wrongly is an oddity in plan.toml, never mended in the tables."""
    tasks = {r["code"]: r for r in TASKS}
    assert tasks["NV-II-1"]["name"].endswith("trên địa bản tỉnh Ninh Bình")
    assert "Trạm y tế xã, phòng đủ điều kiện" in tasks["NV-IV-2"]["name"]
    assert tasks["NV-V-1"]["group"].endswith("chính sách hiểm y tế")
    assert tasks["NV-VI-2"]["name"].endswith("dữ liệu dân c")
    assert "số sức khỏe điện tử" in tasks["NV-VI-3"]["name"]
    assert tasks["NV-VI-1"]["coordinating_text"] == "Trạm Y tế Các cơ quan, đơn vị liên quan"
    assert tasks["NV-V-3"]["coordinating_text"].endswith("Phòng Kinh tế - hạ tầng và đô thị các tổ dân phố")
    assert tasks["NV-I-2"]["coordinating_text"] == "Các cơ quan, đơn vị, liên quan"
    assert [r["code"] for r in TASKS if not r["coordinating_text"]] == ["NV-I-1", "NV-III-3"]
    assert [r["number"] for r in INDICATORS if "–" in r["lead_text"]] == ["1", "2", "3"]


# --- what was read out of a cell --------------------------------------------------------------

NAMES = {u["id"]: (u["name"], *items(u["aliases"])) for u in UNITS}
NAMES |= {f"@{g['id']}": (g["name"], *items(g["aliases"])) for g in PLAN["group"]}
CELLS = [(r["code"], r["lead_text"], r["leads"]) for r in TASKS]
CELLS += [(r["code"], r["coordinating_text"], r["coordinators"]) for r in TASKS]
CELLS += [(r["code"], r["lead_text"], r["reporters"]) for r in INDICATORS]
CELLS += [(r["code"], r["coordinating_text"], r["coordinators"]) for r in INDICATORS]
CELLS += [(r["code"], r["monitor_text"], r["monitors"]) for r in INDICATORS]


@pytest.mark.parametrize(("code", "printed", "read"), CELLS)
def test_whoever_is_printed_is_assigned_in_order_and_nobody_else(code: str, printed: str, read: str) -> None:
    """Strike the assigned names from the front of the printed cell: only commas remain between and behind them."""
    rest = printed
    for ref in items(read):
        words = (ref[1:],) if ref.startswith("?") else NAMES[ref]
        rest = rest.removeprefix(",").strip()
        found = max((w for w in words if rest.lower().startswith(w.lower())), key=len, default="")
        assert found, (code, ref, rest)
        rest = rest[len(found) :]
    assert rest == ""


def test_every_deadline_says_what_is_printed() -> None:
    """Years, "thường xuyên", "hàng năm" and the awaited event are read from the cell and nothing is added."""
    typed = {r["due_text"]: r["due"] for r in TASKS}
    assert typed == {
        "Thường xuyên": "ongoing",
        "Hàng năm": "yearly",
        "Hàng năm và từng giai đoạn": "yearly",
        "Năm 2026": "by 2026",
        "Năm 2029": "by 2029",
        "Năm 2026-2027": "2026..2027",
        "2026-2027 (sau khi Chính phủ phê duyệt Chương trình)": (
            "2026..2027; when: sau khi Chính phủ phê duyệt Chương trình"
        ),
    }
    assert [r["code"] for r in TASKS if r["due"] != typed[r["due_text"]]] == []


def test_every_target_is_the_printed_one() -> None:
    """The table's value stands even where prose says otherwise, in the year of the section or of the cell."""
    assert {r["code"]: (r["target_text"], r["targets"]) for r in INDICATORS} == {
        "HEIGHT_GAIN": ("≥ 1,5", "2030 >= 1.5"),
        "LIFE_EXPECTANCY": ("76", "2030 >= 76"),
        "HEALTHY_LIFE_YEARS": ("≥ 68", "2030 >= 68"),
        "EPI_COVERAGE": (">95", "2030 > 95"),
        "PHYSICAL_ACTIVITY_GAIN": ("10", "2030 >= 10"),
        "PERIODIC_CHECKUP": ("100", "2030 >= 100"),
        "EHR_COVERAGE": ("95", "2030 >= 95"),
        "STATION_FACILITIES_EQUIPMENT": ("100", "2030 >= 100"),
        "STATION_STAFFING": ("100", "2030 >= 100"),
        "STATION_DOCTORS": ("100", "2027 >= 100 @4; 2030 >= 100 @5"),
        "BHYT_VISITS_PRIMARY": ("100", "2030 >= 100"),
        "BHYT_COVERAGE": (">95 (2026), toàn dân (2030)", "2026 > 95; 2030 >= 100"),
        "LIFE_EXPECTANCY_2045": ("80", "2045 >= 80"),
        "HEALTHY_LIFE_YEARS_2045": ("71", "2045 >= 71"),
    }


def test_rows_that_another_plan_has_are_measured_as_there() -> None:
    """A national code means one figure: measure, aggregation, decimals and input names agree, so plans roll up."""
    province = {row["code"]: row for row in rows("ninh-binh-syt", "indicators")}

    def figure(row: Row) -> tuple[str, ...]:
        inputs = [re.sub(r":.*", "", field) for field in row["fields"].split(" | ")]
        return row["measure"], row["aggregation"], row["decimals"], row["same_as"], *inputs

    shared = [row for row in INDICATORS if row["code"] in province]
    assert [row["code"] for row in INDICATORS if row not in shared] == ["STATION_FACILITIES_EQUIPMENT"]
    assert [row["code"] for row in shared if figure(row) != figure(province[row["code"]])] == []


def test_labels_fit_their_cells_and_say_whose_number() -> None:
    for row in INDICATORS:
        assert 0 < len(row["short"]) <= 24
        assert row["reason"].endswith(".")
        labels = dict(item.split(": ", 1) for item in row["fields"].split(" | "))
        assert [label for label in labels.values() if len(label) > 110] == []
        assert [name for name, label in labels.items() if "phường" not in label and name != "evidence"] == []


KNOWN = [
    ("target_differs", "BHYT_VISITS_PRIMARY", "100", "> 20"),
    ("target_differs", "LIFE_EXPECTANCY_2045", "80", "> 80"),
    ("target_differs", "HEALTHY_LIFE_YEARS_2045", "71", "> 71"),
    ("reading", "BHYT_COVERAGE", "toàn dân", "100"),
    ("misprint", "NV-II-1", "tỉnh Ninh Bình", "phường"),
    ("misprint", "NV-II-1", "địa bản", "địa bàn"),
    ("misprint", "NV-IV-2", "Trạm y tế xã, phòng đủ điều kiện", "Trạm y tế xã, phường đủ điều kiện"),
    ("misprint", "NV-V-1; NV-V-2; NV-V-3", "chính sách hiểm y tế", "chính sách bảo hiểm y tế"),
    ("misprint", "NV-VI-2", "dữ liệu dân c", "dữ liệu dân cư"),
    ("misprint", "NV-VI-3", "số sức khỏe điện tử", "sổ sức khỏe điện tử"),
    ("gap", "", "Số: /KH-UBND", ""),
    ("misprint", "", "ngày /01/2026", "ngày …/02/2026"),
    ("gap", "", "miễn viện phí ở mức cơ bản", ""),
    ("gap", "NV-I-1; NV-III-3", "", ""),
]


@pytest.mark.parametrize("known", KNOWN)
def test_an_oddity_that_a_reader_must_learn_is_noted(known: tuple[str, ...]) -> None:
    """A corrected reading stands beside the printed words, with the rows that it concerns."""
    keys = ("kind", "rows", "printed", "reading")
    assert known in [tuple(oddity.get(key, "") for key in keys) for oddity in ODDITIES]


def test_oddities_say_what_to_do_and_none_twice() -> None:
    assert [o["place"] for o in ODDITIES if not o["note"].strip() or not o["suggestion"].strip()] == []
    assert len({(o["place"], o["note"], o.get("printed", "")) for o in ODDITIES}) == len(ODDITIES)
    assert [o["note"] for o in ODDITIES if o.get("reading") and o["reading"] == o.get("printed")] == []
    monitored_elsewhere = [r["code"] for r in INDICATORS if r["monitors"] != r["reporters"]]
    assert monitored_elsewhere == []  # as the oddity about all 14 rows claims


# --- as the rest of the program sees it -------------------------------------------------------


def test_a_to_dan_pho_answers_in_appendix_2_only() -> None:
    """Section V.4 asks them to report; the document gives them 14 tasks and no figure."""
    plan = load_plan("thanh-nam")
    unit = next(u for u in plan.units if u.kind == "tổ dân phố")
    layout = layout_for(plan, unit, parse_period(plan, "2026-H1"))
    assert layout.indicator_rows == ()
    tasks = {"I": (1,), "II": (2, 3, 4), "III": (1, 2, 4, 5, 6, 7, 11, 12), "V": (3,), "VII": (2,)}
    assert [row.code for row in layout.task_rows] == [f"NV-{group}-{n}" for group, ns in tasks.items() for n in ns]
    assert [row.code for row in layout.task_rows if row.role is Role.LEAD] == ["NV-I-1"]


def test_only_the_fatherland_front_has_nothing_to_report() -> None:
    """It is named with duties in section V.5 and in no row; whoever else is in the list gets a workbook."""
    plan = load_plan("thanh-nam")
    period = parse_period(plan, "2026-Y")
    assert [u.id for u in plan.units if layout_for(plan, u, period).is_empty] == ["mat-tran-to-quoc"]
