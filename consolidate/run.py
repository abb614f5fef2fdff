"""Puts a validation run and a plan together into one Consolidation: the value every output is made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consolidate.indicators import consolidate_indicators
from consolidate.model import Consolidation
from consolidate.past import past_periods
from consolidate.status import unit_statuses
from consolidate.tasks import consolidate_tasks
from plan.model import Period, Plan
from validation.model import Checked, Earlier


def consolidate(
    plan: Plan, period: Period, as_of: datetime, checked: Checked, earlier: Sequence[Earlier] = ()
) -> Consolidation:
    """Compute both appendices and the reporting status from what has come in; `as_of` is in the plan's zone.

    `earlier` is what the ledger remembers of former periods, nearest first.
    """
    past = past_periods(plan, earlier)
    return Consolidation(
        plan=plan,
        period=period,
        as_of=as_of,
        checked=checked,
        indicators=consolidate_indicators(plan, period, checked.indicator_entries, past),
        tasks=consolidate_tasks(plan, period, checked.task_entries, as_of.date()),
        statuses=unit_statuses(plan, period, checked),
        past=past,
    )
