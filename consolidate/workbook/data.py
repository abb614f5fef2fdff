""" "Dữ liệu", and "Dữ liệu 2"… where one sheet cannot hold all lines: what all totals are live formulas over.

Other sheets read the lines through the defined names only, those of the sheet where their code stands
(`DataPlaces.prefix`); every name covers all lines of its sheet, so that sorting or filtering changes no total.
It decides of no line whether it counts (data_lines).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_col_to_name

from consolidate.workbook.canvas import DATA, Canvas, done, number_pages
from consolidate.workbook.data_lines import DataLines, Line
from consolidate.workbook.long_table import Body, LongTableSheet
from consolidate.workbook.official import number_pixels
from consolidate.workbook.places import FIRST_ROW, MOST_LINES, DataPlaces, DataSheet, Place, laid_out
from plan.cell_text import cell_text

_HEADS = (
    ("Tên đơn vị", 200),
    ("Chỉ tiêu, nhiệm vụ", 240),
    ("Nội dung số liệu", 180),
    ("Vai trò", 76),
    ("Giá trị số", 96),
    ("Giá trị chữ", 290),
    ("Loại số liệu", 104),
    ("Tính vào tổng", 64),
    ("Tệp", 220),
    ("Trang", 76),
    ("Ô", 48),
    ("Số thứ tự tệp (trang “Nguồn”)", 92),
    ("Đơn vị", 190),
    ("Phụ lục", 70),
    ("Mã dòng", 190),
    ("Trường", 130),
    ("Khóa", 280),
    ("Trọng số", 90),
)
_LAST_PRINTED = Line._fields.index("source")  # what follows is for formulas and pivots
# what follows the sheet's prefix in a defined name -> the part of a line
_NAMES = {
    "don_vi": "unit",
    "ma_dong": "code",
    "khoa": "key",
    "vai_tro": "role",
    "gia_tri": "number",
    "chu": "text",
    "loai": "kind",
    "tinh": "counted",
    "trong_so": "weight",
}
_FREE = frozenset({Line._fields.index("text")})
_NAME_COLUMN = Line._fields.index("unit_name")
_WIDEST_NAME = 480  # pixels
# Excel shows it beside the first cell, which is selected when the sheet is opened.
_PROMPT = {
    "input_title": "Sắp xếp, lọc",
    "input_message": (
        "Sắp xếp hay lọc không làm thay đổi số tổng hợp. Liên kết từ các trang khác đến dòng số liệu chỉ đúng khi chưa "
        "sắp xếp lại; khi đó hãy lọc cột “Mã dòng”."
    ),
}


def _name_pixels(canvas: Canvas) -> int:
    """Wide enough for every unit's name: a cell beside a full one shows no more than its own width."""
    longest = max((number_pixels(cell_text(name)) for name in canvas.names.values()), default=0)
    return min(max(_HEADS[_NAME_COLUMN][1], longest), _WIDEST_NAME)


def data_places(lines: DataLines, most: int = MOST_LINES) -> DataPlaces:
    """Say where each line will stand, no sheet holding more than `most`. Raises PlanError, see `laid_out`."""
    sheets = laid_out(DATA, lines.counts, most)
    blocks = DataPlaces(sheets).blocks
    first = {
        unit: Place(blocks[code].sheet, blocks[code].first + line) for unit, (code, line) in lines.first_of_unit.items()
    }
    return DataPlaces(sheets, first)


def draw_data(canvas: Canvas, lines: DataLines) -> None:
    """Draw every data sheet: the lines from row 2 down under a filter, and the names over exactly those rows."""
    for place in canvas.data.sheets:
        _draw_sheet(canvas, place, lines)


def _draw_sheet(canvas: Canvas, place: DataSheet, lines: DataLines) -> None:
    formats = canvas.formats
    sheet: LongTableSheet = canvas.book.get_worksheet_by_name(place.name)
    for column, (head, width) in enumerate(_HEADS):
        done(sheet.set_column_pixels(column, column, _name_pixels(canvas) if column == _NAME_COLUMN else width))
        done(sheet.write_string(0, column, head, formats.long_head))
    done(sheet.set_row(0, 64))
    done(sheet.data_validation(0, 0, 0, 0, {"validate": "any", **_PROMPT}))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, place.last - 1, len(_HEADS) - 1)
    for name, part in _NAMES.items():
        letters = xl_col_to_name(Line._fields.index(part))
        area = f"='{place.name}'!${letters}${FIRST_ROW}:${letters}${place.last}"
        done(canvas.book.define_name(f"{place.prefix}_{name}", area))
    if not place.blocks:
        done(sheet.write_string(1, _NAME_COLUMN, "Chưa có số liệu nào được nhận trong kỳ này."))

    def rows() -> Iterator[Line]:
        for block in place.blocks:
            yield from lines.of_code[block.code]()

    count = sum(block.lines for block in place.blocks)
    sheet.write_body(FIRST_ROW - 1, Body(rows, count, len(_HEADS), _FREE))
    sheet.set_landscape()
    sheet.set_paper(9)
    number_pages(sheet)
    sheet.hide_gridlines(0)  # printed: the cells have no borders
    sheet.fit_to_pages(1, 0)
    done(sheet.print_area(0, 0, place.last - 1, _LAST_PRINTED))
    done(sheet.repeat_rows(0))
