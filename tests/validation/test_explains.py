"""A remark that says nothing settles no warning, and whatever may be a reason does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates import rehearsal_words as words
from validation.coerce_words import explains

EMPTY = """
- | . | … | x | 0 | 12 | 12 34 | k | ko | không | Không có | ok | OK! | đúng | Đúng rồi | dung | vâng | số ước
Số liệu đúng
Số liệu đã chuẩn | như trên | nt | n/a | không có gì | xxxxxxxxxxxx | aaa bbb | // | chính xác | đề nghị bỏ qua | sáp
""".replace("\n", "|").split("|")
REASONS = """
Sáp nhập xã | Mới triển khai từ tháng 5 | nhập nhầm | do chia tách | Đã kiểm tra, số liệu đúng | Có bệnh viện | dịch sởi
Không có bác sĩ | Sap nhap 3 xa | Cộng thêm 120 lượt | khamluudong
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", ["", *(text.strip() for text in EMPTY)])
def test_what_says_nothing_is_no_reason(text: str) -> None:
    assert not explains(text)


@pytest.mark.parametrize("text", [text.strip() for text in REASONS if text.strip()])
def test_two_words_or_a_long_one_may_be_a_reason(text: str) -> None:
    assert explains(text)
    assert explains(f"Số liệu đúng: {text}.")


def test_what_diligent_units_write_is_a_reason() -> None:
    for text in (*words.NOTES, *words.ESTIMATE_NOTES, *words.NOT_APPLICABLE_REASONS, *words.NOTHING_NOTES):
        assert explains(text), text


@given(st.text(max_size=80))
@settings(deadline=None, derandomize=True, max_examples=80)
def test_no_text_raises_and_an_empty_word_more_takes_no_reason_away(text: str) -> None:
    assert not explains(text) or explains(f"{text} đúng")
