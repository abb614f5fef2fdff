""" "Xu hướng": each figure over the stored periods."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import TREND, Canvas
from consolidate.workbook.listing import draw_list_title


def draw_trend(canvas: Canvas) -> None:
    """Draw the sheet."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(TREND)
    draw_list_title(canvas, sheet, (("Đơn vị", 300),), "Xu hướng".upper())
