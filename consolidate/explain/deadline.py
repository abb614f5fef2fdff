"""By which deadline and which day a task is overdue, due or at risk: the sentences behind those words.

Decides nothing: consolidate.tasks has. Pure.
"""

from __future__ import annotations

from datetime import date

from consolidate.model import Consolidation, OverallStatus, TaskResult
from consolidate.past import before
from consolidate.tasks import RISK_RULE, SOON, is_open, last_day
from plan.dates import day_text
from plan.model import DueKind, Task
from plan.shown import shown_due


def deadline_text(task: Task) -> str:
    """Return the printed deadline and the last day that was read out of it."""
    printed = shown_due(task)
    said = f"Văn bản in: “{printed}”" if printed else "Văn bản không nêu thời hạn"
    due = last_day(task)
    if due is not None:
        return f"{said}; tính đến hết ngày {day_text(due)}."
    if any(part.kind is DueKind.WHEN for part in task.due):
        return f"{said}; tùy thuộc một việc khác nên không có ngày nào để tính là quá hạn."
    return f"{said}; không có ngày cuối nên không tính quá hạn."


def pressing_lines(run: Consolidation, result: TaskResult) -> tuple[str, ...]:
    """Return whether the task is overdue, due now or at risk, and by which dates that was seen."""
    due = last_day(result.task)
    if not is_open(result.status):
        return ("Không còn việc phải làm nên không xét quá hạn.",)
    if due is None:
        return ()
    today = run.as_of.date()
    reference = min(run.period.last, today)
    over = today > run.period.last
    seen = (
        f"kỳ đã kết thúc nên xét tại ngày cuối kỳ {day_text(reference)}, không xét tại ngày tổng hợp {day_text(today)}"
        if over
        else f"xét tại ngày tổng hợp {day_text(today)}"
    )
    known = before(run, result)
    if result.status is OverallStatus.NOT_ENOUGH_REPORTS and known and known.status is OverallStatus.COMPLETED:
        return (
            f"{known.period.label.capitalize()} đã được báo hoàn thành nên không xét quá hạn, dù nay chưa đủ báo cáo.",
        )
    if result.overdue:
        return (f"Quá hạn: thời hạn {day_text(due)} đã qua mà chưa được báo là xong ({seen}).",)
    lines = [_not_overdue(run, due, reference, seen)]
    if result.at_risk:
        lines.append(f"Có nguy cơ chậm: {_why_at_risk(run, due, reference)}. Quy tắc: {RISK_RULE}")
    if result.due_now:
        lines.append("Thời hạn nằm trong kỳ báo cáo này.")
    return tuple(lines)


def _not_overdue(run: Consolidation, due: date, reference: date, seen: str) -> str:
    """A deadline that has gone by since the period ended is not said to be ahead."""
    if due >= run.as_of.date():
        return f"Chưa quá hạn: thời hạn {day_text(due)} chưa qua ({seen})."
    at_end = "đúng ngày cuối kỳ" if due == reference else "sau ngày cuối kỳ"
    return f"Chưa tính là quá hạn trong kỳ này: thời hạn {day_text(due)} {at_end} ({seen})."


def _why_at_risk(run: Consolidation, due: date, reference: date) -> str:
    if due > reference + SOON:
        return "chưa triển khai mà thời hạn ngay trong năm"
    if due < run.as_of.date():
        return "hết kỳ báo cáo mà chưa xong, và đến nay thời hạn đã qua"
    left = (due - reference).days
    since = "" if reference == run.as_of.date() else f" tính từ ngày cuối kỳ {day_text(reference)}"
    return f"thời hạn chỉ còn {left} ngày{since}" if left else f"thời hạn là chính ngày {day_text(due)}"
