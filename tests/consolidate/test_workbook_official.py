""" "Phụ lục" as a document: the form of Decree 30/2020/NĐ-CP, Phụ lục I, as far as a sheet can keep it."""

from __future__ import annotations

import functools
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet

from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.official import OfficialSheet, fit_official_page
from tests.blank import H1
from tests.consolidate.workbook_case import AS_OF, full_run, say, small_plan
from validation.model import Checked


@functools.cache
def drawn() -> Workbook:
    return openpyxl.load_workbook(BytesIO(draw_workbook(full_run(), say)), data_only=True)


def table_row(sheet: Worksheet, column: str, name: str) -> int:
    return next(row for row, cell in enumerate(sheet[column], 1) if cell.value == name)


@pytest.mark.parametrize(
    ("issuer", "signs"),
    [
        ("UBND phường Thành Nam", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Ủy ban nhân dân xã Mường La", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("Sở Y tế tỉnh Ninh Bình", ["GIÁM ĐỐC"]),
        ("Phòng Văn hóa - Xã hội xã Mường La", ["TRƯỞNG PHÒNG"]),
        ("Văn phòng Đảng ủy xã", ["THỦ TRƯỞNG ĐƠN VỊ"]),
    ],
)
def test_a_committee_is_signed_for_by_its_chairman_and_another_body_by_its_head(issuer: str, signs: list[str]) -> None:
    run = consolidate(replace(small_plan(), issuer=issuer), H1, AS_OF, Checked((), (), (), ()))
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    first = next(c for row in sheet.iter_rows() for c in row if c.value == "Nơi nhận:")
    found = [c.value for row in sheet.iter_rows(min_row=first.row, min_col=7, max_col=7) for c in row if c.value]
    assert found == [*signs, "(Ký, ghi rõ họ tên, đóng dấu)"]


def test_every_sheet_prints_its_own_page_numbers_from_1_on() -> None:
    """Appendices must; were the others to go on counting, a book would print "21/386" on page 33."""
    for sheet in drawn():
        start = (
            sheet.page_setup.useFirstPageNumber,
            sheet.page_setup.firstPageNumber or 1,
        )  # 1 is what it is when left out
        assert start == (True, 1), sheet.title
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None
        assert footer is not None
        if sheet.title.startswith("Phụ lục"):  # Decree 30/2020/NĐ-CP: within the upper margin, from 1 on in each
            assert (header.center.text, header.center.size, footer.right.text) == ("&P", 13, None), sheet.title
        else:
            assert footer.right.text == "&A – trang &P", sheet.title


def test_the_first_page_of_an_appendix_bears_no_number() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("Phụ lục 1", OfficialSheet)
    fit_official_page(sheet, (80, 80), (0, 0))
    book.close()
    read = openpyxl.load_workbook(target)["Phụ lục 1"].HeaderFooter
    assert read.differentFirst
    assert read.firstHeader.center.text is None
    assert (read.oddHeader.center.text, read.scaleWithDoc) == ("&P", False)


def test_the_heading_keeps_the_sizes_and_margins_of_the_decree() -> None:
    """Decree 30/2020/NĐ-CP, Phụ lục I: 12-13 and 13-14 points; 20-25, 30-35 and 15-20 mm."""
    sheet = drawn()["Phụ lục 1"]
    nation, motto, date = (sheet.cell(row, 7) for row in (1, 2, 4))
    assert [(c.font.sz, c.font.b, c.font.i) for c in (nation, motto, date)] == [
        (12, True, False),
        (13, True, False),
        (13, False, True),
    ]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).font.b) for row in (1, 2)] == [
        ("UBND TỈNH NINH BÌNH", False),
        ("SỞ Y TẾ TỈNH NINH BÌNH", True),
    ]
    assert sheet["A4"].value == "Số:          /BC-SYT"
    margins = sheet.page_margins
    edges = [round(inches * 25.4) for inches in (margins.top, margins.bottom, margins.left, margins.right)]
    assert edges == [20, 20, 30, 15]
    assert sheet.page_setup.paperSize == 9


def test_a_committee_stands_in_full_over_its_place() -> None:
    plan = replace(small_plan(), issuer="UBND phường Thành Nam", superior="")
    run = consolidate(plan, H1, AS_OF, Checked((), (), (), ()))
    sheet = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)), data_only=True)["Phụ lục 1"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).font.b) for row in (1, 2)] == [
        ("ỦY BAN NHÂN DÂN", True),
        ("PHƯỜNG THÀNH NAM", True),
    ]


def test_made_up_figures_say_so_on_every_page_and_over_every_title() -> None:
    """A loose page of a rehearsal must not be taken for a report; the data sheets have no title but the page's."""
    book = openpyxl.load_workbook(BytesIO(draw_workbook(replace(full_run(), rehearsal=True), say)), data_only=True)
    for sheet in book:
        headers = [corner(sheet.oddHeader)]
        if sheet.HeaderFooter.differentFirst:
            headers.append(corner(sheet.HeaderFooter.firstHeader))
        assert headers == ["SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT"] * len(headers), sheet.title
        top = " ".join(str(c.value) for row in sheet.iter_rows(max_row=8) for c in row)
        assert top.count("SỐ LIỆU GIẢ") == (sheet.title != "Dữ liệu"), sheet.title
    assert {corner(sheet.oddHeader) for sheet in drawn()} == {None}


def corner(header: HeaderFooterItem | None) -> str | None:
    """The left part of a page header."""
    return header.left.text if header else None
