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

from consolidate.run import consolidate
from consolidate.workbook.book import SHEETS, draw_workbook
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.workbook_case import (
    AS_OF,
    empty_run,
    full_run,
    say,
    small_plan,
    task_entry,
)
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
    doctors = (figure("F", "DOCTORS"), figure("G", "DOCTORS"), figure("H", "DOCTORS"))
    assert doctors == (2, 3, "3/4\n(1 không áp dụng)")
    assert (figure("F", "NOBODY") or "", figure("H", "NOBODY")) == ("", "0/4")
    assert figure("F", "SINGLE") is None


def test_a_task_shows_lowest_lead_progress_counts_and_documents() -> None:
    """The blocked row of xã C and the progress of a unit with "không phát sinh" stay out."""
    sheet = drawn(values=True)["Phụ lục 2"]
    row = table_row(sheet, "B", "Nhiệm vụ NV-1")
    assert [sheet.cell(row, column).value for column in range(5, 12)] == ["Đang triển khai", 40, "3/5", 1, 1, 0, 1]
    said = [c.value for line in sheet.iter_rows(min_row=row, max_row=row + 1) for c in line]
    assert "12/KH-SYT ngày 05/3/2026" in str(said)
    assert "Đã ban hành" in str(said)
    row = table_row(sheet, "B", "Nhiệm vụ NV-2")
    shown = [sheet.cell(row, column).value for column in (5, 6, 7, 14)]
    assert shown == ["Quá hạn\nĐang triển khai", 60, "1/1", "1/4"]
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
    sheet = book["Phụ lục 2"]
    assert sheet[f"F{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].value == 12.34567
    assert [line["Giá trị số"] for line in data_lines(book) if line["Khóa"] == "NV-2.progress"] == [12.34567]


def test_the_sentences_over_the_tables_count_the_rows_below() -> None:
    book = drawn(values=True)
    first = [c.value for c in book["Phụ lục 1"]["A"] if str(c.value).startswith("Tổng số")]
    assert first == ["Tổng số 11 chỉ tiêu: đạt 0; chưa đạt 0; chưa đủ số liệu 7; chưa đến hạn 4."]
    second = [c.value for c in book["Phụ lục 2"]["A"] if str(c.value).startswith("Tổng số")]
    assert second == [
        "Tổng số 3 nhiệm vụ: hoàn thành 0; đang triển khai 2; chưa triển khai 0; không phát sinh 0; "
        "chưa đủ báo cáo 1; trong đó quá hạn 1, có nguy cơ chậm 0."
    ]


def data_lines(book: Workbook) -> list[dict[str, object]]:
    """The lines of "Dữ liệu" by their heads."""
    heads, *lines = ([c.value for c in row] for row in book["Dữ liệu"].iter_rows())
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def test_the_data_sheet_says_of_each_line_whether_it_counts() -> None:
    by_key = {(line["Đơn vị"], line["Khóa"]): line for line in data_lines(drawn(values=True))}

    def said(unit: str, key: str) -> list[object]:
        return [by_key[unit, key][head] for head in ("Giá trị số", "Giá trị chữ", "Loại số liệu", "Tính vào tổng")]

    assert said("xa-c", "RATIO.numerator") == [999999, None, "Chính thức", 0]
    assert said("xa-c", "SUM.value") == [0, None, "Không phát sinh", 1]
    assert said("xa-d", "DOCTORS.count") == [None, None, "Không áp dụng", 0]
    assert by_key["xa-b", "WEIGHTED.value"]["Trọng số"] == 30
    assert by_key["xa-b", "NV-1.progress"]["Tính vào tổng"] == 0
    assert by_key["xa-b", "NV-1.status"]["Vai trò"] == "Chủ trì"
    assert said("ban", "NV-1.document_date")[1] == "05/03/2026"
    assert ("xa-c", "ATTAINED.evidence") not in by_key
    origin = [by_key["xa-a", "RATIO.numerator"][head] for head in ("Tệp", "Trang", "Ô")]
    assert origin == ["xa-a/2026-H1_xa-a.xlsx", "Phụ lục 1", "H9"]


def test_a_row_leads_to_its_units() -> None:
    """TT of Appendix 1 opens the indicator's column of the matrix, TT of Appendix 2 its first line of data."""
    book = drawn(values=True)
    sheet = book["Phụ lục 1"]
    target = sheet[f"A{table_row(sheet, 'B', 'Chỉ tiêu SUM')}"].hyperlink.location
    name, cell = target.replace("'", "").split("!")
    assert book[name][cell].value == "Ngắn SUM (%)"
    sheet = book["Phụ lục 2"]
    _, cell = sheet[f"A{table_row(sheet, 'B', 'Nhiệm vụ NV-2')}"].hyperlink.location.replace("'", "").split("!")
    assert data_lines(book)[int(cell[1:]) - 2]["Mã dòng"] == "NV-2"


def test_a_figure_itself_leads_to_all_its_lines_and_stays_a_formula() -> None:
    book = drawn(values=False)
    sheet = book["Phụ lục 1"]
    cell = sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu RATIO')}"]
    assert str(cell.value).startswith("=IF(SUMIFS(")
    name, lines = cell.hyperlink.location.replace("'", "").split("!")
    first, last = (int("".join(filter(str.isdigit, corner))) for corner in lines.split(":"))
    rows = data_lines(drawn(values=True))
    assert name == "Dữ liệu"
    assert {line["Mã dòng"] for line in rows[first - 2 : last - 1]} == {"RATIO"}
    assert sum(1 for line in rows if line["Mã dòng"] == "RATIO") == last - first + 1
    again = sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu SINGLE_2045')}"].hyperlink.location
    assert again == sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu SINGLE')}"].hyperlink.location
    assert sheet[f"E{table_row(sheet, 'B', 'Chỉ tiêu NOBODY')}"].hyperlink is None


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
        ("Ngắn RATIO (%)", '#,##0.00"% (ước)"'),
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
