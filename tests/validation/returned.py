"""Returned workbooks made by hand from the layout, as the reader would hand them on: for tests of what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from plan.layout import (
    HEADER_ROW,
    IDENTITY_COLUMN,
    IDENTITY_ROW,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    STAMP_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    Column,
    WorkbookLayout,
    layout_for,
)
from plan.load import load_plan
from plan.model import FieldKind
from plan.period import deadline, parse_period
from validation.check import check_returns
from validation.inbox import Received
from validation.model import Checked
from validation.raw import RawBook, RawSheet

PLAN = load_plan("ninh-binh-syt")
PERIOD = parse_period(PLAN, "2026-H1")
COMMUNE = layout_for(PLAN, next(u for u in PLAN.units if u.id == "xa-gia-vien"), PERIOD)
RECEIVED = datetime(2026, 6, 5, 9, 0, tzinfo=ZoneInfo(PLAN.time_zone))
HONEST = {FieldKind.COUNT: 12, FieldKind.NUMBER: 75.5, FieldKind.CHOICE: "Đạt", FieldKind.TEXT: "Quyết định 1/QĐ-UBND"}

Grid = list[list[object]]
Cells = Mapping[tuple[str, str], object]  # (row code, column key) -> what is typed


def grids(layout: WorkbookLayout, typed: Cells | None = None) -> dict[str, Grid]:
    """Both appendices filled honestly, `typed` over it; rows and columns stand where the layout says."""
    typed = typed or {}
    one = _empty(layout, INDICATOR_COLUMNS, max(r.row for r in layout.indicator_rows))
    for line in layout.indicator_rows:
        cells = {
            "code": line.code,
            "label": line.field.label,
            "unit": line.field.unit,
            "value": HONEST[line.field.kind],
        }
        _put(one, INDICATOR_COLUMNS, line.row, {**cells, **_own(typed, line.code)})
    two = _empty(layout, TASK_COLUMNS, max(r.row for r in layout.task_rows))
    for task in layout.task_rows:
        cells = {"code": task.code, "name": task.task.name, "status": "Đang triển khai", "progress": 40}
        _put(two, TASK_COLUMNS, task.row, {**cells, **_own(typed, task.code)})
    return {INDICATOR_SHEET: one, TASK_SHEET: two}


def _own(typed: Cells, code: str) -> dict[str, object]:
    return {key: value for (row, key), value in typed.items() if row == code}


def _empty(layout: WorkbookLayout, columns: tuple[Column, ...], last: int) -> Grid:
    grid: Grid = [[None] * len(columns) for _ in range(last)]
    grid[IDENTITY_ROW - 1][IDENTITY_COLUMN - 1] = layout.identity_text
    grid[HEADER_ROW - 1] = [c.heading for c in columns]
    return grid


def _put(grid: Grid, columns: tuple[Column, ...], row: int, cells: Mapping[str, object]) -> None:
    for index, column in enumerate(columns):
        if column.key in cells:
            grid[row - 1][index] = cells[column.key]


def book(
    layout: WorkbookLayout = COMMUNE,
    typed: Cells | None = None,
    damage: Callable[[dict[str, Grid]], None] | None = None,
) -> RawBook:
    """The workbook of `layout`; `damage` may move anything about before it is frozen."""
    sheets = grids(layout, typed)
    if damage is not None:
        damage(sheets)
    made = [RawSheet(name, visible=True, rows=rows) for name, rows in sheets.items()]
    stamp: list[list[object]] = [[key, value] for key, value in layout.stamp()]
    return RawBook((*made, RawSheet(STAMP_SHEET, visible=False, rows=stamp)), "xlsx")


def received(content: RawBook, file: str = "2026-H1_xa-gia-vien.xlsx", at: datetime = RECEIVED) -> Received:
    """The workbook as a file that came in at `at`."""
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    return Received(file, file, digest, 1000, at, content)


def checked(*files: Received) -> Checked:
    """A validation run over `files`."""
    return check_returns(PLAN, PERIOD, files, deadline(PLAN, PERIOD))


def remarks(run: Checked) -> list[tuple[str, str, str]]:
    """(sheet, cell, code) of every finding, in order."""
    return [(f.sheet, f.cell, f.code) for f in run.findings]
