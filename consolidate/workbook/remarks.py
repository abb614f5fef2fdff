"""What a reader of Appendix 1 has to know beside a figure: sentences for the column "Ghi chú".

Text only, from a finished result; positions and formats are appendix1's.
"""

from __future__ import annotations

from decimal import Decimal

from consolidate.model import IndicatorResult
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import Canvas, listed
from plan.model import Indicator, Measure, OddityKind
from plan.shown import SIGNS, shown_numbers
from plan.text_fit import shortened

_FEW = 3  # so many units are named with their answers
_SHORT = 60  # printed and corrected reading of a target that fit a remark; longer ones are for `plan check`


def remarks(canvas: Canvas, result: IndicatorResult) -> str:
    """What a reader has to know beside the figure, one sentence a line."""
    indicator = result.indicator
    lines: list[str] = []
    if result.conflicts:
        values = {f.unit: rounded(f.value, indicator.decimals) for f in result.figures}
        said = [f"{canvas.name(u)} ({_spelled(values.get(u))})" for u in result.conflicts]
        lines.append(f"Số liệu mâu thuẫn giữa {listed(said)}; cần thống nhất một số.")
    if result.estimated:
        lines.append("Có số liệu ước.")
    mean = rounded(result.mean_of_percentages, 1)
    if mean is not None and result.value is not None and mean != rounded(result.value, 1):
        lines.append(f"Bình quân số học các đơn vị: {vietnamese(mean)}% (chỉ để so sánh).")
    if result.target is not None and (len(indicator.targets) > 1 or result.target.year != canvas.run.period.year):
        bound = f"{SIGNS[result.target.comparator]}\N{NO-BREAK SPACE}{vietnamese(result.target.value)}"
        if indicator.measure in (Measure.THRESHOLD, Measure.ATTAINED):
            bound += "% đơn vị đạt"
        lines.append(f"So với mục tiêu năm {result.target.year}: {bound}.")
    if indicator.measure is Measure.THRESHOLD and result.threshold is not None:
        lines.append(f"Ngưỡng tính đạt: từ {result.threshold} trở lên.")
    if result.not_applicable:
        names = [canvas.name(unit) for unit in result.not_applicable]
        lines.append(f"Không áp dụng ({len(names)}): {listed(names, 3)}.")
    lines += _answers(canvas, result)
    lines += _origin(canvas, indicator)
    return "\n".join(lines)


def _origin(canvas: Canvas, indicator: Indicator) -> list[str]:
    """Where the row comes from, and what the document says of its target elsewhere."""
    plan, lines = canvas.run.plan, []
    if indicator.same_as:
        source = next((i for i in plan.indicators if i.code == indicator.same_as), None)
        if source is not None:
            under = f", mục {shortened(source.section, 40)}" if source.section else ""
            number = shown_numbers(plan.indicators)[source.code]
            lines.append(f"Cùng số liệu với chỉ tiêu {number}{under}.")
    lines += [
        f"Văn bản in “{oddity.printed}”, có thể phải đọc là “{oddity.reading}”: {oddity.place}."
        for oddity in plan.oddities
        if oddity.kind is OddityKind.TARGET_DIFFERS
        and indicator.code in oddity.rows
        and oddity.printed
        and oddity.reading
        and len(oddity.printed + oddity.reading) <= _SHORT
    ]
    if indicator.source:
        lines.append(f"Nêu ở phần lời: {indicator.source}.")
    return lines


def _answers(canvas: Canvas, result: IndicatorResult) -> list[str]:
    """What the units themselves said where the figure is a share of few: 0 % of one station tells nobody how many."""
    if result.indicator.measure not in (Measure.THRESHOLD, Measure.ATTAINED) or len(result.figures) > _FEW:
        return []
    said = []
    for figure in result.figures:
        for entry in figure.entries:
            if isinstance(entry.value, Decimal):
                field = next(f for f in result.indicator.fields if f.name == entry.field)
                said.append(f"{canvas.name(figure.unit)}: {vietnamese(entry.value)} {field.unit}".rstrip() + ".")
            elif entry.field == "attained" and entry.value:
                said.append(f"{canvas.name(figure.unit)}: {entry.value}.")
    return said


def _spelled(value: Decimal | None) -> str:
    return "chưa rõ" if value is None else vietnamese(value)
