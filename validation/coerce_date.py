"""Reads one cell as a day.

Day before month is the only order that the country writes, so "10/6/2026" has one reading, 10 June; month first
is believed only where day first is impossible. A month, quarter or year is never stretched to a day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from plan.words import fold
from validation.coerce_cell import BLANK, Coerced, exact, is_blank, plain, show_date, typed
from validation.coerce_hint import DITTO, DITTO_WORDS

YEARS = (2000, 2100)
# Serial 1 is 1900-01-01; the day that Excel invents (60) lies before every year here.
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_MAX_LENGTH = 100

_CLOCK = r"(?:(?:[T,]|\s)\s*(?:lúc\s*)?[0-9]{1,2}(?::|\s?h|\s?giờ)\s?(?:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?'?Z?)?"
_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,4})\s*(?P<mark>[/.,\\_–—-])\s*(?P<second>[0-9]{1,2})\s*[/.,\\_–—-]\s*(?P<third>[0-9]{1,4})"
    + _CLOCK,
    re.IGNORECASE,
)
_SPACED = re.compile(r"([0-9]{1,2})\s+([0-9]{1,2})\s+([0-9]{4})")
# "Ninh Bình, ngày …", "Thứ Tư ngày …", "8h30 ngày …"
_LEAD = re.compile(
    r"(?:(?!thứ\s|chủ nhật)(?P<place>[^\W\d_][^0-9,]*),\s*(?=thứ\s|chủ nhật|ngày))?"
    r"(?:(?:thứ\s+[^\W\d]+|chủ nhật)\s*,?\s*)?(?:[0-9]{1,2}(?::|h|giờ)[0-9]{0,2}'?\s*,?\s*(?=ngày))?"
    r"(?:ngày\s*:?\s*)?(?:mùng|mồng)?\s*",
    re.IGNORECASE,
)
# Written small in the name of a place; every other word of it has a capital.
_OF_PLACES = frozenset(("xã", "phường", "thị", "trấn", "tỉnh", "thành", "phố", "đặc", "khu", "tp", "tx", "tt"))
_SHORT_PLACES = frozenset({"huế"})  # any other single word is no place for certain
# Who writes one of these before a day writes of another day than that of a document.
_DENIED = (
    "không khong ko chưa chua dự du sẽ se hạn han trước truoc sau đến den tới toi từ tu khoảng khoang hết het "
    "hoãn hoan hủy huỷ huy chờ cho trình trinh thay sửa sua đổi doi ước uoc tạm tam hẹn hen chậm cham nếu neu"
)
_NOT_ISSUED = frozenset(_DENIED.split())
_SAID = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTHS = {
    **{name: number for names in (_SAID, _NAMES, _LONG_NAMES) for number, name in enumerate(names, 1)},
    **{"bốn": 4, "bẩy": 7, "sept": 9},
}
_SPOKEN = "|".join(sorted((*_SAID, "bốn", "bẩy"), key=len, reverse=True))
_NAMED = "|".join(sorted((*_NAMES, *_LONG_NAMES, "sept"), key=len, reverse=True))
_WORDED = re.compile(
    rf"(?P<day>[0-9]{{1,2}})\s*[-/.,\s]?\s*(?:tháng|thg\.?)\s*(?P<month>[0-9]{{1,2}}|{_SPOKEN})"
    r"\s*[-/.,\s]?\s*(?:năm\s*)?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"(?P<day>[0-9]{{1,2}})[-/.\s]\s*(?P<month>{_NAMED})\.?[-/.,\s]\s*(?P<year>[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?P<month2>{_NAMED})\.?\s*(?P<day2>[0-9]{{1,2}}),?\s+(?P<year2>[0-9]{{4}})",
    re.IGNORECASE,
)

_MONTH_ONLY = re.compile(
    r"(?:(?:đầu|giữa|cuối|trong)\s*)?(?:tháng\s*)?(?P<month>[0-9]{1,2})\s*(?:[/.-]|năm)\s*(?P<year>[0-9]{4})"
    r"|(?P<year2>[0-9]{4})\s*-\s*(?P<month2>[0-9]{1,2})",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"qu[ýí]\b.*", re.IGNORECASE | re.DOTALL)
_YEAR_ONLY = re.compile(r"(?:năm\s*)?[0-9]{4}", re.IGNORECASE)
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}|[0-9]{1,2}\s*tháng\s*[0-9]{1,2}", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"[0-9]{8}")
_TO_BE_FILLED = re.compile(r".*(?:\.{2,}|…|_{2,}).*", re.DOTALL)
_NONE_YET = frozenset({"", "x", "khong", "khong co", "ko", "chua", "chua co", "chua ban hanh", "n a", "kps"})

_NOT_YET = re.compile(r"(?:^|\s)(?:chưa|không|dự kiến|sẽ)(?:\s|,|$)", re.IGNORECASE)

_HINT_MONTH = "Ô này cần một ngày cụ thể, không phải tháng. Gõ đủ ngày ghi trên văn bản, ví dụ {0}."
_HINT_QUARTER = "Ô này cần một ngày cụ thể, không phải quý. Gõ ngày ghi trên văn bản."
_HINT_YEAR = "Ô này cần một ngày cụ thể, không phải năm. Gõ ngày ghi trên văn bản."
_HINT_NO_YEAR = "Thiếu năm. Gõ đủ ngày, tháng và năm."
_HINT_NO_SUCH_DAY = "Lịch không có ngày này."
_HINT_NUMBER = "Ô đang chứa một con số, không phải ngày."
_HINT_RUN_TOGETHER = "Ngày viết liền không có dấu. Nếu là ngày {0} thì gõ {0}."
_HINT_TO_BE_FILLED = "Ngày còn để trống chỗ, chưa điền đủ."
_HINT_NONE_YET = "Nếu chưa có văn bản thì để trống ô này."
_HINT_OTHER = "Chỉ ghi một ngày, không kèm chữ khác."


def date_(raw: object, years: tuple[int, int] = YEARS, date1904: bool | None = False) -> Coerced:
    """Read a day; `years` are the first and last year that a day of this cell can have.

    A two-digit year is completed within `years`; days outside of them are NOT_A_DATE. `date1904`: the workbook
    counts the days of a stored number from 1904; None when that is not known.
    """
    if is_blank(raw):
        return BLANK
    if isinstance(raw, date):
        clock = raw.time() if isinstance(raw, datetime) else time()
        return _checked(raw, (date(raw.year, raw.month, raw.day),), years, clean=clock == time())
    if (serial := exact(raw)) is not None:
        return _date_of_number(raw, serial, years, date1904)
    written = plain(raw) if isinstance(raw, str) else ""
    if not written or len(written) > _MAX_LENGTH:
        return _not_a_date(raw, _HINT_OTHER)
    return _date_of_text(raw, written, years)


def _date_of_number(raw: object, serial: Decimal, years: tuple[int, int], date1904: bool | None) -> Coerced:
    """Take a number as the serial of a day whose cell lost its date format."""
    if 0 < serial < 1_000_000:
        first_days = list(_FIRST_DAYS.values()) if date1904 is None else [_FIRST_DAYS[date1904]]
        # What is left of the number is a time of the clock.
        days = tuple(first_day + timedelta(days=int(serial)) for first_day in first_days)
        if any(years[0] <= day.year <= years[1] for day in days):
            return _checked(raw, days, years)
    if years[0] <= serial <= years[1]:
        return _not_a_date(raw, _HINT_YEAR)
    return _not_a_date(raw, _hint_of_digits(str(serial), years) or _HINT_NUMBER)


def _date_of_text(raw: object, written: str, years: tuple[int, int]) -> Coerced:
    lead = _LEAD.match(written)
    if lead and lead["place"] and not _is_place(lead["place"]):
        return _not_a_date(raw, _hint(written, fold(written), years))
    body = written[lead.end() if lead else 0 :].rstrip(".;, ")
    if worded := _WORDED.fullmatch(body):
        return _checked(raw, _worded_days(worded["year"], worded["month"], worded["day"], years), years)
    if english := _ENGLISH.fullmatch(body):
        year, month, day = (english[name] or english[f"{name}2"] for name in ("year", "month", "day"))
        return _checked(raw, _worded_days(year, month, day, years), years)
    if spaced := _SPACED.fullmatch(body):
        body = "/".join(spaced.groups())
    if numeric := _NUMERIC.fullmatch(body):
        return _checked(raw, _numeric_days(numeric, years), years)
    return _not_a_date(raw, _hint(body, fold(written), years))


def _is_place(words: str) -> bool:
    """True for "Ninh Bình", "xã Gia Viễn", "TP. Hồ Chí Minh"; never for "Dự kiến", "CHƯA BAN HÀNH" or "Họp"."""
    found = re.findall(r"[^\W\d_]+", words)
    if not _NOT_ISSUED.isdisjoint(map(str.lower, found)):
        return False
    named = [word for word in found if word not in _OF_PLACES]
    is_long = len(found) > 1 or words.strip().lower() in _SHORT_PLACES
    return is_long and bool(named) and all(word[0].isupper() for word in named)


def _hint(body: str, folded: str, years: tuple[int, int]) -> str:
    """What a text that is no day needs to become one."""
    if month := _MONTH_ONLY.fullmatch(body):
        number, year = int(month["month"] or month["month2"]), month["year"] or month["year2"]
        return _HINT_MONTH.format(f"15/{number:02}/{year}" if 1 <= number <= 12 else "15/06/2026")
    forms = (
        (_QUARTER.fullmatch(body), _HINT_QUARTER),
        (_YEAR_ONLY.fullmatch(body), _HINT_YEAR),
        (_NO_YEAR.fullmatch(body), _HINT_NO_YEAR),
        (_TO_BE_FILLED.fullmatch(body), _HINT_TO_BE_FILLED),
        (folded in DITTO_WORDS or body in ("//", '"'), DITTO),
        (folded in _NONE_YET or _NOT_YET.search(body), _HINT_NONE_YET),
    )
    return next((advice for found, advice in forms if found), "") or _hint_of_digits(body, years) or _HINT_OTHER


def _hint_of_digits(written: str, years: tuple[int, int]) -> str:
    """What eight digits in a row may mean: 10062026 or 20260610."""
    if not _RUN_TOGETHER.fullmatch(written):
        return ""
    orders = ((written[4:], written[2:4], written[:2]), (written[:4], written[4:6], written[6:]))
    days = [day for year, month, of in orders for day in _days((int(year),), int(month), int(of))]
    possible = [day for day in days if years[0] <= day.year <= years[1]]
    return _HINT_RUN_TOGETHER.format(show_date(possible[0])) if len(possible) == 1 else ""


def _worded_days(year: str, month: str, day: str, years: tuple[int, int]) -> tuple[date, ...]:
    """The days of a date whose month may be a word, Vietnamese or English."""
    number = int(month) if month.isdecimal() else _MONTHS.get(month.lower(), 0)
    return _days(_full_years(year, years), number, int(day))


def _numeric_days(form: re.Match[str], years: tuple[int, int]) -> tuple[date, ...]:
    """Return every day that three numbers may stand for, the likelier first."""
    first, second, third = form["first"], form["second"], form["third"]
    if len(first) == 4:
        return _days((int(first),), int(second), int(third)) if len(third) <= 2 else ()
    if len(first) == 3 or len(third) == 3:
        return ()
    last = _full_years(third, years)
    days = _days(last, int(second), int(first)) or _days(last, int(first), int(second))
    if form["mark"] == "-" and len(third) == 2 == len(first):  # 26-06-10 is also how machines shorten 2026-06-10
        days += _days(_full_years(first, years), int(second), int(third))
    return tuple(dict.fromkeys(days))


def _full_years(written: str, years: tuple[int, int]) -> tuple[int, ...]:
    if len(written) == 4:
        return (int(written),)
    return (
        tuple(year for year in range(years[0], years[1] + 1) if year % 100 == int(written)) if len(written) == 2 else ()
    )


def _days(years: tuple[int, ...], month: int, day: int) -> tuple[date, ...]:
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:  # the calendar is the judge of what a day is
            continue
    return tuple(found)


def _checked(raw: object, days: tuple[date, ...], years: tuple[int, int], *, clean: bool = False) -> Coerced:
    if not days:
        return _not_a_date(raw, _HINT_NO_SUCH_DAY)
    possible = [day for day in days if years[0] <= day.year <= years[1]]
    if not possible:
        return _not_a_date(raw, f"Năm phải trong khoảng {years[0]} đến {years[1]}.")
    if len(possible) > 1:
        first, second = (show_date(day) for day in possible[:2])
        return Coerced(None, "DATE_AMBIGUOUS", {"typed": typed(raw), "first": first, "second": second})
    if clean:
        return Coerced(possible[0])
    return Coerced(possible[0], "DATE_CLEANED", {"typed": typed(raw), "taken": show_date(possible[0])})


def _not_a_date(raw: object, advice: str) -> Coerced:
    return Coerced(None, "NOT_A_DATE", {"typed": typed(raw), "hint": advice})
