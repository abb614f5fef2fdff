"""The consolidated workbook `tong-hop.xlsx`, and `status.xlsx`, drawn in memory from one Consolidation.

Sheets stand in a fixed order; the same input gives the same bytes. It computes no figure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from consolidate.model import REHEARSAL_MARK, Consolidation
from consolidate.workbook.appendix1 import draw_appendix1
from consolidate.workbook.appendix2 import draw_appendix2
from consolidate.workbook.canvas import (
    APPENDIX_1,
    APPENDIX_2,
    CHASE,
    CONTENTS,
    DATA,
    FINDINGS,
    GATHERED,
    MATRIX,
    RANKING,
    REPORTING,
    SOURCES,
    SUMMARY,
    TREND,
    Canvas,
    mark_pages,
)
from consolidate.workbook.chase import draw_chase
from consolidate.workbook.contents import draw_contents
from consolidate.workbook.data import data_places, draw_data
from consolidate.workbook.data_lines import data_lines
from consolidate.workbook.findings import draw_findings
from consolidate.workbook.formats import BODY_POINTS, build_formats
from consolidate.workbook.gathered import draw_gathered
from consolidate.workbook.long_table import LongTableSheet
from consolidate.workbook.matrix import draw_matrix
from consolidate.workbook.matrix_places import matrix_columns
from consolidate.workbook.official import OfficialSheet
from consolidate.workbook.places import MOST_LINES, DataPlaces
from consolidate.workbook.ranking import draw_ranking
from consolidate.workbook.reporting import draw_reporting
from consolidate.workbook.sources import draw_sources
from consolidate.workbook.spilled import SpilledSheet
from consolidate.workbook.summary import draw_summary
from consolidate.workbook.trend import draw_trend
from plan.dates import day_text
from plan.text_fit import FONT
from validation.model import Finding

SHEETS = (
    SUMMARY,
    CONTENTS,
    APPENDIX_1,
    APPENDIX_2,
    REPORTING,
    MATRIX,
    RANKING,
    TREND,
    GATHERED,
    FINDINGS,
    DATA,
    SOURCES,
)
STATUS_SHEETS = (REPORTING, CHASE, SOURCES)
LISTS = (RANKING, GATHERED, FINDINGS, SOURCES)  # drawn row by row, and as long as units please
_CLASSES = {APPENDIX_1: OfficialSheet, APPENDIX_2: OfficialSheet, DATA: LongTableSheet}
_TAB_COLOURS = {APPENDIX_1: "#1F3864", APPENDIX_2: "#1F3864", FINDINGS: "#B53A32"}

# A default font of 12-point Times makes a column unit 8 pixels wide in every program that opens the file.
# Parts are put together in files: those of a whole country's lines are as large as the memory of a laptop.
_OPTIONS = {
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_row_height": 21,
    "default_column_width": 72,
}


def draw_workbook(run: Consolidation, message: Callable[[Finding], str], most_lines: int = MOST_LINES) -> bytes:
    """Return the bytes of the workbook; `message` renders a finding as its Vietnamese sentence.

    `most_lines` is what one data sheet may hold: more are continued on "Dữ liệu 2", "Dữ liệu 3"…
    Raises PlanError when the lines of a single row code are more than that.
    """
    lines = data_lines(run)
    data = data_places(lines, most_lines)

    def draw(canvas: Canvas) -> None:
        appendix_rows = draw_appendix1(canvas, matrix_columns(run))
        task_rows = draw_appendix2(canvas)
        draw_summary(canvas, appendix_rows, task_rows)
        draw_contents(canvas)
        draw_reporting(canvas)
        draw_matrix(canvas, appendix_rows)
        draw_ranking(canvas, appendix_rows)
        draw_trend(canvas, appendix_rows, task_rows)
        for name in (MATRIX, RANKING, TREND):
            canvas.book.get_worksheet_by_name(name).spill()
        draw_gathered(canvas)
        draw_findings(canvas)
        draw_data(canvas, lines)
        draw_sources(canvas)

    title = f"Tổng hợp kết quả thực hiện {run.period.label}"
    return _drawn(_Book(title, SHEETS, data), run, message, draw)


def draw_status(run: Consolidation) -> bytes:
    """Return the bytes of `status.xlsx`: who has reported, whom to chase, and the files received."""

    def draw(canvas: Canvas) -> None:
        draw_reporting(canvas)
        draw_chase(canvas)
        draw_sources(canvas)

    title = f"Tình hình nộp báo cáo {run.period.label}"
    return _drawn(_Book(title, STATUS_SHEETS, DataPlaces(())), run, lambda finding: finding.code, draw)


@dataclass(frozen=True, slots=True)
class _Book:
    """What a workbook is before anything is drawn: its title, its sheets in order, where its data will stand."""

    title: str
    sheets: tuple[str, ...]
    data: DataPlaces


def _drawn(
    content: _Book, run: Consolidation, message: Callable[[Finding], str], draw: Callable[[Canvas], None]
) -> bytes:
    """The bytes of the workbook that `draw` fills.

    Its parts and its file lie on disk until they are read, so that cells and bytes are never in memory together;
    the folder is gone afterwards, whatever happens.
    """
    normal = {"font_name": FONT, "font_size": BODY_POINTS}
    with tempfile.TemporaryDirectory(prefix="tonghop-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "workbook.xlsx"
        book = Workbook(path, {**_OPTIONS, "tmpdir": folder, "default_format_properties": normal})
        canvas = Canvas(
            book=book,
            formats=build_formats(book),
            run=run,
            message=message,
            names={unit.id: unit.name for unit in run.plan.units},
            zone=ZoneInfo(run.plan.time_zone),
            data=content.data,
        )
        book.set_properties(_properties(canvas, content.title))
        _add_sheets(canvas, content.sheets)
        draw(canvas)
        if run.rehearsal:
            _mark_rehearsal(book)
        book.close()
        del book, canvas
        return path.read_bytes()


def _mark_rehearsal(book: Workbook) -> None:
    """Over every page of every sheet, whoever drew it: a loose page of made-up figures must say what it is."""
    for sheet in book.worksheets():
        corner = mark_pages(sheet, REHEARSAL_MARK.rstrip(" –"))
        if isinstance(sheet, OfficialSheet):
            sheet.first_header = corner


def _properties(canvas: Canvas, title: str) -> dict[str, object]:
    """What the file says of itself in a folder's details and a search."""
    run = canvas.run
    moment = canvas.local(run.as_of)
    counted = f"{run.counted_units}/{len(run.statuses)} đơn vị"
    return {
        "title": title,
        "subject": run.plan.title,
        "author": run.plan.issuer,
        "company": run.plan.issuer,
        "category": "Báo cáo tổng hợp",
        "keywords": f"{run.plan.id}; {run.period.id}",
        "comments": (
            f"{REHEARSAL_MARK if run.rehearsal else ''}Tổng hợp từ báo cáo của {counted}, "
            f"tính đến {moment.hour} giờ {moment:%M} ngày {day_text(moment)}."
        ),
        "created": moment,
    }


def _add_sheets(canvas: Canvas, names: tuple[str, ...]) -> None:
    """Add the sheets in order; the data sheets stand together where the first of them belongs."""
    for name in names:
        for title in [s.name for s in canvas.data.sheets] if name == DATA else [name]:
            sheet = canvas.book.add_worksheet(title, _CLASSES.get(name, SpilledSheet))
            if name in LISTS:
                sheet.is_list = True
            sheet.set_zoom(85)
            if name in _TAB_COLOURS:
                sheet.set_tab_color(_TAB_COLOURS[name])
