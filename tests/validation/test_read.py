"""The door: whatever comes in, a workbook or a fault comes out, and the process lives."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.validation.packages import (
    Chunks,
    number_at,
    ods_parts,
    repeated,
    sheet_xml,
    xls_file,
    xlsb_file,
    xlsx_parts,
    zipped,
)
from validation.raw import Fault, RawBook, RawSheet, column_letters, parse_a1
from validation.read import read_book

MEGABYTE = 1 << 20
HEAD, TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"


@cache
def filled() -> bytes:
    """A workbook as a unit might return it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Phụ lục 1")
        sheet.write("B2", "Tỷ lệ tiêm chủng")
        sheet.write("C2", 0.955, made.add_format({"num_format": "0.0%"}))
        sheet.write("D2", 12)
        sheet.write("E2", date(2026, 6, 10), made.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula("F2", "=D2*2", None, 24)
        sheet.write_formula("G2", "=1/0", None, "#DIV/0!")
        sheet.write("B5", True)
        made.add_worksheet("_tonghop").very_hidden()
    return target.getvalue()


def book(data: bytes, name: str = "a.xlsx") -> RawBook:
    found = read_book(data, name)
    assert isinstance(found, RawBook), found
    return found


def value(sheet: RawSheet, address: str) -> object:
    return sheet.at(*parse_a1(address))


def check_filled(found: RawBook) -> None:
    """Every value of `filled` at its address."""
    sheet = found.sheets[0]
    assert sheet.name == "Phụ lục 1" and [one.visible for one in found.sheets] == [True, False]
    expected = {"B2": "Tỷ lệ tiêm chủng", "C2": 0.955, "D2": 12, "E2": date(2026, 6, 10), "F2": 24, "B5": True}
    assert {address: value(sheet, address) for address in expected} == expected
    assert value(sheet, "A1") is None and value(sheet, "G2") is None and value(sheet, "Z99") is None


def test_values_stand_at_their_addresses_with_all_that_calamine_hides() -> None:
    found = book(filled())
    check_filled(found)
    sheet = found.sheets[0]
    assert sheet.errors == {"G2": "#DIV/0!"} and sheet.percents == {"C2"}
    assert sheet.formulas == {"F2": "D2*2", "G2": "1/0"} and not found.blind and found.notes == ()


def test_openpyxl_leaves_formulas_without_results_and_that_is_seen() -> None:
    """A script filled the form: the sum is not blank, it was never calculated."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["B2"], sheet["C3"], sheet["D4"], sheet["E5"] = "=1+1", "#REF!", 0.5, "chữ"
    sheet["D4"].number_format = "0%"
    target = io.BytesIO()
    made.save(target)
    read = book(target.getvalue()).sheets[0]
    assert read.formulas == {"B2": "1+1"} and read.uncached == {"B2"} and read.errors == {"C3": "#REF!"}
    assert (value(read, "D4"), value(read, "E5")) == (0.5, "chữ") and read.percents == {"D4"}


def test_numbers_that_are_none_become_error_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>-inf</v></c><c r="C1"><v>5</v></c></row>'
    sheet = book(zipped(xlsx_parts(sheet_xml(rows)))).sheets[0]
    assert sheet.errors == {"A1": "#NUM!", "B1": "#NUM!"}
    assert list(sheet.rows[0]) == [None, None, 5.0]


def test_a_duration_beyond_pythons_calendar_does_not_cost_the_file() -> None:
    """python-calamine raises on it; the careful reader then takes the file and keeps the number."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        made.add_worksheet().write_row("A1", [5e12, 1.5], made.add_format({"num_format": "[h]:mm"}))
    sheet = book(target.getvalue()).sheets[0]
    assert (value(sheet, "A1"), value(sheet, "B1")) == (5e12, timedelta(hours=36))


def test_an_xls_is_read_and_is_not_blind() -> None:
    found = book(xls_file((1, 1, 5.0), (3, 2, 7.5)), "a.xls")
    assert (found.kind, found.blind) == ("xls", False)
    assert (value(found.sheets[0], "B2"), value(found.sheets[0], "C4")) == (5.0, 7.5)


def test_an_xlsb_is_read_blind_within_the_same_bounds() -> None:
    found = book(xlsb_file((1, 1, 5.0), (3, 2, 7.5)), "a.xlsb")
    assert (found.kind, found.blind, found.notes) == ("xlsb", True, ())
    assert (value(found.sheets[0], "B2"), value(found.sheets[0], "C4")) == (5.0, 7.5)
    for hostile_file in (xlsb_file((0, 0, 1.0), (1048575, 16383, 1.0)), xlsb_file(strings=0xFFFFFFFF)):
        refusal = read_book(hostile_file, "a.xlsb")
        assert isinstance(refusal, Fault) and refusal.code == "FILE_HOSTILE"


@pytest.mark.parametrize("claimed", [(0, 0xFFFFFFFF, 0, 0xFFFF), (5, 1, 9, 2)])
def test_a_false_extent_in_an_xls_cannot_abort_the_process(claimed: tuple[int, int, int, int]) -> None:
    found = book(xls_file((1, 1, 5.0), dimensions=claimed), "a.xls")
    assert value(found.sheets[0], "B2") == 5.0


def test_a_stray_cell_of_an_xls_is_left_out_and_noted() -> None:
    found = book(xls_file((1, 1, 5.0), (60_000, 3, 1.0)), "a.xls")
    assert found.notes == (Fault("STRAY_CELL", {"sheet": "Sheet", "cell": "D60001", "count": "1"}),)
    assert len(found.sheets[0].rows) == 5_000


def hostile() -> Mapping[str, tuple[dict[str, Chunks], str]]:
    """Files that abort, swell or stall other readers, with the code that ours must give ("" when it reads them)."""
    spaces = b" " * MEGABYTE
    digits = b"1" * MEGABYTE
    return {
        "a cell at the last corner": (xlsx_parts(sheet_xml(number_at("A1") + number_at("XFD1048576"))), ""),
        "cells along the last row": (xlsx_parts(sheet_xml(number_at("A1") + along_the_edge())), ""),
        "a cell behind the last corner": (xlsx_parts(sheet_xml(number_at("XFE1048576"))), "FILE_HOSTILE"),
        "column ZZZZZZZZ": (xlsx_parts(sheet_xml(number_at("ZZZZZZZZ1"))), "FILE_HOSTILE"),
        "row 4294967297": (xlsx_parts(sheet_xml(number_at("A1") + number_at("A4294967297"))), "FILE_HOSTILE"),
        "A1 and A1048576": (xlsx_parts(sheet_xml(number_at("A1") + number_at("A1048576"))), ""),
        "four billion strings": (
            xlsx_parts(
                sheet_xml(number_at("A1")), sharedStrings=b'<sst uniqueCount="4294967295"><si><t>a</t></si></sst>'
            ),
            "FILE_HOSTILE",
        ),
        "billion laughs": (
            xlsx_parts(b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'),
            "FILE_HOSTILE",
        ),
        "half a gigabyte of blanks": (xlsx_parts(repeated(HEAD, spaces, 512, TAIL)), "FILE_HOSTILE"),
        "15 MB of blanks": (xlsx_parts(repeated(HEAD + number_at("A1").encode(), spaces, 15, TAIL)), ""),
        "128 MB in one cell": (
            xlsx_parts(repeated(HEAD + b'<row r="1"><c r="A1"><v>', digits, 128, b"</v></c></row>" + TAIL)),
            "FILE_HOSTILE",
        ),
        "15 MB in one cell": (
            xlsx_parts(repeated(HEAD + b'<row r="1"><c r="A1" t="str"><v>', digits, 15, b"</v></c></row>" + TAIL)),
            "",
        ),
        "an attribute of 15 MB": (
            xlsx_parts(repeated(HEAD + b'<row r="1"><c r="A1" s="', digits, 15, b'"/></row>' + TAIL)),
            "",
        ),
        "an attribute of 128 MB": (
            xlsx_parts(repeated(HEAD + b'<row r="1"><c r="A1" s="', digits, 128, b'"/></row>' + TAIL)),
            "FILE_HOSTILE",
        ),
        "a million cells in one place": (
            xlsx_parts(repeated(HEAD + b'<row r="1">', b'<c r="A1"/>' * 10_000, 101, b"</row>" + TAIL)),
            "FILE_HOSTILE",
        ),
        "cells without addresses": (
            xlsx_parts(repeated(HEAD + b"<row>", b"<c><v>1</v></c>" * 10_000, 90, b"</row>" + TAIL)),
            "FILE_HOSTILE",
        ),
        "half a million merges": (
            xlsx_parts(repeated(HEAD + TAIL[:12], b'<mergeCell ref="A1:B2"/>' * 10_000, 50, TAIL[12:])),
            "FILE_HOSTILE",
        ),
        "five million nested elements": (xlsx_parts(repeated(HEAD, b"<a>" * 10_000, 500, TAIL)), "FILE_HOSTILE"),
        "nested elements behind the cells": (
            xlsx_parts(repeated(HEAD + TAIL[:12], b"<a>" * 10_000, 500, TAIL[12:])),
            "FILE_HOSTILE",
        ),
        "an array formula over everything": (
            xlsx_parts(sheet_xml('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>')),
            "FILE_HOSTILE",
        ),
        "an ods that repeats one cell": (
            ods_parts(
                '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
                'office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
            ),
            "FILE_HOSTILE",
        ),
    }


def along_the_edge() -> str:
    """A filled last row and a full table, the most that one sheet makes anybody keep."""
    full = "".join(f'<row r="{row}"><c r="GR{row}"><v>1</v></c></row>' for row in range(2, 5_001))
    last = "".join(f'<c r="{column_letters(column)}1048576"><v>7</v></c>' for column in range(1, 16_385))
    return f'{full}<row r="1048576">{last}</row>'


READER = """
import sys, time
from pathlib import Path
from validation.raw import Fault
from validation.read import read_book
for path in sorted(Path(sys.argv[1]).iterdir()):
    start = time.perf_counter()
    found = read_book(path.read_bytes(), "a.xlsx")
    # ru_maxrss would be that of pytest before it: a child inherits the peak of the process that started it.
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
    code = found.code if isinstance(found, Fault) else ""
    print(path.name, code, peak, time.perf_counter() - start, sep="|")
"""


def test_no_hostile_file_kills_the_process_or_fills_its_memory(tmp_path: Path) -> None:
    """All of them in one process: any abort ends it, any swelling shows in its peak (300 MiB)."""
    expected = {}
    for name, (parts, code) in hostile().items():
        (tmp_path / name).write_bytes(zipped(parts, level=1))
        expected[name] = code
    run = subprocess.run([sys.executable, "-c", READER, str(tmp_path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    rows = [line.split("|") for line in run.stdout.splitlines()]
    assert {name: code for name, code, _, _ in rows} == expected
    assert max(int(peak) for _, _, peak, _ in rows) < 300
    assert max(float(seconds) for _, _, _, seconds in rows) < 10


@pytest.mark.parametrize("address", ["B1048576", "P1048576", "XFD1", "XFD1048576"])
def test_a_sheet_with_a_stray_cell_never_reaches_python_calamine(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """It would build every place up to that cell, and abort the process where they do not fit in memory."""
    met: list[bytes] = []
    monkeypatch.setattr("validation.read._tables", met.append)
    sheet = sheet_xml(number_at("B2") + number_at(address))
    found = book(zipped(xlsx_parts(sheet)))
    assert met == []
    assert [(note.code, note.facts["cell"]) for note in found.notes] == [("STRAY_CELL", address)]
    assert value(found.sheets[0], "B2") == 7.0


def same_or_fault(data: bytes, name: str = "a.xlsx") -> None:
    found = read_book(data, name)
    assert isinstance(found, RawBook | Fault)


quiet = settings(max_examples=120, deadline=None, derandomize=True, database=None)


@quiet
@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml "]))
def test_random_bytes_never_raise(data: bytes, start: bytes) -> None:
    same_or_fault(start + data)


flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8)


def flipped(data: bytes, changes: list[tuple[float, int]], keep: float = 1.0) -> bytes:
    body = bytearray(data)
    for where, mask in changes:
        body[int(where * len(body))] ^= mask
    return bytes(body[: int(keep * len(body))])


@quiet
@given(flips, st.sampled_from([1.0, 1.0, 0.99, 0.5]))
def test_a_mangled_xlsx_never_raises(changes: list[tuple[float, int]], keep: float) -> None:
    same_or_fault(flipped(filled(), changes, keep))


@quiet
@given(flips, st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/sharedStrings.xml"]))
def test_mangled_parts_under_good_checksums_never_raise(changes: list[tuple[float, int]], part: str) -> None:
    """The zip's checksums would hide the XML parsers from random damage; here they are right."""
    with zipfile.ZipFile(io.BytesIO(filled())) as package:
        parts: dict[str, Chunks] = {name: package.read(name) for name in package.namelist()}
        same_or_fault(zipped({**parts, part: flipped(package.read(part), changes)}))


@quiet
@given(flips)
def test_a_mangled_xls_never_raises(changes: list[tuple[float, int]]) -> None:
    same_or_fault(flipped(xls_file((1, 1, 5.0), (3, 2, 7.5)), changes), "a.xls")


@quiet
@given(flips, st.sampled_from(["xl/workbook.bin", "xl/worksheets/sheet1.bin"]))
def test_a_mangled_xlsb_never_raises(changes: list[tuple[float, int]], part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsb_file((1, 1, 5.0), (3, 2, 7.5)))) as package:
        parts: dict[str, Chunks] = {name: package.read(name) for name in package.namelist()}
        same_or_fault(zipped({**parts, part: flipped(package.read(part), changes)}), "a.xlsb")


def test_a_cut_record_of_an_xlsb_is_refused_before_calamine_reads_what_stood_there_before() -> None:
    """Found by such mangling: a row header without its row took the column before it and aborted the process."""
    with zipfile.ZipFile(io.BytesIO(xlsb_file((1, 200_000, 5.0)))) as package:
        parts: dict[str, Chunks] = {name: package.read(name) for name in package.namelist()}
        sheet = package.read("xl/worksheets/sheet1.bin")
    cut = sheet.replace(b"\x92\x01\x00", b"\x00\x00" + sheet[sheet.find(b"\x05\x10") :])
    found = read_book(zipped({**parts, "xl/worksheets/sheet1.bin": cut}), "a.xlsb")
    assert found == Fault("FILE_DAMAGED", {"detail": "bản ghi bên trong bị cụt"})


@pytest.mark.office
@pytest.mark.parametrize(("target", "kind"), [("xlsx", "xlsx"), ("ods", "ods"), ("xls", "xls")])
def test_a_file_saved_again_by_libreoffice_says_the_same(
    tmp_path: Path, office: Office, target: str, kind: str
) -> None:
    """Units save our workbook with what they have; the values must stay where they were."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled())
    saved = office.convert([source], target, tmp_path / "out")[0]
    found = book(saved.read_bytes(), saved.name)
    assert found.kind == kind and found.notes == ()
    check_filled(found)
    sheet = found.sheets[0]
    assert sheet.errors == {"G2": "#DIV/0!"} and sheet.percents == {"C2"} and not found.blind
    # LibreOffice writes a typed TRUE as the formula TRUE().
    assert set(sheet.formulas) == {"B5", "F2", "G2"} and sheet.uncached == frozenset()


def test_sheets_for_people_are_passed_over_and_the_rest_reads_the_same() -> None:
    """What is not read cannot slow or stop a run; a workbook of such sheets alone is empty, not damaged."""
    data = workbook_of(("Hướng dẫn", 3), ("Phụ lục 1", 2))
    whole = read_book(data, "a.xlsx")
    part = read_book(data, "a.xlsx", frozenset({"Hướng dẫn"}))
    assert isinstance(whole, RawBook)
    assert isinstance(part, RawBook)
    assert part.sheets == whole.sheets[1:]
    none = read_book(data, "a.xlsx", frozenset({"Hướng dẫn", "Phụ lục 1"}))
    assert none == RawBook((), "xlsx")


def workbook_of(*sheets: tuple[str, int]) -> bytes:
    """A workbook whose sheets hold so many numbers in their first column."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, count in sheets:
            sheet = book.add_worksheet(name)
            for row in range(count):
                sheet.write_number(row, 0, row)
    return target.getvalue()
