"""The records of the two binary workbooks, .xls and .xlsb, walked before python-calamine may have them.

It sizes its memory by numbers in the file (extents, string counts) and aborts the process when they lie, so the
records are held within bounds. It also hides formulas, errors and number formats, so that their cells are noted
on the way. No value is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validation.careful import MAX_AREA, too_far
from validation.cells import MAX_MERGES
from validation.formula_tokens import formula_text
from validation.markup import refuse_declarations
from validation.outline import MAX_SHEETS, Shown, built_in, relationships, shown_by
from validation.raw import DENSE_COLUMNS, DENSE_ROWS, RefusedError, a1

MAX_RECORDS = 3_000_000  # of one file
MAX_MARKS = 200_000  # formulas, errors and percents of one file

_BIFF8 = 0x600  # Excel 97 and later
_XLS_FORMULA = 0x06
_XLS_OLD_FORMULAS = (0x206, 0x406)  # of Excel 3 and 4; python-calamine reads nothing there
_XLS_NUMBERS = (0x203, 0x27E)
_XLS_ERROR = 0x205  # or a truth value
_XLS_MANY = 0xBD  # many numbers in one record
_XLS_CELLS = frozenset((_XLS_FORMULA, *_XLS_OLD_FORMULAS, *_XLS_NUMBERS, _XLS_ERROR, _XLS_MANY, 0xFD, 0x204, 0xD6))
_XLSB_PLACED = range(12)  # row headers (0), a blank (1) and the kinds of cells
_XLSB_ERRORS = (3, 11)
_XLSB_FORMULAS = {8: 0, 9: 8, 10: 1, 11: 1}  # bytes of the stored result; a text (8) tells its own length
# [MS-XLS] 2.5.10 BErr; python-calamine fails on any other code.
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class CellMarks:
    """Cells of one sheet whose value does not tell what they are; as in RawSheet, stray cells left out."""

    formulas: Mapping[str, str]
    errors: Mapping[str, str]
    percents: frozenset[str]


@dataclass(frozen=True, slots=True)
class BinaryFacts:
    """What the records told, by sheet in the order of the workbook, charts among them; `blind`: not the percents.

    `date1904`: serial numbers of days count from 1904; without a record that says so they count from 1900.
    """

    sheets: tuple[CellMarks, ...]
    blind: bool
    date1904: bool


class _Sheets:
    """What the records of one file add up to, one sheet after the other, all of them within one bound."""

    def __init__(self) -> None:
        self.row = self.column = self.before = self.records = self.marked = 0
        self.next_sheet()

    def next_sheet(self) -> None:
        """What follows is another sheet."""
        self.before += self.row * self.column
        self.row = self.column = 0
        self.formulas: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.percents: set[str] = set()

    def marks(self) -> CellMarks:
        """What was noted of this sheet."""
        return CellMarks(self.formulas, self.errors, frozenset(self.percents))

    def add(self, row: int, column: int) -> None:
        """A cell by its 0-based place; raises RefusedError when the tables would be too large."""
        self.row, self.column = max(self.row, row + 1), max(self.column, column + 1)
        if self.before + self.row * self.column > MAX_AREA:
            raise too_far(a1(row + 1, column + 1))

    def count(self, records: int) -> None:
        """So many records were walked."""
        self.records += records
        if self.records > MAX_RECORDS:
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều bản ghi bên trong")

    def formula(self, row: int, column: int, text: str) -> None:
        """This cell holds a formula."""
        if self._is_kept(row, column):
            self.formulas[a1(row + 1, column + 1)] = text

    def error(self, row: int, column: int, code: int) -> None:
        """This cell shows an error, typed or calculated."""
        if self._is_kept(row, column):
            self.errors[a1(row + 1, column + 1)] = _ERRORS.get(code, "#N/A")

    def percent(self, row: int, column: int) -> None:
        """This cell shows its number as a percentage."""
        if self._is_kept(row, column):
            self.percents.add(a1(row + 1, column + 1))

    def _is_kept(self, row: int, column: int) -> bool:
        self.marked += 1
        if self.marked > MAX_MARKS:
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều công thức")
        return row < DENSE_ROWS and column < DENSE_COLUMNS


def checked_xls(workbook: bytes) -> tuple[bytes, BinaryFacts]:
    """The workbook stream once the records that python-calamine will walk have been walked ([MS-XLS]).

    Claimed extents that memory would be reserved for are replaced by a single cell. Raises RefusedError.
    """
    stream = bytearray(workbook)
    sheets = _Sheets()
    marks = []
    try:
        book = _xls_globals(stream, sheets)
        for offset in book.offsets:
            sheets.next_sheet()
            _walk_xls_sheet(stream, offset, sheets, book.percents)
            marks.append(sheets.marks())
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    return bytes(stream), BinaryFacts(tuple(marks), blind=book.percents is None, date1904=book.date1904)


def _damaged() -> RefusedError:
    return RefusedError("FILE_DAMAGED", detail="bản ghi bên trong bị cụt")


@dataclass(frozen=True, slots=True)
class _XlsBook:
    """Place of each sheet and the cell styles that show a number as percent; the styles of Excel 5 are not known."""

    offsets: list[int]
    percents: frozenset[int] | None
    date1904: bool


def _xls_globals(stream: bytearray, sheets: _Sheets) -> _XlsBook:
    offsets: list[int] = []
    styles: list[int] = []
    codes: dict[int, bytes] = {}
    seen = version = 0
    date1904 = False
    for kind, at, size in _xls_records(stream, 0):
        seen += 1
        if kind == 0x2F and stream[at : at + 2] != b"\0\0":
            raise RefusedError("FILE_ENCRYPTED")
        if kind == 0x85:
            offsets.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == 0xFC and size >= 8 and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise RefusedError("FILE_HOSTILE", reason="khai báo số chuỗi văn bản không khớp với nội dung")
        elif kind == 0x22:
            date1904 = stream[at] == 1
        elif kind == 0x809:
            version = struct.unpack_from("<H", stream, at)[0]
        elif kind == 0xE0:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
        elif kind == 0x41E and size >= 5:
            codes[struct.unpack_from("<H", stream, at)[0]] = bytes(stream[at + 4 : at + size])
    sheets.count(seen)
    if len(offsets) > MAX_SHEETS:
        raise RefusedError("FILE_HOSTILE", reason="có quá nhiều trang tính")
    return _XlsBook(offsets, _percent_styles(styles, codes) if version == _BIFF8 else None, date1904)


def _percent_styles(styles: list[int], codes: Mapping[int, bytes]) -> frozenset[int]:
    percent = {number for number in set(styles) if _xls_shown(number, codes.get(number)) is Shown.PERCENT}
    return frozenset(index for index, number in enumerate(styles) if number in percent)


def _xls_shown(number: int, code: bytes | None) -> Shown:
    """`code` is the text of the format behind its flags, None when the file does not spell it out."""
    if code is None:
        return built_in(number)
    return shown_by(code[1:].decode("utf-16-le" if code[0] & 1 else "latin-1", "replace"))


def _xls_records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """(type, place, size) of records until the end of the substream."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        if kind == 0x0A:
            return
        at += 4 + size


def _walk_xls_sheet(stream: bytearray, offset: int, sheets: _Sheets, percents: frozenset[int] | None) -> None:
    merges = seen = 0
    for kind, at, size in _xls_records(stream, offset):
        seen += 1
        if kind in _XLS_CELLS and size >= 6:
            _note_xls_cell(kind, stream[at : at + size], sheets, percents)
        elif kind == 0x200:
            _bound_dimensions(stream, at, size)
        elif kind == 0xE5 and size >= 2:
            merges += struct.unpack_from("<H", stream, at)[0]
            if merges > MAX_MERGES:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều vùng gộp ô")
    sheets.count(seen)


def _note_xls_cell(kind: int, record: bytearray, sheets: _Sheets, percents: frozenset[int] | None) -> None:
    """`percents` None: Excel 5, where neither cell styles nor the tokens of formulas are understood here."""
    row, column, style = struct.unpack_from("<HHH", record)
    if kind == _XLS_MANY:
        count = (len(record) - 6) // 6
        sheets.add(row, max(column + count, struct.unpack_from("<H", record, len(record) - 2)[0]))
        for nth in range(count):
            if percents and struct.unpack_from("<H", record, 4 + 6 * nth)[0] in percents:
                sheets.percent(row, column + nth)
        return
    sheets.add(row, column)
    is_number = kind in _XLS_NUMBERS
    if kind == _XLS_FORMULA:
        result, marker, size = struct.unpack_from("<6sH6xH", record, 6)
        tokens = bytes(record[22 : 22 + size])
        sheets.formula(row, column, "" if percents is None else formula_text(tokens, wide=False))
        is_number = marker != 0xFFFF
        if not is_number and result[0] == 2:
            sheets.error(row, column, result[2])
    elif kind in _XLS_OLD_FORMULAS:
        sheets.formula(row, column, "")
    elif kind == _XLS_ERROR and len(record) >= 8 and record[7]:
        sheets.error(row, column, record[6])
    if is_number and percents and style in percents:
        sheets.percent(row, column)


def _bound_dimensions(stream: bytearray, at: int, size: int) -> None:
    shape = "<IIHH" if size >= 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(shape, stream, at)
    if not (top < bottom and left < right and (bottom - top) * (right - left) <= MAX_AREA):
        struct.pack_into(shape, stream, at, 0, 1, 0, 1)


def check_xlsb(parts: Mapping[str, bytes]) -> BinaryFacts:
    """Walks the records of every binary part ([MS-XLSB]); raises RefusedError."""
    sheets = _Sheets()
    marks: dict[str, CellMarks] = {}
    try:
        for name, data in parts.items():
            if name.endswith(".bin"):
                sheets.next_sheet()
                _walk_xlsb_part(data, sheets, "worksheets/" in name.lower())
                marks[name] = sheets.marks()
        nothing = CellMarks({}, {}, frozenset())
        names, date1904 = _xlsb_workbook(parts)
        return BinaryFacts(tuple(marks.get(name, nothing) for name in names), True, date1904)
    except (struct.error, IndexError) as error:
        raise _damaged() from error


def _walk_xlsb_part(data: bytes, sheets: _Sheets, is_sheet: bool) -> None:
    row = 0
    for kind, at, size in _xlsb_records(data):
        sheets.count(1)
        if kind == 0x9F and size >= 8 and struct.unpack_from("<I", data, at + 4)[0] > len(data):
            raise RefusedError("FILE_HOSTILE", reason="khai báo số chuỗi văn bản không khớp với nội dung")
        if not is_sheet or kind not in _XLSB_PLACED:
            continue
        if size < 8:  # python-calamine would take the place from whatever it read before
            raise _damaged()
        place = struct.unpack_from("<I", data, at)[0]
        if not kind:
            row = place
            continue
        sheets.add(row, place)
        if kind in _XLSB_ERRORS:
            sheets.error(row, place, data[at : at + size][8])
        if kind in _XLSB_FORMULAS:
            sheets.formula(row, place, _xlsb_formula(kind, data[at : at + size]))


def _xlsb_formula(kind: int, record: bytes) -> str:
    result = _XLSB_FORMULAS[kind] or 4 + 2 * struct.unpack_from("<I", record, 8)[0]
    start = 8 + result + 2
    size = struct.unpack_from("<I", record, start)[0]
    return formula_text(record[start + 4 : start + 4 + size], wide=True)


def _xlsb_workbook(parts: Mapping[str, bytes]) -> tuple[list[str], bool]:
    """(part of each sheet in order, found as python-calamine finds it; whether dates count from 1904)."""
    body = parts.get("xl/_rels/workbook.bin.rels", b"")
    refuse_declarations(body)
    links = relationships(body)
    found = []
    date1904 = False
    data = parts.get("xl/workbook.bin", b"")
    for kind, at, size in _xlsb_records(data):
        if kind == 0x90:
            break
        if kind == 0x99:
            date1904 = bool(data[at] & 1)
        if kind == 0x9C:
            length = struct.unpack_from("<I", data, at + 8)[0]
            if length != 0xFFFFFFFF:
                link = data[at + 12 : at + min(size, 12 + 2 * length)].decode("utf-16-le", "replace")
                found.append(links.get(link, ("", ""))[1])
    return found, date1904


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(type, place, size); both numbers are stored in groups of seven bits."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > len(data):
            raise _damaged()
        yield kind, at, size
        at += size
