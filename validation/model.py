"""What validation hands on: findings, verdicts, and accepted entries down to file, sheet and cell.

Values only. `consolidate` knows these types and nothing else of this room. Exact numbers are Decimals
as typed; floats appear only inside pandera's frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_anew
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from plan.model import Period, Role
from plan.words import DataState, TaskStatus


class Severity(StrEnum):
    """How grave: ERROR blocks its row (its sheet or file when it is as wide as that), WARNING asks, NOTE informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What became of one returned file."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    TO_BE_CORRECTED = "to_be_corrected"
    UNREADABLE = "unreadable"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.ACCEPTED: "Đạt yêu cầu",
    Verdict.ACCEPTED_WITH_WARNINGS: "Đạt, có cảnh báo",
    Verdict.TO_BE_CORRECTED: "Cần sửa",
    Verdict.UNREADABLE: "Không đọc được",
}
SEVERITY_WORDS: dict[Severity, str] = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo", Severity.NOTE: "Ghi chú"}


@dataclass(frozen=True, slots=True)
class At:
    """Where in a return a finding sits; "" for what is wider than the part."""

    sheet: str = ""
    cell: str = ""
    unit: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark. `code` is a key of validation.messages.MESSAGES; `facts` fill its sentence.

    `sheet`, `cell`, `unit` and `row` (row code) are "" when the fault is wider than them; `value` is what stood there.
    """

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    cell: str = ""
    unit: str = ""
    row: str = ""
    value: str = ""
    facts: Mapping[str, str] = made_anew(default_factory=dict)
    field: str = ""  # of an indicator row: which of its numbers


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """One read cell of Appendix 1. `row` is the indicator code, `field` the field name.

    `value` is a Decimal for numbers, a word for choices and texts, None when nothing usable stands there.
    `blocked` entries belong to a row with an error and never enter a figure. `state_cell` is the cell that holds
    `state`, "" where that is the usual "chính thức"; it only tells where to look, so it makes no entry another one.
    """

    file: str
    unit: str
    row: str
    field: str
    value: Decimal | str | None
    state: DataState | None
    explanation: str
    sheet: str
    cell: str
    blocked: bool
    state_cell: str = made_anew(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """One read row of Appendix 2. `cells` maps column keys to their A1 addresses in the file."""

    file: str
    unit: str
    row: str
    role: Role
    scope: str
    status: TaskStatus | None
    progress: Decimal | None
    result: str
    document_number: str
    document_date: date | None
    difficulties: str
    proposals: str
    explanation: str
    sheet: str
    cells: Mapping[str, str]
    blocked: bool


Order = tuple[datetime, int, str]


def order_of(file: str, came_at: datetime) -> Order:
    """Return the place of a file among those of its unit; of one moment the shorter name comes first.

    >>> order_of("bc.xlsx", datetime(2026, 6, 5)) < order_of("bc (2).xlsx", datetime(2026, 6, 5))
    True
    """
    return came_at, len(file), file


@dataclass(frozen=True, slots=True)
class Return:
    """One file that came in. `counts` is True for the one return of its unit that is consolidated."""

    file: str  # path below inputs/<plan>/<period>/, with forward slashes
    sha256: str
    size: int
    received_at: datetime
    unit: str  # "" when nobody can tell
    verdict: Verdict
    counts: bool
    late: bool
    sender: str = ""  # the address that an e-mail came from, "" for a file that came otherwise
    came_at: datetime | None = None  # its place in the order of the unit's files, where that is not `received_at`

    @property
    def order(self) -> Order:
        """By what a unit's files follow each other; lateness goes by `received_at`, which a copy never changes."""
        return order_of(self.file, self.came_at or self.received_at)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a whole validation run, sorted by file and cell.

    `indicator_entries` and `task_entries` are of the returns that count, and of no others; the `other_` ones were
    read out of the rest, for the ledger and for what changed between two versions.
    """

    returns: tuple[Return, ...]
    findings: tuple[Finding, ...]
    indicator_entries: tuple[IndicatorEntry, ...]
    task_entries: tuple[TaskEntry, ...]
    other_indicator_entries: tuple[IndicatorEntry, ...] = ()
    other_task_entries: tuple[TaskEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was counted in an earlier period of the same plan, as the ledger remembers it; blocked entries left out."""

    period: Period
    indicator_entries: tuple[IndicatorEntry, ...]
    task_entries: tuple[TaskEntry, ...]
