"""All that the rules may look at: what was read from every return of the run, and what earlier periods said.

A value without judgement. Rules take it whole, because a number is believed beside its row, its peers and its past.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan.model import Period, Plan
from validation.model import Earlier
from validation.reading import ReadCell, ReadTask


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run. `received_at` maps every readable file to its moment; `earlier` is the nearest period first.

    A unit may have sent several files: rules that compare units take the latest of each (`latest_files`).
    """

    plan: Plan
    period: Period
    cells: Sequence[ReadCell]
    tasks: Sequence[ReadTask]
    received_at: Mapping[str, datetime]
    earlier: Sequence[Earlier]

    def latest_files(self) -> frozenset[str]:
        """The last file of each unit that was read, by moment and then by name."""
        units = {c.file: c.unit for c in self.cells} | {t.file: t.unit for t in self.tasks}
        latest: dict[str, str] = {}
        for file in sorted(units, key=lambda f: (self.received_at[f], f)):
            latest[units[file]] = file
        return frozenset(latest.values())
