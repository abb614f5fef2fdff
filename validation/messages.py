"""From a finding to the sentence that people read: makes findings by code and renders their text.

The texts themselves are the table in validation/message_table.py; an unknown code is a bug and raises
KeyError at once rather than shipping an empty sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from validation.message_table import MESSAGES
from validation.model import At, Finding

_NOWHERE = At()


def finding(
    code: str, file: str, at: At = _NOWHERE, value: str = "", facts: Mapping[str, str] | None = None
) -> Finding:
    """Return a Finding with the severity of its code. Raises KeyError when the code has no message."""
    severity = MESSAGES[code].severity
    return Finding(code, severity, file, at.sheet, at.cell, at.unit, at.row, value, dict(facts or {}), at.field)


def message(found: Finding) -> str:
    """Return the Vietnamese sentence(s) of a finding: what is wrong, what to do, an example."""
    entry = MESSAGES[found.code]
    facts = {"value": found.value, "hint": "", **found.facts}  # a hint is extra; any other missing fact is a bug
    parts = [entry.problem.format_map(facts), entry.action.format_map(facts)]
    if entry.example:
        parts.append(f"Ví dụ: {entry.example}.")
    if "waived" in found.facts:
        parts.append(f"Đơn vị được miễn theo kế hoạch: {found.facts['waived']}")
    return " ".join(" ".join(parts).split())
