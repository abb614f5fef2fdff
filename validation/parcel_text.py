"""Finds the files that stand in the very text of a letter: uuencoded, or as the source of a pasted mail.

Old programs send attachments so, and people who forward a mail by copying its source. Only finds: what the
places hold is read by `parcel_mime`. Bounded, linear in the length of the text, never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from validation.parcel_codes import from_base64, is_encoded, uu_file
from validation.parcel_headers import About, headers_of
from validation.parcel_part import MAX_MEMBERS

_MAX_BLOCK = 64 << 10  # bytes of pasted headers
# After a line's end: what uuencode begins with, a header of a part, base64 of an xlsx or xls.
_START = re.compile(
    rb"\n(?:(?P<uu>begin[ -])|(?P<head>[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-(?:[Tt][Yy][Pp][Ee]|[Dd][Ii][Ss][Pp][Oo][Ss]"
    rb"|[Tt][Rr][Aa][Nn][Ss][Ff][Ee][Rr])[A-Za-z-]{0,20}:)|(?:UEsDB|0M8R4KGx)[A-Za-z0-9+/]{20})"
)
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{40,200}\r?\n)*+[A-Za-z0-9+/]{0,200}={0,2}")
_BLANK = re.compile(rb"\n[ \t]*\r?\n")
_NOT_BLANK = re.compile(rb"\S")
_RULED = re.compile(rb"\n--[^\s]")


@dataclass(frozen=True, slots=True)
class Inserted:
    """A file in a text: its bytes under a name, or the source of a part of a mail."""

    name: str
    data: bytes
    whole: bool = True
    is_source: bool = False


def inserted(text: bytes) -> Iterator[Inserted | None]:
    """The files in `text`, in order; a last None when there is more than can be looked at."""
    text, at = b"\n" + text, 0
    for _ in range(MAX_MEMBERS):
        start = _START.search(text, at)
        if start is None:
            return
        place = start.start() + 1
        if start["uu"]:
            file, at = _uu(text, place)
        elif start["head"]:
            file, at = _source(text, place)
        else:
            run = _BASE64.match(text, place)
            at = run.end() if run else place
            file = Inserted("tep-trong-loi-thu", from_base64(text[place:at]))
        at = max(at, place)
        if file is not None:
            yield file
    yield None


def _uu(text: bytes, place: int) -> tuple[Inserted | None, int]:
    file = uu_file(text, place)
    if file is None:
        return None, place
    return Inserted(file.name, file.data, file.whole), max(file.end - 1, place)


def _source(text: bytes, place: int) -> tuple[Inserted | None, int]:
    """The part whose headers stand at `place`, and where to look on.

    Of a pasted mail as a whole only its parts are of interest, and they have headers of their own.
    """
    headers, body = headers_of(text, place, min(len(text), place + _MAX_BLOCK))
    about = About.of(headers)
    holds_file = is_encoded(about.encoding) or about.is_sheet or (about.name and not about.kind.startswith("text/"))
    if about.kind.startswith(("multipart/", "message/")) or not holds_file:
        return None, body - 1
    end = _source_end(text, place, body, about)
    return Inserted("", text[place:end], is_source=True), end


def _source_end(text: bytes, place: int, body: int, about: About) -> int:
    """Where a pasted part ends: at the line that ended the one before it, and in base64 at a blank line."""
    end = len(text)
    if about.encoding == "base64":
        first = _NOT_BLANK.search(text, body)
        blank = _BLANK.search(text, first.start()) if first else None
        end = blank.start() + 1 if blank else end
    above = text[text.rfind(b"\n", 0, place - 1) + 1 : place - 1].strip()
    if above.startswith(b"--") and len(above) > 2:
        at = text.find(b"\n" + above, body - 1, end)
    else:
        rule = _RULED.search(text, body - 1, end)
        at = rule.start() if rule else -1
    return end if at < 0 else at
