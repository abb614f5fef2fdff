"""The consolidated workbook `tong-hop.xlsx`, and `status.xlsx`, drawn in memory from one Consolidation.

Sheets stand in a fixed order; the same input gives the same bytes. It computes no figure.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from consolidate.model import Consolidation
from consolidate.workbook.appendix1 import draw_appendix1
from consolidate.workbook.appendix2 import draw_appendix2
from consolidate.workbook.canvas import (
    APPENDIX_1,
    APPENDIX_2,
    CHASE,
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
)
from consolidate.workbook.chase import draw_chase
from consolidate.workbook.data import data_table, draw_data
from consolidate.workbook.findings import draw_findings
from consolidate.workbook.formats import BODY_POINTS, build_formats
from consolidate.workbook.gathered import draw_gathered
from consolidate.workbook.long_table import LongTableSheet
from consolidate.workbook.matrix import draw_matrix, matrix_columns
from consolidate.workbook.ranking import draw_ranking
from consolidate.workbook.reporting import draw_reporting
from consolidate.workbook.sources import draw_sources
from consolidate.workbook.summary import draw_summary
from consolidate.workbook.trend import draw_trend
from plan.text_fit import FONT
from validation.model import Finding

SHEETS = (SUMMARY, APPENDIX_1, APPENDIX_2, REPORTING, MATRIX, RANKING, TREND, GATHERED, FINDINGS, DATA, SOURCES)
STATUS_SHEETS = (REPORTING, CHASE, SOURCES)
_TAB_COLOURS = {APPENDIX_1: "#1F3864", APPENDIX_2: "#1F3864", FINDINGS: "#B53A32"}

# A default font of 12-point Times makes a column unit 8 pixels wide in every program that opens the file.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_row_height": 21,
    "default_column_width": 72,
}


def draw_workbook(consolidation: Consolidation, message: Callable[[Finding], str]) -> bytes:
    """Return the bytes of the workbook; `message` renders a finding as its Vietnamese sentence."""
    target = BytesIO()
    title = f"Tổng hợp kết quả thực hiện {consolidation.period.label}"
    canvas = _new_book(target, consolidation, message, (title, SHEETS))
    table = data_table(consolidation)
    draw_summary(canvas)
    appendix_rows = draw_appendix1(canvas, matrix_columns(consolidation))
    draw_appendix2(canvas, table.first_of_code)
    draw_reporting(canvas, table.first_of_unit)
    draw_matrix(canvas, appendix_rows, table.first_of_unit)
    draw_ranking(canvas)
    draw_trend(canvas)
    draw_gathered(canvas)
    draw_findings(canvas)
    draw_data(canvas, table)
    draw_sources(canvas)
    canvas.book.close()
    return target.getvalue()


def draw_status(consolidation: Consolidation) -> bytes:
    """Return the bytes of `status.xlsx`: who has reported, whom to chase, and the files received."""
    target = BytesIO()
    title = f"Tình hình nộp báo cáo {consolidation.period.label}"
    canvas = _new_book(target, consolidation, lambda finding: finding.code, (title, STATUS_SHEETS))
    draw_reporting(canvas, {})
    draw_chase(canvas)
    draw_sources(canvas)
    canvas.book.close()
    return target.getvalue()


def _new_book(
    target: BytesIO, run: Consolidation, message: Callable[[Finding], str], content: tuple[str, tuple[str, ...]]
) -> Canvas:
    """An empty workbook with its title and its sheets in order."""
    book = Workbook(target, {**_OPTIONS, "default_format_properties": {"font_name": FONT, "font_size": BODY_POINTS}})
    canvas = Canvas(
        book=book,
        formats=build_formats(book),
        run=run,
        message=message,
        names={unit.id: unit.name for unit in run.plan.units},
        zone=ZoneInfo(run.plan.time_zone),
    )
    title, sheets = content
    book.set_properties(
        {
            "title": title,
            "subject": run.plan.title,
            "author": run.plan.issuer,
            "company": run.plan.issuer,
            "created": canvas.local(run.as_of),
        }
    )
    for name in sheets:
        sheet = book.add_worksheet(name, LongTableSheet if name == DATA else None)
        sheet.set_zoom(85)
        if name in _TAB_COLOURS:
            sheet.set_tab_color(_TAB_COLOURS[name])
    return canvas
