"""A worksheet whose table rows have a first height and still grow with what a unit types.

xlsxwriter marks every height it writes as fixed, so a long explanation would stay hidden; and without a
height LibreOffice shows one line of each row. Leans on one private method of the pinned xlsxwriter: were
it gone, rows would merely be fixed again, and tests/templates says so.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

_FIXED = ("customHeight", 1)


class GrowingWorksheet(Worksheet):  # type: ignore[misc] # xlsxwriter ships no types
    """A Worksheet in which chosen rows keep Excel's automatic height."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[str] = set()

    def set_growing_row(self, row: int, points: float) -> None:
        """Give the 0-based `row` a first height that editing its cells may change."""
        self.set_row(row, points)
        self._growing.add(str(row + 1))

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        if tag == "row" and attributes and _FIXED in attributes and str(attributes[0][1]) in self._growing:
            attributes = [pair for pair in attributes if pair != _FIXED]
        super()._xml_start_tag_unencoded(tag, attributes or [])
