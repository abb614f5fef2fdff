"""Whose return is it, and of which plan and period: three witnesses, reconciled.

The very hidden stamp, the readable identity line and the file name each make a claim. Where they
agree the return is the unit's; where they contradict, a finding names all three and nothing is
guessed (DESIGN section 8). Pure: takes a read workbook, gives an Identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from unicodedata import normalize

from plan.layout import INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from plan.model import Period, Plan, Unit
from plan.words import fold
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawBook, RawSheet

_HEADING = re.compile(r"Kế hoạch:\s*(\S+)\s*\|\s*Kỳ:\s*(\S+)\s*\|\s*Mã đơn vị:\s*(\S+)")
_FILE_NAME = re.compile(r"(\d{4}-(?:H[12]|Q[1-4]|Y))_([a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)
_HEADING_ROWS = 15  # the identity line stands above the table; a few inserted rows do no harm
_NOBODY = "không có"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one witness says; any part may be "" when it does not say."""

    plan: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The outcome: `unit` is "" when nobody can tell; `lock_digest` is the stamp's, "" when it is gone."""

    unit: str
    lock_digest: str
    findings: tuple[Finding, ...]


def identify(book: RawBook, name: str, plan: Plan, period: Period) -> Identity:
    """Reconcile the witnesses of the file `name` (path below the inputs folder)."""
    stamp_lines = _stamp(book)
    stamp = Claim(stamp_lines.get("plan", ""), stamp_lines.get("unit", ""), stamp_lines.get("period", ""))
    headings = _headings(book)
    exact = _exact_name(name, plan)
    unit, findings = _reconcile(plan, stamp, headings, exact, name)
    if unit:
        witness = stamp if stamp.unit else headings[0] if headings else Claim(plan.id, exact.unit, exact.period)
        findings += _gate(witness, unit, plan, period, name)
        findings += _name_remark(unit, headings, exact, plan, name)
    unit_known = unit if any(u.id == unit for u in plan.units) else ""
    return Identity(unit_known, stamp_lines.get("lock_digest", ""), tuple(findings))


def likely_unit(name: str, plan: Plan) -> str:
    """The unit that a file's name points to, "" when it does not: for asking people, never for counting numbers."""
    exact = _exact_name(name, plan).unit
    if exact:
        return exact
    spoken = _units_in_name(name, plan)
    return spoken[0].id if len(spoken) == 1 and spoken[0].code else ""


def _reconcile(
    plan: Plan, stamp: Claim, headings: tuple[Claim, ...], exact: Claim, name: str
) -> tuple[str, list[Finding]]:
    """Return (unit or "", findings). Every witness that speaks must say the same unit and period."""
    claims = [c for c in (stamp, *headings, exact) if c.unit]
    if not claims:
        return "", [finding("IDENTITY_UNKNOWN", name)]
    if len({c.unit for c in claims}) > 1 or len({c.period for c in claims if c.period}) > 1:
        facts = {
            "stamp": _spoken((stamp,), plan),
            "heading": _spoken(headings, plan),
            "file_name": _spoken((exact,), plan),
        }
        return "", [finding("IDENTITY_CONFLICT", name, facts=facts)]
    unit = claims[0].unit
    if stamp.unit:
        return unit, []
    code = "STAMP_MISSING" if headings else "IDENTITY_FROM_NAME"
    return unit, [finding(code, name, At(unit=unit), facts={"unit": unit})]


def _spoken(claims: tuple[Claim, ...], plan: Plan) -> str:
    """What witnesses say, in words that people use: "UBND xã Gia Viễn (mã xa-gia-vien, kỳ 2026-H1)"."""
    names = {u.id: u.name for u in plan.units}
    said = dict.fromkeys(
        f"{names.get(c.unit, 'đơn vị lạ')} (mã {c.unit}{f', kỳ {c.period}' if c.period else ''})"
        for c in claims
        if c.unit
    )
    return "; ".join(said) or _NOBODY


def _gate(witness: Claim, unit: str, plan: Plan, period: Period, name: str) -> list[Finding]:
    if witness.plan and witness.plan != plan.id:
        return [finding("OTHER_PLAN", name, At(unit=unit), facts={"found": witness.plan, "expected": plan.id})]
    if not any(u.id == unit for u in plan.units):
        return [finding("UNIT_UNKNOWN", name, facts={"unit": unit, "plan": plan.id})]
    if witness.period and witness.period != period.id:
        return [finding("OTHER_PERIOD", name, At(unit=unit), facts={"found": witness.period, "expected": period.id})]
    return []


def _name_remark(unit: str, headings: tuple[Claim, ...], exact: Claim, plan: Plan, name: str) -> list[Finding]:
    """A free-hand file name that clearly speaks of another reporting unit deserves a look, no more."""
    if exact.unit:
        return []
    spoken = _units_in_name(name, plan)
    if len(spoken) != 1 or spoken[0].id == unit or not spoken[0].code:
        return []  # offices are named in file names as addressees ("gửi Phòng Tài chính")
    own = next((u.name for u in plan.units if u.id == unit), unit)
    facts = {"file_name": spoken[0].name, "stamp": own, "heading": _spoken(headings, plan)}
    return [finding("IDENTITY_NAME_DIFFERS", name, At(unit=unit), facts=facts)]


def _stamp(book: RawBook) -> dict[str, str]:
    for sheet in book.sheets:
        if sheet.name == STAMP_SHEET:
            pairs = (row[:2] for row in sheet.rows if len(row) >= 2)
            return {
                str(key).strip(): str(value).strip() for key, value in pairs if key is not None and value is not None
            }
    return {}


def _headings(book: RawBook) -> tuple[Claim, ...]:
    """The distinct identity lines that stand on the appendix sheets."""
    found: dict[Claim, None] = {}
    for sheet in book.sheets:
        if sheet.name != STAMP_SHEET and fold(sheet.name) in _APPENDICES:
            found.update(dict.fromkeys(_sheet_claims(sheet)))
    return tuple(found)


def _sheet_claims(sheet: RawSheet) -> list[Claim]:
    texts = (cell for row in sheet.rows[:_HEADING_ROWS] for cell in row if isinstance(cell, str))
    matches = (_HEADING.search(normalize("NFC", text)) for text in texts)
    return [Claim(m[1], m[3], m[2]) for m in matches if m]


_APPENDICES = (fold(INDICATOR_SHEET), fold(TASK_SHEET))


def _exact_name(name: str, plan: Plan) -> Claim:
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


@lru_cache(maxsize=4)
def _folded_names(units: tuple[Unit, ...]) -> tuple[tuple[str, Unit], ...]:
    return tuple((f" {fold(n)} ", u) for u in units for n in (u.name, *u.aliases))


def _units_in_name(name: str, plan: Plan) -> list[Unit]:
    """Units whose name stands in the file name; a name inside a longer one found there does not count."""
    text = f" {fold(PurePosixPath(name).stem)} "
    hits = [(folded, unit) for folded, unit in _folded_names(plan.units) if folded in text]
    longest = [(f, u) for f, u in hits if not any(f != other and f in other for other, _ in hits)]
    return list(dict.fromkeys(u for _, u in longest))
