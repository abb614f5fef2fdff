"""Who is meant by what a person types after --unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plan.model import PlanError
from plan.naming import unit_named
from tests import blank

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
