"""Which indicators a leader has to look at first, and why: one reason each, the gravest.

A choice of what to show on top and nothing more: verdict, milestone and coverage are those of the result, and the
verdict keeps its own word. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

from consolidate.coverage import COVERAGE_WORDS
from consolidate.indicators import meets
from consolidate.model import (
    CONFLICT_FIGURE,
    NO_FIGURE,
    TARGET_VERDICT_WORDS,
    CoverageBasis,
    IndicatorResult,
    TargetVerdict,
)
from consolidate.rounding import rounded, vietnamese
from consolidate.spelled import bound, joined, measured
from plan.model import Comparator
from plan.shown import shown_unit

_ENOUGH = Fraction(9, 10)  # of population, denominator or units, whatever the coverage is measured by
_LEAST_SHARE = Decimal("0.1")  # percent: what is there is never printed as nothing
_UPPER = (Comparator.AT_MOST, Comparator.BELOW)
_OF_A_YEAR = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED, TargetVerdict.NOT_YET_DUE)


class Notice(IntEnum):
    """Why an indicator wants attention, the gravest first."""

    CONFLICT = 1
    NOT_REACHED = 2
    EXCEEDED = 3
    BEHIND = 4
    BELOW = 5
    NO_FIGURE = 6
    LOW_COVERAGE = 7


NOTICE_RULE = (
    "Chỉ tiêu cần chú ý (ô tô nền): số liệu mâu thuẫn; chưa đạt; vượt mức hoặc chậm so với mốc của kỳ này; tạm tính "
    "chưa đạt mục tiêu đến hết năm; chưa có số liệu; số liệu có được dưới "
    f"{_ENOUGH.numerator * 100 // _ENOUGH.denominator}% (theo dân số, mẫu số hoặc số đơn vị)."
)


def notice(result: IndicatorResult, year: int) -> Notice | None:
    """Return the gravest reason to look at `result` in a period of `year`, None where there is none.

    A row that shows another's figure repeats none of its reasons: only its own target can be missed.
    """
    target, share = result.target, result.coverage.share
    asked = not result.indicator.same_as and result.verdict is not TargetVerdict.NOT_APPLICABLE
    reasons = {
        Notice.CONFLICT: asked and bool(result.conflicts),
        Notice.NOT_REACHED: result.verdict is TargetVerdict.NOT_REACHED,
        Notice.EXCEEDED: result.on_track is False and _is_exceeded(result),
        Notice.BEHIND: result.on_track is False,
        Notice.BELOW: result.reached is False and target is not None and target.year <= year,
        Notice.NO_FIGURE: asked and result.value is None,
        Notice.LOW_COVERAGE: asked and share is not None and share < _ENOUGH,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _is_exceeded(result: IndicatorResult) -> bool:
    """True for a figure above what it must stay below by the end of the period."""
    value, pairs = result.value, zip(result.targets, result.milestones, strict=False)
    return value is not None and any(t.comparator in _UPPER and not meets(value, t, share) for t, share in pairs)


def by_attention(results: Sequence[IndicatorResult], year: int) -> tuple[tuple[IndicatorResult, Notice | None], ...]:
    """All results with their reasons, those that want attention first, the gravest first, then in printed order.

    A row that shows another's figure comes last unless it has a reason of its own.
    """
    judged = [(r, notice(r, year)) for r in results]
    return tuple(sorted(judged, key=lambda f: f[1] or len(Notice) + 1 + bool(f[0].indicator.same_as)))


def judged_text(result: IndicatorResult, reason: Notice | None) -> str:
    """The verdict in its word, with the year of a target that it speaks of; then the reason and what else to know."""
    word = TARGET_VERDICT_WORDS[result.verdict]
    if result.target is not None and result.verdict in _OF_A_YEAR:
        word = f"{word} ({result.target.year})"
    return "; ".join(filter(None, (word, _reason_text(result, reason), *_further(result))))


def _reason_text(result: IndicatorResult, reason: Notice | None) -> str:
    nothing = "" if result.verdict is TargetVerdict.NOT_ENOUGH_DATA else NO_FIGURE.lower()
    return {
        None: "",
        Notice.CONFLICT: CONFLICT_FIGURE.lower(),
        Notice.NOT_REACHED: "",
        Notice.EXCEEDED: "vượt mức của kỳ này",
        Notice.BEHIND: "chậm so với mốc của kỳ này",
        Notice.BELOW: "tạm tính chưa đạt",
        Notice.NO_FIGURE: nothing,
        Notice.LOW_COVERAGE: f"mới có {_covered_text(result)}",
    }[reason]


def _covered_text(result: IndicatorResult) -> str:
    """How much of those who should be in the figure are in it: "7/8 đơn vị", "88,1% dân số"."""
    basis, share = result.coverage.basis, result.coverage.share
    percent = rounded(None if share is None else 100 * share, 1)
    if basis is CoverageBasis.UNITS or percent is None:
        aside = len(result.not_applicable)
        excused = f", {aside} không áp dụng" if aside else ""
        return f"{len(result.included)}/{len(result.expected) - aside} đơn vị{excused}"
    return f"{vietnamese(max(percent, _LEAST_SHARE))}% {COVERAGE_WORDS[basis]}"


def _further(result: IndicatorResult) -> list[str]:
    """A second bound of the year, the figure where its decimals hide on which side of a bound it lies, estimates."""
    said = []
    indicator, unit = result.indicator, shown_unit(result.indicator)
    if len(result.targets) > 1:
        said.append(
            f"mục tiêu {joined([bound(t.comparator, t.value, indicator.measure, unit) for t in result.targets])}"
        )
    if result.finer is not None and (finer := rounded(result.value, result.finer)) is not None:
        said.append(f"đúng là {measured(vietnamese(finer), unit)}")
    return [*said, *(["ước"] if result.estimated else [])]
