""" "Phụ lục 2": every task with its status, live progress and counts, and what its leads have reached.

Status and progress come from consolidate.tasks; this sheet states the rule and shows the outcome.
"""

from __future__ import annotations

import re
from collections import Counter

from xlsxwriter.worksheet import Worksheet

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus, TaskPart, TaskResult
from consolidate.tasks import STATUS_RULE
from consolidate.workbook import formulas
from consolidate.workbook.canvas import APPENDIX_2, DATA, REHEARSAL_MARK, Canvas, done, fit_page, internal
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.official import (
    Frame,
    draw_band,
    draw_heading,
    draw_note,
    draw_signature,
    draw_title,
    put_across,
)
from plan.cell_text import cell_text
from plan.dates import day_text
from plan.model import Role
from plan.shown import heading_of, new_headings, shown_due, shown_leads, shown_numbers
from plan.text_fit import room, row_height, shortened
from plan.words import TaskStatus

OVERDUE = "Quá hạn"
_LONGEST_RESULT = 600
_SEE_DATA = "… (xem tiếp ở trang “Dữ liệu”)"
# What would stand before "; văn bản"; the stops of "v.v." and "..." stay.
_CLOSING = re.compile(r"(?:[;,]|(?<!\.)(?<!\.\w)\.)$")
_STATUS_ORDER = (TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED, TaskStatus.NOTHING)
_COLUMNS = (
    ("TT", 42),
    ("Nhiệm vụ", 276),
    ("Đơn vị chủ trì", 146),
    ("Thời hạn", 96),
    ("Tình trạng chung", 98),
    ("% hoàn thành", 60),
    ("Chủ trì đã báo cáo", 62),
    ("Hoàn thành", 58),
    ("Đang triển khai", 58),
    ("Chưa triển khai", 58),
    ("Không phát sinh", 58),
    ("Phối hợp đã báo cáo", 66),
    ("Kết quả, văn bản", 330),
)
_FRAME = Frame(tuple(width for _, width in _COLUMNS), left_last=1, right_first=6)
_STATUS = 4
_FIRST_COUNT, _LAST_COUNT = 7, 10
_RULE = (
    f"{STATUS_RULE} “Quá hạn”: thời hạn kết thúc trước ngày cuối kỳ báo cáo mà nhiệm vụ chưa hoàn thành. "
    "Bấm vào TT để xem số liệu từng đơn vị."
)


def draw_appendix2(canvas: Canvas, first_rows: dict[str, int]) -> None:
    """Draw the sheet; `first_rows` gives the Excel row of "Dữ liệu" at which each task's lines begin."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(APPENDIX_2)
    run, formats = canvas.run, canvas.formats
    row = draw_heading(canvas, sheet, _FRAME)
    titles = (
        f"{REHEARSAL_MARK if run.rehearsal else ''}PHỤ LỤC 2",
        f"TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ {run.period.label.upper()}",
    )
    row = draw_title(canvas, sheet, _FRAME, row, titles)
    row = draw_note(canvas, sheet, _FRAME, row, _RULE)
    summary_row = row
    head_row = row + 1
    row = _draw_column_heads(canvas, sheet, head_row)
    first_row = row
    above = ("", "")
    numbers = shown_numbers(run.plan.tasks)
    for result in run.tasks:
        task = result.task
        for text in new_headings(above, heading_of(task)):
            row = draw_band(sheet, _FRAME.widths, row, text, formats.section)
        above = heading_of(task)
        _draw_number(canvas, sheet, row, numbers[task.code], first_rows.get(task.code))
        _draw_row(canvas, sheet, row, result)
        row += 1
    if not run.tasks:
        put_across(sheet, row, (0, _FRAME.last), "Kế hoạch không có nhiệm vụ nào.", formats.cell)
        row += 1
    _draw_summary(canvas, sheet, summary_row, (first_row + 1, row))
    last = draw_signature(canvas, sheet, _FRAME, row)
    fit_page(sheet, _FRAME.widths, (head_row, head_row + 1))
    sheet.freeze_panes(head_row + 2, 2)
    done(sheet.print_area(0, 0, last, _FRAME.last))


def _draw_column_heads(canvas: Canvas, sheet: Worksheet, row: int) -> int:
    form = canvas.formats.column_head
    for column, (head, _) in enumerate(_COLUMNS):
        if _FIRST_COUNT <= column <= _LAST_COUNT:
            done(sheet.write_string(row + 1, column, head, form))
        else:
            done(sheet.merge_range(row, column, row + 1, column, head, form))
    put_across(sheet, row, (_FIRST_COUNT, _LAST_COUNT), "Số đơn vị chủ trì báo cáo", form)
    upper = 22.0
    heads = [(head, room(width)) for head, width in _COLUMNS]
    tall = row_height(heads, BODY_POINTS, bold=True)
    done(sheet.set_row(row, upper))
    low = row_height(heads[_FIRST_COUNT : _LAST_COUNT + 1], BODY_POINTS, bold=True)
    done(sheet.set_row(row + 1, max(low, tall - upper)))
    return row + 2


def status_text(result: TaskResult) -> str:
    """The status in words; an overdue task says so first."""
    word = OVERALL_STATUS_WORDS[result.status]
    return f"{OVERDUE}\n({word.lower()})" if result.overdue else word


def _draw_summary(canvas: Canvas, sheet: Worksheet, row: int, rows: tuple[int, int]) -> None:
    """A live sentence counting the statuses in Excel rows first..last of the table."""
    results = canvas.run.tasks
    cells = f"$E${rows[0]}:$E${max(rows)}"
    have = Counter(OVERDUE if r.overdue else OVERALL_STATUS_WORDS[r.status] for r in results)
    words = [
        *(
            OVERALL_STATUS_WORDS[s]
            for s in (
                OverallStatus.COMPLETED,
                OverallStatus.IN_PROGRESS,
                OverallStatus.NOT_STARTED,
                OverallStatus.NOTHING,
                OverallStatus.NOT_ENOUGH_REPORTS,
            )
        ),
        OVERDUE,
    ]
    below = sum(1 for r in results if r.task.parent)
    opening = f"Tổng số {len(results)} nhiệm vụ{f' (gồm {below} nhiệm vụ con)' if below else ''}: "
    text = opening + "; ".join(f"{word.lower()} {have[word]}" for word in words) + "."
    sought = {word: f"{word}*" if word == OVERDUE else word for word in words}
    pieces = '&"; '.join(f'{word.lower()} "&COUNTIF({cells},"{sought[word]}")' for word in words)
    put_across(sheet, row, (0, _FRAME.last), "", canvas.formats.note)
    done(sheet.write_formula(row, 0, f'="{opening}{pieces}&"."', canvas.formats.note, text))
    done(sheet.set_row(row, row_height([(text, room(_FRAME.span(0, _FRAME.last)))], BODY_POINTS)))


def _draw_number(canvas: Canvas, sheet: Worksheet, row: int, number: str, data_row: int | None) -> None:
    formats, text = canvas.formats, cell_text(number)
    if data_row is not None:
        tip = "Xem số liệu các đơn vị đã báo cáo"
        done(sheet.write_url(row, 0, internal(DATA, f"A{data_row}"), formats.link_centre, text, tip))
    else:
        done(sheet.write_string(row, 0, text, formats.cell_centre))


def _draw_row(canvas: Canvas, sheet: Worksheet, row: int, result: TaskResult) -> None:
    formats, task = canvas.formats, result.task
    status_form = formats.cell_bold if result.overdue else formats.cell_centre
    texts = (
        (1, task.name, formats.cell),
        (2, shown_leads(canvas.run.plan, task), formats.cell),
        (3, shown_due(task), formats.cell_centre),
        (_STATUS, status_text(result), status_form),
        (12, _reached(canvas, result), formats.cell),
    )
    for column, text, form in texts:
        done(sheet.write_string(row, column, cell_text(text), form))
    _draw_numbers(canvas, sheet, row, result)
    plain = [(text, room(_COLUMNS[column][1], indented=True)) for column, text, _ in texts if column != _STATUS]
    strong = [(status_text(result), room(_COLUMNS[_STATUS][1]))]
    done(sheet.set_row(row, max(row_height(plain, BODY_POINTS), row_height(strong, BODY_POINTS, bold=True))))


def _draw_numbers(canvas: Canvas, sheet: Worksheet, row: int, result: TaskResult) -> None:
    form, code = canvas.formats.cell_centre, result.task.code
    cached = "–" if result.progress is None else float(result.progress)  # not rounded: the formula does not round
    done(sheet.write_array_formula(row, 5, row, 5, formulas.progress_formula(code), form, cached))
    for column, role in ((6, Role.LEAD), (11, Role.COORDINATE)):
        asked = [p for p in result.parts if p.role is role]
        if not asked:
            done(sheet.write_string(row, column, "–", form))
            continue
        share = f"{sum(map(_has_status, asked))}/{len(asked)}"
        done(sheet.write_formula(row, column, formulas.reported_formula(code, role, len(asked)), form, share))
    for column, status in enumerate(_STATUS_ORDER, _FIRST_COUNT):
        count = result.counts.get(status, 0)
        done(sheet.write_formula(row, column, formulas.status_formula(code, status), form, count))


def _has_status(part: TaskPart) -> bool:
    return part.entry is not None and not part.entry.blocked and part.entry.status is not None


def _reached(canvas: Canvas, result: TaskResult) -> str:
    """Results and documents of the leads, one unit a line, cut where a printed row would grow too tall."""
    lines = []
    for part in result.leads:
        entry = part.entry
        if entry is None:
            continue
        document = " ".join(
            piece
            for piece in (
                entry.document_number,
                f"ngày {day_text(entry.document_date)}" if entry.document_date else "",
            )
            if piece
        )
        reached = " ".join(entry.result.split())
        if document:
            reached = _CLOSING.sub("", reached)
        said = "; ".join(piece for piece in (reached, f"văn bản {document}" if document else "") if piece)
        if said:
            lines.append(f"{canvas.name(part.unit)}: {said}")
    if result.open_below:
        numbers = shown_numbers(canvas.run.plan.tasks)
        listed_below = ", ".join(numbers[code].rstrip(".") for code in result.open_below)
        lines.insert(0, f"Báo hoàn thành nhưng nhiệm vụ con {listed_below} chưa hoàn thành.")
    return _cut_between(lines)


def _cut_between(lines: list[str]) -> str:
    """Join `lines` while they stay short enough to print; say how many units are left to the data sheet."""
    kept: list[str] = []
    room = _LONGEST_RESULT
    for line in lines:
        if kept and len(line) > room:
            break
        kept.append(shortened(line, _LONGEST_RESULT, _SEE_DATA))
        room -= len(line)
    left = len(lines) - len(kept)
    if left:
        kept.append(f"… và {left} đơn vị khác (xem trang “Dữ liệu”)")
    return "\n".join(kept)
