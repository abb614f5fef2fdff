"""How the report says one task: its status, progress, what was known of it before, and why nothing is known now.

Part III, part VI and Phụ lục II take the same words from here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.report.known import is_known
from consolidate.report.words import Json, on_one_line, sentence
from consolidate.spelled import count, plain
from plan.model import Role
from plan.words import TaskStatus

OVERDUE, AT_RISK = "Quá hạn", "Có nguy cơ chậm"
PROGRESS_HEAD = "% hoàn thành (thấp nhất)"
_PASSED = "đã hết thời hạn nhưng"


def leads_of(task: Json) -> Sequence[Json]:
    """The parts of the units in the lead."""
    return [part for part in task["units"] if part["role"] == Role.LEAD]


def silence_of(task: Json) -> str:
    """What the leads still owe: "đã hết thời hạn nhưng đơn vị chủ trì chưa báo cáo"; "" where enough is known."""
    if is_known(task):
        return ""
    heard = any(part["status"] is not None for part in leads_of(task))
    owed = f"đơn vị chủ trì chưa báo cáo{' đủ' if heard else ''}"
    return f"{_PASSED} {owed}" if task["overdue"] else owed


def status_words(data: Json, task: Json) -> str:
    """The status; what is overdue or at risk says so first, and what is not known says what was."""
    known, before = OverallStatus(task["status"]), before_words(data, task)
    if not is_known(task):
        risk = f"{AT_RISK}; {silence_of(task)}" if task["at_risk"] else sentence(silence_of(task))
        return f"{risk}\n({before})" if before else risk
    word = OVERALL_STATUS_WORDS[known]
    first = OVERDUE if task["overdue"] else AT_RISK if task["at_risk"] else ""
    return f"{first}\n({word.lower()})" if first else word


def progress_words(data: Json, task: Json) -> str:
    """The lowest progress in percent, what it has fallen from, and of several leads how many have completed theirs."""
    lines = ["–" if task["progress"] is None else f"{plain(task['progress'])}%"]
    if has_fallen(task):
        lines.append(f"({_when(data, task['before'])} {plain(task['before']['progress'])}%)")
    leads = leads_of(task)
    if len(leads) > 1:
        lines.append(f"{count(task['counts'][TaskStatus.COMPLETED])}/{count(len(leads))} đơn vị hoàn thành")
    return "\n".join(lines)


def has_fallen(task: Json) -> bool:
    """True where the progress is lower than it last was: one of the two numbers is wrong, or something broke."""
    before, now = task["before"], task["progress"]
    return before is not None and before["progress"] is not None and now is not None and now < before["progress"]


def fall_words(data: Json, task: Json) -> str:
    """Both numbers of a progress that has fallen: "45%, kỳ trước 80%"."""
    before = task["before"]
    return f"{plain(task['progress'])}%, {_when(data, before)} {plain(before['progress'])}%"


def before_words(data: Json, task: Json) -> str:
    """What was last known of a task: "kỳ trước: đang triển khai, 75%"; "" where nothing was."""
    before = task["before"]
    if before is None:
        return ""
    progress = f", {plain(before['progress'])}%" if before["progress"] is not None else ""
    word = OVERALL_STATUS_WORDS[OverallStatus(before["status"])].lower()
    return f"{_when(data, before)}: {word}{'' if before['status'] == OverallStatus.COMPLETED else progress}"


def _when(data: Json, before: Json) -> str:
    """The earlier period as the report calls it; one that is not compared with by its own name."""
    for key, period in data["compared_with"].items():
        if period["id"] == before["period"]:
            return COMPARED_WORDS[Compared(key)]
    return on_one_line(before["label"])
