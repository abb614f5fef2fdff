"""Sums that people type into a cell (=120+35, =95.5%): recomputed exactly, or not at all.

Only numbers, + - * / % and brackets; anything that refers to another cell or names a function is not
evaluated. Pure and bounded; never uses eval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

_LONGEST = 200  # characters; an honest sum in a cell is far shorter
_DEEPEST = 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?)|(?P<sign>[-+*/()%]))\s*"
)


class Scale(Enum):
    """What the result of a formula is: a plain number, a percentage, or nobody can tell from the formula alone."""

    PLAIN = "plain"
    PERCENT = "percent"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Result:
    """The exact value of a formula of literals; =95.5% is 0.955 on the scale PERCENT."""

    value: Decimal
    scale: Scale


def evaluate(formula: str) -> Decimal | None:
    """Return the exact value of a formula of plain literals, None when it is anything else or not a finite decimal.

    >>> evaluate("120+35*2")
    Decimal('190')
    >>> evaluate("H9+1") is None
    True
    """
    result = calculate(formula)
    return result.value if result is not None and result.scale is Scale.PLAIN else None


def calculate(formula: str) -> Result | None:
    """Return what a formula of literals gives, percentages among them; None when it is anything else.

    >>> calculate("95.5%")
    Result(value=Decimal('0.955'), scale=<Scale.PERCENT: 'percent'>)
    """
    if not formula or len(formula) > _LONGEST:
        return None
    tokens: list[str] = []
    at = 0
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        if found is None:
            return None
        tokens.append(found["number"] or found["sign"])
        at = found.end()
    try:
        parser = _Parser(tokens)
        amount, scale = parser.sum(0)
    except _NoValueError:
        return None
    value = _decimal(amount) if parser.is_done() else None
    return None if value is None else Result(value, scale)


class _NoValueError(Exception):
    """The tokens are no formula of literals, or it divides by zero."""


_Amount = tuple[Fraction, Scale]


class _Parser:
    """Walks the tokens once; the precedence is Excel's: % before signs, signs before * and /."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = [*tokens, ""]
        self._at = 0

    def is_done(self) -> bool:
        return not self._tokens[self._at]

    def _take(self, signs: str) -> str:
        """The next token when it is one of `signs`, else ""."""
        token = self._tokens[self._at]
        if not token or token not in signs:
            return ""
        self._at += 1
        return token

    def sum(self, depth: int) -> _Amount:
        total, scale = self._product(depth)
        while sign := self._take("+-"):
            amount, other = self._product(depth)
            total += amount if sign == "+" else -amount
            scale = scale if scale is other else Scale.MIXED
        return total, scale

    def _product(self, depth: int) -> _Amount:
        total, scale = self._signed(depth)
        while sign := self._take("*/"):
            amount, other = self._signed(depth)
            if sign == "/" and not amount:
                raise _NoValueError
            total = total * amount if sign == "*" else total / amount
            scale = Scale.PLAIN if scale is other is Scale.PLAIN else Scale.MIXED
        return total, scale

    def _signed(self, depth: int) -> _Amount:
        negative = False
        while sign := self._take("+-"):
            negative ^= sign == "-"
        amount, scale = self._single(depth)
        while self._take("%"):
            amount, scale = amount / 100, Scale.PERCENT if scale is Scale.PLAIN else Scale.MIXED
        return -amount if negative else amount, scale

    def _single(self, depth: int) -> _Amount:
        if depth > _DEEPEST:
            raise _NoValueError
        if self._take("("):
            inside = self.sum(depth + 1)
            if not self._take(")"):
                raise _NoValueError
            return inside
        number = self._tokens[self._at]
        if not number or number in "+-*/()%":
            raise _NoValueError
        self._at += 1
        return Fraction(number), Scale.PLAIN


def _decimal(value: Fraction) -> Decimal | None:
    """Return `value` as a Decimal when it ends within 12 decimals, else None."""
    scaled = value * 10**12
    if scaled.denominator != 1 or abs(scaled) > 10**26:
        return None
    result = (Decimal(int(scaled)) / Decimal(10**12)).normalize()
    return result.quantize(Decimal(1)) if result == result.to_integral_value() else result
