"""How much is known: which units stand behind the figures, and of how many tasks a status can be told.

What nobody has reported is neither done nor going on, neither in time nor free of difficulties; every part of the
report asks here before it says that there is none of something. Counts only.
"""

from __future__ import annotations

from consolidate.model import OverallStatus, ReportingState
from consolidate.report.words import Json
from consolidate.spelled import count


def units_in_figures(data: Json) -> int:
    """How many units have at least one indicator or one task among what was consolidated."""
    return len(_used_units(data))


def task_reporters(data: Json) -> int:
    """How many units have a row of a task among what was consolidated."""
    return len(_task_reporters(data))


def task_writers(data: Json) -> int:
    """How many units have a row of a task, be it one with an error whose words alone are told."""
    blocked = {part["unit"] for task in data["tasks"] for part in task["units"] if part.get("blocked")}
    return len(_task_reporters(data) | blocked)


def unusable_units(data: Json) -> int:
    """How many units have to correct their return and are in nothing that was consolidated."""
    used = _used_units(data)
    found = [row for row in data["statuses"] if row["state"] == ReportingState.TO_BE_CORRECTED]
    return sum(1 for row in found if row["unit"] not in used)


def unknown_tasks(data: Json) -> int:
    """Of how many tasks the leads have not reported enough."""
    number: int = data["all_tasks"]["counts"][OverallStatus.NOT_ENOUGH_REPORTS]
    return number


def known_tasks(data: Json) -> int:
    """Of how many tasks a status can be told."""
    return sum(1 for task in data["tasks"] if is_known(task))


def is_known(task: Json) -> bool:
    """True where the leads have reported enough to tell the status of the task."""
    return bool(task["status"] != OverallStatus.NOT_ENOUGH_REPORTS)


def not_assessed(number: int) -> str:
    """The words for tasks whose status cannot be told."""
    return f"còn {count(number)} nhiệm vụ chưa đủ báo cáo để đánh giá"


def _used_units(data: Json) -> set[str]:
    found = {u for row in data["indicators"] for key in ("included", "not_applicable", "conflicts") for u in row[key]}
    return found | _task_reporters(data)


def _task_reporters(data: Json) -> set[str]:
    return {part["unit"] for task in data["tasks"] for part in task["units"] if part["file"] is not None}
