"""`plan check` tells what is odd in the document, and keeps silent about what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan.check import check_plan
from plan.load import load_plan
from plan.model import Assignment, DueKind, DuePart, Oddity, Plan, Task
from tests import blank


@pytest.fixture(scope="module")
def department() -> Plan:
    return load_plan("ninh-binh-syt")


@pytest.fixture
def sound(department: Plan) -> Plan:
    """A plan of three tasks, two units and one indicator in which nothing is odd."""
    indicator = replace(department.indicators[0], reporters=(Assignment("a"),), monitors=())
    units = tuple(replace(u, id=i, groups=(), example=False) for u, i in zip(department.units, "ab", strict=False))
    tasks = (_task("NV-1", "1", "I"), _task("NV-2", "2", "I"), _task("NV-3", "3", "II"))
    return replace(department, digest="sound", indicators=(indicator,), tasks=tasks, units=units, oddities=())


def _task(code: str, number: str, group: str, **change: str) -> Task:
    printed = {"name": "Tên", "lead_text": "A", "coordinating_text": "B", "result": "Báo cáo", "due_text": "Năm 2026"}
    return replace(
        blank.TASK,
        code=code,
        number=number,
        group_number=group,
        group=f"Nhóm {group}",
        **(printed | change),
        leads=(Assignment("a"),),
        coordinators=(Assignment("b"),),
        due=(DuePart(DueKind.YEARLY),),
    )


def _only(plan: Plan) -> Oddity:
    (oddity,) = check_plan(plan)
    return oddity


def test_a_sound_plan_has_no_oddity(sound: Plan) -> None:
    assert check_plan(sound) == ()


def test_the_department_plan_shows_its_oddities_noted_and_computed(department: Plan) -> None:
    """The noted ones come first, and 49 standing twice, blank results and example hospitals are found."""
    found = check_plan(department)
    assert found[: len(department.oddities)] == department.oddities
    computed = [f"{o.place}: {o.note}" for o in found[len(department.oddities) :]]
    assert any("TT 49" in line and "NV-VI-49, NV-VII-49" in line for line in computed)
    assert any("TT 40 (NV-V-40)" in line and "kết quả" in line for line in computed)
    assert any("ví dụ" in line for line in computed)
    assert any("FREE_BASIC_CARE" in line and "%" in line for line in computed)
    assert all(o.place and o.note and o.suggestion for o in found)
    assert check_plan(department) == found


def test_a_number_used_twice_is_odd_across_groups_too(sound: Plan) -> None:
    plan = replace(sound, tasks=(*sound.tasks, _task("NV-3B", "3.", "III")))
    assert "NV-3, NV-3B" in _only(plan).note


def test_a_numbering_that_starts_anew_under_a_heading_is_not_odd(sound: Plan) -> None:
    again = (_task("NV-II-1", "1", "III"), _task("NV-II-2", "2", "III"))
    assert check_plan(replace(sound, tasks=(*sound.tasks, *again))) == ()


def test_sub_tasks_numbered_within_their_parents_are_not_odd(sound: Plan) -> None:
    subs = tuple(
        replace(_task(f"{parent}-{n}", n, "II"), parent=parent) for parent in ("NV-2", "NV-3") for n in ("1", "a")
    )
    assert check_plan(replace(sound, tasks=(*sound.tasks, *subs))) == ()


@pytest.mark.parametrize(
    ("column", "words"), [("lead_text", "đơn vị chủ trì"), ("result", "kết quả"), ("due_text", "thời hạn")]
)
def test_a_blank_cell_is_odd_where_the_column_is_filled(sound: Plan, column: str, words: str) -> None:
    blank = _task("NV-4", "4", "II", **{column: ""})
    oddity = _only(replace(sound, tasks=(*sound.tasks, blank)))
    assert words in oddity.note
    assert oddity.place == "Phụ lục 2, TT 4 (NV-4)"


def test_a_column_that_the_appendix_does_not_have_is_not_odd(sound: Plan) -> None:
    assert check_plan(replace(sound, tasks=tuple(replace(task, result="") for task in sound.tasks))) == ()


def test_a_parent_may_leave_to_its_sub_tasks_what_they_say(sound: Plan) -> None:
    parent, sub = _task("NV-4", "4", "II", result=""), replace(_task("NV-4A", "a", "II"), parent="NV-4")
    assert check_plan(replace(sound, tasks=(*sound.tasks, parent, sub))) == ()


def test_a_deadline_that_names_no_day_is_odd(sound: Plan) -> None:
    vague = replace(_task("NV-4", "4", "II", due_text="Sớm"), due=(DuePart(DueKind.UNKNOWN),))
    assert "Thời hạn" in _only(replace(sound, tasks=(*sound.tasks, vague))).note


def test_words_that_name_nobody_are_gathered_whatever_their_capitals(sound: Plan) -> None:
    first = replace(_task("NV-4", "4", "II"), coordinators=(Assignment("?Các đơn vị liên quan"),))
    second = replace(_task("NV-5", "5", "II"), coordinators=(Assignment("?các đơn vị liên quan"),))
    oddity = _only(replace(sound, tasks=(*sound.tasks, first, second)))
    assert oddity.place == "Phụ lục 2, TT 4 (NV-4), TT 5 (NV-5)"
    assert oddity.note.startswith("“Các đơn vị liên quan”")


def test_an_example_unit_and_an_idle_unit_are_odd(sound: Plan) -> None:
    lone = replace(sound.units[0], id="c", name="Tổ hợp C")
    assert "không có việc ở dòng nào: Tổ hợp C" in _only(replace(sound, units=(*sound.units, lone))).note
    example = replace(sound.units[0], example=True)
    assert "ví dụ" in _only(replace(sound, units=(example, sound.units[1]))).note


def test_a_unit_that_only_stands_above_others_is_not_idle(sound: Plan) -> None:
    above = replace(sound.units[0], id="c")
    below = replace(sound.units[1], parent="c")
    assert check_plan(replace(sound, units=(sound.units[0], below, above))) == ()


def test_a_percentage_without_unit_and_a_period_without_deadline_are_odd(sound: Plan) -> None:
    assert check_plan(replace(sound, indicators=(replace(sound.indicators[0], unit="%", target_text="10"),))) == ()
    bare = replace(sound.indicators[0], unit="", target_text="100%")
    assert "Đơn vị tính để trống" in _only(replace(sound, indicators=(bare,))).note
    calendar = (replace(sound.calendar[0], due=None), *sound.calendar[1:])
    assert _only(replace(sound, calendar=calendar)).place == "Lịch báo cáo, kỳ H1"


def test_a_long_list_is_cut_and_counted(sound: Plan) -> None:
    more = tuple(replace(sound.units[0], id=f"d-{n}", name=f"Đơn vị {n}") for n in range(20))
    note = _only(replace(sound, units=(*sound.units, *more))).note
    assert note.startswith("20 đơn vị")
    assert "và 12 mục khác" in note
