"""The door through which consolidated results leave: tong-hop.xlsx, consolidated.json, status.xlsx and status.json.

Every file is replaced whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from consolidate.model import Consolidation
from consolidate.result_json import consolidated_json, status_json
from consolidate.workbook.book import draw_status, draw_workbook
from plan.atomic import writable_folder, write_atomically
from plan.workspace import Workspace
from validation.messages import message


def write_consolidation(workspace: Workspace, consolidation: Consolidation) -> tuple[Path, Path]:
    """Write tong-hop.xlsx and consolidated.json; returns their paths."""
    folder = writable_folder(workspace.outputs)
    book, data = folder / "tong-hop.xlsx", folder / "consolidated.json"
    write_atomically(book, draw_workbook(consolidation, message))
    write_atomically(data, consolidated_json(consolidation))
    return book, data


def write_status(workspace: Workspace, consolidation: Consolidation) -> tuple[Path, Path]:
    """Write status.xlsx and status.json; returns their paths."""
    folder = writable_folder(workspace.outputs)
    book, data = folder / "status.xlsx", folder / "status.json"
    write_atomically(book, draw_status(consolidation))
    write_atomically(data, status_json(consolidation.statuses))
    return book, data
