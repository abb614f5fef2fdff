"""Reads one cell as free text: always taken, with a remark where what stands there may not be what was written.

Text typed with an old font is decoded before (validation/legacy.py); what is left of it here is only told.
"""

from __future__ import annotations

from datetime import date

from validation.coerce_cell import MAX_TEXT, Coerced, text, typed
from validation.legacy import is_garbled


def free_text(raw: object, *, is_number: bool = False) -> Coerced:
    """Read a free text; `is_number`: the number of a document (12/KH-UBND), which Excel likes to make a day of."""
    if not isinstance(raw, str):
        code = "TEXT_FROM_DATE" if is_number and isinstance(raw, date) else ""
        return Coerced(text(raw), code, {"typed": typed(raw)} if code else {})
    kept = text(raw)
    if is_garbled(raw):
        return Coerced(kept, "TEXT_GARBLED", {"typed": typed(raw)})
    if len(raw) > MAX_TEXT and len(raw.strip()) > len(kept) >= MAX_TEXT - 1:
        return Coerced(kept, "TEXT_CUT", {"typed": typed(raw), "length": str(len(raw)), "kept": str(MAX_TEXT)})
    return Coerced(kept)
