"""Values as the ledger stores them, and back, without loss: what goes in comes out equal.

Units write anything. PostgreSQL takes no NUL and neither database a lone surrogate, so these are spelled out behind
the sign ␛, as ␛0000. Pure; it must not know of tables or databases.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from plan.model import Role
from plan.words import DataState, TaskStatus
from validation.model import IndicatorEntry, TaskEntry

_UNSTORABLE = re.compile("[\0\ud800-\udfff\u241b]")
_STATES = {state.value: state for state in DataState}
_STATUSES = {status.value: status for status in TaskStatus}
_SPELLED = re.compile("\u241b([0-9A-F]{4})")

CellRow = tuple[str, str, str | None, bool, str | None, str, str, str, bool]
TaskRow = tuple[
    str, str, str, str | None, str | None, str, str, str | None, str, str, str, str, str, bool
]  # both without receipt and line, in the order of their tables


def storable(text: str) -> str:
    """Return `text` as both databases take it; ordinary text is unchanged."""
    return _UNSTORABLE.sub(lambda found: f"\u241b{ord(found[0]):04X}", text)


def as_it_was(text: str) -> str:
    """Undo `storable`."""
    return _SPELLED.sub(lambda found: chr(int(found[1], 16)), text) if "\u241b" in text else text


def moment_text(moment: datetime) -> str:
    """Return an aware moment in UTC; texts of this one length sort as the moments do."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # within a day of the year 1 or 9999
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="microseconds")


def moment_of(text: str, zone: tzinfo | None) -> datetime:
    """Undo `moment_text`, in `zone`."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def receipt_id(plan_id: str, period_id: str, file: str, sha256: str) -> str:
    """Return the name of the receipt of these bytes under this path: the same in every database."""
    said = json.dumps([plan_id, period_id, file, sha256])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def entries_digest(cells: Sequence[CellRow], tasks: Sequence[TaskRow]) -> str:
    """Return what tells one reading of a file from another; "" of a file of which nothing was read."""
    return hashlib.sha256(json.dumps([cells, tasks]).encode()).hexdigest() if cells or tasks else ""


def cell_row(e: IndicatorEntry) -> CellRow:
    """Return the columns of one cell of Appendix 1."""
    value = e.value
    return (
        storable(e.row),
        storable(e.field),
        None if value is None else str(value) if isinstance(value, Decimal) else storable(value),
        isinstance(value, Decimal),
        e.state.value if e.state else None,
        storable(e.explanation),
        storable(e.sheet),
        storable(e.cell),
        e.blocked,
    )


def cell_entry(file: str, unit: str, stored: CellRow) -> IndicatorEntry:
    """Undo `cell_row`."""
    row, field, value, is_number, state, explanation, sheet, cell, blocked = stored
    return IndicatorEntry(
        file=file,
        unit=unit,
        row=as_it_was(row),
        field=as_it_was(field),
        value=None if value is None else Decimal(value) if is_number else as_it_was(value),
        state=_STATES[state] if state else None,
        explanation=as_it_was(explanation),
        sheet=as_it_was(sheet),
        cell=as_it_was(cell),
        blocked=blocked,
    )


def task_row(e: TaskEntry) -> TaskRow:
    """Return the columns of one row of Appendix 2."""
    return (
        storable(e.row),
        e.role.value,
        storable(e.scope),
        e.status.value if e.status else None,
        None if e.progress is None else str(e.progress),
        storable(e.result),
        storable(e.document_number),
        e.document_date.isoformat() if e.document_date else None,
        storable(e.difficulties),
        storable(e.proposals),
        storable(e.explanation),
        storable(e.sheet),
        json.dumps(dict(e.cells)),
        e.blocked,
    )


def task_entry(file: str, unit: str, stored: TaskRow) -> TaskEntry:
    """Undo `task_row`."""
    row, role, scope, status, progress, result, number, day, difficulties, proposals, why, sheet, cells, blocked = (
        stored
    )
    return TaskEntry(
        file=file,
        unit=unit,
        row=as_it_was(row),
        role=Role(role),
        scope=as_it_was(scope),
        status=_STATUSES[status] if status else None,
        progress=None if progress is None else Decimal(progress),
        result=as_it_was(result),
        document_number=as_it_was(number),
        document_date=date.fromisoformat(day) if day else None,
        difficulties=as_it_was(difficulties),
        proposals=as_it_was(proposals),
        explanation=as_it_was(why),
        sheet=as_it_was(sheet),
        cells=json.loads(cells),
        blocked=blocked,
    )
