"""The pandera schemas of the two long tables, and the only importer of pandera in this room.

All rows of all returns stand in one frame per table, so pandera runs twice a run and never per file
(a frame costs 6-8 ms whatever its size). Columns arrive already coerced; `coerce=True` is never used,
because one typed text would hide every other failure of its column. Importing this module costs half
a second (pandera), so validation/check.py does it only when there are rows to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
import pandera.pandas as pa

from plan.layout import is_required
from plan.model import FieldKind
from plan.words import STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from validation.messages import finding
from validation.model import At, Finding
from validation.reading import ReadCell, ReadTask
from validation.rules_of_documents import EARLIEST_DOCUMENT, says_nothing

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class _Failure:
    """A check that failed at one row of a frame."""

    code: str
    index: int


def check_cells(cells: Sequence[ReadCell]) -> list[Finding]:
    """Check every Appendix 1 cell of every return: one row per cell, one pandera run.

    Frame columns: value, minimum, maximum, partner (float, NaN where none); required, given,
    has_reason, is_numerator, is_denominator, is_choice, partner_faulty (bool: the denominator is told apart);
    state (str, "" when blank).
    """
    if not cells:
        return []
    frame = pd.DataFrame(_cell_columns(cells))
    by_code = {(c.file, c.line.code): c for c in cells}
    return [_cell_finding(f, cells, by_code) for f in _failures(_cell_schema(), frame)]


def check_tasks(tasks: Sequence[ReadTask], received_on: dict[str, date]) -> list[Finding]:
    """Check every Appendix 2 row of every return: one row per unit and task, one pandera run.

    `received_on` maps files to the local day they came, which no document can be younger than. Frame
    columns: progress, day, latest (float, NaN where none; days as ordinals); status (str); has_status,
    has_progress (bool: the cell is not blank), has_result (bool: result or document says something).
    """
    if not tasks:
        return []
    frame = pd.DataFrame(_task_columns(tasks, received_on))
    return [_task_finding(f, tasks, received_on) for f in _failures(_task_schema(), frame)]


def _float(value: object) -> float:
    return float(value) if isinstance(value, Decimal | int) else _NAN


def _cell_columns(cells: Sequence[ReadCell]) -> dict[str, list[object]]:
    values = {(c.file, c.line.code): c.value for c in cells}
    typed_zeros = {(c.file, c.line.code) for c in cells if c.value == 0 and c.state is not DataState.NOTHING}
    names = [c.line.field.name for c in cells]
    return {
        "value": [_float(c.value) for c in cells],
        "minimum": [_float(c.line.field.minimum) for c in cells],
        "maximum": [_float(c.line.field.maximum) for c in cells],
        "partner": [_float(values.get((c.file, denominator_code(c)))) for c in cells],
        "partner_faulty": [(c.file, denominator_code(c)) in typed_zeros for c in cells],
        "required": [is_required(c.line.field) for c in cells],
        "given": [c.given for c in cells],
        "has_reason": [any(x.isalnum() for x in c.explanation) for c in cells],
        "is_numerator": [n.endswith("numerator") for n in names],
        "is_denominator": [n.endswith("denominator") for n in names],
        "is_choice": [c.line.field.kind is FieldKind.CHOICE for c in cells],
        "state": [c.state.value if c.state else "" for c in cells],
    }


def denominator_code(cell: ReadCell) -> str:
    """The code of the denominator that belongs to a numerator cell, "" for every other cell."""
    code = cell.line.code
    return code.removesuffix("numerator") + "denominator" if code.endswith("numerator") else ""


def _cell_schema() -> pa.DataFrameSchema:
    """Each check is named by the code of its finding and holds for every row of the frame."""
    nothing, not_applicable = DataState.NOTHING.value, DataState.NOT_APPLICABLE.value
    silent = (nothing, not_applicable)
    return pa.DataFrameSchema(
        {
            **{name: pa.Column(float, nullable=True) for name in ("value", "minimum", "maximum", "partner")},
            **{name: pa.Column(bool) for name in ("required", "given", "has_reason", "partner_faulty")},
            "state": pa.Column(str, pa.Check.isin(["", *(s.value for s in DataState)])),
        },
        checks=[
            _check("BELOW_MINIMUM", lambda d: ~(d["value"] < d["minimum"])),
            _check("ABOVE_MAXIMUM", lambda d: ~(d["value"] > d["maximum"])),
            _check("REQUIRED_MISSING", lambda d: ~d["required"] | d["given"] | d["state"].isin(silent)),
            _check("NO_REASON", lambda d: ~d["required"] | (d["state"] != not_applicable) | d["has_reason"]),
            _check(
                "STATE_WITH_VALUE",
                lambda d: (
                    ~d["required"]
                    | ~d["given"]
                    | ~d["state"].isin(silent)
                    | ((d["state"] == nothing) & (d["value"].eq(0) | d["is_choice"]))
                ),
            ),
            _check("STATE_FOR_CHOICE", lambda d: ~d["is_choice"] | (d["state"] != nothing)),
            _check(
                "NUMERATOR_EXCEEDS_DENOMINATOR",
                lambda d: ~d["is_numerator"] | ~(d["value"] > d["partner"]) | d["partner_faulty"],
            ),
            _check("DENOMINATOR_ZERO", lambda d: ~d["is_denominator"] | ~d["value"].eq(0) | (d["state"] == nothing)),
        ],
    )


def _task_columns(tasks: Sequence[ReadTask], received_on: dict[str, date]) -> dict[str, list[object]]:
    days = [t.document_date for t in tasks]
    return {
        "status": [t.status.value if t.status else "" for t in tasks],
        "progress": [_float(t.progress) for t in tasks],
        "day": [float(d.toordinal()) if d else _NAN for d in days],
        "latest": [float(received_on[t.file].toordinal()) for t in tasks],
        "has_status": ["status" in t.given for t in tasks],
        "has_progress": ["progress" in t.given for t in tasks],
        "has_result": [_has_result(t) for t in tasks],
    }


def _has_result(task: ReadTask) -> bool:
    """A dash or "không" is no result; a cell that could not be read is told of otherwise."""
    written = {"result": task.result, "document_number": task.document_number}
    return any(key in task.given and not (text and says_nothing(text)) for key, text in written.items())


def _task_schema() -> pa.DataFrameSchema:
    done, doing, idle = TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, (TaskStatus.NOT_STARTED, TaskStatus.NOTHING)
    return pa.DataFrameSchema(
        {
            "status": pa.Column(str, pa.Check.isin(["", *(s.value for s in TaskStatus)])),
            **{name: pa.Column(float, nullable=True) for name in ("progress", "day", "latest")},
            **{name: pa.Column(bool) for name in ("has_status", "has_progress", "has_result")},
        },
        checks=[
            _check("STATUS_MISSING", lambda d: d["has_status"]),
            _check("PROGRESS_MISSING", lambda d: d["has_progress"] | ~d["status"].isin([done.value, doing.value])),
            _check("BELOW_MINIMUM", lambda d: ~(d["progress"] < 0)),
            _check("ABOVE_MAXIMUM", lambda d: ~(d["progress"] > 100)),
            _check(
                "COMPLETED_NOT_100",
                lambda d: (d["status"] != done.value) | d["progress"].isna() | (d["progress"] >= 100),
            ),
            _check("HUNDRED_NOT_COMPLETED", lambda d: (d["status"] != doing.value) | ~d["progress"].eq(100)),
            _check(
                "NOT_STARTED_WITH_PROGRESS",
                lambda d: ~d["status"].isin([s.value for s in idle]) | ~(d["progress"] > 0),
            ),
            _check("COMPLETED_WITHOUT_RESULT", lambda d: (d["status"] != done.value) | d["has_result"]),
            _check(
                "DATE_IMPLAUSIBLE",
                lambda d: ~(d["day"] > d["latest"]) & ~(d["day"] < float(EARLIEST_DOCUMENT.toordinal())),
            ),
        ],
    )


def _check(code: str, holds: Callable[[pd.DataFrame], pd.Series[bool]]) -> pa.Check:
    return pa.Check(holds, name=code, ignore_na=False)


def _failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> list[_Failure]:
    """Validate lazily and fold pandera's records: a wide check reports every column of a failing row.

    A record without a row (a missing column, a wrong dtype) is a bug of this module, not of a return,
    and is raised as pandera gave it.
    """
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as broken:
        cases = broken.failure_cases
        if cases["index"].isna().any():
            raise
        pairs: Iterable[tuple[str, int]] = zip(cases["check"], cases["index"], strict=True)
        return [_Failure(code, index) for code, index in sorted({(str(c), int(i)) for c, i in pairs})]
    return []


def _cell_finding(failure: _Failure, cells: Sequence[ReadCell], by_code: Mapping[tuple[str, str], ReadCell]) -> Finding:
    cell = cells[failure.index]
    at = {"NO_REASON": cell.explanation_cell, "STATE_FOR_CHOICE": cell.state_cell}.get(failure.code, cell.cell)
    field = cell.line.field
    facts = {"typed": shown(cell.value), "label": field.label}
    if failure.code in ("BELOW_MINIMUM", "ABOVE_MAXIMUM"):
        facts["limit"] = shown(field.minimum if failure.code == "BELOW_MINIMUM" else field.maximum)
    if failure.code == "STATE_WITH_VALUE" and cell.state:
        facts["state"] = STATE_WORDS[cell.state]
    if failure.code == "NUMERATOR_EXCEEDS_DENOMINATOR":
        partner = by_code[(cell.file, denominator_code(cell))]
        facts |= {
            "limit": shown(partner.value),
            "numerator_label": field.label,
            "denominator_label": partner.line.field.label,
        }
    place = At(cell.sheet, at, cell.unit, cell.line.indicator.code, field.name)
    return finding(failure.code, cell.file, place, shown(cell.value), facts)


_TASK_CELLS = {
    "STATUS_MISSING": "status",
    "HUNDRED_NOT_COMPLETED": "status",
    "COMPLETED_WITHOUT_RESULT": "result",
    "DATE_IMPLAUSIBLE": "document_date",
}


def _task_finding(failure: _Failure, tasks: Sequence[ReadTask], received_on: dict[str, date]) -> Finding:
    task = tasks[failure.index]
    key = _TASK_CELLS.get(failure.code, "progress")
    status = STATUS_WORDS[task.status] if task.status else ""
    typed = {"status": status, "progress": shown(task.progress)}.get(key, "")
    facts = {"typed": typed, "status": status, "limit": "0" if failure.code == "BELOW_MINIMUM" else "100"}
    if failure.code == "DATE_IMPLAUSIBLE" and task.document_date:
        facts["typed"] = typed = f"{task.document_date:%d/%m/%Y}"
        late = task.document_date > received_on[task.file]
        facts["why"] = "sau ngày gửi báo cáo" if late else f"trước năm {EARLIEST_DOCUMENT.year}"
    at = At(task.sheet, task.cells[key], task.unit, task.line.code)
    return finding(failure.code, task.file, at, typed, facts)


def shown(value: object) -> str:
    """Write a value as it would be typed: decimal comma, no grouping; "" for None."""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return "" if value is None else str(value)
