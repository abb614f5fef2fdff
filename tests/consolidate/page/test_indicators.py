"""The indicators of the page: every figure, bound, verdict and unit of the JSON, to the last digit."""

from __future__ import annotations

import re
from typing import Any

import pytest

from consolidate.absence import ABSENCE_WORDS, Absence
from consolidate.model import TARGET_VERDICT_WORDS
from tests.consolidate.page.page_case import Node, cell, drawn, number


def test_every_indicator_shows_the_figures_of_the_json(data: dict[str, Any], page: Node) -> None:
    """Value, target, verdict, coverage, changes: read back from the page, equal to the last digit."""
    lines = page.one("table", css="indicators").all("tr", css="line")
    assert len(lines) == len(data["indicators"])
    changed = 0
    for row, line in zip(data["indicators"], lines, strict=True):
        assert row["name"] in line.one("th").text
        result = cell(line, "Kết quả")
        if row["value"] is None:
            assert result == ("Số liệu mâu thuẫn" if row["conflicts"] else "Chưa có số liệu")
        else:
            assert number(result) == row["value"]
            assert ("ước" in result) is row["estimated"]
        assert number(cell(line, "Mục tiêu")) == row["target"]["value"]
        assert f"năm {row['target']['year']}" in cell(line, "Mục tiêu")
        assert cell(line, "Đánh giá").startswith(TARGET_VERDICT_WORDS[row["verdict"]])
        covered = cell(line, "Bao phủ")
        assert covered.startswith(f"{len(row['included'])}/{row['expected']} đơn vị")
        beyond = covered.partition("đơn vị")[2]
        told = row["coverage"]["basis"] != "units" and bool(row["missing"])
        assert told is ("%" in beyond), "of units, and of all, n/N says it already"
        if "%" in beyond:
            assert number(beyond) == pytest.approx(100 * row["coverage"]["share"], abs=1e-9)
        for change in row["changes"]:
            said = cell(line, "So với cùng kỳ năm trước (6 tháng đầu năm 2025)")
            difference, _, before = said.partition("từ")
            assert (number(difference), number(before)) == (change["difference"], change["value"])
            assert ("không cùng các đơn vị" in said) is not change["same_units"]
            changed += 1
    assert changed >= 5


def test_details_name_who_is_missing_and_what_was_divided(data: dict[str, Any], page: Node) -> None:
    """Behind each figure stand its numerator and denominator, its periods, and the units that are not in it."""
    unders = page.one("table", css="indicators").all("tr", css="under")
    names = data["unit_names"]
    for row, under in zip(data["indicators"], unders, strict=True):
        told_of = {d.one("dt").text: d.one("dd").text for d in under.one("dl", css="more").all("div")}
        if row["numerator"] is not None:
            parts = [number(part) for part in told_of["Tử số / mẫu số"].split(" / ")]
            assert parts == [row["numerator"], row["denominator"]]
        reasons = {ABSENCE_WORDS[Absence(why)]: units for why, units in row["missing_why"].items() if units}
        assert sorted(u for units in reasons.values() for u in units) == sorted(row["missing"])
        for word, units in reasons.items():
            said = told_of[f"Còn thiếu, {word} ({len(units)} đơn vị)"]
            whole = len(units) == row["expected"] > 1
            assert said == (
                "tất cả các đơn vị phải báo cáo chỉ tiêu này" if whole else ", ".join(map(names.get, units))
            )
            assert (f"{word} {len(units)}" if len(reasons) > 1 else word) in under.all("summary")[0].text
        values = [number(said.partition(":")[2]) for said in told_of["Qua các kỳ"].split("; ") if "chưa có" not in said]
        assert values == [p["value"] for p in row["trend"] if p["value"] is not None]
    conflict = next(u.text for r, u in zip(data["indicators"], unders, strict=True) if r["conflicts"])
    assert "74,6" in conflict and "75,1" in conflict and "Ban Kế hoạch" in conflict


def test_the_line_through_the_periods_is_told_to_who_does_not_see_it(page: Node) -> None:
    """A picture with a text alternative that has its numbers."""
    lines = page.all("svg", css="spark")
    assert lines
    for line in lines:
        assert re.search(r"6 tháng đầu năm 2025: [\d,]+.*6 tháng đầu năm 2026: [\d,]+", line.attributes["aria-label"])


def shown_alone(data: dict[str, Any], **changes: Any) -> Node:  # noqa: ANN401 (any JSON)
    """The table of indicators of a page with the first row alone, changed."""
    row = {**data["indicators"][0], **changes}
    return drawn({**data, "indicators": [row]}).one("table", css="indicators")


def test_every_bound_is_shown_with_its_sign_and_never_rounded(data: dict[str, Any]) -> None:
    """ "Từ 90 đến 110,5" in a row without decimals: both bounds, both milestones, both marks on the bar."""
    bounds = [(">=", 90), ("<=", 110.5)]
    first = data["indicators"][0]["target"]
    targets = [{**first, "comparator": sign, "value": value} for sign, value in bounds]
    table = shown_alone(data, decimals=0, targets=targets, milestones=[45, 55.25], on_track=False)
    assert cell(table, "Mục tiêu") == "≥ 90% và ≤ 110,5% năm 2026"
    assert "mốc đến cuối kỳ: ≥ 45% và ≤ 55,25%, chưa đạt mốc" in cell(table, "Đánh giá")
    assert len(table.one("td", data_label="Kết quả").all("svg", css="mark")) == 2


def test_what_rounding_hides_is_shown_finer(data: dict[str, Any]) -> None:
    """95,00% that fails a target of 95% would look like a mistake of ours."""
    table = shown_alone(data, value=95, finer=3, finer_value=94.996)
    assert cell(table, "Kết quả") == "95,00% ước (chính xác hơn: 94,996%)"
    assert "chính xác hơn" not in cell(shown_alone(data), "Kết quả")


def test_a_contradiction_shows_what_each_unit_typed(data: dict[str, Any]) -> None:
    """74,61 against 74,64 in a row of one decimal: both printed 74,6 would be no contradiction at all."""
    row = next(r for r in data["indicators"] if r["code"] == "CONFLICT")
    parts = [
        {**part, "fields": {"value": {**part["fields"]["value"], "value": value}}}
        for part, value in zip(row["units"], (74.61, 74.64), strict=True)
    ]
    said = shown_alone(data, **{**row, "units": parts}).text
    assert "Ban Kế hoạch: 74,61%; UBND XÃ A: 74,64%" in said
    fields = {"baseline": {"value": 34.2}, "current": {"value": None}}
    said = shown_alone(data, **{**row, "units": [{**part, "fields": fields} for part in parts]}).text
    assert "Ban Kế hoạch: kỳ gốc 34,2, hiện tại trống; UBND XÃ A: kỳ gốc 34,2" in said


def test_a_commune_finds_its_own_numbers(data: dict[str, Any], page: Node) -> None:
    """Every unit in a figure, with what it typed to the last digit; a crowd is sent to the workbook."""
    unders = page.one("table", css="indicators").all("tr", css="under")
    names, seen = data["unit_names"], 0
    for row, under in zip(data["indicators"], unders, strict=True):
        if not row["units"]:
            assert not under.all("table")
            continue
        lines = under.one("tbody").all("tr")
        assert [str(line.one("th").children[0]).strip() for line in lines] == [
            names[part["unit"]] for part in row["units"]
        ]
        for part, line in zip(row["units"], lines, strict=True):
            typed = [e["value"] for name, e in part["fields"].items() if name != "evidence"]
            shown = [td.text for td in line.all("td")][: len(typed)]
            assert [number(t) if isinstance(v, int | float) else t for v, t in zip(typed, shown, strict=True)] == typed
            assert ("ước" in line.one("th").text) is part["estimated"]
            seen += 1
    assert seen > 15
    ratio = unders[0].one("table")
    assert [head.text for head in ratio.one("thead").all("th")] == ["Đơn vị", "Tử số", "Mẫu số", "Tỷ lệ"]
    assert [td.text for td in ratio.one("tbody").all("tr")[1].all("td")] == ["2.468", "19.998", "12,34%"]
    crowd = shown_alone(data, units=data["indicators"][0]["units"] * 101)
    assert "Số liệu của từng đơn vị (202 đơn vị)" in crowd.text and "trang “Ma trận”" in crowd.text
    assert not crowd.all("tbody")[0].all("table")


def test_a_share_of_units_is_one_of_a_hundred(data: dict[str, Any]) -> None:
    """ "75,00 trạm" would be three quarters of all stations to no reader."""
    row = next(r for r in data["indicators"] if r["code"] == "DOCTORS")
    table = shown_alone(data, **{**row, "unit": "trạm"})
    assert cell(table, "Kết quả") == "66,67%"
    assert cell(table, "Mục tiêu") == "100% số đơn vị có từ 4 trở lên, năm 2027"


def test_targets_of_past_years_are_not_forgotten(data: dict[str, Any]) -> None:
    """In short beside the verdict, in a sentence among the details."""
    past = {"year": 2025, "comparator": ">", "value": 95, "threshold": None, "label": "Năm 2025", "result": 93.84}
    table = shown_alone(data, past_targets=[{**past, "included": 119, "expected": 129, "reached": False}])
    assert "mục tiêu năm 2025: chưa đạt" in cell(table, "Đánh giá")
    assert "(> 95%) đã hết hạn: kết quả năm 2025 là 93,84% (119/129 đơn vị), chưa đạt." in table.text


def test_a_line_of_growing_rows_joins_only_periods_of_one_kind(data: dict[str, Any]) -> None:
    """What starts at nothing every year falls from December to June and means nothing by it."""
    points = [
        {"period": period, "label": period, "value": value, "included": 1, "expected": 1, "estimated": False}
        for period, value in (("2025-H1", 40), ("2025-Y", 90), ("2026-H1", 45))
    ]
    for prorated, pieces in ((True, 1), (False, 1)):
        (line,) = shown_alone(data, trend=points, prorated=prorated).all("svg", css="spark")
        found = [p.attributes["points"].split() for p in line.all("polyline")]
        assert len(found) == pieces and len(found[0]) == (2 if prorated else 3)
