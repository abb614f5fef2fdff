"""How many lines a text takes in a cell of Times New Roman, so that print never clips a row.

A file has no screen: row heights have to be known when it is written, because merged cells never grow
by themselves. Widths are the Times advance widths; a little is added for hinting and the horn of ơ, ư.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_ADVANCE = dict(
    zip(
        (chr(code) for code in range(32, 127)),
        (
            *(250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278),
            *(500,) * 10,
            *(278, 278, 564, 564, 564, 444, 921),
            *(722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889),
            *(722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611),
            *(333, 278, 333, 469, 500, 333),
            *(444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778),
            *(500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444),
            *(480, 200, 480, 541),
        ),
        strict=True,
    )
)
_LIKE = {"đ": "d", "Đ": "D", "–": "n", "…": "M", "“": "c", "”": "c", "≥": "=", "≤": "="}
_WIDE = 1000  # anything unknown (a full-width sign, an emoji) counts as a whole em
_ALLOWANCE = 1.04
_BOLD = 1.07
TEXT_PADDING = 16.0  # pixels lost to an indented text: a blank left and right, and the indent
TIGHT_PADDING = 6.0  # the same for a centred text
MAX_HEIGHT = 409.0  # points; Excel's limit for one row


@lru_cache(maxsize=2048)
def _advance(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    return _ADVANCE.get(_LIKE.get(base, base), _WIDE)


def text_px(text: str, points: float, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in pixels at 96 dpi."""
    ems = sum(map(_advance, text)) / 1000
    return ems * points * 96 / 72 * _ALLOWANCE * (_BOLD if bold else 1)


def line_count(text: str, room_px: float, points: float, *, bold: bool = False) -> int:
    """Return the number of lines that `text` takes, wrapped at blanks, where `room_px` are free for it."""
    room = max(room_px, 8.0)
    blank = text_px(" ", points, bold=bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            size = text_px(word, points, bold=bold)
            if used and used + blank + size > room:
                lines += 1
                used = 0.0
            used += size + (blank if used else 0.0)
            while used > room:  # a word longer than the cell is broken anywhere
                lines += 1
                used -= room
    return lines


def row_height(
    cells: Sequence[tuple[str, float]],
    points: float,
    *,
    bold: bool = False,
    padding: float = TEXT_PADDING,
    least: int = 1,
) -> float:
    """Return the height in points that shows every (text, width in pixels) of `cells`, capped at Excel's limit."""
    lines = max([least, *(line_count(text, width - padding, points, bold=bold) for text, width in cells)])
    return min(round(lines * points * 1.32 + 4, 2), MAX_HEIGHT)


def fitting(text: str, width_px: float, points: float, tail: str = "…") -> str:
    """Return `text`, or as much of it as the tallest possible row shows in a cell `width_px` wide, and `tail`."""
    most, room = int((MAX_HEIGHT - 4) / points / 1.32), width_px - TEXT_PADDING
    if len(text) < most or line_count(text, room, points) <= most:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if line_count(text[:middle] + tail, room, points) <= most else (low, middle)
    return shortened(text, low, tail)


def shortened(text: str, limit: int, tail: str) -> str:
    """Return `text`, or its first `limit` characters to the last whole word followed by `tail`."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head[: head.rfind(" ")].rstrip(" ,;") + tail if " " in head[limit // 2 :] else head + tail
