"""Reads whole numbers written in Vietnamese words, as people put them behind the digits: "12 (mười hai)".

It confirms digits or helps a hint; a cell of words alone never becomes a number.
"""

from __future__ import annotations

import re

from plan.words import fold

_DIGITS = {
    **{"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5},
    **{"sau": 6, "bay": 7, "tam": 8, "chin": 9},
}
_SCALES = {"ty": 9, "ti": 9, "trieu": 6, "nghin": 3, "ngan": 3}
_LONGEST = 20  # words
_DIGIT = "|".join(_DIGITS)
_BELOW_THOUSAND = re.compile(
    rf"(?:(?P<hundreds>{_DIGIT}) tram ?)?"
    rf"(?:(?:linh|le) (?P<alone>{_DIGIT})"
    rf"|(?:(?P<tens>{_DIGIT}) )?(?P<ten>muoi)(?: (?P<unit>{_DIGIT}))?|(?P<only>{_DIGIT}))?"
)


def spelled(written: str) -> int | None:
    """Return the number that `written` spells out, None when it is anything else.

    >>> spelled("một nghìn hai trăm ba mươi tư"), spelled("mười lăm"), spelled("người")
    (1234, 15, None)
    """
    words = fold(written[:200]).split()
    if not words or len(words) > _LONGEST:
        return None
    total, group, last = 0, [], 10
    for word in [*words, ""]:
        if word and word not in _SCALES:
            group.append(word)
            continue
        scale = _SCALES.get(word, 0)
        value = _below_thousand(" ".join(group)) if group else None
        if scale >= last or (value is None and (word or group)):
            return None
        total, group, last = total + (value or 0) * 10**scale, [], scale
    return total


def _below_thousand(words: str) -> int | None:
    form = _BELOW_THOUSAND.fullmatch(words)
    if form is None:
        return None
    tens = _DIGITS[form["tens"]] if form["tens"] else 1 if form["ten"] else 0
    unit = form["alone"] or form["unit"] or form["only"]
    return (_DIGITS[form["hundreds"]] * 100 if form["hundreds"] else 0) + tens * 10 + (_DIGITS[unit] if unit else 0)
