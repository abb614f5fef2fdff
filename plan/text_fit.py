"""How much room a text takes in Times New Roman: the one estimate by which every room makes its rows tall enough.

A file has no screen, and neither Excel nor LibreOffice ever fits the row of a merged cell, so heights are
worked out when a workbook is written. Room and widths are points; `column_pixels` and `room` are the only
ways there from columns. Pure arithmetic on texts: nothing here knows a workbook.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import ceil

FONT = "Times New Roman"
MAX_ROW_HEIGHT = 409.0  # points; Excel's limit

# Advance widths of the printable ASCII characters, in thousandths of the font size.
_ADVANCE = dict(
    zip(
        map(chr, range(32, 127)),
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
_ADVANCE |= {"đ": 500, "Đ": 722, "–": 500, "“": 444, "”": 444, "≥": 549, "≤": 549, "•": 350, "×": 564, "·": 250}
_UNKNOWN = 1000  # a full-width sign, an emoji, an ellipsis: a whole em
_HORN = "\u031b"
_HORN_ADVANCE = 60  # ơ and ư are a little wider than o and u
_BOLD = 1.07  # Vietnamese sentences measured 1.03 (capitals) to 1.065
_ALLOWANCE = 1.04  # screens and printers round letter widths, fonts that stand in for Times differ
_LINE = 1.32  # row height over font size: Excel gives 15.75 points to a line of 12
_AIR = 4.0
_LEAST_ROOM = 6.0
_POINTS_PER_PIXEL = 0.75
_CELL_PADDING = 6  # pixels of a cell that no text may use
_INDENT = 10  # pixels that one indent takes


def column_pixels(characters: float) -> float:
    """Return the pixels of a column as wide as Excel's dialog (and xlsxwriter) says, its Normal font 7 pixels a digit.

    Times New Roman 11 and Calibri 11 are such fonts. The width that stands in the file, which is what
    openpyxl sets, has the 5 pixels of margin in it already: there it is 7 pixels a unit and nothing more.
    """
    return characters * 7 + 5


def room(pixels: float, *, indented: bool = False) -> float:
    """Return the points that text may use in a cell, or a merged range, `pixels` wide."""
    free = pixels - _CELL_PADDING - (_INDENT if indented else 0)
    return max(free * _POINTS_PER_PIXEL, _LEAST_ROOM)


def text_points(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in points, without any allowance."""
    return _thousandths(text) * size / 1000 * (_BOLD if bold else 1)


@lru_cache(maxsize=8192)  # the syllables of Vietnamese are few, and the same texts go to many units
def _thousandths(text: str) -> int:
    total = 0
    for char in unicodedata.normalize("NFD", text):
        if char == _HORN:
            total += _HORN_ADVANCE
        elif not unicodedata.combining(char):
            total += _ADVANCE.get(char, _UNKNOWN)
    return total


def line_count(text: str, points: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines `text` wraps to where `points` are free for it, on the safe side.

    >>> line_count("Không phát sinh", 200, 12), line_count("Không phát sinh", 50, 12), line_count("a\\nb", 200, 12)
    (1, 2, 2)
    """
    scale = size / 1000 * _ALLOWANCE * (_BOLD if bold else 1)
    blank = _thousandths(" ") * scale
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = _thousandths(word) * scale
            if used and used + blank + width > points:
                lines += 1
                used = 0.0
            used += width + (blank if used else 0.0)
            if used > points:  # a word longer than the cell is broken anywhere
                more = ceil(used / points) - 1
                lines += more
                used -= more * points
    return lines


def row_height(cells: Iterable[tuple[str, float]], size: float, *, bold: bool = False, least: int = 1) -> float:
    """Return the height in points that shows every (text, points of room) of one row, at most Excel's limit.

    No row is lower than `least` lines.
    """
    lines = max([least, *(line_count(text, points, size, bold=bold) for text, points in cells)])
    return min(round(lines * size * _LINE + _AIR, 2), MAX_ROW_HEIGHT)


def shortened(text: str, limit: int, tail: str = "…") -> str:
    """Return `text`, or its first `limit` characters to the last whole word followed by `tail`.

    >>> shortened("một hai ba bốn", 11)
    'một hai ba…'
    """
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head[: head.rfind(" ")].rstrip(" ,;") + tail if " " in head[limit // 2 :] else head + tail


def fitting(text: str, points: float, size: float, tail: str = "…") -> str:
    """Return `text`, or as much of it as the tallest possible row shows where `points` are free, and `tail`."""
    most = int((MAX_ROW_HEIGHT - _AIR) / size / _LINE)
    if len(text) < most or line_count(text, points, size) <= most:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        fits = line_count(shortened(text, middle, tail), points, size) <= most
        low, high = (middle, high) if fits else (low, middle)
    return shortened(text, low, tail)
