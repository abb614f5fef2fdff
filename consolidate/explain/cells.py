"""Which input cells a row of Appendix 1 rests on, unit by unit, and which of them can move its figure alone.

Mirrors the conditions of consolidate.indicators without computing a figure; tests hold the two together by changing
every answer and looking. What "the figure" and "a change" are is said in consolidate.explain.cells. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from consolidate.explain.model import Cell
from consolidate.model import IndicatorResult
from plan.model import Field, FieldKind, Indicator
from plan.words import DataState
from validation.model import IndicatorEntry

Answers = Mapping[str, IndicatorEntry]  # field name -> entry, of one unit and row

_ASIDE = "evidence"  # says nothing of whether the row applies (consolidate.indicators)


def answers_on(row: str, entries: Sequence[IndicatorEntry]) -> dict[str, dict[str, IndicatorEntry]]:
    """Return unit id -> what it answers on the row of that code."""
    found: dict[str, dict[str, IndicatorEntry]] = defaultdict(dict)
    for entry in entries:
        if entry.row == row:
            found[entry.unit][entry.field] = entry
    return dict(found)


def row_cells(source: Indicator, answers: Answers, result: IndicatorResult | None = None) -> tuple[Cell, ...]:
    """Return the cells of one unit's answers in the order of the plan's fields, each number before its kind.

    `source` is the row that units answer. Without `result` none of them decides: a file that does not count.
    """
    cells: list[Cell] = []
    for field in source.fields:
        entry = answers.get(field.name)
        if entry is None:
            continue
        cells.append(
            _cell(entry, field, decides=result is not None and _number_decides(source, field, answers, result))
        )
        if entry.state_cell:
            decides = result is not None and _kind_decides(entry, answers, result)
            cells.append(_cell(entry, field, decides=decides, is_kind=True))
    return tuple(cells)


def _cell(entry: IndicatorEntry, field: Field, *, decides: bool, is_kind: bool = False) -> Cell:
    return Cell(
        unit=entry.unit,
        field=field.name,
        label=field.label,
        value=None if is_kind else entry.value,
        state=entry.state,
        file=entry.file,
        sheet=entry.sheet,
        cell=entry.state_cell if is_kind else entry.cell,
        is_kind=is_kind,
        decides=decides,
    )


def _number_decides(source: Indicator, field: Field, answers: Answers, result: IndicatorResult) -> bool:
    """A needed cell of a unit in the figure does; of one outside only a blank that alone keeps it out."""
    entry = answers[field.name]
    if entry.unit in result.included:
        return field.required or field.kind is not FieldKind.TEXT
    if entry.unit not in result.missing:
        return False
    lacking = [f.name for f in source.fields if f.required and not _is_usable(answers.get(f.name))]
    return lacking == [field.name] and not entry.blocked


def _is_usable(entry: IndicatorEntry | None) -> bool:
    return entry is not None and entry.value is not None and not entry.blocked


def _kind_decides(entry: IndicatorEntry, answers: Answers, result: IndicatorResult) -> bool:
    """One kind takes its unit out of the figure or brings it back, unless another cell of the row takes it out too.

    That of a remark can only mark the figure as "ước", where no other cell does.
    """
    if entry.field == _ASIDE:
        others = [e for f in result.figures for e in f.entries if (e.unit, e.field) != (entry.unit, entry.field)]
        return entry.unit in result.included and all(e.state is not DataState.ESTIMATE for e in others)
    others = [e for e in answers.values() if e.field not in (_ASIDE, entry.field) and not e.blocked]
    out_anyway = any(e.state is DataState.NOT_APPLICABLE for e in others)
    return not entry.blocked and not out_anyway and entry.unit in result.expected
