"""How high a number stands among the same numbers of like units: medians and their deviations, nothing judged.

Logarithms, because a slip multiplies. A commune with few people has few of nearly everything, so a count is held
beside the size of its unit (its population where the plan knows it of all, else the unit's other rows) wherever this
makes the units more alike. Floats: these are levels, and no number of a return is ever replaced by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median

from plan.model import FieldKind
from validation.evidence import Evidence

MIN_PEERS = 8  # other units: fewer have no usual level
_MANY = 30  # of what is counted in fewer, as doctors are, a unit has as many as it is given, whatever its size
_EXACT = 9  # decimals of a level: what lies beyond is noise of the float

Name = tuple[str, str, str]  # kind of unit, row, field; of a rate the prefix of its two fields ("", "baseline_")
_Numbers = Mapping[Name, Mapping[str, float]]  # by file


@dataclass(frozen=True, slots=True)
class Group:
    """One number of all units of a kind, by file, with its median and the median deviation from it."""

    name: Name
    values: Mapping[str, float]
    middle: float
    spread: float
    peers: int

    def offset(self, file: str) -> float:
        """How far the number of `file` lies from the middle."""
        return round(self.values[file] - self.middle, _EXACT)


@dataclass(frozen=True, slots=True)
class Levels:
    """Groups by name; those with too few peers are left out.

    `plain` and `sized` are logarithms of numbers, before and after the size of the unit is taken out (where it
    matters); `rates` are percentages, `rate_logs` their logarithms, without those of 0 %.
    """

    kinds: Mapping[str, str]  # by file
    plain: Mapping[Name, Group]
    sized: Mapping[Name, Group]
    rates: Mapping[Name, Group]
    rate_logs: Mapping[Name, Group]


def levels(seen: Evidence) -> Levels:
    """Return all levels of a run; of each unit the last file alone says what is usual."""
    kind_of = {u.id: u.kind for u in seen.plan.units}
    people = {u.id: u.population or 0 for u in seen.plan.units}
    units: dict[str, str] = {}
    numbers: dict[Name, dict[str, float]] = defaultdict(dict)
    counts: set[Name] = set()
    percents: set[Name] = set()
    for cell in seen.cells:
        if isinstance(cell.value, Decimal) and cell.value >= 0:
            field = cell.line.field
            name = (kind_of.get(cell.unit, ""), cell.line.indicator.code, field.name)
            units[cell.file] = cell.unit
            numbers[name][cell.file] = float(cell.value)
            if field.kind is FieldKind.COUNT:
                counts.add(name)
            elif field.unit == "%":
                percents.add(name)
    latest = seen.latest_files()
    logs = _logs(numbers)
    plain = _groups(logs, latest)
    sizes = _sizes([group for name, group in plain.items() if name in counts and group.middle >= log10(_MANY)])
    own: dict[Name, dict[str, float]] = {}
    for name in plain.keys() & counts:
        known = all(people.get(units[file]) for file in logs[name])  # of all, so each stands per person
        size = {file: log10(people[units[file]]) if known else sizes.get(file, 0.0) for file in logs[name]}
        own[name] = {file: log - size[file] for file, log in logs[name].items()}
    alike = {name: group for name, group in _groups(own, latest).items() if group.spread < plain[name].spread}
    rates = _rates(numbers, percents)
    kinds = {file: kind_of.get(unit, "") for file, unit in units.items()}
    return Levels(kinds, plain, {**plain, **alike}, _groups(rates, latest), _groups(_logs(rates), latest))


def _logs(numbers: _Numbers) -> dict[Name, dict[str, float]]:
    return {name: {file: log10(n) for file, n in found.items() if n > 0} for name, found in numbers.items()}


def _groups(numbers: _Numbers, latest: frozenset[str]) -> dict[Name, Group]:
    groups = {}
    for name, values in numbers.items():
        kept = [n for file, n in values.items() if file in latest]
        if len(kept) > MIN_PEERS:
            middle = median(kept)
            spread = round(median(abs(n - middle) for n in kept), _EXACT)
            groups[name] = Group(name, values, middle, spread, len(kept) - 1)
    return groups


def _sizes(groups: Sequence[Group]) -> dict[str, float]:
    """Return how large each file's unit is beside the others, in powers of ten: what most of its rows say."""
    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        for file, log in group.values.items():
            rows[file][group.name[1]].append(log - group.middle)
    return {file: _typical([sum(o) / len(o) for o in found.values()]) for file, found in rows.items()}


def _typical(offsets: list[float]) -> float:
    """Of two middle rows the one nearer to the peers is taken; one row alone says nothing of its unit's size."""
    if len(offsets) < 2:
        return 0.0
    offsets.sort()
    half = len(offsets) // 2
    return offsets[half] if len(offsets) % 2 else min(offsets[half - 1], offsets[half], key=abs)


def _rates(numbers: _Numbers, percents: set[Name]) -> dict[Name, dict[str, float]]:
    """Return every number in %, and every percentage of a numerator over a denominator that is not smaller."""
    rates = {name: dict(numbers[name]) for name in sorted(percents)}
    for (kind, row, field), parts in numbers.items():
        prefix = field.removesuffix("numerator")
        wholes = numbers.get((kind, row, f"{prefix}denominator"))
        if prefix != field and wholes is not None:
            found = {file: (part, wholes.get(file, 0.0)) for file, part in parts.items()}
            rates[kind, row, prefix] = {
                f: 100 * part / whole for f, (part, whole) in found.items() if 0 < whole >= part
            }
    return rates
