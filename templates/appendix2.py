"""Draws the sheet "Phụ lục 2": one row per task, with what the plan expects beside what the unit reports.

Rows begin at the height of their printed texts and grow with what is typed.
"""

from __future__ import annotations

from datetime import date

from plan.layout import FIRST_ROW, TASK_COLUMNS, TaskRow, WorkbookLayout, column_letter
from plan.shown import shown_due
from plan.text_fit import column_pixels, room, row_height
from plan.worksheet import tint, validate
from templates import entry_rules
from templates.formats import BODY
from templates.formulas import DONE, MISSING, WRONG, task_check
from templates.heading import Page, draw_group, draw_signatures, set_up_page
from templates.previous import Previous, task_before
from templates.safe import Area, write

_INPUT_STYLE = {
    "status": "input_choice",
    "progress": "input_percent",
    "document_number": "input_choice",
    "document_date": "input_date",
}
_INDENTED = ("name", "expected")  # left-aligned texts, kept off the border
_LEAST_POINTS = 51.0
_AIR = 3.0


def last_row(layout: WorkbookLayout) -> int:
    """Return the last Excel row of the table."""
    return layout.task_rows[-1].row


def draw_rows(page: Page, layout: WorkbookLayout, previous: Previous) -> None:
    """Draw every row under the column heads, its rules, signatures and page set-up."""
    for group in layout.task_groups:
        draw_group(page, group.row, group.text)
    for task in layout.task_rows:
        _draw_task(page, task, previous)
    last = last_row(layout)
    _draw_rules(page, last, date(layout.period.year, 12, 31))
    set_up_page(page, layout, draw_signatures(page, last))


def _draw_task(page: Page, line: TaskRow, previous: Previous) -> None:
    sheet, formats, row, task = page.sheet, page.formats, line.row - 1, line.task
    for key, text, style in (
        ("code", line.code, "code"),
        ("number", line.number, "centre"),
        ("name", task.name, "text"),
        ("role", line.role_text, "centre"),
        ("expected", task.result, "text"),
        ("due", shown_due(task), "centre"),
    ):
        write(sheet, row, page.index(key), text, formats[style])
    for column in page.columns:
        if column.is_input:
            style = _INPUT_STYLE.get(column.key, "input_text")
            write(sheet, row, page.index(column.key), "", formats[style])
    formula, shown = task_check(line.row)
    sheet.write_formula(row, page.index("check"), formula, formats["check_wrapped"], shown)
    sheet.set_growing_row(row, _height(page, line))
    before = task_before(line.code, previous)
    for key, rule in (("status", entry_rules.status_rule(before)), ("progress", entry_rules.progress_rule(before))):
        validate(sheet, Area(row, page.index(key), row, page.index(key)), rule)


def _height(page: Page, line: TaskRow) -> float:
    """Return the height that shows all printed texts of a row, and three lines of a check message at the least."""
    printed = {
        "name": line.task.name,
        "role": line.role_text,
        "expected": line.task.result,
        "due": shown_due(line.task),
    }
    cells = [
        (printed[c.key], room(column_pixels(c.width), indented=c.key in _INDENTED))
        for c in page.columns
        if c.key in printed
    ]
    return max(_LEAST_POINTS, row_height(cells, BODY) + _AIR)


def _draw_rules(page: Page, last: int, latest: date) -> None:
    """Set what holds for whole columns: document dates, messages, the colours of missing and wrong."""
    sheet, formats = page.sheet, page.formats

    def area(key: str) -> Area:
        return Area(FIRST_ROW - 1, page.index(key), last - 1, page.index(key))

    def cell(key: str) -> str:
        return f"${column_letter(TASK_COLUMNS, key)}{FIRST_ROW}"

    validate(sheet, area("document_number"), entry_rules.document_number_rule())
    validate(sheet, area("document_date"), entry_rules.document_date_rule(latest))
    check = cell("check")
    wanting = f'LEFT({check},{len(MISSING)})="{MISSING}"'
    wrong = f'=LEFT({check},{len(WRONG.strip())})="{WRONG.strip()}"'
    asks_result = f'={check}="{MISSING} kết quả hoặc số văn bản"'
    for key, formula, style in (
        ("status", f"=AND({wanting},LEN(TRIM({cell('status')}))=0)", "if_missing"),
        ("progress", f'={check}="{MISSING} % hoàn thành"', "if_missing"),
        ("result", asks_result, "if_missing"),
        ("document_number", asks_result, "if_missing"),
        ("check", f"={wanting}", "if_want"),
        ("check", wrong, "if_bad"),
        ("check", f'={check}="{DONE}"', "if_good"),
    ):
        tint(sheet, area(key), {"type": "formula", "criteria": formula, "format": formats[style]})
    percent = cell("progress")
    # "#,##0.##" shows 95 as "95,": a whole number is shown without the comma.
    whole = f"=AND(ISNUMBER({percent}),N({percent})=INT(N({percent})))"
    tint(sheet, area("progress"), {"type": "formula", "criteria": whole, "format": formats["if_whole"]})
