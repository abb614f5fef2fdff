"""Opens a unit's workbook with openpyxl, or says why that would lose something of it.

Refuses before parsing what openpyxl drops without a word; what it drops with a warning decides here too.
Files must have passed the look at their bytes before they come here. Changes and judges no value.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile

from openpyxl import Workbook, load_workbook

from validation.feedback_keep import keep_locks, let_rows_grow
from validation.markup import Attributes, walk
from validation.outline import SheetPart
from validation.raw import Fault, RefusedError, parse_a1
from validation.scan import scan

ODD_STRUCTURE = "tệp có cấu trúc khác thường"
_LOST_PARTS = (
    ("xl/vbaProject", "tệp có macro"),
    ("xl/ctrlProps/", "tệp có nút bấm hoặc hộp chọn"),
    ("xl/activeX/", "tệp có nút bấm hoặc hộp chọn"),
    ("xl/embeddings/", "tệp có đối tượng nhúng"),
    ("xl/slicers/", "tệp có bộ lọc dạng nút"),
    ("xl/threadedComments/", "tệp có chuỗi trao đổi (nhận xét nhiều người)"),
    ("xl/timelines/", "tệp có bộ lọc dạng nút"),
    ("xl/pivotTables/", "tệp có bảng PivotTable"),
    ("xl/pivotCache/", "tệp có bảng PivotTable"),
    ("xl/richData/", "tệp có hình hoặc kiểu dữ liệu đặc biệt trong ô"),
    ("xl/chartsheets/", "tệp có trang biểu đồ"),
    ("xl/dialogsheets/", "tệp có trang hộp thoại"),
    ("xl/macrosheets/", "tệp có macro"),
    ("xl/queryTables/", "tệp có kết nối dữ liệu"),
    ("xl/connections", "tệp có kết nối dữ liệu"),
    ("_xmlsignatures/", "tệp có chữ ký số"),
)
_ANCHOR = re.compile(rb"<(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor\b")
_MOST_PLACES = 500_000  # openpyxl builds a cell for every place between A1 and the last one, blank or not
# What openpyxl may drop without loss to a unit that fills in our template: decoration only.
_HARMLESS_WARNINGS = ("Unknown extension", "Conditional Formatting extension", "Cannot parse header or footer")


class NotMarkableError(Exception):
    """The Vietnamese reason why a file cannot be marked without losing something of it."""


def can_mark(data: bytes) -> str:
    """Return "" when a marked copy of `data` would keep everything of it, else the reason in Vietnamese."""
    try:
        open_workbook(data)
    except NotMarkableError as fault:
        return str(fault)
    return ""


def open_workbook(data: bytes) -> Workbook:
    """Load `data`; raises NotMarkableError instead of losing a part of it."""
    _look(data)
    with warnings.catch_warnings(record=True) as caught:
        # openpyxl says in warnings what it drops; they decide here instead of reaching the console.
        warnings.simplefilter("always")
        try:
            workbook = load_workbook(io.BytesIO(data), rich_text=True)
        except Exception as fault:  # a parser without a closed list of errors, on files that people made
            raise NotMarkableError(ODD_STRUCTURE) from fault
        if any(sheet.max_row * sheet.max_column > _MOST_PLACES for sheet in workbook.worksheets):
            raise NotMarkableError("tệp có ô nằm rất xa bảng")
        keep_locks(workbook)
        let_rows_grow(workbook, data)
    for warning in caught:
        text = str(warning.message)
        if "Data Validation extension" in text:
            raise NotMarkableError("tệp có danh sách chọn lấy từ trang khác")
        if "marked as a date" in text:
            raise NotMarkableError("tệp có ô ngày tháng với giá trị ngoài phạm vi của Excel")
        if not text.startswith(_HARMLESS_WARNINGS):
            raise NotMarkableError(ODD_STRUCTURE)
    if not workbook.worksheets:
        raise NotMarkableError("tệp không có trang tính")
    return workbook


def _look(data: bytes) -> None:
    """Refuse before parsing what openpyxl would drop without a word, or choke on.

    The run that found the faults passed over the sheets that hold no answers; openpyxl loads them too.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise NotMarkableError("không phải tệp .xlsx")
            for prefix, reason in _LOST_PARTS:
                if any(name.startswith(prefix) for name in names):
                    raise NotMarkableError(reason)
            if b"http://purl.oclc.org/ooxml/" in archive.read("xl/workbook.xml"):
                raise NotMarkableError("tệp lưu ở dạng Strict Open XML")
            drawings = [n for n in names if re.fullmatch(r"xl/drawings/drawing\d*\.xml", n)]
            if any(_ANCHOR.search(archive.read(name)) for name in drawings):
                raise NotMarkableError("tệp có hình vẽ, ảnh hoặc biểu đồ")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, ValueError) as fault:
        raise NotMarkableError("không phải tệp .xlsx") from fault
    found = scan(data, "")
    if isinstance(found, Fault):
        raise NotMarkableError("tệp có phần không an toàn để mở")
    if sum(map(_spanned, found.book.sheets if found.book else ())) > _MOST_PLACES:
        raise NotMarkableError("tệp có vùng gộp ô hoặc liên kết quá rộng")


def _spanned(part: SheetPart) -> int:
    """Places under the merged areas and links of a sheet: openpyxl walks over every one of them as it loads."""
    places = 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal places
        if tag in ("mergeCell", "hyperlink"):
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
            places += (abs(bottom - top) + 1) * (abs(right - left) + 1)

    try:
        walk(part.xml, start, lambda _tag: None)
    except RefusedError as fault:
        raise NotMarkableError(ODD_STRUCTURE) from fault
    return places
