"""The frozen layout of a unit's workbook: the only place that knows which cell means what.

`templates` draws from it and `validation` reads back by it, so the two cannot disagree and need not
know each other. It holds positions, keys and Vietnamese headings; no formats, no I/O.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from plan.assignment import role_on
from plan.model import Field, FieldKind, Indicator, Measure, Period, Plan, Role, Task, Unit
from plan.shown import heading_of, new_headings, shown_due, shown_numbers, shown_target
from plan.words import ROLE_WORDS

LAYOUT_VERSION = "1"

GUIDE_SHEET = "Hướng dẫn"
INDICATOR_SHEET = "Phụ lục 1"
TASK_SHEET = "Phụ lục 2"
CHECK_SHEET = "Kiểm tra"
STAMP_SHEET = "_tonghop"  # very hidden

IDENTITY_ROW = 6  # the readable identity line, same row and column on both appendices
IDENTITY_COLUMN = 2
HEADER_ROW = 8
FIRST_ROW = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an appendix: `key` is stable, `heading` is printed, `width` is in Excel characters."""

    key: str
    heading: str
    width: float
    is_input: bool = False


# Column A is hidden and carries the row code by which a return is read back, wherever its rows went.
INDICATOR_COLUMNS = (
    Column("code", "Mã dòng", 4),
    Column("number", "TT", 5),
    Column("name", "Chỉ tiêu", 38),
    Column("target", "Mục tiêu của kế hoạch", 13),
    Column("label", "Số liệu cần báo cáo", 44),
    Column("unit", "Đơn vị tính", 9),
    Column("previous", "Kỳ trước", 12),
    Column("value", "Số liệu kỳ này", 15, is_input=True),
    Column("state", "Loại số liệu", 14, is_input=True),
    Column("explanation", "Ghi chú, giải trình", 30, is_input=True),
    Column("check", "Tự kiểm tra", 17),
)
TASK_COLUMNS = (
    Column("code", "Mã dòng", 4),
    Column("number", "TT", 5),
    Column("name", "Nhiệm vụ", 40),
    Column("role", "Vai trò của đơn vị", 12),
    Column("expected", "Kết quả theo kế hoạch", 18),
    Column("due", "Thời hạn", 13),
    Column("status", "Tình trạng thực hiện", 14, is_input=True),
    Column("progress", "% hoàn thành", 8, is_input=True),
    Column("result", "Kết quả đạt được", 26, is_input=True),
    Column("document_number", "Số, ký hiệu văn bản", 15, is_input=True),
    Column("document_date", "Ngày văn bản", 12, is_input=True),
    Column("difficulties", "Khó khăn, vướng mắc", 20, is_input=True),
    Column("proposals", "Đề xuất, kiến nghị", 20, is_input=True),
    Column("explanation", "Ghi chú, giải trình", 18, is_input=True),
    Column("check", "Tự kiểm tra", 17),
)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One input line of Appendix 1 at Excel row `row`; `code` is `INDICATOR.field`."""

    row: int
    code: str
    number: str  # as people see it: printed, or "(3)" for the third row that no table numbers
    indicator: Indicator
    field: Field


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The locked line under a ratio or change indicator that shows its live percentage or difference."""

    row: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A heading line over the rows of a section or group."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of Appendix 2 at Excel row `row`; `scope` is what the plan says of this unit's part."""

    row: int
    code: str
    number: str  # as in IndicatorRow
    task: Task
    role: Role
    scope: str

    @property
    def role_text(self) -> str:
        """What stands in the role column, e.g. "Chủ trì (chỉ đạo)"."""
        word = ROLE_WORDS[self.role]
        return f"{word} ({self.scope})" if self.scope else word


@dataclass(frozen=True, slots=True)
class WorkbookLayout:
    """Everything about one unit's workbook of one period. Rows are 1-based Excel rows."""

    plan: Plan
    unit: Unit
    period: Period
    indicator_rows: tuple[IndicatorRow, ...]
    result_rows: tuple[ResultRow, ...]
    indicator_groups: tuple[GroupRow, ...]
    task_rows: tuple[TaskRow, ...]
    task_groups: tuple[GroupRow, ...]

    @property
    def is_empty(self) -> bool:
        """True when the unit answers for nothing and gets no workbook."""
        return not self.indicator_rows and not self.task_rows

    @property
    def file_name(self) -> str:
        """The name that a template is sent under."""
        return f"{self.period.id}_{self.unit.id}.xlsx"

    @property
    def identity_text(self) -> str:
        """The line by which a person, and the reader, recognise whose return this is."""
        return f"Kế hoạch: {self.plan.id}  |  Kỳ: {self.period.id}  |  Mã đơn vị: {self.unit.id}"

    @property
    def lock_digest(self) -> str:
        """SHA-256 of the locked content: codes, labels, roles and printed texts, with their rows."""
        lines = [LAYOUT_VERSION, self.plan.id, self.unit.id, self.period.id]
        lines += [
            f"{r.row}|{r.code}|{r.indicator.name}|{shown_target(r.indicator)}|{r.field.label}|{r.field.unit}"
            for r in self.indicator_rows
        ]
        lines += [
            f"{t.row}|{t.code}|{t.task.name}|{t.role_text}|{t.task.result}|{shown_due(t.task)}" for t in self.task_rows
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """The key/value lines of the very hidden identity sheet, from A1 down."""
        return (
            ("plan", self.plan.id),
            ("plan_digest", self.plan.digest),
            ("unit", self.unit.id),
            ("period", self.period.id),
            ("layout", LAYOUT_VERSION),
            ("lock_digest", self.lock_digest),
        )


def column_letter(columns: tuple[Column, ...], key: str) -> str:
    """Return the Excel letter of the column `key`. Raises KeyError when there is none.

    >>> column_letter(INDICATOR_COLUMNS, "value")
    'H'
    """
    for index, column in enumerate(columns):
        if column.key == key:
            return chr(ord("A") + index)  # both appendices stay under 26 columns
    raise KeyError(key)


def layout_for(plan: Plan, unit: Unit, period: Period) -> WorkbookLayout:
    """Lay out the workbook of `unit` for `period`: only the rows on which the unit has to report.

    Indicators: those it reports (lead_text of Appendix 1); rows with `same_as` are not asked twice.
    Tasks: those it leads or coordinates; a unit that leads a task is not asked again as coordinator.
    """
    indicator_rows: list[IndicatorRow] = []
    result_rows: list[ResultRow] = []
    indicator_groups: list[GroupRow] = []
    numbers = shown_numbers(plan.indicators)
    row = FIRST_ROW
    above = ("", "")
    for indicator in plan.indicators:
        if indicator.same_as or role_on(indicator.reporters, (), unit) is None:
            continue
        for text in new_headings(above, heading_of(indicator)):
            indicator_groups.append(GroupRow(row, text))
            row += 1
        above = heading_of(indicator)
        for field in indicator.fields:
            code = f"{indicator.code}.{field.name}"
            indicator_rows.append(IndicatorRow(row, code, numbers[indicator.code], indicator, field))
            row += 1
        if indicator.measure in (Measure.RATIO, Measure.CHANGE):
            result_rows.append(ResultRow(row, indicator))
            row += 1
    task_rows, task_groups = _task_rows(plan, unit)
    return WorkbookLayout(
        plan, unit, period, tuple(indicator_rows), tuple(result_rows), tuple(indicator_groups), task_rows, task_groups
    )


def _task_rows(plan: Plan, unit: Unit) -> tuple[tuple[TaskRow, ...], tuple[GroupRow, ...]]:
    rows: list[TaskRow] = []
    groups: list[GroupRow] = []
    numbers = shown_numbers(plan.tasks)
    row = FIRST_ROW
    above = ("", "")
    for task in plan.tasks:
        assigned = role_on(task.leads, task.coordinators, unit)
        if assigned is None:
            continue
        for text in new_headings(above, heading_of(task)):
            groups.append(GroupRow(row, text))
            row += 1
        above = heading_of(task)
        rows.append(TaskRow(row, task.code, numbers[task.code], task, *assigned))
        row += 1
    return tuple(rows), tuple(groups)


def is_required(field: Field) -> bool:
    """True when the cell must hold a value, a confirmed zero or "not applicable" with a reason."""
    return field.required and field.kind is not FieldKind.TEXT
