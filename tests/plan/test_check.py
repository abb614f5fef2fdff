"""`plan check` tells what is odd in the document, and keeps silent about what is not."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from plan.check import check_plan, severity_of
from plan.grammar import parse_due, parse_targets
from plan.headings import HEADINGS
from plan.load import catalog_ids, load_plan
from plan.model import Aggregation, Assignment, DueKind, DuePart, Group, Oddity, OddityKind, Plan, Task
from tests import blank


@cache
def _plan(plan_id: str) -> Plan:
    return load_plan(plan_id)


@pytest.fixture(scope="module")
def department() -> Plan:
    return _plan("ninh-binh-syt")


@pytest.fixture
def sound(department: Plan) -> Plan:
    """A plan of three tasks, two units and one indicator in which nothing is odd."""
    indicator = replace(department.indicators[0], reporters=(Assignment("a"),), monitors=(), monitor_text="")
    units = tuple(replace(u, id=i, groups=(), example=False) for u, i in zip(department.units, "ab", strict=False))
    tasks = (_task("NV-1", "1", "I"), _task("NV-2", "2", "I"), _task("NV-3", "3", "II"))
    plan = replace(department, digest="sound", indicators=(indicator,), tasks=tasks, units=units)
    return replace(plan, groups=(), oddities=())


def _task(code: str, number: str, group: str, **change: str) -> Task:
    printed: dict[str, Any] = {
        "name": "Tên",
        "lead_text": "A",
        "coordinating_text": "B",
        "result": "Báo cáo",
        "due_text": "Năm 2026",
    }
    return replace(
        blank.TASK,
        code=code,
        number=number,
        group_number=group,
        group=f"Nhóm {group}",
        **(printed | change),
        leads=(Assignment("a"),),
        coordinators=(Assignment("b"),),
        due=parse_due("by 2026"),
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


def test_numbers_of_rows_that_were_sorted_are_one_oddity(sound: Plan) -> None:
    """Two numbers may be misprints, each for itself; many are one cause."""
    again = tuple(_task(f"NV-{n}B", n, "III") for n in "23")
    tasks = (*sound.tasks, _task("NV-4", "4", "III"), *again)
    two = check_plan(replace(sound, tasks=tasks))
    assert [o.place for o in two] == ["Nhiệm vụ TT 2", "Nhiệm vụ TT 3"]
    three = _only(replace(sound, tasks=(*tasks, _task("NV-4B", "4", "III"))))
    assert (three.kind, three.place) == (OddityKind.NUMBER_REPEATED, "Nhiệm vụ TT 2, 3, 4")
    assert three.rows == ("NV-2", "NV-2B", "NV-3", "NV-3B", "NV-4", "NV-4B")
    assert "4 (NV-4, NV-4B)" in three.note


def test_a_numbering_that_starts_anew_under_a_heading_is_not_odd(sound: Plan) -> None:
    again = (_task("NV-II-1", "1", "III"), _task("NV-II-2", "2", "III"))
    assert check_plan(replace(sound, tasks=(*sound.tasks, *again))) == ()


def test_sub_tasks_numbered_within_their_parents_are_not_odd(sound: Plan) -> None:
    subs = tuple(
        replace(_task(f"{parent}-{n}", n, "II"), parent=parent) for parent in ("NV-2", "NV-3") for n in ("1", "a")
    )
    assert check_plan(replace(sound, tasks=(*sound.tasks, *subs))) == ()


@pytest.mark.parametrize(
    ("column", "words", "untyped"),
    [
        ("result", "kết quả", {}),
        ("due_text", "thời hạn", {"due": (DuePart(DueKind.UNKNOWN),)}),
    ],
)
def test_a_blank_cell_is_odd_where_the_column_is_filled(
    sound: Plan, column: str, words: str, untyped: dict[str, Any]
) -> None:
    lacking = replace(_task("NV-4", "4", "II", **{column: ""}), **untyped)
    oddity = _only(replace(sound, tasks=(*sound.tasks, lacking)))
    assert words in oddity.note
    assert oddity.kind is OddityKind.BLANK
    assert oddity.rows == ("NV-4",)
    assert oddity.place == "Nhiệm vụ TT 4 (NV-4)"


def test_a_row_that_somebody_added_is_not_odd_for_what_no_document_prints(sound: Plan) -> None:
    """Staff type only who and when; of an indicator the target too."""
    added = _task("NV-4", "4", "II", lead_text="", due_text="")
    printed = replace(sound.indicators[0], lead_text="A", target_text="1,5", targets=parse_targets("2030 >= 1.5"))
    told = replace(printed, code="CT_2", number="2", lead_text="", target_text="", due_text="")
    plan = replace(sound, tasks=(*sound.tasks, added), indicators=(printed, told))
    assert [o for o in check_plan(plan) if o.kind is OddityKind.BLANK] == []
    silent = replace(plan, indicators=(printed, replace(told, reporters=(), targets=())))
    lacking = [(o.kind, o.rows) for o in check_plan(silent)]
    assert lacking == [(OddityKind.BLANK, ("CT_2",)), (OddityKind.NOBODY_ASKED, ("CT_2",))]


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
    assert oddity.place == "Nhiệm vụ TT 4 (NV-4), TT 5 (NV-5)"
    assert oddity.note.startswith("“Các đơn vị liên quan”")


def test_all_wordings_that_name_nobody_are_one_oddity_with_the_rows_of_each(sound: Plan) -> None:
    """Five notes that differ by a word are one thing to decide; indicators and tasks stand together."""
    first = replace(_task("NV-4", "4", "II"), coordinators=(Assignment("?Các đơn vị liên quan"),))
    second = replace(_task("NV-5", "5", "II"), coordinators=(Assignment("?các đoàn thể"),))
    asked = replace(sound.indicators[0], coordinators=(Assignment("?các đoàn thể"),))
    oddity = _only(replace(sound, tasks=(*sound.tasks, first, second), indicators=(asked,)))
    assert oddity.note.startswith("2 cách gọi")
    assert "“Các đơn vị liên quan” (Nhiệm vụ TT 4 (NV-4))" in oddity.note
    assert f"“các đoàn thể” (Chỉ tiêu TT {asked.number} ({asked.code}); Nhiệm vụ TT 5 (NV-5))" in oddity.note
    assert oddity.rows == (asked.code, "NV-4", "NV-5")


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
    ten = replace(sound.indicators[0], unit="%", target_text="10", targets=parse_targets("2030 >= 10"))
    assert check_plan(replace(sound, indicators=(ten,))) == ()
    bare = replace(ten, unit="", target_text="10%")
    assert "Đơn vị tính để trống" in _only(replace(sound, indicators=(bare,))).note
    calendar = (replace(sound.calendar[0], due=None), *sound.calendar[1:])
    assert _only(replace(sound, calendar=calendar)).place == "Lịch báo cáo, kỳ H1"


def test_a_long_list_is_cut_and_counted(sound: Plan) -> None:
    more = tuple(replace(sound.units[0], id=f"d-{n}", name=f"Đơn vị {n}") for n in range(20))
    note = _only(replace(sound, units=(*sound.units, *more))).note
    assert note.startswith("20 đơn vị")
    assert "và 12 mục khác" in note


# --- rows as they are printed -------------------------------------------------------------------


def test_groups_numbered_in_two_ways_are_odd_and_the_rarer_way_is_named(sound: Plan) -> None:
    """As "1." beside "II."; headings that all follow one way are not odd, whatever the way."""
    mixed = (*sound.tasks, _task("NV-1-1", "4", "1"))
    oddity = _only(replace(sound, tasks=mixed))
    assert oddity.kind is OddityKind.NUMBERING_MIXED
    assert oddity.place == "Nhiệm vụ, nhóm “1”"
    assert oddity.rows == ("NV-1-1",)
    assert "số La Mã: I, II" in oddity.note
    arabic = tuple(replace(t, group_number=str(n)) for n, t in enumerate(sound.tasks, start=1))
    assert check_plan(replace(sound, tasks=arabic)) == ()


def test_rows_of_prose_are_gathered_under_the_places_of_their_sentences(sound: Plan) -> None:
    told = {"source": "Mục II.1, gạch đầu dòng 2", "sentence": "Tên.", "lead_text": "", "due_text": ""}
    tasks = tuple(_task(code, "", "IV", **told) for code in ("NV-IV-1", "NV-IV-2"))
    oddity = _only(replace(sound, tasks=(*sound.tasks, *tasks)))
    assert oddity.kind is OddityKind.FROM_PROSE
    assert oddity.place == "Phần lời: Mục II.1, gạch đầu dòng 2"
    assert oddity.rows == ("NV-IV-1", "NV-IV-2")


def test_what_nobody_has_confirmed_is_counted_per_table(sound: Plan) -> None:
    units = (replace(sound.units[0], confirm=("kind",)), sound.units[1])
    tasks = tuple(replace(t, confirm=("due", "leads") if t.code == "NV-1" else ("due",)) for t in sound.tasks)
    about_tasks, about_units = check_plan(replace(sound, tasks=tasks, units=units))
    assert about_tasks.kind is about_units.kind is OddityKind.TO_CONFIRM
    assert about_tasks.place == "Nhiệm vụ"
    assert about_tasks.rows == ("NV-1", "NV-2", "NV-3")
    assert "cột Thời hạn (hiểu là) (due) 3 dòng, cột Ai chủ trì (leads) 1 dòng" in about_tasks.note
    assert about_units.place == "Danh sách đơn vị"
    assert "cột Loại đơn vị (kind) 1 dòng" in about_units.note


# --- who is named -------------------------------------------------------------------------------


def test_a_lead_that_stands_nowhere_else_is_odd(sound: Plan) -> None:
    """One row by name and no other row, not even through a group; an example is asked about already."""
    lone = replace(sound.units[0], id="c", name="Trung tâm C", aliases=())
    task = replace(_task("NV-4", "4", "II", lead_text="Trung tâm C"), leads=(Assignment("c"),))
    plan = replace(sound, tasks=(*sound.tasks, task), units=(*sound.units, lone))
    oddity = _only(plan)
    assert oddity.kind is OddityKind.LEAD_NAMED_ONCE
    assert oddity.rows == ("NV-4",)
    assert "Trung tâm C (Nhiệm vụ TT 4 (NV-4))" in oddity.note
    grouped = replace(plan, units=(*sound.units, replace(lone, groups=("g",))))
    helped = replace(sound.tasks[0], coordinators=(Assignment("b"), Assignment("@g")))
    assert check_plan(replace(grouped, tasks=(helped, *plan.tasks[1:]))) == ()
    found = check_plan(replace(plan, units=(*sound.units, replace(lone, example=True))))
    assert [o.kind for o in found] == [OddityKind.EXAMPLE_UNITS]


def test_a_group_without_units_is_odd_and_its_wording_is_no_other_reading(sound: Plan) -> None:
    """As a draft has them: a row cannot hold "@g" before somebody belongs to it, so nothing differs from the print."""
    group = Group("cac-truong", "Các trường học", ())
    words = "Các trường học"
    task = replace(_task("NV-4", "4", "II", coordinating_text=words), coordinators=(Assignment(f"?{words}"),))
    plan = replace(sound, tasks=(*sound.tasks, task), groups=(group,))
    found = {o.kind: o for o in check_plan(plan)}
    assert set(found) == {OddityKind.NOBODY_NAMED, OddityKind.EMPTY_GROUP}
    assert "Các trường học (@cac-truong)" in found[OddityKind.EMPTY_GROUP].note
    assert found[OddityKind.EMPTY_GROUP].rows == ("NV-4",)
    filled = replace(plan, units=(*sound.units, replace(sound.units[0], id="c", groups=("cac-truong",))))
    assert OddityKind.READ_OTHERWISE in {o.kind for o in check_plan(filled)}
    assert OddityKind.EMPTY_GROUP not in {o.kind for o in check_plan(filled)}


def test_figures_that_are_added_over_offices_named_one_by_one_are_odd(department: Plan) -> None:
    """Two offices may count the same people; the members of a group each have their own, and a mean adds nothing."""

    def summed(**change: Any) -> list[Oddity]:  # noqa: ANN401  # values of any columns
        rows = tuple(replace(i, **change) if i.code == "BHYT_COVERAGE" else i for i in department.indicators)
        return [o for o in check_plan(replace(department, indicators=rows)) if o.kind is OddityKind.REPORTERS_SUMMED]

    two = (Assignment("phong-bhyt"), Assignment("phong-tai-chinh"))
    (oddity,) = summed(reporters=two)
    assert oddity.rows == ("BHYT_COVERAGE",)
    assert "Phòng Tài chính" in oddity.note
    assert summed(reporters=(two[0], Assignment("@xa-phuong"))) == []
    assert summed(reporters=two, aggregation=Aggregation.WEIGHTED_MEAN) == []
    assert summed(reporters=(two[0], replace(two[0], scope="hoạt động"))) == []


# --- the whole ----------------------------------------------------------------------------------

KNOWN = {
    "ninh-binh-syt": [
        (OddityKind.NUMBER_REPEATED, ("NV-VI-49", "NV-VII-49")),
        (OddityKind.TARGET_DIFFERS, ("BHYT_VISITS_PRIMARY",)),
        (OddityKind.TARGET_DIFFERS, ("LIFE_EXPECTANCY_2045",)),
        (OddityKind.TARGET_DIFFERS, ("HEALTHY_LIFE_YEARS_2045",)),
        (OddityKind.ASSIGNMENT_DIFFERS, ("FREE_BASIC_CARE", "NV-V-42")),
        (OddityKind.BLANK, ("NV-V-40", "NV-VI-49")),
        (OddityKind.EXAMPLE_UNITS, ()),
    ],
    "thanh-nam": [(OddityKind.TARGET_DIFFERS, ("BHYT_VISITS_PRIMARY",)), (OddityKind.EXAMPLE_UNITS, ())],
    "muong-la": [(OddityKind.NUMBERING_MIXED, tuple(f"NV-1-{n}" for n in (1, 2, 3, 4, 5, 6)))],
    "kien-hai": [(OddityKind.BLANK, ("NV-11", "NV-13")), (OddityKind.LEAD_NAMED_ONCE, ("NV-18",))],
    "tran-lieu": [(OddityKind.FROM_PROSE, ("HEIGHT_GAIN",)), (OddityKind.DEADLINE_OPEN, ())],
}


@pytest.mark.parametrize(("plan_id", "kind", "rows"), [(p, k, r) for p, known in KNOWN.items() for k, r in known])
def test_what_is_known_to_be_odd_in_the_documents_is_found(
    plan_id: str, kind: OddityKind, rows: tuple[str, ...]
) -> None:
    """The oddities that the task names, each in an oddity of its kind with its rows."""
    found = [o for o in check_plan(_plan(plan_id)) if o.kind is kind]
    assert any(set(rows) <= set(o.rows) for o in found)


def test_targets_of_the_table_stand_beside_those_of_the_prose() -> None:
    """20 against "trên 20%", 80 and 71 against "trên": the print is kept, the other reading stands beside it."""
    beside = {o.printed: o.reading for o in _plan("ninh-binh-syt").oddities}
    assert (beside["20"], beside["80"], beside["71"]) == ("> 20", "> 80", "> 71")


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_every_oddity_tells_where_what_and_what_to_do_and_names_rows_that_exist(plan_id: str) -> None:
    plan = _plan(plan_id)
    codes = {i.code for i in plan.indicators} | {t.code for t in plan.tasks}
    for oddity in check_plan(plan):
        assert oddity.place
        assert oddity.note
        assert oddity.suggestion
        assert set(oddity.rows) <= codes
        assert severity_of(oddity.kind) in ("warning", "note")


def test_what_can_make_a_figure_or_a_deadline_wrong_is_a_warning() -> None:
    """Everything else is a note: one has to know it, and nothing depends on it."""
    notes = {kind for kind in OddityKind if severity_of(kind) == "note"}
    assert notes == {
        OddityKind.NOTED,
        OddityKind.MISPRINT,
        OddityKind.READING,
        OddityKind.NUMBERING_MIXED,
        OddityKind.UNIT_OF_MEASURE,
        OddityKind.NOBODY_NAMED,
        OddityKind.FROM_PROSE,
        OddityKind.IDLE_UNITS,
    }


SPOKEN = re.compile(r" \((?P<key>[a-z_]+)\)")


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_people_are_sent_to_columns_and_places_that_they_can_find(plan_id: str) -> None:
    """A column is named by its heading and its key, as in the workbook; no appendix is named that may not exist."""
    headings: dict[str, list[str]] = {}
    for key, heading in (pair for columns in HEADINGS.values() for pair in columns.items()):
        headings.setdefault(key, []).append(heading.removeprefix("Cột "))
    keys = "|".join(headings)
    plan = _plan(plan_id)
    for oddity in check_plan(plan):
        for text in (oddity.place, oddity.note, oddity.suggestion):
            assert not re.search(rf"\bcột (?:{keys})\b|(?<!\()\b(?:units\.csv|plan\.toml)|(?<!\()\[\[", text), text
            for match in SPOKEN.finditer(text):
                assert text[: match.start()].endswith(tuple(headings.get(match["key"], [""]))), text
    for oddity in check_plan(plan)[len(plan.oddities) :]:
        assert "Phụ lục" not in f"{oddity.place} {oddity.note}"


def test_a_row_that_asks_nobody_is_a_warning(sound: Plan) -> None:
    """A row that staff added without a lead, or whose lead names nobody certain, would never be answered."""
    indicator, task = sound.indicators[0], sound.tasks[0]
    for change in (
        {"indicators": (replace(indicator, reporters=()), *sound.indicators[1:])},
        {"tasks": (replace(task, leads=(Assignment("?các cơ quan liên quan"),)), *sound.tasks[1:])},
    ):
        found = [o for o in check_plan(replace(sound, **change)) if o.kind is OddityKind.NOBODY_ASKED]
        assert [o.rows for o in found] == [(indicator.code,) if "indicators" in change else (task.code,)]
        assert severity_of(OddityKind.NOBODY_ASKED) == "warning"
    assert not [o for o in check_plan(sound) if o.kind is OddityKind.NOBODY_ASKED]
