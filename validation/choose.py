"""Which of a unit's files counts: the latest valid one, visibly, with the others kept and named.

Pure. A file with errors never pushes out an accepted one; two files are never mixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from validation.messages import finding
from validation.model import At, Finding, Return, Verdict

_GOOD = (Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS)


def choose(returns: Sequence[Return]) -> tuple[list[Return], list[Finding], set[str]]:
    """Settle `counts` for each return that could count.

    Returns (returns, remarks, files whose cell findings are silenced because a later return replaced
    them). Accepted beats to-be-corrected, then later beats earlier, then the file name decides.
    """
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for r in returns:
        if r.unit and r.counts:
            by_unit[r.unit].append(r)
    used = {unit: max(found, key=_merit) for unit, found in by_unit.items()}
    remarks: list[Finding] = []
    silenced: set[str] = set()
    settled: list[Return] = []
    for r in returns:
        best = used.get(r.unit) if r.counts else None
        settled.append(replace(r, counts=best is r))
        if best is None or best is r:
            continue
        newer = (r.received_at, r.file) > (best.received_at, best.file)
        if newer:
            remarks.append(finding("NEWER_NOT_USED", r.file, At(unit=r.unit), facts={"used": best.file}))
        else:
            remarks.append(finding("SUPERSEDED", r.file, At(unit=r.unit), facts={"used": best.file}))
            silenced.add(r.file)
    return settled, remarks, silenced


def _merit(r: Return) -> tuple[bool, datetime, str]:
    return (r.verdict in _GOOD, r.received_at, r.file)
