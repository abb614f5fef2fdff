"""A small plan with every measure, and returns made by hand for it: what the workbook tests draw from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from consolidate.model import Consolidation
from consolidate.run import consolidate
from plan.model import (
    Aggregation,
    Assignment,
    Comparator,
    DueKind,
    DuePart,
    Field,
    FieldKind,
    Indicator,
    Measure,
    Plan,
    Role,
    Target,
    Task,
)
from plan.words import DataState, TaskStatus
from tests import blank
from tests.blank import H1
from validation.model import Checked, Finding, IndicatorEntry, Return, Severity, TaskEntry, Verdict

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AS_OF = datetime(2026, 6, 9, 14, 30, tzinfo=ZONE)
COMMUNES = ("xa-a", "xa-b", "xa-c", "xa-d")
COUNT, NUMBER, CHOICE, TEXT = FieldKind.COUNT, FieldKind.NUMBER, FieldKind.CHOICE, FieldKind.TEXT


def indicator(
    code: str,
    measure: Measure,
    aggregation: Aggregation,
    fields: dict[str, FieldKind],
    *,
    targets: tuple[Target, ...] = (),
    reporters: tuple[str, ...] = ("@xa",),
    decimals: int = 2,
    same_as: str = "",
) -> Indicator:
    """One indicator with only what these tests look at filled in."""
    return replace(
        blank.INDICATOR,
        code=code,
        number="1.",
        section="1. Mục tiêu đến năm 2030",
        name=f"Chỉ tiêu {code}",
        target_text=">95",
        measure=measure,
        aggregation=aggregation,
        decimals=decimals,
        fields=tuple(Field(n, f"Nhãn {n}", k, required=k is not TEXT) for n, k in fields.items()),
        targets=targets or (Target(2026, Comparator.ABOVE, Decimal(95)),),
        reporters=tuple(Assignment(r) for r in reporters),
        same_as=same_as,
        short=f"Ngắn {code}",
    )


def indicators() -> tuple[Indicator, ...]:
    """One indicator of every measure and aggregation."""
    ratio = {"numerator": COUNT, "denominator": COUNT}
    change = {f"{at}_{part}": COUNT for at in ("baseline", "current") for part in ("numerator", "denominator")}
    doctors = (Target(2027, Comparator.AT_LEAST, Decimal(100), 4), Target(2030, Comparator.AT_LEAST, Decimal(100), 5))
    late = (Target(2045, Comparator.AT_LEAST, Decimal(80)),)
    value = {"value": NUMBER}
    return (
        indicator("RATIO", Measure.RATIO, Aggregation.RATIO_OF_SUMS, ratio),
        indicator("SINGLE", Measure.VALUE, Aggregation.SINGLE, value, reporters=("ban",), decimals=1),
        indicator("CONFLICT", Measure.VALUE, Aggregation.SINGLE, value, reporters=("ban", "xa-a"), decimals=1),
        indicator("SUM", Measure.VALUE, Aggregation.SUM, value, decimals=1),
        indicator("WEIGHTED", Measure.VALUE, Aggregation.WEIGHTED_MEAN, {"value": NUMBER, "weight": COUNT}),
        indicator(
            "GAIN", Measure.CHANGE, Aggregation.DIFFERENCE, {"baseline": NUMBER, "current": NUMBER}, reporters=("ban",)
        ),
        indicator("RATIO_GAIN", Measure.CHANGE, Aggregation.DIFFERENCE, change),
        indicator("DOCTORS", Measure.THRESHOLD, Aggregation.SHARE, {"count": COUNT}, targets=doctors),
        indicator("ATTAINED", Measure.ATTAINED, Aggregation.SHARE, {"attained": CHOICE, "evidence": TEXT}),
        indicator("NOBODY", Measure.RATIO, Aggregation.RATIO_OF_SUMS, ratio),
        indicator(
            "SINGLE_2045",
            Measure.VALUE,
            Aggregation.SINGLE,
            value,
            reporters=("ban",),
            decimals=1,
            targets=late,
            same_as="SINGLE",
        ),
    )


def task(code: str, leads: tuple[str, ...], coordinators: tuple[str, ...] = (), due: date | None = None) -> Task:
    """One task with a typed deadline where it has one."""
    return replace(
        blank.TASK,
        code=code,
        number=code[-1],
        group="Nâng cao năng lực",
        name=f"Nhiệm vụ {code}",
        lead_text="Ban; UBND xã",
        due_text="Năm 2026",
        leads=tuple(Assignment(ref) for ref in leads),
        coordinators=tuple(Assignment(ref) for ref in coordinators),
        due=(DuePart(DueKind.BY, last=due),) if due else (),
    )


def small_plan(*, rows: bool = True) -> Plan:
    """Five units; every measure, and three tasks, unless `rows` is False."""
    communes = (blank.unit(c, f"UBND {c.replace('xa-', 'xã ').upper()}", ("xa",), "xã") for c in COMMUNES)
    tasks = (
        task("NV-1", ("ban", "@xa")),
        task("NV-2", ("ban",), ("@xa",), date(2026, 3, 31)),
        task("NV-3", ("xa-d",)),
    )
    return replace(
        blank.PLAN,
        id="nho",
        issuer="Sở Y tế tỉnh Ninh Bình",
        superior="UBND tỉnh Ninh Bình",
        short_issuer="SYT",
        title="Kế hoạch nhỏ",
        place="Ninh Bình",
        indicators=indicators() if rows else (),
        tasks=tasks if rows else (),
        units=(blank.unit("ban", "Ban Kế hoạch", ("pcn",), "phòng"), *communes),
        digest=f"small-{rows}",
    )


def entry(
    unit: str,
    key: str,
    value: str | Decimal | None,
    *,
    state: DataState | None = None,
    blocked: bool = False,
    explanation: str = "",
) -> IndicatorEntry:
    """One read cell; `key` is CODE.field. A text of digits becomes a number."""
    code, field = key.split(".")
    if isinstance(value, str) and value.replace(".", "", 1).isdigit():
        value = Decimal(value)
    file = f"{unit}/2026-H1_{unit}.xlsx"
    return IndicatorEntry(file, unit, code, field, value, state, explanation, "Phụ lục 1", "H9", blocked)


def indicator_entries() -> tuple[IndicatorEntry, ...]:
    """Xã A..C report, xã D does not; one row is blocked, one not applicable, one a confirmed zero."""
    found = [
        entry("xa-a", "RATIO.numerator", "1"),
        entry("xa-a", "RATIO.denominator", "2"),
        entry("xa-b", "RATIO.numerator", "2468"),
        entry("xa-b", "RATIO.denominator", "19998", state=DataState.ESTIMATE, explanation="Ước theo tháng 5"),
        entry("xa-c", "RATIO.numerator", "999999", blocked=True),
        entry("xa-c", "RATIO.denominator", "1", blocked=True),
        entry("ban", "SINGLE.value", "74.6"),
        entry("ban", "CONFLICT.value", "74.6"),
        entry("xa-a", "CONFLICT.value", "75.1"),
        entry("xa-a", "SUM.value", "0.15"),
        entry("xa-b", "SUM.value", "0.1"),
        entry("xa-c", "SUM.value", Decimal(0), state=DataState.NOTHING),
        entry("ban", "GAIN.baseline", "34.2"),
        entry("ban", "GAIN.current", "35.245"),
        entry("xa-a", "ATTAINED.attained", "Đạt"),
        entry("xa-b", "ATTAINED.attained", "Chưa đạt"),
        entry("xa-c", "ATTAINED.attained", "Đạt"),
        entry("xa-d", "DOCTORS.count", None, state=DataState.NOT_APPLICABLE, explanation="Không có trạm"),
    ]
    for unit, count, weight, mean in (("xa-a", "3", "10", "1.5"), ("xa-b", "4", "30", "2.25"), ("xa-c", "9", "7", "3")):
        found += [
            entry(unit, "DOCTORS.count", count),
            entry(unit, "WEIGHTED.value", mean),
            entry(unit, "WEIGHTED.weight", weight),
            entry(unit, "ATTAINED.evidence", None if unit == "xa-c" else f"Minh chứng {unit}"),
        ]
        numbers = {"baseline_numerator": "1", "baseline_denominator": "8"}
        numbers |= {"current_numerator": count, "current_denominator": "11"}
        found += [entry(unit, f"RATIO_GAIN.{name}", number) for name, number in numbers.items()]
    return tuple(found)


def task_entry(
    unit: str,
    code: str,
    status: TaskStatus | None,
    progress: int | None,
    *,
    role: Role = Role.LEAD,
    result: str = "",
    document: str = "",
    difficulties: str = "",
    blocked: bool = False,
) -> TaskEntry:
    """One read row of Appendix 2."""
    return TaskEntry(
        file=f"{unit}/2026-H1_{unit}.xlsx",
        unit=unit,
        row=code,
        role=role,
        scope="",
        status=status,
        progress=None if progress is None else Decimal(progress),
        result=result,
        document_number=document,
        document_date=date(2026, 3, 5) if document else None,
        difficulties=difficulties,
        proposals="",
        explanation="",
        sheet="Phụ lục 2",
        cells={"status": "G9", "progress": "H9", "result": "I9"},
        blocked=blocked,
    )


def task_entries() -> tuple[TaskEntry, ...]:
    """NV-1 is led by all, NV-2 is overdue and coordinated by communes, NV-3 has no report."""
    return (
        task_entry("ban", "NV-1", TaskStatus.COMPLETED, 100, result="Đã ban hành", document="12/KH-SYT"),
        task_entry("xa-a", "NV-1", TaskStatus.IN_PROGRESS, 40, difficulties="Thiếu kinh phí"),
        task_entry("xa-b", "NV-1", TaskStatus.NOTHING, 0),
        task_entry("xa-c", "NV-1", TaskStatus.NOT_STARTED, 5, blocked=True),
        task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 60),
        task_entry("xa-a", "NV-2", TaskStatus.COMPLETED, 100, role=Role.COORDINATE),
    )


def received(unit: str, *, counts: bool = True, late: bool = False) -> Return:
    """One file of `unit`."""
    file = f"{unit}/2026-H1_{unit}.xlsx"
    return Return(file, "ab" * 32, 17_000, AS_OF, unit, Verdict.ACCEPTED, counts, late)


def full_run() -> Consolidation:
    """Everything that a run can hold, small."""
    findings = (
        Finding("late", Severity.WARNING, "xa-a/2026-H1_xa-a.xlsx", unit="xa-a"),
        Finding("not_a_number", Severity.ERROR, "xa-c/2026-H1_xa-c.xlsx", "Phụ lục 1", "H9", "xa-c", "RATIO", "=1+1"),
    )
    returns = (received("ban"), received("xa-a", late=True), received("xa-b"), received("xa-c"))
    return consolidate(small_plan(), H1, AS_OF, Checked(returns, findings, indicator_entries(), task_entries()))


def empty_run(*, rows: bool = True) -> Consolidation:
    """Nothing has come in yet; with `rows` False the plan itself is empty."""
    return consolidate(small_plan(rows=rows), H1, AS_OF, Checked((), (), (), ()))


def say(finding: Finding) -> str:
    """A message that names its code."""
    return f"Câu của {finding.code}"
