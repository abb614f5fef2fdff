"""Returns of the real plan made in Python, as many and as odd as a test wants: no file is drawn, none is read.

What each unit is asked comes from its layout, so that a return is whole and its addresses are true. Nothing is random.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from consolidate.model import Consolidation
from consolidate.run import consolidate
from plan.layout import IndicatorRow, TaskRow, layout_for
from plan.load import load_plan
from plan.model import FieldKind, Period, Plan, Unit
from plan.period import parse_period
from plan.words import CHOICE_WORDS, DataState, TaskStatus
from validation.model import Checked, Earlier, IndicatorEntry, Return, TaskEntry, Verdict

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN_ID = "ninh-binh-syt"
AS_OF = datetime(2026, 6, 12, 8, 0, tzinfo=ZONE)  # two days after the deadline of the half-year


@cache
def plan_of(plan_id: str = PLAN_ID) -> Plan:
    """Return a plan of the catalog, loaded once."""
    return load_plan(plan_id)


def period_of(text: str, plan_id: str = PLAN_ID) -> Period:
    """Return a period of that plan."""
    return parse_period(plan_of(plan_id), text)


def communes() -> tuple[str, ...]:
    """Return the ids of the communes of the province, in printed order."""
    return tuple(u.id for u in plan_of().units if u.code)


def everybody(plan: Plan | None = None) -> tuple[str, ...]:
    """Return the ids of all units."""
    return tuple(u.id for u in (plan or plan_of()).units)


def came_in(units: Sequence[str], period: Period, plan: Plan | None = None) -> Checked:
    """Return a faultless, complete return of each unit; numbers differ from unit to unit and from year to year."""
    plan = plan or plan_of()
    known = {unit.id: (n, unit) for n, unit in enumerate(plan.units)}
    numbers: list[IndicatorEntry] = []
    reports: list[TaskEntry] = []
    for unit_id in units:
        n, unit = known[unit_id]
        layout = layout_for(plan, unit, period)
        numbers += [_number(row, unit, period, n) for row in layout.indicator_rows]
        reports += [_report(row, unit, period, n) for row in layout.task_rows]
    files = tuple(_received(unit_id, period) for unit_id in units)
    return Checked(files, (), tuple(numbers), tuple(reports))


def consolidated(
    checked: Checked, period: Period, earlier: Sequence[Earlier] = (), plan: Plan | None = None
) -> Consolidation:
    """Return the run on what came in, two days after a half-year's deadline in the year of the period."""
    return consolidate(plan or plan_of(), period, AS_OF.replace(year=period.year), checked, earlier)


def remembered(units: Sequence[str], text: str) -> Earlier:
    """Return what the ledger would remember of an earlier period in which these units reported."""
    period = period_of(text)
    checked = came_in(units, period)
    return Earlier(period, checked.indicator_entries, checked.task_entries)


def declined(entry: IndicatorEntry) -> IndicatorEntry:
    """Return the cell as one that does not apply, with the reason that makes it count."""
    return replace(entry, value=None, state=DataState.NOT_APPLICABLE, explanation="Địa bàn không có đối tượng này.")


def with_nothing(entry: TaskEntry) -> TaskEntry:
    """Return the report as one of a task for which nothing came up."""
    silent = replace(entry, result="", document_number="", document_date=None, difficulties="", proposals="")
    return replace(silent, status=TaskStatus.NOTHING, progress=None)


def file_of(unit: str, period: Period) -> str:
    """Return the path of the unit's one file."""
    return f"{unit}/{period.id}_{unit}.xlsx"


def _received(unit: str, period: Period) -> Return:
    came = datetime(period.year, 6, 5, 9, 0, tzinfo=ZONE)
    digest = hashlib.sha256(f"{unit} {period.id}".encode()).hexdigest()
    return Return(file_of(unit, period), digest, 17_000, came, unit, Verdict.ACCEPTED, counts=True, late=False)


def _number(row: IndicatorRow, unit: Unit, period: Period, n: int) -> IndicatorEntry:
    is_guess = n % 7 == 0 and row.field.kind in (FieldKind.COUNT, FieldKind.NUMBER)
    return IndicatorEntry(
        file=file_of(unit.id, period),
        unit=unit.id,
        row=row.indicator.code,
        field=row.field.name,
        value=_value(row, n + period.year % 10),
        state=DataState.ESTIMATE if is_guess else DataState.OFFICIAL,
        explanation="Ước theo số liệu tháng 5." if is_guess else "",
        sheet="Phụ lục 1",
        cell=f"H{row.row}",
        blocked=False,
    )


def _value(row: IndicatorRow, n: int) -> Decimal | str | None:
    kind, name = row.field.kind, row.field.name
    if kind is FieldKind.TEXT:
        return "Quyết định giao vốn năm nay" if n % 3 else None
    if kind is FieldKind.CHOICE:
        return CHOICE_WORDS[n % 4 == 3]
    if name.endswith("denominator"):
        return Decimal(9_000 + 137 * n)
    if name.endswith("numerator"):
        return Decimal(7_000 + 101 * n + (500 if name.startswith("current") else 0))
    if kind is FieldKind.COUNT:
        return Decimal(2 + n % 5)
    return (row.field.minimum or Decimal(0)) + Decimal(35) + Decimal(n % 40) / 10


_STAGES = (
    (TaskStatus.COMPLETED, 100),
    (TaskStatus.IN_PROGRESS, 60),
    (TaskStatus.IN_PROGRESS, 35),
    (TaskStatus.NOT_STARTED, 0),
)


def _report(row: TaskRow, unit: Unit, period: Period, n: int) -> TaskEntry:
    status, progress = _STAGES[(n + row.row) % len(_STAGES)]
    is_done, is_troubled = status is TaskStatus.COMPLETED, (n + row.row) % 11 == 0
    return TaskEntry(
        file=file_of(unit.id, period),
        unit=unit.id,
        row=row.code,
        role=row.role,
        scope=row.scope,
        status=status,
        progress=Decimal(progress),
        result="Đã ban hành kế hoạch và tổ chức thực hiện trên toàn địa bàn." if progress else "",
        document_number=f"{n + row.row}/KH-UBND" if is_done else "",
        document_date=date(period.year, 3, 1 + n % 28) if is_done else None,
        difficulties="Thiếu kinh phí, chưa đủ bác sĩ." if is_troubled else "",
        proposals="Đề nghị bố trí kinh phí sớm." if is_troubled else "",
        explanation="",
        sheet="Phụ lục 2",
        cells={"status": f"G{row.row}", "progress": f"H{row.row}", "result": f"I{row.row}"},
        blocked=False,
    )
