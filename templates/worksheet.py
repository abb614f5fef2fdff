"""A worksheet whose table rows have a first height and still grow with what a unit types.

xlsxwriter marks every height it writes as fixed, so a long explanation would stay hidden; and without a
height LibreOffice shows one line of each row. Leans on two private methods of the pinned xlsxwriter: were
they gone, rows would merely be fixed and drawing slow again, and tests/templates says so.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

_FIXED = ("customHeight", 1)


class TemplateWorksheet(Worksheet):  # type: ignore[misc] # xlsxwriter ships no types
    """A Worksheet in which chosen rows keep Excel's automatic height and formulas are written as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def set_growing_row(self, row: int, points: float) -> None:
        """Give the 0-based `row` a first height that editing its cells may change."""
        self.set_row(row, points)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row" and _FIXED in attributes and attributes[0][1] in self._growing:
            attributes = [pair for pair in attributes if pair != _FIXED]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Skip the search for functions newer than 2010, of which we use none: it took two thirds of a template."""
        return formula.removeprefix("=")
