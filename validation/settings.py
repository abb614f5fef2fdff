"""What the plan says about rules: a severity of its own, and waivers for units; both are data of the plan.

Only rules of plan.rule_words can be eased. A waived finding stays visible, as a note with its reason. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plan.model import Period, Plan, Waiver
from plan.rule_words import RULE_WORDS
from validation.model import Finding, Severity


def settled(findings: Iterable[Finding], plan: Plan, period: Period) -> list[Finding]:
    """Return the findings with the severities that `plan` gives them for `period`."""
    severities = {s.rule: Severity(s.severity) for s in plan.rule_settings if _holds(s.until, period)}
    waivers = [w for w in plan.waivers if _holds(w.until, period)]
    return [_settled(f, severities, waivers) if f.code in RULE_WORDS else f for f in findings]


def _settled(found: Finding, severities: dict[str, Severity], waivers: list[Waiver]) -> Finding:
    for waiver in waivers:
        if (waiver.unit, waiver.rule) == (found.unit, found.code) and waiver.row in ("", found.row):
            return replace(found, severity=Severity.NOTE, facts={**found.facts, "waived": waiver.reason})
    return replace(found, severity=severities.get(found.code, found.severity))


def _holds(until: date | None, period: Period) -> bool:
    return until is None or period.last <= until
