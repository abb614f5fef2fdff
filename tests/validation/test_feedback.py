"""What a unit gets back: its own file, marked and still usable, and clean again when it comes back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from plan.layout import INDICATOR_SHEET, STAMP_SHEET
from tests.office import Office, pages
from tests.validation.marked import (
    GROUP_TINT,
    INPUT_TINT,
    TEXTS,
    edited,
    found,
    marked,
    opened,
    reply,
    template,
    tint,
)
from validation.feedback import FEEDBACK_SHEET, can_mark, plain_feedback
from validation.feedback_marks import MARK_LINE, RECORD_SHEET
from validation.feedback_sheet import TINTS
from validation.model import Severity


def test_marked_cells_carry_the_tint_and_the_words_of_their_gravest_finding_first() -> None:
    book = opened(marked())
    sheet = book[INDICATOR_SHEET]
    assert tint(book, "H11") == TINTS[Severity.ERROR]
    assert tint(book, "H10") == TINTS[Severity.NOTE]
    assert tint(book, "H12") == TINTS[Severity.ERROR], "an error outranks the warning on the same cell"
    assert sheet["H11"].comment.text == f"{MARK_LINE}\nLỗi: {TEXTS['REQUIRED_MISSING']}"
    assert sheet["H11"].comment.author == "tonghop"
    text = sheet["H12"].comment.text
    assert text.index("Lỗi: Phải là số nguyên.") < text.index("Cảnh báo: Thay đổi nhiều")
    assert text.endswith("Có thể ghi lý do ngay ở trang “Cần sửa”, cột “Giải trình”.")
    assert tint(book, "I11") == INPUT_TINT, "cells without a finding keep their look"
    assert sheet["I11"].comment is None


def test_marks_stay_visible_above_the_live_colours_of_the_template() -> None:
    """The template tints empty required cells; the mark's own rule has to come first."""
    rules = [
        (rule.priority, str(block.sqref), rule.formula)
        for block in opened(marked())[INDICATOR_SHEET].conditional_formatting
        for rule in block.rules
    ]
    rules.sort()
    assert [r[0] for r in rules] == list(range(1, len(rules) + 1))
    assert rules[-1][1] == "H10:H15", "the template's rule is still there, last"
    assert "H11" in rules[0][1].split()


def test_a_marked_copy_keeps_everything_that_makes_the_template_work() -> None:
    before, after = opened(template()), opened(marked())
    for title in before.sheetnames:
        was, now = before[title], after[title]
        assert now.sheet_state == was.sheet_state
        assert now.protection.sheet == was.protection.sheet
        assert now.protection.formatColumns == was.protection.formatColumns
        assert [(str(v.sqref), v.formula1, v.errorTitle) for v in now.data_validations.dataValidation] == [
            (str(v.sqref), v.formula1, v.errorTitle) for v in was.data_validations.dataValidation
        ]
        assert {k: (d.width, d.hidden) for k, d in now.column_dimensions.items()} == {
            k: (d.width, d.hidden) for k, d in was.column_dimensions.items()
        }
        assert now.print_title_rows == was.print_title_rows
        for row in was.iter_rows():
            for cell in row:
                twin = now[cell.coordinate]
                assert (twin.value, twin.data_type) == (cell.value, cell.data_type)
                assert twin.number_format == cell.number_format
                assert twin.protection.locked == cell.protection.locked
                assert repr(twin.border) == repr(cell.border)
    assert {n: d.attr_text for n, d in after.defined_names.items()} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    assert after[STAMP_SHEET].sheet_state == "veryHidden"


def test_normal_style_stays_unlocked() -> None:
    """A pasted cell takes the Normal style; were it locked, the unit could not type there again."""
    with zipfile.ZipFile(io.BytesIO(marked())) as archive:
        styles = archive.read("xl/styles.xml").decode()
    normal = styles[styles.index("<cellStyleXfs") : styles.index("</cellStyleXfs>")]
    assert 'locked="0"' in normal


def test_the_record_of_fills_is_out_of_sight_and_formulas_are_calculated_when_opened() -> None:
    """openpyxl saves formulas without results, so Excel has to be told to work them out."""
    book = opened(marked())
    assert book[RECORD_SHEET].sheet_state == "veryHidden"
    assert book.calculation.fullCalcOnLoad is True


def test_same_file_same_bytes() -> None:
    assert marked() == marked()
    plain = [plain_feedback(reply()) for _ in range(2)]
    assert plain[0] == plain[1]


def test_marking_a_marked_copy_changes_nothing() -> None:
    once = marked()
    assert can_mark(once) == ""
    assert marked(once) == once


def test_a_mended_copy_comes_back_clean() -> None:
    """Marks of the last time leave no trace: tints, comments, rules, list and hidden record go."""
    clean = opened(marked(marked(), ()))
    original = opened(template())
    assert clean.sheetnames == [FEEDBACK_SHEET, *original.sheetnames]
    for title in original.sheetnames:
        for row in original[title].iter_rows():
            for cell in row:
                twin = clean[title][cell.coordinate]
                assert repr(twin.fill) == repr(cell.fill), cell.coordinate
                assert (twin.comment and twin.comment.text) == (cell.comment and cell.comment.text)
    blocks = [str(b.sqref) for b in clean[INDICATOR_SHEET].conditional_formatting]
    assert blocks == ["H10:H15"]


def test_a_mark_whose_row_has_moved_takes_the_tint_of_its_column() -> None:
    """Inserted rows make the hidden record stale; the mark still must not stay red for ever."""
    book = opened(marked())
    book[INDICATOR_SHEET].insert_rows(9, 10)
    moved = io.BytesIO()
    book.save(moved)
    again = opened(marked(moved.getvalue(), ()))
    assert tint(again, "H21") == INPUT_TINT
    assert tint(again, "H19") == GROUP_TINT


def test_own_comments_of_the_unit_stay() -> None:
    once = marked()
    text = opened(once)[INDICATOR_SHEET]["H12"].comment.text
    assert text.startswith("Số của Trạm Y tế\n" + MARK_LINE)
    assert opened(marked(once, ()))[INDICATOR_SHEET]["H12"].comment.text == "Số của Trạm Y tế"


def test_a_merged_range_is_marked_where_it_is_seen() -> None:
    book = opened(template())
    book[INDICATOR_SHEET].merge_cells("H10:H11")
    data = io.BytesIO()
    book.save(data)
    again = opened(marked(data.getvalue(), [found("H11", "REQUIRED_MISSING")]))
    assert tint(again, "H10") == TINTS[Severity.ERROR]


def test_a_cell_that_the_file_does_not_hold_stays_open_for_typing() -> None:
    """Excel drops cleared cells from the file; a mark must not bring them back locked."""
    sheet = opened(marked(findings=[found("J30", "REQUIRED_MISSING")]))[INDICATOR_SHEET]
    assert sheet["J30"].protection.locked is False
    assert sheet["J30"].fill.fgColor.rgb == TINTS[Severity.ERROR]


def test_plain_locked_cells_stay_locked_and_growing_rows_keep_growing() -> None:
    """Seen in the XML, because openpyxl reads back its own losses as if nothing had happened."""
    data = edited(template(), "xl/worksheets/sheet2.xml", '<row r="12" ', '<row r="12" ht="31" ')
    data = edited(data, "xl/worksheets/sheet2.xml", '<row r="13" ', '<row r="13" ht="32" customHeight="1" ')
    with zipfile.ZipFile(io.BytesIO(marked(data))) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    rows = dict(re.findall(r'<row r="(\d+)"([^>]*)>', xml))
    assert 'ht="31"' in rows["12"]
    assert "customHeight" not in rows["12"] or 'customHeight="0"' in rows["12"]
    assert 'customHeight="1"' in rows["13"]
    looks = re.findall(r"<xf .*?(?:/>|</xf>)", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")])
    style = re.search(r'<c r="A12"(?: s="(\d+)")?', xml)
    assert style is not None
    assert 'locked="0"' not in looks[int(style[1] or 0)]


def test_a_comment_by_us_without_our_words_goes_too() -> None:
    """Copies of the first days, or comments shortened by hand, still carry the author."""
    book = opened(template())
    book[INDICATOR_SHEET]["H10"].comment = Comment("Sai", "tonghop")
    data = io.BytesIO()
    book.save(data)
    assert opened(marked(data.getvalue(), ()))[INDICATOR_SHEET]["H10"].comment is None


def _converted(office: Office, data: bytes, folder: Path, kind: str) -> Path:
    source = folder / "marked.xlsx"
    source.write_bytes(data)
    return office.convert([source], kind, folder / kind)[0]


@pytest.mark.office
def test_libreoffice_prints_the_marked_copy(office: Office, tmp_path: Path) -> None:
    first = pages(_converted(office, marked(), tmp_path, "pdf"))[0]
    assert "KẾT QUẢ KIỂM TRA BÁO CÁO" in first
    assert "Trang 1/" in first


@pytest.mark.office
def test_a_copy_saved_by_libreoffice_comes_back_clean(office: Office, tmp_path: Path) -> None:
    """LibreOffice drops comment authors and rewrites fills; marks must still be found and taken off."""
    data = _converted(office, marked(), tmp_path, "xlsx").read_bytes()
    assert can_mark(data) == ""
    clean = opened(marked(data, ()))
    assert tint(clean, "H11") == INPUT_TINT
    assert clean[INDICATOR_SHEET]["H11"].comment is None
    assert clean[INDICATOR_SHEET]["H12"].comment.text.strip() == "Số của Trạm Y tế"
    assert RECORD_SHEET not in clean.sheetnames
