"""The door through which validation's results leave: feedback copies, findings.xlsx and findings.json.

Every file is replaced whole or not at all. Feedback of an earlier run that no longer holds is removed;
nothing in the inputs folder is read or touched: the bytes of returns come from whoever keeps them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from plan.atomic import writable_folder, write_atomically
from plan.layout import WorkbookLayout, layout_for
from plan.model import Period, Plan, PlanError
from plan.shown import numbered, shown_numbers
from plan.workspace import Workspace
from validation.differences import version_differences
from validation.feedback import Form, Reply, feedback_file
from validation.findings_book import BookHeading, draw_findings
from validation.findings_json import findings_json
from validation.mend_list import FeedbackHeading
from validation.messages import message
from validation.model import Checked, Finding, Return, Severity

_PREFIX = "can-sua_"
_LISTING = "danh-sach.json"  # what this run made, for the next run to tidy up
_LONGEST_NAME = 180  # bytes; file systems stop at 255, and numbers may follow
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a validation run was about: plan and period, its folders, and the moment that counts as now."""

    workspace: Workspace
    plan: Plan
    period: Period
    as_of: datetime

    @property
    def reply_by(self) -> date | None:
        """The first day that is too late to answer; None once it has come: then as soon as possible."""
        due = self.period.due
        return due if due is not None and self.as_of.date() < due else None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where bytes come from: those of a received file (b"" when they are gone), and a unit's blank template."""

    bytes_of: Callable[[Return], bytes]
    blank_of: Callable[[str], bytes]


def row_names(plan: Plan) -> dict[str, str]:
    """Return "TT name" for every row code and field code of the plan, for people to recognise rows by."""
    numbers = shown_numbers(plan.tasks)
    names = {t.code: numbered(numbers[t.code], t.name) for t in plan.tasks}
    numbers = shown_numbers(plan.indicators)
    for i in plan.indicators:
        names[i.code] = numbered(numbers[i.code], i.name)
        names |= {f"{i.code}.{f.name}": numbered(numbers[i.code], f.label) for f in i.fields}
    return names


def write_findings(occasion: Occasion, checked: Checked) -> tuple[Path, Path]:
    """Write findings.xlsx and findings.json of a run; returns their paths."""
    plan = occasion.plan
    names = {u.id: u.name for u in plan.units}
    heading = BookHeading(plan.title, occasion.period.label, occasion.as_of, names, row_names(plan))
    folder = writable_folder(occasion.workspace.outputs)
    book, data = folder / "findings.xlsx", folder / "findings.json"
    write_atomically(book, draw_findings(checked, heading, message, version_differences(checked)))
    write_atomically(data, findings_json(checked.findings, message))
    return book, data


def write_feedback(
    occasion: Occasion, checked: Checked, sources: Sources, on_done: Callable[[int, int], None]
) -> dict[str, Path]:
    """Write a feedback workbook for every return with an error or warning; returns file -> its feedback.

    `on_done` is told (done, of how many).
    """
    plan = occasion.plan
    folder = writable_folder(occasion.workspace.feedback)
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for f in checked.findings:
        by_file[f.file].append(f)
    due = [r for r in checked.returns if any(f.severity is not Severity.NOTE for f in by_file[r.file])]
    paths = dict(zip((r.file for r in due), _names(folder, [r.file for r in due]), strict=True))
    units = {u.id: u.name for u in plan.units}
    rows = row_names(plan)
    for done, r in enumerate(due, start=1):
        heading = FeedbackHeading(plan.title, units.get(r.unit, ""), occasion.period.label, occasion.reply_by, rows)
        reply = Reply(r, by_file[r.file], message, heading)
        write_atomically(paths[r.file], feedback_file(sources.bytes_of(r), reply, _form(occasion, r.unit, sources)))
        on_done(done, len(due))
    _remove_stale(folder, paths)
    return paths


def _form(occasion: Occasion, unit_id: str, sources: Sources) -> Callable[[], Form] | None:
    """What makes the blank template of a unit, None for one that has none."""
    layouts = (layout_for(occasion.plan, u, occasion.period) for u in occasion.plan.units if u.id == unit_id)
    layout = next((found for found in layouts if not found.is_empty), None)
    return None if layout is None else partial(_blank_form, layout, sources)


def _blank_form(layout: WorkbookLayout, sources: Sources) -> Form:
    return Form(layout, sources.blank_of(layout.unit.id))


def _names(folder: Path, files: list[str]) -> list[Path]:
    """One path per file, distinct on file systems that ignore case as well."""
    taken: set[str] = set()
    paths = []
    for file in files:
        flat = file.replace("/", "_").replace("\\", "_").removeprefix(_PREFIX)
        if flat.lower().endswith(_WORKBOOKS):  # what goes back is an .xlsx, whatever came
            flat = flat.rpartition(".")[0]
        while len(flat.encode()) > _LONGEST_NAME:
            flat = flat[:-1]
        name = f"{_PREFIX}{flat}.xlsx"
        while name.casefold() in taken:
            name = f"{name.removesuffix('.xlsx')}_.xlsx"
        taken.add(name.casefold())
        paths.append(folder / name)
    return paths


def _remove_stale(folder: Path, current: Mapping[str, Path]) -> None:
    """Remove copies that an earlier run made and this one did not; what people put there is left alone."""
    listing = folder / _LISTING
    try:
        former = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        former = []
    names = sorted(path.name for path in current.values())
    for name in former:
        path = folder / Path(str(name)).name
        if path.name not in names:
            try:
                path.unlink(missing_ok=True)
            except OSError as fault:
                raise PlanError(
                    f"Không xóa được bản trả lại cũ “{path}”. Nếu đang mở trong Excel, hãy đóng lại rồi chạy lại."
                ) from fault
    write_atomically(listing, (json.dumps(names, ensure_ascii=False, indent=0) + "\n").encode())
