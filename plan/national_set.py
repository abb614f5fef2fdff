"""The indicators of Resolution 72-NQ/TW, each once, and which of them a printed name means.

So that the same indicator has the same code and is measured alike in every plan, and plans can be rolled up.
It knows no plan, and never guesses: a name that fits two indicators equally, or none, means none of them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from plan.grammar import parse_names
from plan.tables import Row
from plan.words import fold

_FILE = Path(__file__).parent / "national" / "indicators.csv"
_GAP = "…"  # in a wording: words that every document puts otherwise, "có ít nhất … bác sĩ"
_RATE = (("ti", "le"), ("ty", "le"))  # both spellings stand before half of the names and say nothing
_LEAST_WORDS = 3  # a shorter name is part of too many wordings
# Healthy years are years of the life expectancy: documents print both in one row, which is named after the whole.
_PART_OF = MappingProxyType({"HEALTHY_LIFE_YEARS": "LIFE_EXPECTANCY"})

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    code: str
    pieces: tuple[_Words, ...]  # between the gaps


@cache
def national_indicators() -> tuple[Row, ...]:
    """Return the indicators: code, name, unit, measure, aggregation, decimals, fields, short, reason, wordings."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType(row) for row in csv.DictReader(file, strict=True))


def recognise(name: str) -> Row | None:
    """Return the one indicator that a printed name means, None when it means none or several.

    A row that names healthy years beside life expectancy is the row of life expectancy.
    """
    found = recognise_all(name)
    codes = {row["code"] for row in found}
    whole = [row for row in found if _PART_OF.get(row["code"]) not in codes]
    return whole[0] if len(whole) == 1 else None


def recognise_all(name: str) -> tuple[Row, ...]:
    """Return every indicator that a printed name or sentence mentions, in that order; () when it cannot be told."""
    words = tuple(fold(name).split())
    codes = _mentioned(words) or _abbreviated(words)
    rows = {row["code"]: row for row in national_indicators()}
    return tuple(rows[code] for code in codes)


@cache
def _wordings() -> tuple[_Wording, ...]:
    return tuple(
        _Wording(row["code"], tuple(tuple(fold(piece).split()) for piece in text.split(_GAP)))
        for row in national_indicators()
        for text in parse_names(row["wordings"])
    )


def _mentioned(words: _Words) -> list[str]:
    """Return the codes whose wordings stand in `words`; a wording within a longer one counts as the longer one."""
    found = [(w.code, places) for w in _wordings() if (places := _places(words, w.pieces))]
    best = [(code, own) for code, own in found if not any(own < other for _, other in found)]
    if any(code != rival and own & other for code, own in best for rival, other in best):
        return []
    return list(dict.fromkeys(code for code, _ in sorted(best, key=lambda mention: max(mention[1]))))


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


def _abbreviated(words: _Words) -> list[str]:
    """Return the only code whose wordings hold `words`, when they are at least half of one: "Khám sức khỏe định kỳ"."""
    core = words[2:] if words[:2] in _RATE else words
    if len(core) < _LEAST_WORDS:
        return []
    around = [(w.code, len(piece)) for w in _wordings() for piece in w.pieces if _find(piece, core, 0) >= 0]
    codes = {code for code, _ in around}
    return list(codes) if len(codes) == 1 and min(length for _, length in around) <= 2 * len(core) else []


def _find(words: _Words, piece: _Words, start: int) -> int:
    ends = range(start, len(words) - len(piece) + 1)
    return next((at for at in ends if words[at : at + len(piece)] == piece), -1)
