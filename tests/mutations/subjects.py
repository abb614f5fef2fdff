"""The faultless returns that are damaged: real templates of a few units, filled by the rehearsal.

The truth is what the rehearsal typed, held once more against what openpyxl reads out of the file; the reader of
`validation` has no part in it.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from plan.layout import CHECK_SHEET, GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, WorkbookLayout, layout_for
from plan.load import load_plan
from plan.model import Period, Plan
from plan.period import deadline, parse_period
from plan.words import STATE_WORDS, STATUS_WORDS
from templates.issue import issue_templates
from templates.rehearsal import Rehearsal, simulate
from templates.rehearsal_truth import UnitTruth
from tests.mutations.model import COLUMNS, Key, Place, Subject, Value

# A commune with ratios, an office with two figures and many tasks, a hospital that answers by a choice, and the
# centre that alone has decimals, changes and estimates.
UNITS = ("xa-gia-vien", "phong-ql-ytdp", "benh-vien-san-nhi", "trung-tam-ksbt")
_SEED = 72


@cache
def whole_plan() -> Plan:
    """The plan with all its units."""
    return load_plan("ninh-binh-syt")


@cache
def period() -> Period:
    """The period that is reported."""
    return parse_period(whole_plan(), "2026-H1")


def due() -> datetime:
    """The first moment too late."""
    moment = deadline(whole_plan(), period())
    assert moment is not None
    return moment


@cache
def small_plan() -> Plan:
    """The same plan of the units at hand and a few neighbours: a run over it lays out eight workbooks, not 150."""
    plan = whole_plan()
    return replace(plan, units=tuple(u for u in plan.units if u.id in (*UNITS, *neighbours())))


@cache
def neighbours() -> tuple[str, ...]:
    """Another unit of each kind, with the same rows or nearly so."""
    known = {u.id: u for u in whole_plan().units}
    found: list[str] = []
    for unit in UNITS:
        kind = known[unit].kind
        found.append(next(u.id for u in whole_plan().units if u.kind == kind and u.id not in (*UNITS, *found)))
    return tuple(found)


def subjects(folder: Path, units: Sequence[str] = UNITS) -> tuple[Subject, ...]:
    """Draw, fill and read again the returns of `units`; `folder` is empty and stays."""
    plan, this = small_plan(), period()
    issue_templates(plan, this, folder / "templates", (), {}, lambda _done, _total: None)
    rehearsal = Rehearsal(folder / "templates", folder / "inputs" / "x", _SEED, due(), True)
    truth = simulate(plan, this, rehearsal, lambda _done, _total: None)
    layouts = {u.id: layout_for(plan, u, this) for u in plan.units}
    files = {unit: (folder / "inputs" / "x" / told.file).read_bytes() for unit, told in truth.units.items()}
    others = {u: (layouts[u], truth.units[u].file, files[u]) for u in layouts}
    return tuple(_subject(layouts[u], truth.units[u], files[u], others) for u in units)


def of_run(truth: Mapping[str, Any], folder: Path, units: Sequence[str]) -> tuple[Subject, ...]:
    """The returns of `units` out of a faultless rehearsal of the whole plan: its truth file and its inputs."""
    plan, this = whole_plan(), period()
    known = {u.id: u for u in plan.units}
    told = {unit: UnitTruth(**truth["units"][unit]) for unit in (*units, "xa-liem-ha")}
    layouts = {unit: layout_for(plan, known[unit], this) for unit in told}
    others = {u: (layouts[u], told[u].file, (folder / told[u].file).read_bytes()) for u in told}
    return tuple(_subject(layouts[u], told[u], others[u][2], others) for u in units)


def _subject(
    layout: WorkbookLayout,
    told: UnitTruth,
    data: bytes,
    others: Mapping[str, tuple[WorkbookLayout, str, bytes]],
) -> Subject:
    book = openpyxl.load_workbook(BytesIO(data))
    places = {
        (sheet, row.code, column.key): (row.row, number)
        for sheet, rows in ((INDICATOR_SHEET, layout.indicator_rows), (TASK_SHEET, layout.task_rows))
        for row in rows
        for number, column in enumerate(COLUMNS[sheet], start=1)
    }
    inputs = {c.key for columns in COLUMNS.values() for c in columns if c.is_input}
    typed = {place: book[place[0]].cell(*at).value for place, at in places.items() if place[2] in inputs}
    truth = _truth(told)
    _same(truth, typed)
    assert told.received_at is not None
    moment = datetime.fromisoformat(told.received_at)
    whole = pickle.dumps(book)
    for name in (GUIDE_SHEET, CHECK_SHEET):
        del book[name]
    lean = pickle.dumps(book)
    return Subject(layout.unit.id, layout, told.file, data, moment, truth, typed, places, book, whole, lean, others)


def _truth(told: UnitTruth) -> dict[Key, Value]:
    truth: dict[Key, Value] = {}
    for row, fields in told.indicators.items():
        for name, cells in fields.items():
            truth[row, name, "value"] = _number(cells["value"])
            truth[row, name, "state"] = _word(cells["state"])
            truth[row, name, "explanation"] = str(cells["explanation"])
    for row, columns in told.tasks.items():
        for key, value in columns.items():
            if key == "progress":
                truth[row, "", key] = _number(value)
            elif key == "document_date":
                truth[row, "", key] = None if value is None else date.fromisoformat(str(value))
            elif key == "status":
                truth[row, "", key] = _word(value)
            elif key != "role":
                truth[row, "", key] = str(value or "")
    return truth


def _number(value: object) -> Value:
    """The truth writes exact numbers as text; words stay words."""
    if value is None:
        return None
    text = str(value)
    return Decimal(text) if text.replace(".", "", 1).replace("-", "", 1).isdigit() else text


def _word(value: object) -> str | None:
    return None if value is None else str(value)


_READ = {**{v: k.value for k, v in STATE_WORDS.items()}, **{v: k.value for k, v in STATUS_WORDS.items()}}


def _same(truth: Mapping[Key, Value], typed: Mapping[Place, object]) -> None:
    """Every typed cell means what the truth says: two witnesses of what was typed, neither of them our reader."""
    for (_, code, key), cell in typed.items():
        row, _, name = code.partition(".")
        meant = truth[row, name, key]
        if cell is None:
            # A blank beside "không phát sinh", or the kind of a number that was left to be "chính thức".
            assert meant in (None, "", Decimal(0), "official"), (code, key, meant)
        elif isinstance(meant, Decimal):
            assert Decimal(str(cell)) == meant, (code, key, cell, meant)
        elif isinstance(meant, date):
            assert isinstance(cell, datetime), (code, key, cell)
            assert cell.date() == meant, (code, key, cell, meant)
        else:
            shown = str(cell)
            assert meant in (shown, _READ.get(shown)), (code, key, cell, meant)
