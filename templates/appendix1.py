"""Draws the sheet "Phụ lục 1": one block of rows per indicator, inputs beside what they mean.

Rows grow with the explanation that a unit types; only the last row of a block may be fixed, because Excel
never fits a row to the merged name beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from plan.cell_text import cell_text
from plan.layout import (
    FIRST_ROW,
    INDICATOR_COLUMNS,
    IndicatorRow,
    ResultRow,
    WorkbookLayout,
    column_letter,
)
from plan.model import FieldKind, Measure
from plan.shown import shown_target, shown_unit
from plan.text_fit import column_pixels, line_count, room, row_height
from plan.worksheet import tint, validate
from templates import entry_rules
from templates.formats import BODY
from templates.formulas import ADVISED, DONE, MISSING, NEEDS_REASON, WRONG, indicator_check, indicator_result
from templates.heading import Page, draw_group, draw_signatures, set_up_page
from templates.previous import NOT_KNOWN, Previous, result_before
from templates.safe import Area, span, write

_INPUT_STYLE = {
    FieldKind.COUNT: "input_count",
    FieldKind.NUMBER: "input_number",
    FieldKind.CHOICE: "input_choice",
    FieldKind.TEXT: "input_text",
}
_PREVIOUS_STYLE = {FieldKind.COUNT: "count", FieldKind.NUMBER: "number"}
_RESULT_LABEL = {
    Measure.RATIO: "Tỷ lệ đạt được (máy tự tính)",
    Measure.CHANGE: "Mức tăng, giảm so với kỳ gốc (máy tự tính)",
}
_INDENTED = ("name", "label")  # left-aligned texts, kept off the border
_LINE_POINTS = 16.0  # one line, at the least that any program gives it
_RESULT_POINTS = 24.0
_LEAST_POINTS = 30.0
_TEXT_POINTS = 54.0  # a document number and date in the narrow value column
_AIR = 3.0
_GENEROUS = 1.15  # room taken as this much wider when the least height is wanted


def last_row(layout: WorkbookLayout) -> int:
    """Return the last Excel row of the table."""
    return max([line.row for line in layout.indicator_rows] + [result.row for result in layout.result_rows])


def draw_rows(page: Page, layout: WorkbookLayout, previous: Previous) -> None:
    """Draw every row under the column heads, its rules, signatures and page set-up."""
    for group in layout.indicator_groups:
        draw_group(page, group.row, group.text)
    results = {result.indicator.code: result for result in layout.result_rows}
    for code, block in groupby(layout.indicator_rows, key=lambda line: line.indicator.code):
        _draw_block(page, list(block), results.get(code), previous)
    last = last_row(layout)
    _draw_rules(page, last)
    set_up_page(page, layout, draw_signatures(page, last))


def _draw_block(page: Page, lines: Sequence[IndicatorRow], result: ResultRow | None, previous: Previous) -> None:
    """Draw the rows of one indicator; number, name and target stand once, beside all of them."""
    indicator = lines[0].indicator
    first, last = lines[0].row - 1, (result.row if result else lines[-1].row) - 1
    for key, text, style in (
        ("number", lines[0].number, "centre"),
        ("name", indicator.name, "text_bold"),
        ("target", shown_target(indicator), "centre"),
    ):
        span(page.sheet, Area(first, page.index(key), last, page.index(key)), text, page.formats[style])
    for line in lines:
        _draw_line(page, line, lines, previous)
    if result:
        _draw_result(page, result, lines, previous)
    _fit_block(page, lines, result)


def _draw_line(page: Page, line: IndicatorRow, lines: Sequence[IndicatorRow], previous: Previous) -> None:
    sheet, formats, row, field = page.sheet, page.formats, line.row - 1, line.field
    write(sheet, row, page.index("code"), line.code, formats["code"])
    write(sheet, row, page.index("label"), field.label, formats["text"])
    write(sheet, row, page.index("unit"), field.unit, formats["centre"])
    before = previous.get((line.code, "value"), NOT_KNOWN)
    if isinstance(before, Decimal):
        style = formats[_PREVIOUS_STYLE.get(field.kind, "number")]
        sheet.write_number(row, page.index("previous"), before, style)
    else:
        write(sheet, row, page.index("previous"), cell_text(before), formats["centre"])
    value = page.index("value")
    write(sheet, row, value, "", formats[_INPUT_STYLE[field.kind]])
    write(sheet, row, page.index("state"), "", formats["input_choice"])
    write(sheet, row, page.index("explanation"), "", formats["input_text"])
    formula, shown = indicator_check(line, lines)
    sheet.write_formula(row, page.index("check"), formula, formats["check"], shown)
    validate(sheet, Area(row, value, row, value), entry_rules.value_rule(field, line.indicator.fields))


def _draw_result(page: Page, result: ResultRow, lines: Sequence[IndicatorRow], previous: Previous) -> None:
    sheet, formats, row = page.sheet, page.formats, result.row - 1
    indicator = result.indicator
    points = any(line.field.name == "baseline_numerator" for line in lines)
    unit = "điểm %" if points and indicator.unit == "%" else shown_unit(indicator)
    write(sheet, row, page.index("label"), _RESULT_LABEL[indicator.measure], formats["result_text"])
    write(sheet, row, page.index("unit"), unit, formats["result_centre"])
    before = result_before(result, previous)
    if before is None:
        write(sheet, row, page.index("previous"), NOT_KNOWN, formats["result_centre"])
    else:
        sheet.write_number(row, page.index("previous"), before, formats["result_number"])
    formula = indicator_result(lines, indicator.decimals)
    sheet.write_formula(row, page.index("value"), formula, formats["result_number"], "")
    for key in ("state", "explanation"):
        write(sheet, row, page.index(key), "", formats["result_text"])
    write(sheet, row, page.index("check"), "", formats["check"])


def _fit_block(page: Page, lines: Sequence[IndicatorRow], result: ResultRow | None) -> None:
    """Give every row its height; the last row of a block also has what the merged texts beside it still need.

    Input rows may shrink to their least height when they are edited, so only that is counted on.
    """
    rooms = {c.key: room(column_pixels(c.width), indented=c.key in _INDENTED) for c in page.columns}
    indicator = lines[0].indicator
    merged = max(
        row_height([(indicator.name, rooms["name"])], BODY, bold=True),
        row_height([(shown_target(indicator), rooms["target"])], BODY),
    )
    last = result.row if result else lines[-1].row
    for line in lines:
        least = _TEXT_POINTS if line.field.kind is FieldKind.TEXT else _LEAST_POINTS
        height = max(least, row_height([(line.field.label, rooms["label"])], BODY) + _AIR)
        if line.row != last or height >= merged:
            page.sheet.set_growing_row(line.row - 1, height)
            merged -= line_count(line.field.label, rooms["label"] * _GENEROUS, BODY) * _LINE_POINTS
        else:
            page.sheet.set_row(line.row - 1, merged)
    if result:
        own = row_height([(_RESULT_LABEL[indicator.measure], rooms["label"])], BODY)
        page.sheet.set_row(result.row - 1, max(merged, own, _RESULT_POINTS))


def _draw_rules(page: Page, last: int) -> None:
    """Set what holds for whole columns: the state list, the messages, the colours of missing and wrong."""
    sheet, formats = page.sheet, page.formats

    def area(key: str) -> Area:
        return Area(FIRST_ROW - 1, page.index(key), last - 1, page.index(key))

    validate(sheet, area("state"), entry_rules.state_rule())
    validate(sheet, area("explanation"), entry_rules.explanation_rule())
    check = f"${column_letter(INDICATOR_COLUMNS, 'check')}{FIRST_ROW}"
    missing, wrong = f'={check}="{MISSING}"', f'=LEFT({check},{len(WRONG.strip())})="{WRONG.strip()}"'
    reason = f'={check}="{NEEDS_REASON}"'
    for key, formula, style in (
        ("value", missing, "if_missing"),
        ("value", wrong, "if_bad"),
        ("explanation", reason, "if_missing"),
        ("check", missing, "if_want"),
        ("check", reason, "if_want"),
        ("check", f'={check}="{ADVISED}"', "if_want"),
        ("check", wrong, "if_bad"),
        ("check", f'={check}="{DONE}"', "if_good"),
    ):
        tint(sheet, area(key), {"type": "formula", "criteria": formula, "format": formats[style]})
    value = f"${column_letter(INDICATOR_COLUMNS, 'value')}{FIRST_ROW}"
    # "#,##0.##" shows 5 as "5,": a whole number is shown without the comma.
    whole = f"=AND(ISNUMBER({value}),N({value})=INT(N({value})))"
    tint(sheet, area("value"), {"type": "formula", "criteria": whole, "format": formats["if_whole"]})
