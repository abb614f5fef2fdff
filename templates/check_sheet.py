"""Draws the sheet "Kiểm tra": how much is still missing or wrong, and a line with a link for every required row.

Everything on it is a live formula over the check columns of the appendices; nothing is typed here and
no return is judged by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plan.layout import (
    FIRST_ROW,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    Column,
    WorkbookLayout,
    column_letter,
    is_required,
)
from plan.text_fit import column_pixels, room, row_height, shortened
from plan.worksheet import tint
from templates import appendix1, appendix2
from templates.formats import PLAIN, Formats
from templates.formulas import (
    DONE,
    MISSING,
    NEEDS_REASON,
    WRONG,
    count_done,
    count_missing,
    count_wrong,
)
from templates.heading import A4, footer, lock_surroundings, protect
from templates.safe import Area, link, span, write

_COLUMNS = (
    Column("order", "STT", 6),
    Column("sheet", "Phụ lục", 11),
    Column("number", "TT", 7),
    Column("content", "Nội dung phải báo cáo", 62),
    Column("state", "Tình trạng", 27),
    Column("link", "Đi tới ô", 12),
)
_LAST = len(_COLUMNS) - 1
_TALLY_ROW, _SENTENCE_ROW, _HEADER, _FIRST = 3, 5, 7, 8  # 0-based
_LONGEST = 150
_READY = "ĐÃ ĐỦ. Lưu lại, đóng tệp rồi gửi về nơi nhận."


@dataclass(frozen=True, slots=True)
class _Line:
    """One required row: where it stands, what it asks, its input cell and its check cell."""

    sheet: str
    number: str
    content: str
    input_cell: str
    check_cell: str


def _lines(layout: WorkbookLayout) -> Iterator[_Line]:
    value, check = (column_letter(INDICATOR_COLUMNS, key) for key in ("value", "check"))
    for line in layout.indicator_rows:
        if is_required(line.field):
            content = f"{line.indicator.short or line.indicator.name} – {line.field.label}"
            cells = f"{value}{line.row}", f"{check}{line.row}"
            yield _Line(INDICATOR_SHEET, line.number, shortened(content, _LONGEST, " …"), *cells)
    status, check = (column_letter(TASK_COLUMNS, key) for key in ("status", "check"))
    for task in layout.task_rows:
        cells = f"{status}{task.row}", f"{check}{task.row}"
        yield _Line(TASK_SHEET, task.number, shortened(task.task.name, _LONGEST, " …"), *cells)


def _check_areas(layout: WorkbookLayout) -> list[str]:
    areas = []
    if layout.indicator_rows:
        areas.append((INDICATOR_SHEET, column_letter(INDICATOR_COLUMNS, "check"), appendix1.last_row(layout)))
    if layout.task_rows:
        areas.append((TASK_SHEET, column_letter(TASK_COLUMNS, "check"), appendix2.last_row(layout)))
    return [f"'{sheet}'!${letter}${FIRST_ROW}:${letter}${last}" for sheet, letter, last in areas]


def draw(sheet: Any, layout: WorkbookLayout, formats: Formats) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Draw the whole sheet."""
    lines = list(_lines(layout))
    lock_surroundings(sheet, formats)
    for index, column in enumerate(_COLUMNS):
        sheet.set_column(index, index, column.width, formats["blank"])
    span(sheet, Area(0, 0, 0, _LAST), "KIỂM TRA TRƯỚC KHI GỬI", formats["title"])
    subtitle = f"{layout.unit.name} – {layout.period.label}"
    span(sheet, Area(1, 0, 1, _LAST), subtitle, formats["subtitle"])
    sheet.set_row(0, 24)
    sheet.set_row(2, 8)
    _draw_tally(sheet, layout, lines, formats)
    for index, column in enumerate(_COLUMNS):
        write(sheet, _HEADER, index, column.heading, formats["header"])
    sheet.set_row(_HEADER, 24)
    for order, line in enumerate(lines, start=1):
        _draw_line(sheet, order, line, formats)
    _draw_colours(sheet, len(lines), formats)
    _set_up(sheet, layout, len(lines))


def _draw_tally(sheet: Any, layout: WorkbookLayout, lines: list[_Line], formats: Formats) -> None:  # noqa: ANN401
    """Draw the three counts, and the sentence that says whether the report can be sent."""
    areas = _check_areas(layout)
    missing = len(lines)  # in the empty form, whose values are cached
    blocks = (
        (Area(_TALLY_ROW, 0, _TALLY_ROW, 2), "Còn thiếu (ô)", count_missing(areas), missing),
        (Area(_TALLY_ROW, 3, _TALLY_ROW, 3), "Sai (ô)", count_wrong(areas), 0),
        (Area(_TALLY_ROW, 4, _TALLY_ROW, _LAST), "Đã đủ (dòng)", count_done(areas), 0),
    )
    for area, caption, formula, shown in blocks:
        span(sheet, area, caption, formats["header"])
        below = Area(area.first_row + 1, area.first_column, area.last_row + 1, area.last_column)
        span(sheet, below, "", formats["tally"])
        sheet.write_formula(below.first_row, below.first_column, f"={formula}", formats["tally"], shown)
    missing_cell, wrong_cell = f"$A${_TALLY_ROW + 2}", f"$D${_TALLY_ROW + 2}"
    begin = f'"Còn thiếu: "&{missing_cell}&" ô; Sai: "&{wrong_cell}&" ô. "'
    formula = f'=IF({missing_cell}+{wrong_cell}=0,"{_READY}",{begin}&"Chưa gửi được, xem từng dòng bên dưới.")'
    shown_text = f"Còn thiếu: {missing} ô; Sai: 0 ô. Chưa gửi được, xem từng dòng bên dưới." if missing else _READY
    span(sheet, Area(_SENTENCE_ROW, 0, _SENTENCE_ROW, _LAST), "", formats["verdict"])
    sheet.write_formula(_SENTENCE_ROW, 0, formula, formats["verdict"], shown_text)
    sheet.set_row(_TALLY_ROW, 20)
    sheet.set_row(_TALLY_ROW + 1, 36)
    sheet.set_row(_SENTENCE_ROW, 24)
    sheet.set_row(_SENTENCE_ROW + 1, 8)


def _draw_line(sheet: Any, order: int, line: _Line, formats: Formats) -> None:  # noqa: ANN401
    row = _FIRST + order - 1
    sheet.write_number(row, 0, order, formats["cell_centre"])
    write(sheet, row, 1, line.sheet, formats["cell_centre"])
    write(sheet, row, 2, line.number, formats["cell_centre"])
    write(sheet, row, 3, line.content, formats["cell"])
    sheet.write_formula(row, 4, f"='{line.sheet}'!{line.check_cell}", formats["check_wrapped"], MISSING)
    link(sheet, row, _LAST, (line.sheet, line.input_cell, f"Đến ô {line.input_cell}"), formats["link"])
    sheet.set_growing_row(row, row_height([(line.content, room(column_pixels(_COLUMNS[3].width)))], PLAIN) + 2)


def _draw_colours(sheet: Any, count: int, formats: Formats) -> None:  # noqa: ANN401
    state = Area(_FIRST, 4, _FIRST + max(count, 1) - 1, 4)
    cell = f"$E{_FIRST + 1}"
    wanting = f'=OR(LEFT({cell},{len(MISSING)})="{MISSING}",{cell}="{NEEDS_REASON}")'
    tally = f"$A${_TALLY_ROW + 2}", f"$D${_TALLY_ROW + 2}"
    sentence = Area(_SENTENCE_ROW, 0, _SENTENCE_ROW, _LAST)
    row = _TALLY_ROW + 1
    for area, formula, style in (
        (state, wanting, "if_want"),
        (state, f'=LEFT({cell},{len(WRONG.strip())})="{WRONG.strip()}"', "if_bad"),
        (state, f'={cell}="{DONE}"', "if_good"),
        (Area(row, 0, row, 2), f"={tally[0]}>0", "if_want"),
        (Area(row, 3, row, 3), f"={tally[1]}>0", "if_bad"),
        (sentence, f"={tally[0]}+{tally[1]}=0", "if_good"),
        (sentence, f"={tally[0]}+{tally[1]}>0", "if_want"),
    ):
        tint(sheet, area, {"type": "formula", "criteria": formula, "format": formats[style]})


def _set_up(sheet: Any, layout: WorkbookLayout, count: int) -> None:  # noqa: ANN401
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.print_area(0, 0, _FIRST + max(count, 1) - 1, _LAST)
    sheet.set_footer(footer(layout))
    sheet.freeze_panes(_FIRST, 0)
    sheet.hide_gridlines(2)
    protect(sheet)
