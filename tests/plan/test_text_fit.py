"""Rows are tall enough for their texts, and the ways from columns to points are those of Excel."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan import text_fit
from plan.text_fit import (
    MAX_ROW_HEIGHT,
    column_pixels,
    fitting,
    line_count,
    room,
    row_height,
    shortened,
    text_points,
)

SENTENCE = "Nhập số liệu; nếu bằng 0 vì không phát sinh, chọn “Không phát sinh” ở cột Loại số liệu."


def test_examples_in_docstrings_hold() -> None:
    result = doctest.testmod(text_fit)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 19_912),
        ("Độc lập - Tự do - Hạnh phúc", 11_525),
        ("0123456789", 5_000),
        ("“…” – ≥ 95%", 5_520),
    ],
)
def test_a_line_is_as_wide_as_times_new_roman_sets_it(text: str, width: int) -> None:
    """Sums of the font's own advance widths, in thousandths of the size; horns may add a little."""
    assert text_points(text, 1000) == pytest.approx(width, rel=0.02)


@given(st.text(alphabet="Tỷ lệ dư nợ ĐƯỜNG phường “Xã” đạt ≥ 95%", max_size=60))
def test_composed_and_decomposed_text_are_equally_wide(text: str) -> None:
    assert text_points(unicodedata.normalize("NFD", text), 12) == text_points(unicodedata.normalize("NFC", text), 12)


def test_bold_text_is_wider() -> None:
    assert text_points(SENTENCE, 12, bold=True) > text_points(SENTENCE, 12)


@pytest.mark.parametrize(("characters", "pixels"), [(8.43, 64), (10, 75), (50, 355)])
def test_columns_are_as_wide_as_excel_draws_them(characters: float, pixels: int) -> None:
    """Excel's own pairs for a Normal font of 7 pixels a digit."""
    assert round(column_pixels(characters)) == pixels


def test_an_indent_and_the_padding_take_room_and_some_is_always_left() -> None:
    assert 0 < room(100, indented=True) < room(100) < 75
    assert room(0, indented=True) > 0


@pytest.mark.parametrize(
    ("text", "points", "lines"),
    [
        ("", 100, 1),
        ("a", 100, 1),
        ("Tham mưu xây dựng", 60, 2),
        ("một hai ba bốn", 45, 2),
        ("a\nb\nc", 75, 3),
        ("a\n\nb", 75, 3),
        ("a" * 100, 100, 6),
        ("x" * 100, 60, 11),
        (SENTENCE, 1000, 1),
    ],
)
def test_lines_wrap_at_blanks_and_break_words_that_are_too_long(text: str, points: float, lines: int) -> None:
    assert line_count(text, points, 12) == lines


@given(st.text(alphabet=" \nabcWưỡ", max_size=80), st.floats(6, 300), st.floats(1, 3))
def test_more_room_never_takes_more_lines(text: str, points: float, times: float) -> None:
    """Wrapping is greedy; words are broken only where one alone has no room."""
    longest = max(text_points(word, 12, bold=True) for word in text.split()) if text.split() else 0.0
    if longest * 1.04 <= points:
        assert line_count(text, points * times, 12) <= line_count(text, points, 12)
    assert line_count(text, points, 12) >= text.count("\n") + 1


def test_a_row_is_as_tall_as_its_tallest_cell_and_never_passes_the_limit_of_excel() -> None:
    """Excel gives 15.75 points to a line of 12, LibreOffice 13.8."""
    assert row_height([("Lỗi", 60), (SENTENCE, 120)], 12) == row_height([(SENTENCE, 120)], 12)
    assert row_height([("Lỗi", 60)], 12) >= 15.75
    assert row_height([("a\nb\nc", 60)], 12) >= 3 * 15.75
    assert row_height((), 12, least=2) == row_height([("a\nb", 60)], 12)
    assert row_height([("chữ " * 5000, 75)], 12) == row_height([("x\n" * 500, 75)], 12) == MAX_ROW_HEIGHT


def test_a_cut_ends_at_a_word_and_says_that_it_is_one() -> None:
    assert shortened("một hai ba bốn", 11) == "một hai ba…"
    assert shortened("một hai ba", 8) == "một hai…"
    assert shortened("x" * 20, 5, " …") == "xxxxx …"
    assert shortened("ngắn", 11) == "ngắn"


@given(st.integers(0, 3000), st.floats(30, 400))
def test_what_fits_the_tallest_row_is_kept_and_no_more(words: int, points: float) -> None:
    text = "dài " * words
    kept = fitting(text, points, 12, "… (xem tiếp)")
    assert row_height([(kept, points)], 12) < MAX_ROW_HEIGHT + 0.01
    assert line_count(kept, points, 12) * 15.75 <= MAX_ROW_HEIGHT
    assert (kept == text) == (not kept.endswith("(xem tiếp)"))
