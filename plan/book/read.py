"""The door of plan workbooks: the sheets that staff edit in Excel become the texts of a plan.

Sheets are found by name, columns by the row of keys (or by their headings where it is gone), rows by having
something in them, so that moving, sorting and inserting do no harm. What a text may be is judged by `schema`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from plan.book import words
from plan.book.read_cells import Cell, SheetCells, read_cells
from plan.book.sheets import HEAD_COLUMN_HEADINGS, HEAD_ITEMS, HEAD_NAME, SHEETS, Sheet
from plan.cell_rules import near
from plan.headings import HEADINGS, called
from plan.tables import HEAD_COLUMNS, YOUNGER_COLUMNS, YOUNGER_TABLES, PlanTables, Row, Table, letter, unread
from plan.words import fold

_OFFICIAL_CODE_DIGITS = 5  # of a commune; a cell that Excel made a number has lost the zeros in front
_EMPTY = Cell("")
_TITLE_LINES = 2  # headings and keys; what staff merge there, or write above them, is decoration

Lines = tuple[tuple[int, dict[int, Cell]], ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the columns of a table stand: key -> 0-based column; `lines` are rows of names, data lies below."""

    at: Mapping[str, int]
    lines: frozenset[int]


def read_plan(path: Path, faults: list[str]) -> PlanTables:
    """Read a plan workbook; faults of sheets, columns and cells are noted in `faults`.

    Raises PlanError with one line when the file is missing, damaged, locked, too large or no .xlsx.
    """
    book = read_cells(path)
    head = _head(book, faults)
    tables = {sheet.role: _table(book, sheet, faults) for sheet in SHEETS}
    faults += _copies(book)
    return PlanTables(head=head, **tables)


def _copies(book: tuple[SheetCells, ...]) -> list[str]:
    """Say which sheets look like a table of the plan under another name: what was written there would be lost."""
    known = {fold(name) for name in (HEAD_NAME, *(sheet.name for sheet in SHEETS))}
    present = {fold(own.name) for own in book}
    faults = []
    for own in book:
        if fold(own.name) in known:
            continue
        count, like = max(((_likeness(own, sheet), sheet) for sheet in SHEETS), key=itemgetter(0))
        if not count:
            continue
        do = f"Chép các dòng cần dùng sang trang “{like.name}” rồi xóa trang này."
        if fold(like.name) not in present:
            do = f"Đổi tên trang này thành “{like.name}”."
        what = f"trang này giống trang “{like.name}” nhưng tên khác nên không được đọc."
        faults.append(f"{sheet_title(own.name)}: {what} {do}")
    return faults


def _likeness(own: SheetCells, sheet: Sheet) -> int:
    """Return how many columns of the sheet one line names, by key or by heading; 0 when never more than half."""
    key_of = {fold(column.heading): column.key for column in sheet.columns}
    keys = set(key_of.values())
    named = (set(_keys(cells).values()) | set(_headings(cells, key_of).values()) for _, cells in own.lines)
    return max((count for names in named if (count := len(keys & names)) > len(keys) // 2), default=0)


def sheet_title(name: str) -> str:
    """Return what faults call a sheet."""
    return f"Trang “{name}”"


# --- finding sheets and columns ---


def _named(book: tuple[SheetCells, ...], name: str) -> list[SheetCells]:
    return [sheet for sheet in book if fold(sheet.name) == fold(name)]


def _lines(book: tuple[SheetCells, ...], name: str, faults: list[str]) -> Lines | None:
    """Return the lines of the one sheet of that name; merged cells are a fault, since all but the first are blank."""
    found = _named(book, name)
    if not found:
        faults.append(f"{sheet_title(name)}: không có trang này trong sổ. Đặt lại tên trang như khi xuất ra.")
    if len(found) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet in found)
        faults.append(f"{sheet_title(name)}: có {len(found)} trang cùng tên ({names}). Chỉ giữ một.")
    faults += [
        f"{sheet_title(name)}, ô {merge}: các ô bị gộp, máy chỉ đọc được ô đầu. Bỏ gộp ô rồi ghi đủ ở từng dòng."
        for sheet in found
        for merge in sheet.merges
        if _lowest(merge) > _TITLE_LINES
    ]
    return found[0].lines if len(found) == 1 else None


def _lowest(merge: str) -> int:
    return int(merge.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _header(
    name: str, headings: Mapping[str, str], lines: Lines, faults: list[str], younger: tuple[str, ...] = ()
) -> _Header | None:
    """Find the columns by the row of keys, or by the headings (key -> heading); None when that was not possible.

    `younger` columns may be missing; where somebody added one by hand, its heading does.
    """
    key_of = {fold(heading): key for key, heading in headings.items()}
    by_key = [(line, cells) for line, cells in lines if _names_columns(_keys(cells), headings)]
    by_heading = [(line, cells) for line, cells in lines if _names_columns(_headings(cells, key_of), headings)]
    if not by_key and not by_heading:
        faults.append(f"{sheet_title(name)}: không thấy hàng tên cột. Giữ hai hàng đầu như khi xuất ra.")
        return None
    line, cells = (by_key or by_heading)[0]
    names = _keys(cells) if by_key else _headings(cells, key_of)
    before = len(faults)
    at: dict[str, int] = {}
    for index, key in names.items():
        place = f"{sheet_title(name)}, ô {letter(index)}{line}"
        if key in at:
            column = f"“{headings[key]}” ({key})"
            faults.append(f"{place}: cột {column} đứng hai lần, đã có ở ô {letter(at[key])}{line}. Chỉ giữ một.")
        elif key in headings:
            at[key] = index
        elif key and by_key:
            guess = near(key, tuple(headings)) or ". Cột ghi chú riêng thì để trống ô này"
            faults.append(f"{place}: không có cột mang khóa “{key}”{guess}")
    added = {key: i for _, row in by_heading for i, key in _headings(row, key_of).items() if i not in at.values()}
    at |= {key: added[key] for key in younger if key in added and key not in at}
    faults += [
        f"{sheet_title(name)}: thiếu cột “{heading}” (khóa {key}). Thêm lại cột ấy như khi xuất ra."
        for key, heading in headings.items()
        if key not in at and key not in younger
    ]
    return None if len(faults) > before else _Header(at, frozenset(row[0] for row in (*by_key, *by_heading)))


def _keys(cells: Mapping[int, Cell]) -> dict[int, str]:
    return {index: cell.text.strip().lower() for index, cell in cells.items()}


def _headings(cells: Mapping[int, Cell], key_of: Mapping[str, str]) -> dict[int, str]:
    return {index: key_of.get(fold(cell.text), "") for index, cell in cells.items()}


def _names_columns(names: Mapping[int, str], known: Mapping[str, str]) -> bool:
    """True when a row of cells is a row of names: two at least, and more names than other words."""
    hits = sum(name in known for name in names.values())
    return hits > 1 and 2 * hits > len(names)


# --- tables ---


def _table(book: tuple[SheetCells, ...], sheet: Sheet, faults: list[str]) -> Table:
    title, keys = sheet_title(sheet.name), tuple(column.key for column in sheet.columns)
    if sheet.role in YOUNGER_TABLES and not _named(book, sheet.name):
        return Table(title, keys, keys, (), lambda column, index: title)
    headings = {column.key: column.heading for column in sheet.columns}
    younger = YOUNGER_COLUMNS.get(sheet.role, ())
    lines = _lines(book, sheet.name, faults)
    header = None if lines is None else _header(sheet.name, headings, lines, faults, younger)
    if lines is None or header is None:
        return unread(title, keys)
    rows: list[Row] = []
    numbers: list[int] = []

    def place(column: str, index: int) -> str:
        return f"{title}, ô {letter(header.at[column])}{numbers[index]}"

    faults += _above(header, lines, title)
    for line, cells in _below(header, lines):
        own = {key: cells[index] for key, index in header.at.items() if index in cells}
        if any(cell.text.strip() or cell.fault for cell in own.values()):
            numbers.append(line)
            at = len(rows)
            texts = {key: _text(sheet.role, key, own.get(key, _EMPTY), place(key, at), faults) for key in header.at}
            rows.append({key: texts.get(key, "") for key in keys})
    in_order = sorted(header.at, key=lambda key: header.at[key])
    return Table(title, keys, (*in_order, *(key for key in younger if key not in header.at)), tuple(rows), place)


def _above(header: _Header, lines: Lines, title: str) -> list[str]:
    """Say which lines over the names look like rows (two cells or more): they would be lost. A title is one cell."""
    columns = set(header.at.values())
    return [
        f"{title}, dòng {line}: dòng này nằm trên hàng tên cột nên không được đọc. Chuyển xuống dưới hàng tên cột."
        for line, cells in lines
        if line < min(header.lines) and len(columns & set(cells)) > 1
    ]


def _below(header: _Header, lines: Lines) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Yield the lines under the first row of names, without a second such row."""
    first = min(header.lines)
    yield from ((line, cells) for line, cells in lines if line > first and line not in header.lines)


def _text(role: str, key: str, cell: Cell, place: str, faults: list[str]) -> str:
    """Return the plan's text for a cell; where there is none, say so and keep what stands there."""
    text = cell.text
    if cell.is_number and (role, key) == ("units", "code"):
        return text.zfill(_OFFICIAL_CODE_DIGITS)
    fault = cell.fault
    if not fault and unicodedata.is_normalized("NFC", text):  # the schema speaks about what is not
        try:
            return words.meant(role, key, text)
        except ValueError as error:
            fault = str(error)
    if fault:
        faults.append(f"{place}: {fault}")
    return text


# --- the head ---


def _head(book: tuple[SheetCells, ...], faults: list[str]) -> Table:
    title = sheet_title(HEAD_NAME)
    lines = _lines(book, HEAD_NAME, faults)
    wanted = {key: heading for key, heading in HEAD_COLUMN_HEADINGS.items() if key != "hint"}
    header = None if lines is None else _header(HEAD_NAME, wanted, lines, faults)
    if lines is None or header is None:
        return unread(title, HEAD_COLUMNS)
    key_of = {fold(item.heading): item.key for item in HEAD_ITEMS}
    row, at = dict.fromkeys(HEAD_COLUMNS, ""), dict[str, int]()

    def place(column: str, index: int) -> str:
        heading = HEADINGS["head"][column]
        if column in at:
            return f"{title}, ô {letter(header.at['value'])}{at[column]} ({heading})"
        return f"{title}, mục “{heading}” (khóa {column})"

    for line, cells in _below(header, lines):
        label, given, value = (cells.get(header.at[column], _EMPTY) for column in ("label", "key", "value"))
        key = given.text.strip().lower() or key_of.get(fold(label.text), "")
        if key and key not in row:
            where = f"{title}, ô {letter(header.at['key'])}{line}"
            faults.append(f"{where}: không có mục mang khóa “{key}”{near(key, HEAD_COLUMNS)}")
        elif key in at:
            where = f"{title}, ô {letter(header.at['value'])}{line}"
            faults.append(f"{where}: mục {called('head', key)} đứng hai lần, đã có ở dòng {at[key]}. Chỉ giữ một.")
        elif key:
            at[key] = line
            row[key] = _text("head", key, value, place(key, 0), faults)
    return Table(title, HEAD_COLUMNS, HEAD_COLUMNS, (row,), place)
