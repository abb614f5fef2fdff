"""Which of a unit's files counts: the latest valid one, visibly, with the others kept and named.

Pure. A file with errors never pushes out an accepted one; two files are never mixed; and who sends the same
figures again keeps the moment at which they came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from validation.messages import finding
from validation.model import At, Finding, Return, Verdict

_GOOD = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: `rows` on which there is something usable, and `content`, equal where all answers are."""

    rows: frozenset[str]
    content: object


@dataclass(frozen=True, slots=True)
class Choice:
    """The settled returns, what is remarked of them, and the files whose cell findings nobody needs any more."""

    returns: list[Return]
    remarks: list[Finding]
    silenced: set[str]


def choose(returns: Sequence[Return], said: Mapping[str, Said]) -> Choice:
    """Settle `counts` for each return that could count; `said` has every file of which anything was read.

    Accepted beats to-be-corrected, then later beats earlier; of accepted files that say the same the first
    counts. Two different files of one moment contradict each other and neither counts.
    """
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for r in returns:
        if r.unit and r.counts:
            by_unit[r.unit].append(r)
    last = {unit: max(found, key=_merit) for unit, found in by_unit.items()}
    choice = Choice([], [], set())
    for r in returns:
        if not r.unit or not r.counts:
            choice.returns.append(replace(r, counts=False))
            continue
        sent = by_unit[r.unit]
        rivals = _rivals(last[r.unit], sent, said)
        if rivals and _merit(r)[:2] == _merit(last[r.unit])[:2]:
            others = ", ".join(x.file for x in sent if x is not r and _merit(x)[:2] == _merit(r)[:2])
            choice.remarks.append(finding("TWO_VERSIONS", r.file, At(unit=r.unit), facts={"other": others}))
            choice.returns.append(replace(r, counts=False, verdict=Verdict.TO_BE_CORRECTED))
            continue
        used = _first_to_say(last[r.unit], sent, said)
        choice.returns.append(replace(r, counts=r is used and not rivals))
        if r is not used:
            _remark(r, (last[r.unit], used), said, choice)
    return choice


def _remark(r: Return, settled: tuple[Return, Return], said: Mapping[str, Said], choice: Choice) -> None:
    """Say why `r` does not count; `settled` are the unit's last word and the first file that said it."""
    last, used = settled
    facts = {"used": used.file}
    if _same(r, last, said):
        code = "RESUBMITTED_UNCHANGED"
    elif (r.received_at, r.file) > (last.received_at, last.file):
        code = "NEWER_NOT_USED"
    else:
        lost = said[r.file].rows - said[used.file].rows
        code = "SUPERSEDED_RICHER" if lost else "SUPERSEDED"
        facts["lost"] = str(len(lost))
    choice.remarks.append(finding(code, r.file, At(unit=r.unit), facts=facts))
    if code != "NEWER_NOT_USED":
        choice.silenced.add(r.file)


def _merit(r: Return) -> tuple[bool, datetime, str]:
    return (r.verdict in _GOOD, r.received_at, r.file)


def _same(one: Return, other: Return, said: Mapping[str, Said]) -> bool:
    """The same bytes, or two accepted files that say the same: a faulty cell has no content to compare."""
    both_good = one.verdict in _GOOD and other.verdict in _GOOD
    return one.sha256 == other.sha256 or (both_good and said[one.file].content == said[other.file].content)


def _first_to_say(best: Return, found: Sequence[Return], said: Mapping[str, Said]) -> Return:
    return min((r for r in found if _same(r, best, said)), key=lambda r: (r.received_at, r.file))


def _rivals(best: Return, found: Sequence[Return], said: Mapping[str, Said]) -> list[Return]:
    """Returns as good and as recent as the best one that say something else."""
    equal = [r for r in found if r is not best and _merit(r)[:2] == _merit(best)[:2]]
    return [r for r in equal if not _same(r, best, said)]
