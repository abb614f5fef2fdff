"""What a leader is told of an indicator: the verdict in its own word, one reason to look at it, nothing left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from consolidate.model import TARGET_VERDICT_WORDS, Coverage, CoverageBasis, IndicatorResult, TargetVerdict
from consolidate.workbook.attention import Notice, by_attention, judged_text, notice
from plan.model import Comparator, Target
from tests.consolidate.workbook_case import full_run


def result(code: str) -> IndicatorResult:
    return next(r for r in full_run().indicators if r.indicator.code == code)


def share(of: IndicatorResult, part: int) -> IndicatorResult:
    return replace(of, coverage=Coverage(CoverageBasis.UNITS, Fraction(part, 100)), reached=None)


def held(comparator: Comparator, milestone: int, value: int) -> IndicatorResult:
    """A figure of `value` that has missed the share of this year's target for the period."""
    target = Target(2026, comparator, Decimal(10))
    missed = replace(share(result("ATTAINED"), 100), target=target, targets=(target,), on_track=False)
    return replace(missed, milestones=(Fraction(milestone),), value=Fraction(value), verdict=TargetVerdict.NOT_YET_DUE)


def test_an_indicator_wants_attention_for_its_gravest_reason_only() -> None:
    known = share(result("ATTAINED"), 100)
    cases = (
        (result("CONFLICT"), Notice.CONFLICT),
        (replace(known, verdict=TargetVerdict.NOT_REACHED, on_track=False), Notice.NOT_REACHED),
        (replace(known, on_track=False, reached=False), Notice.BEHIND),
        (replace(known, reached=False), Notice.BELOW),
        (replace(known, value=None), Notice.NO_FIGURE),
        (share(known, 89), Notice.LOW_COVERAGE),
        (share(known, 90), None),
        (replace(known, value=None, verdict=TargetVerdict.NOT_APPLICABLE), None),
        (share(result("SINGLE_2045"), 10), None),
    )
    assert [notice(r, 2026) for r, _ in cases] == [reason for _, reason in cases]
    assert known.target is not None
    later = replace(known, reached=False, target=replace(known.target, year=2030))
    assert notice(later, 2026) is None
    assert notice(replace(known, reached=False), 2025) is None


def test_the_gravest_come_first_and_no_row_is_left_out() -> None:
    """A figure that is shown again for a later year wants nothing of its own: it comes last."""
    found = by_attention(full_run().indicators, 2026)
    reasons = [reason or 99 for _, reason in found]
    assert reasons == sorted(reasons)
    codes = [r.indicator.code for r, _ in found]
    assert (codes[0], codes[-1]) == ("CONFLICT", "SINGLE_2045")
    assert len(codes) == len(full_run().indicators)


@pytest.mark.parametrize(
    ("comparator", "value", "reason", "said"),
    [
        (Comparator.AT_MOST, 6, Notice.EXCEEDED, "Chưa đến hạn (2026); vượt mức của kỳ này"),
        (Comparator.AT_LEAST, 4, Notice.BEHIND, "Chưa đến hạn (2026); chậm so với mốc của kỳ này"),
    ],
)
def test_more_than_allowed_is_no_delay(comparator: Comparator, value: int, reason: Notice, said: str) -> None:
    missed = held(comparator, 5, value)
    assert notice(missed, 2026) is reason
    assert judged_text(missed, reason) == said


def test_of_two_bounds_the_one_that_is_missed_is_named_and_both_are_shown() -> None:
    low, high = (Target(2026, sign, Decimal(n)) for sign, n in ((Comparator.AT_LEAST, 8), (Comparator.AT_MOST, 10)))
    between = replace(held(Comparator.AT_LEAST, 4, 3), targets=(low, high), milestones=(Fraction(4), Fraction(5)))
    assert notice(between, 2026) is Notice.BEHIND
    above = replace(between, value=Fraction(6))
    assert notice(above, 2026) is Notice.EXCEEDED
    assert "; mục tiêu ≥\N{NO-BREAK SPACE}8% và ≤\N{NO-BREAK SPACE}10%" in judged_text(above, Notice.EXCEEDED)


def test_every_sentence_begins_with_the_word_of_its_verdict() -> None:
    for one in full_run().indicators:
        said = judged_text(one, notice(one, 2026))
        assert said.split(";")[0].split(" (")[0] == TARGET_VERDICT_WORDS[one.verdict]
    assert judged_text(result("CONFLICT"), Notice.CONFLICT) == "Chưa đủ số liệu; số liệu mâu thuẫn"
    silent = replace(share(result("ATTAINED"), 0), value=None, included=(), verdict=TargetVerdict.NOT_ENOUGH_DATA)
    assert judged_text(silent, Notice.NO_FIGURE) == "Chưa đủ số liệu"  # the figure beside it is a dash already


def test_what_is_missing_is_told_by_what_the_coverage_is_measured_by() -> None:
    """Units to which it does not apply are no part of the whole; what does not apply has no year either."""
    few = replace(
        share(result("ATTAINED"), 50),
        expected=("a", "b", "c"),
        included=("a",),
        missing=("b",),
        not_applicable=("c",),
        verdict=TargetVerdict.NOT_YET_DUE,
    )
    assert few.target is not None
    few = replace(few, target=replace(few.target, year=2030))
    low = Notice.LOW_COVERAGE
    assert judged_text(few, low) == "Chưa đến hạn (2030); mới có 1/2 đơn vị, 1 không áp dụng"
    people = replace(few, coverage=Coverage(CoverageBasis.POPULATION, Fraction(8812, 10_000)))
    assert judged_text(people, low) == "Chưa đến hạn (2030); mới có 88,1% dân số"
    assert judged_text(replace(few, verdict=TargetVerdict.NOT_APPLICABLE), None) == "Không áp dụng"


def test_a_figure_that_is_rounded_onto_its_bound_is_shown_as_fine_as_it_takes() -> None:
    near = replace(share(result("RATIO"), 100), value=Fraction(94_996, 1000), finer=3, estimated=False)
    assert judged_text(replace(near, verdict=TargetVerdict.NOT_REACHED), None) == "Chưa đạt (2026); đúng là 94,996%"
