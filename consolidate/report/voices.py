"""Parts IV and V: the difficulties and proposals of the units, by task group, in their own words.

What several units say alike stands once with all of their names; the most shared come first. Nothing is
summed up here: that is left to the person who finishes the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from consolidate.report.blocks import Block, body, heading, left_to_write, subheading
from consolidate.report.words import SEE_BOOK, Json, named, on_one_line, quoted
from consolidate.spelled import count
from consolidate.tallies import NO_GROUP
from plan.text_fit import shortened

_MOST_QUOTES = 6  # for one group
_FEW = 3  # units named behind a quotation
_GROUP = 200


class _Part(NamedTuple):
    """One of the two parts: where its texts stand, and how it is called."""

    field: str
    title: str
    nothing: str
    what: str
    to_write: str


_DIFFICULTIES = _Part(
    "difficulties",
    "IV. KHÓ KHĂN, VƯỚNG MẮC",
    "Không đơn vị nào nêu khó khăn, vướng mắc trong báo cáo.",
    "nêu khó khăn, vướng mắc",
    "tổng hợp, nhận định khó khăn, vướng mắc chung và nguyên nhân",
)
_PROPOSALS = _Part(
    "proposals",
    "V. ĐỀ XUẤT, KIẾN NGHỊ",
    "Không đơn vị nào nêu đề xuất, kiến nghị trong báo cáo.",
    "nêu đề xuất, kiến nghị",
    "đề xuất, kiến nghị của cơ quan báo cáo với cấp trên và các cơ quan liên quan",
)


def difficulties_part(data: Json) -> tuple[Block, ...]:
    """Return part IV."""
    return _part(data, _DIFFICULTIES)


def proposals_part(data: Json) -> tuple[Block, ...]:
    """Return part V."""
    return _part(data, _PROPOSALS)


def _part(data: Json, part: _Part) -> tuple[Block, ...]:
    groups: dict[str, dict[str, list[str]]] = {}  # group -> text -> units
    for task in data["tasks"]:
        said = groups.setdefault(on_one_line(task["group"]) or NO_GROUP, {})
        for of_unit in task["units"]:
            if text := on_one_line(of_unit.get(part.field, "")):
                units = said.setdefault(text, [])
                if of_unit["unit"] not in units:
                    units.append(of_unit["unit"])
    speaking = {group: said for group, said in groups.items() if said}
    blocks: list[Block] = [heading(part.title)]
    if not speaking:
        return (*blocks, body(part.nothing), left_to_write(part.to_write))
    everybody = {unit for said in speaking.values() for units in said.values() for unit in units}
    grouped = len(groups) > 1
    how = " Theo nhóm nhiệm vụ, các đơn vị nêu:" if grouped else " Cụ thể:"
    blocks.append(body(f"Có {count(len(everybody))} đơn vị {part.what}.{how}"))
    for group, said in speaking.items():
        blocks += [subheading(f"Nhóm nhiệm vụ: {shortened(group, _GROUP)}")] if grouped else []
        blocks += _quotes(data, said)
    return (*blocks, left_to_write(part.to_write))


def _quotes(data: Json, said: dict[str, list[str]]) -> Sequence[Block]:
    """The texts of one group, those of most units first, else as the document and the plan order them."""
    ordered = sorted(said.items(), key=lambda item: -len(item[1]))
    lines = [body(f"- {quoted(text)} ({_whose(data, units)}).") for text, units in ordered[:_MOST_QUOTES]]
    left = len(ordered) - len(lines)
    if left:
        lines.append(body(f"- Và {count(left)} ý kiến khác {SEE_BOOK}."))
    return lines


def _whose(data: Json, units: list[str]) -> str:
    names = named(data, units[:_FEW], _FEW)
    left = len(units) - _FEW
    return f"{names} và {count(left)} đơn vị khác" if left > 0 else names
