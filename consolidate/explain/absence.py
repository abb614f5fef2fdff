"""Why a unit that should be in a figure is not: nothing came, the file or the row has an error, or a cell is blank.

Reads what validation found and decides nothing anew. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consolidate.explain.model import Absence, Cell, LeftOut
from consolidate.model import Consolidation
from validation.model import Finding, Return, Severity


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a return in which an answer was looked for: its code and the sheet on which it should stand."""

    code: str
    sheet: str


def absent(run: Consolidation, unit: str, row: Row, cells: Sequence[Cell], *, blocked: bool) -> LeftOut:
    """Return why `unit` has no part in the row's figure; `cells` are what its return that counts says on the row."""
    shown = next((s.shown for s in run.statuses if s.unit.id == unit), None)
    why = _why(shown, cells, blocked=blocked)
    return LeftOut(
        unit=unit,
        name=unit_name(run, unit),
        why=why,
        file=shown.file if shown else "",
        reason=_gone(run, unit) if shown is None else "",
        cells=with_unread(run, cells),
        findings=() if shown is None or why is Absence.EMPTY else _errors(run, shown, row, why),
    )


def with_unread(run: Consolidation, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells, those that hold nothing usable with what stands there: "khoảng 500" is no blank."""
    found = {
        (f.file, f.sheet, f.cell): f.value
        for f in run.checked.findings
        if f.severity is Severity.ERROR and f.cell and f.value.strip()
    }
    return tuple(
        replace(c, unread=found.get((c.file, c.sheet, c.cell), "")) if c.value is None and not c.is_kind else c
        for c in cells
    )


def _gone(run: Consolidation, unit: str) -> str:
    files = [r.file for r in run.gone if r.unit == unit]
    return f"đã từng nhận {', '.join(files)}, nay không còn trong thư mục nhận" if files else ""


def unit_name(run: Consolidation, unit: str) -> str:
    """The name of a unit, or its id where the plan does not know it."""
    return next((u.name for u in run.plan.units if u.id == unit), unit)


def _why(shown: Return | None, cells: Sequence[Cell], *, blocked: bool) -> Absence:
    if shown is None:
        return Absence.NO_RETURN
    if not shown.counts:
        return Absence.UNUSABLE
    if not cells:
        return Absence.NO_ROW
    return Absence.BLOCKED if blocked else Absence.EMPTY


def _errors(run: Consolidation, shown: Return, row: Row, why: Absence) -> tuple[Finding, ...]:
    """The errors of the row; where it was never read, those of its sheet and of the whole file."""
    errors = [f for f in run.checked.findings if f.file == shown.file and f.severity is Severity.ERROR]
    own = tuple(f for f in errors if f.row == row.code)
    wide = tuple(f for f in errors if not f.row and f.sheet in ("", row.sheet))
    if why is Absence.BLOCKED:
        return own
    return wide or own or tuple(errors[:1])
