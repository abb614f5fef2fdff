"""Rows and columns of a damaged table: every value read as typed, or a finding at the cell that is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from plan.layout import HEADER_ROW, INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET
from tests.validation.damaged import (
    APPENDICES,
    COLUMN,
    FORMS,
    ROW,
    Sheet,
    assert_right_or_said,
    errors,
    filled,
    located,
    read,
    remarks,
    whole,
    word,
)
from validation.raw import a1

Damage = Callable[[Sheet], None]
ONE, TWO = COLUMN[INDICATOR_SHEET], COLUMN[TASK_SHEET]
LABEL = {INDICATOR_SHEET: ONE["label"], TASK_SHEET: TWO["name"]}
LAST = {name: max(ROW[e.code] for e in form.expected) for name, form in FORMS.items()}
REPEATED = [e for e in FORMS[INDICATOR_SHEET].expected if e.label in FORMS[INDICATOR_SHEET].repeated]


def damaged(name: str, *damages: Damage) -> dict[str, Sheet]:
    sheets = filled()
    for damage in damages:
        damage(sheets[name])
    assert_right_or_said(sheets)
    return sheets


def outcome(name: str, *damages: Damage) -> tuple[bool, list[tuple[str, str]]]:
    """(every value of the sheet was read as typed, cells and codes of what was said)."""
    table, findings = located(damaged(name, *damages), name)
    assert all(f.file == "a.xlsx" and f.unit == "xa-gia-vien" and f.sheet == name for f in findings)
    return read(table, name) == whole(name), [(f.cell, f.code) for f in findings]


def heading(key: str, text: object, row: int = HEADER_ROW) -> Damage:
    return lambda sheet: sheet.put(row, COLUMN[sheet.name][key], text)


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


# --- headings ---------------------------------------------------------------------------------

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
