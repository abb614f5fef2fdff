"""Who stands where on one indicator, and where its block begins on "Xếp hạng": arithmetic only, no cell is drawn.

Only units with a value are ranked; those without are named beside the rank and never put last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from consolidate.model import Consolidation, IndicatorResult, UnitFigure
from consolidate.workbook.goals import is_range, low_is_good, shown_values
from consolidate.workbook.standing import FEWEST_RANKED, ranked
from plan.model import Measure

OVERVIEW_ROW = 4  # 0-based row of the first indicator in the overview
_PER_LINE = 2  # units side by side
_OVERHEAD = 4  # lines of a block beside its units: heading, heads, those not ranked, air
_BETWEEN = 3  # rows from the overview to the first block: a chart, air


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its shown value and its rank; equal values share a rank."""

    unit: str
    value: Decimal
    rank: int
    figure: UnitFigure


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator: the ranked units, best first, then the plan's order; `row` is its 0-based first row."""

    result: IndicatorResult
    ranked: tuple[Ranked, ...]
    low_first: bool
    row: int
    overview_row: int

    @property
    def lines(self) -> int:
        """Rows that the ranked units take."""
        return -(-len(self.ranked) // _PER_LINE)


def blocks(run: Consolidation) -> tuple[Block, ...]:
    """One block for each indicator that many units report, is more than "Đạt" or "Chưa đạt" and has a good end."""
    results = [
        r
        for r in run.indicators
        if not r.indicator.same_as
        and len(r.expected) >= FEWEST_RANKED
        and r.indicator.measure is not Measure.ATTAINED
        and not is_range(r)
    ]
    return tuple(_placed(results))


def _placed(results: list[IndicatorResult]) -> Iterator[Block]:
    row = OVERVIEW_ROW + len(results) + _BETWEEN
    for number, result in enumerate(results):
        block = Block(result, _ranked(result), low_is_good(result), row, OVERVIEW_ROW + number)
        yield block
        row += block.lines + _OVERHEAD


def _ranked(result: IndicatorResult) -> tuple[Ranked, ...]:
    values = shown_values(result)
    ranks = ranked({u: Fraction(v) for u, v in values.items()}, low_first=low_is_good(result))
    figures = {f.unit: f for f in result.figures}
    found = [Ranked(unit, values[unit], rank, figures[unit]) for unit, rank in ranks.items()]
    return tuple(sorted(found, key=lambda r: r.rank))  # stable: the plan's order among equals


def ranking_cells(run: Consolidation) -> dict[str, str]:
    """Return the cell (A1) at which the block of each ranked indicator begins, by code."""
    return {block.result.indicator.code: f"A{block.row + 1}" for block in blocks(run)}
