"""What a unit gets back: its own file, marked and still usable, or a plain list where marking would lose something."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment

from plan.layout import INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from tests.office import Office, pages
from validation.feedback import (
    FEEDBACK_SHEET,
    FeedbackHeading,
    NotMarkableError,
    can_mark,
    feedback_file,
    mark_copy,
    plain_feedback,
)
from validation.feedback_marks import MARK_LINE, RECORD_SHEET
from validation.feedback_sheet import TINTS
from validation.model import Finding, Return, Severity, Verdict

INPUT_TINT = "FFFFFBE0"
GROUP_TINT = "FFEEF3F8"
FILE = "xa-gia-vien/2026-H1_xa-gia-vien.xlsx"
HEADING = FeedbackHeading(
    plan_title="Kế hoạch hành động thực hiện Nghị quyết 72-NQ/TW",
    unit_name="Xã Gia Viễn",
    period_label="6 tháng đầu năm 2026",
    reply_by=date(2026, 6, 10),
    rows={"BHYT.numerator": "1. Tỷ lệ bao phủ BHYT", "BHYT": "1. Tỷ lệ bao phủ BHYT", "NV01": "1. Tuyên truyền"},
)


def template(*, shape: bool = False) -> bytes:
    """A small return as a unit sends it; with a text box in it when `shape`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11, "locked": False},
        },
    )
    book.set_properties({"created": datetime(2026, 1, 1), "author": "So Y te"})
    group = book.add_format({"locked": True, "bg_color": "#EEF3F8", "bold": True, "border": 1})
    label = book.add_format({"locked": True, "text_wrap": True, "border": 1})
    entry = book.add_format({"bg_color": "#FFFBE0", "border": 1, "num_format": "#,##0", "locked": False})
    plain = book.add_format({"locked": True})
    missing = book.add_format({"bg_color": "#FFE9A8"})
    book.add_worksheet("Hướng dẫn").write("A1", "Điền vào các ô màu vàng nhạt")
    first = book.add_worksheet(INDICATOR_SHEET)
    second = book.add_worksheet(TASK_SHEET)
    stamp = book.add_worksheet(STAMP_SHEET)
    stamp.very_hidden()
    stamp.write_column("A1", ["plan", "unit"])
    stamp.write_column("B1", ["ninh-binh-syt", "xa-gia-vien"])
    stamp.write_column("D1", ["Chính thức", "Ước"])
    book.define_name("LOAI_SO_LIEU", f"={STAMP_SHEET}!$D$1:$D$2")
    first.set_column("A:A", 4, None, {"hidden": True})
    first.set_column("C:C", 38)
    first.set_column("H:J", 16)
    first.write("C9", "I. CHỈ TIÊU", group)
    first.write("H9", "", group)
    values: list[object] = ["95,5%", None, 1200, None, None, "=1+1"]
    for row, value in enumerate(values, 10):
        first.write(f"A{row}", "BHYT.numerator", plain)
        first.write(f"C{row}", "Tỷ lệ bao phủ bảo hiểm y tế toàn dân", label)
        first.write(f"H{row}", value, entry)
        first.write(f"I{row}", "", entry)
    first.write_formula("H16", "=H12*2", label, 2400)
    first.data_validation("I10:I15", {"validate": "list", "source": "=LOAI_SO_LIEU", "error_title": "Chọn lại"})
    first.conditional_format("H10:H15", {"type": "blanks", "format": missing})
    first.write_comment("H12", "Số của Trạm Y tế", {"author": "Xã Gia Viễn"})
    first.protect("", {"format_columns": True})
    first.repeat_rows(7)
    second.write("A9", "NV01")
    second.write("H9", "sáu mươi", entry)
    second.protect()
    if shape:
        second.insert_textbox("D12", "ghi chú trong khung")
    book.close()
    return out.getvalue()


def returned(verdict: Verdict = Verdict.TO_BE_CORRECTED) -> Return:
    return Return(FILE, "0" * 64, 17_000, datetime(2026, 6, 9, 7, 5, tzinfo=UTC), "xa-gia-vien", verdict, True, False)


def found(cell: str, code: str, severity: Severity = Severity.ERROR, value: str = "") -> Finding:
    return Finding(code, severity, FILE, INDICATOR_SHEET, cell, "xa-gia-vien", "BHYT.numerator", value)


FINDINGS = (
    found("H11", "REQUIRED_MISSING"),
    found("H13", "REQUIRED_MISSING"),
    found("H14", "REQUIRED_MISSING"),
    found("H10", "NUMBER_CLEANED", Severity.NOTE, value="95,5%"),
    found("H12", "LARGE_CHANGE", Severity.WARNING, value="1200"),
    found("H12", "NOT_WHOLE", value="1200"),
    found("H15", "NOT_A_NUMBER", value="=1+1"),
    Finding("NOT_A_NUMBER", Severity.ERROR, FILE, TASK_SHEET, "H9", "xa-gia-vien", "NV01", "sáu mươi"),
    Finding("STAMP_MISSING", Severity.NOTE, FILE),
    Finding("STAMP_ODD", Severity.NOTE, FILE, STAMP_SHEET, "B1"),
)
TEXTS = {
    "REQUIRED_MISSING": "Chưa nhập số liệu. Nhập số liệu; nếu bằng 0, chọn “Không phát sinh”.",
    "NUMBER_CLEANED": "Đã hiểu “95,5%” là 95,5. Lần sau chỉ nhập con số.",
    "LARGE_CHANGE": "Thay đổi nhiều so với kỳ trước. Kiểm tra lại; nếu đúng, ghi lý do.",
    "NOT_WHOLE": "Phải là số nguyên.",
    "NOT_A_NUMBER": "Đây không phải là một con số. Chỉ nhập con số, không ghi chữ. Ví dụ: 1250.",
    "STAMP_MISSING": "Trang nhận dạng ẩn không còn.",
    "STAMP_ODD": "Trang nhận dạng lạ.",
}


def say(finding: Finding) -> str:
    return TEXTS[finding.code]


def marked(data: bytes | None = None, findings: Sequence[Finding] = FINDINGS) -> bytes:
    return mark_copy(template() if data is None else data, returned(), findings, say, HEADING)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def tint(book: Workbook, cell: str, sheet: str = INDICATOR_SHEET) -> str:
    return str(book[sheet][cell].fill.fgColor.rgb)


def listed(data: bytes) -> list[list[object]]:
    """The lines of "Cần sửa" below its table head."""
    lines: list[list[object]] = [list(row) for row in opened(data)[FEEDBACK_SHEET].iter_rows(values_only=True)]
    head = next(i for i, line in enumerate(lines) if line[0] == "STT")
    return lines[head + 1 :]


def test_marked_cells_carry_the_tint_and_the_words_of_their_gravest_finding_first() -> None:
    book = opened(marked())
    sheet = book[INDICATOR_SHEET]
    assert tint(book, "H11") == TINTS[Severity.ERROR]
    assert tint(book, "H10") == TINTS[Severity.NOTE]
    assert tint(book, "H12") == TINTS[Severity.ERROR], "an error outranks the warning on the same cell"
    assert sheet["H11"].comment.text == f"{MARK_LINE}\nLỗi: {TEXTS['REQUIRED_MISSING']}"
    assert sheet["H11"].comment.author == "tonghop"
    text = sheet["H12"].comment.text
    assert text.index("Lỗi: Phải là số nguyên.") < text.index("Cảnh báo: Thay đổi nhiều")
    assert tint(book, "I11") == INPUT_TINT, "cells without a finding keep their look"
    assert sheet["I11"].comment is None


def test_marks_stay_visible_above_the_live_colours_of_the_template() -> None:
    """The template tints empty required cells; the mark's own rule has to come first."""
    rules = [
        (rule.priority, str(block.sqref), rule.formula)
        for block in opened(marked())[INDICATOR_SHEET].conditional_formatting
        for rule in block.rules
    ]
    rules.sort()
    assert [r[0] for r in rules] == list(range(1, len(rules) + 1))
    assert rules[-1][1] == "H10:H15", "the template's rule is still there, last"
    assert "H11" in rules[0][1].split()


def test_a_marked_copy_keeps_everything_that_makes_the_template_work() -> None:
    before, after = opened(template()), opened(marked())
    for title in before.sheetnames:
        was, now = before[title], after[title]
        assert now.sheet_state == was.sheet_state
        assert now.protection.sheet == was.protection.sheet
        assert now.protection.formatColumns == was.protection.formatColumns
        assert [(str(v.sqref), v.formula1, v.errorTitle) for v in now.data_validations.dataValidation] == [
            (str(v.sqref), v.formula1, v.errorTitle) for v in was.data_validations.dataValidation
        ]
        assert {k: (d.width, d.hidden) for k, d in now.column_dimensions.items()} == {
            k: (d.width, d.hidden) for k, d in was.column_dimensions.items()
        }
        assert now.print_title_rows == was.print_title_rows
        for row in was.iter_rows():
            for cell in row:
                twin = now[cell.coordinate]
                assert (twin.value, twin.data_type) == (cell.value, cell.data_type)
                assert twin.number_format == cell.number_format
                assert twin.protection.locked == cell.protection.locked
                assert repr(twin.border) == repr(cell.border)
    assert {n: d.attr_text for n, d in after.defined_names.items()} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    assert after[STAMP_SHEET].sheet_state == "veryHidden"


def test_normal_style_stays_unlocked() -> None:
    """A pasted cell takes the Normal style; were it locked, the unit could not type there again."""
    with zipfile.ZipFile(io.BytesIO(marked())) as archive:
        styles = archive.read("xl/styles.xml").decode()
    normal = styles[styles.index("<cellStyleXfs") : styles.index("</cellStyleXfs>")]
    assert 'locked="0"' in normal


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
    data = mark_copy(template(), returned(verdict), FINDINGS, say, HEADING)
    texts = [str(c.value) for row in opened(data)[FEEDBACK_SHEET].iter_rows(max_row=8) for c in row if c.value]
    assert any(t.startswith(words) for t in texts)
    assert "2026-H1_xa-gia-vien.xlsx" in texts


def test_the_record_of_fills_is_out_of_sight_and_formulas_are_calculated_when_opened() -> None:
    """openpyxl saves formulas without results, so Excel has to be told to work them out."""
    book = opened(marked())
    assert book[RECORD_SHEET].sheet_state == "veryHidden"
    assert book.calculation.fullCalcOnLoad is True


def test_same_file_same_bytes() -> None:
    assert marked() == marked()
    plain = [plain_feedback(returned(), FINDINGS, say, HEADING) for _ in range(2)]
    assert plain[0] == plain[1]


def test_marking_a_marked_copy_changes_nothing() -> None:
    once = marked()
    assert can_mark(once) == ""
    assert marked(once) == once


def test_a_mended_copy_comes_back_clean() -> None:
    """Marks of the last time leave no trace: tints, comments, rules, list and hidden record go."""
    clean = opened(marked(marked(), ()))
    original = opened(template())
    assert clean.sheetnames == [FEEDBACK_SHEET, *original.sheetnames]
    for title in original.sheetnames:
        for row in original[title].iter_rows():
            for cell in row:
                twin = clean[title][cell.coordinate]
                assert repr(twin.fill) == repr(cell.fill), cell.coordinate
                assert (twin.comment and twin.comment.text) == (cell.comment and cell.comment.text)
    blocks = [str(b.sqref) for b in clean[INDICATOR_SHEET].conditional_formatting]
    assert blocks == ["H10:H15"]


def test_a_mark_whose_row_has_moved_takes_the_tint_of_its_column() -> None:
    """Inserted rows make the hidden record stale; the mark still must not stay red for ever."""
    book = opened(marked())
    book[INDICATOR_SHEET].insert_rows(9, 10)
    moved = io.BytesIO()
    book.save(moved)
    again = opened(marked(moved.getvalue(), ()))
    assert tint(again, "H21") == INPUT_TINT
    assert tint(again, "H19") == GROUP_TINT


def test_own_comments_of_the_unit_stay() -> None:
    once = marked()
    text = opened(once)[INDICATOR_SHEET]["H12"].comment.text
    assert text.startswith("Số của Trạm Y tế\n" + MARK_LINE)
    assert opened(marked(once, ()))[INDICATOR_SHEET]["H12"].comment.text == "Số của Trạm Y tế"


def test_a_merged_range_is_marked_where_it_is_seen() -> None:
    book = opened(template())
    book[INDICATOR_SHEET].merge_cells("H10:H11")
    data = io.BytesIO()
    book.save(data)
    again = opened(marked(data.getvalue(), [found("H11", "REQUIRED_MISSING")]))
    assert tint(again, "H10") == TINTS[Severity.ERROR]


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
    assert reason in can_mark(_edited(template(), "xl/worksheets/sheet3.xml", old, new))


def test_a_cell_that_the_file_does_not_hold_stays_open_for_typing() -> None:
    """Excel drops cleared cells from the file; a mark must not bring them back locked."""
    sheet = opened(marked(findings=[found("J30", "REQUIRED_MISSING")]))[INDICATOR_SHEET]
    assert sheet["J30"].protection.locked is False
    assert sheet["J30"].fill.fgColor.rgb == TINTS[Severity.ERROR]


def test_plain_locked_cells_stay_locked_and_growing_rows_keep_growing() -> None:
    """Seen in the XML, because openpyxl reads back its own losses as if nothing had happened."""
    data = _edited(template(), "xl/worksheets/sheet2.xml", '<row r="12" ', '<row r="12" ht="31" ')
    data = _edited(data, "xl/worksheets/sheet2.xml", '<row r="13" ', '<row r="13" ht="32" customHeight="1" ')
    with zipfile.ZipFile(io.BytesIO(marked(data))) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    rows = dict(re.findall(r'<row r="(\d+)"([^>]*)>', xml))
    assert 'ht="31"' in rows["12"]
    assert "customHeight" not in rows["12"] or 'customHeight="0"' in rows["12"]
    assert 'customHeight="1"' in rows["13"]
    looks = re.findall(r"<xf .*?(?:/>|</xf>)", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")])
    style = re.search(r'<c r="A12"(?: s="(\d+)")?', xml)
    assert style is not None
    assert 'locked="0"' not in looks[int(style[1] or 0)]


def test_excel_2010_dropdowns_macros_and_non_workbooks_are_refused() -> None:
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="0"/></ext></extLst></worksheet>'
    )
    assert "danh sách chọn" in can_mark(_edited(template(), "xl/worksheets/sheet3.xml", "</worksheet>", extension))
    assert "macro" in can_mark(_edited(template(), "xl/vbaProject.bin", "", ""))
    assert "không phải tệp .xlsx" in can_mark(b"\xd0\xcf\x11\xe0 an old .xls")
    assert "không an toàn" in can_mark(_edited(template(), "xl/workbook.xml", "</workbook>", "</book>"))


def _edited(data: bytes, name: str, old: str, new: str) -> bytes:
    """Replace text in one member, or add the member when it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            content = source.read(member).decode()
            target.writestr(member, content.replace(old, new) if member == name else content)
        if name not in source.namelist():
            target.writestr(name, new)
    return out.getvalue()


def test_a_file_that_cannot_be_marked_gets_the_list_and_the_reason() -> None:
    data = feedback_file(template(shape=True), returned(), FINDINGS, say, HEADING)
    book = opened(data)
    assert book.sheetnames == [FEEDBACK_SHEET]
    texts = " ".join(str(c.value) for row in book[FEEDBACK_SHEET].iter_rows() for c in row)
    assert "hình vẽ" in texts
    assert "không gửi lại tệp này" in texts
    assert len(listed(data)) == 8
    assert not any(c.hyperlink for row in book[FEEDBACK_SHEET].iter_rows() for c in row)


def test_an_unreadable_return_is_answered_without_opening_it() -> None:
    finding = Finding("NOT_A_NUMBER", Severity.ERROR, FILE)
    data = feedback_file(b"\x00broken", returned(Verdict.UNREADABLE), [finding], say, HEADING)
    assert listed(data)[0][1:3] == ["Lỗi", "(cả tệp)"]


def test_broken_characters_of_a_unit_do_not_stop_the_feedback() -> None:
    data = plain_feedback(returned(), [found("H9", "NOT_A_NUMBER", value="a\x00b\ud800c" + "x" * 40_000)], say, HEADING)
    assert str(listed(data)[0][5]).startswith("a\ufffdb\ufffdcx")


def test_a_comment_by_us_without_our_words_goes_too() -> None:
    """Copies of the first days, or comments shortened by hand, still carry the author."""
    book = opened(template())
    book[INDICATOR_SHEET]["H10"].comment = Comment("Sai", "tonghop")
    data = io.BytesIO()
    book.save(data)
    assert opened(marked(data.getvalue(), ()))[INDICATOR_SHEET]["H10"].comment is None


def _converted(office: Office, data: bytes, folder: Path, kind: str) -> Path:
    source = folder / "marked.xlsx"
    source.write_bytes(data)
    return office.convert([source], kind, folder / kind)[0]


@pytest.mark.office
def test_libreoffice_prints_the_marked_copy(office: Office, tmp_path: Path) -> None:
    first = pages(_converted(office, marked(), tmp_path, "pdf"))[0]
    assert "KẾT QUẢ KIỂM TRA BÁO CÁO" in first
    assert "Trang 1/" in first


@pytest.mark.office
def test_a_copy_saved_by_libreoffice_comes_back_clean(office: Office, tmp_path: Path) -> None:
    """LibreOffice drops comment authors and rewrites fills; marks must still be found and taken off."""
    data = _converted(office, marked(), tmp_path, "xlsx").read_bytes()
    assert can_mark(data) == ""
    clean = opened(marked(data, ()))
    assert tint(clean, "H11") == INPUT_TINT
    assert clean[INDICATOR_SHEET]["H11"].comment is None
    assert clean[INDICATOR_SHEET]["H12"].comment.text.strip() == "Số của Trạm Y tế"
    assert RECORD_SHEET not in clean.sheetnames
