"""Where everything stands on "Xu hướng", and which periods and figures it shows: nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """0-based columns by period id and by comparison, rows of the figures by indicator code.

    Below each figure stand its units, and a row for each bound of its targets (`bounds` by code).
    """

    head_row: int
    periods: Mapping[str, int]
    compared: Mapping[Compared, int]
    rows: Mapping[str, int]
    bounds: Mapping[str, int]
    end: int  # the row after the last indicator


def trend_places(run: Consolidation) -> TrendPlaces:
    """Say where each figure stands; nothing when no earlier period is stored."""
    if not run.past:
        return TrendPlaces(TOP, {}, {}, {}, {}, TOP)
    shown, compared = [p.id for p in shown_periods(run)], compared_periods(run)
    first_change = len(FIXED) + len(shown)
    head_row = TOP + -(-len(lined(run)) // A_LINE) + bool(run.tasks)
    rows: dict[str, int] = {}
    bounds: dict[str, int] = {}
    row = head_row + 1
    for code in (r.indicator.code for r in shown_results(run)):
        rows[code], bounds[code] = row, max(len(then.targets) for then in results_over(run, code))
        row += 2 + bounds[code]
    return TrendPlaces(
        head_row,
        {period: column for column, period in enumerate(shown, len(FIXED))},
        {which: column for column, which in enumerate(compared, first_change)},
        rows,
        bounds,
        row,
    )


def shown_results(run: Consolidation) -> tuple[IndicatorResult, ...]:
    """The rows of the sheet: an indicator that shows another's figure has one only where its numbers differ."""
    return tuple(r for r in run.indicators if source_code(run, r) == r.indicator.code)


def source_code(run: Consolidation, result: IndicatorResult) -> str:
    """The indicator in whose row the figures of `result` stand: its own, or that of which they are the same numbers.

    Another target can ask for another threshold, another row for other decimals: then the changes are its own, too.
    """
    code, source = result.indicator.code, result.indicator.same_as
    if not source or all(_alike(own, other) for own, other in _pairs(run, code, source)):
        return source or code
    return code


def _pairs(run: Consolidation, code: str, source: str) -> Iterator[tuple[IndicatorResult, IndicatorResult]]:
    for results in ({r.indicator.code: r for r in run.indicators}, *(past.indicators for past in run.past)):
        yield results[code], results[source]


def _alike(own: IndicatorResult, other: IndicatorResult) -> bool:
    return all(
        (
            own.indicator.decimals == other.indicator.decimals,
            own.indicator.prorated == other.indicator.prorated,
            own.threshold == other.threshold,
        )
    )


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
