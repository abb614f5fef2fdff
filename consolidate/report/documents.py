"""Which documents were issued: each counted once, whoever reports it and under however many tasks.

Those that leads report stand apart from those of coordinators alone. All are named where they are few; no part of
many is picked, for nobody could say why just that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consolidate.report.blocks import Block, body
from consolidate.report.known import task_reporters
from consolidate.report.words import SEE_BOOK, Json, bounded, named, on_one_line
from consolidate.spelled import count, day
from plan.model import Role

_MOST_NAMED = 10
_LONGEST = 80
_FEW = 2  # units named behind a document
_UNNUMBERED = "văn bản không ghi số"


@dataclass(slots=True)
class Document:
    """A document by number and ISO day ("" for none of them), and who reports it, leads first."""

    number: str
    dated: str
    units: list[str] = field(default_factory=list)
    by_lead: bool = False

    def words(self) -> str:
        """It by its number and day."""
        text = bounded(self.number, _LONGEST) if self.number else _UNNUMBERED
        return f"{text} ngày {day(self.dated)}" if self.dated else text


def documents_of(tasks: Iterable[Json]) -> list[Document]:
    """Return the documents of `tasks` in order of mention.

    Same number and day are one document. Without a number two units cannot be known to mean the same one.
    """
    found: dict[tuple[str, str, str], Document] = {}
    for task in tasks:
        for part in task["units"]:
            number, dated = on_one_line(part.get("document_number", "")), part.get("document_date", "")
            if not number and not dated:
                continue
            key = (number.casefold(), dated, "" if number else part["unit"])
            document = found.setdefault(key, Document(number, dated))
            document.by_lead |= part["role"] == Role.LEAD
            if part["unit"] not in document.units:
                document.units.append(part["unit"])
    return list(found.values())


def documents_item(data: Json) -> Sequence[Block]:
    """Return what part III says of them; nothing where nobody has reported."""
    every = documents_of(data["tasks"])
    if not every:
        heard = task_reporters(data)
        among = f"Báo cáo của {count(heard)} đơn vị được tổng hợp chưa nêu văn bản nào được ban hành"
        return [body(f"{among} để thực hiện nhiệm vụ.")] if heard else []
    groups = {
        "do đơn vị chủ trì báo cáo": [d for d in every if d.by_lead],
        "chỉ do đơn vị phối hợp báo cáo": [d for d in every if not d.by_lead],
    }
    said = [f"{count(len(found))} văn bản {whose}" for whose, found in groups.items() if found]
    unnumbered = sum(1 for d in every if not d.number)
    told = f"; có {count(unnumbered)} văn bản không ghi số" if unnumbered else ""
    opening = (
        f"Theo báo cáo của các đơn vị, đã ban hành {count(len(every))} văn bản để thực hiện nhiệm vụ (mỗi văn bản chỉ "
        f"đếm một lần theo số, ngày), gồm {', '.join(said)}{told}."
    )
    return [body(opening), *_names(data, groups)]


def _names(data: Json, groups: Mapping[str, Sequence[Document]]) -> list[Block]:
    lines: list[Block] = []
    for whose, found in groups.items():
        if 0 < len(found) <= _MOST_NAMED:
            said = "; ".join(f"{d.words()} ({_reporters(data, d)})" for d in found)
            lines.append(body(f"- Văn bản {whose}: {said}."))
    if any(len(found) > _MOST_NAMED for found in groups.values()):
        lines.append(body(f"Danh mục văn bản theo từng nhiệm vụ và từng đơn vị tại sổ tổng hợp{_else(lines)}."))
    return lines


def _else(lines: Sequence[Block]) -> str:
    return " (các văn bản khác)" if lines else ""


def _reporters(data: Json, document: Document) -> str:
    names = named(data, document.units[:_FEW], _FEW)
    left = len(document.units) - _FEW
    return f"{names} và {count(left)} đơn vị khác" if left > 0 else names


def documents_line(tasks: Iterable[Json], most: int) -> list[str]:
    """Return lines for the row of one task: the leads' documents by name up to `most`, else their number."""
    every = documents_of(tasks)
    leads, others = [d for d in every if d.by_lead], [d for d in every if not d.by_lead]
    lines = []
    if leads:
        many = f"{count(len(leads))} văn bản {SEE_BOOK}"
        lines.append(f"Văn bản: {'; '.join(d.words() for d in leads) if len(leads) <= most else many}")
    if others:
        lines.append(f"Văn bản của đơn vị phối hợp: {count(len(others))}")
    return lines
