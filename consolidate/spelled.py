"""How the page and the report spell what stands in `consolidated.json`: numbers, shares, days, names, the Vietnamese way.

Every function returns text, so that no template writes a number by itself. Nothing is computed here but the share
of one count in another; figures come rounded and are only padded to their decimals. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

from consolidate.rounding import rounded, vietnamese
from plan.dates import day_text, deadline_text, moment_text
from plan.text_fit import shortened

Row = Mapping[str, Any]  # one object of consolidated.json (consolidate/result_rows.py)

NO_FIGURE = "Chưa có số liệu"
_MORE_IN_BOOK = "… (xem tiếp trong sổ tổng hợp)"
_MINUS = "\N{MINUS SIGN}"
_FINEST = 4  # decimals of a sum or a bound that states none of its own


def figure(value: float, decimals: int) -> str:
    """Return a number of the JSON with `decimals` places: "1.234,50"."""
    exact = rounded(Fraction(str(value)), decimals)
    return "" if exact is None else vietnamese(exact)


def difference(value: float, decimals: int) -> str:
    """Return a change with its sign: "+1,20", "−0,35", "0,00"."""
    text = figure(abs(value), decimals)
    if not value:
        return text
    return f"+{text}" if value > 0 else f"{_MINUS}{text}"


def count(number: int) -> str:
    """Return a whole number: "3.321"."""
    return vietnamese(Decimal(number))


def plain(value: float) -> str:
    """Return a number with the places that it needs and no more: "47,5", "1.200"."""
    text = figure(value, _FINEST)
    return text.rstrip("0").rstrip(",") if "," in text else text


def share(part: int, whole: int) -> str:
    """Return `part` in `whole` as a percentage of one decimal; "" of nothing."""
    exact = rounded(Fraction(100 * part, whole), 1) if whole else None
    return "" if exact is None else f"{vietnamese(exact)}%"


def percent(ratio: float) -> str:
    """Return a ratio of the JSON (0..1, four decimals) as a percentage, without rounding it a second time."""
    return f"{plain(float(Fraction(str(ratio)) * 100))}%"


def measured(text: str, unit: str) -> str:
    """Return a spelled number with its unit of measure: "95,30%", "74,6 tuổi"."""
    if not unit or unit.startswith("%"):
        return f"{text}{unit}"
    return f"{text}\N{NO-BREAK SPACE}{unit_word(unit)}"


def unit_word(unit: str) -> str:
    """Return a printed unit of measure as it stands behind a number: "Tuổi" small, "BN/10.000 dân" as it is."""
    return unit[0].lower() + unit[1:] if unit[1:].islower() else unit


def moment(iso: str, zone: tzinfo | None) -> str:
    """Return a moment in `zone`: "22:00 ngày 09/6/2026"."""
    return moment_text(datetime.fromisoformat(iso).astimezone(zone))


def day(iso: str) -> str:
    """Return an ISO day: "09/6/2026"."""
    return day_text(date.fromisoformat(iso))


def deadline(iso: str | None) -> str:
    """Return the deadline of a period; `iso` is the first day too late."""
    return deadline_text(datetime.combine(date.fromisoformat(iso), time.min) if iso else None)


def sentence(text: str, limit: int) -> str:
    """Return what a unit wrote on one line, cut with a word about it behind `limit` characters."""
    return shortened(" ".join(text.split()), limit, _MORE_IN_BOOK)


def listed(names: Sequence[str], most: int) -> str:
    """Return `names` behind one another; beyond `most` only how many more there are."""
    text = ", ".join(names[:most])
    left = len(names) - most
    return f"{text} và {count(left)} đơn vị khác" if left > 0 else text
