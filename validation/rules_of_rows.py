"""Rules across the cells of one indicator row that no column schema can state, and of a row beside its population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from plan.layout import is_required
from plan.model import FieldKind
from plan.words import ATTAINED, DataState, fold
from validation.coerce_cell import show
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import At, Finding
from validation.reading import ReadCell

_SLACK = Decimal("1.05")  # a population is a year old, and people move
# Units of measure of which nobody is counted twice and all live there; visits, doctors and patients are none of them.
_PEOPLE = frozenset({"nguoi", "nguoi dan", "tre", "tre em", "phu nu", "ho", "ho gia dinh"})


def place(cell: ReadCell) -> At:
    """Return where the value of `cell` stands."""
    return At(cell.sheet, cell.cell, cell.unit, cell.line.indicator.code, cell.line.field.name)


def attained_without_evidence(seen: Evidence) -> Iterator[Finding]:
    """An indicator reported as "Đạt" whose evidence cell is blank deserves a second look."""
    evidence = {(c.file, c.line.indicator.code): c for c in seen.cells if c.line.field.name == "evidence"}
    for cell in seen.cells:
        if cell.line.field.name != "attained" or cell.value != ATTAINED:
            continue
        proof = evidence.get((cell.file, cell.line.indicator.code))
        if proof is not None and not proof.given and proof.state is not DataState.NOT_APPLICABLE:
            yield finding("ATTAINED_WITHOUT_EVIDENCE", proof.file, place(proof))


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


def population_exceeded(seen: Evidence) -> Iterator[Finding]:
    """More people than live there, by more than a twentieth; of a row's numbers the largest is named."""
    people = {u.id: u.population for u in seen.plan.units if u.population is not None}
    largest: dict[tuple[str, str], tuple[Decimal, ReadCell]] = {}
    for cell in seen.cells if people else ():
        field, row = cell.line.field, (cell.file, cell.line.indicator.code)
        if cell.unit not in people or field.kind is not FieldKind.COUNT or fold(field.unit) not in _PEOPLE:
            continue
        if isinstance(cell.value, Decimal) and (row not in largest or cell.value > largest[row][0]):
            largest[row] = (cell.value, cell)
    for number, cell in largest.values():
        population = people[cell.unit]
        if number > population * _SLACK:
            facts = {"typed": show(number), "measure": cell.line.field.unit, "population": str(population)}
            yield finding("POPULATION_EXCEEDED", cell.file, place(cell), show(number), facts)
