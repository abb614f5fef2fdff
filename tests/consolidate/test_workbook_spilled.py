"""Rows that wait on disk come into the file byte for byte as a plain sheet would have written them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from consolidate.workbook import book, spilled
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.spilled import SpilledSheet
from tests.consolidate.workbook_case import AS_OF, full_run, say

ROWS = 150


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows go to disk after a few dozen, not thousands."""
    monkeypatch.setattr(spilled, "HEAD_ROWS", 16)
    monkeypatch.setattr(spilled, "WINDOW", 32)


def drawn(sheet_class: type[Worksheet] | None, finish: Callable[[Worksheet], None], folder: Path) -> bytes:
    """A list with what our lists have: a title across, heights, links, a filter, numbers, formulas, gaps."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"tmpdir": folder})
    workbook.set_properties({"created": AS_OF.replace(tzinfo=None)})  # else the second in which it is drawn
    bold = workbook.add_format({"bold": True})
    sheet = workbook.add_worksheet("Danh sách", sheet_class)
    if isinstance(sheet, SpilledSheet):
        sheet.is_list = True
    sheet.merge_range(0, 0, 0, 3, "DANH SÁCH", bold)
    for row in range(2, ROWS):
        if row % 23 == 0:
            continue
        sheet.write_string(row, 1, f"Đơn vị {row % 7} & <b>", bold if row % 5 else None)
        sheet.write_url(row, 0, f"internal:'Danh sách'!A{row}", None, str(row))
        sheet.write_number(row, 0, row)
        if row % 3:
            sheet.write_formula(row, 3, f"=A{row + 1}+1", None, row + 1)
        sheet.set_row(row, 15 + row % 4)
    sheet.write_string(1, 2, "viết sau cùng")
    sheet.autofilter(1, 0, ROWS - 1, 3)
    finish(sheet)
    workbook.close()
    return target.getvalue()


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


@pytest.mark.parametrize("finish", [lambda _: None, SpilledSheet.spill], ids=["on the way", "and at the end"])
def test_a_spilled_list_is_the_plain_list(finish: Callable[[Worksheet], None], tmp_path: Path) -> None:
    plain = drawn(None, lambda _: None, tmp_path)
    assert dict(parts(drawn(SpilledSheet, finish, tmp_path))) == dict(parts(plain))
    assert list(tmp_path.iterdir()) == []


def test_a_spilled_list_keeps_few_rows_in_memory(tmp_path: Path) -> None:
    kept: list[int] = []
    drawn(SpilledSheet, lambda sheet: kept.append(len(sheet.table)), tmp_path)
    assert kept[0] <= 16 + 2 * 32


def test_a_row_on_disk_is_refused_and_the_head_is_not() -> None:
    workbook = xlsxwriter.Workbook(BytesIO())
    sheet = workbook.add_worksheet("Danh sách", SpilledSheet)
    sheet.is_list = True
    for row in range(200):
        sheet.write_string(row, 0, "x")
    late, head, last = (sheet.write_string(row, 0, "y") for row in (20, 15, 199))
    workbook.close()
    assert (late < 0, head, last) == (True, 0, 0)


def test_every_sheet_of_the_workbook_can_be_spilled_as_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists row by row, the others when they are drawn: what a whole country needs holds for a small plan."""

    def read(data: bytes) -> list[list[str]]:
        sheets = openpyxl.load_workbook(BytesIO(data)).worksheets
        return [[str(getattr(c.value, "text", c.value)) for row in s.iter_rows() for c in row] for s in sheets]

    monkeypatch.setattr(spilled, "HEAD_ROWS", 10_000)
    whole = read(draw_workbook(full_run(), say))
    monkeypatch.setattr(spilled, "HEAD_ROWS", 4)
    monkeypatch.setattr(spilled, "WINDOW", 1)
    assert set(book.LISTS) == {"Xếp hạng", "Khó khăn, đề xuất", "Lỗi, cảnh báo", "Nguồn"}
    assert read(draw_workbook(full_run(), say)) == whole
