"""The columns of "Phụ lục 1" and the sentences over them, which depend on what a run holds.

It lays out; what stands in the cells is appendix1's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate.model import REHEARSAL_MARK, Consolidation
from consolidate.past import COMPARED_WORDS, Compared, changes, compared_periods
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook.canvas import APPENDIX_1, Canvas
from consolidate.workbook.formats import ESTIMATED
from consolidate.workbook.official import Frame, number_pixels
from consolidate.workbook.trend import MARK_OF_OTHER_UNITS
from plan.dates import day_text
from plan.model import Field, FieldKind
from plan.text_fit import room

_FIGURE_COLUMN = ("Kết quả", 92)
_PART_PX = 78
_CHANGE_PX = 70
_REMARKS = ("Ghi chú", 214)
_LEFT, _RIGHT = 2, 6  # where the blocks of the heading end and begin
_NOTE = (
    "Tỷ lệ chung = 100 × tổng tử số / tổng mẫu số của các đơn vị có số liệu, không lấy trung bình các tỷ lệ. "
    "Các con số là công thức trên trang “Dữ liệu”."
)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of this run, and what its cells lead to: cells of "Ma trận", of "Xu hướng"."""

    columns: tuple[tuple[str, int], ...]
    matrix: Mapping[str, str]
    changes: Mapping[tuple[str, Compared], str]

    @property
    def frame(self) -> Frame:
        """The blocks of heading and signature over these columns."""
        return Frame(tuple(width for _, width in self.columns), _LEFT, _RIGHT)

    @property
    def last(self) -> int:
        """The column of the remarks."""
        return len(self.columns) - 1

    def free(self, column: int) -> float:
        """The room of a text in `column`."""
        return room(self.columns[column][1], indented=True)


def columns_of(run: Consolidation) -> tuple[tuple[str, int], ...]:
    """The columns: two for changes only where an earlier period is stored, numbers as wide as the longest of them."""
    figures = [
        vietnamese(value) + (f" {ESTIMATED}" if r.estimated else "")
        for r in run.indicators
        if (value := rounded(r.value, r.indicator.decimals)) is not None
    ]
    parts = [
        vietnamese(value)
        for r in run.indicators
        for part in (r.numerator, r.denominator)
        if (value := rounded(part, 2 if is_fractional(r.indicator.fields) else 0)) is not None
    ]
    part_px = max([_PART_PX, *(number_pixels(text) for text in parts)])
    return (
        ("TT", 40),
        ("Chỉ tiêu", 222),
        ("Đơn vị tính", 56),
        ("Mục tiêu", 86),
        (_FIGURE_COLUMN[0], max([_FIGURE_COLUMN[1], *(number_pixels(text, bold=True) for text in figures)])),
        ("Tử số", part_px),
        ("Mẫu số", part_px),
        ("Đơn vị có số liệu", 72),
        ("Đơn vị còn thiếu số liệu", 196),
        ("Đánh giá", 112),
        *((f"So với {COMPARED_WORDS[c]}", _CHANGE_PX) for c in compared_periods(run)),
        _REMARKS,
    )


def note_of(run: Consolidation) -> str:
    """How the figures came about, and the signs that stand in this run's columns."""
    said = [_NOTE]
    if any(r.estimated for r in run.indicators):
        said.append(f"{ESTIMATED}: trong kết quả có số ước.")
    compared = compared_periods(run)
    if compared:
        named = "; ".join(f"{COMPARED_WORDS[c]}: {past.period.label}" for c, past in compared.items())
        said.append(f"{named[0].upper()}{named[1:]}.")
        found = [change for r in run.indicators for change in changes(run, r)]
        if any(not change.same_units for change in found):
            said.append(MARK_OF_OTHER_UNITS)
    return " ".join(said)


def titles_of(canvas: Canvas) -> tuple[str, ...]:
    """The number of the appendix, its name, and of whom and when it speaks."""
    run = canvas.run
    moment = canvas.local(run.as_of)
    return (
        f"{REHEARSAL_MARK if run.rehearsal else ''}{APPENDIX_1}",
        f"TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU {run.period.label.upper()}",
        f"(Tổng hợp từ báo cáo của {run.counted_units}/{len(run.statuses)} đơn vị, "
        f"tính đến {moment.hour} giờ {moment:%M} ngày {day_text(moment)})",
    )


def is_fractional(fields: tuple[Field, ...]) -> bool:
    """True where numerator and denominator may have decimals."""
    return any(f.kind is FieldKind.NUMBER for f in fields)
