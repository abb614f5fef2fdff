"""Makes any text fit to stand in a cell: what a unit, a file name or an earlier period said may be anything.

For both workbook libraries: XlsxWriter writes a string shaped `<r>…</r>` unescaped, as ready markup, and
neither can write every character. That the cell is a string and no formula is for the writer to say
(`write_string`; `data_type = "s"`): the first characters of a text are never touched here.
"""

from __future__ import annotations

import re

CELL_LIMIT = 32_767  # of Excel for one cell, in UTF-16 units
FORMULA_STARTS = ("=", "+", "-", "@")  # a text cell that begins so wants its quote prefix, else an edit computes it

_CUT = "… (đã cắt bớt)"
_INSTEAD = "\ufffd"  # where something stood that cannot be shown
# Control characters but tab and line feed, lone halves of a pair, and what XML excludes.
# Marks that nobody sees: those that turn a line around, and those without width.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Return `text` as a string cell can hold it: writable, and cut with a word about it where it is too long.

    >>> cell_text("=1+1"), len(cell_text("a" * 40_000))
    ('=1+1', 32767)
    """
    text = writable(text)
    if len(text) > CELL_LIMIT // 2:
        units = text.encode("utf-16-le")
        if len(units) > 2 * CELL_LIMIT:
            text = units[: 2 * (CELL_LIMIT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return text


def writable(text: str) -> str:
    """Return `text` of any length with the characters that both libraries can write, and never as markup.

    >>> writable("a\\r\\nb"), writable("<r>x</r>")
    ('a\\nb', '<r>x</r> ')
    """
    if not text.isprintable():
        text = _UNWRITABLE.sub(_INSTEAD, _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
