"""The tasks as the page shows them: counts by group and by lead, what presses, and the whole list.

Status, progress, overdue and at risk are those of `consolidated.json`; this module only words and bounds them. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate import spelled
from consolidate.absence import ABSENCE_WORDS, Absence
from consolidate.model import OVERALL_STATUS_WORDS, OverallStatus
from consolidate.page.charts import Stack, stack
from consolidate.spelled import Row
from plan.model import Role
from plan.words import STATUS_WORDS, TaskStatus

OVERDUE, AT_RISK, DUE_NOW = "Quá hạn", "Có nguy cơ chậm", "Đến hạn trong kỳ"
# From done to unknown, so that a stacked bar fills from the left.
STATUS_ORDER: Mapping[str, str] = {
    status.value: OVERALL_STATUS_WORDS[status]
    for status in (
        OverallStatus.COMPLETED,
        OverallStatus.IN_PROGRESS,
        OverallStatus.NOT_STARTED,
        OverallStatus.NOTHING,
        OverallStatus.NOT_ENOUGH_REPORTS,
    )
}
_FLAGS = (("overdue", OVERDUE), ("at_risk", AT_RISK), ("due_now", DUE_NOW))
_MOST_LEADS = 12
_LONGEST_RESULT = 400


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of counts: a group of tasks, or who leads them."""

    label: str
    tasks: str
    stack: Stack
    overdue: str
    at_risk: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one lead has reported of a task."""

    unit: str
    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One task; `states` are the words of the filter that it answers to."""

    number: str
    name: str
    lead: str
    due: str
    status: str
    status_word: str
    progress: str
    done: str
    before: str
    flags: tuple[tuple[str, str], ...]
    states: str
    reported: str
    warning: str
    said: tuple[Said, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks under one heading of the document."""

    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tasks:
    """The whole section; `choices` are the filter's (state, word, how many)."""

    total: str
    stack: Stack
    groups: tuple[Tally, ...]
    leads: tuple[Tally, ...]
    urgent: tuple[Line, ...]
    listed: tuple[Group, ...]
    choices: tuple[tuple[str, str, str], ...]


def tasks(data: Row) -> Tasks:
    """Return the tasks in printed order under their groups, the urgent ones in the order of the JSON."""
    names: Mapping[str, str] = data["unit_names"]
    numbers = {row["code"]: row["shown_number"].rstrip(".") for row in data["tasks"]}
    lines = {row["code"]: _line(row, names, numbers) for row in data["tasks"]}
    groups: dict[str, list[Line]] = {}
    for row in data["tasks"]:
        groups.setdefault(row["group"], []).append(lines[row["code"]])
    whole = data["all_tasks"]
    return Tasks(
        total=spelled.count(whole["tasks"]),
        stack=stack(STATUS_ORDER, whole["counts"]),
        groups=tuple(_tally(row) for row in data["groups"]),
        leads=tuple(_tally(row) for row in data["leads"]),
        urgent=tuple(lines[code] for code in data["urgent_tasks"]),
        listed=tuple(Group(head, tuple(found)) for head, found in groups.items()),
        choices=_choices(data),
    )


def _tally(row: Row) -> Tally:
    return Tally(
        label=row["label"],
        tasks=spelled.count(row["tasks"]),
        stack=stack(STATUS_ORDER, row["counts"]),
        overdue=spelled.count(row["overdue"]),
        at_risk=spelled.count(row["at_risk"]),
    )


def _choices(data: Row) -> tuple[tuple[str, str, str], ...]:
    counts = data["all_tasks"]["counts"]
    statuses = [(key, word, spelled.count(counts[key])) for key, word in STATUS_ORDER.items()]
    flags = [(key, word, spelled.count(sum(1 for row in data["tasks"] if row[key]))) for key, word in _FLAGS]
    return (*flags, *statuses)


def _line(row: Row, names: Mapping[str, str], numbers: Mapping[str, str]) -> Line:
    flags = tuple((key, word) for key, word in _FLAGS if row[key])
    leads = [part for part in row["units"] if part["role"] == Role.LEAD]
    left = len(leads) - _MOST_LEADS
    below = ", ".join(numbers[code] for code in row["open_below"])
    return Line(
        number=row["shown_number"],
        name=row["name"],
        lead=row["lead"],
        due=row["due"],
        status=row["status"],
        status_word=STATUS_ORDER[row["status"]],
        progress=_progress(row, len(leads)),
        done=_done(row, len(leads)),
        before=_before(row),
        flags=flags,
        states=" ".join([row["status"], *(key for key, _ in flags)]),
        reported=f"{spelled.count(sum(1 for p in leads if p['status']))}/{spelled.count(len(leads))}",
        warning=f"Báo hoàn thành nhưng nhiệm vụ con {below} chưa hoàn thành." if below else "",
        said=tuple(_said(part, names) for part in leads[:_MOST_LEADS]),
        more=f"… và {spelled.count(left)} đơn vị chủ trì khác, xem sổ tổng hợp." if left > 0 else "",
    )


def _progress(row: Row, leads: int) -> str:
    """Of many leads the figure is that of the slowest, which "0%" alone would not say."""
    if row["progress"] is None:
        return ""
    return f"{'thấp nhất ' if _some_are_open(row, leads) else ''}{spelled.plain(row['progress'])}%"


def _some_are_open(row: Row, leads: int) -> bool:
    return leads > 1 and row["counts"][TaskStatus.COMPLETED] < leads


def _done(row: Row, leads: int) -> str:
    if not _some_are_open(row, leads):
        return ""
    return f"{spelled.count(row['counts'][TaskStatus.COMPLETED])}/{spelled.count(leads)} đơn vị hoàn thành"


def _before(row: Row) -> str:
    """What was known before, where it was more than what is known now."""
    then, now = row["before"], row["progress"]
    if then is None:
        return ""
    fallen = then["progress"] is not None and now is not None and then["progress"] > now
    if not fallen and row["status"] != OverallStatus.NOT_ENOUGH_REPORTS:
        return ""
    progress = "" if then["progress"] is None else f", {spelled.plain(then['progress'])}%"
    return f"kỳ trước ({then['label']}): {STATUS_ORDER[then['status']].lower()}{progress}"


def _said(part: Row, names: Mapping[str, str]) -> Said:
    unsaid = ABSENCE_WORDS[Absence.FAULTY].capitalize() if "blocked" in part else "Chưa có báo cáo"
    status = STATUS_WORDS[TaskStatus(part["status"])] if part["status"] else unsaid
    progress = "" if part["progress"] is None else f", {spelled.plain(part['progress'])}%"
    document = " ".join(
        text
        for text in (
            spelled.sentence(part.get("document_number", ""), _LONGEST_RESULT),
            f"ngày {spelled.day(part['document_date'])}" if "document_date" in part else "",
        )
        if text
    )
    texts = [spelled.sentence(part.get("result", ""), _LONGEST_RESULT), f"Văn bản: {document}" if document else ""]
    return Said(names[part["unit"]], f"{status}{progress}", " ".join(text for text in texts if text))
