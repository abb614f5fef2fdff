""" "Xu hướng" and the changes in "Phụ lục 1": a period without a figure is a gap, like is subtracted from like."""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.trend import MARK_OF_OTHER_UNITS, NOTHING_BEFORE
from plan.model import Comparator, Indicator, Period, Target
from tests.blank import H1
from tests.consolidate.views_case import LAST_HALF, earlier, say, views_entries, views_plan, views_run
from tests.consolidate.workbook_case import AS_OF, empty_run
from tests.office import Office, recalculation_differences
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
OVERDUE = "Trong đó quá hạn (kỳ trước: tính đến ngày cuối kỳ; kỳ này: tính đến ngày 09/6/2026)"
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
    overdue = line(OVERDUE)
    assert (overdue[NOW], overdue[PREVIOUS], overdue[LAST_YEAR]) == (1, "–", "–")  # days that are not alike


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


def again(code: str, source: str, run_of: Callable[[str], Indicator], **changed: object) -> Indicator:
    """A row that shows the figure of another."""
    return replace(run_of(source), code=code, name=f"Chỉ tiêu {code}", same_as=source, **changed)  # type: ignore[arg-type]  # by field


def with_rows_again() -> Consolidation:
    """DOCTORS again with three doctors asked, HIGH again without decimals and LOW again as it is.

    A year ago every commune had three doctors: then none of them reached four, and all reached three.
    """
    plan, known = views_plan(), {i.code: i for i in views_plan().indicators}
    three = (Target(2026, Comparator.AT_LEAST, Decimal(100), 3),)
    rows = (
        again("THREE", "DOCTORS", known.__getitem__, targets=three),
        again("WHOLE", "HIGH", known.__getitem__, decimals=0),
        again("LOWER", "LOW", known.__getitem__),
    )
    former = tuple(
        replace(e, value=Decimal(3)) if e.row == "DOCTORS" else replace(e, value=Decimal(e.value) + 1)
        for e in views_entries()
        if isinstance(e.value, Decimal)
    )
    plan = replace(plan, indicators=(*plan.indicators, *rows))
    return consolidate(plan, H1, AS_OF, Checked((), (), views_entries(), ()), (Earlier(LAST_HALF, former, ()),))


def row_of(sheet: Worksheet, code: str) -> int:
    return next(r for r, c in enumerate(sheet["B"], 1) if c.value == f"Chỉ tiêu {code}")


def test_a_row_that_shows_another_again_has_a_change_of_its_own() -> None:
    """Over four doctors the share rose by 50 points, over three it fell by 25: neither may stand for the other."""
    data = draw_workbook(with_rows_again(), say)
    cached, live = (openpyxl.load_workbook(BytesIO(data), data_only=values) for values in (True, False))
    appendix, trend = cached["Phụ lục 1"], cached["Xu hướng"]
    changes = {code: appendix.cell(row_of(appendix, code), 11).value for code in ("DOCTORS", "THREE", "HIGH", "WHOLE")}
    assert changes["DOCTORS"] == 50
    assert changes["THREE"] == -25
    assert (changes["WHOLE"], changes["HIGH"]) == (-1, -0.17)
    for code, row_code in (("THREE", "THREE"), ("WHOLE", "WHOLE"), ("DOCTORS", "DOCTORS"), ("LOWER", "LOW")):
        formula = str(live["Phụ lục 1"].cell(row_of(appendix, code), 11).value)
        assert formula.endswith(f"${row_of(trend, row_code)}"), code
        assert trend[formula.split("!")[1].replace("$", "")].value == appendix.cell(row_of(appendix, code), 11).value
    assert "Chỉ tiêu LOWER" not in [c.value for c in trend["B"]]


@pytest.mark.office
def test_libreoffice_comes_to_the_same_changes(office: Office, tmp_path: Path) -> None:
    data = draw_workbook(with_rows_again(), say)
    assert recalculation_differences(data, office.recalculate(data, tmp_path))[1] == []


def one_chart(book: bytes, code: str) -> str:
    return next(chart for chart in charts(book) if f"Ngắn {code} (" in chart)


def test_the_target_is_a_dashed_line_over_its_own_row() -> None:
    chart = one_chart(data(), "HIGH")
    assert chart.count("<c:ser>") == 2
    assert '<a:prstDash val="dash"/>' in chart
    held = line("Chỉ tiêu HIGH", below=2)
    assert (held["Chỉ tiêu"], held[HALF], held[NOW]) == ("Mục tiêu năm 2026", 95, 95)
    sheet = drawn(values=True)["Xu hướng"]
    assert f"$D${row_of(sheet, 'HIGH') + 2}:$F${row_of(sheet, 'HIGH') + 2}" in chart


def test_an_axis_that_does_not_begin_at_nothing_says_so() -> None:
    """From 74,5 to 74,8 years over an axis of three tenths is a cliff."""
    plan = views_plan()
    years = tuple(replace(i, unit="tuổi") if i.code == "OFFICE" else i for i in plan.indicators)
    run = consolidate(replace(plan, indicators=years), H1, AS_OF, Checked((), (), views_entries(), ()), earlier())
    drawing = draw_workbook(run, say)
    shares, ages = one_chart(drawing, "HIGH"), one_chart(drawing, "OFFICE")
    said = [("trục không từ 0" in chart, '<c:min val="0"/>' in chart) for chart in (shares, ages)]
    assert said == [(True, False), (False, True)]


def test_half_a_year_is_not_joined_to_a_whole_one_where_the_count_begins_anew() -> None:
    """From a whole year's visits to half a year's a line would fall, and nothing has fallen."""
    plan = views_plan()
    prorated = replace(plan, indicators=tuple(replace(i, prorated=i.code == "SUM") for i in plan.indicators))
    run = consolidate(prorated, H1, AS_OF, Checked((), (), views_entries(), ()), earlier())
    drawing = draw_workbook(run, say)
    assert "<a:noFill/>" in figures_line(one_chart(drawing, "SUM"))
    assert "<a:noFill/>" not in figures_line(one_chart(drawing, "HIGH"))
    sheet = openpyxl.load_workbook(BytesIO(drawing), data_only=True)["Xu hướng"]
    held = [c.value for c in sheet[row_of(sheet, "SUM") + 2]]
    assert held[1] == "Mốc đến cuối kỳ, mục tiêu năm 2026"
    assert held[5] == 47.5  # half of 95 by June, and no rounding


def figures_line(chart: str) -> str:
    """What the line of the first series looks like, before its marker."""
    return chart.split("<c:ser>")[1].split("<c:marker>", maxsplit=1)[0]
