"""How much room a text takes in a wrapped cell set in Times New Roman, and what of a text may be shown.

Workbook libraries do not compute row heights, and merged or locked cells do not grow by themselves in
Excel, so heights are worked out here. Pure arithmetic on texts: nothing here knows a workbook.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil

FONT = "Times New Roman"
SHOWN_LIMIT = 300  # characters of a unit's text in a list: enough to recognise it
TALLEST_ROW = 409.0  # points, the limit of Excel

# Advance widths of Times New Roman in thousandths of an em; what is not listed is a digit's width.
_DIGIT = 500
_WIDTHS = {
    **dict.fromkeys("ijlt/:;|", 278),
    **dict.fromkeys(" .,'", 250),
    **dict.fromkeys("frI()-[]!", 333),
    **dict.fromkeys("aceszJ?", 444),
    **dict.fromkeys("FPS", 556),
    **dict.fromkeys("ELTZ+=<>≥≤", 611),
    **dict.fromkeys("BCRwv", 722),
    **dict.fromkeys("ADGHKNOQUVXYĐ", 722),
    **dict.fromkeys("mM%…W", 900),
}
_HORN = 60  # ơ and ư are a little wider than o and u
_BOLD = 1.07
_SAFETY = 1.04  # fonts that stand in for Times New Roman differ by a few per cent
_PIXELS_PER_POINT = 96 / 72
_COLUMN_PIXELS = 7  # of one Excel character of column width
_LINE = 1.3  # line height over font size
_PADDING = 5.0


def shown(text: str, limit: int = 32_767) -> str:
    """Return `text` as it may stand in a cell: no control characters, no broken Unicode, at most `limit` long."""
    kept = "".join(c if _is_writable(c) else "\ufffd" for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= limit else f"{kept[: limit - 1].rstrip()}…"


def _is_writable(char: str) -> bool:
    return char in "\n\t" or (char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff")


def text_width(text: str, points: float = 11, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in pixels at 96 dpi."""
    units = 0
    for char in unicodedata.normalize("NFD", text):
        if char == "\u031b":
            units += _HORN
        elif not unicodedata.combining(char):
            units += _WIDTHS.get(char, _DIGIT)
    return units / 1000 * points * _PIXELS_PER_POINT * (_BOLD if bold else 1.0)


def line_count(text: str, width: float, points: float = 11, *, bold: bool = False) -> int:
    """Return how many lines `text` takes when wrapped in a column of `width` Excel characters."""
    room = max(width * _COLUMN_PIXELS - 4, 1.0) / _SAFETY
    return sum(_wrapped(paragraph, room, points, bold=bold) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float, points: float, *, bold: bool) -> int:
    space = text_width(" ", points)
    lines, used = 1, 0.0
    for word in paragraph.split(" "):
        width = text_width(word, points, bold=bold)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        if width > room:  # Excel breaks a word that is wider than its cell
            lines += ceil(width / room) - 1
            width %= room
        used += width + space
    return lines


def row_height(cells: Iterable[tuple[str, float]], points: float = 11, *, bold: bool = False) -> float:
    """Return the height in points that shows every (text, column width) of one row unclipped."""
    lines = max((line_count(text, width, points, bold=bold) for text, width in cells), default=1)
    return min(round(lines * points * _LINE + _PADDING, 2), TALLEST_ROW)
