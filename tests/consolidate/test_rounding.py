"""Rounding is Excel's and numbers are spelled the Vietnamese way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidate.rounding import rounded, vietnamese


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(12345, 1000), 2, "12.35"),
        (Fraction(12344999, 1000000), 2, "12.34"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(10**30 + 1, 2), 0, "5" + "0" * 28 + "1"),
        (Fraction(1250), -2, "1.3E+3"),
    ],
)
def test_half_goes_away_from_zero_and_zero_has_no_sign(value: Fraction, decimals: int, text: str) -> None:
    assert str(rounded(value, decimals)) == text


def test_no_figure_stays_no_figure() -> None:
    assert rounded(None, 2) is None


@given(st.fractions(), st.integers(0, 6))
def test_the_rounded_figure_is_within_half_a_last_place_and_symmetric(value: Fraction, decimals: int) -> None:
    figure = rounded(value, decimals)
    assert figure is not None
    assert abs(Fraction(figure) - value) <= Fraction(1, 2 * 10**decimals)
    assert rounded(-value, decimals) == figure.copy_negate()


@pytest.mark.parametrize(
    ("value", "text"),
    [("1234.50", "1.234,50"), ("0", "0"), ("-1234567.8", "-1.234.567,8"), ("1.3E+3", "1.300"), ("95", "95")],
)
def test_vietnamese_spelling_has_points_between_thousands_and_a_decimal_comma(value: str, text: str) -> None:
    assert vietnamese(Decimal(value)) == text
