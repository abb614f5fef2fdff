"""Every number of the report comes from consolidated.json, and each of those it shows follows when it changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from consolidate.report.notable import LARGE_PERCENT, LARGE_POINTS, LOW_COVERAGE
from consolidate.spelled import count, figure, percent, plain
from tests.consolidate.report.report_case import compared_data, leaves, text_of, with_groups

Spelled = Callable[[Any], str]


def _decimals(places: int) -> Spelled:
    return lambda value: figure(value, places)


def _size(value: float) -> str:
    return figure(abs(value), 2)


# What the report says of each number, by its place in the JSON.
SHOWN: dict[str, Spelled] = {
    "units.expected": count,
    "units.received": count,
    "units.counted": count,
    **{f"reporting.{state}": count for state in ("on_time", "late", "to_be_corrected", "missing")},
    "supplements": count,
    "units.accepted": count,
    "sent.in_time": count,
    "sent.late": count,
    **{f"verdicts.{v}": count for v in ("reached", "not_reached", "not_enough_data", "not_yet_due", "no_target")},
    "verdicts.not_applicable": count,
    "all_tasks.tasks": count,
    "all_tasks.overdue": count,
    "all_tasks.at_risk": count,
    **{
        f"{tally}.counts.{status}": count
        for tally in ("all_tasks", "groups[]")
        for status in ("completed", "in_progress", "not_started", "nothing", "not_enough_reports")
    },
    "groups[].tasks": count,
    "groups[].overdue": count,
    "groups[].at_risk": count,
    "indicators[].value": _decimals(2),
    "indicators[].numerator": plain,
    "indicators[].denominator": plain,
    "indicators[].expected": count,
    "indicators[].targets[].year": str,
    "indicators[].targets[].value": plain,
    "indicators[].targets[].threshold": count,
    "indicators[].milestones[]": plain,
    "indicators[].mean_of_percentages": _decimals(2),
    "indicators[].changes[].value": _decimals(2),
    "indicators[].changes[].difference": _size,
    "indicators[].coverage.share": percent,
    "tasks[].progress": plain,
}


@pytest.mark.parametrize("place", sorted(SHOWN))
def test_a_number_that_changes_in_the_json_changes_in_the_report(place: str) -> None:
    """Nothing is computed anew, written by hand or left over: each number is carried, in its own spelling."""
    data = with_groups(compared_data())
    for row in data["indicators"]:
        row["decimals"] = 2
        row["coverage"]["basis"] = "population"
    wanted = []
    found = [(container, key) for at, container, key in leaves(data) if at == place]
    for number, (container, key) in enumerate(found):
        container[key] = 0.1234 + number / 1000 if place.endswith("share") else 7001 + number
        wanted.append(SHOWN[place](container[key]))
    if place == "indicators[].coverage.share":  # told only where somebody is missing
        wanted = [
            SHOWN[place](r["coverage"]["share"]) for r in data["indicators"] if r["missing"] and r["expected"] > 1
        ]
    if place == "indicators[].expected":  # one that nobody but a single unit reports names it instead
        wanted = [f"{len(row['included'])}/{count(row['expected'])}" for row in data["indicators"]]
    if place in ("indicators[].value", "indicators[].mean_of_percentages"):
        assert wanted
    text = text_of(data)
    assert found
    assert [number for number in wanted if number not in text] == []


def test_the_report_holds_no_number_that_the_json_does_not() -> None:
    """All numbers of the JSON are replaced by strange ones: whatever numeral is left has to be of a text or a count."""
    data = with_groups(compared_data())
    for row in data["indicators"]:
        row["decimals"] = 2
    spelled = set()
    for number, (place, container, key) in enumerate(list(leaves(data))):
        if place.endswith(".decimals"):
            continue
        container[key] = 0.3001 + number / 10_000 if place.endswith("share") else 52_001 + number
        value = container[key]
        spelled |= {count(int(value)), str(value), plain(value), figure(value, 2), percent(value).rstrip("%")}
    counted = {str(number) for number in range(8)}  # lengths of short lists
    counted.add(str(len(data["indicators"])))
    constant = {"100", "90"}  # of a percentage; the days of RISK_RULE
    constant |= {str(n) for n in (LARGE_POINTS, LARGE_PERCENT, LOW_COVERAGE)}
    written = set(re.findall(r"\d+", " ".join(_texts(data))))
    numerals = set(re.findall(r"\d+(?:[.,]\d+)*", text_of(data)))
    strange = {n for n in numerals if n not in spelled | counted | constant | written}
    assert {n for n in strange if not set(re.findall(r"\d+", n)) <= written | counted} == set()


def test_how_many_units_are_in_a_figure_is_counted_from_their_list() -> None:
    data = compared_data()
    row = next(r for r in data["indicators"] if r["code"] == "SUM")
    before = text_of(data)
    row["included"].remove("xa-a")
    row["missing"].append("xa-a")
    row["missing_why"]["faulty"].append("xa-a")
    after = text_of(data)
    assert "Chỉ tiêu SUM" in before
    assert before.count("2/4") + 4 == after.count("2/4")  # table, provisionally missed, low coverage, appendix
    assert "còn thiếu 2 đơn vị: chưa nộp 1 (UBND XÃ D); dòng có lỗi 1 (UBND XÃ A)" in after


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    keys = list(value) if isinstance(value, dict) else []
    return [*keys, *(text for item in inside for text in _texts(item))]
