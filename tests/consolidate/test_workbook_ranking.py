""" "Xếp hạng" and the standing in "Ma trận": ranks that a unit can argue with and lose."""

from __future__ import annotations

import functools
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.goals import Bound, Goal, goal_of, shown_values
from plan.model import Aggregation, Comparator, Indicator, Measure, Target
from tests.blank import H1
from tests.consolidate.views_case import NAMES, say, views_plan, views_run
from tests.consolidate.workbook_case import AS_OF, COUNT, empty_run, entry, indicator
from tests.office import Office, recalculation_differences
from validation.model import Checked, IndicatorEntry

PANELS = (1, 9)  # Excel columns at which the two panels begin
RATIO = {"numerator": COUNT, "denominator": COUNT}
RANGE = (Target(2026, Comparator.AT_LEAST, Decimal(90)), Target(2026, Comparator.AT_MOST, Decimal(110)))
AT_MOST_25 = (Target(2026, Comparator.AT_MOST, Decimal(25)),)
AT_LEAST_95 = (Target(2026, Comparator.AT_LEAST, Decimal(95)),)
ALL = (Target(2026, Comparator.AT_LEAST, Decimal(100)),)


@functools.cache
def drawn(*, values: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(draw_workbook(views_run(), say)), data_only=values)


def block(code: str, book: Workbook) -> tuple[Worksheet, int]:
    """The sheet and the row of the heading of an indicator's block."""
    sheet = book["Xếp hạng"]
    return sheet, next(r for r, c in enumerate(sheet["A"], 1) if f"Chỉ tiêu {code} (" in str(c.value))


def ranking(code: str, *, values: bool = True) -> list[list[object]]:
    """The ranked units in reading order: rank, name, value, numerator, denominator, difference, mark."""
    sheet, row = block(code, drawn(values=values))
    found: list[list[object]] = []
    for line in range(row + 2, row + 20):
        cells: list[list[object]] = [[sheet.cell(line, start + n).value for n in range(7)] for start in PANELS]
        if not isinstance(sheet.cell(line, 1).value, int) and not str(sheet.cell(line, 1).value).startswith("=RANK"):
            break
        found += [cell for cell in cells if cell[0] is not None]
    return found


def unranked(code: str) -> str:
    sheet, row = block(code, drawn(values=True))
    return str(sheet.cell(row + 2 + -(-len(ranking(code)) // 2), 1).value)


def test_best_comes_first_and_equal_values_share_the_rank() -> None:
    """A and B both have 96 %: both are second, and nobody is third."""
    assert [(r[0], r[1], r[2]) for r in ranking("HIGH")] == [
        (1, "UBND XÃ E", 99),
        (2, "UBND XÃ A", 96),
        (2, "UBND XÃ B", 96),
        (4, "UBND XÃ C", 50),
        (5, "UBND XÃ D", 34.48),
    ]


def test_where_the_target_is_a_ceiling_the_lowest_is_first() -> None:
    assert [(r[0], r[1]) for r in ranking("LOW")][:2] == [(1, "UBND XÃ A"), (2, "UBND XÃ B")]
    assert str(ranking("LOW", values=False)[0][0]).endswith(",1)")
    assert str(ranking("HIGH", values=False)[0][0]).endswith(",0)")


def test_a_unit_without_a_number_is_named_and_never_ranked() -> None:
    said = unranked("HIGH")
    assert "Chưa có số liệu, không xếp hạng (1): UBND XÃ F." in said
    assert "Không áp dụng (1): UBND XÃ G." in said
    assert "Mẫu số bằng 0, không tính được kết quả (1): UBND XÃ H." in said
    assert {"UBND XÃ F", "UBND XÃ G", "UBND XÃ H"}.isdisjoint(str(r[1]) for r in ranking("HIGH"))


def test_a_value_leads_to_the_matrix_and_shows_how_it_came_about() -> None:
    """The rank is over the whole column of the matrix, whose marks and blanks are no numbers."""
    first = ranking("HIGH", values=False)[0]
    assert first[2] == "=INDEX('Ma trận'!$F$7:$F$15,MATCH(\"xa-e\",'Ma trận'!$L$7:$L$15,0))"
    assert str(first[0]).startswith("=RANK(C")
    assert "'Ma trận'!$F$7:$F$15" in str(first[0])
    assert drawn(values=True)["Ma trận"]["F12"].value == 99
    assert ranking("HIGH")[0][3:5] == [99, 100]
    assert ranking("DOCTORS")[0][3:5] == [None, None]


def test_the_difference_to_the_level_is_signed_in_the_unit_of_the_value() -> None:
    assert [r[5] for r in ranking("HIGH")] == [4, 1, 1, -45, -60.52]
    assert ranking("DOCTORS")[0][2:6:3] == [5, 1]  # five doctors of four
    assert ranking("SUM")[0][5] == "–"  # a target of the sum is nobody's own


def test_estimates_and_small_denominators_are_marked() -> None:
    sheet, row = block("HIGH", drawn(values=True))
    forms = {sheet.cell(r, s + 1).value: sheet.cell(r, s + 2).number_format for r in (row + 2, row + 3) for s in PANELS}
    assert "(ước)" in forms["UBND XÃ C"]
    assert "(ước)" not in forms["UBND XÃ A"]
    assert {r[1]: r[6] for r in ranking("HIGH")} == {
        "UBND XÃ E": None,
        "UBND XÃ A": None,
        "UBND XÃ B": None,
        "UBND XÃ C": None,
        "UBND XÃ D": "Mẫu nhỏ",  # 29 people
    }


def overview(name: str) -> list[object]:
    sheet = drawn(values=True)["Xếp hạng"]
    row = next(r for r, c in enumerate(sheet["B"], 1) if str(c.value).startswith(name))
    return [sheet.cell(row, column).value for column in (4, 5, 6, 7, 8, 10, 11, 12, 13)]


def test_the_overview_counts_and_names_both_ends() -> None:
    high = [95, 5, 3, 2, 2, "UBND XÃ E, UBND XÃ A, UBND XÃ B", 96, 84.5, "–"]
    assert overview("Ngắn HIGH") == high
    low = overview("Ngắn LOW")
    assert low[:5] == [10, 8, 6, 2, 0]
    assert low[5:] == ["UBND XÃ A, UBND XÃ B, UBND XÃ C", 7, 7, "UBND XÃ H, UBND XÃ G, UBND XÃ F"]
    assert overview("Ngắn SUM")[:4] == ["–", 8, "–", "–"]


def test_no_rank_is_made_of_yes_and_no_or_of_one_reporter() -> None:
    told = " ".join(str(c.value) for c in drawn(values=True)["Xếp hạng"]["A"])
    assert "Chỉ tiêu ATTAINED" not in told
    assert "Chỉ tiêu OFFICE" not in told


def test_the_overview_and_the_matrix_lead_to_the_block() -> None:
    book = drawn(values=True)
    sheet, row = block("HIGH", book)
    assert sheet["A5"].hyperlink.location == f"'Xếp hạng'!A{row}"
    assert book["Ma trận"]["F5"].hyperlink.location == f"'Xếp hạng'!A{row}"


@pytest.mark.parametrize("run", [empty_run(), empty_run(rows=False)], ids=["no returns", "no plan"])
def test_too_few_reporters_are_said_in_a_sentence(run: Consolidation) -> None:
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)))["Xếp hạng"]
    assert sheet["A2"].value == "Không có chỉ tiêu nào được nhiều đơn vị cùng báo cáo để xếp hạng."


def test_nobody_in_yet_is_a_block_without_ranks() -> None:
    run = consolidate(views_plan(), H1, AS_OF, Checked((), (), (), ()))
    book = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)
    sheet, row = block("HIGH", book)
    assert sheet.cell(row + 2, 1).value == "Chưa có số liệu: chưa đơn vị nào trong 8 đơn vị có số liệu được tính."


def test_the_matrix_ranks_only_units_of_one_kind_that_lack_nothing() -> None:
    """F lacks HIGH, H has no ratio of nothing; the office is asked for something else. ATTAINED costs A its place."""
    sheet = drawn(values=True)["Ma trận"]
    standing = {row[1].value: tuple(c.value for c in row[2:5]) for row in sheet.iter_rows(min_row=7, max_row=15)}
    assert standing["UBND XÃ F"] == (1, "–", "–")
    assert standing["UBND XÃ H"] == (1, "–", "–")
    assert standing["Ban Kế hoạch"] == (0, None, None)
    assert standing["UBND XÃ E"] == (0, 1, 1)  # 99 >= 95, 8 <= 10, 4 doctors, Đạt
    assert standing["UBND XÃ A"] == (0, 0.5, 3)  # 96 and 0 %, but two doctors and "Chưa đạt"
    assert standing["UBND XÃ B"][1:] == (0.75, 2)
    assert standing["UBND XÃ G"] == (0, "–", "–")  # "không áp dụng" lacks nothing, and lifts nobody over the others
    assert "Hạng chỉ để theo dõi nội bộ" in str(sheet["A2"].value)


def test_the_matrix_shows_the_level_of_each_column_and_marks_estimates() -> None:
    sheet = drawn(values=True)["Ma trận"]
    assert [sheet.cell(6, column).value for column in range(6, 12)] == [95, 10, 4, "–", 100, 95]
    assert sheet["F6"].number_format == '"> "General'
    assert sheet["G6"].number_format == '"≤ "General'
    italic = {sheet.cell(row, 2).value: sheet.cell(row, 6).font.i for row in range(7, 16)}
    assert [name for name, is_italic in italic.items() if is_italic] == ["UBND XÃ C"]


def ratio(unit: str, numerator: int, denominator: int = 100) -> tuple[IndicatorEntry, ...]:
    """Every ratio of these tests, the same for each of their indicators."""
    return tuple(
        entry(unit, f"{code}.{name}", str(number))
        for code in ("RANGE", "PLAIN", "HIGH")
        for name, number in (("numerator", numerator), ("denominator", denominator))
    )


def of_own(*rows: Indicator, entries: tuple[IndicatorEntry, ...] = ()) -> Consolidation:
    """The run of the views with indicators of the test's own."""
    return consolidate(replace(views_plan(), indicators=rows), H1, AS_OF, Checked((), (), entries, ()))


def test_half_a_year_is_held_to_its_exact_share_and_a_range_to_both_its_bounds() -> None:
    """12,5 is not 13 where a row has no decimals."""
    rows = (
        replace(indicator("HALF", Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, targets=AT_MOST_25), prorated=True),
        indicator("RANGE", Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, targets=RANGE),
    )
    half, between = (goal_of(result) for result in of_own(replace(rows[0], decimals=0), rows[1]).indicators)
    assert half == Goal((Bound(Fraction(25, 2), Comparator.AT_MOST),))
    assert between is not None
    kept = [between.reached_by(Fraction(value)) for value in ("89.9", "90", "110", "110.1")]
    assert kept == [False, True, True, False]


def test_two_bounds_stand_in_two_rows_and_both_are_kept_by_who_reaches_the_level() -> None:
    """A unit at 120 % of at most 110 has not reached what it was to reach; neither end is first, nor green."""
    rows = tuple(
        indicator(code, Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, targets=targets)
        for code, targets in (("RANGE", RANGE), ("PLAIN", ()))
    )
    entries = [*(e for u, n in zip(NAMES, (89, 90, 100, 110, 111, 120, 95, 96), strict=True) for e in ratio(u, n))]
    run = of_own(*rows, entries=tuple(entries))
    book = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)
    sheet = book["Ma trận"]
    assert [(sheet.cell(r, 6).value, sheet.cell(r, 6).number_format) for r in (6, 7)] == [
        (90, '"≥ "General'),
        (110, '"≤ "General'),
    ]
    shares = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=8, max_row=15)}
    assert [shares[name] for name in NAMES.values()] == [0, 0.5, 1, 1, 0.5, 0.5, 0.5, 1]
    assert [str(area.sqref)[0] for area in sheet.conditional_formatting] == ["G"]
    assert not any("RANGE (" in str(c.value) for c in book["Xếp hạng"]["A"])


def test_a_value_close_to_the_level_is_as_fine_as_it_takes_to_see_its_side() -> None:
    """94,996 printed as 95,00 and counted as short of 95 would be called a mistake, by either side."""
    row = indicator("HIGH", Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, targets=AT_LEAST_95)
    entries = (*ratio("xa-a", 94996, 100_000), *ratio("xa-b", 95, 100), *ratio("xa-c", 95004, 100_000))
    (result,) = of_own(row, entries=entries).indicators
    shown = shown_values(result)
    assert [str(shown[unit]) for unit in ("xa-a", "xa-b", "xa-c")] == ["94.996", "95.00", "95.00"]
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(of_own(row, entries=entries), say)))["Ma trận"]
    assert [(sheet.cell(r, 6).value, sheet.cell(r, 6).number_format) for r in (7, 8)] == [
        (94.996, "#,##0.000"),
        (95, "#,##0.00"),
    ]


def test_all_of_a_share_is_not_said_to_be_at_least_all() -> None:
    row = indicator("ALL", Measure.RATIO, Aggregation.RATIO_OF_SUMS, RATIO, targets=ALL)
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(of_own(row), say)))["Ma trận"]
    assert (sheet["F6"].value, "≥" in sheet["F6"].number_format) == (100, False)


@pytest.mark.office
def test_whoever_sorts_the_matrix_changes_no_line_of_the_ranking(office: Office, tmp_path: Path) -> None:
    """The values move with their units; looked up by place, each would be somebody else's."""
    data = draw_workbook(views_run(), say)
    book = openpyxl.load_workbook(BytesIO(data))
    matrix = book["Ma trận"]
    rows = [[cell.value for cell in row] for row in matrix.iter_rows(min_row=7, max_row=15)]
    for at, values in enumerate(reversed(rows), 7):
        for column in (1, 2, *range(6, 13)):  # C to E are formulas over their own line
            matrix.cell(at, column).value = values[column - 1]
    moved = BytesIO()
    book.save(moved)
    source = tmp_path / "moved.xlsx"
    source.write_bytes(moved.getvalue())
    (after,) = office.convert([source], "xlsx", tmp_path / "after")
    found, expected = (openpyxl.load_workbook(f, data_only=True) for f in (after, BytesIO(data)))
    assert found["Ma trận"]["B7"].value == "UBND XÃ H"
    for row, was in zip(found["Xếp hạng"].iter_rows(), expected["Xếp hạng"].iter_rows(), strict=False):
        assert [c.value for c in row][: len(was)] == [c.value for c in was]


@pytest.mark.office
def test_a_recalculation_gives_every_rank_change_and_count_again(office: Office, tmp_path: Path) -> None:
    """Text in a column, ties and blanks mean to RANK, MEDIAN and COUNTIF of another program what they mean here."""
    data = draw_workbook(views_run(), say)
    compared, differences = recalculation_differences(data, office.recalculate(data, tmp_path))
    assert differences == []
    assert compared > 250
