"""An oracle of the tests: what a period must come to, computed from the rehearsal's truth by other means than ours.

The arithmetic shares no code with `consolidate`: it reads the truth file and the plan's CSV files and computes
every figure again in exact fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

Fields = dict[str, dict[str, Any]]


def counted(truth: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Units whose return can be used; their rows with a planted error are out, row by row."""
    for unit, sent in truth["units"].items():
        if sent["fate"] in ("clean", "odd", "faulty"):
            yield unit, sent


def usable(truth: dict[str, Any], code: str) -> dict[str, Fields]:
    """Unit -> the fields of an indicator as a correct reader must take them."""
    return {
        unit: sent["indicators"][code]
        for unit, sent in counted(truth)
        if code in sent["indicators"] and code not in sent["blocked_rows"]
    }


def applies(fields: Fields) -> bool:
    return all(f["state"] != "not_applicable" for name, f in fields.items() if name != "evidence")


def expected_value(row: dict[str, str], units: dict[str, Fields]) -> Fraction | None:  # noqa: PLR0911 (one return a measure)
    """DESIGN section 5, computed again."""
    values = [{n: f["value"] for n, f in fields.items()} for fields in units.values() if applies(fields)]
    if not values:
        return None

    def total(name: str) -> Fraction:
        return sum((Fraction(v[name]) for v in values), Fraction(0))

    if row["measure"] == "ratio":
        return 100 * total("numerator") / total("denominator")
    if row["measure"] == "attained":
        return Fraction(100 * sum(v["attained"] == "Đạt" for v in values), len(values))
    if row["measure"] == "threshold":
        least = int(row["targets"].split("@")[1].split(";")[0])  # the first year's threshold: 2027's in 2026
        return Fraction(100 * sum(int(v["count"]) >= least for v in values), len(values))
    if row["measure"] == "value":
        return total("value") if len(values) == 1 else None
    if "current" in values[0]:
        return total("current") - total("baseline")
    return expected_gain(total)


def expected_gain(total: Callable[[str], Fraction]) -> Fraction:
    """Percentage points between two ratios of sums."""
    now = total("current_numerator") / total("current_denominator")
    then = total("baseline_numerator") / total("baseline_denominator")
    return 100 * (now - then)


def as_text(value: object) -> str:
    """A JSON number or the truth's exact decimal, written the same way; None and "" are both nothing."""
    if value in (None, ""):
        return ""
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return str(value)


def to_places(value: Fraction, places: int) -> Decimal:
    """Half away from zero, through a quotient long enough for every figure here."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def check_figure(result: dict[str, Any], row: dict[str, str], truth: dict[str, Any]) -> None:
    """Assert that a figure is the same fraction, rounded alike, with the same units in it."""
    units = usable(truth, row["same_as"] or row["code"])
    value = expected_value(row, units)
    assert result["exact"] == (None if value is None else str(value)), row["code"]
    if value is None:
        assert result["value"] is None
    else:
        assert Decimal(str(result["value"])) == to_places(value, int(row["decimals"]))
    assert set(result["included"]) == {u for u, fields in units.items() if applies(fields)}
    assert set(result["not_applicable"]) == {u for u, fields in units.items() if not applies(fields)}
    assert result["expected"] == len({*result["included"], *result["missing"], *result["not_applicable"]})


def check_tasks(tasks: list[dict[str, Any]], truth: dict[str, Any]) -> None:
    """Assert that status and progress of every task follow from what its leads typed, by the stated rule."""
    said: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for unit, sent in counted(truth):
        for code, task in sent["tasks"].items():
            if code not in sent["blocked_rows"]:
                said[code][unit] = task
    for task in tasks:
        leads = [p["unit"] for p in task["units"] if p["role"] == "lead"]
        heard = [said[task["code"]][u] for u in leads if u in said[task["code"]]]
        statuses = {h["status"] for h in heard} - {"nothing"}
        if "in_progress" in statuses or len(statuses) > 1:
            expected = "in_progress"
        elif len(heard) < len(leads) or not heard:
            expected = "not_enough_reports"
        else:
            expected = statuses.pop() if statuses else "nothing"
        assert task["status"] == expected, task["code"]
        known = [Decimal(h["progress"]) for h in heard if h["progress"] is not None and h["status"] != "nothing"]
        assert task["progress"] == (min(known) if known else None), task["code"]
        for part in task["units"]:
            typed = said[task["code"]].get(part["unit"])
            assert part["status"] == (typed["status"] if typed else None)


def check_findings(findings: list[dict[str, Any]], truth: dict[str, Any]) -> int:
    """Assert that every planted fault is found at its cell and nothing else is held against anyone; how many."""
    planted = {(f["file"], f["sheet"], f["cell"], f["code"], f["severity"]) for f in truth["faults"]}
    found = {(f["file"], f["sheet"], f["cell"], f["code"], f["severity"]) for f in findings}
    assert planted <= found
    assert {f for f in found if f[4] != "note"} <= planted
    return len(planted)
