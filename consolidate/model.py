"""What consolidation hands on to the workbook, the JSON and the terminal: figures with their coverage.

Values only; nothing here reads a return or draws a cell. Figures are exact Fractions until an output
rounds them (consolidate.rounding).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from consolidate.completeness import Completeness
from plan.model import Indicator, Period, Plan, Role, Target, Task, Unit
from plan.words import TaskStatus
from validation.model import Checked, IndicatorEntry, Return, TaskEntry

REHEARSAL_MARK = "SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT – "  # over figures that nobody may sign
NO_FIGURE = "Chưa có số liệu"
CONFLICT_FIGURE = "Số liệu mâu thuẫn"


class TargetVerdict(StrEnum):
    """A figure against its target (DESIGN section 5)."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_ENOUGH_DATA = "not_enough_data"
    NOT_YET_DUE = "not_yet_due"
    NOT_APPLICABLE = "not_applicable"  # every unit that answers for it says so, with a reason
    NO_TARGET = "no_target"  # the document prints no number to reach


TARGET_VERDICT_WORDS: dict[TargetVerdict, str] = {
    TargetVerdict.REACHED: "Đạt",
    TargetVerdict.NOT_REACHED: "Chưa đạt",
    TargetVerdict.NOT_ENOUGH_DATA: "Chưa đủ số liệu",
    TargetVerdict.NOT_YET_DUE: "Chưa đến hạn",
    TargetVerdict.NOT_APPLICABLE: "Không áp dụng",
    TargetVerdict.NO_TARGET: "Không nêu số để so",
}


class OverallStatus(StrEnum):
    """The status of a task for the whole plan, by the rule stated in consolidate.tasks."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOTHING = "nothing"
    NOT_ENOUGH_REPORTS = "not_enough_reports"


OVERALL_STATUS_WORDS: dict[OverallStatus, str] = {
    OverallStatus.NOT_STARTED: "Chưa triển khai",
    OverallStatus.IN_PROGRESS: "Đang triển khai",
    OverallStatus.COMPLETED: "Hoàn thành",
    OverallStatus.NOTHING: "Không phát sinh",
    OverallStatus.NOT_ENOUGH_REPORTS: "Chưa đủ báo cáo",
}


class ReportingState(StrEnum):
    """Where a unit stands with its return."""

    ON_TIME = "on_time"
    LATE = "late"
    TO_BE_CORRECTED = "to_be_corrected"
    MISSING = "missing"


REPORTING_WORDS: dict[ReportingState, str] = {
    ReportingState.ON_TIME: "Đã nộp, đúng hạn",
    ReportingState.LATE: "Đã nộp, muộn",
    ReportingState.TO_BE_CORRECTED: "Đã nộp, cần sửa",
    ReportingState.MISSING: "Chưa nộp",
}


class CoverageBasis(StrEnum):
    """By what it is measured how much of the whole a figure covers."""

    POPULATION = "population"  # of the areas of the units, where the plan knows all of them
    DENOMINATOR = "denominator"  # those of the missing units taken from the nearest period that has them
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of those who should be in a figure are in it: 0..1, None where nobody should be.

    Units to which it does not apply are no part of the whole.
    """

    basis: CoverageBasis
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit's part of an indicator: its own value and the entries it came from.

    `value` is in the indicator's unit of measure (a percentage for ratios, 100 or 0 for attained and
    threshold rows); `numerator`/`denominator` only where the figure is a ratio.
    """

    unit: str
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    estimated: bool
    entries: tuple[IndicatorEntry, ...]


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One consolidated row of Appendix 1.

    `expected` are all units that report it; `included` those in the figure, `missing` those without
    usable data, `not_applicable` those that said so with a reason; the three together are `expected`.
    `mean_of_percentages` is set only for ratios, for comparison. `conflicts` are units whose
    single-reporter values contradict one another; `value` is then None.
    `milestone` is the share of the year's target that falls to the end of the period, only where the plan prorates
    the row and the target is this year's; `on_track` compares the figure with it, whatever the coverage.
    """

    indicator: Indicator
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    mean_of_percentages: Fraction | None
    target: Target | None
    threshold: int | None
    verdict: TargetVerdict
    reached: bool | None  # the plain comparison with the target, whatever the coverage
    estimated: bool
    expected: tuple[str, ...]
    included: tuple[str, ...]
    missing: tuple[str, ...]
    not_applicable: tuple[str, ...]
    conflicts: tuple[str, ...]
    figures: tuple[UnitFigure, ...]
    coverage: Coverage = Coverage(CoverageBasis.UNITS, None)
    milestone: Fraction | None = None
    on_track: bool | None = None
    targets: tuple[Target, ...] = ()  # all of the year that it is held against: `target`, and a second bound if any
    milestones: tuple[Fraction, ...] = ()  # those of `targets`, in their order
    finer: int | None = None  # decimals that show on which side of a bound it lies, where its own hide that


@dataclass(frozen=True, slots=True)
class TaskPart:
    """One unit's part of a task; `entry` is None while nothing usable has come from it."""

    unit: str
    role: Role
    scope: str
    entry: TaskEntry | None


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One consolidated row of Appendix 2. `progress` is the lowest of the leads that reported one (percent)."""

    task: Task
    status: OverallStatus
    progress: Fraction | None
    overdue: bool
    due_now: bool  # its deadline falls within the period, has not passed yet, and it is not completed
    at_risk: bool  # by the rule stated in consolidate.tasks; never of an overdue task
    counts: dict[TaskStatus, int]  # over leads that reported
    parts: tuple[TaskPart, ...]  # leads first, then coordinators, in the plan's order
    open_below: tuple[
        str, ...
    ] = ()  # codes of sub-tasks that are still open although this task is said to be completed

    @property
    def leads(self) -> tuple[TaskPart, ...]:
        """The parts of the units in the lead."""
        return tuple(p for p in self.parts if p.role is Role.LEAD)


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """An earlier period as it stands in the ledger, put together by the plan of today; rows by code."""

    period: Period
    indicators: Mapping[str, IndicatorResult]
    tasks: Mapping[str, TaskResult]
    reported: int  # units with anything counted


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """A unit's line in "Tình hình nộp": its return that counts, else the latest file that came from it.

    `errors`/`warnings` count the findings of `latest`, its last word that is not merely said again. `shown.counts`
    tells whether it enters any figure; `supplement`: accepted in time, and what counts now came after the deadline.
    """

    unit: Unit
    state: ReportingState
    shown: Return | None
    latest: Return | None
    supplement: bool
    other_files: tuple[str, ...]
    errors: int
    warnings: int
    completeness: Completeness

    @property
    def sent_late(self) -> bool | None:
        """True for a unit whose file came after the deadline, whatever its quality; None where nothing has come.

        Who completes later what was accepted in time is in time.
        """
        return None if self.shown is None else self.shown.late and not self.supplement


@dataclass(frozen=True, slots=True)
class Consolidation:
    """A whole run: everything that the outputs of one period are made from."""

    plan: Plan
    period: Period
    as_of: datetime
    checked: Checked
    indicators: tuple[IndicatorResult, ...]
    tasks: tuple[TaskResult, ...]
    statuses: tuple[UnitStatus, ...]
    rehearsal: bool = False  # the returns were simulated: every output says so
    gone: tuple[Return, ...] = ()  # files of former runs that lie in the inputs no more
    past: tuple[PastPeriod, ...] = ()  # nearest first

    @property
    def after_moment(self) -> tuple[str, ...]:
        """Files of units that came after `as_of`, the moment that every output names, and take part all the same."""
        return tuple(r.file for r in self.checked.returns if r.unit and r.received_at > self.as_of)

    @property
    def counted_units(self) -> int:
        """How many units have a return that enters the figures."""
        return sum(1 for s in self.statuses if s.shown is not None and s.shown.counts)
