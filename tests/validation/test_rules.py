"""All rules together: each has its words, an ordinary province passes, and neither order nor size matters."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.rule_words import RULE_WORDS
from tests.validation.ruled import HALF, PEOPLE, PERIOD, Said, commune, evidence, findings, remarks, remembered
from validation.message_table import MESSAGES
from validation.messages_of_rules import RULE
from validation.model import Severity

PROVINCE = [commune(i) for i in range(20)]


def test_every_rule_that_can_be_eased_has_its_message_under_the_same_name() -> None:
    """What the plan's workbook offers by name is what the unit reads in its return."""
    assert {code: MESSAGES[code].title for code in RULE_WORDS} == RULE_WORDS


def test_the_messages_of_rules_can_all_be_eased_and_block_nobody() -> None:
    """A number that is only doubted never takes a row out."""
    assert set(RULE) <= set(RULE_WORDS)
    assert {entry.severity for entry in RULE.values()} == {Severity.WARNING}


def test_an_ordinary_province_passes_without_a_remark() -> None:
    assert remarks(evidence(PROVINCE)) == []


def test_an_ordinary_year_after_an_ordinary_half_passes_without_a_remark() -> None:
    """A tenth more of everything than in the first half, and quarter less a year before."""
    half = remembered(HALF, [grown(s, Decimal("0.9")) for s in PROVINCE])
    before = remembered(replace(PERIOD, id="2025-Y", year=2025), [grown(s, Decimal("0.75")) for s in PROVINCE])
    assert remarks(evidence(PROVINCE, (half, before))) == []


def grown(said: Said, factor: Decimal) -> Said:
    numbers = {code: Decimal(int(Decimal(str(n)) * factor)) for code, n in said.numbers.items()}
    return replace(said, numbers=numbers)


SLIPS = {"people": 120_000, "ehr": 900, "visits_of": 9_000_000}


@settings(max_examples=25, deadline=None)
@given(
    factor=st.integers(1, 900),
    order=st.permutations(range(14)),
    slips=st.dictionaries(st.integers(0, 13), st.sampled_from(sorted(SLIPS)), max_size=3),
)
def test_neither_the_order_of_units_nor_their_common_size_changes_what_is_found(
    factor: int, order: list[int], slips: dict[int, str]
) -> None:
    """Levels are relative: a province of any size, read in any order, is judged the same. (Small counts are not.)"""
    units = [commune(i, doctors=50, **({slips[i]: SLIPS[slips[i]]} if i in slips else {})) for i in range(14)]
    past = remembered(HALF, [commune(i, doctors=50) for i in range(14)])
    bigger = [grown(s, Decimal(factor)) for s in units]
    bigger_past = remembered(HALF, [grown(commune(i, doctors=50), Decimal(factor)) for i in range(14)])
    known = sorted(remarks(evidence(units, (past,))))
    assert sorted(remarks(evidence([units[i] for i in order], (past,)))) == known
    assert sorted(remarks(evidence(bigger, (bigger_past,)))) == known
    alone = sorted(remarks(evidence(units)))
    assert sorted(remarks(evidence([bigger[i] for i in order]))) == alone


def test_a_rule_finds_the_same_twice() -> None:
    """Nothing depends on the order of a set or on a former run."""
    seen = evidence([*PROVINCE[:-1], commune(19, people=419_270)])
    assert findings(seen) == findings(seen) != []


@pytest.mark.parametrize("number", [Decimal(0), Decimal(-5), None, "Đạt"])
def test_what_is_no_positive_number_stops_no_rule(number: Decimal | str | None) -> None:
    """Zeros have no logarithm, faults no value: other rules have told them."""
    odd = Said(PROVINCE[0].unit, dict.fromkeys(PROVINCE[0].numbers, number))
    seen = evidence([odd, *PROVINCE[1:]], (remembered(HALF, [odd]), remembered(HALF, PROVINCE)))
    assert all(cell != PEOPLE for _, cell, _ in remarks(seen))
