""" "Lỗi, cảnh báo": each line names the row of the plan in words, and a sheet that does not hold all says so."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.workbook import book
from consolidate.workbook.canvas import Canvas
from consolidate.workbook.findings import draw_findings
from tests.consolidate.workbook_case import full_run, say
from validation.model import Finding, Severity

SHEET = "Lỗi, cảnh báo"


def with_findings(*rows: str) -> Consolidation:
    """A run with one warning on each row code, and an error on the last of them."""
    run = full_run()
    found = [Finding("odd", Severity.WARNING, f"{n}.xlsx", row=row) for n, row in enumerate(rows)]
    findings = (*found[:-1], replace(found[-1], severity=Severity.ERROR))
    return replace(run, checked=replace(run.checked, findings=findings))


def drawn(run: Consolidation) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(book.draw_workbook(run, say)))[SHEET]


def column(sheet: Worksheet, head: str) -> list[object]:
    at = next(c.column for c in sheet[4] if c.value == head)
    return [sheet.cell(row, at).value or "" for row in range(5, sheet.max_row + 1)]


def test_a_row_of_the_plan_is_named_by_its_number_and_short_name() -> None:
    """A code says nothing to an office; a code that the plan has lost still stands."""
    found = column(drawn(with_findings("RATIO", "", "GONE", "NV-2")), "Chỉ tiêu, nhiệm vụ")
    assert found == ["Nhiệm vụ 2. Nhiệm vụ NV-2", "Chỉ tiêu 1. Ngắn RATIO", "", "GONE"]


def test_a_sheet_that_does_not_hold_all_says_so_and_keeps_the_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a sheet can hold would be lost without a word."""

    def draw_two(canvas: Canvas) -> None:
        draw_findings(canvas, 2)

    monkeypatch.setattr(book, "draw_findings", draw_two)
    sheet = drawn(with_findings("RATIO", "NV-1", "NV-3"))
    assert column(sheet, "Mức độ") == ["Lỗi", "Cảnh báo"]
    assert str(sheet["A2"].value).endswith(
        "Trang này chỉ ghi 2 dòng đầu trong 3 dòng, lỗi trước; tệp findings.json ghi đủ."
    )
    assert "findings.json" not in str(drawn(with_findings("RATIO", "NV-1"))["A2"].value)
