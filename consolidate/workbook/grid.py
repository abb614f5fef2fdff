"""The grid of "Tóm tắt": two panels of narrow columns on which every block of the sheet is laid out.

A block takes whole grid rows and merges what it needs, so that a left and a right panel of unlike texts stand side by
side and nothing is clipped. It knows no content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import done
from consolidate.workbook.formats import LONG_POINTS
from plan.cell_text import cell_text
from plan.text_fit import room, row_height

_LEFT = (40, *(62,) * 5, *(52,) * 5, 62, 62, 56)
_RIGHT = (38, 57, 57, 57, 60, 62, 72, 101, 102)
_BETWEEN = 12
WIDTHS = (*_LEFT, _BETWEEN, *_RIGHT)
LAST = len(WIDTHS) - 1
LEFT_LAST = len(_LEFT) - 1
RIGHT_FIRST = len(_LEFT) + 1
RIGHT_PIXELS = sum(_RIGHT)
LINE = row_height((), LONG_POINTS)  # points of one grid row


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of a block over columns first..last: a text, a number or a formula with its value, perhaps linked."""

    first: int
    last: int
    form: Format
    value: str | float
    formula: str = ""
    link: str = ""
    bold: bool = False

    @property
    def pixels(self) -> int:
        """Its width."""
        return sum(WIDTHS[self.first : self.last + 1])


def height_of(items: Sequence[Item]) -> float:
    """The points that show every text of `items` in full."""
    return max(
        (
            row_height([(item.value, room(item.pixels, indented=not item.bold))], LONG_POINTS, bold=item.bold)
            for item in items
            if isinstance(item.value, str)
        ),
        default=LINE,
    )


def beside(left: Sequence[float], right: Sequence[float]) -> tuple[list[float], list[int]]:
    """Lay blocks of the given heights out side by side.

    Return the heights of all rows, and the first row of each left block with the end.

    A right block is one row, so that a chart finds its cells one below the other; a left one takes as many of these
    rows as it needs. Both begin with a title and heads, which share their rows.
    """
    heights = [max(pair) for pair in zip(left[:2], right[:2], strict=True)] + list(right[2:])
    starts = [0, 1, 2]
    for need in left[2:]:
        first = starts[-1]
        end, have = first, 0.0
        while have < need:
            if end == len(heights):
                heights.append(max(need - have, LINE))
            have += heights[end]
            end += 1
        starts.append(end)
    return heights, starts


def put_block(sheet: Worksheet, row: int, rows: int, items: Sequence[Item]) -> int:
    """Draw `items` over `rows` grid rows from `row` down; return the next row."""
    for item in items:
        if rows > 1 or item.last > item.first:
            done(sheet.merge_range(row, item.first, row + rows - 1, item.last, "", item.form))
        put_item(sheet, row, item)
    return row + rows


def put_item(sheet: Worksheet, row: int, item: Item) -> None:
    """Write what stands in the first cell of `item`."""
    at = (row, item.first)
    if item.formula:
        done(sheet.write_formula(*at, item.formula, item.form, item.value))
    elif item.link and isinstance(item.value, str):
        done(sheet.write_url(*at, item.link, item.form, cell_text(item.value), "Xem dòng này"))
    elif isinstance(item.value, str):
        done(sheet.write_string(*at, cell_text(item.value), item.form))
    else:
        done(sheet.write_number(*at, item.value, item.form))
