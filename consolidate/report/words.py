"""How the report says names and other people's texts, and which words of the house it takes from where.

Numbers are spelled by one module for the page and the report. Texts of units are quoted on one line, bounded, and
never anything but text; whoever wants the whole of them is sent to the workbook. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from consolidate.model import REHEARSAL_MARK
from consolidate.spelled import count
from plan.cell_text import writable
from plan.dates import day_text
from plan.shown import numbered
from plan.text_fit import shortened

Json = Mapping[str, Any]  # consolidated.json or one row of it (consolidate/result_json.py)

REHEARSAL = REHEARSAL_MARK.rstrip(" –")
SEE_BOOK = "(xem tiếp ở sổ tổng hợp)"
_QUOTE = 240
_VERBS = ("thực hiện", "triển khai")
_VERB_WITHIN = 40  # characters of a title in which its own verb stands


def plain_text(text: str) -> str:
    """Return `text` as a document can hold it: lines kept, nothing that XML forbids or that nobody sees."""
    return writable(text)


def on_one_line(text: str) -> str:
    """Return `text` without line breaks or repeated blanks."""
    return " ".join(plain_text(text).split())


def bounded(text: str, limit: int) -> str:
    """Return `text` on one line, cut behind `limit` characters with a word about where the rest is."""
    line = on_one_line(text)
    return line if len(line) <= limit else f"{shortened(line, limit)} {SEE_BOOK}"


def quoted(text: str) -> str:
    """Return what a unit wrote, between quotation marks and bounded."""
    line = on_one_line(text)
    return f"“{line}”" if len(line) <= _QUOTE else f"“{shortened(line, _QUOTE)}” {SEE_BOOK}"


def named(data: Json, units: Sequence[str], most: int) -> str:
    """Return the names of unit ids; beyond `most` only how many more there are."""
    names = [on_one_line(data["unit_names"].get(unit, unit)) for unit in units[:most]]
    left = len(units) - len(names)
    return ", ".join(names) + (f" và {count(left)} đơn vị khác {SEE_BOOK}" if left else "")


def sentence(text: str) -> str:
    """Return `text` with its first letter large: a word of the house at the head of a sentence."""
    return text[:1].upper() + text[1:]


def to_carry_out(data: Json) -> str:
    """Return the verb before the plan's title that the title does not begin with itself, and the title."""
    title = on_one_line(data["title"])
    used = title[:_VERB_WITHIN].casefold()
    verb = next((verb for verb in _VERBS if verb not in used), _VERBS[0])
    return f"{verb} {title}"


def moment(data: Json) -> str:
    """Return the moment of the consolidation as it was given, in its own zone: "08 giờ 00 ngày 12/6/2026"."""
    return _official(datetime.fromisoformat(data["as_of"]))


def received(data: Json, iso: str | None) -> str:
    """Return when a return came, in the zone of the consolidation; a dash for none."""
    zone = datetime.fromisoformat(data["as_of"]).tzinfo
    return _official(datetime.fromisoformat(iso).astimezone(zone)) if iso else "–"


def plan_text(text: str, limit: int) -> str:
    """Return a text of the plan on one line, cut where it is long: the whole of it stands in an appendix."""
    return shortened(on_one_line(text), limit)


def numbered_name(row: Json, limit: int) -> str:
    """Return a row's name behind its number: "3. Tuổi thọ", as it follows "Nhiệm vụ" or "Chỉ tiêu"."""
    return numbered(row["shown_number"], plan_text(row["name"], limit))


def _official(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M} ngày {day_text(at.date())}"
