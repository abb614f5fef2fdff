"""The pen of findings.xlsx: house formats, bordered cells that are always text, links inside the book, the page.

Everything that a sheet of the book needs to be drawn and nothing of what stands on it. Text of units is never a
formula or a link target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan.cell_text import FORMULA_STARTS, cell_text
from plan.text_fit import FONT, column_pixels, room, row_height

POINTS = 11
_A4 = 9
_RULED: dict[str, object] = {"border": 1, "border_color": "#9AA5B1", "text_wrap": True, "valign": "vcenter"}
_AIR = 3.0  # points
LINE_POINTS = 20
_LINK_INK = "#0B4F8A"


def options() -> dict[str, object]:
    """Return fresh options each time: xlsxwriter writes into the dicts that it is given."""
    return {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": POINTS, "font_scheme": "none"},
    }


class Pen:
    """The formats of one workbook, each made once, and the one way to write a bordered cell."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Return the format with `properties` over the house style."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": POINTS, "valign": "top"}
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]

    def write(self, sheet: Worksheet, place: tuple[int, int], value: str | int, fill: str = "") -> None:
        """Write a table cell: a number as number, everything else as text, also after it is edited."""
        look: dict[str, object] = dict(_RULED)
        if fill:
            look["bg_color"] = fill
        if isinstance(value, int):
            sheet.write_number(*place, value, self.style(**look, align="center", num_format="#,##0"))
            return
        if value.startswith(FORMULA_STARTS):
            look["quote_prefix"] = True
        sheet.write_string(*place, cell_text(value), self.style(**look, indent=1))

    def write_link(self, sheet: Worksheet, place: tuple[int, int], text: str, target: tuple[str, int]) -> None:
        """Write a table cell that leads to (sheet, 0-based row) of the same book."""
        look = self.style(**_RULED, indent=1, font_color=_LINK_INK, underline=1)
        sheet.write_url(*place, f"internal:'{target[0]}'!A{target[1] + 1}", look, cell_text(text))

    def write_file_link(self, sheet: Worksheet, place: tuple[int, int], text: str, path: str) -> None:
        """Write a table cell that opens a file; `path` is relative to the book and holds no "#"."""
        look = self.style(**_RULED, indent=1, font_color=_LINK_INK, underline=1)
        sheet.write_url(*place, f"external:{path}", look, cell_text(text))

    def write_title(self, sheet: Worksheet, title: str, about: str) -> None:
        """Write the title of a sheet and a line on what it holds into the first two rows."""
        sheet.write_string(0, 0, title, self.style(bold=True, font_size=14))
        sheet.set_row(0, 24)
        sheet.write_string(1, 0, about, self.style(italic=True))
        sheet.set_row(1, LINE_POINTS)

    def write_legend(self, sheet: Worksheet, colours: Sequence[tuple[str, str]]) -> int:
        """Say below the title what colours mean; return the next free row."""
        for row, (fill, words) in enumerate(colours, 2):
            sheet.write_string(row, 0, "", self.style(**_RULED, bg_color=fill))
            sheet.write_string(row, 1, words, self.style(valign="vcenter"))
            sheet.set_row(row, LINE_POINTS)
        return 2 + len(colours)

    def write_heads(self, sheet: Worksheet, row: int, heads: Iterable[tuple[int, str]]) -> None:
        """Write the head of a table at the given columns."""
        style = self.style(**_RULED, bg_color="#E7ECF2", bold=True, align="center")
        sheet.set_row(row, LINE_POINTS)
        for column, text in heads:
            sheet.write_string(row, column, text, style)

    def write_section(self, sheet: Worksheet, row: int, text: str) -> None:
        """Write the title over a table."""
        sheet.set_row(row, LINE_POINTS)
        sheet.write_string(row, 0, text, self.style(bold=True, font_size=12, font_color="#0B4F8A"))


def height(texts: Iterable[str], widths: Sequence[float]) -> float:
    """Return the height that shows `texts` in columns as wide as `widths`."""
    rooms = (room(column_pixels(width), indented=True) for width in widths)
    return row_height(zip(map(cell_text, texts), rooms, strict=True), POINTS) + _AIR


def set_up_page(sheet: Worksheet, period_label: str) -> None:
    """A4 landscape, one page wide, numbered."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    period = period_label.replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT}"Kiểm tra báo cáo {period}&R&"{FONT}"Trang &P/&N')
