"""The careful reader of xlsx: expat over every sheet, for files that the quick look does not vouch for.

Slower than python-calamine, but it builds nothing larger than the cells it keeps, knows each cell's own
address, and gives the same values. It decides nothing about what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

from validation.cells import MAX_FOLLOWERS, MAX_MERGES, merged_area, spread_over
from validation.markup import Attributes, walk
from validation.outline import SheetPart, Shown, Spreadsheet
from validation.raw import DENSE_COLUMNS, DENSE_ROWS, Fault, RawBook, RawSheet, RefusedError, a1, parse_a1

MAX_CELLS = 1_000_000  # of a workbook, blank ones included
MAX_AREA = 2_000_000  # places of the dense rows of a workbook
_MAX_STRINGS = 1_000_000

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADDRESS = re.compile("[A-Z]{1,10}[0-9]{1,20}")
_BLANKS = " \t\r\n"


def read_carefully(book: Spreadsheet, kind: str, notes: Sequence[Fault]) -> RawBook:
    """The workbook read by expat, a note added for each sheet with stray cells; raises RefusedError."""
    strings = shared_strings(book.strings) if book.strings else []
    budget = Budget()
    sheets = []
    found = list(notes)
    for part in book.sheets:
        reader = _SheetReader(strings, book, budget)
        walk(part.xml, reader.start, reader.end, reader.text)
        sheets.append(reader.sheet(part))
        if reader.table.stray:
            found.append(reader.table.note(part.name))
    return RawBook(tuple(sheets), kind, tuple(found), date1904=book.date1904)


class Budget:
    """What one workbook may hold in all, however it spreads that over its sheets."""

    def __init__(self) -> None:
        self.cells = 0
        self.area = 0

    def cell(self) -> None:
        """Counts one cell."""
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise RefusedError("FILE_HOSTILE", reason="có hơn 1 triệu ô")

    def add_area(self, slots: int) -> None:
        """Counts places of the dense rows."""
        self.area += slots
        if self.area > MAX_AREA:
            raise RefusedError("FILE_HOSTILE", reason="bảng quá dài hoặc quá rộng")


class Table:
    """Dense rows that grow as cells come, up to the area where a return can have any; the rest is stray."""

    def __init__(self, budget: Budget) -> None:
        self.rows: list[list[object]] = []
        self.stray = 0
        self.first_stray = ""
        self._budget = budget

    def put(self, row: int, column: int, value: object) -> bool:
        """Keeps a value; False when the cell is stray: counted, but nothing is built for it however far it is."""
        if row > DENSE_ROWS or column > DENSE_COLUMNS:
            self.stray += 1
            self.first_stray = self.first_stray or a1(row, column)
            return False
        while len(self.rows) < row:
            self.rows.append([])
        cells = self.rows[row - 1]
        if len(cells) < column:
            self._budget.add_area(column - len(cells))
            cells.extend([None] * (column - len(cells)))
        if cells[column - 1] is not None:
            raise RefusedError("FILE_DAMAGED", detail=f"có hai ô {a1(row, column)}")
        cells[column - 1] = value
        return True

    def note(self, sheet: str) -> Fault:
        """The note on this sheet's stray cells."""
        return Fault("STRAY_CELL", {"sheet": sheet, "cell": self.first_stray, "count": str(self.stray)})


def too_far(address: str) -> RefusedError:
    """The refusal of a cell that no table reaches."""
    return RefusedError("FILE_HOSTILE", reason=f"có ô dữ liệu nằm quá xa bảng (tới {address})")


def shared_strings(xml: bytes) -> list[str]:
    """The strings by index: rich text joined, phonetic text left out, _xHHHH_ decoded."""
    strings: list[str] = []
    text = _RichText()

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "si":
            text.clear()
        else:
            text.start(tag, attributes)

    def end(tag: str) -> None:
        if tag == "si":
            strings.append(text.joined())
            if len(strings) > _MAX_STRINGS:
                raise RefusedError("FILE_HOSTILE", reason="có hơn 1 triệu chuỗi văn bản")
        else:
            text.end(tag)

    walk(xml, start, end, text.add)
    return strings


class _RichText:
    """Joins the <t> of a string item, but not those of its phonetic reading."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._run: list[str] = []
        self._inside = self._phonetic = self._preserve = False

    def clear(self) -> None:
        self._runs = []
        self._inside = self._phonetic = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "rPh":
            self._phonetic = True
        elif tag == "t" and not self._phonetic:
            self._inside, self._run = True, []
            self._preserve = attributes.get("xml:space") == "preserve"

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._phonetic = False
        elif tag == "t" and self._inside:
            self._inside = False
            run = "".join(self._run)
            self._runs.append(run if self._preserve else run.strip(_BLANKS))

    def add(self, text: str) -> None:
        if self._inside:
            self._run.append(text)

    def joined(self) -> str:
        return unescaped("".join(self._runs))


def unescaped(text: str) -> str:
    """Text with Excel's _xHHHH_ escapes decoded (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(_decoded, text) if "_x" in text else text


def _decoded(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _SheetReader:
    """Handlers for one sheet; `sheet` gives the outcome once expat is through."""

    def __init__(self, strings: Sequence[str], book: Spreadsheet, budget: Budget) -> None:
        self.table = Table(budget)
        self._strings, self._book, self._budget = strings, book, budget
        self._formulas: dict[str, str] = {}
        self._spread: dict[str, str] = {}
        self._uncached: set[str] = set()
        self._errors: dict[str, str] = {}
        self._percents: set[str] = set()
        self._merged: list[str] = []
        self._row = self._column = 0
        self._in_data = self._had_data = self._in_cell = False
        self._gathering = ""  # v or f while inside one
        self._begin_cell({})

    def _begin_cell(self, attributes: Attributes) -> None:
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._has_value = False
        self._inline = _RichText()

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._in_cell:
            self._inside_cell(tag, attributes)
        elif tag == "c" and self._in_data:
            self._budget.cell()
            self._place(attributes.get("r"))
            self._begin_cell(attributes)
            self._in_cell = True
        elif tag == "row" and self._in_data:
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif tag == "sheetData":
            if self._had_data:
                raise RefusedError("FILE_DAMAGED", detail="một trang có hai bảng ô")
            self._in_data = self._had_data = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _place(self, address: str | None) -> None:
        if address is None:
            self._column += 1
            address = a1(self._row, self._column)
        try:
            self._row, self._column = parse_a1(address)
        except ValueError as error:
            if _ADDRESS.fullmatch(address):
                raise too_far(address) from error
            raise RefusedError("FILE_DAMAGED", detail="địa chỉ ô sai") from error

    def _merge(self, reference: str) -> None:
        self._merged.append(merged_area(reference))
        if len(self._merged) > MAX_MERGES:
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều vùng gộp ô")

    def _inside_cell(self, tag: str, attributes: Attributes) -> None:
        if tag in ("v", "f"):
            self._gathering = tag
            if tag == "v":
                self._has_value = True
                return
            self._formula = []
            if attributes.get("t") in ("array", "dataTable"):
                for address in spread_over(attributes.get("ref", ""), MAX_FOLLOWERS - len(self._spread)):
                    self._spread[address] = ""
        else:
            self._inline.start(tag, attributes)

    def text(self, text: str) -> None:
        if self._gathering == "v":
            self._value.append(text)
        elif self._gathering == "f" and self._formula is not None:
            self._formula.append(text)
        elif self._in_cell:
            self._inline.add(text)

    def end(self, tag: str) -> None:
        if tag == "c" and self._in_cell:
            self._in_cell = False
            self._store()
        elif tag in ("v", "f"):
            self._gathering = ""
        elif tag == "sheetData":
            self._in_data = False
        elif self._in_cell:
            self._inline.end(tag)

    def _store(self) -> None:
        stored, inline = "".join(self._value), self._inline.joined()
        if inline and (self._kind == "inlineStr" or not stored):  # some producers forget the type, or use <v>
            stored, self._kind = inline, "inlineStr"
        value, error = self._meaning(stored)
        if value is None and not error and self._formula is None:
            return
        if not self.table.put(self._row, self._column, value):
            return
        address = a1(self._row, self._column)
        if self._formula is not None:
            self._formulas[address] = "".join(self._formula)
            if not stored and not (self._kind == "str" and self._has_value):
                self._uncached.add(address)
        if error:
            self._errors[address] = error
        elif (isinstance(value, float) or address in self._uncached) and self._shown() is Shown.PERCENT:
            self._percents.add(address)

    def _shown(self) -> Shown:
        style, shown = int(self._style), self._book.shown
        return shown[style] if 0 <= style < len(shown) else Shown.PLAIN

    def _meaning(self, stored: str) -> tuple[object, str]:
        """(value, error text) of what the cell stores."""
        value: object = stored
        match self._kind if stored else "blank":
            case "blank":
                value = None
            case "e":
                return None, stored
            case "n":
                return self._number(stored)
            case "s":
                index = int(stored)
                if not 0 <= index < len(self._strings):
                    raise RefusedError("FILE_DAMAGED", detail="chuỗi dùng chung không có trong tệp")
                value = self._strings[index] or None
            case "b":
                value = stored.strip() not in ("0", "false")
            case "str":
                value = unescaped(stored)
            case "d":
                value = _iso(stored)
        return value, ""

    def _number(self, stored: str) -> tuple[object, str]:
        try:
            number = float(stored) if "_" not in stored else None
        except ValueError:
            number = None
        if number is None:
            return stored, ""  # "12,5" typed by a poor producer: text, for coercion to judge
        if not isfinite(number):
            return None, "#NUM!"
        shown = self._shown()
        if shown is Shown.DATE:
            return moment(number, self._book.date1904), ""
        if shown is Shown.DURATION and abs(number) < timedelta.max.days:
            return timedelta(days=number), ""
        return number, ""

    def sheet(self, part: SheetPart) -> RawSheet:
        return RawSheet(
            name=part.name,
            visible=part.visible,
            rows=self.table.rows,
            formulas=self._spread | self._formulas,
            uncached=frozenset(self._uncached),
            errors=self._errors,
            percents=frozenset(self._percents),
            merged=tuple(self._merged),
        )


def _iso(stored: str) -> date | datetime | str:
    try:
        return date.fromisoformat(stored) if len(stored) == 10 else datetime.fromisoformat(stored)
    except ValueError:
        return stored


def moment(serial: float, date1904: bool) -> date | datetime | time | float:
    """What a serial number in a date format is: a time below 1, a date when whole; itself beyond year 9999.

    As python-calamine has it: negative serials are midnight, and the 1900 that never leapt loses a day.
    """
    if serial < 1:
        return (datetime.min + timedelta(milliseconds=round(max(serial, 0) * 86_400_000) % 86_400_000)).time()
    days = serial + 1_462 if date1904 else serial
    base = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    try:
        found = base + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return serial
    return found.date() if serial == int(serial) else found
