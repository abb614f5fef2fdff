"""From a finding to the sentence that people read: makes findings by code and renders their text.

The texts themselves are the table in validation/message_table.py; an unknown code is a bug and raises
KeyError at once rather than shipping an empty sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from validation.kinds import FOR_OFFICE
from validation.message_kind import ASKING, ASKING_THE_UNIT
from validation.message_table import MESSAGES
from validation.model import At, Finding
from validation.prose import Spoken

_NOWHERE = At()


def finding(
    code: str, file: str, at: At = _NOWHERE, value: str = "", facts: Mapping[str, str] | None = None
) -> Finding:
    """Return a Finding with the severity of its code. Raises KeyError when the code has no message."""
    severity = MESSAGES[code].severity
    return Finding(code, severity, file, at.sheet, at.cell, at.unit, at.row, value, dict(facts or {}), at.field)


def message(found: Finding) -> str:
    """Return what the department reads of a finding: what is wrong, what to do about it, an example."""
    entry, facts = MESSAGES[found.code], _facts(found)
    asked = {**facts, "ask": Spoken(facts["ask"].replace(ASKING, ASKING_THE_UNIT))}
    office = entry.office.format_map(facts) or entry.action.replace(ASKING, ASKING_THE_UNIT).format_map(asked)
    return _sentences(found, office, facts)


def message_to_unit(found: Finding) -> str:
    """Return what the unit that sent the file reads of a finding: what is wrong, what it has to do, an example."""
    facts = _facts(found)
    return _sentences(found, MESSAGES[found.code].action.format_map(facts), facts)


def is_for_office(found: Finding) -> bool:
    """True for a matter of the department alone, about which the unit can do nothing."""
    return MESSAGES[found.code].for_office


def _facts(found: Finding) -> dict[str, Spoken]:
    """The facts of a finding and those that are extra; any other missing fact is a bug."""
    extra = {"value": found.value, "hint": "", "ask": "", "office": FOR_OFFICE.get(found.facts.get("kind", ""), "")}
    return {name: Spoken(fact) for name, fact in (extra | dict(found.facts)).items()}


def _sentences(found: Finding, action: str, facts: Mapping[str, str]) -> str:
    entry, hint = MESSAGES[found.code], facts["hint"]
    suffices = entry.hint_suffices and bool(hint)
    parts = [entry.problem.format_map(facts), hint if suffices else action]
    if entry.example and not suffices and "ví dụ" not in hint:
        parts.append(f"Ví dụ: {entry.example}.")
    if "waived" in found.facts:
        parts.append(f"Đơn vị được miễn theo kế hoạch: {found.facts['waived']}")
    return " ".join(" ".join(parts).split())
