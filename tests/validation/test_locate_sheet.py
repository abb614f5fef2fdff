"""Which sheet is an appendix: known by what stands on it, and never chosen between two that differ."""

from __future__ import annotations

import pytest

from plan.layout import HEADER_ROW, INDICATOR_SHEET, TASK_SHEET
from tests.validation.damaged import (
    APPENDICES,
    COLUMN,
    FORMS,
    ROW,
    Sheet,
    assert_right_or_said,
    filled,
    located,
    read,
    remarks,
    whole,
)

ONE = COLUMN[INDICATOR_SHEET]
FIRST = FORMS[INDICATOR_SHEET].expected[0].code


def said(sheets: dict[str, Sheet], name: str = INDICATOR_SHEET) -> tuple[bool, list[tuple[str, str, str]]]:
    assert_right_or_said(sheets)
    table, findings = located(sheets, name)
    return read(table, name) == whole(name), remarks(findings)


def changed(sheet: Sheet, value: object = "khác") -> Sheet:
    sheet.put(ROW[FIRST], ONE["value"], value)
    return sheet


def emptied(sheet: Sheet) -> Sheet:
    for e in FORMS[INDICATOR_SHEET].expected:
        for c in FORMS[INDICATOR_SHEET].inputs:
            sheet.put(ROW[e.code], ONE[c.key], None)
    return sheet


@pytest.mark.parametrize("name", ["Sheet1", "PL1 xa Gia Vien", "Phụ lục 2 ", "Bao cao"])
def test_a_renamed_sheet_is_found_by_what_stands_on_it(name: str) -> None:
    """The note names both names."""
    sheets = filled()
    sheets[INDICATOR_SHEET].name = name
    assert said(sheets) == (True, [(name, "", "SHEET_RENAMED")])
    _, findings = located(sheets, INDICATOR_SHEET)
    assert findings[0].facts == {"sheet": INDICATOR_SHEET, "found": name}


def test_names_exchanged_between_the_appendices_do_no_harm() -> None:
    """What stands on a sheet is stronger than its name."""
    sheets = filled()
    sheets[INDICATOR_SHEET].name, sheets[TASK_SHEET].name = TASK_SHEET, INDICATOR_SHEET
    assert said(sheets) == (True, [(TASK_SHEET, "", "SHEET_RENAMED")])
    assert said(sheets, TASK_SHEET) == (True, [(INDICATOR_SHEET, "", "SHEET_RENAMED")])


def test_other_sheets_in_any_order_do_no_harm() -> None:
    """Notes, lists, a chart's data, the sheet of links that came back with the copy."""
    sheets = dict(reversed(filled().items()))
    sheets["Cần sửa"] = Sheet("Cần sửa", [["KẾT QUẢ KIỂM TRA BÁO CÁO"], ["STT", "Mức độ", "Phụ lục", "Ô"]])
    sheets["Nháp"] = Sheet("Nháp", [["Số liệu kỳ này", "TT"], [FIRST, 5], ["x", 1.5, None, True]])
    sheets["Trống"] = Sheet("Trống", [])
    for name in APPENDICES:
        assert said(sheets, name) == (True, [])


def test_a_hidden_sheet_is_read_and_said() -> None:
    """Hidden by mistake, it is still the unit's answer."""
    sheets = filled()
    sheets[INDICATOR_SHEET].visible = False
    assert said(sheets) == (True, [(INDICATOR_SHEET, "", "SHEET_HIDDEN")])


def test_a_copy_of_a_sheet_is_harmless_while_it_says_the_same() -> None:
    """Equal answers are one answer; other answers, or answers beside an empty form, are named."""
    for copy, right in (
        (filled()[INDICATOR_SHEET].copy("Phụ lục 1 (2)"), True),
        (emptied(filled()[INDICATOR_SHEET]).copy("Phụ lục 1 (2)"), True),
        (changed(filled()[INDICATOR_SHEET]).copy("Phụ lục 1 (2)"), False),
    ):
        sheets = {**filled(), "copy": copy}
        assert said(sheets) == (right, [] if right else [(INDICATOR_SHEET, "", "SHEET_DUPLICATE")])
    sheets = {**filled(), "copy": filled()[INDICATOR_SHEET].copy("Phụ lục 1 (2)")}
    emptied(sheets[INDICATOR_SHEET])
    assert said(sheets) == (False, [(INDICATOR_SHEET, "", "SHEET_DUPLICATE")])
    _, findings = located(sheets, INDICATOR_SHEET)
    assert findings[0].facts == {"sheet": INDICATOR_SHEET, "other": "Phụ lục 1 (2)"}


def test_two_renamed_sheets_that_differ_are_both_named() -> None:
    """Neither has the name, so neither is the original."""
    sheets = filled()
    other = changed(sheets[INDICATOR_SHEET].copy("Sheet2"))
    sheets[INDICATOR_SHEET].name = "Sheet1"
    assert said({**sheets, "copy": other}) == (False, [("Sheet1", "", "SHEET_DUPLICATE")])
    other.put(HEADER_ROW, ONE["state"], None)
    _, findings = located({**sheets, "copy": other}, INDICATOR_SHEET)
    assert [f.facts for f in findings] == [{"sheet": "Sheet1", "other": "Sheet2"}]


def test_hidden_copies_are_nobodys_answer_but_a_hidden_original_is() -> None:
    """A backup out of sight is passed over; the form itself, hidden with other answers in it, is not."""
    sheets = filled()
    backup = changed(sheets[INDICATOR_SHEET].copy("bản cũ"))
    backup.visible = False
    assert said({**sheets, "copy": backup}) == (True, [])
    sheets = filled()
    shown = sheets[INDICATOR_SHEET].copy("Phụ lục 1 (2)")
    changed(sheets[INDICATOR_SHEET]).visible = False
    for name in (INDICATOR_SHEET, "Sheet1"):
        sheets[INDICATOR_SHEET].name = name
        assert said({**sheets, "copy": shown}) == (False, [("Phụ lục 1 (2)", "", "SHEET_DUPLICATE")])
    sheets[INDICATOR_SHEET].name = INDICATOR_SHEET
    assert said({**sheets, "copy": shown}) == (False, [("Phụ lục 1 (2)", "", "SHEET_DUPLICATE")])
    emptied(sheets[INDICATOR_SHEET])
    assert said({**sheets, "copy": shown}) == (True, [("Phụ lục 1 (2)", "", "SHEET_RENAMED")])


def test_a_damaged_original_is_not_passed_over_for_its_backup() -> None:
    """The backup may hold older answers than the sheet that can no longer be read."""
    sheets = filled()
    backup = changed(sheets[INDICATOR_SHEET].copy("bản cũ"), "cũ")
    sheets[INDICATOR_SHEET].put(HEADER_ROW, ONE["value"], "?")
    assert said({**sheets, "copy": backup}) == (False, [(INDICATOR_SHEET, "", "COLUMN_MISSING")])
    blank = Sheet(INDICATOR_SHEET, [["đã chuyển sang trang khác"]])
    moved = filled()[INDICATOR_SHEET].copy("Sheet5")
    assert said({**filled(), INDICATOR_SHEET: blank, "copy": moved}) == (True, [("Sheet5", "", "SHEET_RENAMED")])


def test_a_table_pasted_again_below_the_other_appendix_is_a_second_answer() -> None:
    """Out of sight, under the tasks, and with another number in it."""
    sheets = filled()
    sheets[TASK_SHEET].grid += [[], *changed(sheets[INDICATOR_SHEET].copy("x")).grid[HEADER_ROW - 1 :]]
    assert said(sheets) == (False, [(INDICATOR_SHEET, "", "SHEET_DUPLICATE")])
    assert said(sheets, TASK_SHEET) == (True, [])


def test_a_sheet_that_is_gone_is_missed_by_name() -> None:
    """The sentence names the sheets that the file has."""
    sheets = filled()
    del sheets[TASK_SHEET]
    assert said(sheets, TASK_SHEET) == (False, [(TASK_SHEET, "", "SHEET_MISSING")])
    _, findings = located(sheets, TASK_SHEET)
    assert f"“{INDICATOR_SHEET}”" in findings[0].facts["hint"]
