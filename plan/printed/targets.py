"""A printed target to years, directions and numbers, where the print leaves one reading only.

No number is guessed: an approximate, a span of percentages or a decrease has no sure reading, and then there is
none at all. The year is the printed one, else the one that the caller read in the heading or the deadline.
"""

from __future__ import annotations

import re
from decimal import Decimal

from plan.model import Comparator, Target
from plan.printed.letters import plain, tidy

_LONGEST = 300  # a longer cell is no target
_EVERYBODY = Decimal(100)  # "toàn dân", and every station of a threshold

_SIGNS = {
    sign: comparator
    for comparator, signs in (
        (Comparator.AT_LEAST, (">=", "≥", "toi thieu", "it nhat", "khong duoi", "khong thap hon", "tu", "dat")),
        (Comparator.ABOVE, (">", "tren", "hon", "lon hon", "cao hon", "vuot")),
        (Comparator.AT_MOST, ("<=", "≤", "toi da", "khong qua", "khong vuot qua", "khong cao hon", "khong tren")),
        (Comparator.BELOW, ("<", "duoi", "thap hon", "nho hon", "it hon")),
    )
    for sign in signs
}
_WEAKEST = ("tu", "dat")  # a word of direction beside them says more
_YEAR = r"20[0-9]{2}(?![0-9])"
_BY_YEAR = r"(?:(?:den|vao|trong|tu)\s)?(?:het\s)?(?:nam\s)?"
_AHEAD = re.compile(rf"{_BY_YEAR}(?P<year>{_YEAR})(?:\s?[:,-]\s?|\s)")
_BEHIND = re.compile(
    rf"\s?(?:\({_BY_YEAR}(?P<a>{_YEAR})\)|\s(?:den|vao|trong|nam)\s(?:het\s)?(?:nam\s)?(?P<b>{_YEAR}))$"
)
_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?(?![0-9.,])"
_LEAD = re.compile(
    r"(?:(?:phan dau|co|dat|len|tang them|tang len|tang|them|giu|duy tri|bao phu|bao hiem y te|muc)\s)*"
    r"(?P<signs>(?:(?:" + "|".join(sorted(_SIGNS, key=len, reverse=True)) + r")\s?)*)"
    rf"(?P<number>{_NUMBER}(?P<span>\s?-\s?{_NUMBER})?|toan dan\b)(?P<rest>.*)"
)
_ATTAINS = re.compile(r"\b(?:(?:dat|len|tang them|co|bao phu)\s)(?=(?:[^0-9,;.]{0,30}\s)?(?:[<>≥≤]|[0-9]|toan dan\b))")
_FIGURE = re.compile(r"[0-9]|\btoan dan\b")
_YEAR_BEFORE = re.compile(rf"\bnam\s(?P<year>{_YEAR}),?\s(?:phan\sdau\s)?$")
_UNIT = re.compile(r"\s?(?:%|phan tram\b)?(?P<words>[a-z/ ]*?)(?P<up>\stro len)?")
_DOCTORS = re.compile(r"\s?bac s[iy](?:\slam viec)?")
_UNSURE = re.compile(r"\b(?:khoang|gan|duoi|tren|tu|den|hoac|khong|giam|con|it|toi|hon|moi|bang)\b")
_CLAUSE = re.compile(r"\s?;\s?|,\s|,(?![0-9])|\sva\s")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def read_targets(text: str, year: int | None) -> tuple[Target, ...]:
    """Return the targets of a cell in printed order, () where there is no sure reading.

    `year` is used where the text prints none. "4-6 bác sĩ" and "5 bác sĩ" are thresholds of all stations.

    >>> read_targets("trên 95%", 2030)[0].comparator
    <Comparator.ABOVE: '>'>
    """
    words = plain(tidy(text)).strip(" .;,")
    if not words or len(words) > _LONGEST:
        return ()
    found = []
    for clause in _clauses(words):
        target = _clause(clause)
        if target is None:
            return ()
        found.append(target)
    printed = [y for y, _, _, _ in found if y is not None]
    if len(printed) != len(found):
        if printed or len(found) > 1 or year is None:
            return ()  # a number that the text leaves without a year, beside one that has it
        found = [(year, *found[0][1:])]
    years = [y for y, _, _, _ in found]
    if len(set(years)) != len(years):
        return ()
    return tuple(Target(y, sign, value, at) for y, sign, value, at in found if y is not None)


def targets_in_name(name: str, year: int | None) -> tuple[Target, ...]:
    """Return the target with which a name ends, "… đạt trên 95%", () where it names no figure or several.

    For documents that print no column of targets.
    """
    words = plain(tidy(name)).strip(" .;,")
    attained = [match.start() for match in _ATTAINS.finditer(words)]
    if not attained or _FIGURE.search(words, attained[0], attained[-1]):
        return ()
    before = _YEAR_BEFORE.search(words, 0, attained[-1])
    return read_targets(words[attained[-1] :], int(before["year"]) if before else year)


def _clauses(words: str) -> list[str]:
    """Return the parts that each hold one number; "Đến năm 2026, đạt 95%" is one."""
    parts: list[str] = []
    for piece in _CLAUSE.split(words):
        if parts and re.fullmatch(_BY_YEAR + _YEAR, parts[-1]):
            parts[-1] = f"{parts[-1]}, {piece}"
        elif piece:
            parts.append(piece)
    return parts


def _clause(words: str) -> tuple[int | None, Comparator, Decimal, int | None] | None:
    """Return (year, sign, value, threshold) of one number with its words, None where it is not sure."""
    year = None
    if behind := _BEHIND.search(words):
        year = int(behind["a"] or behind["b"])
        words = words[: behind.start()]
    elif ahead := _AHEAD.match(words):
        year = int(ahead["year"])
        words = words[ahead.end() :]
    lead = _LEAD.fullmatch(words.strip())
    if lead is None:
        return None
    number, rest = lead["number"], lead["rest"]
    if _DOCTORS.fullmatch(rest) and number != "toan dan":
        return _threshold(year, lead)
    unit = _UNIT.fullmatch(rest)
    if lead["span"] or unit is None or len(unit["words"].split()) > 4 or _UNSURE.search(unit["words"]):
        return None
    sign = _sign(lead["signs"], turned=bool(unit["up"]))
    if number == "toan dan":
        return (
            (year, Comparator.AT_LEAST, _EVERYBODY, None) if sign is Comparator.AT_LEAST and not rest.strip() else None
        )
    if sign is None or _THOUSANDS.fullmatch(number) or (re.fullmatch(_YEAR, number) and not rest):
        return None  # "1.500" is two numbers, a bare "2030" is a year
    return year, sign, Decimal(number.replace(",", ".")), None


def _threshold(year: int | None, lead: re.Match[str]) -> tuple[int | None, Comparator, Decimal, int | None] | None:
    first = re.split(r"\s?-\s?", lead["number"])[0]
    if _sign(lead["signs"]) is not Comparator.AT_LEAST or not first.isdigit():
        return None
    return year, Comparator.AT_LEAST, _EVERYBODY, int(first)


def _sign(words: str, *, turned: bool = False) -> Comparator | None:
    """Return the direction that the words before a number give it; None where they contradict each other."""
    pattern = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    said = [word for word in re.findall(pattern, words) if word not in _WEAKEST]
    signs = {_SIGNS[word] for word in said}
    if len(signs) > 1 or (turned and signs - {Comparator.AT_LEAST}):
        return None
    return signs.pop() if signs else Comparator.AT_LEAST
