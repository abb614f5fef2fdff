"""How this package writes to xlsxwriter: every text as exactly that text, every refusal an exception, rows that grow.

Leans on one private method of the pinned xlsxwriter, which marks every row height as fixed by hand: were it gone,
rows would merely not grow with what is typed, and tests/plan/test_book.py says so.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

from plan.cell_text import CELL_LIMIT
from plan.model import PlanError

_FIXED = ("customHeight", 1)
# What a workbook can only hold as "_xHHHH_", and the literal text of that shape.
_CODED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class GrowingWorksheet(Worksheet):  # type: ignore[misc] # xlsxwriter ships no types
    """A Worksheet whose rows have a first height, which LibreOffice needs, and follow what is typed all the same."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair != _FIXED]
        super()._xml_start_tag_unencoded(tag, attributes)


def write(sheet: Any, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401 - xlsxwriter: no types
    """Write `text` as text, whatever it looks like. Raises PlanError when Excel's limit for a cell is passed."""
    if len(text.encode("utf-16-le")) > 2 * CELL_LIMIT:
        raise PlanError(
            f"Một ô của kế hoạch dài hơn {CELL_LIMIT} ký tự, Excel không chứa được: “{text[:60]}…”. Rút ngắn ô ấy."
        )
    if text:
        _demand(sheet.write_string(row, column, _markup(text), style), f"text at {row}, {column}")
    else:
        _demand(sheet.write_blank(row, column, None, style), f"blank at {row}, {column}")


def validate(sheet: Any, area: tuple[int, int, int, int], options: dict[str, Any]) -> None:  # noqa: ANN401
    """Set a data validation. Raises ValueError when xlsxwriter would drop it."""
    _demand(sheet.data_validation(*area, options), f"validation at {area}")


def tint(sheet: Any, area: tuple[int, int, int, int], formula: str, style: Any) -> None:  # noqa: ANN401
    """Set a conditional format by `formula`. Raises ValueError when xlsxwriter would drop it."""
    options = {"type": "formula", "criteria": formula, "format": style}
    _demand(sheet.conditional_format(*area, options), f"conditional format at {area}")


def define(workbook: Any, name: str, formula: str) -> None:  # noqa: ANN401
    """Define a name of the workbook. Raises ValueError when xlsxwriter refuses it."""
    _demand(workbook.define_name(name, formula), f"name {name}")


def _markup(text: str) -> str:
    """Return `text`, or, where xlsxwriter would write another text than this, ready markup that it takes as it is."""
    if _CODED.search(text) is None and not text.startswith("<r>"):
        return text
    coded = escape(_CODED.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    coded = coded.replace("_", "&#95;")  # else xlsxwriter codes the codes once more
    return f'<r><t xml:space="preserve">{coded}</t></r>'


def _demand(answer: object, what: str) -> None:
    if answer not in (0, None):
        raise ValueError(f"xlsxwriter refused {what}: {answer}")
