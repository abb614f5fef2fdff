"""What the records of an .xls or .xlsb tell and python-calamine hides: formulas, error cells, percent formats."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.layout import INDICATOR_SHEET
from tests.conftest import Run
from tests.office import Office
from tests.test_office_returns import name_of, saved_again, validated
from tests.validation.packages import record, record12, row12, xls_book, xls_file, xlsb_book
from validation.binary import OleFile, clean_ole
from validation.formula_tokens import formula_text
from validation.raw import Fault, RawBook
from validation.read import read_book

TWELVE_AND_A_HALF = b"\x1f" + struct.pack("<d", 12.5)
FIVE, SEVEN = b"\x1e\x05\x00", b"\x1e\x07\x00"
H11 = struct.pack("<BHH", 0x44, 10, 0xC007)
LESS_100 = b"\x1e\x64\x00\x04"


def book(data: bytes, name: str) -> RawBook:
    found = read_book(data, name)
    assert isinstance(found, RawBook), found
    return found


# --- the tokens of a formula --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (FIVE + SEVEN + b"\x03", "5+7"),
        (FIVE + SEVEN + b"\x04\x15" + TWELVE_AND_A_HALF + b"\x05", "(5-7)*12.5"),
        (FIVE + b"\x13\x12" + SEVEN + b"\x06", "+-5/7"),
        (FIVE + b"\x19\x40\x00\x01" + SEVEN + b"\x03", "5+7"),
        (FIVE + b"\x14", "5%"),
        (H11 + LESS_100, "H11-100"),
        (struct.pack("<BHH", 0x24, 10, 0x0007), "$H$11"),
        (struct.pack("<BHH", 0x24, 10, 0x8007), "$H11"),
        (b"", ""),
        (b"\x03", ""),
        (FIVE + SEVEN, ""),
        (b"\x1e\x05", ""),
        (H11 + b"\x19\x10\x00\x00", ""),
        (struct.pack("<BHH", 0x01, 3, 1), ""),
        (FIVE + (FIVE + b"\x03") * 100, ""),
    ],
)
def test_a_formula_is_spelled_out_when_it_is_numbers_signs_and_references(tokens: bytes, text: str) -> None:
    """And is no text at all when a token is cut, unknown, without operands, or when there are too many."""
    assert formula_text(tokens, wide=False) == text


def test_rows_of_an_xlsb_are_wider() -> None:
    assert formula_text(struct.pack("<BIH", 0x44, 1_048_575, 0xC000), wide=True) == "A1048576"


# --- hand-made records --------------------------------------------------------------------------


def xls_formula(row: int, column: int, result: bytes, tokens: bytes = H11 + LESS_100, style: int = 0) -> bytes:
    return record(0x06, struct.pack("<HHH8sHIH", row, column, style, result, 0, 0, len(tokens)) + tokens)


NOT_A_NUMBER = b"\x00\x00\xff\xff"
XLS_CELLS = b"".join(
    (
        xls_formula(0, 0, struct.pack("<d", 3.0)),
        xls_formula(0, 1, b"\x02\x00\x07\x00" + NOT_A_NUMBER, FIVE + b"\x1e\x00\x00\x06"),
        xls_formula(0, 2, b"\x01\x00\x01\x00" + NOT_A_NUMBER, b"\x21\x22\x00"),
        xls_formula(0, 3, b"\x00\x00\x00\x00" + NOT_A_NUMBER, b"\x17\x01\x00a", style=1),
        record(0x207, struct.pack("<HB", 2, 0) + b"ab"),
        xls_formula(0, 4, struct.pack("<d", 0.5), FIVE, style=1),
        record(0x205, struct.pack("<HHHBB", 1, 0, 1, 0x2A, 1)),
        record(0x205, struct.pack("<HHHBB", 1, 1, 1, 1, 0)),
        record(0x203, struct.pack("<HHHd", 2, 0, 1, 0.955)),
        record(0x203, struct.pack("<HHHd", 2, 1, 3, 0.955)),
        record(0x27E, struct.pack("<HHHI", 2, 2, 2, 10 << 2 | 2)),
        record(0xBD, struct.pack("<HHHIHIHIH", 3, 0, 0, 2, 1, 6, 2, 10, 2)),
        record(0x203, struct.pack("<HHHd", 4, 0, 9, 0.5)),
    )
)
# Formats 164 "0.0%" and 165 '0"%"'; styles: general, 164, built-in 9, 165.
XLS_STYLES = b"".join(
    (
        record(0x41E, struct.pack("<HHB", 164, 4, 0) + b"0.0%"),
        record(0x41E, struct.pack("<HHB", 165, 4, 1) + '0"%"'.encode("utf-16-le")),
        *(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 9, 165)),
    )
)


def test_an_xls_tells_formulas_errors_and_percents() -> None:
    """A text behind a formula is no percentage, nor is a sign that only prints; TRUE is no error."""
    found = book(xls_book([("Sheet", XLS_CELLS)], XLS_STYLES), "a.xls")
    sheet = found.sheets[0]
    assert sheet.formulas == {"A1": "H11-100", "B1": "5/0", "C1": "", "D1": "", "E1": "5"}
    assert sheet.errors == {"B1": "#DIV/0!", "A2": "#N/A"}
    assert sheet.percents == {"E1", "A3", "C3", "B4", "C4"}
    assert [list(row) for row in sheet.rows[:2]] == [[3.0, None, True, "ab", 0.5], [None, True, None, None, None]]
    assert sheet.uncached == frozenset()
    assert not found.blind


def test_an_xls_of_excel_5_stays_blind_but_tells_formulas_and_errors() -> None:
    """Its styles and references are stored otherwise and would be misread."""
    cells = xls_formula(0, 0, struct.pack("<d", 3.0), style=1) + record(0x205, struct.pack("<HHHBB", 1, 0, 1, 0x24, 1))
    found = book(xls_book([("Sheet", cells)], XLS_STYLES, version=0x500), "a.xls")
    assert found.blind
    assert (found.sheets[0].formulas, found.sheets[0].errors) == ({"A1": ""}, {"A2": "#NUM!"})
    assert found.sheets[0].percents == frozenset()


XLSB_CELLS = b"".join(
    (
        row12(0),
        record12(
            9, struct.pack("<IIdHI", 0, 0, 3.0, 0, 11) + struct.pack("<BIH", 0x44, 10, 0xC007) + LESS_100 + bytes(4)
        ),
        record12(8, struct.pack("<III4sHI", 1, 0, 2, "ab".encode("utf-16-le"), 0, 3) + FIVE + bytes(4)),
        record12(10, struct.pack("<IIBHI", 2, 0, 1, 0, 3) + b"\x21\x22\x00" + bytes(4)),
        record12(11, struct.pack("<IIBHI", 3, 0, 0x17, 0, 7) + FIVE + SEVEN + b"\x06" + bytes(4)),
        row12(4),
        record12(3, struct.pack("<IIB", 1, 0, 0x0F)),
        record12(5, struct.pack("<IId", 2, 0, 7.0)),
        record12(4, struct.pack("<IIB", 3, 0, 1)),
    )
)


def test_an_xlsb_tells_formulas_and_errors() -> None:
    found = book(xlsb_book([("Sheet", "worksheets/sheet1.bin", XLSB_CELLS)]), "a.xlsb")
    sheet = found.sheets[0]
    assert sheet.formulas == {"A1": "H11-100", "B1": "5", "C1": "", "D1": "5/7"}
    assert sheet.errors == {"D1": "#REF!", "B5": "#VALUE!"}
    assert list(sheet.rows[0]) == [3.0, "ab", True, None]
    assert list(sheet.rows[4]) == [None, None, 7.0, True]
    assert found.blind


def test_marks_go_to_the_sheet_whose_cells_they_are() -> None:
    """Sheets may be stored in any order, with a chart between them."""
    cells = [XLSB_CELLS, b"", row12(0) + record12(3, struct.pack("<IIB", 0, 0, 0x07))]
    parts = ["worksheets/sheet9.bin", "chartsheets/sheet1.bin", "worksheets/sheet10.bin"]
    found = book(xlsb_book(zip("ABC", parts, cells, strict=True)), "a.xlsb")
    assert [(s.name, sorted(s.errors)) for s in found.sheets] == [("A", ["B5", "D1"]), ("C", ["A1"])]
    error = record(0x205, struct.pack("<HHHBB", 1, 0, 0, 7, 1))
    found = book(xls_book([("A", XLS_CELLS), ("B", b""), ("C", error)]), "a.xls")
    assert [(s.name, sorted(s.errors)) for s in found.sheets] == [("A", ["A2", "B1"]), ("B", []), ("C", ["A2"])]


def test_two_sheets_of_one_name_are_damage() -> None:
    """python-calamine would give the cells of one of them twice, beside the marks of both."""
    damaged = Fault("FILE_DAMAGED", {"detail": "cấu trúc bảng tính bị hỏng"})
    assert read_book(xls_book([("A", XLS_CELLS), ("A", b"")]), "a.xls") == damaged
    parts = ("worksheets/sheet1.bin", "worksheets/sheet2.bin")
    assert read_book(xlsb_book([("A", part, XLSB_CELLS) for part in parts]), "a.xlsb") == damaged


def test_marks_of_stray_cells_are_left_out_and_a_flood_of_them_is_hostile() -> None:
    stray = xls_formula(60_000, 3, struct.pack("<d", 3.0))
    assert book(xls_book([("Sheet", stray)]), "a.xls").sheets[0].formulas == {}
    flood = read_book(xls_book([("Sheet", stray * 200_001)]), "a.xls")
    assert flood == Fault("FILE_HOSTILE", {"reason": "có quá nhiều công thức"})


@pytest.mark.parametrize("cut", [6, 12, 21])
def test_a_cut_formula_is_damage(cut: int) -> None:
    body = xls_formula(0, 0, bytes(8))[4 : 4 + cut]
    found = read_book(xls_book([("Sheet", record(0x06, body))]), "a.xls")
    assert isinstance(found, Fault)
    assert found.code == "FILE_DAMAGED"
    found = read_book(xlsb_book([("Sheet", "worksheets/sheet1.bin", row12(0) + record12(9, body[:12]))]), "a.xlsb")
    assert isinstance(found, Fault)
    assert found.code == "FILE_DAMAGED"


flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=8)


def flipped(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    body = bytearray(data)
    for where, mask in changes:
        body[int(where * len(body))] ^= mask
    return bytes(body)


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(flips)
def test_mangled_records_never_raise(changes: list[tuple[float, int]]) -> None:
    """The stream and the parts are mangled, not the containers around them, which would hide them."""
    stream = OleFile(xls_book([("Sheet", XLS_CELLS)], XLS_STYLES)).stream("Workbook").rstrip(b"\0")
    assert isinstance(read_book(clean_ole(flipped(stream, changes)), "a.xls"), RawBook | Fault)
    mangled = xlsb_book([("Sheet", "worksheets/sheet1.bin", flipped(XLSB_CELLS, changes))])
    assert isinstance(read_book(mangled, "a.xlsb"), RawBook | Fault)


def test_a_plain_xls_has_no_marks() -> None:
    sheet = book(xls_file((1, 1, 5.0)), "a.xls").sheets[0]
    assert (sheet.formulas, sheet.errors, sheet.percents) == ({}, {}, frozenset())


# --- as LibreOffice writes it -------------------------------------------------------------------


def write_everything(path: Path) -> None:
    """Formulas, errors, percents and plain cells, over a chart sheet and a very hidden one."""
    with xlsxwriter.Workbook(path) as made:
        percent, built_in, printed = (made.add_format({"num_format": f}) for f in ("0.0%", 9, '0.0"%"'))
        first = made.add_worksheet("Phụ lục 1")
        first.write_row("B2", ["chữ", 12, 1.5])
        first.write_row("B3", [0.955, 12, "chữ"], percent)
        first.write_row("E3", [1, 0.5, 2], built_in)
        first.write("H3", 95.5, printed)
        texts = ("C2-100", "$C$2+D$2*$D2", "120+35*2", "(120+35)*2", "-5+0.25", "100000+1", "-(2-3)", "5*2", "1/0")
        first.write_column("B5", [f"={text}" for text in texts])
        first.write_column("C5", ["=C2/2", "=NA()", "=1/0"], percent)
        first.write_column("D5", ["=SUM(C2:D2)", '="a"&B2', '=""', "=TRUE()", "='Ẩn'!A1"])
        first.write_array_formula("E5:F6", "{=C2:D2*2}")
        chart, inside = made.add_chart({"type": "line"}), made.add_chart({"type": "line"})
        for one in (chart, inside):
            one.add_series({"values": "='Phụ lục 1'!$C$2:$D$2"})
        made.add_chartsheet("Đồ thị").set_chart(chart)
        first.insert_chart("L5", inside)
        hidden = made.add_worksheet("Ẩn")
        hidden.very_hidden()
        hidden.write("A1", 7)
        hidden.write("C3", "=A1*2")
        made.add_worksheet("Cuối").write("A1", 0.25, percent)


@pytest.mark.office
def test_an_xls_of_libreoffice_tells_what_its_xlsx_tells(tmp_path: Path, office: Office) -> None:
    source = tmp_path / "a.xlsx"
    write_everything(source)
    before, after = (
        book(office.convert([source], kind, tmp_path / kind)[0].read_bytes(), f"a.{kind}") for kind in ("xlsx", "xls")
    )
    assert (after.kind, after.blind, after.notes) == ("xls", False, ())
    assert [s.name for s in after.sheets if s.name != "Đồ thị"] == ["Phụ lục 1", "Ẩn", "Cuối"]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert (new.name, new.visible, new.errors, new.percents) == (old.name, old.visible, old.errors, old.percents)
        assert new.formulas.keys() == old.formulas.keys()
        assert {text for place, text in new.formulas.items() if text != old.formulas[place]} <= {""}
        for place, row in enumerate(new.rows, 1):
            assert list(row) == [old.at(place, column) for column in range(1, len(row) + 1)]
    marked = after.sheets[0]
    assert marked.percents == {"B3", "C3", "E3", "F3", "G3", "C5"}
    assert marked.errors.items() >= {"B13": "#DIV/0!", "C6": "#N/A", "C7": "#DIV/0!"}.items()
    assert [marked.formulas[f"B{row}"] for row in (5, 6, 8)] == ["C2-100", "$C$2+D$2*$D2", "(120+35)*2"]


@pytest.mark.office
@pytest.mark.parametrize(
    ("typed", "codes"), [("=H11-100", ["FORMULA_REFERENCE"]), ("=120+35", ["FORMULA_RECOMPUTED"]), (None, [])]
)
def test_a_formula_in_a_returned_xls_is_not_believed(
    tmp_path: Path, office: Office, clean: Run, typed: str | None, codes: list[str]
) -> None:
    """A faultless return with a formula in one cell, saved as .xls: refused or recomputed there, and nowhere else."""
    source = tmp_path / name_of("xa-kim-son")
    filled = openpyxl.load_workbook(clean.inputs / source.name)
    sheet = filled[INDICATOR_SHEET]
    assert isinstance(sheet["H10"].value, int | float)
    sheet["H10"] = typed or sheet["H10"].value
    filled.save(source)
    shutil.copystat(clean.inputs / source.name, source)
    checked = validated(saved_again(office, [source], "xls", tmp_path / "back"))
    assert [(f.code, f.sheet, f.cell) for f in checked.findings] == [(code, INDICATOR_SHEET, "H10") for code in codes]
