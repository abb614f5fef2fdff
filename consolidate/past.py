"""What earlier periods came to, and how a figure has changed since: the previous period, the same one last year.

Earlier periods are put together anew from the values in the ledger, by the plan of today, so that a trend follows
one rule throughout. A change between figures of different units is said to be one. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from consolidate.indicators import closes_year, consolidate_indicators, meets
from consolidate.model import Consolidation, IndicatorResult, OverallStatus, PastPeriod, TaskResult
from consolidate.rounding import rounded
from consolidate.tasks import consolidate_tasks
from plan.model import Period, Plan, Target
from plan.period import previous_period
from validation.model import Earlier


class Compared(StrEnum):
    """With which earlier period a figure is compared."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


COMPARED_WORDS: dict[Compared, str] = {
    Compared.PREVIOUS: "kỳ trước",
    Compared.LAST_YEAR: "cùng kỳ năm trước",
}


@dataclass(frozen=True, slots=True)
class Change:
    """The figure of an earlier period and this one's minus it, both in the indicator's unit of measure.

    The difference is that of the figures as printed, so that whoever subtracts on paper comes to the same.
    `same_units` tells whether both figures are of the same units; if not, part of the change is who reported.
    """

    compared: Compared
    period: Period
    value: Fraction
    difference: Fraction
    same_units: bool


@dataclass(frozen=True, slots=True)
class PastTarget:
    """A target whose year is over, and the figure of the stored period that closed it; None where none is stored."""

    target: Target
    period: Period | None
    value: Fraction | None
    included: int
    expected: int
    reached: bool | None


@dataclass(frozen=True, slots=True)
class TaskBefore:
    """What was last known of a task: its status and progress in the nearest stored period that knew one."""

    period: Period
    status: OverallStatus
    progress: Fraction | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A figure in one period; `value` is None where there was none."""

    period: Period
    value: Fraction | None
    included: int
    expected: int
    estimated: bool


def past_periods(plan: Plan, earlier: Sequence[Earlier]) -> tuple[PastPeriod, ...]:
    """Put every earlier period together as it stood on its last day, in the order given (nearest first)."""
    return tuple(_past_period(plan, e) for e in earlier)


def _past_period(plan: Plan, earlier: Earlier) -> PastPeriod:
    known = {u.id for u in plan.units}  # a unit that has been merged away is in no figure of today's plan
    indicators = consolidate_indicators(plan, earlier.period, earlier.indicator_entries)
    tasks = consolidate_tasks(plan, earlier.period, earlier.task_entries, earlier.period.last)
    return PastPeriod(
        period=earlier.period,
        indicators={r.indicator.code: r for r in indicators},
        tasks={r.task.code: r for r in tasks},
        reported=len(known & ({e.unit for e in earlier.indicator_entries} | {e.unit for e in earlier.task_entries})),
    )


def compared_periods(run: Consolidation) -> dict[Compared, PastPeriod]:
    """Return the stored periods with which this one is compared; one that is both is the same period last year."""
    found: dict[Compared, PastPeriod] = {}
    before = previous_period(run.plan, run.period)
    for past in run.past:
        if past.period.kind == run.period.kind and past.period.year == run.period.year - 1:
            found[Compared.LAST_YEAR] = past
        elif before is not None and past.period.id == before.id:
            found[Compared.PREVIOUS] = past
    return {c: found[c] for c in Compared if c in found}


def changes(run: Consolidation, result: IndicatorResult) -> tuple[Change, ...]:
    """Return how `result` differs from the previous period and the same one last year, as far as both have figures.

    Figures that do not measure the same are not subtracted: see `_is_like`.
    """
    found = []
    for compared, past in compared_periods(run).items():
        then = past.indicators.get(result.indicator.code)
        if then is None or then.value is None or result.value is None or not _is_like(run, past, result):
            continue
        same = set(then.included) == set(result.included)
        now, before = (Fraction(rounded(v, result.indicator.decimals) or 0) for v in (result.value, then.value))
        found.append(Change(compared, past.period, then.value, now - before, same))
    return tuple(found)


def _is_like(run: Consolidation, past: PastPeriod, result: IndicatorResult) -> bool:
    """Half a year is not held against the whole of the last where the figure starts at nothing every year.

    Nor are units with four doctors against units with five.
    """
    same_span = past.period.year == run.period.year or past.period.kind == run.period.kind
    same_threshold = past.indicators[result.indicator.code].threshold == result.threshold
    return same_threshold and (same_span or not result.indicator.prorated)


def past_targets(run: Consolidation, result: IndicatorResult) -> tuple[PastTarget, ...]:
    """Return the targets of years that are over, oldest first: a later one that is not yet due must not hide them."""
    over = sorted((t for t in result.indicator.targets if t.year < run.period.year), key=lambda t: t.year)
    return tuple(_past_target(run, result, target) for target in over if target not in result.targets)


def _past_target(run: Consolidation, result: IndicatorResult, target: Target) -> PastTarget:
    closing = (p for p in run.past if p.period.year == target.year and closes_year(p.period))
    past = next(closing, None)
    then = past.indicators.get(result.indicator.code) if past else None
    if past is None or then is None or then.value is None:
        return PastTarget(target, None, None, 0, 0, None)
    return PastTarget(
        target, past.period, then.value, len(then.included), len(then.expected), meets(then.value, target)
    )


def before(run: Consolidation, result: TaskResult) -> TaskBefore | None:
    """Return what the nearest stored period knew of a task; None where none had reports enough."""
    for past in run.past:
        then = past.tasks.get(result.task.code)
        if then is not None and then.status is not OverallStatus.NOT_ENOUGH_REPORTS:
            return TaskBefore(past.period, then.status, then.progress)
    return None


def trend(run: Consolidation, result: IndicatorResult) -> tuple[TrendPoint, ...]:
    """Return the figure of `result` in every stored period and this one, oldest first."""
    points = [
        _point(past.period, past.indicators[result.indicator.code])
        for past in reversed(run.past)
        if result.indicator.code in past.indicators
    ]
    return (*points, _point(run.period, result))


def _point(period: Period, result: IndicatorResult) -> TrendPoint:
    return TrendPoint(period, result.value, len(result.included), len(result.expected), result.estimated)
