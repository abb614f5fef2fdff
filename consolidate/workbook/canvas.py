"""What every sheet of the consolidated workbook is drawn with: names, links, safe texts and page setup.

Text from units goes through `shown` and `write_string` only, so that it can never become a formula, a
link or markup. It knows no column of any sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.workbook.formats import Formats
from validation.model import Finding

APPENDIX_1 = "Phụ lục 1"
APPENDIX_2 = "Phụ lục 2"
REPORTING = "Tình hình nộp"
MATRIX = "Ma trận"
GATHERED = "Khó khăn, đề xuất"
FINDINGS = "Lỗi, cảnh báo"
DATA = "Dữ liệu"
SOURCES = "Nguồn"
CHASE = "Cần đôn đốc"

NO_FIGURE = "Chưa có số liệu"

_MOST_CHARACTERS = 32_767  # Excel's limit for one cell, in UTF-16 units
_CUT = "… (đã cắt bớt)"
_UNWRITABLE = re.compile("[\ud800-\udfff]")  # a lone half of a pair cannot be encoded
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Canvas:
    """One workbook being drawn: its formats and the run that it shows."""

    book: Workbook
    formats: Formats
    run: Consolidation
    message: Callable[[Finding], str]
    names: dict[str, str]  # unit id -> name
    zone: ZoneInfo

    def name(self, unit: str) -> str:
        """The name of a unit, or its id when the plan no longer knows it."""
        return self.names.get(unit, unit)

    def local(self, moment: datetime) -> datetime:
        """`moment` on the plan's clock, without its zone, as a sheet can hold it."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment


def shown(text: str) -> str:
    """Return `text` as a cell can hold it: no control characters, at most 32,767 characters, never markup."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", _UNWRITABLE.sub("?", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text) > _MOST_CHARACTERS // 2:
        units = text.encode("utf-16-le")
        if len(units) > 2 * _MOST_CHARACTERS:
            text = units[: 2 * (_MOST_CHARACTERS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # xlsxwriter writes exactly this shape unescaped, as ready rich text
    return text


def internal(sheet: str, cell: str) -> str:
    """Return the address of a link inside this workbook."""
    return f"internal:'{sheet}'!{cell}"


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
    sheet.set_footer('&R&"Times New Roman,Regular"&11Trang &P/&N', {"margin": 0.35})
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    done(sheet.repeat_rows(*head_rows))
    sheet.hide_gridlines(2)


def listed(names: Sequence[str], few: int = 4) -> str:
    """Return names joined for reading: all of them, or the first `few` "và … đơn vị khác"."""
    if len(names) <= few + 1:
        return ", ".join(names)
    return f"{', '.join(names[:few])} và {len(names) - few} đơn vị khác"
