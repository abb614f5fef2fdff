"""The sheet "So các bản gửi" of findings.xlsx: what a unit changed, cell by cell, from one file to the next.

Draws what validation/differences.py found; compares and judges nothing. Texts of units stay text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from xlsxwriter.worksheet import Worksheet

from plan.layout import INDICATOR_COLUMNS, TASK_COLUMNS
from plan.text_fit import shortened
from validation.differences import VersionDifference
from validation.findings_pen import Pen, height

_COLUMNS = (
    ("Đơn vị", 20.0),
    ("Bản trước", 22.0),
    ("Bản sau", 22.0),
    ("Trang", 11.0),
    ("Ô", 6.0),
    ("Chỉ tiêu, nhiệm vụ", 34.0),
    ("Cột", 18.0),
    ("Bản trước ghi", 28.0),
    ("Bản sau ghi", 28.0),
)
_LONGEST = 300  # characters of a unit's text
_BLANK = "(để trống)"
_LOST, _NEW = "#FFEBC2", "#DDF0DF"
_ABOUT = "Mỗi dòng là một ô mà hai bản gửi liền nhau của cùng một đơn vị ghi khác nhau, theo thứ tự nhận."
_NEW_WORDS = "Màu xanh: bản sau ghi giá trị khác hoặc mới điền."
_LOST_WORDS = "Màu vàng: bản sau để trống ô mà bản trước đã ghi; nên hỏi lại đơn vị."


class Names(Protocol):
    """What the sheet needs of the book's heading."""

    @property
    def rows(self) -> Mapping[str, str]:
        """Row and field codes to "TT name"."""

    def unit_name(self, unit: str) -> str:
        """The name of a unit."""


def draw_versions(sheet: Worksheet, pen: Pen, differences: Sequence[VersionDifference], names: Names) -> None:
    """Fill the empty `sheet`, one line a difference, in the order given."""
    widths = [width for _, width in _COLUMNS]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    pen.write_title(sheet, "NHỮNG GÌ ĐƠN VỊ ĐÃ THAY ĐỔI GIỮA CÁC BẢN GỬI", _ABOUT)
    head = pen.write_legend(sheet, ((_NEW, _NEW_WORDS), (_LOST, _LOST_WORDS))) + 1
    pen.write_heads(sheet, head, enumerate(title for title, _ in _COLUMNS))
    for row, d in enumerate(differences, head + 1):
        texts = (
            names.unit_name(d.unit),
            d.older,
            d.newer,
            d.sheet,
            d.cell,
            names.rows.get(f"{d.row}.{d.field.removesuffix('.explanation')}") or names.rows.get(d.row, d.row),
            _column(d, names.rows),
            shortened(d.before, _LONGEST) or _BLANK,
            shortened(d.after, _LONGEST) or _BLANK,
        )
        fills = {len(texts) - 1: _NEW if d.after else _LOST}
        for column, text in enumerate(texts):
            pen.write(sheet, (row, column), text, fills.get(column, ""))
        sheet.set_row(row, height(texts, widths))
    sheet.autofilter(head, 0, head + max(len(differences), 1), len(_COLUMNS) - 1)
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)


def _column(d: VersionDifference, rows: Mapping[str, str]) -> str:
    """The heading over the cell that differs: a field of Appendix 1 is a value, unless it is its explanation."""
    field = d.field.removesuffix(".explanation")
    if f"{d.row}.{field}" in rows:
        key = "value" if field == d.field else "explanation"
        return next(c.heading for c in INDICATOR_COLUMNS if c.key == key)
    return next((c.heading for c in TASK_COLUMNS if c.key == d.field), d.field)
