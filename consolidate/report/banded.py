"""Rows of a table with the headings of the document between them, as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consolidate.report.blocks import Row
from consolidate.report.words import Json, on_one_line
from plan.shown import new_headings


def banded(rows: Sequence[Json], columns: int, row_of: Callable[[Json], tuple[str, ...]]) -> tuple[Row, ...]:
    """Return `row_of` each row, a heading over all columns wherever section or group change.

    Raises ValueError when a row has another number of cells.
    """
    found: list[Row] = []
    above = ("", "")
    for row in rows:
        now = (row.get("section", ""), row["group"])
        found += [Row((on_one_line(text),), band=True, bold=True) for text in new_headings(above, now)]
        above = now
        cells = row_of(row)
        if len(cells) != columns:
            raise ValueError(f"{len(cells)} cells in a table of {columns} columns")
        found.append(Row(cells))
    return tuple(found)
