"""Whole returns that are copies: of a neighbour's, or of the last one; and returns that are alike by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from plan.words import TaskStatus
from tests.validation.ruled import (
    COMMUNES,
    COVERED,
    DOCTORS,
    EHR,
    EHR_OF,
    HALF,
    PEOPLE,
    PLAN,
    TASKS,
    VISITS,
    VISITS_OF,
    Number,
    Said,
    commune,
    evidence,
    findings,
    remarks,
    remembered,
)
from validation.messages import message
from validation.model import Finding

ONE, TWO, THREE, *_ = COMMUNES
ROWS = list(TASKS)
NAMES = {u.id: u.name for u in PLAN.units}
NUMBERS: dict[str, Number] = {EHR: 4_120, EHR_OF: 5_300, VISITS: 812, VISITS_OF: 3_190, COVERED: 5_011}


def told(*said: Said) -> dict[str, str]:
    """File -> the words about its copy."""
    found = findings(evidence(said))
    assert {(f.code, f.sheet, f.cell, f.row) for f in found} <= {("RETURNS_IDENTICAL", "", "", "")}
    return {f.file: message(f) for f in found}


def test_two_units_that_say_the_same_are_told_of_each_other() -> None:
    """One finding in each file, none of a sheet or a cell."""
    words = told(Said(ONE, NUMBERS), Said(TWO, NUMBERS), commune(2))
    assert list(words) == sorted([f"{ONE}.xlsx", f"{TWO}.xlsx"])
    assert f"giống hệt báo cáo của {NAMES[TWO]}." in words[f"{ONE}.xlsx"]
    assert f"giống hệt báo cáo của {NAMES[ONE]}." in words[f"{TWO}.xlsx"]


@pytest.mark.parametrize(
    ("numbers", "is_copy"),
    [
        (NUMBERS, True),
        ({**NUMBERS, COVERED: 100}, False),  # four numbers, and a hundred is everybody's
        ({**NUMBERS, COVERED: 9}, False),
        ({**NUMBERS, COVERED: 10}, True),
        ({**NUMBERS, COVERED: 0, DOCTORS: 4}, False),
        ({**NUMBERS, COVERED: 5_300}, False),  # the people once more
        ({**NUMBERS, COVERED: 0, "STATION_STAFFING.evidence": "Quyết định số 15/QĐ-UBND"}, True),
        ({**NUMBERS, COVERED: 0, "STATION_STAFFING.evidence": "15/QĐ-UBND"}, True),
        ({**NUMBERS, COVERED: 0, "STATION_STAFFING.attained": "Đạt"}, False),
    ],
)
def test_five_things_that_are_seldom_said_by_chance_are_wanted(numbers: dict[str, Number], is_copy: bool) -> None:
    assert len(told(Said(ONE, numbers), Said(TWO, numbers))) == (2 if is_copy else 0)


def test_one_different_answer_makes_another_return() -> None:
    assert told(Said(ONE, NUMBERS), Said(TWO, {**NUMBERS, COVERED: 5_012})) == {}
    assert told(Said(ONE, NUMBERS), Said(TWO, {**NUMBERS, COVERED: None})) == {}


def test_rows_that_only_one_of_them_has_are_no_difference() -> None:
    """A colleague's file copied and refilled where it had to be."""
    more = {**NUMBERS, PEOPLE: 5_400, DOCTORS: 5}
    assert len(told(Said(ONE, NUMBERS), Said(TWO, more))) == 2
    assert len(told(Said(ONE, {**NUMBERS, PEOPLE: 5_399}), Said(TWO, more))) == 0


def doing(text: str, number: str) -> dict[str, object]:
    return {
        "status": TaskStatus.IN_PROGRESS,
        "progress": 40,
        "result": text,
        "document_number": number,
        "document_date": date(2026, 5, 12),
    }


def tasks(*texts: str) -> Mapping[str, Mapping[str, object]]:
    return {row: doing(text, "") for row, text in zip(ROWS, texts, strict=False)}


USUAL = "Đã triển khai theo kế hoạch."


def test_the_same_sentence_in_every_row_is_a_habit_and_no_copy() -> None:
    said = tasks(USUAL, USUAL, USUAL, USUAL)
    assert told(Said(ONE, tasks=said), Said(TWO, tasks=said)) == {}


def test_three_sentences_of_ones_own_are_enough() -> None:
    texts = (USUAL, "Đã tập huấn cho cán bộ y tế thôn.", "Đang rà soát danh sách người cao tuổi.")
    said = tasks(*texts)
    assert len(told(Said(ONE, tasks=said), Said(TWO, tasks=said))) == 2
    assert told(Said(ONE, tasks=tasks(*texts[:2])), Said(TWO, tasks=tasks(*texts[:2]))) == {}
    other = {**said, ROWS[0]: {**said[ROWS[0]], "progress": 45}}
    assert told(Said(ONE, tasks=said), Said(TWO, tasks=other)) == {}


def test_model_sentences_that_a_third_unit_writes_are_no_copy() -> None:
    """Schools of one commune with three rows each take the words of the issuer's model; a number makes it a copy."""
    said = tasks(
        "Đã ban hành kế hoạch triển khai.", "Đã tuyên truyền tới toàn thể học sinh.", "Đã phối hợp khám sức khỏe."
    )
    assert told(*(Said(unit, tasks=said) for unit in COMMUNES[:4])) == {}
    third = {ROWS[4]: doing(str(said[ROWS[0]]["result"]), ""), ROWS[5]: doing(str(said[ROWS[1]]["result"]), "")}
    assert len(told(*(Said(unit, tasks=said) for unit in COMMUNES[:2]), Said(THREE, tasks=third))) == 2  # one is theirs
    numbered = {**said, ROWS[3]: doing("", "45/KH-UBND")}
    assert len(told(*(Said(unit, tasks=numbered) for unit in COMMUNES[:4]))) == 4
    assert len(told(*(Said(unit, {DOCTORS: 12}, said) for unit in COMMUNES[:4]))) == 4


def test_everybody_of_a_group_is_named() -> None:
    """Not only the neighbour; three by name, the rest by number."""
    words = told(*(Said(unit, NUMBERS) for unit in COMMUNES[:4]))
    for unit in COMMUNES[:4]:
        others = [NAMES[other] for other in COMMUNES[:4] if other != unit]
        assert all(name in words[f"{unit}.xlsx"] for name in others)
    words = told(*(Said(unit, NUMBERS) for unit in COMMUNES[:9]))
    assert all("và 5 đơn vị khác" in text for text in words.values())


def test_who_shares_rows_with_both_is_a_copy_of_both_and_they_need_not_be_of_each_other() -> None:
    bridge = Said(TWO, NUMBERS)
    one, three = Said(ONE, {**NUMBERS, PEOPLE: 5_400}), Said(THREE, {**NUMBERS, PEOPLE: 5_401})
    words = told(one, bridge, three)
    assert NAMES[ONE] in words[bridge.name]
    assert NAMES[THREE] in words[bridge.name]
    assert NAMES[TWO] in words[one.name]
    assert NAMES[THREE] not in words[one.name]


def test_documents_prove_one_each_and_remarks_nothing() -> None:
    said = {row: doing("", f"{n}/KH-UBND") for n, row in enumerate(ROWS[:5], start=11)}
    explained = {row: {**cells, "explanation": "Số liệu đã rà soát"} for row, cells in said.items()}
    assert len(told(Said(ONE, tasks=said), Said(TWO, tasks=explained))) == 2
    four = {row: said[row] for row in ROWS[:4]}
    assert told(Said(ONE, tasks=four), Said(TWO, tasks=four)) == {}


def test_many_copies_of_one_return_are_all_told() -> None:
    """A sample that was sent round and came back fifty times."""
    words = told(*(Said(unit, NUMBERS) for unit in COMMUNES[:50]), *(commune(i) for i in range(50, 60)))
    assert len(words) == 50


def test_the_last_file_of_a_unit_is_the_one_that_is_compared() -> None:
    """A unit's own second file is no copy, and a file that was replaced accuses nobody."""
    first = Said(ONE, NUMBERS, file="a.xlsx")
    assert told(first, Said(ONE, NUMBERS, file="b.xlsx", late=1)) == {}
    assert told(first, replace(commune(0), file="b.xlsx", late=1), Said(TWO, NUMBERS)) == {}


def test_an_equal_earlier_file_of_the_unit_is_told_like_its_last_one() -> None:
    """Of equal files the first counts: asked only about the last one, nobody would be asked at all."""
    again = Said(ONE, NUMBERS, file="b.xlsx", late=1)
    words = told(Said(ONE, NUMBERS, file="a.xlsx"), again, Said(TWO, NUMBERS))
    assert words["a.xlsx"] == words["b.xlsx"]
    assert f"giống hệt báo cáo của {NAMES[TWO]}." in words["a.xlsx"]


# --- against the last period --------------------------------------------------------------------

LAST = [(f"{ONE}.xlsx", "", "IDENTICAL_TO_LAST")]


def against_last(now: Said, *before: Said) -> list[tuple[str, str, str]]:
    periods = (HALF, replace(HALF, id="2025-Y", year=2025))
    return remarks(evidence([now], tuple(remembered(p, [b]) for p, b in zip(periods, before, strict=False))))


def test_a_return_that_says_what_counted_last_time_is_asked_about() -> None:
    assert against_last(Said(ONE, NUMBERS), Said(ONE, NUMBERS)) == LAST
    assert against_last(Said(ONE, NUMBERS), Said(ONE, {**NUMBERS, COVERED: 5_000})) == []
    assert against_last(Said(ONE, NUMBERS), Said(TWO, NUMBERS)) == []


def test_only_the_nearest_period_in_which_the_unit_counted_is_the_last() -> None:
    other = Said(ONE, {**NUMBERS, COVERED: 5_000})
    assert against_last(Said(ONE, NUMBERS), other, Said(ONE, NUMBERS)) == []
    assert against_last(Said(ONE, NUMBERS), Said(TWO, NUMBERS), Said(ONE, NUMBERS)) == LAST


def test_a_handful_of_facts_that_stay_is_no_copy() -> None:
    few = {code: NUMBERS[code] for code in (EHR_OF, VISITS_OF, COVERED, EHR)}
    assert against_last(Said(ONE, few), Said(ONE, few)) == []


def test_a_task_not_begun_is_the_same_with_and_without_its_zero() -> None:
    """The ledger remembers 0 % where the cell was left blank."""
    idle = {ROWS[0]: {"status": TaskStatus.NOT_STARTED}}
    assert against_last(Said(ONE, NUMBERS, idle), Said(ONE, NUMBERS, idle)) == LAST


def test_the_message_names_the_period() -> None:
    (found,) = _findings(Said(ONE, NUMBERS), Said(ONE, NUMBERS))
    assert "giống hệt báo cáo kỳ 6 tháng đầu năm 2026 của đơn vị" in message(found)
    assert (found.unit, found.sheet, found.row) == (ONE, "", "")


def _findings(now: Said, before: Said) -> list[Finding]:
    return findings(evidence([now], (remembered(HALF, [before]),)))
