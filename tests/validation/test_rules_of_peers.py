"""A number beside those of like units: slips where they stand, far percentages, and much that is let be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from plan.model import Plan
from plan.words import DataState
from tests.validation.ruled import (
    COMMUNES,
    COVERED,
    DOCTORS,
    EHR,
    EHR_OF,
    HALF,
    LINES,
    PEOPLE,
    PLAN,
    VISITS,
    VISITS_OF,
    Said,
    at,
    commune,
    evidence,
    findings,
    percent_line,
    remarks,
    remembered,
)
from validation.messages import message

OTHERS = [commune(i) for i in range(1, 16)]


def told(odd: Said, others: Sequence[Said] = OTHERS, plan: Plan = PLAN) -> list[tuple[str, str]]:
    """(cell, code) of what is found in the odd return; the others must pass without a remark."""
    found = remarks(evidence([odd, *others], plan=plan))
    assert {file for file, _, _ in found} <= {odd.name}
    return [(cell, code) for _, cell, code in found]


# --- slips -------------------------------------------------------------------------------------

SLIP = "SLIP_AGAINST_PEERS"


@pytest.mark.parametrize(
    ("numbers", "cell"),
    [
        ({"ehr": 666}, EHR),  # of 6660 a tenth
        ({"ehr": 67}, EHR),
        ({"ehr_of": 90_000}, EHR_OF),
        ({"people": 900_000}, PEOPLE),
        ({"covered": 792}, COVERED),
        ({"visits_of": 54_000}, VISITS_OF),
    ],
)
def test_a_half_that_slipped_is_found_where_it_stands(numbers: dict[str, int], cell: str) -> None:
    """The percentage is 10 or 100 times off, and the other half is in line with the unit's size: one finding."""
    assert told(commune(0, **numbers)) == [(at(cell), SLIP)]


def test_both_halves_that_slipped_together_are_told_once() -> None:
    """The percentage is right, but everybody else's numbers are a thousand times as large."""
    assert told(commune(0, ehr=7, ehr_of=9)) == []  # a handful proves nothing
    assert told(commune(0, ehr=66_600, ehr_of=90_000)) == [(at(EHR), SLIP)]


def test_a_whole_return_in_thousands_is_told_in_each_row_and_a_small_commune_is_not() -> None:
    """A commune of an island has few of everything; none is a thousand times smaller than the others."""
    small = {code: int(str(n)) // 12 for code, n in commune(0).numbers.items() if code != DOCTORS}
    assert told(Said(COMMUNES[0], small)) == []
    large = {code: int(str(n)) * 1000 for code, n in commune(16).numbers.items() if code != DOCTORS}
    assert told(Said(COMMUNES[16], large)) == [(at(EHR), SLIP), (at(VISITS), SLIP), (at(COVERED), SLIP)]


def test_the_message_says_what_is_off_and_what_may_be_meant() -> None:
    (remark,) = findings(evidence([commune(0, ehr=666), *OTHERS]))
    text = message(remark)
    assert text.startswith("Với số 666, tỷ lệ tính ra là 7,4 %, chỉ bằng khoảng một phần 10 của mức thường thấy ở 15")
    assert "(có thể phải gõ 6660)" in text
    (remark,) = findings(evidence([commune(0, ehr=66_600, ehr_of=90_000), *OTHERS]))
    assert message(remark).startswith("Số 66.600 gấp khoảng 10 lần mức thường thấy ở 15 đơn vị cùng loại (khoảng ")


def test_eight_peers_are_wanted() -> None:
    """Fewer have no usual level; units of another kind are no peers."""
    odd = commune(0, ehr=666)
    assert told(odd, OTHERS[:7]) == []
    assert told(odd, OTHERS[:8]) == [(at(EHR), SLIP)]
    ward = next(u.id for u in PLAN.units if u.kind == "phường")
    assert told(replace(odd, unit=ward)) == []


def test_of_a_unit_with_several_files_the_last_one_is_its_peer() -> None:
    """Seven communes and a second file of one of them are still seven."""
    again = replace(OTHERS[0], file="ban-2.xlsx", late=1)
    assert told(commune(0, ehr=666), [*OTHERS[:7], again]) == []


def test_a_number_that_the_unit_reported_before_is_believed() -> None:
    """A commune with a hospital has ten times the visits, every period; a new tenfold is asked about once."""
    odd = commune(0, visits=12_600, visits_of=54_000)
    assert told(odd) == [(at(VISITS), SLIP)]
    memory = remembered(HALF, [replace(odd, numbers={VISITS: 4_200, VISITS_OF: 18_000})])
    assert remarks(evidence([odd, *OTHERS], (memory,))) == []
    memory = remembered(HALF, [replace(odd, numbers={VISITS: 4_199, VISITS_OF: 17_999})])
    assert remarks(evidence([odd, *OTHERS], (memory,))) == [(odd.name, at(VISITS), SLIP)]


def test_a_slip_against_the_own_past_is_told_as_that_alone() -> None:
    odd, memory = commune(0, ehr=666), remembered(HALF, [commune(0)])
    assert remarks(evidence([odd, *OTHERS], (memory,))) == [(odd.name, at(EHR), "SLIP_AGAINST_HISTORY")]


def test_a_row_on_which_many_units_are_off_is_no_row_of_slips() -> None:
    """Three may be; where four of nineteen are, the units differ in kind and the department must look itself."""
    many = [commune(i, visits=int(str(commune(i).numbers[VISITS])) // 10) for i in range(4)]
    others = [commune(i) for i in range(4, 20)]
    assert [cell for _, cell, _ in remarks(evidence([*many[:3], *others]))] == [at(VISITS)] * 3
    assert remarks(evidence([*many, *others])) == []


def test_where_all_populations_are_known_numbers_are_held_per_person() -> None:
    """Then a whole return that is ten times too small is seen, and a commune that is that small is not."""
    small = Said(COMMUNES[0], {code: int(str(n)) // 10 for code, n in commune(0).numbers.items() if code != DOCTORS})
    assert told(small, plan=populated(OTHERS, {COMMUNES[0]: 900})) == []
    seen = told(small, plan=populated(OTHERS, {COMMUNES[0]: 9_000}))
    assert seen == [(at(EHR), SLIP), (at(VISITS), SLIP), (at(COVERED), SLIP)]


def test_without_populations_a_unit_ten_times_as_large_is_believed() -> None:
    """The ward of a provincial capital has ten times the people of another, and ten times of all else."""
    city = Said(COMMUNES[9], {code: int(str(n)) * 10 for code, n in commune(9).numbers.items() if code != DOCTORS})
    others = [commune(i) for i in range(1, 16) if i != 9]
    assert told(city, others) == []
    seen = told(city, others, populated(others, {COMMUNES[9]: int(str(commune(9).numbers[PEOPLE]))}))
    assert {(at(EHR), SLIP), (at(VISITS), SLIP), (at(COVERED), SLIP)} <= {*seen}


def populated(others: Sequence[Said], more: dict[str, int | None]) -> Plan:
    known = {s.unit: int(str(s.numbers[PEOPLE])) for s in others} | more
    return replace(PLAN, units=tuple(replace(u, population=known.get(u.id)) for u in PLAN.units))


def test_a_small_count_is_no_slip() -> None:
    """All have 40 doctors but one has 4; of 400 and 40 one can speak, and of 300 where all have a few."""
    others = [commune(i, doctors=40 + i % 3) for i in range(1, 16)]
    assert told(commune(0, doctors=4), others) == []
    assert told(commune(0, doctors=400), others) == [(at(DOCTORS), SLIP)]
    assert told(commune(0, doctors=30)) == []
    assert told(commune(0, doctors=300)) == [(at(DOCTORS), SLIP)]


# --- percentages far away ----------------------------------------------------------------------


def shares(middle: int, odd: int, of: int = 10_000) -> list[Said]:
    """Fifteen communes near `middle` hundredths of a percent, nine of them on it, and one at `odd`."""
    away = (-120, -80, -40, 40, 80, 120, *[0] * 9)
    near = [Said(COMMUNES[i], {COVERED: (middle + a) * of // 10_000, PEOPLE: of}) for i, a in enumerate(away, start=1)]
    return [Said(COMMUNES[0], {COVERED: odd * of // 10_000, PEOPLE: of}), *near]


@pytest.mark.parametrize(("odd", "is_far"), [(7_000, False), (6_999, True), (9_500, False)])
def test_a_percentage_more_than_twenty_points_off_is_asked_about(odd: int, is_far: bool) -> None:
    """Around 90 %, with a median deviation far below four points."""
    found = remarks(evidence(shares(9_000, odd)))
    assert found == ([(f"{COMMUNES[0]}.xlsx", at(COVERED), "PEER_OUTLIER")] if is_far else [])


@pytest.mark.parametrize(("odd", "is_far"), [(1_500, False), (1_490, True)])
def test_where_units_differ_five_median_deviations_are_usual(odd: int, is_far: bool) -> None:
    """Half of the communes lie seven points from 50 %: 35 points are within reach, 35.1 are not."""
    near = [5_000 - 700, 5_000 + 700] * 4 + [5_000] * 7
    said = [Said(COMMUNES[i + 1], {COVERED: n, PEOPLE: 10_000}) for i, n in enumerate(near)]
    seen = evidence([Said(COMMUNES[0], {COVERED: odd, PEOPLE: 10_000}), *said])
    assert [code for _, _, code in remarks(seen)] == (["PEER_OUTLIER"] if is_far else [])


@pytest.mark.parametrize(("of", "count"), [(29, 0), (30, 1)])
def test_a_percentage_of_a_few_people_is_chance(of: int, count: int) -> None:
    odd = Said(COMMUNES[0], {COVERED: of // 2, PEOPLE: of})
    assert len(remarks(evidence([odd, *shares(9_000, 0, of=100)[1:]]))) == count


def test_a_confirmed_zero_is_not_doubted_and_a_typed_one_is() -> None:
    odd, *others = shares(9_000, 0)
    assert [code for _, _, code in remarks(evidence([odd, *others]))] == ["PEER_OUTLIER"]
    assert remarks(evidence([replace(odd, states={COVERED: DataState.NOTHING}), *others])) == []


def test_not_applicable_and_impossible_rows_are_left_to_other_rules() -> None:
    """No value, a numerator above its denominator, a denominator of nobody."""
    for numerator, denominator in ((None, None), (10_001, 1_000), (0, 0), (5, None)):
        odd = Said(COMMUNES[0], {COVERED: numerator, PEOPLE: denominator})
        assert told(odd, shares(9_000, 0)[1:]) == []


def test_a_rate_that_the_unit_reported_before_is_believed() -> None:
    """Within ten points of what it said last."""
    odd, *others = shares(9_000, 4_000)
    for earlier, count in ((3_000, 0), (2_999, 1)):
        memory = remembered(HALF, [replace(odd, numbers={COVERED: earlier, PEOPLE: 10_000})])
        assert len(remarks(evidence([odd, *others], (memory,)))) == count


@pytest.mark.parametrize(
    ("typed", "code"),
    [("74", []), ("69", ["PEER_OUTLIER"]), ("0.92", [SLIP]), ("9.2", [SLIP]), ("30", ["PEER_OUTLIER"])],
)
def test_a_typed_percentage_is_judged_like_a_computed_one(typed: str, code: list[str]) -> None:
    """A share typed for percent against the peers' percent is a slip of a hundred."""
    lines = {**LINES, PEOPLE: percent_line(PEOPLE)}
    others = [Said(COMMUNES[i], {PEOPLE: Decimal(90 + i % 4)}) for i in range(1, 12)]
    seen = evidence([Said(COMMUNES[0], {PEOPLE: Decimal(typed)}), *others], lines=lines)
    assert [(cell, c) for _, cell, c in remarks(seen)] == [(at(PEOPLE), c) for c in code]


def test_the_outlier_shows_its_percentage_and_theirs() -> None:
    (remark,) = findings(evidence(shares(9_000, 4_000)))
    assert message(remark).startswith(
        "Tỷ lệ 40 % khác xa mức thường thấy ở 15 đơn vị cùng loại (khoảng 90 %). Kiểm tra lại các số liệu"
    )
