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
from plan.model import PlanError
from plan.workspace import Workspace
from validation.messages import message

_FILES = ("tong-hop.xlsx", "consolidated.json", "bao-cao.html", "bao-cao.docx")
_LOCKS = ("~$o-cao.docx", ".~lock.bao-cao.docx#")  # what Word and LibreOffice put beside a document that is open


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
    folder tell different numbers; for the same reason everything is drawn before anything is written.
    Raises PlanError when a file cannot be written.
    """
    from consolidate.page.draw import draw_page  # noqa: PLC0415 (`status` draws no page and need not load jinja2)

    folder = writable_folder(workspace.outputs)
    book, data, page, report = (folder / name for name in _FILES)
    there, edited = _former(report)
    drawn = {book: draw_workbook(consolidation, message), data: consolidated_json(consolidation)}
    told = json.loads(drawn[data])
    drawn[page] = draw_page(told)
    former = report if edited else None
    if with_report or (there and not edited):
        from consolidate.report.draw import draw_report  # noqa: PLC0415 (python-docx takes a fifth of a second to load)

        drawn[report] = draw_report(told)
        if edited:
            moment = datetime.fromtimestamp(report.stat().st_mtime, ZoneInfo(consolidation.plan.time_zone))
            former = moved_aside(report, f"bản sửa tay {moment:%d-%m-%Y %Hh%M}")
    for path, content in drawn.items():
        write_atomically(path, content)
    return Written(book, data, page, report if report in drawn else None, former)


def _former(report: Path) -> tuple[bool, bool]:
    """(a report lies there, somebody has written in it or has it open). Raises PlanError for what is no file."""
    if not report.exists():
        return False, False
    if not report.is_file():
        raise PlanError(f"“{report}” không phải là một tệp. Đổi tên hoặc chuyển đi nơi khác rồi chạy lại.")
    from consolidate.report.keep import edited_since  # noqa: PLC0415 (only where a report has been written)

    is_open = any(report.with_name(name).exists() for name in _LOCKS)
    return True, is_open or edited_since(report.read_bytes())


def write_status(workspace: Workspace, consolidation: Consolidation) -> tuple[Path, Path]:
    """Write status.xlsx and status.json; returns their paths."""
    folder = writable_folder(workspace.outputs)
    book, data = folder / "status.xlsx", folder / "status.json"
    write_atomically(book, draw_status(consolidation))
    write_atomically(data, status_json(consolidation.statuses))
    return book, data
