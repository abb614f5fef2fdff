"""Evidence made by hand, as the reader would hand it on: for tests of the rules, which never open a file.

Every commune of the province has the same rows, so one layout serves all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from plan.layout import INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, IndicatorRow, TaskRow, layout_for
from plan.load import load_plan
from plan.model import Field, FieldKind, Period, Plan
from plan.period import parse_period
from plan.words import DataState, TaskStatus
from validation.evidence import Evidence
from validation.model import Earlier, Finding, IndicatorEntry, TaskEntry, order_of
from validation.reading import ReadCell, ReadTask
from validation.rules import RULES

PLAN = load_plan("ninh-binh-syt")
PERIOD = parse_period(PLAN, "2026-Y")
HALF = parse_period(PLAN, "2026-H1")
COMMUNES = [u.id for u in PLAN.units if u.kind == "xã"]
LAYOUT = layout_for(PLAN, next(u for u in PLAN.units if u.id == COMMUNES[0]), PERIOD)
LINES = {line.code: line for line in LAYOUT.indicator_rows}
TASKS = {row.code: row for row in LAYOUT.task_rows}
CAME = datetime(2026, 12, 8, 9, 0, tzinfo=ZoneInfo(PLAN.time_zone))

Number = Decimal | int | str | None  # what stands in a cell; a float would not be exact


@dataclass(frozen=True)
class Said:
    """What one unit says: numbers by "ROW.field", tasks by code as the cells that are not blank."""

    unit: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
    tasks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    file: str = ""
    late: int = 0  # days after the others
    states: Mapping[str, DataState] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.file or f"{self.unit}.xlsx"


def line(code: str, **changes: object) -> IndicatorRow:
    """The row of a commune, with another field (`unit`, `cumulative`...) where `changes` say so."""
    row = LINES[code]
    return replace(row, field=replace(row.field, **changes)) if changes else row  # type: ignore[arg-type] # any field


def cell(said: Said, row: IndicatorRow) -> ReadCell:
    value = said.numbers[row.code]
    number = Decimal(value) if isinstance(value, int | Decimal) else value
    return ReadCell(
        file=said.name,
        unit=said.unit,
        line=row,
        value=number,
        state=said.states.get(row.code),
        explanation="",
        given=value is not None,
        sheet=INDICATOR_SHEET,
        cell=at(row.code),
        state_cell=f"I{row.row}",
        explanation_cell=f"J{row.row}",
    )


def at(code: str) -> str:
    """The cell of a number."""
    return f"H{LINES[code].row}"


def task_at(code: str, key: str) -> str:
    """The cell of a column of a task."""
    return f"{'ABCDEFGHIJKLMNO'[[c.key for c in TASK_COLUMNS].index(key)]}{TASKS[code].row}"


def task(said: Said, row: TaskRow) -> ReadTask:
    cells = said.tasks[row.code]
    status, progress, day = cells.get("status"), cells.get("progress"), cells.get("document_date")
    texts = ("result", "document_number", "difficulties", "proposals", "explanation")
    return ReadTask(
        file=said.name,
        unit=said.unit,
        line=row,
        status=status if isinstance(status, TaskStatus) else None,
        progress=Decimal(progress) if isinstance(progress, int) else None,
        document_date=day if isinstance(day, date) else None,
        **{key: str(cells.get(key, "")) for key in texts},
        given=frozenset(cells),
        sheet=TASK_SHEET,
        cells={c.key: task_at(row.code, c.key) for c in TASK_COLUMNS if c.is_input},
    )


def evidence(
    said: Sequence[Said],
    earlier: Sequence[Earlier] = (),
    *,
    plan: Plan = PLAN,
    period: Period = PERIOD,
    lines: Mapping[str, IndicatorRow] = LINES,
    rows: Mapping[str, TaskRow] = TASKS,
) -> Evidence:
    """A run in which these returns came; `lines` and `rows` are what every unit is asked."""
    cells = [cell(s, lines[code]) for s in said for code in s.numbers]
    tasks = [task(s, rows[code]) for s in said for code in s.tasks]
    moments = {s.name: CAME + timedelta(days=s.late) for s in said}
    order = {file: order_of(file, moment) for file, moment in moments.items()}
    return Evidence(plan, period, cells, tasks, moments, order, earlier)


def remembered(period: Period, said: Sequence[Said], rows: Mapping[str, TaskRow] = TASKS) -> Earlier:
    """The same returns as an earlier period that the ledger remembers."""
    return Earlier(
        period,
        tuple(_entry(cell(s, LINES[code])) for s in said for code in s.numbers),
        tuple(_task_entry(task(s, rows[code])) for s in said for code in s.tasks),
    )


def _entry(c: ReadCell) -> IndicatorEntry:
    row, name = c.line.indicator.code, c.line.field.name
    return IndicatorEntry(c.file, c.unit, row, name, c.value, c.state, c.explanation, c.sheet, c.cell, blocked=False)


def _task_entry(t: ReadTask) -> TaskEntry:
    return TaskEntry(
        file=t.file,
        unit=t.unit,
        row=t.line.code,
        role=t.line.role,
        scope=t.line.scope,
        status=t.status,
        progress=Decimal(0) if t.status is TaskStatus.NOT_STARTED and t.progress is None else t.progress,
        result=t.result,
        document_number=t.document_number,
        document_date=t.document_date,
        difficulties=t.difficulties,
        proposals=t.proposals,
        explanation=t.explanation,
        sheet=t.sheet,
        cells=t.cells,
        blocked=False,
    )


def findings(seen: Evidence) -> list[Finding]:
    """What all rules find."""
    return [f for rule in RULES for f in rule(seen)]


def remarks(seen: Evidence) -> list[tuple[str, str, str]]:
    """(file, cell, code) of everything that the rules find."""
    return [(f.file, f.cell, f.code) for f in findings(seen)]


EHR, EHR_OF = "EHR_COVERAGE.numerator", "EHR_COVERAGE.denominator"
VISITS, VISITS_OF = "BHYT_VISITS_PRIMARY.numerator", "BHYT_VISITS_PRIMARY.denominator"
COVERED, PEOPLE = "BHYT_COVERAGE.numerator", "BHYT_COVERAGE.denominator"
DOCTORS = "STATION_DOCTORS.count"


def commune(index: int, **numbers: Number) -> Said:
    """An ordinary commune: like the others, larger or smaller, and nobody's copy; `numbers` by name over it."""
    people = 9_000 + 1_733 * index
    usual: dict[str, Number] = {
        EHR: people * (74 + index * 7 % 19) // 100,
        EHR_OF: people,
        VISITS: people * (14 + index * 5 % 9) // 100,
        VISITS_OF: people * (60 + index * 11 % 17) // 100,
        COVERED: people * (88 + index * 3 % 9) // 100,
        PEOPLE: people + 10 * index,
        DOCTORS: 2 + index % 5,
    }
    named = {"ehr": EHR, "ehr_of": EHR_OF, "visits": VISITS, "visits_of": VISITS_OF, "covered": COVERED}
    named |= {"people": PEOPLE, "doctors": DOCTORS}
    return Said(COMMUNES[index], usual | {named[key]: number for key, number in numbers.items()})


def percent_line(code: str) -> IndicatorRow:
    """The row `code` as one that asks for a percentage."""
    changed = Field("value", "Tỷ lệ", FieldKind.NUMBER, "%", Decimal(0), Decimal(100))
    return replace(LINES[code], field=changed)
