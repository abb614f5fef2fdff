"""The official frame of a printed sheet: issuer, national heading, title above; recipients, signature below.

The form is that of Decree 30/2020/NĐ-CP. Number, day and month stay open for whoever signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import Canvas, done
from consolidate.workbook.formats import BODY_POINTS, LONG_POINTS
from plan.cell_text import cell_text
from plan.text_fit import room, row_height, text_points
from plan.words import fold

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE_ROWS = 4  # heading rows before the title


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the two blocks stand: columns 0..left_last and right_first..last, with all widths in pixels."""

    widths: tuple[int, ...]
    left_last: int
    right_first: int

    @property
    def last(self) -> int:
        """The last column of the sheet."""
        return len(self.widths) - 1

    def span(self, first: int, last: int) -> int:
        """The width in pixels of columns first..last."""
        return sum(self.widths[first : last + 1])


def draw_heading(canvas: Canvas, sheet: Worksheet, frame: Frame) -> int:
    """Draw issuer and national heading from row 0 down; return the first free row."""
    plan, formats = canvas.run.plan, canvas.formats
    left = (0, frame.left_last)
    right = (frame.right_first, frame.last)
    upper = plan.superior or plan.issuer
    lower = plan.issuer if plan.superior else ""
    put_across(sheet, 0, left, upper.upper(), formats.head_caps if lower else formats.head_bold)
    put_across(sheet, 0, right, _NATION, formats.head_bold)
    put_across(sheet, 1, left, lower.upper(), formats.head_bold)
    put_across(sheet, 1, right, _MOTTO, formats.head_bold)
    _rule(sheet, frame, 2, left, _bold_pixels((lower or upper).upper()) / 2)
    _rule(sheet, frame, 2, right, _bold_pixels(_MOTTO))
    put_across(sheet, 3, left, f"Số:          /BC-{plan.short_issuer}", formats.head_caps)
    year = canvas.local(canvas.run.as_of).year
    put_across(sheet, 3, right, f"{plan.place}, ngày       tháng       năm {year}", formats.head_italic)
    free = room(frame.span(*left))
    for row, text in ((0, upper.upper()), (1, lower.upper())):
        done(sheet.set_row(row, row_height([(text, free)], BODY_POINTS, bold=True)))
    done(sheet.set_row(2, 8))
    done(sheet.set_row(3, 20))
    return TITLE_ROWS


def _bold_pixels(text: str) -> float:
    return text_points(text, BODY_POINTS, bold=True) * 96 / 72


def _rule(sheet: Worksheet, frame: Frame, row: int, block: tuple[int, int], length: float) -> None:
    """Draw a thin line of `length` pixels, centred over the columns of `block`."""
    width = frame.span(*block)
    length = min(length, width)
    line = {
        "width": round(length),
        "height": 1,
        "x_offset": round((width - length) / 2),
        "y_offset": 2,
        "object_position": 3,
        "line": {"none": True},
        "fill": {"color": "black"},
        "decorative": True,
    }
    done(sheet.insert_textbox(row, block[0], "", line))


def draw_title(canvas: Canvas, sheet: Worksheet, frame: Frame, row: int, lines: Sequence[str]) -> int:
    """Draw title lines (the first two bold, the rest italic) from `row` down; return the first free row."""
    done(sheet.set_row(row, 8))
    for number, line in enumerate(lines, 1):
        at = row + number
        bold = number <= 2  # the number and the name of the appendix
        put_across(sheet, at, (0, frame.last), line, canvas.formats.title if bold else canvas.formats.subtitle)
        points = 14 if bold else BODY_POINTS
        done(sheet.set_row(at, row_height([(line, room(frame.span(0, frame.last)))], points, bold=bold)))
    return row + len(lines) + 1


def draw_note(canvas: Canvas, sheet: Worksheet, frame: Frame, row: int, text: str) -> int:
    """Draw one italic line (or paragraph) across the sheet; return the next row."""
    put_across(sheet, row, (0, frame.last), text, canvas.formats.note)
    done(sheet.set_row(row, row_height([(text, room(frame.span(0, frame.last)))], LONG_POINTS)))
    return row + 1


def draw_band(sheet: Worksheet, widths: Sequence[int], row: int, text: str, form: Format) -> int:
    """Draw a bold, indented heading over all columns (`widths` in pixels) of a table; return the next row."""
    put_across(sheet, row, (0, len(widths) - 1), text, form)
    free = room(sum(widths), indented=True)
    done(sheet.set_row(row, row_height([(text, free)], BODY_POINTS, bold=True)))
    return row + 1


def draw_signature(canvas: Canvas, sheet: Worksheet, frame: Frame, row: int) -> int:
    """Draw recipients and signature block; return the last row used."""
    formats = canvas.formats
    left, right = (0, frame.left_last), (frame.right_first, frame.last)
    done(sheet.set_row(row, 10))
    put_across(sheet, row + 1, left, "Nơi nhận:", formats.sign_left_title)
    signs = _signs(canvas.run.plan.issuer)
    for offset, line in enumerate(signs, start=1):
        put_across(sheet, row + offset, right, line, formats.sign_right)
    put_across(sheet, row + len(signs) + 1, right, "(Ký, ghi rõ họ tên, đóng dấu)", formats.sign_right_note)
    above = [f"- {canvas.run.plan.superior};"] if canvas.run.plan.superior else []
    for offset, line in enumerate([*above, "- Các đơn vị báo cáo;", "- Lưu: VT."], start=2):
        put_across(sheet, row + offset, left, line, formats.sign_left)
    for offset in (1, 2, 3, 4):
        done(sheet.set_row(row + offset, 18))
    done(sheet.set_row(row + 5, 48))
    return row + 5


def _signs(issuer: str) -> tuple[str, ...]:
    """Return who signs: a people's committee through its chairman (Decree 30/2020/NĐ-CP), another body by its head."""
    if fold(issuer).startswith(("ubnd ", "uy ban nhan dan ")):
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return ("THỦ TRƯỞNG ĐƠN VỊ",)


def put_across(sheet: Worksheet, row: int, columns: tuple[int, int], text: str, form: object) -> None:
    """Write `text` over `columns` of `row` as one merged cell."""
    first, last = columns
    if first == last:
        done(sheet.write_string(row, first, cell_text(text), form))
        return
    done(sheet.merge_range(row, first, row, last, "", form))
    done(sheet.write_string(row, first, cell_text(text), form))
