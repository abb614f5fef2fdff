"""What a reader of Appendix 1 has to know beside a figure: sentences for the column "Ghi chú".

Text only, from a finished result; positions and formats are appendix1's.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from consolidate.model import CONFLICT_FIGURE, CoverageBasis, IndicatorResult, UnitFigure
from consolidate.past import PastTarget, past_targets
from consolidate.rounding import rounded, vietnamese
from consolidate.spelled import measured, past_words
from consolidate.workbook.canvas import Canvas, listed
from consolidate.workbook.goals import milestones_text, target_text, targets_text
from plan.model import Indicator, Measure, OddityKind
from plan.shown import shown_numbers, shown_unit
from plan.text_fit import shortened

_FEW = 3  # so many units are named with their answers
_MOST_NAMED = 12  # units that contradict one another, all named up to here
_SHORT = 60  # printed and corrected reading of a target that fit a remark; longer ones are for `plan check`


def remarks(canvas: Canvas, result: IndicatorResult) -> str:
    """What a reader has to know beside the figure, one sentence a line."""
    indicator = result.indicator
    lines: list[str] = []
    if result.conflicts:
        lines.append(_contradiction(canvas, result))
    estimates = [canvas.name(f.unit) for f in result.figures if f.estimated]
    if estimates:
        lines.append(f"Có số ước của {_counted(estimates)}.")
    mean = rounded(result.mean_of_percentages, indicator.decimals)
    if mean is not None and mean != rounded(result.value, indicator.decimals):
        lines.append(f"Bình quân số học các đơn vị: {vietnamese(mean)}% (chỉ để so sánh).")
    lines += _targets(canvas, result)
    if indicator.measure is Measure.THRESHOLD and result.threshold is not None:
        lines.append(f"Ngưỡng tính đạt: từ {result.threshold} trở lên.")
    if result.not_applicable:
        names = [canvas.name(unit) for unit in result.not_applicable]
        lines.append(f"Không áp dụng ({len(names)}): {listed(names, 3)}.")
    if result.missing and result.coverage.basis is CoverageBasis.DENOMINATOR and result.coverage.share is not None:
        lines.append("Mức bao phủ tính theo mẫu số kỳ gần nhất của đơn vị còn thiếu.")
    lines += _answers(canvas, result)
    lines += _origin(canvas, indicator)
    return "\n".join(lines)


def _counted(names: Sequence[str]) -> str:
    """A few names, or how many they are."""
    return listed(names, _FEW) if len(names) <= _FEW else f"{len(names)} đơn vị"


def _contradiction(canvas: Canvas, result: IndicatorResult) -> str:
    """Every value that was reported, each with the units that stand behind it: none is picked."""
    units_of: dict[str, list[str]] = {}
    for figure in result.figures:
        if figure.unit in result.conflicts:
            units_of.setdefault(_reported(result, figure), []).append(canvas.name(figure.unit))
    said = "; ".join(f"{value} ({listed(names, _MOST_NAMED)})" for value, names in units_of.items())
    return f"{CONFLICT_FIGURE}: {said}. Cần thống nhất một số."


def _reported(result: IndicatorResult, figure: UnitFigure) -> str:
    """The number as it was reported; of a change both its numbers, for equal differences can hide a contradiction."""
    typed = {e.field: e.value for e in figure.entries if isinstance(e.value, Decimal)}
    if "baseline" in typed and "current" in typed:
        return f"từ {vietnamese(typed['baseline'])} đến {vietnamese(typed['current'])}"
    value = typed.get("value", rounded(figure.value, result.indicator.decimals))
    return "chưa rõ" if value is None else vietnamese(value)


def _targets(canvas: Canvas, result: IndicatorResult) -> list[str]:
    """What the figure is held against where the printed target alone does not say it, and targets that are over."""
    indicator, lines = result.indicator, []
    if result.target is not None and (len(indicator.targets) > 1 or result.target.year != canvas.run.period.year):
        lines.append(f"So với mục tiêu năm {result.target.year}: {targets_text(result)}.")
    if result.milestones:
        lines.append(f"Mốc đến cuối kỳ: {milestones_text(result)}.")
    if result.finer is not None:
        figure = vietnamese(rounded(result.value, result.finer) or Decimal(0))
        lines.append(f"Kết quả chính xác hơn, để so với mức: {measured(figure, shown_unit(indicator))}.")
    return lines + [_past_target(result, past) for past in past_targets(canvas.run, result)]


def _past_target(result: IndicatorResult, past: PastTarget) -> str:
    indicator, target = result.indicator, past.target
    goal = target_text(indicator, target)
    value = rounded(past.value, indicator.decimals)
    if value is None:
        return past_words(target.year, goal, None)
    of = f"{past.included}/{past.expected} đơn vị" if past.expected > 1 else ""
    return past_words(target.year, goal, (measured(vietnamese(value), shown_unit(indicator)), of, past.reached))


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
