"""Parts IV and V: the difficulties and proposals of the units, by task group, in their own words.

What several units say alike stands once with their names; the most shared come first, and what is said of several
groups is not said again in each. Nothing is summed up here: that is left to the person who finishes the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from consolidate.absence import IN_ERROR
from consolidate.report.blocks import Block, body, heading, left_to_write, subheading
from consolidate.report.known import task_writers
from consolidate.report.words import SEE_BOOK, Json, named, on_one_line, quoted
from consolidate.spelled import count
from consolidate.tallies import NO_GROUP
from plan.text_fit import shortened

_MOST_SHARED = 8
_MOST_OF_A_GROUP = 4
_FEW = 3  # units named behind a quotation
_GROUP = 200


class _Part(NamedTuple):
    """One of the two parts: where its texts stand, and how it is called."""

    field: str
    title: str
    what: str
    to_write: str


@dataclass(slots=True)
class _Voice:
    """A text, the units that wrote it and the groups of the tasks of which they wrote it, in order of mention.

    `texts` is how often it stands in a row, `blocked` how often in a row with an error, `usable` the units of others.
    """

    text: str
    units: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    texts: int = 0
    blocked: int = 0
    usable: set[str] = field(default_factory=set)


_DIFFICULTIES = _Part(
    "difficulties",
    "IV. KHÓ KHĂN, VƯỚNG MẮC",
    "nêu khó khăn, vướng mắc",
    "tổng hợp, nhận định khó khăn, vướng mắc chung và nguyên nhân",
)
_PROPOSALS = _Part(
    "proposals",
    "V. ĐỀ XUẤT, KIẾN NGHỊ",
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
    head, heard = heading(part.title), task_writers(data)
    if not heard:
        unknown = f"Chưa có báo cáo thực hiện nhiệm vụ nào được tổng hợp nên chưa biết đơn vị nào {part.what}."
        return (head, body(unknown), left_to_write(part.to_write))
    voices = _voices(data, part.field)
    among = f"{count(heard)} đơn vị có báo cáo thực hiện nhiệm vụ"
    if not voices:
        return (head, body(f"Trong {among}, không đơn vị nào {part.what}."), left_to_write(part.to_write))
    speaking = {unit for voice in voices for unit in voice.units}
    blocks: list[Block] = [head, body(f"Trong {among}, có {count(len(speaking))} đơn vị {part.what} {_texts(voices)}.")]
    shared = [voice for voice in voices if len(voice.groups) > 1]
    groups = list(dict.fromkeys(on_one_line(task["group"]) or NO_GROUP for task in data["tasks"]))
    if shared:
        blocks += [subheading("Chung cho nhiều nhóm nhiệm vụ"), *_quotes(data, shared, _MOST_SHARED)]
    for group in groups:
        own = [voice for voice in voices if voice.groups == [group]]
        if own and len(groups) > 1:
            blocks.append(subheading(f"Nhóm nhiệm vụ: {shortened(group, _GROUP)}"))
        blocks += _quotes(data, own, _MOST_OF_A_GROUP)
    return (*blocks, left_to_write(part.to_write))


def _texts(voices: Sequence[_Voice]) -> str:
    """How many texts that is, row by row as in the workbook; those of rows that enter no figure are told apart."""
    blocked = sum(voice.blocked for voice in voices)
    apart = f", trong đó {count(blocked)} ý kiến ở dòng có lỗi" if blocked else ""
    return f"({count(sum(voice.texts for voice in voices))} ý kiến{apart})"


def _voices(data: Json, key: str) -> list[_Voice]:
    """Every text once, those of most units first, else as the document and the plan order them.

    Case and the stop at the end make no other text of it; it is shown as it came first.
    """
    found: dict[str, _Voice] = {}
    for task in data["tasks"]:
        group = on_one_line(task["group"]) or NO_GROUP
        for part in task["units"]:
            text = on_one_line(part.get(key, ""))
            if not text:
                continue
            voice = found.setdefault(text.casefold().rstrip(" .;,!"), _Voice(text))
            voice.texts += 1
            if part.get("blocked"):
                voice.blocked += 1
            else:
                voice.usable.add(part["unit"])
            for known, new in ((voice.units, part["unit"]), (voice.groups, group)):
                if new not in known:
                    known.append(new)
    return sorted(found.values(), key=lambda voice: -len(voice.units))


def _quotes(data: Json, voices: Sequence[_Voice], most: int) -> Sequence[Block]:
    lines = [body(f"- {quoted(voice.text)} ({_whose(data, voice)}).") for voice in voices[:most]]
    left = len(voices) - len(lines)
    if left:
        lines.append(body(f"- Và {count(left)} ý kiến khác {SEE_BOOK}."))
    return lines


def _whose(data: Json, voice: _Voice) -> str:
    names = ", ".join(f"{named(data, [u], 1)}{'' if u in voice.usable else f' {IN_ERROR}'}" for u in voice.units[:_FEW])
    left = len(voice.units) - _FEW
    said = f"{names} và {count(left)} đơn vị khác" if left > 0 else names
    return f"{said}; ở {count(len(voice.groups))} nhóm nhiệm vụ" if len(voice.groups) > 1 else said
