"""Finds the sheet on which an appendix stands, whatever its name, and what else claims to be it.

A sheet is known by what stands on it, header and rows; its name only decides between equals. Two sheets
that answer the same rows differently are a finding that names both, never a choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from plan.layout import CHECK_SHEET, GUIDE_SHEET, STAMP_SHEET, WorkbookLayout
from plan.words import fold
from validation.locate import locate
from validation.locate_form import Form, Table, Where, answers, find_sheet, form_of
from validation.locate_header import find_headers, printed_header
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawBook, RawSheet

_NO_TABLES = frozenset({GUIDE_SHEET, CHECK_SHEET, STAMP_SHEET})
_MOST_TEXTS = 60_000  # cells looked through for a trace of the form
_MOST_NAMED = 6  # sheets that one sentence names


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet that may be the appendix, and what the gate said of it."""

    sheet: RawSheet
    table: Table | None
    findings: list[Finding]

    @property
    def stands(self) -> bool:
        """True when rows of the form were found."""
        return self.table is not None and bool(self.table.rows)

    def has_traces(self, form: Form) -> bool:
        """True when a header, a code or a label of the form is there, so that answers may be."""
        if self.table is not None or any(f.code != "HEADER_MISSING" for f in self.findings):
            return True
        codes = {e.code for e in form.expected}
        texts = (value for row in self.sheet.rows for value in row if isinstance(value, str))
        return any(text.strip() in codes or form.is_label(text) for text in islice(texts, _MOST_TEXTS))


def find_table(book: RawBook, layout: WorkbookLayout, name: str, where: Where) -> tuple[Table | None, list[Finding]]:
    """Find the appendix that the template prints on the sheet `name`; the Table is None when it cannot be read."""
    form = form_of(layout, name)
    own = find_sheet(book, name)
    others = [s for s in book.sheets if s is not own and _may_hold(s, form)]
    candidates = [_Candidate(s, *locate(s, form, where)) for s in ([own] if own else []) + others]
    if not candidates:
        facts = {"sheet": name, "hint": _names(book)}
        return None, [finding("SHEET_MISSING", where.file, At(name, unit=where.unit), facts=facts)]
    chosen = _chosen(candidates, own, form)
    rival = _rival(chosen, candidates, own, form) if chosen.table is not None else None
    if rival is not None:
        facts = {"sheet": chosen.sheet.name, "other": rival.sheet.name}
        at = At(chosen.sheet.name, unit=where.unit)
        return None, [finding("SHEET_DUPLICATE", where.file, at, facts=facts)]
    return chosen.table, [*_remarks(chosen, name, where), *chosen.findings]


def _may_hold(sheet: RawSheet, form: Form) -> bool:
    """True when a header of the form stands on the sheet; sheets as the template has them are told at a glance."""
    if sheet.name in _NO_TABLES:
        return False
    if printed_header(sheet, form.other_columns) is not None:
        mark = form.inputs[0].heading
        if not any(mark in row for row in sheet.rows):
            return False
    return bool(find_headers(sheet, form.columns))


def _chosen(candidates: list[_Candidate], own: RawSheet | None, form: Form) -> _Candidate:
    """The sheet of that name if the appendix stands on it in sight; else one that people see, else one with answers.

    A sheet of that name on which the appendix is damaged is not passed over for another: it may hold the answers.
    """
    first = candidates[0]
    if first.sheet is own and (first.sheet.visible or len(candidates) == 1) and first.has_traces(form):
        return first
    standing = [c for c in candidates if c.stands]
    ranked = sorted(standing or candidates, key=lambda c: (not c.sheet.visible, not _said(c, form)))
    return ranked[0]


def _said(candidate: _Candidate, form: Form) -> dict[tuple[str, str], object]:
    codes = [e.code for e in form.expected]
    return answers(candidate.table, form.columns, codes) if candidate.table is not None else {}


def _rival(chosen: _Candidate, candidates: list[_Candidate], own: RawSheet | None, form: Form) -> _Candidate | None:
    """Another sheet that answers otherwise, or may do so.

    A hidden sheet is nobody's answer beside the original in sight; without that one it may be the original. Nor is
    an original passed over because it is damaged; where no sheet has the name, any may be it.
    """
    ours = _said(chosen, form)
    for c in candidates:
        if c is chosen or (chosen.sheet is own and chosen.sheet.visible and not c.sheet.visible):
            continue
        if c.stands and (theirs := _said(c, form)) and theirs != ours:
            return c
        if chosen.sheet is not own and (c.sheet is own or own is None) and not c.stands and c.has_traces(form):
            return c
    return None


def _remarks(chosen: _Candidate, name: str, where: Where) -> list[Finding]:
    sheet = chosen.sheet
    at = At(sheet.name, unit=where.unit)
    notes = []
    if fold(sheet.name) != fold(name):
        notes.append(finding("SHEET_RENAMED", where.file, at, facts={"sheet": name, "found": sheet.name}))
    if not sheet.visible:
        notes.append(finding("SHEET_HIDDEN", where.file, at, facts={"found": sheet.name}))
    return notes


def _names(book: RawBook) -> str:
    shown = [f"“{s.name}”" for s in book.sheets if s.visible][:_MOST_NAMED]
    return f" Tệp chỉ có trang {', '.join(shown)}." if shown else ""
