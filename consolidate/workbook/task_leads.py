"""Where each office in the lead stands with each of its tasks: the rows below a task of "Phụ lục 2" with several leads.

The status of a lead is that of its own reports, by the rule of consolidate.tasks. The counts by lead in "Tóm tắt" are
formulas over these rows, and over the row of the task itself where one lead has it alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate.model import OVERALL_STATUS_WORDS, Consolidation, OverallStatus, TaskPart, TaskResult
from consolidate.tallies import parts_of
from consolidate.tasks import status_of
from consolidate.workbook.task_texts import mark_of
from plan.model import Plan
from plan.shown import names_of

_OWN = "theo báo cáo của đơn vị"  # behind the status of one lead, which no count of tasks may take for that of the task
LEADS_RULE = (
    "Nhiệm vụ có nhiều đơn vị chủ trì: dòng in nghiêng bên dưới là tình trạng của từng đơn vị, nhóm đơn vị, "
    f"ghi “({_OWN})”."
)


@dataclass(frozen=True, slots=True)
class Lead:
    """One unit or group that leads a task: its parts and its own status of it."""

    ref: str
    label: str
    scope: str
    result: TaskResult
    parts: tuple[TaskPart, ...]
    status: OverallStatus

    @property
    def mark(self) -> str:
        """Why the task is pressing for this lead, "" where it is not."""
        return mark_of(self.result, self.status)

    @property
    def own_text(self) -> str:
        """Its status as its own row shows it."""
        return f"{OVERALL_STATUS_WORDS[self.status]} ({'; '.join(filter(None, (_OWN, self.mark)))})"


def leads_of(plan: Plan, result: TaskResult) -> tuple[Lead, ...]:
    """The leads of a task as the plan names them: units, and groups as one."""
    found = []
    for ref, name in names_of(plan, [a.ref for a in result.task.leads]).items():
        parts = parts_of(plan, ref, result)
        scope = "; ".join(dict.fromkeys(a.scope for a in result.task.leads if a.ref == ref and a.scope))
        found.append(Lead(ref, name, scope, result, parts, status_of(parts)))
    return tuple(found)


def status_searches(run: Consolidation, task_rows: Mapping[str, int]) -> dict[str, list[tuple[int, bool]]]:
    """Lead -> the Excel rows with its statuses, in order of first mention; True: a row of its own below the task's."""
    found: dict[str, list[tuple[int, bool]]] = {}
    for result in run.tasks:
        row = task_rows[result.task.code]
        leads = leads_of(run.plan, result)
        for at, lead in enumerate(leads, 1):
            own = len(leads) > 1
            found.setdefault(lead.ref, []).append((row + at if own else row, own))
    return found


def searched(word: str, *, mark: bool, own: bool) -> str:
    """The COUNTIF criterion for the status or mark that stands in cell `word`, on a task's or a lead's own row."""
    if own:
        return f'"*; "&{word}&")"' if mark else f'{word}&" ({_OWN}*"'
    return f'{word}&"*"' if mark else f'"*"&{word}'
