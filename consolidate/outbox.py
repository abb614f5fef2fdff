"""The door through which consolidated results leave: workbook, JSON, page, Word report and status.

Every file is replaced whole or not at all. The report and the page are made of the bytes of `consolidated.json`
and of nothing else. A report in which somebody has written is never replaced: it is set aside under another name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from consolidate.model import Consolidation
from consolidate.result_json import consolidated_json, status_json
from consolidate.workbook.book import draw_status, draw_workbook
from plan.atomic import moved_aside, writable_folder, write_atomically
from plan.workspace import Workspace
from validation.messages import message


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_consolidation` left in the outputs.

    `report` is None when none was asked for. `former_report` is one in which somebody has written: set aside when a
    new one was asked for, else left standing with the numbers of an earlier run.
    """

    book: Path
    data: Path
    page: Path
    report: Path | None
    former_report: Path | None


def write_consolidation(workspace: Workspace, consolidation: Consolidation, *, with_report: bool) -> Written:
    """Write tong-hop.xlsx, consolidated.json, bao-cao.html and, when asked for, bao-cao.docx.

    A report that an earlier run left and nobody has touched is written anew in any case, so that no two files of one
    folder tell different numbers. Raises PlanError when a file cannot be written.
    """
    from consolidate.page.draw import draw_page  # noqa: PLC0415 (`status` draws no page and need not load jinja2)

    folder = writable_folder(workspace.outputs)
    book, data, page = (folder / name for name in ("tong-hop.xlsx", "consolidated.json", "bao-cao.html"))
    told = consolidated_json(consolidation)
    write_atomically(book, draw_workbook(consolidation, message))
    write_atomically(data, told)
    write_atomically(page, draw_page(json.loads(told)))
    report, former = _write_report(folder / "bao-cao.docx", told, ZoneInfo(consolidation.plan.time_zone), with_report)
    return Written(book, data, page, report, former)


def _write_report(path: Path, told: bytes, zone: ZoneInfo, asked: bool) -> tuple[Path | None, Path | None]:
    """Return (the report written, the edited one that was set aside or left standing)."""
    there = path.is_file()
    if not (asked or there):
        return None, None
    from consolidate.report.draw import draw_report  # noqa: PLC0415 (python-docx takes a fifth of a second to load)
    from consolidate.report.keep import edited_since  # noqa: PLC0415

    former = None
    if there and edited_since(path.read_bytes()):
        if not asked:
            return None, path
        moment = datetime.fromtimestamp(path.stat().st_mtime, zone)
        former = moved_aside(path, f"bản sửa tay {moment:%d-%m-%Y %Hh%M}")
    write_atomically(path, draw_report(json.loads(told)))
    return path, former


def write_status(workspace: Workspace, consolidation: Consolidation) -> tuple[Path, Path]:
    """Write status.xlsx and status.json; returns their paths."""
    folder = writable_folder(workspace.outputs)
    book, data = folder / "status.xlsx", folder / "status.json"
    write_atomically(book, draw_status(consolidation))
    write_atomically(data, status_json(consolidation.statuses))
    return book, data
