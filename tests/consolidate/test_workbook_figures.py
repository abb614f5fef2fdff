"""The figures of tong-hop.xlsx: exact cached values under live formulas over exactly the data."""

from __future__ import annotations

import functools
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import TargetVerdict
from consolidate.run import consolidate
from consolidate.workbook.book import SHEETS, draw_workbook
from plan.model import Oddity, OddityKind
from plan.words import DataState, TaskStatus
from tests.blank import H1
from tests.consolidate.workbook_case import AS_OF, empty_run, entry, full_run, say, small_plan, task_entry
from validation.model import Checked, TaskEntry


@functools.cache
def drawn(*, values: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)), data_only=values)


def table_row(sheet: Worksheet, column: str, name: str) -> int:
    return next(row for row, cell in enumerate(sheet[column], 1) if cell.value == name)


def figure(column: str, code: str, *, values: bool = True) -> object:
    sheet = drawn(values=values)["Phụ lục 1"]
    return sheet[f"{column}{table_row(sheet, 'B', f'Chỉ tiêu {code}')}"].value


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("RATIO", 12.35),  # 100 * 2469 / 20000 is exactly 12.345
        ("SINGLE", 74.6),
        ("CONFLICT", "Số liệu mâu thuẫn"),
        ("SUM", 0.3),  # 0.25 rounds up, whatever binary fractions say
        ("WEIGHTED", 2.2),  # (15 + 67.5 + 21) / 47 = 2.2021...
        ("GAIN", 1.05),  # 1.045
        ("RATIO_GAIN", 35.98),  # 100 * 16/33 - 100 * 3/24
        ("DOCTORS", 66.67),
        ("ATTAINED", 66.67),
        ("NOBODY", "Chưa có số liệu"),
        ("SINGLE_2045", 74.6),
    ],
)
def test_each_measure_shows_its_figure_rounded_as_excel_rounds(code: str, value: object) -> None:
    assert figure("E", code) == value


def test_a_ratio_is_a_live_formula_over_the_data_names() -> None:
    assert figure("E", "RATIO", values=False) == (
        '=IF(SUMIFS(DL_gia_tri,DL_khoa,"RATIO.denominator",DL_tinh,1)>0,'
        'ROUND(100*SUMIFS(DL_gia_tri,DL_khoa,"RATIO.numerator",DL_tinh,1)'
        '/SUMIFS(DL_gia_tri,DL_khoa,"RATIO.denominator",DL_tinh,1),2),"Chưa có số liệu")'
    )


def test_only_functions_that_excel_2010_knows_are_used() -> None:
    newer = ("MINIFS", "MAXIFS", "IFS(", "XLOOKUP", "FILTER", "_xlfn", "LET(", "CONCAT(")
    known = ("SUMIFS(", "COUNTIFS(", "AVERAGEIFS(")
    for sheet in drawn(values=False):
        for row in sheet.iter_rows():
            for cell in row:
                text = str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else ""
                for name in known:
                    text = text.replace(name, "")
                assert not any(name in text for name in newer), (sheet.title, cell.coordinate, text)


def test_parts_and_coverage_count_only_units_in_the_figure() -> None:
    """The blocked row of xã C and the silence of xã D enter neither the sums nor the coverage."""
    assert (figure("F", "RATIO"), figure("G", "RATIO"), figure("H", "RATIO")) == (2469, 20000, "2/4")
    assert (figure("F", "DOCTORS"), figure("G", "DOCTORS"), figure("H", "DOCTORS")) == (2, 3, "3/4")
    assert (figure("F", "NOBODY") or "", figure("H", "NOBODY")) == ("", "0/4")
    assert figure("F", "SINGLE") is None


def test_what_is_missing_is_named_and_a_verdict_still_open_says_so() -> None:
    assert figure("I", "RATIO") == "2 đơn vị: UBND XÃ C, UBND XÃ D"
    assert figure("I", "DOCTORS") == "Không"
    assert figure("J", "RATIO") == "Chưa đủ số liệu\n(tạm tính: chưa đạt)"
    assert figure("J", "NOBODY") == "Chưa đủ số liệu"


def test_remarks_say_estimate_mean_conflict_threshold_and_source() -> None:
    assert figure("K", "RATIO") == "Có số liệu ước.\nBình quân số học các đơn vị: 31,2% (chỉ để so sánh)."
    assert "Ban Kế hoạch (74,6), UBND XÃ A (75,1)" in str(figure("K", "CONFLICT"))
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


@pytest.mark.parametrize(
    ("issuer", "signs"),
    [
        ("UBND phường Thành Nam", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Ủy ban nhân dân xã Mường La", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Sở Y tế tỉnh Ninh Bình", ["THỦ TRƯỞNG ĐƠN VỊ"]),
    ],
)
def test_a_committee_is_signed_for_by_its_chairman(issuer: str, signs: list[str]) -> None:
    run = consolidate(replace(small_plan(), issuer=issuer), H1, AS_OF, Checked((), (), (), ()))
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    found = [c.value for row in sheet.iter_rows() for c in row if str(c.value) in {"CHỦ TỊCH", "THỦ TRƯỞNG ĐƠN VỊ"}]
    found = [c.value for row in sheet.iter_rows() for c in row if str(c.value).startswith("TM.")] + found
    assert found == signs


def test_a_target_that_differs_in_the_prose_is_said_beside_the_verdict() -> None:
    """The printed 100 is judged, and the director reads that the prose says otherwise; a long quotation stays out."""
    odd = Oddity(OddityKind.TARGET_DIFFERS, "Mục II", ("RATIO",), "Khác nhau.", "100", "> 20", "Hỏi lại.")
    for oddity, said in ((odd, True), (replace(odd, printed="x" * 80), False), (replace(odd, printed=""), False)):
        run = consolidate(replace(small_plan(), oddities=(oddity,)), H1, AS_OF, Checked((), (), (), ()))
        sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
        remark = str(sheet[f"K{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"].value)
        assert ("Văn bản in “100”, có thể phải đọc là “> 20”" in remark) is said
        assert "“”" not in remark


def test_a_task_shows_lowest_lead_progress_counts_and_documents() -> None:
    """The blocked row of xã C and the progress of a unit with "không phát sinh" stay out."""
    sheet = drawn(values=True)["Phụ lục 2"]
    row = table_row(sheet, "B", "Nhiệm vụ NV-1")
    assert [sheet.cell(row, column).value for column in range(5, 13)] == ["Đang triển khai", 40, "3/5", 1, 1, 0, 1, "–"]
    assert sheet[f"M{row}"].value == "Ban Kế hoạch: Đã ban hành; văn bản 12/KH-SYT ngày 05/3/2026"
    row = table_row(sheet, "B", "Nhiệm vụ NV-2")
    shown = [sheet.cell(row, column).value for column in (5, 6, 7, 12)]
    assert shown == ["Quá hạn\n(đang triển khai)", 60, "1/1", "1/4"]
    row = table_row(sheet, "B", "Nhiệm vụ NV-3")
    assert [sheet.cell(row, column).value for column in (5, 6, 7)] == ["Chưa đủ báo cáo", "–", "0/1"]


def test_progress_is_an_array_formula_guarded_against_no_reports() -> None:
    sheet = drawn(values=False)["Phụ lục 2"]
    formula = sheet[f"F{table_row(sheet, 'B', 'Nhiệm vụ NV-1')}"].value
    assert formula.text.startswith('=IF(COUNTIFS(DL_khoa,"NV-1.progress",DL_tinh,1,DL_vai_tro,"Chủ trì")=0,"–",MIN(IF(')


def reported(*tasks: TaskEntry) -> Workbook:
    """The workbook with cached values when exactly `tasks` have come in."""
    run = consolidate(small_plan(), H1, AS_OF, Checked((), (), (), tasks))
    return openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)


def test_a_progress_of_any_decimals_is_cached_as_the_formula_will_find_it() -> None:
    """The formula does not round; a rounded value beside it would change at the first recalculation."""
    typed = replace(task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, None), progress=Decimal("12.34567"))
    book = reported(typed)
    sheet, data = book["Phụ lục 2"], book["Dữ liệu"]
    assert sheet[f"F{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].value == 12.34567
    assert data[f"H{table_row(data, 'F', 'NV-2.progress')}"].value == 12.34567


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        ("Đã ban hành.", "Đã ban hành"),
        ("Đã ban hành;", "Đã ban hành"),
        ("Họp, tập huấn, v.v.", "Họp, tập huấn, v.v."),
        ("Đang làm...", "Đang làm..."),
    ],
)
def test_a_result_is_closed_by_one_sign_before_its_document(result: str, shown: str) -> None:
    entry = task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 60, result=result, document="12/KH-SYT")
    sheet = reported(entry)["Phụ lục 2"]
    said = sheet[f"M{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].value
    assert said == f"Ban Kế hoạch: {shown}; văn bản 12/KH-SYT ngày 05/3/2026"


def test_a_result_without_a_document_keeps_its_full_stop() -> None:
    sheet = reported(task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 60, result="Đã ban hành."))["Phụ lục 2"]
    assert sheet[f"M{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].value == "Ban Kế hoạch: Đã ban hành."


def test_the_sentences_over_the_tables_count_the_rows_below() -> None:
    book = drawn(values=True)
    first = [c.value for c in book["Phụ lục 1"]["A"] if str(c.value).startswith("Tổng số")]
    assert first == ["Tổng số 11 chỉ tiêu: đạt 0; chưa đạt 0; chưa đủ số liệu 7; chưa đến hạn 4."]
    second = [c.value for c in book["Phụ lục 2"]["A"] if str(c.value).startswith("Tổng số")]
    assert second == [
        "Tổng số 3 nhiệm vụ: hoàn thành 0; đang triển khai 1; chưa triển khai 0; không phát sinh 0; "
        "chưa đủ báo cáo 1; quá hạn 1."
    ]


def test_defined_names_cover_exactly_the_data_rows() -> None:
    book = drawn(values=True)
    last = book["Dữ liệu"].max_row
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    assert names["DL_khoa"] == f"'Dữ liệu'!$F$2:$F${last}"
    assert {text.split(":")[1].split("$")[-1] for text in names.values()} == {str(last)}
    assert all(book["Dữ liệu"].cell(row, 6).value for row in range(2, last + 1))


def test_the_data_sheet_says_of_each_line_whether_it_counts() -> None:
    rows = [[c.value for c in row] for row in drawn(values=True)["Dữ liệu"].iter_rows(min_row=2)]
    by_key = {(r[0], r[5]): r for r in rows}
    assert by_key["xa-c", "RATIO.numerator"][7:11] == [999999, None, "Chính thức", 0]
    assert by_key["xa-c", "SUM.value"][7:11] == [0, None, "Không phát sinh", 1]
    assert by_key["xa-d", "DOCTORS.count"][7:11] == [None, None, "Không áp dụng", 0]
    assert by_key["xa-b", "WEIGHTED.value"][11] == 30
    assert by_key["xa-b", "NV-1.progress"][10] == 0
    assert by_key["xa-b", "NV-1.status"][6:9] == ["Chủ trì", None, "Không phát sinh"]
    assert by_key["ban", "NV-1.document_date"][8] == "05/03/2026"
    assert ("xa-c", "ATTAINED.evidence") not in by_key
    assert by_key["xa-a", "RATIO.numerator"][12:] == ["xa-a/2026-H1_xa-a.xlsx", "Phụ lục 1", "H9"]


def test_a_row_leads_to_its_units() -> None:
    """TT of Appendix 1 opens the indicator's column of the matrix, TT of Appendix 2 its first line of data."""
    book = drawn(values=True)
    sheet = book["Phụ lục 1"]
    target = sheet[f"A{table_row(sheet, 'B', 'Chỉ tiêu SUM')}"].hyperlink.location
    name, cell = target.replace("'", "").split("!")
    assert book[name][cell].value == "Ngắn SUM (%)"
    sheet = book["Phụ lục 2"]
    name, cell = sheet[f"A{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].hyperlink.location.replace("'", "").split("!")
    assert book[name][f"D{cell[1:]}"].value == "NV-2"


def test_the_matrix_tells_missing_from_not_applicable_from_not_asked() -> None:
    sheet = drawn(values=True)["Ma trận"]
    heads = {c.value: column for column, c in enumerate(sheet[4], 1)}
    rows = {c.value: row for row, c in enumerate(sheet["B"], 1)}
    ratio, doctors = heads["Ngắn RATIO (%)"], heads["Ngắn DOCTORS"]
    assert sheet.cell(rows["UBND XÃ A"], ratio).value == 50
    assert sheet.cell(rows["UBND XÃ D"], ratio).value == "–"
    assert sheet.cell(rows["UBND XÃ D"], doctors).value == "KAD"
    assert sheet.cell(rows["UBND XÃ A"], doctors).value == 3
    assert sheet.cell(rows["Ban Kế hoạch"], ratio).value is None
    assert sheet.cell(5, ratio).value == 12.35
    assert "Ngắn SINGLE_2045 (%)" not in heads


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("Ngắn RATIO (%)", '#,##0.00"%"'),
        ("Ngắn DOCTORS", '#,##0.00"%"'),
        ("Ngắn ATTAINED", '#,##0.00"%"'),
        ("Ngắn WEIGHTED (%)", "#,##0.00"),
    ],
)
def test_a_common_figure_that_is_a_share_says_so_over_counts_of_another_unit(head: str, form: str) -> None:
    """66,67 over doctor counts would read as doctors."""
    sheet = drawn(values=True)["Ma trận"]
    column = next(c.column for c in sheet[4] if c.value == head)
    assert sheet.cell(5, column).number_format == form
    assert "%" not in sheet.cell(6, column).number_format


def test_every_sheet_prints_its_page_numbers() -> None:
    for sheet in drawn(values=True):
        footer = sheet.oddFooter
        assert footer is not None
        assert footer.right.text == "Trang &P/&N", sheet.title


@pytest.mark.parametrize("rows", [True, False])
def test_an_empty_run_says_so_on_every_list_and_counts_nobody_as_zero(rows: bool) -> None:
    book = openpyxl.load_workbook(BytesIO(draw_workbook(empty_run(rows=rows), say)), data_only=True)
    assert tuple(book.sheetnames) == SHEETS
    for name, sentence in (
        ("Khó khăn, đề xuất", "Không đơn vị nào nêu khó khăn, đề xuất hay giải trình."),
        ("Lỗi, cảnh báo", "Không có lỗi, cảnh báo hay ghi chú nào."),
        ("Dữ liệu", "Chưa có số liệu nào được nhận trong kỳ này."),
        ("Nguồn", "Chưa nhận được tệp nào trong kỳ này."),
    ):
        assert sentence in [c.value for row in book[name].iter_rows() for c in row]
    sheet = book["Phụ lục 1"]
    if rows:
        assert sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"].value == "Chưa có số liệu"
    else:
        assert "Kế hoạch không có chỉ tiêu nào." in [c.value for c in sheet["A"]]
