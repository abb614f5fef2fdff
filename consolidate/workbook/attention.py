"""Which indicators a leader has to look at first, and why: one reason each, the gravest.

A choice of what to show on top and nothing more: verdict, milestone and coverage are those of the result. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction

from consolidate.model import TARGET_VERDICT_WORDS, IndicatorResult, TargetVerdict
from consolidate.workbook.canvas import NO_FIGURE
from consolidate.workbook.goals import CONFLICT

_ENOUGH = Fraction(9, 10)  # of population, denominator or units, whatever the coverage is measured by


class Notice(IntEnum):
    """Why an indicator wants attention, the gravest first."""

    CONFLICT = 1
    NOT_REACHED = 2
    BEHIND = 3
    BELOW = 4
    NO_FIGURE = 5
    LOW_COVERAGE = 6


NOTICE_WORDS: dict[Notice, str] = {
    Notice.CONFLICT: CONFLICT,
    Notice.NOT_REACHED: TARGET_VERDICT_WORDS[TargetVerdict.NOT_REACHED],
    Notice.BEHIND: "Chậm so với mốc kỳ này",
    Notice.BELOW: "Tạm tính chưa đạt",
    Notice.NO_FIGURE: NO_FIGURE,
    Notice.LOW_COVERAGE: "Thiếu số liệu",
}
NOTICE_RULE = (
    "Chỉ tiêu cần chú ý (ô tô nền): số liệu mâu thuẫn; chưa đạt; chậm so với mốc của kỳ; tạm tính chưa đạt mục tiêu "
    f"đến hết năm; chưa có số liệu; số liệu có được dưới {_ENOUGH.numerator * 100 // _ENOUGH.denominator}% "
    "(theo dân số, mẫu số hoặc số đơn vị)."
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
        Notice.BEHIND: result.on_track is False,
        Notice.BELOW: result.reached is False and target is not None and target.year <= year,
        Notice.NO_FIGURE: asked and result.value is None,
        Notice.LOW_COVERAGE: asked and share is not None and share < _ENOUGH,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def by_attention(results: Sequence[IndicatorResult], year: int) -> tuple[tuple[IndicatorResult, Notice | None], ...]:
    """The results with their reasons, those that want attention first, the gravest first, then in printed order.

    A row that shows another's figure is left out unless it has a reason of its own.
    """
    judged = [(r, notice(r, year)) for r in results]
    found = [(r, reason) for r, reason in judged if reason is not None or not r.indicator.same_as]
    return tuple(sorted(found, key=lambda f: f[1] or len(Notice) + 1))
