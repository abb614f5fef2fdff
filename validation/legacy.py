"""Reads text that was typed with an old Vietnamese font (TCVN3, VNI) or mangled between two encodings.

Such text reaches us as other letters: "Hoµn thµnh", "Hoaøn thaønh". It is decoded only where exactly one
encoding makes Vietnamese of every word and the text as it stands cannot be Vietnamese; else it stays. No
meaning is judged here, and plain Unicode text comes out as it went in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from validation.legacy_syllable import is_syllable, may_be_syllable
from validation.legacy_tables import CP1258, TCVN3, VNI
from validation.raw import RawBook, RawSheet, a1

_LONGEST = 32_767  # characters of one cell of Excel
_MOST = 500_000  # characters of one workbook that are looked at closely; an honest one has a tenth of it
_ESTABLISHED = 2  # texts that are sure on their own, before their workbook vouches for a weaker one

# What no Vietnamese text in Unicode has: letters and signs of other tongues, and pairs of vowels that only VNI writes.
# Three patterns, because one of them all is searched several times slower.
_SIGN = re.compile(
    "[\xa1-\xaf\xb5-\xb9\xbb-\xbe\xc4-\xc7\xcb\xce-\xd1\xd6-\xd8\xdb\xdc\xde\xdf"
    "\xe4-\xe7\xeb\xee-\xf1\xf6-\xf8\xfb\xfc\xfe]"
)
_PAIR = re.compile("[áàâãéèêúùõ](?<=a[áàâãéèêúùõ]|e[áàâãùõ]|o[âùõ]|[ôuy][ùõ])")
_CAPITAL = re.compile(  # a pair in capitals, or a capital within a word ("kiÓm")
    "[ÁÀÂÃÉÈÊÚÙÕÌÍÒÓÔÝ](?<=[a-zà-ý].|A[ÁÀÂÃÉÈÊÚÙÕ]|E[ÁÀÂÃÙÕ]|O[ÂÙÕ]|[ÔUY][ÙÕ])"
)
_WORD = re.compile("[A-Za-z\xa1-\xff]+")
# "10 µg": no letter of any font stands before what is measured.
_MEASURE = re.compile("(?<![A-Za-z\xa1-\xff])\xb5(?:g|m|l|L|s|mol|kat|Sv|Gy|M|A|V|W|F|H|U|IU)(?![A-Za-z\xa1-\xff])")
# What no slip of the finger makes: a sign within a word ("ph¸p"), a capital among small letters ("kiÓm").
_NO_SLIP = re.compile("[\xa1-\xbf\xd7\xf7]|(?<=[a-z])[\xc0-\xde](?=[a-z])")
# Beside these, only marks that stand for themselves under every font: ASCII, cp1252 0x80-0x9F, common typography.
_OTHER_LETTER = re.compile(
    "[^\x00-\x7f\xa0-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2000-\u206f\u2190-\u22ff\u20ac\u2122]"
)
_CP1258 = re.compile(f"[{''.join(CP1258)}]")
_NOT_IN_CP1258 = re.compile(f"[{''.join(CP1258.values())}]")
_TO_CP1252 = str.maketrans(dict(CP1258))
# The five codes that cp1252 leaves empty come as they are.
_FROM_CP1252 = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0xA0)}
_LOST = re.compile("\ufffd|á[º»]|Ã[\xa1-\xbf]|[a-z]Ã\xa0(?=[a-z])|[A-Za-z]\\?[A-Za-z].*[A-Za-z]\\?[A-Za-z]", re.DOTALL)
_CAPITAL_LAST = re.compile("[A-Za-z]?[a-z]Ã")  # "thÃ": of "thà", or a slip ("xÃ"); two are no slip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A legacy text in Unicode, and the encoding that explains it: TCVN3, VNI or UTF-8 (read as Latin letters)."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """`sure` is False where the text is too short to tell an old font from a foreign word."""

    decoded: Decoded
    sure: bool


def decoded(text: str) -> Decoded | None:
    """Return `text` in Unicode where exactly one reading exists, None where it is to stay as it is.

    >>> decoded("Hoµn thµnh"), decoded("où"), decoded("Hoàn thành")
    (Decoded(text='Hoàn thành', encoding='TCVN3'), None, None)
    """
    reading = _read(text)
    return reading.decoded if reading is not None and reading.sure else None


def is_garbled(text: str) -> bool:
    """True for a text that was not decoded and yet has the marks of an old font or of lost letters."""
    if text.isascii() and "?" not in text:
        return False
    if _LOST.search(text):
        return True
    if len(set(_CAPITAL_LAST.findall(text))) > 1:
        return True
    composed = normalize("NFC", text)
    if not _is_suspect(composed):
        return False
    words = [word for word in _words(composed) if not word.isascii()]
    strange = {w.lower(): w for w in words if len(w) > 1 and not may_be_syllable(w) and any(_meant(w))}
    return len(strange) > 1 or any(map(_NO_SLIP.search, strange.values()))


def unicode_book(book: RawBook) -> RawBook:
    """Return `book` with the legacy texts that are sure in Unicode, each recorded in its sheet's `recoded`.

    A text too short to be sure alone ("M·") is decoded where the rest of the workbook vouches for its encoding.
    """
    if not any(map(_is_candidate, book.sheets)):
        return book
    readings = _readings(book)
    sure = [reading.decoded.encoding for reading in readings.values() if reading.sure]
    trusted = {*sure} if len({*sure}) == 1 and len(sure) >= _ESTABLISHED else set()
    taken = {
        text: reading.decoded.text
        for text, reading in readings.items()
        if reading.sure or reading.decoded.encoding in trusted
    }
    return replace(book, sheets=tuple(_rewritten(sheet, taken) for sheet in book.sheets)) if taken else book


def _is_suspect(text: str) -> bool:
    return bool(_SIGN.search(text) or _PAIR.search(text) or _CAPITAL.search(text))


def _is_candidate(sheet: RawSheet) -> bool:
    texts = (value for row in sheet.rows for value in row if isinstance(value, str) and not value.isascii())
    return _is_suspect("\n".join(texts))


def _readings(book: RawBook) -> dict[str, _Reading]:
    """Every distinct text of the workbook that has a reading, within a bound on the work."""
    readings: dict[str, _Reading] = {}
    seen: set[str] = set()
    budget = _MOST
    for _, _, text in (place for sheet in book.sheets for place in _texts(sheet)):
        if text in seen:
            continue
        seen.add(text)
        budget -= len(text)
        if budget < 0:
            break
        if (reading := _read(text)) is not None:
            readings[text] = reading
    return readings


def _texts(sheet: RawSheet) -> Iterator[tuple[int, int, str]]:
    """(1-based row, 1-based column, text) of the cells that can be legacy text at all."""
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and not value.isascii():
                yield number, column, value


def _rewritten(sheet: RawSheet, taken: Mapping[str, str]) -> RawSheet:
    found = [place for place in _texts(sheet) if place[2] in taken]
    if not found:
        return sheet
    rows = list(sheet.rows)
    recoded: dict[str, str] = {}
    for row, column, text in found:
        cells = list(rows[row - 1])
        cells[column - 1] = taken[text]
        rows[row - 1] = cells
        recoded[a1(row, column)] = text
    return replace(sheet, rows=rows, recoded=recoded)


@lru_cache(maxsize=1024)  # printed texts of a recoded template come again in every file that was made so
def _read(text: str) -> _Reading | None:
    """The one reading of `text`, None where there is none or more than one."""
    if text.isascii() or len(text) > _LONGEST:
        return None
    mended = _from_utf8(text)
    if mended is not None:
        return _Reading(Decoded(mended, "UTF-8"), sure=True)
    source = _as_cp1252(text)
    if _OTHER_LETTER.search(source) or not _is_suspect(source):
        return None
    found = [
        (name, words) for name, decode in _ENCODINGS.items() if (words := _decoded_words(source, decode)) is not None
    ]
    return _judged(text, source, *found[0]) if len(found) == 1 else None


def _judged(text: str, source: str, encoding: str, words: Mapping[str, str]) -> _Reading | None:
    """The reading of `source` by the one encoding that explains its words, if `text` cannot stand as it is."""
    marked = {word: reading for word, reading in words.items() if not word.isascii()}
    strange = [word for word in marked if len(word) > 1 and not may_be_syllable(_as_it_stands(word, text))]
    if not strange:
        return None
    letters = sum(not letter.isascii() for reading in marked.values() for letter in reading)
    sure = letters > 1 and 3 * len(strange) >= len(marked)
    return _Reading(Decoded(_WORD.sub(lambda word: words.get(word[0], word[0]), source), encoding), sure)


def _as_cp1252(text: str) -> str:
    """`text` with what code page 1258 made of the stored codes put back; "" where both pages speak."""
    if not _CP1258.search(text):
        return text
    return "" if _NOT_IN_CP1258.search(text) else text.translate(_TO_CP1252)


def _as_it_stands(word: str, text: str) -> str:
    """`word` as a reader of Unicode would see it in `text`."""
    return word if word in text else word.translate({ord(latin): letter for letter, latin in CP1258.items()})


def _words(source: str) -> list[str]:
    """The words of `source`; in "10 µg" there is none, whatever an old font would make of it."""
    return _WORD.findall(_MEASURE.sub(" ", source))


def _decoded_words(source: str, decode: Callable[[str], str | None]) -> dict[str, str] | None:
    """Word -> its reading, for all words; None where one of them is no Vietnamese."""
    words: dict[str, str] = {}
    foreign = 0
    for word in _words(source):
        if word in words:
            continue
        reading = decode(word)
        if reading is None or not _is_vietnamese(reading):
            if not word.isascii():
                return None
            foreign += 1
        words[word] = word if reading is None else reading
    # "email" and "xa-gia-vien" stand in Vietnamese sentences; where they abound it is another language's sentence.
    return words if 2 * foreign <= len({word.lower() for word in words if not word.isascii()}) else None


def _is_vietnamese(word: str) -> bool:
    if is_syllable(word):
        return word in (word.lower(), word.upper(), word.capitalize())
    # Abbreviations: TYT, HĐND, QĐ.
    return word.isupper() and word.replace("Đ", "D").isascii()


def _from_tcvn3(word: str) -> str | None:
    if word in ("×", "÷", "§", "©", "®", "¬"):  # a sign between blanks is a sign
        return None
    letters = [letter if letter.isascii() else TCVN3.get(letter, "") for letter in word]
    if "" in letters:
        return None
    reading = "".join(letters)
    plain = [letter for letter in word if letter.isascii()]
    # A capital with a tone has no code: HOµN is HOÀN in capitals.
    return reading.upper() if len(plain) > 1 and "".join(plain).isupper() else reading


def _from_vni(word: str) -> str | None:
    letters: list[str] = []
    at = 0
    while at < len(word):
        size = 2 if word[at : at + 2].lower() in VNI else 1
        piece = word[at : at + size]
        letter = piece if piece.isascii() else VNI.get(piece.lower(), "")
        if not letter:
            return None
        letters.append(letter.upper() if piece[0].isupper() else letter)
        at += size
    return "".join(letters)


_ENCODINGS: Mapping[str, Callable[[str], str | None]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni}


def _meant(word: str) -> Iterator[str]:
    """The syllables that `word` may stand for."""
    for decode in _ENCODINGS.values():
        if (reading := decode(word)) is not None and is_syllable(reading):
            yield reading


def _from_utf8(text: str) -> str | None:
    """UTF-8 shown as Latin letters ("HoÃ n thÃ nh"): its byte sequences arise in no other way."""
    try:
        stored = bytes(_FROM_CP1252.get(letter, ord(letter)) for letter in text)
        mended = stored.decode("utf-8")
    except ValueError:  # a letter of no single byte, or bytes that are no UTF-8
        return None
    words = [word for word in re.findall(r"[^\W\d_]+", mended) if not word.isascii()]
    return mended if words and all(map(_is_vietnamese, words)) else None
