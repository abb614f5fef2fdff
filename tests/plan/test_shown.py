"""What people see where the document prints nothing: numbers, headings, units of measure, targets, leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan.grammar import parse_due, parse_fields, parse_targets
from plan.model import Assignment, Group, Indicator, Measure, Task
from plan.shown import (
    heading_of,
    new_headings,
    numbered,
    shown_due,
    shown_leads,
    shown_numbers,
    shown_target,
    shown_unit,
)
from tests.blank import INDICATOR, PLAN, TASK, unit


def _indicator(**change: object) -> Indicator:
    return replace(INDICATOR, **change)  # type: ignore[arg-type]  # fields by name


def test_rows_without_a_number_are_counted_apart_from_printed_ones() -> None:
    """Someone on the telephone can say "dòng (2)"; printed numbers stay as they are."""
    rows = [_indicator(code=code, number=number) for code, number in (("A", ""), ("B", "2."), ("C", ""), ("D", "6.1"))]
    assert shown_numbers(rows) == {"A": "(1)", "B": "2.", "C": "(2)", "D": "6.1"}


@pytest.mark.parametrize(
    ("number", "line"), [("3", "3. Tên"), ("3.", "3. Tên"), ("(3)", "(3) Tên"), ("", "Tên"), ("6.1", "6.1. Tên")]
)
def test_a_number_stands_before_its_text(number: str, line: str) -> None:
    assert numbered(number, "Tên") == line


def test_headings_are_drawn_when_they_change_and_again_in_a_new_section() -> None:
    assert new_headings(("", ""), ("Mục 1", "I. A")) == ["Mục 1", "I. A"]
    assert new_headings(("Mục 1", "I. A"), ("Mục 1", "I. A")) == []
    assert new_headings(("Mục 1", "I. A"), ("Mục 1", "II. B")) == ["II. B"]
    assert new_headings(("Mục 1", "I. A"), ("Mục 2", "I. A")) == ["Mục 2", "I. A"]
    assert new_headings(("", "I. A"), ("", "")) == []
    assert heading_of(_indicator(section="1. Đến 2030", group_number="I", group="A")) == ("1. Đến 2030", "I. A")
    task: Task = replace(TASK, group_number="1", group="Đổi mới")
    assert heading_of(task) == ("", "1. Đổi mới")


@pytest.mark.parametrize(
    ("change", "unit_shown"),
    [
        ({"unit": "Tuổi"}, "Tuổi"),
        ({"unit": "", "measure": Measure.RATIO}, "%"),
        ({"unit": "", "measure": Measure.ATTAINED}, "%"),
        ({"unit": "", "fields": parse_fields("value [năm]: Số năm")}, "năm"),
        ({"unit": "", "measure": Measure.CHANGE, "fields": parse_fields("baseline [cm]: A | current [cm]: B")}, "cm"),
        (
            {
                "unit": "",
                "measure": Measure.CHANGE,
                "fields": parse_fields(
                    "baseline_numerator: A | baseline_denominator: B | current_numerator: C | current_denominator: D"
                ),
            },
            "điểm %",
        ),
    ],
)
def test_a_blank_unit_of_measure_is_that_of_the_figure(change: dict[str, object], unit_shown: str) -> None:
    assert shown_unit(_indicator(**change)) == unit_shown


def test_a_printed_target_is_shown_verbatim_and_a_blank_one_as_read() -> None:
    """Muong-la prints its targets inside the names: the sheet still says what is to be reached, and by when."""
    targets = parse_targets("2026 > 95; 2030 >= 100")
    assert shown_target(_indicator(target_text=">95 (2026), toàn dân (2030)", targets=targets)).endswith(
        "toàn dân (2030)"
    )
    assert shown_target(_indicator(targets=targets)) == "> 95 (năm 2026); ≥ 100 (năm 2030)"
    assert (
        shown_target(_indicator(unit="", measure=Measure.RATIO, targets=targets))
        == "> 95% (năm 2026); ≥ 100% (năm 2030)"
    )
    assert shown_target(_indicator(targets=parse_targets("2030 >= 1.6"))) == "≥ 1,6 (năm 2030)"
    assert shown_target(_indicator(measure=Measure.ATTAINED, targets=parse_targets("2030 >= 100"))) == "Đạt (năm 2030)"
    doctors = _indicator(fields=parse_fields("count [bác sĩ]: Số"), targets=parse_targets("2027 >= 100 @4"))
    assert shown_target(doctors) == "từ 4 bác sĩ (năm 2027)"
    most = replace(doctors, targets=parse_targets("2027 > 80 @4"))
    assert shown_target(most) == "> 80% đơn vị có từ 4 bác sĩ (năm 2027)"
    assert shown_target(_indicator()) == "Không nêu số"


def test_a_blank_deadline_is_shown_as_typed() -> None:
    """A task that staff add in Excel has no printed deadline: the unit still reads when it is due."""
    task = replace(TASK, due=parse_due("by 2026-Q3; ongoing"))
    assert shown_due(task) == "đến 2026-Q3; thường xuyên"
    assert shown_due(replace(task, due_text="Quý III/2026")) == "Quý III/2026"
    assert shown_due(replace(TASK, due=parse_due("unknown"))) == ""


def test_a_blank_lead_is_shown_by_the_names_behind_it() -> None:
    plan = replace(PLAN, units=(unit("tram", "Trạm Y tế"),), groups=(Group("to", "Các tổ dân phố", ()),))
    task = replace(TASK, leads=(Assignment("tram"), Assignment("@to"), Assignment("?các đơn vị khác")))
    assert shown_leads(plan, task) == "Trạm Y tế; Các tổ dân phố; các đơn vị khác"
    assert shown_leads(plan, replace(task, lead_text="Trạm y tế, tổ")) == "Trạm y tế, tổ"
