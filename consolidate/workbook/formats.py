"""Every cell format of the consolidated workbook, built once per workbook.

Times New Roman throughout, black on white where it is printed and signed; colour only says something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from consolidate.model import ReportingState
from plan.text_fit import FONT
from plan.words import ATTAINED, NOT_ATTAINED

BODY_POINTS = 12
LONG_POINTS = 11  # lists that are read on a screen first

_HEAD_FILL = "#E7EDF3"
_SECTION_FILL = "#F3F5F7"
_LINE = "#7F7F7F"
_LINK = "#1F3864"  # dark enough to print as black, blue enough to be found
GOOD, FAIR, POOR, GREY = "#C6E5CB", "#FCE8A6", "#F3B3A6", "#EDEDED"
STATE_COLOURS: dict[ReportingState, str] = {
    ReportingState.ON_TIME: "#5B9E6B",
    ReportingState.LATE: "#D9A520",
    ReportingState.TO_BE_CORRECTED: "#D9772B",
    ReportingState.MISSING: "#B53A32",
}
_STATE_FILLS: dict[ReportingState, str] = {
    ReportingState.ON_TIME: GOOD,
    ReportingState.LATE: FAIR,
    ReportingState.TO_BE_CORRECTED: "#F8CFA4",
    ReportingState.MISSING: POOR,
}


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats by what they are for; every drawer takes them from here and makes none."""

    head_caps: Format
    head_bold: Format
    head_italic: Format
    title: Format
    subtitle: Format
    note: Format
    column_head: Format
    section: Format
    subsection: Format
    cell: Format
    cell_centre: Format
    cell_right: Format
    cell_bold: Format
    link_centre: Format
    result: tuple[Format, ...]  # by number of decimals
    result_percent: tuple[Format, ...]  # of figures that are shares of a hundred already
    number: tuple[Format, ...]
    matrix: tuple[Format, ...]
    matrix_attained: Format
    matrix_mark: Format
    matrix_none: Format
    matrix_head: Format
    moment: Format
    count: Format
    percent: Format
    state: dict[ReportingState, Format]
    error: Format
    warning: Format
    long_head: Format
    sign_left_title: Format
    sign_left: Format
    sign_right: Format
    sign_right_note: Format


def build_formats(book: Workbook) -> Formats:
    """Add the formats to `book` and return them."""

    @cache
    def made(**properties: object) -> Format:
        return book.add_format({"font_name": FONT, "font_size": BODY_POINTS, "valign": "vcenter", **properties})

    lined: dict[str, object] = {"border": 1, "border_color": _LINE}
    ruled: dict[str, object] = {**lined, "text_wrap": True}
    middle: dict[str, object] = {**ruled, "align": "center"}
    block: dict[str, object] = {"align": "center", "text_wrap": True}
    faint: dict[str, object] = {"border": 1, "border_color": "#C9C9C9"}
    digits = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000")
    return Formats(
        head_caps=made(**block),
        head_bold=made(**block, bold=True),
        head_italic=made(**block, italic=True),
        title=made(**block, bold=True, font_size=14),
        subtitle=made(**block, italic=True),
        note=made(italic=True, text_wrap=True, font_size=LONG_POINTS),
        column_head=made(**middle, bold=True, bg_color=_HEAD_FILL),
        section=made(**ruled, bold=True, bg_color=_SECTION_FILL, indent=1),
        subsection=made(**ruled, bold=True, italic=True, indent=1),
        cell=made(**ruled, indent=1),
        cell_centre=made(**middle),
        cell_right=made(**ruled, align="right", indent=1),
        cell_bold=made(**middle, bold=True),
        link_centre=made(**middle, font_color=_LINK),
        result=tuple(made(**middle, bold=True, num_format=d) for d in digits),
        result_percent=tuple(made(**middle, bold=True, num_format=f'{d}"%"') for d in digits),
        number=tuple(made(**lined, align="right", indent=1, num_format=d) for d in digits),
        matrix=tuple(made(**faint, align="center", num_format=d) for d in digits),
        matrix_attained=made(
            border=1,
            border_color="#C9C9C9",
            align="center",
            num_format=f'[=100]"{ATTAINED}";[=0]"{NOT_ATTAINED}";General',
        ),
        matrix_mark=made(**faint, align="center", font_color="#7A7A7A"),
        matrix_none=made(**faint, bg_color=GREY),
        matrix_head=made(**middle, bold=True, bg_color=_HEAD_FILL, font_size=LONG_POINTS),
        moment=made(**middle, num_format="dd/mm/yyyy hh:mm"),
        count=made(**middle, num_format="#,##0"),
        percent=made(**middle, num_format="0.0%"),
        state={state: made(**middle, bg_color=fill) for state, fill in _STATE_FILLS.items()},
        error=made(**middle, bg_color=POOR),
        warning=made(**middle, bg_color=FAIR),
        long_head=made(**middle, bold=True, bg_color=_HEAD_FILL, font_size=LONG_POINTS),
        sign_left_title=made(bold=True, italic=True),
        sign_left=made(text_wrap=True, font_size=LONG_POINTS, valign="top"),
        sign_right=made(**block, bold=True, font_size=13),
        sign_right_note=made(**block, italic=True),
    )
