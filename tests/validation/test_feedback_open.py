"""What may be marked: only a file of which openpyxl keeps everything."""

from __future__ import annotations

import pytest

from tests.validation.marked import edited, marked, template
from validation.feedback import NotMarkableError, can_mark


def test_a_text_box_is_a_reason_not_to_mark() -> None:
    """openpyxl drops drawings; a unit that wrote into one must not get its file back without it."""
    assert can_mark(template()) == ""
    assert "hình vẽ" in can_mark(template(shape=True))
    with pytest.raises(NotMarkableError, match="hình vẽ"):
        marked(template(shape=True))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</sheetData>", '<row r="1048576"><c r="P1048576"><v>7</v></c></row></sheetData>', "ô nằm rất xa bảng"),
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>', "ô nằm rất xa bảng"),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="L1:XFD1048576"/></mergeCells>', "gộp ô"),
        (
            "</worksheet>",
            '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks></worksheet>',
            "liên kết",
        ),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="$L$1"/></mergeCells>', "khác thường"),
    ],
)
def test_a_sheet_that_openpyxl_would_spread_over_its_whole_area_gets_the_list(old: str, new: str, reason: str) -> None:
    """Such a return is read; marking it would build a cell for every place of it, blank or not."""
    assert reason in can_mark(edited(template(), "xl/worksheets/sheet3.xml", old, new))


def test_excel_2010_dropdowns_macros_and_non_workbooks_are_refused() -> None:
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="0"/></ext></extLst></worksheet>'
    )
    assert "danh sách chọn" in can_mark(edited(template(), "xl/worksheets/sheet3.xml", "</worksheet>", extension))
    assert "macro" in can_mark(edited(template(), "xl/vbaProject.bin", "", ""))
    assert "không phải tệp .xlsx" in can_mark(b"\xd0\xcf\x11\xe0 an old .xls")
    assert "không an toàn" in can_mark(edited(template(), "xl/workbook.xml", "</workbook>", "</book>"))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("xl/pivotTables/pivotTable1.xml", "PivotTable"),
        ("xl/chartsheets/sheet1.xml", "trang biểu đồ"),
        ("xl/richData/rdrichvalue.xml", "kiểu dữ liệu đặc biệt"),
        ("xl/connections.xml", "kết nối dữ liệu"),
    ],
)
def test_parts_that_openpyxl_drops_are_a_reason_not_to_mark(part: str, reason: str) -> None:
    assert reason in can_mark(edited(template(), part, "", "<x/>"))


def test_a_copy_that_would_say_something_else_is_not_given_out() -> None:
    """openpyxl takes "_x005F_" out of a text: whatever it changes, the copy is compared with the file."""
    data = edited(template(), "xl/sharedStrings.xml", "Tỷ lệ bao phủ", "Mẫu _x005F_x0041_ tỷ lệ bao phủ")
    assert can_mark(data) == ""
    with pytest.raises(NotMarkableError, match="thay đổi nội dung"):
        marked(data)
