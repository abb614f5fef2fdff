"""Writes one template per unit of a plan and period into a folder, with a manifest of what was written.

The only file of this package that touches a disk. A template whose bytes have not changed is left alone,
so that a second run changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from plan.atomic import writable_folder, write_atomically
from plan.layout import WorkbookLayout, layout_for
from plan.model import Period, Plan, PlanError
from plan.period import deadline
from plan.words import fold
from templates.draw import draw_template
from templates.previous import Previous

MANIFEST = "manifest.json"

OnDone = Callable[[int, int], None]  # (templates done, templates to do)


@dataclass(frozen=True, slots=True)
class Issued:
    """One template that stands in the folder; the rows are inputs of Appendix 1 and tasks of Appendix 2."""

    unit: str
    name: str
    file: str
    sha256: str
    indicator_rows: int
    task_rows: int


@dataclass(frozen=True, slots=True)
class IssueReport:
    """The outcome: `files` are this run's templates, `changed` those of them that were written anew.

    `issued` is every template that stands in the folder, `without_rows` the asked units that answer for
    nothing, `strays` the .xlsx files of the folder that belong to no unit.
    """

    issued: tuple[Issued, ...]
    files: tuple[str, ...]
    changed: tuple[str, ...]
    without_rows: tuple[str, ...]
    strays: tuple[str, ...]


def issue_templates(  # noqa: PLR0913, PLR0917 - each is a plain fact of the run; a bundle would only hide them
    plan: Plan,
    period: Period,
    folder: Path,
    wanted: Sequence[str] = (),
    previous: Mapping[str, Previous] = MappingProxyType({}),
    on_done: OnDone = lambda _done, _total: None,
) -> IssueReport:
    """Write the templates of the `wanted` unit ids (all when none is named) into `folder`, made if need be.

    `previous` maps unit ids to what each reported last period. The manifest always lists every template
    that stands in the folder. Raises PlanError for an unknown unit or a folder that cannot be written.
    """
    _refuse_unknown(plan, wanted)
    writable_folder(folder)
    layouts = [layout_for(plan, unit, period) for unit in plan.units]
    named = [x for x in layouts if not wanted or x.unit.id in wanted]
    todo = [x for x in named if not x.is_empty]
    due = deadline(plan, period)
    changed: list[str] = []
    for done, layout in enumerate(todo, start=1):
        data = draw_template(layout, previous.get(layout.unit.id, {}), due)
        if _put(folder / layout.file_name, data):
            changed.append(layout.file_name)
        on_done(done, len(todo))
    issued = _standing(folder, [x for x in layouts if not x.is_empty])
    _put(folder / MANIFEST, _manifest(plan, period, issued))
    known = {i.file for i in issued}
    return IssueReport(
        issued=issued,
        files=tuple(x.file_name for x in todo),
        changed=tuple(changed),
        without_rows=tuple(x.unit.id for x in named if x.is_empty),
        strays=tuple(sorted(p.name for p in folder.glob("*.xlsx") if p.name not in known)),
    )


def _refuse_unknown(plan: Plan, wanted: Sequence[str]) -> None:
    known = {unit.id for unit in plan.units}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise PlanError(*(_unknown_unit(plan, name) for name in unknown))


def _unknown_unit(plan: Plan, name: str) -> str:
    words = {unit.id: unit.id for unit in plan.units} | {
        fold(unit.name).replace(" ", "-"): unit.id for unit in plan.units
    }
    near = dict.fromkeys(words[w] for w in get_close_matches(fold(name).replace(" ", "-"), words, n=3))
    guess = f"Có phải {' hoặc '.join(near)}? " if near else ""
    return (
        f"Kế hoạch {plan.id} không có đơn vị “{name}”. {guess}Mã đơn vị là phần sau tên kỳ trong tên biểu mẫu, "
        "xem cả danh sách bằng lệnh plan show."
    )


def _put(path: Path, data: bytes) -> bool:
    """Write `data` unless it stands there already; return whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True


def _standing(folder: Path, layouts: Sequence[WorkbookLayout]) -> tuple[Issued, ...]:
    """Return the templates that stand in `folder`, in the plan's order of units."""
    return tuple(
        Issued(
            unit=layout.unit.id,
            name=layout.unit.name,
            file=layout.file_name,
            sha256=hashlib.sha256((folder / layout.file_name).read_bytes()).hexdigest(),
            indicator_rows=len(layout.indicator_rows),
            task_rows=len(layout.task_rows),
        )
        for layout in layouts
        if (folder / layout.file_name).is_file()
    )


def _manifest(plan: Plan, period: Period, issued: Sequence[Issued]) -> bytes:
    content = {
        "plan": plan.id,
        "plan_digest": plan.digest,
        "period": period.id,
        "templates": [
            {
                "unit": i.unit,
                "name": i.name,
                "file": i.file,
                "sha256": i.sha256,
                "indicator_rows": i.indicator_rows,
                "task_rows": i.task_rows,
            }
            for i in issued
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
