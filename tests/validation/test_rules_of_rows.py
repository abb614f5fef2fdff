"""More people than live there: with the slack of a year, once a row, and only where the plan knows the population."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan.model import FieldKind, Plan
from tests.validation.ruled import (
    COMMUNES,
    COVERED,
    EHR,
    EHR_OF,
    LINES,
    PEOPLE,
    PLAN,
    VISITS,
    VISITS_OF,
    Said,
    at,
    evidence,
    findings,
    line,
    remarks,
)
from validation.messages import message

UNIT = COMMUNES[0]


def populated(population: int | None) -> Plan:
    return replace(PLAN, units=tuple(replace(u, population=population if u.id == UNIT else None) for u in PLAN.units))


SMALL = populated(10_000)


@pytest.mark.parametrize(("people", "count"), [(10_500, 0), (10_501, 1)])
def test_five_percent_more_than_the_population_are_let_be(people: int, count: int) -> None:
    found = remarks(evidence([Said(UNIT, {PEOPLE: people})], plan=SMALL))
    assert found == [(f"{UNIT}.xlsx", at(PEOPLE), "POPULATION_EXCEEDED")] * count


def test_of_a_row_the_larger_number_is_told() -> None:
    """Both halves of a ratio are of the same people; each row is told by itself."""
    numbers = {COVERED: 11_000, PEOPLE: 12_000, EHR: 11_500, EHR_OF: 11_500}
    found = remarks(evidence([Said(UNIT, numbers)], plan=SMALL))
    assert [cell for _, cell, _ in found] == [at(PEOPLE), at(EHR)]


def test_visits_are_no_people_and_children_are() -> None:
    assert remarks(evidence([Said(UNIT, {VISITS: 50_000, VISITS_OF: 90_000})], plan=SMALL)) == []
    for measure, count in (("trẻ", 1), ("Người dân", 1), ("lượt", 0), ("bác sĩ", 0), ("", 0)):
        lines = {PEOPLE: line(PEOPLE, unit=measure)}
        assert len(remarks(evidence([Said(UNIT, {PEOPLE: 12_000})], plan=SMALL, lines=lines))) == count
    lines = {PEOPLE: line(PEOPLE, kind=FieldKind.NUMBER)}
    assert remarks(evidence([Said(UNIT, {PEOPLE: 12_000})], plan=SMALL, lines=lines)) == []


def test_where_nobody_gave_the_population_nothing_is_checked() -> None:
    assert remarks(evidence([Said(UNIT, {PEOPLE: 10**9})], plan=populated(None))) == []
    assert remarks(evidence([Said(COMMUNES[1], {PEOPLE: 10**9})], plan=SMALL)) == []


def test_the_message_shows_both() -> None:
    (found,) = findings(evidence([Said(UNIT, {PEOPLE: 12_000})], plan=SMALL))
    assert message(found).startswith("Số 12.000 người lớn hơn dân số của địa bàn (10.000 người theo kế hoạch).")
    assert LINES[PEOPLE].field.unit == "người"
