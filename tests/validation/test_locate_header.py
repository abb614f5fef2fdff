"""Which column is which: a heading is read with certainty, or its column is told as lost; never taken by its place."""

from __future__ import annotations

import pytest

from plan.layout import HEADER_ROW, INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET
from tests.validation.damaged import (
    APPENDICES,
    COLUMN,
    FORMS,
    ROW,
    Sheet,
    damaged,
    filled,
    heading,
    located,
    outcome,
    read,
    remarks,
    whole,
)
from validation.raw import a1

ONE, TWO = COLUMN[INDICATOR_SHEET], COLUMN[TASK_SHEET]

SURE = [
    ("value", "Số liệu kỳ này (người)"),
    ("value", "Số liệu kì này"),
    ("value", "Số liệu kỳ nàyy"),
    ("value", "Số lieuj kỳ này"),
    ("value", "Sốliệu kỳ này"),
    ("value", "(7) Số liệu kỳ này"),
    ("value", "Số liệu kỳ này của đơn vị"),
    ("explanation", "Ghi chú, giải trìhn"),
    ("explanation", "Ghi chú, giải trình (nếu có)"),
    ("label", "Số liệu cần báo cao cáo"),
]


@pytest.mark.parametrize(("key", "typed"), SURE)
def test_a_heading_retyped_with_one_reading_is_read_and_noted(key: str, typed: str) -> None:
    """A slip, or words that add nothing: the note names what was typed and what it was taken for."""
    sheets = damaged(INDICATOR_SHEET, heading(key, typed))
    table, findings = located(sheets, INDICATOR_SHEET)
    assert remarks(findings) == [(INDICATOR_SHEET, a1(HEADER_ROW, ONE[key]), "HEADING_READ_AS")]
    column = next(c.heading for c in INDICATOR_COLUMNS if c.key == key)
    assert findings[0].facts == {"typed": typed, "column": column}
    assert read(table, INDICATOR_SHEET) == whole(INDICATOR_SHEET)


@pytest.mark.parametrize("typed", ["SỐ LIỆU\nKỲ NÀY", "so lieu ky nay", "  Số liệu kỳ này. ", "Số liệu  kỳ\u00a0này"])
def test_case_diacritics_blanks_and_breaks_are_no_change(typed: str) -> None:
    """What folds to the same words is the same heading."""
    assert outcome(INDICATOR_SHEET, heading("value", typed)) == (True, [])


@pytest.mark.parametrize(
    "typed",
    [
        *("Số liệu kỳ này năm 2025", "Lũy kế số liệu kỳ này", "Số liệu kỳ này (nghìn người)", "Số liệu kỳ này (%)"),
        *("Số liệu kỳ này dự kiến", "Số liệu kỳ này xã Nho Quan", "Chênh lệch số liệu kỳ này 2024"),
    ],
)
def test_a_heading_that_may_mean_another_column_is_not_believed(typed: str) -> None:
    """Another year, another measure, another commune: the column looks like ours and may be another."""
    cell = a1(HEADER_ROW, ONE["value"])
    assert outcome(INDICATOR_SHEET, heading("value", typed)) == (False, [(cell, "COLUMN_RENAMED")])


@pytest.mark.parametrize("typed", ["Số liệu", "Số liệu kỳ trước", "Kỳ này", None, "Cột 8", "x" * 5000])
def test_a_heading_that_is_not_ours_leaves_its_column_lost(typed: str | None) -> None:
    """Nothing is taken by its place alone."""
    assert outcome(INDICATOR_SHEET, heading("value", typed)) == (False, [("", "COLUMN_MISSING")])


def test_no_two_headings_of_ours_are_near_each_other() -> None:
    """Each of the rules for slips rests on it: a heading retyped within them can only be one of ours."""
    for columns in (INDICATOR_COLUMNS, TASK_COLUMNS):
        for name in (c.heading for c in columns):
            others = [c.heading for c in columns if c.heading != name]
            assert not any(name.lower() in other.lower() for other in others if len(name) > 2)
            for other in others:
                assert sum(a != b for a, b in zip(name, other, strict=False)) + abs(len(name) - len(other)) > 4 or (
                    len(name) < 6
                )


def test_a_second_heading_of_a_column_is_never_chosen_from() -> None:
    """A corrected column beside the old one, under the same heading or nearly so."""
    for typed in ("Số liệu kỳ này", "Số liệu kỳ này (đã sửa)", "Số liệu kỳ nay (sau rà soát)"):

        def add(sheet: Sheet, typed: str = typed) -> None:
            sheet.insert_column(ONE["value"] + 1, [(HEADER_ROW, typed), (HEADER_ROW + 2, 5)])

        cell = a1(HEADER_ROW, ONE["value"] + 1)
        assert outcome(INDICATOR_SHEET, add) == (False, [(cell, "COLUMN_DUPLICATE")])


def test_a_header_over_two_rows_is_read() -> None:
    """ "Số liệu" merged over "kỳ này" and "cần báo cáo", the other headings merged down."""

    def split(sheet: Sheet) -> None:
        sheet.insert_row(HEADER_ROW + 1)
        for column in range(1, len(INDICATOR_COLUMNS) + 1):
            sheet.merged.append([HEADER_ROW, column, HEADER_ROW + 1, column])
        sheet.move_column(ONE["label"], ONE["value"])
        label, value = ONE["value"] - 1, ONE["value"]
        sheet.merged = [b for b in sheet.merged if b[1] not in (label, value)]
        sheet.put(HEADER_ROW, label, "Số liệu")
        sheet.put(HEADER_ROW, value, None)
        sheet.put(HEADER_ROW + 1, label, "cần báo cáo")
        sheet.put(HEADER_ROW + 1, value, "kỳ này")
        sheet.merged.append([HEADER_ROW, label, HEADER_ROW, value])

    assert outcome(INDICATOR_SHEET, split) == (True, [])


def test_a_heading_merged_over_its_neighbour_loses_the_neighbour() -> None:
    """ "Số liệu kỳ này" over two columns says nothing of the second."""

    def merge(sheet: Sheet) -> None:
        sheet.put(HEADER_ROW, ONE["state"], None)
        sheet.merged.append([HEADER_ROW, ONE["value"], HEADER_ROW, ONE["state"]])

    assert outcome(INDICATOR_SHEET, merge) == (False, [("", "COLUMN_MISSING")])


def test_header_cells_shifted_over_their_columns_stop_the_sheet() -> None:
    """Insert or delete a cell in the header row alone, and every heading right of it names its neighbour's values."""

    def insert(sheet: Sheet) -> None:
        sheet.grid[HEADER_ROW - 1].insert(ONE["value"] - 1, None)

    def delete(sheet: Sheet) -> None:
        del sheet.grid[HEADER_ROW - 1][ONE["previous"] - 1]

    def delete_and_clear(sheet: Sheet) -> None:
        delete(sheet)
        for row in range(HEADER_ROW + 1, len(sheet.grid) + 1):
            for key in ("explanation", "check"):
                sheet.put(row, ONE[key], None)

    def move_labels(sheet: Sheet) -> None:
        sheet.grid[HEADER_ROW - 1].insert(1, None)
        for row in range(HEADER_ROW + 1, len(sheet.grid) + 1):
            sheet.put(row, 2, None)
            sheet.put(row, 1, sheet.grid[row - 1][0])

    assert outcome(INDICATOR_SHEET, insert) == (False, [(a1(HEADER_ROW, ONE["value"]), "HEADER_SHIFTED")])
    assert outcome(INDICATOR_SHEET, delete) == (False, [(a1(HEADER_ROW, ONE["check"]), "HEADER_SHIFTED")])
    assert outcome(INDICATOR_SHEET, delete_and_clear) == (
        False,
        [(a1(HEADER_ROW, ONE["check"] - 1), "HEADER_SHIFTED")],
    )
    assert outcome(INDICATOR_SHEET, move_labels) == (False, [(a1(HEADER_ROW, ONE["label"] + 1), "HEADER_SHIFTED")])


def test_reworded_and_cleared_labels_are_warnings_of_their_rows() -> None:
    """The codes still say which rows they are, however many labels were changed."""

    def reword(sheet: Sheet) -> None:
        for e in FORMS[TASK_SHEET].expected:
            sheet.put(ROW[e.code], TWO["name"], None if e.code.endswith("8") else f"Việc {e.code}")

    right, said = outcome(TASK_SHEET, reword)
    assert (right, {code for _, code in said}) == (True, {"LABEL_CHANGED"})
    assert [cell for cell, _ in said] == [a1(ROW[e.code], TWO["name"]) for e in FORMS[TASK_SHEET].expected]


def test_a_header_that_is_gone_stops_the_sheet() -> None:
    """Overwritten by a title: nothing is read by position."""

    def behead(sheet: Sheet) -> None:
        sheet.grid[HEADER_ROW - 1] = [None, "BIỂU SỐ LIỆU"]

    for name in APPENDICES:
        assert outcome(name, behead) == (False, [("", "HEADER_MISSING")])


def test_two_tables_of_other_columns_are_not_chosen_from() -> None:
    """The table pasted again below, a column further right, is a second answer to everything."""

    def paste(sheet: Sheet) -> None:
        sheet.grid += [[None, *row] for row in sheet.grid[HEADER_ROW - 1 :]]

    below = len(filled()[TASK_SHEET].grid) + 1
    assert outcome(TASK_SHEET, paste) == (False, [(a1(below, 2), "HEADER_DUPLICATE")])


def test_a_header_copied_over_nothing_does_no_harm() -> None:
    """A second header under which no row of the form stands governs nothing."""

    def copy(sheet: Sheet) -> None:
        sheet.grid += [[], [None, *sheet.grid[HEADER_ROW - 1]], [None, "mẫu"]]

    assert outcome(TASK_SHEET, copy) == (True, [])
