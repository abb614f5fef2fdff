"""Reads one cell as a count or as a decimal number: one reading is taken, two are shown, none is guessed.

docs/coercion.md lists every rule with its outcome. Whether a number is plausible (its range, its history)
is not decided here, nor is any number rounded.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal

from validation.coerce_cell import BLANK, MAX_DIGITS, Coerced, clipped, exact, is_blank, plain, shifted, show, typed
from validation.coerce_grammar import PERCENT, UNIT, Parsed, in_one_reading, parse
from validation.coerce_hint import (
    COUNT_FOR_RATE,
    LOGICAL_CELL,
    RATE_FOR_COUNT,
    TOO_LONG,
    WITHOUT_PERCENT,
    Wanted,
    hint,
    hint_of_clock,
    hint_of_day,
)
from validation.coerce_units import contradicts

_MAX_LENGTH = 200  # characters of a cell that can still be a number
_OTHER_UNIT = "Ô này tính bằng {measure}, không phải {typed}. Tính lại theo {measure} rồi chỉ gõ con số."
_PLAIN_DIGITS = re.compile(r"0|-?[1-9][0-9]*")


def count(raw: object, percent_format: bool = False, *, unit: str = "") -> Coerced:
    """Read a whole number; its range is checked elsewhere, so that negatives pass.

    `percent_format`: the cell shows its number as a percentage, which a count never is. `unit`: what the field is
    measured in ("người"), which a word typed behind the number must not contradict; "" takes any.
    """
    if is_blank(raw):
        return BLANK
    if (stored := exact(raw)) is not None:
        return _stored_count(raw, stored, percent_format)
    parsed = _parsed(raw, unit, Wanted.COUNT)
    return parsed if isinstance(parsed, Coerced) else _typed_count(raw, parsed)


def number(
    raw: object, percent_format: bool = False, *, percent: bool = False, blind: bool = False, unit: str = ""
) -> Coerced:
    """Read a decimal number.

    `percent`: the scale is 0..100, as in % hoàn thành. `percent_format`: the cell has a % number format, so that
    a stored 0.955 is shown as 95,5 %. `blind`: the reader cannot know formats (.xls), so that a stored 1 may be 100 %.
    `unit` as for a count; of a percentage it is not asked.
    """
    if is_blank(raw):
        return BLANK
    if (stored := exact(raw)) is None:
        parsed = _parsed(raw, "" if percent else unit, Wanted.PERCENT if percent else Wanted.NUMBER)
        return parsed if isinstance(parsed, Coerced) else _typed_number(raw, parsed, percent)
    if _is_too_long(stored):
        return _not_a_number(typed(raw), TOO_LONG)
    if percent_format and stored:
        return _stored_percentage(stored, percent)
    size = stored.copy_abs()
    if percent and (0 < size < 1 or (blind and size == 1)):
        return _fraction(typed(raw), stored)
    return Coerced(stored)


def _stored_count(raw: object, stored: Decimal, percent_format: bool) -> Coerced:
    if _is_too_long(stored):
        return _not_a_number(typed(raw), TOO_LONG)
    if percent_format and stored:
        return _not_a_number(clipped(f"{show(shifted(stored, 2))}%"), RATE_FOR_COUNT)
    if _is_whole(stored):
        return Coerced(stored)
    # What formulas leave behind (274,99999999999994). The second bound keeps half a unit out of large numbers.
    nearest = round(float(stored))
    if abs(float(stored) - nearest) <= min(1e-9 * max(1, abs(nearest)), 1e-6):
        return _taken(typed(raw), Decimal(nearest))
    return _not_whole(typed(raw), stored)


def _typed_count(raw: object, parsed: Parsed) -> Coerced:
    shown = typed(raw)
    if parsed.suffix == PERCENT:
        return _not_a_number(shown, RATE_FOR_COUNT)
    whole = [reading for reading in parsed.readings if _is_whole(reading)]
    if len(whole) > 1 or (parsed.doubtful and len(parsed.readings) > 1):
        return _ambiguous(shown, parsed.readings)
    if not whole:
        return _not_whole(shown, parsed.readings[0])
    return Coerced(whole[0]) if _is_untouched(raw) else _taken(shown, whole[0])


def _stored_percentage(stored: Decimal, percent: bool) -> Coerced:
    seen = shifted(stored, 2)
    shown = clipped(f"{show(seen)}%")
    return _taken(shown, seen) if percent else _ambiguous(shown, (seen, stored), WITHOUT_PERCENT)


def _typed_number(raw: object, parsed: Parsed, percent: bool) -> Coerced:
    shown = typed(raw)
    if percent and parsed.suffix == UNIT:
        return _not_a_number(shown, COUNT_FOR_RATE)
    if len(parsed.readings) > 1:
        return _ambiguous(shown, parsed.readings)
    reading = parsed.readings[0]
    if parsed.suffix == PERCENT and not percent and reading:
        return _ambiguous(shown, (reading, shifted(reading, -2)), WITHOUT_PERCENT)
    if percent and not parsed.suffix and 0 < reading.copy_abs() < 1:
        return _fraction(shown, reading)
    return Coerced(reading) if _is_untouched(raw) else _taken(shown, reading)


def _parsed(raw: object, unit: str, wanted: Wanted) -> Parsed | Coerced:
    """Return the readings of a cell that holds no number, or the error that there are none."""
    if not isinstance(raw, str):
        return _not_a_number(typed(raw), _hint_of_kind(raw, wanted))
    written = plain(raw)
    parsed = parse(written, unit) if len(written) <= _MAX_LENGTH else None
    if parsed is None:
        return _not_a_number(typed(raw), hint(written[:_MAX_LENGTH], wanted))
    if parsed.unit and contradicts(parsed.unit, unit):
        return _not_a_number(typed(raw), _OTHER_UNIT.format(measure=unit, typed=parsed.unit))
    if any(_is_too_long(reading) or len(reading.as_tuple().digits) > MAX_DIGITS for reading in parsed.readings):
        return _not_a_number(typed(raw), TOO_LONG)
    return parsed


def _hint_of_kind(raw: object, wanted: Wanted) -> str:
    if isinstance(raw, bool):
        return LOGICAL_CELL
    if isinstance(raw, date):
        return hint_of_day(raw, wanted)
    return hint_of_clock(raw, wanted) if isinstance(raw, time | timedelta) else hint(typed(raw), wanted)


def _is_untouched(raw: object) -> bool:
    """True for plain digits, in which nothing had to be undone but blanks around them."""
    return isinstance(raw, str) and bool(_PLAIN_DIGITS.fullmatch(raw.strip()))


def _is_whole(value: Decimal) -> bool:
    return int(value.as_tuple().exponent) >= 0


def _is_too_long(value: Decimal) -> bool:
    return value.adjusted() >= MAX_DIGITS


def _taken(shown: str, value: Decimal) -> Coerced:
    return Coerced(value, "NUMBER_CLEANED", {"typed": shown, "taken": show(value)})


def _ambiguous(shown: str, readings: tuple[Decimal, ...], advice: str = "") -> Coerced:
    first, second = readings[:2]
    again = f"Gõ lại {in_one_reading(first)} nếu là số thứ nhất, {in_one_reading(second)} nếu là số thứ hai."
    facts = {"typed": shown, "first": show(first), "second": show(second), "hint": f"{advice} {again}".strip()}
    return Coerced(None, "NUMBER_AMBIGUOUS", facts)


def _fraction(shown: str, value: Decimal) -> Coerced:
    facts = {"typed": shown, "first": show(value), "second": show(shifted(value, 2))}
    return Coerced(None, "FRACTION_FOR_PERCENT", facts)


def _not_whole(shown: str, value: Decimal) -> Coerced:
    thousands = shifted(value, 3)
    second = show(thousands) if 1 <= value.copy_abs() < 1000 and _is_whole(thousands) else ""
    # Excel keeps a 1.234 that was meant as 1234 as the decimal 1,234.
    advice = f"Nếu ý là {second} thì gõ {second}, không dùng dấu chấm hay dấu phẩy." if second else ""
    return Coerced(None, "NOT_WHOLE", {"typed": shown, "second": second, "hint": advice})


def _not_a_number(shown: str, advice: str) -> Coerced:
    return Coerced(None, "NOT_A_NUMBER", {"typed": shown, "hint": advice})
