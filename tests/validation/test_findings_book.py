"""findings.xlsx shows the clerk the worst first, loses no finding and never turns a unit's text into a formula."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
from openpyxl import Workbook

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from plan.text_fit import room, text_points
from validation.differences import VersionDifference
from validation.findings_book import (
    DETAIL_SHEET,
    SENDING_SHEET,
    SUMMARY_SHEET,
    VERSIONS_SHEET,
    BookHeading,
    draw_findings,
)
from validation.findings_pen import POINTS
from validation.findings_sending import Sending
from validation.message_table import MESSAGES
from validation.model import Checked, Finding, IndicatorEntry, Return, Severity, Verdict

HEADING = BookHeading(
    plan_title="Kế hoạch hành động",
    period_label="6 tháng đầu năm 2026",
    as_of=datetime(2026, 6, 9, 14, 5, tzinfo=UTC),
    units={"xa-gia-vien": "Xã Gia Viễn", "xa-yen-mo": "Xã Yên Mô"},
    rows={"BHYT.numerator": "1. Tỷ lệ bao phủ BHYT"},
)


def returned(file: str, unit: str, verdict: Verdict) -> Return:
    return Return(file, "0" * 64, 1, HEADING.as_of, unit, verdict, True, False)


def found(code: str, file: str, unit: str, value: str = "", cell: str = "H9") -> Finding:
    return Finding(code, MESSAGES[code].severity, file, INDICATOR_SHEET, cell, unit, "BHYT.numerator", value)


CHECKED = Checked(
    returns=(
        returned("a.xlsx", "xa-gia-vien", Verdict.ACCEPTED_WITH_WARNINGS),
        returned("b.xlsx", "xa-yen-mo", Verdict.TO_BE_CORRECTED),
        returned("c.xlsx", "", Verdict.UNREADABLE),
        returned("d.xlsx", "xa-gia-vien", Verdict.TO_BE_CORRECTED),
    ),
    findings=(
        found("NUMBER_CLEANED", "a.xlsx", "xa-gia-vien", "95,5%"),
        found("ATTAINED_WITHOUT_EVIDENCE", "a.xlsx", "xa-gia-vien"),
        found("NOT_A_NUMBER", "b.xlsx", "xa-yen-mo", "=HYPERLINK(1)"),
        found("NOT_A_NUMBER", "d.xlsx", "xa-gia-vien", "http://vidu.vn", "H10"),
        found("NOT_A_NUMBER", "d.xlsx", "xa-gia-vien", "@SUM(1)", "H11"),
        found("BELOW_MINIMUM", "d.xlsx", "xa-gia-vien", "-5", "H12"),
        Finding("FILE_DAMAGED", Severity.ERROR, "c.xlsx"),
    ),
    indicator_entries=(),
    task_entries=(),
)


def say(finding: Finding) -> str:
    return f"Nội dung của {finding.code}"


def opened(checked: Checked = CHECKED) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(draw_findings(checked, HEADING, say)))


def below(book: Workbook, head: str, width: int) -> list[tuple[object, ...]]:
    """The lines of the summary's table whose second column is headed `head`, up to the first blank line."""
    lines = list(book[SUMMARY_SHEET].iter_rows(values_only=True, max_col=width))
    start = next(i for i, line in enumerate(lines) if line[1] == head)
    rest = lines[start + 1 :]
    end = next((i for i, line in enumerate(rest) if line[1] is None), len(rest))
    return [tuple(line) for line in rest[:end]]


def test_units_stand_worst_first_with_their_counts() -> None:
    assert below(opened(), "Đơn vị", 7) == [
        (1, "Chưa rõ đơn vị", "c.xlsx", "Không đọc được", 1, 0, 0),
        (2, "Xã Gia Viễn", "d.xlsx", "Cần sửa", 3, 0, 0),
        (3, "Xã Yên Mô", "b.xlsx", "Cần sửa", 1, 0, 0),
        (4, "Xã Gia Viễn", "a.xlsx", "Đạt, có cảnh báo", 0, 1, 1),
    ]


def test_kinds_of_fault_stand_by_how_often_they_occur_errors_first() -> None:
    lines = below(opened(), "Loại lỗi, cảnh báo", 7)
    assert lines[0] == (1, "Không phải số", "Xã Yên Mô, Xã Gia Viễn", "Lỗi", 3, 2, "")
    codes = ("BELOW_MINIMUM", "FILE_DAMAGED", "ATTAINED_WITHOUT_EVIDENCE", "NUMBER_CLEANED")
    assert [line[1] for line in lines[1:]] == [MESSAGES[code].title for code in codes]


def test_only_rules_of_the_plan_show_their_code() -> None:
    """With it they are eased or waived in the plan; nobody can use the others."""
    lines = below(opened(), "Loại lỗi, cảnh báo", 7)
    assert [line[6] for line in lines if line[6]] == ["ATTAINED_WITHOUT_EVIDENCE"]


def test_files_of_nobody_are_no_units() -> None:
    """They are counted beside the units; a parcel that was opened is neither."""
    returns = (*CHECKED.returns, returned("e.xlsx", "don-vi-la", Verdict.TO_BE_CORRECTED))
    units = [f"xa-{n}" for n in range(6)]
    findings = (
        *CHECKED.findings,
        Finding("FILE_DAMAGED", Severity.ERROR, "d.xlsx", unit="xa-gia-vien"),
        *(Finding("FILE_EMPTY", Severity.ERROR, f"{u}.xlsx", unit=u) for u in units),
        Finding("FILE_EMPTY", Severity.ERROR, "c.xlsx"),
        Finding("PARCEL_OPENED", Severity.NOTE, "thư.eml"),
        Finding("PARCEL_WITHOUT_RETURN", Severity.ERROR, "e.xlsx"),
    )
    heading = replace(HEADING, units={**HEADING.units, **{u: u.upper() for u in units}})
    book = openpyxl.load_workbook(io.BytesIO(draw_findings(Checked(returns, findings, (), ()), heading, say)))
    told = {line[1]: (line[2], line[5]) for line in below(book, "Loại lỗi, cảnh báo", 6)}
    assert told[MESSAGES["FILE_DAMAGED"].title] == ("Xã Gia Viễn và 1 tệp chưa rõ của ai", 1)
    assert told[MESSAGES["FILE_EMPTY"].title] == (
        "XA-0, XA-1, XA-2, XA-3 và 2 đơn vị khác; 1 tệp chưa rõ của ai",
        6,
    )
    assert told[MESSAGES["PARCEL_OPENED"].title] == ("–", 0)
    assert told[MESSAGES["PARCEL_WITHOUT_RETURN"].title] == ("1 tệp chưa rõ của ai", 0)
    texts = [c.value for row in book[SUMMARY_SHEET].iter_rows() for c in row]
    assert f"Tổng số: 5 tệp (2 đơn vị và 2 tệp chưa rõ của ai); {len(findings)} lỗi, cảnh báo và ghi chú" in texts
    detail = {line[2]: line[1] for line in book[DETAIL_SHEET].iter_rows(values_only=True)}
    assert (detail["thư.eml"], detail["e.xlsx"]) == ("–", "Chưa rõ đơn vị")


def test_every_kind_of_fault_is_named_on_one_line() -> None:
    """LibreOffice does not wrap a cell with a link: what is longer would be cut."""
    width = opened()[SUMMARY_SHEET].column_dimensions["B"].width
    longest = max(text_points(m.title, POINTS) for m in MESSAGES.values())
    assert longest * 1.04 < room(width * 7, indented=True)


def test_what_goes_back_stands_beside_its_unit_and_opens() -> None:
    """With who sent it, whom to call and how much there is to do."""
    sendings = (
        Sending("Xã Gia Viễn", "feedback/de-nghi-giai-trinh_bao cao.xlsx", "", "", 0, 3),
        Sending("Xã Yên Mô", "feedback/can-sua_2026-H1_xa-yen-mo.xlsx", "ym@vidu.vn", "=Bà A", 2, 1),
    )
    data = draw_findings(CHECKED, HEADING, say, (), sendings)
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SENDING_SHEET]
    assert [line[:7] for line in sheet.iter_rows(min_row=5, values_only=True)] == [
        (1, "Xã Gia Viễn", "de-nghi-giai-trinh_bao cao.xlsx", "–", "–", 0, 3),
        (2, "Xã Yên Mô", "can-sua_2026-H1_xa-yen-mo.xlsx", "ym@vidu.vn", "=Bà A", 2, 1),
    ]
    assert sheet["E6"].data_type == "s"
    assert [sheet[cell].hyperlink.target for cell in ("C5", "C6")] == [
        "feedback\\de-nghi-giai-trinh_bao%20cao.xlsx",
        "feedback\\can-sua_2026-H1_xa-yen-mo.xlsx",
    ]
    assert sheet.auto_filter.ref == "A4:G6"
    assert SENDING_SHEET not in opened().sheetnames


def links(book: Workbook) -> dict[str, str]:
    cells = [c for row in book[SUMMARY_SHEET].iter_rows() for c in row]
    return {str(c.value): str(c.hyperlink.location) for c in cells if c.hyperlink}


def test_counts_lead_to_the_first_finding_that_they_count() -> None:
    """Errors come first in the detail: d.xlsx begins on its third line."""
    found = links(opened())
    assert found["Xã Yên Mô"] == f"'{DETAIL_SHEET}'!A2"
    assert found["Không phải số"] == f"'{DETAIL_SHEET}'!A2"
    detail = opened()[DETAIL_SHEET]
    place = found["Nhỏ hơn mức có thể"].rpartition("!")[2]
    assert detail[place].offset(0, 7).value == "Nhỏ hơn mức có thể"


def test_counts_by_verdict_and_severity() -> None:
    lines = below(opened(), "Kết luận", 5)
    assert [line[1:3] for line in lines] == [
        ("Không đọc được", 1),
        ("Cần sửa", 2),
        ("Đạt, có cảnh báo", 1),
        ("Đạt yêu cầu", 0),
    ]
    assert [line[3:5] for line in lines[:3]] == [("Lỗi", 5), ("Cảnh báo", 1), ("Ghi chú", 1)]


def test_the_detail_sheet_holds_every_finding_errors_first() -> None:
    sheet = opened()[DETAIL_SHEET]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [line[0] for line in lines] == ["Lỗi"] * 5 + ["Cảnh báo", "Ghi chú"]
    assert lines[0] == (
        "Lỗi",
        "Xã Yên Mô",
        "b.xlsx",
        INDICATOR_SHEET,
        "H9",
        "1. Tỷ lệ bao phủ BHYT",
        "=HYPERLINK(1)",
        "Không phải số",
        "Nội dung của NOT_A_NUMBER",
        "",
    )
    assert sheet.auto_filter.ref == "A1:J8"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"


def test_texts_of_units_are_never_formulas_or_links() -> None:
    """Links stay inside the book, and lead from our own words and names only."""
    with zipfile.ZipFile(io.BytesIO(draw_findings(CHECKED, HEADING, say))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("<f>" in text or 'TargetMode="External"' in text for text in parts.values())
    assert [name for name, text in parts.items() if "<hyperlink" in text] == ["xl/worksheets/sheet1.xml"]
    sheet = opened()[DETAIL_SHEET]
    typed = [c for row in sheet.iter_rows(min_row=2, min_col=7, max_col=7) for c in row if c.value]
    assert {c.data_type for c in typed} == {"s"}
    assert {str(c.value): bool(c.quotePrefix) for c in typed} == {
        "=HYPERLINK(1)": True,
        "@SUM(1)": True,
        "-5": True,
        "http://vidu.vn": False,
        "95,5%": False,
    }


def test_same_findings_same_bytes() -> None:
    """xlsxwriter changes the option dicts that it is given, so a second run in one process is the test."""
    assert draw_findings(CHECKED, HEADING, say) == draw_findings(CHECKED, HEADING, say)


def test_a_run_without_returns_still_gives_a_book() -> None:
    book = opened(Checked((), (), (), ()))
    assert below(book, "Đơn vị", 6) == [(None, "Không có.", None, None, None, None)]
    assert book[DETAIL_SHEET].max_row == 1
    assert VERSIONS_SHEET not in book.sheetnames


def test_broken_characters_of_a_unit_do_not_stop_the_book() -> None:
    finding = Finding("NOT_A_NUMBER", Severity.ERROR, "b\udce1o.xlsx", value="a\x01b")
    sheet = opened(Checked((), (finding,), (), ()))[DETAIL_SHEET]
    assert (sheet["C2"].value, sheet["G2"].value) == ("b\ufffdo.xlsx", "a\ufffdb")


def test_an_explained_warning_stands_as_a_note_in_the_words_of_the_unit() -> None:
    """A waived one has its reason in the message; a plain note asks for none."""
    explained = replace(found("ATTAINED_WITHOUT_EVIDENCE", "a.xlsx", "xa-gia-vien"), severity=Severity.NOTE)
    told = replace(explained, cell="H10", facts={"explained": "Đã đối chiếu"})
    waived = replace(explained, cell="H11", facts={"waived": "Xã đảo"})
    plain = found("NUMBER_CLEANED", "a.xlsx", "xa-gia-vien", "95,5%", "H12")
    entry = IndicatorEntry(
        "a.xlsx", "xa-gia-vien", explained.row, "numerator", None, None, "=Có văn bản", "", "H9", blocked=False
    )
    checked = Checked(CHECKED.returns, (explained, told, waived, plain), (), (), (entry,))
    lines = list(opened(checked)[DETAIL_SHEET].iter_rows(min_row=2, values_only=True))
    assert [(line[0], line[4], line[9]) for line in lines] == [
        ("Ghi chú", "H9", "=Có văn bản"),
        ("Ghi chú", "H10", "Đã đối chiếu"),
        ("Ghi chú", "H11", ""),
        ("Ghi chú", "H12", ""),
    ]


def test_what_changed_between_two_files_has_a_sheet_of_its_own() -> None:
    """A number of Appendix 1, its remark, and a column of Appendix 2, each under the heading that people know."""
    place = ("xa-gia-vien", "a.xlsx", "d.xlsx")
    differences = (
        VersionDifference(*place, "BHYT", "numerator", INDICATOR_SHEET, "H9", "10", "=11"),
        VersionDifference(*place, "BHYT", "numerator.explanation", INDICATOR_SHEET, "H9", "", "Bổ sung"),
        VersionDifference(*place, "NV01", "document_date", TASK_SHEET, "K12", "05/03/2026", ""),
    )
    book = openpyxl.load_workbook(io.BytesIO(draw_findings(CHECKED, HEADING, say, differences)))
    sheet = book[VERSIONS_SHEET]
    lines = [line[3:] for line in sheet.iter_rows(min_row=7, values_only=True)]
    name = "1. Tỷ lệ bao phủ BHYT"
    assert lines == [
        (INDICATOR_SHEET, "H9", name, "Số liệu kỳ này", "10", "=11"),
        (INDICATOR_SHEET, "H9", name, "Ghi chú, giải trình", "(để trống)", "Bổ sung"),
        (TASK_SHEET, "K12", "NV01", "Ngày văn bản", "05/03/2026", "(để trống)"),
    ]
    assert [c.value for c in sheet[7]][:3] == ["Xã Gia Viễn", "a.xlsx", "d.xlsx"]
    assert sheet["I7"].data_type == "s"
    assert sheet.auto_filter.ref == "A6:I9"
    assert str(sheet["A1"].value).startswith("NHỮNG GÌ ĐƠN VỊ ĐÃ THAY ĐỔI")
    legend = {sheet[f"A{row}"].fill.fgColor.rgb: str(sheet[f"B{row}"].value).partition(":")[0] for row in (3, 4)}
    assert [legend[sheet[cell].fill.fgColor.rgb] for cell in ("I7", "I9")] == ["Màu xanh", "Màu vàng"]
