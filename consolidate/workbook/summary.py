""" "Tóm tắt": what leaders look at first."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import SUMMARY, Canvas
from consolidate.workbook.listing import draw_list_title


def draw_summary(canvas: Canvas) -> None:
    """Draw the sheet."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(SUMMARY)
    draw_list_title(canvas, sheet, (("Đơn vị", 300),), "Tóm tắt".upper())
