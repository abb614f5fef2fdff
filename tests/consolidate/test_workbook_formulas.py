"""Live formulas come to the exact figure where binary fractions, or an early rounding, would tip its last digit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from plan.model import Aggregation, Measure, Plan
from tests.blank import H1
from tests.consolidate.workbook_case import AS_OF, COUNT, NUMBER, entry, indicator, say, small_plan
from tests.office import Office, recalculation_differences
from validation.model import Checked, IndicatorEntry

CHANGE = {f"{at}_{part}": COUNT for at in ("baseline", "current") for part in ("numerator", "denominator")}
# What was typed -> the figure; every one lies within 1e-10 of a five, or on it while the binary sum does not.
AWKWARD: dict[str, tuple[dict[str, dict[str, str]], float]] = {
    "SLIGHT": (
        {
            "xa-a": {
                "current_numerator": "181786",
                "current_denominator": "399989",
                "baseline_numerator": "177815",
                "baseline_denominator": "400009",
            }
        },
        0.99,  # 0.99499999999066, not 0.995
    ),
    "SUM": ({"xa-a": {"value": "1.1"}, "xa-b": {"value": "2.2"}, "xa-c": {"value": "1000000.705"}}, 1000004.01),
    "GAIN": ({"ban": {"baseline": "1000000.3", "current": "1000001.345"}}, 1.05),
    "WEIGHTED": (
        {
            "xa-a": {"value": "0.1", "weight": "3"},
            "xa-b": {"value": "0.2", "weight": "3"},
            "xa-c": {"value": "0.115", "weight": "2"},
        },
        0.14,  # 1.13 / 8 = 0.14125
    ),
    "RATIO": (
        {"xa-a": {"numerator": "0.1", "denominator": "4"}, "xa-b": {"numerator": "0.2", "denominator": "20"}},
        1.25,
    ),
}


def awkward_plan() -> Plan:
    rows = (
        indicator("SLIGHT", Measure.CHANGE, Aggregation.DIFFERENCE, CHANGE),
        indicator("SUM", Measure.VALUE, Aggregation.SUM, {"value": NUMBER}),
        indicator(
            "GAIN", Measure.CHANGE, Aggregation.DIFFERENCE, {"baseline": NUMBER, "current": NUMBER}, reporters=("ban",)
        ),
        indicator("WEIGHTED", Measure.VALUE, Aggregation.WEIGHTED_MEAN, {"value": NUMBER, "weight": COUNT}),
        indicator("RATIO", Measure.RATIO, Aggregation.RATIO_OF_SUMS, {"numerator": NUMBER, "denominator": COUNT}),
    )
    return replace(small_plan(rows=False), indicators=rows)


def awkward_run() -> Consolidation:
    entries: list[IndicatorEntry] = []
    for code, (typed, _) in AWKWARD.items():
        for unit, fields in typed.items():
            entries += [entry(unit, f"{code}.{field}", Decimal(value)) for field, value in fields.items()]
    return consolidate(awkward_plan(), H1, AS_OF, Checked((), (), tuple(entries), ()))


def test_the_cached_values_are_exact() -> None:
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(awkward_run(), say)), data_only=True)["Phụ lục 1"]
    found = {str(row[1].value).removeprefix("Chỉ tiêu "): row[4].value for row in sheet.iter_rows()}
    assert {code: found[code] for code in AWKWARD} == {code: figure for code, (_, figure) in AWKWARD.items()}


@pytest.mark.office
def test_a_recalculation_comes_to_the_same(office: Office, tmp_path: Path) -> None:
    data = draw_workbook(awkward_run(), say)
    compared, differences = recalculation_differences(data, office.recalculate(data, tmp_path))
    assert differences == []
    assert compared > 10
