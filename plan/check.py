"""What is odd in the document itself: noted by whoever transcribed it, and what the data shows.

An oddity is not a fault of the data files (those are refused at loading): the plan works, but someone
should ask the issuer, or know why a figure looks as it does. Nothing is mended here.
"""

from __future__ import annotations

from dataclasses import replace

from plan.check_names import odd_names
from plan.check_places import odd
from plan.check_reading import odd_readings, settled
from plan.check_rows import odd_rows
from plan.model import Oddity, OddityKind, Plan

WARNING = "warning"
NOTE = "note"
_SETTLED = "Mục tiêu đang ghi đã theo cách đọc này."

# A warning can make a figure, a deadline or the choice of who is asked wrong; the rest one only has to know.
_NOTES = frozenset(
    {
        OddityKind.NOTED,
        OddityKind.MISPRINT,  # kept as printed, and no number hangs on it
        OddityKind.READING,  # reviewed: a person decided, and says how
        OddityKind.NUMBERING_MIXED,
        OddityKind.UNIT_OF_MEASURE,  # the figure is computed from its fields whatever unit is printed
        OddityKind.NOBODY_NAMED,  # nobody is asked in that role; who is named is asked all the same
        OddityKind.FROM_PROSE,  # each such row quotes its sentence, and loading compares the two
        OddityKind.IDLE_UNITS,
    }
)


def check_plan(plan: Plan) -> tuple[Oddity, ...]:
    """Return the oddities of the document: those noted in plan.toml first, then the computed ones."""
    return (*_noted(plan), *odd_rows(plan), *odd_names(plan), *odd_readings(plan), *_calendar(plan))


def severity_of(kind: OddityKind) -> str:
    """Return "warning" for what can make a number, a deadline or who is asked wrong, else "note"."""
    return NOTE if kind in _NOTES else WARNING


def _noted(plan: Plan) -> list[Oddity]:
    """Return what was noted; a difference that a person has settled since says so, in this list only."""
    return [replace(o, note=f"{o.note} {_SETTLED}") if settled(o, plan) else o for o in plan.oddities]


def _calendar(plan: Plan) -> list[Oddity]:
    return [
        odd(
            OddityKind.DEADLINE_OPEN,
            (f"Lịch báo cáo, kỳ {entry.kind}", ()),
            "Văn bản không định ngày nộp, nên chưa thể biết báo cáo nào nộp muộn.",
            "Hỏi nơi ban hành rồi ghi ngày vào lịch báo cáo, hoặc đặt hạn cho từng kỳ bằng --due khi tạo biểu mẫu.",
        )
        for entry in plan.calendar
        if entry.due is None
    ]
