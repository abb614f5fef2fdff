"""Every cell format of the consolidated workbook, built once per workbook.

Times New Roman throughout, black on white where it is printed and signed; colour only says something.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from consolidate.model import ReportingState
from plan.model import Comparator
from plan.shown import SIGNS
from plan.text_fit import FONT
from plan.words import ATTAINED, NOT_ATTAINED, STATE_WORDS, DataState

BODY_POINTS = 12
LONG_POINTS = 11  # lists that are read on a screen first

_HEAD_FILL = "#E7EDF3"
_SECTION_FILL = "#F3F5F7"
_LINE = "#7F7F7F"
_URGENT_FILL = "#6E1B16"
_LINK = "#1F3864"  # dark enough to print as black, blue enough to be found
ESTIMATED = f"({STATE_WORDS[DataState.ESTIMATE].lower()})"
_ESTIMATED = f'" {ESTIMATED}"'  # as a number format puts it behind a number
GOOD, FAIR, POOR, GREY = "#C6E5CB", "#FCE8A6", "#F3B3A6", "#EDEDED"
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
    overdue: Format  # white on near black: told apart on a black-and-white print too
    at_risk: Format
    count_bold: Format
    cell_italic: Format
    upright_head: Format
    block_title: Format
    key_label: Format
    key_count: Format
    key_share: Format
    key_overdue: Format
    key_at_risk: Format
    small: Format
    small_centre: Format
    small_bold: Format
    small_total: Format
    small_link: Format
    small_overdue: Format
    small_at_risk: Format
    small_note: Format
    small_result: tuple[Format, ...]  # by number of decimals
    bound: dict[tuple[Comparator, bool], Format]  # a target as a number behind its sign; True: of percentages
    head_motto: Format
    head_number: Format
    head_date: Format
    result_estimated: tuple[Format, ...]  # "ước" stands in the number format: the figure stays a number
    result_percent_estimated: tuple[Format, ...]
    matrix_estimated: tuple[Format, ...]
    figure: tuple[Format, ...]
    figure_estimated: tuple[Format, ...]
    change: tuple[Format, ...]  # with its sign
    change_marked: tuple[Format, ...]  # and an asterisk: not of the same units
    ranked_first: Format  # of conditional formats
    ranked_last: Format


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
    small: dict[str, object] = {**ruled, "font_size": LONG_POINTS}
    small_middle: dict[str, object] = {**middle, "font_size": LONG_POINTS}
    # A number that does not fit shows as ####: here it gets smaller instead.
    narrow: dict[str, object] = {**lined, "align": "center", "shrink": True, "font_size": LONG_POINTS}
    digits = ("#,##0", *(f"#,##0.{'0' * places}" for places in range(1, 7)))  # a plan allows up to six decimals
    return Formats(
        head_caps=made(**block),
        head_bold=made(**block, bold=True),
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
        sign_right_note=made(**block, italic=True, valign="top"),
        overdue=made(**middle, bold=True, font_color="white", bg_color=_URGENT_FILL),
        at_risk=made(**middle, bold=True, bg_color=FAIR),
        cell_italic=made(**ruled, italic=True, indent=1),
        count_bold=made(**middle, bold=True, num_format="#,##0"),
        upright_head=made(**middle, bold=True, bg_color=_HEAD_FILL, rotation=90),
        block_title=made(bold=True, text_wrap=True, font_size=13),
        key_label=made(**small_middle, bg_color=_SECTION_FILL),
        key_count=made(**middle, bold=True, font_size=16, num_format="#,##0"),
        key_overdue=made(
            **middle, bold=True, font_size=16, num_format="#,##0", font_color="white", bg_color=_URGENT_FILL
        ),
        key_at_risk=made(**middle, bold=True, font_size=16, num_format="#,##0", bg_color=FAIR),
        key_share=made(**middle, bold=True, font_size=16, num_format="0.0%"),
        small=made(**small, indent=1),
        small_centre=made(**small_middle, num_format="#,##0"),
        small_bold=made(**small, bold=True, indent=1, bg_color=_SECTION_FILL),
        small_total=made(**small_middle, bold=True, num_format="#,##0"),
        small_link=made(**small_middle, font_color=_LINK),
        small_overdue=made(**small_middle, bold=True, font_color="white", bg_color=_URGENT_FILL),
        small_at_risk=made(**small_middle, bold=True, bg_color=FAIR),
        small_note=made(italic=True, text_wrap=True, font_size=LONG_POINTS, valign="top"),
        small_result=tuple(made(**narrow, bold=True, num_format=d) for d in digits),
        bound={
            (sign, percent): made(**narrow, num_format=f'"{word} "General{mark}')
            for sign, word in SIGNS.items()
            for percent, mark in ((False, ""), (True, '"%"'))
        },
        head_motto=made(**block, bold=True, font_size=13),
        head_number=made(**block, font_size=13),
        head_date=made(**block, italic=True, font_size=13),
        result_estimated=tuple(made(**middle, bold=True, num_format=f"{d}{_ESTIMATED}") for d in digits),
        result_percent_estimated=tuple(made(**middle, bold=True, num_format=f'{d}"%{_ESTIMATED[1:]}') for d in digits),
        matrix_estimated=tuple(made(**faint, align="center", italic=True, num_format=d) for d in digits),
        figure=tuple(made(**middle, num_format=d) for d in digits),
        figure_estimated=tuple(made(**middle, num_format=f"{d}{_ESTIMATED}") for d in digits),
        change=tuple(made(**middle, num_format=f"+{d};-{d};{d}") for d in digits),
        change_marked=tuple(made(**middle, num_format=f'+{d}"*";-{d}"*";{d}"*"') for d in digits),
        ranked_first=book.add_format({"bold": True, "bg_color": GOOD}),
        ranked_last=book.add_format({"bold": True, "bg_color": POOR}),
    )
