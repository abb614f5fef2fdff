"""The words around the list: grouping, and the next step."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime

import pytest

from plan.layout import INDICATOR_SHEET
from validation import mend_list
from validation.mend_list import FeedbackHeading, mend_lines, mend_page
from validation.model import Finding, Return, Severity, Verdict


def found(cell: str, row: str = "BHYT", severity: Severity = Severity.ERROR, value: str = "") -> Finding:
    return Finding("CODE", severity, "a.xlsx", INDICATOR_SHEET, cell, "xa-gia-vien", row, value, field="numerator")


def page(verdict: Verdict, findings: list[Finding], due: date | None, apart: str | None = None) -> dict[str, str]:
    return_ = Return("gui/a.xlsx", "", 1, datetime(2026, 6, 9, tzinfo=UTC), "u", verdict, True, False)
    heading = FeedbackHeading("Kế hoạch", "Xã Gia Viễn", "6 tháng", due, {})
    return dict(mend_page(return_, findings, lambda f: f.code, heading, apart).facts)


def test_docstrings_show_what_the_code_does() -> None:
    assert doctest.testmod(mend_list).failed == 0


def test_different_values_are_not_grouped() -> None:
    lines = mend_lines([found("H9", value="a"), found("H10", value="b"), found("H11", value="a")], {}, lambda f: f.code)
    assert [(line.cells, line.value, line.count) for line in lines] == [("H9, H11", "a", 2), ("H10", "b", 1)]


def test_remarks_on_whole_rows_stay_apart() -> None:
    """Two missing rows say the same sentence, and each has to be named."""
    lines = mend_lines([found("", "NV01"), found("", "NV02")], {"NV01": "1. Tuyên truyền"}, lambda f: f.code)
    assert [line.rows for line in lines] == ["1. Tuyên truyền", "NV02"]


def test_a_long_group_names_three_rows_and_counts_the_rest() -> None:
    (line,) = mend_lines([found(f"H{n}", f"R{n}") for n in range(9, 19)], {}, lambda f: f.code)
    assert line.cells == "H9:H18"
    assert line.rows == "R9\nR10\nR11\nvà 7 dòng khác"


def test_the_name_of_the_indicator_serves_where_the_field_has_none() -> None:
    rows = {"BHYT": "1. Bao phủ BHYT"}
    (line,) = mend_lines([found("H9")], rows, lambda f: f.code)
    assert line.rows == "1. Bao phủ BHYT"
    (line,) = mend_lines([found("H9")], rows | {"BHYT.numerator": "1. Số người tham gia"}, lambda f: f.code)
    assert line.rows == "1. Số người tham gia"


@pytest.mark.parametrize(("due", "words"), [(date(2026, 6, 10), "trước ngày 10/6/2026"), (None, "sớm nhất có thể")])
def test_the_unit_is_told_until_when(due: date | None, words: str) -> None:
    assert page(Verdict.TO_BE_CORRECTED, [found("H9")], due)["Việc cần làm"].endswith(f"gửi lại {words}.")


def test_red_cells_are_only_spoken_of_where_there_are_some() -> None:
    assert "màu đỏ" in page(Verdict.TO_BE_CORRECTED, [found("H9")], None)["Việc cần làm"]
    assert "màu đỏ" not in page(Verdict.TO_BE_CORRECTED, [found("")], None)["Việc cần làm"]
    assert "màu đỏ" not in page(Verdict.TO_BE_CORRECTED, [found("H9")], None, apart="")["Việc cần làm"]


def test_warnings_can_be_explained_and_the_unit_is_told_so() -> None:
    facts = page(Verdict.ACCEPTED_WITH_WARNINGS, [found("H9", severity=Severity.WARNING)], None)
    assert "ghi lý do vào cột “Ghi chú, giải trình”" in facts["Việc cần làm"]
    assert facts["Kết luận"] == "Đạt, có cảnh báo (1 cảnh báo)"
    assert facts["Tệp"] == "a.xlsx"


def test_a_return_of_nobody_says_so() -> None:
    return_ = Return("a.xlsx", "", 1, datetime(2026, 6, 9, tzinfo=UTC), "", Verdict.TO_BE_CORRECTED, False, False)
    heading = FeedbackHeading("Kế hoạch", "", "6 tháng", None, {})
    assert mend_page(return_, [], lambda f: f.code, heading).facts[0] == ("Đơn vị", "Chưa xác định được")
