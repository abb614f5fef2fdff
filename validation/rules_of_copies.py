"""Rules against whole returns that are copies: of another unit's, or of the unit's own last one.

Two returns are alike when they say the same on every row that both have. Chance is excluded by substance: different
numbers from ten on (100 apart) and the numbers of documents count one each, texts of a sentence's length two, and
five are wanted. Statuses, percentages and remarks ("Ghi chú, giải trình") prove nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from plan.words import TaskStatus
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import At, Finding, TaskEntry
from validation.reading import ReadTask

_ENOUGH = 5  # the substance of a copy
_SENTENCE = 20  # characters
_NAMED = 3  # units in one message

_Value = Decimal | float | str | date | None
_Answer = _Value | tuple[_Value, ...]  # of a task all its cells together
_Said = Mapping[tuple[str, str], _Answer]  # (row, field; "" of a task) -> what stands there


def copies(seen: Evidence) -> Iterator[Finding]:
    """The last returns of two units that say the same, told in both; and a return that says what counted before."""
    said = _said_by_file(seen)
    units = {c.file: c.unit for c in seen.cells} | {t.file: t.unit for t in seen.tasks}
    names = {u.id: u.name for u in seen.plan.units}
    for file, twins in _twins(said).items():
        others = sorted(names.get(units[o], units[o]) for o in twins)
        yield finding("RETURNS_IDENTICAL", file, At(unit=units[file]), facts={"others": _listed(others)})
    known = _said_before(seen)
    for file, answers in said.items() if known else ():
        if (last := known.get(units[file])) is not None and _alike(answers, last[1]):
            yield finding("IDENTICAL_TO_LAST", file, At(unit=units[file]), facts={"period": last[0]})


def _said_before(seen: Evidence) -> dict[str, tuple[str, _Said]]:
    """Return unit -> the nearest period in which anything of it counted, and what that was."""
    known: dict[str, tuple[str, _Said]] = {}
    for earlier in seen.earlier:
        period: dict[str, dict[tuple[str, str], _Answer]] = defaultdict(dict)
        for entry in earlier.indicator_entries:
            if not entry.blocked and entry.unit not in known:
                period[entry.unit][entry.row, entry.field] = entry.value
        for task in earlier.task_entries:
            if not task.blocked and task.unit not in known:
                period[task.unit][task.row, ""] = _answer(task)
        known |= {unit: (earlier.period.label, said) for unit, said in period.items()}
    return known


def _said_by_file(seen: Evidence) -> dict[str, _Said]:
    """Return what the last file of each unit says, without its remarks."""
    said: dict[str, dict[tuple[str, str], _Answer]] = {file: {} for file in sorted(seen.latest_files())}
    for cell in seen.cells:
        if cell.file in said:
            said[cell.file][cell.line.indicator.code, cell.line.field.name] = cell.value
    for task in seen.tasks:
        if task.file in said:
            said[task.file][task.line.code, ""] = _answer(task)
    return dict(said)


def _answer(task: ReadTask | TaskEntry) -> tuple[_Value, ...]:
    idle = task.status is TaskStatus.NOT_STARTED and task.progress is None
    progress = 0.0 if idle or task.progress is None else float(task.progress)  # a float: a percentage proves nothing
    return (
        task.status.value if task.status is not None else None,
        progress,
        task.document_date,
        task.result,
        task.document_number,
        task.difficulties,
        task.proposals,
    )


def _twins(said: Mapping[str, _Said]) -> dict[str, list[str]]:
    twins: dict[str, list[str]] = defaultdict(list)
    for one, other in _candidates(said):
        if _alike(said[one], said[other]):
            twins[one].append(other)
            twins[other].append(one)
    return dict(sorted(twins.items()))


def _candidates(said: Mapping[str, _Said]) -> Iterable[tuple[str, str]]:
    """Return the pairs of files that may be alike: neighbours, in order of content, among those that share an answer.

    All pairs of 3,321 communes would be five million; neighbours are no more than the answers.
    """
    contents: dict[tuple[object, ...], int] = {}
    rank = {file: contents.setdefault(tuple(answers.items()), len(contents)) for file, answers in said.items()}
    sharing: dict[tuple[tuple[str, str], _Answer], list[str]] = defaultdict(list)
    for file in sorted(said, key=lambda f: (rank[f], f)):
        for answer in said[file].items():
            if any(_weight(value) for value in _values(answer[1])):
                sharing[answer].append(file)
    pairs: dict[tuple[str, str], None] = {}
    for files in sharing.values():
        if len(files) > 1:
            pairs |= dict.fromkeys(pairwise(files))
    return pairs


def _alike(one: _Said, other: _Said) -> bool:
    """True when all answers that both have are the same, and prove something; what is repeated proves once."""
    proof: set[_Value] = set()
    for row, answer in one.items():
        if row in other:
            if other[row] != answer:
                return False
            proof.update(_values(answer))
    return sum(_weight(value) for value in proof) >= _ENOUGH


def _values(answer: _Answer) -> tuple[_Value, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


def _weight(value: _Value) -> int:
    """Return how much it proves that two returns hold `value`."""
    if isinstance(value, Decimal):
        return int(value >= 10 and value != 100)
    if not isinstance(value, str):
        return 0
    if len(value) >= _SENTENCE:
        return 2
    return int(len(value) > 3 and any(c.isdigit() for c in value))


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} và {len(names) - _NAMED} đơn vị khác"
