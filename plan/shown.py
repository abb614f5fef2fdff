"""What people see of a printed row, also where the document prints nothing: number, heading, unit, target.

Printed texts stay verbatim in the plan; this only says how a sheet names a row that has no number, or shows
a target that stands inside a name or a sentence. Pure text, no cells, no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plan.book.words import shown
from plan.grammar import format_due
from plan.model import Comparator, DueKind, Indicator, Measure, Plan, Target, Task
from plan.words import ATTAINED

NO_NUMBER = "Không nêu số"
SIGNS: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
}


def shown_numbers(rows: Sequence[Indicator] | Sequence[Task]) -> dict[str, str]:
    """Return by row code the printed number, or "(1)", "(2)"… for the rows that no table numbers."""
    numbers: dict[str, str] = {}
    unnumbered = 0
    for row in rows:
        unnumbered += not row.number
        numbers[row.code] = row.number or f"({unnumbered})"
    return numbers


def numbered(number: str, text: str) -> str:
    """Return the text behind its number: "3. Tuổi thọ", "(3) Tuổi thọ"."""
    if not number or number.endswith((".", ")")):
        return f"{number} {text}".lstrip()
    return f"{number}. {text}"


def row_names(plan: Plan) -> dict[str, str]:
    """Return "TT name" for every row code and field code of the plan, for people to recognise rows by."""
    numbers = shown_numbers(plan.tasks)
    names = {t.code: numbered(numbers[t.code], t.name) for t in plan.tasks}
    numbers = shown_numbers(plan.indicators)
    for i in plan.indicators:
        names[i.code] = numbered(numbers[i.code], i.name)
        names |= {f"{i.code}.{f.name}": numbered(numbers[i.code], f.label) for f in i.fields}
    return names


def shown_due(row: Indicator | Task) -> str:
    """Return the printed deadline; where none is printed, the typed one in Vietnamese, "" when none is known."""
    if row.due_text:
        return row.due_text
    typed = format_due(row.due)
    return "" if typed == DueKind.UNKNOWN else shown("tasks", "due", typed)


def heading_of(row: Indicator | Task) -> tuple[str, str]:
    """Return the headings (section, group) under which the row stands, "" for one that it does not have."""
    return (row.section if isinstance(row, Indicator) else "", group_heading(row))


def group_heading(row: Indicator | Task) -> str:
    """Return the heading of the row's group with its number, "" when it stands in none."""
    return numbered(row.group_number, row.group) if row.group else ""


def shown_leads(plan: Plan, row: Indicator | Task) -> str:
    """Return the printed lead; where none is printed, the names behind the typed ones."""
    if row.lead_text:
        return row.lead_text
    typed = row.reporters if isinstance(row, Indicator) else row.leads
    names = names_of(plan, [a.ref for a in typed])
    return "; ".join(names[a.ref] for a in typed)


def names_of(plan: Plan, refs: Iterable[str]) -> dict[str, str]:
    """Return the name of the unit or group behind each ref; the words themselves of one that names nobody certain."""
    known = {unit.id: unit.name for unit in plan.units} | {f"@{group.id}": group.name for group in plan.groups}
    return {ref: known.get(ref, ref.lstrip("@?")) for ref in refs}


def new_headings(before: tuple[str, str], now: tuple[str, str]) -> list[str]:
    """Return the headings (section, group) that are new on a row, outer first; a new section repeats its group."""
    section, group = now
    changed = [section] if section and section != before[0] else []
    if group and (group != before[1] or section != before[0]):
        changed.append(group)
    return changed


def shown_unit(indicator: Indicator) -> str:
    """Return the printed unit of measure; where none is printed, the one in which the figure is computed."""
    shares = (Measure.THRESHOLD, Measure.ATTAINED)
    if indicator.measure in shares:  # "75 trạm" would be three quarters of all stations
        return "%"
    if indicator.unit:
        return indicator.unit
    if indicator.measure is Measure.RATIO:
        return "%"
    if any(field.name == "current_numerator" for field in indicator.fields):
        return "điểm %"
    return indicator.fields[0].unit if indicator.fields else ""


def shown_target(indicator: Indicator) -> str:
    """Return the printed target; where none is printed, the typed ones in words: "> 95 (năm 2026)"."""
    if indicator.target_text:
        return indicator.target_text
    return "; ".join(_target_text(indicator, target) for target in indicator.targets) or NO_NUMBER


def _target_text(indicator: Indicator, target: Target) -> str:
    if target.threshold is not None:  # the sign and value are those of the share of units that reach it
        count = f"từ {target.threshold} {indicator.fields[0].unit}".rstrip()
        share = f"{target.value:f}".replace(".", ",")
        of_all = "" if target.value == 100 else f"{SIGNS[target.comparator]} {share}% đơn vị có "
        return f"{of_all}{count} (năm {target.year})"
    if indicator.measure is Measure.ATTAINED and target.value == 100:
        return f"{ATTAINED} (năm {target.year})"
    number = f"{target.value:f}".replace(".", ",")
    unit = "" if indicator.unit else shown_unit(indicator)  # a printed unit has a column of its own
    gap = "" if unit.startswith("%") else " "
    figure = f"{SIGNS[target.comparator]} {number}{gap}{unit}".rstrip()
    return f"{figure} (năm {target.year})"
