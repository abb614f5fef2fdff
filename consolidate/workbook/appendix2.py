""" "Phụ lục 2": every task with its status, live progress and counts, results, documents and contributions.

Status and progress come from consolidate.tasks; this sheet states the rule and shows the outcome. Below a task that
several offices lead stands each of them (task_leads).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from consolidate.model import OVERALL_STATUS_WORDS, REHEARSAL_MARK, OverallStatus, TaskPart, TaskResult
from consolidate.workbook import formulas
from consolidate.workbook.canvas import APPENDIX_2, Canvas, done, write_link
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.formulas import quoted
from consolidate.workbook.official import (
    Frame,
    draw_band,
    draw_heading,
    draw_note,
    draw_signature,
    draw_title,
    fit_official_page,
    put_across,
)
from consolidate.workbook.places import Place
from consolidate.workbook.shared_width import shared_widths
from consolidate.workbook.task_leads import LEADS_RULE, Lead, leads_of
from consolidate.workbook.task_texts import (
    AT_RISK,
    OVERDUE,
    TASK_RULE,
    belied_text,
    contributions_text,
    coordinators,
    documents_text,
    mark_of,
    progress_text,
    results_text,
    status_text,
)
from plan.cell_text import cell_text
from plan.model import Role
from plan.shown import heading_of, new_headings, shown_due, shown_leads, shown_numbers
from plan.text_fit import fitting, room, row_height, text_points
from plan.words import STATUS_WORDS, TaskStatus

_COLUMNS = (
    ("TT", 42),
    ("Nhiệm vụ", 200),
    ("Đơn vị chủ trì", 96),
    ("Thời hạn", 82),
    ("Tình trạng chung", 148),
    ("% hoàn thành (thấp nhất)", 56),
    ("Đã báo cáo", 50),
    (STATUS_WORDS[TaskStatus.COMPLETED], 32),
    (STATUS_WORDS[TaskStatus.IN_PROGRESS], 32),
    (STATUS_WORDS[TaskStatus.NOT_STARTED], 32),
    (STATUS_WORDS[TaskStatus.NOTHING], 32),
    ("Kết quả của đơn vị chủ trì", 190),
    ("Văn bản đã ban hành", 116),
    ("Đã báo cáo", 66),
    (STATUS_WORDS[TaskStatus.COMPLETED], 36),
    (STATUS_WORDS[TaskStatus.IN_PROGRESS], 36),
    ("Đóng góp của đơn vị phối hợp", 140),
)
_LEAST_WIDTHS = tuple(width for _, width in _COLUMNS)
_SHARED = (1, 2, 11, 12, 16)  # the columns of long texts, which share what their least widths leave
_SHARED_PX = 940
_LAST, _LEFT_LAST, _RIGHT_FIRST = len(_COLUMNS) - 1, 2, 10
_STATUS, _PROGRESS, _RESULTS, _DOCUMENTS, _CONTRIBUTIONS = 4, 5, 11, 12, 16
STATUS_COLUMN, PROGRESS_COLUMN = xl_col_to_name(_STATUS), xl_col_to_name(_PROGRESS)
# role -> column of "n/N", the statuses counted right of it, the heading over them
_COUNTED = {
    Role.LEAD: (
        6,
        (TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED, TaskStatus.NOTHING),
        "chủ trì",
    ),
    Role.COORDINATE: (13, (TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS), "phối hợp"),
}
_UPRIGHT = frozenset(first + n for first, statuses, _ in _COUNTED.values() for n in range(1, len(statuses) + 1))
_NOTE = f"{TASK_RULE} {LEADS_RULE} Bấm vào TT để xem số liệu từng đơn vị."
_SEE_DATA = "… (xem trang “Dữ liệu”)"
_BAND_POINTS = 24.0


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table, of a task or of one of its leads: (column, text, format), its status and the mark on it."""

    result: TaskResult
    lead: Lead | None
    texts: tuple[tuple[int, str, Format], ...]
    status: str
    mark: str


def draw_appendix2(canvas: Canvas) -> dict[str, int]:
    """Draw the sheet; return the Excel row of each task by code."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(APPENDIX_2)
    run, formats = canvas.run, canvas.formats
    lines = list(_lines(canvas))
    frame = Frame(_widths(lines), _LEFT_LAST, _RIGHT_FIRST)
    row = draw_heading(canvas, sheet, frame)
    titles = (
        f"{REHEARSAL_MARK if run.rehearsal else ''}{APPENDIX_2}",
        f"TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ {run.period.label.upper()}",
    )
    row = draw_title(canvas, sheet, frame, row, titles)
    summary_row = draw_note(canvas, sheet, frame, row, _NOTE)
    head_row = summary_row + 1
    row = _draw_column_heads(canvas, sheet, head_row)
    rows: dict[str, int] = {}
    above = ("", "")
    numbers = shown_numbers(run.plan.tasks)
    first_lines = canvas.data.first_of_code
    for line in lines:
        task = line.result.task
        if line.lead is None:
            for text in new_headings(above, heading_of(task)):
                row = draw_band(sheet, frame.widths, row, text, formats.section)
            above = heading_of(task)
            _draw_number(canvas, sheet, row, numbers[task.code], first_lines.get(task.code))
            rows[task.code] = row + 1
        _draw_line(canvas, sheet, row, line, frame.widths)
        row += 1
    if not run.tasks:
        put_across(sheet, row, (0, frame.last), "Kế hoạch không có nhiệm vụ nào.", formats.cell)
        row += 1
    _draw_summary(canvas, sheet, (summary_row, frame.span(0, frame.last)), status_cells(rows))
    last = draw_signature(canvas, sheet, frame, row)
    fit_official_page(sheet, frame.widths, (head_row, head_row + 1))
    sheet.freeze_panes(head_row + 2, 2)
    done(sheet.print_area(0, 0, last, frame.last))
    return rows


def _lines(canvas: Canvas) -> Iterator[_Line]:
    """The rows of the table in printed order: each task, then each of its leads where it has several."""
    for result in canvas.run.tasks:
        leads = leads_of(canvas.run.plan, result)
        yield _task_line(canvas, result, alone=len(leads) < 2)
        yield from (_lead_line(canvas, lead) for lead in leads if len(leads) > 1)


def _task_line(canvas: Canvas, result: TaskResult, *, alone: bool) -> _Line:
    """`alone`: one office or group leads it, whose results stand here and not in a row of its own."""
    formats, task = canvas.formats, result.task
    mark = mark_of(result, result.status)
    results = (
        progress_text(canvas.run, result),
        belied_text(canvas, result),
        results_text(canvas, result.leads) if alone else "",
    )
    texts = (
        (1, task.name, formats.cell),
        (2, shown_leads(canvas.run.plan, task), formats.cell),
        (3, shown_due(task), formats.cell_centre),
        (_RESULTS, "\n".join(filter(None, results)), formats.cell),
        (_DOCUMENTS, documents_text(canvas, result.parts if alone else coordinators(result)), formats.cell),
        (_CONTRIBUTIONS, contributions_text(canvas, result), formats.cell),
    )
    return _Line(result, None, texts, status_text(mark, result.status), mark)


def _lead_line(canvas: Canvas, lead: Lead) -> _Line:
    """One of several leads below its task: its own status, results and documents."""
    formats, several = canvas.formats, len(lead.parts) > 1
    texts = (
        (1, f"– {lead.label}", formats.cell_italic),
        (2, lead.scope, formats.cell_italic),
        (_RESULTS, results_text(canvas, lead.parts, named=several), formats.cell),
        (_DOCUMENTS, documents_text(canvas, lead.parts, named=several), formats.cell),
    )
    return _Line(lead.result, lead, texts, lead.own_text, lead.mark)


def _widths(lines: Sequence[_Line]) -> tuple[int, ...]:
    """The widths of all columns in pixels: those of long texts by what stands in them."""
    texts = [{column: cell_text(text) for column, text, _ in line.texts} for line in lines]
    rows = [[of_line.get(column, "") for column in _SHARED] for of_line in texts]
    shared = shared_widths([_LEAST_WIDTHS[column] for column in _SHARED], _SHARED_PX, rows, BODY_POINTS)
    found = dict(zip(_SHARED, shared, strict=True))
    return tuple(found.get(column, width) for column, width in enumerate(_LEAST_WIDTHS))


def status_cells(task_rows: Mapping[str, int]) -> str:
    """The cells with the status of the tasks in the given Excel rows, as one absolute range."""
    first, last = min(task_rows.values(), default=1), max(task_rows.values(), default=1)
    return f"${STATUS_COLUMN}${first}:${STATUS_COLUMN}${last}"


def _draw_column_heads(canvas: Canvas, sheet: Worksheet, row: int) -> int:
    """Two rows: counts stand upright under the role that they belong to, so that the texts keep the page's width."""
    formats = canvas.formats
    grouped = {column for first, statuses, _ in _COUNTED.values() for column in range(first, first + len(statuses) + 1)}
    for column, (head, _) in enumerate(_COLUMNS):
        form = formats.upright_head if column in _UPRIGHT else formats.column_head
        if column in grouped:
            done(sheet.write_string(row + 1, column, head, form))
        else:
            done(sheet.merge_range(row, column, row + 1, column, head, form))
    for first, statuses, word in _COUNTED.values():
        put_across(sheet, row, (first, first + len(statuses)), f"Số đơn vị {word}", formats.column_head)
    upright = max(text_points(_COLUMNS[column][0], BODY_POINTS, bold=True) for column in _UPRIGHT)
    done(sheet.set_row(row, _BAND_POINTS))
    done(sheet.set_row(row + 1, round(upright * 1.06 + 10, 2)))
    return row + 2


def _draw_summary(canvas: Canvas, sheet: Worksheet, at: tuple[int, int], cells: str) -> None:
    """A live sentence counting the statuses and the marks in `cells`; a marked task has a status too.

    `at` is the row and the width of the sheet in pixels.
    """
    row, width = at
    results = canvas.run.tasks
    have = Counter(r.status for r in results)
    marks = Counter(mark_of(r, r.status) for r in results)
    below = sum(1 for r in results if r.task.parent)
    inside = f" (gồm {below} nhiệm vụ con)" if below else ""
    order = (
        OverallStatus.COMPLETED,
        OverallStatus.IN_PROGRESS,
        OverallStatus.NOT_STARTED,
        OverallStatus.NOTHING,
        OverallStatus.NOT_ENOUGH_REPORTS,
    )
    said = [(f"{inside}: ", f"*{OVERALL_STATUS_WORDS[order[0]]}", OVERALL_STATUS_WORDS[order[0]], have[order[0]])]
    said += [("; ", f"*{OVERALL_STATUS_WORDS[s]}", OVERALL_STATUS_WORDS[s], have[s]) for s in order[1:]]
    said += [("; trong đó ", f"{OVERDUE}*", OVERDUE, marks[OVERDUE]), (", ", f"{AT_RISK}*", AT_RISK, marks[AT_RISK])]
    text = f"Tổng số {len(results)} nhiệm vụ" + "".join(f"{before}{word.lower()} {n}" for before, _, word, n in said)
    pieces = "".join(f'&"{before}{word.lower()} "&COUNTIF({cells},"{sought}")' for before, sought, word, _ in said)
    total = "+".join(f'COUNTIF({cells},"{sought}")' for _, sought, _, _ in said[: len(order)])
    formula = f'="Tổng số "&({total})&" nhiệm vụ"{pieces}&"."'
    put_across(sheet, row, (0, _LAST), "", canvas.formats.note)
    done(sheet.write_formula(row, 0, formula, canvas.formats.note, f"{text}."))
    done(sheet.set_row(row, row_height([(text, room(width))], BODY_POINTS)))


def _draw_number(canvas: Canvas, sheet: Worksheet, row: int, number: str, first_line: Place | None) -> None:
    form = canvas.formats.cell_centre if first_line is None else canvas.formats.link_centre
    write_link(sheet, (row, 0), form, cell_text(number), (first_line, "Xem số liệu các đơn vị đã báo cáo"))


def _draw_line(canvas: Canvas, sheet: Worksheet, row: int, line: _Line, widths: Sequence[int]) -> None:
    """Write one row; that of a lead has its own numbers only where it is a single unit."""
    if line.lead is not None:
        for column in range(len(_COLUMNS)):
            done(sheet.write_blank(row, column, None, canvas.formats.cell_centre))
    _draw_texts(canvas, sheet, row, line, widths)
    if line.lead is None:
        _draw_numbers(canvas, sheet, row, line.result)
    elif len(line.lead.parts) == 1:
        _draw_own_progress(canvas, sheet, row, (line.result.task.code, line.lead.parts[0]))


def _draw_own_progress(canvas: Canvas, sheet: Worksheet, row: int, of: tuple[str, TaskPart]) -> None:
    """The progress of a single unit, live: its one line of data."""
    code, part = of
    entry, p = part.entry, canvas.data.prefix(code)
    known = entry is not None and entry.status is not TaskStatus.NOTHING
    progress = entry.progress if entry is not None and known else None
    where = f"{p}_khoa,{quoted(f'{code}.progress')},{p}_tinh,1,{p}_don_vi,{quoted(part.unit)}"
    formula = f'=IF(COUNTIFS({where})=0,"–",SUMIFS({p}_gia_tri,{where}))'
    cached = "–" if progress is None else float(progress)
    done(sheet.write_formula(row, _PROGRESS, formula, canvas.formats.cell_centre, cached))


def _draw_texts(canvas: Canvas, sheet: Worksheet, row: int, line: _Line, widths: Sequence[int]) -> None:
    """Write the texts of a row and its status, and make the row as tall as they need."""
    formats = canvas.formats
    heights = [row_height([(line.status, room(widths[_STATUS]))], BODY_POINTS, bold=bool(line.mark))]
    for column, text, form in line.texts:
        free = room(widths[column], indented=True)
        shown = fitting(cell_text(text), free, BODY_POINTS, _SEE_DATA)
        done(sheet.write_string(row, column, shown, form))
        heights.append(row_height([(shown, free)], BODY_POINTS))
    form = {OVERDUE: formats.overdue, AT_RISK: formats.at_risk}.get(line.mark, formats.cell_centre)
    done(sheet.write_string(row, _STATUS, line.status, form))
    done(sheet.set_row(row, max(heights)))


def _draw_numbers(canvas: Canvas, sheet: Worksheet, row: int, result: TaskResult) -> None:
    form, code = canvas.formats.cell_centre, result.task.code
    cached = "–" if result.progress is None else float(result.progress)  # not rounded: the formula does not round
    formula = formulas.progress_formula(code, canvas.data)
    done(sheet.write_array_formula(row, _PROGRESS, row, _PROGRESS, formula, form, cached))
    for role, (first, statuses, _) in _COUNTED.items():
        asked = [p for p in result.parts if p.role is role]
        if not asked:
            for column in range(first, first + len(statuses) + 1):
                done(sheet.write_string(row, column, "–", form))
            continue
        said = [p.entry.status for p in asked if p.entry is not None and p.entry.status is not None]
        share = f"{len(said)}/{len(asked)}"
        done(
            sheet.write_formula(row, first, formulas.reported_formula(code, role, len(asked), canvas.data), form, share)
        )
        for column, status in enumerate(statuses, first + 1):
            formula = formulas.status_formula(code, status, role, canvas.data)
            done(sheet.write_formula(row, column, formula, form, said.count(status)))
