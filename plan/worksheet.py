"""What every workbook that people fill in asks of xlsxwriter: rows that grow, and refusals that raise.

xlsxwriter only warns when it refuses something, and a dropdown that is silently missing from 150 workbooks is found
by 150 units. It also marks every row height as fixed; the private method by which that is undone is of the pinned
version: were it gone, rows would merely not grow with what is typed, and the tests of both rooms say so.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

_FIXED = ("customHeight", 1)

Rectangle = tuple[int, int, int, int]  # first row, first column, last row, last column: 0-based, inclusive


class GrowingWorksheet(Worksheet):  # type: ignore[misc] # xlsxwriter ships no types
    """A Worksheet whose rows have a first height, which LibreOffice needs, and follow what is typed all the same."""

    def grows(self, line: int) -> bool:
        """Return whether the row of this number, from 1, may change its height."""
        return True

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row" and _FIXED in attributes and self.grows(attributes[0][1]):
            attributes = [pair for pair in attributes if pair != _FIXED]
        super()._xml_start_tag_unencoded(tag, attributes)


def demand(answer: object, what: str) -> None:
    """Raise ValueError when xlsxwriter's answer to a call is a refusal."""
    if answer not in (0, None):
        raise ValueError(f"xlsxwriter refused {what}: {answer}")


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401 - no types
    """Write `text` as text, or an empty cell. Raises ValueError when it is too long for a cell."""
    if text:
        demand(sheet.write_string(row, column, text, style), f"text at {row}, {column}")
    else:
        demand(sheet.write_blank(row, column, None, style), f"blank at {row}, {column}")


def validate(sheet: Any, area: Rectangle, options: dict[str, Any]) -> None:  # noqa: ANN401
    """Set a data validation. Raises ValueError when xlsxwriter would drop it (texts too long, unknown option)."""
    demand(sheet.data_validation(*area, options), f"validation at {area}")


def tint(sheet: Any, area: Rectangle, options: dict[str, Any]) -> None:  # noqa: ANN401
    """Set a conditional format. Raises ValueError when xlsxwriter would drop it."""
    demand(sheet.conditional_format(*area, options), f"conditional format at {area}")


def define(workbook: Any, name: str, formula: str) -> None:  # noqa: ANN401
    """Define a name of the workbook. Raises ValueError when xlsxwriter refuses it."""
    demand(workbook.define_name(name, formula), f"name {name}")
