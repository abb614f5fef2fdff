"""All that the rules may look at: what was read from every return of the run, and what earlier periods said.

A value without judgement. Rules take it whole, because a number is believed beside its row, its peers and its past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan.model import Period, Plan
from validation.model import Earlier, Order
from validation.reading import ReadCell, ReadTask


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run. `received_at` maps every readable file to the moment of its receipt, `order` to its place among the
    files of its unit; `earlier` is the nearest period first.

    A unit may have sent several files: rules that compare units take the latest of each (`latest_files`).
    """

    plan: Plan
    period: Period
    cells: Sequence[ReadCell]
    tasks: Sequence[ReadTask]
    received_at: Mapping[str, datetime]
    order: Mapping[str, Order]
    earlier: Sequence[Earlier]

    def latest_files(self) -> frozenset[str]:
        """The last file of each unit that was read."""
        units = {c.file: c.unit for c in self.cells} | {t.file: t.unit for t in self.tasks}
        latest: dict[str, str] = {}
        for file in sorted(units, key=self.order.__getitem__):
            latest[units[file]] = file
        return frozenset(latest.values())
