"""LibreOffice, as the units' stand-in: the form prints, and its live formulas say the right thing of what is typed."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from plan.layout import CHECK_SHEET, INDICATOR_SHEET, TASK_SHEET
from tests.office import Office
from tests.office import pages as pages_of
from tests.templates import template_case as case

pytestmark = pytest.mark.office

Typed = str | int | float | date | None

# (row, typed value, state, explanation, expected word beside it)
INDICATOR_CASES: tuple[tuple[str, Typed, str, str, str | None], ...] = (
    ("COVER.numerator", 955, "", "", "Đủ"),
    ("COVER.denominator", 1000, "Ước", "", "Đủ"),
    ("GAIN.baseline_numerator", 30, "", "", "Sai: tử số lớn hơn mẫu số"),
    ("GAIN.baseline_denominator", 20, "", "", "Đủ"),
    ("GAIN.current_numerator", None, "Không phát sinh", "", "Đủ"),
    ("GAIN.current_denominator", 12.5, "", "", "Sai: phải là số nguyên"),
    ("HEIGHT.baseline", 150.5, "", "", "Đủ"),
    ("HEIGHT.current", "152 cm", "", "", "Sai: phải là số"),
    ("DOCTORS.count", 5, "Không phát sinh", "", "Sai: đã có số, bỏ Không phát sinh"),
    ("STATION.attained", "đạt rồi", "", "", "Sai: chọn Đạt hoặc Chưa đạt"),
    ("STATION.evidence", None, "", "", None),
    ("AGE.value", None, "Không áp dụng", "", "Cần lý do"),
    ("SHARE.value", None, "Chưa có", "", "Sai: chọn lại loại số liệu"),
)
OTHER_INDICATOR_CASES: tuple[tuple[str, Typed, str, str, str | None], ...] = (
    ("COVER.numerator", None, "Không phát sinh", "", "Đủ"),
    ("COVER.denominator", 0, "", "", "Sai: mẫu số bằng 0"),
    ("GAIN.baseline_numerator", 10, "", "", "Đủ"),
    ("GAIN.baseline_denominator", 40, "Chính thức", "", "Đủ"),
    ("GAIN.current_numerator", 16, "", "", "Đủ"),
    ("GAIN.current_denominator", 48, "", "", "Đủ"),
    ("HEIGHT.baseline", 150.5, "", "", "Đủ"),
    ("HEIGHT.current", 152, "", "", "Đủ"),
    ("DOCTORS.count", 201, "", "", "Sai: lớn hơn 200"),
    ("STATION.attained", None, "Không phát sinh", "", "Sai: chọn lại loại số liệu"),
    ("STATION.evidence", "Quyết định 12/QĐ-UBND", "", "", None),
    ("AGE.value", None, "Không áp dụng", "Chưa thống kê", "Đủ"),
    ("SHARE.value", "=1/0", "", "", "Sai: ô chứa lỗi công thức"),
)
# (status, progress, result, document number, document date, expected word)
TASK_CASES: tuple[tuple[Typed, Typed, Typed, Typed, Typed, str], ...] = (
    (None, None, None, None, None, "Còn thiếu"),
    (None, 50, None, None, None, "Còn thiếu tình trạng"),
    ("xong", None, None, None, None, "Sai: chọn lại tình trạng"),
    ("Không phát sinh", None, None, None, None, "Đủ"),
    ("Không phát sinh", 20, None, None, None, "Sai: không phát sinh thì để trống %"),
    ("Chưa triển khai", None, None, None, None, "Đủ"),
    ("Chưa triển khai", 10, None, None, None, "Sai: chưa triển khai thì ghi 0"),
    ("Đang triển khai", None, None, None, None, "Còn thiếu % hoàn thành"),
    ("Đang triển khai", 0.95, None, None, None, "Sai: gõ 95, không gõ 95%"),
    ("Đang triển khai", 100, None, None, None, "Sai: đã 100 thì chọn Hoàn thành"),
    ("Đang triển khai", 40, None, None, "tháng 3", "Sai: ngày văn bản"),
    ("Hoàn thành", 90, "Đã ban hành", None, None, "Sai: Hoàn thành thì ghi 100"),
    ("Hoàn thành", 100, None, None, None, "Còn thiếu kết quả hoặc số văn bản"),
    ("Hoàn thành", 100, None, "45/KH-UBND", date(2026, 3, 15), "Đủ"),
    ("Hoàn thành", "một trăm", "Đã ban hành", None, None, "Sai: % hoàn thành phải là số"),
    ("Đang triển khai", 140, None, None, None, "Sai: % hoàn thành từ 0 đến 100"),
)


# What validation says beyond single cells, said by the live formulas too: (typed value, state, explanation, word).
MIRRORED: dict[str, tuple[Typed, str, str, str | None]] = {
    "COVER.numerator": (None, "Không áp dụng", "Xã không có đối tượng", "Sai: Không áp dụng phải cho cả chỉ tiêu"),
    "COVER.denominator": (1000, "", "", "Đủ"),
    "GAIN.baseline_numerator": (5, "", "", "Sai: tử số lớn hơn mẫu số"),
    "GAIN.baseline_denominator": (None, "Không phát sinh", "", "Đủ"),
    "GAIN.current_numerator": (5, "", "", "Đủ"),
    "GAIN.current_denominator": (0, "", "", "Sai: mẫu số bằng 0"),
    "HEIGHT.baseline": (None, "Không áp dụng", "Ngành khác điều tra", "Đủ"),
    "HEIGHT.current": (None, "Không áp dụng", "ẾÀ", "Đủ"),
    "DOCTORS.count": (None, "Không áp dụng", "- 12 -", "Đủ"),
    "STATION.attained": ("Đạt", "", "", "Đủ"),
    "STATION.evidence": (None, "", "", "Nên ghi minh chứng"),
    "AGE.value": (None, "Không áp dụng", " ./…– ", "Cần lý do"),
    "SHARE.value": (1.5, "", "", "Đủ"),
}
# (choice, explanation beside it, evidence, state of the evidence): nothing is asked of the evidence cell.
CONTENT_WITHOUT: tuple[tuple[str, str, str, str], ...] = (
    ("Chưa đạt", "", "", ""),
    ("Đạt", "Quyết định đang chờ ký", "", ""),
    ("Đạt", "", "Quyết định 12/QĐ-UBND", ""),
    ("Đạt", "", "", "Không áp dụng"),
    ("=1/0", "", "", ""),
)


def recalculated(book: Workbook, folder: Path, office: Office) -> Workbook:
    """What LibreOffice calculates in `book`; openpyxl writes formulas without values, so nothing is remembered."""
    source = folder / "filled.xlsx"
    book.save(source)
    return openpyxl.load_workbook(office.convert([source], "xlsx", folder / "out")[0], data_only=True)


def fill_indicators(book: Workbook, cases: tuple[tuple[str, Typed, str, str, str | None], ...]) -> None:
    sheet = book[INDICATOR_SHEET]
    for code, value, state, explanation, _ in cases:
        for key, typed in (("value", value), ("state", state or None), ("explanation", explanation or None)):
            sheet[case.indicator_cell(code, key)].value = typed


def fill_tasks(book: Workbook) -> None:
    keys = ("status", "progress", "result", "document_number", "document_date")
    for line, entry in zip(case.layout().task_rows, TASK_CASES, strict=True):
        for key, typed in zip(keys, entry[:5], strict=True):
            book[TASK_SHEET][case.task_cell(line.code, key)].value = typed


def words(book: Workbook) -> dict[str, object]:
    return {
        line.code: book[INDICATOR_SHEET][case.indicator_cell(line.code, "check")].value or None
        for line in case.layout().indicator_rows
    }


def test_check_cells_and_counts_tell_what_is_missing_and_wrong(tmp_path: Path, office: Office) -> None:
    book = case.opened(case.drawn())
    fill_indicators(book, INDICATOR_CASES)
    fill_tasks(book)
    told = recalculated(book, tmp_path, office)
    assert words(told) == {entry[0]: entry[4] for entry in INDICATOR_CASES}
    tasks = [told[TASK_SHEET][case.task_cell(line.code, "check")].value for line in case.layout().task_rows]
    assert tasks == [entry[5] for entry in TASK_CASES]
    shown = [entry[4] or "" for entry in INDICATOR_CASES] + [entry[5] for entry in TASK_CASES]
    missing = sum(text.startswith(("Còn thiếu", "Cần lý do")) for text in shown)
    wrong = sum(text.startswith("Sai") for text in shown)
    sentence = f"Còn thiếu: {missing} ô; Sai: {wrong} ô. Chưa gửi được, xem từng dòng bên dưới."
    assert sentence in [c.value for row in told[CHECK_SHEET].iter_rows(max_row=8) for c in row]
    states = [row[4].value for row in told[CHECK_SHEET].iter_rows(min_row=9)]
    assert [s for s in states if s] == [text for text in shown if text]
    assert told[INDICATOR_SHEET][case.result_cell("COVER")].value == 95.5
    assert told[INDICATOR_SHEET][case.result_cell("HEIGHT")].value in (None, "")


def test_results_are_computed_and_never_show_an_error(tmp_path: Path, office: Office) -> None:
    book = case.opened(case.drawn())
    fill_indicators(book, OTHER_INDICATOR_CASES)
    told = recalculated(book, tmp_path, office)
    assert words(told) == {entry[0]: entry[4] for entry in OTHER_INDICATOR_CASES}
    sheet = told[INDICATOR_SHEET]
    assert sheet[case.result_cell("COVER")].value in (None, "")  # nothing can be divided by zero
    expected = round(Decimal(1600) / 48 - Decimal(1000) / 40, 2)
    assert sheet[case.result_cell("GAIN")].value == pytest.approx(float(expected))
    assert sheet[case.result_cell("HEIGHT")].value == pytest.approx(1.5)


def test_check_cells_say_what_validation_will_say_of_a_whole_indicator(tmp_path: Path, office: Office) -> None:
    book = case.opened(case.drawn())
    fill_indicators(book, tuple((code, *entry) for code, entry in MIRRORED.items()))
    told = recalculated(book, tmp_path, office)
    assert words(told) == {code: entry[3] for code, entry in MIRRORED.items()}
    missing = 1 + len(case.layout().task_rows)  # advice counts neither as missing nor as wrong
    sentence = f"Còn thiếu: {missing} ô; Sai: 3 ô. Chưa gửi được, xem từng dòng bên dưới."
    assert sentence in [c.value for row in told[CHECK_SHEET].iter_rows(max_row=8) for c in row]


def test_evidence_is_not_asked_for_where_validation_would_not_ask(tmp_path: Path, office: Office) -> None:
    sources = []
    for number, (choice, explanation, evidence, state) in enumerate(CONTENT_WITHOUT):
        book = case.opened(case.drawn())
        fill_indicators(
            book,
            (
                ("STATION.attained", choice, "", explanation, None),
                ("STATION.evidence", evidence or None, state, "", None),
            ),
        )
        sources.append(tmp_path / f"filled-{number}.xlsx")
        book.save(sources[-1])
    for path in office.convert(sources, "xlsx", tmp_path / "out"):
        assert words(openpyxl.load_workbook(path, data_only=True))["STATION.evidence"] is None


def test_a_form_without_gaps_or_mistakes_says_that_it_can_be_sent(tmp_path: Path, office: Office) -> None:
    book = case.opened(case.drawn(case.OFFICE))
    line = case.layout(case.OFFICE).task_rows[0]
    sheet = book[TASK_SHEET]
    sheet.cell(line.row, 7).value = "Không phát sinh"
    told = recalculated(book, tmp_path, office)
    assert "ĐÃ ĐỦ. Lưu lại, đóng tệp rồi gửi về nơi nhận." in [
        c.value for row in told[CHECK_SHEET].iter_rows(max_row=8) for c in row
    ]


def test_labels_are_locked_and_inputs_open_for_libreoffice_too(tmp_path: Path, office: Office) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(case.drawn())
    saved = office.convert([source], "xlsx", tmp_path / "out")[0]
    sheet = openpyxl.load_workbook(saved)[INDICATOR_SHEET]
    label, value = (case.indicator_cell("COVER.numerator", key) for key in ("label", "value"))
    assert sheet.protection.sheet
    assert (sheet[label].protection.locked, sheet[value].protection.locked) == (True, False)


def test_the_form_prints_with_repeated_heads_whole_texts_and_page_numbers(tmp_path: Path, office: Office) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(case.drawn())
    pdf = office.convert([source], "pdf", tmp_path / "out")[0]
    pages = pages_of(pdf)
    assert all(re.search(rf"Trang {n}/{len(pages)}", page) for n, page in enumerate(pages, start=1))
    tables = [page for page in pages if "Tình trạng" in page and "Nhiệm vụ" in page]
    assert len(tables) >= 2
    assert "HƯỚNG DẪN LẬP BÁO CÁO" in pages[0]
    assert "KHI CẦN HỖ TRỢ" in pages[0]  # the guide is one page
    printed = " ".join("".join(pages).split())
    assert "NGƯỜI LẬP BIỂU" in printed
    assert all(line.field.label.split()[-1] in printed for line in case.layout().indicator_rows)


def test_the_package_has_no_part_that_office_would_ask_to_repair() -> None:
    """Array constants and direct lists in conditional formats or validations are what Excel stumbles over."""
    with zipfile.ZipFile(BytesIO(case.drawn())) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = package.read(name).decode()
                assert "{" not in "".join(re.findall(r"<formula>.*?</formula>", xml))
                assert "<extLst" not in xml
