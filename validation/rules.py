"""Rules across the cells of a row that no column schema can state: one small function each.

RULES is the visible ordered list; every rule takes what was read from all returns and yields findings.
Nothing here reads files or decides severities (validation/message_table.py does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plan.words import ATTAINED, DataState
from validation.messages import finding
from validation.model import At, Finding
from validation.reading import ReadCell


def attained_without_evidence(cells: Sequence[ReadCell]) -> Iterator[Finding]:
    """An indicator reported as "Đạt" whose evidence cell is blank deserves a second look."""
    evidence = {(c.file, c.line.indicator.code): c for c in cells if c.line.field.name == "evidence"}
    for cell in cells:
        if cell.line.field.name != "attained" or cell.value != ATTAINED:
            continue
        proof = evidence.get((cell.file, cell.line.indicator.code))
        if proof is not None and not proof.given and proof.state is not DataState.NOT_APPLICABLE:
            at = At(proof.sheet, proof.cell, proof.unit, proof.line.indicator.code)
            yield finding("ATTAINED_WITHOUT_EVIDENCE", proof.file, at)


RULES: tuple[Callable[[Sequence[ReadCell]], Iterator[Finding]], ...] = (attained_without_evidence,)
