"""What `explain` hands on: one figure, the rule and the sum behind it, and the cells that it came from.

Values and sentences only, made in consolidate.explain.indicator and explain_task, drawn in cli_explain; nothing here
computes. Sentences are Vietnamese and speak to a unit that argues with the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from consolidate.model import IndicatorResult, TaskResult
from plan.words import DataState
from validation.model import Finding, Return


class Absence(StrEnum):
    """Why a unit that should be in a figure is not."""

    NO_RETURN = "no_return"
    UNUSABLE = "unusable"
    NO_ROW = "no_row"
    BLOCKED = "blocked"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"


ABSENCE_WORDS: dict[Absence, str] = {
    Absence.NO_RETURN: "Chưa nộp báo cáo",
    Absence.UNUSABLE: "Đã nộp, nhưng tệp chưa dùng được",
    Absence.NO_ROW: "Báo cáo không có dòng này",
    Absence.BLOCKED: "Dòng này trong báo cáo đang có lỗi",
    Absence.EMPTY: "Ô còn trống",
    Absence.NOT_APPLICABLE: "Không áp dụng, có nêu lý do",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One input cell and what was read in it. `is_kind`: it is the cell of "Loại số liệu", which holds `state`.

    `decides`: a change of this cell alone can change the figure (consolidate.explain.cells).
    """

    unit: str
    field: str
    label: str
    value: Decimal | str | None
    state: DataState | None
    file: str
    sheet: str
    cell: str
    is_kind: bool
    decides: bool
    unread: str = ""  # what stands there and could not be read as an answer; `value` is then None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the shares; `total` is what stands under it, None where its numbers are not added."""

    key: str
    head: str
    label: str
    total: Fraction | None = None
    decimals: int | None = None  # None: as typed


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit brings to the figure: a value for every column, its cells, and what it wrote beside them."""

    unit: str
    name: str
    values: tuple[Fraction | str | None, ...]
    remark: str
    file: str
    cells: tuple[Cell, ...]
    texts: tuple[tuple[str, str], ...]  # (label, text), only where there is a text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that is not in the figure. `findings` are the errors behind it, each with the cell to mend."""

    unit: str
    name: str
    why: Absence
    file: str  # "" where nothing has come
    reason: str  # why it does not apply, as the unit says; of a unit without a return, which of its files are gone
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One file of a unit, the one that counts or another; `cells` is what it says on the row explained."""

    number: int  # from 1 in the order in which the files came
    received: Return
    is_gone: bool  # of a former run: it lies in the inputs no more
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...]  # of the file as a whole: why it counts or does not


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one figure came about. With `unit` the shares, the left out and `beside` are that unit's alone.

    `exact` is the figure before rounding (of a task: its progress). `target` and `verdict` are of a task its deadline
    and what follows from it. `beside` are contributions that are not in the figure: those of coordinating units.
    """

    plan: str
    period: str
    period_label: str
    as_of: datetime
    code: str
    title: str
    unit: str  # "" for the whole
    unit_name: str
    result: IndicatorResult | TaskResult
    shown: str
    exact: Fraction | None
    rounded: Decimal | None
    rule: str
    working: str
    target: str
    verdict: tuple[str, ...]
    coverage: str
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    order: str  # by what the shares are sorted
    shares: tuple[Share, ...]
    left_out: tuple[LeftOut, ...]
    beside: tuple[Share, ...]
    files: tuple[Return, ...]  # of the shares, in their order
    versions: tuple[FileVersion, ...] = ()  # only with `unit`

    @property
    def is_indicator(self) -> bool:
        """True for a row of Appendix 1, False for a task."""
        return isinstance(self.result, IndicatorResult)
