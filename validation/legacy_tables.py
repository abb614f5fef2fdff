"""What the two old Vietnamese font encodings make of a character: TCVN3 (fonts .Vn…, ABC) and VNI (fonts VNI-…).

Tables only. TCVN3 is the third set of TCVN 5712:1993: one code a letter, capitals with a tone only as another
font (.VnTimeH). VNI writes most letters as a plain one and a mark behind it.
"""

from __future__ import annotations

from collections.abc import Mapping

# Codes 0xA1 to 0xFE in order; "." is a code that the fonts leave empty.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
TCVN3: Mapping[str, str] = {chr(code): letter for code, letter in enumerate(_TCVN3, 0xA1) if letter != "."}

_WITH_MARK = {
    "a": dict(zip("âáàåãäêéèúüë", "âấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("âáàåãä", "êếềểễệ", strict=True)),
    "o": dict(zip("âáàåãä", "ôốồổỗộ", strict=True)),
}
_TONED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹ",
    "ô": "ờớởỡợ",
    "ö": "ừứửữự",
}
# One character: what it is alone; two: a letter and the mark behind it. Lower case; a capital is its letter's.
VNI: Mapping[str, str] = {
    **dict(zip("ñôöìíæóòî", "đơưìíỉĩịỵ", strict=True)),
    **{base + mark: letter for base, marks in _WITH_MARK.items() for mark, letter in marks.items()},
    **{base + mark: letter for base, letters in _TONED.items() for mark, letter in zip("øùûõï", letters, strict=False)},
}

# What a Vietnamese Windows (code page 1258) shows for a code where a western one (1252) shows a Latin letter.
CP1258: Mapping[str, str] = {
    **dict(zip("ĂĐƠƯăđơư₫", "ÃÐÕÝãðõýþ", strict=True)),
    **dict(zip("\u0300\u0309\u0303\u0301\u0323", "ÌÒÞìò", strict=True)),
}
