"""A number beside the unit's own past: slips of a power of ten, and what was counted and is less now."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from plan.load import load_plan
from plan.model import FieldKind, Period
from plan.period import parse_period
from tests.validation.ruled import (
    COMMUNES,
    COVERED,
    DOCTORS,
    HALF,
    PEOPLE,
    PERIOD,
    Number,
    Said,
    at,
    evidence,
    findings,
    line,
    remarks,
    remembered,
)
from validation.messages import message
from validation.model import Earlier

BEFORE = replace(PERIOD, id="2025-Y", year=2025, label="năm 2025")
UNIT = COMMUNES[0]
SLIP = [(f"{UNIT}.xlsx", at(PEOPLE), "SLIP_AGAINST_HISTORY")]


def past(*numbers: Number, code: str = PEOPLE) -> tuple[Earlier, ...]:
    """What the unit reported in earlier periods, the nearest first."""
    periods = (HALF, BEFORE, *(replace(BEFORE, id=f"{year}-Y", year=year) for year in (2024, 2023, 2022, 2021)))
    return tuple(remembered(p, [Said(UNIT, {code: n})]) for p, n in zip(periods, numbers, strict=False))


def found(now: Number, *before: Number) -> list[tuple[str, str, str]]:
    return remarks(evidence([Said(UNIT, {PEOPLE: now})], past(*before)))


@pytest.mark.parametrize(
    ("now", "before"),
    [(125_000, 12_500), (1_250_000, 12_500), (12_500_000, 12_500), (1_250, 12_500), (125, 12_500), (13, 12_500)],
)
def test_a_slip_of_ten_a_hundred_or_a_thousand_times_is_asked_about(now: int, before: int) -> None:
    assert found(now, before) == SLIP


@pytest.mark.parametrize(
    ("now", "is_slip"),
    [
        (100_000, True),
        (99_999, False),
        (156_250, True),
        (156_251, False),
        (15_625, False),
        (1_562, True),
        (1_563, False),
    ],
)
def test_growth_of_a_quarter_beside_the_slip_is_forgiven_and_no_more(now: int, is_slip: bool) -> None:
    """12 500 before: 0.8 to 1.25 times ten, and 0.8 to 1.25 tenths, are slips."""
    assert found(now, 12_500) == (SLIP if is_slip else [])


def test_a_slip_of_ten_thousand_times_is_none() -> None:
    """That is no forgotten comma; the ranges and the peers may have a word."""
    assert found(125_000_000, 12_500) == []


@pytest.mark.parametrize(
    ("before", "is_slip"),
    [
        ((12_500, 12_000, 4_167), True),  # 3 times 4167 is 12501
        ((12_500, 12_000, 4_166), False),
        ((12_500, 12_000, 12_000, 12_000, 1), True),  # the fifth is of another time
        ((12_500, 12_000, 12_000, 1), False),
        ((12_500, 0), False),
    ],
)
def test_a_past_that_does_not_agree_with_itself_proves_nothing(before: tuple[int, ...], is_slip: bool) -> None:
    assert found(125_000, *before) == (SLIP if is_slip else [])


@pytest.mark.parametrize(("now", "before"), [(10, 1), (90, 9), (1, 10), (9, 90), (50, 5)])
def test_small_counts_make_no_noise(now: int, before: int) -> None:
    """One doctor may become ten."""
    assert remarks(evidence([Said(UNIT, {DOCTORS: now})], past(before, code=DOCTORS))) == []


@pytest.mark.parametrize(("now", "before"), [(100, 1), (300, 3), (3, 300), (1_000, 1)])
def test_a_hundred_times_is_a_slip_of_a_small_count_too(now: int, before: int) -> None:
    slip_of_doctors = [(f"{UNIT}.xlsx", at(DOCTORS), "SLIP_AGAINST_HISTORY")]
    assert remarks(evidence([Said(UNIT, {DOCTORS: now})], past(before, code=DOCTORS))) == slip_of_doctors


@pytest.mark.parametrize(
    ("now", "before", "peers", "is_slip"),
    [
        (30, 3, (2, 3, 4), True),
        (30, 3, (2, 4, 16), False),  # one of them has more than half as many
        (30, 3, (2, 4, 15), True),
        (9, 1, (1, 1, 1), False),
        (3, 30, (25, 30, 40), True),
        (3, 30, (5, 30, 40), False),
    ],
)
def test_ten_times_is_a_slip_of_a_small_count_where_the_peers_have_no_such_number(
    now: int, before: int, peers: tuple[int, ...], is_slip: bool
) -> None:
    """Its own past and its peers agree; 3 doctors that become 30 are asked about, 1 that becomes 9 is not."""
    others = [Said(unit, {DOCTORS: peers[i % len(peers)]}) for i, unit in enumerate(COMMUNES[1:13])]
    found = remarks(evidence([Said(UNIT, {DOCTORS: now}), *others], past(before, code=DOCTORS)))
    assert found == ([(f"{UNIT}.xlsx", at(DOCTORS), "SLIP_AGAINST_HISTORY")] if is_slip else [])


# --- what the other units say about a slip -----------------------------------------------------


def rolled_out(how_many: int, of: int) -> list[tuple[str, str, str]]:
    """What is found when `how_many` of `of` communes report ten times as many as before."""
    sizes = {unit: 9_000 + 733 * i for i, unit in enumerate(COMMUNES[:of])}
    memory = remembered(HALF, [Said(unit, {PEOPLE: size}) for unit, size in sizes.items()])
    now = [Said(u, {PEOPLE: size * 10 if i < how_many else size + 7}) for i, (u, size) in enumerate(sizes.items())]
    return [found for found in remarks(evidence(now, (memory,))) if found[2] == "SLIP_AGAINST_HISTORY"]


@pytest.mark.parametrize(("many", "of", "told"), [(3, 20, 3), (4, 20, 0), (4, 40, 4), (5, 40, 0), (25, 97, 0)])
def test_a_row_on_which_many_units_grew_alike_is_no_row_of_slips(many: int, of: int, told: int) -> None:
    """A programme that was rolled out: three units or a tenth of them may have slipped, more have not."""
    assert len(rolled_out(many, of)) == told


def test_units_that_are_off_by_different_powers_are_no_crowd() -> None:
    sizes = {unit: 9_000 + 733 * i for i, unit in enumerate(COMMUNES[:20])}
    memory = remembered(HALF, [Said(unit, {PEOPLE: size}) for unit, size in sizes.items()])
    off = {0: 10, 1: 10, 2: 10, 3: 100, 4: 100}
    now = [Said(unit, {PEOPLE: size * off.get(i, 1)}) for i, (unit, size) in enumerate(sizes.items())]
    assert [file for file, _, _ in remarks(evidence(now, (memory,)))] == [f"{unit}.xlsx" for unit in COMMUNES[:5]]


def late(now: int, of: int, was: int, was_of: int, share: int = 80) -> list[str]:
    """The codes of a commune that covered `was` of `was_of` people, now `now` of `of`; its peers cover `share` %."""
    people = {unit: 9_000 + 733 * i for i, unit in enumerate(COMMUNES[1:16])}
    peers = [Said(u, {COVERED: n * (share + i % 5) // 100, PEOPLE: n}) for i, (u, n) in enumerate(people.items())]
    memory = remembered(HALF, [*peers, Said(UNIT, {COVERED: was, PEOPLE: was_of})])
    found = findings(evidence([Said(UNIT, {COVERED: now, PEOPLE: of}), *peers], (memory,)))
    return [f.code for f in found if f.unit == UNIT and f.code.startswith("SLIP")]


def test_a_late_commune_that_caught_up_with_its_peers_did_not_slip() -> None:
    """8 % became 80 %, where all others are; the people are the same."""
    assert late(8_000, 10_000, 800, 10_100) == []


def test_the_peers_vouch_for_nothing_else() -> None:
    """Not for a rate that is theirs because both halves slipped, nor for one that was theirs and is no more."""
    told = ["SLIP_AGAINST_HISTORY"]
    assert late(80_000, 100_000, 8_000, 10_000) == [*told, *told]
    assert late(800, 10_000, 8_000, 10_000) == told
    assert late(8_000, 10_000, 800, 10_000, share=20) == told


def test_from_ten_on_a_count_is_large_enough() -> None:
    assert remarks(evidence([Said(UNIT, {DOCTORS: 100})], past(10, code=DOCTORS))) == [
        (f"{UNIT}.xlsx", at(DOCTORS), "SLIP_AGAINST_HISTORY")
    ]


@pytest.mark.parametrize(
    ("now", "before", "is_slip"),
    [("1.25", "12.5", True), ("1.2", "12.5", False), ("5", "0.5", False), ("0.955", "95", True), ("95", "0.95", True)],
)
def test_decimals_slip_where_the_digits_agree_or_a_share_stands_for_percent(
    now: str, before: str, is_slip: bool
) -> None:
    row = line(PEOPLE, kind=FieldKind.NUMBER, unit="%")
    seen = evidence([Said(UNIT, {PEOPLE: Decimal(now)})], past(Decimal(before)), lines={PEOPLE: row})
    assert remarks(seen) == (SLIP if is_slip else [])


def test_the_message_shows_both_numbers_and_proposes_the_mended_one() -> None:
    """Proposed, never applied."""
    (remark,) = findings(evidence([Said(UNIT, {PEOPLE: 125_000})], past(12_400)))
    assert message(remark).startswith(
        "Số 125.000 gấp khoảng 10 lần số 12.400 mà đơn vị đã báo cáo kỳ 6 tháng đầu năm 2026."
    )
    assert "(có thể phải gõ 12500)" in message(remark)
    assert remark.value == "125000"


def test_no_half_person_is_proposed() -> None:
    (remark,) = findings(evidence([Said(UNIT, {PEOPLE: 125_007})], past(12_400)))
    assert "có thể phải gõ" not in message(remark)
    (remark,) = findings(evidence([Said(UNIT, {PEOPLE: 1_250})], past(12_400)))
    assert "chỉ bằng khoảng một phần 10 của số 12.400" in message(remark)
    assert "(có thể phải gõ 12500)" in message(remark)


# --- cumulative numbers ------------------------------------------------------------------------

ISLAND = load_plan("kien-hai")
GROWING = {PEOPLE: line(PEOPLE, cumulative=True)}


def fell(now: int, before: int, this: Period, earlier: Period) -> list[tuple[str, str, str]]:
    memory = remembered(earlier, [Said(UNIT, {PEOPLE: before})])
    return remarks(evidence([Said(UNIT, {PEOPLE: now})], (memory,), period=this, lines=GROWING))


FELL = [(f"{UNIT}.xlsx", at(PEOPLE), "CUMULATIVE_FELL")]


@pytest.mark.parametrize(("this", "earlier"), [("2026-Y", "2026-H1"), ("2026-H1", "2026-Q1"), ("2026-H1", "2026-Q2")])
def test_a_cumulative_number_cannot_fall_within_its_period(this: str, earlier: str) -> None:
    periods = parse_period(ISLAND, this), parse_period(ISLAND, earlier)
    assert fell(1_199, 1_200, *periods) == FELL
    assert fell(1_200, 1_200, *periods) == []


@pytest.mark.parametrize(
    ("this", "earlier"), [("2026-Q2", "2026-Q1"), ("2027-H1", "2026-Y"), ("2027-H1", "2026-H1"), ("2026-Q3", "2026-H1")]
)
def test_another_year_or_a_span_outside_says_nothing(this: str, earlier: str) -> None:
    assert fell(600, 1_200, parse_period(ISLAND, this), parse_period(ISLAND, earlier)) == []


def test_other_numbers_may_fall() -> None:
    assert remarks(evidence([Said(UNIT, {PEOPLE: 7_000})], past(12_500))) == []


def test_a_cumulative_number_is_held_beside_the_same_span_of_earlier_years() -> None:
    """A tenth of the last year is what a first quarter may well be; a tenth of the last first quarter is a slip."""
    quarter, last = parse_period(ISLAND, "2027-Q1"), parse_period(ISLAND, "2026-Q1")
    assert fell(1_250, 12_500, quarter, parse_period(ISLAND, "2026-Y")) == []
    assert fell(1_250, 12_500, quarter, last) == SLIP


def test_a_fall_shows_both_numbers_with_their_periods() -> None:
    (remark,) = findings(
        evidence([Said(UNIT, {PEOPLE: 1_100})], (remembered(HALF, [Said(UNIT, {PEOPLE: 1_200})]),), lines=GROWING)
    )
    assert "là 1.100, nhỏ hơn số 1.200 đã báo cáo kỳ 6 tháng đầu năm 2026" in message(remark)


def test_blocked_numbers_of_the_past_are_no_past() -> None:
    memory = remembered(HALF, [Said(UNIT, {PEOPLE: 12_500})])
    memory = replace(memory, indicator_entries=tuple(replace(e, blocked=True) for e in memory.indicator_entries))
    assert remarks(evidence([Said(UNIT, {PEOPLE: 125_000})], (memory,))) == []
