"""Vietnamese words that stand on sheets and are read back from them: one table, both directions.

Anything that a template offers in a dropdown, and a return is expected to hold, is here and nowhere
else. Messages about faults are not here (validation/messages.py).
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from plan.model import Role


class DataState(StrEnum):
    """What an input cell of Appendix 1 says about its number; a blank state with a value is OFFICIAL."""

    OFFICIAL = "official"
    ESTIMATE = "estimate"
    NOTHING = "nothing"  # confirmed zero
    NOT_APPLICABLE = "not_applicable"  # needs a reason


class TaskStatus(StrEnum):
    """The status of a task as a unit reports it (DESIGN section 5)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOTHING = "nothing"


STATE_WORDS: dict[DataState, str] = {
    DataState.OFFICIAL: "Chính thức",
    DataState.ESTIMATE: "Ước",
    DataState.NOTHING: "Không phát sinh",
    DataState.NOT_APPLICABLE: "Không áp dụng",
}

STATUS_WORDS: dict[TaskStatus, str] = {
    TaskStatus.NOT_STARTED: "Chưa triển khai",
    TaskStatus.IN_PROGRESS: "Đang triển khai",
    TaskStatus.COMPLETED: "Hoàn thành",
    TaskStatus.NOTHING: "Không phát sinh",
}

ROLE_WORDS: dict[Role, str] = {
    Role.LEAD: "Chủ trì",
    Role.COORDINATE: "Phối hợp",
    Role.MONITOR: "Theo dõi",
}

ATTAINED = "Đạt"
NOT_ATTAINED = "Chưa đạt"
CHOICE_WORDS = (ATTAINED, NOT_ATTAINED)


def fold(text: str) -> str:
    """Return `text` in lower case, without diacritics or punctuation, single-spaced: to compare, never to show.

    >>> fold("  Đơn vị/bộ phận  CHỦ TRÌ ")
    'don vi bo phan chu tri'
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower().replace("đ", "d"))
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
