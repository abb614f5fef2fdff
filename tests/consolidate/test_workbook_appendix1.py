""" "Phụ lục 1": what a reader has to know beside a figure stands beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Coverage, CoverageBasis, IndicatorResult, TargetVerdict
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from plan.model import Aggregation, Comparator, Measure, Oddity, OddityKind, Target
from plan.words import DataState
from tests import blank
from tests.blank import H1
from tests.consolidate.views_case import LAST_YEAR
from tests.consolidate.workbook_case import AS_OF, NUMBER, entry, full_run, indicator, say, small_plan
from validation.model import Checked, Earlier


@functools.cache
def drawn() -> Workbook:
    return openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)), data_only=True)


def table_row(sheet: Worksheet, column: str, name: str) -> int:
    return next(row for row, cell in enumerate(sheet[column], 1) if cell.value == name)


def figure(column: str, code: str) -> object:
    sheet = drawn()["Phụ lục 1"]
    return sheet[f"{column}{table_row(sheet, 'B', f'Chỉ tiêu {code}')}"].value


def row_with(code: str, change: Callable[[IndicatorResult], IndicatorResult]) -> dict[str, object]:
    """The row of `code` in Appendix 1, by heads, when its result is changed."""
    run = full_run()
    results = tuple(change(r) if r.indicator.code == code else r for r in run.indicators)
    drawing = draw_workbook(replace(run, indicators=results), say)
    sheet = openpyxl.load_workbook(BytesIO(drawing), data_only=True)["Phụ lục 1"]
    heads = [c.value for c in sheet[table_row(sheet, "A", "TT")]]
    return dict(zip(map(str, heads), (c.value for c in sheet[table_row(sheet, "B", f"Chỉ tiêu {code}")]), strict=True))


def covering(basis: CoverageBasis, share: Fraction) -> dict[str, object]:
    return row_with("RATIO", lambda r: replace(r, coverage=Coverage(basis, share)))


def on_the_way(*, on_track: bool) -> dict[str, object]:
    return row_with("RATIO", lambda r: replace(r, milestones=(Fraction(95, 2),), on_track=on_track))


def test_the_covered_share_stands_below_the_units_where_it_is_known() -> None:
    """Two communes of four can be nine tenths of the people."""
    assert covering(CoverageBasis.POPULATION, Fraction(9, 10))["Đơn vị có số liệu"] == "2/4\n(90,0% dân số)"
    assert covering(CoverageBasis.UNITS, Fraction(1, 2))["Đơn vị có số liệu"] == "2/4"
    by_past = covering(CoverageBasis.DENOMINATOR, Fraction(2, 3))
    assert by_past["Đơn vị có số liệu"] == "2/4\n(66,7% mẫu số)"
    assert "mẫu số kỳ gần nhất của đơn vị còn thiếu" in str(by_past["Ghi chú"])


def test_a_milestone_is_said_with_the_verdict_that_it_does_not_change() -> None:
    row = on_the_way(on_track=False)
    assert row["Đánh giá"] == "Chưa đủ số liệu\n(tạm tính: chưa đạt)\n(chưa đạt mốc đến cuối kỳ)"
    assert "Mốc đến cuối kỳ: >\N{NO-BREAK SPACE}47,5%." in str(row["Ghi chú"])
    assert str(on_the_way(on_track=True)["Đánh giá"]).endswith("\n(đạt mốc đến cuối kỳ)")


def test_a_contradiction_shows_every_value_even_where_the_differences_agree() -> None:
    """From 10 to 12 and from 20 to 22 are both "+2", and not the same report."""
    plan = small_plan()
    both = indicator(
        "CLASH",
        Measure.CHANGE,
        Aggregation.DIFFERENCE,
        {"baseline": NUMBER, "current": NUMBER},
        reporters=("ban", "xa-a"),
    )
    said = [("ban", "10", "12"), ("xa-a", "20", "22")]
    entries = [
        entry(unit, f"CLASH.{field}", value)
        for unit, before, now in said
        for field, value in (("baseline", before), ("current", now))
    ]
    run = consolidate(replace(plan, indicators=(both,)), H1, AS_OF, Checked((), (), tuple(entries), ()))
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    row = table_row(sheet, "B", "Chỉ tiêu CLASH")
    assert sheet[f"E{row}"].value == "Số liệu mâu thuẫn"
    assert "từ 10 đến 12 (Ban Kế hoạch); từ 20 đến 22 (UBND XÃ A)" in str(sheet[f"K{row}"].value)


def test_an_estimate_is_marked_at_the_figure_and_the_number_stays_a_number() -> None:
    sheet = drawn()["Phụ lục 1"]
    cell = sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"]
    assert (cell.value, cell.number_format) == (12.35, '#,##0.00" (ước)"')
    assert "ước" not in sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu SUM')}"].number_format


def test_what_is_missing_is_named_and_a_verdict_still_open_says_so() -> None:
    assert figure("I", "RATIO") == "2 đơn vị:\n– chưa nộp (1): UBND XÃ D\n– dòng có lỗi (1): UBND XÃ C"
    assert figure("I", "SINGLE_2045") == "Không"
    assert figure("I", "DOCTORS") == "Không"
    assert figure("J", "RATIO") == "Chưa đủ số liệu\n(tạm tính: chưa đạt)"
    assert figure("J", "NOBODY") == "Chưa đủ số liệu"


def test_remarks_say_estimate_mean_conflict_threshold_and_source() -> None:
    assert figure("K", "RATIO") == "Có số ước của UBND XÃ B.\nBình quân số học các đơn vị: 31,17% (chỉ để so sánh)."
    assert "Số liệu mâu thuẫn: 74,6 (Ban Kế hoạch); 75,1 (UBND XÃ A)." in str(figure("K", "CONFLICT"))
    assert "từ 4 trở lên" in str(figure("K", "DOCTORS"))
    assert "Không áp dụng (1): UBND XÃ D" in str(figure("K", "DOCTORS"))
    assert "Cùng số liệu với chỉ tiêu 1." in str(figure("K", "SINGLE_2045"))


def test_a_share_of_few_units_says_what_they_answered() -> None:
    """One station of one: 0 % alone would not tell a director that it has three doctors."""
    remark = str(figure("K", "DOCTORS"))
    assert "UBND XÃ A: 3" in remark
    assert "UBND XÃ C: 9" in remark
    assert "UBND XÃ B: Chưa đạt." in str(figure("K", "ATTAINED"))


def test_a_figure_that_concerns_nobody_is_no_lack_of_data() -> None:
    """Every unit says "không áp dụng": nobody is missing, so the verdict is not "chưa đủ số liệu"."""
    plan = small_plan()
    out = [entry(u.id, "DOCTORS.count", None, state=DataState.NOT_APPLICABLE) for u in plan.units]
    run = consolidate(plan, H1, AS_OF, Checked((), (), tuple(out), ()))
    doctors = next(r for r in run.indicators if r.indicator.code == "DOCTORS")
    assert (doctors.missing, doctors.verdict) == ((), TargetVerdict.NOT_APPLICABLE)
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    assert sheet[f"J{table_row(sheet, 'B', 'Chỉ tiêu DOCTORS')}"].value == "Không áp dụng"
    assert "không áp dụng 1" in str([c.value for c in sheet["A"] if str(c.value).startswith("Tổng số")])


def test_a_target_that_differs_in_the_prose_is_said_beside_the_verdict() -> None:
    """The printed 100 is judged, and the director reads that the prose says otherwise; a long quotation stays out."""
    odd = Oddity(OddityKind.TARGET_DIFFERS, "Mục II", ("RATIO",), "Khác nhau.", "100", "> 20", "Hỏi lại.")
    for oddity, said in ((odd, True), (replace(odd, printed="x" * 80), False), (replace(odd, printed=""), False)):
        run = consolidate(replace(small_plan(), oddities=(oddity,)), H1, AS_OF, Checked((), (), (), ()))
        sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
        remark = str(sheet[f"K{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"].value)
        assert ("Văn bản in “100”, có thể phải đọc là “> 20”" in remark) is said
        assert "“”" not in remark


def test_units_that_the_row_does_not_concern_are_told_from_those_that_are_missing() -> None:
    assert figure("H", "DOCTORS") == "3/4\n(1 không áp dụng)"


def test_a_covered_share_is_never_all_while_a_unit_is_missing_nor_nothing_while_one_is_in() -> None:
    nearly, hardly = Fraction(999_999, 1_000_000), Fraction(1, 1_000_000)
    assert "99,9%" in str(covering(CoverageBasis.POPULATION, nearly)["Đơn vị có số liệu"])
    assert "0,1%" in str(covering(CoverageBasis.POPULATION, hardly)["Đơn vị có số liệu"])


def test_a_bound_is_printed_exactly_and_all_of_a_share_is_just_all() -> None:
    """12,5 is not 13 where the row has no decimals; nothing exceeds 100 %."""

    def remark(value: str) -> str:
        target = Target(2027, Comparator.AT_LEAST, Decimal(value))
        return str(row_with("RATIO", lambda r: replace(r, target=target, targets=(target,)))["Ghi chú"])

    assert "So với mục tiêu năm 2027: ≥\N{NO-BREAK SPACE}12,5%." in remark("12.5")
    assert "So với mục tiêu năm 2027: 100%." in remark("100")
    assert "So với mục tiêu năm 2027: 100% đơn vị đạt." in str(figure("K", "DOCTORS"))


def test_both_bounds_of_a_year_are_said() -> None:
    two = (Target(2026, Comparator.AT_LEAST, Decimal(90)), Target(2026, Comparator.AT_MOST, Decimal(110)))
    row = row_with(
        "RATIO", lambda r: replace(r, indicator=replace(r.indicator, targets=two), target=two[0], targets=two)
    )
    assert "mục tiêu năm 2026: ≥\N{NO-BREAK SPACE}90% và ≤\N{NO-BREAK SPACE}110%." in str(row["Ghi chú"])


def test_a_figure_that_its_decimals_put_on_the_bound_is_said_more_finely() -> None:
    """95,00 beside "> 95", "chưa đạt", would be called a mistake."""
    row = row_with("RATIO", lambda r: replace(r, value=Fraction(94_996, 1000), finer=3))
    assert "để so với mức: 94,996%." in str(row["Ghi chú"])


def test_a_target_of_a_year_that_is_over_is_not_forgotten() -> None:
    past_year = Target(2025, Comparator.ABOVE, Decimal(95))
    plan = small_plan()
    ratio = replace(plan.indicators[0], targets=(past_year, Target(2030, Comparator.ABOVE, Decimal(98))))
    plan = replace(plan, indicators=(ratio,))
    entries = full_run().checked.indicator_entries
    earlier = Earlier(LAST_YEAR, entries, ())
    for before, said in (
        ((earlier,), "kết quả năm 2025 là 12,35% (2/4 đơn vị), chưa đạt."),
        ((), "Mục tiêu năm 2025 (>\N{NO-BREAK SPACE}95%) đã hết hạn: không có số liệu"),
    ):
        run = consolidate(plan, H1, AS_OF, Checked((), (), entries, ()), before)
        sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
        row = table_row(sheet, "B", "Chỉ tiêu RATIO")
        assert said in " ".join(str(c.value) for c in sheet[row])


def missing_of(count: int) -> str:
    """What is said of the units that are missing when `count` communes have sent nothing and one row is in error."""
    plan = small_plan()
    units = (*plan.units, *(blank.unit(f"xa-{n}", f"UBND xã {n}", ("xa",), "xã") for n in range(count - 1)))
    checked = full_run().checked
    run = consolidate(replace(plan, units=units), H1, AS_OF, checked)
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    return str(sheet[f"I{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"].value)


def test_missing_units_are_named_by_reason_while_a_cell_can_hold_them_and_then_pointed_to() -> None:
    named = missing_of(11)
    assert named.startswith("12 đơn vị:\n– chưa nộp (11): UBND XÃ D, UBND xã 0,")
    assert named.endswith("UBND xã 9\n– dòng có lỗi (1): UBND XÃ C")
    pointed = missing_of(12)
    assert pointed == (
        "13 đơn vị:\n– chưa nộp (12)\n– dòng có lỗi (1): UBND XÃ C\n"
        "(đủ tên: ô “–” ở trang “Ma trận”; lỗi: trang “Lỗi, cảnh báo”)"
    )


def test_no_link_to_lines_claims_more_than_a_sorted_sheet_can_keep() -> None:
    """A sort of "Dữ liệu" moves the lines away from under their links; the tip says so and how to find them."""
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)))["Phụ lục 1"]
    tip = sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"].hyperlink.tooltip
    assert tip == (
        "Các dòng số liệu của từng đơn vị (đúng khi trang “Dữ liệu” chưa bị sắp xếp lại; "
        "nếu đã sắp xếp, lọc cột “Mã dòng” theo RATIO)"
    )


def test_six_decimals_are_shown_where_a_plan_asks_for_them() -> None:
    plan = small_plan()
    fine = tuple(replace(i, decimals=6) if i.code == "WEIGHTED" else i for i in plan.indicators)
    run = consolidate(replace(plan, indicators=fine), H1, AS_OF, full_run().checked)
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    cell = sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu WEIGHTED')}"]
    assert (cell.value, cell.number_format) == (2.202128, "#,##0.000000")
