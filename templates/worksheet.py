"""A worksheet whose table rows have a first height and still grow with what a unit types.

A long explanation would else stay hidden, while headings keep the height they were given. Leans on one private
method of the pinned xlsxwriter beside that of plan.worksheet: were it gone, drawing would merely be slow again.
"""

from __future__ import annotations

from plan.worksheet import GrowingWorksheet


class TemplateWorksheet(GrowingWorksheet):
    """A Worksheet in which chosen rows keep Excel's automatic height and formulas are written as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def set_growing_row(self, row: int, points: float) -> None:
        """Give the 0-based `row` a first height that editing its cells may change."""
        self.set_row(row, points)
        self._growing.add(row + 1)

    def grows(self, line: int) -> bool:
        """Return whether the row was given a height that may change."""
        return line in self._growing

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Skip the search for functions newer than 2010, of which we use none: it took two thirds of a template."""
        return formula.removeprefix("=")
