"""How a unit stands over all, for "Ma trận": what it still lacks, and how much of the rest reaches its level.

A composite rank is only honest among units that were asked the same and have answered all of it: the largest such
group is ranked; a unit that lacks a number is not, nor one to which a number does not apply, for both would rise by
answering less; nobody is ranked across groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from consolidate.model import IndicatorResult
from consolidate.workbook.goals import goal_of, shown_values

FEWEST_RANKED = 6  # units of one group; fewer need no rank
_FEWEST_LEVELS = 2  # a rank over one indicator stands in "Xếp hạng"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many numbers a unit lacks; of a ranked one, the share of its numbers that reach their level, and its rank."""

    lacking: int
    ranked_group: bool
    share: Fraction | None
    rank: int | None


def standings(results: Sequence[IndicatorResult]) -> dict[str, Standing]:
    """Unit -> its standing over `results`, for every unit that is asked for one of them."""
    asked: dict[str, list[IndicatorResult]] = {}
    for result in results:
        for unit in result.expected:
            asked.setdefault(unit, []).append(result)
    values = {r.indicator.code: shown_values(r) for r in results}
    excused = {(r.indicator.code, unit) for r in results for unit in r.not_applicable}
    answers_less = {unit for _, unit in excused}
    group = _ranked_group(asked)
    lacking: dict[str, int] = {}
    shares: dict[str, Fraction] = {}
    for unit, own in asked.items():
        lacking[unit] = sum(
            1 for r in own if unit not in values[r.indicator.code] and (r.indicator.code, unit) not in excused
        )
        reached = [
            goal.reached_by(values[r.indicator.code][unit])
            for r in own
            if unit in values[r.indicator.code] and (goal := goal_of(r)) is not None
        ]
        if unit in group and unit not in answers_less and not lacking[unit] and reached:
            shares[unit] = Fraction(sum(reached), len(reached))
    ranks = ranked(shares, low_first=False)
    return {unit: Standing(lacking[unit], unit in group, shares.get(unit), ranks.get(unit)) for unit in asked}


def _ranked_group(asked: Mapping[str, Sequence[IndicatorResult]]) -> frozenset[str]:
    """The units of the commonest set of indicators, where they are many and two of their indicators have a level."""
    sets = {unit: tuple(r.indicator.code for r in own) for unit, own in asked.items()}
    if not sets:
        return frozenset()
    [(commonest, count)] = Counter(sets.values()).most_common(1)
    levels = {r.indicator.code for own in asked.values() for r in own if goal_of(r) is not None}
    if count < FEWEST_RANKED or len(levels.intersection(commonest)) < _FEWEST_LEVELS:
        return frozenset()
    return frozenset(unit for unit, codes in sets.items() if codes == commonest)


def ranked(values: Mapping[str, Fraction], *, low_first: bool) -> dict[str, int]:
    """Unit -> rank as RANK gives it: equal values share the better place, and the next one is left out."""
    place: dict[Fraction, int] = {}
    for position, value in enumerate(sorted(values.values(), reverse=not low_first), 1):
        place.setdefault(value, position)
    return {unit: place[value] for unit, value in values.items()}
