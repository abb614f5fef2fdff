"""The indicators of Resolution 72-NQ/TW, each once, and which of them a printed name means.

So that the same indicator has the same code and is measured alike in every plan, and plans can be rolled up.
It knows no plan, and never guesses: every word of a name must be a wording of one indicator, or be known to say
nothing about what is counted ("trên địa bàn", "đến năm 2030"); "của nữ", "chưa", "học sinh" make it another figure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from plan.grammar import parse_names
from plan.model import Measure
from plan.tables import Row
from plan.words import fold

_FILE = Path(__file__).parent / "national" / "indicators.csv"
# In a wording: words that every document puts otherwise, "có ít nhất … bác sĩ". Before words of the column `beside`:
# they may stand directly behind a wording only, as "trạm y tế xã"; elsewhere "tỷ lệ xã …" would count communes.
_GAP = "…"
# Healthy years are years of the life expectancy: documents print both in one row, which is named after the whole.
_PART_OF = MappingProxyType({"HEALTHY_LIFE_YEARS": "LIFE_EXPECTANCY"})

# Spellings of one and the same, folded; the first becomes the second. "%" is written out before folding drops it.
_ALIKE = (
    ("ti le", "ty le"),
    ("bhyt", "bao hiem y te"),
    ("kcb", "kham benh chua benh"),
    ("kham chua benh", "kham benh chua benh"),
    ("tyt", "tram y te"),
    ("bao dam", "dam bao"),
    ("trang thiet bi", "thiet bi"),
)
_PERCENT = "phần trăm"
# Words that leave every indicator what it is, wherever they stand; what suits some only is in the column `beside`.
_HARMLESS = (
    *("được", "đạt", "thực hiện", "phấn đấu", "duy trì", "tăng", "nâng", "lên", "thêm", "hằng năm", "theo lộ trình"),
    *("trên địa bàn", "trên địa bàn xã", "trên địa bàn phường", "trên địa bàn đặc khu", "trên địa bàn tỉnh"),
    *("trên địa bàn thành phố", "toàn xã", "toàn phường", "toàn đặc khu", "toàn tỉnh", "toàn thành phố"),
)
# "năm" folds to the word for men, so it says nothing only beside figures: "năm 2030", "70 năm".
_YEAR_UNIT = "nam"
_YEAR = (
    r"(?:(?:tinh )?(?:den|tu|vao|trong) )?(?:(?:het|cuoi) )?(?:thang \d\d? )?(?:nam )?20\d\d|giai doan 20\d\d 20\d\d"
)
_SHARE = re.compile(rf"\d+(?: \d+)? {fold(_PERCENT)}")
_LONGEST = 16  # words of the longest harmless phrase, and more
_AT_LEAST = r"(?:(?:tren|toi thieu|it nhat) )?"

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    code: str
    pieces: tuple[_Words, ...]  # between the gaps


@dataclass(frozen=True, slots=True)
class _Mention:
    code: str
    places: frozenset[int]  # of the words of a name


@cache
def national_indicators() -> tuple[Row, ...]:
    """Return the indicators: code, name, unit, measure, aggregation, decimals, fields, short, reason, wordings, beside.

    `beside` holds what may stand beside a wording without changing what is counted; `prorated` marks a figure that
    starts at nothing every year, so that a target of a year is shared out over its months.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file, strict=True))


def recognise(name: str) -> Row | None:
    """Return the one indicator that a printed name means; None when it means none, several, or says more than that.

    A row that names healthy years beside life expectancy is the row of life expectancy.
    """
    words = _words(name)
    found = _mentions(words)
    codes = {mention.code for mention in found}
    whole = [code for code in codes if _PART_OF.get(code) not in codes]
    if len(whole) != 1:
        return None
    row = _by_code()[whole[0]]
    rest = tuple(_rest(words, frozenset().union(*(mention.places for mention in found))))
    says_nothing = all(_is_harmless(run, frozenset(codes), is_behind=is_behind) for is_behind, run in rest)
    return row if says_nothing and _is_same_amount(row, rest) else None


def recognise_all(name: str) -> tuple[Row, ...]:
    """Return every indicator that a printed name or sentence mentions, in that order; () when it cannot be told.

    A mention is no recognition: whether "tuổi thọ trung bình" is that of everybody, only recognise() says.
    """
    return tuple(_by_code()[code] for code in dict.fromkeys(mention.code for mention in _mentions(_words(name))))


@cache
def _by_code() -> MappingProxyType[str, Row]:
    return MappingProxyType({row["code"]: row for row in national_indicators()})


def _words(text: str) -> _Words:
    """Return the folded words, spellings made alike, "1,5cm" and "01" as figures apart from what follows."""
    folded = re.sub(r"(?<=\d)(?=[a-z])", " ", fold(text.replace("%", f" {_PERCENT} ")))
    for spelling, usual in _ALIKE:
        folded = re.sub(rf"\b{spelling}\b", usual, folded)
    return tuple(re.sub(r"^0+(?=\d)", "", word) for word in folded.split())


# --- what is mentioned ---


@cache
def _wordings() -> tuple[_Wording, ...]:
    return tuple(
        _Wording(row["code"], tuple(_words(piece) for piece in text.split(_GAP)))
        for row in national_indicators()
        for text in parse_names(row["wordings"])
    )


def _mentions(words: _Words) -> list[_Mention]:
    """Return the wordings that stand in `words`; one within a longer one counts as the longer one."""
    found = [_Mention(w.code, places) for w in _wordings() if (places := _places(words, w.pieces))]
    best = [own for own in found if not any(own.places < other.places for other in found)]
    if any(own.code != rival.code and own.places & rival.places for own in best for rival in best):
        return []
    return sorted(best, key=lambda mention: max(mention.places))


def _places(words: _Words, pieces: tuple[_Words, ...]) -> frozenset[int]:
    """Return where the pieces stand in `words` one after the other, none when one is missing."""
    places: set[int] = set()
    start = 0
    for piece in pieces:
        at = _find(words, piece, start)
        if at < 0:
            return frozenset()
        start = at + len(piece)
        places.update(range(at, start))
    return frozenset(places)


def _find(words: _Words, piece: _Words, start: int) -> int:
    ends = range(start, len(words) - len(piece) + 1)
    return next((at for at in ends if words[at : at + len(piece)] == piece), -1)


# --- what is said besides ---


def _rest(words: _Words, places: frozenset[int]) -> Iterator[tuple[bool, _Words]]:
    """Yield each run of words that is no wording, and whether a wording stands directly before it."""
    starts = [at for at in range(len(words)) if at not in places and (at == 0 or at - 1 in places)]
    for start in starts:
        end = next((at for at in range(start, len(words)) if at in places), len(words))
        yield start > 0, words[start:end]


def _is_harmless(run: _Words, codes: frozenset[str], *, is_behind: bool) -> bool:
    """Return whether harmless phrases make up the whole run; ends are kept so that no text takes long to refuse."""
    behind, anywhere = _harmless(codes)
    ends = {0}
    for start in range(len(run)):
        if start in ends:
            texts = {end: " ".join(run[start:end]) for end in range(start + 1, min(len(run), start + _LONGEST) + 1)}
            ends |= {end for end, text in texts.items() if anywhere.fullmatch(text)}
            ends |= {end for end, text in texts.items() if start == 0 and is_behind and behind.fullmatch(text)}
    return len(run) in ends


@cache
def _harmless(codes: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the phrases that are harmless directly behind a wording only, and those that are so anywhere.

    A bare amount is a target only behind a wording, a verb or a year: "người dân trên 60 tuổi" are other people.
    """
    rows = [_by_code()[code] for code in sorted(codes)]
    units = {" ".join(_words(row["unit"])) for row in rows}
    beside = [phrase for row in rows for phrase in parse_names(row["beside"])]
    unit = _any(units)
    amount = rf"(?:{_AT_LEAST}(?:tu \d+ )?\d+(?: \d+)?(?: {unit})?(?: tro len)?|tu \d+(?: \d+)?(?: {unit})? tro len)"
    anywhere = _any(
        {
            *(" ".join(_words(phrase)) for phrase in (*_HARMLESS, *beside) if not phrase.startswith(_GAP)),
            *(units - {_YEAR_UNIT}),
            rf"(?:{_YEAR})(?: {amount})?",
            rf"(?:dat|len|them) {amount}",
            *(rf"(?:{_AT_LEAST}|tu )\d+(?: \d+)? {each}(?: tro len)?" for each in units & {fold(_PERCENT)}),
        }
    )
    behind = _any({amount, *(" ".join(_words(phrase)) for phrase in beside if phrase.startswith(_GAP))})
    return re.compile(behind), re.compile(anywhere)


def _any(patterns: set[str]) -> str:
    return f"(?:{'|'.join(sorted(patterns))})"


def _is_same_amount(row: Row, rest: Sequence[tuple[bool, _Words]]) -> bool:
    """A gain rises by so much, "tăng thêm 10%", anything else up to so much, "tăng lên 20%": two different figures.

    So are a number to be reached, "có ít nhất 4 bác sĩ", and a share of it, "có ít nhất 50% bác sĩ".
    """
    texts = [(is_behind, " ".join(run)) for is_behind, run in rest]
    words = {word for _, text in texts for word in text.replace("tro len", "").split()}
    if row["measure"] == Measure.CHANGE:
        return "len" not in words
    if row["measure"] == Measure.THRESHOLD and any(is_behind and _SHARE.match(text) for is_behind, text in texts):
        return False
    return "them" not in words and (bool({"len", "dat"} & words) or not {"tang", "nang"} & words)
