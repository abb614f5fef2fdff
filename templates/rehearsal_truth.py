"""The truth about a rehearsal: what was typed, what it means, and which findings are due, as one JSON file.

Values only. Written for whoever checks the reader, so nothing of it may come from the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plan.layout import INDICATOR_SHEET, WorkbookLayout
from templates.rehearsal_scene import TASK_KEYS, Answers, Place, task_places

JsonCell = str | int | float | None
_WITHOUT_TEXT = ("status", "progress", "document_date")  # null when nothing stands there; texts are ""


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """One finding that is due. `sheet`, `cell` and `row` are "" for a fault of the whole file."""

    unit: str  # who sent the file; the file itself may not say so
    file: str
    sheet: str
    cell: str
    row: str  # indicator code without field, or task code
    code: str
    severity: str


@dataclass(frozen=True, slots=True)
class UnitTruth:
    """What one unit did. `file` is the file that counts, or the one that cannot be counted; "" when missing."""

    file: str
    received_at: str | None
    fate: str  # clean, odd, faulty, missing, unreadable
    late: bool
    oddity: str
    indicators: Mapping[str, Mapping[str, Mapping[str, JsonCell]]]
    tasks: Mapping[str, Mapping[str, JsonCell]]
    blocked_rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """A whole rehearsal. `files` maps every path below the returns folder to its SHA-256."""

    plan: str
    period: str
    seed: int
    deadline: str
    units: Mapping[str, UnitTruth]
    faults: tuple[PlantedFault, ...]
    files: Mapping[str, str]


def indicator_truth(layout: WorkbookLayout, answers: Answers) -> dict[str, dict[str, dict[str, JsonCell]]]:
    """Return typed, value (exact, as text), state and explanation by indicator code and field name."""
    truth: dict[str, dict[str, dict[str, JsonCell]]] = {}
    for row in layout.indicator_rows:
        value, state, explanation = (
            answers[Place(INDICATOR_SHEET, row.code, key)] for key in ("value", "state", "explanation")
        )
        typed = value.typed.isoformat() if isinstance(value.typed, date) else value.typed
        truth.setdefault(row.indicator.code, {})[row.field.name] = {
            "typed": typed,
            "value": value.meant,
            "state": state.meant,
            "explanation": explanation.meant or "",
        }
    return truth


def task_truth(layout: WorkbookLayout, answers: Answers) -> dict[str, dict[str, JsonCell]]:
    """Return the unit's role and the meaning of every input column by task code."""
    truth: dict[str, dict[str, JsonCell]] = {}
    for row in layout.task_rows:
        places = task_places(row.code)
        cells: dict[str, JsonCell] = {"role": row.role.value}
        for key in TASK_KEYS:
            meant = answers[places[key]].meant
            cells[key] = meant if key in _WITHOUT_TEXT else meant or ""
        truth[row.code] = cells
    return truth
