"""The main job end to end on the real plan, held against the simulator's truth by the tests' own oracle."""

from __future__ import annotations

import hashlib
import os
import re

import openpyxl
import pytest

from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, column_letter
from tests.conftest import Run, run
from tests.oracle import as_text, check_figure, check_findings, check_tasks
from tests.plan.catalog_case import rows

INDICATORS = rows("ninh-binh-syt", "indicators")


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
    wrong = {f["file"] for f in demo.read("findings.json") if f["severity"] == "error" and f["unit"]}
    assert len(list((demo.outputs / "feedback").glob("*.xlsx"))) >= len(wrong) > 10
    assert all(demo.copy_of(file).is_file() for file in wrong)


@pytest.mark.parametrize("row", INDICATORS, ids=[r["code"] for r in INDICATORS])
def test_every_figure_is_what_the_truth_gives(demo: Run, row: dict[str, str]) -> None:
    """Exactly the same fraction, the same rounding, the same units in it."""
    result = next(i for i in demo.read("consolidated.json")["indicators"] if i["code"] == row["code"])
    check_figure(result, row, demo.truth)


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
    check_tasks(demo.read("consolidated.json")["tasks"], demo.truth)


def test_every_planted_fault_is_found_at_its_cell_and_nothing_else_is_held_against_anyone(demo: Run) -> None:
    """The exact file, sheet, cell, code and severity of each; no further error or warning anywhere."""
    assert check_findings(demo.read("findings.json"), demo.truth) >= 30


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
    moment = ("--period", "2026-H1", "--as-of", "13/06/2026 08:00")
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


def test_a_second_period_is_held_against_the_first(clean: Run) -> None:
    """A faultless year after a faultless half-year says nothing; a slip of ten is asked about at its cell."""
    year = ("--period", "2026-Y")
    for step in (("template",), ("simulate", "--clean"), ("validate", "--as-of", "2026-12-12")):
        done = run(clean.workspace, *step, *year)
        assert done.code == 0, done.stderr
    later = Run(clean.workspace, 0, "", "", period="2026-Y")
    assert later.read("findings.json") == []
    path = later.inputs / "2026-Y_xa-gia-vien.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book[INDICATOR_SHEET]
    codes = [cells[0] for cells in sheet.iter_rows(max_col=1, values_only=True)]
    address = f"{column_letter(INDICATOR_COLUMNS, 'value')}{codes.index('BHYT_COVERAGE.denominator') + 1}"
    people = sheet[address].value
    assert isinstance(people, int)
    sheet[address].value = people * 10
    moment = path.stat().st_mtime
    book.save(path)
    os.utime(path, (moment + 60, moment + 60))
    assert run(clean.workspace, "validate", "--as-of", "2026-12-12", *year).code == 0
    found = [(f["code"], f["cell"]) for f in later.read("findings.json") if f["severity"] == "warning"]
    assert ("SLIP_AGAINST_HISTORY", address) in found
