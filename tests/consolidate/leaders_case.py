"""A run for the sheets of leaders: tasks overdue, at risk, led by several, in groups that are not printed together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from plan.model import Assignment, Plan, Role, Task
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.workbook_case import AS_OF, full_run, say, small_plan, task, task_entries, task_entry
from validation.model import TaskEntry

SECOND = ("II", "Chuyển đổi số")


def leaders_plan() -> Plan:
    """NV-4 (at risk, two leads) and NV-5 (overdue first) are of group II, NV-4 between tasks of group I."""
    tasks = (
        task("NV-1", ("ban", "@xa")),
        of_group(task("NV-4", ("ban", "xa-a"), ("@xa",), date(2026, 8, 31)), *SECOND),
        task("NV-2", ("ban",), ("@xa",), date(2026, 3, 31)),
        task("NV-3", ("xa-d",)),
        of_group(task("NV-5", ("ban",), due=date(2026, 2, 28)), *SECOND),
    )
    scoped = replace(tasks[1], leads=(Assignment("ban", "chỉ đạo"), Assignment("xa-a", "thực hiện")))
    return replace(small_plan(), tasks=(tasks[0], scoped, *tasks[2:]))


def of_group(one: Task, number: str, name: str) -> Task:
    """The task under another heading."""
    return replace(one, group_number=number, group=name)


def leaders_entries() -> tuple[TaskEntry, ...]:
    """The lead "ban" has done its part of NV-4, the lead "xa-a" has not; three communes have coordinated it."""
    rows = [
        task_entry("ban", "NV-4", TaskStatus.COMPLETED, 100, result="Đã ban hành", document="9/QĐ-SYT"),
        task_entry("xa-a", "NV-4", TaskStatus.IN_PROGRESS, 50, result="Đang tập huấn.", document="9/QĐ-SYT"),
        task_entry("ban", "NV-5", TaskStatus.NOT_STARTED, 0, difficulties="Chưa có kinh phí"),
    ]
    shared = "Đã cử  cán bộ\ntham gia"
    for unit, result in (("xa-b", shared), ("xa-c", "Đã cử cán bộ tham gia"), ("xa-d", "Cung cấp số liệu")):
        rows.append(task_entry(unit, "NV-4", TaskStatus.COMPLETED, 100, role=Role.COORDINATE, result=result))
    return (*task_entries(), *rows)


@cache
def leaders_run() -> Consolidation:
    """The run of the plan and entries above, with all else of the full run."""
    base = full_run()
    checked = replace(base.checked, task_entries=leaders_entries())
    return consolidate(leaders_plan(), H1, AS_OF, checked)


@cache
def leaders_book(*, values: bool) -> Workbook:
    """The workbook of the run, with the values of its formulas or with the formulas."""
    return opened(leaders_run(), values=values)


def opened(run: Consolidation, *, values: bool = True) -> Workbook:
    """The workbook of any run."""
    return openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=values)


def row_of(sheet: Worksheet, column: str, text: str, nth: int = 1) -> int:
    """The row in which `text` stands for the nth time in `column`."""
    found = [row for row, cell in enumerate(sheet[column], 1) if cell.value == text]
    return found[nth - 1]


def target(sheet: Worksheet, cell: str) -> tuple[str, str]:
    """(sheet, cell) to which a cell leads."""
    name, place = str(sheet[cell].hyperlink.location).rsplit("!", 1)
    return name.strip("'"), place
