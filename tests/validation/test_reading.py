"""What the reading of a return says at the cell: texts that were cut or changed, formulas and errors with a way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, column_letter
from plan.model import FieldKind
from tests.validation.returned import COMMUNE, book, checked, received
from validation.messages import message
from validation.model import Checked, Finding, Severity
from validation.raw import RawBook

TASK = COMMUNE.task_rows[0]
COUNT = next(line for line in COMMUNE.indicator_rows if line.field.kind is FieldKind.COUNT)
VALUE = f"{column_letter(INDICATOR_COLUMNS, 'value')}{COUNT.row}"


def cell(key: str) -> str:
    return f"{column_letter(TASK_COLUMNS, key)}{TASK.row}"


def run(typed: dict[str, object]) -> Checked:
    return checked(received(book(typed={(TASK.code, key): value for key, value in typed.items()})))


def at(found: Checked, sheet: str, address: str) -> Finding:
    (one,) = (f for f in found.findings if (f.sheet, f.cell) == (sheet, address))
    return one


def with_facts(made: RawBook, name: str, **facts: object) -> RawBook:
    sheets = (replace(s, **facts) if s.name == name else s for s in made.sheets)  # type: ignore[arg-type]  # facts are fields
    return replace(made, sheets=tuple(sheets))


def test_a_document_number_that_excel_made_a_day_of_is_asked_about() -> None:
    """12/2026 became 1 December 2026: it looks like a date and is none."""
    found = at(run({"document_number": date(2026, 12, 1)}), TASK_SHEET, cell("document_number"))
    assert (found.code, found.severity) == ("TEXT_FROM_DATE", Severity.WARNING)
    assert "01/12/2026" in message(found)


def test_a_text_that_is_cut_says_so() -> None:
    """What the office does not get to read, the unit must know of."""
    found = run({"result": "Đã mở lớp. " * 600})
    told = at(found, TASK_SHEET, cell("result"))
    assert (told.code, told.severity, told.facts["kept"]) == ("TEXT_CUT", Severity.NOTE, "5000")
    assert len(next(t for t in found.task_entries if t.row == TASK.code).result) in (4999, 5000)
    assert "TEXT_CUT" not in {f.code for f in run({"result": "x" * 5000}).findings}


def test_garbled_text_is_kept_and_asked_about() -> None:
    found = run({"result": "Ho?n th?nh s? li?u"})
    assert at(found, TASK_SHEET, cell("result")).code == "TEXT_GARBLED"
    assert next(t for t in found.task_entries if t.row == TASK.code).result == "Ho?n th?nh s? li?u"


@pytest.mark.parametrize(
    ("formula", "stored", "percents", "part"),
    [
        ("H9+1", 155.0, frozenset[str](), "Ô đang hiện “155”: nếu đúng thì gõ đè lên ô."),
        ("H9/H10", 0.955, frozenset({VALUE}), "Ô đang hiện “95,5%”"),
        ("A1&A2", "mười hai", frozenset[str](), "Ô đang hiện “mười hai”"),
        ("H9+1", None, frozenset[str](), "Gõ đè con số lên công thức"),
    ],
)
def test_a_formula_that_is_not_believed_shows_what_to_type_over_it(
    formula: str, stored: object, percents: frozenset[str], part: str
) -> None:
    made = book(typed={(COUNT.code, "value"): stored})
    found = checked(received(with_facts(made, INDICATOR_SHEET, formulas={VALUE: formula}, percents=percents)))
    told = at(found, INDICATOR_SHEET, VALUE)
    assert told.code == "FORMULA_REFERENCE"
    assert part in message(told)


def test_a_percentage_typed_as_a_formula_is_shown_as_one() -> None:
    address = cell("progress")
    made = book(typed={(TASK.code, "progress"): 0.4})
    found = checked(received(with_facts(made, TASK_SHEET, formulas={address: "40.5%"})))
    told = at(found, TASK_SHEET, address)
    assert (told.code, told.facts["taken"]) == ("FORMULA_RECOMPUTED", "40,5%")
    assert str(next(t for t in found.task_entries if t.row == TASK.code).progress) == "40.5"


def test_the_format_of_an_ods_cell_without_result_is_unknown_so_that_nothing_is_recomputed() -> None:
    """=15/15 may be 1 % or 100 % there."""
    address = cell("progress")
    made = with_facts(
        book(typed={(TASK.code, "progress"): None}),
        TASK_SHEET,
        formulas={address: "15/15"},
        uncached=frozenset({address}),
    )
    assert at(checked(received(replace(made, kind="ods"))), TASK_SHEET, address).code == "FORMULA_NOT_CALCULATED"


def test_an_error_cell_says_what_the_error_is_and_in_a_text_how_it_came() -> None:
    """A line that begins with a dash is a formula to Excel."""
    for key, error, part in (("result", "#NAME?", "dấu nháy đơn"), ("progress", "#DIV/0!", "chia cho 0")):
        made = with_facts(book(typed={(TASK.code, key): None}), TASK_SHEET, errors={cell(key): error})
        told = at(checked(received(made)), TASK_SHEET, cell(key))
        assert told.code == "CELL_ERROR_VALUE"
        assert part in message(told)
