"""What a unit answers on the sheet "Cần sửa": the explanations it typed there, read back by hidden keys.

The words that drawer and reader share stand here, so that neither knows the other. Pure: reads a RawBook by
its headings, wherever rows and columns went; opens nothing and knows no workbook library.
"""

from __future__ import annotations

from plan.rule_words import RULE_WORDS
from plan.words import fold
from validation.coerce import text
from validation.coerce_cell import MAX_TEXT
from validation.coerce_words import explains
from validation.model import Finding, Severity
from validation.raw import RawBook, RawSheet, a1

FEEDBACK_SHEET = "Cần sửa"
ANSWER_HEADING = "Giải trình"
KEY_HEADING = "Mã dòng (máy đọc)"  # a hidden column: the row code, or the code of the rule for what is wider

_SEARCH_ROWS = 200  # how far down the head of the list is looked for
_LIST = fold(FEEDBACK_SHEET)
_LONGEST_KEY = 200
_BETWEEN = "; "


def answer_key(found: Finding) -> str:
    """Return the key under which a unit may explain `found`: its row, else its code; "" for what no word settles.

    Only what a rule doubts can be explained; a file, a sheet or a cell has to be mended.
    """
    asked = found.code in RULE_WORDS and found.severity is not Severity.ERROR
    return (found.row or found.code) if asked else ""


def explanations(book: RawBook) -> dict[str, str]:
    """Return key -> explanation, as `answer_key` makes the keys; empty when there is no such sheet.

    Several answers to one key are joined. Formulas, error cells and what does not explain are no answers.
    """
    answers: dict[str, dict[str, None]] = {}
    for sheet in book.sheets:
        head = answer_columns(sheet)
        if head is None:
            continue
        key_column, answer_column = head
        for row in range(1, len(sheet.rows) + 1):
            key, answer = sheet.at(row, key_column), _answer(sheet, row, answer_column)
            if isinstance(key, str) and 0 < len(key.strip()) <= _LONGEST_KEY and answer:
                answers.setdefault(key.strip(), {})[answer] = None
    return {key: _BETWEEN.join(given)[:MAX_TEXT] for key, given in answers.items() if fold(key) != fold(KEY_HEADING)}


def answer_columns(sheet: RawSheet) -> tuple[int, int] | None:
    """Return the 1-based columns of keys and answers, None for a sheet that is no list of ours."""
    if not _may_be_list(sheet):
        return None
    wanted = fold(KEY_HEADING), fold(ANSWER_HEADING)
    for cells in sheet.rows[:_SEARCH_ROWS]:
        heads = [fold(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_KEY else "" for cell in cells]
        if all(word in heads for word in wanted):
            return heads.index(wanted[0]) + 1, heads.index(wanted[1]) + 1
    return None


def _may_be_list(sheet: RawSheet) -> bool:
    """Cheap, because every sheet of every return is asked: our heading to the letter, or our name in any spelling."""
    return any(KEY_HEADING in cells for cells in sheet.rows[:_SEARCH_ROWS]) or _LIST in fold(sheet.name)


def _answer(sheet: RawSheet, row: int, column: int) -> str:
    address = a1(row, column)
    if address in sheet.formulas or address in sheet.errors:
        return ""
    said = text(sheet.at(row, column))
    return said if explains(said) else ""
