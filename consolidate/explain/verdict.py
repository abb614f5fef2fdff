"""What a figure of Appendix 1 means: against its target and milestone, how much it covers, how it has changed.

Sentences for a unit that argues with the verdict; decides nothing that consolidate.indicators has not decided. Pure.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from consolidate.coverage import COVERAGE_WORDS, shown_percent
from consolidate.explain.sums import bounds_text, figure_text, goal_text
from consolidate.indicators import closes_year
from consolidate.model import TARGET_VERDICT_WORDS, Consolidation, CoverageBasis, IndicatorResult, TargetVerdict
from consolidate.past import COMPARED_WORDS, Change, PastTarget, changes, past_targets
from consolidate.rounding import rounded, vietnamese
from consolidate.spelled import measured, past_words
from plan.model import Indicator, Target
from plan.shown import numbered, shown_numbers, shown_target, shown_unit

_MONTHS = 12


def target_text(result: IndicatorResult) -> str:
    """Return the printed target and the number of it that the figure is held against."""
    printed = shown_target(result.indicator)
    if result.target is None:
        return f"Văn bản in: “{printed}”; không nêu con số để so."
    return f"Văn bản in: “{printed}”; so với mục tiêu năm {result.target.year}: {goal_text(result)}."


def verdict_lines(run: Consolidation, result: IndicatorResult) -> tuple[str, ...]:
    """Return the verdict in words and why it is that one, then what rounding hides, then the milestone."""
    is_over = closes_year(run.period) or bool(result.target and run.period.year > result.target.year)
    lines = [f"{TARGET_VERDICT_WORDS[result.verdict]}: {_why(result, is_over=is_over)}", *_hidden_by_rounding(result)]
    return (*lines, *_milestone(run, result), *(_past(result.indicator, past) for past in past_targets(run, result)))


def _past(indicator: Indicator, past: PastTarget) -> str:
    target = past.target
    threshold = "" if target.threshold is None else f" có từ {target.threshold} trở lên"
    goal = f"{bounds_text(indicator, [(target, Fraction(target.value))])}{threshold}"
    if past.value is None:
        return past_words(target.year, goal, None)
    of = f"{past.included}/{past.expected} đơn vị" if past.expected > 1 else ""
    return past_words(target.year, goal, (figure_text(past.value, indicator), of, past.reached))


def _why(result: IndicatorResult, *, is_over: bool) -> str:
    target, value = result.target, result.value
    if result.verdict is TargetVerdict.NOT_APPLICABLE:
        return "mọi đơn vị phải báo cáo đều ghi không áp dụng và có nêu lý do."
    if target is None:
        return "văn bản không nêu con số phải đạt."
    return _why_no_figure(result) if value is None else _why_compared(result, target, value, is_over=is_over)


def _why_compared(result: IndicatorResult, target: Target, value: Fraction, *, is_over: bool) -> str:
    plain = "đạt" if result.reached else "chưa đạt"
    compared = f"{figure_text(value, result.indicator)} so với mục tiêu {goal_text(result)}: {plain}"
    if result.verdict is TargetVerdict.NOT_ENOUGH_DATA:
        lacking = f"còn {len(result.missing)}/{len(result.expected)} đơn vị chưa có số liệu nên chưa kết luận"
        return f"{lacking}. Tạm tính: {compared}."
    if result.verdict is TargetVerdict.NOT_REACHED and not is_over:
        return f"{compared}; số này chỉ tăng thêm đến hết năm nên không còn đạt được nữa."
    if result.verdict is not TargetVerdict.NOT_YET_DUE:
        return f"{compared}."
    if result.reached and not result.missing and result.milestone is not None:
        return (
            f"số này còn tăng đến hết năm {target.year} mà không được vượt mục tiêu nên chưa kết luận. "
            f"Tạm tính: {compared}."
        )
    return f"mục tiêu tính đến hết năm {target.year}. Tạm tính: {compared}."


def _why_no_figure(result: IndicatorResult) -> str:
    if result.conflicts:
        return "các đơn vị báo số khác nhau cho cùng một số liệu; phải thống nhất một số."
    if result.figures:
        return "số chia không lớn hơn 0 nên không tính được."
    return "chưa đơn vị nào có số liệu dùng được."


def _hidden_by_rounding(result: IndicatorResult) -> list[str]:
    """94,996 is shown as 95,00 and does not reach 95."""
    finer, indicator = rounded(result.value, result.finer or 0), result.indicator
    if result.finer is None or finer is None:
        return []
    text = measured(vietnamese(finer), shown_unit(indicator))
    shown = figure_text(result.value, indicator)
    return [f"So sánh bằng số chính xác hơn ({text}), không phải số đã làm tròn {shown}."]


def _milestone(run: Consolidation, result: IndicatorResult) -> list[str]:
    if not result.milestones:
        return []
    goals = bounds_text(result.indicator, list(zip(result.targets, result.milestones, strict=True)))
    state = {True: "; số hiện có đạt mốc", False: "; số hiện có chưa đạt mốc", None: ""}[result.on_track]
    share = f"{run.period.last.month}/{_MONTHS} mục tiêu năm {result.targets[0].year}"
    return [f"Mốc đến hết {run.period.label} ({share}): {goals}{state}."]


def coverage_text(result: IndicatorResult) -> str:
    """Return how many of the units are in the figure, and what share of the whole they are."""
    parts = [f"{len(result.included)}/{len(result.expected)} đơn vị có số liệu"]
    share = result.coverage.share
    if result.missing and share is not None and result.coverage.basis is not CoverageBasis.UNITS:
        parts[0] += f", bằng {vietnamese(shown_percent(share))}% {COVERAGE_WORDS[result.coverage.basis]}"
    if result.missing:
        parts.append(f"{len(result.missing)} đơn vị chưa có số liệu (không bị tính là 0)")
    if result.not_applicable:
        parts.append(f"{len(result.not_applicable)} đơn vị không áp dụng (không tính vào)")
    return f"{'; '.join(parts)}."


def change_lines(run: Consolidation, result: IndicatorResult) -> tuple[str, ...]:
    """Return how the figure differs from earlier periods, one sentence a period."""
    return tuple(_change(c, result) for c in changes(run, result))


def _change(change: Change, result: IndicatorResult) -> str:
    before = figure_text(change.value, result.indicator)
    unit = shown_unit(result.indicator)
    by = vietnamese(rounded(abs(change.difference), result.indicator.decimals) or Decimal(0))
    by = measured(by, "điểm %" if unit.startswith("%") else unit)
    moved = "không đổi" if change.difference == 0 else f"{'tăng' if change.difference > 0 else 'giảm'} {by}"
    mixed = "" if change.same_units else " (hai kỳ không cùng các đơn vị có số liệu, một phần chênh lệch có thể do vậy)"
    return f"So với {COMPARED_WORDS[change.compared]} ({change.period.label}): {before}, nay {moved}{mixed}."


def note_lines(run: Consolidation, source: Indicator, result: IndicatorResult) -> tuple[str, ...]:
    """Return what else a reader has to know: where the figure is shared, marked, or only for comparison."""
    indicator, numbers = result.indicator, shown_numbers(run.plan.indicators)
    lines = []
    if source is not indicator:
        name = numbered(numbers[source.code], source.short or source.name)
        lines.append(f"Dùng chung số liệu với chỉ tiêu {name} ({source.code}); đơn vị chỉ nhập một lần, ở chỉ tiêu ấy.")
    others = [i.code for i in run.plan.indicators if i.same_as == source.code and i is not indicator]
    if others:
        lines.append(f"Số liệu này còn dùng cho: {', '.join(others)}.")
    estimated = [f.unit for f in result.figures if f.estimated]
    if estimated:
        lines.append(f"Có số ước của {len(estimated)}/{len(result.included)} đơn vị nên kết quả được ghi là ước.")
    mean = result.mean_of_percentages
    if mean is not None and rounded(mean, indicator.decimals) != rounded(result.value, indicator.decimals):
        lines.append(f"Trung bình các tỷ lệ của đơn vị là {figure_text(mean, indicator)}, chỉ để so sánh, không dùng.")
    if indicator.reason:
        lines.append(f"Cách hiểu trong kế hoạch: {indicator.reason}")
    return (*lines, *nobodys_files(run, lacking=bool(result.missing)))


def nobodys_files(run: Consolidation, *, lacking: bool) -> list[str]:
    """Say that some files belong to no unit yet, where a unit is missed."""
    unclear = [r.file for r in run.checked.returns if not r.unit]
    if not (lacking and unclear):
        return []
    return [f"Có {len(unclear)} tệp chưa rõ của đơn vị nào; trong đó có thể có báo cáo của đơn vị còn thiếu."]
