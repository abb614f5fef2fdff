"""A plain titled list: the frame that the screen-first sheets share, from their columns and rows.

Each drawer says what stands in its cells; this says where the title, the heads and the page end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.model import REHEARSAL_MARK
from consolidate.workbook.canvas import MOST_LINKS, Canvas, done, fit_page, internal, lines_tip
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.official import put_across
from plan.cell_text import cell_text
from plan.text_fit import fitting, room, row_height

Columns = Sequence[tuple[str, int]]  # heading, width in pixels
_UNIT_TIP = lines_tip("Dòng số liệu đầu tiên của đơn vị")


@dataclass(frozen=True, slots=True)
class TextCell:
    """A text for one column; its length decides the height of the row."""

    column: int
    text: str
    form: Format
    tail: str = "…"  # what stands where a text too long for the tallest row is cut


def draw_list_title(canvas: Canvas, sheet: Worksheet, columns: Columns, title: str, note: str = "") -> int:
    """Draw the title and the name of the issuer and period (or `note`) over a list; return the first free row.

    A rehearsal says so before the title.
    """
    run = canvas.run
    title = f"{REHEARSAL_MARK if run.rehearsal else ''}{title}"
    across = (0, len(columns) - 1)
    free = room(sum(w for _, w in columns))
    note = note or f"{run.plan.issuer}, {run.period.label}"
    put_across(sheet, 0, across, title, canvas.formats.title)
    put_across(sheet, 1, across, note, canvas.formats.subtitle)
    done(sheet.set_row(0, row_height([(title, free)], 14, bold=True)))
    done(sheet.set_row(1, row_height([(note, free)], BODY_POINTS)))
    done(sheet.set_row(2, 8))
    return 3


def draw_list_heads(canvas: Canvas, sheet: Worksheet, columns: Columns, row: int) -> int:
    """Draw the column heads in `row`; return the next row."""
    for column, (head, _) in enumerate(columns):
        done(sheet.write_string(row, column, head, canvas.formats.column_head))
    heads = [(head, room(width)) for head, width in columns]
    done(sheet.set_row(row, row_height(heads, BODY_POINTS, bold=True)))
    return row + 1


def draw_texts(sheet: Worksheet, columns: Columns, row: int, cells: Sequence[TextCell]) -> None:
    """Write texts in `row` and make the row as tall as the longest needs; what no row can show is cut."""
    texts = []
    for cell in cells:
        free = room(columns[cell.column][1], indented=True)
        text = fitting(cell_text(cell.text), free, BODY_POINTS, cell.tail)
        texts.append((text, free))
        done(sheet.write_string(row, cell.column, text, cell.form))
    done(sheet.set_row(row, row_height(texts, BODY_POINTS)))


def finish_list(sheet: Worksheet, columns: Columns, head_row: int, last_row: int) -> None:
    """Set the page of a list: columns, repeated heads, printed range."""
    fit_page(sheet, [w for _, w in columns], (head_row, head_row))
    done(sheet.print_area(0, 0, last_row, len(columns) - 1))


def draw_nothing(canvas: Canvas, sheet: Worksheet, columns: Columns, row: int, sentence: str) -> int:
    """Say in one sentence that the list is empty; return the next row."""
    put_across(sheet, row, (0, len(columns) - 1), sentence, canvas.formats.cell)
    free = room(sum(w for _, w in columns), indented=True)
    done(sheet.set_row(row, row_height([(sentence, free)], BODY_POINTS)))
    return row + 1


def draw_unit_number(canvas: Canvas, sheet: Worksheet, row: int, number: int, unit: str) -> None:
    """Number a unit's line in column A, linked to its first line of data, on whichever sheet it stands."""
    place = canvas.data.first_of_unit.get(unit)
    if place is None or sheet.hlink_count >= MOST_LINKS:
        done(sheet.write_number(row, 0, number, canvas.formats.count))
        return
    link = internal(place.sheet, f"A{place.row}")
    done(sheet.write_url(row, 0, link, canvas.formats.link_centre, str(number), _UNIT_TIP))
    done(sheet.write_number(row, 0, number, canvas.formats.link_centre))
