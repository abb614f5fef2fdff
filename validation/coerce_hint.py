"""Tells, for a cell that is no number, what the unit probably did and what to type instead.

Advice only: nothing here reads a value, so a wrong hint costs a smile and never a figure.
"""

from __future__ import annotations

import re

from plan.words import STATE_WORDS, DataState, fold

DATE_CELL = "Excel đã tự đổi nội dung thành ngày. Đặt định dạng ô là Number rồi gõ lại số."
DURATION_CELL = "Excel đã tự đổi nội dung thành giờ. Đặt định dạng ô là Number rồi gõ lại số."
LOGICAL_CELL = "Ô đang chứa giá trị đúng/sai (TRUE/FALSE). Gõ lại bằng số."
RATE_FOR_COUNT = "Ô này cần số lượng, không phải tỷ lệ %. Đặt định dạng ô là Number rồi gõ số lượng."
COUNT_FOR_RATE = "Ô này cần tỷ lệ %, không phải số lượng. Gõ tỷ lệ, ví dụ 95,5."
WITHOUT_PERCENT = "Ô này không tính theo %. Đặt định dạng ô là Number."
TOO_LONG = "Số dài quá 15 chữ số, Excel không giữ đủ. Kiểm tra lại và chỉ gõ một số."

_NOTHING = (
    f"Nếu là số không thì gõ 0; nếu không phát sinh thì chọn “{STATE_WORDS[DataState.NOTHING]}” "
    "ở cột loại số liệu (Phụ lục 1) hoặc cột tình trạng (Phụ lục 2)."
)
_NOT_APPLICABLE = (
    f"Nếu chỉ tiêu không áp dụng cho đơn vị thì để trống ô số, chọn “{STATE_WORDS[DataState.NOT_APPLICABLE]}” "
    "và ghi rõ lý do ở cột giải trình."
)
_ABOUT = f"Chỉ gõ một con số; nếu là số ước thì chọn “{STATE_WORDS[DataState.ESTIMATE]}” ở cột loại số liệu."
_BOUND = "“Trên”, “dưới”, “ít nhất” chỉ là giới hạn, chưa phải số liệu. Gõ đúng số đã đạt được."
_TWO_PARTS = "Mỗi ô chỉ ghi một số: tử số và mẫu số gõ vào hai ô riêng."
_SPAN = "Ô chỉ nhận một số, không nhận một khoảng. Gõ đúng số đã đạt được."
_POWER = "Không dùng cách viết có chữ E. Gõ đủ các chữ số, ví dụ 1000."
_MULTIPLIED = "Gõ đủ các chữ số thay cho “nghìn”, “triệu”, ví dụ 5000 thay cho 5 nghìn."
_LETTER = "Trong số có chữ cái (chữ O hoặc chữ l). Gõ lại bằng chữ số 0 hoặc 1."
_ERROR_CELL = "Ô đang báo lỗi công thức. Xóa công thức rồi gõ số."
_FORMULA = "Ô đang chứa công thức ở dạng chữ. Xóa công thức rồi gõ số."
_MINUS = "Dấu trừ phải đứng sát chữ số, ví dụ -5. Nếu là gạch đầu dòng thì bỏ dấu gạch."

_NOTHING_WORDS = frozenset({"", "x", "khong", "ko", "k", "kg", "khong co", "chua", "chua co", "khong phat sinh", "kps"})
_NOT_APPLICABLE_WORDS = frozenset({"n a", "na", "khong ap dung", "kad"})
_ABOUT_WORDS = ("khoang", "uoc", "chung", "tam", "gan", "xap xi", "do")
_BOUND_WORDS = ("tren", "duoi", "hon", "it nhat", "toi thieu", "toi da", "khong qua", "dat tren", "vuot")

_ABOUT_MARK = re.compile(r"[~≈∼]")
_BOUND_MARK = re.compile(r"[<>≤≥⩽⩾]")
_FRACTION_MARK = re.compile(r"[0-9]\s*[^\W\d]*\s*[/⁄:÷]\s*[0-9]")
_SPAN_MARK = re.compile(r"[0-9]\s*%?\s*(?:[-–—]|đến|tới)\s*[0-9]", re.IGNORECASE)
_BULLET = re.compile(r"[-–—]\s*[0-9.,]+")
_POWER_MARK = re.compile(r"[0-9]\s*[eE]\s*[-+]?[0-9]")
_MULTIPLIER = re.compile(r"[0-9]\s*(?:nghin|ngan|trieu|ty|ti|tram|chuc|van|tr|k)(?![a-z])")
_LETTER_FOR_DIGIT = re.compile(r"[0-9OoIl]+")


def hint(written: str) -> str:
    """Return Vietnamese advice for `written`, a cleaned text that is no number; "" where none is certain."""
    folded = fold(written)
    if written.startswith("#"):
        return _ERROR_CELL
    if written.startswith("="):
        return _FORMULA
    if folded in _NOTHING_WORDS:
        return _NOTHING
    if folded in _NOT_APPLICABLE_WORDS:
        return _NOT_APPLICABLE
    return _hint_by_mark(written, folded)


def _hint_by_mark(written: str, folded: str) -> str:
    marks: tuple[tuple[object, str], ...] = (
        (_ABOUT_MARK.search(written) or _starts_with(folded, _ABOUT_WORDS), _ABOUT),
        (_BOUND_MARK.search(written) or _starts_with(folded, _BOUND_WORDS), _BOUND),
        (_POWER_MARK.search(written), _POWER),
        (_MULTIPLIER.search(folded), _MULTIPLIED),
        (_FRACTION_MARK.search(written), _TWO_PARTS),
        (_SPAN_MARK.search(written), _SPAN),
        (_BULLET.fullmatch(written), _MINUS),
        (_LETTER_FOR_DIGIT.fullmatch(written), _LETTER),
    )
    return next((advice for found, advice in marks if found), "")


def _starts_with(folded: str, words: tuple[str, ...]) -> bool:
    return any(f"{folded} ".startswith(f"{word} ") for word in words)
