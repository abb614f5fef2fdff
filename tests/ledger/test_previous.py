"""Beside the inputs of the next template stands what counted in the period before, and nothing unclear."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ledger.previous import previous_values
from plan.words import DataState, TaskStatus
from tests import blank
from tests.ledger.made import Sent
from validation.model import Earlier, IndicatorEntry, TaskEntry

CELL, TASK = Sent("xa-a.xlsx", b"").cells()[0], Sent("xa-a.xlsx", b"").task()


def known(cells: tuple[IndicatorEntry, ...] = (), tasks: tuple[TaskEntry, ...] = ()) -> object:
    return previous_values(Earlier(blank.H1, cells, tasks))


def test_numbers_texts_status_and_progress_are_known_by_row_and_column() -> None:
    other = replace(CELL, unit="xa-b", row="Y", field="attained", value="Đạt")
    assert known((CELL, other), (TASK,)) == {
        "xa-a": {
            ("ROW0.value", "value"): Decimal("95.5"),
            ("NV-1", "status"): "Đang triển khai",
            ("NV-1", "progress"): Decimal(40),
        },
        "xa-b": {("Y.attained", "value"): "Đạt"},
    }


def test_a_number_is_written_without_zeros_and_without_an_exponent() -> None:
    """A template prints it beside an input: 1E+2 would frighten people."""
    for typed, shown in (("95.50", "95.5"), ("1E+2", "100"), ("40.0", "40"), ("0.000", "0"), ("-0.50", "-0.5")):
        (values,) = previous_values(Earlier(blank.H1, (replace(CELL, value=Decimal(typed)),), ())).values()
        assert [str(v) for v in values.values()] == [shown]


def test_what_was_not_said_is_not_known() -> None:
    assert known((replace(CELL, value=None),), (replace(TASK, status=None, progress=None),)) == {}


def test_a_row_that_does_not_apply_shows_none_of_its_numbers() -> None:
    """Half a ratio beside an input would be read as a figure; the evidence alone says nothing about the row."""
    outside = replace(CELL, field="denominator", value=None, state=DataState.NOT_APPLICABLE)
    assert known((CELL, outside)) == {}
    assert known((CELL, replace(outside, field="evidence"))) == {"xa-a": {("ROW0.value", "value"): Decimal("95.5")}}


def test_every_status_has_its_word() -> None:
    for status in TaskStatus:
        assert known((), (replace(TASK, status=status),))
