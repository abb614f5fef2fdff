"""Rules that hold a number beside what its own unit reported in earlier periods.

They propose the mended number and never apply it. Exact arithmetic: the past is known to the digit. How far a slip
may lie from a power of ten, and which numbers are large enough to show one, is said here once. The peers may speak
for a number (a programme that was rolled out) or against one that is too small to speak for itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import log10

from plan.model import Field, FieldKind, Period
from validation.coerce_cell import show, tidy
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import Finding
from validation.peer_levels import Levels, Name, levels
from validation.prose import in_prose
from validation.reading import ReadCell
from validation.rules_of_rows import place

_POWERS = (1, 2, 3, -1, -2, -3)
_NEAR = Fraction(5, 4)  # |log10(ratio) - k| ≤ 0.097: growth of a quarter beside the slip, both ways
_AGREEING = 3  # earlier numbers further apart than this factor prove nothing
_REMEMBERED = 4  # earlier numbers that must agree: older ones may be of another time
_LARGE = 10  # 1 doctor may become 10; 12 seldom become 120
_APART = log10(2) - 1e-9  # beyond every peer by this factor, a small count is out of line
_LIKE_PEERS, _SPREADS = log10(2), 5  # a rate that the peers vouch for, while they would not for the mended one
FEW, SHARE = 3, 10  # on a row at most three units, or a tenth of them, are named


@dataclass(frozen=True, slots=True)
class Before:
    """A number that the unit reported for the same field in an earlier period."""

    period: Period
    number: Decimal


@dataclass(frozen=True, slots=True)
class Slip:
    """A number is 10 to the power of `power` times as large as `last`, or nearly.

    `telling` is False for a count of a few, which proves nothing by itself.
    """

    power: int
    last: Before
    telling: bool = True


Place = tuple[str, str]  # (file, code of the line)
Past = Mapping[tuple[str, str, str], Sequence[Before]]  # (unit, row, field) -> the nearest period first


def numbers_before(seen: Evidence, units: Collection[str] | None = None) -> Past:
    """Return all numbers of earlier periods, or those of `units`, the nearest first."""
    past: dict[tuple[str, str, str], list[Before]] = defaultdict(list)
    for earlier in seen.earlier:
        for entry in earlier.indicator_entries:
            if isinstance(entry.value, Decimal) and not entry.blocked and (units is None or entry.unit in units):
                past[entry.unit, entry.row, entry.field].append(Before(earlier.period, entry.value))
    return past


def before(past: Past, cell: ReadCell) -> Sequence[Before]:
    """Return what the unit of `cell` reported for its field before, the nearest period first."""
    return past.get((cell.unit, cell.line.indicator.code, cell.line.field.name), ())


def against_history(seen: Evidence) -> Iterator[Finding]:
    """A number that is about 10, 100 or 1000 times the one before or as small a part of it, else one that fell.

    What is counted from the first day of the year cannot be less than in a period that lies within this one.
    """
    past = numbers_before(seen)
    told = slips(seen, past) if past else {}
    for cell in seen.cells if past else ():
        if not isinstance(cell.value, Decimal) or not (known := before(past, cell)):
            continue
        if (off := told.get((cell.file, cell.line.code))) is not None:
            code, last = "SLIP_AGAINST_HISTORY", off.last
            facts = {"times": times(off.power), "maybe": proposal(cell.value, off.power, cell.line.field)}
        elif (fallen := _fallen_below(cell.value, known, cell.line.field, seen.period)) is not None:
            code, last, facts = "CUMULATIVE_FELL", fallen, {}
        else:
            continue
        typed = show(cell.value)
        facts |= {"typed": typed, "before": show(last.number), "period": last.period.label}
        yield finding(code, cell.file, place(cell), typed, facts)


def slips(seen: Evidence, past: Past, known: Levels | None = None) -> Mapping[Place, Slip]:
    """Return the slips that are told; `known` are the levels of the run where they are at hand.

    None on a row on which many units are off by the same power, as when a programme is rolled out, and none that
    the peers vouch for.
    """
    off = {(c.file, c.line.code): (c, s) for c in seen.cells if (s := slip(c, before(past, c), seen.period))}
    if not off:
        return {}
    levels_of = known or levels(seen)
    cells = {(c.file, c.line.code): c for c in seen.cells}
    alike = Counter(_crowd(c, s, levels_of) for c, s in off.values())
    asked = Counter(_name(c, levels_of) for c in seen.cells if isinstance(c.value, Decimal))
    told: dict[Place, Slip] = {}
    for key, (cell, found) in off.items():
        if alike[_crowd(cell, found, levels_of)] > max(FEW, asked[_name(cell, levels_of)] // SHARE):
            continue
        is_seen = found.telling or abs(found.power) > 1 or _beyond_peers(cell, found.power, levels_of)
        if is_seen and not _vouched(cell, found, levels_of, (cells, past)):
            told[key] = found
    return told


def _name(cell: ReadCell, known: Levels) -> Name:
    return (known.kinds.get(cell.file, ""), cell.line.indicator.code, cell.line.field.name)


def _crowd(cell: ReadCell, found: Slip, known: Levels) -> tuple[Name, int]:
    return (_name(cell, known), found.power)


def _beyond_peers(cell: ReadCell, power: int, known: Levels) -> bool:
    """True for a number twice as large as every peer's, or half as small, on the side to which it slipped."""
    group = known.plain.get(_name(cell, known))
    if group is None or cell.file not in group.values:
        return False
    own, others = group.values[cell.file], [n for file, n in group.values.items() if file != cell.file]
    return own >= max(others) + _APART if power > 0 else own <= min(others) - _APART


def _vouched(cell: ReadCell, found: Slip, known: Levels, beside: tuple[Mapping[Place, ReadCell], Past]) -> bool:
    """True where the percentage is what the peers report, the mended one would not be, and the whole is as before."""
    field, (cells, past) = cell.line.field, beside
    kind, row, name = _name(cell, known)
    prefix = name.removesuffix("numerator")
    if prefix == name and field.unit != "%":
        return False
    rate = known.rate_logs.get((kind, row, prefix))
    if rate is None or cell.file not in rate.values:
        return False
    if prefix != name:
        below = cells.get((cell.file, f"{cell.line.code.removesuffix('numerator')}denominator"))
        if below is None or not _stable(below, before(past, below), found.last.period):
            return False
    offset = rate.offset(cell.file)
    return abs(offset) <= _LIKE_PEERS and abs(offset - found.power) > _SPREADS * rate.spread


def _stable(cell: ReadCell, known: Sequence[Before], period: Period) -> bool:
    last = next((b.number for b in known if b.period == period), None)
    if last is None or not isinstance(cell.value, Decimal) or min(last, cell.value) <= 0:
        return False
    return 1 / _NEAR <= Fraction(cell.value) / Fraction(last) <= _NEAR


def slip(cell: ReadCell, known: Sequence[Before], period: Period) -> Slip | None:
    """Return how a cell is off what its unit reported before; None when it is not, or when the past does not agree.

    A number that grows through the year is held beside the same span of earlier years: a quarter is no year.
    """
    field, number = cell.line.field, cell.value
    if field.cumulative:
        known = [b for b in known if b.period.kind == period.kind]
    if not known or not isinstance(number, Decimal) or number <= 0:
        return None
    last, numbers = known[0], [b.number for b in known[:_REMEMBERED]]
    if last.number < number * 2 and number < last.number * 2:  # nearly every number
        return None
    if min(numbers) <= 0 or max(numbers) > min(numbers) * _AGREEING:
        return None
    ratio = Fraction(number) / Fraction(last.number)
    power = next((k for k in _POWERS if 1 / _NEAR <= ratio / Fraction(10) ** k <= _NEAR), 0)
    telling = _telling(number, last.number, power, field)
    return Slip(power, last, telling) if power and (telling or max(number, last.number) >= _LARGE) else None


def _telling(number: Decimal, last: Decimal, power: int, field: Field) -> bool:
    """True when chance is no good explanation: both numbers large, the same digits, or a share typed for percent."""
    if min(number, last) >= _LARGE:
        return True
    if field.unit == "%" and abs(power) == 2 and max(number, last) >= _LARGE:
        return True
    digits = _digits(number)
    return len(digits) > 1 and digits == _digits(last)


def _digits(number: Decimal) -> str:
    return f"{tidy(number):f}".replace(".", "").strip("0")


def times(power: int) -> str:
    """Say a power of ten: "gấp khoảng 10 lần", "chỉ bằng khoảng một phần 100"."""
    many = in_prose(str(10 ** abs(power)))
    return f"gấp khoảng {many} lần" if power > 0 else f"chỉ bằng khoảng một phần {many} của"


def proposal(number: Decimal, power: int, field: Field) -> str:
    """Return what may have to be typed instead, without dots; "" where it would be no whole number of things."""
    mended = tidy(number.scaleb(-power))
    if field.kind is FieldKind.COUNT and mended != mended.to_integral_value():
        return ""
    return f" (có thể phải gõ {show(mended)})"


def _fallen_below(number: Decimal, known: Sequence[Before], field: Field, period: Period) -> Before | None:
    last = next((b for b in known if field.cumulative and _within(b.period, period)), None)
    return last if last is not None and number < last.number else None


def _within(earlier: Period, period: Period) -> bool:
    """True for Q1 within H1 and H1 within Y; never for Q1 and Q2, which some count each from its own first day."""
    return earlier.id != period.id and period.first <= earlier.first and earlier.last <= period.last
