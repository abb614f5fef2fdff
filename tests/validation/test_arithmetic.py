"""Sums typed into a cell: exact or not at all, and nothing that could run."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.arithmetic import Scale, calculate, evaluate

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


@pytest.mark.parametrize(
    ("formula", "value", "scale"),
    [
        ("95.5%", "0.955", Scale.PERCENT),
        ("-(5%)", "-0.05", Scale.PERCENT),
        ("50%+45.5%", "0.955", Scale.PERCENT),
        ("12/15", "0.8", Scale.PLAIN),
        ("12/15*100%", "0.8", Scale.MIXED),
        ("100%-5", "-4", Scale.MIXED),
        ("5%%", "0.0005", Scale.MIXED),
    ],
)
def test_percentages_are_told_from_numbers(formula: str, value: str, scale: Scale) -> None:
    """=95,5% is 95,5 %, whatever the format of its cell; of a mixture only the format can tell."""
    result = calculate(formula)
    assert result is not None
    assert (result.value, result.scale) == (Decimal(value), scale)
    assert evaluate(formula) == (result.value if scale is Scale.PLAIN else None)


def test_work_on_one_formula_is_bounded() -> None:
    """Numbers that grow with every factor, and brackets without end, give no value and cost no time."""
    assert calculate("*".join(["1e99"] * 40)) is None
    assert calculate("(" * 60 + "1" + ")" * 60) is None
    assert calculate("1e999") is None
