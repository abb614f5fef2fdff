""" "Phụ lục 2": every task with its status, live progress and counts, results, documents and contributions.

Status and progress come from consolidate.tasks; this sheet states the rule and shows the outcome. Below a task that
several offices lead stands each of them (task_leads).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus, TaskPart, TaskResult
from consolidate.workbook import formulas
from consolidate.workbook.canvas import APPENDIX_2, REHEARSAL_MARK, Canvas, done, write_link
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
    ("Nhiệm vụ", 250),
    ("Đơn vị chủ trì", 110),
    ("Thời hạn", 82),
    ("Tình trạng chung", 102),
    ("% hoàn thành", 56),
    ("Đã báo cáo", 50),
    (STATUS_WORDS[TaskStatus.COMPLETED], 32),
    (STATUS_WORDS[TaskStatus.IN_PROGRESS], 32),
    (STATUS_WORDS[TaskStatus.NOT_STARTED], 32),
    (STATUS_WORDS[TaskStatus.NOTHING], 32),
    ("Kết quả của đơn vị chủ trì", 214),
    ("Văn bản đã ban hành", 164),
    ("Đã báo cáo", 66),
    (STATUS_WORDS[TaskStatus.COMPLETED], 36),
    (STATUS_WORDS[TaskStatus.IN_PROGRESS], 36),
    ("Đóng góp của đơn vị phối hợp", 210),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_FRAME = Frame(_WIDTHS, left_last=2, right_first=10)
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


def draw_appendix2(canvas: Canvas) -> dict[str, int]:
    """Draw the sheet; return the Excel row of each task by code."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(APPENDIX_2)
    run, formats = canvas.run, canvas.formats
    row = draw_heading(canvas, sheet, _FRAME)
    titles = (
        f"{REHEARSAL_MARK if run.rehearsal else ''}PHỤ LỤC 2",
        f"TỔNG HỢP KẾT QUẢ THỰC HIỆN NHIỆM VỤ {run.period.label.upper()}",
    )
    row = draw_title(canvas, sheet, _FRAME, row, titles)
    summary_row = draw_note(canvas, sheet, _FRAME, row, _NOTE)
    head_row = summary_row + 1
    row = _draw_column_heads(canvas, sheet, head_row)
    rows: dict[str, int] = {}
    above = ("", "")
    numbers = shown_numbers(run.plan.tasks)
    first_lines = canvas.data.first_of_code
    for result in run.tasks:
        task = result.task
        for text in new_headings(above, heading_of(task)):
            row = draw_band(sheet, _WIDTHS, row, text, formats.section)
        above = heading_of(task)
        _draw_number(canvas, sheet, row, numbers[task.code], first_lines.get(task.code))
        _draw_row(canvas, sheet, row, result)
        rows[task.code] = row + 1
        leads = leads_of(run.plan, result)
        for lead in leads if len(leads) > 1 else ():
            row += 1
            _draw_lead(canvas, sheet, row, lead)
        row += 1
    if not run.tasks:
        put_across(sheet, row, (0, _FRAME.last), "Kế hoạch không có nhiệm vụ nào.", formats.cell)
        row += 1
    _draw_summary(canvas, sheet, summary_row, status_cells(rows))
    last = draw_signature(canvas, sheet, _FRAME, row)
    fit_official_page(sheet, _WIDTHS, (head_row, head_row + 1))
    sheet.freeze_panes(head_row + 2, 2)
    done(sheet.print_area(0, 0, last, _FRAME.last))
    return rows


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


def _draw_summary(canvas: Canvas, sheet: Worksheet, row: int, cells: str) -> None:
    """A live sentence counting the statuses and the marks in `cells`; a marked task has a status too."""
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
    put_across(sheet, row, (0, _FRAME.last), "", canvas.formats.note)
    done(sheet.write_formula(row, 0, formula, canvas.formats.note, f"{text}."))
    done(sheet.set_row(row, row_height([(text, room(_FRAME.span(0, _FRAME.last)))], BODY_POINTS)))


def _draw_number(canvas: Canvas, sheet: Worksheet, row: int, number: str, first_line: Place | None) -> None:
    form = canvas.formats.cell_centre if first_line is None else canvas.formats.link_centre
    write_link(sheet, (row, 0), form, cell_text(number), (first_line, "Xem số liệu các đơn vị đã báo cáo"))


def _draw_row(canvas: Canvas, sheet: Worksheet, row: int, result: TaskResult) -> None:
    formats, task = canvas.formats, result.task
    alone = len(leads_of(canvas.run.plan, result)) < 2
    mark = mark_of(result, result.status)
    results = (belied_text(canvas, result), results_text(canvas, result.leads) if alone else "")
    texts = (
        (1, task.name, formats.cell),
        (2, shown_leads(canvas.run.plan, task), formats.cell),
        (3, shown_due(task), formats.cell_centre),
        (_RESULTS, "\n".join(filter(None, results)), formats.cell),
        (_DOCUMENTS, documents_text(canvas, result.parts if alone else coordinators(result)), formats.cell),
        (_CONTRIBUTIONS, contributions_text(canvas, result), formats.cell),
    )
    _draw_texts(canvas, sheet, row, texts, (status_text(mark, result.status), mark))
    _draw_numbers(canvas, sheet, row, result)


def _draw_lead(canvas: Canvas, sheet: Worksheet, row: int, lead: Lead) -> None:
    """One of several leads below its task: its own status, results and documents."""
    formats, several = canvas.formats, len(lead.parts) > 1
    for column in range(len(_COLUMNS)):
        done(sheet.write_blank(row, column, None, formats.cell_centre))
    texts = (
        (1, f"– {lead.label}", formats.cell_italic),
        (2, lead.scope, formats.cell_italic),
        (_RESULTS, results_text(canvas, lead.parts, named=several), formats.cell),
        (_DOCUMENTS, documents_text(canvas, lead.parts, named=several), formats.cell),
    )
    _draw_texts(canvas, sheet, row, texts, (lead.own_text, lead.mark))
    if len(lead.parts) == 1:
        _draw_own_progress(canvas, sheet, row, (lead.result.task.code, lead.parts[0]))


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


def _draw_texts(
    canvas: Canvas,
    sheet: Worksheet,
    row: int,
    texts: Sequence[tuple[int, str, Format]],
    status: tuple[str, str],
) -> None:
    """Write (column, text, format) and the status with its mark, and make the row as tall as they need."""
    formats, (said, mark) = canvas.formats, status
    heights = [row_height([(said, room(_WIDTHS[_STATUS]))], BODY_POINTS, bold=bool(mark))]
    for column, text, form in texts:
        free = room(_WIDTHS[column], indented=True)
        shown = fitting(cell_text(text), free, BODY_POINTS, _SEE_DATA)
        done(sheet.write_string(row, column, shown, form))
        heights.append(row_height([(shown, free)], BODY_POINTS))
    form = {OVERDUE: formats.overdue, AT_RISK: formats.at_risk}.get(mark, formats.cell_centre)
    done(sheet.write_string(row, _STATUS, said, form))
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
