"""The look of a plan workbook by name: what the document prints is blue, what was made of it is warm, doubts orange.

Every cell has the text format, so that nothing that is typed becomes a number, a date or a formula. Nothing is
drawn here.
"""

from __future__ import annotations

from typing import Any

from plan.text_fit import FONT

BODY = 11
SMALL = 8
GUIDE = 11
A4 = 9

_RULE_INK = "#B7BDC6"
_QUIET_INK = "#7A828E"
_LINK_INK = "#1F4E9E"
_PRINTED, _PRINTED_HEAD, _PRINTED_KEY = "#F2F6FB", "#CFDDEE", "#E3ECF6"
_OWN, _OWN_HEAD, _OWN_KEY = "#FFFDF4", "#FBE7AE", "#FDF3D3"
_CONFIRM = "#FBCFA3"

Properties = dict[str, Any]
_AS_TEXT = 49  # Excel's own "@"; spelled out, xlsxwriter would make it a custom format
_TEXT: Properties = {"num_format": _AS_TEXT, "text_wrap": True, "valign": "top", "font_size": BODY}
_INDENT: Properties = {"align": "left", "indent": 1}
_CELL: Properties = _TEXT | {"border": 1, "border_color": _RULE_INK}
_HEAD: Properties = _CELL | {"bold": True, "align": "center", "valign": "vcenter"}
_KEY: Properties = (
    _CELL
    | _INDENT
    | {
        "font_size": SMALL,
        "font_color": _QUIET_INK,
        "text_wrap": False,
        "shrink": True,
        "valign": "vcenter",
    }
)
_CENTRE: Properties = {"align": "center"}

_STYLES: dict[str, Properties] = {
    "column": _TEXT,
    "column_centre": _TEXT | _CENTRE,
    "printed": _CELL | _INDENT | {"bg_color": _PRINTED},
    "printed_centre": _CELL | _CENTRE | {"bg_color": _PRINTED},
    "printed_head": _HEAD | {"bg_color": _PRINTED_HEAD},
    "printed_key": _KEY | {"bg_color": _PRINTED_KEY},
    "own": _CELL | _INDENT | {"bg_color": _OWN},
    "own_code": _CELL | _INDENT | {"bg_color": _OWN, "font_size": 9, "bold": True},
    "own_centre": _CELL | _CENTRE | {"bg_color": _OWN},
    "own_head": _HEAD | {"bg_color": _OWN_HEAD},
    "own_key": _KEY | {"bg_color": _OWN_KEY},
    # conditional: cells named in the column `confirm`, and the look of rows that are added below
    "to_confirm": {"bg_color": _CONFIRM},
    "new_printed": {"bg_color": _PRINTED, "border": 1, "border_color": _RULE_INK},
    "new_own": {"bg_color": _OWN, "border": 1, "border_color": _RULE_INK},
    # head sheet and guide
    "label": _CELL | _INDENT | {"bold": True, "bg_color": _PRINTED},
    "key": _CELL | _INDENT | {"font_size": 9, "font_color": _QUIET_INK, "bg_color": _PRINTED},
    "hint": _CELL | _INDENT | {"font_color": _QUIET_INK, "italic": True},
    "head": _HEAD | {"bg_color": _PRINTED_HEAD},
    "title": _TEXT | {"bold": True, "font_size": 16, "align": "center", "text_wrap": False},
    "subtitle": _TEXT | {"italic": True, "align": "center", "font_size": 12},
    "section": _TEXT | {"bold": True, "font_size": 13, "font_color": _LINK_INK, "bottom": 1, "bottom_color": _LINK_INK},
    "purpose": _TEXT | {"italic": True},
    "plain": _TEXT,
    "step": _TEXT | _CENTRE | {"bold": True},
    "boxed": _CELL | _INDENT,
    "boxed_printed": _CELL | _INDENT | {"bold": True, "bg_color": _PRINTED},
    "boxed_own": _CELL | _INDENT | {"bold": True, "bg_color": _OWN},
    "boxed_confirm": _CELL | _INDENT | {"bold": True, "bg_color": _CONFIRM},
    "boxed_key": _CELL | _INDENT | {"font_size": 9, "font_color": _QUIET_INK},
}

Formats = dict[str, Any]  # style name -> xlsxwriter Format


def workbook_options() -> Properties:
    """Return the options of a new workbook; xlsxwriter writes into them, so each workbook gets its own."""
    # Size 11 keeps the digit width of 7 pixels by which Excel reads column widths.
    normal = {"font_name": FONT, "font_size": BODY, "font_scheme": "none"}
    text_stays_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return {"in_memory": True, "default_format_properties": normal} | text_stays_text


def make_formats(workbook: Any) -> Formats:  # noqa: ANN401 - xlsxwriter ships no types
    """Add every style to `workbook` and return them by name."""
    return {name: workbook.add_format(properties) for name, properties in _STYLES.items()}
