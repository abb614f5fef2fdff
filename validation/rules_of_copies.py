"""Rules against whole returns that are copies: of another unit's, or of the unit's own last one.

Two returns are alike when they say the same on every row that both have. Chance is excluded by substance: different
numbers from ten on (100 apart) and the numbers of documents count one each, texts of a sentence's length two, and
five are wanted. Statuses, percentages and remarks ("Ghi chú, giải trình") prove nothing, and model sentences that a
third unit writes too prove nothing between units unless a number stands beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
_TWO = 2  # units that write a sentence which is their own
_LOOKED_AT = 50  # different contents that are alike with one

_Value = Decimal | float | str | date | None
_Answer = _Value | tuple[_Value, ...]  # of a task all its cells together
_Said = Mapping[tuple[str, str], _Answer]  # (row, field; "" of a task) -> what stands there


def copies(seen: Evidence) -> Iterator[Finding]:
    """The last returns of two units that say the same, told in both; and a return that says what counted before.

    Whatever says the same as a unit's last file is told so too: of equal files it is the first that counts.
    """
    units = {c.file: c.unit for c in seen.cells} | {t.file: t.unit for t in seen.tasks}
    names = {u.id: u.name for u in seen.plan.units}
    everything = _said_by_file(seen)
    last = {units[file]: file for file in sorted(seen.latest_files())}
    groups = _groups({file: everything[file] for file in last.values()})
    for file, answers in everything.items():
        speaker = last[units[file]]
        if speaker in groups and answers == everything[speaker]:
            group = groups[speaker]
            first = [names.get(units[f], units[f]) for f in group[: _NAMED + 1] if f != speaker]
            facts = {"others": _listed(first, len(group) - 1)}
            yield finding("RETURNS_IDENTICAL", file, At(unit=units[file]), facts=facts)
    known = _said_before(seen)
    for file, answers in everything.items() if known else ():
        if (before := known.get(units[file])) is not None and _proof(answers, before[1]):
            yield finding("IDENTICAL_TO_LAST", file, At(unit=units[file]), facts={"period": before[0]})


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
    """Return what every file says, without its remarks, in the order of their names."""
    said: dict[str, dict[tuple[str, str], _Answer]] = defaultdict(dict)
    for cell in seen.cells:
        said[cell.file][cell.line.indicator.code, cell.line.field.name] = cell.value
    for task in seen.tasks:
        said[task.file][task.line.code, ""] = _answer(task)
    return {file: said[file] for file in sorted(said)}


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


def _groups(said: Mapping[str, _Said]) -> dict[str, list[str]]:
    """Return file -> all files that are alike with it, itself among them, for the files that are not alone."""
    ranks = _ranks(said)
    leaders: dict[int, str] = {}
    for file in said:
        leaders.setdefault(ranks[file], file)
    writers = Counter(text for answers in said.values() for text in _texts(answers))
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for one, other in _candidates(said, ranks):
        if _are_copies(said[one], said[other], writers):
            first, second = leaders[ranks[one]], leaders[ranks[other]]
            near[first][second] = near[second][first] = None
    alike = {leader: _reached(leader, near, said, writers) for leader in near}
    members: dict[str, list[str]] = defaultdict(list)
    for file in said:
        members[leaders[ranks[file]]].append(file)
    groups = {leader: sorted(f for other in reached for f in members[other]) for leader, reached in alike.items()}
    return {f: groups[leader] for f in said if (leader := leaders[ranks[f]]) in groups and len(groups[leader]) > 1}


def _reached(
    leader: str, near: Mapping[str, Mapping[str, None]], said: Mapping[str, _Said], writers: Mapping[str, int]
) -> list[str]:
    """Return `leader` and whatever is alike with it among the neighbours of its neighbours."""
    found = [leader]
    for one in found:  # grows while it is walked
        for other in near[one]:
            if len(found) < _LOOKED_AT and other not in found and _are_copies(said[leader], said[other], writers):
                found.append(other)
    return found


def _ranks(said: Mapping[str, _Said]) -> dict[str, int]:
    """Return file -> a number that the files of one content share."""
    contents: dict[tuple[object, ...], int] = {}
    return {file: contents.setdefault(tuple(answers.items()), len(contents)) for file, answers in said.items()}


def _candidates(said: Mapping[str, _Said], ranks: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    """Return the pairs of files that may be alike: neighbours, in order of content, among those that share an answer.

    All pairs of 3,321 communes would be five million; neighbours are no more than the answers.
    """
    sharing: dict[tuple[tuple[str, str], _Answer], list[str]] = defaultdict(list)
    for file in sorted(said, key=lambda f: (ranks[f], f)):
        for answer in said[file].items():
            if any(_weight(value) for value in _values(answer[1])):
                sharing[answer].append(file)
    pairs: dict[tuple[str, str], None] = {}
    for files in sharing.values():
        if len(files) > 1:
            pairs |= dict.fromkeys(pairwise(files))
    return pairs


def _are_copies(one: _Said, other: _Said, writers: Mapping[str, int]) -> bool:
    """True for units that say the same, and not only what a third one writes as well."""
    proof = _proof(one, other)
    return any(not isinstance(v, str) or len(v) < _SENTENCE or writers[v] <= _TWO for v in proof)


def _proof(one: _Said, other: _Said) -> frozenset[_Value]:
    """Return what proves that two returns are alike: nothing where an answer differs, or where it is too little.

    What is repeated proves once.
    """
    proof: set[_Value] = set()
    for row, answer in one.items():
        if row in other:
            if other[row] != answer:
                return frozenset()
            proof.update(value for value in _values(answer) if _weight(value))
    return frozenset(proof if sum(map(_weight, proof)) >= _ENOUGH else ())


def _texts(answers: _Said) -> frozenset[str]:
    return frozenset(v for answer in answers.values() for v in _values(answer) if isinstance(v, str))


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


def _listed(names: list[str], count: int) -> str:
    shown = ", ".join(names[:_NAMED])
    return shown if count <= _NAMED else f"{shown} và {count - _NAMED} đơn vị khác"
