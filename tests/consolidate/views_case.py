"""Nine units, ties, gaps and two earlier periods: what the tests of ranking and trend draw from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from consolidate.model import Consolidation
from consolidate.run import consolidate
from plan.model import Aggregation, CalendarEntry, Comparator, Indicator, Measure, Period, Plan, Target
from plan.words import DataState, TaskStatus
from tests import blank
from tests.blank import H1
from tests.consolidate.workbook_case import (
    AS_OF,
    CHOICE,
    COUNT,
    NUMBER,
    entry,
    indicator,
    say,
    small_plan,
    task_entry,
)
from validation.model import Checked, Earlier, IndicatorEntry

__all__ = ["say"]
LETTERS = "abcdefgh"
NAMES = {f"xa-{letter}": f"UBND XÃ {letter.upper()}" for letter in LETTERS}
LAST_YEAR = Period("2025-Y", 2025, "Y", date(2025, 1, 1), date(2025, 12, 31), None, "năm 2025")
LAST_HALF = Period("2025-H1", 2025, "H1", date(2025, 1, 1), date(2025, 6, 30), None, "6 tháng đầu năm 2025")
_RATIO = {"numerator": COUNT, "denominator": COUNT}


def _indicators() -> tuple[Indicator, ...]:
    low = (Target(2026, Comparator.AT_MOST, Decimal(10)),)
    doctors = (Target(2026, Comparator.AT_LEAST, Decimal(100), 4),)
    return (
        indicator("HIGH", Measure.RATIO, Aggregation.RATIO_OF_SUMS, _RATIO),
        indicator("LOW", Measure.RATIO, Aggregation.RATIO_OF_SUMS, _RATIO, targets=low),
        indicator("DOCTORS", Measure.THRESHOLD, Aggregation.SHARE, {"count": COUNT}, targets=doctors),
        indicator("SUM", Measure.VALUE, Aggregation.SUM, {"value": NUMBER}, decimals=1),
        indicator("ATTAINED", Measure.ATTAINED, Aggregation.SHARE, {"attained": CHOICE}),
        indicator("OFFICE", Measure.VALUE, Aggregation.SINGLE, {"value": NUMBER}, reporters=("ban",), decimals=1),
    )


def views_plan() -> Plan:
    """One office and eight communes; a calendar with a half and a whole year."""
    units = (
        blank.unit("ban", "Ban Kế hoạch", ("pcn",), "phòng"),
        *(blank.unit(unit, name, ("xa",), "xã") for unit, name in NAMES.items()),
    )
    calendar = (CalendarEntry("H1", (1, 1), (6, 30), None), CalendarEntry("Y", (1, 1), (12, 31), None))
    return replace(small_plan(), indicators=_indicators(), units=units, calendar=calendar)


def _ratio(code: str, unit: str, numerator: int, denominator: int, *, guess: bool = False) -> list[IndicatorEntry]:
    state = DataState.ESTIMATE if guess else None
    return [
        entry(unit, f"{code}.numerator", str(numerator), state=state),
        entry(unit, f"{code}.denominator", str(denominator), state=state),
    ]


def views_entries() -> tuple[IndicatorEntry, ...]:
    """A and B tie on HIGH, C is estimated, D small; F has no number of HIGH, G none applies, H has none of nothing."""
    found = [
        *_ratio("HIGH", "xa-a", 96, 100),
        *_ratio("HIGH", "xa-b", 192, 200),
        *_ratio("HIGH", "xa-c", 50, 100, guess=True),
        *_ratio("HIGH", "xa-d", 10, 29),
        *_ratio("HIGH", "xa-e", 99, 100),
        entry("xa-g", "HIGH.numerator", None, state=DataState.NOT_APPLICABLE, explanation="Không có"),
        *_ratio("HIGH", "xa-h", 0, 0),
        entry("ban", "OFFICE.value", "74.6"),
    ]
    for place, unit in enumerate(NAMES):
        found += _ratio("LOW", unit, 2 * place, 100)
        found += [
            entry(unit, "DOCTORS.count", str(2 + place // 2)),
            entry(unit, "SUM.value", Decimal(place)),
            entry(unit, "ATTAINED.attained", "Chưa đạt" if unit == "xa-a" else "Đạt"),
        ]
    return tuple(found)


def earlier() -> tuple[Earlier, ...]:
    """The whole of last year, in which C was silent; its first half with the same units as now, and no office."""
    now = views_entries()
    whole = tuple(e for e in now if not (e.unit == "xa-c" and e.row == "HIGH"))
    half = tuple(
        replace(e, value=Decimal(90)) if (e.unit, e.row, e.field) == ("xa-e", "HIGH", "numerator") else e
        for e in now
        if e.row != "OFFICE"
    )
    return (
        Earlier(LAST_YEAR, whole, (task_entry("ban", "NV-2", TaskStatus.COMPLETED, 100, result="Xong"),)),
        Earlier(LAST_HALF, half, ()),
    )


def views_run(*, past: bool = True) -> Consolidation:
    """The run; without `past` the ledger is new."""
    tasks = (task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 60),)
    checked = Checked((), (), views_entries(), tasks)
    return consolidate(views_plan(), H1, AS_OF, checked, earlier() if past else ())
