"""What every sheet of the consolidated workbook is drawn with: names, links and page setup.

Text from units goes through `plan.cell_text` and `write_string` only, so that it can never become a
formula, a link or markup. It knows no column of any sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.workbook.formats import Formats
from consolidate.workbook.places import DataPlaces, Place
from plan.text_fit import FONT
from validation.model import Finding

SUMMARY = "Tóm tắt"
CONTENTS = "Mục lục"
APPENDIX_1 = "Phụ lục 1"
APPENDIX_2 = "Phụ lục 2"
REPORTING = "Tình hình nộp"
MATRIX = "Ma trận"
RANKING = "Xếp hạng"
TREND = "Xu hướng"
GATHERED = "Khó khăn, đề xuất"
FINDINGS = "Lỗi, cảnh báo"
DATA = "Dữ liệu"
SOURCES = "Nguồn"
CHASE = "Cần đôn đốc"

MOST_LINKS = 65_530  # of one sheet, by Excel


@dataclass(frozen=True, slots=True)
class Canvas:
    """One workbook being drawn: its formats and the run that it shows."""

    book: Workbook
    formats: Formats
    run: Consolidation
    message: Callable[[Finding], str]
    names: dict[str, str]  # unit id -> name
    zone: ZoneInfo
    data: DataPlaces  # where the lines of each row and each unit stand

    def name(self, unit: str) -> str:
        """The name of a unit, or its id when the plan no longer knows it."""
        return self.names.get(unit, unit)

    def local(self, moment: datetime) -> datetime:
        """`moment` on the plan's clock, without its zone, as a sheet can hold it."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment


def lines_tip(what: str, code: str = "") -> str:
    """The tip of a link to lines of data, which a sort there makes stale; `code` finds them all the same."""
    again = f"; nếu đã sắp xếp, lọc cột “Mã dòng” theo {code}" if code else ""
    return f"{what} (đúng khi trang “{DATA}” chưa bị sắp xếp lại{again})"


def internal(sheet: str, cell: str) -> str:
    """Return the address of a link inside this workbook."""
    return f"internal:'{sheet}'!{cell}"


def write_link(sheet: Worksheet, at: tuple[int, int], form: Format, text: str, to: tuple[Place | None, str]) -> None:
    """Write `text` at 0-based (row, column) as a link to (place, tip); plain where there is no place.

    Excel keeps 65,530 links a sheet: a text beyond them stays plain rather than be lost.
    """
    place, tip = to
    if place is None or sheet.hlink_count >= MOST_LINKS:
        done(sheet.write_string(*at, text, form))
    else:
        done(sheet.write_url(*at, internal(place.sheet, f"A{place.row}"), form, text, tip))


def done(outcome: int) -> None:
    """Raise when xlsxwriter refused a call: it only returns a negative number."""
    if outcome:
        raise ValueError(f"xlsxwriter refused a call ({outcome})")


def fit_page(sheet: Worksheet, widths_px: Sequence[int], head_rows: tuple[int, int], *, landscape: bool = True) -> None:
    """Set columns and an A4 page one sheet wide whose rows `head_rows` (0-based, inclusive) repeat."""
    for column, width in enumerate(widths_px):
        done(sheet.set_column_pixels(column, column, width))
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.65)
    number_pages(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    done(sheet.repeat_rows(*head_rows))
    sheet.hide_gridlines(2)


def number_pages(sheet: Worksheet) -> None:
    """Print the sheet's name and its own page number under every page.

    Every sheet counts from 1, as the appendices must, so that the whole book and one sheet print alike; their number
    is left out, because Excel counts all sheets that are printed together.
    """
    sheet.set_footer(f'&R&"{FONT},Regular"&11&A – trang &P', {"margin": 0.35})
    sheet.set_start_page(1)


def mark_pages(sheet: Worksheet, mark: str) -> str:
    """Print `mark` over every page, before the header that the sheet has; return what stands in the corner."""
    corner = f'&L&"{FONT},Bold"&11{mark}'
    options = {"margin": sheet.margin_header, "scale_with_doc": sheet.header_footer_scales}
    sheet.set_header(f"{corner}{sheet.header}", options)
    return corner


def listed(names: Sequence[str], few: int = 4) -> str:
    """Return names joined for reading: all of them, or the first `few` "và … đơn vị khác"."""
    if len(names) <= few + 1:
        return ", ".join(names)
    return f"{', '.join(names[:few])} và {len(names) - few} đơn vị khác"
