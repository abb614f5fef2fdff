"""What a unit's own value is shown as and held against, for the sheets that set units side by side.

Bounds are exact and those of the whole; a value is shown rounded as the plan says, or as fine as it takes to see on
which side of a bound it lies, so that whoever compares what is printed comes to what is counted.
The verdict on the whole is consolidate.indicators' alone and nothing here changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from consolidate.indicators import finer, keeps
from consolidate.model import IndicatorResult, UnitFigure
from consolidate.rounding import rounded
from consolidate.spelled import bound, exact, joined
from consolidate.workbook.formulas import main_field
from plan.model import Aggregation, Comparator, Indicator, Measure, Target
from plan.shown import shown_unit
from plan.text_fit import shortened

_LOW_IS_GOOD = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_LONGEST_HEAD = 60
_WHOLE = Fraction(100)  # "Đạt" stands as 100
SHARES = (Measure.RATIO, Measure.THRESHOLD, Measure.ATTAINED)  # measures whose common figure is a percentage


@dataclass(frozen=True, slots=True)
class Bound:
    """One number to keep to, exactly, in the unit of measure in which the value is shown."""

    level: Fraction
    comparator: Comparator

    def met_by(self, value: Fraction) -> bool:
        """True when `value` is on the good side."""
        return keeps(value, self.comparator, self.level)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a unit's own value is held against: all bounds of the year, of which none may be passed over."""

    bounds: tuple[Bound, ...]

    def reached_by(self, value: Fraction | Decimal) -> bool:
        """True when `value` keeps every bound."""
        return all(bound.met_by(Fraction(value)) for bound in self.bounds)


def goal_of(result: IndicatorResult) -> Goal | None:
    """What each unit is held against: the threshold, the period's share of the targets, or the targets.

    None where there is no target, and where the target is one of the whole (a sum).
    """
    indicator = result.indicator
    if indicator.measure is Measure.ATTAINED:
        return Goal((Bound(_WHOLE, Comparator.AT_LEAST),))
    if indicator.measure is Measure.THRESHOLD:
        return None if result.threshold is None else Goal((Bound(Fraction(result.threshold), Comparator.AT_LEAST),))
    if not result.targets or indicator.aggregation is Aggregation.SUM:
        return None
    return Goal(bounds_of(result))


def bounds_of(result: IndicatorResult) -> tuple[Bound, ...]:
    """What the whole is held against in its period: the milestones of a prorated row, else the targets."""
    levels = result.milestones or tuple(Fraction(t.value) for t in result.targets)
    return tuple(Bound(level, t.comparator) for level, t in zip(levels, result.targets, strict=True))


def targets_text(result: IndicatorResult) -> str:
    """All targets of the year, exactly and with their signs: "≥ 12,5%"; "" where there is none."""
    return _spelled(result.indicator, tuple(Bound(Fraction(t.value), t.comparator) for t in result.targets))


def target_text(indicator: Indicator, target: Target) -> str:
    """One target, exactly: "> 95%"; of a share of units also the number that a unit needs."""
    goal = _spelled(indicator, (Bound(Fraction(target.value), target.comparator),))
    return goal if target.threshold is None else f"{goal}, ngưỡng từ {target.threshold} trở lên"


def milestones_text(result: IndicatorResult) -> str:
    """What the targets come to by the end of the period, exactly; "" where the row is not prorated."""
    return _spelled(result.indicator, bounds_of(result)) if result.milestones else ""


def _spelled(indicator: Indicator, bounds: tuple[Bound, ...]) -> str:
    measure, unit = indicator.measure, shown_unit(indicator)
    said = joined([bound(b.comparator, b.level, measure, unit) for b in bounds])
    return f"{said} đơn vị đạt" if said and measure in (Measure.THRESHOLD, Measure.ATTAINED) else said


def is_all(result: IndicatorResult, goal: Bound) -> bool:
    """True for "≥ 100" of a share, which is just 100: nothing exceeds it."""
    return goal.level == _WHOLE and goal.comparator is Comparator.AT_LEAST and result.indicator.measure in SHARES


def places_of(level: Fraction) -> int:
    """The decimals that a level is spelled with."""
    return sum(sign.isdigit() for sign in exact(level).partition(",")[2])


def head_name(indicator: Indicator) -> str:
    """A name short enough for the head of a column or the label of a bar."""
    return indicator.short or shortened(indicator.name, _LONGEST_HEAD)


def low_is_good(result: IndicatorResult) -> bool:
    """True when the target says that less is better; where no target says so, more is."""
    return result.indicator.measure not in (Measure.ATTAINED, Measure.THRESHOLD) and _directions(result) == {True}


def is_range(result: IndicatorResult) -> bool:
    """True where the target has a bound on either side: neither end of the values is the good one."""
    return result.indicator.measure not in (Measure.ATTAINED, Measure.THRESHOLD) and len(_directions(result)) > 1


def _directions(result: IndicatorResult) -> set[bool]:
    return {t.comparator in _LOW_IS_GOOD for t in result.targets}


def shown_values(result: IndicatorResult) -> dict[str, Decimal]:
    """Unit -> its value as shown: the count where only a threshold makes it 100 or 0, else its own figure."""
    goal = goal_of(result)
    least = 0 if result.indicator.measure is Measure.THRESHOLD else result.indicator.decimals
    found = ((f.unit, _own_value(result, f)) for f in result.figures)
    return {unit: _shown(value, least, goal) for unit, value in found if value is not None}


def _shown(value: Fraction, least: int, goal: Goal | None) -> Decimal:
    places = finer(value, least, [(b.comparator, b.level) for b in goal.bounds]) if goal else None
    return rounded(value, least if places is None else places) or Decimal(0)


def decimals_of(shown: Decimal) -> int:
    """The decimals of a shown value."""
    return max(0, -int(shown.as_tuple().exponent))


def _own_value(result: IndicatorResult, figure: UnitFigure) -> Fraction | None:
    if result.indicator.measure is not Measure.THRESHOLD:
        return figure.value
    counts = (e.value for e in figure.entries if e.field == main_field(result.indicator).name)
    return next((Fraction(count) for count in counts if isinstance(count, Decimal)), None)
