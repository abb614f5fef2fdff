"""The reader of .ods: expat over content.xml, because repeats must be bounded before anything is built.

It keeps what python-calamine drops from this format (error cells, formulas, percents), so an .ods is read
as well as an .xlsx. It decides nothing about what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite

from validation.careful import MAX_CELLS, Budget, Table, too_far
from validation.cells import MAX_MERGES
from validation.markup import Attributes, refuse_declarations, walk
from validation.outline import MAX_SHEETS
from validation.raw import DENSE_COLUMNS, DENSE_ROWS, MAX_COLUMN, MAX_ROW, Fault, RawBook, RawSheet, RefusedError, a1

_FIRST_DAYS = {"1899-12-30": False, "1904-01-01": True}
_MAX_SPACES = 32_767  # characters of one Excel cell; text:c of a space element may claim any number
_FORMULA_PREFIX = re.compile(r"^(?:[A-Za-z]+:)?=")
_ERROR_TEXT = re.compile(r"#[A-Z/0-9]{1,12}[!?]?|Err:\d{3}")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    repeat: int
    value: object
    formula: str | None
    uncached: bool
    error: str
    percent: bool


def read_opendocument(content: bytes, notes: Sequence[Fault]) -> RawBook:
    """The spreadsheet in content.xml; raises RefusedError."""
    refuse_declarations(content)
    reader = _Reader()
    walk(content, reader.start, reader.end, reader.text)
    if not reader.sheets:
        raise RefusedError("FILE_DAMAGED", detail="không có trang tính nào")
    date1904 = _FIRST_DAYS.get(reader.null_date)
    return RawBook(tuple(reader.sheets), "ods", (*notes, *reader.notes), date1904=date1904)


class _Reader:
    """Handlers for content.xml; finished sheets gather in `sheets`."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.notes: list[Fault] = []
        self._budget = Budget()
        self.null_date = "1899-12-30"
        self._path: list[str] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: _Sheet | None = None
        self._sheet_depth = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._path.append(tag)
        if self._sheet is not None:
            self._sheet.start(tag, attributes, len(self._path) - self._sheet_depth)
        elif tag == "null-date":
            self.null_date = attributes.get("table:date-value", self.null_date)
        elif tag == "style":
            self._style = attributes.get("style:name", "")
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table" and self._path[-2:-1] == ["spreadsheet"]:
            name = attributes.get("table:name", "")
            if len(self.sheets) >= MAX_SHEETS:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều trang tính")
            visible = attributes.get("table:style-name", "") not in self._hidden_styles
            self._sheet = _Sheet(name, visible, self._budget)
            self._sheet_depth = len(self._path)

    def text(self, text: str) -> None:
        if self._sheet is not None:
            self._sheet.add(text)

    def end(self, tag: str) -> None:
        depth = len(self._path) - self._sheet_depth
        self._path.pop()
        if self._sheet is None:
            return
        if depth > 0:
            self._sheet.end(tag, depth)
            return
        if not self._sheet.name.startswith("'file:"):  # a cached copy of another workbook, not a sheet of this one
            self.sheets.append(self._sheet.finished())
            if self._sheet.table.stray:
                self.notes.append(self._sheet.table.note(self._sheet.name))
        self._sheet = None


class _Sheet:
    """One table:table. Depth 1 is a child of the table; a cell's text is in its own text:p only."""

    def __init__(self, name: str, visible: bool, budget: Budget) -> None:
        self.name, self._visible, self._budget = name, visible, budget
        self.table = Table(budget)
        self._formulas: dict[str, str] = {}
        self._uncached: set[str] = set()
        self._errors: dict[str, str] = {}
        self._percents: set[str] = set()
        self._merged: list[str] = []
        self._row = self._column = 1
        self._row_repeat = 1
        self._cells: list[_Cell] = []
        self._cell_depth = 0  # 0 outside a cell
        self._attributes: Attributes = {}
        self._paragraphs: list[list[str]] = []
        self._in_paragraph = False
        self._foreign = 0  # depth of a comment or drawing inside the cell, whose text is not the cell's

    def start(self, tag: str, attributes: Attributes, depth: int) -> None:
        if self._cell_depth:
            self._inside_cell(tag, attributes, depth)
        elif tag == "table-row":
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
            self._column = 1
            self._cells = []
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell_depth, self._attributes = depth, attributes
            self._paragraphs = []

    def _inside_cell(self, tag: str, attributes: Attributes, depth: int) -> None:
        if self._foreign:
            return
        if tag == "p" and depth == self._cell_depth + 1:
            self._paragraphs.append([])
            self._in_paragraph = True
        elif not self._in_paragraph or tag == "annotation":
            self._foreign = depth
        elif tag == "s":
            self._paragraphs[-1].append(" " * min(_count(attributes, "text:c"), _MAX_SPACES))
        elif tag == "tab":
            self._paragraphs[-1].append("\t")
        elif tag == "line-break":
            self._paragraphs[-1].append("\n")

    def add(self, text: str) -> None:
        if self._in_paragraph and not self._foreign:
            self._paragraphs[-1].append(text)

    def end(self, tag: str, depth: int) -> None:
        if self._foreign:
            if depth == self._foreign:
                self._foreign = 0
        elif self._cell_depth and depth == self._cell_depth:
            self._cell_depth = 0
            self._close_cell(tag)
        elif self._cell_depth and tag == "p" and depth == self._cell_depth + 1:
            self._in_paragraph = False
        elif tag == "table-row" and not self._cell_depth:
            self._close_row()

    def _close_cell(self, tag: str) -> None:
        self._budget.cell()
        attributes = self._attributes
        repeat = _count(attributes, "table:number-columns-repeated")
        text = "\n".join("".join(runs) for runs in self._paragraphs)
        formula = attributes.get("table:formula")
        value, error = _meaning(attributes, text, formula is not None)
        if value is not None or error or formula is not None:
            percent = attributes.get("office:value-type") == "percentage" and isinstance(value, float)
            uncached = formula is not None and not text and "office:value-type" not in attributes
            bare = None if formula is None else _FORMULA_PREFIX.sub("", formula)
            self._cells.append(_Cell(self._column, repeat, value, bare, uncached, error, percent))
        if tag == "table-cell":
            self._merge(attributes)
        self._column += repeat

    def _merge(self, attributes: Attributes) -> None:
        across = _count(attributes, "table:number-columns-spanned")
        down = _count(attributes, "table:number-rows-spanned")
        if across * down == 1:
            return
        if len(self._merged) >= MAX_MERGES:
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều vùng gộp ô")
        last = a1(min(self._row + down - 1, MAX_ROW), min(self._column + across - 1, MAX_COLUMN))
        self._merged.append(f"{a1(self._row, self._column)}:{last}")

    def _close_row(self) -> None:
        if self._cells:
            last = self._cells[-1]
            bottom, right = self._row + self._row_repeat - 1, last.column + last.repeat - 1
            if bottom > MAX_ROW or right > MAX_COLUMN:
                raise too_far(a1(min(bottom, MAX_ROW), min(right, MAX_COLUMN)))
            if self._row_repeat * sum(cell.repeat for cell in self._cells) > MAX_CELLS:
                raise RefusedError("FILE_HOSTILE", reason="có hơn 1 triệu ô")
            for row in range(self._row, min(bottom, max(self._row, DENSE_ROWS + 1)) + 1):
                for cell in self._cells:
                    self._put(row, cell)
        self._row += self._row_repeat
        self._cells = []

    def _put(self, row: int, cell: _Cell) -> None:
        last = cell.column + cell.repeat - 1
        for column in range(cell.column, min(last, max(cell.column, DENSE_COLUMNS + 1)) + 1):
            self._budget.cell()
            if not self.table.put(row, column, cell.value):
                continue
            address = a1(row, column)
            if cell.formula is not None:
                self._formulas[address] = cell.formula
            if cell.uncached:
                self._uncached.add(address)
            if cell.error:
                self._errors[address] = cell.error
            if cell.percent:
                self._percents.add(address)

    def finished(self) -> RawSheet:
        return RawSheet(
            name=self.name,
            visible=self._visible,
            rows=self.table.rows,
            formulas=self._formulas,
            uncached=frozenset(self._uncached),
            errors=self._errors,
            percents=frozenset(self._percents),
            merged=tuple(self._merged),
        )


def _count(attributes: Attributes, key: str) -> int:
    return max(1, int(attributes.get(key, "1")))


def _meaning(attributes: Attributes, text: str, computed: bool) -> tuple[object, str]:
    """(value, error text) of a cell by its office:value-type (OpenDocument 1.3 part 3, 19.387)."""
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error" or (computed and _ERROR_TEXT.fullmatch(text)):
        return None, text or "#N/A"
    value: object = text or None
    match kind:
        case "float" | "percentage" | "currency":
            number = float(attributes.get("office:value", "nan"))
            return (number, "") if isfinite(number) else (None, "#NUM!")
        case "boolean":
            value = attributes.get("office:boolean-value") == "true"
        case "date":
            value = _date(attributes.get("office:date-value", ""))
        case "time":
            value = _duration(attributes.get("office:time-value", ""))
        case "string":
            value = attributes.get("office:string-value", text) or None
    return value, ""


def _date(stored: str) -> object:
    try:
        return date.fromisoformat(stored) if len(stored) == 10 else datetime.fromisoformat(stored)
    except ValueError:
        return stored or None


def _duration(stored: str) -> object:
    """A time of day (as a time below 24 hours) or a longer duration."""
    match = _DURATION.fullmatch(stored)
    if match is None:
        return stored or None
    sign, days, hours, minutes, seconds = match.groups(default="0")
    try:
        length = timedelta(days=int(days), hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    except OverflowError:
        return stored
    if sign == "-":
        return -length
    return (datetime.min + length).time() if length < timedelta(days=1) else length
