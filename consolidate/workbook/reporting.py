""" "Tình hình nộp": who has reported, counts and a chart on top, one line per unit below."""

from __future__ import annotations

from collections import Counter

from xlsxwriter.worksheet import Worksheet

from consolidate.model import REPORTING_WORDS, ReportingState, UnitStatus
from consolidate.workbook.canvas import REPORTING, Canvas, done
from consolidate.workbook.formats import STATE_COLOURS
from consolidate.workbook.listing import (
    TextCell,
    draw_line_number,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from plan.dates import day_text
from plan.text_fit import FONT

_COLUMNS = (
    ("STT", 48),
    ("Đơn vị", 300),
    ("Loại", 90),
    ("Tình trạng", 150),
    ("Thời điểm nhận", 140),
    ("Tệp", 330),
    ("Lỗi", 52),
    ("Cảnh báo", 62),
    ("Ô bắt buộc đã trả lời", 84),
    ("Tệp khác (không tính), ghi chú", 200),
)
_SUMMARY_ROW_HEIGHT = 24.0
_CHART_GAP_PX = 12


def draw_reporting(canvas: Canvas, first_rows: dict[str, int]) -> None:
    """Draw the sheet; `first_rows` gives the Excel row of "Dữ liệu" at which each unit's lines begin."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(REPORTING)
    run = canvas.run
    moment = canvas.local(run.as_of)
    note = f"{run.plan.issuer}, {run.period.label}; tính đến {moment.hour} giờ {moment:%M} ngày {day_text(moment)}"
    if run.period.due is not None:
        note += f"; hạn nộp: trước ngày {day_text(run.period.due)}"
    top = draw_list_title(canvas, sheet, _COLUMNS, f"TÌNH HÌNH NỘP BÁO CÁO {run.period.label.upper()}", note)
    head_row = top + len(ReportingState) + 5
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    first = row
    for number, status in enumerate(run.statuses, 1):
        _draw_unit(canvas, sheet, row, (number, status), first_rows.get(status.unit.id))
        row += 1
    if not run.statuses:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Kế hoạch chưa giao việc cho đơn vị nào.")
    else:
        sheet.autofilter(head_row, 0, row - 1, len(_COLUMNS) - 1)
    _draw_summary(canvas, sheet, top, (first + 1, row))
    _draw_chart(canvas, sheet, top)
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(0, 2)  # the counts and the chart scroll away, the names stay


def _draw_summary(canvas: Canvas, sheet: Worksheet, top: int, rows: tuple[int, int]) -> None:
    """Counts by state in columns B..D, live over the list in Excel rows first..last."""
    formats, statuses = canvas.formats, canvas.run.statuses
    counts = Counter(status.state for status in statuses)
    for column, head in ((1, "Tình trạng"), (2, "Số đơn vị"), (3, "Tỷ lệ")):
        done(sheet.write_string(top, column, head, formats.column_head))
    done(sheet.set_row(top, _SUMMARY_ROW_HEIGHT))
    total_row = top + len(ReportingState) + 1
    total_cell = f"C{total_row + 1}"
    for row, state in enumerate(ReportingState, top + 1):
        word = REPORTING_WORDS[state]
        done(sheet.write_string(row, 1, word, formats.state[state]))
        formula = f'=COUNTIF($D${rows[0]}:$D${max(rows)},"{word}")'
        done(sheet.write_formula(row, 2, formula, formats.count, counts[state]))
        share = counts[state] / len(statuses) if statuses else 0
        formula = f"=IF({total_cell}>0,C{row + 1}/{total_cell},0)"
        done(sheet.write_formula(row, 3, formula, formats.percent, share))
        done(sheet.set_row(row, _SUMMARY_ROW_HEIGHT))
    first, last = top + 2, total_row
    done(sheet.write_string(total_row, 1, "Tổng số đơn vị phải báo cáo", formats.cell_bold))
    done(sheet.write_formula(total_row, 2, f"=SUM(C{first}:C{last})", formats.count, len(statuses)))
    done(sheet.write_formula(total_row, 3, f"=SUM(D{first}:D{last})", formats.percent, 1 if statuses else 0))
    done(sheet.set_row(total_row, _SUMMARY_ROW_HEIGHT))
    for row in range(total_row + 1, total_row + 4):
        done(sheet.set_row(row, 16.5))


def _draw_chart(canvas: Canvas, sheet: Worksheet, top: int) -> None:
    """A bar for each state in the empty space right of the counts."""
    first, last = top + 1, top + len(ReportingState)
    chart = canvas.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Số đơn vị",
            "categories": [REPORTING, first, 1, last, 1],
            "values": [REPORTING, first, 2, last, 2],
            "points": [{"fill": {"color": STATE_COLOURS[state]}} for state in ReportingState],
            "data_labels": {"value": True, "font": {"name": FONT, "size": 12, "bold": True}},
            "gap": 45,
        }
    )
    font = {"name": FONT, "size": 11}
    chart.set_title({"name": "Số đơn vị theo tình trạng nộp báo cáo", "name_font": {**font, "size": 13, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": "#7F7F7F"}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
    room = sum(width for _, width in _COLUMNS[4:]) - 2 * _CHART_GAP_PX
    heights = (len(ReportingState) + 2) * _SUMMARY_ROW_HEIGHT + 3 * 16.5
    chart.set_size({"width": room, "height": round(heights * 96 / 72) - _CHART_GAP_PX})
    place = {
        "x_offset": _CHART_GAP_PX,
        "object_position": 3,
        "description": "Biểu đồ số đơn vị theo tình trạng nộp báo cáo",
    }
    done(sheet.insert_chart(top, 4, chart, place))


def _remark(status: UnitStatus) -> str:
    supplement = ["Đã nộp đúng hạn; bản đang dùng là bản bổ sung gửi sau hạn."] if status.supplement else []
    return "; ".join([*supplement, *status.other_files])


def _draw_unit(canvas: Canvas, sheet: Worksheet, row: int, line: tuple[int, UnitStatus], data_row: int | None) -> None:
    formats = canvas.formats
    number, status = line
    shown = status.shown
    texts = [
        TextCell(1, status.unit.name, formats.cell),
        TextCell(2, status.unit.kind, formats.cell_centre),
        TextCell(3, REPORTING_WORDS[status.state], formats.state[status.state]),
        TextCell(5, shown.file if shown else "", formats.cell),
        TextCell(8, f"{status.completeness.answered}/{status.completeness.required}", formats.cell_centre),
        TextCell(9, _remark(status), formats.cell),
    ]
    draw_texts(sheet, _COLUMNS, row, texts)
    draw_line_number(canvas, sheet, row, number, data_row)
    if shown:
        done(sheet.write_datetime(row, 4, canvas.local(shown.received_at), formats.moment))
    else:
        done(sheet.write_blank(row, 4, None, formats.cell_centre))
    for column, count, marked in ((6, status.errors, formats.error), (7, status.warnings, formats.warning)):
        done(sheet.write_number(row, column, count, marked if count else formats.count))
