"""Rows handed over ready made are, cell for cell, what the public calls of XlsxWriter would have written."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import xlsxwriter

from consolidate.workbook.long_table import Cell, LongTableSheet

ROWS: tuple[tuple[Cell, ...], ...] = (
    ("a", None, 1, 0.1, "=1+1"),
    (None, "a", -2.5, 123456789012, "<r><t>x</t></r> "),
    ("a & b < c", "dòng\nhai", 1 / 3, 1e-7, "_x0041_"),
    (" lề ", "\x01", 0, 1e300, None),
)


def written(rows: tuple[tuple[Cell, ...], ...], *, ready: bool) -> list[list[tuple[object, str]]]:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Dữ liệu", LongTableSheet if ready else None)
    for column in range(5):
        sheet.write_string(0, column, f"Cột {column}")
    if ready:
        sheet.write_body(1, rows)
    else:
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)
    sheet.autofilter(0, 0, max(len(rows), 1), 4)
    book.close()
    read = openpyxl.load_workbook(target)["Dữ liệu"]
    return [[(c.value, c.data_type) for c in row] for row in read.iter_rows()]


def test_a_ready_body_equals_the_public_calls() -> None:
    plain = written(ROWS, ready=False)
    assert written(ROWS, ready=True) == plain
    assert len(plain) == 1 + len(ROWS)


def test_no_body_leaves_the_heads() -> None:
    assert written((), ready=True) == written((), ready=False)


def test_the_written_dimension_covers_heads_and_body() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Dữ liệu", LongTableSheet)
    sheet.write_string(0, 0, "Đầu")
    sheet.write_body(1, ROWS)
    book.close()
    assert openpyxl.load_workbook(target)["Dữ liệu"].calculate_dimension() == "A1:E5"
