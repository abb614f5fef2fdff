"""Where everything stands on "Xu hướng", and which periods and figures it shows: nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate.model import Consolidation, IndicatorResult
from consolidate.past import Compared, compared_periods
from plan.model import Period

FIXED = (("TT", 44), ("Chỉ tiêu", 300), ("Đơn vị tính", 64))
MOST = 8  # periods on paper, this one among them
A_LINE = 3  # charts side by side
TOP = 3  # the first row under title and note


@dataclass(frozen=True, slots=True)
class TrendPlaces:
    """0-based columns by period id and by comparison, rows of the figures by indicator code; units stand below them."""

    head_row: int
    periods: Mapping[str, int]
    compared: Mapping[Compared, int]
    rows: Mapping[str, int]


def trend_places(run: Consolidation) -> TrendPlaces:
    """Say where each figure stands; nothing when no earlier period is stored."""
    if not run.past:
        return TrendPlaces(TOP, {}, {}, {})
    shown, compared = [p.id for p in shown_periods(run)], compared_periods(run)
    first_change = len(FIXED) + len(shown)
    head_row = TOP + -(-len(lined(run)) // A_LINE) + bool(run.tasks)
    return TrendPlaces(
        head_row,
        {period: column for column, period in enumerate(shown, len(FIXED))},
        {which: column for column, which in enumerate(compared, first_change)},
        {r.indicator.code: head_row + 1 + 2 * number for number, r in enumerate(shown_results(run))},
    )


def shown_results(run: Consolidation) -> tuple[IndicatorResult, ...]:
    """The rows of the sheet: an indicator that shows another's figure has none."""
    return tuple(r for r in run.indicators if not r.indicator.same_as)


def shown_periods(run: Consolidation) -> tuple[Period, ...]:
    """The periods shown, oldest first."""
    return (*(past.period for past in reversed(run.past[: MOST - 1])), run.period)


def results_over(run: Consolidation, code: str) -> list[IndicatorResult]:
    """The figure in every shown period, oldest first."""
    now = next(r for r in run.indicators if r.indicator.code == code)
    return [*(past.indicators[code] for past in reversed(run.past[: MOST - 1])), now]


def lined(run: Consolidation) -> list[list[IndicatorResult]]:
    """The figures, oldest first, of every indicator that has one in two periods."""
    found = (results_over(run, r.indicator.code) for r in shown_results(run))
    return [results for results in found if sum(1 for then in results if then.value is not None) > 1]
