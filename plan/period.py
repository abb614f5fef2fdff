"""Reporting periods and deadlines of a plan, and the many ways in which people write them.

Everything is computed from the plan's calendar and time zone; nothing here looks at a clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from plan.model import CalendarEntry, Period, Plan, PlanError
from plan.words import fold

_LABELS: dict[str, str] = {
    "Q1": "quý I năm {year}",
    "Q2": "quý II năm {year}",
    "Q3": "quý III năm {year}",
    "Q4": "quý IV năm {year}",
    "H1": "6 tháng đầu năm {year}",
    "H2": "6 tháng cuối năm {year}",
    "Y": "năm {year}",
}
KINDS = tuple(_LABELS)
_ROMAN = ("i", "ii", "iii", "iv")
_EARLIEST_YEAR = 2000

# What stands beside the year once diacritics, blanks and punctuation are gone.
_WORDINGS: dict[str, str] = {
    **{f"Q{n}": rf"q(?:uy)?(?:0?{n}|{_ROMAN[n - 1]})(?:nam)?" for n in range(1, 5)},
    "H1": r"h1|(?:0?6|sau)t(?:hang)?(?:dau)?(?:nam)?|nuadaunam",
    "H2": r"h2|(?:0?6|sau)t(?:hang)?cuoi(?:nam)?|nuacuoinam",
    "Y": r"y|12t(?:hang)?(?:nam)?|(?:ca)?nam|",
}
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
    r"(?:\s+(?P<hour>\d{1,2})(?:[:hg](?P<minute>\d{2})?(?::(?P<second>\d{2}))?))?",
    re.ASCII,
)


def parse_period(plan: Plan, text: str) -> Period:
    """Read a period: `2026-H1`, `6T/2026`, `Quý I/2026`, `năm 2026`... Raises PlanError when it cannot."""
    words = re.sub(r"^(?:baocao)?(?:ky)?", "", fold(text).replace(" ", ""))
    for kind, wording in _WORDINGS.items():
        match = re.fullmatch(rf"(?:{wording})(20\d\d)|(20\d\d)(?:{wording})", words, re.ASCII)
        if match is None:
            continue
        year = int(match[1] or match[2])
        entry = next((e for e in plan.calendar if e.kind == kind), None)
        if entry is None:
            asked = _LABELS[kind].format(year=year)
            raise PlanError(f"Kế hoạch {plan.id} không báo cáo theo kỳ “{asked}”. {_offer(plan, year)}")
        return _period(entry, year)
    mentioned = re.search(r"20\d\d", words, re.ASCII)
    raise PlanError(f"Không hiểu kỳ báo cáo “{text}”. {_offer(plan, int(mentioned[0]) if mentioned else 2026)}")


def _offer(plan: Plan, year: int) -> str:
    known = ", ".join(f"{year}-{e.kind} ({_LABELS[e.kind].format(year=year)})" for e in plan.calendar)
    return f"Các kỳ của kế hoạch này, ví dụ cho năm {year}: {known}."


def _period(entry: CalendarEntry, year: int) -> Period:
    first, last = date(year, *entry.first), date(year, *entry.last)
    return Period(
        id=f"{year}-{entry.kind}",
        year=year,
        kind=entry.kind,
        first=first,
        last=last,
        due=_due(first, last, entry.due),
        label=_LABELS[entry.kind].format(year=year),
    )


def _due(first: date, last: date, due: tuple[int, int] | None) -> date | None:
    """Return the first such day after the middle of the period: a year may be due on 10/12 or on 15/1 of the next."""
    if due is None:
        return None
    same_year = date(first.year, *due)
    return same_year if same_year > first + (last - first) / 2 else date(first.year + 1, *due)


def previous_period(plan: Plan, period: Period) -> Period | None:
    """Return the plan's period that ended last before this one ended, or None before the year 2000.

    Of two that end on one day the longer comes later: Q1, Q2, H1, Q3, Q4, Y.
    """
    years = [y for y in (period.year - 1, period.year) if y >= _EARLIEST_YEAR]
    others = [_period(entry, year) for year in years for entry in plan.calendar]
    earlier = [p for p in others if _order(p) < _order(period)]
    return max(earlier, key=_order, default=None)


def _order(period: Period) -> tuple[date, int, str]:
    return period.last, -period.first.toordinal(), period.kind


def deadline(plan: Plan, period: Period) -> datetime | None:
    """Return the first instant that is too late, in the plan's zone: "trước ngày 10/6" is 10/6 at 00:00."""
    return None if period.due is None else datetime.combine(period.due, time.min, ZoneInfo(plan.time_zone))


def days_left(plan: Plan, period: Period, as_of: datetime) -> int | None:
    """Return the days from `as_of` (aware) to the last day in time: 0 on that day, -1 on the first late day."""
    if period.due is None:
        return None
    return (period.due - as_of.astimezone(ZoneInfo(plan.time_zone)).date()).days - 1


def parse_as_of(plan: Plan, text: str | None, now: datetime) -> datetime:
    """Read `--as-of` in the plan's zone: ISO or day-first date, with or without time; None means `now`.

    What names no zone is meant in the plan's zone; a bare date is its first instant. Raises PlanError.
    """
    moment = now if text is None else _moment(text.strip())
    if moment is None:
        raise PlanError(f"Không hiểu thời điểm “{text}”. Ví dụ: 2026-06-09, 2026-06-09T22:00 hoặc 9/6/2026 22:00.")
    zone = ZoneInfo(plan.time_zone)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _moment(text: str) -> datetime | None:
    match = _DAY_FIRST.fullmatch(text)
    try:
        if match is None:
            return datetime.fromisoformat(text)
        part = {key: int(value) for key, value in match.groupdict(default="0").items()}
        return datetime(
            part["year"], part["month"], part["day"], part["hour"], part["minute"], part["second"]
        )  # the zone is the plan's, set by the caller
    except ValueError:
        return None
