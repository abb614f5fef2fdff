"""What changed, cell by cell, between the files that one unit has sent for one period.

Pure, over what was read: a file of which nothing could be read has no differences, and the order is that of receipt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from plan.words import STATE_WORDS, STATUS_WORDS, DataState
from validation.model import Checked, IndicatorEntry, Severity, TaskEntry

Entry = IndicatorEntry | TaskEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered cell, as it is shown to people; `field` is a field of an indicator or a column of Appendix 2."""

    sheet: str
    cell: str
    shown: str


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """One cell that says something else in the later of two files; `before` or `after` is "" where it was blank.

    `sheet` and `cell` are those of the later file, of the earlier one where the row is gone.
    """

    unit: str
    older: str
    newer: str
    row: str
    field: str
    sheet: str
    cell: str
    before: str
    after: str


def version_differences(checked: Checked) -> tuple[VersionDifference, ...]:
    """Return what each readable file of a unit changed against the one before it, in order of receipt."""
    entries = entries_by_file(checked)
    refused = _refused(checked)
    by_unit: dict[str, list[str]] = defaultdict(list)
    for r in sorted(checked.returns, key=lambda r: r.order):
        if r.unit and r.file in entries:
            by_unit[r.unit].append(r.file)
    return tuple(
        difference
        for files in by_unit.values()
        for older, newer in pairwise(files)
        for difference in differences((older, entries[older]), (newer, entries[newer]), refused)
    )


Refused = Mapping[tuple[str, str, str], str]  # (file, sheet, cell) -> what stands there and was not taken


def _refused(checked: Checked) -> Refused:
    wrong = (f for f in checked.findings if f.severity is Severity.ERROR and f.cell and f.value)
    return {(f.file, f.sheet, f.cell): f"“{f.value}” (chưa nhận được)" for f in wrong}


def entries_by_file(checked: Checked) -> dict[str, list[Entry]]:
    """Return everything that was read, by file, whether it counts or not."""
    found: dict[str, list[Entry]] = defaultdict(list)
    groups: tuple[Iterable[Entry], ...] = (
        checked.indicator_entries,
        checked.other_indicator_entries,
        checked.task_entries,
        checked.other_task_entries,
    )
    for group in groups:
        for entry in group:
            found[entry.file].append(entry)
    return dict(found)


def differences(
    older: tuple[str, Iterable[Entry]], newer: tuple[str, Iterable[Entry]], refused: Refused = MappingProxyType({})
) -> Iterator[VersionDifference]:
    """Yield the cells that differ between two (file, entries), in the order of the newer file, then what it lost."""
    entries = list(newer[1])
    before, after = answers(older[1], refused), answers(entries, refused)
    unit = next((e.unit for e in entries), "")
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        place = now or was
        if place is not None and (was.shown if was else "") != (now.shown if now else ""):
            yield VersionDifference(
                unit,
                older[0],
                newer[0],
                *key,
                place.sheet,
                place.cell,
                was.shown if was else "",
                now.shown if now else "",
            )


def answers(entries: Iterable[Entry], refused: Refused = MappingProxyType({})) -> dict[tuple[str, str], Answer]:
    """Return what stands in the cells of `entries`, by (row code, field); blank cells left out."""
    found: dict[tuple[str, str], Answer] = {}
    for entry in entries:
        for field, cell, taken in _indicator(entry) if isinstance(entry, IndicatorEntry) else _task(entry):
            shown = taken or ("" if "." in field else refused.get((entry.file, entry.sheet, cell), ""))
            if shown:
                found[entry.row, field] = Answer(entry.sheet, cell, shown)
    return found


def _indicator(e: IndicatorEntry) -> tuple[tuple[str, str, str], ...]:
    state = STATE_WORDS[e.state] if e.state not in (None, DataState.OFFICIAL) else ""
    value = _shown(e.value)
    both = f"{value} ({state})" if value and state else value or state
    return (e.field, e.cell, both), (f"{e.field}.explanation", e.cell, e.explanation)


def _task(e: TaskEntry) -> tuple[tuple[str, str, str], ...]:
    said = {
        "status": STATUS_WORDS[e.status] if e.status else "",
        "progress": _shown(e.progress),
        "result": e.result,
        "document_number": e.document_number,
        "document_date": f"{e.document_date:%d/%m/%Y}" if e.document_date else "",
        "difficulties": e.difficulties,
        "proposals": e.proposals,
        "explanation": e.explanation,
    }
    return tuple((field, e.cells.get(field, ""), shown) for field, shown in said.items())


def _shown(value: Decimal | str | None) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return value or ""
