"""Reads one cell as a day.

Day before month is the only order that the country writes, so "10/6/2026" has one reading, 10 June; month first
is believed only where day first is impossible. A month, quarter or year is never stretched to a day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from validation.coerce_cell import BLANK, Coerced, exact, is_blank, plain, show_date, typed

YEARS = (2000, 2100)
_EXCEL_EPOCH = date(1899, 12, 30)  # serial 1 is 1900-01-01; the day that Excel invents (60) lies before every year here
_MAX_LENGTH = 100

_CLOCK = r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_NUMERIC = re.compile(
    r"(?P<first>[0-9]{1,4})\s*(?P<mark>[/.-])\s*(?P<second>[0-9]{1,2})\s*[/.-]\s*(?P<third>[0-9]{1,4})" + _CLOCK
)
_LEAD = re.compile(r"(?:[^0-9,]*,\s*)?(?:ngày\s*:?\s*)?", re.IGNORECASE)  # "Ninh Bình, ngày …"
_WORDED = re.compile(
    r"(?P<day>[0-9]{1,2})\s*tháng\s*(?P<month>[0-9]{1,2})\s*(?:,\s*)?năm\s*(?P<year>[0-9]{4})", re.IGNORECASE
)

_MONTH_ONLY = re.compile(r"(?:tháng\s*)?[0-9]{1,2}\s*(?:[/.-]|năm)\s*[0-9]{4}|[0-9]{4}\s*-\s*[0-9]{1,2}", re.IGNORECASE)
_QUARTER = re.compile(r"qu[ýí]\b.*", re.IGNORECASE | re.DOTALL)
_YEAR_ONLY = re.compile(r"(?:năm\s*)?[0-9]{4}", re.IGNORECASE)
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*[/.-]\s*[0-9]{1,2}|[0-9]{1,2}\s*tháng\s*[0-9]{1,2}", re.IGNORECASE)

_HINT_MONTH = "Ô này cần một ngày cụ thể, không phải tháng."
_HINT_QUARTER = "Ô này cần một ngày cụ thể, không phải quý."
_HINT_YEAR = "Ô này cần một ngày cụ thể, không phải năm."
_HINT_NO_YEAR = "Thiếu năm."
_HINT_NO_SUCH_DAY = "Lịch không có ngày này."
_HINT_NUMBER = "Ô đang chứa một con số, không phải ngày."
_HINT_OTHER = "Chỉ ghi một ngày, không kèm chữ khác."


def date_(raw: object, years: tuple[int, int] = YEARS) -> Coerced:
    """Read a day; `years` are the first and last year that a day of this cell can have.

    A two-digit year is completed within `years`; days outside of them are NOT_A_DATE.
    """
    if is_blank(raw):
        return BLANK
    if isinstance(raw, date):
        clock = raw.time() if isinstance(raw, datetime) else time()
        return _checked(raw, (date(raw.year, raw.month, raw.day),), years, clean=clock == time())
    if (serial := exact(raw)) is not None:
        return _date_of_number(raw, serial, years)
    written = plain(raw) if isinstance(raw, str) else ""
    if not written or len(written) > _MAX_LENGTH:
        return _not_a_date(raw, _HINT_OTHER)
    return _date_of_text(raw, written, years)


def _date_of_number(raw: object, serial: Decimal, years: tuple[int, int]) -> Coerced:
    """Take a number as the serial of a day whose cell lost its date format (1900 system)."""
    if 0 < serial < 1_000_000:
        day = _EXCEL_EPOCH + timedelta(days=int(serial))  # what is left of the number is a time of the clock
        if years[0] <= day.year <= years[1]:
            return _checked(raw, (day,), years)
    return _not_a_date(raw, _HINT_YEAR if years[0] <= serial <= years[1] else _HINT_NUMBER)


def _date_of_text(raw: object, written: str, years: tuple[int, int]) -> Coerced:
    lead = _LEAD.match(written)
    body = written[lead.end() if lead else 0 :].rstrip(". ")
    if worded := _WORDED.fullmatch(body):
        days = _days((int(worded["year"]),), int(worded["month"]), int(worded["day"]))
        return _checked(raw, days, years)
    if numeric := _NUMERIC.fullmatch(body):
        return _checked(raw, _numeric_days(numeric, years), years)
    forms = (
        (_MONTH_ONLY, _HINT_MONTH),
        (_QUARTER, _HINT_QUARTER),
        (_YEAR_ONLY, _HINT_YEAR),
        (_NO_YEAR, _HINT_NO_YEAR),
    )
    return _not_a_date(raw, next((advice for form, advice in forms if form.fullmatch(body)), _HINT_OTHER))


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
