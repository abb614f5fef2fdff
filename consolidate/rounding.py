"""The one place where an exact figure loses digits, and where it is spelled the Vietnamese way.

Figures stay Fractions until an output shows them. Rounding is half away from zero, as ROUND does in
Excel and LibreOffice, so that a recalculated workbook agrees with its cached values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction | None, decimals: int) -> Decimal | None:
    """Return `value` with `decimals` places, half away from zero; None stays None.

    >>> rounded(Fraction(5, 2), 0), rounded(Fraction(-1, 8), 2)
    (Decimal('3'), Decimal('-0.13'))
    """
    if value is None:
        return None
    scaled = abs(value) * Fraction(10) ** decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest >= scaled.denominator:
        whole += 1
    sign = 1 if value < 0 and whole else 0  # no minus zero
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -decimals))


def vietnamese(value: Decimal) -> str:
    """Return `value` with a point between thousands and a decimal comma, all its places kept.

    >>> vietnamese(Decimal("1234.50"))
    '1.234,50'
    """
    return f"{value:,f}".translate({ord(","): ".", ord("."): ","})
