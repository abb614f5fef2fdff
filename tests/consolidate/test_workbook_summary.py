""" "Tóm tắt": every number on it is that of the sheets behind it, what presses stands first, nothing is made up."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Coverage, CoverageBasis, IndicatorResult, OverallStatus, TargetVerdict
from consolidate.run import consolidate
from consolidate.tallies import by_group, by_lead
from consolidate.workbook.attention import Notice, by_attention, notice
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.grid import WIDTHS
from plan.text_fit import line_count
from tests.blank import H1
from tests.consolidate.leaders_case import leaders_book, leaders_plan, leaders_run, opened, row_of, target
from tests.consolidate.workbook_case import AS_OF, empty_run, full_run, say, task
from tests.office import Office, recalculation_differences
from validation.model import Checked

SHEET = "Tóm tắt"


def below(label: str) -> tuple[object, object]:
    """The key figure under a label, and the formula that it comes from."""
    sheet, formulas = leaders_book(values=True)[SHEET], leaders_book(values=False)[SHEET]
    cell = next(c for row in sheet.iter_rows(max_row=16) for c in row if c.value == label)
    return sheet.cell(cell.row + 1, cell.column).value, formulas.cell(cell.row + 1, cell.column).value


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Đơn vị phải báo cáo", 5),
        ("Đã nộp, đúng hạn", 3),
        ("Đã nộp, muộn", 1),
        ("Chưa nộp", 1),
        ("Tỷ lệ đã nộp", 0.8),
        ("Tỷ lệ nộp đúng hạn", 0.6),
        ("Lỗi chờ sửa", 1),
        ("Tổng số chỉ tiêu", 11),
        ("Chưa đủ số liệu", 7),
        ("Chưa đến hạn", 4),
        ("Số liệu mâu thuẫn", 1),
        ("Tổng số nhiệm vụ", 5),
        ("Đang triển khai", 3),
        ("Quá hạn", 2),
        ("Có nguy cơ chậm", 1),
    ],
)
def test_a_key_figure_is_a_formula_with_the_right_value(label: str, value: float) -> None:
    """That the formulas come to these values themselves is recalculated by LibreOffice (test_workbook_office)."""
    found, formula = below(label)
    assert found == value
    assert str(formula).startswith("=")
    assert re.search(r"'(Phụ lục [12]|Tình hình nộp)'!", str(formula))


def test_overdue_tasks_come_first_by_deadline_then_those_at_risk_and_lead_to_their_rows() -> None:
    book, formulas = leaders_book(values=True), leaders_book(values=False)
    sheet = book[SHEET]
    first = row_of(sheet, "B", "Nhiệm vụ NV-5")
    rows = [first, row_of(sheet, "B", "Nhiệm vụ NV-2"), row_of(sheet, "B", "Nhiệm vụ NV-4")]
    assert rows == sorted(rows)
    assert "Nhiệm vụ NV-1" not in [c.value for c in sheet["B"]]
    for row, code in zip(rows, ("NV-5", "NV-2", "NV-4"), strict=True):
        name, cell = target(sheet, f"A{row}")
        there = book[name][f"B{cell[1:]}"]
        assert (name, there.value) == ("Phụ lục 2", f"Nhiệm vụ {code}")
        status = next(c for c in formulas[SHEET][row] if "$E$" in str(c.value))
        assert status.value == f"='Phụ lục 2'!$E${cell[1:]}"
        assert sheet[status.coordinate].value == book["Phụ lục 2"][f"E{cell[1:]}"].value


def test_more_pressing_tasks_than_the_page_holds_are_counted() -> None:
    """Twenty stand in full, three more in a sentence, and the key figure tells all of them."""
    due = (date(2026, 1, 1) + timedelta(days=n) for n in range(23))
    tasks = tuple(replace(task(f"NV-{n}", ("ban",), due=day), number=str(n)) for n, day in enumerate(due, 1))
    sheet = opened(consolidate(replace(leaders_plan(), tasks=tasks), H1, AS_OF, Checked((), (), (), ())))[SHEET]
    said = [str(c.value) for c in sheet["A"] if c.value]
    assert "Còn 3 nhiệm vụ quá hạn hoặc có nguy cơ chậm khác: xem các ô tô nền ở trang “Phụ lục 2”." in said
    assert sum(1 for c in sheet["B"] if str(c.value).startswith("Nhiệm vụ NV-")) == 20
    assert len(sheet.row_breaks.brk) > 1
    breaks = {int(b.id) + 1 for b in sheet.row_breaks.brk}
    torn = [r.coord for r in sheet.merged_cells.ranges if any(r.min_row < b <= r.max_row for b in breaks)]
    assert torn == []


def test_a_long_task_beside_short_rows_gets_the_rows_that_it_needs() -> None:
    """Tasks and indicators share their rows, so a task is merged over as many of them as its text takes."""
    plan = leaders_plan()
    tasks = tuple(
        replace(t, name=f"{t.name} {'xây dựng đề án ' * 40}", lead_text="Phòng Y tế " * 20) for t in plan.tasks
    )
    sheet = opened(consolidate(replace(plan, tasks=tasks), H1, AS_OF, Checked((), (), (), ())))[SHEET]
    areas = [
        r for r in sheet.merged_cells.ranges if str(sheet.cell(r.min_row, r.min_col).value).startswith("Nhiệm vụ NV")
    ]
    assert len(areas) == 3
    for area in areas:
        text = str(sheet.cell(area.min_row, area.min_col).value)
        assert text.endswith("… (đầy đủ ở Phụ lục 2)")
        width = sum(WIDTHS[area.min_col - 1 : area.max_col]) - 14
        height = sum(sheet.row_dimensions[row].height or 0 for row in range(area.min_row, area.max_row + 1))
        assert line_count(text, width * 72 / 96, 11 / 1.04) * 11 * 1.15 <= height


def tally(sheet: Worksheet, label: str) -> list[object]:
    """The counts in the row of a label of the table of tasks."""
    row = row_of(sheet, "B", label)
    return [sheet.cell(row, column).value for column in range(7, 15)]


def test_tasks_are_counted_by_group_and_by_lead_as_the_tallies_say() -> None:
    """A group whose tasks are printed apart is one row; a lead is counted by its own reports."""
    sheet, formulas = leaders_book(values=True)[SHEET], leaders_book(values=False)[SHEET]
    order = (
        OverallStatus.COMPLETED,
        OverallStatus.IN_PROGRESS,
        OverallStatus.NOT_STARTED,
        OverallStatus.NOTHING,
        OverallStatus.NOT_ENOUGH_REPORTS,
    )
    found = [*by_group(leaders_run()), *by_lead(leaders_run())]
    assert [t.label for t in found[:2]] == ["I. Nâng cao năng lực", "II. Chuyển đổi số"]
    for one in found:
        label = one.label.removeprefix("I. ").removeprefix("II. ")
        assert tally(sheet, label) == [one.tasks, *(one.counts[s] for s in order), one.overdue, one.at_risk]
        assert all(str(value).startswith("=") for value in tally(formulas, label))
    assert tally(sheet, "Chuyển đổi số") == [2, 0, 1, 1, 0, 0, 1, 1]
    assert tally(sheet, "Ban Kế hoạch") == [4, 2, 1, 1, 0, 0, 2, 0]


def result(code: str) -> IndicatorResult:
    return next(r for r in full_run().indicators if r.indicator.code == code)


def share(of: IndicatorResult, part: int) -> IndicatorResult:
    return replace(of, coverage=Coverage(CoverageBasis.UNITS, Fraction(part, 100)), reached=None)


def test_an_indicator_wants_attention_for_its_gravest_reason_only() -> None:
    known = share(result("ATTAINED"), 100)
    cases = (
        (result("CONFLICT"), Notice.CONFLICT),
        (replace(known, verdict=TargetVerdict.NOT_REACHED, on_track=False), Notice.NOT_REACHED),
        (replace(known, on_track=False, reached=False), Notice.BEHIND),
        (replace(known, reached=False), Notice.BELOW),
        (replace(known, value=None), Notice.NO_FIGURE),
        (share(known, 89), Notice.LOW_COVERAGE),
        (share(known, 90), None),
        (replace(known, value=None, verdict=TargetVerdict.NOT_APPLICABLE), None),
        (share(result("SINGLE_2045"), 10), None),
    )
    assert [notice(r, 2026) for r, _ in cases] == [reason for _, reason in cases]
    assert known.target is not None
    later = replace(known, reached=False, target=replace(known.target, year=2030))
    assert notice(later, 2026) is None
    assert notice(replace(known, reached=False), 2025) is None


def test_the_gravest_come_first_and_a_repeated_figure_is_not_listed_again() -> None:
    found = by_attention(full_run().indicators, 2026)
    reasons = [reason or 99 for _, reason in found]
    assert reasons == sorted(reasons)
    assert found[0][0].indicator.code == "CONFLICT"
    assert "SINGLE_2045" not in [r.indicator.code for r, _ in found]


def test_indicators_show_figures_and_units_of_phu_luc_1() -> None:
    """The letters by which the summary calls the columns of "Phụ lục 1" are those of these heads."""
    book, formulas = leaders_book(values=True), leaders_book(values=False)
    appendix, sheet = book["Phụ lục 1"], book[SHEET]
    head = row_of(appendix, "B", "Chỉ tiêu")
    assert [appendix[f"{c}{head}"].value for c in "EHJ"] == ["Kết quả", "Đơn vị có số liệu", "Đánh giá"]
    name = next(c for row in sheet.iter_rows() for c in row if c.value == "Ngắn RATIO")
    row = [c.value for c in sheet[name.row][name.column - 1 :] if c.value is not None]
    assert row == ["Ngắn RATIO", 12.35, 95, "2/4", "Tạm tính chưa đạt; ước"]
    where, cell = target(sheet, f"{get_column_letter(name.column - 1)}{name.row}")
    assert book[where][f"B{cell[1:]}"].value == "Chỉ tiêu RATIO"
    assert f"'Phụ lục 1'!$E${cell[1:]}" in str(formulas[SHEET].cell(name.row, name.column + 3).value)
    conflict = next(c for row in sheet.iter_rows() for c in row if c.value == "Ngắn CONFLICT")
    assert sheet.cell(conflict.row, conflict.column + 3).value == "–"


@cache
def charts() -> tuple[str, ...]:
    """The XML of the charts of the sheet."""
    with zipfile.ZipFile(BytesIO(draw_workbook(leaders_run(), say))) as archive:
        rels = archive.read("xl/drawings/_rels/drawing1.xml.rels").decode()
        return tuple(archive.read(f"xl/charts/{name}").decode() for name in sorted(re.findall(r"chart\d+\.xml", rels)))


def test_charts_read_cells_that_stand_on_the_sheets() -> None:
    """States by kind of unit, tasks by group, results against targets: each bar has its label and its number."""
    book = leaders_book(values=True)
    assert len(charts()) == 3
    for chart in charts():
        assert re.search(r"<a:t>[^<]+</a:t>", chart)
        for categories, values in re.findall(r"<c:cat>.*?<c:f>(.*?)</c:f>.*?<c:val>.*?<c:f>(.*?)</c:f>", chart):
            cells = []
            for reference in (categories, values):
                name, place = reference.rsplit("!", 1)
                left, top, right, bottom = (n or 0 for n in range_boundaries(place.replace("$", "")))
                assert left == right
                cells.append([book[name.strip("'")].cell(row, left).value for row in range(top, bottom + 1)])
            assert all(isinstance(label, str) and label for label in cells[0])
            assert len(cells[0]) == len(cells[1])
            assert all(value == "–" or isinstance(value, int | float) for value in cells[1])
    labels = re.findall(r"<c:v>(Ngắn [^<]+)</c:v>", charts()[2])
    assert {"Ngắn RATIO", "Ngắn DOCTORS", "Ngắn NOBODY"} <= set(labels)


def test_the_tables_begin_a_page_at_a_size_that_fits_its_width() -> None:
    """Excel heeds a page break only on a sheet that is not fitted to its pages, so the size itself has to fit."""
    sheet: Any = leaders_book(values=True)[SHEET]
    head = row_of(sheet, "B", "Nhóm nhiệm vụ, đơn vị chủ trì")
    assert int(sheet.row_breaks.brk[-1].id) == head - 1
    widths = {}
    for dimension in sheet.column_dimensions.values():
        for column in range(dimension.min, dimension.max + 1):
            widths[column] = dimension.width * 8  # the margin of a cell is in the width of the file
    printable = (297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right) * 96
    assert sum(widths.values()) * sheet.page_setup.scale / 100 < printable * 0.98
    assert re.fullmatch(r"\$(\d+):\$\1", sheet.print_title_rows)


@pytest.mark.parametrize("rows", [True, False])
def test_nothing_received_is_told_as_nothing(rows: bool) -> None:
    drawn = draw_workbook(empty_run(rows=rows), say)
    sheet: Any = openpyxl.load_workbook(BytesIO(drawn), data_only=True)[SHEET]  # for its charts
    said = [c.value for row in sheet.iter_rows() for c in row if c.value is not None]
    if rows:
        assert said.count("Chưa có số liệu") >= 9
        assert "Không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm." not in said  # NV-2 was due in March
        assert 0 in said
    else:
        assert "Kế hoạch không có nhiệm vụ nào." in said
        assert "Kế hoạch không có chỉ tiêu nào." in said
        assert said.count("–") == 2  # no units: no rate, rather than 0 %
        assert not sheet._charts
    assert not [value for value in said if str(value).startswith("#")]


@pytest.mark.office
def test_a_recalculation_gives_every_number_of_the_leaders_sheets_again(office: Office, tmp_path: Path) -> None:
    """Counts over rows of several leads, marks, groups printed apart: what LibreOffice counts is what is cached."""
    drawn = draw_workbook(leaders_run(), say)
    compared, differences = recalculation_differences(drawn, office.recalculate(drawn, tmp_path))
    assert differences == []
    assert compared > 200
