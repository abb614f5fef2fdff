"""One unit's post: the file or files it sends, when they arrive, and the truth about them.

Joins what a unit types with the workbook it types into. Writes nothing to the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from plan.layout import TASK_SHEET, WorkbookLayout
from plan.period import previous_period
from templates.rehearsal_cast import Part, played
from templates.rehearsal_files import (
    delete_tasks,
    draw_other,
    fill,
    former_unit,
    open_template,
    overtype_identity,
    own_table,
    spoil_bytes,
    workbook_bytes,
)
from templates.rehearsal_oddities import file_name
from templates.rehearsal_scene import Answers, Scene
from templates.rehearsal_truth import PlantedFault, UnitTruth, indicator_truth, task_truth
from templates.rehearsal_values import honest_answers


@dataclass(frozen=True, slots=True)
class Sent:
    """One file: its path below the returns folder, its bytes and the moment it was received."""

    file: str
    data: bytes
    moment: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """All that one unit sent, and what is true of it."""

    unit: str
    files: tuple[Sent, ...]
    truth: UnitTruth
    faults: tuple[PlantedFault, ...]


def post(part: Part, scene: Scene, neighbour: Scene | None, templates: Path, deadline: datetime) -> Mail:
    """Play `part`. `neighbour` is whose template it fills by mistake. Raises PlanError when a template does not fit."""
    if part.missing:
        return Mail(part.unit, (), _truth(part, None, None, ()), ())
    moment = _moment(scene, deadline, late=part.late)
    if part.file_fault == "SUPERSEDED":
        return _sent_twice(part, scene, templates, moment)
    if part.file_fault:
        file, data = _spoilt(part, scene, neighbour or scene, templates, moment)
        halved = part.file_fault == "SHEET_MISSING"  # what stands on the other sheet is still good
        fault = PlantedFault(part.unit, file, TASK_SHEET if halved else "", "", "", part.file_fault, "error")
        sent = Sent(file, data, moment)
        read = (scene.layout, honest_answers(scene)) if halved else None
        lost = tuple(sorted(row.code for row in scene.layout.task_rows)) if halved else ()
        return Mail(part.unit, (sent,), _truth(part, sent, read, lost), (fault,))
    answers, planted = played(part, scene)
    book = open_template(templates / scene.layout.file_name)
    addresses = fill(book, answers)
    sent = Sent(file_name(part.oddity, scene.layout), workbook_bytes(book, moment), moment)
    faults = tuple(
        PlantedFault(part.unit, sent.file, place.sheet, addresses[place], row, fault.code, fault.severity)
        for fault, place, row in planted
    )
    blocked = tuple(sorted(fault.row for fault in faults if fault.severity == "error"))
    return Mail(part.unit, (sent,), _truth(part, sent, (scene.layout, answers), blocked), faults)


def _truth(
    part: Part, sent: Sent | None, read: tuple[WorkbookLayout, Answers] | None, blocked: tuple[str, ...]
) -> UnitTruth:
    return UnitTruth(
        file=sent.file if sent else "",
        received_at=sent.moment.isoformat() if sent else None,
        fate=part.fate,
        late=part.late,
        oddity=part.oddity,
        indicators=indicator_truth(*read) if read else {},
        tasks=task_truth(*read) if read else {},
        blocked_rows=blocked,
    )


def _moment(scene: Scene, deadline: datetime, *, late: bool) -> datetime:
    """Return when the file arrives: four in five in the last five days, at office hours or in the evening."""
    chance = scene.dice("gửi")
    days = chance.randint(1, 5) if chance.random() < 0.8 else chance.randint(6, 20)
    if late:
        days = -chance.randint(0, 2)
    midnight = deadline.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight - timedelta(days=days) + timedelta(minutes=chance.randint(7 * 60 + 15, 21 * 60))
    return max(moment, deadline + timedelta(minutes=5)) if late else moment


def _sent_twice(part: Part, scene: Scene, templates: Path, moment: datetime) -> Mail:
    """A first version, two days earlier and with other figures, then the one that counts."""
    layout = scene.layout
    stem = layout.file_name.removesuffix(".xlsx")
    versions = (
        (replace(scene, seed=f"{scene.seed}, lần 1"), layout.file_name, moment - timedelta(days=2)),
        (scene, f"{stem} (2).xlsx", moment),
    )
    sent = []
    for version, file, received in versions:
        book = open_template(templates / layout.file_name)
        fill(book, honest_answers(version))
        sent.append(Sent(file, workbook_bytes(book, received), received))
    first, last = sent
    fault = PlantedFault(part.unit, first.file, "", "", "", part.file_fault, "note")
    return Mail(part.unit, (first, last), _truth(part, last, (layout, honest_answers(scene)), ()), (fault,))


def _spoilt(part: Part, scene: Scene, neighbour: Scene, templates: Path, moment: datetime) -> tuple[str, bytes]:
    """Return the name and bytes of a file that is wrong as a whole."""
    layout, code = scene.layout, part.file_fault
    number = [unit.id for unit in layout.plan.units].index(part.unit) + 1
    answers, book = honest_answers(scene), open_template(templates / layout.file_name)
    if code == "IDENTITY_UNKNOWN":
        return f"tong hop so lieu {number}.xlsx", workbook_bytes(own_table(layout), moment)
    if code == "IDENTITY_CONFLICT":
        book = open_template(templates / neighbour.layout.file_name)
        answers = honest_answers(replace(neighbour, seed=f"{scene.seed}, {part.unit}"))
        overtype_identity(book, layout.identity_text)
    elif code in ("OTHER_PERIOD", "UNIT_UNKNOWN"):
        layout = former_unit(layout, number) if code == "UNIT_UNKNOWN" else _earlier(layout)
        book = draw_other(layout, moment)
    fill(book, answers)
    if code == "SHEET_MISSING":
        delete_tasks(book)
    return layout.file_name, spoil_bytes(code, workbook_bytes(book, moment))


def _earlier(layout: WorkbookLayout) -> WorkbookLayout:
    period = previous_period(layout.plan, layout.period)
    if period is None:
        raise AssertionError(f"{layout.unit.id} was cast for another period and the plan has none")
    return replace(layout, period=period)
