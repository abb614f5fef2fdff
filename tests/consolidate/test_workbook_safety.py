"""Whatever units wrote, a sheet can be read and printed: nothing clipped, nothing hidden, the same bytes every time.

That their texts stay texts is tested in test_hostile_text, beside the report and the page.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.workbook.book import STATUS_SHEETS, draw_status, draw_workbook
from plan.text_fit import line_count
from tests.consolidate.hostile_case import hostile_run
from tests.consolidate.workbook_case import empty_run, entry, full_run, say

LONG = ("Văn bản dài của đơn vị " * 400,)
DATA = "Dữ liệu"  # and those that continue it: for filters and pivots, not for paper
_DEFAULT_PIXELS = 72


@cache
def full() -> bytes:
    """The workbook of the run that holds everything, drawn once."""
    return draw_workbook(full_run(), say)


def sheets(drawn: bytes) -> list[Worksheet]:
    """The sheets of a workbook that are printed, with the values of their formulas."""
    return [s for s in openpyxl.load_workbook(BytesIO(drawn), data_only=True) if not s.title.startswith(DATA)]


def table(sheet: Worksheet, heading: str) -> list[dict[str, Any]]:
    """The rows below the one that has the heading, by their own headings."""
    lines = [[c.value for c in row] for row in sheet.iter_rows()]
    at = next(n for n, line in enumerate(lines) if heading in line)
    heads = [str(head or "") for head in lines[at]]
    return [dict(zip(heads, line, strict=True)) for line in lines[at + 1 :]]


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_workbook(hostile_run(("dài " * 20_000, "😀" * 20_000)), say)))
    longest = {str(c.value) for s in book for row in s.iter_rows() for c in row if len(str(c.value)) > 10_000}
    assert longest
    assert all(len(t.encode("utf-16-le")) // 2 <= 32_767 and t.endswith("… (đã cắt bớt)") for t in longest)


def test_a_number_too_large_for_a_sheet_is_kept_as_text() -> None:
    base = full_run()
    huge = entry("xa-a", "SUM.value", "1" + "0" * 400, blocked=True)
    run = replace(base, checked=replace(base.checked, indicator_entries=(huge,)))
    lines = table(openpyxl.load_workbook(BytesIO(draw_workbook(run, say)))[DATA], "Giá trị số")
    (line,) = (line for line in lines if line["Trường"] == "value")
    assert (line["Giá trị số"], line["Giá trị chữ"]) == (None, "1" + "0" * 400)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert full() == draw_workbook(full_run(), say)
    assert draw_status(full_run()) == draw_status(full_run())


def test_the_time_of_the_run_is_data_and_the_clock_is_not() -> None:
    with zipfile.ZipFile(BytesIO(full())) as archive:
        assert b"2026-06-09T14:30:00Z" in archive.read("docProps/core.xml")


def pixels(sheet: Worksheet, first: int, last: int) -> float:
    """The width of columns first..last read back from the file; a unit is 8 pixels in 12-point Times."""
    found = {
        column: dimension.width * 8 + 5
        for dimension in sheet.column_dimensions.values()
        for column in range(dimension.min or 0, (dimension.max or 0) + 1)
    }
    return sum(found.get(column, _DEFAULT_PIXELS) for column in range(first, last + 1))


def texts(sheet: Worksheet) -> Iterator[tuple[str, CellRange, float]]:
    """Every text of a sheet with the range it stands in and its size in points."""
    merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                single = CellRange(f"{cell.coordinate}:{cell.coordinate}")
                yield cell.value, merged.get((single.min_row, single.min_col), single), float(cell.font.sz or 0)


@pytest.mark.parametrize("run", [full_run(), hostile_run(LONG), empty_run()], ids=["full", "long", "empty"])
def test_every_row_is_tall_enough_for_its_texts(run: Consolidation) -> None:
    """Measured at the bare width of Times, without the drawers' allowance, in every sheet that is printed."""
    for sheet in sheets(draw_workbook(run, say)):
        for text, area, points in texts(sheet):
            lines = line_count(text, (pixels(sheet, area.min_col, area.max_col) - 4) * 72 / 96, points / 1.04)
            rows = range(area.min_row, area.max_row + 1)
            height = sum(sheet.row_dimensions[row].height or 15.75 for row in rows)
            assert lines * points * 1.15 <= height, (sheet.title, area.coord, text)


@pytest.mark.parametrize("run", [full_run(), empty_run(rows=False)], ids=["full", "no rows"])
def test_the_printed_pages_hold_all_that_is_written(run: Consolidation) -> None:
    """A4, one page wide or at a size that was tried, the head of the table on each, every sheet to its last cell."""
    for sheet in [*sheets(draw_workbook(run, say)), *sheets(draw_status(run))]:
        area = re.search(r"\$A\$1:\$([A-Z]+)\$(\d+)$", sheet.print_area)
        assert area is not None, sheet.title
        keys = sum(c.value == "Mã đơn vị" for row in sheet.iter_rows() for c in row)  # of "Ma trận": for look-ups only
        assert area[1] == get_column_letter(sheet.max_column - keys), sheet.title
        assert int(area[2]) >= sheet.max_row or sheet.title == "Mục lục", sheet.title  # whose positions are for screens
        page = sheet.page_setup
        assert (page.orientation, page.paperSize) == ("landscape", 9)
        fits = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (page.fitToWidth in (None, 1), page.fitToHeight) == (True, 0) if fits else page.scale, sheet.title
        assert sheet.print_title_rows, sheet.title


@pytest.mark.parametrize("run", [full_run(), empty_run()], ids=["full", "empty"])
def test_no_chart_lies_over_a_text(run: Consolidation) -> None:
    """Nor over another chart."""
    charts = [(sheet, anchors(sheet)) for sheet in sheets(draw_workbook(run, say))]
    assert sum(len(found) for _, found in charts) > 1
    for sheet, found in charts:
        for (top, left), (bottom, right) in found:
            # Where a chart ends at the edge of a cell, that cell is free.
            rows = range(top[0], bottom[0] + bool(bottom[1]))
            cells = [sheet.cell(r + 1, c + 1) for r in rows for c in range(left[0], right[0] + bool(right[1]))]
            assert [c.coordinate for c in cells if c.value is not None] == [], sheet.title
        for ((top, left), (bottom, right)), (upper, lower) in combinations(found, 2):
            is_apart = bottom <= upper[0] or lower[0] <= top or right <= upper[1] or lower[1] <= left
            assert is_apart, sheet.title


Corner = tuple[tuple[int, int], tuple[int, int]]  # row and column, each with how far into it


def anchors(sheet: Any) -> list[tuple[Corner, Corner]]:  # noqa: ANN401 (openpyxl hides its charts from type checkers)
    """The corners of every chart of a sheet, top left and bottom right; rows and columns from 0."""
    ends = [(chart.anchor._from, chart.anchor.to) for chart in sheet._charts]
    return [(((a.row, a.rowOff), (a.col, a.colOff)), ((b.row, b.rowOff), (b.col, b.colOff))) for a, b in ends]


def test_all_text_is_times_new_roman() -> None:
    with zipfile.ZipFile(BytesIO(full())) as archive:
        fonts = set(re.findall(r'<name val="([^"]*)"', archive.read("xl/styles.xml").decode()))
        charts = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/charts/chart")]
    assert fonts == {"Times New Roman"}
    assert charts
    assert {face for chart in charts for face in re.findall(r'<a:latin typeface="([^"]*)"', chart)} == fonts


def test_every_chart_is_described() -> None:
    """To those who hear the workbook read: not "Chart 1"."""
    with zipfile.ZipFile(BytesIO(full())) as archive:
        drawings = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/drawings/drawing")]
    described = [re.findall(r"<xdr:nvGraphicFramePr><xdr:cNvPr ([^>]*)>", drawing) for drawing in drawings]
    assert any(described)
    assert [d for found in described for d in found if not re.search(r'descr="[^"]{20,}"', d)] == []


def test_findings_stand_errors_first_with_their_sentence() -> None:
    book = openpyxl.load_workbook(BytesIO(full()))
    lines = table(book["Lỗi, cảnh báo"], "Mức độ")
    assert [line["Mức độ"] for line in lines] == ["Lỗi", "Cảnh báo"]
    shown = {"Đơn vị": "UBND XÃ C", "Tệp": "xa-c/2026-H1_xa-c.xlsx", "Trang": "Phụ lục 1", "Ô": "H9"}
    assert {**lines[0], **shown, "Nội dung": "Câu của not_a_number", "Giá trị": "=1+1"} == lines[0]


def test_difficulties_are_gathered_under_their_task() -> None:
    sheet = openpyxl.load_workbook(BytesIO(full()))["Khó khăn, đề xuất"]
    found = [c.value for c in sheet["A"] if c.value]
    at = found.index("Nhiệm vụ 1: Nhiệm vụ NV-1")
    assert found[at - 1 : at + 2] == ["I. Nâng cao năng lực", "Nhiệm vụ 1: Nhiệm vụ NV-1", "UBND XÃ A"]
    assert "Chỉ tiêu 1: Chỉ tiêu DOCTORS" in found


def test_the_reporting_sheet_counts_live() -> None:
    drawn = full()
    shown, behind = (
        openpyxl.load_workbook(BytesIO(drawn), data_only=cached)["Tình hình nộp"] for cached in (True, False)
    )
    states = ("Đã nộp, đúng hạn", "Đã nộp, muộn", "Đã nộp, cần sửa", "Chưa nộp")
    totals = [next(r for r in table(s, "Đã nộp, muộn") if "Tổng số" in r.values()) for s in (shown, behind)]
    assert [totals[0][state] for state in states] == [3, 1, 0, 1]
    assert all(str(totals[1][state]).startswith("=") for state in states)


def test_the_status_workbook_names_whom_to_chase() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_status(full_run())))
    assert tuple(book.sheetnames) == STATUS_SHEETS
    sheet = book["Cần đôn đốc"]
    said = [c.value for row in sheet.iter_rows(max_row=3) for c in row if c.value]
    assert "Hạn nộp: trước ngày 10/6/2026; hôm nay là ngày cuối" in said
    (line,) = table(sheet, "Đơn vị")
    assert {"UBND XÃ D", "xã", "Chưa nộp", "Gửi báo cáo theo mẫu đã nhận."} <= set(line.values())


def test_the_drawers_write_typed_calls_only() -> None:
    """`write()` guesses a type from the text; no drawer may call it."""
    folder = Path(__file__).parents[2] / "consolidate" / "workbook"
    assert not [p.name for p in sorted(folder.glob("*.py")) if re.search(r"sheet\.write\(", p.read_text("utf-8"))]
