"""The door to openpyxl: a workbook file becomes sheets of cells, each a text or a fault with what to do about it.

Excel turns what people type into numbers, dates and formulas; here is said which of these still has exactly one
reading as text. No sheet and no column of a plan is known here.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from plan.book.package import checked_bytes, damaged, too_large
from plan.model import PlanError

MAX_ROWS = 20_000  # rows with something in them
MAX_COLUMNS = 200  # what stands further right is nobody's table
_LAST_ROW = 1_048_576  # of Excel; LibreOffice writes empty rows down to it
_MOST_DIGITS = 15  # beyond, Excel has lost digits

_BREAKS = re.compile(r"[ \u00a0]*[\t\n\x0b\x0c\r\x85]+[ \u00a0]*")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_ZEROS = re.compile(r"0+")
_AS_TEXT = "Định dạng ô là Văn bản (Text) rồi gõ lại như văn bản"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text, or why it has none. `is_number`: Excel keeps it as a number."""

    text: str
    fault: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The cells of a sheet that are not empty: (line, 0-based column -> cell), lines from 1 upwards.

    `merges` are the ranges of merged cells, "B3:B6": only their first cell holds anything.
    """

    name: str
    lines: tuple[tuple[int, dict[int, Cell]], ...]
    merges: tuple[str, ...] = ()


class _Reader(ExcelReader):
    """openpyxl strikes every "x005F_" out of a text and leaves other codes standing: here texts come as they are."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call] # the stubs leave it open
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    text = Text.from_tree(node)
                    self.shared_strings.append(text.content if text else "")
                    node.clear()


def read_cells(path: Path) -> tuple[SheetCells, ...]:
    """Return the sheets of a workbook. Raises PlanError with one line: missing, damaged, locked, huge, no .xlsx."""
    data = checked_bytes(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl cannot keep: nothing is written back
            reader = _Reader(io.BytesIO(data), read_only=True, keep_links=False)
            reader.read()
            return tuple(
                SheetCells(sheet.title, tuple(_lines(path, sheet)), _merges(reader, sheet))
                for sheet in reader.wb.worksheets
            )
    except PlanError:
        raise
    except Exception as error:  # openpyxl promises nothing about what it raises on a broken file
        raise damaged(path) from error


def _merges(reader: _Reader, sheet: Any) -> tuple[str, ...]:  # noqa: ANN401 - as below
    """Find the merged ranges in the part itself: openpyxl's quick reader leaves them out."""
    part = reader.archive.read(sheet._worksheet_path)
    return tuple(match.decode("ascii") for match in _MERGE.findall(part))


def _lines(path: Path, sheet: Any) -> Iterator[tuple[int, dict[int, Cell]]]:  # noqa: ANN401 - two classes, one duck
    sheet.reset_dimensions()  # what a file says of its size may be wrong, and cells would be lost
    filled = 0
    blank: object = None  # openpyxl hands out one and the same object for every row that the file leaves out
    for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if line > _LAST_ROW:
            raise too_large(path, f"trang “{sheet.title}” dài quá mức")
        if row is blank:
            continue
        cells = {index: _cell(cell) for index, cell in enumerate(row) if cell.value not in (None, "")}
        if not cells:
            blank = row
            continue
        filled += 1
        if filled > MAX_ROWS:
            raise too_large(path, f"trang “{sheet.title}” có hơn {MAX_ROWS} dòng")
        yield line, cells


def _cell(cell: Any) -> Cell:  # noqa: ANN401 - a cell of either class of openpyxl
    value, kind = cell.value, cell.data_type
    if kind == "s":
        return Cell(_on_one_line(unescape(str(value))))
    if kind == "n":
        return _number(value, str(cell.number_format))
    became = {
        "f": "trong ô là công thức, không phải chữ",
        "e": f"trong ô là lỗi {value} của Excel",
        "b": f"Excel đã đổi ô thành {'TRUE' if value else 'FALSE'} (đúng/sai)",
        "d": f"Excel đã đổi ô thành ngày tháng ({_day(value)})",
    }
    return Cell("", f"{became.get(kind, 'trong ô là kiểu dữ liệu lạ')}. {_AS_TEXT}")


def _number(value: float, form: str) -> Cell:
    shown = f"{value:.15g}"
    if "%" in form:
        return Cell("", f"Excel đã đổi ô thành số phần trăm ({value * 100:.15g}%). {_AS_TEXT}")
    if value != int(value) or len(str(abs(int(value)))) > _MOST_DIGITS:
        return Cell("", f"Excel đã đổi ô thành số ({shown}), không rõ đã gõ thế nào. {_AS_TEXT}")
    digits = str(int(value))
    return Cell(digits.zfill(len(form)) if _ZEROS.fullmatch(form) else digits, is_number=True)


def _day(value: object) -> str:
    return str(value).removesuffix(" 00:00:00")


def _on_one_line(text: str) -> str:
    """Fold line breaks and tabs to one space: Alt+Enter and what Word or a PDF bring with a paste.

    No text of a plan may hold them, so none of a plan's own is lost; and a broken line of the document is to
    be rejoined by a space anyway. Left in, every such cell would be a fault of something that nobody sees.
    """
    return _BREAKS.sub(" ", text).strip(" ") if _BREAKS.search(text) else text
