"""The one door to the coercion of a cell: what people and Excel do is undone where one reading exists.

Callers take everything from here; the ideas live in the sister modules, the rules in docs/coercion.md. No
function raises, none does I/O, and none guesses a number.
"""

from __future__ import annotations

from validation.coerce_cell import FACTS, NOTES, Coerced, text
from validation.coerce_choice import choice, state, status
from validation.coerce_date import date_
from validation.coerce_number import count, number

__all__ = ["FACTS", "NOTES", "Coerced", "choice", "count", "date_", "number", "state", "status", "text"]
