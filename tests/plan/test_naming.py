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
    with pytest.raises(PlanError, match="không có đơn vị"):
        unit_named(PLAN, typed)


def test_a_misspelt_name_is_answered_with_the_near_ones() -> None:
    with pytest.raises(PlanError, match="Có phải xa-gia-vien"):
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
    ],
)
def test_a_row_is_found_by_code_or_by_its_printed_number(typed: str, code: str) -> None:
    assert row_named(named_plan(), typed).code == code


def test_a_number_of_two_rows_is_not_picked() -> None:
    with pytest.raises(PlanError) as refused:
        row_named(named_plan(), "14")
    assert refused.value.lines[0].startswith("Số “14” đứng ở 2 dòng.")
    assert [line.split()[0] for line in refused.value.lines[1:]] == ["RATIO", "NV-1"]


@pytest.mark.parametrize(("typed", "near"), [("RATO", "RATIO"), ("chỉ tiêu single", "SINGLE"), ("NV-9", "NV-1")])
def test_an_unknown_row_is_answered_with_the_near_ones_and_all_codes(typed: str, near: str) -> None:
    with pytest.raises(PlanError) as refused:
        row_named(named_plan(), typed)
    lines = refused.value.lines
    assert any(line.startswith(f"  {near} ") for line in lines)
    assert lines[-2:] == ("Mã chỉ tiêu: RATIO, SINGLE, CONFLICT", "Mã nhiệm vụ: NV-1, NV-2, NV-3")


def test_a_unit_is_found_by_id_name_or_the_only_name_that_holds_the_words() -> None:
    plan = case.small_plan()
    assert {unit_named(plan, typed).id for typed in ("xa-c", "ubnd XÃ c", "C")} == {"xa-c"}
    with pytest.raises(PlanError, match="Có phải xa-a hoặc xa-b hoặc xa-c hoặc xa-d"):
        unit_named(plan, "ubnd")
    with pytest.raises(PlanError, match="không có đơn vị “Hà Nội”"):
        unit_named(plan, "Hà Nội")
