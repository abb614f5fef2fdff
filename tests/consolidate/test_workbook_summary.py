""" "Tóm tắt": every number on it is that of the sheets behind it, what presses stands first, nothing is made up."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import REHEARSAL_MARK, Consolidation, OverallStatus, ReportingState
from consolidate.run import consolidate
from consolidate.tallies import by_group, by_lead
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.grid import WIDTHS
from plan.text_fit import line_count
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.leaders_case import leaders_book, leaders_plan, leaders_run, opened, row_of, target
from tests.consolidate.workbook_case import AS_OF, empty_run, full_run, say, task, task_entry
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
        ("Đã gửi báo cáo", 4),
        ("Gửi đúng hạn", 3),
        ("Gửi muộn", 1),
        ("Chưa nộp", 1),
        ("Tỷ lệ đã gửi", 0.8),
        ("Tỷ lệ gửi đúng hạn", 0.6),
        ("Báo cáo đạt yêu cầu", 4),
        ("Báo cáo cần sửa", 0),
        ("Lỗi ở báo cáo của đơn vị", 1),
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


def key_figures(run: Consolidation) -> dict[str, object]:
    """Label -> value of the boxes on top."""
    sheet = opened(run)[SHEET]
    heads = [row for row in range(9, 15) if row % 2]
    return {
        str(c.value): sheet.cell(row + 1, c.column).value for row in heads for c in sheet[row] if c.value is not None
    }


def test_when_a_unit_sent_is_counted_apart_from_how_good_its_file_is() -> None:
    """Two sent in time what has to be corrected, one of them nothing usable: they are no latecomers."""
    run = full_run()
    marred = {"ban": True, "xa-b": False}
    statuses = tuple(
        replace(s, state=ReportingState.TO_BE_CORRECTED, shown=replace(s.shown, counts=marred[s.unit.id]))
        if s.unit.id in marred and s.shown is not None
        else s
        for s in run.statuses
    )
    found = key_figures(replace(run, statuses=statuses))
    assert [found[label] for label in ("Đã gửi báo cáo", "Gửi đúng hạn", "Gửi muộn")] == [4, 3, 1]
    assert found["Tỷ lệ gửi đúng hạn"] == 0.6
    assert [found[label] for label in ("Báo cáo đạt yêu cầu", "Báo cáo cần sửa")] == [2, 2]
    assert found["Cần sửa, chưa có số liệu dùng được"] == 1
    late = tuple(replace(s, shown=replace(s.shown, late=True)) if s.shown else s for s in statuses)
    assert key_figures(replace(run, statuses=late))["Gửi muộn"] == 4
    supplement = tuple(replace(s, supplement=True) for s in late)
    assert key_figures(replace(run, statuses=supplement))["Gửi muộn"] == 0


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
        assert text.endswith("… (Phụ lục 2)")
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


def test_indicators_show_figures_and_units_of_phu_luc_1() -> None:
    """The letters by which the summary calls the columns of "Phụ lục 1" are those of these heads."""
    book, formulas = leaders_book(values=True), leaders_book(values=False)
    appendix, sheet = book["Phụ lục 1"], book[SHEET]
    head = row_of(appendix, "B", "Chỉ tiêu")
    assert [appendix[f"{c}{head}"].value for c in "EHJ"] == ["Kết quả", "Đơn vị có số liệu", "Đánh giá"]
    name = next(c for row in sheet.iter_rows() for c in row if c.value == "Ngắn RATIO")
    row = [c.value for c in sheet[name.row][name.column - 1 :] if c.value is not None]
    assert row == ["Ngắn RATIO", 12.35, 95, "2/4", "Chưa đủ số liệu; tạm tính chưa đạt; ước"]
    where, cell = target(sheet, f"{get_column_letter(name.column - 1)}{name.row}")
    assert book[where][f"B{cell[1:]}"].value == "Chỉ tiêu RATIO"
    assert f"'Phụ lục 1'!$E${cell[1:]}" in str(formulas[SHEET].cell(name.row, name.column + 3).value)
    conflict = next(c for row in sheet.iter_rows() for c in row if c.value == "Ngắn CONFLICT")
    assert sheet.cell(conflict.row, conflict.column + 3).value == "–"


def charts_of(drawn: bytes) -> tuple[list[int], tuple[str, ...]]:
    """The heights of the charts of the sheet in pixels, and their XML."""
    with zipfile.ZipFile(BytesIO(drawn)) as archive:
        rels = archive.read("xl/drawings/_rels/drawing1.xml.rels").decode()
        sheet: Any = openpyxl.load_workbook(BytesIO(drawn))[SHEET]
        heights = []
        for anchor in (chart.anchor for chart in sheet._charts):
            rows = range(anchor._from.row + 1, anchor.to.row + 1)
            points = sum(sheet.row_dimensions[row].height for row in rows)
            heights.append(round(points * 96 / 72 + (anchor.to.rowOff - anchor._from.rowOff) / 9525))
        names = sorted(re.findall(r"chart\d+\.xml", rels))
        return heights, tuple(archive.read(f"xl/charts/{name}").decode() for name in names)


@cache
def charts() -> tuple[str, ...]:
    """The XML of the charts of the sheet."""
    return charts_of(draw_workbook(leaders_run(), say))[1]


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


def test_every_page_of_a_rehearsal_says_so() -> None:
    """A page may be torn off: the rows that are printed on top of each carry the mark."""
    sheet: Any = opened(replace(full_run(), rehearsal=True))[SHEET]
    first, last = (int(row) for row in re.findall(r"\d+", sheet.print_title_rows))
    repeated = [str(sheet.cell(row, 1).value) for row in range(first, last + 1)]
    assert len(repeated) == 2
    assert any(text.startswith(REHEARSAL_MARK) for text in repeated)


def test_a_page_of_one_task_is_spared_and_a_table_that_fits_shares_a_page() -> None:
    """As many overdue tasks as fill the first page at the usual size and a little more: all stand on it, smaller."""
    run = leaders_run()
    counted = {}
    for count in range(4, 12):
        tasks = tuple(replace(task(f"NV-{n}", ("ban",)), name="Xây dựng đề án " * 9) for n in range(count))
        results = tuple(replace(run.tasks[2], task=t, overdue=True) for t in tasks)
        sheet: Any = opened(replace(run, plan=replace(run.plan, tasks=tasks), tasks=results))[SHEET]
        breaks = [int(b.id) for b in sheet.row_breaks.brk]
        counted[count] = (sheet.page_setup.scale, len(breaks))
        pages = [0, *breaks, sheet.max_row]
        heights = [sum(sheet.row_dimensions[r].height for r in range(a + 1, b + 1)) for a, b in pairwise(pages)]
        assert min(heights) > 200, (count, heights)
    assert any(scale < 70 and breaks == 1 for scale, breaks in counted.values())
    assert all(62 <= scale <= 70 for scale, _ in counted.values())


def test_a_hundred_and_fifty_percentages_leave_every_chart_readable() -> None:
    """Twenty at most are charted, and the title says of how many; XlsxWriter warns of a chart without any height."""
    run = full_run()
    plain = next(r for r in run.indicators if r.indicator.code == "RATIO")
    many = tuple(replace(plain.indicator, code=f"R{n}", short=f"Tỷ lệ {n}") for n in range(150))
    results = tuple(replace(plain, indicator=i) for i in many)
    drawn = draw_workbook(replace(run, plan=replace(run.plan, indicators=many), indicators=results), say)
    shapes, charts = charts_of(drawn)
    assert min(shapes) > 100
    title = re.findall(r"<a:t>(Kết quả so với mục tiêu[^<]*)</a:t>", "".join(charts))
    shown = int(re.search(r"(\d+)/150 chỉ tiêu cần chú ý nhất", title[0])[1])  # type: ignore[index]
    assert 10 <= shown <= 20
    assert len(re.findall(r"<c:v>Tỷ lệ \d+</c:v>", charts[2])) == 2 * shown


@pytest.mark.parametrize(
    ("reported", "said"),
    [
        ((), "Chưa đủ báo cáo để biết: 2/2 nhiệm vụ chưa đủ báo cáo."),
        (
            ("NV-1",),
            "Không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm trong các nhiệm vụ đã đủ báo cáo; "
            "1/2 nhiệm vụ chưa đủ báo cáo.",
        ),
        (("NV-1", "NV-2"), "Không có nhiệm vụ nào quá hạn hoặc có nguy cơ chậm."),
    ],
)
def test_nothing_is_called_in_time_of_which_nobody_has_reported(reported: tuple[str, ...], said: str) -> None:
    tasks = (task("NV-1", ("ban",)), task("NV-2", ("ban",)))
    entries = tuple(task_entry("ban", code, TaskStatus.IN_PROGRESS, 50) for code in reported)
    run = consolidate(replace(leaders_plan(), tasks=tasks), H1, AS_OF, Checked((), (), (), entries))
    assert said in [c.value for c in opened(run)[SHEET]["A"]]


def test_who_leads_is_counted_with_a_word_on_counting_twice() -> None:
    """The counts by lead add to more than there are tasks, and a reader would wonder."""
    said = [str(c.value) for c in leaders_book(values=True)[SHEET]["A"]]
    assert "Theo đơn vị chủ trì (một nhiệm vụ có nhiều đơn vị chủ trì được đếm ở từng đơn vị)" in said


@pytest.mark.parametrize("rows", [True, False])
def test_nothing_received_is_told_as_nothing(rows: bool) -> None:
    drawn = draw_workbook(empty_run(rows=rows), say)
    sheet: Any = openpyxl.load_workbook(BytesIO(drawn), data_only=True)[SHEET]  # for its charts
    said = [c.value for row in sheet.iter_rows() for c in row if c.value is not None]
    if rows:
        assert said.count("Chưa đủ số liệu") >= 9
        assert 0 in said
    else:
        assert "Kế hoạch không có nhiệm vụ nào." in said
        assert "Kế hoạch không có chỉ tiêu nào." in said
        assert said.count("–") == 2  # no units: no rate, rather than 0 %
        assert not sheet._charts
    assert not [value for value in said if str(value).startswith("#")]
