"""Which of a unit's files counts: the latest valid one, visibly, with the others kept and named.

Pure. A file with errors never pushes out an accepted one; two files are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from validation.messages import finding
from validation.model import At, Finding, Return, Verdict

_GOOD = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def choose(
    returns: Sequence[Return], answered: Mapping[str, frozenset[str]]
) -> tuple[list[Return], list[Finding], set[str]]:
    """Settle `counts` for each return that could count; `answered` maps files to the rows they speak on.

    Returns (returns, remarks, files whose cell findings are silenced because a later return replaced
    them). Accepted beats to-be-corrected, then later beats earlier; two different files of one moment
    contradict each other and neither counts.
    """
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for r in returns:
        if r.unit and r.counts:
            by_unit[r.unit].append(r)
    used = {unit: max(found, key=_merit) for unit, found in by_unit.items()}
    rivals = {unit: _rivals(used[unit], found) for unit, found in by_unit.items()}
    remarks: list[Finding] = []
    silenced: set[str] = set()
    settled: list[Return] = []
    for r in returns:
        best = used.get(r.unit) if r.counts else None
        if best is not None and rivals[r.unit] and r in (best, *rivals[r.unit]):
            others = ", ".join(x.file for x in (best, *rivals[r.unit]) if x is not r)
            remarks.append(finding("TWO_VERSIONS", r.file, At(unit=r.unit), facts={"other": others}))
            settled.append(replace(r, counts=False, verdict=Verdict.TO_BE_CORRECTED))
            continue
        settled.append(replace(r, counts=best is r))
        if best is None or best is r:
            continue
        newer = (r.received_at, r.file) > (best.received_at, best.file)
        if newer:
            remarks.append(finding("NEWER_NOT_USED", r.file, At(unit=r.unit), facts={"used": best.file}))
        else:
            lost = answered.get(r.file, frozenset()) - answered.get(best.file, frozenset())
            code = "SUPERSEDED_RICHER" if lost else "SUPERSEDED"
            facts = {"used": best.file, "lost": str(len(lost))}
            remarks.append(finding(code, r.file, At(unit=r.unit), facts=facts))
            silenced.add(r.file)
    return settled, remarks, silenced


def _merit(r: Return) -> tuple[bool, datetime, str]:
    return (r.verdict in _GOOD, r.received_at, r.file)


def _rivals(best: Return, found: Sequence[Return]) -> list[Return]:
    """Returns as good and as recent as the best one that do not hold the same bytes."""
    equal = [r for r in found if r is not best and _merit(r)[:2] == _merit(best)[:2]]
    return [r for r in equal if r.sha256 != best.sha256]
