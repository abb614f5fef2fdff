"""The gate to one sheet: header, columns by their headings, rows by their codes, texts that belong to them.

Inserted, deleted, sorted or moved rows and columns do no harm, because nothing is taken from a fixed
position; what cannot be found with certainty is a finding. No cell value is interpreted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from validation.locate_checks import check_columns, check_rows
from validation.locate_form import Form, Table, Where
from validation.locate_header import Header, find_headers, printed_header
from validation.locate_labels import rows_by_label
from validation.locate_rows import Found, Spans, code_column, rows_by_code
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawSheet, a1, column_letters


@dataclass(frozen=True, slots=True)
class _Place:
    """A table on a sheet before its rows are known: the header that governs, and the rows below it."""

    header: Header
    spans: Spans
    printed: bool  # the header is as the template has it


def locate(sheet: RawSheet, form: Form, where: Where) -> tuple[Table | None, list[Finding]]:
    """Find header, columns and expected rows of one appendix; the Table is None when the gate fails."""
    place = _place(sheet, form, where)
    if isinstance(place, Finding):
        return None, [place]
    header = place.header
    lost = [] if place.printed else _lost_columns(sheet, header, form, where)
    if lost:
        return None, lost
    place, found = _coded(sheet, place, form, where)
    labelled, unsure = rows_by_label(sheet, place.spans, place.header.columns, form, found)
    rows = {**found.rows, **labelled}
    columns = place.header.columns
    table = Table(sheet, columns, rows, {key: column_letters(column) for key, column in columns.items()})
    fatal = check_columns(table, form, place.header, where)
    if fatal:
        return None, fatal
    findings = [*_read_as(sheet, header, form, where), *found.findings]
    findings += _by_label(table, labelled, found, form, where)
    findings += _not_found(table, unsure, form, where)
    strange = {number: text for number, text in found.strange.items() if number not in labelled.values()}
    for number, text in strange.items():
        at = At(sheet.name, a1(number, columns["code"]), where.unit)
        findings.append(finding("ROW_UNKNOWN", where.file, at, text, {"code": text}))
    return table, findings + check_rows(table, form, place.header, where)


def _place(sheet: RawSheet, form: Form, where: Where) -> _Place | Finding:
    header = printed_header(sheet, form.columns)
    if header is not None:
        return _Place(header, ((header.last + 1, len(sheet.rows)),), printed=True)
    headers = find_headers(sheet, form.columns)
    if not headers:
        names = ", ".join(f"“{c.heading}”" for c in form.inputs)
        return finding("HEADER_MISSING", where.file, At(sheet.name, unit=where.unit), facts={"columns": names})
    stretches = _stretches(sheet, headers, find_headers(sheet, form.other_columns))
    governing = [(h, span) for h, span in stretches if _holds(sheet, h, span, form)] or stretches[:1]
    header = governing[0][0]
    other = next((h for h, _ in governing if _bearings(h, form) != _bearings(header, form)), None)
    if other is not None:
        facts = {"first": str(header.first), "second": str(other.first)}
        at = At(sheet.name, a1(other.first, min(other.columns.values())), where.unit)
        return finding("HEADER_DUPLICATE", where.file, at, facts=facts)
    spans = [span for h, span in stretches if _bearings(h, form) == _bearings(header, form)]
    if "code" not in header.columns and (column := code_column(sheet, spans, form)):
        header = replace(header, columns={**header.columns, "code": column})
    return _Place(header, spans, printed=False)


def _stretches(
    sheet: RawSheet, headers: Sequence[Header], foreign: Sequence[Header]
) -> list[tuple[Header, tuple[int, int]]]:
    """Each header with the rows below it, down to the next header of either appendix."""
    own = {h.first for h in headers}
    tops = sorted({*own, *(h.first for h in foreign if h.first not in own), len(sheet.rows) + 1})
    return [(h, (h.last + 1, next(top for top in tops if top > h.first) - 1)) for h in headers]


def _bearings(header: Header, form: Form) -> list[int]:
    return [header.columns.get(c.key, 0) for c in form.needed]


def _holds(sheet: RawSheet, header: Header, span: tuple[int, int], form: Form) -> bool:
    """True when a row of the form stands there."""
    codes = {e.code for e in form.expected}
    places = header.columns.get("code", 0), header.columns.get(form.label_key, 0)
    for number in range(span[0], span[1] + 1):
        code, label = (sheet.at(number, column) for column in places)
        if isinstance(code, str) and code.strip() in codes:
            return True
        if isinstance(label, str) and form.is_label(label):
            return True
    return False


def _lost_columns(sheet: RawSheet, header: Header, form: Form, where: Where) -> list[Finding]:
    """Headings that stand twice; else those that are needed and not there, or not surely."""
    heading = {c.key: c.heading for c in form.needed}
    doubled = [
        finding(
            "COLUMN_DUPLICATE",
            where.file,
            At(sheet.name, a1(r.row, r.column), where.unit),
            facts={"column": heading[r.key]},
        )
        for r in header.doubled
        if r.key in heading
    ]
    if doubled:
        return doubled
    doubtful = {r.key: r for r in reversed(header.doubtful)}
    lost = []
    for key, name in heading.items():
        if key in header.columns or key == "code":
            continue
        if key in doubtful:
            r = doubtful[key]
            at = At(sheet.name, a1(r.row, r.column), where.unit)
            facts = {"typed": r.typed, "column": name}
            lost.append(finding("COLUMN_RENAMED", where.file, at, r.typed, facts))
        else:
            at = At(sheet.name, unit=where.unit)
            lost.append(finding("COLUMN_MISSING", where.file, at, facts={"column": name}))
    return lost


def _coded(sheet: RawSheet, place: _Place, form: Form, where: Where) -> tuple[_Place, Found]:
    """Read the codes; those of the other appendix pasted below, or of a moved column, are seen on the second look."""
    header = place.header
    if "code" not in header.columns:
        return place, Found()
    found = rows_by_code(sheet, place.spans, header.columns["code"], form, where)
    if found.strange and place.printed:
        stretches = _stretches(sheet, [header], find_headers(sheet, form.other_columns))
        place = replace(place, spans=[span for _, span in stretches])
        found = rows_by_code(sheet, place.spans, header.columns["code"], form, where)
    if not found.rows and (column := code_column(sheet, place.spans, form)):
        place = replace(place, header=replace(header, columns={**header.columns, "code": column}))
        found = rows_by_code(sheet, place.spans, column, form, where)
    return place, found


def _read_as(sheet: RawSheet, header: Header, form: Form, where: Where) -> list[Finding]:
    """Note each needed heading that was retyped and still surely read."""
    heading = {c.key: c.heading for c in form.needed}
    return [
        finding(
            "HEADING_READ_AS",
            where.file,
            At(sheet.name, a1(r.row, r.column), where.unit),
            r.typed,
            {"typed": r.typed, "column": heading[r.key]},
        )
        for r in header.read_as
        if r.key in heading
    ]


def _by_label(table: Table, labelled: Mapping[str, int], found: Found, form: Form, where: Where) -> list[Finding]:
    """Note what was read without its code: once where all codes are gone, else at each row."""
    if labelled and not found.rows:
        at = At(table.sheet.name, unit=where.unit)
        return [finding("ROWS_BY_LABEL", where.file, at, facts={"count": str(len(labelled))})]
    return [
        finding(
            "ROW_BY_LABEL",
            where.file,
            At(table.sheet.name, table.address(e.code, form.label_key), where.unit, e.row_code),
            facts={"label": e.label},
        )
        for e in form.expected
        if e.code in labelled
    ]


def _not_found(table: Table, unsure: Mapping[str, Sequence[int]], form: Form, where: Where) -> list[Finding]:
    """Rows that are not there, and rows that may be there but that nothing proves."""
    findings = []
    for e in form.expected:
        if e.code in table.rows:
            continue
        if e.code not in unsure:
            at, facts = At(table.sheet.name, unit=where.unit, row=e.row_code), {"label": e.label, "code": e.code}
            findings.append(finding("ROW_MISSING", where.file, at, facts=facts))
            continue
        cells = [a1(number, table.columns[form.label_key]) for number in unsure[e.code]]
        name = f"“{e.name}”, dòng “{e.label}”" if e.name else f"“{e.label}”"
        facts = {"name": name, "cells": ", ".join(cells[:_MOST_CELLS])}
        at = At(table.sheet.name, cells[0], where.unit, e.row_code)
        findings.append(finding("ROW_UNCERTAIN", where.file, at, facts=facts))
    return findings


_MOST_CELLS = 5  # that one sentence names
