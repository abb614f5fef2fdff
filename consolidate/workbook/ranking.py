""" "Xếp hạng": who stands where on each indicator."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import RANKING, Canvas
from consolidate.workbook.listing import draw_list_title


def draw_ranking(canvas: Canvas) -> None:
    """Draw the sheet."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(RANKING)
    draw_list_title(canvas, sheet, (("Đơn vị", 300),), "Xếp hạng".upper())
