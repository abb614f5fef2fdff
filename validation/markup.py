"""The one way XML is walked here: expat, without DTD or entities, with bounded depth.

Tags and attributes arrive without their namespace prefix, since producers choose prefixes freely. No
meaning of any tag is known here.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from validation.raw import RefusedError

MAX_DEPTH = 64  # a real sheet, drawing or style nests less than 20 deep

Attributes = dict[str, str]


def refuse_declarations(data: bytes) -> None:
    """Refuses XML with a DTD or entities before any parser sees it, and XML that is not UTF-8 text."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RefusedError("FILE_HOSTILE", reason="có khai báo DOCTYPE hoặc ENTITY trong XML")
    if b"\0" in data:
        raise RefusedError("FILE_DAMAGED", detail="nội dung XML bị hỏng")


def _ignore(_text: str) -> None:
    """Text nobody asked for."""


def walk(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] = _ignore,
) -> None:
    """Calls back with local tag names and attributes; raises RefusedError on bad, deep or declaring XML."""
    depth = 0

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RefusedError("FILE_HOSTILE", reason="các thẻ XML lồng nhau quá sâu")
        start(tag.rpartition(":")[2], attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag.rpartition(":")[2])

    def declared(*_: object) -> None:
        raise RefusedError("FILE_HOSTILE", reason="có khai báo DOCTYPE hoặc ENTITY trong XML")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # bad XML, unknown encoding, bad number
        raise RefusedError("FILE_DAMAGED", detail="nội dung XML bị hỏng") from error
