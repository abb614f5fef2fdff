"""What goes back to a unit: a copy of its own file with the faulty cells marked and a first sheet "Cần sửa".

With feedback_keep.py, feedback_marks.py and feedback_sheet.py the one door of openpyxl in this room. The
copy can be mended and sent again, so nothing of the unit may be lost: a file of which openpyxl would drop
something is not marked (`can_mark`), its unit gets the list only. Files must have passed the look at their
bytes before they come here.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.repack import repack
from validation.feedback_keep import keep_locks, let_rows_grow
from validation.feedback_marks import AUTHOR, put_marks, remove_marks
from validation.feedback_sheet import FEEDBACK_SHEET, draw_list
from validation.markup import Attributes, walk
from validation.mend_list import FeedbackHeading, mend_page
from validation.model import Finding, Return, Verdict
from validation.outline import SheetPart
from validation.raw import Fault, RefusedError, parse_a1
from validation.scan import scan

__all__ = [
    "FEEDBACK_SHEET",
    "FeedbackHeading",
    "NotMarkableError",
    "can_mark",
    "feedback_file",
    "mark_copy",
    "plain_feedback",
]

Message = Callable[[Finding], str]

_LOST_PARTS = (
    ("xl/vbaProject", "tệp có macro"),
    ("xl/ctrlProps/", "tệp có nút bấm hoặc hộp chọn"),
    ("xl/activeX/", "tệp có nút bấm hoặc hộp chọn"),
    ("xl/embeddings/", "tệp có đối tượng nhúng"),
    ("xl/slicers/", "tệp có bộ lọc dạng nút"),
    ("xl/threadedComments/", "tệp có chuỗi trao đổi (nhận xét nhiều người)"),
    ("xl/queryTables/", "tệp có kết nối dữ liệu"),
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
        _open(data)
    except NotMarkableError as fault:
        return str(fault)
    return ""


def feedback_file(
    data: bytes, return_: Return, findings: Sequence[Finding], message: Message, heading: FeedbackHeading
) -> bytes:
    """Return what the unit of `return_` gets back: its marked copy where possible, else the list alone."""
    if return_.verdict is Verdict.UNREADABLE:
        return plain_feedback(return_, findings, message, heading)
    try:
        return mark_copy(data, return_, findings, message, heading)
    except NotMarkableError as fault:
        return plain_feedback(return_, findings, message, heading, str(fault))


def mark_copy(
    data: bytes, return_: Return, findings: Sequence[Finding], message: Message, heading: FeedbackHeading
) -> bytes:
    """Return a copy of the .xlsx `data` with tinted, commented cells and a first sheet "Cần sửa".

    `findings` are those of this return; cells on hidden or absent sheets are listed but not marked. Same
    arguments, same bytes. Raises NotMarkableError when `can_mark(data)` has a reason.
    """
    workbook = _open(data)
    remove_marks(workbook)
    put_marks(workbook, findings, message)
    sheet = workbook.create_sheet(FEEDBACK_SHEET, 0)
    visible = [s.title for s in workbook.worksheets if s.sheet_state == "visible"]
    draw_list(sheet, mend_page(return_, findings, message, heading), visible)
    _show_first(workbook)
    return _saved(workbook, return_)


def plain_feedback(
    return_: Return, findings: Sequence[Finding], message: Message, heading: FeedbackHeading, reason: str = ""
) -> bytes:
    """Return a workbook that holds only the list; the unit mends its own file. `reason`: why no marked copy."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 (a new workbook has one; for the type only)
    sheet.title = FEEDBACK_SHEET
    workbook.properties.creator = AUTHOR
    draw_list(sheet, mend_page(return_, findings, message, heading, reason), ())
    return _saved(workbook, return_)


def _open(data: bytes) -> Workbook:
    """Load `data`; raises NotMarkableError instead of losing a part of it."""
    _look(data)
    with warnings.catch_warnings(record=True) as caught:
        # openpyxl says in warnings what it drops; they decide here instead of reaching the console.
        warnings.simplefilter("always")
        try:
            workbook = load_workbook(io.BytesIO(data), rich_text=True)
        except Exception as fault:  # a parser without a closed list of errors, on files that people made
            raise NotMarkableError("tệp có cấu trúc khác thường") from fault
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
            raise NotMarkableError("tệp có cấu trúc khác thường")
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
        raise NotMarkableError("tệp có cấu trúc khác thường") from fault
    return places


def _show_first(workbook: Workbook) -> None:
    """Open on the list. Two selected tabs would be edited together, so all others are let go."""
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == FEEDBACK_SHEET
    workbook.active = 0
    workbook.views[0].firstSheet = 0


def _saved(workbook: Workbook, return_: Return) -> bytes:
    workbook.calculation.fullCalcOnLoad = True  # openpyxl keeps formulas but not their last results
    out = io.BytesIO()
    workbook.save(out)
    return repack(out.getvalue(), return_.received_at)
