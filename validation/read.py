"""The door through which returned files are read, and the only importer of python-calamine.

`scan` comes first, always: python-calamine gets a workbook put together anew from bytes that were looked
at, and only when each of its sheets was understood; whatever else may be read goes to the careful readers.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import isfinite

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from validation.archive import stored_zip
from validation.biff import BinaryFacts, CellMarks
from validation.careful import read_carefully
from validation.cells import CellFacts
from validation.legacy import unicode_book
from validation.opendocument import read_opendocument
from validation.outline import SheetPart, Spreadsheet
from validation.raw import DENSE_COLUMNS, DENSE_ROWS, Fault, RawBook, RawSheet, RefusedError, a1
from validation.scan import Scan, scan

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class _Table:
    """A worksheet of python-calamine; `number` counts all sheets of the workbook, `rows` start at A1."""

    number: int
    sheet: CalamineSheet
    visible: bool
    rows: list[list[object]]


def read_book(data: bytes, name: str, passed_over: frozenset[str] = frozenset()) -> RawBook | Fault:
    """The workbook in `data`, or why it cannot be read; `name` only serves the note on a wrong extension.

    Sheets of an xlsx named in `passed_over` are not read: half of a template is there for people alone.
    """
    found = scan(data, name, passed_over)
    if isinstance(found, Fault):
        return found
    try:
        return unicode_book(_read(found))
    except RefusedError as refused:
        return refused.fault


def _read(found: Scan) -> RawBook:
    if found.kind == "ods":
        return read_opendocument(found.data, found.notes)
    if found.binary is not None:
        return _read_binary(found, found.binary)
    if found.book is None or not found.book.sheets:
        return RawBook((), found.kind, found.notes)
    facts = [sheet for sheet in found.facts if sheet is not None and _is_dense(sheet)]
    if len(facts) != len(found.book.sheets):
        return read_carefully(found.book, found.kind, found.notes)
    try:
        tables = _tables(_rebuilt(found.book))
    except RefusedError:  # one date beyond Python's calendar is enough; expat tells whether the file is broken
        return read_carefully(found.book, found.kind, found.notes)
    sheets = (
        _joined(part, table.rows, known) for part, table, known in zip(found.book.sheets, tables, facts, strict=True)
    )
    return RawBook(tuple(sheets), found.kind, found.notes, date1904=found.book.date1904)


def _is_dense(facts: CellFacts) -> bool:
    return facts.last_row <= DENSE_ROWS and facts.last_column <= DENSE_COLUMNS


def _rebuilt(book: Spreadsheet) -> bytes:
    """The parts under plain names, tied together by a workbook and relationships of our own."""
    numbers = range(1, len(book.sheets) + 1)
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="worksheet{n}"/>' for n in numbers)
    flag = ' date1904="1"' if book.date1904 else ""
    head = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{flag}/>'
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    parts = {f"xl/worksheets/sheet{n}.xml": sheet.xml for n, sheet in zip(numbers, book.sheets, strict=True)}
    for kind, body in (("styles", book.styles), ("sharedStrings", book.strings)):
        if body:
            parts[f"xl/{kind}.xml"] = body
            links.append((kind, f"{kind}.xml"))
    return stored_zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>'.encode(),
            "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": f"{head}<sheets>{sheets}</sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": _relationships(links),
            **parts,
        }
    )


def _relationships(links: list[tuple[str, str]]) -> bytes:
    """A relationships part; ids are the type with a running number."""
    items = "".join(
        f'<Relationship Id="{kind}{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'.encode()


def _tables(data: bytes) -> list[_Table]:
    """Each worksheet of the workbook; raises RefusedError when python-calamine gives up."""
    tables: list[_Table] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, about in enumerate(workbook.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_index(number)
                rows: list[list[object]] = [
                    [None if value == "" else value for value in row] for row in sheet.to_python(skip_empty_area=False)
                ]
                tables.append(_Table(number, sheet, about.visible == SheetVisibleEnum.Visible, rows))
    except (CalamineError, ArithmeticError, ValueError, OSError) as error:
        raise _unreadable() from error
    except BaseException as error:
        # A panic inside the Rust reader is a BaseException of a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable() from error
    return tables


def _unreadable() -> RefusedError:
    return RefusedError("FILE_DAMAGED", detail="cấu trúc bảng tính bị hỏng")


def _take_infinities(rows: list[list[object]]) -> dict[str, str]:
    """Blanks numbers that are no numbers (nan, inf) and names them as error cells."""
    if isfinite(sum(value for row in rows for value in row if isinstance(value, float))):
        return {}
    errors = {}
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if isinstance(value, float) and not isfinite(value):
                values[column - 1] = None
                errors[a1(row, column)] = "#NUM!"
    return errors


def _joined(part: SheetPart, rows: list[list[object]], facts: CellFacts) -> RawSheet:
    """Values of python-calamine and what the bytes told, in one."""
    infinities = _take_infinities(rows)
    return RawSheet(
        name=part.name,
        visible=part.visible,
        rows=rows,
        formulas=facts.formulas,
        uncached=facts.uncached,
        errors={**facts.errors, **infinities},
        percents=facts.percents.difference(infinities),
        merged=facts.merged,
    )


def _read_binary(found: Scan, told: BinaryFacts) -> RawBook:
    """An xls or xlsb: stray cells are cut off as the careful reader does."""
    notes = list(found.notes)
    sheets = []
    tables = _tables(found.data)
    # python-calamine finds a sheet by its name, so that of two of one name it would give one twice.
    if len({table.sheet.name for table in tables}) < len(tables):
        raise _unreadable()
    for table in tables:
        strays = _strays(table.rows)
        if strays:
            facts = {"sheet": table.sheet.name, "cell": strays[0], "count": str(len(strays))}
            notes.append(Fault("STRAY_CELL", facts))
        if table.number >= len(told.sheets):
            raise _unreadable()
        sheets.append(_marked(table, told.sheets[table.number]))
    if not sheets:
        raise RefusedError("FILE_DAMAGED", detail="không có trang tính nào")
    return RawBook(tuple(sheets), found.kind, tuple(notes), told.blind, told.date1904)


def _marked(table: _Table, marks: CellMarks) -> RawSheet:
    """Values of python-calamine and what the records told, in one."""
    infinities = _take_infinities(table.rows)
    return RawSheet(
        name=table.sheet.name,
        visible=table.visible,
        rows=[row[:DENSE_COLUMNS] for row in table.rows[:DENSE_ROWS]],
        formulas=marks.formulas,
        errors={**marks.errors, **infinities},
        percents=marks.percents.difference(infinities),
        merged=tuple(
            f"{a1(top + 1, left + 1)}:{a1(bottom + 1, right + 1)}"
            for (top, left), (bottom, right) in table.sheet.merged_cell_ranges or ()
        ),
    )


def _strays(rows: list[list[object]]) -> list[str]:
    """Addresses of the used cells beyond the area where a return can have any."""
    if len(rows) <= DENSE_ROWS and all(len(row) <= DENSE_COLUMNS for row in rows):
        return []
    return [
        a1(row, column)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None and (row > DENSE_ROWS or column > DENSE_COLUMNS)
    ]
