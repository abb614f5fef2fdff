"""The data sheets: one line per value with its origin, and on as many sheets as needed with every total one formula."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from consolidate.model import Consolidation
from consolidate.workbook.book import draw_workbook
from consolidate.workbook.data_lines import Line, data_lines
from consolidate.workbook.places import laid_out
from plan.model import PlanError
from plan.text_fit import text_points
from tests.consolidate.workbook_case import AS_OF, empty_run, entry, full_run, received, say
from tests.office import Office, recalculation_differences

FEW = 20  # lines a sheet: the small plan then fills several
_NAME = re.compile(r"\bDL\d*_[a-z_]+")


def several_files() -> Consolidation:
    """The full run, in which xã B has sent three files: the second counts, the first was taken away."""
    run = full_run()
    second = next(r for r in run.checked.returns if r.unit == "xa-b")
    first = replace(second, file="xa-b/cũ.xlsx", received_at=AS_OF - timedelta(days=2), counts=False)
    third = replace(second, file="xa-b/mới.xlsx", received_at=AS_OF + timedelta(hours=1), counts=False)
    unknown = replace(received(""), file="lạ.xlsx", counts=False)
    returns = (unknown, third, *run.checked.returns)
    return replace(run, checked=replace(run.checked, returns=returns), gone=(first,))


@cache
def drawn(most: int) -> Workbook:
    return openpyxl.load_workbook(BytesIO(draw_workbook(several_files(), say, most)))


def data_titles(book: Workbook) -> list[str]:
    return [name for name in book.sheetnames if name.startswith("Dữ liệu")]


def rows_of(book: Workbook, title: str, first: int = 1) -> list[tuple[Any, ...]]:
    """The cells of a sheet from Excel row `first` down; of any type, as openpyxl has it."""
    return list(book[title].iter_rows(min_row=first))


def lines(book: Workbook, title: str) -> list[Line]:
    """The lines of a data sheet, by the parts of a line."""
    return [Line(*(c.value for c in row)) for row in rows_of(book, title, 2)]


def formulas(book: Workbook) -> dict[str, str]:
    """Every formula with a data name, by its cell."""
    found = {}
    for sheet in book.worksheets:
        for row in rows_of(book, sheet.title):
            for cell in row:
                text = str(getattr(cell.value, "text", cell.value))
                if cell.data_type == "f" and "DL" in text:
                    found[f"{sheet.title}!{cell.coordinate}"] = text
    return found


def test_the_same_lines_stand_on_one_sheet_or_on_several() -> None:
    whole, split = drawn(10**6), drawn(FEW)
    assert data_titles(whole) == ["Dữ liệu"]
    assert data_titles(split) == ["Dữ liệu", "Dữ liệu 2", "Dữ liệu 3", "Dữ liệu 4"]
    pieces = [lines(split, title) for title in data_titles(split)]
    assert [line for piece in pieces for line in piece] == lines(whole, "Dữ liệu")
    assert all(0 < len(piece) <= FEW for piece in pieces)


def test_the_lines_of_a_row_code_never_part() -> None:
    book = drawn(FEW)
    held = [{line.code for line in lines(book, title)} for title in data_titles(book)]
    assert sum(map(len, held)) == len(set().union(*held))


def test_every_name_covers_exactly_the_lines_of_its_sheet() -> None:
    """A name over fewer rows would lose lines, and one block's rows alone would be others after a sort."""
    book = drawn(FEW)
    for at, title in enumerate(data_titles(book), 1):
        prefix = "DL_" if at == 1 else f"DL{at}_"
        areas = [d.attr_text or "" for name, d in book.defined_names.items() if name.startswith(prefix)]
        assert len(areas) == 9
        for area in areas:
            sheet, cells = area.replace("'", "").split("!")
            first, last = (int(part.split("$")[-1]) for part in cells.split(":"))
            assert (sheet, first, last) == (title, 2, book[title].max_row)


def test_a_formula_reads_the_one_sheet_on_which_its_code_stands() -> None:
    """So that every total stays one live formula, and none counts a sheet without its lines."""
    book = drawn(FEW)
    prefix = {
        line.code: "DL" if at == 1 else f"DL{at}"
        for at, title in enumerate(data_titles(book), 1)
        for line in lines(book, title)
    }
    seen = set()
    for cell, text in formulas(book).items():
        used = {name.split("_")[0] for name in _NAME.findall(text)}
        codes = {code for code in prefix if re.search(rf'"{re.escape(code)}[."]', text)}
        assert len(used) == 1, (cell, text)
        if codes:
            assert used == {prefix[code] for code in codes}, (cell, text)
        seen |= used
    assert seen == {"DL", "DL2", "DL3", "DL4"}


def test_formulas_differ_in_nothing_but_the_sheet_they_read() -> None:
    whole, split = formulas(drawn(10**6)), formulas(drawn(FEW))
    own = {cell: text for cell, text in split.items() if not cell.startswith("Mục lục")}
    assert {cell: re.sub(r"\bDL\d+_", "DL_", text) for cell, text in own.items()} == {
        cell: text for cell, text in whole.items() if not cell.startswith("Mục lục")
    }


def test_links_lead_to_the_first_line_on_whichever_sheet_it_stands() -> None:
    book = drawn(FEW)
    of_code = {line.code: (t, n) for t in data_titles(book) for n, line in reversed([*enumerate(lines(book, t), 2)])}
    names = {r.task.name: r.task.code for r in full_run().tasks}
    tasks = [row for row in rows_of(book, "Phụ lục 2") if row[1].value in names and row[0].hyperlink]
    found = {names[row[1].value]: row[0].hyperlink.location for row in tasks}
    assert found == {code: f"'{of_code[code][0]}'!A{of_code[code][1]}" for code in ("NV-1", "NV-2")}
    assert {place.split("'")[1] for place in found.values()} != {"Dữ liệu"}


def test_a_unit_is_led_to_its_own_first_line() -> None:
    book = drawn(FEW)
    first: dict[str, str] = {}
    for title in data_titles(book):
        for row, line in enumerate(lines(book, title), 2):
            first.setdefault(line.unit_name, f"'{title}'!A{row}")
    register = {row[2].value: row[0].hyperlink.location for row in rows_of(book, "Nguồn", 5) if row[0].hyperlink}
    assert register == {name: place for name, place in first.items() if name != "UBND XÃ D"}
    for title in ("Tình hình nộp", "Ma trận"):
        linked = {row[1].value: row[0].hyperlink.location for row in rows_of(book, title) if row[0].hyperlink}
        assert linked == first, title


def test_the_contents_lead_to_every_sheet_and_to_every_block() -> None:
    book = drawn(FEW)
    sheets = len(book.sheetnames)
    rows = rows_of(book, "Mục lục", 5)
    assert [row[1].value for row in rows[: sheets - 1]] == [name for name in book.sheetnames if name != "Mục lục"]
    blocks = [row for row in rows[sheets - 1 :] if row[1].value in data_titles(book)]
    assert len(blocks) == len({line.code for title in data_titles(book) for line in lines(book, title)})
    for row in blocks:
        title, first, last = row[1].value, row[4].value, row[5].value
        codes = {line.code for line in lines(book, title)[first - 2 : last - 1]}
        assert len(codes) == 1
        assert sum(line.code in codes for line in lines(book, title)) == last - first + 1
        assert row[1].hyperlink.location == f"'{title}'!A{first}"
        assert f'"{codes.pop()}"' in row[3].value


def test_a_code_that_one_sheet_cannot_hold_is_refused() -> None:
    with pytest.raises(PlanError, match="Mã B có 6 dòng số liệu"):
        laid_out("Dữ liệu", (("A", 5), ("B", 6)), 5)
    assert [s.last for s in laid_out("Dữ liệu", (("A", 5), ("B", 5), ("C", 0)), 5)] == [6, 6]


def test_a_line_names_its_row_its_field_and_its_file_in_the_register() -> None:
    book = drawn(10**6)
    line = next(x for x in lines(book, "Dữ liệu") if (x.unit, x.key) == ("xa-b", "RATIO.denominator"))
    assert (line.unit_name, line.row_name, line.label) == ("UBND XÃ B", "1. Chỉ tiêu RATIO", "Nhãn denominator")
    register = {row[0].value: row[1].value for row in rows_of(book, "Nguồn", 5)}
    assert register[line.source] == line.file == "xa-b/2026-H1_xa-b.xlsx"
    task = next(x for x in lines(book, "Dữ liệu") if x.key == "NV-1.progress")
    assert (task.row_name, task.label) == ("1. Nhiệm vụ NV-1", "% hoàn thành")


def test_the_register_says_which_of_a_units_files_each_is() -> None:
    """By the order in which they came, whatever order they are listed in; what was taken away was one of them."""
    heads, *rows = rows_of(drawn(10**6), "Nguồn", 4)
    at = [c.value for c in heads].index("Lần gửi")
    found = {row[1].value: row[at].value for row in rows}
    assert (found["xa-b/cũ.xlsx"], found["xa-b/mới.xlsx"]) == ("1/3", "3/3")
    assert found["xa-b/2026-H1_xa-b.xlsx"] == "2/3"
    assert (found["xa-a/2026-H1_xa-a.xlsx"], found["lạ.xlsx"]) == ("1/1", "–")
    linked = {row[1].value for row in rows if row[0].hyperlink}
    assert linked == {f"{unit}/2026-H1_{unit}.xlsx" for unit in ("ban", "xa-a", "xa-b", "xa-c")}


def test_lines_of_a_row_that_the_plan_no_longer_knows_stay_and_count_nowhere() -> None:
    run = full_run()
    stray = entry("xa-a", "GONE.value", "7")
    run = replace(run, checked=replace(run.checked, indicator_entries=(*run.checked.indicator_entries, stray)))
    book = openpyxl.load_workbook(BytesIO(draw_workbook(run, say)))
    line = next(x for x in lines(book, "Dữ liệu") if x.code == "GONE")
    assert (line.number, line.counted, line.row_name) == (7, 0, None)
    assert "Số liệu của dòng không có trong kế hoạch" in [row[0].value for row in rows_of(book, "Mục lục")]


def test_lines_are_counted_before_any_is_made() -> None:
    """What `data_lines` keeps of a country are its entries, which exist anyway."""
    found = data_lines(full_run())
    assert dict(found.counts) == {code: len([*made()]) for code, made in found.of_code.items()}
    assert data_lines(empty_run()).counts == ()


def test_the_file_says_in_its_properties_what_it_is() -> None:
    said = openpyxl.load_workbook(BytesIO(draw_workbook(replace(full_run(), rehearsal=True), say))).properties
    assert (said.creator, said.category, said.keywords) == (
        "Sở Y tế tỉnh Ninh Bình",
        "Báo cáo tổng hợp",
        "nho; 2026-H1",
    )
    assert said.description == (
        "SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT – Tổng hợp từ báo cáo của 4/5 đơn vị, tính đến 14 giờ 30 ngày 09/6/2026."
    )


def test_a_printed_line_shows_the_whole_name_of_its_unit() -> None:
    """The cell beside it is full: what is wider than the column would be cut."""
    run = full_run()
    long = "UBND phường Lý Thường Kiệt và các tổ dân phố vùng ven"
    units = tuple(replace(u, name=long) if u.id == "xa-a" else u for u in run.plan.units)
    book = openpyxl.load_workbook(BytesIO(draw_workbook(replace(run, plan=replace(run.plan, units=units)), say)))
    width = book["Dữ liệu"].column_dimensions["A"].width * 8  # pixels: the default font is Times New Roman 12
    assert text_points(long, 12) * 96 / 72 < width < 480


def test_the_contents_say_what_to_print_and_whence_the_decimal_sign_comes() -> None:
    note = drawn(10**6)["Mục lục"]["A2"].value
    assert "In để trình ký: Tóm tắt, Phụ lục 1, Phụ lục 2; không in trang Dữ liệu." in note
    assert "theo thiết đặt vùng của máy" in note


def test_whoever_opens_the_data_is_told_what_a_sort_breaks() -> None:
    (said,) = drawn(10**6)["Dữ liệu"].data_validations.dataValidation
    assert (str(said.sqref), said.type) == ("A1", None)
    assert "chỉ đúng khi chưa sắp xếp lại" in said.prompt


@pytest.mark.office
def test_libreoffice_computes_every_value_of_a_split_workbook_again(office: Office, tmp_path: Path) -> None:
    drawn_anew = draw_workbook(several_files(), say, FEW)
    compared, differences = recalculation_differences(drawn_anew, office.recalculate(drawn_anew, tmp_path))
    assert differences == []
    assert compared > 60
