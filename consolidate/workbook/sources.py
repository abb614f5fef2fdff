""" "Nguồn": the register of received files with their SHA-256, so that every number leads back to its bytes.

A file's number here stands in each of its lines of "Dữ liệu" (data_lines), and leads to the first of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import SOURCES, Canvas, done
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    draw_unit_number,
    finish_list,
)
from validation.model import VERDICT_WORDS, Order, Return

_COLUMNS = (
    ("STT", 48),
    ("Tệp", 270),
    ("Đơn vị", 230),
    ("Người gửi (thư điện tử)", 150),
    ("Thời điểm nhận", 140),
    ("Lần gửi", 60),
    ("Nộp muộn", 60),
    ("Kích thước (byte)", 96),
    ("SHA-256", 300),
    ("Kết luận", 120),
    ("Được tổng hợp", 100),
)


def draw_sources(canvas: Canvas) -> None:
    """Draw the sheet: one line per received file, in the order of validation."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(SOURCES)
    formats = canvas.formats
    head_row = draw_list_title(canvas, sheet, _COLUMNS, f"DANH MỤC TỆP ĐÃ NHẬN {canvas.run.period.label.upper()}")
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    returns = (*canvas.run.checked.returns, *canvas.run.gone)
    order, present = _versions(returns), len(canvas.run.checked.returns)
    for number, received in enumerate(returns, 1):
        cells = [
            TextCell(1, received.file, formats.cell),
            TextCell(2, canvas.name(received.unit) or "Không xác định được", formats.cell),
            TextCell(3, received.sender, formats.cell),
            TextCell(5, order.get(number, "–"), formats.cell_centre),
            TextCell(6, "Có" if received.late else "Không", formats.cell_centre),
            TextCell(8, received.sha256, formats.cell),
            TextCell(9, VERDICT_WORDS[received.verdict], formats.cell_centre),
            TextCell(10, _part(received, gone=number > present), formats.cell_centre),
        ]
        draw_texts(sheet, _COLUMNS, row, cells)
        draw_unit_number(canvas, sheet, row, number, received.unit if received.counts else "")
        done(sheet.write_datetime(row, 4, canvas.local(received.received_at), formats.moment))
        done(sheet.write_number(row, 7, received.size, formats.count))
        row += 1
    if returns:
        sheet.autofilter(head_row, 0, row - 1, len(_COLUMNS) - 1)
    else:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Chưa nhận được tệp nào trong kỳ này.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(head_row + 1, 2)


def _versions(returns: Sequence[Return]) -> dict[int, str]:
    """By number in the list: which of its unit's files it is in their order, of how many; unknown senders have none."""
    of_unit: dict[str, list[tuple[Order, int]]] = defaultdict(list)
    for number, received in enumerate(returns, 1):
        if received.unit:
            of_unit[received.unit].append((received.order, number))
    return {
        number: f"{at}/{len(files)}" for files in of_unit.values() for at, (_, number) in enumerate(sorted(files), 1)
    }


def _part(received: Return, *, gone: bool) -> str:
    if gone:
        return "Không: tệp không còn trong thư mục nhận"
    return "Có" if received.counts else "Không"
