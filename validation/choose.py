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
from validation.model import At, Finding, Order, Return, Verdict

_GOOD = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: `rows` on which there is something usable, and `content`, equal where all answers are.

    Faulty cells belong to the content with what stands in them, so that two files with other faults are not equal.
    """

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
    counts. Two different files of one moment contradict each other: neither counts, and the accepted one before
    them goes on doing so.
    """
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for r in returns:
        if r.unit and r.counts:
            by_unit[r.unit].append(r)
    settled = {unit: _settled(found, said) for unit, found in by_unit.items()}
    choice = Choice([], [], set())
    for r in returns:
        if not r.unit or not r.counts:
            choice.returns.append(replace(r, counts=False))
            continue
        last, used, rivals = settled[r.unit]
        if r in rivals:
            others = ", ".join(x.file for x in rivals if x is not r)
            choice.remarks.append(finding("TWO_VERSIONS", r.file, At(unit=r.unit), facts={"other": others}))
            choice.returns.append(replace(r, counts=False, verdict=Verdict.TO_BE_CORRECTED))
            continue
        choice.returns.append(replace(r, counts=r is used))
        if last is not None and used is not None and r is not used:
            _remark(r, (last, used), said, choice)
    return choice


def _settled(found: Sequence[Return], said: Mapping[str, Said]) -> tuple[Return | None, Return | None, list[Return]]:
    """(last usable word of a unit, the first file that said it, the last files that contradict each other).

    Where the last ones contradict each other the word before them holds, as before a faulty one.
    """
    last = max(found, key=_merit)
    tied = [r for r in found if _rank(r) == _rank(last)]
    if all(_same(r, last, said) for r in tied):
        return last, _first_to_say(last, found, said), []
    before = [r for r in found if r not in tied and r.verdict in _GOOD]
    if not before:
        return None, None, tied
    last = max(before, key=_merit)
    return last, _first_to_say(last, before, said), tied


def _remark(r: Return, settled: tuple[Return, Return], said: Mapping[str, Said], choice: Choice) -> None:
    """Say why `r` does not count; `settled` are the unit's last word and the first file that said it."""
    last, used = settled
    facts = {"used": used.file}
    if _same(r, last, said):
        code = "RESUBMITTED_UNCHANGED"
    elif r.order > last.order:
        code = "NEWER_NOT_USED"
    else:
        lost = said[r.file].rows - said[used.file].rows
        code = "SUPERSEDED_RICHER" if lost else "SUPERSEDED"
        facts["lost"] = str(len(lost))
    choice.remarks.append(finding(code, r.file, At(unit=r.unit), facts=facts))
    if code != "NEWER_NOT_USED":
        choice.silenced.add(r.file)


def _merit(r: Return) -> tuple[bool, Order]:
    return r.verdict in _GOOD, r.order


def _rank(r: Return) -> tuple[bool, datetime]:
    """What two files of one moment have in common, whatever their names."""
    return r.verdict in _GOOD, r.order[0]


def _same(one: Return, other: Return, said: Mapping[str, Said]) -> bool:
    """The same bytes, or the same answers under the same verdict."""
    alike = (one.verdict in _GOOD) == (other.verdict in _GOOD) and said[one.file].content == said[other.file].content
    return one.sha256 == other.sha256 or alike


def _first_to_say(best: Return, found: Sequence[Return], said: Mapping[str, Said]) -> Return:
    return min((r for r in found if _same(r, best, said)), key=lambda r: r.order)
