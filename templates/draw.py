"""Draws the whole workbook of one unit as bytes, from the frozen layout and nothing else.

The same layout, previous values and deadline always give the same bytes. No file is opened and no
clock is read here; templates.issue writes the files.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from plan.dates import day_text, deadline_text
from plan.layout import (
    CHECK_SHEET,
    GUIDE_SHEET,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    STAMP_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    WorkbookLayout,
)
from plan.model import FieldKind
from plan.words import ATTAINED, CHOICE_WORDS, NOT_ATTAINED, STATE_WORDS, STATUS_WORDS
from plan.worksheet import define
from templates import appendix1, appendix2, check_sheet, guide
from templates.formats import Formats, make_formats, workbook_options
from templates.formulas import CHOICE_LIST, STATE_LIST, STATUS_LIST
from templates.heading import Page, Title, draw_heading
from templates.previous import Previous
from templates.safe import write
from templates.worksheet import TemplateWorksheet

_LISTS = (
    (STATE_LIST, tuple(STATE_WORDS.values())),
    (STATUS_LIST, tuple(STATUS_WORDS.values())),
    (CHOICE_LIST, CHOICE_WORDS),
)
_FIRST_LIST_COLUMN = 3  # D: the stamp has A and B


def draw_template(layout: WorkbookLayout, previous: Previous, deadline: datetime | None) -> bytes:
    """Return the .xlsx bytes of one unit's template.

    `previous` maps (row code, column key) to what the unit reported last period; `deadline` is the first
    instant that is too late. Raises ValueError when the layout has no row or xlsxwriter refuses a cell.
    """
    if layout.is_empty:
        raise ValueError(f"{layout.unit.id} answers for no row of {layout.plan.id}")
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, workbook_options())
    workbook.worksheet_class = TemplateWorksheet
    _describe(workbook, layout)
    formats = make_formats(workbook)
    guide.draw(workbook.add_worksheet(GUIDE_SHEET), layout, deadline, formats)
    if layout.indicator_rows:
        page = Page(workbook.add_worksheet(INDICATOR_SHEET), INDICATOR_COLUMNS, formats)
        draw_heading(page, layout, _title_1(layout, deadline), _period_text(layout))
        appendix1.draw_rows(page, layout, previous)
    if layout.task_rows:
        page = Page(workbook.add_worksheet(TASK_SHEET), TASK_COLUMNS, formats)
        draw_heading(page, layout, _title_2(deadline), _period_text(layout))
        appendix2.draw_rows(page, layout, previous)
    check_sheet.draw(workbook.add_worksheet(CHECK_SHEET), layout, formats)
    _draw_stamp(workbook, layout, formats)
    workbook.close()
    return stream.getvalue()


def _describe(workbook: Any, layout: WorkbookLayout) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Set the document properties; a fixed creation date keeps the bytes the same from run to run."""
    workbook.set_properties(
        {
            "title": f"Mẫu báo cáo {layout.period.label} – {layout.unit.name}",
            "subject": layout.plan.title,
            "author": layout.plan.issuer,
            "keywords": layout.identity_text,
            "created": datetime.combine(layout.period.first, time.min),
        }
    )


def _period_text(layout: WorkbookLayout) -> str:
    period = layout.period
    return f"Kỳ báo cáo: {period.label} (từ ngày {day_text(period.first)} đến ngày {day_text(period.last)})"


def _title_1(layout: WorkbookLayout, deadline: datetime | None) -> Title:
    kinds = {line.field.kind for line in layout.indicator_rows}
    how = ["Chỉ nhập vào ô nền vàng"]
    if kinds & {FieldKind.COUNT, FieldKind.NUMBER}:
        how.append("ô số liệu chỉ gõ chữ số, không kèm chữ hay dấu %")
    if FieldKind.CHOICE in kinds:
        how.append(f"ô {ATTAINED}/{NOT_ATTAINED} chọn trong danh sách")
    return Title(
        INDICATOR_SHEET.upper(),
        "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU",
        f"{'; '.join(how)}. Không có số liệu thì để trống và chọn ở cột “Loại số liệu”. "
        f"Hạn gửi: {deadline_text(deadline)}.",
    )


def _title_2(deadline: datetime | None) -> Title:
    return Title(
        TASK_SHEET.upper(),
        "BÁO CÁO TÌNH HÌNH THỰC HIỆN NHIỆM VỤ",
        "Chỉ nhập vào ô nền vàng. Nhiệm vụ nào cũng phải chọn tình trạng; đang triển khai hoặc hoàn thành thì ghi % "
        f"hoàn thành (gõ 95, không gõ 95%). Hạn gửi: {deadline_text(deadline)}.",
    )


def _draw_stamp(workbook: Any, layout: WorkbookLayout, formats: Formats) -> None:  # noqa: ANN401
    """Write the identity from A1 down and the dropdown lists beside it, and hide the sheet from users."""
    sheet = workbook.add_worksheet(STAMP_SHEET)
    for row, (key, value) in enumerate(layout.stamp()):
        write(sheet, row, 0, key, formats["blank"])
        write(sheet, row, 1, value, formats["blank"])
    for column, (name, words) in enumerate(_LISTS, start=_FIRST_LIST_COLUMN):
        for row, word in enumerate(words):
            write(sheet, row, column, word, formats["blank"])
        letter = chr(ord("A") + column)
        define(workbook, name, f"='{STAMP_SHEET}'!${letter}$1:${letter}${len(words)}")
    sheet.protect("")
    sheet.very_hidden()
