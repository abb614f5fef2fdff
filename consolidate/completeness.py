"""How completely a unit has answered: each required cell is a value, a confirmed zero, not applicable, or missing.

Counted cell by cell over the return that counts (DESIGN section 5: missing is not zero and not "không phát sinh").
A cell of a row with an error is none of these until it is mended. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plan.layout import WorkbookLayout, is_required
from plan.words import DataState, TaskStatus
from validation.model import IndicatorEntry, TaskEntry


class Answer(StrEnum):
    """What a required cell holds."""

    VALUE = "value"
    NOTHING = "nothing"  # a zero that the unit has confirmed
    NOT_APPLICABLE = "not_applicable"  # with its reason
    FAULTY = "faulty"  # in a row with an error
    MISSING = "missing"


ANSWER_WORDS: dict[Answer, str] = {
    Answer.VALUE: "Có số liệu",
    Answer.NOTHING: "Không phát sinh",
    Answer.NOT_APPLICABLE: "Không áp dụng",
    Answer.FAULTY: "Đang có lỗi",
    Answer.MISSING: "Còn thiếu",
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The required cells of one unit: how many there are and how many hold what; the counts add up to `required`."""

    required: int
    counts: dict[Answer, int]

    @property
    def answered(self) -> int:
        """Cells that say something usable."""
        return self.required - self.counts[Answer.FAULTY] - self.counts[Answer.MISSING]


def completeness(
    layout: WorkbookLayout, indicators: Iterable[IndicatorEntry], tasks: Iterable[TaskEntry]
) -> Completeness:
    """Count the required cells of `layout`: required numbers and choices of Appendix 1, the status of each task.

    The entries are those of the unit's return that counts; without any, every cell is missing.
    """
    numbers = {(e.row, e.field): e for e in indicators}
    statuses = {e.row: e for e in tasks}
    asked = [r for r in layout.indicator_rows if is_required(r.field)]
    cells = [_number(numbers.get((r.indicator.code, r.field.name))) for r in asked]
    cells += [_status(statuses.get(t.code)) for t in layout.task_rows]
    counted = Counter(cells)
    return Completeness(len(cells), {answer: counted[answer] for answer in Answer})


def _number(entry: IndicatorEntry | None) -> Answer:
    if entry is None:
        return Answer.MISSING
    if entry.state is DataState.NOT_APPLICABLE and not entry.blocked:
        return Answer.NOT_APPLICABLE
    if entry.value is None and entry.state is not DataState.NOTHING:
        return Answer.MISSING
    if entry.blocked:
        return Answer.FAULTY
    return Answer.NOTHING if entry.state is DataState.NOTHING else Answer.VALUE


def _status(entry: TaskEntry | None) -> Answer:
    if entry is None or entry.status is None:
        return Answer.MISSING
    if entry.blocked:
        return Answer.FAULTY
    return Answer.NOTHING if entry.status is TaskStatus.NOTHING else Answer.VALUE
