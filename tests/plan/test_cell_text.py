"""Whatever a text is made of, in a cell it is text: no formula, no link, no markup, no broken file."""

from __future__ import annotations

import doctest
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from plan import cell_text as module
from plan.cell_text import CELL_LIMIT, cell_text, writable

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)  # lone surrogates and controls included
PIECES = (
    *("<r>", "</r>", "<t>", "]]>", "&amp;", "<!--", "_x0041_", "_x000D_"),
    *("=1+1", '=HYPERLINK("http://a.invalid","b")', "{=1+1}", "+1", "-1", "@SUM(A1)", "#REF!", "TRUE", "12.500", "1e5"),
    *("http://a.invalid", "mailto:a@b.invalid", "internal:A1", "external:b.xlsx", "\\\\may-chu\\tep", "'"),
    *("\r\n", "\r", "\n", "\t", "\x00", "\x0b", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff", "😀", " "),
)
HOSTILE = st.lists(st.sampled_from(PIECES) | ANY_TEXT, max_size=4).map("".join)
MARKUP = HOSTILE.map(lambda text: f"<r>{text}</r>")
TEXTS = st.lists(HOSTILE | MARKUP, min_size=1, max_size=12)


def written_by_xlsxwriter(texts: list[str]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(texts):
            assert sheet.write_string(row, 0, cell_text(text)) == 0
    return out.getvalue()


def written_by_openpyxl(texts: list[str]) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for row, text in enumerate(texts, 1):
        cell = book.worksheets[0].cell(row, 1)
        cell.value = cell_text(text)
        cell.data_type = "s"
    book.save(out)
    return out.getvalue()


def assert_plain(sheet: Worksheet, texts: list[str]) -> None:
    for row, text in enumerate(texts, 1):
        cell = sheet.cell(row, 1)
        assert cell.data_type in ("s", "n", "inlineStr")  # the last two: an empty text
        assert (cell.value or "") == cell_text(text)
        assert cell.hyperlink is None


@pytest.mark.parametrize("write", [written_by_xlsxwriter, written_by_openpyxl], ids=["xlsxwriter", "openpyxl"])
@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_any_text_reads_back_as_that_text(write: object, texts: list[str]) -> None:
    assert callable(write)
    assert_plain(openpyxl.load_workbook(BytesIO(write(texts))).worksheets[0], texts)


@given(ANY_TEXT.filter(lambda text: text.isprintable() and not text.startswith("<r>")))
def test_a_text_of_printable_characters_stays_as_it_is(text: str) -> None:
    assert cell_text(text) == text


@given(HOSTILE | MARKUP)
def test_what_is_safe_is_not_changed_again(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)
    assert writable(cell_text(text)) == cell_text(text)


@pytest.mark.parametrize("unit", ["a", "😀", "<r>", "a\ud800", "\r\n"])
@pytest.mark.parametrize("length", [CELL_LIMIT - 1, CELL_LIMIT, CELL_LIMIT + 1, 3 * CELL_LIMIT])
def test_no_text_is_longer_than_a_cell(unit: str, length: int) -> None:
    """Excel counts UTF-16 units; xlsxwriter refuses more, openpyxl would cut without a word."""
    text = cell_text((unit * length)[:length])
    assert len(text.encode("utf-16-le")) <= 2 * CELL_LIMIT
    assert_plain(openpyxl.load_workbook(BytesIO(written_by_xlsxwriter([text]))).worksheets[0], [text])


def test_a_cut_says_that_it_is_one() -> None:
    assert cell_text("a" * CELL_LIMIT) == "a" * CELL_LIMIT
    assert cell_text("😀" * CELL_LIMIT).endswith("😀… (đã cắt bớt)")
    assert cell_text(f"<r>{'a' * (CELL_LIMIT - 7)}</r>").endswith("… (đã cắt bớt)"), (
        "the blank behind it is one too many"
    )


def test_what_cannot_be_shown_leaves_a_sign() -> None:
    assert cell_text("a\x00b\x0bc\ud800d") == "a\ufffdb\ufffdc\ufffdd"
    assert cell_text("một\r\nhai\rba\tbốn") == "một\nhai\nba\tbốn"


def test_examples_in_docstrings_hold() -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_marks_that_turn_a_line_around_or_that_nobody_sees_are_left_out() -> None:
    """A unit cannot make "1 %" out of "% 1" on a printed sheet, nor hide a word from a search."""
    assert writable("a\u202eb\u2066c\u200b\ufeffd\u061c") == "abcd"
    assert writable("Đảm bảo\u00a0đủ") == "Đảm bảo\u00a0đủ"
