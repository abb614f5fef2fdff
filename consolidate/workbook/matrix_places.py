"""Where everything stands on "Ma trận", and how other sheets find a unit's value there: nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from consolidate.model import Consolidation, IndicatorResult
from consolidate.workbook.canvas import MATRIX
from consolidate.workbook.formulas import quoted
from consolidate.workbook.goals import goal_of

FIXED = (("STT", 44), ("Đơn vị", 250), ("Còn thiếu", 58), ("Tỷ lệ đạt mức", 70), ("Hạng", 56))
HEAD_ROW = 3
LEVEL_ROW = 5


@dataclass(frozen=True, slots=True)
class MatrixPlaces:
    """Where the values stand: 0-based columns by indicator code, 0-based rows by unit below `levels` rows of levels.

    The column behind the last indicator holds the ids of the units: by them other sheets find a unit's line wherever
    somebody has sorted it to.
    """

    columns: Mapping[str, int]
    rows: Mapping[str, int]
    levels: int

    @property
    def first(self) -> int:
        """The 0-based row of the first unit."""
        return LEVEL_ROW + self.levels

    @property
    def key_column(self) -> int:
        """The 0-based column of the ids."""
        return len(FIXED) + len(self.columns)

    def column(self, code: str) -> str:
        """All values of an indicator, as an absolute range of this sheet."""
        return self._range(self.columns[code])

    def _range(self, column: int) -> str:
        letters = xl_col_to_name(column)
        return f"'{MATRIX}'!${letters}${self.first + 1}:${letters}${self.first + max(len(self.rows), 1)}"

    def value(self, code: str, unit: str) -> str:
        """The value of one unit, looked up by its id."""
        return f"INDEX({self.column(code)},MATCH({quoted(unit)},{self._range(self.key_column)},0))"

    def level(self, code: str, number: int = 0) -> str:
        """The cell of a bound of an indicator, as an absolute reference to this sheet."""
        cell = xl_rowcol_to_cell(LEVEL_ROW + number, self.columns[code], row_abs=True, col_abs=True)
        return f"'{MATRIX}'!{cell}"


def matrix_places(run: Consolidation) -> MatrixPlaces:
    """Say where each indicator and each unit that is asked for one stand."""
    results = shown_results(run)
    asked = {unit for result in results for unit in result.expected}
    units = (u.id for u in run.plan.units if u.id in asked)
    levels = max((len(goal.bounds) for r in results if (goal := goal_of(r))), default=1)
    return MatrixPlaces(
        {r.indicator.code: column for column, r in enumerate(results, len(FIXED))},
        {unit: row for row, unit in enumerate(units, LEVEL_ROW + levels)},
        levels,
    )


def matrix_columns(run: Consolidation) -> dict[str, str]:
    """Return the head cell (A1) of each indicator that has a column, by code."""
    return {code: xl_rowcol_to_cell(HEAD_ROW, column) for code, column in matrix_places(run).columns.items()}


def shown_results(run: Consolidation) -> tuple[IndicatorResult, ...]:
    """The columns of the sheet: an indicator that shows another's figure has none."""
    return tuple(r for r in run.indicators if not r.indicator.same_as and r.expected)
