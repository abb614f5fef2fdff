"""A deadline that the department sets itself is kept, outranks the calendar, and cannot be a slip of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plan.deadline_note import due_before, due_in_force, note_due, noted_due, with_due
from plan.model import PlanError
from tests.blank import H1, YEAR


def test_what_was_noted_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "inputs" / "thu" / "2026-H1.toml"
    assert noted_due(file) is None
    note_due(file, date(2026, 6, 20))
    note_due(file, date(2026, 6, 25))
    assert noted_due(file) == date(2026, 6, 25)
    assert [p.name for p in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "text", ["", "due = '2026-06-20'", "due = 20/6/2026", "due = 2026-06-20T10:00:00", "x", "han = 1"]
)
def test_a_note_that_names_no_day_is_refused(tmp_path: Path, text: str) -> None:
    """A deadline that is silently dropped would call late returns on time."""
    file = tmp_path / "2026-H1.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match="due = 2026-06-20"):
        noted_due(file)


def test_a_note_in_another_encoding_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "2026-H1.toml"
    file.write_bytes("due = 2026-06-20 # hạn".encode("utf-16"))
    with pytest.raises(PlanError, match="--due"):
        noted_due(file)


def test_what_was_in_force_is_known_before_it_is_changed(tmp_path: Path) -> None:
    """The noted day, else the plan's own; a note that cannot be read is about to be written over, and stops nobody."""
    file = tmp_path / "2026-H1.toml"
    assert due_before(file, H1) == H1.due == due_in_force(file, H1).due
    note_due(file, date(2026, 6, 25))
    assert due_before(file, H1) == date(2026, 6, 25) == due_in_force(file, H1).due
    file.write_text("hỏng", encoding="utf-8")
    assert due_before(file, H1) is None
    with pytest.raises(PlanError):
        due_in_force(file, H1)


def test_a_noted_slip_is_refused_with_the_file_that_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "2026-H1.toml"
    note_due(file, date(2020, 6, 20))
    with pytest.raises(PlanError, match=file.name):
        due_in_force(file, H1)


def test_a_deadline_lies_after_the_beginning_and_within_a_year_of_the_end() -> None:
    assert with_due(H1, date(2026, 7, 15)).due == date(2026, 7, 15)
    assert with_due(YEAR, date(2027, 1, 10)).due == date(2027, 1, 10)
    for slip in (date(2025, 6, 10), date(2026, 1, 1), date(2028, 6, 10)):
        with pytest.raises(PlanError, match="không hợp với kỳ"):
            with_due(H1, slip)
