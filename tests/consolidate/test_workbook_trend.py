""" "Xu hướng" and the changes in "Phụ lục 1": a period without a figure is a gap, like is subtracted from like."""

from __future__ import annotations

import functools
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.trend import MARK_OF_OTHER_UNITS, NOTHING_BEFORE
from plan.model import Period
from tests.blank import H1
from tests.consolidate.views_case import earlier, say, views_entries, views_plan, views_run
from tests.consolidate.workbook_case import AS_OF, empty_run
from validation.model import Checked, Earlier


@functools.cache
def data(*, past: bool = True) -> bytes:
    return draw_workbook(views_run(past=past), say)


@functools.cache
def drawn(*, values: bool, past: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data(past=past)), data_only=values)


def heads(sheet: Worksheet) -> dict[str, int]:
    row = next(r for r, c in enumerate(sheet["A"], 1) if c.value == "TT")
    return {str(c.value): column for column, c in enumerate(sheet[row], 1)}


def line(name: str, *, values: bool = True, below: int = 0) -> dict[str, object]:
    """The cells of a row of the sheet by their heads; `below` steps down from the row with `name`."""
    sheet = drawn(values=values)["Xu hướng"]
    row = next(r for r, c in enumerate(sheet["B"], 1) if c.value == name)
    return {head: sheet.cell(row + below, column).value for head, column in heads(sheet).items()}


HALF, YEAR, NOW = "6 tháng đầu năm 2025", "Năm 2025", "6 tháng đầu năm 2026 (kỳ này)"
PREVIOUS, LAST_YEAR = "Chênh lệch so với kỳ trước", "Chênh lệch so với cùng kỳ năm trước"


def test_periods_stand_oldest_first_with_their_units_below() -> None:
    columns = list(heads(drawn(values=True)["Xu hướng"]))
    assert columns == ["TT", "Chỉ tiêu", "Đơn vị tính", HALF, YEAR, NOW, PREVIOUS, LAST_YEAR]
    figures, units = line("Chỉ tiêu HIGH"), line("Chỉ tiêu HIGH", below=1)
    assert (figures[HALF], figures[YEAR], figures[NOW]) == (82.80, 92.54, 84.5)
    assert (units[HALF], units[YEAR], units[NOW]) == ("6/8", "5/8", "6/8")


def test_this_period_and_every_difference_are_live() -> None:
    live = line("Chỉ tiêu HIGH", values=False)
    assert str(live[NOW]).startswith("='Phụ lục 1'!$E$")
    assert re.fullmatch(
        r'=IF\(AND\(ISNUMBER\(F\d+\),ISNUMBER\(E\d+\)\),ROUND\(F\d+-E\d+,2\),"–"\)', str(live[PREVIOUS])
    )
    shown = line("Chỉ tiêu HIGH")
    assert (shown[PREVIOUS], shown[LAST_YEAR]) == (-8.04, 1.7)


def test_a_change_of_other_units_is_marked() -> None:
    """Xã C was silent in the year that is compared: part of the change is who reported."""
    sheet = drawn(values=True)["Xu hướng"]
    row = next(r for r, c in enumerate(sheet["B"], 1) if c.value == "Chỉ tiêu HIGH")
    forms = {head: sheet.cell(row, column).number_format for head, column in heads(sheet).items()}
    assert "*" in forms[PREVIOUS]
    assert "*" not in forms[LAST_YEAR]
    assert MARK_OF_OTHER_UNITS in str(sheet["A2"].value)


def test_a_period_without_a_figure_is_blank_and_never_zero() -> None:
    """A text or a zero would be drawn as a point at the bottom of the chart."""
    figures, units = line("Chỉ tiêu OFFICE"), line("Chỉ tiêu OFFICE", below=1)
    assert figures[HALF] is None
    assert (figures[YEAR], figures[LAST_YEAR]) == (74.6, "–")
    assert units[HALF] == "Chưa có số liệu (0/1)"


def charts(book: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(book)) as parts:
        found = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/charts/chart")]
    return [chart for chart in found if "'Xu hướng'!" in chart]


def test_a_line_is_drawn_where_two_periods_have_a_figure() -> None:
    lines = [chart for chart in charts(data()) if "<c:lineChart>" in chart]
    assert len(lines) == 6  # all indicators: the office's has a figure in the year and now
    for chart in lines:
        assert '<c:dispBlanksAs val="gap"/>' in chart or "dispBlanksAs" not in chart
        assert "Times New Roman" in chart
    assert len([chart for chart in charts(data()) if '<c:grouping val="stacked"/>' in chart]) == 1


def test_every_chart_says_in_words_what_it_shows() -> None:
    with zipfile.ZipFile(BytesIO(data())) as parts:
        drawings = " ".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/drawings/drawing"))
    described = re.findall(r'<xdr:cNvPr id="\d+" name="Chart \d+" descr="([^"]+)"', drawings)
    assert sum("qua các kỳ báo cáo của chỉ tiêu" in text for text in described) == 6
    assert len(described) == drawings.count('name="Chart ')


def test_tasks_are_counted_over_the_periods_with_a_live_sum() -> None:
    done, doing = line("Hoàn thành"), line("Đang triển khai")
    assert (done[HALF], done[YEAR], done[NOW], done[PREVIOUS]) == (0, 1, 0, -1)
    assert (doing[NOW], doing[PREVIOUS], doing[LAST_YEAR]) == (1, 1, 1)
    assert line("Tổng số nhiệm vụ")[NOW] == 3
    assert str(line("Tổng số nhiệm vụ", values=False)[NOW]).startswith("=SUM(F")
    assert line("Trong đó quá hạn (tính đến cuối kỳ)")[NOW] == 1


def test_the_appendix_shows_the_same_changes_and_says_with_what() -> None:
    sheet = drawn(values=True)["Phụ lục 1"]
    row = next(r for r, c in enumerate(sheet["B"], 1) if c.value == "Chỉ tiêu HIGH")
    head = next(r for r, c in enumerate(sheet["A"], 1) if c.value == "TT")
    assert [sheet.cell(head, column).value for column in (11, 12, 13)] == [
        "So với kỳ trước",
        "So với cùng kỳ năm trước",
        "Ghi chú",
    ]
    assert [sheet.cell(row, column).value for column in (11, 12)] == [-8.04, 1.7]
    assert ["*" in sheet.cell(row, column).number_format for column in (11, 12)] == [True, False]
    note = str(sheet.cell(head - 1, 1).value)
    assert "Kỳ trước: năm 2025; cùng kỳ năm trước: 6 tháng đầu năm 2025." in note
    assert MARK_OF_OTHER_UNITS in note
    live = drawn(values=False)["Phụ lục 1"].cell(row, 11).value
    assert str(live).startswith("='Xu hướng'!$G$")


def test_without_an_earlier_period_one_sentence_says_so_and_no_column_is_empty() -> None:
    book = drawn(values=True, past=False)
    assert book["Xu hướng"]["A4"].value == NOTHING_BEFORE
    assert charts(data(past=False)) == []
    head = next(r for r, c in enumerate(book["Phụ lục 1"]["A"], 1) if c.value == "TT")
    assert book["Phụ lục 1"].cell(head, 11).value == "Ghi chú"


def test_no_more_periods_than_a_page_can_show_and_the_rest_is_named() -> None:
    periods = [
        Period(f"{year}-H1", year, "H1", H1.first.replace(year=year), H1.last.replace(year=year), None, f"kỳ {year}")
        for year in range(2025, 2013, -1)
    ]
    before = [Earlier(period, views_entries(), ()) for period in periods]
    run = consolidate(views_plan(), H1, AS_OF, Checked((), (), views_entries(), ()), before)
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Xu hướng"]
    assert [head for head in heads(sheet) if head.startswith("Kỳ")] == [f"Kỳ {year}" for year in range(2019, 2026)]
    said = [c.value for c in sheet["A"] if str(c.value).startswith("Chỉ trình bày")]
    assert said == ["Chỉ trình bày 8 kỳ gần nhất; sổ ghi nhớ còn 5 kỳ trước đó."]


def with_past(run: Consolidation) -> Consolidation:
    """`run` behind the earlier periods of the views."""
    return consolidate(run.plan, run.period, run.as_of, run.checked, earlier())


def test_an_empty_plan_with_a_past_draws() -> None:
    """Nothing in the plan any more, and nothing in now: neither is a reason to fail."""
    for run in (empty_run(rows=False), empty_run()):
        book = openpyxl.load_workbook(BytesIO(draw_workbook(with_past(run), say)))
        assert heads(book["Xu hướng"])["Chỉ tiêu"] == 2
    bare = replace(views_run(), tasks=())
    assert len(charts(draw_workbook(bare, say))) == 6
