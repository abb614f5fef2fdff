"""Tells, for a cell that is no number, what the unit probably did and what to type instead.

Advice only: nothing here reads a value, so a wrong hint costs a smile and never a figure. What looks like two
numbers is shown as both; nothing is proposed that the same cell would refuse next.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

from plan.words import STATE_WORDS, DataState, fold
from validation.arithmetic import evaluate
from validation.coerce_cell import MAX_DIGITS, shifted, show, show_date
from validation.coerce_grammar import in_one_reading, parse
from validation.coerce_words import spelled


class Wanted(StrEnum):
    """The kind of number that a cell wants; the value is what such a number looks like."""

    COUNT = "1250"
    PERCENT = "50"
    NUMBER = "1250 hoặc 95,5"

    def takes(self, value: Decimal) -> bool:
        """False when typing `value` would only lead to the next error."""
        if self is Wanted.COUNT:
            return value >= 0 and value == value.to_integral_value()
        return self is not Wanted.PERCENT or value == 0 or 1 <= value <= 100  # 0,5 may be 50 %


LOGICAL_CELL = "Ô đang chứa giá trị đúng/sai (TRUE/FALSE). Gõ lại bằng số."
RATE_FOR_COUNT = "Ô này cần số lượng, không phải tỷ lệ %. Đặt định dạng ô là Number rồi gõ số lượng."
COUNT_FOR_RATE = "Ô này cần tỷ lệ %, không phải số lượng. Gõ tỷ lệ, ví dụ 95,5."
WITHOUT_PERCENT = "Ô này không tính theo %. Đặt định dạng ô là Number."
TOO_LONG = "Số dài quá 15 chữ số, Excel không giữ đủ. Kiểm tra lại và chỉ gõ một số."
DITTO = "“Như trên” không đọc được vì các dòng có thể bị xếp lại. Gõ lại đúng nội dung của dòng này."

_GENERAL = "Chỉ gõ con số, ví dụ {0}; phần giải thích ghi ở cột “Ghi chú, giải trình”."
_WHOLE = "Ô này là số đếm, chỉ nhận số nguyên. Gõ lại số đúng, không có phần thập phân."
_NOTHING = (
    f"Nếu là số không thì gõ 0; nếu không phát sinh thì chọn “{STATE_WORDS[DataState.NOTHING]}” "
    "ở cột loại số liệu (Phụ lục 1) hoặc cột tình trạng (Phụ lục 2); nếu không thuộc đơn vị thì để trống ô số, "
    f"chọn “{STATE_WORDS[DataState.NOT_APPLICABLE]}” và ghi rõ lý do."
)
_NOT_APPLICABLE = (
    f"Nếu chỉ tiêu không áp dụng cho đơn vị thì để trống ô số, chọn “{STATE_WORDS[DataState.NOT_APPLICABLE]}” "
    "và ghi rõ lý do ở cột giải trình."
)
_ABOUT = f"Chỉ gõ một con số; nếu là số ước thì chọn “{STATE_WORDS[DataState.ESTIMATE]}” ở cột loại số liệu."
_BOUND = "“Trên”, “dưới”, “ít nhất” chỉ là giới hạn, chưa phải số liệu. Gõ đúng số đã đạt được."
_TWO_PARTS = (
    "Nếu là {0} trên {1} thì gõ {0} vào ô tử số và {1} vào ô mẫu số (nếu có hai ô); mỗi ô chỉ ghi một số, "
    "không ghi phép chia."
)
_SPAN = "Ô chỉ nhận một số, không nhận một khoảng ({0} đến {1}). Gõ đúng số đã đạt được."
_ONE_RATE = "Ô chỉ nhận một số, không ghi phép chia. Gõ tỷ lệ %, ví dụ {0}."
_TOLERANCE = "Ô chỉ nhận một số, không nhận sai số. Nếu số liệu là {0} thì chỉ gõ {0}."
_NO_POWER = "Không dùng cách viết có chữ E."
_POWER = f"{_NO_POWER} Gõ đủ các chữ số, ví dụ {{0}}."
_MULTIPLIED = "Gõ đủ các chữ số thay cho “nghìn”, “triệu”, ví dụ 5000 thay cho 5 nghìn."
_FULL_DIGITS = "Gõ đủ các chữ số: {0}."
_LETTER = "Trong số có chữ cái (chữ O hoặc chữ l). Gõ lại bằng chữ số 0 hoặc 1."
_ERROR_CELL = "Ô đang báo lỗi công thức. Xóa công thức rồi gõ số."
_FORMULA = "Ô đang chứa công thức ở dạng chữ. Xóa công thức rồi gõ số."
_DASH = "Bỏ dấu gạch ở đầu, chỉ gõ số, ví dụ {0}."
_MINUS = "Dấu trừ phải đứng sát chữ số, ví dụ -5. Nếu là gạch đầu dòng thì bỏ dấu gạch."
_HIDDEN = "Trong ô có ký tự ẩn không nhìn thấy được. Xóa hẳn ô rồi gõ lại số."
_UNFINISHED = "Số còn dở dang. Nếu là {0} thì chỉ gõ {0}; nếu có phần thập phân thì gõ đủ."
_GAP = "Trong số có dấu cách thừa. Nếu là {0} thì gõ liền {0}."
_DISAGREE = "Số và chữ khác nhau ({0} và {1}). Chỉ gõ một số đúng, không ghi chữ."
_MISPLACED = "Dấu chấm, dấu phẩy đặt không đúng chỗ. Gõ liền các chữ số, ví dụ {0}."
_IN_WORDS = "Gõ bằng chữ số: {0}."
_SEVERAL = (
    "Ô có nhiều số ({0}). Chỉ gõ một số đúng với nội dung của dòng; phần chi tiết ghi ở cột “Ghi chú, giải trình”."
)
_ONLY = "Nếu số liệu là {0} thì chỉ gõ {0}; phần chữ ghi ở cột “Ghi chú, giải trình”."
_DAY = "Ô này cần một con số, không phải ngày tháng. Gõ lại bằng số, ví dụ {0}."
_MADE_DAY = (
    "Excel đã tự đổi nội dung thành ngày {day}; có thể đã gõ {typed}. Đặt định dạng ô là Number rồi gõ lại: {decimal}"
    "nếu là {first} trên {second} thì gõ mỗi số vào ô của nó."
)
_MADE_CLOCK = (
    "Excel đã tự đổi nội dung thành giờ ({first}:{second}). Đặt định dạng ô là Number rồi gõ lại: {decimal}"
    "nếu là hai số {first} và {second} thì gõ mỗi số vào ô của nó."
)
_DECIMAL = "nếu là số thập phân thì gõ {0},{1}; "

_DASHED = (
    "Excel đã hiểu dòng chữ bắt đầu bằng dấu -, + hoặc = là công thức. Gõ lại, bỏ dấu đó hoặc thêm dấu nháy đơn (') "
    "ở trước."
)
_ERRORS = {
    "#DIV/0!": "Công thức đang chia cho 0 hoặc cho ô trống.",
    "#REF!": "Công thức trỏ tới ô đã bị xóa.",
    "#VALUE!": "Công thức tính trên ô có chữ.",
    "#NAME?": "Công thức có tên mà Excel không hiểu.",
    "#N/A": "Công thức tra cứu không tìm thấy số liệu.",
    "#NUM!": "Công thức cho ra một số không có thật.",
}

_UNSEEN = ("Cc", "Cf", "Cs", "Co")
_NOTHING_WORDS = frozenset({"", "x", "khong", "ko", "k", "kg", "khong co", "chua", "chua co", "khong phat sinh", "kps"})
_NOT_APPLICABLE_WORDS = frozenset({"n a", "na", "khong ap dung", "kad"})
DITTO_WORDS = frozenset({"nt", "n t", "nhu tren", "nhu dong tren", "nhu o tren", "tuong tu", "idem", "cung nhu tren"})
_DITTO_MARKS = frozenset({"//", '"', "''", "″", "〃", "“", "”", "-nt-", "\\\\"})
_ABOUT_WORDS = ("khoang", "uoc", "chung", "tam", "gan", "xap xi", "do")
_BOUND_WORDS = ("tren", "duoi", "hon", "it nhat", "toi thieu", "toi da", "khong qua", "dat tren", "vuot")
_TIMES_TEN = {"nghin": 3, "ngan": 3, "k": 3, "trieu": 6, "tr": 6, "ty": 9, "ti": 9}

_NUMBER = r"-?[0-9]+(?:[.,][0-9]+)*"
_ABOUT_MARK = re.compile(r"[~≈∼]")
_BOUND_MARK = re.compile(r"[<>≤≥⩽⩾]")
_FRACTION = re.compile(rf"({_NUMBER})\s*[^\W\d]*\s*[/⁄:÷]\s*({_NUMBER})")
_CALENDAR = re.compile(
    r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}\s*[/-]\s*(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}\.[0-9]{1,2}\.20[0-9]{2}"
    r"|(?:ngày|tháng|quý|năm)\s*[0-9IVX].*",
    re.IGNORECASE,
)
_DISAGREEING = re.compile(rf"({_NUMBER})\s*\(([^()]{{1,100}})\)")
_SPAN_MARK = re.compile(r"([0-9][0-9.,]*)\s*%?\s*(?:[-–—]|đến|tới)\s*([0-9][0-9.,]*)", re.IGNORECASE)
_PLUS_MINUS = re.compile(rf"({_NUMBER})\s*(?:±|\+/-|\+-)\s*[0-9].*", re.DOTALL)
_BULLET = re.compile(r"[-–—]\s*[0-9.,]+")
_POWER_MARK = re.compile(r"[0-9]\s*[eE]\s*[-+]?[0-9]")
_SCALED = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?P<word>[^\W\d]+)\.?")
_MULTIPLIER = re.compile(r"[0-9]\s*(?:nghin|ngan|trieu|ty|ti|tram|chuc|van|tr|k)(?![a-z])")
_LETTER_FOR_DIGIT = re.compile(r"[0-9OoIl]+")
_TORN = re.compile(r"[0-9]+(?:\s+[.,]\s*|[.,]\s+)[0-9]+")


def hint(written: str, wanted: Wanted = Wanted.NUMBER) -> str:
    """Return Vietnamese advice for `written`, a cleaned text that is no number, in a cell of the `wanted` kind."""
    folded = fold(written)
    words = (
        (any(unicodedata.category(sign) in _UNSEEN and sign not in "\n\t" for sign in written), _HIDDEN),
        (written.startswith("#"), _ERROR_CELL),
        (written.startswith("="), _FORMULA),
        (written in _DITTO_MARKS or folded in DITTO_WORDS, DITTO),
        (folded in _NOTHING_WORDS, _NOTHING),
        (folded in _NOT_APPLICABLE_WORDS, _NOT_APPLICABLE),
    )
    advice = next((advice for found, advice in words if found), "")
    if advice is _FORMULA and (value := evaluate(written[1:])) is not None and wanted.takes(value):
        return f"{_FORMULA} {_FULL_DIGITS.format(in_one_reading(value))}"
    advice = advice or _hint_by_mark(written, folded, wanted) or _hint_by_numbers(written, wanted)
    return advice or _GENERAL.format(wanted)


def hint_of_day(day: date, wanted: Wanted = Wanted.NUMBER) -> str:
    """Return advice for a number cell in which Excel made a day of what was typed: 10/6, 10-6 or 10.6."""
    first, second = day.day, day.month
    # Where no day fits, Excel takes a number for a year: 6/26 becomes 1 June 2026.
    other = f"{second}/{day.year % 100:02}" if first == 1 else f"{second}/{first}"
    typed = f"{first}/{second}, {first}-{second}, {first}.{second} hoặc {other}"
    return _MADE_DAY.format(
        day=show_date(day), typed=typed, first=first, second=second, decimal=_decimal(first, second, wanted)
    )


def hint_of_clock(clock: time | timedelta, wanted: Wanted = Wanted.NUMBER) -> str:
    """Return advice for a number cell in which Excel made a time of what was typed: 12:15."""
    minutes = (
        clock.hour * 60 + clock.minute if isinstance(clock, time) else abs(clock.days * 1440 + clock.seconds // 60)
    )
    first, second = minutes // 60, f"{minutes % 60:02}"
    return _MADE_CLOCK.format(first=first, second=second, decimal=_decimal(first, second, wanted))


def _decimal(whole: int, part: int | str, wanted: Wanted) -> str:
    return "" if wanted is Wanted.COUNT else _DECIMAL.format(whole, part)


def hint_of_error(error: str, *, is_text: bool) -> str:
    """Return what an error value of Excel says, and for a cell of free text how it comes about there."""
    if is_text and error == "#NAME?":
        return _DASHED
    return _ERRORS.get(error, "")


def _hint_by_mark(written: str, folded: str, wanted: Wanted) -> str:
    if _ABOUT_MARK.search(written) or _starts_with(folded, _ABOUT_WORDS):
        return _ABOUT
    if _BOUND_MARK.search(written) or _starts_with(folded, _BOUND_WORDS):
        return _BOUND
    if _POWER_MARK.search(written):
        value = evaluate(written)
        return _POWER.format(wanted) if value is None else _proposed(f"{_NO_POWER} {_FULL_DIGITS}", value, wanted)
    if scaled := _hint_of_scale(written, wanted):
        return scaled
    return _multiplied(wanted) if _MULTIPLIER.search(folded) else _hint_by_form(written, wanted)


def _hint_by_form(written: str, wanted: Wanted) -> str:
    if (form := _PLUS_MINUS.fullmatch(written)) and (value := _lone_reading(form[1])) is not None:
        return _proposed(_TOLERANCE, value, wanted)
    if not _CALENDAR.fullmatch(written) and (form := _FRACTION.search(written)):
        return _hint_of_parts(form[1], form[2], wanted)
    forms = (
        (_CALENDAR.fullmatch(written), _DAY.format(wanted)),
        (_SPAN_MARK.search(written), _SPAN),
        (_BULLET.fullmatch(written), _MINUS if wanted is Wanted.NUMBER else _DASH.format(wanted)),
        (_LETTER_FOR_DIGIT.fullmatch(written) if not written.isdecimal() else None, _LETTER),
    )
    return next((advice.format(*found.groups()) for found, advice in forms if found), "")


def _hint_of_parts(part: str, whole: str, wanted: Wanted) -> str:
    """Two numbers with a bar: each has a cell of its own, but the percentage has one."""
    if wanted is Wanted.PERCENT:
        return _ONE_RATE.format(wanted)
    taken = [value is not None and wanted.takes(value) for value in map(_lone_reading, (part, whole))]
    return _TWO_PARTS.format(part, whole) if wanted is Wanted.NUMBER or all(taken) else _WHOLE


def _hint_of_scale(written: str, wanted: Wanted) -> str:
    """The digits that "1,5 triệu" stands for."""
    form = _SCALED.fullmatch(written)
    places = _TIMES_TEN.get(fold(form["word"])) if form else None
    if form is None or places is None:
        return ""
    parsed = parse(form["number"])
    if parsed is None or len(parsed.readings) != 1:
        return _multiplied(wanted)
    value = shifted(parsed.readings[0], places)
    return _proposed(_FULL_DIGITS, value, wanted) if value.adjusted() < MAX_DIGITS else _multiplied(wanted)


def _multiplied(wanted: Wanted) -> str:
    return _GENERAL.format(wanted) if wanted is Wanted.PERCENT else _MULTIPLIED


def _hint_by_numbers(written: str, wanted: Wanted) -> str:
    """What the digits of a text may mean, when nothing else in it told."""
    if (said := spelled(written)) is not None:
        return _proposed(_IN_WORDS, Decimal(said), wanted)
    if (form := _DISAGREEING.fullmatch(written)) and (said := spelled(form[2])) is not None:
        return _DISAGREE.format(form[1], said)
    if len(written) == 1 and written.isnumeric():  # ½
        return _proposed(_IN_WORDS, Decimal(f"{unicodedata.numeric(written):.4g}"), wanted)
    if _TORN.fullmatch(written) and (whole := _lone_reading("".join(written.split()))) is not None:
        return _proposed(_GAP, whole, wanted)
    return _hint_of_several(written, wanted)


def _hint_of_several(written: str, wanted: Wanted) -> str:
    found = re.findall(_NUMBER, written)
    numbers = [one for one in map(_lone_reading, found) if one is not None]
    if not numbers or len(numbers) != len(found):
        return _MISPLACED.format(wanted) if found and not any(map(str.isalpha, written)) else ""
    if len(numbers) > 1:
        return _SEVERAL.format("; ".join(map(show, numbers[:4])))
    advice = _UNFINISHED if written.strip().strip(".,") == found[0] else _ONLY
    return _proposed(advice, numbers[0], wanted)


def _proposed(advice: str, value: Decimal, wanted: Wanted) -> str:
    """`advice` to type `value`; where the cell would not take it, what it takes."""
    if wanted.takes(value):
        return advice.format(in_one_reading(value))
    whole = value == value.to_integral_value()
    return _WHOLE if wanted is Wanted.COUNT and not whole else _GENERAL.format(wanted)


def _lone_reading(written: str) -> Decimal | None:
    parsed = parse(written)
    return parsed.readings[0] if parsed is not None and len(parsed.readings) == 1 else None


def _starts_with(folded: str, words: tuple[str, ...]) -> bool:
    return any(f"{folded} ".startswith(f"{word} ") for word in words)
