"""The letters of a printed cell without what typists and printers vary: marks, case, spaces, kinds of dashes.

The readers of printed cells match on `plain` text and quote from `tidy` text; the two are of one length, so that
a place found in one is the same place in the other. Nothing here knows what a word means.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile("[‐‑‒–—−]")


def tidy(text: str) -> str:
    """Return `text` in NFC, single-spaced, with one kind of dash: as it may be quoted.

    >>> tidy("  Năm\\n2026 – 2030 ")
    'Năm 2026 - 2030'
    """
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFC", text)).split())


def plain(text: str) -> str:
    """Return `text` letter by letter in lower case without marks: as long as `text`.

    >>> plain("Hằng năm")
    'hang nam'
    """
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    lower = letter.lower()
    base = unicodedata.normalize("NFD", "d" if lower == "đ" else lower)[:1]
    return base or letter


def lower_first(text: str) -> str:
    """Return `text` with its first letter in lower case, as it stands inside a sentence.

    >>> lower_first("Sau khi có hướng dẫn")
    'sau khi có hướng dẫn'
    """
    return text[:1].lower() + text[1:]
