"""`plan check` guards typed values: what was typed otherwise than it is printed is found, and nothing else is.

A person may know more than a reader: where the reader is not sure, the typed value is believed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from plan.check import check_plan
from plan.grammar import parse_assignments, parse_due, parse_targets
from plan.load import catalog_ids, load_plan
from plan.model import Assignment, DueKind, DuePart, Measure, Oddity, OddityKind, Plan


@cache
def _plan(plan_id: str) -> Plan:
    return load_plan(plan_id)


@pytest.fixture
def department() -> Plan:
    return _plan("ninh-binh-syt")


EDITED_TASKS = [
    ("due", "Năm 2029", parse_due("by 2028"), "by 2029"),
    ("due", "Hàng năm", (DuePart(DueKind.UNKNOWN),), "yearly"),
    ("leads", "Phòng Quản lý YTDP", (Assignment("phong-tai-chinh"),), "phong-ql-ytdp"),
    ("leads", "Phòng Quản lý YTDP (chỉ đạo)", (Assignment("phong-ql-ytdp"),), "phong-ql-ytdp [chỉ đạo]"),
    ("coordinators", "Các PCN, các ĐVTT", (Assignment("@pcn"),), "@pcn; @dvtt"),
    ("coordinators", "Các PCN", parse_assignments("@pcn; @xa-phuong"), "@pcn"),
    ("coordinators", "Các PCN, các đơn vị liên quan", (Assignment("@dvtt"),), "@pcn; ?các đơn vị liên quan"),
]
PRINTED_IN = {"due": "due_text", "leads": "lead_text", "coordinators": "coordinating_text"}


def _read_otherwise(plan: Plan) -> list[Oddity]:
    return [o for o in check_plan(plan) if o.kind is OddityKind.READ_OTHERWISE]


@pytest.mark.parametrize(("column", "printed", "typed", "reading"), EDITED_TASKS)
def test_a_task_that_was_typed_otherwise_than_printed_is_found(
    department: Plan, column: str, printed: str, typed: object, reading: str
) -> None:
    """A plan edited by hand is guarded: the print, its reading and the typed value stand side by side."""
    change: dict[str, Any] = {PRINTED_IN[column]: printed, column: typed}
    edited = replace(department.tasks[0], **change)
    (oddity,) = _read_otherwise(replace(department, tasks=(edited, *department.tasks[1:])))
    assert (oddity.printed, oddity.reading) == (printed, reading)
    assert oddity.rows == (edited.code,)
    assert oddity.note.startswith("Cột ")
    assert f"({column}) khác với chữ in" in oddity.note


@pytest.mark.parametrize(
    ("column", "printed", "typed"),
    [
        ("due", "", parse_due("by 2028")),  # nothing printed: whoever typed knows more
        ("due", "Trong nhiệm kỳ", parse_due("by 2030")),
        ("leads", "", (Assignment("phong-tai-chinh"),)),
        ("leads", "Phòng Y tế cũ", (Assignment("phong-tai-chinh"),)),
        ("coordinators", "Các PCN, các đơn vị liên quan", parse_assignments("@pcn; @benh-vien")),
    ],
)
def test_where_the_reader_is_not_sure_a_person_is_believed(
    department: Plan, column: str, printed: str, typed: object
) -> None:
    change: dict[str, Any] = {PRINTED_IN[column]: printed, column: typed}
    edited = replace(department.tasks[0], **change)
    assert _read_otherwise(replace(department, tasks=(edited, *department.tasks[1:]))) == []


def _indicator(plan: Plan, code: str, **change: Any) -> Plan:  # noqa: ANN401  # values of any columns
    rows = tuple(replace(i, **change) if i.code == code else i for i in plan.indicators)
    return replace(plan, indicators=rows)


@pytest.mark.parametrize(
    ("code", "targets", "reading"),
    [
        ("BHYT_VISITS_PRIMARY", "2030 > 20", "2030 >= 20"),  # the prose says more than 20, the table does not
        ("BHYT_COVERAGE", "2026 >= 95; 2030 >= 100", "2026 > 95; 2030 >= 100"),
        ("LIFE_EXPECTANCY_2045", "2030 >= 80", "2045 >= 80"),
        ("STATION_DOCTORS", "2030 >= 100 @5", "2027 >= 100 @4; 2030 >= 100 @5"),
    ],
)
def test_a_target_that_was_typed_otherwise_than_printed_is_found(
    department: Plan, code: str, targets: str, reading: str
) -> None:
    (oddity,) = _read_otherwise(_indicator(department, code, targets=parse_targets(targets)))
    assert oddity.reading == reading
    assert oddity.rows == (code,)


@pytest.mark.parametrize("column", ["reporters", "coordinators", "monitors"])
def test_an_indicator_given_to_somebody_else_is_found(department: Plan, column: str) -> None:
    change: dict[str, Any] = {"coordinating_text": "Phòng Tài chính", "coordinators": (Assignment("phong-tai-chinh"),)}
    (oddity,) = _read_otherwise(_indicator(department, "LIFE_EXPECTANCY", **(change | {column: ()})))
    assert f"({column}) khác với chữ in" in oddity.note


@pytest.mark.parametrize(("printed", "asks"), [("Đạt (2026), Đạt (2030)", 0), ("khoảng 50", 1), ("", 0)])
def test_a_printed_target_that_nobody_typed_is_found(department: Plan, printed: str, asks: int) -> None:
    """Otherwise the figure is never judged and nobody knows; a row without a target is not asked about."""
    typed = parse_targets("2026 >= 100; 2030 >= 100") if not asks and printed else ()
    change: dict[str, Any] = {"target_text": printed, "targets": typed, "measure": Measure.ATTAINED}
    found = check_plan(_indicator(department, "FREE_BASIC_CARE", **change))
    assert [o.rows for o in found if o.kind is OddityKind.TARGET_UNREAD] == [("FREE_BASIC_CARE",)] * asks
    assert [o for o in found if o.kind is OddityKind.READ_OTHERWISE] == []


def test_attained_on_paper_and_another_number_typed_is_found(department: Plan) -> None:
    change: dict[str, Any] = {"target_text": "Đạt (2026), Đạt (2030)", "measure": Measure.ATTAINED}
    (oddity,) = _read_otherwise(
        _indicator(department, "FREE_BASIC_CARE", targets=parse_targets("2030 >= 90"), **change)
    )
    assert oddity.reading == "2026 >= 100; 2030 >= 100"


@pytest.mark.parametrize(
    ("typed", "settled"), [("2030 > 20", True), ("2030 >= 20", False), ("2026 > 15; 2030 > 20", False), ("", False)]
)
def test_a_noted_difference_that_was_settled_says_so(department: Plan, typed: str, settled: bool) -> None:
    """The target was typed as the note reads it: it stays noted, and the reader need not do it again."""
    edited = _indicator(department, "BHYT_VISITS_PRIMARY", targets=parse_targets(typed))
    noted = next(o for o in department.oddities if o.reading == "> 20")
    shown = next(o for o in check_plan(edited) if o.reading == "> 20")
    assert (shown.note == noted.note) is not settled
    assert shown.note.endswith("Mục tiêu đang ghi đã theo cách đọc này.") is settled
    assert replace(shown, note=noted.note) == noted


def test_rows_typed_otherwise_are_gathered_by_column(department: Plan) -> None:
    """Fifty interpreted rows are one oddity, not fifty."""
    tasks = tuple(replace(t, due=parse_due("by 2031")) for t in department.tasks)
    (oddity,) = _read_otherwise(replace(department, tasks=tasks))
    assert "53 dòng" in oddity.note
    assert len(oddity.rows) == 53
    assert (oddity.printed, oddity.reading) == ("", "")


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_the_plans_of_the_catalog_were_typed_as_printed(plan_id: str) -> None:
    assert _read_otherwise(_plan(plan_id)) == []
