"""Puts a validation run and a plan together into one Consolidation: the value every output is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from consolidate.indicators import consolidate_indicators
from consolidate.model import Consolidation
from consolidate.past import past_periods
from consolidate.status import unit_statuses
from consolidate.tasks import consolidate_tasks
from plan.model import Period, Plan
from validation.model import Checked, Earlier, IndicatorEntry, Return, TaskEntry

_OfFile = TypeVar("_OfFile", Return, IndicatorEntry, TaskEntry)


def consolidate(
    plan: Plan, period: Period, as_of: datetime, checked: Checked, earlier: Sequence[Earlier] = ()
) -> Consolidation:
    """Compute both appendices and the reporting status from what has come in; `as_of` is in the plan's zone.

    `earlier` is what the ledger remembers of former periods, nearest first.
    """
    checked = _in_order(checked)
    past = past_periods(plan, earlier)
    return Consolidation(
        plan=plan,
        period=period,
        as_of=as_of,
        checked=checked,
        indicators=consolidate_indicators(plan, period, checked.indicator_entries, past),
        tasks=consolidate_tasks(plan, period, checked.task_entries, as_of.date(), past),
        statuses=unit_statuses(plan, period, checked),
        past=past,
    )


def _in_order(checked: Checked) -> Checked:
    """By file: whichever came to hand first, no output shows it."""
    return replace(
        checked,
        returns=_by_file(checked.returns),
        indicator_entries=_by_file(checked.indicator_entries),
        task_entries=_by_file(checked.task_entries),
        other_indicator_entries=_by_file(checked.other_indicator_entries),
        other_task_entries=_by_file(checked.other_task_entries),
    )


def _by_file(rows: Iterable[_OfFile]) -> tuple[_OfFile, ...]:
    return tuple(sorted(rows, key=attrgetter("file")))
