"""The one door to the coercion of a cell: what people and Excel do is undone where one reading exists.

Callers take everything from here; the ideas live in the sister modules, the rules in docs/coercion.md. No
function raises, none does I/O, and none guesses a number.
"""

from __future__ import annotations

from validation.coerce_cell import FACTS, NOTES, WARNINGS, Coerced, text
from validation.coerce_choice import choice, state, status
from validation.coerce_date import date_
from validation.coerce_number import count, number
from validation.coerce_text import free_text

__all__ = [
    "FACTS",
    "NOTES",
    "WARNINGS",
    "Coerced",
    "choice",
    "count",
    "date_",
    "free_text",
    "number",
    "state",
    "status",
    "text",
]
