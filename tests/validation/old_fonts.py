"""Writes Vietnamese as the old fonts store it: the other direction, from tables of its own."""

from __future__ import annotations

import unicodedata

LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
MARKED = "".join(letter for letter in LETTERS if not letter.isascii()) + "đ"

# Each vowel with grave, hook, tilde, acute and dot, as a table of TCVN 5712:1993 prints it, in hexadecimal.
_TCVN3 = {
    **{"a": "B5 B6 B7 B8 B9", "ă": "BB BC BD BE C6", "â": "C7 C8 C9 CA CB", "e": "CC CE CF D0 D1"},
    **{"ê": "D2 D3 D4 D5 D6", "i": "D7 D8 DC DD DE", "o": "DF E1 E2 E3 E4", "ô": "E5 E6 E7 E8 E9"},
    **{"ơ": "EA EB EC ED EE", "u": "EF F1 F2 F3 F4", "ư": "F5 F6 F7 F8 F9", "y": "FA FB FC FD FE"},
}
_TCVN3_BARE = {
    **{"ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE},
    **{"Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7},
}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
# Words as they stand in a VNI text, beside what they are: every letter of the alphabet occurs.
_VNI_WORDS = """
à-aø á-aù ả-aû ã-aõ ạ-aï ă-aê ằ-aè ẳ-aú ẵ-aü ắ-aé ặ-aë â-aâ ầ-aà ẩ-aå ẫ-aã ấ-aá ậ-aä đ-ñ
è-eø é-eù ẻ-eû ẽ-eõ ẹ-eï ê-eâ ề-eà ể-eå ễ-eã ế-eá ệ-eä ì-ì í-í ỉ-æ ĩ-ó ị-ò
ò-oø ó-où ỏ-oû õ-oõ ọ-oï ô-oâ ồ-oà ổ-oå ỗ-oã ố-oá ộ-oä ơ-ô ờ-ôø ở-ôû ỡ-ôõ ớ-ôù ợ-ôï
ù-uø ú-uù ủ-uû ũ-uõ ụ-uï ư-ö ừ-öø ử-öû ữ-öõ ứ-öù ự-öï ỳ-yø ý-yù ỷ-yû ỹ-yõ ỵ-î
"""
_VNI = dict(pair.split("-") for pair in _VNI_WORDS.split())


def tcvn3(text: str, page: str = "cp1252") -> str:
    """`text` typed with a .Vn font; capitals with a tone are stored as their small letters."""
    return "".join(letter if letter.isascii() else bytes([_tcvn3_code(letter)]).decode(page) for letter in text)


def _tcvn3_code(letter: str) -> int:
    if letter in _TCVN3_BARE:
        return _TCVN3_BARE[letter]
    base, tone = unicodedata.normalize("NFC", "".join(_parts(letter)[0])), _parts(letter)[1]
    return int(_TCVN3[base].split()[_TONES.index(tone)], 16)


def _parts(letter: str) -> tuple[str, str]:
    signs = unicodedata.normalize("NFD", letter.lower())
    tone = next(sign for sign in signs if sign in _TONES)
    return signs.replace(tone, ""), tone


def vni(text: str, page: str = "cp1252") -> str:
    """`text` typed with a VNI font."""
    written = "".join(_vni_letter(letter) for letter in text)
    return written.encode("latin-1").decode(page)


def _vni_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    stored = _VNI[letter.lower()]
    return stored.upper() if letter.isupper() else stored
