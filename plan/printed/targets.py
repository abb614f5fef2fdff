"""A printed target to years, directions and numbers, where the print leaves one reading only.

No number is guessed: an approximate, a span of percentages, a decrease, a yearly gain, millions or a unit that
nobody listed has no sure reading, and then there is none at all. The year is the printed one, else the one that the
caller read in the heading or the deadline; the year that a gain is measured from is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from plan.model import Comparator, Target
from plan.printed.letters import plain, tidy

_LONGEST = 300  # a longer cell is no target
_EVERYBODY = Decimal(100)  # "toàn dân", and every station of a threshold
_FIRST_YEAR = 2026  # of the programme; a figure of an earlier year says where a place stood

_SIGNS = {
    sign: comparator
    for comparator, signs in (
        (Comparator.AT_LEAST, (">=", "≥", "toi thieu", "it nhat", "khong duoi", "khong thap hon", "tu", "dat")),
        (Comparator.ABOVE, (">", "tren", "hon", "lon hon")),  # "cao hơn 5%", "vượt 5%": by 5, or above 5?
        (Comparator.AT_MOST, ("<=", "≤", "toi da", "khong qua", "khong vuot qua", "khong cao hon", "khong tren")),
        (Comparator.BELOW, ("<", "duoi", "nho hon")),
    )
    for sign in signs
}
_UPWARD = (Comparator.AT_LEAST, Comparator.ABOVE)
_WEAKEST = ("tu", "dat")  # a word of direction beside them says more
_YEAR = r"20[0-9]{2}(?![0-9])"
_BY_YEAR = r"(?:(?:den|vao|trong|tu)\s)?(?:het\s)?(?:nam\s)?"
_AHEAD = re.compile(
    rf"(?:(?=[a-z]){_BY_YEAR}(?P<a>{_YEAR})(?:\s?[:,-]\s?|\s)|(?P<b>{_YEAR})\s?:\s?)"  # "2026 95" is no year and number
)
_BEHIND = re.compile(
    rf"\s?(?:\({_BY_YEAR}(?P<a>{_YEAR})\)|\s(?:den|vao|trong|nam)\s(?:het\s)?(?:nam\s)?(?P<b>{_YEAR}))$"
)
_BASE = re.compile(rf"\s\(?so\svoi\s(?:cuoi\s)?(?:nam\s)?(?P<base>{_YEAR})\)?$")
_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?(?![0-9.,])"
_LEAD = re.compile(
    r"(?P<verbs>(?:(?:phan dau|co|dat|len|tang them|tang len|tang|them|giu|duy tri|bao phu|bao hiem y te|muc)\s)*+)"
    r"(?P<fall>giam\s(?:xuong\scon|xuong|con)\s)?"
    r"(?P<signs>(?:(?:" + "|".join(sorted(_SIGNS, key=len, reverse=True)) + r")\s?)*+)"
    rf"(?P<number>{_NUMBER}(?P<span>\s?-\s?{_NUMBER})?|toan dan\b)(?P<rest>.*?)(?P<turn>\stro\s(?:len|xuong))?"
)
_ATTAINS = re.compile(r"\b(?:(?:dat|len|tang them|co|bao phu)\s)(?=(?:[^0-9,;.]{0,30}\s)?(?:[<>≥≤]|[0-9]|toan dan\b))")
_FIGURE = re.compile(r"[0-9]|\btoan dan\b")
_YEAR_BEFORE = re.compile(rf"(?P<not>\b(?:so voi|truoc|sau|dau|giua)\s)?\bnam\s(?P<year>{_YEAR}),?\s(?:phan\sdau\s)?$")
_GAIN_BEFORE = re.compile(r"\b(?:moi nam|(?:binh quan|trung binh) (?:hang|moi|mot) nam|binh quan)\s$")
_FALL_BEFORE = re.compile(r"\bgiam\b")
_DOCTORS = re.compile(r"\s?bac s[iy](?:\slam viec|\s?/\s?tram(?:\sy te)?)?")
# What a number may count or measure; every other word may turn its meaning ("trở xuống", "/năm", "tỷ đồng").
_SCALE = re.compile(r"\s?(?:tuoi|nam|cm|mm|m|kg|(?:bac s[iy]|duoc s[iy]|dieu duong|giuong|giuong benh)\s?/\s?van dan)")
_PEOPLE = re.compile(
    r"\s?(?:%|phan tram\b|diem phan tram\b)?\s?(?:(?:dan so|dan|cong dan|nguoi|tre|hoc sinh|sinh vien|thanh nien"
    r"|thanh thieu nien|phu nu|benh nhan|can bo|nhan vien|vien chuc|doi tuong|ho gia dinh|ho|tram y te|co so|don vi"
    r"|doanh nghiep|truong hoc|xa|phuong|thon|to dan pho)(?P<more>(?:\s[a-z]+){0,3}))?"
)
_UNSURE = re.compile(
    r"\b(?:khoang|gan|duoi|tren|tu|den|hoac|khong|chua|giam|tang|them|con|it|toi|hon|moi|hang|nam|thang|quy|bang|voi"
    r"|theo|tro|tru|ngoai|nua|binh|neu|khi|nghin|ngan|trieu|ty)\b"
)
_CLAUSE = re.compile(r"\s?;\s?|,\s|,(?![0-9])|\sva\s")
_THOUSANDS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")


@dataclass(frozen=True, slots=True)
class _Read:
    """One number with its words; `base`: the year that a gain is measured from."""

    year: int | None
    base: int | None
    sign: Comparator
    value: Decimal
    threshold: int | None = None


def read_targets(text: str, year: int | None, *, attained: bool = False) -> tuple[Target, ...]:
    """Return the targets of a cell in printed order, () where there is no sure reading.

    `year` is used where the text prints none. "4-6 bác sĩ" and "5 bác sĩ" are thresholds of all stations.
    `attained`: the row may be one that is attained or not, so that "Đạt" alone means everybody.

    >>> read_targets("trên 95%", 2030)[0].comparator
    <Comparator.ABOVE: '>'>
    """
    words = plain(tidy(text)).strip(" .;,")
    if not words or len(words) > _LONGEST:
        return ()
    found = []
    for clause in _clauses(words):
        read = _clause(clause, attained=attained)
        if read is None:
            return ()
        found.append(read)
    if len(found) > 1 and any(read.year is None for read in found):
        return ()  # a number that the text leaves without a year, beside one that has it
    targets = []
    for read in found:
        of = read.year or year
        if of is None or of < _FIRST_YEAR or (read.base is not None and read.base >= of):
            return ()
        targets.append(Target(of, read.sign, read.value, read.threshold))
    return tuple(targets) if len({target.year for target in targets}) == len(targets) else ()


def targets_in_name(name: str, year: int | None) -> tuple[Target, ...]:
    """Return the target with which a name ends, "… đạt trên 95%", () where it names no figure or several.

    For documents that print no column of targets.
    """
    words = plain(tidy(name)).strip(" .;,")
    attained = [match.start() for match in _ATTAINS.finditer(words)]
    if not attained or _FIGURE.search(words, attained[0], attained[-1]):
        return ()
    ahead, behind = words[: attained[-1]], words[attained[-1] :]
    of = year
    if before := _YEAR_BEFORE.search(ahead):
        if before["not"] not in (None, "so voi "):
            return ()  # "trước năm 2028 đạt …"
        of = year if before["not"] else int(before["year"])
    read = read_targets(behind, of)
    falls = _FALL_BEFORE.search(ahead) and any(target.comparator in _UPWARD for target in read)
    return () if falls or _GAIN_BEFORE.search(ahead) else read


def _clauses(words: str) -> list[str]:
    """Return the parts that each hold one number; "Đến năm 2026, đạt 95%" is one."""
    parts: list[str] = []
    for piece in _CLAUSE.split(words):
        if parts and re.fullmatch(_BY_YEAR + _YEAR, parts[-1]):
            parts[-1] = f"{parts[-1]}, {piece}"
        elif piece:
            parts.append(piece)
    return parts


def _clause(words: str, *, attained: bool) -> _Read | None:
    """Return what one number with its words says, None where it is not sure."""
    words, base = _cut(words, _BASE)
    words, year = _cut(words, _BEHIND)
    if year is None and (ahead := _AHEAD.match(words)):
        year = int(ahead["a"] or ahead["b"])
        words = words[ahead.end() :]
    if base is None:
        words, base = _cut(words, _BASE)
    words = words.strip()
    lead = _LEAD.fullmatch(f"{words} {_EVERYBODY}" if attained and words == "dat" else words)
    if lead is None or (base is not None and not _is_gain(lead)):
        return None
    sign = _sign(lead)
    if sign is None:
        return None
    if lead["number"] == "toan dan":
        whole = sign is Comparator.AT_LEAST and not lead["rest"].strip() and base is None
        return _Read(year, base, sign, _EVERYBODY) if whole else None
    if _DOCTORS.fullmatch(lead["rest"]):
        return _threshold(year, sign, lead)
    return _level(year, base, sign, lead)


def _cut(words: str, pattern: re.Pattern[str]) -> tuple[str, int | None]:
    """Return the words before a year that the pattern finds at their end, and that year."""
    match = pattern.search(words)
    if match is None:
        return words, None
    return words[: match.start()], int(next(year for year in match.groups() if year))


def _is_gain(lead: re.Match[str]) -> bool:
    """True for "tăng 10%", "thêm 10%"; "tăng lên 10%" is a level, which is not measured from a year."""
    verbs = lead["verbs"].split()
    return ("tang" in verbs or "them" in verbs) and "len" not in verbs


def _level(year: int | None, base: int | None, sign: Comparator, lead: re.Match[str]) -> _Read | None:
    number, rest = lead["number"], lead["rest"]
    if lead["span"] or _THOUSANDS.fullmatch(number) or (re.fullmatch(_YEAR, number) and not rest):
        return None  # "1.500" is two numbers, a bare "2030" is a year
    people = _PEOPLE.fullmatch(rest)
    if not _SCALE.fullmatch(rest) and (people is None or _UNSURE.search(people["more"] or "")):
        return None
    value = Decimal(number.replace(",", "."))
    if value == 0 and sign in (Comparator.AT_LEAST, Comparator.BELOW):
        return None  # nothing, or a blank that somebody filled in
    return _Read(year, base, sign, value)


def _threshold(year: int | None, sign: Comparator, lead: re.Match[str]) -> _Read | None:
    first, *more = re.split(r"\s?-\s?", lead["number"])
    if sign is not Comparator.AT_LEAST or not all(number.isdigit() for number in (first, *more)):
        return None
    if not 0 < int(first) < min((int(number) for number in more), default=int(first) + 1):
        return None
    return _Read(year, None, Comparator.AT_LEAST, _EVERYBODY, int(first))


def _sign(lead: re.Match[str]) -> Comparator | None:
    """Return the direction that the words around a number give it; None where they contradict each other."""
    pattern = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    said = re.findall(pattern, lead["signs"])
    signs = {_SIGNS[word] for word in said if word not in _WEAKEST}
    if lead["turn"]:
        signs.add(Comparator.AT_LEAST if lead["turn"].endswith("len") else Comparator.AT_MOST)
    elif "tu" in said and signs - set(_UPWARD):
        return None  # "từ dưới 95"
    if lead["fall"]:
        signs = signs or {Comparator.AT_MOST}  # "giảm xuống còn 5%"
        if "tu" in said or "dat" in said or signs & set(_UPWARD):
            return None
    if len(signs) > 1:
        return None
    return signs.pop() if signs else Comparator.AT_LEAST
