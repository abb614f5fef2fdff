"""The door through which validation's results leave: feedback copies, findings.xlsx and findings.json.

Every file is replaced whole or not at all. Feedback of an earlier run that no longer holds is removed;
nothing in the inputs folder is read or touched: the bytes of returns come from whoever keeps them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from plan.atomic import writable_folder, write_atomically
from plan.layout import WorkbookLayout, layout_for
from plan.model import Period, Plan, PlanError
from plan.shown import row_names
from plan.workspace import Workspace
from validation.differences import version_differences
from validation.feedback import Form, Reply, feedback_file
from validation.feedback_kept import Kept, basis, digest_of_rows, drawing, is_whole, listing, read_listing
from validation.feedback_names import Outgoing, copy_names
from validation.findings_book import BookHeading, draw_findings
from validation.findings_json import findings_json
from validation.findings_sending import Sending
from validation.mend_list import FeedbackHeading, asks_only
from validation.messages import is_for_office, message, message_to_unit
from validation.model import Checked, Finding, Return, Severity

_LISTING = "danh-sach.json"  # what this run made, for the next run to keep or tidy up


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


@dataclass(frozen=True, slots=True)
class _Going:
    """A return about which its unit has something to do, what the unit is told, and the file that goes back."""

    return_: Return
    findings: tuple[Finding, ...]
    name: str


def write_findings(occasion: Occasion, checked: Checked) -> tuple[Path, Path]:
    """Write findings.xlsx and findings.json of a run; returns their paths."""
    plan = occasion.plan
    names = {u.id: u.name for u in plan.units}
    heading = BookHeading(plan.title, occasion.period.label, occasion.as_of, names, row_names(plan))
    folder = writable_folder(occasion.workspace.outputs)
    book, data = folder / "findings.xlsx", folder / "findings.json"
    sendings = _sendings(occasion, _going(occasion.plan, checked))
    write_atomically(book, draw_findings(checked, heading, message, version_differences(checked), sendings))
    write_atomically(data, findings_json(checked.findings, message))
    return book, data


def write_feedback(
    occasion: Occasion, checked: Checked, sources: Sources, on_done: Callable[[int, int], None]
) -> dict[str, Path]:
    """Write a workbook for every return about which its unit has something to do; returns file -> its workbook.

    What the department alone can act on, and files of nobody, stand in findings.xlsx only. `on_done` is told
    (done, of how many). A copy of an earlier run that would come out the same is left as it lies.
    """
    plan = occasion.plan
    folder = writable_folder(occasion.workspace.feedback)
    former = read_listing(folder / _LISTING)
    units, rows = {u.id: u.name for u in plan.units}, row_names(plan)
    common = drawing(), digest_of_rows(rows)
    going = _going(plan, checked)
    made = []
    for done, g in enumerate(going, start=1):
        unit = units[g.return_.unit]
        heading = FeedbackHeading(plan.title, unit, occasion.period.label, occasion.reply_by, rows)
        reply = Reply(g.return_, g.findings, message_to_unit, heading)
        form = _form(occasion, g.return_.unit, sources)
        expected = basis(reply, common, has_form=form is not None)
        kept = former.get(g.name, Kept(g.name))
        same = kept.basis == expected and is_whole(folder / g.name, kept)
        if not same or (kept.form and (form is None or _digest(form().blank) != kept.form)):
            kept = _drawn(folder / g.name, reply, sources.bytes_of(g.return_), form)
            kept = replace(kept, basis=expected if kept.basis else "")
        made.append(kept)
        on_done(done, len(going))
    _remove_stale(folder, former, [k.name for k in made])
    write_atomically(folder / _LISTING, listing(made))
    return {g.return_.file: folder / g.name for g in going}


def _going(plan: Plan, checked: Checked) -> tuple[_Going, ...]:
    """The returns that go back, in the order of `checked`."""
    told: dict[str, list[Finding]] = defaultdict(list)
    for f in checked.findings:
        if not is_for_office(f):
            told[f.file].append(f)
    known = {u.id for u in plan.units}
    due = [r for r in checked.returns if r.unit in known and any(f.severity is not Severity.NOTE for f in told[r.file])]
    names = copy_names([Outgoing(r.file, r.unit, asks_only(told[r.file])) for r in due])
    return tuple(_Going(r, tuple(told[r.file]), name) for r, name in zip(due, names, strict=True))


def _sendings(occasion: Occasion, going: Sequence[_Going]) -> tuple[Sending, ...]:
    """What goes back, in the order in which the plan names the units."""
    units = {u.id: u for u in occasion.plan.units}
    folder = occasion.workspace.feedback.relative_to(occasion.workspace.outputs).as_posix()
    order = list(units)
    going = sorted(going, key=lambda g: (order.index(g.return_.unit), g.name))
    counts = [Counter(f.severity for f in g.findings) for g in going]
    return tuple(
        Sending(
            unit=units[g.return_.unit].name,
            copy=f"{folder}/{g.name}",
            sender=g.return_.sender,
            contact=units[g.return_.unit].contact,
            errors=count[Severity.ERROR],
            warnings=count[Severity.WARNING],
        )
        for g, count in zip(going, counts, strict=True)
    )


def _drawn(path: Path, reply: Reply, data: bytes, form: Callable[[], Form] | None) -> Kept:
    """Draw and write a copy. Its `basis` is "" where the bytes of the return could not be had."""
    forms: list[str] = []

    def noted() -> Form:
        assert form is not None  # noqa: S101 (for the type only: it is not handed on otherwise)
        made = form()
        forms.append(_digest(made.blank))
        return made

    content = feedback_file(data, reply, noted if form is not None else None)
    write_atomically(path, content)
    whole = _digest(data) == reply.return_.sha256
    return Kept(path.name, "whole" if whole else "", _digest(content), forms[0] if forms else "")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _form(occasion: Occasion, unit_id: str, sources: Sources) -> Callable[[], Form] | None:
    """What makes the blank template of a unit, None for one that has none."""
    layouts = (layout_for(occasion.plan, u, occasion.period) for u in occasion.plan.units if u.id == unit_id)
    layout = next((found for found in layouts if not found.is_empty), None)
    return None if layout is None else partial(_blank_form, layout, sources)


def _blank_form(layout: WorkbookLayout, sources: Sources) -> Form:
    return Form(layout, sources.blank_of(layout.unit.id))


def _remove_stale(folder: Path, former: Iterable[str], current: Collection[str]) -> None:
    """Remove copies that an earlier run made and this one did not; what people put there is left alone."""
    present = {name.casefold() for name in current}
    for name in former:
        if name.casefold() not in present:
            path = folder / name
            try:
                path.unlink(missing_ok=True)
            except OSError as fault:
                raise PlanError(
                    f"Không xóa được bản trả lại cũ “{path}”. Nếu đang mở trong Excel, hãy đóng lại rồi chạy lại."
                ) from fault
