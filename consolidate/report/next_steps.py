"""Part VI: what the figures themselves say has to follow.

Open tasks that press, indicators without data, units that owe something; what the leaders decide is left to a person.
"""

from __future__ import annotations

from consolidate.model import OverallStatus, ReportingState, TargetVerdict
from consolidate.report.blocks import Block, body, heading, left_to_write, subheading
from consolidate.report.figures import Pace, pace
from consolidate.report.known import unknown_tasks
from consolidate.report.tasks_said import silence_of
from consolidate.report.words import Json, named, numbered_name, plan_text
from consolidate.spelled import count

_NAME = 160
_LEAD = 80
_MOST = 20


def next_part(data: Json, appendix: str) -> tuple[Block, ...]:
    """Return part VI; `appendix` is how the list of units is called, "" where there is none."""
    items = [
        (title, found)
        for title, found in (
            ("Thực hiện nhiệm vụ được giao", _pressing(data)),
            ("Hoàn thiện số liệu và thực hiện chỉ tiêu", _indicators(data)),
            ("Thực hiện chế độ báo cáo", _units(data, appendix)),
        )
        if found
    ]
    blocks: list[Block] = [heading("VI. NHIỆM VỤ TRỌNG TÂM KỲ TỚI")]
    for number, (title, found) in enumerate(items, 1):
        blocks += [subheading(f"{number}. {title}"), *(body(f"- {line}") for line in found)]
    blocks.append(left_to_write("nhiệm vụ trọng tâm, giải pháp và phân công thực hiện trong kỳ tới"))
    return tuple(blocks)


def _pressing(data: Json) -> list[str]:
    """Overdue and at risk first, as the JSON orders them, then what falls due within the period."""
    by_code = {task["code"]: task for task in data["tasks"]}
    first = [by_code[code] for code in data["urgent_tasks"]]
    codes = set(data["urgent_tasks"])
    tasks = first + [t for t in data["tasks"] if t["due_now"] and t["code"] not in codes]
    lines = [
        f"Nhiệm vụ {numbered_name(task, _NAME)} (chủ trì: {plan_text(task['lead'], _LEAD)}; thời hạn: {_due(task)}"
        f"{_silence(task)})."
        for task in tasks[:_MOST]
    ]
    if len(tasks) > len(lines):
        lines.append(f"Và {count(len(tasks) - len(lines))} nhiệm vụ khác.")
    counts = data["all_tasks"]["counts"]
    for status, asked in (
        (OverallStatus.IN_PROGRESS, "Tiếp tục thực hiện {} nhiệm vụ đang triển khai."),
        (OverallStatus.NOT_STARTED, "Bắt đầu triển khai {} nhiệm vụ chưa triển khai."),
    ):
        if counts[status]:
            lines.append(asked.format(count(counts[status])))
    if unknown := unknown_tasks(data):
        lines.append(f"Đề nghị đơn vị chủ trì báo cáo {count(unknown)} nhiệm vụ chưa đủ báo cáo để đánh giá.")
    return lines


def _silence(task: Json) -> str:
    """That nothing, or too little, is known of a task."""
    silence = silence_of(task)
    return f"; {silence}" if silence else ""


def _due(task: Json) -> str:
    return plan_text(task["due"], _LEAD) or "văn bản không nêu"


def _indicators(data: Json) -> list[str]:
    rows, counts = data["indicators"], data["verdicts"]
    lines = []
    conflicts = [f"“{plan_text(row['name'], _NAME)}”" for row in rows if row["conflicts"]]
    if counts[TargetVerdict.NOT_REACHED]:
        lines.append(f"Có giải pháp đối với {count(counts[TargetVerdict.NOT_REACHED])} chỉ tiêu chưa đạt mục tiêu.")
    if over := sum(1 for row in rows if pace(row) is Pace.OVER):
        lines.append(f"Có biện pháp kiểm soát {count(over)} chỉ tiêu đã vượt mức cho phép của kỳ.")
    if late := sum(1 for row in rows if pace(row) is Pace.BEHIND):
        lines.append(f"Đẩy nhanh {count(late)} chỉ tiêu chậm so với mức cần có đến cuối kỳ.")
    if counts[TargetVerdict.NOT_ENOUGH_DATA]:
        lines.append(
            f"Bổ sung số liệu cho {count(counts[TargetVerdict.NOT_ENOUGH_DATA])} chỉ tiêu chưa đủ số liệu để đánh giá."
        )
    if conflicts:
        lines.append(
            f"Thống nhất số liệu mâu thuẫn của {count(len(conflicts))} chỉ tiêu: {'; '.join(conflicts[:_MOST])}."
        )
    return lines


def _units(data: Json, appendix: str) -> list[str]:
    lines = []
    for state, asked in (
        (ReportingState.MISSING, "Đôn đốc {} đơn vị chưa nộp báo cáo"),
        (ReportingState.TO_BE_CORRECTED, "Đề nghị {} đơn vị sửa, gửi lại báo cáo còn lỗi"),
    ):
        number = data["reporting"][state]
        if not number:
            continue
        units = [row["unit"] for row in data["statuses"] if row["state"] == state]
        whom = f" (danh sách tại {appendix})" if appendix else f": {named(data, units, _MOST)}"
        lines.append(f"{asked.format(count(number))}{'' if number == data['units']['expected'] else whom}.")
    return lines
