"""A whole template as it is printed, every input filled with a word of its own, and the damage that Excel can do to it.

Rows and columns move as Excel moves them, merged areas with them, so that a value that is read can be held
against the one word that belongs there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from plan.layout import HEADER_ROW, INDICATOR_SHEET, TASK_SHEET, WorkbookLayout
from templates.draw import draw_template
from tests.validation.returned import COMMUNE, RECEIVED
from validation.locate_form import Table, Where, corners, form_of
from validation.locate_sheet import find_table
from validation.model import Finding, Severity
from validation.raw import RawBook, RawSheet, a1
from validation.read import read_book

APPENDICES = (INDICATOR_SHEET, TASK_SHEET)
WHERE = Where("a.xlsx", "xa-gia-vien")
FORMS = {name: form_of(COMMUNE, name) for name in APPENDICES}
COLUMN = {name: {c.key: i for i, c in enumerate(form.columns, start=1)} for name, form in FORMS.items()}
ROW = {r.code: r.row for r in COMMUNE.indicator_rows} | {r.code: r.row for r in COMMUNE.task_rows}


def word(code: str, key: str) -> str:
    """What stands in an input cell, and in no other."""
    return f"{code}/{key}"


@dataclass
class Sheet:
    """A sheet that can be damaged; `merged` are [top, left, bottom, right]."""

    name: str
    grid: list[list[object]]
    merged: list[list[int]] = field(default_factory=list)
    visible: bool = True

    def put(self, row: int, column: int, value: object) -> None:
        while len(self.grid) < row:
            self.grid.append([])
        cells = self.grid[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value

    def insert_row(self, before: int, cells: Sequence[object] = ()) -> None:
        self.grid.insert(before - 1, list(cells))
        for box in self.merged:
            box[0] += box[0] >= before
            box[2] += box[2] >= before

    def delete_row(self, row: int) -> None:
        """The text of a merged area goes with its first row."""
        del self.grid[row - 1 : row]
        for box in self.merged:
            box[0] -= box[0] > row
            box[2] -= box[2] >= row
        self.merged = [b for b in self.merged if b[0] <= b[2]]

    def insert_column(self, before: int, cells: Iterable[tuple[int, object]] = ()) -> None:
        for row in self.grid:
            if len(row) >= before:
                row.insert(before - 1, None)
        for number, value in cells:
            self.put(number, before, value)
        for box in self.merged:
            box[1] += box[1] >= before
            box[3] += box[3] >= before

    def delete_column(self, column: int) -> None:
        for row in self.grid:
            del row[column - 1 : column]
        for box in self.merged:
            box[1] -= box[1] > column
            box[3] -= box[3] >= column
        self.merged = [b for b in self.merged if b[1] <= b[3]]

    def move_column(self, column: int, before: int) -> None:
        """Cut and insert, in a sheet whose head is no longer merged across."""
        self.merged = [b for b in self.merged if b[1] == b[3]]
        for row in self.grid:
            row.extend([None] * (max(column, before) - len(row)))
            row.insert(before - 1 - (before > column), row.pop(column - 1))

    def swap_rows(self, one: int, other: int) -> None:
        """What sorting does: contents move, merged areas stay."""
        self.grid[one - 1], self.grid[other - 1] = self.grid[other - 1], self.grid[one - 1]

    def copy(self, name: str) -> Sheet:
        return Sheet(name, [list(r) for r in self.grid], [list(b) for b in self.merged], self.visible)

    def frozen(self) -> RawSheet:
        areas = tuple(f"{a1(b[0], b[1])}:{a1(b[2], b[3])}" for b in self.merged if b[:2] != b[2:])
        return RawSheet(self.name, self.visible, self.grid, merged=areas)


@cache
def _template(layout_of: str) -> RawBook:
    assert layout_of == COMMUNE.unit.id
    read = read_book(draw_template(COMMUNE, {}, datetime.combine(RECEIVED, RECEIVED.timetz())), "a.xlsx")
    assert isinstance(read, RawBook)
    return read


Damage = Callable[[Sheet], None]


def filled(layout: WorkbookLayout = COMMUNE) -> dict[str, Sheet]:
    """The drawn template of `layout` as Sheets by name, filled in; the check column shows results as Excel does."""
    sheets = {}
    for raw in _template(layout.unit.id).sheets:
        boxes = [[*box[0], *box[1]] for box in map(corners, raw.merged) if box]
        sheets[raw.name] = Sheet(raw.name, [list(row) for row in raw.rows], boxes, raw.visible)
    for name, form in FORMS.items():
        for e in form.expected:
            for c in form.inputs:
                sheets[name].put(ROW[e.code], COLUMN[name][c.key], word(e.code, c.key))
            sheets[name].put(ROW[e.code], COLUMN[name]["check"], "Đủ")
    return sheets


def book(sheets: dict[str, Sheet]) -> RawBook:
    return RawBook(tuple(s.frozen() for s in sheets.values()), "xlsx")


def located(sheets: dict[str, Sheet], name: str) -> tuple[Table | None, list[Finding]]:
    return find_table(book(sheets), COMMUNE, name, WHERE)


def read(table: Table | None, name: str) -> dict[tuple[str, str], object]:
    """Every input cell of the rows that were found."""
    form = FORMS[name]
    if table is None:
        return {}
    return {
        (e.code, c.key): table.raw(e.code, c.key) for e in form.expected if e.code in table.rows for c in form.inputs
    }


def whole(name: str) -> dict[tuple[str, str], object]:
    """What an undamaged sheet holds."""
    form = FORMS[name]
    return {(e.code, c.key): word(e.code, c.key) for e in form.expected for c in form.inputs}


def remarks(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return [(f.sheet, f.cell, f.code) for f in findings]


def errors(findings: Iterable[Finding]) -> set[str]:
    """The row codes that an error blocks; "" is the whole sheet."""
    return {f.row for f in findings if f.severity is Severity.ERROR}


def assert_right_or_said(sheets: dict[str, Sheet]) -> None:
    """The promise: each input cell is read as typed, or an error stands against its row or its sheet."""
    for name, form in FORMS.items():
        table, findings = located(sheets, name)
        values, blocked = read(table, name), errors(findings)
        for e in form.expected:
            for c in form.inputs:
                right = values.get((e.code, c.key)) == word(e.code, c.key)
                assert right or blocked & {"", e.row_code}, (e.code, c.key, values.get((e.code, c.key)), findings)


def damaged(name: str, *damages: Damage) -> dict[str, Sheet]:
    sheets = filled()
    for damage in damages:
        damage(sheets[name])
    assert_right_or_said(sheets)
    return sheets


def outcome(name: str, *damages: Damage) -> tuple[bool, list[tuple[str, str]]]:
    """(every value of the sheet was read as typed, cells and codes of what was said)."""
    table, findings = located(damaged(name, *damages), name)
    assert all(f.file == "a.xlsx" and f.unit == "xa-gia-vien" and f.sheet == name for f in findings)
    return read(table, name) == whole(name), [(f.cell, f.code) for f in findings]


def heading(key: str, text: object, row: int = HEADER_ROW) -> Damage:
    return lambda sheet: sheet.put(row, COLUMN[sheet.name][key], text)
