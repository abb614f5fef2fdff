"""What consolidated.json tells: nothing rounded into a claim, nothing of a row in error lost."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from consolidate.model import Coverage, CoverageBasis
from consolidate.result_json import consolidated_json
from consolidate.result_rows import indicator_row
from consolidate.run import consolidate
from plan.words import TaskStatus
from tests.consolidate.workbook_case import AS_OF, full_run, task_entry


def told(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of a run)
    body: dict[str, Any] = json.loads(consolidated_json(replace(full_run(), **changed)))
    return body


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(1), 1),
        (Fraction(99_997, 100_000), 0.999),
        (Fraction(1, 100_000), 0.001),
        (Fraction(0), 0),
        (Fraction(92_062, 100_000), 0.921),
        (None, None),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: Fraction | None, shown: float | None) -> None:
    """100 % dân số beside a missing unit is a lie."""
    run = full_run()
    result = replace(run.indicators[0], coverage=Coverage(CoverageBasis.POPULATION, share))
    assert indicator_row(run, result, "1")["coverage"] == {"basis": "population", "share": shown}


def test_difficulties_of_a_row_in_error_are_told_and_marked() -> None:
    """The number is wrong, the cry for help is not; status and progress of such a row are no figure."""
    run = full_run()
    entries = tuple(e for e in run.checked.task_entries if (e.row, e.unit) != ("NV-1", "xa-c"))
    cry = task_entry("xa-c", "NV-1", TaskStatus.COMPLETED, 30, difficulties="Thiếu bác sĩ", result="Xong", blocked=True)
    checked = replace(run.checked, task_entries=(*entries, cry))
    body = json.loads(consolidated_json(consolidate(run.plan, run.period, AS_OF, checked)))
    (part,) = (p for p in body["tasks"][0]["units"] if p["unit"] == "xa-c")
    assert part["blocked"] is True
    assert (part["difficulties"], part["status"], part["progress"]) == ("Thiếu bác sĩ", None, None)
    assert "result" not in part


def test_what_was_sent_in_time_is_counted_whatever_became_of_it() -> None:
    """Four files, one of them late; a file to be corrected was sent in time all the same."""
    assert told()["sent"] == {"in_time": 3, "late": 1}


def test_files_younger_than_the_moment_of_the_run_are_named() -> None:
    """Every output says "tính đến": whoever was counted though later has to be said."""
    assert told()["files"]["after_moment"] == []
    early = full_run().as_of.replace(hour=1)
    assert len(told(as_of=early)["files"]["after_moment"]) == 4
