"""How this package writes a text to xlsxwriter: as exactly that text, whatever it looks like and is made of.

A plan comes back from its workbook letter for letter, so nothing is replaced or cut here: what Excel cannot hold
is refused.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from plan.cell_text import CELL_LIMIT
from plan.model import PlanError
from plan.worksheet import write_text

# What a workbook can only hold as "_xHHHH_", and the literal text of that shape.
_CODED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401 - xlsxwriter: no types
    """Write `text` as text. Raises PlanError when Excel's limit for a cell is passed."""
    if len(text.encode("utf-16-le")) > 2 * CELL_LIMIT:
        raise PlanError(
            f"Một ô của kế hoạch dài hơn {CELL_LIMIT} ký tự, Excel không chứa được: “{text[:60]}…”. Rút ngắn ô ấy."
        )
    write_text(sheet, row, column, _markup(text), style)


def _markup(text: str) -> str:
    """Return `text`, or, where xlsxwriter would write another text than this, ready markup that it takes as it is."""
    if _CODED.search(text) is None and not text.startswith("<r>"):
        return text
    coded = escape(_CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    coded = coded.replace("_", "&#95;")  # else xlsxwriter codes the codes once more
    return f'<r><t xml:space="preserve">{coded}</t></r>'
