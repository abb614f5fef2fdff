"""The harmless habits of people and Excel: odd to look at, with exactly one reading, and so to be accepted.

An oddity changes what was typed and never what was meant. No workbook is opened here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

from plan.layout import INDICATOR_SHEET, WorkbookLayout
from plan.model import FieldKind
from plan.words import fold
from templates.rehearsal_scene import Answer, Answers, Place, Scene, Typed

Habit = Callable[[Scene, Answers], Answers]


def _values(scene: Scene, kind: FieldKind) -> set[Place]:
    return {Place(INDICATOR_SHEET, r.code, "value") for r in scene.layout.indicator_rows if r.field.kind is kind}


def _retype(answers: Answers, change: Callable[[Place, Typed], Typed]) -> Answers:
    return {place: Answer(change(place, answer.typed), answer.meant) for place, answer in answers.items()}


def _grouped_counts(scene: Scene, answers: Answers) -> Answers:
    """Type counts as text with points between the thousands, 12.345."""
    counts = _values(scene, FieldKind.COUNT)

    def change(place: Place, typed: Typed) -> Typed:
        return f"{typed:,}".replace(",", ".") if place in counts and isinstance(typed, int) and typed >= 1000 else typed

    return _retype(answers, change)


def _decimal_commas(scene: Scene, answers: Answers) -> Answers:
    """Type decimal numbers as text with a comma, 75,4."""
    numbers = _values(scene, FieldKind.NUMBER)

    def change(place: Place, typed: Typed) -> Typed:
        return str(typed).replace(".", ",") if place in numbers and isinstance(typed, float) else typed

    return _retype(answers, change)


def _trailing_spaces(scene: Scene, answers: Answers) -> Answers:
    """Leave a blank behind every word and count."""
    counts = _values(scene, FieldKind.COUNT)

    def change(place: Place, typed: Typed) -> Typed:
        return f"{typed} " if isinstance(typed, str) or (place in counts and typed is not None) else typed

    return _retype(answers, change)


def _decomposed(_scene: Scene, answers: Answers) -> Answers:
    """Write all text with combining marks, as some macOS and phone keyboards do."""
    return _retype(answers, lambda _, typed: unicodedata.normalize("NFD", typed) if isinstance(typed, str) else typed)


def _capital_statuses(_scene: Scene, answers: Answers) -> Answers:
    """Write statuses in capitals."""
    return _retype(
        answers, lambda p, typed: typed.upper() if p.column == "status" and isinstance(typed, str) else typed
    )


def _text_dates(_scene: Scene, answers: Answers) -> Answers:
    """Type dates as text, day first."""
    return _retype(answers, lambda _, typed: f"{typed:%d/%m/%Y}" if isinstance(typed, date) else typed)


# Rare hosts first, as with the faults.
CELL_ODDITIES: dict[str, Habit] = {
    "decimal_commas": _decimal_commas,
    "grouped_counts": _grouped_counts,
    "trailing_spaces": _trailing_spaces,
    "decomposed_text": _decomposed,
    "capital_statuses": _capital_statuses,
    "text_dates": _text_dates,
}


def _renamed(layout: WorkbookLayout) -> str:
    name = fold(layout.unit.name)
    namesakes = sum(fold(unit.name) == name for unit in layout.plan.units)
    return f"bao cao {name}.xlsx" if namesakes == 1 else f"bao cao {name} {layout.unit.code or layout.unit.id}.xlsx"


def _sub_folder(layout: WorkbookLayout) -> str:
    return f"dot 1/{layout.file_name}"


FILE_ODDITIES: dict[str, Callable[[WorkbookLayout], str]] = {"renamed_file": _renamed, "sub_folder": _sub_folder}

ODDITIES = (*CELL_ODDITIES, *FILE_ODDITIES)


def retype(name: str, scene: Scene, answers: Answers) -> Answers:
    """Return `answers` as typed by someone with the habit `name`."""
    return CELL_ODDITIES[name](scene, answers)


def file_name(name: str, layout: WorkbookLayout) -> str:
    """Return the path below the returns folder under which a unit with the oddity `name` sends its file."""
    named = FILE_ODDITIES.get(name)
    return named(layout) if named else layout.file_name
