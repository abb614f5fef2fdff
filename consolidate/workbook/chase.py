""" "Cần đôn đốc": the units that still owe a return or its correction, and what to ask of each."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.model import REPORTING_WORDS, ReportingState, UnitStatus
from consolidate.workbook.canvas import CHASE, Canvas, done
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from plan.dates import day_text
from plan.period import days_left
from validation.model import Verdict

_COLUMNS = (
    ("STT", 48),
    ("Đơn vị", 320),
    ("Loại", 100),
    ("Tình trạng", 160),
    ("Việc cần đôn đốc", 420),
    ("Liên hệ", 220),
)


def draw_chase(canvas: Canvas) -> None:
    """Draw the sheet: those who have sent nothing first, then those who must correct."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(CHASE)
    run, formats = canvas.run, canvas.formats
    title = f"ĐƠN VỊ CẦN ĐÔN ĐỐC, BÁO CÁO {run.period.label.upper()}"
    head_row = draw_list_title(canvas, sheet, _COLUMNS, title, _days_text(canvas))
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    wanted = (ReportingState.MISSING, ReportingState.TO_BE_CORRECTED)
    owing = sorted((s for s in run.statuses if s.state in wanted), key=lambda s: wanted.index(s.state))
    for number, status in enumerate(owing, 1):
        cells = [
            TextCell(1, status.unit.name, formats.cell),
            TextCell(2, status.unit.kind, formats.cell_centre),
            TextCell(3, REPORTING_WORDS[status.state], formats.state[status.state]),
            TextCell(4, _request(status), formats.cell),
            TextCell(5, status.unit.contact, formats.cell),
        ]
        draw_texts(sheet, _COLUMNS, row, cells)
        done(sheet.write_number(row, 0, number, formats.count))
        row += 1
    if not owing:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Mọi đơn vị đã nộp báo cáo và không phải sửa.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(head_row + 1, 2)


def _days_text(canvas: Canvas) -> str:
    run = canvas.run
    left = days_left(run.plan, run.period, run.as_of)
    if left is None or run.period.due is None:
        return f"{run.plan.issuer}, {run.period.label}"
    due = f"Hạn nộp: trước ngày {day_text(run.period.due)}"
    if left < 0:
        return f"{due}; đã quá hạn {-left} ngày"
    return f"{due}; hôm nay là ngày cuối" if left == 0 else f"{due}; còn {left} ngày"


def _request(status: UnitStatus) -> str:
    """What to ask of the unit, about its last word; the file that goes on counting meanwhile is named."""
    latest, shown = status.latest, status.shown
    if latest is None or shown is None:
        return "Gửi báo cáo theo mẫu đã nhận."
    if latest.verdict is Verdict.UNREADABLE:
        asked = f"Gửi lại bằng chính tệp biểu mẫu Excel: tệp {latest.file} không đọc được."
    else:
        faults = f"{status.errors} lỗi" if status.errors else "các lỗi"
        asked = f"Sửa {faults} đã ghi trong bản trả lại của tệp {latest.file} rồi gửi lại."
    return asked if shown is latest else f"{asked} Trong khi chờ, dùng bản gửi trước: {shown.file}."
