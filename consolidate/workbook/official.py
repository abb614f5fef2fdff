"""The official frame of a printed sheet: issuer, national heading, title above; recipients, signature below.

The form is that of Decree 30/2020/NĐ-CP, Phụ lục I, as far as a spreadsheet can keep it: type sizes, rules, margins,
and page numbers of their own on every appendix. Number, day and month stay open for whoever signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consolidate.workbook.canvas import Canvas, done, fit_page
from consolidate.workbook.formats import BODY_POINTS, LONG_POINTS
from plan.cell_text import cell_text
from plan.model import Plan
from plan.text_fit import FONT, room, row_height, text_points
from plan.words import fold

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_EMS = 11.603  # its width in the bold letters of Times New Roman, over the type size: the rule is just as long
_MOTTO_POINTS = 13
TITLE_ROWS = 4  # heading rows before the title
_INCH = 25.4
# millimetres from the edges of the sheet: 20-25 above and below, 30-35 left, 15-20 right
_MARGINS = {"left": 30.0, "right": 15.0, "top": 20.0, "bottom": 20.0}
_NUMBER_MARGIN = 9.0  # of the page number, which stands within the upper margin
# how the name of a body begins -> the post of its head; the decree names him by his post, never by his person
_HEADS = (
    ("so ", "GIÁM ĐỐC"),
    ("trung tam ", "GIÁM ĐỐC"),
    ("benh vien ", "GIÁM ĐỐC"),
    ("chi cuc ", "CHI CỤC TRƯỞNG"),
    ("phong ", "TRƯỞNG PHÒNG"),
    ("tram y te ", "TRƯỞNG TRẠM"),
)
_ROOM_TO_SIGN = 84.0
_COMMITTEE = "ỦY BAN NHÂN DÂN"
_COMMITTEES = ("ubnd ", "uy ban nhan dan ")


class OfficialSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A printed sheet whose first page bears no number: XlsxWriter itself knows no different first page."""

    def __init__(self) -> None:
        super().__init__()
        self.first_header = ""

    def _write_header_footer(self) -> None:
        self._xml_start_tag("headerFooter", [("differentFirst", 1), ("scaleWithDoc", 0)])
        self._write_odd_header()
        if self.first_header:
            self._xml_data_element("firstHeader", self.first_header)
        self._xml_end_tag("headerFooter")


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


def fit_official_page(sheet: Worksheet, widths_px: Sequence[int], head_rows: tuple[int, int]) -> None:
    """Set an A4 page across by the decree: its margins, and the page number of the appendix above its middle."""
    fit_page(sheet, widths_px, head_rows)
    sheet.set_margins(**{edge: length / _INCH for edge, length in _MARGINS.items()})
    sheet.set_footer("")
    options = {"margin": _NUMBER_MARGIN / _INCH, "scale_with_doc": False}
    sheet.set_header(f'&C&"{FONT},Regular"&13&P', options)


def draw_heading(canvas: Canvas, sheet: Worksheet, frame: Frame) -> int:
    """Draw issuer and national heading from row 0 down; return the first free row."""
    plan, formats = canvas.run.plan, canvas.formats
    left = (0, frame.left_last)
    right = (frame.right_first, frame.last)
    upper, lower = _names(plan)
    put_across(sheet, 0, left, upper, formats.head_caps if plan.superior else formats.head_bold)
    put_across(sheet, 0, right, _NATION, formats.head_bold)
    put_across(sheet, 1, left, lower, formats.head_bold)
    put_across(sheet, 1, right, _MOTTO, formats.head_motto)
    length = text_points(lower or upper, BODY_POINTS, bold=True) * 0.4  # a third to a half, says the decree
    _rule(sheet, frame, 2 if lower else 1, left, min(length, room(frame.span(*left)) / 2))
    _rule(sheet, frame, 2, right, _MOTTO_EMS * _MOTTO_POINTS)
    put_across(sheet, 3, left, f"Số:          /BC-{plan.short_issuer}", formats.head_number)
    year = canvas.local(canvas.run.as_of).year
    put_across(sheet, 3, right, f"{plan.place}, ngày       tháng       năm {year}", formats.head_date)
    free = room(frame.span(*left))
    for row, text in ((0, upper), (1, lower)):
        done(sheet.set_row(row, row_height([(text, free)], _MOTTO_POINTS, bold=True)))
    done(sheet.set_row(2, 8))
    done(sheet.set_row(3, 22))
    return TITLE_ROWS


def _names(plan: Plan) -> tuple[str, str]:
    """The two lines over the number, in capitals: the body above and the issuer, or a committee and its place.

    "UBND" may stand for a body above, never for the one that signs.
    """
    issuer = plan.issuer.upper()
    place = next((issuer[len(start) :] for start in ("UBND ", "ỦY BAN NHÂN DÂN ") if issuer.startswith(start)), "")
    if plan.superior:
        return plan.superior.upper(), f"{_COMMITTEE} {place}" if place else issuer
    return (_COMMITTEE, place) if place else (issuer, "")


def _rule(sheet: Worksheet, frame: Frame, row: int, block: tuple[int, int], points: float) -> None:
    """Draw a thin line `points` long, centred over the columns of `block`."""
    width = frame.span(*block)
    length = min(round(points * 96 / 72), width)
    line = {
        "width": length,
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
    formats, superior = canvas.formats, canvas.run.plan.superior
    left, right = (0, frame.left_last), (frame.right_first, frame.last)
    done(sheet.set_row(row, 10))
    recipients = [f"- {superior} (để báo cáo);"] if superior else []
    recipients += ["- Các đơn vị báo cáo;", "- Lưu: VT."]
    signs = (*_signs(canvas.run.plan.issuer), "(Ký, ghi rõ họ tên, đóng dấu)")
    free = room(frame.span(*left))
    for offset in range(1, 1 + max(len(recipients) + 1, len(signs))):
        height = 18.0
        if offset == 1:
            put_across(sheet, row + offset, left, "Nơi nhận:", formats.sign_left_title)
        elif offset - 2 < len(recipients):
            text = recipients[offset - 2]
            put_across(sheet, row + offset, left, text, formats.sign_left)
            height = max(height, row_height([(text, free)], LONG_POINTS))
        if offset <= len(signs):
            form = formats.sign_right_note if offset == len(signs) else formats.sign_right
            put_across(sheet, row + offset, right, signs[offset - 1], form)
        done(sheet.set_row(row + offset, height))
    last = row + offset
    done(sheet.set_row(last, _ROOM_TO_SIGN))  # of the last line: an empty row could print as an empty page
    return last


def _signs(issuer: str) -> tuple[str, ...]:
    """Return who signs (Decree 30/2020/NĐ-CP): a committee through its chairman, another body through its head."""
    name = fold(issuer) + " "
    if name.startswith(_COMMITTEES):
        return (f"TM. {_COMMITTEE}", "CHỦ TỊCH")
    return (next((post for start, post in _HEADS if name.startswith(start)), "THỦ TRƯỞNG ĐƠN VỊ"),)


def number_pixels(text: str, *, bold: bool = False) -> int:
    """The least width of a column for a number on one line: Excel shows one that does not fit as ####."""
    return round(text_points(text, BODY_POINTS, bold=bold) * 96 / 72) + 22


def put_across(sheet: Worksheet, row: int, columns: tuple[int, int], text: str, form: object) -> None:
    """Write `text` over `columns` of `row` as one merged cell."""
    first, last = columns
    if first == last:
        done(sheet.write_string(row, first, cell_text(text), form))
        return
    done(sheet.merge_range(row, first, row, last, "", form))
    done(sheet.write_string(row, first, cell_text(text), form))
