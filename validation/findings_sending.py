"""The sheet "Gửi trả" of findings.xlsx: which file goes back to whom, for the clerk who sends them.

Draws what it is given. The links open files of the feedback folder beside the book and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from xlsxwriter.worksheet import Worksheet

from validation.findings_pen import Pen, height

_COLUMNS = (
    ("STT", 6.0),
    ("Đơn vị", 34.0),
    ("Bản trả lại", 58.0),
    ("Người gửi", 30.0),
    ("Liên hệ", 30.0),
    ("Số lỗi", 10.0),
    ("Số cảnh báo", 14.0),
)
_LINK = 2
_ABOUT = "Bấm vào tên tệp để mở, xem rồi gửi cho đơn vị; chỉ gồm những tệp mà đơn vị có việc phải làm."


@dataclass(frozen=True, slots=True)
class Sending:
    """One file that goes back. `copy` is its path beside the book, `sender` and `contact` may be ""."""

    unit: str
    copy: str
    sender: str
    contact: str
    errors: int
    warnings: int


def draw_sendings(sheet: Worksheet, pen: Pen, sendings: Sequence[Sending]) -> None:
    """Fill the empty `sheet`, one line a file, in the order given."""
    widths = [width for _, width in _COLUMNS]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    pen.write_title(sheet, "BẢN TRẢ LẠI CÁC ĐƠN VỊ", _ABOUT)
    head = 3
    pen.write_heads(sheet, head, enumerate(title for title, _ in _COLUMNS))
    for number, s in enumerate(sendings, 1):
        name = PurePosixPath(s.copy).name
        cells: tuple[str | int, ...] = (number, s.unit, name, s.sender or "–", s.contact or "–", s.errors, s.warnings)
        for column, value in enumerate(cells):
            if column == _LINK:
                pen.write_file_link(sheet, (head + number, column), name, s.copy)
            else:
                pen.write(sheet, (head + number, column), value)
        sheet.set_row(head + number, height(map(str, cells), widths))
    sheet.autofilter(head, 0, head + len(sendings), len(_COLUMNS) - 1)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
