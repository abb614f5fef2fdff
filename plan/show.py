"""A loaded plan as plain JSON values, for `plan show --format json` and whoever reads that.

Printed columns go out verbatim and in printed order, interpreted ones beside them; exact numbers are
strings, so that no reader turns 1.5 into something near it. No text is composed here.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from plan.assignment import members
from plan.check import severity_of
from plan.grammar import format_month_day
from plan.model import Assignment, Indicator, Oddity, Plan


def plan_json(plan: Plan) -> dict[str, object]:
    """Return the whole plan as dicts, lists, strings, ints, bools and None (DESIGN section 10).

    `indicators` has one entry per printed row; what else was read out of the same row is in its `parts`.
    An assignment also carries `units`: the unit ids that it stands for today.
    """
    shown: dict[str, object] = {f.name: _plain(plan, getattr(plan, f.name)) for f in fields(plan)}
    shown["indicators"] = [_printed_row(plan, i) for i in plan.indicators if not i.part_of]
    shown["calendar"] = [
        {
            "kind": entry.kind,
            "first": format_month_day(entry.first),
            "last": format_month_day(entry.last),
            "due": None if entry.due is None else format_month_day(entry.due),
        }
        for entry in plan.calendar
    ]
    return shown


def oddity_json(oddity: Oddity) -> dict[str, object]:
    """Return an oddity as a finding on the document: code, severity, place, rows, message, readings, suggestion."""
    return {
        "code": oddity.kind.value,
        "severity": severity_of(oddity.kind),
        "place": oddity.place,
        "rows": list(oddity.rows),
        "message": oddity.note,
        "printed": oddity.printed,
        "reading": oddity.reading,
        "suggestion": oddity.suggestion,
    }


def _printed_row(plan: Plan, indicator: Indicator) -> dict[str, object]:
    row = _plain(plan, indicator)
    parts = [_plain(plan, other) for other in plan.indicators if other.part_of == indicator.code]
    return {**row, "parts": parts} if isinstance(row, dict) else {}


def _plain(plan: Plan, value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)  # a StrEnum becomes the text it stands for
    if isinstance(value, tuple):
        return [_plain(plan, item) for item in value]
    if is_dataclass(value):
        shown: dict[str, object] = {f.name: _plain(plan, getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, Assignment):
            shown["units"] = list(members(plan, value.ref))
        return shown
    return value
