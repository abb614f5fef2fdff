"""`simulate`: a seeded rehearsal that returns the real templates as units would, good and bad.

Beside the returns it leaves the truth, what a correct reader must take from every file and find in
it, so that the whole tool can be checked without sharing a line with its reader. It never touches a
file that it did not make, and the same seed gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from plan.atomic import writable_folder, write_atomically
from plan.layout import layout_for
from plan.model import Period, Plan, PlanError
from templates.rehearsal_cast import Part, cast
from templates.rehearsal_mail import Mail, Sent, post
from templates.rehearsal_scene import Scene
from templates.rehearsal_truth import PlantedFault, Truth, UnitTruth

_DEBRIS = {"thumbs.db", "desktop.ini"}  # of operating systems; with names that begin with a point
# Nobody sends a report earlier than this, and no document in it may be younger than the report.
_EARLIEST = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How to rehearse. `templates` and `returns` are folders; `deadline` is aware; `clean`: nobody errs."""

    templates: Path
    returns: Path
    seed: int
    deadline: datetime
    clean: bool = False

    @property
    def truth_file(self) -> Path:
        """Beside the returns, where no reader of returns comes across it."""
        return self.returns.with_name(f"{self.returns.name}.truth.json")


def simulate(plan: Plan, period: Period, settings: Rehearsal, on_done: Callable[[int, int], None]) -> Truth:
    """Send the returns of every unit that has a template, and write the truth beside them.

    `on_done` is told (done, of how many units). Files of an earlier rehearsal are replaced; raises PlanError,
    touching nothing, when the folder holds anything else, and when there are no templates.
    """
    writable_folder(settings.returns)
    former = _former_files(settings)
    scenes = _scenes(plan, period, settings)
    parts = cast(list(scenes.values()), str(settings.seed), clean=settings.clean)
    units: dict[str, UnitTruth] = {}
    faults: list[PlantedFault] = []
    files: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=settings.returns.parent, prefix=".dien-thu-") as beside:
        for done, mail in enumerate(_mails(scenes, parts, settings), start=1):
            for sent in mail.files:
                files[sent.file] = _put(Path(beside), sent)
            units[mail.unit] = mail.truth
            faults += mail.faults
            on_done(done, len(scenes))
        truth = Truth(
            plan=plan.id,
            period=period.id,
            seed=settings.seed,
            deadline=settings.deadline.isoformat(),
            units=units,
            faults=tuple(faults),
            files=files,
        )
        _publish(Path(beside), truth, settings, former)
    return truth


def _scenes(plan: Plan, period: Period, settings: Rehearsal) -> dict[str, Scene]:
    last = min(period.last, (settings.deadline - _EARLIEST).date())
    last_day = max(period.first, last)
    layouts = (layout_for(plan, unit, period) for unit in plan.units)
    scenes = {
        layout.unit.id: Scene(layout, str(settings.seed), last_day)
        for layout in layouts
        if not layout.is_empty and (settings.templates / layout.file_name).is_file()
    }
    if not scenes:
        raise PlanError(
            f"Chưa có mẫu báo cáo của đơn vị nào trong thư mục “{settings.templates}”. Hãy chạy lệnh template trước."
        )
    return scenes


def _mails(scenes: Mapping[str, Scene], parts: Mapping[str, Part], settings: Rehearsal) -> Iterator[Mail]:
    for unit, part in parts.items():
        neighbour = scenes.get(part.neighbour)
        yield post(part, scenes[unit], neighbour, settings.templates, settings.deadline)


def _put(folder: Path, sent: Sent) -> str:
    path = folder / sent.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sent.data)
    os.utime(path, (sent.moment.timestamp(),) * 2)
    return hashlib.sha256(sent.data).hexdigest()


def _former_files(settings: Rehearsal) -> list[Path]:
    """Return the files of an earlier rehearsal. Raises PlanError when the folder holds any other file."""
    found = sorted(p for p in settings.returns.rglob("*") if p.is_file() and not _is_debris(p))
    listed = _listed(settings.truth_file) if found else {}
    foreign = [
        path
        for path in found
        # A file that somebody has worked in since is no longer ours.
        if listed.get(path.relative_to(settings.returns).as_posix()) != hashlib.sha256(path.read_bytes()).hexdigest()
    ]
    if foreign:
        name = foreign[0].relative_to(settings.returns).as_posix()
        raise PlanError(
            f"Thư mục “{settings.returns}” có {len(foreign)} tệp không do lần điền thử trước tạo ra (ví dụ “{name}”) "
            "nên không điền thử vào đây. Hãy chuyển các tệp này đi nơi khác, hoặc chọn thư mục làm việc khác "
            "bằng --workspace."
        )
    return found


def _is_debris(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in _DEBRIS


def _listed(truth_file: Path) -> Mapping[str, str]:
    try:
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        return {str(file): str(digest) for file, digest in truth["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no truth to go by: nothing in the folder is known to be ours


def _publish(beside: Path, truth: Truth, settings: Rehearsal, former: list[Path]) -> None:
    """Take away the former files, then write the truth, then move in the new ones.

    In this order whatever a crash leaves in the folder is listed in the truth that lies there.
    """
    text = json.dumps(asdict(truth), ensure_ascii=False, indent=1) + "\n"
    try:
        for path in former:
            path.unlink()
            if path.parent != settings.returns:
                with suppress(OSError):  # something else lies there too
                    path.parent.rmdir()
        write_atomically(settings.truth_file, text.encode())
        for file in truth.files:
            target = settings.returns / file
            target.parent.mkdir(parents=True, exist_ok=True)
            (beside / file).replace(target)
    except OSError as error:
        raise PlanError(
            f"Không ghi được tệp “{error.filename}” ({error.strerror}). "
            "Nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại."
        ) from error
