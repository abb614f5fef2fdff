"""By which deadline and which day a task is overdue, due or at risk: the sentences behind those words.

Decides nothing: consolidate.tasks has. Pure.
"""

from __future__ import annotations

from consolidate.model import Consolidation, TaskResult
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
    which = "ngày tổng hợp" if today <= run.period.last else "ngày cuối kỳ báo cáo"
    seen = f"xét tại {which} {day_text(reference)}"
    if result.overdue:
        return (f"Quá hạn: thời hạn {day_text(due)} đã qua mà chưa được báo là xong ({seen}).",)
    lines = [f"Chưa quá hạn: thời hạn {day_text(due)} chưa qua ({seen})."]
    if result.at_risk:
        left = (due - reference).days
        near = due <= reference + SOON
        why = f"thời hạn chỉ còn {left} ngày" if near else "chưa triển khai mà thời hạn ngay trong năm"
        lines.append(f"Có nguy cơ chậm: {why}. Quy tắc: {RISK_RULE}")
    if result.due_now:
        lines.append("Thời hạn nằm trong kỳ báo cáo này.")
    return tuple(lines)
