"""What a unit's own value is shown as and held against, for the sheets that set units side by side.

Units are compared by the numbers that a reader sees, rounded as the plan says, so that equal numbers are equal.
The verdict on the whole is consolidate.indicators' alone and nothing here changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from consolidate.model import IndicatorResult, UnitFigure
from consolidate.rounding import rounded
from consolidate.workbook.formulas import main_field
from plan.model import Aggregation, Comparator, Indicator, Measure
from plan.text_fit import shortened

CONFLICT = "Số liệu mâu thuẫn"  # in place of a figure on which its reporters contradict one another
_LOW_IS_GOOD = (Comparator.AT_MOST, Comparator.BELOW)
_LONGEST_HEAD = 60
_WHOLE = Decimal(100)  # "Đạt" stands as 100


@dataclass(frozen=True, slots=True)
class Goal:
    """The number that a unit's own value should reach, in the unit of measure in which that value is shown."""

    level: Decimal
    comparator: Comparator

    def reached_by(self, shown: Decimal) -> bool:
        """True when a shown value reaches the level, in the target's own direction."""
        return {
            Comparator.AT_LEAST: shown >= self.level,
            Comparator.ABOVE: shown > self.level,
            Comparator.AT_MOST: shown <= self.level,
            Comparator.BELOW: shown < self.level,
        }[self.comparator]


CRITERIA: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: ">=",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "<=",
    Comparator.BELOW: "<",
}


def goal_of(result: IndicatorResult) -> Goal | None:
    """What each unit is held against: the threshold, the period's share of the target, or the target.

    None where there is no target, where the target is one of the whole (a sum), and where it has two bounds.
    """
    indicator, target = result.indicator, result.target
    if indicator.measure is Measure.ATTAINED:
        return Goal(_WHOLE, Comparator.AT_LEAST)
    if indicator.measure is Measure.THRESHOLD:
        return None if result.threshold is None else Goal(Decimal(result.threshold), Comparator.AT_LEAST)
    if target is None or indicator.aggregation is Aggregation.SUM:
        return None
    if sum(1 for t in indicator.targets if t.year == target.year) > 1:
        return None
    share = rounded(result.milestone, indicator.decimals)
    return Goal(target.value if share is None else share, target.comparator)


def head_name(indicator: Indicator) -> str:
    """A name short enough for the head of a column or the label of a bar."""
    return indicator.short or shortened(indicator.name, _LONGEST_HEAD)


def low_is_good(result: IndicatorResult) -> bool:
    """True when the target says that less is better; where no target says so, more is."""
    return (
        result.indicator.measure not in (Measure.ATTAINED, Measure.THRESHOLD)
        and result.target is not None
        and result.target.comparator in _LOW_IS_GOOD
    )


def shown_values(result: IndicatorResult) -> dict[str, Decimal]:
    """Unit -> its value as shown: the count where only a threshold makes it 100 or 0, else its own figure."""
    found = ((f.unit, rounded(_own_value(result, f), result.indicator.decimals)) for f in result.figures)
    return {unit: value for unit, value in found if value is not None}


def _own_value(result: IndicatorResult, figure: UnitFigure) -> Fraction | None:
    if result.indicator.measure is not Measure.THRESHOLD:
        return figure.value
    counts = (e.value for e in figure.entries if e.field == main_field(result.indicator).name)
    return next((Fraction(count) for count in counts if isinstance(count, Decimal)), None)
