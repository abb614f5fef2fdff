"""What units wrote stays text, nothing is clipped, and the same run gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import STATUS_SHEETS, draw_status, draw_workbook
from plan.text_fit import line_count
from plan.words import TaskStatus
from tests.consolidate.workbook_case import AS_OF, empty_run, entry, full_run, say, task_entry
from validation.model import Finding, Severity

HOSTILE = (
    '=HYPERLINK("http://example.invalid","bấm")',
    "http://example.invalid/a",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    "<r><t>chữ</t></r>",
    "]]><evil/>",
    "_x0041_",
    "internal:A1",
    "a\x00b\x0bc\ud800",
)
ERRORS = frozenset({"#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#N/A"})


def hostile_run(texts: tuple[str, ...] = HOSTILE) -> Consolidation:
    """A run in which every text that a unit can write is one of `texts`."""
    base = full_run()
    tasks, indicators, findings = [], [], []
    for text in texts:
        done = task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 60, result=text, document=text, difficulties=text)
        tasks.append(replace(done, proposals=text, explanation=text, file=f"{text[:40]}.xlsx", sheet=text[:40]))
        indicators.append(entry("xa-a", "ATTAINED.evidence", text, explanation=text))
        findings.append(Finding(text, Severity.ERROR, text, text, text, text, "RATIO", text))
    checked = replace(
        base.checked,
        task_entries=tuple(tasks),
        indicator_entries=(entry("xa-a", "ATTAINED.attained", "Đạt"), *indicators),
        findings=tuple(findings),
        returns=tuple(replace(r, file=t) for r, t in zip(base.checked.returns, texts, strict=False)),
    )
    return consolidate(base.plan, base.period, AS_OF, checked)


def test_hostile_text_is_never_a_formula_a_link_or_markup() -> None:
    drawn = draw_workbook(hostile_run(), say)
    book = openpyxl.load_workbook(BytesIO(drawn))
    seen = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    text = str(getattr(cell.value, "text", cell.value))
                    assert not any(h in text for h in HOSTILE if len(h) > 2), (sheet.title, cell.coordinate)
                elif cell.hyperlink is not None:
                    assert cell.hyperlink.target is None, (sheet.title, cell.coordinate)
                    assert str(cell.hyperlink.location).startswith("'")
                else:
                    seen.add(str(cell.value).strip())
    assert seen >= {h for h in HOSTILE if "\x00" not in h}
    assert "a\ufffdb\ufffdc\ufffd" in seen


def test_every_part_of_a_hostile_workbook_is_well_formed() -> None:
    with zipfile.ZipFile(BytesIO(draw_workbook(hostile_run(), say))) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_workbook(hostile_run(("dài " * 20_000, "😀" * 20_000)), say)))
    longest = [str(c.value) for c in book["Dữ liệu"]["I"] if len(str(c.value)) > 10_000]
    assert longest
    assert all(len(t.encode("utf-16-le")) // 2 <= 32_767 and t.endswith("… (đã cắt bớt)") for t in longest)


def test_a_number_too_large_for_a_sheet_is_kept_as_text() -> None:
    base = full_run()
    huge = entry("xa-a", "SUM.value", "1" + "0" * 400, blocked=True)
    run = replace(base, checked=replace(base.checked, indicator_entries=(huge,)))
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)))["Dữ liệu"]
    assert (sheet["H2"].value, sheet["I2"].value) == (None, "1" + "0" * 400)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert draw_workbook(full_run(), say) == draw_workbook(full_run(), say)
    assert draw_status(full_run()) == draw_status(full_run())


def test_the_time_of_the_run_is_data_and_the_clock_is_not() -> None:
    with zipfile.ZipFile(BytesIO(draw_workbook(full_run(), say))) as archive:
        assert b"2026-06-09T14:30:00Z" in archive.read("docProps/core.xml")


def pixels(sheet: Worksheet, first: int, last: int) -> float:
    """The width of columns first..last read back from the file; a unit is 8 pixels in 12-point Times."""
    found = {
        column: dimension.width * 8 + 5
        for dimension in sheet.column_dimensions.values()
        for column in range(dimension.min or 0, (dimension.max or 0) + 1)
    }
    return sum(found[column] for column in range(first, last + 1))


def texts(sheet: Worksheet) -> Iterator[tuple[str, CellRange, float]]:
    """Every text of a sheet with the range it stands in and its size in points."""
    merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                single = CellRange(f"{cell.coordinate}:{cell.coordinate}")
                yield cell.value, merged.get((single.min_row, single.min_col), single), float(cell.font.sz or 0)


@pytest.mark.parametrize("run", [full_run(), hostile_run(("Văn bản dài của đơn vị " * 400,)), empty_run()])
def test_every_row_is_tall_enough_for_its_texts(run: Consolidation) -> None:
    """Measured at the bare width of Times, without the drawers' allowance, in every sheet that is printed."""
    book = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)
    for sheet in (s for s in book if s.title != "Dữ liệu"):
        for text, area, points in texts(sheet):
            lines = line_count(text, (pixels(sheet, area.min_col, area.max_col) - 4) * 72 / 96, points / 1.04)
            rows = range(area.min_row, area.max_row + 1)
            height = sum(sheet.row_dimensions[row].height or 15.75 for row in rows)
            assert lines * points * 1.15 <= height, (sheet.title, area.coord, text)


def test_merged_ranges_and_print_areas_cover_what_is_written() -> None:
    for sheet in openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say))):
        if sheet.title == "Dữ liệu":
            continue
        last = re.search(r":\$([A-Z]+)\$(\d+)$", sheet.print_area)
        assert last is not None
        assert (last[1], int(last[2]) >= sheet.max_row) == (get_column_letter(sheet.max_column), True), sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.print_title_rows


def test_all_text_is_times_new_roman() -> None:
    with zipfile.ZipFile(BytesIO(draw_workbook(full_run(), say))) as archive:
        fonts = set(re.findall(r'<name val="([^"]*)"', archive.read("xl/styles.xml").decode()))
    assert fonts == {"Times New Roman"}


def test_findings_stand_errors_first_with_their_sentence() -> None:
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)))["Lỗi, cảnh báo"]
    lines = [[c.value for c in row] for row in sheet.iter_rows(min_row=5)]
    assert [line[0] for line in lines] == ["Lỗi", "Cảnh báo"]
    assert lines[0][1:-1] == [
        "UBND XÃ C",
        "xa-c/2026-H1_xa-c.xlsx",
        "Phụ lục 1",
        "H9",
        "Câu của not_a_number",
        "=1+1",
    ]


def test_difficulties_are_gathered_under_their_task() -> None:
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)))["Khó khăn, đề xuất"]
    texts = [c.value for c in sheet["A"] if c.value]
    at = texts.index("Nhiệm vụ 1: Nhiệm vụ NV-1")
    assert texts[at - 1 : at + 2] == ["I. Nâng cao năng lực", "Nhiệm vụ 1: Nhiệm vụ NV-1", "UBND XÃ A"]
    assert "Chỉ tiêu 1: Chỉ tiêu DOCTORS" in texts


def test_the_reporting_sheet_counts_live_and_has_a_chart_beside_the_counts() -> None:
    drawn = draw_workbook(full_run(), say)
    values = openpyxl.load_workbook(BytesIO(drawn), data_only=True)["Tình hình nộp"]
    counts = {values.cell(row, 2).value: values.cell(row, 3).value for row in range(5, 10)}
    assert counts == {
        "Đã nộp, đúng hạn": 3,
        "Đã nộp, muộn": 1,
        "Đã nộp, cần sửa": 0,
        "Chưa nộp": 1,
        "Tổng số đơn vị phải báo cáo": 5,
    }
    sheet = openpyxl.load_workbook(BytesIO(drawn))["Tình hình nộp"]
    assert sheet["C5"].value == '=COUNTIF($D$14:$D$18,"Đã nộp, đúng hạn")'
    with zipfile.ZipFile(BytesIO(drawn)) as archive:
        anchors = re.findall(
            r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>.*?"
            r"<xdr:to><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>",
            archive.read("xl/drawings/drawing3.xml").decode(),
        )
    ((left, top, right, bottom),) = [tuple(map(int, a)) for a in anchors]
    under = [sheet.cell(r + 1, c + 1).value for r in range(top, bottom + 1) for c in range(left, right + 1)]
    assert set(under) == {None}


def test_the_status_workbook_names_whom_to_chase() -> None:
    book = openpyxl.load_workbook(BytesIO(draw_status(full_run())))
    assert tuple(book.sheetnames) == STATUS_SHEETS
    sheet = book["Cần đôn đốc"]
    assert sheet["A2"].value == "Hạn nộp: trước ngày 10/6/2026; hôm nay là ngày cuối"
    assert [c.value for c in sheet[5]][1:5] == ["UBND XÃ D", "xã", "Chưa nộp", "Gửi báo cáo theo mẫu đã nhận."]


def test_the_drawers_write_typed_calls_only() -> None:
    """`write()` guesses a type from the text; no drawer may call it."""
    folder = Path(__file__).parents[2] / "consolidate" / "workbook"
    assert not [p.name for p in sorted(folder.glob("*.py")) if re.search(r"sheet\.write\(", p.read_text("utf-8"))]
