"""One validation run: read → identify → gate → coerce → schema → rules → verdicts, over all returns.

A failed gate silences what depends on it, one bad file never stops the run, and pandera sees each long
table once. Takes received files and gives a Checked; opens and prints nothing itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_anew
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from plan.layout import CHECK_SHEET, GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, WorkbookLayout, layout_for
from plan.model import Period, Plan
from plan.words import DataState, TaskStatus, fold
from validation.choose import Said, choose
from validation.coerce_words import explains
from validation.differences import answers as answered_cells
from validation.evidence import Evidence
from validation.feedback_answers import answer_key, explanations
from validation.identify import identify, likely_unit
from validation.inbox import Received
from validation.locate_form import Where
from validation.messages import finding
from validation.model import (
    At,
    Checked,
    Earlier,
    Finding,
    IndicatorEntry,
    Return,
    Severity,
    TaskEntry,
    Verdict,
    order_of,
)
from validation.parcel import SetAside
from validation.raw import Fault, RawBook, parse_a1
from validation.reading import ReadCell, ReadTask, Rows, read_rows
from validation.rules import RULES
from validation.settings import settled


@dataclass(frozen=True, slots=True)
class _Read:
    """One file after gate and coercion, without what was only needed to read it."""

    received: Received
    unit: str
    cells: tuple[ReadCell, ...]
    tasks: tuple[ReadTask, ...]
    findings: tuple[Finding, ...]
    answers: Mapping[str, str] = made_anew(default_factory=dict)  # given on the sheet of a feedback copy


def check_returns(
    plan: Plan,
    period: Period,
    received: Iterable[Received],
    deadline: datetime | None,
    earlier: Sequence[Earlier] = (),
) -> Checked:
    """Validate every received file of one period. Files are consumed one by one; only rows are kept.

    `earlier` are the plan's former periods as the ledger remembers them, the nearest first.
    """
    layouts = {u.id: layout_for(plan, u, period) for u in plan.units}
    reads = [_read(r, plan, period, layouts) for r in received]
    cells = [c for r in reads for c in r.cells]
    tasks = [t for r in reads for t in r.tasks]
    sent = [r.received for r in reads]
    received_at = {r.file: r.received_at for r in sent}
    order = {r.file: order_of(r.file, r.came_at or r.received_at) for r in sent}
    evidence = Evidence(plan, period, cells, tasks, received_at, order, earlier)
    findings = settled([*(f for r in reads for f in r.findings), *_checks(evidence)], plan, period)
    blocked = _blocked(findings)
    remarks = _explanations(reads)
    findings = _explained(_folded(findings), remarks)
    severities: dict[str, set[Severity]] = defaultdict(set)
    for f in findings:
        severities[f.file].add(f.severity)
    returns = [
        _return(r, severities[r.received.file], deadline) for r in reads if not isinstance(r.received.content, SetAside)
    ]
    indicators = [_indicator_entry(c, blocked) for c in cells]
    assigned = [_task_entry(t, blocked) for t in tasks]
    choice = choose(returns, _said(evidence, findings, (*indicators, *assigned), remarks))
    findings = [f for f in findings if f.file not in choice.silenced] + choice.remarks
    counted = {r.file for r in choice.returns if r.counts}
    return Checked(
        returns=tuple(choice.returns),
        findings=tuple(sorted(findings, key=_order)),
        indicator_entries=tuple(e for e in indicators if e.file in counted),
        task_entries=tuple(e for e in assigned if e.file in counted),
        other_indicator_entries=tuple(e for e in indicators if e.file not in counted),
        other_task_entries=tuple(e for e in assigned if e.file not in counted),
    )


def _read(received: Received, plan: Plan, period: Period, layouts: Mapping[str, WorkbookLayout]) -> _Read:
    content, name = received.content, received.file
    if isinstance(content, Fault):
        unit = likely_unit(name, plan)
        return _Read(received, unit, (), (), (finding(content.code, name, At(unit=unit), facts=content.facts),))
    notes = [finding(n.code, name, facts=n.facts) for n in content.notes]
    if isinstance(content, SetAside):
        return _Read(received, "", (), (), tuple(notes))
    identity = identify(content, name, plan, period)
    notes = [replace(n, unit=identity.unit) for n in notes]
    findings = [*notes, *identity.findings]
    if not identity.unit or any(f.severity is Severity.ERROR for f in findings):
        conflict = any(f.code == "IDENTITY_CONFLICT" for f in findings)
        return _Read(received, identity.unit or ("" if conflict else likely_unit(name, plan)), (), (), tuple(findings))
    layout = layouts[identity.unit]
    if identity.lock_digest and identity.lock_digest != layout.lock_digest:
        findings.append(finding("TEMPLATE_CHANGED", name, At(unit=identity.unit)))
    answers = explanations(content)
    rows = _answered(read_rows(content, layout, Where(name, identity.unit)), answers)
    # The sheets are read: let their memory go.
    received = replace(received, content=RawBook((), content.kind), data=b"")
    return _Read(received, identity.unit, rows.cells, rows.tasks, (*findings, *rows.findings), answers)


def _answered(rows: Rows, answers: Mapping[str, str]) -> Rows:
    """The rows with what the unit explained on the sheet of its feedback copy, in the first line of each row."""
    if not answers:
        return rows
    left = dict(answers)
    cells = tuple(_with_remark(c, left.pop(c.line.indicator.code, "")) for c in rows.cells)
    tasks = tuple(_with_remark(t, left.pop(t.line.code, "")) for t in rows.tasks)
    return replace(rows, cells=cells, tasks=tasks)


_Line = TypeVar("_Line", ReadCell, ReadTask)


def _with_remark(line: _Line, remark: str) -> _Line:
    own = line.explanation
    if not remark or remark in own:
        return line
    return replace(line, explanation=f"{own}; {remark}" if own else remark)


def _checks(evidence: Evidence) -> list[Finding]:
    cells, tasks = evidence.cells, evidence.tasks
    if not cells and not tasks:
        return []
    # Importing pandera costs half a second, so it waits until a row needs it.
    from validation.schema import check_cells, check_tasks  # noqa: PLC0415

    received_on = {file: moment.date() for file, moment in evidence.received_at.items()}
    ruled = [f for rule in RULES for f in rule(evidence)]
    return [*check_cells(cells), *check_tasks(tasks, received_on), *ruled]


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _folded(findings: Sequence[Finding]) -> list[Finding]:
    """Keep one finding a cell and row: the gravest, and of equals the one of the earliest stage."""
    kept: dict[tuple[str, str, str, str], Finding] = {}
    whole: list[Finding] = []
    for f in findings:
        if not f.cell:
            whole.append(f)
            continue
        key = (f.file, f.sheet, f.cell, f.row)  # a merged cell is at fault once for each row that it covers
        other = kept.get(key, f)
        grave, light = (f, other) if _RANK[f.severity] < _RANK[other.severity] else (other, f)
        # What was cleaned of a cell is not told beside a graver finding: its own words are.
        kept[key] = replace(grave, value=light.value) if light.code in _CLEANED and light is not grave else grave
    return [*whole, *kept.values()]


_CLEANED = frozenset({"NUMBER_CLEANED", "DATE_CLEANED", "CHOICE_CLEANED", "TEXT_DECODED"})


def _explanations(reads: Sequence[_Read]) -> dict[tuple[str, str], str]:
    """(file, row code) -> what the unit says of the row; (file, rule) -> what it says of what is wider than a row."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in reads:
        lines = [(c.line.indicator.code, c.explanation) for c in r.cells]
        lines += [(t.line.code, t.explanation) for t in r.tasks]
        rows = {row for row, _ in lines}
        for key, text in (*lines, *((k, t) for k, t in r.answers.items() if k not in rows)):
            told = said[r.received.file, key]
            if text and not any(text in other for other in told):  # the lines of one row often share their remark
                told.append(text)
    return {place: "; ".join(texts) for place, texts in said.items() if texts}


def _explained(findings: list[Finding], said: Mapping[tuple[str, str], str]) -> list[Finding]:
    """A rule's warning that the unit has explained becomes a note, with what it said.

    Only rules can be answered so: a remark in the row says nothing about a changed label or sheet.
    """
    return [_answered_finding(f, said.get((f.file, answer_key(f)), "")) for f in findings]


def _answered_finding(found: Finding, remark: str) -> Finding:
    if found.severity is not Severity.WARNING or not explains(remark):
        return found
    return replace(found, severity=Severity.NOTE, facts={**found.facts, "explained": remark})


def _return(read: _Read, severities: set[Severity], deadline: datetime | None) -> Return:
    received = read.received
    if isinstance(received.content, Fault):
        verdict = Verdict.UNREADABLE
    elif Severity.ERROR in severities:
        verdict = Verdict.TO_BE_CORRECTED
    elif Severity.WARNING in severities:
        verdict = Verdict.ACCEPTED_WITH_WARNINGS
    else:
        verdict = Verdict.ACCEPTED
    return Return(
        file=received.file,
        sha256=received.sha256,
        size=received.size,
        received_at=received.received_at,
        unit=read.unit,
        verdict=verdict,
        counts=any(c.given for c in read.cells) or any(t.given for t in read.tasks),
        late=deadline is not None and received.received_at >= deadline,
        sender=received.sender,
        came_at=received.came_at,
    )


def _said(
    evidence: Evidence,
    findings: Sequence[Finding],
    entries: Iterable[IndicatorEntry | TaskEntry],
    remarks: Mapping[tuple[str, str], str],
) -> dict[str, Said]:
    """File -> the rows on which it says something usable, and all that it says, faults and explanations included."""
    usable = {(c.file, c.line.indicator.code) for c in evidence.cells if c.given or c.state is not None}
    usable |= {(t.file, t.line.code) for t in evidence.tasks if t.given}
    rows: dict[str, set[str]] = defaultdict(set)
    for file, row in usable - _blocked(findings):
        rows[file].add(row)
    by_file: dict[str, list[IndicatorEntry | TaskEntry]] = defaultdict(list)
    files: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        by_file[entry.file].append(entry)
        files[entry.unit].add(entry.file)
    several = {file for sent in files.values() if len(sent) > 1 for file in sent}
    contents = {f: {place: a.shown for place, a in answered_cells(by_file[f]).items()} for f in sorted(several)}
    for (file, key), text in remarks.items():
        if file in several:
            contents[file][key, "remark"] = text
    for f in findings:
        if f.file in several and f.severity is Severity.ERROR:
            place = f.row, f"{f.field} {f.code}"  # of a task more than one cell can be so
            contents[f.file][place] = f"{contents[f.file].get(place, '')}|{f.value}"
    return {file: Said(frozenset(rows[file]), contents.get(file, {})) for file in by_file}


def _blocked(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """The (file, row code) pairs that carry an error; a fault of a sheet or file has left no rows to block."""
    return {(f.file, f.row) for f in findings if f.severity is Severity.ERROR and f.row}


def _indicator_entry(c: ReadCell, blocked: set[tuple[str, str]]) -> IndicatorEntry:
    code = c.line.indicator.code
    return IndicatorEntry(
        file=c.file,
        unit=c.unit,
        row=code,
        field=c.line.field.name,
        value=c.value,
        state=c.state,
        explanation=c.explanation,
        sheet=c.sheet,
        cell=c.cell,
        blocked=(c.file, code) in blocked,
        state_cell=c.state_cell if c.state not in (None, DataState.OFFICIAL) else "",
    )


def _task_entry(t: ReadTask, blocked: set[tuple[str, str]]) -> TaskEntry:
    return TaskEntry(
        file=t.file,
        unit=t.unit,
        row=t.line.code,
        role=t.line.role,
        scope=t.line.scope,
        status=t.status,
        progress=Decimal(0) if t.status is TaskStatus.NOT_STARTED and t.progress is None else t.progress,
        result=t.result,
        document_number=t.document_number,
        document_date=t.document_date,
        difficulties=t.difficulties,
        proposals=t.proposals,
        explanation=t.explanation,
        sheet=t.sheet,
        cells=t.cells,
        blocked=(t.file, t.line.code) in blocked,
    )


_SHEET_ORDER = {
    fold(name): i for i, name in enumerate((GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, CHECK_SHEET), start=1)
}


def _order(f: Finding) -> tuple[object, ...]:
    """File, then the order of sheets, then the position: as a person would walk through the workbook."""
    row, column = parse_a1(f.cell) if re.fullmatch(r"[A-Z]+[0-9]+", f.cell) else (0, 0)
    return (f.file, _SHEET_ORDER.get(fold(f.sheet), 9) if f.sheet else 0, row, column, f.row, f.code)
