"""Work that is done does not come undone: a task beside what the same unit reported of it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from plan.layout import TaskRow
from plan.model import Period, Role
from plan.words import TaskStatus
from tests.validation.ruled import (
    COMMUNES,
    HALF,
    PERIOD,
    TASKS,
    Said,
    evidence,
    findings,
    remarks,
    remembered,
    task_at,
)
from validation.messages import message

BY_A_DATE, YEARLY, ONGOING = "NV-III-17", "NV-II-8", "NV-II-15"
UNIT = COMMUNES[0]
FORMER = replace(HALF, id="2025-Y", year=2025)
LEADING = {code: replace(row, role=Role.LEAD) for code, row in TASKS.items()}

Cells = Mapping[str, object]


def doing(progress: int) -> Cells:
    return {"status": TaskStatus.IN_PROGRESS, "progress": progress}


DONE: Cells = {"status": TaskStatus.COMPLETED, "progress": 100, "result": "Đã ban hành"}
IDLE: Cells = {"status": TaskStatus.NOT_STARTED}
NOTHING: Cells = {"status": TaskStatus.NOTHING}


def told(
    now: Cells, before: Cells, code: str = BY_A_DATE, past: Period = HALF, rows: Mapping[str, TaskRow] = TASKS
) -> list[tuple[str, str, str]]:
    memory = remembered(past, [Said(UNIT, tasks={code: before})], rows)
    return remarks(evidence([Said(UNIT, tasks={code: now})], (memory,), rows=rows))


def remark(key: str, code: str, row: str = BY_A_DATE) -> list[tuple[str, str, str]]:
    return [(f"{UNIT}.xlsx", task_at(row, key), code)]


@pytest.mark.parametrize(("now", "falls"), [(60, False), (59, True), (61, False), (0, True)])
def test_a_percentage_that_fell_is_asked_about(now: int, falls: bool) -> None:
    assert told(doing(now), doing(60)) == (remark("progress", "PROGRESS_FELL") if falls else [])


def test_not_started_without_a_percentage_is_none_at_all() -> None:
    """After 60 % nothing is left; after nothing, nothing was lost."""
    assert told(IDLE, doing(60)) == remark("progress", "PROGRESS_FELL")
    assert told(IDLE, IDLE) == []


@pytest.mark.parametrize("now", [doing(60), IDLE, doing(100)])
def test_completed_work_that_is_not_completed_now_is_asked_about_once(now: Cells) -> None:
    """The percentage fell with it: one remark, at the status."""
    assert told(now, DONE) == remark("status", "STATUS_WENT_BACK")


def test_completed_stays_completed_and_a_blank_status_is_told_elsewhere() -> None:
    assert told(DONE, DONE) == []
    assert told({"progress": 100}, DONE) == []


def test_nothing_more_may_be_asked_of_a_unit_that_helps_but_not_of_one_that_leads() -> None:
    assert told(NOTHING, DONE) == []
    assert told(NOTHING, DONE, rows=LEADING) == remark("status", "STATUS_WENT_BACK")
    assert told(NOTHING, doing(60)) == []


@pytest.mark.parametrize(("code", "asked"), [(YEARLY, False), (ONGOING, False), (BY_A_DATE, True)])
def test_what_comes_every_year_begins_anew_with_the_year(code: str, asked: bool) -> None:
    """Within the year it does not fall either."""
    assert told(doing(30), doing(60), code, past=FORMER) == (remark("progress", "PROGRESS_FELL") if asked else [])
    assert told(doing(30), doing(60), code) == remark("progress", "PROGRESS_FELL", code)


def test_another_role_or_unit_is_another_story() -> None:
    memory = remembered(HALF, [Said(UNIT, tasks={BY_A_DATE: doing(60)})], LEADING)
    assert remarks(evidence([Said(UNIT, tasks={BY_A_DATE: doing(30)})], (memory,))) == []
    memory = remembered(HALF, [Said(UNIT, tasks={BY_A_DATE: doing(60)})])
    assert remarks(evidence([Said(COMMUNES[1], tasks={BY_A_DATE: doing(30)})], (memory,))) == []


def test_the_nearest_period_with_an_answer_counts() -> None:
    near = remembered(HALF, [Said(UNIT, tasks={BY_A_DATE: doing(20)})])
    far = remembered(FORMER, [Said(UNIT, tasks={BY_A_DATE: doing(60)})])
    now = [Said(UNIT, tasks={BY_A_DATE: doing(30)})]
    assert remarks(evidence(now, (near, far))) == []
    silent = replace(near, task_entries=tuple(replace(t, blocked=True) for t in near.task_entries))
    assert remarks(evidence(now, (silent, far))) == remark("progress", "PROGRESS_FELL")


def test_the_message_shows_what_was_said_and_when() -> None:
    memory = remembered(HALF, [Said(UNIT, tasks={BY_A_DATE: DONE})])
    (found,) = findings(evidence([Said(UNIT, tasks={BY_A_DATE: doing(60)})], (memory,)))
    assert message(found).startswith("Kỳ 6 tháng đầu năm 2026 đã báo cáo Hoàn thành, kỳ này lại ghi Đang triển khai.")
    assert PERIOD.year == HALF.year
