"""The readers of printed cells and the plans of the catalog say the same.

Plans were typed by people from the documents. Who and when is read as it was typed in every row; the targets that
only a person could read stand here with the reason, so that neither a reader nor a plan changes its mind unnoticed.
"""

from __future__ import annotations

from functools import cache

import pytest

from plan.grammar import format_assignments, format_due, format_targets
from plan.load import catalog_ids, load_plan
from plan.model import Indicator, Plan, Task
from plan.printed.due import read_due
from plan.printed.leads import read_assignments
from plan.printed.names import Directory
from plan.printed.targets import read_targets, targets_in_name

# Targets that no reader finds in the print: why the typed value stands there all the same.
NO_NUMBER = "no number is printed: the row is attained or not, or concerns everybody"
TWO_FIGURES = "the name holds two figures, the second one has a row of its own"
NO_YEAR = "the deadline is open, so that the year is a person's reading"
IN_SENTENCE = "the number stands in another part of the sentence"
UNREAD_TARGETS: dict[tuple[str, str], str] = {
    ("kien-hai", "HEALTH_INSURANCE_TYPES"): NO_NUMBER,
    ("muong-la", "LIFE_EXPECTANCY"): TWO_FIGURES,
    ("muong-la", "FREE_BASIC_CARE"): NO_YEAR,
    ("muong-la", "STATION_INVESTMENT"): NO_YEAR,
    ("muong-la", "HEALTH_INSURANCE_TYPES"): NO_NUMBER,
    ("tran-lieu", "STATION_INVESTMENT"): NO_NUMBER,
    ("tran-lieu", "BHYT_COVERAGE"): IN_SENTENCE,
    ("tran-lieu", "HEALTH_INSURANCE_TYPES"): NO_NUMBER,
}


@cache
def _plan(plan_id: str) -> Plan:
    return load_plan(plan_id)


def _rows(plan: Plan) -> list[Indicator | Task]:
    return [*plan.indicators, *plan.tasks]


def _cells(row: Indicator | Task) -> list[tuple[str, str, str]]:
    """Return (column, printed, typed) of every column that says who."""
    coordinators = ("coordinators", row.coordinating_text, format_assignments(row.coordinators))
    if isinstance(row, Task):
        return [("leads", row.lead_text, format_assignments(row.leads)), coordinators]
    return [
        ("reporters", row.lead_text, format_assignments(row.reporters)),
        coordinators,
        ("monitors", row.monitor_text, format_assignments(row.monitors)),
    ]


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_whoever_is_printed_is_typed(plan_id: str) -> None:
    """Every lead, coordinating and monitoring cell that prints anything."""
    plan = _plan(plan_id)
    directory = Directory.of(plan.units, plan.groups)
    other = [
        (row.code, column, printed, read, typed)
        for row in _rows(plan)
        for column, printed, typed in _cells(row)
        if printed and (read := format_assignments(read_assignments(printed, directory))) != typed
    ]
    assert other == []


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_every_printed_deadline_is_typed(plan_id: str) -> None:
    plan = _plan(plan_id)
    other = [
        (row.code, row.due_text, read, format_due(row.due))
        for row in _rows(plan)
        if row.due_text and (read := format_due(read_due(row.due_text))) != format_due(row.due)
    ]
    assert other == []


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_every_printed_target_is_typed(plan_id: str) -> None:
    """A figure in the target column, or at the end of the name; what is read by people only is listed above."""
    other = []
    for row in _plan(plan_id).indicators:
        lasts = [part.last.year for part in row.due if part.last]
        year = max(lasts) if lasts else int(row.section[-4:]) if row.section[-4:].isdigit() else None
        in_name = targets_in_name(row.name, year)
        read = in_name if in_name else read_targets(row.target_text, year)
        if read != row.targets and (read or (plan_id, row.code) not in UNREAD_TARGETS):
            other.append((row.code, row.target_text, format_targets(read), format_targets(row.targets)))
    assert other == []


def test_what_is_excepted_still_is_an_exception() -> None:
    """A reason whose row is gone, or which the reader reads by now, is taken off the lists."""
    for plan_id, code in UNREAD_TARGETS:
        (row,) = [row for row in _plan(plan_id).indicators if row.code == code]
        assert row.targets
        assert read_targets(row.target_text, 2030) == targets_in_name(row.name, None) == (), (plan_id, code)
