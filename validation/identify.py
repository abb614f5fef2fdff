"""Whose return is it, and of which plan and period: three witnesses, reconciled.

The very hidden stamp, what people see over the tables and the file name each make a claim. Where they
agree the return is the unit's; where they contradict, a finding names all three and nothing is
guessed (DESIGN section 8). Pure: takes a read workbook, gives an Identity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plan.layout import LAYOUT_VERSION
from plan.model import Period, Plan
from plan.words import fold
from validation.identify_witnesses import (
    Claim,
    Named,
    Stamp,
    file_claim,
    is_earlier,
    other_periods,
    other_units,
    read_heads,
    read_lines,
    read_stamp,
    unit_of_folder,
    unit_of_name,
)
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawBook

_NOBODY = "không có"
_LIST = fold("Cần sửa")  # the sheet on which units are told what to mend


@dataclass(frozen=True, slots=True)
class Identity:
    """The outcome: `unit` is "" when nobody can tell.

    `lock_digest` is the stamp's, to be held against the present layout; "" when it is gone, or known to be older.
    """

    unit: str
    lock_digest: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """What stamp, sheets and file name of the file `name` say."""

    name: str
    stamp: Stamp
    lines: tuple[Claim, ...]
    file: Claim
    units: tuple[Named, ...] = ()  # other units that heads name in words
    periods: tuple[Named, ...] = ()  # other periods that heads name in words

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim by codes, the stamp's first."""
        return (*self.stamp.claims, *self.lines, self.file)


def identify(book: RawBook, name: str, plan: Plan, period: Period) -> Identity:
    """Reconcile the witnesses of the file `name` (path below the inputs folder)."""
    seen = _Witnesses(name, read_stamp(book), read_lines(book), file_claim(name, plan))
    unit = next((c.unit for c in seen.claims if c.unit), "")
    heads = read_heads(book)
    if not (seen.stamp.claims or seen.lines or heads) and any(fold(s.name) == _LIST for s in book.sheets):
        return Identity(unit, "", (finding("FEEDBACK_LIST_RETURNED", name, At(unit=unit)),))
    if not unit:
        return Identity("", seen.stamp.lock_digest, (finding("IDENTITY_UNKNOWN", name),))
    known = next((u for u in plan.units if u.id == unit), None)
    others = other_units(heads, known, plan) if known else ()
    seen = _Witnesses(name, seen.stamp, seen.lines, seen.file, others, other_periods(heads, period, plan))
    reused = _reused(seen, period, plan)
    if _contradict(seen) and not reused:
        return Identity("", seen.stamp.lock_digest, (finding("IDENTITY_CONFLICT", name, facts=_said(seen, plan)),))
    findings = [*_from_what(seen, unit), *_gate(seen, unit, plan, period, reused=reused)]
    if reused:
        facts = {**_said(seen, plan), "expected": period.id}
        findings.append(finding("OLD_TEMPLATE_REUSED", name, At(unit=unit), facts=facts))
    older = _layout(seen, unit)
    if known:
        findings += [*older, *_path_remarks(seen, unit, plan)]
    return Identity(unit if known else "", "" if reused or older else seen.stamp.lock_digest, tuple(findings))


def likely_unit(name: str, plan: Plan) -> str:
    """The unit that a file's path points to, "" when it does not: for asking people, never for counting numbers."""
    exact = file_claim(name, plan).unit
    if exact:
        return exact
    spoken = unit_of_name(name, plan) or unit_of_folder(name, plan)
    return spoken.id if spoken else ""


def _contradict(seen: _Witnesses) -> bool:
    """True when two witnesses that speak say different plans, units or periods."""
    plans = {c.plan for c in seen.claims if c.plan}
    units = {c.unit for c in seen.claims if c.unit} | {n.id for n in seen.units}
    periods = {c.period for c in seen.claims if c.period}
    visible = {n.id for n in seen.periods}
    return len(plans) > 1 or len(units) > 1 or len(periods) > 1 or bool(visible - periods)


def _reused(seen: _Witnesses, period: Period, plan: Plan) -> bool:
    """True for last period's workbook refilled: all that people see names this period, the hidden stamp an older one.

    That is: an identity line and a file name in the form of the templates, both of the same unit and period, and
    one stamp of the same plan and unit.
    """
    if len(seen.stamp.claims) != 1 or not seen.lines or seen.units or seen.periods:
        return False
    stamp = seen.stamp.claims[0]
    now = Claim(plan.id, stamp.unit, period.id)
    return (
        bool(stamp.unit)
        and stamp.plan == plan.id
        and is_earlier(stamp.period, period, plan)
        and all(line == now for line in seen.lines)
        and seen.file == Claim("", stamp.unit, period.id)
    )


def _said(seen: _Witnesses, plan: Plan) -> dict[str, str]:
    """What each of the three says, in words that people use: "UBND xã Gia Viễn (mã xa-gia-vien, kỳ 2026-H1)"."""
    names = {u.id: u.name for u in plan.units}
    words = [f"{names[n.id]} ({n.place})" for n in seen.units] + [f"kỳ {n.id} ({n.place})" for n in seen.periods]
    plans = len({c.plan for c in seen.claims if c.plan}) > 1

    def spoken(claims: Iterable[Claim], further: Iterable[str] = ()) -> str:
        shown = [
            _shown(c, names.get(c.unit, "đơn vị lạ"), with_plan=plans) for c in claims if c.unit or c.period or c.plan
        ]
        return "; ".join(dict.fromkeys([*shown, *further])) or _NOBODY

    return {
        "stamp": spoken(seen.stamp.claims),
        "heading": spoken(seen.lines, words),
        "file_name": spoken((seen.file,)),
    }


def _shown(claim: Claim, unit_name: str, *, with_plan: bool) -> str:
    details = [f"mã {claim.unit}"] if claim.unit else []
    details += [f"kỳ {claim.period}"] if claim.period else []
    details += [f"kế hoạch {claim.plan}"] if claim.plan and (with_plan or not details) else []
    return f"{unit_name} ({', '.join(details)})" if claim.unit else ", ".join(details)


def _from_what(seen: _Witnesses, unit: str) -> list[Finding]:
    """Say by what the unit was known when the stamp does not tell."""
    if any(c.unit for c in seen.stamp.claims):
        return []
    code = "STAMP_MISSING" if seen.lines else "IDENTITY_FROM_NAME"
    return [finding(code, seen.name, At(unit=unit), facts={"unit": unit})]


def _gate(seen: _Witnesses, unit: str, plan: Plan, period: Period, *, reused: bool) -> list[Finding]:
    """Whether what the witnesses agree on is this plan, one of its units and this period."""
    said = {c.plan for c in seen.claims if c.plan}
    if said - {plan.id}:
        return [finding("OTHER_PLAN", seen.name, At(unit=unit), facts={"found": said.pop(), "expected": plan.id})]
    if not any(u.id == unit for u in plan.units):
        return [finding("UNIT_UNKNOWN", seen.name, facts={"unit": unit, "plan": plan.id})]
    other = next((c.period for c in seen.claims if c.period and c.period != period.id), "")
    if other and not reused:
        facts = {**_said(seen, plan), "found": other, "expected": period.id}
        return [finding("OTHER_PERIOD", seen.name, At(unit=unit), facts=facts)]
    return []


def _layout(seen: _Witnesses, unit: str) -> list[Finding]:
    """A template of an older layout is read as far as its headings and codes go, one of a newer layout not at all."""
    stamped = seen.stamp.layout
    if not (stamped.isascii() and stamped.isdecimal()) or stamped == LAYOUT_VERSION:
        return []
    at, facts = At(unit=unit), {"found": stamped, "expected": LAYOUT_VERSION}
    newer = (len(stamped.lstrip("0")), stamped.lstrip("0")) > (len(LAYOUT_VERSION), LAYOUT_VERSION)
    return [finding("LAYOUT_NEWER" if newer else "LAYOUT_OLDER", seen.name, at, facts=facts)]


def _path_remarks(seen: _Witnesses, unit: str, plan: Plan) -> list[Finding]:
    """A free-hand file name that speaks of another commune is a contradiction, a folder of another unit a doubt."""
    spoken = None if seen.file.unit else unit_of_name(seen.name, plan)
    folder = None if spoken else unit_of_folder(seen.name, plan)
    other = spoken or folder
    if other is None or other.id == unit:
        return []
    own = next((u.name for u in plan.units if u.id == unit), unit)
    facts = {"stamp": own, "heading": _said(seen, plan)["heading"]}
    if spoken:
        return [finding("IDENTITY_NAME_DIFFERS", seen.name, At(unit=unit), facts={**facts, "file_name": other.name})]
    return [finding("IDENTITY_FOLDER_DIFFERS", seen.name, At(unit=unit), facts={**facts, "folder": other.name})]
