"""What units could write to harm whoever reads the outputs, and a run in which they write nothing else.

Every text has a tame one of the same length beside it: drawn from either, an output must be built alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, cycle

from consolidate.model import Consolidation
from consolidate.run import consolidate
from plan.model import Role
from plan.words import DataState, TaskStatus
from tests.consolidate.workbook_case import AS_OF, COMMUNES, entry, full_run, task_entry
from validation.model import Finding, Severity, TaskEntry

FORMULAS = (
    '=HYPERLINK("http://example.invalid","bấm")',
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    "\t=1+1",
    "＝1+1",
)
LINKS = (
    "http://example.invalid/a",
    "https://example.invalid/?q=1&r=2",
    "mailto:a@example.invalid",
    "internal:A1",
    "external:c:\\a.xlsx",
    "file:///etc/passwd",
    "javascript:alert(1)",
    '{ HYPERLINK "http://example.invalid" }',
    "INCLUDETEXT c:\\a.docx",
)
MARKUP = (
    "<r><t>chữ</t></r>",
    "]]><evil/>",
    "</w:t></w:r><w:r><w:t>x",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "{{ 7 * 7 }}{% raw %}",
    "${7*7}",
    "_x0041_",
    "&lt;b&gt; &amp; <b>",
    "%Y %s {0} {name}",
)
CONTROL = "a\x00b\x0bc\ufffe"
HALF = "d\ud800"  # no output of ours can hold one, and the reader lets none in
TEXTS = (*FORMULAS, *LINKS, *MARKUP, CONTROL)


def tame(text: str) -> str:
    """Return plain words as long as `text`."""
    return ("lời thường " * (1 + len(text) // 11))[: len(text)]


def hostile_run(texts: Sequence[str] = TEXTS) -> Consolidation:
    """Return a run in which every text that a unit can write, file names included, is one of `texts` in turn."""
    base, supply = full_run(), cycle(texts)
    reports = [
        _report(supply, unit, code, role)
        for code, role, units in (
            ("NV-1", Role.LEAD, ("ban", *COMMUNES)),
            ("NV-2", Role.LEAD, ("ban",)),
            ("NV-2", Role.COORDINATE, COMMUNES),
            ("NV-3", Role.LEAD, ("xa-d",)),
        )
        for unit in units
    ]
    numbers = []
    for unit in COMMUNES:
        numbers += [
            entry(unit, "ATTAINED.attained", "Đạt"),
            entry(unit, "ATTAINED.evidence", _words(supply), explanation=next(supply)),
            entry(unit, "SUM.value", "1.5", state=DataState.ESTIMATE, explanation=next(supply)),
            entry(unit, "DOCTORS.count", None, state=DataState.NOT_APPLICABLE, explanation=next(supply)),
        ]
    numbers = [replace(e, file=_file(supply)) for e in numbers]
    findings = [
        Finding(f"code-{n}", severity, next(supply), next(supply), "H9", "xa-a", "RATIO", next(supply))
        for n, severity in zip(count(), list(Severity) * len(texts), strict=False)
        if n < len(texts)
    ]
    returns = tuple(replace(r, file=_file(supply), sender=next(supply)) for r in base.checked.returns)
    checked = replace(
        base.checked,
        task_entries=tuple(reports),
        indicator_entries=tuple(numbers),
        findings=tuple(findings),
        returns=(*returns, replace(returns[0], file=_file(supply), unit="", counts=False)),
    )
    gone = (replace(returns[0], file=_file(supply)),)
    return replace(consolidate(base.plan, base.period, AS_OF, checked), gone=gone)


def _words(supply: Iterator[str]) -> str:
    """Return the next text that `entry` does not take for a number."""
    return next(text for text in supply if not text.replace(".", "", 1).isdigit())


def _file(supply: Iterator[str]) -> str:
    return f"{next(supply)[:40]}.xlsx"


def _report(supply: Iterator[str], unit: str, code: str, role: Role) -> TaskEntry:
    done = task_entry(unit, code, TaskStatus.IN_PROGRESS, 60, role=role)
    return replace(
        done,
        result=next(supply),
        document_number=next(supply),
        difficulties=next(supply),
        proposals=next(supply),
        explanation=next(supply),
        scope=next(supply),
        file=_file(supply),
    )
