"""The sheet "Cần sửa": the officer's list of what to do, in order, with links and cells for explanations."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl.styles import Alignment

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.validation.marked import (
    FINDINGS,
    INPUT_TINT,
    TEXTS,
    found,
    listed,
    marked,
    opened,
    reply,
    template,
    tint,
)
from validation.feedback import FEEDBACK_SHEET, feedback_file, mark_copy, plain_feedback
from validation.feedback_sheet import TINTS
from validation.model import Finding, Severity, Verdict


def test_typed_text_that_looks_like_a_formula_stays_text() -> None:
    book = opened(marked())
    assert book[INDICATOR_SHEET]["H15"].data_type == "s"
    cells = [c for row in book[FEEDBACK_SHEET].iter_rows() for c in row if c.value == "=1+1"]
    assert [c.data_type for c in cells] == ["s"]
    assert all(c.quotePrefix for c in cells)


def test_the_list_puts_errors_first_and_groups_equal_remarks() -> None:
    lines = listed(marked())
    assert [line[1] for line in lines] == ["Lỗi"] * 4 + ["Cảnh báo"] + ["Ghi chú"] * 3
    assert lines[0][2:] == [
        INDICATOR_SHEET,
        "H11, H13, H14",
        "1. Tỷ lệ bao phủ BHYT",
        None,
        TEXTS["REQUIRED_MISSING"],
        None,
    ]
    assert lines[1][3] == "H12"
    assert [line[0] for line in lines] == [str(n) for n in range(1, 9)]


def test_links_jump_to_the_first_cell_of_each_line() -> None:
    sheet = opened(marked())[FEEDBACK_SHEET]
    links = {str(c.value): c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
    assert links["H11, H13, H14"] == f"'{INDICATOR_SHEET}'!H11"
    assert links["H9"] == f"'{TASK_SHEET}'!H9"
    assert "B1" not in links, "a hidden sheet cannot be jumped to"


def test_the_list_is_first_and_alone_selected() -> None:
    """Two selected tabs are a group: typing in one would write into the other."""
    book = opened(marked())
    assert book.sheetnames[0] == FEEDBACK_SHEET
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [FEEDBACK_SHEET]


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (
            Verdict.TO_BE_CORRECTED,
            "Sửa các ô màu đỏ theo hướng dẫn ở bảng dưới, lưu tệp và gửi lại trước ngày 10/6/2026.",
        ),
        (Verdict.ACCEPTED_WITH_WARNINGS, "Báo cáo đã được chấp nhận; đề nghị xem lại"),
        (Verdict.ACCEPTED, "Báo cáo đã được chấp nhận, không phải sửa gì."),
    ],
)
def test_the_heading_tells_the_unit_what_to_do_now(verdict: Verdict, words: str) -> None:
    data = mark_copy(template(), reply(verdict=verdict))
    texts = [str(c.value) for row in opened(data)[FEEDBACK_SHEET].iter_rows(max_row=8) for c in row if c.value]
    assert any(t.startswith(words) for t in texts)
    assert "2026-H1_xa-gia-vien.xlsx" in texts


def test_a_file_that_cannot_be_marked_gets_the_list_and_the_reason() -> None:
    data = feedback_file(template(shape=True), reply(), None)
    book = opened(data)
    assert book.sheetnames == [FEEDBACK_SHEET]
    texts = " ".join(str(c.value) for row in book[FEEDBACK_SHEET].iter_rows() for c in row)
    assert "hình vẽ" in texts
    assert "không gửi lại tệp này" in texts
    assert len(listed(data)) == 8
    assert not any(c.hyperlink for row in book[FEEDBACK_SHEET].iter_rows() for c in row)


def test_an_unreadable_return_is_answered_without_opening_it() -> None:
    finding = Finding("NOT_A_NUMBER", Severity.ERROR, "a.xlsx")
    data = feedback_file(b"\x00broken", reply([finding], Verdict.UNREADABLE), None)
    assert listed(data)[0][1:3] == ["Lỗi", "(cả tệp)"]


def test_broken_characters_of_a_unit_do_not_stop_the_feedback() -> None:
    data = plain_feedback(reply([found("H9", "NOT_A_NUMBER", value="a\x00b\ud800c" + "x" * 40_000)]))
    assert str(listed(data)[0][5]).startswith("a\ufffdb\ufffdcx")


def bands(data: bytes) -> list[str]:
    """The lines over the groups."""
    texts = (row[0] for row in opened(data)[FEEDBACK_SHEET].iter_rows(values_only=True))
    return [str(t) for t in texts if str(t).startswith(("LỖI", "CẢNH BÁO", "GHI CHÚ"))]


def test_each_severity_says_over_its_lines_what_it_asks_for() -> None:
    assert bands(marked()) == [
        "LỖI: phải sửa thì số liệu mới được tính",
        "CẢNH BÁO: xem lại từng dòng; số liệu vẫn được tính",
        "GHI CHÚ: để đơn vị biết, không bắt buộc làm gì",
    ]


def answer_cells(data: bytes) -> dict[str, str]:
    """Address of every cell that can be typed into -> the key in its row."""
    sheet = opened(data)[FEEDBACK_SHEET]
    cells = [c for row in sheet.iter_rows() for c in row if not c.protection.locked]
    return {c.coordinate: str(sheet.cell(int(c.row or 0), 9).value) for c in cells}


def test_only_a_warning_of_a_rule_has_an_open_cell_for_its_explanation() -> None:
    """The sheet is protected, the cell is open, tinted as an input, takes any text and says what belongs there."""
    data = marked()
    sheet = opened(data)[FEEDBACK_SHEET]
    ((address, key),) = answer_cells(data).items()
    assert key == "BHYT.numerator"
    assert sheet.protection.sheet
    assert sheet.column_dimensions["I"].hidden
    cell = sheet[address]
    assert (cell.fill.fgColor.rgb, cell.number_format, cell.value) == (INPUT_TINT, "@", None)
    (prompt,) = sheet.data_validations.dataValidation
    assert str(prompt.sqref) == address
    assert prompt.promptTitle == "Giải trình"


def test_without_a_question_there_is_no_column_for_answers() -> None:
    data = marked(findings=[found("H11", "REQUIRED_MISSING")])
    assert answer_cells(data) == {}
    assert opened(data)[FEEDBACK_SHEET].column_dimensions["H"].hidden


def typed(data: bytes, text: str) -> bytes:
    """The copy with an explanation in its open cell."""
    book, out = opened(data), io.BytesIO()
    (address,) = answer_cells(data)
    book[FEEDBACK_SHEET][address].value = text
    book[FEEDBACK_SHEET][address].data_type = "s"  # the cell is formatted as text
    book.save(out)
    return out.getvalue()


def test_an_explanation_that_came_back_is_shown_in_the_next_copy() -> None:
    """As a note now, still open for typing; and also when its warning has gone."""
    back = typed(marked(), "=Đã đối chiếu")
    explained = [replace(f, severity=Severity.NOTE) if f.code == "PEER_OUTLIER" else f for f in FINDINGS]
    again = marked(back, explained)
    ((address, key),) = answer_cells(again).items()
    cell = opened(again)[FEEDBACK_SHEET][address]
    assert (key, cell.value, cell.data_type) == ("BHYT.numerator", "=Đã đối chiếu", "s")
    assert list(answer_cells(marked(again, ())).values()) == ["BHYT.numerator"]


def test_a_mark_that_would_be_hidden_is_brought_to_light() -> None:
    """A filtered row is shown; a cell of the hidden column A is marked beside it, where the link leads."""
    book, out = opened(template()), io.BytesIO()
    book[INDICATOR_SHEET].row_dimensions[11].hidden = True
    book.save(out)
    again = opened(marked(out.getvalue(), [found("A11", "NOT_A_NUMBER")]))
    assert tint(again, "B11") == TINTS[Severity.ERROR]
    assert not again[INDICATOR_SHEET].row_dimensions[11].hidden
    links = [c.hyperlink.location for row in again[FEEDBACK_SHEET].iter_rows() for c in row if c.hyperlink]
    assert links == [f"'{INDICATOR_SHEET}'!B11"]


def test_a_copied_list_goes_too() -> None:
    """Whoever duplicates the first sheet must not keep last time's faults."""
    book, out = opened(marked()), io.BytesIO()
    book.copy_worksheet(book[FEEDBACK_SHEET]).title = "Cần sửa (2)"
    book.save(out)
    assert opened(marked(out.getvalue(), ())).sheetnames == [FEEDBACK_SHEET, *opened(template()).sheetnames]


def test_long_texts_are_seen_whole_whoever_fixed_the_row() -> None:
    """LibreOffice shows a row as high as the file says; formulas and rows that nobody has set are left alone."""
    book, out = opened(template()), io.BytesIO()
    sheet = book[INDICATOR_SHEET]
    for row, height in ((10, 20.0), (11, 400.0), (16, 20.0)):
        sheet.row_dimensions[row].height = height
    sheet["H10"].value = "Kế hoạch số 106/KH-UBND ngày 21/1/2026 của Ủy ban nhân dân xã"
    sheet["H10"].alignment = Alignment(wrap_text=True)
    sheet["H16"].alignment = Alignment(wrap_text=True)
    book.save(out)
    heights = {row: opened(marked(out.getvalue()))[INDICATOR_SHEET].row_dimensions[row].ht for row in (10, 11, 12, 16)}
    assert heights[10] is not None
    assert heights[10] > 5 * 13
    assert (heights[11], heights[12], heights[16]) == (400.0, None, 20.0)
