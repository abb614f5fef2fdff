"""Missing is not zero: every required cell of a unit is counted once, as what it holds."""

from __future__ import annotations

import pytest

from consolidate.completeness import ANSWER_WORDS, Answer, completeness
from consolidate.status import unit_statuses
from plan.layout import is_required
from tests.validation.returned import COMMUNE, PERIOD, PLAN, Cells, book, checked, received

COVERED, PEOPLE = "BHYT_COVERAGE.numerator", "BHYT_COVERAGE.denominator"
TASK = COMMUNE.task_rows[0].code
ASKED = sum(is_required(r.field) for r in COMMUNE.indicator_rows) + len(COMMUNE.task_rows)


def counted(typed: Cells) -> dict[Answer, int]:
    """What is counted besides plain values."""
    run = checked(received(book(typed=typed)))
    status = next(s for s in unit_statuses(PLAN, PERIOD, run) if s.unit.id == COMMUNE.unit.id)
    found = status.completeness
    assert found.required == ASKED == sum(found.counts.values())
    assert found.answered == ASKED - found.counts[Answer.FAULTY] - found.counts[Answer.MISSING]
    return {a: n for a, n in found.counts.items() if n and a is not Answer.VALUE}


BOTH_OUT: Cells = {
    **{(code, "value"): None for code in (COVERED, PEOPLE)},
    **{(code, "state"): "Không áp dụng" for code in (COVERED, PEOPLE)},
    **{(code, "explanation"): "Không thuộc địa bàn" for code in (COVERED, PEOPLE)},
}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, {}),
        ({(COVERED, "value"): None}, {Answer.MISSING: 1, Answer.FAULTY: 1}),  # its row waits for it
        ({(COVERED, "value"): None, (COVERED, "state"): "Không phát sinh"}, {Answer.NOTHING: 1}),
        ({(COVERED, "value"): 0}, {}),
        (BOTH_OUT, {Answer.NOT_APPLICABLE: 2}),
        ({(COVERED, "value"): "khoảng 5"}, {Answer.MISSING: 1, Answer.FAULTY: 1}),
        ({(TASK, "status"): None}, {Answer.MISSING: 1}),
        ({(TASK, "status"): "Không phát sinh", (TASK, "progress"): None}, {Answer.NOTHING: 1}),
        ({(TASK, "progress"): 250}, {Answer.FAULTY: 1}),
    ],
    ids=["full", "blank", "confirmed zero", "typed zero", "out", "a word", "no status", "nothing", "impossible"],
)
def test_each_required_cell_is_counted_as_what_it_holds(typed: Cells, expected: dict[Answer, int]) -> None:
    assert counted(typed) == expected


def test_a_unit_that_sent_nothing_misses_everything() -> None:
    found = completeness(COMMUNE, [], [])
    assert (found.required, found.answered, found.counts[Answer.MISSING]) == (ASKED, 0, ASKED)
    assert set(ANSWER_WORDS) == set(Answer)
