"""Dates stand in sentences as officials write them."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime

from plan import dates


def test_examples_in_docstrings_hold() -> None:
    result = doctest.testmod(dates)
    assert result.attempted
    assert not result.failed


def test_a_moment_is_written_as_its_day() -> None:
    assert dates.day_text(datetime(2026, 1, 5, 23, 59, tzinfo=UTC)) == "05/01/2026"


def test_a_deadline_within_a_day_names_its_hour() -> None:
    assert dates.deadline_text(datetime(2026, 6, 9, 17, 5, tzinfo=UTC)) == "trước 17 giờ 05 ngày 09/6/2026"
