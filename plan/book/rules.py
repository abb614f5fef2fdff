"""What a plan workbook offers while it is edited: dropdowns, messages beside the cell, tints of doubts and new rows.

All of it reaches down to the empty rows below a table, so that a new row is helped like an old one. Nothing is
enforced: what a cell may hold is judged when the workbook is read.
"""

from __future__ import annotations

from typing import Any

from plan.book import words
from plan.book.look import Formats
from plan.book.pen import write
from plan.book.sheets import LIST_NAME, SHEETS, Column, Sheet
from plan.tables import letter
from plan.worksheet import define, tint, validate

NEW_ROWS = 200  # rows below the data that get the same help
FIRST_ROW = 2  # 0-based: headings and keys stand above
_DECIMALS = tuple("0123456")
# A cell that names another row: (table, column) -> (table, column) of the codes.
_REFERENCES = {
    ("indicators", "same_as"): ("indicators", "code"),
    ("indicators", "part_of"): ("indicators", "code"),
    ("tasks", "parent"): ("tasks", "code"),
    ("units", "parent"): ("units", "id"),
    ("waivers", "unit"): ("units", "id"),
}
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32  # Excel's limits


def define_lists(workbook: Any, counts: dict[str, int], formats: Formats) -> None:  # noqa: ANN401 - no types
    """Write the words of the dropdowns to a hidden sheet and name them, and the codes of each table likewise."""
    sheet = workbook.add_worksheet(LIST_NAME)
    choices = ((s.role, c.key, _offered(s.role, c.key)) for s in SHEETS for c in s.columns)
    for column, (role, key, offered) in enumerate(choice for choice in choices if choice[2]):
        for row, word in enumerate(offered):
            write(sheet, row, column, word, formats["plain"])
        at = letter(column)
        define(workbook, _list_name(role, key), f"='{LIST_NAME}'!${at}$1:${at}${len(offered)}")
    sheet.hide()
    for role, key in sorted(set(_REFERENCES.values())):
        found = next(s for s in SHEETS if s.role == role)
        at = letter([c.key for c in found.columns].index(key))
        first, last = FIRST_ROW + 1, FIRST_ROW + counts[role] + NEW_ROWS
        codes = f"'{found.name}'!${at}${first}:${at}${last}"
        # Blank rows at the end would be offered as well, and Excel opens a list at the first blank.
        define(workbook, _list_name(role, key), f"='{found.name}'!${at}${first}:INDEX({codes},MAX(1,COUNTA({codes})))")


def help_columns(sheet: Any, spec: Sheet, rows: int) -> None:  # noqa: ANN401
    """Give every column with something to say its message, and choices and references their dropdown."""
    for index, column in enumerate(spec.columns):
        place = (spec.role, column.key)
        area = (FIRST_ROW, index, FIRST_ROW + rows + NEW_ROWS - 1, index)
        options: dict[str, Any] = {"validate": "any"}
        if _offered(*place):
            options = _choose(_list_name(*place), "Chữ này không có trong danh sách nên sẽ không đọc được.")
        elif place in _REFERENCES:
            options = _choose(_list_name(*_REFERENCES[place]), "Chưa có dòng nào mang mã này.")
        elif column.printed and not column.example:  # what is only copied needs no word
            continue
        validate(sheet, area, options | _message(column))


def tint_rows(sheet: Any, spec: Sheet, rows: int, formats: Formats) -> None:  # noqa: ANN401
    """Tint what is still to be confirmed as long as the row says so, and give filled new rows the look of the table."""
    keys = [column.key for column in spec.columns]
    first, last, right = FIRST_ROW + 1, FIRST_ROW + rows + NEW_ROWS, len(keys) - 1
    if "confirm" in keys:
        named = f'SUBSTITUTE(${letter(keys.index("confirm"))}{first}," ","")'
        formula = f'=ISNUMBER(SEARCH(";"&A${first - 1}&";",";"&{named}&";"))'
        tint(sheet, (FIRST_ROW, 0, last - 1, right), _where(formula, formats["to_confirm"]))
    below = first + rows
    for left, end, is_printed in _segments(spec):
        formula = f"=COUNTA($A{below}:${letter(right)}{below})>0"
        style = formats["new_printed" if is_printed else "new_own"]
        tint(sheet, (below - 1, left, last - 1, end), _where(formula, style))


def _where(formula: str, style: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "formula", "criteria": formula, "format": style}


def _segments(spec: Sheet) -> list[tuple[int, int, bool]]:
    """Return (first, last, printed) for each run of columns of one kind."""
    runs: list[tuple[int, int, bool]] = []
    for index, column in enumerate(spec.columns):
        if runs and runs[-1][2] == column.printed:
            runs[-1] = (runs[-1][0], index, column.printed)
        else:
            runs.append((index, index, column.printed))
    return runs


def _offered(role: str, key: str) -> tuple[str, ...]:
    return _DECIMALS if (role, key) == ("indicators", "decimals") else words.offered(role, key)


def _list_name(role: str, key: str) -> str:
    return f"DM_{role}_{key}"


def _choose(name: str, fault: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": f"={name}",
        "error_type": "warning",  # a code may be typed before its row is there, and a code is taken for its word
        "error_title": "Không có trong danh sách",
        "error_message": f"{fault} Bấm No để chọn lại, Yes để giữ.",
    }


def _message(column: Column) -> dict[str, str]:
    example = f" Ví dụ: {column.example}" if column.example else ""
    text = column.hint + example
    if len(text) > _LONGEST_MESSAGE or len(column.heading) > _LONGEST_TITLE:
        raise ValueError(f"the message of {column.key} is longer than Excel shows")
    return {"input_title": column.heading, "input_message": text}
