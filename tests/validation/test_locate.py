"""Rows and columns of a damaged table: every value read as typed, or a finding at the cell that is to be mended."""

from __future__ import annotations

from itertools import pairwise

import pytest

from plan.layout import HEADER_ROW, INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_SHEET
from tests.validation.damaged import (
    APPENDICES,
    COLUMN,
    FORMS,
    ROW,
    Damage,
    Sheet,
    assert_right_or_said,
    damaged,
    errors,
    filled,
    heading,
    located,
    outcome,
    read,
    remarks,
    whole,
    word,
)
from validation.raw import a1

ONE, TWO = COLUMN[INDICATOR_SHEET], COLUMN[TASK_SHEET]
LABEL = {INDICATOR_SHEET: ONE["label"], TASK_SHEET: TWO["name"]}
LAST = {name: max(ROW[e.code] for e in form.expected) for name, form in FORMS.items()}
REPEATED = [e for e in FORMS[INDICATOR_SHEET].expected if e.label in FORMS[INDICATOR_SHEET].repeated]


def no_codes(sheet: Sheet) -> None:
    for row in range(HEADER_ROW + 1, len(sheet.grid) + 1):
        sheet.put(row, 1, None)


def no_merges(sheet: Sheet) -> None:
    sheet.merged = []


def blank_rows(sheet: Sheet) -> None:
    sheet.insert_row(1)
    sheet.insert_row(HEADER_ROW + 4, ["", None, "ghi chú của xã"])
    sheet.insert_row(HEADER_ROW + 8)


def total_row(sheet: Sheet) -> None:
    sheet.insert_row(LAST[sheet.name] + 1, [None, None, "Tổng cộng", None, "Tổng cộng", None, None, 12345, None])


def notes_below(sheet: Sheet) -> None:
    sheet.grid += [
        [],
        [None, "Ghi chú: số liệu tính đến 31/5"],
        [None, None, None, None, "Người lập biểu", None, None, 7],
    ]


def far_away(sheet: Sheet) -> None:
    for _ in range(70):
        sheet.insert_row(1)
    sheet.insert_column(1)
    sheet.insert_column(1)


def reversed_rows(sheet: Sheet) -> None:
    no_merges(sheet)
    sheet.grid[HEADER_ROW:] = sheet.grid[HEADER_ROW:][::-1]


def new_columns(sheet: Sheet) -> None:
    """A named one, a blank one, and one of the year before, which has a heading much like ours."""
    sheet.insert_column(4, [(HEADER_ROW, "Ghi chú của xã"), (HEADER_ROW + 2, "x")])
    sheet.insert_column(6)
    sheet.insert_column(7, [(HEADER_ROW, "Số liệu kỳ này năm 2025"), (HEADER_ROW + 2, 99)])


def shuffled_columns(sheet: Sheet) -> None:
    sheet.move_column(len(INDICATOR_COLUMNS) - 1, 2)
    sheet.move_column(3, 9)
    sheet.move_column(1, 6)


def title_over_identity(sheet: Sheet) -> None:
    sheet.put(6, 2, "BÁO CÁO CỦA XÃ")
    sheet.put(4, 2, None)


def printed_again(sheet: Sheet) -> None:
    sheet.insert_row(HEADER_ROW + 5, list(sheet.grid[HEADER_ROW - 1]))


def untidy_codes(sheet: Sheet) -> None:
    for row in range(HEADER_ROW + 1, len(sheet.grid) + 1):
        code = sheet.grid[row - 1][0] if sheet.grid[row - 1] else None
        if isinstance(code, str):
            sheet.put(row, 1, f"\u00a0{code.lower().replace('-', '–')} \u200b")


def merged_labels(sheet: Sheet) -> None:
    """Group rows, labels and measures, as people merge what reads the same."""
    sheet.merged.append([HEADER_ROW + 1, 2, HEADER_ROW + 1, 6])
    columns = (LABEL[sheet.name], *([ONE["unit"]] if sheet.name == INDICATOR_SHEET else []))
    for column in columns:
        sheet.merged.append([HEADER_ROW + 2, column, HEADER_ROW + 3, column])
        sheet.put(HEADER_ROW + 3, column, None)


HARMLESS = (
    *(blank_rows, total_row, notes_below, far_away, reversed_rows, new_columns, shuffled_columns),
    *(title_over_identity, printed_again, untidy_codes, merged_labels, no_merges),
)


@pytest.mark.parametrize("name", APPENDICES)
@pytest.mark.parametrize("damage", HARMLESS, ids=lambda d: d.__name__)
def test_what_people_do_around_a_table_does_no_harm(damage: Damage, name: str) -> None:
    """Every value is read as typed, and nobody is bothered."""
    assert outcome(name, damage) == (True, [])


# --- codes ------------------------------------------------------------------------------------


def delete_codes(sheet: Sheet) -> None:
    sheet.delete_column(1)


@pytest.mark.parametrize("name", APPENDICES)
@pytest.mark.parametrize("damage", [delete_codes, no_codes], ids=lambda d: d.__name__)
@pytest.mark.parametrize("merges", [True, False], ids=["merged", "values only"])
def test_rows_without_codes_are_read_by_their_printed_texts(name: str, damage: Damage, merges: bool) -> None:
    """Labels that stand under two indicators are told apart by the name beside or above them."""
    assert outcome(name, damage, *(() if merges else (no_merges,))) == (True, [("", "ROWS_BY_LABEL")])


def test_a_lost_heading_of_the_codes_does_no_harm() -> None:
    """Codes are known wherever they stand."""
    assert outcome(TASK_SHEET, heading("code", None)) == (True, [])


def test_a_label_that_proves_no_row_is_named_and_not_read() -> None:
    """Two denominators of one text, and the names that told them apart are gone."""

    def nameless(sheet: Sheet) -> None:
        no_codes(sheet)
        for row in range(HEADER_ROW + 1, LAST[INDICATOR_SHEET] + 1):
            sheet.put(row, ONE["name"], None)

    table, findings = located(damaged(INDICATOR_SHEET, nameless), INDICATOR_SHEET)
    cells = [a1(ROW[e.code], ONE["label"]) for e in REPEATED]
    assert len(REPEATED) > 1
    assert [(f.cell, f.row, f.code) for f in findings] == [
        ("", "", "ROWS_BY_LABEL"),
        *((cells[0], e.row_code, "ROW_UNCERTAIN") for e in REPEATED),
    ]
    assert findings[1].facts["cells"] == ", ".join(cells)
    assert table is not None
    assert not {e.code for e in REPEATED} & set(table.rows)


def test_a_row_of_the_neighbouring_indicator_is_not_taken_for_a_deleted_one() -> None:
    """A denominator is deleted, and the next indicator's first row with its name: what is left belongs to nobody."""

    def cut(sheet: Sheet) -> None:
        delete_codes(sheet)
        no_merges(sheet)
        first = next(e for e in FORMS[INDICATOR_SHEET].expected if e.row_code == REPEATED[1].row_code)
        for row in sorted((ROW[REPEATED[0].code], ROW[first.code]), reverse=True):
            sheet.delete_row(row)

    _, findings = located(damaged(INDICATOR_SHEET, cut), INDICATOR_SHEET)
    assert errors(findings) >= {REPEATED[0].row_code, REPEATED[1].row_code}


def test_one_lost_code_is_noted_at_its_row() -> None:
    """Cleared, or overwritten by something that is no code of the form."""
    code = REPEATED[0].code
    for left in (None, "  ", "abc", "EHR_COVERAGE.tu_so"):

        def lose(sheet: Sheet, left: object = left) -> None:
            sheet.put(ROW[code], 1, left)

        cell = a1(ROW[code], ONE["label"])
        assert outcome(INDICATOR_SHEET, lose) == (True, [(cell, "ROW_BY_LABEL")])


def test_a_strange_code_without_a_name_beside_it_proves_nothing() -> None:
    """A row of another plan may carry the same general label."""

    def retire(sheet: Sheet) -> None:
        no_merges(sheet)
        sheet.put(ROW[REPEATED[0].code], 1, "OLD_INDICATOR.denominator")
        sheet.put(ROW[REPEATED[0].code], ONE["name"], "Chỉ tiêu của kế hoạch cũ")

    _, findings = located(damaged(INDICATOR_SHEET, retire), INDICATOR_SHEET)
    cell = a1(ROW[REPEATED[0].code], 1)
    assert [(f.cell, f.code) for f in findings] == [("", "ROW_MISSING"), (cell, "ROW_UNKNOWN")]


def test_codes_exchanged_between_rows_of_one_label_are_seen() -> None:
    """Nothing but the indicator's name beside them tells the two rows apart."""

    def exchange(sheet: Sheet) -> None:
        one, other = (ROW[e.code] for e in REPEATED[:2])
        sheet.grid[one - 1][0], sheet.grid[other - 1][0] = sheet.grid[other - 1][0], sheet.grid[one - 1][0]

    cells = [a1(ROW[e.code], ONE["label"]) for e in REPEATED[:2]]
    sheets = filled()
    exchange(sheets[INDICATOR_SHEET])
    _, findings = located(sheets, INDICATOR_SHEET)
    assert sorted(remarks(findings)) == sorted((INDICATOR_SHEET, cell, "ROW_MIXED") for cell in cells)


def test_codes_shifted_by_a_row_are_seen() -> None:
    """A cell deleted in the hidden column moves every number to another row: texts convict them all."""
    for name in APPENDICES:
        sheets = filled()
        grid = sheets[name].grid
        rows = [ROW[e.code] for e in FORMS[name].expected]
        for above, below in pairwise(rows):
            grid[above - 1][0] = grid[below - 1][0]
        grid[rows[-1] - 1][0] = None
        assert_right_or_said(sheets)


def test_rows_doubled_deleted_and_pasted_without_a_code_are_errors_of_their_row() -> None:
    """Two answers to a question, or none."""
    code = FORMS[TASK_SHEET].expected[3].code
    end = len(filled()[TASK_SHEET].grid) + 1

    def double(sheet: Sheet) -> None:
        sheet.grid.append(list(sheet.grid[ROW[code] - 1]))

    def paste(sheet: Sheet) -> None:
        sheet.grid.append([None, *sheet.grid[ROW[code] - 1][1:]])

    def delete(sheet: Sheet) -> None:
        sheet.delete_row(ROW[code])

    assert outcome(TASK_SHEET, double) == (True, [(a1(end, 1), "ROW_DUPLICATE")])
    assert outcome(TASK_SHEET, paste) == (True, [(a1(end, TWO["name"]), "ROW_WITHOUT_CODE")])
    assert outcome(TASK_SHEET, delete) == (False, [("", "ROW_MISSING")])


def test_a_merge_over_inputs_is_told_once_a_row() -> None:
    """However many areas lie over a row, and however far they reach."""

    def merge(sheet: Sheet) -> None:
        row = ROW[FORMS[INDICATOR_SHEET].expected[0].code]
        sheet.merged += [[row, ONE["value"], row + 1, ONE["state"]], [row, ONE["state"], row + 1, ONE["explanation"]]]

    row = ROW[FORMS[INDICATOR_SHEET].expected[0].code]
    assert outcome(INDICATOR_SHEET, merge) == (True, [(a1(row, ONE["value"]), "MERGED_INPUT")] * 2)


def test_both_appendices_pasted_on_one_sheet_are_read_apart() -> None:
    """Each under its own header row; neither takes the other's codes for strange ones."""
    for first, second in (APPENDICES, APPENDICES[::-1]):
        sheets = filled()
        below = sheets.pop(second)
        sheets[first].grid += [[], *below.grid]
        for name in APPENDICES:
            table, findings = located(sheets, name)
            assert read(table, name) == whole(name)
            assert remarks(findings) == ([] if name == first else [(first, "", "SHEET_RENAMED")])


def test_side_by_side_the_appendices_are_not_told_apart() -> None:
    """Two columns "Mã dòng" in one header: nothing is guessed."""
    sheets = filled()
    beside = sheets.pop(TASK_SHEET)
    for number, row in enumerate(beside.grid, start=1):
        for column, value in enumerate(row, start=20):
            sheets[INDICATOR_SHEET].put(number, column, value)
    for name in APPENDICES:
        table, findings = located(sheets, name)
        assert (table, {f.code for f in findings} - {"SHEET_RENAMED"}) == (None, {"COLUMN_DUPLICATE"})


def test_words_of_cells_are_their_own() -> None:
    """The tests above rest on it."""
    words = [word(e.code, c.key) for form in FORMS.values() for e in form.expected for c in form.inputs]
    assert len(words) == len(set(words))
