"""Sums typed into a cell: exact or not at all, and nothing that could run."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.arithmetic import evaluate

SUMS = [("120+35", "155"), ("(1+2)*3-4/8", "8.5"), ("-5", "-5"), ("0.1+0.2", "0.3"), ("1e", None), ("10/4", "2.5")]
NOT_SUMS = ["H9+1", "SUM(1,2)", "2**99", "1//2", "1/0", "1/3", "", "()", "1 2", "__import__('os')", "9" * 300, "(" * 90]


@pytest.mark.parametrize(("formula", "value"), SUMS)
def test_a_sum_of_literals_is_exact(formula: str, value: str | None) -> None:
    """0,1 + 0,2 is 0,3: decimals as typed, not floats."""
    assert evaluate(formula) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("formula", NOT_SUMS)
def test_anything_else_is_not_evaluated(formula: str) -> None:
    """References, functions, powers, quotients without end: no value rather than a doubtful one."""
    assert evaluate(formula) is None


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_sums_of_whole_numbers(numbers: list[int]) -> None:
    """Whatever the officer adds up, the cell says what a calculator would."""
    assert evaluate("+".join(map(str, numbers))) == sum(numbers)


@given(st.text(max_size=220))
def test_no_text_raises(text: str) -> None:
    """A formula is hostile until read."""
    evaluate(text)


@given(st.text(alphabet="0123456789.+-*/() ", max_size=220))
def test_no_arithmetic_looking_text_raises(text: str) -> None:
    """Leading zeros, lone dots and heaps of brackets included."""
    evaluate(text)
