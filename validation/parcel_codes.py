"""Undoes what mails encode their attachments in: base64, quoted-printable, uuencode.

Never raises on any bytes; of a cut attachment as much comes out as is there. What an encoding is called in a
mail is a stranger's word: one that is not known leaves the bytes as they are, and says so.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from validation.parcel_part import MAX_MEMBER

_PLAIN = frozenset(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"))
_UU = frozenset(("x-uuencode", "uuencode", "x-uue", "uue"))
_NO_LETTERS = bytes(byte for byte in range(256) if not (chr(byte).isalnum() and byte < 128) and byte not in b"+/")
_MOST_BLANK = 3  # lines in a row inside a uuencoded file; programs double the ends of lines
_UU_BEGIN = re.compile(rb"begin(?P<base64>-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,250})\r?(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The bytes of an attachment; `name` is set where the encoding holds one, `known` is False for a strange one."""

    data: bytes
    name: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Uu:
    """A uuencoded file: where it ends in its text, and whether it was closed as it should be."""

    name: str
    data: bytes
    end: int
    whole: bool


def is_encoded(encoding: str) -> bool:
    """Whether a mail's word for an encoding says that the text is not the file itself."""
    return encoding not in _PLAIN


def decoded(body: bytes, encoding: str) -> Decoded:
    """What `body` encodes; `encoding` is the mail's word for it in lower case."""
    if encoding == "base64":
        return Decoded(from_base64(body))
    if encoding == "quoted-printable":
        return Decoded(binascii.a2b_qp(body))
    if encoding in _UU:
        begin = re.search(rb"^begin[ -]", body, re.MULTILINE)
        found = uu_file(body, begin.start()) if begin else None
        return Decoded(found.data, found.name) if found else Decoded(body, known=False)
    return Decoded(body, known=not is_encoded(encoding))


def uu_file(text: bytes, at: int) -> Uu | None:
    """The uuencoded file whose "begin" stands at `at`; None when nothing follows that could be one."""
    begin = _UU_BEGIN.match(text, at)
    if begin is None:
        return None
    name = begin["name"].strip().decode("utf-8", "replace")
    if begin["base64"]:
        close = text.find(b"\n====", begin.end() - 1)
        end = len(text) if close < 0 else close
        return Uu(name, from_base64(text[begin.end() : end]), end, close >= 0)
    data, end, whole = _uu_lines(text, begin.end())
    return Uu(name, data, end, whole) if data or whole else None


def _uu_lines(text: bytes, place: int) -> tuple[bytes, int, bool]:
    """What the lines from `place` on encode, where they end, and whether a line "end" says so."""
    data = bytearray()
    blanks, whole = 0, False
    while place < len(text) and not whole and len(data) <= MAX_MEMBER:
        stop = text.find(b"\n", place)
        stop = len(text) if stop < 0 else stop
        line = text[place:stop].rstrip(b"\r")
        whole = line.strip() == b"end"
        blanks = blanks + 1 if not line.strip() else 0
        piece = b"" if whole or blanks else _uu_line(line)
        if piece is None or blanks > _MOST_BLANK:
            break
        data += piece
        place = stop + 1
    return bytes(data), min(place, len(text)), whole


def _uu_line(line: bytes) -> bytes | None:
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    # Some programs write more after a line than its length says.
    for text in (line, line[: length + 1]) if len(line) <= 2 * length + 8 else ():
        try:
            return binascii.a2b_uu(text)
        except binascii.Error:
            continue
    return None


def from_base64(body: bytes) -> bytes:
    """What the text encodes; of a cut one as much as is there."""
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = body.translate(None, _NO_LETTERS)
        whole = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
