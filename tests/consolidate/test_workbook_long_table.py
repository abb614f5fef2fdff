"""Rows streamed into the file are, cell for cell, what the public calls of XlsxWriter would have written."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from consolidate.workbook import long_table
from consolidate.workbook.long_table import Body, Cell, LongTableSheet

ROWS: tuple[tuple[Cell, ...], ...] = (
    ("a", None, 1, 0.1, "=1+1"),
    (None, "a", -2.5, 123456789012, "<r><t>x</t></r> "),
    ("a & b < c", "dòng\nhai", 1 / 3, 1e-7, "_x0041_"),
    (" lề ", "\x01", 0, 1e300, None),
    ("Cột 1", "\nđầu dòng", 100, None, "Cột 1"),
)
NARROW, EVERY = frozenset[int](), frozenset(range(5))


def written(rows: Sequence[Sequence[Cell]], free: frozenset[int] | None) -> bytes:
    """A workbook of heads and `rows`: streamed with `free` columns, or by public calls where that is None."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Dữ liệu", None if free is None else LongTableSheet)
    for column in range(5):
        sheet.write_string(0, column, f"Cột {column}")
    if free is not None:
        sheet.write_body(1, Body(lambda: rows, len(rows), 5, free))
    else:
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)
    sheet.autofilter(0, 0, max(len(rows), 1), 4)
    book.add_worksheet("Sau").write_string(0, 0, "Cột 1")
    book.close()
    return target.getvalue()


def cells(workbook: bytes) -> list[list[tuple[object, str]]]:
    """Values and types; Excel reads `_x005F_` as `_` in every text, openpyxl among the shared strings only."""
    read = openpyxl.load_workbook(BytesIO(workbook))["Dữ liệu"]
    found = [[(c.value, c.data_type) for c in row] for row in read.iter_rows()]
    return [[(v.replace("_x005F_", "_") if isinstance(v, str) else v, t) for v, t in row] for row in found]


@pytest.mark.parametrize("free", [NARROW, EVERY])
@pytest.mark.parametrize("most_shared", [0, 7, 50_000])
def test_a_streamed_body_equals_the_public_calls(
    free: frozenset[int], most_shared: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many texts stand in their cells instead of among the shared strings."""
    monkeypatch.setattr(long_table, "MOST_SHARED", most_shared)
    plain = cells(written(ROWS, None))
    assert cells(written(ROWS, free)) == plain
    assert len(plain) == 1 + len(ROWS)


def test_no_body_leaves_the_heads() -> None:
    assert cells(written((), NARROW)) == cells(written((), None))


def test_while_few_texts_are_known_the_shared_strings_are_those_of_the_public_calls() -> None:
    """Same texts, once each, with true counts: some readers trust them."""

    def shared(workbook: bytes) -> tuple[str, list[str]]:
        with zipfile.ZipFile(BytesIO(workbook)) as archive:
            head, *texts = archive.read("xl/sharedStrings.xml").decode().split("<si>")
        return head, sorted(text.removesuffix("</sst>") for text in texts)

    assert shared(written(ROWS, EVERY)) == shared(written(ROWS, None))


def test_the_written_dimension_covers_heads_and_body() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(ROWS, NARROW)))["Dữ liệu"]
    assert sheet.calculate_dimension() == "A1:E6"


@pytest.mark.parametrize("announced", [len(ROWS) - 1, len(ROWS) + 1])
def test_a_body_that_is_not_as_long_as_announced_is_no_workbook(announced: int) -> None:
    """Defined names and formulas were made for the number announced: totals would silently miss lines."""
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    book.add_worksheet("Dữ liệu", LongTableSheet).write_body(1, Body(lambda: ROWS, announced, 5))
    with pytest.raises(ValueError, match="announced"):
        book.close()


def test_a_body_beyond_the_last_row_of_a_sheet_is_refused() -> None:
    sheet = xlsxwriter.Workbook(BytesIO(), {"in_memory": True}).add_worksheet("Dữ liệu", LongTableSheet)
    with pytest.raises(ValueError, match="leave the sheet"):
        sheet.write_body(1, Body(lambda: (), 1_048_576, 5))


def test_rows_are_made_while_the_file_is_put_together_and_never_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """6,000 rows of long texts are 6 MB and more in any container."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(6_000):
            yield "xã", number, f"{number} " + "văn bản dài " * 40

    book = xlsxwriter.Workbook(tmp_path / "long.xlsx", {"tmpdir": tmp_path})
    sheet = book.add_worksheet("Dữ liệu", LongTableSheet)
    sheet.write_body(0, Body(rows, 6_000, 3, frozenset({2})))
    monkeypatch.setattr(long_table, "MOST_SHARED", 100)
    tracemalloc.start()
    try:
        book.close()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * 2**20
