"""What contradicts a table whose header and rows were found: texts, measures, merges and columns that do not fit.

A contradiction blocks as much as it concerns, a row or the whole sheet. No answer is interpreted here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from plan.words import fold
from validation.coerce_cell import is_blank
from validation.locate_form import Expected, Form, Table, Where, corners
from validation.locate_header import Header
from validation.locate_labels import Names
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import a1, column_letters

_MOST_AREAS = 2_000  # merged areas looked through for the one over a cell; a template has fifty


def check_columns(table: Table, form: Form, header: Header, where: Where) -> list[Finding]:
    """Signs that headings no longer stand over their own columns; any of them stops the sheet."""
    sheet, columns = table.sheet, table.columns
    unnamed = _unnamed(table, form, header)
    last = form.columns[-1]
    strayed = sum(_strayed(table, form, e) for e in _found(table, form))
    if unnamed:
        column, why = unnamed, f"cột {column_letters(unnamed)} có nội dung nhưng không có tiêu đề"
    elif strayed * 2 > len(table.rows):
        column, heading = columns[form.label_key], _heading(form, form.label_key)
        why = f"nội dung in sẵn của {strayed} dòng không nằm ở cột “{heading}” mà ở cột khác"
    elif len(columns) < len(form.columns) and last.key in columns and not _holds(table, columns[last.key]):
        column, why = columns[last.key], f"mất tiêu đề “{_lost(table, form)}” và cột “{last.heading}” không có gì"
    else:
        return []
    at = At(sheet.name, a1(header.last, column), where.unit)
    return [finding("HEADER_SHIFTED", where.file, at, facts={"why": why})]


def _heading(form: Form, key: str) -> str:
    return next(c.heading for c in form.columns if c.key == key)


def _lost(table: Table, form: Form) -> str:
    return next(c.heading for c in form.columns if c.key not in table.columns)


def check_rows(table: Table, form: Form, header: Header, where: Where) -> list[Finding]:
    """Contradictions of single rows."""
    return [
        *_labels(table, form, where),
        *_measures(table, form, where),
        *_second_answers(table, form, header, where),
        *_merged_inputs(table, form, where),
    ]


def _found(table: Table, form: Form) -> Iterator[Expected]:
    return (e for e in form.expected if e.code in table.rows)


def _unnamed(table: Table, form: Form, header: Header) -> int:
    """The first column without a heading that holds something in the table's rows; 0 when there is none.

    Cells inserted into or deleted from the header alone leave such a column between ours, or behind the last.
    """
    first, last = min(table.columns.values()), max(table.columns.values())
    lost = len(table.columns) < len(form.columns) and form.columns[-1].key in table.columns
    for column in range(first + 1, last + (2 if lost else 1)):
        headed = any(not is_blank(table.sheet.at(row, column)) for row in range(header.first, header.last + 1))
        if not headed and column not in table.columns.values() and _holds(table, column):
            return column
    return 0


def _holds(table: Table, column: int) -> bool:
    """True when anything stands in the column beside a row of the form, were it a formula without a result."""
    sheet = table.sheet
    return any(
        not is_blank(sheet.at(row, column)) or a1(row, column) in sheet.formulas or a1(row, column) in sheet.errors
        for row in table.rows.values()
    )


def _agrees(table: Table, form: Form, e: Expected) -> bool:
    typed = table.raw(e.code, form.label_key)
    return typed == e.label or (isinstance(typed, str) and fold(typed) == fold(e.label))


def _strayed(table: Table, form: Form, e: Expected) -> bool:
    """True when the printed label of the row stands in it, under another heading."""
    if _agrees(table, form, e):
        return False
    row = table.sheet.rows[table.rows[e.code] - 1]
    return any(isinstance(value, str) and fold(value) == fold(e.label) for value in row)


def _over(table: Table, code: str, key: str) -> object:
    """What people see in a cell: its own value, or that of the merged area over it."""
    own = table.raw(code, key)
    place = table.rows[code], table.columns[key]
    for area in table.sheet.merged[:_MOST_AREAS] if own is None else ():
        box = corners(area)
        if box is not None and all(first <= at <= last for first, at, last in zip(box[0], place, box[1], strict=True)):
            return table.sheet.at(*box[0])
    return own


def _other(table: Table, form: Form, e: Expected) -> Expected | None:
    """The row of the form whose label stands beside the code of `e`."""
    typed = table.raw(e.code, form.label_key)
    return next(iter(form.by_label.get(fold(typed), ())), None) if isinstance(typed, str) else None


def _labels(table: Table, form: Form, where: Where) -> list[Finding]:
    """Compare each row's printed text with the text of its code; where texts repeat, the indicator's name too."""
    findings: list[Finding] = []
    for e in _found(table, form):
        if _agrees(table, form, e):
            continue
        typed = table.raw(e.code, form.label_key)
        if typed is None and _over(table, e.code, form.label_key) is not None:
            continue  # merged with its neighbour: nothing else is said of the row
        shown = "" if typed is None else str(typed)
        at = At(table.sheet.name, table.address(e.code, form.label_key), where.unit, e.row_code)
        other = _other(table, form, e)
        if other is not None:
            facts = {"code": e.code, "other": other.code}
            findings.append(finding("ROW_MIXED", where.file, at, shown, facts))
        else:
            facts = {"label": e.label, "typed": shown or "(để trống)"}
            findings.append(finding("LABEL_CHANGED", where.file, at, shown, facts))
    return findings + _names(table, form, where)


def _names(table: Table, form: Form, where: Where) -> list[Finding]:
    """Two rows of one label are told apart by the indicator printed beside them: codes that were exchanged show."""
    alike = [e for e in _found(table, form) if e.label in form.repeated]
    if not alike or "name" not in table.columns or form.label_key == "name":
        return []
    rows = table.rows.values()
    names = Names(table.sheet, ((min(rows), max(rows)),), table.columns["name"])
    findings = []
    for e in alike:
        beside = names.beside(table.rows[e.code])
        if not beside or beside == e.name or fold(beside) == fold(e.name):
            continue
        other = next((x for x in alike if x.label == e.label and fold(x.name) == fold(beside)), None)
        if other is not None:
            at = At(table.sheet.name, table.address(e.code, form.label_key), where.unit, e.row_code)
            facts = {"code": e.code, "other": other.code}
            findings.append(finding("ROW_MIXED", where.file, at, beside, facts))
    return findings


def _measures(table: Table, form: Form, where: Where) -> list[Finding]:
    """A number typed beside another unit of measure is another number, whatever its row code says."""
    if "unit" not in table.columns:
        return []
    findings = []
    for e in _found(table, form):
        printed = table.raw(e.code, "unit")
        if printed is None and e.measured_in:
            printed = _over(table, e.code, "unit")
        shown = "" if printed is None else str(printed).strip()
        if shown != e.measured_in and shown.casefold() != e.measured_in.casefold():
            at = At(table.sheet.name, table.address(e.code, "unit"), where.unit, e.row_code)
            facts = {"typed": shown or "để trống", "unit": e.measured_in or "để trống"}
            findings.append(finding("MEASURE_CHANGED", where.file, at, shown, facts))
    return findings


def _second_answers(table: Table, form: Form, header: Header, where: Where) -> list[Finding]:
    """A row that repeats a printed label and holds answers, but no code, is a second answer to its question."""
    known = set(table.rows.values())
    inputs = [table.columns[c.key] for c in form.inputs]
    code = table.columns.get("code", 0)
    findings = []
    for row in range(header.last + 1, len(table.sheet.rows) + 1):
        label = table.sheet.at(row, table.columns[form.label_key])
        if row in known or not isinstance(label, str) or not is_blank(table.sheet.at(row, code)):
            continue
        if all(is_blank(table.sheet.at(row, column)) for column in inputs):
            continue
        for e in form.by_label.get(fold(label), ()):
            if e.code in table.rows:
                at = At(table.sheet.name, a1(row, table.columns[form.label_key]), where.unit, e.row_code)
                findings.append(finding("ROW_WITHOUT_CODE", where.file, at, facts={"label": e.label}))
    return findings


def _merged_inputs(table: Table, form: Form, where: Where) -> list[Finding]:
    """An input cell swallowed by a merge reads as blank or lends its value to neighbours: neither is believed."""
    if not table.sheet.merged:
        return []
    inputs = sorted(table.columns[c.key] for c in form.inputs)
    rows = sorted((table.rows[e.code], e.row_code) for e in _found(table, form))
    told: set[int] = set()
    findings = []
    for area in table.sheet.merged:
        box = corners(area)
        if box is None or len(told) == len(rows):
            continue
        (top, left), (bottom, right) = box
        if bisect_left(inputs, left) == bisect_right(inputs, right):
            continue
        for number, row_code in rows[bisect_left(rows, (top, "")) : bisect_left(rows, (bottom + 1, ""))]:
            if number not in told:
                told.add(number)
                at = At(table.sheet.name, a1(top, left), where.unit, row_code)
                findings.append(finding("MERGED_INPUT", where.file, at, facts={"range": area}))
    return findings
