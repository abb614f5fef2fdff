"""The clerk's evening: 170 returns, 30 of them damaged; the run ends, 140 are accepted, 30 explained, exit code 1.

Ten units have sent nothing but a damaged file, twenty have sent one after their good one. No two files are
damaged in the same way.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pytest

from tests.conftest import Run, run
from tests.mutations.model import Case, Kind, Subject
from tests.mutations.registry import KINDS
from tests.mutations.runner import put
from tests.mutations.subjects import of_run
from validation.message_table import MESSAGES
from validation.model import VERDICT_WORDS, Severity, Verdict

_UNITS, _DAMAGED, _ALONE = 150, 30, 10
_LATER = 6  # hours after the good file


@dataclass(frozen=True, slots=True)
class Evening:
    """The finished run; path below the inputs folder -> the kind of damage done to the file."""

    run: Run
    damaged: dict[str, str]


def by_turns(kinds: Iterable[Kind]) -> list[Kind]:
    """The kinds that a careless unit can do, theme by theme in turn."""
    themes: dict[str, list[Kind]] = {}
    for kind in kinds:
        if not kind.office and kind.theme not in ("nhận dạng", "ác ý"):
            themes.setdefault(kind.theme, []).append(kind)
    return [kind for round_ in zip_longest(*themes.values()) for kind in round_ if kind is not None]


def eligible(clean: Run) -> Iterator[Subject]:
    """The units that have sent both appendices, with answers of every sort that a kind may look for."""
    both = [u for u, told in clean.truth["units"].items() if told["indicators"] and told["tasks"]]
    for unit in sorted(both)[::4]:
        (subject,) = of_run(clean.truth, clean.inputs, [unit])
        if subject.task() and subject.task(dated=True) and subject.count():
            yield subject


def spoilt(subjects: Iterable[Subject]) -> Iterator[tuple[Subject, Kind, Case]]:
    """Each unit's return damaged by another kind, one file each, in which an error is due."""
    left = by_turns(KINDS)
    for subject in subjects:
        while left:
            kind = left.pop(0)
            case = kind.make(subject)
            grave = case is not None and any(MESSAGES[d.code].severity is Severity.ERROR for d in case.due)
            if case is not None and grave and len(case.sent) == 1:
                yield subject, kind, case
                break


@pytest.fixture(scope="module")
def evening(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    workspace = tmp_path_factory.mktemp("evening")
    inputs = workspace / "inputs" / clean.plan / clean.period
    shutil.copytree(clean.inputs, inputs)
    sent = {u: told["file"] for u, told in clean.truth["units"].items() if told["file"]}
    damaged: dict[str, str] = {}
    for number, (subject, kind, case) in zip(range(_DAMAGED), spoilt(eligible(clean)), strict=False):
        if number < _ALONE:
            (inputs / sent[subject.unit]).unlink()
        path = put(inputs / f"{number}", subject, case.sent[0], hours=_LATER)
        damaged[path.relative_to(inputs).as_posix()] = kind.name
    return Evening(run(workspace, "validate", "--period", clean.period), damaged)


def test_the_evening_is_as_the_issue_draws_it(evening: Evening) -> None:
    files = [p for p in evening.run.inputs.rglob("*") if p.is_file()]
    assert len(files) == _UNITS - _ALONE + _DAMAGED == 170
    assert len(evening.damaged) == len(set(evening.damaged.values())) == _DAMAGED


def test_the_run_ends_with_exit_code_1_and_140_accepted(evening: Evening) -> None:
    """Every file is a return with a verdict: 140 good ones, and the 30 damaged are none of them."""
    done = evening.run
    assert (done.code, done.stderr) == (1, "")
    assert "170 tệp" in done.stdout
    counted = {v: int(found[1]) for v in Verdict if (found := re.search(rf"  {VERDICT_WORDS[v]} +(\d+)", done.stdout))}
    assert counted[Verdict.ACCEPTED] == _UNITS - _ALONE
    assert counted[Verdict.ACCEPTED_WITH_WARNINGS] == 0
    assert counted[Verdict.TO_BE_CORRECTED] + counted[Verdict.UNREADABLE] == _DAMAGED


def test_each_damaged_file_is_explained_in_vietnamese(evening: Evening) -> None:
    """An error that names the file, in a sentence that says what is wrong and what to do."""
    errors: dict[str, list[dict[str, Any]]] = {path: [] for path in evening.damaged}
    for finding in evening.run.read("findings.json"):
        if finding["severity"] == "error":
            path = next(p for p in errors if finding["file"] == p or finding["file"].startswith(f"{p}/"))
            errors[path].append(finding)
    assert [evening.damaged[path] for path, found in errors.items() if not found] == []
    for found in errors.values():
        assert re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữự]", found[0]["message"])
        assert len(found[0]["message"]) > len(MESSAGES[found[0]["code"]].title) + 20


def test_nobody_is_counted_by_a_damaged_file_where_there_is_a_good_one(evening: Evening, clean: Run) -> None:
    """Twenty units stay with the file that was accepted; the damaged one is named beside it, or is nobody's."""
    done = run(evening.run.workspace, "status", "--period", clean.period, "--quiet")
    assert done.code == 0
    good = {told["file"] for told in clean.truth["units"].values() if told["file"]}
    shown = Counter(status["file"] in good for status in done.read("status.json"))
    assert shown[True] == _UNITS - _ALONE
