"""From which day a workbook counts, in every format: a serial without a date format is read by its own system."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from plan.layout import TASK_COLUMNS, TASK_SHEET, column_letter
from tests.office import Office
from tests.validation.packages import (
    MAIN,
    ods_parts,
    record,
    record12,
    row12,
    sheet_xml,
    xls_book,
    xlsb_book,
    xlsx_parts,
    zipped,
)
from tests.validation.returned import COMMUNE, book, checked, received, remarks
from validation.raw import RawBook
from validation.read import read_book

SERIAL = 44_712.0  # 1 June 2026 counted from 1904, 31 May 2022 counted from 1900
LINE = COMMUNE.task_rows[0]
CELL = f"{column_letter(TASK_COLUMNS, 'document_date')}{LINE.row}"


def xlsx(flag: str, sheet: bytes) -> bytes:
    parts = xlsx_parts(sheet)
    workbook = parts["xl/workbook.xml"]
    assert isinstance(workbook, bytes)
    parts["xl/workbook.xml"] = workbook.replace(b"<sheets>", f"<workbookPr{flag}/><sheets>".encode())
    return zipped(parts)


PLAIN = sheet_xml(f'<row r="1"><c r="A1"><v>{SERIAL}</v></c></row>')
ODD = (
    f'<worksheet xmlns="{MAIN}"><!-- x --><sheetData><row><c><v>{SERIAL}</v></c></row></sheetData></worksheet>'.encode()
)
ODS_ROW = f'<table:table-row><table:table-cell office:value-type="float" office:value="{SERIAL}"/></table:table-row>'


def ods(first_day: str) -> bytes:
    parts = ods_parts(ODS_ROW)
    content = parts["content.xml"]
    assert isinstance(content, bytes)
    settings = (
        f'<table:calculation-settings><table:null-date table:date-value="{first_day}"/></table:calculation-settings>'
    )
    return zipped({**parts, "content.xml": content.replace(b"<table:table ", f"{settings}<table:table ".encode(), 1)})


def xls(records: bytes, version: int = 0x600) -> bytes:
    return xls_book([("S", record(0x203, struct.pack("<HHHd", 0, 0, 0, SERIAL)))], records, version)


def xlsb(flags: int | None) -> bytes:
    data = xlsb_book([("S", "worksheets/sheet1.bin", row12(0) + record12(5, struct.pack("<IId", 0, 0, SERIAL)))])
    if flags is None:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    properties = record12(0x99, struct.pack("<III", flags, 0, 0))
    return zipped({**parts, "xl/workbook.bin": properties + parts["xl/workbook.bin"]})


BOOKS: dict[str, tuple[Callable[[], bytes], bool | None]] = {
    "xlsx 1904": (lambda: xlsx(' date1904="1"', PLAIN), True),
    "xlsx 1900": (lambda: xlsx(' date1904="0"', PLAIN), False),
    "xlsx silent": (lambda: xlsx("", PLAIN), False),
    "xlsx 1904, read carefully": (lambda: xlsx(' date1904="true"', ODD), True),
    "ods 1904": (lambda: ods("1904-01-01"), True),
    "ods 1900": (lambda: ods("1899-12-30"), False),
    "ods of its own": (lambda: ods("1900-01-01"), None),
    "ods silent": (lambda: zipped(ods_parts(ODS_ROW)), False),
    "xls 1904": (lambda: xls(record(0x22, b"\x01\x00")), True),
    "xls 1900": (lambda: xls(record(0x22, b"\x00\x00")), False),
    "xls of Excel 5": (lambda: xls(record(0x22, b"\x01\x00"), 0x500), True),
    "xlsb 1904": (lambda: xlsb(1), True),
    "xlsb 1900": (lambda: xlsb(0), False),
    "xlsb silent": (lambda: xlsb(None), False),
}


@pytest.mark.parametrize("name", BOOKS)
def test_every_reader_says_from_when_the_workbook_counts(name: str) -> None:
    make, date1904 = BOOKS[name]
    found = read_book(make(), f"a.{name.split(maxsplit=1)[0]}")
    assert isinstance(found, RawBook), found
    assert (found.sheets[0].at(1, 1), found.date1904) == (SERIAL, date1904)


@pytest.mark.parametrize(
    ("date1904", "day", "code"),
    [
        (True, date(2026, 6, 1), "DATE_CLEANED"),
        (False, date(2022, 5, 31), "DATE_CLEANED"),
        (None, None, "DATE_AMBIGUOUS"),
    ],
)
def test_a_date_cell_that_lost_its_format_is_read_by_the_system_of_the_return(
    date1904: bool | None, day: date | None, code: str
) -> None:
    """1,462 days off would be a plausible day four years away."""
    made = book(typed={(LINE.code, "document_date"): SERIAL, (LINE.code, "document_number"): "12/KH-UBND"})
    run = checked(received(replace(made, date1904=date1904)))
    assert (TASK_SHEET, CELL, code) in remarks(run)
    assert next(t for t in run.task_entries if t.row == LINE.code).document_date == day


@pytest.mark.office
def test_libreoffice_hands_the_system_on_in_every_format(office: Office, tmp_path: Path) -> None:
    """A 1904 workbook saved as .ods and .xls: the serial and the real date cell say the same day still."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", SERIAL)
        sheet.write_datetime("B1", datetime(2026, 6, 10), made.add_format({"num_format": "dd/mm/yyyy"}))
    for kind in ("ods", "xls"):
        (saved,) = office.convert([path], kind, tmp_path / kind)
        found = read_book(saved.read_bytes(), saved.name)
        assert isinstance(found, RawBook)
        assert (found.sheets[0].at(1, 1), found.date1904) == (SERIAL, True), kind
        assert found.sheets[0].at(1, 2) == date(2026, 6, 10), kind


def test_a_formula_without_result_in_a_percent_cell_is_known_to_be_one() -> None:
    """=15/15 filled in by a script: Excel will show 100 %, so that it must not be read as 1 %."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for address in ("A1", "A2"):
        sheet[address] = "=15/15"
    sheet["A1"].number_format = "0%"
    target = io.BytesIO()
    made.save(target)
    for data in (target.getvalue(), _with_comment(target.getvalue())):
        found = read_book(data, "a.xlsx")
        assert isinstance(found, RawBook)
        assert (set(found.sheets[0].percents), set(found.sheets[0].uncached)) == ({"A1"}, {"A1", "A2"})


def _with_comment(data: bytes) -> bytes:
    """The same workbook in a form that only the careful reader takes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    return zipped({**parts, name: parts[name].replace(b"<sheetData>", b"<!-- x --><sheetData>")})
