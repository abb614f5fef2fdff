"""What Vietnamese words say beside a number: a whole number spelled out, "12 (mười hai)", or a reason.

A spelled number confirms digits or helps a hint; a cell of words alone never becomes one. Whether a reason is a good
one is for people to judge: here only what says nothing is told apart.
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

_LETTERS, _DIFFERENT = 10, 3  # what a single word has at least, and how many different ones any reason has
# "số liệu đúng", "không có gì", "số ước", "như trên": they affirm or deny and give no reason.
_EMPTY = (
    "so lieu bao cao dung chinh xac chuan ok oke okay vang da roi du khong ko kg k co gi chua la nhu tren cu van nt "
    "n t x na a uoc tinh chinh thuc binh thuong that su qua dc duoc nhe yes no giai trinh ghi chu de nghi bo"
)
_SAYING_NOTHING = frozenset(_EMPTY.split())


def explains(text: str) -> bool:
    """Return whether `text` may be a reason: two words or one long one, and not all of them empty.

    >>> [explains(text) for text in ("-", "đúng", "Số liệu đã chuẩn", "Sáp nhập", "Mới triển khai từ tháng 5")]
    [False, False, False, True, True]
    """
    words = [word for word in fold(text).split() if not word.isdecimal()]
    telling = [word for word in words if len(word) > 1 and word not in _SAYING_NOTHING]
    letters = "".join(telling)
    if not telling or len(set(letters)) < _DIFFERENT:
        return False
    return len(words) > 1 or len(letters) >= _LETTERS


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
