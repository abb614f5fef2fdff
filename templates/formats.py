"""The look of every cell, by name: Times New Roman, thin rules, locked labels, tinted unlocked inputs.

The Normal style is unlocked, because a value pasted into an input brings the Normal style with it and
would otherwise lock the cell; every label format therefore says that it is locked. Nothing is drawn here.
"""

from __future__ import annotations

from typing import Any

from plan.text_fit import FONT

BODY = 13  # in the appendices, which are scaled to the width of A4
PLAIN = 12  # in the guide and on the check sheet
SMALL = 10
COUNT_FORMAT = "#,##0"
NUMBER_FORMAT = "#,##0.##"
DATE_FORMAT = "dd/mm/yyyy"

INPUT_TINT = "#FFFBE0"
MISSING_TINT = "#FFE9A8"
HEADER_TINT = "#DCE6F1"
HEADER_INPUT_TINT = "#FFF3CF"
GROUP_TINT = "#EEF3F8"
RESULT_TINT = "#F2F2F2"
GOOD_TINT, GOOD_INK = "#E3F1DA", "#2E6B1F"
WANT_TINT, WANT_INK = "#FFE9A8", "#7A4E00"
BAD_TINT, BAD_INK = "#F8CFC5", "#A3150C"
RULE_INK = "#7F7F7F"
QUIET_INK = "#595959"
LINK_INK = "#1F4E9E"

Properties = dict[str, Any]


def workbook_options() -> Properties:
    """Return the options of a new workbook; xlsxwriter writes into them, so each workbook gets its own."""
    # Size 11 keeps the digit width of 7 pixels by which Excel reads column widths.
    normal = {"font_name": FONT, "font_size": 11, "font_scheme": "none", "locked": False}
    text_stays_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return {"in_memory": True, "default_format_properties": normal} | text_stays_text


_LABEL: Properties = {"locked": True, "font_size": PLAIN, "valign": "vcenter", "text_wrap": True}
_CELL: Properties = _LABEL | {"border": 1, "border_color": RULE_INK}
_TABLE: Properties = _CELL | {"font_size": BODY}
_CENTRE: Properties = {"align": "center"}
_BOLD: Properties = {"bold": True}
_INPUT: Properties = _TABLE | {"locked": False, "bg_color": INPUT_TINT}
_RESULT: Properties = _TABLE | {"bg_color": RESULT_TINT}
_FREE: Properties = _LABEL | {"text_wrap": False}

_STYLES: dict[str, Properties] = {
    # page furniture
    "blank": {"locked": True},
    "letterhead": _FREE | _CENTRE | {"font_size": BODY, "shrink": True},
    "letterhead_bold": _FREE | _CENTRE | _BOLD | {"font_size": BODY, "shrink": True},
    "rule": _FREE | _CENTRE | {"font_size": 6, "valign": "top"},
    "title": _LABEL | _CENTRE | _BOLD | {"font_size": 14},
    "subtitle": _LABEL | _CENTRE | {"italic": True, "font_size": BODY},
    "identity": _FREE | {"font_size": SMALL, "font_color": QUIET_INK},
    "instruction": _LABEL | {"italic": True, "font_size": BODY},
    "signature": _FREE | _CENTRE | _BOLD | {"font_size": BODY},
    "signature_note": _FREE | _CENTRE | {"italic": True, "font_size": BODY},
    # tables of the appendices
    "header": _CELL | _CENTRE | _BOLD | {"bg_color": HEADER_TINT},
    "header_input": _CELL | _CENTRE | _BOLD | {"bg_color": HEADER_INPUT_TINT},
    "group": _TABLE | _BOLD | {"indent": 1, "bg_color": GROUP_TINT},
    "code": {"locked": True, "font_size": SMALL, "font_color": QUIET_INK},
    "text": _TABLE | {"indent": 1},
    "text_bold": _TABLE | _BOLD | {"indent": 1},
    "centre": _TABLE | _CENTRE,
    "number": _TABLE | _CENTRE | {"num_format": NUMBER_FORMAT},
    "count": _TABLE | _CENTRE | {"num_format": COUNT_FORMAT},
    "check": _CELL | {"text_wrap": False, "indent": 1},
    "check_wrapped": _CELL | {"indent": 1},
    "result_text": _RESULT | {"italic": True, "indent": 1},
    "result_centre": _RESULT | _CENTRE | {"italic": True},
    "result_number": _RESULT | _CENTRE | _BOLD | {"font_size": 14, "num_format": NUMBER_FORMAT},
    # inputs
    "input_count": _INPUT | _CENTRE | {"font_size": 14, "num_format": COUNT_FORMAT},
    "input_number": _INPUT | _CENTRE | {"font_size": 14, "num_format": NUMBER_FORMAT},
    "input_choice": _INPUT | _CENTRE,
    "input_percent": _INPUT | _CENTRE | {"num_format": NUMBER_FORMAT},
    "input_date": _INPUT | _CENTRE | {"num_format": DATE_FORMAT},
    "input_text": _INPUT,
    # guide and check sheet
    "identity_centre": _FREE | _CENTRE | {"font_size": SMALL, "font_color": QUIET_INK},
    "section": _LABEL | _BOLD | {"font_size": 13, "font_color": LINK_INK, "bottom": 1, "bottom_color": LINK_INK},
    "plain": _LABEL,
    "indented": _LABEL | {"indent": 1},
    "note": _LABEL | {"italic": True},
    "note_bold": _LABEL | {"bold": True, "italic": True},
    "step": _LABEL | _CENTRE | _BOLD | {"valign": "top"},
    "step_text": _LABEL | {"valign": "top"},
    "boxed": _CELL | {"indent": 1},
    "boxed_bold": _CELL | _BOLD | {"indent": 1},
    "boxed_name": _CELL | _BOLD | {"indent": 1, "bg_color": GROUP_TINT},
    "right": _CELL | {"indent": 1, "font_color": GOOD_INK},
    "wrong": _CELL | {"indent": 1, "font_color": BAD_INK},
    "cell": _CELL,
    "cell_centre": _CELL | _CENTRE,
    "link": _CELL | _CENTRE | {"font_color": LINK_INK, "underline": 1},
    "swatch_missing": _CELL | {"bg_color": MISSING_TINT},
    "swatch_input": _INPUT | {"locked": True},
    "swatch_result": _RESULT,
    "if_bad_swatch": _CELL | {"bg_color": BAD_TINT},
    "tally": _CELL | _CENTRE | _BOLD | {"font_size": 26, "num_format": COUNT_FORMAT},
    "verdict": _CELL | _CENTRE | _BOLD | {"font_size": 13},
    # conditional formats
    "if_good": {"bg_color": GOOD_TINT, "font_color": GOOD_INK},
    "if_want": {"bg_color": WANT_TINT, "font_color": WANT_INK},
    "if_bad": {"bg_color": BAD_TINT, "font_color": BAD_INK, "bold": True},
    "if_missing": {"bg_color": MISSING_TINT},
    "if_whole": {"num_format": COUNT_FORMAT},
}

Formats = dict[str, Any]  # style name -> xlsxwriter Format


def make_formats(workbook: Any) -> Formats:  # noqa: ANN401 - xlsxwriter ships no types
    """Add every style to `workbook` and return them by name."""
    return {name: workbook.add_format(properties) for name, properties in _STYLES.items()}
