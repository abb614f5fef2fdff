"""Numbers within sentences are grouped by dots, and nothing else is touched."""

from __future__ import annotations

import pytest

from validation.prose import Spoken, in_prose


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("298080", "298.080"),
        ("1234,5", "1.234,5"),
        ("-1000", "-1.000"),
        ("1234 %", "1.234 %"),
        ("999", "999"),
        ("12,3456", "12,3456"),
        ("12/KH-UBND", "12/KH-UBND"),
        ("1E+40", "1E+40"),
        ("", ""),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_number_is_grouped_and_any_other_text_is_left_alone(written: str, said: str) -> None:
    assert in_prose(written) == said
    assert f"{Spoken(written):,}" == said
    assert f"{Spoken(written)}" == written
