"""The main job end to end on the real plan, held against the simulator's truth by other means than ours.

The arithmetic below shares no code with `consolidate`: it reads the truth file and the plan's CSV files
and computes every figure again in exact fractions.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import pytest

from tests.conftest import ROOT, Run, run

CATALOG = ROOT / "plan" / "catalog" / "ninh-binh-syt"
Fields = dict[str, dict[str, Any]]


def rows(name: str) -> list[dict[str, str]]:
    with (CATALOG / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


INDICATORS = rows("indicators.csv")
TASKS = rows("tasks.csv")


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


def test_the_demo_ends_well_and_tells_the_next_command(demo: Run) -> None:
    """Exit 0 means that validation found exactly what was planted; the summary leads on."""
    assert demo.code == 0, demo.stdout + demo.stderr
    assert "tìm đúng cả" in demo.stdout
    assert "Lệnh tiếp theo:" in demo.stdout
    assert demo.stderr == ""


def test_the_demo_makes_everything_of_a_period(demo: Run) -> None:
    """About 150 templates, their returns, feedback for what is wrong, the workbook and its JSON."""
    assert len(list((demo.outputs / "templates").glob("*.xlsx"))) == 150
    assert len([p for p in demo.inputs.rglob("*") if p.is_file()]) == len(demo.truth["files"]) > 140
    assert (demo.outputs / "tong-hop.xlsx").stat().st_size > 50_000
    wrong = {f["file"] for f in demo.read("findings.json") if f["severity"] != "note"}
    assert len(list((demo.outputs / "feedback").glob("*.xlsx"))) == len(wrong) > 15


@pytest.mark.parametrize("row", INDICATORS, ids=[r["code"] for r in INDICATORS])
def test_every_figure_is_what_the_truth_gives(demo: Run, row: dict[str, str]) -> None:
    """Exactly the same fraction, the same rounding, the same units in it."""
    result = next(i for i in demo.read("consolidated.json")["indicators"] if i["code"] == row["code"])
    units = usable(demo.truth, row["same_as"] or row["code"])
    value = expected_value(row, units)
    assert result["exact"] == (None if value is None else str(value))
    if value is None:
        assert result["value"] is None
    else:
        assert Decimal(str(result["value"])) == to_places(value, int(row["decimals"]))
    assert set(result["included"]) == {u for u, fields in units.items() if applies(fields)}
    assert set(result["not_applicable"]) == {u for u, fields in units.items() if not applies(fields)}
    assert result["expected"] == len({*result["included"], *result["missing"], *result["not_applicable"]})


def test_no_accepted_value_differs_from_what_was_typed(demo: Run) -> None:
    """Every field of every unit that is in a figure, one by one."""
    truth = demo.truth
    compared = 0
    for indicator in demo.read("consolidated.json")["indicators"]:
        source = next(r["same_as"] or r["code"] for r in INDICATORS if r["code"] == indicator["code"])
        for part in indicator["units"]:
            typed = truth["units"][part["unit"]]["indicators"][source]
            for name, field in part["fields"].items():
                assert as_text(field["value"]) == as_text(typed[name]["value"]), (part["unit"], name)
                assert field["file"] == truth["units"][part["unit"]]["file"]
                compared += 1
    assert compared > 1500


def test_every_task_follows_from_what_its_leads_typed(demo: Run) -> None:
    """Status by the stated rule, progress the slowest lead's, recomputed from the truth."""
    truth = demo.truth
    said: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for unit, sent in counted(truth):
        for code, task in sent["tasks"].items():
            if code not in sent["blocked_rows"]:
                said[code][unit] = task
    for task in demo.read("consolidated.json")["tasks"]:
        leads = [p["unit"] for p in task["units"] if p["role"] == "lead"]
        heard = [said[task["code"]][u] for u in leads if u in said[task["code"]]]
        statuses = {h["status"] for h in heard} - {"nothing"}
        if "in_progress" in statuses or len(statuses) > 1:
            expected = "in_progress"
        elif len(heard) < len(leads):
            expected = "not_enough_reports"
        else:
            expected = statuses.pop() if statuses else "nothing"
        assert task["status"] == expected, task["code"]
        known = [Decimal(h["progress"]) for h in heard if h["progress"] is not None and h["status"] != "nothing"]
        assert task["progress"] == (min(known) if known else None), task["code"]
        for part in task["units"]:
            typed = said[task["code"]].get(part["unit"])
            assert part["status"] == (typed["status"] if typed else None)


def test_every_planted_fault_is_found_at_its_cell_and_nothing_else_is_held_against_anyone(demo: Run) -> None:
    """The exact file, sheet, cell, code and severity of each; no further error or warning anywhere."""
    planted = {(f["file"], f["sheet"], f["cell"], f["code"], f["severity"]) for f in demo.truth["faults"]}
    found = {(f["file"], f["sheet"], f["cell"], f["code"], f["severity"]) for f in demo.read("findings.json")}
    assert len(planted) >= 30
    assert planted <= found
    assert {f for f in found if f[4] != "note"} <= planted


def test_a_clean_fill_of_every_template_gives_zero_findings(clean: Run) -> None:
    """150 units, every row of both appendices, not one remark of any severity; exit 0."""
    assert clean.code == 0, clean.stdout + clean.stderr
    done = run(clean.workspace, "validate", "--period", "2026-H1", "--format", "json")
    assert (done.code, done.stdout.strip()) == (0, "[]")
    body = clean.read("consolidated.json")
    assert body["units"] == {"expected": 150, "received": 150, "counted": 150, "accepted": 150}
    assert all(i["missing"] == [] for i in body["indicators"])


def test_the_same_inputs_and_moment_give_the_same_bytes(demo: Run) -> None:
    """Re-running validate, consolidate and status changes not one byte of any output."""
    moment = ("--period", "2026-H1", "--as-of", "12/06/2026 08:00")
    run(demo.workspace, "status", *moment)

    def prints() -> dict[str, str]:
        files = (p for p in sorted(demo.outputs.rglob("*")) if p.is_file())
        return {p.relative_to(demo.outputs).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    before = prints()
    assert run(demo.workspace, "validate", *moment).code == 1
    assert run(demo.workspace, "consolidate", *moment).code == 1
    assert run(demo.workspace, "status", *moment).code == 0
    assert prints() == before
    assert len(before) > 170


def test_status_counts_every_unit_once(demo: Run) -> None:
    """150 lines; silent units are missing, unreadable ones are to be corrected, late ones are late."""
    done = run(demo.workspace, "status", "--period", "2026-H1", "--as-of", "09/06/2026 22:00")
    assert done.code == 0
    assert re.search(r"hôm nay là ngày cuối", done.stdout)
    states = {s["unit"]: s["state"] for s in demo.read("status.json")}
    assert len(states) == 150
    truth = demo.truth["units"]
    # A file of which nobody can tell whose it is leaves its sender silent, and stands in the list of unclear files.
    unclear = {
        f["unit"]
        for f in demo.truth["faults"]
        if f["code"] in ("IDENTITY_CONFLICT", "IDENTITY_UNKNOWN", "UNIT_UNKNOWN")
    }
    silent = {u for u, t in truth.items() if t["fate"] == "missing"} | unclear
    assert {u for u, s in states.items() if s == "missing"} == silent
    wrong = {u for u, t in truth.items() if t["fate"] in ("faulty", "unreadable")} - unclear
    assert {u for u, s in states.items() if s == "to_be_corrected"} == wrong
    assert {u for u, s in states.items() if s == "late"} == {
        u for u, t in truth.items() if t["late"] and t["fate"] in ("clean", "odd")
    }


def test_nothing_in_inputs_is_ever_changed(demo: Run) -> None:
    """After all these runs every return still has the digest with which it was sent."""
    for file, digest in demo.truth["files"].items():
        assert hashlib.sha256((demo.inputs / file).read_bytes()).hexdigest() == digest
