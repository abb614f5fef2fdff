"""What goes back to a unit: a copy of its own file with the faulty cells marked and a first sheet "Cần sửa".

With its sister modules feedback_….py the one door of openpyxl in this room. The copy can be mended and sent
again, so nothing of the unit may be lost: a file of which openpyxl would drop something is redrawn from the
unit's template, and where that cannot be done the unit gets the list only.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from plan.repack import repack
from validation.feedback_answers import FEEDBACK_SHEET, answer_columns, explanations
from validation.feedback_keep import make_room
from validation.feedback_marks import AUTHOR, RECORD_SHEET, put_marks, raw_sheet, remove_marks
from validation.feedback_open import ODD_STRUCTURE, NotMarkableError, can_mark, open_workbook
from validation.feedback_redraw import Form, redraw
from validation.feedback_sheet import draw_list
from validation.mend_list import Alone, Answers, Blank, Copy, FeedbackHeading, Reply, mend_page, same_name, spoken
from validation.messages_of_files import FILE
from validation.model import Verdict
from validation.raw import RawBook, RawSheet, a1
from validation.read import read_book

__all__ = [
    "FEEDBACK_SHEET",
    "FeedbackHeading",
    "Form",
    "NotMarkableError",
    "Reply",
    "can_mark",
    "feedback_file",
    "mark_copy",
    "plain_feedback",
]

_SOME_DAY = datetime(1900, 1, 1)
_CHANGED = "bản đánh dấu sẽ làm thay đổi nội dung của tệp"


def feedback_file(data: bytes, reply: Reply, form: Callable[[], Form] | None) -> bytes:
    """Return what the unit gets back: its marked copy where possible, else its values in `form`, else the list alone.

    `form` makes the unit's blank template; None where the unit, or the rows that it reports, are not known. Who
    sent what cannot be opened gets the list and the blank template.
    """
    reply = replace(reply, message=spoken(reply.message))
    if reply.return_.verdict is Verdict.UNREADABLE:
        if form is None or not any(f.code in FILE for f in reply.findings):
            return plain_feedback(reply)
        return _marked(open_workbook(form().blank), reply, Blank(), {})
    try:
        return mark_copy(data, reply)
    except NotMarkableError as fault:
        reason = str(fault)
    made = redraw(data, reply, form(), reason) if form is not None else None
    if made is None:
        return plain_feedback(reply, reason)
    return _marked(made.workbook, made.reply, made.copy, made.given)


def mark_copy(data: bytes, reply: Reply) -> bytes:
    """Return a copy of the .xlsx `data` with tinted, commented cells and a first sheet "Cần sửa".

    The findings are those of this return; cells on hidden or absent sheets are listed but not marked. Same
    arguments, same bytes. Raises NotMarkableError when `can_mark(data)` has a reason, or the copy would say
    anything else than the file.
    """
    workbook = open_workbook(data)
    try:
        given = explanations(RawBook(tuple(map(raw_sheet, workbook.worksheets)), "xlsx"))
        remove_marks(workbook)
        marked = _marked(workbook, reply, None, given)
    except Exception as fault:  # what openpyxl could load it may still be unable to save
        raise NotMarkableError(ODD_STRUCTURE) from fault
    if _contents(data) != _contents(marked):
        raise NotMarkableError(_CHANGED)
    return marked


def plain_feedback(reply: Reply, reason: str = "") -> bytes:
    """Return a workbook that holds only the list; the unit mends its own file. `reason`: why no marked copy."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 (a new workbook has one; for the type only)
    sheet.title = FEEDBACK_SHEET
    workbook.properties.creator = AUTHOR
    draw_list(sheet, mend_page(reply, Alone(reason)), (), {})
    return _saved(workbook, reply.return_.received_at)


def _marked(workbook: Workbook, reply: Reply, copy: Copy, given: Answers) -> bytes:
    places = put_marks(workbook, reply.findings, reply.message)
    make_room(workbook, (INDICATOR_SHEET, TASK_SHEET))
    sheet = workbook.create_sheet(FEEDBACK_SHEET, 0)
    visible = [s.title for s in workbook.worksheets if s.sheet_state == "visible"]
    draw_list(sheet, mend_page(reply, copy, given), visible, places)
    _show_first(workbook)
    return _saved(workbook, reply.return_.received_at)


def _show_first(workbook: Workbook) -> None:
    """Open on the list. Two selected tabs would be edited together, so all others are let go."""
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == FEEDBACK_SHEET
    workbook.active = 0
    for view in workbook.views:
        view.firstSheet = 0


def _saved(workbook: Workbook, moment: datetime) -> bytes:
    workbook.calculation = workbook.calculation or CalcProperties()
    workbook.calculation.fullCalcOnLoad = True  # openpyxl keeps formulas but not their last results
    out = io.BytesIO()
    workbook.save(out)
    return repack(out.getvalue(), moment)


def _contents(data: bytes) -> Mapping[str, object]:
    """Sheet -> all that a reader takes from it, without what is ours: equal where a copy says what the file says."""
    book = read_book(data, "")
    if not isinstance(book, RawBook):
        raise NotMarkableError(_CHANGED)
    own = [s for s in book.sheets if not same_name(s.name, RECORD_SHEET) and not same_name(s.name, FEEDBACK_SHEET)]
    return {s.name: _content(s) for s in own if answer_columns(s) is None}


def _content(sheet: RawSheet) -> tuple[object, ...]:
    values = {
        a1(row, column): _plain(value)
        for row, cells in enumerate(sheet.rows, 1)
        for column, value in enumerate(cells, 1)
        if value is not None
    }
    errors, percents = dict(sheet.errors), set(sheet.percents)
    for address in sheet.formulas:  # openpyxl keeps no results
        values.pop(address, None)
        errors.pop(address, None)
        percents.discard(address)
    return values, set(sheet.formulas), errors, percents, set(sheet.merged), sheet.visible


def _plain(value: object) -> object:
    """Return `value` up to what Excel keeps: 15 digits of a number, whole seconds of a moment."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return round((value - _SOME_DAY).total_seconds())
    return value
