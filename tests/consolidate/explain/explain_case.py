"""A run that holds every case, and every answer of a run changed in every way: what tests of `explain` look with.

Knows which cell holds which answer and what else could stand there; knows nothing of what explain says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from consolidate.explain.figure import Place
from consolidate.explain.model import Explanation
from consolidate.model import Consolidation, IndicatorResult, TaskResult
from consolidate.run import consolidate
from plan.model import Aggregation, Field, FieldKind, Measure, Plan, Role
from plan.words import CHOICE_WORDS, DataState, TaskStatus
from tests.blank import H1
from tests.consolidate import workbook_case as case
from validation.model import Checked, IndicatorEntry, TaskEntry

HUGE = Decimal(10**9)
NOTHING, ESTIMATE, OUT = DataState.NOTHING, DataState.ESTIMATE, DataState.NOT_APPLICABLE


@dataclass(frozen=True)
class Answer:
    """One cell of a return that counts, the row it belongs to, and the entry as it would be read after each change."""

    place: Place
    row: str
    before: IndicatorEntry | TaskEntry
    after: tuple[IndicatorEntry | TaskEntry, ...]


def answers(plan: Plan, indicators: Sequence[IndicatorEntry], tasks: Sequence[TaskEntry]) -> Iterator[Answer]:
    """Every cell that was read, kinds of numbers included where they hold more than the usual one."""
    kinds = {(i.code, f.name): f.kind for i in plan.indicators for f in i.fields}
    for entry in indicators:
        numbers = tuple(replace(entry, value=v) for v in _values(entry, kinds[entry.row, entry.field]))
        yield Answer(Place(entry.file, entry.sheet, entry.cell), entry.row, entry, numbers)
        if entry.state_cell:
            place = Place(entry.file, entry.sheet, entry.state_cell)
            yield Answer(place, entry.row, entry, tuple(_states(entry, kinds[entry.row, entry.field])))
    for task in tasks:
        for key, cell in task.cells.items():
            yield Answer(Place(task.file, task.sheet, cell), task.row, task, tuple(_task_changes(task, key)))


def _values(entry: IndicatorEntry, kind: FieldKind) -> list[Decimal | str | None]:
    if kind is FieldKind.CHOICE:
        others: list[Decimal | str | None] = [None, *CHOICE_WORDS]
    elif kind is FieldKind.TEXT:
        others = [None, "Lời khác"]
    else:
        more = entry.value + 1 if isinstance(entry.value, Decimal) else Decimal(1)
        others = [None, Decimal(0), more, HUGE]
    return [v for v in others if v != entry.value]


def _states(entry: IndicatorEntry, kind: FieldKind) -> Iterator[IndicatorEntry]:
    """Each other kind. "Không phát sinh" confirms the zero of a blank number, and takes it along when it goes."""
    is_number = kind in (FieldKind.COUNT, FieldKind.NUMBER)
    for state in (None, *DataState):
        value = entry.value
        if entry.state is DataState.NOTHING and value == 0:
            value = None
        if state is DataState.NOTHING and value is None and is_number:
            value = Decimal(0)
        if state is not entry.state:
            yield replace(entry, state=state, value=value)


def _task_changes(entry: TaskEntry, key: str) -> Iterator[TaskEntry]:
    if key == "status":
        yield from (replace(entry, status=s) for s in (None, *TaskStatus) if s is not entry.status)
    elif key == "progress":
        known = entry.progress if entry.progress is not None else Decimal(50)
        tried = (None, Decimal(0), Decimal(100), (known + 1) % 101)
        yield from (replace(entry, progress=p) for p in tried if p != entry.progress)
    elif key != "document_date":
        yield replace(entry, **{key: "Lời khác"})  # type: ignore[arg-type]  # the other columns of a task are texts


def figure(result: IndicatorResult | TaskResult) -> tuple[object, ...]:
    """All that stands for the row in the outputs, as consolidate.explain.cells says."""
    if isinstance(result, TaskResult):
        standing = (result.overdue, result.due_now, result.at_risk)
        return (result.status, result.progress, tuple(result.counts.items()), standing)
    sets = (result.included, result.missing, result.not_applicable, result.conflicts)
    numbers = (result.value, result.numerator, result.denominator, result.mean_of_percentages)
    return (numbers, result.estimated, sets, result.verdict, result.reached, result.on_track, result.coverage)


def figures(run: Consolidation) -> dict[str, tuple[object, ...]]:
    """Row code -> its figure, both appendices."""
    found = {r.indicator.code: figure(r) for r in run.indicators}
    return found | {r.task.code: figure(r) for r in run.tasks}


def rich_plan() -> Plan:
    """The small plan and rows for what it lacks: text that must be there, a contradiction of three, ties."""
    plan = case.small_plan()
    proof = case.indicator("PROOF", Measure.ATTAINED, Aggregation.SHARE, {"attained": FieldKind.CHOICE})
    proof = replace(proof, fields=(*proof.fields, Field("evidence", "Minh chứng bắt buộc", FieldKind.TEXT)))
    ratio = {"numerator": FieldKind.COUNT, "denominator": FieldKind.COUNT}
    more = [
        proof,
        case.indicator("GAPS", Measure.RATIO, Aggregation.RATIO_OF_SUMS, ratio),
        case.indicator("ALL_OUT", Measure.RATIO, Aggregation.RATIO_OF_SUMS, ratio, reporters=("ban",)),
        case.indicator("THREE", Measure.VALUE, Aggregation.SINGLE, {"value": FieldKind.NUMBER}, reporters=("@xa",)),
        case.indicator("ZEROS", Measure.RATIO, Aggregation.RATIO_OF_SUMS, ratio, reporters=("xa-a",)),
        case.indicator("MARKED", Measure.ATTAINED, Aggregation.SHARE, _answered(("attained", "evidence"))),
    ]
    tasks = [
        case.task("TIE", ("@xa",)),
        case.task("LOW", ("@xa",), ("ban",), date(2026, 8, 1)),
        replace(case.task("LOW-1", ("ban",)), parent="LOW"),
        case.task("IDLE", ("xa-a", "xa-b")),
        case.task("UNSAID", ("xa-a", "xa-b")),
    ]
    return replace(plan, indicators=(*plan.indicators, *more), tasks=(*plan.tasks, *tasks))


def _answered(names: tuple[str, ...]) -> dict[str, FieldKind]:
    return {n: FieldKind.TEXT if n == "evidence" else FieldKind.CHOICE for n in names}


def rich_indicator_entries() -> list[IndicatorEntry]:
    def ratio(unit: str, code: str, top: str | None, bottom: str | None, **more: DataState) -> list[IndicatorEntry]:
        state = more.get("state")
        pair = (("numerator", top), ("denominator", bottom))
        return [case.entry(unit, f"{code}.{name}", value, state=state) for name, value in pair]

    return [
        *case.indicator_entries(),
        case.entry("xa-a", "PROOF.attained", "Đạt"),
        case.entry("xa-a", "PROOF.evidence", "Quyết định 1"),
        case.entry("xa-b", "PROOF.attained", "Đạt"),
        case.entry("xa-b", "PROOF.evidence", None),
        case.entry("xa-c", "PROOF.attained", None, state=ESTIMATE),
        case.entry("xa-c", "PROOF.evidence", "Có văn bản"),
        *ratio("xa-a", "GAPS", "5", "8", state=ESTIMATE),
        *ratio("xa-b", "GAPS", None, "8"),
        *ratio("xa-c", "GAPS", None, None),
        case.entry("xa-d", "GAPS.numerator", None, state=OUT, explanation="Không thuộc xã"),
        case.entry("xa-d", "GAPS.denominator", "9"),
        *ratio("ban", "ALL_OUT", None, None, state=OUT),
        *(case.entry(u, "THREE.value", v) for u, v in (("xa-a", "1"), ("xa-b", "2"), ("xa-c", "2"))),
        case.entry("xa-a", "ZEROS.numerator", Decimal(0), state=NOTHING),
        case.entry("xa-a", "ZEROS.denominator", Decimal(0), state=NOTHING),
        case.entry("xa-a", "MARKED.attained", "Đạt"),
        case.entry("xa-a", "MARKED.evidence", "Số tạm", state=ESTIMATE),
        case.entry("xa-b", "MARKED.attained", "Chưa đạt"),
        case.entry("xa-b", "MARKED.evidence", None, state=OUT),
    ]


def rich_task_entries() -> list[TaskEntry]:
    states = TaskStatus
    return [
        *case.task_entries(),
        case.task_entry("xa-a", "TIE", states.NOT_STARTED, 0),
        case.task_entry("xa-b", "TIE", states.NOT_STARTED, 0),
        case.task_entry("xa-c", "TIE", states.IN_PROGRESS, 40),
        case.task_entry("xa-d", "TIE", states.COMPLETED, None),
        case.task_entry("xa-a", "LOW", states.IN_PROGRESS, 20),
        case.task_entry("xa-b", "LOW", states.IN_PROGRESS, 20),
        case.task_entry("xa-c", "LOW", states.NOTHING, 10),
        case.task_entry("xa-d", "LOW", None, 90),
        case.task_entry("ban", "LOW", states.NOT_STARTED, 0, role=Role.COORDINATE),
        case.task_entry("ban", "LOW-1", states.NOT_STARTED, 0),
        case.task_entry("xa-a", "IDLE", states.NOTHING, None),
        case.task_entry("xa-b", "IDLE", states.NOTHING, None),
        case.task_entry("xa-a", "UNSAID", states.IN_PROGRESS, None),
        case.task_entry("xa-b", "UNSAID", states.IN_PROGRESS, None),
    ]


def addressed(
    indicators: list[IndicatorEntry], tasks: list[TaskEntry]
) -> tuple[tuple[IndicatorEntry, ...], tuple[TaskEntry, ...]]:
    """The entries with a cell of their own each, as in a real return."""
    usual = (None, DataState.OFFICIAL)
    numbers = [
        replace(e, cell=f"H{n}", state_cell="" if e.state in usual else f"I{n}") for n, e in enumerate(indicators, 9)
    ]
    keys = {"status": "G", "progress": "H", "result": "I", "difficulties": "L", "explanation": "N"}
    rows = [replace(e, cells={key: f"{column}{n}" for key, column in keys.items()}) for n, e in enumerate(tasks, 9)]
    return tuple(numbers), tuple(rows)


def rich_run() -> Consolidation:
    indicators, tasks = addressed(rich_indicator_entries(), rich_task_entries())
    returns = tuple(case.received(u) for u in ("ban", "xa-a", "xa-b", "xa-c", "xa-d"))
    return consolidate(rich_plan(), H1, case.AS_OF, Checked(returns, (), indicators, tasks))


def text_of(explanation: Explanation) -> str:
    """Every sentence of an explanation."""
    e = explanation
    return "\n".join((e.shown, e.rule, e.working, e.target, *e.verdict, e.coverage, *e.changes, *e.notes))
