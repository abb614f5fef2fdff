"""What goes into the ledger comes out equal, whatever units write."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger import stored, tables
from tests.ledger.made import Sent

STEADY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates as well
A = Sent("xa-a.xlsx", b"mot")


@STEADY
@given(ANY_TEXT)
@example("␛0000")
@example("␛␛D83D\ud83d\0")
def test_any_text_can_be_stored_and_comes_back(text: str) -> None:
    kept = stored.storable(text)
    assert stored.as_it_was(kept) == text
    assert "\0" not in kept
    kept.encode()  # a lone surrogate would raise


@STEADY
@given(ANY_TEXT, st.decimals(allow_nan=False) | ANY_TEXT | st.none(), st.booleans())
def test_a_cell_comes_back_to_the_last_zero(text: str, value: Decimal | str | None, blocked: bool) -> None:
    cell = replace(A.cells()[0], explanation=text, value=value, blocked=blocked)
    again = stored.cell_entry(cell.file, cell.unit, stored.cell_row(cell))
    assert again == cell
    assert (type(again.value), str(again.value)) == (type(value), str(value))


@STEADY
@given(ANY_TEXT, st.decimals(allow_nan=False) | st.none(), st.dates() | st.none(), st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_a_task_comes_back_whole(text: str, progress: Decimal | None, day: date | None, cells: dict[str, str]) -> None:
    task = replace(A.task(), result=text, proposals=text[::-1], progress=progress, document_date=day, cells=cells)
    assert stored.task_entry(task.file, task.unit, stored.task_row(task)) == task


def test_the_rows_are_as_wide_as_their_tables() -> None:
    """A column that is added to an entry must be added here, or it would be forgotten in silence."""
    for table, row, entry in (
        (tables.indicator_cell, stored.cell_row(A.cells()[0]), A.cells()[0]),
        (tables.task_row, stored.task_row(A.task()), A.task()),
    ):
        names = [name for name in table.columns.keys() if name not in ("receipt", "line", "is_number")]  # noqa: SIM118
        assert len(row) == len(table.columns) - 2
        # Where its kind stood makes no entry another one, and is not remembered.
        assert names == [f.name for f in fields(entry) if f.compare and f.name not in ("file", "unit")]
