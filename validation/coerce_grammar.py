"""The grammar of a typed number: which values can stand behind its digits, marks, sign and suffix.

Knows nothing of cells, fields or faults. A form that no notation in use allows has no reading at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from plan.words import fold
from validation.coerce_cell import show, tidy
from validation.coerce_units import is_unit
from validation.coerce_words import spelled

PERCENT = "%"
UNIT = "unit"

# "'" is how Excel is told that a number is text; it comes along when such cells are exported and pasted.
_SHAPE = re.compile(r"(?:đạt\s*:?\s*)?'?(?P<core>[-+]?[0-9., '’]*[0-9])\s*(?P<tail>[^0-9]*)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(\s*(?P<core>[0-9., ]*[0-9])\s*\)")
_LONE = re.compile(r"(?P<whole>[0-9]*)[.,](?P<part>[0-9]+)")
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[., '’])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?:(?P<point>[.,])(?P<part>[0-9]+))?"
)
_TAIL = re.compile(r"\(\s*(?P<inner>[^()]+?)\s*\)|(?P<bare>[^()]+?)[.\s]*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a typed number may stand for: one value, or two of which thousands come first.

    `doubtful`: not even the kind of field can decide between the two. `suffix` is PERCENT, UNIT or "", `unit` the
    word behind UNIT.
    """

    readings: tuple[Decimal, ...]
    doubtful: bool = False
    suffix: str = ""
    unit: str = ""


def parse(written: str, measure: str = "") -> Parsed | None:
    """Return the readings of `written`, a text that `plain` has cleaned; None when there is none.

    `measure` is the word that the field is measured in, "" where it is not known.

    >>> parse("1.234").readings
    (Decimal('1234'), Decimal('1.234'))
    """
    if bracketed := _IN_BRACKETS.fullmatch(written):
        return _bracketed(bracketed["core"])
    shape = _SHAPE.fullmatch(written)
    if shape is None:
        return None
    said, word = _said(shape["tail"]), _word(shape["tail"])
    suffix = "" if said is not None else _suffix(word, measure)
    if suffix is None:
        return None
    core = shape["core"]
    body = core.lstrip("+-")
    readings, doubtful = _lone(body) or _grouped(body) or ((body,) if body.isdigit() else (), False)
    if not readings:
        return None
    sign = "-" if core.startswith("-") else ""
    values = tuple(tidy(Decimal(sign + reading)) for reading in readings)
    if said is not None:
        return Parsed((Decimal(said),)) if said in values else None
    return Parsed(values, doubtful, suffix, word if suffix == UNIT else "")


def in_one_reading(value: Decimal) -> str:
    """Return `value` so that it cannot be misread when typed: 1,2340 where 1,234 might be thousands."""
    shown = show(value)
    parsed = parse(shown)
    return f"{shown}0" if parsed and len(parsed.readings) > 1 else shown


def _bracketed(core: str) -> Parsed | None:
    """(5) is minus five to an accountant and a plain five to everybody else."""
    inner = parse(core)
    if inner is None or len(inner.readings) > 1 or not inner.readings[0]:
        return None
    return Parsed((inner.readings[0].copy_negate(), inner.readings[0]), doubtful=True)


def _said(tail: str) -> int | None:
    """Return the number that stands behind the digits in words, as in "12 (mười hai)"."""
    form = _TAIL.fullmatch(tail) if tail.startswith("(") else None
    return spelled(form["inner"]) if form and form["inner"] else None


def _word(tail: str) -> str:
    """Return what follows the digits, out of its brackets and without its full stop."""
    form = _TAIL.fullmatch(tail)
    return (form["inner"] or form["bare"]).strip() if form else tail


def _suffix(word: str, measure: str) -> str | None:
    """Return PERCENT, UNIT or "" for the word that follows the digits; None when it may change the number."""
    if not word:
        return ""
    if word == "%" or fold(word) in ("phan tram", "o o"):  # "95 o/o", typed for the sign
        return PERCENT
    return UNIT if is_unit(word, measure) else None


def _lone(body: str) -> tuple[tuple[str, ...], bool] | None:
    """One mark: a decimal, or thousands where three digits follow one to three."""
    form = _LONE.fullmatch(body)
    if form is None:
        return None
    whole, part = form["whole"], form["part"]
    decimal = f"{whole or '0'}.{part}"
    if len(part) != 3 or not 0 < len(whole) <= 3 or whole == "0":
        return (decimal,), False
    if whole.startswith("0"):  # 01.234 is neither well grouped nor a usual decimal
        return (), False
    return (whole + part, decimal), False


def _grouped(body: str) -> tuple[tuple[str, ...], bool] | None:
    """Groups of three, all with the same mark, and perhaps a decimal part after another mark."""
    form = _GROUPED.fullmatch(body)
    if form is None or form["point"] == form["mark"]:
        return None
    whole, part = form["whole"].replace(form["mark"], ""), form["part"]
    if part is None:
        return (whole,), False
    if len(part) == 3:  # 1.000,000: a decimal by the book, a million by a slip of the finger
        return (whole + part, f"{whole}.{part}"), True
    return (f"{whole}.{part}",), False
