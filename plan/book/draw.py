"""Draws a plan as one Excel workbook that staff edit and hand back: a guide, the head, and a sheet for each table.

The same texts always give the same bytes; nothing of them is lost, changed or judged here. What stands in which
column is said in `sheets`, how codes are worded in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from plan.book import words
from plan.book.guide import draw_guide
from plan.book.look import A4, BODY, Formats, make_formats, workbook_options
from plan.book.pen import write
from plan.book.rules import FIRST_ROW, NEW_ROWS, define_lists, help_columns, tint_rows
from plan.book.sheets import GUIDE_NAME, HEAD_COLUMN_HEADINGS, HEAD_ITEMS, HEAD_NAME, SHEETS, Column, Sheet
from plan.schema_rules import LEVELS
from plan.tables import PlanTables
from plan.text_fit import column_pixels, room, row_height, shortened
from plan.worksheet import GrowingWorksheet, validate

_CREATED = datetime(2026, 1, 1)  # any fixed date: the bytes must not tell when they were made
_HEAD_WIDTHS = (24, 16, 78, 66)
_HEADING_HEIGHT, _KEY_HEIGHT = 34.0, 18.0
_SCALE = 60  # percent of the wide tables on paper: 7 point letters, read at arm's length
_MARGIN = 0.3  # inches
_WIDER = 1.06  # LibreOffice prints columns that much wider than Excel
_PAGE_PIXELS = (11.69 - 2 * _MARGIN) * 96 / _WIDER  # A4 landscape
_CODE = "code"  # long words in capitals: a smaller letter keeps them on one line

Texts = Sequence[Mapping[str, str]]


def draw_plan(tables: PlanTables) -> bytes:
    """Return the .xlsx bytes of a plan. Raises PlanError when a text is longer than a cell of Excel."""
    texts = tables.texts()
    head = texts["head"][0] if texts["head"] else dict[str, str]()
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, workbook_options())
    workbook.worksheet_class = GrowingWorksheet
    title, issuer = head.get("title", ""), head.get("issuer", "")
    workbook.set_properties({"title": shortened(title, 200), "author": shortened(issuer, 200), "created": _CREATED})
    formats = make_formats(workbook)
    draw_guide(workbook.add_worksheet(GUIDE_NAME), title, formats)
    _draw_head(workbook.add_worksheet(HEAD_NAME), head, formats)
    for spec in SHEETS:
        _draw_table(workbook.add_worksheet(spec.name), spec, texts[spec.role], formats)
    define_lists(workbook, {spec.role: len(texts[spec.role]) for spec in SHEETS}, formats)
    workbook.close()
    return stream.getvalue()


# --- the head ---


def _draw_head(sheet: Any, head: Mapping[str, str], formats: Formats) -> None:  # noqa: ANN401 - no types
    for index, (heading, width) in enumerate(zip(HEAD_COLUMN_HEADINGS.values(), _HEAD_WIDTHS, strict=True)):
        sheet.set_column(index, index, width, formats["column"])
        write(sheet, 0, index, heading, formats["head"])
    sheet.set_row(0, 24)
    for row, item in enumerate(HEAD_ITEMS, start=1):
        value = words.shown("head", item.key, head.get(item.key, ""))
        hint = f"{item.hint} Ví dụ: {item.example}" if item.example else item.hint
        cells = ((item.heading, "label"), (item.key, "key"), (value, "own"), (hint, "hint"))
        for column, (text, style) in enumerate(cells):
            write(sheet, row, column, text, formats[style])
        rooms = [(text, room(column_pixels(_HEAD_WIDTHS[i]), indented=True)) for i, (text, _) in enumerate(cells)]
        sheet.set_row(row, row_height(rooms, BODY) + 4)
        offered = {"validate": "list", "source": list(LEVELS)} if item.key == "level" else {"validate": "any"}
        validate(sheet, (row, 2, row, 2), offered | {"input_title": item.heading, "input_message": hint})
    sheet.freeze_panes(1, 0)
    sheet.set_tab_color("#1F4E9E")
    _set_up_page(sheet, head.get("id", ""))
    sheet.fit_to_pages(1, 0)
    _as_text(sheet, len(HEAD_ITEMS), len(_HEAD_WIDTHS))


# --- tables ---


def _draw_table(sheet: Any, spec: Sheet, rows: Texts, formats: Formats) -> None:  # noqa: ANN401
    for index, column in enumerate(spec.columns):
        kind = "printed" if column.printed else "own"
        sheet.set_column(index, index, column.width, formats["column_centre" if column.is_centred else "column"])
        write(sheet, 0, index, column.heading, formats[f"{kind}_head"])
        write(sheet, 1, index, column.key, formats[f"{kind}_key"])
    heads = [(c.heading, room(column_pixels(c.width))) for c in spec.columns]
    sheet.set_row(0, max(_HEADING_HEIGHT, row_height(heads, BODY, bold=True)))
    sheet.set_row(1, _KEY_HEIGHT)
    for row, texts in enumerate(rows, start=FIRST_ROW):
        _draw_row(sheet, row, spec, texts, formats)
    last_row, last_column = FIRST_ROW + len(rows) + NEW_ROWS - 1, len(spec.columns) - 1
    sheet.freeze_panes(FIRST_ROW, spec.fixed)
    sheet.autofilter(1, 0, last_row, last_column)  # on the row of keys, so that sorting leaves it where it is
    help_columns(sheet, spec, len(rows))
    tint_rows(sheet, spec, len(rows), formats)
    _as_text(sheet, last_row, last_column)
    _set_up_page(sheet, spec.name)
    _fit(sheet, spec)


def _draw_row(sheet: Any, row: int, spec: Sheet, texts: Mapping[str, str], formats: Formats) -> None:  # noqa: ANN401
    rooms = []
    for index, column in enumerate(spec.columns):
        text = words.shown(spec.role, column.key, texts[column.key])
        write(sheet, row, index, text, formats[_style(column)])
        rooms.append((text, room(column_pixels(column.width), indented=not column.is_centred)))
    sheet.set_row(row, row_height(rooms, BODY))


def _style(column: Column) -> str:
    if column.key == _CODE:
        return "own_code"
    return ("printed" if column.printed else "own") + ("_centre" if column.is_centred else "")


def _as_text(sheet: Any, last_row: int, last_column: int) -> None:  # noqa: ANN401
    """Keep Excel from marking every number that is meant as text with a green corner."""
    end = xl_rowcol_to_cell(last_row, last_column)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{end}", "two_digit_text_year": f"A1:{end}"})


# --- paper ---


def _set_up_page(sheet: Any, name: str) -> None:  # noqa: ANN401
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.6, bottom=0.6)
    sheet.set_header('&C&"Times New Roman,Bold"&14&A')
    sheet.set_footer('&L&"Times New Roman,Italic"&9&F&R&"Times New Roman,Regular"&9Trang &P/&N')
    sheet.hide_gridlines(2)


def _fit(sheet: Any, spec: Sheet) -> None:  # noqa: ANN401
    """Make the table as wide as the page, or cut it into pages of whole columns that repeat the fixed ones."""
    pixels = [column_pixels(column.width) for column in spec.columns]
    sheet.repeat_rows(0, FIRST_ROW - 1)
    if sum(pixels) <= _PAGE_PIXELS / _SCALE * 100:
        sheet.fit_to_pages(1, 0)
        return
    free = _PAGE_PIXELS / _SCALE * 100 - sum(pixels[: spec.fixed])
    breaks, used = list[int](), 0.0
    for index, width in enumerate(pixels[spec.fixed :], start=spec.fixed):
        if used and used + width > free:
            breaks.append(index)
            used = 0.0
        used += width
    sheet.repeat_columns(0, spec.fixed - 1)
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(breaks)
