"""What each witness of a return's identity says: the hidden stamp, what people see on the sheets, and the path.

Every witness is read by itself and none is believed here; validation/identify.py holds them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from unicodedata import normalize

from plan.layout import HEADER_ROW, INDICATOR_COLUMNS, INDICATOR_SHEET, STAMP_SHEET, TASK_COLUMNS, TASK_SHEET
from plan.model import Period, Plan, PlanError, Unit
from plan.period import parse_period
from plan.words import fold
from validation.locate_header import find_headers, printed_header
from validation.raw import RawBook, RawSheet, a1

_LINE = re.compile(r"Kế hoạch:\s*(\S+)\s*\|\s*Kỳ:\s*(\S+)\s*\|\s*Mã đơn vị:\s*(\S+)")
_FILE_NAME = re.compile(r"([0-9]{4}-(?:H[12]|Q[1-4]|Y))_([a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)
_HEAD_ROWS = 15  # the head stands above the table; a few inserted rows do no harm
_STAMP_KEYS = ("plan", "plan_digest", "unit", "period", "layout", "lock_digest")
_STAMP_ROWS, _STAMP_COLUMNS = 50, 10  # of a stamp that somebody has moved about
_PROOF = frozenset({"plan", "unit", "period"})  # keys by which a stamp is known under another name
_PERIOD_WORDS = "Kỳ báo cáo: "
_PEOPLE = "UBND "
_APPENDICES = (fold(INDICATOR_SHEET), fold(TASK_SHEET))
_PARCELS = (".zip", ".eml", ".msg", ".rar", ".7z")
_TABLES = (INDICATOR_COLUMNS, TASK_COLUMNS)
_LONGEST = 400  # characters of a cell of the head


@dataclass(frozen=True, slots=True)
class Claim:
    """What one witness says; any part may be "" when it does not say."""

    plan: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on the hidden sheet; several claims where it contradicts itself. Other values are "" when gone."""

    claims: tuple[Claim, ...] = ()
    layout: str = ""
    lock_digest: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The texts over a table of the sheet: (cell, text)."""

    sheet: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A unit or period that is printed or typed on a sheet in words, and where."""

    id: str
    place: str  # "trang “Phụ lục 1”, ô B2"


# --- the stamp --------------------------------------------------------------------------------


def read_stamp(book: RawBook) -> Stamp:
    """Read the stamp, also where its sheet was renamed, moved about or copied."""
    said: dict[str, dict[str, None]] = {}
    for sheet in book.sheets:
        if sheet.name == STAMP_SHEET or _is_stamp(sheet):
            for key, value in _pairs(sheet):
                said.setdefault(key, {})[value] = None
    if not said:
        return Stamp()
    plans, units, periods = (list(said.get(key, {"": None})) for key in ("plan", "unit", "period"))
    claims = [Claim(plans[0], units[0], periods[0])]
    claims += [Claim(plan=plan) for plan in plans[1:]]
    claims += [Claim(unit=unit) for unit in units[1:]]
    claims += [Claim(period=period) for period in periods[1:]]
    layouts, digests = (list(said.get(key, {"": None})) for key in ("layout", "lock_digest"))
    return Stamp(tuple(claims), layouts[0], digests[0] if len(digests) == 1 else "")


def _is_stamp(sheet: RawSheet) -> bool:
    keys = {row[0] for row in sheet.rows[:_HEAD_ROWS] if row and isinstance(row[0], str)}
    return keys >= _PROOF


def _pairs(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    """Each key with what stands right of it, in the spelling of the plan's data; blanks say nothing."""
    for row in sheet.rows[:_STAMP_ROWS]:
        for index, cell in enumerate(row[:_STAMP_COLUMNS]):
            key = cell.strip().lower() if isinstance(cell, str) else ""
            if key in _STAMP_KEYS:
                value = _plain(row[index + 1] if index + 1 < len(row) else None)
                if value:
                    yield key, value.upper() if key == "period" else value.lower()


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a version retyped in Excel
    return "" if value is None else "".join(normalize("NFKC", str(value)).split())[:_LONGEST]


# --- what people see --------------------------------------------------------------------------


def read_lines(book: RawBook) -> tuple[Claim, ...]:
    """The distinct identity lines that stand over the tables."""
    found: dict[Claim, None] = {}
    for sheet in _seen(book):
        texts = [cell for row in sheet.rows[:_HEAD_ROWS] for cell in row if isinstance(cell, str) and "|" in cell]
        for match in filter(None, map(_line, texts)):
            found[Claim(match[1].lower(), match[3].lower(), match[2].upper())] = None
    return tuple(found)


def _line(text: str) -> re.Match[str] | None:
    return _LINE.search(normalize("NFC", text)) if "|" in text and len(text) <= _LONGEST else None


def _seen(book: RawBook) -> list[RawSheet]:
    """The sheets that people look at; where the appendices themselves are hidden, those as well."""
    return [s for s in book.sheets if s.name != STAMP_SHEET and (s.visible or fold(s.name) in _APPENDICES)]


def _texts(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str) and len(cell) <= _LONGEST:
                yield number, column, cell


def read_heads(book: RawBook) -> tuple[Head, ...]:
    """What stands over each table of ours, identity lines left out."""
    found = []
    for sheet in _seen(book):
        if any(printed_header(sheet, columns) for columns in _TABLES):
            above = HEADER_ROW - 1
        else:
            tops = [h.first for columns in _TABLES for h in find_headers(sheet, columns)]
            if not tops and fold(sheet.name) not in _APPENDICES:
                continue
            above = min([*tops, _HEAD_ROWS + 1]) - 1
        texts = tuple((a1(row, column), text) for row, column, text in _texts(sheet.rows[:above]) if not _line(text))
        found.append(Head(sheet.name, texts))
    return tuple(found)


def other_units(heads: Sequence[Head], unit: Unit, plan: Plan) -> tuple[Named, ...]:
    """For each head that names exactly one unit, and not `unit`: that unit and its cell.

    The issuer's own name is no unit's: it is the letterhead of everybody below it.
    """
    own = unit.name.removeprefix(_PEOPLE).upper()
    found = []
    for head in heads:
        if any(text == own for _, text in head.texts):
            continue
        names, issuers = _names(plan.units), {fold(plan.issuer), fold(plan.superior)}
        named: dict[str, str] = {}
        for cell, text in head.texts:
            if fold(text) not in issuers:
                for spoken in _headed(text, names):
                    named.setdefault(spoken.id, f"trang “{head.sheet}”, ô {cell}")
        if len(named) == 1 and unit.id not in named:
            found += [Named(*item) for item in named.items()]
    return tuple(found)


def other_periods(heads: Sequence[Head], period: Period, plan: Plan) -> tuple[Named, ...]:
    """The periods of the plan that a line "Kỳ báo cáo: …" names instead of `period`."""
    usual, words = f"{_PERIOD_WORDS}{period.label} (", fold(_PERIOD_WORDS)
    found = []
    for head in heads:
        for cell, text in head.texts:
            if text.startswith(usual) or text.lstrip()[:1] not in ("K", "k") or not fold(text).startswith(f"{words} "):
                continue
            said = _period(plan, fold(text).removeprefix(words).partition(" tu ngay ")[0])
            if said is not None and said.id != period.id:
                found.append(Named(said.id, f"trang “{head.sheet}”, ô {cell}"))
    return tuple(found)


def _period(plan: Plan, text: str) -> Period | None:
    try:
        return parse_period(plan, text)
    except PlanError:
        return None


def is_earlier(text: str, period: Period, plan: Plan) -> bool:
    """True when `text` is the id of a period of the plan that ended before `period` did."""
    said = _period(plan, text)
    return said is not None and said.id == text and said.last < period.last


# --- the path ---------------------------------------------------------------------------------


def file_claim(name: str, plan: Plan) -> Claim:
    """The claim of a file name in the form in which templates are sent (plan.layout file_name).

    People add to it ("…_xa-gia-vien-sua.xlsx"), so the longest unit id at its start is the claim, and a name
    that holds no unit's id claims nothing.
    """
    match = _FILE_NAME.search(PurePosixPath(name).name)
    if match is None:
        return Claim()
    slug = match[2].lower()
    ids = [u.id for u in plan.units if slug == u.id or slug.startswith(f"{u.id}-")]
    return Claim("", max(ids, key=len), match[1].upper()) if ids else Claim()


def unit_of_name(name: str, plan: Plan) -> Unit | None:
    """The one commune that a free-hand file name speaks of; offices are named there as addressees."""
    spoken = _spoken(PurePosixPath(name).stem, _names(plan.units))
    return spoken[0] if len(spoken) == 1 and spoken[0].code else None


def unit_of_folder(name: str, plan: Plan) -> Unit | None:
    """The one unit that the nearest folder, archive or e-mail around the file is named after; None for none."""
    for part in reversed(PurePosixPath(name).parts[:-1]):
        claim = file_claim(part, plan)
        stem = part.rsplit(".", 1)[0] if part.lower().endswith(_PARCELS) else part
        named = [u for u in plan.units if u.id == claim.unit] or _headed(stem, _names(plan.units))
        if named:
            return named[0] if len(named) == 1 else None
    return None


_Names = tuple[tuple[str, Unit], ...]


@lru_cache(maxsize=4)
def _names(units: tuple[Unit, ...]) -> _Names:
    """Every way in which each unit is called, folded; the id too, because folders carry it."""
    return tuple(
        (name, u)
        for u in units
        for name in dict.fromkeys(fold(n) for n in (u.name, u.name.removeprefix(_PEOPLE), u.id, *u.aliases))
        if name
    )


def _spoken(text: str, names: _Names) -> list[Unit]:
    """Units whose name stands in the text; a name inside a longer one found there does not count."""
    words = f" {fold(text)} "
    hits = [(f" {name} ", unit) for name, unit in names if f" {name} " in words]
    longest = [unit for name, unit in hits if not any(name != other and name in other for other, _ in hits)]
    return list({unit.id: unit for unit in longest}.values())


def _headed(text: str, names: _Names) -> list[Unit]:
    """Units that a text is headed by: communes anywhere in it, others only where it says nothing else."""
    words = fold(text)
    whole = {unit.id for name, unit in names if name == words}
    return [unit for unit in _spoken(text, names) if unit.code or unit.id in whole]
