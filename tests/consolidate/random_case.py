"""Plans and returns as hypothesis makes them up: every measure, everything that a unit can answer or leave out.

Small, so that what is found can be read; hostile, so that there is something to find: huge and tiny numbers,
denominators of nothing, reporters that agree only up to a trailing zero, answers of units that nobody asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from plan.model import (
    Aggregation,
    Assignment,
    CalendarEntry,
    Comparator,
    DueKind,
    DuePart,
    Field,
    FieldKind,
    Group,
    Indicator,
    Measure,
    Period,
    Plan,
    Role,
    Target,
    Task,
    Unit,
)
from plan.words import DataState, TaskStatus
from tests import blank
from tests.consolidate.exact_oracle import Case
from validation.model import Checked, Earlier, IndicatorEntry, Return, TaskEntry, Verdict

_Entry = TypeVar("_Entry", IndicatorEntry, TaskEntry)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UNITS = ("xa-a", "xa-b", "xa-c", "ban", "chi-cuc")
STRANGER = "xa-la"
GAIN = ("baseline_numerator", "baseline_denominator", "current_numerator", "current_denominator")
SHAPES: tuple[tuple[Measure, Aggregation, tuple[str, ...]], ...] = (
    (Measure.RATIO, Aggregation.RATIO_OF_SUMS, ("numerator", "denominator")),
    (Measure.VALUE, Aggregation.SINGLE, ("value",)),
    (Measure.VALUE, Aggregation.SUM, ("value",)),
    (Measure.VALUE, Aggregation.WEIGHTED_MEAN, ("value", "weight")),
    (Measure.CHANGE, Aggregation.DIFFERENCE, ("baseline", "current")),
    (Measure.CHANGE, Aggregation.DIFFERENCE, GAIN),
    (Measure.THRESHOLD, Aggregation.SHARE, ("count",)),
    (Measure.ATTAINED, Aggregation.SHARE, ("attained", "evidence")),
)
CALENDAR = (
    CalendarEntry("H1", (1, 1), (6, 30), None),
    CalendarEntry("Q3", (7, 1), (9, 30), None),
    CalendarEntry("Y", (1, 1), (12, 14), None),  # offices may close their year on the 14th
)
_SHARES = (Measure.THRESHOLD, Measure.ATTAINED, Measure.RATIO)
TODAYS = (date(2026, 6, 12), date(2026, 6, 30), date(2026, 10, 1), date(2027, 1, 20))
DAYS = (date(2026, 6, 29), date(2026, 6, 30), date(2026, 3, 31), date(2026, 9, 28), date(2026, 12, 14))
REFS = ("@xa", "@xa", "@pcn", "@khong-ai", "?các đơn vị liên quan", *UNITS)

_PLAIN = ("0", "1", "1.0", "2.5", "-2.5", "50", "95", "95.0", "100", "1E+15", "0.000001", "-123456789.25")
_COUNTS = (0, 0, 1, 2, 3, 4, 5, 12, 50, 95, 100, 10**15)


def _decimal(n: int) -> Decimal:
    """One of a few, so that reporters agree now and then; every third is any number with up to eight decimals."""
    return Decimal(n * (1 - n % 2 * 2) * 15_239).scaleb(-(n % 9)) if n % 3 == 0 else Decimal(_PLAIN[n % len(_PLAIN)])


def _count(n: int) -> Decimal:
    return Decimal(n * 40_009 if n % 3 == 0 else _COUNTS[n % len(_COUNTS)])


# One draw a number, because a case has hundreds.
_few = st.sampled_from(tuple(map(Decimal, _PLAIN)))
_number = st.integers(0, 2**16).map(_decimal)
_whole = st.integers(0, 2**16).map(_count)
_choice = st.sampled_from(("Đạt", "Chưa đạt"))
_DRAWN: dict[FieldKind, st.SearchStrategy[Decimal | str]] = {
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    FieldKind.COUNT: _whole,
}
_answers = st.sampled_from(("full",) * 9 + ("nothing", "estimate", "declined", "blank", "half", "silent", "faulty"))
_usual = st.sampled_from(("full", "", "full", "full", "", "declined"))  # units answer alike more often than by chance
_progress = st.sampled_from((None, *map(Decimal, ("0", "33.3", "40", "99.99", "100"))))
_status = st.sampled_from((*TaskStatus, None))
_USUAL = (TaskStatus.COMPLETED, None, TaskStatus.NOT_STARTED, TaskStatus.NOTHING)  # of each task; None: no two alike
_seldom = st.sampled_from((False, False, False, False, True))


def _field(name: str) -> Field:
    kinds = {"attained": FieldKind.CHOICE, "evidence": FieldKind.TEXT}
    kind = kinds.get(name, FieldKind.NUMBER if name in ("value", "weight", "baseline", "current") else FieldKind.COUNT)
    return Field(name, f"Nhãn {name}", kind, required=kind is not FieldKind.TEXT)


def period_of(kind: str, year: int) -> Period:
    """A period of the calendar above."""
    entry = next(e for e in CALENDAR if e.kind == kind)
    return Period(f"{year}-{kind}", year, kind, date(year, *entry.first), date(year, *entry.last), None, f"kỳ {kind}")


@st.composite
def _targets(draw: st.DrawFn, measure: Measure) -> tuple[Target, ...]:
    at = measure is Measure.THRESHOLD
    values = st.sampled_from((Decimal(0), Decimal(100), Decimal(50))) if measure in _SHARES else _few  # ties are wanted
    years = [2026] if draw(st.booleans()) else []
    years += draw(st.lists(st.sampled_from((2025, 2026, 2027, 2030)), min_size=int(at and not years), max_size=2))
    found: dict[tuple[int, Comparator], Target] = {}
    for year in years:
        target = Target(
            year,
            draw(st.sampled_from(tuple(Comparator))),
            draw(values),
            draw(st.integers(0, 5)) if at else None,
        )
        found[target.year, target.comparator] = target
    return tuple(found.values())


_assignments = st.lists(st.sampled_from(REFS), max_size=3, unique=True).map(lambda refs: tuple(map(Assignment, refs)))
_leads = st.one_of(st.sampled_from(REFS).map(lambda ref: (Assignment(ref),)), _assignments)


@st.composite
def _indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    again = draw(st.integers(0, len(SHAPES) - 1))
    for n, (measure, aggregation, names) in enumerate(SHAPES):
        made = replace(
            blank.INDICATOR,
            code=f"CT_{n}",
            number=str(n),
            name=f"Chỉ tiêu {n}",
            short=f"CT {n}",
            measure=measure,
            aggregation=aggregation,
            decimals=draw(st.integers(0, 3)),
            fields=tuple(map(_field, names)),
            targets=draw(_targets(measure)),
            reporters=draw(st.just((Assignment("@xa"),)) | _assignments),
            prorated=draw(st.booleans()),
        )
        found.append(made)
        if n == again:
            found.append(replace(made, code=f"{made.code}_2045", same_as=made.code, targets=draw(_targets(measure))))
    return tuple(found)


@st.composite
def _due(draw: st.DrawFn) -> tuple[DuePart, ...]:
    by = st.sampled_from(DAYS).map(lambda day: DuePart(DueKind.BY, last=day))
    begins = st.sampled_from((date(2026, 1, 1), date(2026, 7, 1)))
    ends = st.sampled_from((date(2026, 12, 31), date(2027, 12, 31), None))
    span = st.builds(lambda first, last: DuePart(DueKind.RANGE, first, last), begins, ends)
    plain = st.sampled_from(
        (DuePart(DueKind.ONGOING), DuePart(DueKind.YEARLY), DuePart(DueKind.WHEN, event="khi có hướng dẫn"))
    )
    return tuple(draw(st.lists(st.one_of(by, by, span, plain), min_size=1, max_size=2)))


@st.composite
def _tasks(draw: st.DrawFn) -> tuple[Task, ...]:
    found: list[Task] = []
    for n in range(len(_USUAL)):
        above = [t.code for t in found if not t.parent]
        found.append(
            replace(
                blank.TASK,
                code=f"NV-{n}",
                number=str(n),
                group_number=draw(st.sampled_from(("I", "II"))),
                group=draw(st.sampled_from(("", "Nâng cao năng lực", "Chuyển đổi số"))),
                name=f"Nhiệm vụ {n}",
                leads=draw(_leads),
                coordinators=draw(_assignments),
                due=draw(_due()),
                parent=above[0] if n == 2 else draw(st.sampled_from((*above, ""))),
            )
        )
    return tuple(found)


@st.composite
def _units(draw: st.DrawFn) -> tuple[Unit, ...]:
    counted = draw(st.sampled_from(("all", "some", "none")))
    found = []
    for uid in UNITS:
        is_known = counted == "all" or (counted == "some" and draw(st.booleans()))
        unit = blank.unit(uid, f"Đơn vị {uid}", ("xa",) if uid.startswith("xa") else ("pcn",), "xã")
        found.append(replace(unit, population=draw(st.integers(1, 99_999)) if is_known else None))
    return tuple(found)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Five units in two groups, one indicator of every shape and a repetition, four tasks."""
    return replace(
        blank.PLAN,
        calendar=CALENDAR,
        indicators=draw(_indicators()),
        tasks=draw(_tasks()),
        units=draw(_units()),
        groups=(Group("xa", "UBND các xã", ()), Group("pcn", "Các phòng chức năng", ())),
        digest="thử",
    )


def file_of(unit: str, period: Period) -> str:
    """The one file of a unit."""
    return f"{period.id}_{unit}.xlsx"


@st.composite
def _answer(draw: st.DrawFn, asked: tuple[Indicator, str], unit: str, period: Period) -> list[IndicatorEntry]:
    """What one unit says of one row, one entry a field; nothing at all where it is silent."""
    i, usual = asked
    how = draw(_answers) if not usual or draw(_seldom) else usual
    if how == "silent":
        return []
    states = {"nothing": DataState.NOTHING, "estimate": DataState.ESTIMATE, "declined": DataState.NOT_APPLICABLE}
    found = []
    for place, f in enumerate(i.fields):
        value: Decimal | str | None = "Quyết định số 1" if f.kind is FieldKind.TEXT else draw(_DRAWN[f.kind])
        if how in ("declined", "blank") or (how == "half" and place == 0):
            value = None
        elif how == "nothing" and isinstance(value, Decimal):
            value = Decimal(0)
        state = states.get(how, DataState.OFFICIAL if value is not None else None)
        blocked = how == "faulty" or (how == "declined" and draw(_seldom))
        at = (f"=SUM({i.code})", "Phụ lục 1", f"H{place + 9}", blocked)
        found.append(IndicatorEntry(file_of(unit, period), unit, i.code, f.name, value, state, *at))
    if how == "blank":  # a remark beside a cell that says "không áp dụng" of the evidence alone is no answer
        found = [replace(e, state=DataState.NOT_APPLICABLE) if e.field == "evidence" else e for e in found]
    return found


@st.composite
def _report(draw: st.DrawFn, said: tuple[str, TaskStatus | None], unit: str, period: Period) -> TaskEntry:
    code, usual = said
    return TaskEntry(
        file=file_of(unit, period),
        unit=unit,
        row=code,
        role=Role.LEAD,
        scope="",
        status=draw(_status) if usual is None or draw(_seldom) else usual,
        progress=draw(_progress),
        result="Đã ban hành",
        document_number="",
        document_date=None,
        difficulties="",
        proposals="",
        explanation="",
        sheet="Phụ lục 2",
        cells={"status": "G9"},
        blocked=draw(_seldom),
    )


@st.composite
def _entries(draw: st.DrawFn, plan: Plan, period: Period) -> tuple[list[IndicatorEntry], list[TaskEntry]]:
    units = (*UNITS, STRANGER) if draw(_seldom) else UNITS
    asked = [(i, draw(_usual)) for i in plan.indicators if not i.same_as]
    numbers = [e for row in asked for unit in units for e in draw(_answer(row, unit, period))]
    usual = [(t.code, status) for t, status in zip(plan.tasks, _USUAL, strict=True)]
    reports = [draw(_report(said, u, period)) for said in usual for u in units if not draw(_seldom)]
    return numbers, reports


def _as_before(entries: Sequence[_Entry], past: Period, turn: int) -> tuple[_Entry, ...]:
    """What the ledger has of an earlier period: the answers of today, but each unit gave those of another."""
    found = []
    for e in entries:
        if not e.blocked and e.unit != STRANGER:
            unit = UNITS[(UNITS.index(e.unit) + turn) % len(UNITS)]
            found.append(replace(e, unit=unit, file=file_of(unit, past)))
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn, kind: str = "H1") -> Case:
    """A plan, what came in for the period of that kind, what earlier ones had, and a day."""
    plan, today = draw(plans()), draw(st.sampled_from(TODAYS))
    period = period_of(kind, 2026)
    numbers, reports = draw(_entries(plan, period))
    stored = [p for p in (period_of("H1", 2026), period_of("Y", 2025), period_of("H1", 2025)) if p.last < period.last]
    turns = draw(st.tuples(*(st.integers(0, len(UNITS) - 1) for _ in stored)))
    earlier = tuple(
        Earlier(p, _as_before(numbers, p, turn), _as_before(reports, p, turn))
        for p, turn in zip(stored, turns, strict=True)
        if turn
    )
    came = datetime(2026, 6, 5, 9, 0, tzinfo=ZONE)
    files = tuple(
        Return(file_of(u, period), f"{n:064x}", 900, came, u, Verdict.ACCEPTED, counts=True, late=False)
        for n, u in enumerate(UNITS)
    )
    return Case(plan, period, today, Checked(files, (), tuple(numbers), tuple(reports)), earlier)
