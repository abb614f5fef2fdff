"""How much room a text takes in Times New Roman, so that merged cells are tall enough for their text.

Excel and LibreOffice fit the height of an ordinary row by themselves, but never that of merged cells;
those heights are worked out here, from average letter widths and with a margin. No cell is written here.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from plan.layout import Column

# Advance widths of Times New Roman in thousandths of the font size, letters of one width together.
_WIDTHS = {
    250: " ,.",
    278: "/:;\\ijlt'|",
    333: "!()-I[]`fr",
    389: "Js",
    444: '?acez"',
    500: "#$*0123456789_bdghknopquvxy–“”",
    556: "FPS",
    611: "ELTZ+<=>≥≤~",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    889: "M%",
    1000: "W@…",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLD = 1.07
_MARGIN = 1.03  # screens and printers round letter widths differently
_LINE = 1.3125  # row height over font size: Excel gives 15.75 points to a line of 12
_PADDING = 3.0
_PIXELS_PER_CHARACTER = 7  # of the Normal font, Times New Roman 11 (templates.formats)
_POINTS_PER_PIXEL = 0.75
_CELL_PADDING_POINTS = 4.5
MAX_ROW_HEIGHT = 409.0  # Excel's limit


def column_points(width: float) -> float:
    """Return the points that text may use in a column `width` Excel characters wide."""
    return width * _PIXELS_PER_CHARACTER * _POINTS_PER_PIXEL - _CELL_PADDING_POINTS + 5 * _POINTS_PER_PIXEL


def merged_points(columns: tuple[Column, ...], first: int, last: int) -> float:
    """Return the points that text may use over the 0-based columns `first` to `last`."""
    return sum(column_points(c.width) + _CELL_PADDING_POINTS for c in columns[first : last + 1]) - _CELL_PADDING_POINTS


def text_points(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of `text` in points, without margin."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    total = sum(_WIDTH_OF.get(c, 500) for c in plain if not unicodedata.combining(c))
    return total * size / 1000 * (_BOLD if bold else 1.0)


@lru_cache(maxsize=4096)  # most texts stand in the workbooks of many units
def line_count(text: str, points: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines `text` wraps to in a cell with `points` of room, on the safe side.

    >>> line_count("Không phát sinh", 200, 12)
    1
    >>> line_count("một\\nhai", 200, 12)
    2
    """
    space = text_points(" ", size, bold=bold)
    lines = 0
    for paragraph in text.split("\n"):
        used = 0.0
        lines += 1
        for word in paragraph.split():
            width = text_points(word, size, bold=bold) * _MARGIN
            if used and used + space + width > points:
                lines += 1
                used = 0.0
            used += (space if used else 0.0) + width
            while used > points:  # a word longer than the cell is broken
                lines += 1
                used -= points
    return lines


def row_height(text: str, points: float, size: float, *, bold: bool = False) -> float:
    """Return the row height in points that shows all of `text`, at most Excel's limit."""
    lines = line_count(text, points, size, bold=bold)
    return min(MAX_ROW_HEIGHT, math.ceil(lines * size * _LINE + _PADDING))
