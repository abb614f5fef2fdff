"""Who is not in a figure and why, for the column "Đơn vị còn thiếu số liệu": by name while a cell can hold them.

Text only, by the reasons of consolidate.absence.
"""

from __future__ import annotations

from consolidate.absence import ABSENCE_WORDS, why_missing
from consolidate.model import IndicatorResult
from consolidate.workbook.canvas import FINDINGS, MATRIX, Canvas
from plan.shown import shown_numbers

_ALL_NAMED = 12  # units; of more, only a reason with few units names them
_FEW = 3


def missing_text(canvas: Canvas, result: IndicatorResult) -> str:
    """How many units are missing, then a line for each reason, with names while they fit; "Không" where none is."""
    run, indicator = canvas.run, result.indicator
    if not result.missing:
        return "Không"
    count = f"{len(result.missing)} đơn vị"
    if indicator.same_as:
        return f"{count} (như chỉ tiêu {shown_numbers(run.plan.indicators)[indicator.same_as].rstrip('.')})"
    reasons = {ABSENCE_WORDS[why]: units for why, units in why_missing(run, result).items() if units}
    if len(result.missing) == 1:
        return f"{canvas.name(result.missing[0])} ({', '.join(reasons)})"
    most = _ALL_NAMED if len(result.missing) <= _ALL_NAMED else _FEW
    lines = [f"{count}:"]
    for word, units in reasons.items():
        names = f": {', '.join(canvas.name(unit) for unit in units)}" if len(units) <= most else ""
        lines.append(f"– {word} ({len(units)}){names}")
    if any(len(units) > most for units in reasons.values()):
        lines.append(f"(đủ tên: ô “–” ở trang “{MATRIX}”; lỗi: trang “{FINDINGS}”)")
    return "\n".join(lines)
