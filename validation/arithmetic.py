"""Sums that people type into a cell (=120+35): recomputed exactly, or not at all.

Only numbers, + - * / and brackets; anything that refers to another cell or names a function is not
evaluated. Pure and bounded; never uses eval.
"""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction

_LONGEST = 200  # characters; an honest sum in a cell is far shorter
_DEEPEST = 40


def evaluate(formula: str) -> Decimal | None:
    """Return the exact value of a formula of literals, None when it is anything else or not a finite decimal.

    >>> evaluate("120+35*2")
    Decimal('190')
    >>> evaluate("H9+1") is None
    True
    """
    if not formula or len(formula) > _LONGEST or not set(formula) <= set("0123456789.+-*/() "):
        return None
    if "**" in formula or "//" in formula:
        return None
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    value = _value(tree.body, formula.strip(), 0)
    return None if value is None else _decimal(value)


def _value(node: ast.expr, source: str, depth: int) -> Fraction | None:
    if depth > _DEEPEST:
        return None
    if isinstance(node, ast.Constant):
        text = ast.get_source_segment(source, node)
        return Fraction(text) if text and isinstance(node.value, int | float) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd | ast.USub):
        inner = _value(node.operand, source, depth + 1)
        return None if inner is None else inner if isinstance(node.op, ast.UAdd) else -inner
    if isinstance(node, ast.BinOp):
        return _binary(node, source, depth)
    return None


def _binary(node: ast.BinOp, source: str, depth: int) -> Fraction | None:
    left, right = _value(node.left, source, depth + 1), _value(node.right, source, depth + 1)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Div) and right:
        return left / right
    return None


def _decimal(value: Fraction) -> Decimal | None:
    """Return `value` as a Decimal when it ends within 12 decimals, else None."""
    scaled = value * 10**12
    if scaled.denominator != 1 or abs(scaled) > 10**26:
        return None
    result = (Decimal(int(scaled)) / Decimal(10**12)).normalize()
    return result.quantize(Decimal(1)) if result == result.to_integral_value() else result
