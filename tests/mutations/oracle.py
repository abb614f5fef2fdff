"""Judges what validation made of a damaged return, against the values that were typed and never against our reader.

A value is silently wrong when it is handed on as usable and is not what was meant, or when it is not handed on and
no error says why. Findings must be exactly those that the kind declared, at their cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.mutations.model import Case, Key, Subject, Value, a1, input_keys
from validation.model import Checked, Finding, IndicatorEntry, Severity, TaskEntry

Entry = IndicatorEntry | TaskEntry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kind of damage to one unit's return."""

    kind: str
    unit: str
    shown: str
    wrong: tuple[str, ...] = ()  # values silently wrong, lost or somebody else's
    unexpected: tuple[str, ...] = ()  # findings that differ from what the kind declares
    skipped: bool = False


def judge(kind: str, subject: Subject, case: Case, checked: Checked, folder: str) -> Outcome:
    """Look at everything that came out of the files below `folder`, where this unit's files were put."""
    findings = [f for f in checked.findings if f.file.startswith(folder)]
    every: tuple[Entry, ...] = (*checked.indicator_entries, *checked.task_entries)
    entries = [e for e in every if e.file.startswith(folder)]
    wrong = [*_lost_files(case, checked, findings, folder), *_strangers(subject, entries, every, folder)]
    wrong += _values(subject, case, entries, findings)
    unexpected = [*_findings(case, findings), *_addresses(subject, case, entries)]
    return Outcome(kind, subject.unit, _shown(findings), tuple(wrong), tuple(unexpected))


def _lost_files(case: Case, checked: Checked, findings: Iterable[Finding], folder: str) -> list[str]:
    spoken = {f.file for f in findings} | {r.file for r in checked.returns}
    tops = [f"{folder}{sent.name}" for sent in case.sent]
    return [f"tệp {top} không được nhắc tới" for top in tops if not any(s.startswith(top) for s in spoken)]


def _strangers(subject: Subject, entries: Iterable[Entry], every: Iterable[Entry], folder: str) -> list[str]:
    mine = [f"số liệu của {e.unit} trong tệp này: {e.row}" for e in entries if e.unit != subject.unit]
    theirs = [e for e in every if e.unit == subject.unit and not e.file.startswith(folder)]
    return mine + [f"số liệu lấy từ tệp của đơn vị khác: {e.file} {e.row}" for e in theirs]


def told(entry: Entry) -> dict[Key, Value]:
    """An entry's values as the truth names them."""
    if isinstance(entry, IndicatorEntry):
        state = entry.state.value if entry.state else None
        place = (entry.row, entry.field)
        return {(*place, "value"): entry.value, (*place, "state"): state, (*place, "explanation"): entry.explanation}
    found: dict[Key, Value] = {
        (entry.row, "", key): getattr(entry, key) for key in input_keys(TASK_SHEET) if key != "status"
    }
    return {**found, (entry.row, "", "status"): entry.status.value if entry.status else None}


def _values(subject: Subject, case: Case, entries: Iterable[Entry], findings: list[Finding]) -> list[str]:
    meant: dict[Key, Value] = {**subject.truth, **case.meant}
    usable: dict[Key, Value] = {}
    for entry in entries:
        if not entry.blocked:
            usable |= told(entry)
    wrong = [
        f"{'.'.join(filter(None, key[:2]))} {key[2]}: đọc là {usable[key]!r}, đã gõ {meant.get(key)!r}"
        for key in usable
        if key not in meant or not same(usable[key], meant[key])
    ]
    errors = [f for f in findings if f.severity is Severity.ERROR]
    lost = [key for key in meant if key not in usable and not _explained(key, case, errors)]
    return wrong + [f"{'.'.join(filter(None, k[:2]))} {k[2]}: không được đọc mà không lỗi nào nói" for k in lost]


def same(read: Value, typed: Value) -> bool:
    """Equal in value and in kind; a number is never a text."""
    return isinstance(read, Decimal) == isinstance(typed, Decimal) and read == typed


def _explained(key: Key, case: Case, errors: Iterable[Finding]) -> bool:
    """An error at the row, at its whole sheet or at the whole file."""
    sheet = INDICATOR_SHEET if key[1] else TASK_SHEET
    named = {sheet, case.sheets.get(sheet, sheet)}
    return any(f.row == key[0] if f.row else f.sheet in named or not f.sheet for f in errors)


def _findings(case: Case, findings: Iterable[Finding]) -> list[str]:
    came = Counter((f.code, f.sheet, f.cell) for f in findings)
    due = Counter((d.code, d.sheet, d.cell) for d in case.due)
    return [f"thiếu {_place(*x)}" for x in (due - came).elements()] + [
        f"thừa {_place(*x)}" for x in (came - due).elements()
    ]


def _addresses(subject: Subject, case: Case, entries: Iterable[Entry]) -> list[str]:
    """Every value is traced to the cell in which it stands now."""
    places = subject.places if case.places is None else case.places
    wrong = []
    for entry in entries:
        if isinstance(entry, IndicatorEntry):
            cells = {(INDICATOR_SHEET, f"{entry.row}.{entry.field}", "value"): entry.cell}
        else:
            cells = {(TASK_SHEET, entry.row, key): cell for key, cell in entry.cells.items()}
        for place, cell in cells.items():
            stands = places.get(place)
            sheet = case.sheets.get(place[0], place[0])
            if stands is None or a1(*stands) != cell or entry.sheet != sheet:
                there = f"{sheet}!{a1(*stands)}" if stands else "đâu cả"
                wrong.append(f"{place[1]} {place[2]} chỉ tới {entry.sheet}!{cell}, giá trị ở {there}")
    return wrong


def _place(code: str, sheet: str, cell: str) -> str:
    return f"{code}@{sheet}!{cell}" if cell else f"{code}@{sheet}" if sheet else code


_GRAVE = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _shown(findings: list[Finding]) -> str:
    """One cell of the table: read right, or the gravest finding with its cell."""
    if not findings:
        return "đọc đúng"
    ranked = sorted(findings, key=lambda f: _GRAVE[f.severity])
    first = ranked[0]
    more = f" +{len(findings) - 1}" if len(findings) > 1 else ""
    said = f"{first.code}{'@' + (first.cell or first.sheet) if first.sheet else ''}{more}"
    return said if first.severity is not Severity.NOTE else f"đọc đúng ({said})"
