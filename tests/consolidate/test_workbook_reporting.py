""" "Tình hình nộp": who owes what, unit by unit and by kind of unit, counted from the list itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import REPORTING_WORDS, ReportingState
from consolidate.workbook.reporting import StateTable, after_moment_text, state_column, state_table
from tests.consolidate.leaders_case import opened, row_of, target
from tests.consolidate.workbook_case import empty_run, full_run

SHEET = "Tình hình nộp"


def test_units_are_counted_by_kind_over_the_list_below() -> None:
    run = full_run()
    shown, formulas = (opened(run, values=values)[SHEET] for values in (True, False))
    table = state_table(run)
    rows = {shown.cell(row, 2).value: row for row in range(table.first, table.total + 1)}
    found = {kind: [shown.cell(row, column).value for column in range(3, 9)] for kind, row in rows.items()}
    assert found == {"phòng": [1, 1, 0, 0, 0, 1], "xã": [4, 2, 1, 0, 1, 0.75], "Tổng số": [5, 3, 1, 0, 1, 0.8]}
    assert [shown.cell(row, 2).value for row in (table.list_first, table.list_last)] == ["Ban Kế hoạch", "UBND XÃ D"]
    late = formulas.cell(rows["xã"], state_column(ReportingState.LATE) + 1).value
    listed = f"${table.list_first}:$%s${table.list_last}"
    assert late == f"=COUNTIFS($C{listed % 'C'},$B{rows['xã']},$D{listed % 'D'},E${table.head})"
    assert shown[f"E{table.head}"].value == REPORTING_WORDS[ReportingState.LATE]


def test_the_list_keeps_the_printed_order_its_filter_and_its_links() -> None:
    book = opened(full_run())
    sheet, table = book[SHEET], state_table(full_run())
    names = [sheet.cell(row, 2).value for row in range(table.list_first, table.list_last + 1)]
    assert names == ["Ban Kế hoạch", "UBND XÃ A", "UBND XÃ B", "UBND XÃ C", "UBND XÃ D"]
    assert sheet.auto_filter.ref == f"A{table.list_head}:L{table.list_last}"
    for name in ("UBND XÃ A", "UBND XÃ D"):
        where, cell = target(sheet, f"A{row_of(sheet, 'B', name)}")
        assert where == "Dữ liệu"
        assert name in [c.value for c in book[where][int(cell[1:])]]


def column(sheet: Worksheet, head: str, table: StateTable) -> list[object]:
    """The cells of the list under a head."""
    heads = [c.value for c in sheet[table.list_head]]
    at = heads.index(head) + 1
    return [sheet.cell(row, at).value for row in range(table.list_first, table.list_last + 1)]


def test_sending_and_what_can_be_used_stand_beside_the_state_and_are_counted_by_kind() -> None:
    """A file that must be corrected was sent in time all the same; one that enters no figure says so."""
    run = full_run()
    statuses = tuple(
        replace(s, state=ReportingState.TO_BE_CORRECTED, shown=replace(s.shown, counts=False))
        if s.unit.id == "xa-b" and s.shown is not None
        else s
        for s in run.statuses
    )
    run, table = replace(run, statuses=statuses), state_table(run)
    sheet = opened(run)[SHEET]
    assert column(sheet, "Gửi đúng hạn hay muộn", table) == ["Đúng hạn", "Muộn", "Đúng hạn", "Đúng hạn", "–"]
    assert column(sheet, "Có số liệu dùng được", table) == ["Có", "Có", "Không", "Có", "–"]
    counts = {
        sheet.cell(row, 2).value: [sheet.cell(row, n).value for n in (9, 10)] for row in range(5, table.total + 1)
    }
    assert counts == {"phòng": [1, 0], "xã": [2, 1], "Tổng số": [3, 1]}
    assert [sheet.cell(table.head, n).value for n in (9, 10)] == ["Gửi đúng hạn", "Gửi muộn"]
    assert [sheet.cell(table.total, state_column(s) + 1).value for s in ReportingState] == [2, 1, 1, 1]


def test_files_that_came_after_the_moment_of_the_run_are_named() -> None:
    """They are counted all the same, and "tính đến" would be untrue without a word about them."""
    run = full_run()
    assert after_moment_text(run) == ""
    early = replace(run, as_of=run.as_of - timedelta(hours=1))
    files = "ban/2026-H1_ban.xlsx; xa-a/2026-H1_xa-a.xlsx; xa-b/2026-H1_xa-b.xlsx; xa-c/2026-H1_xa-c.xlsx"
    said = f"Có 4 tệp nhận sau thời điểm này vẫn được xét: {files}."
    for name, cells in (("Tình hình nộp", "A2"), ("Tóm tắt", "A8")):
        assert said.rstrip(".") in str(opened(early)[name][cells].value)


def test_a_unit_without_a_kind_is_counted_too() -> None:
    run = full_run()
    statuses = tuple(replace(s, unit=replace(s.unit, kind="")) if s.unit.id == "ban" else s for s in run.statuses)
    sheet = opened(replace(run, statuses=statuses))[SHEET]
    assert [sheet.cell(row_of(sheet, "B", "khác"), column).value for column in (3, 4)] == [1, 1]


def test_a_plan_that_asks_nobody_has_no_rate_and_no_chart() -> None:
    sheet: Any = opened(empty_run(rows=False))[SHEET]  # openpyxl hides its charts from type checkers
    row = row_of(sheet, "B", "Tổng số")
    assert [sheet.cell(row, column).value for column in range(3, 9)] == [0, 0, 0, 0, 0, "–"]
    assert not sheet._charts
    assert "Kế hoạch chưa giao việc cho đơn vị nào." in [c.value for c in sheet["A"]]
