"""Why units are not in a figure: nothing has come, the file cannot be used, the row has an error, a cell is blank.

For the outputs, unit by unit; consolidate.explain goes on to the cell. Decides nothing anew. Pure.
"""

from __future__ import annotations

from enum import StrEnum

from consolidate.model import Consolidation, IndicatorResult


class Absence(StrEnum):
    """Whose turn it is: nobody can be asked to mend what was never sent."""

    NOT_SENT = "not_sent"
    UNUSABLE = "unusable"
    FAULTY = "faulty"
    BLANK = "blank"


ABSENCE_WORDS: dict[Absence, str] = {
    Absence.NOT_SENT: "chưa nộp",
    Absence.UNUSABLE: "tệp chưa dùng được",
    Absence.FAULTY: "dòng có lỗi",
    Absence.BLANK: "để trống",
}

IN_ERROR = f"({ABSENCE_WORDS[Absence.FAULTY]})"  # behind words of a row whose figures count nowhere


def why_missing(run: Consolidation, result: IndicatorResult) -> dict[Absence, tuple[str, ...]]:
    """Return the missing units of a figure by reason, in the plan's order; every reason is a key."""
    row = result.indicator.same_as or result.indicator.code
    faulty = {e.unit for e in run.checked.indicator_entries if e.blocked and e.row == row}
    shown = {s.unit.id: s.shown for s in run.statuses}

    def why(unit: str) -> Absence:
        file = shown.get(unit)
        if file is None:
            return Absence.NOT_SENT
        if not file.counts:
            return Absence.UNUSABLE
        return Absence.FAULTY if unit in faulty else Absence.BLANK

    return {absence: tuple(u for u in result.missing if why(u) is absence) for absence in Absence}
