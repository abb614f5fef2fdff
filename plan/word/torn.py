"""Whether a line without a number is the rest of the row above it, which a page break tore.

A wrong join hides a task inside another one, so every doubt is a no: whoever asks lists the line instead. Only the
texts of the two lines are looked at; where the break lies is the business of `appendix`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plan.model import DueKind, DuePart
from plan.printed.due import read_due
from plan.printed.heads import begins_name, is_collective
from plan.word.lines import Values, rejoin

_OFFICES = ("lead", "coordinating", "monitor")
_MARKER = re.compile(r"[a-zđ]\s?[).]|[-–—+•*]|\(?[0-9]|[IVX]+\.")
_ENDED = re.compile(r"[.;:!?]$")
# A text that ends so surely goes on: with a comma, a hyphen, or a word that binds the next one.
_OPEN = re.compile(
    r"(?:[,;:&/(–-]|(?<!\w)(?:và|hoặc|của|với|cho|các|những|trong|theo|tại|từ|đến|để|bởi|do|về|trên|dưới|sau|khi|là))$",
    re.IGNORECASE,
)
# An office or its head that has not said yet which one it is.
_UNNAMED = re.compile(
    r"(?<!\w)(?:Trưởng|Giám đốc|Chủ tịch|Lãnh đạo|Thủ trưởng|Phòng|Trung tâm|Trạm|Sở|Hội|Chi cục|Bệnh viện|Trường)$"
)


def continues(values: Values, last: Sequence[str], roles: Sequence[str]) -> bool:
    """True only when every text of a line surely goes on with the text of the line `last` above it.

    Converters from PDF leave the pieces of a torn row in one table, without a break that could be seen.
    """
    name = roles.index("name")
    if any(not last[index] for index in values.own):
        return False  # nothing above that it could be the rest of
    others = all(_goes_on(roles[i], last[i], values.texts[i]) for i in values.own - {name})
    return others and (name not in values.own or _name_goes_on(last[name], values.texts[name]))


def is_whole(values: Values, roles: Sequence[str]) -> bool:
    """True when a line says by itself who does it, by when or what it must reach: no page break tears that off."""
    for role, text in zip(roles, values.texts, strict=True):
        if role == "lead" and begins_name(text, "", together=False):
            return True
        if (role == "due" and _is_read(read_due(text))) or (role == "target" and re.search(r"[0-9]", text)):
            return True
    return False


def _name_goes_on(above: str, text: str) -> bool:
    if _MARKER.match(text) or _ENDED.search(above):
        return False
    return text[:1].islower() or bool(_OPEN.search(above))


def _goes_on(role: str, above: str, text: str) -> bool:
    if role == "due":
        return _due_goes_on(above, text)
    if _MARKER.match(text):
        return False
    if _OPEN.search(above) or (role in _OFFICES and _UNNAMED.search(above)):
        return True
    if role in _OFFICES:
        weak = text[:1].islower() and not is_collective(text)  # "Trạm Y tế" + "xã Mường La"
        return weak or not begins_name(text, "", together=False)
    return text[:1].islower()


def _due_goes_on(above: str, text: str) -> bool:
    """A deadline that can be read on its own is the rest of no other, unless that one needs it: "Năm" + "2026"."""
    own, before = read_due(text), read_due(above)
    if not _is_read(own) or _OPEN.search(above) or text.startswith("và "):
        return bool(text[:1].islower() or not _is_read(before) or _OPEN.search(above))
    if _is_read(before):
        return text[:1].islower() and all(part.kind is DueKind.WHEN for part in own)
    return _is_read(read_due(rejoin(above, text)))


def _is_read(parts: Sequence[DuePart]) -> bool:
    return all(part.kind is not DueKind.UNKNOWN for part in parts)
