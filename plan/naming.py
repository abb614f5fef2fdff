"""Which unit or row a person means: ids and names as people type them, without diacritics, cut short or misspelt.

One reading or none: what could be two is refused with what is near. Pure.
"""

from __future__ import annotations

from difflib import get_close_matches

from plan.model import Plan, PlanError, Unit
from plan.words import fold


def unit_named(plan: Plan, named: str) -> Unit:
    """Return the unit of that id or name, or the only one whose name holds it. Raises PlanError with near ones."""
    words = {fold(text): u for u in plan.units for text in (u.name, *u.aliases)} | {u.id: u for u in plan.units}
    found = words.get(named.strip()) or words.get(fold(named))
    within = {u.id: u for text, u in words.items() if f" {fold(named)} " in f" {text} "}
    if found is None and len(within) == 1:
        return next(iter(within.values()))
    if found is None:
        near = dict.fromkeys(words[w].id for w in get_close_matches(fold(named), words, n=3))
        guess = f" Có phải {' hoặc '.join(near)}?" if near else " Mã đơn vị là phần sau tên kỳ trong tên biểu mẫu."
        raise PlanError(f"Kế hoạch {plan.id} không có đơn vị “{named}”.{guess}")
    return found
