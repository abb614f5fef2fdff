"""What the appendices must come to, worked out a second time: DESIGN section 5 by another hand, in exact fractions.

Reads the plan's rows and the entries as they are; takes no function from consolidate, nor from plan. Results are
plain values by name, so that a difference shows which figure of which row it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis.vendor.pretty import RepresentationPrinter

from plan.model import Assignment, CalendarEntry, Indicator, Period, Plan, Target
from validation.model import Checked, Earlier, IndicatorEntry

Told = dict[str, object]
_Cells = dict[str, IndicatorEntry]


@dataclass(frozen=True)
class Case:
    """All that a consolidation is made from."""

    plan: Plan
    period: Period
    today: date
    checked: Checked
    earlier: tuple[Earlier, ...]

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        """Short: hypothesis warns of the hundred thousand characters that a whole case has."""
        printer.text(f"<{self.period.id} on {self.today}, {len(self.checked.indicator_entries)} cells>")


def figures(case: Case) -> dict[str, Told]:
    """Every row of Appendix 1 by its code."""
    now = {i.code: _row(case.plan, case.period, i, case.checked.indicator_entries) for i in case.plan.indicators}
    before = [
        (e.period, {i.code: _row(case.plan, e.period, i, e.indicator_entries) for i in case.plan.indicators})
        for e in case.earlier
    ]
    for i in case.plan.indicators:
        told = now[i.code]
        then = [(period, rows[i.code]) for period, rows in before]
        told["coverage"] = _coverage(case.plan, i, told, [row for p, row in then if p.kind == case.period.kind])
        told["changes"] = _changes(case, i, told, then)
        told["trend"] = [(p.id, row["value"]) for p, row in reversed(then)] + [(case.period.id, told["value"])]
    return now


def named(plan: Plan, assignments: Iterable[Assignment]) -> list[str]:
    """The units behind a cell, each once."""
    units: list[str] = []
    for a in assignments:
        for u in plan.units:
            meant = a.ref == u.id or (a.ref[:1] == "@" and a.ref[1:] in u.groups)
            if meant and u.id not in units:
                units.append(u.id)
    return units


# --- one indicator ---


def _row(plan: Plan, period: Period, i: Indicator, entries: Sequence[IndicatorEntry]) -> Told:
    source = next(other for other in plan.indicators if other.code == (i.same_as or i.code))
    asked = named(plan, source.reporters)
    cells: dict[str, _Cells] = {unit: {} for unit in asked}
    for e in entries:
        if e.row == source.code and e.unit in cells:
            cells[e.unit][e.field] = e
    out = [u for u in asked if any(_declines(e) for e in cells[u].values())]
    good = [u for u in asked if u not in out and _is_complete(source, cells[u])]
    goal = _goal(i, period.year)
    own = {u: _own(source, cells[u], goal) for u in good}
    total = _whole(source, cells, good, own)
    bounds = [t for t in i.targets if goal is not None and t.year == goal.year]
    value = total["value"]
    assert value is None or isinstance(value, Fraction)
    reached = all(_holds(value, t, Fraction(t.value)) for t in bounds) if value is not None and bounds else None
    shares = _shares(i, period, bounds)
    shown = None if goal is None else shares.get((goal.year, goal.comparator.value))
    held = (
        [_holds(value, t, shares[t.year, t.comparator.value]) for t in bounds] if value is not None and shares else []
    )
    absent = [u for u in asked if u not in out and u not in good]
    return {
        **total,
        "own": own,
        "expected": asked,
        "included": good,
        "missing": absent,
        "not_applicable": out,
        "target": goal,
        "reached": reached,
        "verdict": _judged(i, period, bounds, (value, reached), (asked, absent, out)),
        "estimated": any(e.state is not None and e.state.value == "estimate" for u in good for e in cells[u].values()),
        "milestone": shown,
        "on_track": all(held) if held else None,
        "denominators": {u: Fraction(str(cells[u]["denominator"].value)) for u in good if "denominator" in cells[u]},
    }


def _declines(e: IndicatorEntry) -> bool:
    is_number = e.field != "evidence"
    return is_number and not e.blocked and e.state is not None and e.state.value == "not_applicable"


def _is_complete(i: Indicator, cells: _Cells) -> bool:
    for f in i.fields:
        if not f.required:
            continue
        cell = cells.get(f.name)
        if cell is None or cell.blocked or cell.value is None:
            return False
    return True


def _goal(i: Indicator, year: int) -> Target | None:
    years = sorted({t.year for t in i.targets})
    if not years:
        return None
    chosen = next((y for y in years if y >= year), years[-1])
    return next(t for t in i.targets if t.year == chosen)


def _numbers(cells: _Cells) -> dict[str, Fraction]:
    return {name: Fraction(str(e.value)) for name, e in cells.items() if isinstance(e.value, Decimal)}


def _per_cent(part: Fraction, whole: Fraction) -> Fraction | None:
    return None if whole <= 0 else part / whole * 100


def _own(i: Indicator, cells: _Cells, goal: Target | None) -> Fraction | None:
    """What one unit comes to for itself."""
    n = _numbers(cells)
    match i.measure.value:
        case "ratio":
            return _per_cent(n["numerator"], n["denominator"])
        case "value":
            return n["value"]
        case "attained":
            return Fraction(100) if cells["attained"].value == "Đạt" else Fraction(0)
        case "threshold":
            wanted = goal.threshold if goal is not None else None
            return Fraction(100) if wanted is not None and n["count"] >= wanted else Fraction(0)
    if "current" in n:
        return n["current"] - n["baseline"]
    return _gain(n)


def _gain(n: dict[str, Fraction]) -> Fraction | None:
    now = _per_cent(n["current_numerator"], n["current_denominator"])
    before = _per_cent(n["baseline_numerator"], n["baseline_denominator"])
    return None if now is None or before is None else now - before


def _whole(i: Indicator, cells: dict[str, _Cells], good: list[str], own: dict[str, Fraction | None]) -> Told:
    """Value, its two parts, the mean of percentages and who contradicts whom."""
    told: Told = {"value": None, "numerator": None, "denominator": None, "mean": None, "conflicts": []}
    if not good:
        return told
    n = {u: _numbers(cells[u]) for u in good}
    added: dict[str, Fraction] = {}
    for u in good:
        for name, number in n[u].items():
            added[name] = added.get(name, Fraction(0)) + number
    match i.aggregation.value:
        case "ratio_of_sums":
            known = [v for v in own.values() if v is not None]
            told |= {"numerator": added["numerator"], "denominator": added["denominator"]}
            told["value"] = _per_cent(added["numerator"], added["denominator"])
            told["mean"] = Fraction(sum(known), len(known)) if known else None
        case "share":
            yes = sum(1 for v in own.values() if v == 100)
            told |= {"numerator": Fraction(yes), "denominator": Fraction(len(good))}
            told["value"] = Fraction(100 * yes, len(good))
        case "sum":
            told["value"] = added["value"]
        case "weighted_mean":
            heavy = sum((n[u]["value"] * n[u]["weight"] for u in good), Fraction(0))
            told["value"] = heavy / added["weight"] if added["weight"] > 0 else None
        case "difference" if "current_numerator" in added:
            told["value"] = _gain(added)
        case _:
            agree = all(n[u] == n[good[0]] for u in good)
            told["value"] = own[good[0]] if agree else None
            told["conflicts"] = [] if agree else good
    return told


def _holds(value: object, t: Target, goal: Fraction) -> bool:
    assert isinstance(value, Fraction)
    gap = value - goal
    return {">=": gap >= 0, ">": gap > 0, "<=": gap <= 0, "<": gap < 0}[t.comparator.value]


def _shares(i: Indicator, period: Period, bounds: list[Target]) -> dict[tuple[int, str], Fraction]:
    if not i.prorated or period.last.month == 12:
        return {}
    twelfths = period.last.month
    return {
        (t.year, t.comparator.value): Fraction(t.value) * Fraction(twelfths, 12)
        for t in bounds
        if t.year == period.year
    }


def _judged(
    i: Indicator,
    period: Period,
    bounds: list[Target],
    figure: tuple[Fraction | None, bool | None],
    units: tuple[list[str], list[str], list[str]],
) -> str:
    asked, absent, out = units
    value, reached = figure
    if asked and sorted(out) == sorted(asked):
        return "not_applicable"
    if not bounds:
        return "no_target"
    ahead = bounds[0].year - period.year
    if value is None or reached is None or ahead > 0 or absent:
        return "not_yet_due" if value is not None and ahead > 0 else "not_enough_data"
    if ahead < 0 or period.last.month == 12:
        return "reached" if reached else "not_reached"
    ceilings = [t for t in bounds if "<" in t.comparator.value] if i.prorated else []
    if any(not _holds(value, t, Fraction(t.value)) for t in ceilings):
        return "not_reached"  # it only grows
    return "reached" if reached and not ceilings else "not_yet_due"


# --- coverage and other periods ---


def _coverage(plan: Plan, i: Indicator, told: Told, before: list[Told]) -> tuple[str, Fraction | None]:
    included, absent, asked = _units(told, "included"), _units(told, "missing"), _units(told, "expected")
    should = included + absent
    if not should:
        return "units", None
    people = {u.id: Fraction(u.population) for u in plan.units if u.population}
    if len(asked) > 1 and all(u in people for u in should):
        return "population", sum(people[u] for u in included) / Fraction(sum(people[u] for u in should))
    if i.aggregation.value == "ratio_of_sums":
        sizes = [_last_denominator(u, [told, *before]) for u in should]
        known = [s for s in sizes if s is not None]
        if len(known) == len(should) and sum(known) > 0:
            return "denominator", sum(known[: len(included)], Fraction(0)) / sum(known)
    return "units", Fraction(len(included), len(should))


def _units(told: Told, key: str) -> list[str]:
    found = told[key]
    assert isinstance(found, list)
    return found


def _last_denominator(unit: str, rows: list[Told]) -> Fraction | None:
    for row in rows:
        known = row["denominators"]
        assert isinstance(known, dict)
        if unit in known:
            return Fraction(known[unit])
    return None


def printed(value: Fraction, decimals: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**decimals
    steps = (2 * scaled + 1) // 2
    return Fraction(steps if value > 0 else -steps, 10**decimals)


def _changes(case: Case, i: Indicator, told: Told, before: list[tuple[Period, Told]]) -> list[tuple[object, ...]]:
    last = _ended_last(case.plan.calendar, case.period)
    year_ago = [p for p in before if (p[0].year + 1, p[0].kind) == (case.period.year, case.period.kind)]
    just_before = [p for p in before if p[0].id == last and p not in year_ago]
    found: list[tuple[object, ...]] = []
    for word, meant in (("previous", just_before), ("last_year", year_ago)):
        for period, then in meant:
            now, was = told["value"], then["value"]
            if not isinstance(now, Fraction) or not isinstance(was, Fraction) or not _is_like(case, i, period):
                continue
            gap = printed(now, i.decimals) - printed(was, i.decimals)
            same = sorted(_units(told, "included")) == sorted(_units(then, "included"))
            found.append((word, period.id, was, gap, same))
    return found


def _is_like(case: Case, i: Indicator, past: Period) -> bool:
    if i.prorated and past.year != case.period.year and past.kind != case.period.kind:
        return False
    return _threshold(i, past.year) == _threshold(i, case.period.year)


def _threshold(i: Indicator, year: int) -> int | None:
    goal = _goal(i, year)
    return None if goal is None else goal.threshold


def _ended_last(calendar: Sequence[CalendarEntry], now: Period) -> str:
    """The id of the period that ended just before `now`; of two that end on one day the longer is the later."""
    days = [(date(y, *e.last), date(y, *e.first), f"{y}-{e.kind}") for y in (now.year - 1, now.year) for e in calendar]
    days.sort(key=lambda d: (d[0], (d[0] - d[1]).days, d[2]))
    names = [name for *_, name in days]
    place = names.index(now.id)
    return names[place - 1] if place else ""
