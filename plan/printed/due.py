"""A printed deadline to the typed value that a person would give it.

A cell is read whole or not at all: one word that is not understood makes the deadline unknown, because half a
deadline would let a task run overdue, or never. Days follow the house rule that "trước ngày 10/6" ends on 9/6.
An awaited event keeps the document's own words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from plan.model import DueKind, DuePart
from plan.printed.letters import lower_first, plain, tidy

_LONGEST = 400  # a longer cell is no deadline, whatever stands in it
_UNKNOWN = (DuePart(DueKind.UNKNOWN),)
_ONGOING = DuePart(DueKind.ONGOING)
_YEARLY = DuePart(DueKind.YEARLY)

# All patterns below look at `plain` text: lower case, no marks.
_YEAR = r"20[0-9]{2}(?![0-9])"
_QUARTER = r"(?:iv|iii|ii|i|[1-4])\b"
_MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_OF = r"(?:\s?[/.-]\s?|\s(?:nam\s)?)"  # between a quarter or month and its year
_WHOLE = (
    rf"(?:(?:ngay\s)?{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}|(?:ngay\s)?{_DAY}\sthang\s{_MONTH}{_OF}{_YEAR}"
    rf"|(?:6\sthang|nua)\s(?:dau|cuoi)\s(?:cua\s)?nam\s{_YEAR}|qu[yi]\s?{_QUARTER}{_OF}{_YEAR}"
    rf"|thang\s{_MONTH}{_OF}{_YEAR}|{_MONTH}/{_YEAR}|(?:nam\s)?{_YEAR})"
)
_YEARLESS = rf"(?:qu[yi]\s{_QUARTER}|thang\s{_MONTH}|ngay\s{_DAY}/{_MONTH})"
_TO = r"\s?(?:-|\bden\b|\btoi\b)\s?(?:het\s)?(?:cuoi\s)?"
_AND = r"\s?(?:,\sva\s|,\s?|\sva\s)"

_SPAN = re.compile(
    rf"(?:trong\s)?(?:(?:giai\sdoan|cac\snam|tu)\s)*(?P<a>{_WHOLE}|{_YEARLESS}|nam\s{_YEAR}){_TO}"
    rf"(?P<b>{_WHOLE}|{_QUARTER}{_OF}{_YEAR})"
)
_QUARTERS = re.compile(rf"qu[yi]\s(?P<q>{_QUARTER}(?:(?:{_AND})(?:qu[yi]\s)?{_QUARTER})+){_OF}(?P<year>{_YEAR})")
_YEARS = re.compile(rf"(?:trong\s)?(?:(?:cac\s)?nam\s)?(?P<years>{_YEAR}(?:{_AND}(?:nam\s)?{_YEAR})+)")
_FROM = re.compile(rf"(?:(?:ke|bat\sdau)\s)?tu\s(?:dau\s)?(?P<a>{_WHOLE})(?:\stro\s(?:di|ve\ssau))?")
_ONWARD = re.compile(
    rf"(?:tu\s)?(?P<a>{_WHOLE})(?:\stro\s(?:di|ve\ssau)"
    r"|(?:,?\sva|,)\s(?:cac|nhung)\snam\s(?:tiep\stheo|ke\stiep|sau|sau\sdo))"
)
_BY = re.compile(
    r"(?P<lead>(?:(?:tu\snay|den|het|truoc|trong|vao|cuoi|cham\snhat(?:\sla)?|muon\snhat|khong\smuon\shon)\s)*)"
    rf"(?P<b>{_WHOLE})"
)
_EACH_YEAR = re.compile(
    rf"(?:(?:truoc|den|trong|vao)\s)?(?:(?:(?:ngay\s)?{_DAY}[/.-]{_MONTH}|(?:ngay\s{_DAY}\s)?thang\s{_MONTH}"
    rf"|qu[yi]\s{_QUARTER})\s)?(?:(?:cua\s)?(?:hang|moi)|(?:theo\s)?tung)\snam\b"
)
_ALWAYS = re.compile(r"(?:thuong\sxuyen|lien\stuc|quanh\snam|(?:hang|moi)\s(?:ngay|tuan|thang|qu[yi]))\b")
_FILLER = re.compile(
    r"(?:[\s,.:()-]|(?:va|hoan\sthanh|thuc\shien|trien\skhai|bat\sdau|thoi\sgian|dinh\sky)\b"
    r"|(?:theo\s)?(?:tung|cac)\sgiai\sdoan\b)+"
)
_EVENT = re.compile(
    r"\b(?:(?:truoc|den|ngay\ssau|sau|tu)\skhi\b|khi\b|(?:ngay\s)?sau\s(?!(?:(?:nam|thang|ngay|qu[yi])\s)?[0-9])"
    r"|(?:tuy\s)?(?<!tiep\s)theo\b(?!\s(?:tung|cac)\s(?:giai\sdoan|nam)\b)|can\scu\b)"
)
_BREAK = re.compile(r"[,(]|\bva\b")


def read_due(text: str) -> tuple[DuePart, ...]:
    """Return the parts of a deadline in printed order; a blank, or what is not understood, is UNKNOWN alone.

    >>> read_due("Thường xuyên")
    (DuePart(kind=<DueKind.ONGOING: 'ongoing'>, first=None, last=None, event=''),)
    """
    found: list[DuePart] = []
    words = tidy(text)
    for sentence in words.split(";") if len(words) <= _LONGEST else ():
        parts = _sentence(sentence.strip())
        if parts is None:
            return _UNKNOWN
        found += parts
    return tuple(dict.fromkeys(found)) or _UNKNOWN


def _sentence(text: str) -> list[DuePart] | None:
    """Return the parts of words without a semicolon: times, an event, times again; None where not understood."""
    flat = plain(text)
    start = _EVENT.search(flat)
    if start is None:
        return _times(flat)
    before = _times(flat[: start.start()])
    if before is None:
        return None
    for mark in _BREAK.finditer(flat, start.end()):
        after = _times(flat[mark.end() :])
        if after:
            return [*before, *_event(text[start.start() : mark.start()]), *after]
    return [*before, *_event(text[start.start() :])]


def _event(text: str) -> list[DuePart]:
    words = text.strip(" .,:-")
    while words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip(" .,:-")
    return [DuePart(DueKind.WHEN, event=lower_first(words))]


def _times(flat: str) -> list[DuePart] | None:
    """Return what plain text says about time, [] when it says nothing, None when a word is not understood."""
    parts: list[DuePart] = []
    at = 0
    while at < len(flat):
        if filler := _FILLER.match(flat, at):
            at = filler.end()
            continue
        step = next(((m, read(m)) for pattern, read in _READERS if (m := pattern.match(flat, at))), None)
        if step is None or not step[1] or flat[step[0].end() : step[0].end() + 1].isalnum():
            return None
        parts += step[1]
        at = step[0].end()
    return parts


# --- one reader per pattern: the parts of a match, [] for dates that do not exist ---


def _span(match: re.Match[str]) -> list[DuePart]:
    last = match["b"]
    year = last[-4:]
    if not re.match(_WHOLE, last):  # "quý I - III/2026"
        last = f"quy {last}"
    first = match["a"] if re.search(_YEAR, match["a"]) else f"{match['a']}/{year}"
    return _range(_moment(first), _moment(last))


def _quarters(match: re.Match[str]) -> list[DuePart]:
    numbers = [_quarter(word) for word in re.findall(_QUARTER, match["q"])]
    moments = [_moment(f"quy {number}/{match['year']}") for number in numbers]
    return _row(numbers, moments)


def _years(match: re.Match[str]) -> list[DuePart]:
    years = re.findall(_YEAR, match["years"])
    return _row([int(year) for year in years], [_moment(year) for year in years])


def _row(numbers: list[int], moments: list[tuple[date, date] | None]) -> list[DuePart]:
    """Return one range for numbers without a gap, else a deadline for each."""
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return _range(moments[0], moments[-1])
    return [DuePart(DueKind.BY, last=moment[1]) for moment in moments if moment]


def _open(match: re.Match[str]) -> list[DuePart]:
    moment = _moment(match["a"])
    return [DuePart(DueKind.RANGE, moment[0])] if moment else []


def _by(match: re.Match[str]) -> list[DuePart]:
    moment = _moment(match["b"])
    if moment is None:
        return []
    last = moment[0] - timedelta(days=1) if "truoc" in match["lead"] else moment[1]
    return [DuePart(DueKind.BY, last=last)] if last.year >= 2000 else []


def _range(first: tuple[date, date] | None, last: tuple[date, date] | None) -> list[DuePart]:
    if first is None or last is None or first[0] > last[1]:
        return []
    return [DuePart(DueKind.RANGE, first[0], last[1])]


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[DuePart]]], ...] = (
    (_ALWAYS, lambda _: [_ONGOING]),
    (_EACH_YEAR, lambda _: [_YEARLY]),
    (_ONWARD, _open),
    (_SPAN, _span),
    (_QUARTERS, _quarters),
    (_YEARS, _years),
    (_FROM, _open),
    (_BY, _by),
)


def _moment(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a `_WHOLE`; None for a day that does not exist."""
    year = int(text[-4:])
    rest = text[:-4]
    if quarter := re.match(rf"qu[yi]\s?({_QUARTER})", rest):
        month = 3 * _quarter(quarter[1])
        return date(year, month - 2, 1), _month_end(year, month)
    if half := re.match(r"(?:6\sthang|nua)\s(dau|cuoi)", rest):
        first = date(year, 1 if half[1] == "dau" else 7, 1)
        return first, _month_end(year, first.month + 5)
    numbers = [int(n) for n in re.findall(r"[0-9]+", rest)]
    if len(numbers) == 2:
        day, month = numbers
        return (date(year, month, day),) * 2 if day <= monthrange(year, month)[1] else None
    if numbers:
        return date(year, numbers[0], 1), _month_end(year, numbers[0])
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _quarter(word: str) -> int:
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(word) or int(word)
