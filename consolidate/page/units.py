"""The table of units as the page shows it: where each stands with its return, and how much of it is answered.

One line per unit whatever their number; searching and sorting are the browser's. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consolidate import spelled
from consolidate.model import REPORTING_WORDS, ReportingState
from consolidate.spelled import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One unit; `order` and `received_key` are what the browser sorts by."""

    number: str
    name: str
    kind: str
    state: str
    state_word: str
    order: str
    remark: str
    received: str
    received_key: str
    answered: str
    answered_key: str
    errors: str
    warnings: str


@dataclass(frozen=True, slots=True)
class Units:
    """The whole section; `choices` are the filter's (state, word, how many)."""

    lines: tuple[Line, ...]
    total: str
    choices: tuple[tuple[str, str, str], ...]


def units(data: Row) -> Units:
    """Return the units in the plan's order."""
    zone = datetime.fromisoformat(data["as_of"]).tzinfo
    places = {state.value: str(at) for at, state in enumerate(ReportingState)}
    lines = []
    for at, row in enumerate(data["statuses"], 1):
        received = row["received_at"]
        required, answered = row["required"], row["answered"]
        lines.append(
            Line(
                number=spelled.count(at),
                name=row["name"],
                kind=row["kind"],
                state=row["state"],
                state_word=REPORTING_WORDS[ReportingState(row["state"])],
                order=places[row["state"]],
                remark=_remark(row),
                received=spelled.moment(received, zone) if received else "",
                received_key=datetime.fromisoformat(received).astimezone(zone).isoformat() if received else "",
                answered=f"{spelled.count(answered)}/{spelled.count(required)}",
                answered_key=f"{answered / required:.6f}" if required else "",
                errors=spelled.count(row["errors"]),
                warnings=spelled.count(row["warnings"]),
            )
        )
    choices = tuple((s.value, REPORTING_WORDS[s], spelled.count(data["reporting"][s])) for s in ReportingState)
    return Units(tuple(lines), spelled.count(len(lines)), choices)


def _remark(row: Row) -> str:
    said = ["có bản bổ sung gửi sau hạn"] if row["supplement"] else []
    if row["other_files"]:
        said.append(f"còn {spelled.count(len(row['other_files']))} tệp khác không tính")
    return "; ".join(said)
