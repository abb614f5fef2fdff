"""What a cell is told that cannot be read: the exact thing to type, and both where there are two."""

from __future__ import annotations

import unicodedata
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation import coerce
from validation.coerce_hint import Wanted, hint, hint_of_clock, hint_of_day, hint_of_error


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("-", "Không phát sinh"),
        ("x", "Không áp dụng"),
        ("không", "gõ 0"),
        ("ước 500", "Ước"),
        ("khoảng 500", "một con số"),
        ("n/a", "Không áp dụng"),
        ("≥95", "giới hạn"),
        ("12 / 15", "gõ 12 vào ô tử số và 15 vào ô mẫu số"),
        ("10/6/2026", "không phải ngày tháng"),
        ("Quý II/2026", "không phải ngày tháng"),
        ("5 – 7", "một khoảng (5 đến 7)"),
        ("5±1", "Nếu số liệu là 5 thì chỉ gõ 5"),
        ("5,5 nghìn", "Gõ đủ các chữ số: 5500."),
        ("1,5 triệu", "Gõ đủ các chữ số: 1500000."),
        ("1.500 nghìn", "ví dụ 5000"),
        ("1e3", "chữ E. Gõ đủ các chữ số: 1000."),
        ("1E+999", "ví dụ 1250"),
        ("1O0", "chữ cái"),
        ("#DIV/0!", "lỗi công thức"),
        ("=A1", "công thức"),
        ("=5+5", "Gõ đủ các chữ số: 10."),
        ("nt", "Như trên"),
        ("như trên", "Như trên"),
        ("//", "Như trên"),
        ("5.", "Nếu là 5 thì chỉ gõ 5"),
        ("01.234", "không đúng chỗ"),
        ("12\u000734", "ký tự ẩn"),
        ("mười hai", "Gõ bằng chữ số: 12."),
        ("5 (sáu)", "khác nhau (5 và 6)"),
        ("5 bác sỹ, 2 y sỹ", "nhiều số (5; 2)"),
        ("còn 5 người", "Nếu số liệu là 5 thì chỉ gõ 5"),
        (True, "TRUE/FALSE"),
        (date(2026, 6, 10), "10/6, 10-6, 10.6 hoặc 6/10"),
        (date(2026, 6, 10), "nếu là 10 trên 6"),
        (date(2026, 6, 1), "1.6 hoặc 6/26"),
        (time(12, 15), "nếu là hai số 12 và 15"),
        (timedelta(hours=30), "giờ (30:00)"),
        ("35%", "số lượng"),
        ("abc", "Chỉ gõ con số, ví dụ 1250"),
    ],
)
def test_a_cell_that_is_no_number_says_what_to_type_instead(raw: object, part: str) -> None:
    read = coerce.count(raw)
    assert read.code == "NOT_A_NUMBER"
    assert part in read.facts["hint"]


@pytest.mark.parametrize(
    ("raw", "wanted", "part"),
    [
        ("đạt 95,5 người", Wanted.COUNT, "chỉ nhận số nguyên"),
        ("đạt 95,5 người", Wanted.NUMBER, "Nếu số liệu là 95,5 thì chỉ gõ 95,5"),
        ("xong 50", Wanted.PERCENT, "Nếu số liệu là 50 thì chỉ gõ 50"),
        ("xong 0,5", Wanted.PERCENT, "ví dụ 50;"),
        ("xong 1250", Wanted.PERCENT, "ví dụ 50;"),
        ("1,5 triệu", Wanted.PERCENT, "ví dụ 50;"),
        ("1.500 nghìn", Wanted.PERCENT, "ví dụ 50;"),
        ("12/15", Wanted.PERCENT, "Gõ tỷ lệ %, ví dụ 50."),
        ("12,5/15", Wanted.COUNT, "chỉ nhận số nguyên"),
        ("12,5/15", Wanted.NUMBER, "gõ 12,5 vào ô tử số và 15 vào ô mẫu số"),
        ("95, 5", Wanted.COUNT, "chỉ nhận số nguyên"),
        ("95, 5", Wanted.NUMBER, "Nếu là 95,5 thì gõ liền 95,5"),
        ("½", Wanted.COUNT, "chỉ nhận số nguyên"),
        ("½", Wanted.NUMBER, "Gõ bằng chữ số: 0,5."),
        ("mười hai", Wanted.PERCENT, "Gõ bằng chữ số: 12."),
        ("=5/2", Wanted.COUNT, "Xóa công thức rồi gõ số."),
        ("giảm -5", Wanted.COUNT, "ví dụ 1250"),
        ("- 5", Wanted.NUMBER, "Dấu trừ phải đứng sát chữ số"),
        ("- 5", Wanted.COUNT, "Bỏ dấu gạch ở đầu"),
        ("1,5±0,1", Wanted.COUNT, "chỉ nhận số nguyên"),
        ("01.234", Wanted.COUNT, "ví dụ 1250."),
        ("1E+999", Wanted.PERCENT, "ví dụ 50."),
        ("10/6/2026", Wanted.PERCENT, "ví dụ 50."),
        ("khó nói", Wanted.NUMBER, "ví dụ 1250 hoặc 95,5;"),
    ],
)
def test_nothing_is_proposed_that_the_same_cell_would_refuse_next(raw: str, wanted: Wanted, part: str) -> None:
    """A count takes no 95,5 and a percentage no 1250."""
    told = hint(raw, wanted)
    assert part in told
    assert "0,5" not in told or wanted is Wanted.NUMBER
    assert told.endswith(".")


def test_where_excel_made_a_day_or_a_time_a_count_is_offered_no_decimal() -> None:
    assert "gõ 10,6; nếu là 10 trên 6" in hint_of_day(date(2026, 6, 10), Wanted.NUMBER)
    assert "10,6" not in hint_of_day(date(2026, 6, 10), Wanted.COUNT)
    assert "gõ 12,15; nếu là hai số 12 và 15" in hint_of_clock(time(12, 15), Wanted.PERCENT)
    assert "12,15" not in hint_of_clock(time(12, 15), Wanted.COUNT)


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("6/2026", "không phải tháng"),
        ("tháng 6 năm 2026", "không phải tháng"),
        ("2026-06", "không phải tháng"),
        ("Quý II/2026", "không phải quý"),
        ("6/2026", "ví dụ 15/06/2026"),
        ("cuối tháng 9 năm 2026", "ví dụ 15/09/2026"),
        ("13/2026", "ví dụ 15/06/2026"),
        ("10062026", "Nếu là ngày 10/06/2026"),
        (20260610.0, "Nếu là ngày 10/06/2026"),
        ("ngày … tháng … năm 2026", "để trống chỗ"),
        ("-", "chưa có văn bản"),
        ("nt", "Như trên"),
        ("năm 2026", "không phải năm"),
        (2026, "không phải năm"),
        ("10/6", "Thiếu năm"),
        ("ngày 10 tháng 6", "Thiếu năm"),
        ("31/2/2026", "không có ngày này"),
        ("29/2/2027", "không có ngày này"),
        ("10/6/1926", "2000 đến 2100"),
        (date(1900, 1, 5), "2000 đến 2100"),
        (123456789, "con số"),
        ("10/6/2026 và 12/6/2026", "một ngày"),
        (time(1), "một ngày"),
    ],
)
def test_a_cell_that_is_no_day_says_what_is_missing(raw: object, part: str) -> None:
    read = coerce.date_(raw)
    assert read.code == "NOT_A_DATE"
    assert part in read.facts["hint"]


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("Hoàn thàng", "Hoàn thành"),
        ("Đang trien khaii", "Đang triển khai"),
        ("hoàn thành?", "Hoàn thành"),
        ("chưa hoàn thành", "Đang triển khai"),
        ("không hoàn thành", ""),
        ("không triển khai", "Chưa triển khai"),
        ("kps", "Không phát sinh"),
        (True, ""),
    ],
)
def test_what_comes_near_is_offered_and_never_taken(raw: object, suggestion: str) -> None:
    read = coerce.status(raw)
    assert (read.value, read.code) == (None, "CHOICE_UNKNOWN")
    assert read.facts["suggestion"] == suggestion
    assert read.facts["hint"] == (f"Có phải ý là “{suggestion}”?" if suggestion else "")
    assert read.facts["allowed"] == "Chưa triển khai; Đang triển khai; Hoàn thành; Không phát sinh"


@pytest.mark.parametrize(
    ("raw", "part"), [("x", "Dấu đánh"), ("-", "Dấu đánh"), ("nt", "Như trên"), ("//", "Như trên")]
)
def test_a_mark_in_a_list_cell_is_told_apart_from_a_word(raw: str, part: str) -> None:
    assert part in coerce.status(raw).facts["hint"]


@given(written=st.text(max_size=210), wanted=st.sampled_from(Wanted))
@settings(deadline=None, derandomize=True)
def test_every_text_gets_advice_and_none_makes_it_raise(written: str, wanted: Wanted) -> None:
    assert hint(written, wanted)


def test_an_error_value_is_explained_and_a_dashed_line_is_no_formula() -> None:
    assert "chia cho 0" in hint_of_error("#DIV/0!", is_text=True)
    assert "dấu nháy đơn" in hint_of_error("#NAME?", is_text=True)
    assert "tên" in hint_of_error("#NAME?", is_text=False)
    assert hint_of_error("#SPILL!", is_text=False) == ""


def test_the_hints_are_composed_vietnamese_sentences() -> None:
    hints = [coerce.count(raw).facts["hint"] for raw in ("-", "n/a", "~1", ">1", "1/2", "1-2", "1e3", "1 triệu")]
    assert all(unicodedata.is_normalized("NFC", one) and one.endswith(".") for one in hints)
    assert len(set(hints)) == len(hints)
