"""The calls to xlsxwriter that only warn when they are refused, made to raise instead.

A dropdown that is silently missing from 150 workbooks is found by 150 units. No other file of this
package calls `data_validation`, `merge_range`, `conditional_format` or `define_name` itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from plan.cell_text import writable


class Area(NamedTuple):
    """A rectangle of cells, 0-based and inclusive, in the order that xlsxwriter takes it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def _demand(answer: object, what: str) -> None:
    if answer not in (0, None):
        raise ValueError(f"xlsxwriter refused {what}: {answer}")


def validate(sheet: Any, area: Area, options: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Set a data validation. Raises ValueError when xlsxwriter would drop it (texts too long, unknown option)."""
    _demand(sheet.data_validation(*area, options), f"validation at {area}")


def tint(sheet: Any, area: Area, options: dict[str, Any]) -> None:  # noqa: ANN401
    """Set a conditional format. Raises ValueError when xlsxwriter would drop it."""
    _demand(sheet.conditional_format(*area, options), f"conditional format at {area}")


def span(sheet: Any, area: Area, text: str, style: Any) -> None:  # noqa: ANN401
    """Write `text` over `area` as one cell, merged when it is more than one. Raises ValueError when refused."""
    if area.first_row == area.last_row and area.first_column == area.last_column:
        write(sheet, area.first_row, area.first_column, text, style)
        return
    _demand(sheet.merge_range(*area, "", style), f"merge at {area}")
    write(sheet, area.first_row, area.first_column, text, style)


def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401
    """Write `text` as text, whatever it looks like and is made of. Raises ValueError when it is too long for a cell."""
    if text:
        _demand(sheet.write_string(row, column, writable(text), style), f"text at {row}, {column}")
    else:
        _demand(sheet.write_blank(row, column, None, style), f"blank at {row}, {column}")


def link(sheet: Any, row: int, column: int, target: tuple[str, str, str], style: Any) -> None:  # noqa: ANN401
    """Write a link inside the workbook; `target` is (sheet name, cell, shown text). Raises ValueError when refused."""
    sheet_name, cell, text = target
    answer = sheet.write_url(row, column, f"internal:'{sheet_name}'!{cell}", style, text)
    _demand(answer, f"link at {row}, {column}")


def define(workbook: Any, name: str, formula: str) -> None:  # noqa: ANN401
    """Define a name of the workbook. Raises ValueError when xlsxwriter refuses it."""
    _demand(workbook.define_name(name, formula), f"name {name}")
