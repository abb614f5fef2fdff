"""Which lines "Dữ liệu" holds: every value of the returns that count, one per line, made when it is written.

Which of them enter a figure is decided here and said in "Tính vào tổng": an indicator line counts when its
unit is in `IndicatorResult.included`, a task line when it belongs to an entry of `TaskResult.parts`
(the progress of a unit with "không phát sinh" aside, as in consolidate.tasks). It knows no cell and no sheet:
a whole country has a million lines, so they are counted first and never stand in memory together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeVar

from consolidate.model import Consolidation, IndicatorResult, TaskResult
from plan.cell_text import cell_text
from plan.layout import TASK_COLUMNS
from plan.model import FieldKind, Measure
from plan.shown import row_names
from plan.text_fit import shortened
from plan.words import ROLE_WORDS, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from validation.model import IndicatorEntry, TaskEntry

TASK_FIELDS = (
    "status",
    "progress",
    "result",
    "document_number",
    "document_date",
    "difficulties",
    "proposals",
    "explanation",
)
WEIGHT_FIELD = "weight"
_MOST_DIGITS = 300  # a double ends at 308
_LONGEST_NAME = 150
_TASK_LABELS = {column.key: column.heading for column in TASK_COLUMNS}
_Entry = TypeVar("_Entry", IndicatorEntry, TaskEntry)


class Line(NamedTuple):
    """One line in the order of the columns, those for readers first: what stood where, and whether it counts.

    `weight` repeats the unit's weight beside its value, so that a weighted mean needs no second look-up; `source`
    is the number of the file in "Nguồn".
    """

    unit_name: str
    row_name: str | None
    label: str | None
    role: str | None
    number: float | None
    text: str | None
    kind: str | None
    counted: int
    file: str
    sheet: str
    cell: str | None
    source: int | None
    unit: str
    appendix: int
    code: str
    field: str
    key: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class DataLines:
    """The lines by row code in printed order, Appendix 1 before Appendix 2, counted and not yet made.

    `first_of_unit` gives the code and the 0-based line within it at which each unit first stands.
    """

    counts: tuple[tuple[str, int], ...]
    first_of_unit: Mapping[str, tuple[str, int]]
    of_code: Mapping[str, Callable[[], Iterator[Line]]]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the lines repeat: names of units, rows and fields, and the numbers of files in "Nguồn"."""

    units: Mapping[str, str]
    rows: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]  # of (indicator, field)
    sources: Mapping[str, int]

    def unit(self, unit: str) -> str:
        return self.units.get(unit) or cell_text(unit)


def data_lines(run: Consolidation) -> DataLines:
    """Count the lines of `run`: by row code, then by unit in the plan's order, then by field."""
    words = _words(run)
    counts: list[tuple[str, int]] = []
    first: dict[str, tuple[str, int]] = {}
    made: dict[str, Callable[[], Iterator[Line]]] = {}

    def take(code: str, lines: Iterable[tuple[str, int]], make: Callable[[], Iterator[Line]]) -> None:
        total = 0
        for unit, count in lines:
            if count:
                first.setdefault(unit, (code, total))
            total += count
        if total:
            counts.append((code, total))
            made[code] = make

    numbers = _by_code(run.checked.indicator_entries)
    results = {r.indicator.code: r for r in run.indicators}
    order = {unit.id: place for place, unit in enumerate(run.plan.units)}
    for code in _in_order(results, numbers):
        cells = _sorted_numbers(numbers[code], results.get(code), order)
        take(
            code, ((e.unit, int(_stands(e))) for e in cells), partial(_indicator_lines, words, results.get(code), cells)
        )
    rows = _by_code(run.checked.task_entries)
    tasks = {r.task.code: r for r in run.tasks}
    for code in _in_order(tasks, rows):
        parts = _sorted_tasks(rows[code], tasks.get(code))
        take(code, ((e.unit, len(_task_values(e))) for e in parts), partial(_task_lines, words, tasks.get(code), parts))
    return DataLines(tuple(counts), first, made)


def _words(run: Consolidation) -> _Words:
    returns = (*run.checked.returns, *run.gone)
    labels = {(i.code, f.name): cell_text(f.label) for i in run.plan.indicators for f in i.fields}
    return _Words(
        units={unit.id: cell_text(unit.name) for unit in run.plan.units},
        rows={code: cell_text(shortened(name, _LONGEST_NAME)) for code, name in row_names(run.plan).items()},
        labels=labels,
        sources={r.file: n for n, r in reversed(list(enumerate(returns, 1)))},
    )


def _by_code(entries: Iterable[_Entry]) -> dict[str, list[_Entry]]:
    found: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.row].append(entry)
    return found


def _in_order(known: Iterable[str], found: Iterable[str]) -> list[str]:
    """The codes in `found`: those of the plan in its order, then what it no longer knows."""
    have, order = set(found), list(known)
    return [*(code for code in order if code in have), *sorted(have.difference(order))]


def _sorted_numbers(
    entries: list[IndicatorEntry], result: IndicatorResult | None, order: Mapping[str, int]
) -> tuple[IndicatorEntry, ...]:
    fields = {f.name: n for n, f in enumerate(result.indicator.fields)} if result else {}
    last, least = len(order), len(fields)
    return tuple(
        sorted(entries, key=lambda e: (order.get(e.unit, last), e.unit, fields.get(e.field, least), e.field, e.cell))
    )


def _sorted_tasks(entries: list[TaskEntry], result: TaskResult | None) -> tuple[TaskEntry, ...]:
    order = {part.unit: n for n, part in enumerate(result.parts)} if result else {}
    return tuple(sorted(entries, key=lambda e: (order.get(e.unit, len(order)), e.unit)))


def _stands(entry: IndicatorEntry) -> bool:
    """A cell has a line when something stands in it, or when it is said not to apply."""
    return entry.value not in (None, "") or entry.state is DataState.NOT_APPLICABLE


def _indicator_lines(
    words: _Words, result: IndicatorResult | None, entries: Sequence[IndicatorEntry]
) -> Iterator[Line]:
    included = frozenset(result.included) if result else frozenset()
    weighted = result is not None and result.indicator.measure is Measure.VALUE
    weights = {e.unit: e.value for e in entries if weighted and e.field == WEIGHT_FIELD}
    texts = {f.name for f in result.indicator.fields if f.kind is FieldKind.TEXT} if result else set()
    for entry in entries:
        if not _stands(entry):
            continue
        value = "" if entry.value is None else entry.value
        number, text = _typed(value)
        weight = weights.get(entry.unit) if entry.field != WEIGHT_FIELD and number is not None else None
        state = entry.state or DataState.OFFICIAL
        yield Line(
            unit=entry.unit,
            unit_name=words.unit(entry.unit),
            appendix=1,
            code=entry.row,
            field=entry.field,
            key=f"{entry.row}.{entry.field}",
            role=None,
            number=number,
            text=text,
            kind=None if entry.field in texts else STATE_WORDS[state],
            counted=int(value != "" and not entry.blocked and entry.unit in included),
            weight=float(weight) if isinstance(weight, Decimal) else None,
            file=cell_text(entry.file),
            sheet=cell_text(entry.sheet),
            cell=entry.cell or None,
            source=words.sources.get(entry.file),
            row_name=words.rows.get(entry.row),
            label=words.labels.get((entry.row, entry.field)),
        )


def _typed(value: Decimal | str) -> tuple[float | None, str | None]:
    """(number, text) of a value; a number that a sheet cannot hold is kept as text."""
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS:
        return float(value), None
    return None, cell_text(str(value)) or None


def _task_lines(words: _Words, result: TaskResult | None, entries: Sequence[TaskEntry]) -> Iterator[Line]:
    usable = {part.unit for part in result.parts if part.entry is not None} if result else set()
    for entry in entries:
        counted = not entry.blocked and entry.unit in usable
        for field, number, text in _task_values(entry):
            yield Line(
                unit=entry.unit,
                unit_name=words.unit(entry.unit),
                appendix=2,
                code=entry.row,
                field=field,
                key=f"{entry.row}.{field}",
                role=ROLE_WORDS[entry.role],
                number=None if number is None else float(number),
                text=cell_text(text) or None,
                kind=None,
                counted=int(counted and not (field == "progress" and entry.status is TaskStatus.NOTHING)),
                weight=None,
                file=cell_text(entry.file),
                sheet=cell_text(entry.sheet),
                cell=entry.cells.get(field) or None,
                source=words.sources.get(entry.file),
                row_name=words.rows.get(entry.row),
                label=_TASK_LABELS[field],
            )


def _task_values(entry: TaskEntry) -> list[tuple[str, Decimal | None, str]]:
    """(field, number, text) of everything that the row says."""
    found = []
    for field in TASK_FIELDS:
        number, text = _task_value(entry, field)
        if number is not None or text:
            found.append((field, number, text))
    return found


def _task_value(entry: TaskEntry, field: str) -> tuple[Decimal | None, str]:
    if field == "status":
        return None, STATUS_WORDS[entry.status] if entry.status else ""
    if field == "progress":
        return entry.progress, ""
    if field == "document_date":
        return None, f"{entry.document_date:%d/%m/%Y}" if entry.document_date else ""
    text: str = getattr(entry, field)
    return None, text
