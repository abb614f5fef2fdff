"""Rules that hold a number beside the same number of the other units of its kind.

Sober by design, because a unit may well differ: at most one finding a row, none where the unit reported as much
before, none on small counts or on a confirmed zero, and none at all on a row where many units would be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from plan.words import DataState
from validation.coerce_cell import show
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import Finding
from validation.peer_levels import Group, Levels, Name, levels
from validation.prose import in_prose
from validation.reading import ReadCell
from validation.rules_of_history import FEW, SHARE, Past, before, numbers_before, proposal, slip, slips, times
from validation.rules_of_rows import place

_SPREADS = 5  # median absolute deviations within which units of a kind differ (WHO and CD2030 take as many)
_POINTS = 20  # percentage points that are never too far
_NEAR, _NEAR_AT_MOST = 0.10, 0.30  # of a power of ten; wider where the peers differ, at most a factor of two
_IN_LINE = 0.5  # of a power of ten: a factor of three, for the half that did not slip
_THOUSAND = 3  # powers of ten; no unit is so small or large: its whole sheet is in another unit of measure
_LARGE = 10  # as against history: a count of a few is as good as any other
_ENOUGH = 30  # people or visits below which a percentage is chance
_VOUCHING, _VOUCHING_POINTS = 3, 10  # an earlier number within this factor, a rate within these points, vouches


@dataclass(frozen=True, slots=True)
class _Suspect:
    cell: ReadCell
    code: str
    group: Name
    peers: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator of one file: its cells by field name, its group of units, the levels and what was said before."""

    cells: Mapping[str, ReadCell]
    file: str
    code: str
    levels: Levels
    past: Past

    def name(self, field: str) -> Name:
        return (self.levels.kinds[self.file], self.code, field)


def against_peers(seen: Evidence) -> Iterator[Finding]:
    """A slip of 10, 100 or 1000 times against the peers, else a percentage far from theirs; one a row.

    A row that is off its own past is told by that (validation/rules_of_history.py).
    """
    known = levels(seen)
    astray = _astray(known)
    cells: dict[tuple[str, str], dict[str, ReadCell]] = {}
    for cell in seen.cells if astray else ():
        if (key := (cell.file, cell.line.indicator.code)) in astray:
            cells.setdefault(key, {})[cell.line.field.name] = cell
    past = numbers_before(seen, {c.unit for row in cells.values() for c in row.values()}) if cells else {}
    off = any(slip(cell, before(past, cell), seen.period) for row in cells.values() for cell in row.values())
    told = slips(seen, numbers_before(seen), known) if off else {}
    suspects = []
    for (file, code), row in cells.items():
        if not any((file, cell.line.code) in told for cell in row.values()):
            suspects.append(_suspect(_Row(row, file, code, known, past)))
    crowds = Counter((s.code, s.group) for s in suspects if s is not None)
    for s in suspects:
        if s is not None and crowds[s.code, s.group] <= max(FEW, s.peers // SHARE):
            facts = {"typed": show(_number(s.cell)), "peers": str(s.peers), **s.facts}
            yield finding(s.code, s.cell.file, place(s.cell), facts["typed"], facts)


def _astray(known: Levels) -> set[tuple[str, str]]:
    """Return the (file, row) pairs that are worth a closer look: most never are."""
    logs = (known.plain, known.sized, known.rate_logs)
    far = [(g, 1 - _NEAR_AT_MOST) for groups in logs for g in groups.values()]
    far += [(g, float(_POINTS)) for g in known.rates.values()]
    return {(file, g.name[1]) for g, least in far for file, n in g.values.items() if abs(n - g.middle) > least - 1e-6}


def _suspect(row: _Row) -> _Suspect | None:
    """The most precise thing that can be said of a row."""
    if any(_exceeds(name, row.cells) for name in row.cells):
        return None  # an error by itself, whichever half is wrong
    parts = [name for name in row.cells if name.endswith("numerator")]
    found = next((s for name in parts if (s := _slip_of_a_half(name, row)) is not None), None)
    found = found or _slip_of_a_number(row)
    return found or next((s for name in row.cells if (s := _outlier(name, row)) is not None), None)


def _number(cell: ReadCell) -> Decimal:
    return cell.value if isinstance(cell.value, Decimal) else Decimal(0)


def _below(name: str) -> str:
    return name.removesuffix("numerator") + "denominator"


def _exceeds(name: str, cells: Mapping[str, ReadCell]) -> bool:
    below = cells.get(_below(name)) if name.endswith("numerator") else None
    return below is not None and below.value is not None and _number(cells[name]) > _number(below)


def _power(offset: float, spread: float) -> int:
    """Return the power of ten that `offset` is about, 0 when it is none or lies within what is usual."""
    power = round(offset)
    near = min(_NEAR + 2 * spread, _NEAR_AT_MOST)
    return power if 1 <= abs(power) <= 3 and abs(offset - power) <= near and abs(offset) >= _SPREADS * spread else 0


def _slip_of_a_half(name: str, row: _Row) -> _Suspect | None:
    """A percentage that is off by a power of ten because one of its halves is, while the other is in line."""
    rate = row.levels.rate_logs.get(row.name(name.removesuffix("numerator")))
    upper, lower = row.levels.sized.get(row.name(name)), row.levels.sized.get(row.name(_below(name)))
    if rate is None or row.file not in rate.values or upper is None or lower is None:
        return None
    power = _power(rate.offset(row.file), rate.spread)
    part, whole = upper.offset(row.file), lower.offset(row.file)
    if not power:
        return None
    if abs(part - power) + abs(whole) <= abs(part) + abs(whole + power):
        field, own, offset, other = name, power, part, whole
    else:
        field, own, offset, other = _below(name), -power, whole, part
    cell, share = row.cells[field], 10 ** rate.values[row.file]
    usual = float(_number(cell)) / 10**offset
    if abs(offset - own) > _IN_LINE or abs(other) > _IN_LINE or not _credible(cell, usual, own, row.past):
        return None
    facts = {
        "what": f"Với số {in_prose(show(_number(cell)))}, tỷ lệ tính ra là {percent(share)},",
        "times": times(power),
        "usual": percent(10**rate.middle),
        "maybe": proposal(_number(cell), own, cell.line.field),
    }
    return _Suspect(cell, "SLIP_AGAINST_PEERS", row.name(field), rate.peers, facts)


def _slip_of_a_number(row: _Row) -> _Suspect | None:
    """The first number of a row that is off by a power of ten."""
    for name, cell in row.cells.items():
        plain, group = row.levels.plain.get(row.name(name)), row.levels.sized.get(row.name(name))
        if plain is None or group is None or row.file not in group.values:
            continue
        offset = plain.offset(row.file)
        power = round(offset) if abs(abs(offset) - _THOUSAND) <= _IN_LINE or _dwarfs(plain, offset) else 0
        if not power:
            offset = group.offset(row.file)
            power = _power(offset, group.spread)
        usual = float(_number(cell)) / 10**offset
        if power and _credible(cell, usual, power, row.past):
            facts = {
                "what": f"Số {in_prose(show(_number(cell)))}",
                "times": times(power),
                "usual": rounded(usual),
                "maybe": proposal(_number(cell), power, cell.line.field),
            }
            return _Suspect(cell, "SLIP_AGAINST_PEERS", group.name, group.peers, facts)
    return None


def _dwarfs(few: Group, offset: float) -> bool:
    """True where the peers count a few, which are near no power of ten, and this is a hundred times as many."""
    is_far = 2 - _NEAR_AT_MOST <= offset <= _THOUSAND and offset >= _SPREADS * few.spread
    return is_far and few.middle < log10(_LARGE)


def _credible(cell: ReadCell, usual: float, power: int, past: Past) -> bool:
    """True when a slip explains the number better than a small count, or the unit's own past, would.

    A small count may be right, a number a hundred times larger than a small count hardly.
    """
    ends = (float(_number(cell)), usual)
    is_share = cell.line.field.unit == "%" and max(ends) >= _LARGE
    if min(ends) < _LARGE and not is_share and not (power > 1 and ends[0] >= _LARGE):
        return False
    known, number = next(iter(before(past, cell)), None), _number(cell)
    return known is None or known.number > number * _VOUCHING or number > known.number * _VOUCHING


def _outlier(name: str, row: _Row) -> _Suspect | None:
    group = row.levels.rates.get(row.name(name.removesuffix("numerator")))
    if (
        group is None
        or row.file not in group.values
        or abs(group.offset(row.file)) <= max(_SPREADS * group.spread, _POINTS)
    ):
        return None
    cell, below = row.cells[name], row.cells.get(_below(name)) if name.endswith("numerator") else None
    if cell.state is DataState.NOTHING or (below is not None and _number(below) < _ENOUGH):
        return None
    rate = group.values[row.file]
    earlier = _earlier_rate(cell, below, row.past)
    if earlier is not None and abs(earlier - rate) <= _VOUCHING_POINTS:
        return None
    facts = {"rate": percent(rate), "usual": percent(group.middle)}
    return _Suspect(cell, "PEER_OUTLIER", group.name, group.peers, facts)


def _earlier_rate(cell: ReadCell, below: ReadCell | None, past: Past) -> float | None:
    part = next(iter(before(past, cell)), None)
    if part is None or below is None:
        return None if part is None else float(part.number)
    wholes = (b.number for b in before(past, below) if b.period == part.period and b.number > 0)
    return next((float(100 * part.number / whole) for whole in wholes), None)


def percent(share: float) -> str:
    """Write a percentage with one decimal at most: "91,2 %"."""
    return f"{share:.1f}".removesuffix(".0").replace(".", ",") + " %"


def rounded(number: float) -> str:
    """Write about how much `number` is, to two digits: 12 345 is "12000"."""
    return show(Decimal(f"{number:.1e}"))
