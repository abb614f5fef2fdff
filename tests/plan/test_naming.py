"""Which row and which unit somebody means: one reading, or a refusal with the near ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan.model import Indicator, Plan, PlanError
from plan.naming import row_named, unit_named
from tests import blank
from tests.consolidate import workbook_case as case

UNITS = (
    blank.unit("xa-gia-vien", "Ủy ban nhân dân xã Gia Viễn", ("xa",), "xã"),
    blank.unit("xa-gia-hung", "Ủy ban nhân dân xã Gia Hưng", ("xa",), "xã"),
)
PLAN = replace(blank.PLAN, units=UNITS)


@pytest.mark.parametrize(
    "typed", ["xa-gia-vien", " xa-gia-vien ", "Gia Viễn", "gia vien", "GIA VIỄN", "ủy ban nhân dân xã gia viễn"]
)
def test_a_unit_is_known_by_its_id_its_name_or_a_part_that_only_one_name_has(typed: str) -> None:
    assert unit_named(PLAN, typed).id == "xa-gia-vien"


@pytest.mark.parametrize("typed", ["Gia", "xã", "", "Gia V", "Phú Thọ"])
def test_what_could_be_two_or_nobody_is_refused(typed: str) -> None:
    with pytest.raises(PlanError, match=r"không có đơn vị|có 2 đơn vị mang tên"):
        unit_named(PLAN, typed)


def test_a_misspelt_name_is_answered_with_the_near_ones() -> None:
    with pytest.raises(PlanError, match=r"Có phải: Ủy ban nhân dân xã Gia Viễn \(xa-gia-vien\)"):
        unit_named(PLAN, "xa-gia-vienn")


def named_plan() -> Plan:
    rows: tuple[Indicator, ...] = tuple(
        replace(i, number=n) for i, n in zip(case.indicators()[:3], ("14.", "15.", ""), strict=True)
    )
    tasks = tuple(
        replace(case.task(code, ("ban",)), number=n) for code, n in (("NV-1", "14"), ("NV-2", "6.1"), ("NV-3", "15b"))
    )
    return replace(case.small_plan(), indicators=rows, tasks=tasks)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ratio", "RATIO"),
        (" Nv-3 ", "NV-3"),
        ("RATIO.numerator", "RATIO"),
        ("6.1", "NV-2"),
        ("15", "SINGLE"),
        ("PL1.14", "RATIO"),
        ("pl2 14", "NV-1"),
        ("Phụ lục 2.14", "NV-1"),
        ("(1)", "CONFLICT"),
        ("15B", "NV-3"),
        ("chỉ tiêu 14", "RATIO"),
        ("chi tieu 14", "RATIO"),
        ("Nhiệm vụ số 14", "NV-1"),
        ("nhiem vu 6.1", "NV-2"),
        ("Chỉ tiêu RATIO", "RATIO"),
        ("ngan single", "SINGLE"),
        ("Ngắn SINGLE", "SINGLE"),
        ("chỉ tiêu single", "SINGLE"),
        ("nhiem vu nv-3", "NV-3"),
    ],
)
def test_a_row_is_found_by_code_number_or_name(typed: str, code: str) -> None:
    assert row_named(named_plan(), typed).code == code


def refused(plan: Plan, typed: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as error:
        row_named(plan, typed)
    return error.value.lines


def test_a_number_of_two_rows_is_not_picked() -> None:
    lines = refused(named_plan(), "14")
    assert lines[0] == "Số “14” đứng ở 2 dòng. Ghi mã của dòng, hoặc thêm PL1. hay PL2. trước số:"
    assert [line.split()[0] for line in lines[1:]] == ["RATIO", "NV-1"]


@pytest.mark.parametrize("typed", ["PL2.14", "nhiệm vụ 14"])
def test_a_number_that_one_appendix_prints_twice_is_not_answered_with_the_appendix(typed: str) -> None:
    """Whoever typed PL2.14 is not told to put PL2. before it."""
    plan = named_plan()
    twice = replace(plan, tasks=(*plan.tasks, replace(plan.tasks[0], code="NV-14B")))
    lines = refused(twice, typed)
    assert lines[0] == f"Số “{typed}” đứng ở 2 dòng. Ghi mã của dòng:"
    assert [line.split()[0] for line in lines[1:]] == ["NV-1", "NV-14B"]
    assert all("Nhiệm vụ NV-1" in line for line in lines[1:]), "with their names"


def test_a_word_of_several_names_is_not_picked() -> None:
    """All of them are offered, with names; a crowd only in part."""
    assert refused(named_plan(), "ngắn")[0] == "“ngắn” có trong tên của 3 dòng. Ghi mã của dòng:"
    many = refused(case.small_plan(), "chỉ tiêu")
    assert len(many) == 1 + 5 + 1
    assert many[-1] == "  … và 6 dòng khác"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("RATO", "RATIO"), ("NV-9", "NV-1"), ("ngan singel", "SINGLE"), ("tỷ lệ single chung", "SINGLE")],
)
def test_an_unknown_row_is_answered_with_a_few_near_ones_and_where_all_stand(typed: str, near: str) -> None:
    """Never with every code of the plan: sixty bare codes say nothing to a clerk."""
    lines = refused(named_plan(), typed)
    assert any(line.startswith(f"  {near}  ") and len(line.split()) > 2 for line in lines)
    assert lines[-1] == f"Xem mọi mã và tên bằng lệnh: plan show {named_plan().id}"
    assert len(lines) <= 9


@pytest.mark.parametrize("typed", ["", "?!", "xyzzyq"])
def test_nothing_near_is_not_guessed_at(typed: str) -> None:
    assert len(refused(named_plan(), typed)) == 2


def test_a_unit_is_found_by_id_name_or_the_only_name_that_holds_the_words() -> None:
    plan = case.small_plan()
    assert {unit_named(plan, typed).id for typed in ("xa-c", "ubnd XÃ c", "C")} == {"xa-c"}
    with pytest.raises(PlanError, match=r"có 4 đơn vị mang tên “ubnd”. Có phải: UBND XÃ A \(xa-a\); UBND XÃ B "):
        unit_named(plan, "ubnd")
    with pytest.raises(PlanError, match="không có đơn vị “Hà Nội”"):
        unit_named(plan, "Hà Nội")
