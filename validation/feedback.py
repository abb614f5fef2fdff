"""What goes back to a unit: a copy of its own file with the faulty cells marked and a first sheet "Cần sửa".

The one door of openpyxl in this room. The copy can be mended and sent again, so nothing of the unit may
be lost: a file of which openpyxl would drop something is not marked (`can_mark`), its unit gets a list
only. Files must have passed the look at their bytes before they come here.

Marks do not stack when a marked copy comes back. A mark is one of three tints that only this module uses,
and a part of a comment after MARK_LINE (comment authors do not survive LibreOffice). The fills from
before stand in a very hidden sheet; a marked cell that is not found there (its row has moved) takes the
fill of the nearest unmarked cell of its column that is locked like it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from validation.feedback_sheet import FEEDBACK_SHEET, TINTS, draw_list
from validation.mend_list import FeedbackHeading, by_gravity, cell_position, mend_page, same_name
from validation.model import SEVERITY_WORDS, Finding, Return, Verdict
from validation.repack import repack
from validation.text_fit import line_count, shown

__all__ = ["FEEDBACK_SHEET", "FeedbackHeading", "can_mark", "feedback_file", "mark_copy", "plain_feedback"]

Message = Callable[[Finding], str]

AUTHOR = "tonghop"
MARK_LINE = "▪ Kết quả kiểm tra:"
RECORD_SHEET = "_tonghop_mau"  # very hidden: sheet, cell, fill before the mark

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
# What openpyxl may drop without loss to a unit that fills in our template: decoration only.
_HARMLESS_WARNINGS = ("Unknown extension", "Conditional Formatting extension", "Cannot parse header or footer")
_COMMENT_WIDTH = 320  # pixels
_COMMENT_CHARS = _COMMENT_WIDTH / 7
_LINE_PIXELS = 17


class _NotMarkableError(Exception):
    """The Vietnamese reason why a file cannot be marked without losing something of it."""


def can_mark(data: bytes) -> str:
    """Return "" when a marked copy of `data` would keep everything of it, else the reason in Vietnamese."""
    try:
        _open(data)
    except _NotMarkableError as fault:
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
    except _NotMarkableError as fault:
        return plain_feedback(return_, findings, message, heading, str(fault))


def mark_copy(
    data: bytes, return_: Return, findings: Sequence[Finding], message: Message, heading: FeedbackHeading
) -> bytes:
    """Return a copy of the .xlsx `data` with tinted, commented cells and a first sheet "Cần sửa".

    `findings` are those of this return; cells on hidden or absent sheets are listed but not marked. Same
    arguments, same bytes. Raises when `can_mark(data)` has a reason.
    """
    workbook = _open(data)
    _remove_marks(workbook)
    _put_marks(workbook, findings, message)
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
    """Load `data`; raises _NotMarkableError instead of losing a part of it."""
    _look(data)
    with warnings.catch_warnings(record=True) as caught:
        # openpyxl says in warnings what it drops; they decide here instead of reaching the console.
        warnings.simplefilter("always")
        try:
            workbook = load_workbook(io.BytesIO(data), rich_text=True)
        except Exception as fault:  # a parser without a closed list of errors, on files that people made
            raise _NotMarkableError("tệp có cấu trúc khác thường") from fault
    for warning in caught:
        text = str(warning.message)
        if "Data Validation extension" in text:
            raise _NotMarkableError("tệp có danh sách chọn lấy từ trang khác")
        if "marked as a date" in text:
            raise _NotMarkableError("tệp có ô ngày tháng với giá trị ngoài phạm vi của Excel")
        if not text.startswith(_HARMLESS_WARNINGS):
            raise _NotMarkableError("tệp có cấu trúc khác thường")
    if not workbook.worksheets:
        raise _NotMarkableError("tệp không có trang tính")
    return workbook


def _look(data: bytes) -> None:
    """Refuse by the zip directory, before parsing, what openpyxl would drop without a word."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise _NotMarkableError("không phải tệp .xlsx")
            for prefix, reason in _LOST_PARTS:
                if any(name.startswith(prefix) for name in names):
                    raise _NotMarkableError(reason)
            if b"http://purl.oclc.org/ooxml/" in archive.read("xl/workbook.xml"):
                raise _NotMarkableError("tệp lưu ở dạng Strict Open XML")
            drawings = [n for n in names if re.fullmatch(r"xl/drawings/drawing\d*\.xml", n)]
            if any(_ANCHOR.search(archive.read(name)) for name in drawings):
                raise _NotMarkableError("tệp có hình vẽ, ảnh hoặc biểu đồ")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, ValueError) as fault:
        raise _NotMarkableError("không phải tệp .xlsx") from fault


def _remove_marks(workbook: Workbook) -> None:
    """Undo what an earlier `mark_copy` did, so that a marked copy that came back is clean again."""
    record: dict[tuple[str, str], str] = {}
    for sheet in list(workbook.worksheets):
        if same_name(sheet.title, RECORD_SHEET):
            lines = sheet.iter_rows(max_col=3, values_only=True)
            record = {(str(title), str(cell)): str(fill) for title, cell, fill in lines}
        if same_name(sheet.title, RECORD_SHEET) or same_name(sheet.title, FEEDBACK_SHEET):
            workbook.remove(sheet)
    for sheet in workbook.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        marked = [cell for cell in cells if _is_tinted(cell)]
        restored = [_fill_before(sheet, cell, record.get((sheet.title, cell.coordinate))) for cell in marked]
        for cell, fill in zip(marked, restored, strict=True):  # after all are known: neighbours are looked at
            cell.fill = fill
        for cell in cells:
            if isinstance(cell, Cell) and cell.comment is not None:
                _keep_own_comment(cell, cell.comment)


def _is_tinted(cell: Cell | MergedCell) -> bool:
    return cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in TINTS.values()


def _fill_before(sheet: Worksheet, cell: Cell | MergedCell, recorded: str | None) -> PatternFill:
    if recorded is not None:
        return _fill_from(recorded)
    column = [row[0] for row in sheet.iter_rows(min_col=cell.column, max_col=cell.column)]
    like = [c for c in column if c.protection.locked == cell.protection.locked and not _is_tinted(c)]
    if not like:
        return PatternFill()
    return _fill_from(_fill_text(min(like, key=lambda c: abs((c.row or 0) - (cell.row or 0)))))


def _fill_text(cell: Cell | MergedCell) -> str:
    """Write a solid fill as "kind|value|tint"; other patterns are not kept ("")."""
    if cell.fill.fill_type != "solid":
        return ""
    colour = cell.fill.fgColor
    return f"{colour.type}|{colour.value}|{colour.tint}"


def _fill_from(text: str) -> PatternFill:
    kind, _, rest = text.partition("|")
    value, _, tint = rest.partition("|")
    try:
        if kind == "rgb":
            return PatternFill("solid", fgColor=Color(rgb=value, tint=float(tint)))
        if kind in ("theme", "indexed"):
            return PatternFill("solid", fgColor=Color(**{kind: int(value)}, tint=float(tint)))
    except ValueError:  # somebody wrote into the hidden sheet
        return PatternFill()
    return PatternFill()


def _keep_own_comment(cell: Cell, comment: Comment) -> None:
    """Cut our part off a comment; a comment that was ours alone goes."""
    own, found, _ = comment.text.partition(MARK_LINE)
    if not found and comment.author != AUTHOR:
        return
    cell.comment = Comment(own.rstrip(), comment.author) if found and own.strip() else None


def _put_marks(workbook: Workbook, findings: Sequence[Finding], message: Message) -> None:
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for found in sorted(findings, key=by_gravity):
        if found.sheet in workbook.sheetnames and cell_position(found.cell) != (0, 0):
            by_cell.setdefault((found.sheet, found.cell), []).append(found)
    record: list[tuple[str, str, str]] = []
    for (title, address), group in by_cell.items():
        sheet = workbook[title]
        if sheet.sheet_state != "visible":
            continue
        cell = _top_left(sheet, address)
        if not _is_tinted(cell):  # the second address of one merged range finds it tinted already
            record.append((title, cell.coordinate, _fill_text(cell)))
            cell.fill = PatternFill("solid", fgColor=TINTS[group[0].severity])
        _add_comment(cell, [f"{SEVERITY_WORDS[f.severity]}: {message(f)}" for f in group])
    if record:
        hidden = workbook.create_sheet(RECORD_SHEET)
        hidden.sheet_state = "veryHidden"
        for line in record:
            hidden.append(line)


def _top_left(sheet: Worksheet, address: str) -> Cell:
    """Return the cell at `address`, or the one that a merged range shows in its place."""
    cell = sheet[address]
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)  # noqa: S101 (the top left of a range is never a MergedCell)
    return cell


def _add_comment(cell: Cell, texts: Sequence[str]) -> None:
    """Put `texts` into the comment of `cell`, after what the unit wrote there."""
    before = cell.comment
    ours = "\n".join([MARK_LINE, *texts])
    text = ours if before is None else f"{before.text}\n{ours if MARK_LINE not in before.text else texts[0]}"
    lines = line_count(text, _COMMENT_CHARS, 10)
    author = AUTHOR if before is None else before.author
    cell.comment = Comment(shown(text), author, height=(lines + 1) * _LINE_PIXELS, width=_COMMENT_WIDTH)


def _show_first(workbook: Workbook) -> None:
    """Open on the list. Two selected tabs would be edited together, so all others are let go."""
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = False
    workbook.active = 0
    workbook.views[0].firstSheet = 0


def _saved(workbook: Workbook, return_: Return) -> bytes:
    workbook.calculation.fullCalcOnLoad = True  # openpyxl keeps formulas but not their last results
    out = io.BytesIO()
    workbook.save(out)
    return repack(out.getvalue(), return_.received_at)
