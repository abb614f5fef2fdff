"""A printed deadline to the typed value that a person would give it.

A cell is read whole or not at all: one word that is not understood, or that may mean two times ("1-3/2026", "quý I
năm 2026 - 2030"), makes the deadline unknown, because half a deadline would let a task run overdue, or never. Days
follow the house rule that "trước ngày 10/6" ends on 9/6. An awaited event keeps the document's own words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from plan.model import DueKind, DuePart
from plan.printed.letters import lower_first, plain, tidy

_LONGEST = 400  # a longer cell is no deadline, whatever stands in it
_UNKNOWN = (DuePart(DueKind.UNKNOWN),)
_ONGOING = DuePart(DueKind.ONGOING)
_YEARLY = DuePart(DueKind.YEARLY)

# All patterns below look at `plain` text: lower case, no marks.
_YEAR = r"20[0-9]{2}(?![0-9])"
_ROMAN = r"(?:iv|iii|ii|i)\b"
_QUARTER = rf"(?:{_ROMAN}|[1-4]\b)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
# Between a quarter or month and its year: "quý I-2026", "tháng 4 - năm 2026" are one moment, no range.
_OF = r"(?:\s?[/.-]\s?(?:nam\s)?|\s(?:cua\s)?(?:nam\s)?|,\snam\s)"
_BARE_OF = r"(?P<of>\s?/\s?|\s(?:nam\s)?)"  # behind a number alone a dash would be one dash too many
_HALF = rf"(?:6\sthang|nua)\s(?:dau|cuoi)\s(?:cua\s)?nam\s{_YEAR}"
_FULL_DAY = (
    rf"(?:ngay\s)?(?:{_DAY}/{_MONTH}/{_YEAR}|{_DAY}\.{_MONTH}\.{_YEAR}|{_DAY}-{_MONTH}-{_YEAR}"
    rf"|{_DAY}\sthang\s{_MONTH}{_OF}{_YEAR})"
)
_WITHIN = rf"(?:{_FULL_DAY}|{_HALF}|qu[yi]\s?{_QUARTER}{_OF}{_YEAR}|thang\s{_MONTH}{_OF}{_YEAR}|{_MONTH}/{_YEAR})"
_WHOLE = rf"(?:{_WITHIN}|(?:nam\s)?{_YEAR})"
_ONE_YEAR = re.compile(rf"(?:nam\s)?{_YEAR}")
_TO = r"(?P<to>\s?-\s?|\s(?:den|toi)\s)(?P<end>(?:(?:het|cuoi)\s)*)"
_AND = r"\s?(?:,\sva\s|,\s?|\sva\s)"
_IN = r"(?:trong\s)?(?:(?:giai\sdoan|cac\snam|tu)\s)*(?:(?<=tu\s)dau\s)?"

_SPAN = re.compile(rf"{_IN}(?P<a>{_WHOLE}){_TO}(?P<b>{_WHOLE}|{_ROMAN}{_OF}{_YEAR})")
_QUARTER_SPAN = re.compile(
    rf"{_IN}qu[yi]\s(?P<a>{_QUARTER}){_TO}(?:qu[yi]\s?(?P<b>{_QUARTER}){_OF}|(?P<bare>{_QUARTER}){_BARE_OF})(?P<year>{_YEAR})"
)
_MONTH_SPAN = re.compile(
    rf"{_IN}thang\s(?P<a>{_MONTH}){_TO}(?:thang\s(?P<b>{_MONTH}){_OF}|(?P<bare>{_MONTH}){_BARE_OF})(?P<year>{_YEAR})"
)
_DAY_SPAN = re.compile(rf"{_IN}ngay\s(?P<a>{_DAY}/{_MONTH}){_TO}(?P<b>{_FULL_DAY})")
_REST_OF_YEAR = re.compile(
    rf"{_IN}(?P<a>qu[yi]\s{_QUARTER}|thang\s{_MONTH}|(?:ngay\s)?{_DAY}/{_MONTH})(?:\s?-\s?|\s(?:den|toi)\s)"
    rf"(?:(?:het|cuoi)\s)+nam\s(?P<year>{_YEAR})"
)
_QUARTERS = re.compile(rf"qu[yi]\s(?P<q>{_QUARTER}(?:(?:{_AND})(?:qu[yi]\s)?{_QUARTER})+){_OF}(?P<year>{_YEAR})")
_ENDS_AS_MONTH = re.compile(rf"(?<!quy\s)(?<!qui\s)\b[1-4]\s?/\s?{_YEAR}$")
_MONTHS = re.compile(rf"thang\s(?P<m>{_MONTH}(?:(?:{_AND})(?:thang\s)?{_MONTH})+){_OF}(?P<year>{_YEAR})")
_YEARS = re.compile(rf"(?:trong\s)?(?:(?:cac\s)?nam\s)?(?P<years>{_YEAR}(?:{_AND}(?:nam\s)?{_YEAR})+)")
_FROM = re.compile(rf"(?:(?:ke|bat\sdau)\s)?tu\s(?:dau\s)?(?P<a>{_WHOLE})(?:\stro\s(?:di|ve\ssau))?")
_ONWARD = re.compile(
    rf"(?:tu\s)?(?:(?P<a>{_WHOLE})\stro\s(?:di|ve\ssau)"
    rf"|(?:nam\s)?(?P<y>{_YEAR})(?:,?\sva|,)\s(?:cac|nhung)\snam\s(?:tiep\stheo|ke\stiep|sau|sau\sdo))"
)
_LEAD = (
    r"(?:(?:tu\snay\s(?:den|toi)|den|toi|het|truoc|trong|vao|cuoi|cham\snhat(?:\sla)?|muon\snhat(?:\sla)?"
    r"|khong\smuon\shon)\s)*"
)
_BY = re.compile(rf"(?P<lead>{_LEAD})(?P<b>{_WHOLE})")
_EACH_YEAR = re.compile(
    rf"(?:(?:truoc|den|trong|vao)\s)?(?:(?:(?:ngay\s)?{_DAY}[/.-]{_MONTH}|(?:ngay\s{_DAY}\s)?thang\s{_MONTH}"
    rf"|qu[yi]\s{_QUARTER})\s)?(?:(?:cua\s)?(?:hang|moi)|(?:theo\s)?tung)\snam\b"
)
_ALWAYS = re.compile(
    r"(?:thuong\sxuyen|lien\stuc|quanh\snam|(?:hang|moi)\s(?:ngay|tuan|thang|qu[yi])(?!\s(?:[0-9]|[iv]+\b)))\b"
)
_FILLER = re.compile(
    r"(?:[\s,.:()]|(?:va|hoan\sthanh|thuc\shien|trien\skhai|thoi\sgian|dinh\sky)\b"
    r"|(?:theo\s)?(?:tung|cac)\sgiai\sdoan\b)+"
)
_STEP = re.compile(r"hoan\sthanh|thuc\shien|trien\skhai")
_LISTED = re.compile(r"\s?(?:,|,?\sva\b)[a-z\s]*")  # what parts the items of a list of times
_EVENT = re.compile(
    r"\b(?:(?:truoc|den|ngay\ssau|sau|tu)\skhi\b|khi\b"
    r"|(?:ngay\s)?sau\s(?!(?:do|nay)\b|(?:(?:dau|giua|cuoi|het)\s)?(?:(?:nam|thang|ngay|qu[yi])\s)?(?:[0-9]|[iv]+\b))"
    r"|(?:tuy\s)?(?<!tiep\s)theo\b(?!\s(?:tung|cac)\s(?:giai\sdoan|nam)\b)|can\scu\b)"
)
_BREAK = re.compile(r"[,(]|\bva\b")
_TIME_BEGINS = re.compile(
    rf"[\s(]*{_LEAD}(?:{_WHOLE}|qu[yi]\s{_QUARTER}|thang\s{_MONTH}|ngay\s{_DAY}/{_MONTH}|giai\sdoan\s{_YEAR})"
)
_UNTIL = re.compile(rf"\b(?:den|toi|truoc)\s(?:(?:het|cuoi)\s)*(?:{_WHOLE}|qu[yi]\s{_QUARTER}|thang\s{_MONTH})")
_PART_OF_YEAR = re.compile(r"\b(?:qu[yi]|thang|nua|ngay)\b|(?<![0-9])[0-9]{1,2}[/.-]")
_BULLET = re.compile(r"[-+*]\s")


@dataclass(frozen=True, slots=True)
class _Said:
    """What one pattern read; `how`: the words before a date that say what it is the date of."""

    parts: tuple[DuePart, ...]
    how: str
    within_year: bool

    @property
    def dated(self) -> bool:
        return self.parts[0].kind in (DueKind.BY, DueKind.RANGE)

    @property
    def open(self) -> bool:
        return any(part.kind is DueKind.RANGE and part.last is None for part in self.parts)


def read_due(text: str) -> tuple[DuePart, ...]:
    """Return the parts of a deadline in printed order; a blank, or what is not understood, is UNKNOWN alone.

    >>> read_due("Thường xuyên")
    (DuePart(kind=<DueKind.ONGOING: 'ongoing'>, first=None, last=None, event=''),)
    """
    found: list[_Said] = []
    words = tidy(text)
    if bullet := _BULLET.match(words):
        words = words[bullet.end() :]
        if re.search(r"\s[-+*]\s", words):
            return _UNKNOWN  # a list of lines, or a range
    for sentence in words.split(";") if len(words) <= _LONGEST else ():
        said = _sentence(sentence.strip())
        if said is None:
            return _UNKNOWN
        found += said
    if not _together([one for one in found if one.dated]):
        return _UNKNOWN
    return tuple(dict.fromkeys(part for one in found for part in one.parts)) or _UNKNOWN


def _together(dated: list[_Said]) -> bool:
    """True when every one of several dates is a deadline of its own.

    "Trước năm 2026, 2027" may mean "trước" twice, "quý I/2026 và 2027" two first quarters, and "từ năm 2026, hoàn
    thành năm 2030" is one range.
    """
    if len(dated) < 2:
        return True
    if len({one.how for one in dated}) > 1 or any(one.open for one in dated):
        return False
    return all(b.within_year or not a.within_year for a, b in pairwise(dated))


def _sentence(text: str) -> list[_Said] | None:
    """Return the parts of words without a semicolon: times, an event, times again; None where not understood."""
    flat = plain(text)
    start = _EVENT.search(flat)
    if start is None:
        return _times(flat)
    before = _times(flat[: start.start()].rstrip(" -"))
    if before is None:
        return None
    end, after = len(flat), []
    for mark in _BREAK.finditer(flat, start.end()):
        said = _times(flat[mark.end() :])
        if said is None and _TIME_BEGINS.match(flat, mark.end()):
            return None
        if said:
            # "theo Kế hoạch năm 2026 và 2027", "sau khi Luật có hiệu lực (01/7/2026)": the event's own date?
            in_brackets = mark[0] == "(" and said[0].parts[0].kind is DueKind.BY
            if said[0].dated and (in_brackets or flat[: mark.start()].rstrip()[-1:].isdigit()):
                return None
            end, after = mark.start(), said
            break
    if _UNTIL.search(flat, start.start(), end):
        return None  # "từ khi có Kế hoạch đến năm 2030" ends, "theo Đề án đến năm 2030" may not
    return [*before, _event(text[start.start() : end]), *after]


def _event(text: str) -> _Said:
    words = text.strip(" .,:-")
    while words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].rstrip(" .,:-")
    return _Said((DuePart(DueKind.WHEN, event=lower_first(words)),), "", within_year=False)


def _times(flat: str) -> list[_Said] | None:
    """Return what plain text says about time, [] when it says nothing, None when a word is not understood."""
    found: list[_Said] = []
    at = 0
    between = ""
    while at < len(flat):
        if filler := _FILLER.match(flat, at):
            between = filler[0]
            at = filler.end()
            continue
        step = next(((m, read(m)) for pattern, read in _READERS if (m := pattern.match(flat, at))), None)
        if step is None or not step[1] or flat[step[0].end() : step[0].end() + 1].isalnum():
            return None
        match, parts = step
        how = " ".join([*_STEP.findall(between), match.groupdict().get("lead") or ""])
        said = _Said(tuple(parts), how, bool(_PART_OF_YEAR.search(match[0])))
        if found and said.dated and found[-1].dated and not _LISTED.fullmatch(between):
            return None
        found.append(said)
        between = ""
        at = match.end()
    return found


# --- one reader per pattern: the parts of a match, [] for dates that do not exist or may be others ---


def _span(match: re.Match[str]) -> list[DuePart]:
    first, last = match["a"], match["b"]
    of_quarter = first.startswith("qu")
    if not re.fullmatch(_WHOLE, last):  # "quý IV/2026 - I/2027"
        last = f"quy {last}" if of_quarter else ""
    if not last or (of_quarter and re.fullmatch(rf"{_MONTH}/{_YEAR}", last)):
        return []  # "quý IV/2026 - 1/2027": a month or a quarter
    if _ONE_YEAR.fullmatch(last) and not _ONE_YEAR.fullmatch(first):
        by_dash = match["to"].strip() == "-" and not match["end"]
        if by_dash or re.fullmatch(_HALF, first):
            return []  # "quý I năm 2026 - 2030": a range, or the first quarters of five years
    return _range(_moment(first), _moment(last))


def _quarter_span(match: re.Match[str]) -> list[DuePart]:
    first, last = match["a"], match["b"] or match["bare"]
    if match["bare"] and first.isdigit() != last.isdigit():
        return []
    if match["bare"] and last.isdigit() and "/" in match["of"] and match["to"].strip() != "-":
        return []  # "từ quý 1 đến 3/2026": a month or a quarter
    return _range(_moment(f"quy {first}/{match['year']}"), _moment(f"quy {last}/{match['year']}"))


def _month_span(match: re.Match[str]) -> list[DuePart]:
    last = match["b"] or match["bare"]
    return _range(_moment(f"{match['a']}/{match['year']}"), _moment(f"{last}/{match['year']}"))


def _day_span(match: re.Match[str]) -> list[DuePart]:
    return _range(_moment(f"{match['a']}/{match['b'][-4:]}"), _moment(match["b"]))


def _rest_of_year(match: re.Match[str]) -> list[DuePart]:
    return _range(_moment(f"{match['a']}/{match['year']}"), _moment(match["year"]))


def _quarters(match: re.Match[str]) -> list[DuePart]:
    words = re.findall(_QUARTER, match["q"])
    if words[-1].isdigit() and _ENDS_AS_MONTH.search(match[0]):
        return []  # "quý I và 3/2026": a month or a quarter
    return _row([_quarter(word) for word in words], [_moment(f"quy {word}/{match['year']}") for word in words])


def _months(match: re.Match[str]) -> list[DuePart]:
    numbers = [int(word) for word in re.findall(_MONTH, match["m"])]
    return _row(numbers, [_moment(f"{number}/{match['year']}") for number in numbers])


def _years(match: re.Match[str]) -> list[DuePart]:
    years = re.findall(_YEAR, match["years"])
    return _row([int(year) for year in years], [_moment(year) for year in years])


def _row(numbers: list[int], moments: list[tuple[date, date] | None]) -> list[DuePart]:
    """Return one range for numbers without a gap, else a deadline for each."""
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return _range(moments[0], moments[-1])
    return [DuePart(DueKind.BY, last=moment[1]) for moment in moments if moment]


def _open(match: re.Match[str]) -> list[DuePart]:
    moment = _moment(match["a"] or match["y"])
    return [DuePart(DueKind.RANGE, moment[0])] if moment else []


def _by(match: re.Match[str]) -> list[DuePart]:
    moment = _moment(match["b"])
    before = "truoc" in match["lead"]
    if moment is None or (before and (not match["lead"].endswith("truoc ") or re.fullmatch(_HALF, match["b"]))):
        return []  # "trước cuối năm 2026" is no day
    last = moment[0] - timedelta(days=1) if before else moment[1]
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
    (_QUARTER_SPAN, _quarter_span),
    (_MONTH_SPAN, _month_span),
    (_DAY_SPAN, _day_span),
    (_REST_OF_YEAR, _rest_of_year),
    (_QUARTERS, _quarters),
    (_MONTHS, _months),
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
