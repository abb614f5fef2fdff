"""Rules across the cells of one indicator row that no column schema can state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plan.layout import is_required
from plan.words import ATTAINED, DataState
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import At, Finding
from validation.reading import ReadCell


def attained_without_evidence(seen: Evidence) -> Iterator[Finding]:
    """An indicator reported as "Đạt" whose evidence cell is blank deserves a second look."""
    evidence = {(c.file, c.line.indicator.code): c for c in seen.cells if c.line.field.name == "evidence"}
    for cell in seen.cells:
        if cell.line.field.name != "attained" or cell.value != ATTAINED:
            continue
        proof = evidence.get((cell.file, cell.line.indicator.code))
        if proof is not None and not proof.given and proof.state is not DataState.NOT_APPLICABLE:
            at = At(proof.sheet, proof.cell, proof.unit, proof.line.indicator.code, "evidence")
            yield finding("ATTAINED_WITHOUT_EVIDENCE", proof.file, at)


def partly_not_applicable(seen: Evidence) -> Iterator[Finding]:
    """A ratio whose one half "does not apply" would vanish from the figure and from the list of the missing."""
    rows: dict[tuple[str, str], list[ReadCell]] = defaultdict(list)
    for cell in seen.cells:
        if is_required(cell.line.field):
            rows[cell.file, cell.line.indicator.code].append(cell)
    for row in rows.values():
        out = [c for c in row if c.state is DataState.NOT_APPLICABLE]
        if out and len(out) < len(row) and all(c.explanation for c in out):  # without a reason that is told first
            first = out[0]
            at = At(first.sheet, first.state_cell, first.unit, first.line.indicator.code, first.line.field.name)
            yield finding("PARTLY_NOT_APPLICABLE", first.file, at)
