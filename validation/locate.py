"""The gate: finds the sheets, the header, the columns by their headings and the rows by their codes.

Inserted, deleted, sorted or moved rows and columns do no harm, because nothing is taken from a fixed
position; what cannot be found is a finding. No cell value is interpreted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan.layout import HEADER_ROW, Column
from plan.words import fold
from validation.coerce_cell import is_blank
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawBook, RawSheet, a1, column_letters, parse_a1

_SEARCH_ROWS = 60  # how far down a pushed header is looked for


@dataclass(frozen=True, slots=True)
class Expected:
    """A row that must be there: its code, the printed text that goes with the code and the short row name."""

    code: str
    label: str
    row_code: str  # what findings and blocking are keyed by: the indicator or task code
    measured_in: str = ""  # the printed unit of measure, "" where the table has none


@dataclass(frozen=True, slots=True)
class Table:
    """A located table. `columns` maps column keys to 1-based columns, `rows` codes to 1-based rows."""

    sheet: RawSheet
    columns: Mapping[str, int]
    rows: Mapping[str, int]
    letters: Mapping[str, str]

    def address(self, code: str, key: str) -> str:
        """The A1 address of a column of a row."""
        return f"{self.letters[key]}{self.rows[code]}"

    def raw(self, code: str, key: str) -> object:
        """What stands there; None beyond the used area."""
        return self.sheet.at(self.rows[code], self.columns[key])


@dataclass(frozen=True, slots=True)
class Where:
    """The file and unit that findings of one return carry."""

    file: str
    unit: str


def find_sheet(book: RawBook, name: str) -> RawSheet | None:
    """Return the sheet `name`, else the one sheet whose name differs only in case, accents or spaces."""
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    alike = [s for s in book.sheets if fold(s.name) == fold(name)]
    return alike[0] if len(alike) == 1 else None


def locate(
    sheet: RawSheet, columns: Sequence[Column], label_key: str, expected: Sequence[Expected], where: Where
) -> tuple[Table | None, list[Finding]]:
    """Find header, columns and expected rows of one appendix; the Table is None when the gate fails.

    `label_key` names the printed column that must agree with the row code, so that a half-sorted or
    half-pasted table is seen and not read into the wrong row.
    """
    header = _header(sheet, columns)
    if header is None:
        names = ", ".join(f"“{c.heading}”" for c in columns if c.is_input)
        return None, [finding("HEADER_MISSING", where.file, At(sheet.name, unit=where.unit), facts={"columns": names})]
    header_row, found = header
    twice = _doubled(sheet, header_row, columns, label_key)
    if twice:
        return None, [
            finding("COLUMN_DUPLICATE", where.file, At(sheet.name, cell, where.unit), facts={"column": heading})
            for heading, cell in twice
        ]
    needed = [c for c in columns if c.is_input or c.key in ("code", label_key)]
    lost = [c for c in needed if c.key not in found]
    if lost:
        return None, [
            finding("COLUMN_MISSING", where.file, At(sheet.name, unit=where.unit), facts={"column": c.heading})
            for c in lost
        ]
    rows, findings = _rows(sheet, header_row, found["code"], expected, where)
    table = Table(sheet, found, rows, {key: column_letters(column) for key, column in found.items()})
    findings += _labels(table, label_key, expected, where)
    findings += _measures(table, expected, where)
    findings += _rows_without_code(table, columns, label_key, expected, where)
    findings += _merged_inputs(table, columns, expected, where)
    return table, findings


def _header(sheet: RawSheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]] | None:
    """Return (1-based row, key -> 1-based column) of the row that carries most headings, at least half of them."""
    plain = {c.heading: c.key for c in columns}
    if len(sheet.rows) >= HEADER_ROW:
        found = {plain[v]: i for i, v in _from_right(sheet.rows[HEADER_ROW - 1]) if v in plain}
        if len(found) == len(columns):
            return HEADER_ROW, found
    folded = {fold(c.heading): c.key for c in columns}
    best: tuple[int, dict[str, int]] | None = None
    for number, cells in enumerate(sheet.rows[:_SEARCH_ROWS], start=1):
        found = {folded[fold(v)]: i for i, v in _from_right(cells) if fold(v) in folded}
        if len(found) * 2 >= len(columns) and (best is None or len(found) > len(best[1])):
            best = (number, found)
    return best


def _doubled(sheet: RawSheet, row: int, columns: Sequence[Column], label_key: str) -> list[tuple[str, str]]:
    """(heading, second cell) of every heading that must be the only one of its kind and is not."""
    watched = {fold(c.heading): c.heading for c in columns if c.is_input or c.key in ("code", label_key)}
    seen: set[str] = set()
    doubled = []
    for column, text in reversed(_from_right(sheet.rows[row - 1])):
        folded = fold(text)
        if folded in watched and folded in seen:
            doubled.append((watched[folded], a1(row, column)))
        seen.add(folded)
    return doubled


def _from_right(cells: Sequence[object]) -> list[tuple[int, str]]:
    """Text cells with their 1-based columns, rightmost first, so that the leftmost of two equal headings wins."""
    return [(i, c) for i, c in reversed(list(enumerate(cells, start=1))) if isinstance(c, str)]


def _rows(
    sheet: RawSheet, header_row: int, column: int, expected: Sequence[Expected], where: Where
) -> tuple[dict[str, int], list[Finding]]:
    known = {e.code: e for e in expected}
    rows: dict[str, int] = {}
    findings: list[Finding] = []
    for number in range(header_row + 1, len(sheet.rows) + 1):
        cell = sheet.at(number, column)
        if not isinstance(cell, str) or not cell.strip():
            continue
        code = cell.strip()
        at = At(sheet.name, a1(number, column), where.unit, known[code].row_code if code in known else "")
        if code not in known:
            findings.append(finding("ROW_UNKNOWN", where.file, at, code, {"code": code}))
        elif code in rows:
            facts = {"code": code, "first": a1(rows[code], column)}
            findings.append(finding("ROW_DUPLICATE", where.file, at, facts=facts))
        else:
            rows[code] = number
    for e in expected:
        if e.code not in rows:
            facts = {"label": e.label, "code": e.code}
            at = At(sheet.name, unit=where.unit, row=e.row_code)
            findings.append(finding("ROW_MISSING", where.file, at, facts=facts))
    return rows, findings


def _labels(table: Table, key: str, expected: Sequence[Expected], where: Where) -> list[Finding]:
    """Compare each row's printed text with the text of its code."""
    findings: list[Finding] = []
    by_label: dict[str, str] | None = None
    for e in expected:
        if e.code not in table.rows:
            continue
        typed = table.raw(e.code, key)
        if typed == e.label:
            continue
        text = fold("" if typed is None else str(typed))
        if text == fold(e.label):
            continue
        if by_label is None:
            by_label = {fold(x.label): x.code for x in expected}
        other = by_label.get(text)
        at = At(table.sheet.name, table.address(e.code, key), where.unit, e.row_code)
        shown = "" if typed is None else str(typed)
        if other is not None:
            facts = {"code": e.code, "other": other}
            findings.append(finding("ROW_MIXED", where.file, at, shown, facts))
        else:
            facts = {"label": e.label, "typed": shown}
            findings.append(finding("LABEL_CHANGED", where.file, at, shown, facts))
    return findings


def _measures(table: Table, expected: Sequence[Expected], where: Where) -> list[Finding]:
    """A number typed beside another unit of measure is another number, whatever its row code says."""
    if "unit" not in table.columns:
        return []
    findings = []
    for e in expected:
        if e.code not in table.rows:
            continue
        printed = table.raw(e.code, "unit")
        shown = "" if printed is None else str(printed).strip()
        if shown != e.measured_in and shown.casefold() != e.measured_in.casefold():
            at = At(table.sheet.name, table.address(e.code, "unit"), where.unit, e.row_code)
            facts = {"typed": shown or "để trống", "unit": e.measured_in or "để trống"}
            findings.append(finding("MEASURE_CHANGED", where.file, at, shown, facts))
    return findings


def _rows_without_code(
    table: Table, columns: Sequence[Column], key: str, expected: Sequence[Expected], where: Where
) -> list[Finding]:
    """A row that repeats a printed label and holds answers, but no code, is a second answer to its question."""
    by_label: dict[str, Expected] = {}
    known = set(table.rows.values())
    inputs = [table.columns[c.key] for c in columns if c.is_input]
    findings = []
    for row in range(min(known, default=0), len(table.sheet.rows) + 1):
        label = table.sheet.at(row, table.columns[key])
        if row in known or not isinstance(label, str) or not is_blank(table.sheet.at(row, table.columns["code"])):
            continue
        if all(is_blank(table.sheet.at(row, column)) for column in inputs):
            continue
        by_label = by_label or {fold(e.label): e for e in expected}  # long texts: folded only when a row asks for it
        e = by_label.get(fold(label))
        if e is not None:
            at = At(table.sheet.name, a1(row, table.columns[key]), where.unit, e.row_code)
            findings.append(finding("ROW_WITHOUT_CODE", where.file, at, facts={"label": e.label}))
    return findings


def answers(table: Table, columns: Sequence[Column], codes: Sequence[str]) -> dict[tuple[str, str], object]:
    """What stands in the input cells of the rows that were found; blanks left out."""
    read = {
        (code, c.key): table.raw(code, c.key) for code in codes if code in table.rows for c in columns if c.is_input
    }
    return {place: value for place, value in read.items() if not is_blank(value)}


def _corners(area: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """((top, left), (bottom, right)) of a merged area; None when it is no area of a sheet."""
    try:
        (row, column), (other_row, other_column) = (parse_a1(corner) for corner in (area.split(":") * 2)[:2])
    except ValueError:
        return None
    return (min(row, other_row), min(column, other_column)), (max(row, other_row), max(column, other_column))


def _merged_inputs(
    table: Table, columns: Sequence[Column], expected: Sequence[Expected], where: Where
) -> list[Finding]:
    """An input cell swallowed by a merge reads as blank or lends its value to neighbours: neither is believed."""
    if not table.sheet.merged:
        return []
    inputs = {table.columns[c.key] for c in columns if c.is_input}
    findings = []
    for area in table.sheet.merged:
        corners = _corners(area)
        if corners is None:
            continue
        (top, left), (bottom, right) = corners
        if not any(left <= column <= right for column in inputs):
            continue
        for e in (e for e in expected if e.code in table.rows and top <= table.rows[e.code] <= bottom):
            at = At(table.sheet.name, a1(top, left), where.unit, e.row_code)
            findings.append(finding("MERGED_INPUT", where.file, at, facts={"range": area}))
    return findings
