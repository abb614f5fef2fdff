"""The words around the list: grouping, and the next step."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plan.layout import INDICATOR_SHEET
from validation import mend_list
from validation.mend_list import Alone, Copy, FeedbackHeading, MendLine, Redrawn, Reply, mend_lines, mend_page, spoken
from validation.model import Finding, Return, Severity, Verdict

RETURN = Return("gui/a.xlsx", "", 1, datetime(2026, 6, 9, tzinfo=UTC), "u", Verdict.TO_BE_CORRECTED, True, False)


def found(
    cell: str, row: str = "BHYT", severity: Severity = Severity.ERROR, value: str = "", code: str = "CODE"
) -> Finding:
    return Finding(code, severity, "a.xlsx", INDICATOR_SHEET, cell, "xa-gia-vien", row, value, field="numerator")


def asked(cell: str, row: str = "BHYT", severity: Severity = Severity.WARNING) -> Finding:
    """What a unit may explain."""
    return found(cell, row, severity, code="PEER_OUTLIER")


def said(finding: Finding) -> str:
    return f"{finding.code} {finding.facts.get('label', '')}".strip()


def lines(
    findings: list[Finding], rows: dict[str, str] | None = None, given: dict[str, str] | None = None
) -> tuple[MendLine, ...]:
    heading = FeedbackHeading("Kế hoạch", "Xã Gia Viễn", "6 tháng", None, rows or {})
    return mend_lines(Reply(RETURN, findings, said, heading), given or {})


def page(verdict: Verdict, findings: list[Finding], due: date | None, copy: Copy = None) -> dict[str, str]:
    heading = FeedbackHeading("Kế hoạch", "Xã Gia Viễn", "6 tháng", due, {})
    return dict(mend_page(Reply(replace(RETURN, verdict=verdict), findings, said, heading), copy).facts)


def test_docstrings_show_what_the_code_does() -> None:
    assert doctest.testmod(mend_list).failed == 0


def test_different_values_are_not_grouped() -> None:
    made = lines([found("H9", value="a"), found("H10", value="b"), found("H11", value="a")])
    assert [(line.cells, line.value, line.count) for line in made] == [("H9, H11", "a", 2), ("H10", "b", 1)]


def test_notes_of_one_kind_share_a_line_whatever_they_say() -> None:
    """Nobody has to act on them, so that they must not push out of sight what has to be done."""
    notes = [found(f"H{n}", value=str(n), severity=Severity.NOTE) for n in range(9, 14)]
    (line,) = lines([replace(n, facts={"label": n.value}) for n in notes])
    assert (line.cells, line.value, line.times) == ("H9:H13", "9; 10; 11; …", 5)
    assert line.text == "CODE 9 Các ô khác tương tự."


def test_many_blanks_become_one_line_and_few_keep_their_labels() -> None:
    """A sheet left half empty is one thing to do."""
    blanks = [
        replace(found(f"H{n}", f"R{n}", code="REQUIRED_MISSING"), facts={"label": f"Số {n}"}) for n in range(9, 13)
    ]
    assert [line.text for line in lines(blanks[:3])] == [f"REQUIRED_MISSING Số {n}" for n in range(9, 12)]
    (line,) = lines(blanks)
    assert (line.cells, line.text) == ("H9:H12", "REQUIRED_MISSING số liệu của các dòng này")


def test_each_row_that_can_be_explained_has_a_line_and_a_key() -> None:
    made = lines([asked("H9", "R1"), asked("H10", "R1"), asked("H11", "R2"), found("H12", severity=Severity.WARNING)])
    assert [(line.cells, line.key) for line in made] == [("H9, H10", "R1"), ("H11", "R2"), ("H12", "")]


def test_what_is_wider_than_a_row_is_explained_under_its_code() -> None:
    wide = Finding("RETURNS_IDENTICAL", Severity.WARNING, "a.xlsx", unit="xa-gia-vien")
    assert [line.key for line in lines([wide])] == ["RETURNS_IDENTICAL"]


def test_an_explanation_is_shown_again_where_it_belongs() -> None:
    """Beside the note that the warning has become; and at the end when its warning is hidden or gone."""
    given = {"R1": "Đã kiểm tra", "R2": "Đúng", "IDENTICAL_TO_LAST": "Số không đổi", "=lạ": "x"}
    findings = [found("H12", "R2"), asked("H9", "R1", Severity.NOTE), asked("H10", "R9", Severity.NOTE)]
    made = lines(findings, {"R1": "1. Một", "R2": "2. Hai"}, given)
    assert [(line.severity, line.rows, line.key, line.answer) for line in made] == [
        (Severity.ERROR, "2. Hai", "", ""),
        (Severity.NOTE, "1. Một", "R1", "Đã kiểm tra"),
        (Severity.NOTE, "R9", "", ""),
        (Severity.NOTE, "2. Hai", "R2", "Đúng"),
        (Severity.NOTE, "Giống hệt báo cáo kỳ trước", "IDENTICAL_TO_LAST", "Số không đổi"),
    ]


def test_what_is_explained_is_not_asked_again() -> None:
    """The unit's own words stand in the place of the question, those of each row apart."""
    rows = [replace(asked(f"H{n}", f"R{n}", Severity.NOTE), facts={"explained": f"Lý do {n}"}) for n in (9, 10)]
    told = [line.text for line in mend_lines(reply_of([*rows, asked("H11", "R11")], spoken(said)))]
    assert told == [
        "PEER_OUTLIER",
        *(f"Tỷ lệ khác xa các đơn vị cùng loại. Đơn vị đã giải trình: “Lý do {n}”." for n in (9, 10)),
    ]


def reply_of(findings: list[Finding], message: Callable[[Finding], str]) -> Reply:
    return Reply(RETURN, findings, message, FeedbackHeading("Kế hoạch", "Xã Gia Viễn", "6 tháng", None, {}))


def test_which_file_is_used_is_said_in_the_head() -> None:
    """It is nothing to mend or to explain, and is counted as neither."""
    newer = found("", severity=Severity.WARNING, code="NEWER_NOT_USED")
    page = mend_page(reply_of([newer, found("H9")], said))
    assert ("Lưu ý", "NEWER_NOT_USED") in page.facts
    assert dict(page.facts)["Kết luận"] == "Cần sửa (1 lỗi)"
    assert [line.text for line in page.lines] == ["CODE"]


def test_who_has_only_warnings_is_asked_to_explain() -> None:
    """Also where the file waits for the department: its errors are none of the unit's business."""
    question = [asked("H9")]
    assert mend_page(reply_of(question, said)).title == "ĐỀ NGHỊ GIẢI TRÌNH"
    assert mend_page(reply_of([*question, found("H10")], said)).title == "KẾT QUẢ KIỂM TRA BÁO CÁO"
    step = page(Verdict.TO_BE_CORRECTED, question, None)["Việc cần làm"]
    assert step.startswith("Đề nghị xem lại các cảnh báo ở bảng dưới. Với cảnh báo (màu cam)")
    assert step.endswith("rồi gửi lại sớm nhất có thể.")


def test_one_place_is_named_for_the_explanation() -> None:
    for copy, place in ((None, "cột “Giải trình” của bảng dưới"), (Alone(), "cột “Ghi chú, giải trình”")):
        step = page(Verdict.ACCEPTED_WITH_WARNINGS, [asked("H9")], None, copy)["Việc cần làm"]
        assert place in step
        assert step.count("iải trình”") == 1


def test_an_error_cannot_be_explained_away() -> None:
    assert [line.key for line in lines([asked("H9", "R1", Severity.ERROR)])] == [""]


def test_remarks_on_whole_rows_stay_apart() -> None:
    """Two missing rows say the same sentence, and each has to be named."""
    made = lines([found("", "NV01"), found("", "NV02")], {"NV01": "1. Tuyên truyền"})
    assert [line.rows for line in made] == ["1. Tuyên truyền", "NV02"]


def test_a_long_group_names_three_rows_and_counts_the_rest() -> None:
    (line,) = lines([found(f"H{n}", f"R{n}") for n in range(9, 19)])
    assert line.cells == "H9:H18"
    assert line.rows == "• R9\n• R10\n• R11\nvà 7 dòng khác"


def test_the_name_of_the_indicator_serves_where_the_field_has_none() -> None:
    rows = {"BHYT": "1. Bao phủ BHYT"}
    (line,) = lines([found("H9")], rows)
    assert line.rows == "1. Bao phủ BHYT"
    (line,) = lines([found("H9")], rows | {"BHYT.numerator": "1. Số người tham gia"})
    assert line.rows == "1. Số người tham gia"


@pytest.mark.parametrize(("due", "words"), [(date(2026, 6, 10), "trước ngày 10/6/2026"), (None, "sớm nhất có thể")])
def test_the_unit_is_told_until_when(due: date | None, words: str) -> None:
    assert page(Verdict.TO_BE_CORRECTED, [found("H9")], due)["Việc cần làm"].endswith(f"gửi lại {words}.")


def test_red_cells_are_only_spoken_of_where_there_are_some() -> None:
    assert "màu đỏ" in page(Verdict.TO_BE_CORRECTED, [found("H9")], None)["Việc cần làm"]
    assert "màu đỏ" not in page(Verdict.TO_BE_CORRECTED, [found("")], None)["Việc cần làm"]
    assert "màu đỏ" not in page(Verdict.TO_BE_CORRECTED, [found("H9")], None, Alone())["Việc cần làm"]


def test_the_unit_is_told_where_to_explain_a_warning() -> None:
    """In the list of a copy that it sends back; in its own file when the list stands alone."""
    verdict = Verdict.ACCEPTED_WITH_WARNINGS
    facts = page(verdict, [asked("H9")], date(2026, 6, 10))
    assert facts["Việc cần làm"].endswith("ô vàng ở cột “Giải trình” của bảng dưới, rồi gửi lại trước ngày 10/6/2026.")
    assert facts["Kết luận"] == "Đạt, có cảnh báo (1 cảnh báo)"
    assert facts["Tệp"] == "a.xlsx"
    assert "cột “Ghi chú, giải trình”" in page(verdict, [asked("H9")], None, Alone())["Việc cần làm"]
    other = page(verdict, [found("H9", severity=Severity.WARNING)], None)
    assert other["Việc cần làm"].endswith("Với cảnh báo: làm theo hướng dẫn ở bảng dưới.")


def test_a_redrawn_copy_says_why_and_what_was_left_out() -> None:
    facts = page(Verdict.TO_BE_CORRECTED, [found("H9")], None, Redrawn("tệp có macro", ("Phụ lục 2: cả trang",)))
    assert facts["Lưu ý"].startswith("Không đánh dấu được vào tệp đơn vị đã gửi vì tệp có macro.")
    assert "không cần dùng tệp cũ nữa" in facts["Lưu ý"]
    assert facts["Phải điền lại"] == "Phụ lục 2: cả trang."


def test_a_return_of_nobody_says_so() -> None:
    heading = FeedbackHeading("Kế hoạch", "", "6 tháng", None, {})
    assert mend_page(Reply(RETURN, [], said, heading)).facts[0] == ("Đơn vị", "Chưa xác định được")
