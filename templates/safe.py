"""What a template writes to xlsxwriter: texts of any make, merged areas, links; a refusal raises.

With plan.worksheet, which has the calls that plan workbooks need as well, the only door: no other file of this
package calls `write_string`, `merge_range` or `write_url` itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from plan.cell_text import writable
from plan.worksheet import demand, write_text


class Area(NamedTuple):
    """A rectangle of cells, 0-based and inclusive, in the order that xlsxwriter takes it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def span(sheet: Any, area: Area, text: str, style: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Write `text` over `area` as one cell, merged when it is more than one. Raises ValueError when refused."""
    if area.first_row == area.last_row and area.first_column == area.last_column:
        write(sheet, area.first_row, area.first_column, text, style)
        return
    demand(sheet.merge_range(*area, "", style), f"merge at {area}")
    write(sheet, area.first_row, area.first_column, text, style)


def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401
    """Write `text` as text, whatever it looks like and is made of. Raises ValueError when it is too long for a cell."""
    write_text(sheet, row, column, writable(text), style)


def link(sheet: Any, row: int, column: int, target: tuple[str, str, str], style: Any) -> None:  # noqa: ANN401
    """Write a link inside the workbook; `target` is (sheet name, cell, shown text). Raises ValueError when refused."""
    sheet_name, cell, text = target
    answer = sheet.write_url(row, column, f"internal:'{sheet_name}'!{cell}", style, text)
    demand(answer, f"link at {row}, {column}")
