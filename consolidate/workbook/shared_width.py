"""How columns of text share the width of a printed table, so that its rows are low and a page holds more of them.

Arithmetic on texts: it knows no sheet and decides nothing of what stands in a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from plan.text_fit import line_count, room

_STEP = 20  # pixels given away at a time
_AHEAD = (1, 2, 4)  # steps that are tried at once: a long text may gain no line by one of them
_TALLEST_COUNTS = 10  # lines saved in the tallest cell of a row weigh so much more than lines in any other


def shared_widths(least: Sequence[int], total: int, rows: Sequence[Sequence[str]], points: float) -> tuple[int, ...]:
    """Share `total` pixels among columns that need `least`; each of `rows` holds one text a column, of size `points`.

    Pixels go where they save most lines each; what saves none is given away evenly.
    """

    @cache
    def lines(column: int, width: int) -> tuple[int, ...]:
        free = room(width, indented=True)
        return tuple(line_count(row[column], free, points) if row[column] else 0 for row in rows)

    def saved(column: int, steps: int) -> float:
        wider = [width + _STEP * steps * (n == column) for n, width in enumerate(widths)]
        now, then = ([lines(n, width) for n, width in enumerate(each)] for each in (widths, wider))
        return (_weight(now) - _weight(then)) / steps

    widths = list(least)
    while (left := (total - sum(widths)) // _STEP) > 0:
        tried = [(n, steps) for n in range(len(widths)) for steps in _AHEAD if steps <= left]
        column, steps = max(tried, key=lambda t: (saved(*t), -t[1], least[t[0]] - widths[t[0]], -t[0]))
        widths[column] += _STEP * steps
    widths[-1] += total - sum(widths)
    return tuple(widths)


def _weight(lines: Sequence[Sequence[int]]) -> int:
    return sum(_TALLEST_COUNTS * max(row) + sum(row) for row in zip(*lines, strict=True))
