"""The official head and foot of an appendix: letterhead, title, identity, column heads, signatures, print set-up.

Positions come from plan.layout; rows above the identity line are furniture that no reader looks at.
The look follows Decree 30/2020/NĐ-CP as far as a sheet of cells allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from plan.layout import HEADER_ROW, IDENTITY_COLUMN, IDENTITY_ROW, Column, WorkbookLayout
from plan.text_fit import FONT, column_pixels, room, row_height, text_points
from templates.formats import BODY, PLAIN, Formats
from templates.safe import Area, span, write

A4 = 9
_LAST_LOCKED_COLUMN = 30
_FIRST = 1  # column A is hidden
_TITLE_ROW, _PERIOD_ROW, _INSTRUCTION_ROW = 3, 4, 6  # 0-based, around the identity line of the layout
_ROW_HEIGHTS = (16.5, 16.5, 9.0, 38.25, 16.5, 15.0)
_PEOPLE = "UBND "
_OF_OTHER_LINES = {
    *("công an", "ban chỉ huy", "bảo hiểm xã hội", "mặt trận", "mặt trận tổ quốc", "đoàn thể"),
    "ban",  # of the Party: the committee's own offices are phòng, văn phòng, trung tâm
}
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Page:
    """A sheet being drawn: its xlsxwriter worksheet, its columns and the styles of its workbook."""

    sheet: Any  # xlsxwriter ships no types
    columns: tuple[Column, ...]
    formats: Formats

    def index(self, key: str) -> int:
        """Return the 0-based column of `key`."""
        return self._places[key]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column.key: index for index, column in enumerate(self.columns)}

    @property
    def last_printed(self) -> int:
        """The 0-based last column on paper: the self-check beyond it is for the screen only."""
        return self.index("check") - 1


@dataclass(frozen=True, slots=True)
class Title:
    """What a page says of itself: printed title, the instruction over its table, and its role in the footer."""

    name: str
    subject: str
    instruction: str


def letterhead(layout: WorkbookLayout) -> tuple[str, str]:
    """Return the two lines of the issuing block: the body above, and the reporting unit, in capitals.

    Police, military, Party, Front and social insurance have superiors of their own, whom no plan names.
    """
    name = layout.unit.name
    if name.upper().startswith(_PEOPLE):
        return "ỦY BAN NHÂN DÂN", name[len(_PEOPLE) :].upper()
    if layout.unit.kind in _OF_OTHER_LINES:
        return "", name.upper()
    return layout.plan.issuer.upper(), name.upper()


def draw_heading(page: Page, layout: WorkbookLayout, title: Title, period_text: str) -> None:
    """Draw everything above the first table row and set the column widths."""
    sheet, formats, last = page.sheet, page.formats, page.last_printed
    lock_surroundings(sheet, formats)
    for index, column in enumerate(page.columns):
        sheet.set_column(index, index, column.width, formats["blank"], {"hidden": 1} if column.key == "code" else {})
    for row, height in enumerate(_ROW_HEIGHTS):
        sheet.set_row(row, height)
    above, own = letterhead(layout)
    left, right = _split(page, max(text_points(text, BODY, bold=True) for text in (above, own)))
    for row, style, texts in (
        (0, ("letterhead", "letterhead_bold"), (above, COUNTRY)),
        (1, ("letterhead_bold", "letterhead_bold"), (own, MOTTO)),
        (2, ("rule", "rule"), (_rule(own, 0.4), _rule(MOTTO, 1.0))),
    ):
        span(sheet, Area(row, _FIRST, row, left), texts[0], formats[style[0]])
        span(sheet, Area(row, right, row, last), texts[1], formats[style[1]])
    span(sheet, Area(_TITLE_ROW, _FIRST, _TITLE_ROW, last), f"{title.name}\n{title.subject}", formats["title"])
    span(sheet, Area(_PERIOD_ROW, _FIRST, _PERIOD_ROW, last), period_text, formats["subtitle"])
    identity = Area(IDENTITY_ROW - 1, IDENTITY_COLUMN - 1, IDENTITY_ROW - 1, last)
    span(sheet, identity, layout.identity_text, formats["identity"])
    span(sheet, Area(_INSTRUCTION_ROW, _FIRST, _INSTRUCTION_ROW, last), title.instruction, formats["instruction"])
    sheet.set_row(_INSTRUCTION_ROW, row_height([(title.instruction, merged_room(page.columns, _FIRST, last))], BODY))
    for index, column in enumerate(page.columns):
        write(sheet, HEADER_ROW - 1, index, column.heading, formats["header_input" if column.is_input else "header"])
    heads = [(column.heading, room(column_pixels(column.width))) for column in page.columns[_FIRST:]]
    sheet.set_row(HEADER_ROW - 1, row_height(heads, PLAIN, bold=True) + 4)


def merged_room(columns: Sequence[Column], first: int, last: int, *, indented: bool = False) -> float:
    """Return the points that text may use over the 0-based columns `first` to `last`."""
    return room(sum(column_pixels(column.width) for column in columns[first : last + 1]), indented=indented)


def _split(page: Page, wanted: float = 0.0) -> tuple[int, int]:
    """Return the last column of the left block and the first of the right one.

    The left block takes 28 % of the printed width, more when it needs `wanted` points, never more than 58 %.
    """
    edges = list(accumulate(column.width for column in page.columns[_FIRST : page.last_printed + 1]))
    total = edges[-1]
    columns = range(_FIRST, page.last_printed)
    wide_enough = (
        i
        for i, edge in zip(columns, edges, strict=False)
        if edge >= 0.28 * total and merged_room(page.columns, _FIRST, i) >= wanted
    )
    halves = [i for i, edge in zip(columns, edges, strict=False) if edge <= 0.58 * total]
    left = min(next(wide_enough, halves[-1]), halves[-1])
    right = next(i for i, edge in zip(columns, edges, strict=False) if edge >= 0.42 * total) + 1
    return left, max(right, left + 1)


def _rule(text: str, share: float) -> str:
    """Return underscores as long as `share` of the bold 12-point `text` above them (Decree 30: a short line)."""
    return "_" * max(8, round(text_points(text, 12, bold=True) * share / text_points("_", 6)))


def draw_group(page: Page, row: int, text: str) -> None:
    """Draw a heading line over the rows of a group at Excel row `row`."""
    last = page.last_printed
    free = merged_room(page.columns, _FIRST, last, indented=True)
    page.sheet.set_row(row - 1, row_height([(text, free)], BODY, bold=True) + 4)
    span(page.sheet, Area(row - 1, _FIRST, row - 1, last), text, page.formats["group"])
    write(page.sheet, row - 1, page.index("check"), "", page.formats["group"])


def draw_signatures(page: Page, last_row: int) -> int:
    """Draw the places to sign under Excel row `last_row`; return the last Excel row used."""
    left, right = _split(page)
    sheet, formats, row = page.sheet, page.formats, last_row + 1
    blocks = (
        (Area(row + 1, _FIRST, row + 1, left), "NGƯỜI LẬP BIỂU", "signature"),
        (Area(row + 2, _FIRST, row + 2, left), "(Ký, ghi rõ họ tên)", "signature_note"),
        (Area(row, right, row, page.last_printed), "Ngày …… tháng …… năm ………", "signature_note"),
        (Area(row + 1, right, row + 1, page.last_printed), "THỦ TRƯỞNG ĐƠN VỊ", "signature"),
        (Area(row + 2, right, row + 2, page.last_printed), "(Ký, ghi rõ họ tên, đóng dấu)", "signature_note"),
    )
    for area, text, style in blocks:
        span(sheet, area, text, formats[style])
    return row + 3


def set_up_page(page: Page, layout: WorkbookLayout, last_row: int) -> None:
    """Set paper, margins, repeated heads, footer, frozen panes and protection; `last_row` ends the print area."""
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.45, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.print_area(0, _FIRST, last_row - 1, page.last_printed)
    sheet.set_footer(footer(layout))
    sheet.freeze_panes(HEADER_ROW, page.index("name") + 1)
    sheet.set_zoom(90)
    sheet.hide_gridlines(2)
    protect(sheet)


def footer(layout: WorkbookLayout) -> str:
    """Return the footer: whose report it is on the left, "Trang 1/3" on the right."""
    identity = layout.identity_text.replace("&", "&&")
    return f'&L&"{FONT},Regular"&9{identity}&R&"{FONT},Regular"&10Trang &P/&N'


def lock_surroundings(sheet: Any, formats: Formats) -> None:  # noqa: ANN401
    """Lock the empty cells in and around a table; all 16,384 columns would cost xlsxwriter 0.1 s a sheet."""
    sheet.set_column(0, _LAST_LOCKED_COLUMN, None, formats["blank"])


def protect(sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Lock the sheet without a password: it guards against slips, the checks on return guard against the rest."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
