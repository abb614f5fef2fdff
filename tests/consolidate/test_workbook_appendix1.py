""" "Phụ lục 1": what a reader has to know beside a figure stands beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Coverage, CoverageBasis, IndicatorResult, TargetVerdict
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from plan.model import Aggregation, Measure, Oddity, OddityKind
from plan.words import DataState
from tests.blank import H1
from tests.consolidate.workbook_case import AS_OF, NUMBER, entry, full_run, indicator, say, small_plan
from validation.model import Checked


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
    return row_with("RATIO", lambda r: replace(r, milestone=Fraction(95, 2), on_track=on_track))


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
    assert "Mốc đến cuối kỳ: >\N{NO-BREAK SPACE}47,50." in str(row["Ghi chú"])
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
    assert figure("I", "RATIO") == "2 đơn vị: UBND XÃ C, UBND XÃ D"
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
