"""The door of `explain`: how one figure came about, for the whole plan or one unit's part of it, and by which cells.

Looks up what is meant and hands on; the explaining is in the modules beside it. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from consolidate.explain.indicator import explain_indicator
from consolidate.explain.model import Explanation
from consolidate.explain.task import explain_task
from consolidate.explain.versions import versions_of
from consolidate.model import Consolidation, IndicatorResult
from plan.model import Indicator, PlanError, Unit
from plan.naming import row_named, unit_named


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One cell of one file below the period's inputs."""

    file: str
    sheet: str
    cell: str


def explain(run: Consolidation, code: str, unit: str | None = None) -> Explanation:
    """Explain the figure of the row named by `code` (code, printed number), or the part of the unit named by `unit`.

    Raises PlanError with the near ones where the row or the unit is not of the plan, or the unit not of the row.
    """
    row = row_named(run.plan, code)
    whole = explain_indicator(run, row) if isinstance(row, Indicator) else explain_task(run, row)
    if unit is None:
        return whole
    found = unit_named(run.plan, unit)
    shares = tuple(s for s in whole.shares if s.unit == found.id)
    left_out = tuple(x for x in whole.left_out if x.unit == found.id)
    beside = tuple(s for s in whole.beside if s.unit == found.id)
    if not (shares or left_out or beside) and found.id not in _concerned(whole):
        raise PlanError(_not_concerned(whole, found))
    source = next((i for i in run.plan.indicators if isinstance(row, Indicator) and i.code == row.same_as), row)
    return replace(
        whole,
        unit=found.id,
        unit_name=found.name,
        shares=shares,
        left_out=left_out,
        beside=beside,
        files=tuple(r for r in run.checked.returns if r.file in {s.file for s in (*shares, *beside)}),
        versions=versions_of(run, found.id, source),
    )


def _concerned(whole: Explanation) -> tuple[str, ...]:
    result = whole.result
    return result.expected if isinstance(result, IndicatorResult) else tuple(p.unit for p in result.parts)


def _not_concerned(whole: Explanation, unit: Unit) -> str:
    what = "không phải báo cáo chỉ tiêu" if whole.is_indicator else "không chủ trì, không phối hợp nhiệm vụ"
    return f"{unit.name} ({unit.id}) {what} {whole.code}: {whole.title}"


def cells(explanation: Explanation) -> tuple[Place, ...]:
    """Return exactly the input cells whose change can change the figure, each alone, sorted.

    The figure is what stands for the row in the outputs. Of an indicator: the exact value, numerator and denominator,
    the mark "ước", and which units are in it, missing, not applicable or in contradiction. Of a task: status,
    progress, how many leads report which status, and overdue, due or at risk by them. Not the texts beside it, not
    the notes on other rows (sub-tasks that are open), not earlier periods.

    A change is one cell of a return that counts holding another answer, or none, or a first one: for a number any
    number within its bounds (a percentage 0 to 100), for a choice another choice; for "Loại số liệu", where it holds
    more than the usual "chính thức", any other kind. Which file counts stays as it is, and so does which rows are
    blocked by an error: what to mend in those stands at the units left out (`LeftOut.findings`), and mending it is
    the matter of another validation. Cells that would have to change together, as the two blanks of a ratio, are no
    part of this and stand with their unit too. With `unit` only the cells of that unit.
    """
    behind = [s.cells for s in (*explanation.shares, *explanation.beside)] + [x.cells for x in explanation.left_out]
    return tuple(sorted({Place(c.file, c.sheet, c.cell) for found in behind for c in found if c.decides}))
