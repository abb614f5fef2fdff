"""The drawn workbook keeps its promises: same bytes, readable identity, locked labels, open inputs, live rules."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO

import pytest
import python_calamine
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.workbook import Workbook

from plan.cell_text import cell_text
from plan.layout import (
    CHECK_SHEET,
    FIRST_ROW,
    GUIDE_SHEET,
    HEADER_ROW,
    IDENTITY_COLUMN,
    IDENTITY_ROW,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    STAMP_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    column_letter,
    layout_for,
)
from plan.words import CHOICE_WORDS, STATE_WORDS, STATUS_WORDS
from templates.draw import draw_template
from templates.formulas import CHOICE_LIST, STATE_LIST, STATUS_LIST
from tests.templates import template_case as case


@cache
def book() -> Workbook:
    return case.opened(case.drawn())


@cache
def part(name: str) -> str:
    with zipfile.ZipFile(BytesIO(case.drawn())) as package:
        return package.read(name).decode()


def sheet_part(title: str) -> str:
    return part(f"xl/worksheets/sheet{book().sheetnames.index(title) + 1}.xml")


def test_same_layout_gives_the_same_bytes() -> None:
    assert case.drawn() == case.drawn()


def test_drawing_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        case.drawn(case.OFFICE)


def test_sheets_stand_in_order_and_the_stamp_is_very_hidden() -> None:
    assert book().sheetnames == [GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, CHECK_SHEET, STAMP_SHEET]
    assert [s.title for s in book().worksheets if s.sheet_state != "visible"] == [STAMP_SHEET]
    assert book()[STAMP_SHEET].sheet_state == "veryHidden"
    assert book().active is book()[GUIDE_SHEET]


def test_an_appendix_without_rows_is_not_drawn() -> None:
    assert INDICATOR_SHEET not in case.opened(case.drawn(case.OFFICE)).sheetnames


def test_a_unit_without_rows_gets_no_workbook() -> None:
    with pytest.raises(ValueError, match="khong"):
        draw_template(case.layout(case.IDLE), {}, case.DEADLINE)


def test_the_stamp_reads_back_with_the_reader_of_returns() -> None:
    raw = python_calamine.CalamineWorkbook.from_filelike(BytesIO(case.drawn()))
    rows = raw.get_sheet_by_name(STAMP_SHEET).to_python(skip_empty_area=False)
    read = {str(row[0]): str(row[1]) for row in rows if row[0]}
    assert read == dict(case.layout().stamp())


def test_identity_stands_readable_where_the_layout_says() -> None:
    for name in (INDICATOR_SHEET, TASK_SHEET):
        assert book()[name].cell(IDENTITY_ROW, IDENTITY_COLUMN).value == case.layout().identity_text


def test_normal_style_is_unlocked_so_that_a_pasted_value_does_not_lock_its_cell() -> None:
    style = re.search(r"<cellStyleXfs.*?</cellStyleXfs>", part("xl/styles.xml"), re.DOTALL)
    assert style is not None
    assert '<protection locked="0"/>' in style[0]
    assert 'scheme val="minor"' not in part("xl/styles.xml")  # else Excel shows the theme's font instead


def test_exactly_the_inputs_of_the_layout_are_unlocked() -> None:
    for name in (INDICATOR_SHEET, TASK_SHEET, GUIDE_SHEET, CHECK_SHEET):
        sheet = book()[name]
        assert sheet.protection.sheet
        unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
        assert unlocked == {address for title, address in case.inputs(case.layout()) if title == name}


def test_protection_has_no_password_and_lets_people_widen_rows_and_columns() -> None:
    protection = book()[TASK_SHEET].protection
    assert protection.password is None
    assert not protection.formatColumns
    assert not protection.formatRows


@pytest.mark.parametrize(
    ("name", "words"),
    [(STATE_LIST, STATE_WORDS.values()), (STATUS_LIST, STATUS_WORDS.values()), (CHOICE_LIST, CHOICE_WORDS)],
)
def test_dropdown_lists_are_defined_names_over_the_words_of_the_house(name: str, words: object) -> None:
    [(sheet, area)] = book().defined_names[name].destinations
    cells = [cell.value for row in book()[sheet][area] for cell in row]
    assert cells == list(words)  # type: ignore[call-overload]  # dict views arrive untyped


def rules(title: str) -> dict[str, list[object]]:
    """Validation rules by the cell they hold for."""
    found: dict[str, list[object]] = {}
    for rule in book()[title].data_validations.dataValidation:
        for area in str(rule.sqref).split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top or 0, (bottom or 0) + 1):
                for column in range(left or 0, (right or 0) + 1):
                    found.setdefault(f"{chr(64 + column)}{row}", []).append(rule)
    return found


@pytest.mark.parametrize(
    ("sheet", "address", "expected"),
    [
        (INDICATOR_SHEET, case.indicator_cell("COVER.numerator"), ("whole", "0.0", None)),
        (INDICATOR_SHEET, case.indicator_cell("DOCTORS.count"), ("whole", "0.0", "200.0")),
        (INDICATOR_SHEET, case.indicator_cell("AGE.value"), ("decimal", "40.5", "100.0")),
        (INDICATOR_SHEET, case.indicator_cell("SHARE.value"), ("decimal", "1e15", None)),
        (INDICATOR_SHEET, case.indicator_cell("STATION.attained"), ("list", CHOICE_LIST, None)),
        (INDICATOR_SHEET, case.indicator_cell("COVER.numerator", "state"), ("list", STATE_LIST, None)),
        (TASK_SHEET, case.task_cell("NV-2", "status"), ("list", STATUS_LIST, None)),
        (TASK_SHEET, case.task_cell("NV-2", "progress"), ("decimal", "0", "100")),
        (TASK_SHEET, case.task_cell("NV-2", "document_date"), ("date", "36526", "46387")),
    ],
)
def test_inputs_take_only_what_their_kind_allows(
    sheet: str, address: str, expected: tuple[str, str, str | None]
) -> None:
    [rule] = rules(sheet)[address]
    kind, first, second = rule.type, rule.formula1, rule.formula2  # type: ignore[attr-defined]
    bound = first if kind == "list" else f"{float(first):g}"
    wanted = expected[1] if kind == "list" else f"{float(expected[1]):g}"
    assert (kind, bound) == (expected[0], wanted)
    assert (second is None) == (expected[2] is None)
    assert second is None or float(second) == float(expected[2] or 0)
    assert rule.errorStyle in (None, "stop")  # type: ignore[attr-defined]
    assert rule.showErrorMessage  # type: ignore[attr-defined]


def test_no_cell_has_two_rules_and_every_column_that_needs_one_has_it() -> None:
    for title, columns, keys in (
        (INDICATOR_SHEET, INDICATOR_COLUMNS, ("value", "state", "explanation")),
        (TASK_SHEET, TASK_COLUMNS, ("status", "progress", "document_number", "document_date")),
    ):
        found = rules(title)
        assert all(len(r) == 1 for r in found.values())
        needed = [a for t, a in case.inputs(case.layout()) if t == title]
        letters = {column_letter(columns, key) for key in keys}
        assert all(a in found for a in needed if a[0] in letters)


def test_every_formula_has_a_cached_value_that_is_no_error() -> None:
    formulas, values = book(), case.opened(case.drawn(), values=True)
    seen = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f":
                    seen += 1
                    shown = values[sheet.title][cell.coordinate].value
                    assert shown is None or not str(shown).startswith("#")
    assert seen > len(case.layout().task_rows)
    for sheet in formulas.worksheets:  # a formula without <v> reads as a blank and needs the careful reader
        assert "</f></c>" not in sheet_part(sheet.title)


def test_the_empty_form_shows_what_is_missing_before_any_recalculation() -> None:
    values = case.opened(case.drawn(), values=True)
    assert values[INDICATOR_SHEET][case.indicator_cell("COVER.numerator", "check")].value == "Còn thiếu"
    assert values[INDICATOR_SHEET][case.indicator_cell("STATION.evidence", "check")].value is None
    assert values[TASK_SHEET][case.task_cell("NV-2", "check")].value == "Còn thiếu"
    required = 12 + len(case.layout().task_rows)  # all inputs of Appendix 1 but the evidence
    texts = [str(c.value) for row in values[CHECK_SHEET].iter_rows(max_row=8) for c in row if c.value is not None]
    assert f"Còn thiếu: {required} ô; Sai: 0 ô. Chưa gửi được, xem từng dòng bên dưới." in texts
    assert str(required) in texts


def test_the_check_sheet_links_every_required_row_to_its_input() -> None:
    links = {c.hyperlink.location for row in book()[CHECK_SHEET].iter_rows() for c in row if c.hyperlink}
    wanted = {
        f"'{INDICATOR_SHEET}'!{case.indicator_cell(line.code)}"
        for line in case.layout().indicator_rows
        if line.field.kind is not case.TEXT
    }
    wanted |= {f"'{TASK_SHEET}'!{case.task_cell(line.code, 'status')}" for line in case.layout().task_rows}
    assert links == wanted


def test_printed_texts_and_codes_stand_verbatim_even_when_they_look_like_formulas() -> None:
    tasks = book()[TASK_SHEET]
    name = tasks[case.task_cell("NV-1", "name")]
    assert (name.value, name.data_type) == (case.LONG_TASK, "s")
    for line in case.layout().indicator_rows:
        sheet = book()[INDICATOR_SHEET]
        assert sheet[case.indicator_cell(line.code, "code")].value == line.code
        assert sheet[case.indicator_cell(line.code, "label")].value == line.field.label
    for row in case.layout().task_rows:
        assert tasks[case.task_cell(row.code, "code")].value == row.code
        assert tasks[case.task_cell(row.code, "role")].value == row.role_text


def test_result_lines_carry_no_code_that_a_reader_could_take_for_a_row() -> None:
    codes = {line.code for line in case.layout().indicator_rows}
    rows = book()[INDICATOR_SHEET].iter_rows(min_row=FIRST_ROW, max_col=1, values_only=True)
    assert {row[0] for row in rows if row[0]} == codes


def test_no_input_cell_is_part_of_a_merge() -> None:
    for title in (INDICATOR_SHEET, TASK_SHEET):
        merged = book()[title].merged_cells.ranges
        for sheet, address in case.inputs(case.layout()):
            row, column = coordinate_to_tuple(address)
            within = [a for a in merged if a.min_row <= row <= a.max_row and a.min_col <= column <= a.max_col]
            assert sheet != title or not within


def test_nothing_is_shown_as_a_percentage() -> None:
    assert all("%" not in code for code in re.findall(r'formatCode="([^"]*)"', part("xl/styles.xml")))


def test_pages_print_whole_with_repeated_heads_and_numbers() -> None:
    for title in (INDICATOR_SHEET, TASK_SHEET):
        sheet = book()[title]
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert sheet.print_area
        assert sheet.oddFooter is not None
        assert "Trang &P/&N" in (sheet.oddFooter.right.text or "")
        assert sheet.column_dimensions["A"].hidden


def test_rows_with_inputs_grow_with_what_is_typed_while_headings_stay_fixed() -> None:
    xml = sheet_part(TASK_SHEET)
    rows = [line.row for line in case.layout().task_rows]
    for row in rows:
        tag = re.search(rf'<row r="{row}"[^>]*>', xml)
        assert tag is not None
        assert 'ht="' in tag[0]
        assert "customHeight" not in tag[0]
    header = re.search(rf'<row r="{HEADER_ROW}"[^>]*>', xml)
    assert header is not None
    assert "customHeight" in header[0]


def test_the_row_of_a_long_task_is_tall_enough_for_it() -> None:
    tall, low = (book()[TASK_SHEET].row_dimensions[case.layout().task_rows[i].row].height for i in (0, 1))
    lines = len(case.LONG_TASK) / 45  # characters that 40 columns hold at 13 points, rather too many than too few
    assert tall is not None
    assert low is not None
    assert tall > lines * 13 > low


def test_last_periods_values_stand_beside_the_inputs() -> None:
    previous: dict[tuple[str, str], str | Decimal] = {
        ("COVER.numerator", "value"): Decimal(955),
        ("COVER.denominator", "value"): Decimal(1000),
        ("HEIGHT.baseline", "value"): Decimal("150.5"),
        ("STATION.attained", "value"): "Đạt",
        ("NV-2", "status"): "Đang triển khai",
        ("NV-2", "progress"): Decimal("40.0"),
    }
    earlier = case.opened(case.drawn(previous=previous))
    sheet = earlier[INDICATOR_SHEET]
    assert sheet[case.indicator_cell("COVER.numerator", "previous")].value == 955
    assert sheet[case.result_cell("COVER", "previous")].value == 95.5
    assert sheet[case.result_cell("HEIGHT", "previous")].value == "–"  # half known is not known
    assert sheet[case.indicator_cell("STATION.attained", "previous")].value == "Đạt"
    assert sheet[case.indicator_cell("AGE.value", "previous")].value == "–"
    prompts = [
        rule.prompt
        for rule in earlier[TASK_SHEET].data_validations.dataValidation
        if str(rule.sqref) == case.task_cell("NV-2", "progress")
    ]
    assert prompts[0].endswith("Kỳ trước: Đang triển khai, 40%.")


def test_the_guide_says_whose_report_it_is_by_when_and_where_to() -> None:
    texts = {str(c.value) for row in book()[GUIDE_SHEET].iter_rows() for c in row if c.value}
    assert {"UBND xã An Bình", "Trước ngày 10/6/2026", "Sở Y tế (qua Phòng Tài chính)"} <= texts
    assert {*STATE_WORDS.values(), *STATUS_WORDS.values()} <= texts
    assert any(case.layout().file_name in text for text in texts)


def test_the_guide_counts_evidence_apart_from_what_must_be_filled_in() -> None:
    texts = {str(c.value) for row in book()[GUIDE_SHEET].iter_rows() for c in row if c.value}
    assert "Phụ lục 1 (12 ô bắt buộc, 1 ô minh chứng) và Phụ lục 2 (16 nhiệm vụ)" in texts
    assert any("“Nên ghi minh chứng” là nên bổ sung, không bắt buộc" in text for text in texts)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("COVER", "STATION"), "; ô số liệu chỉ gõ chữ số, không kèm chữ hay dấu %; ô Đạt/Chưa đạt chọn trong danh"),
        (("COVER",), "; ô số liệu chỉ gõ chữ số, không kèm chữ hay dấu %. Không có"),
        (("STATION",), "Chỉ nhập vào ô nền vàng; ô Đạt/Chưa đạt chọn trong danh sách. Không có"),
    ],
)
def test_the_instruction_speaks_of_the_kinds_of_cells_that_the_unit_has(codes: tuple[str, ...], said: str) -> None:
    plan = replace(case.PLAN, indicators=tuple(i for i in case.INDICATORS if i.code in codes))
    sheet = case.opened(draw_template(layout_for(plan, case.COMMUNE, case.PERIOD), {}, None))[INDICATOR_SHEET]
    assert said in str(sheet.cell(HEADER_ROW - 1, IDENTITY_COLUMN).value)


def test_the_check_sheet_names_indicator_and_figure_as_they_are_written() -> None:
    contents = {str(row[3].value) for row in book()[CHECK_SHEET].iter_rows(min_row=9)}
    assert "station – Trạm Y tế đã đủ thiết bị?" in contents


def test_left_aligned_texts_keep_off_the_border() -> None:
    line, task = case.layout().indicator_rows[0].code, case.layout().task_rows[0].code
    cells = [book()[INDICATOR_SHEET][case.indicator_cell(line, key)] for key in ("name", "label")]
    cells += [book()[TASK_SHEET][case.task_cell(task, key)] for key in ("name", "expected")]
    assert [(c.alignment.horizontal, c.alignment.indent) for c in cells] == [("left", 1)] * 4


@pytest.mark.parametrize(
    ("name", "above", "own"),
    [
        ("UBND phường Phủ Lý", "ỦY BAN NHÂN DÂN", "PHƯỜNG PHỦ LÝ"),
        ("Phòng Tài chính", "SỞ Y TẾ TỈNH NINH BÌNH", "PHÒNG TÀI CHÍNH"),
        ("Trung tâm Kiểm soát bệnh tật và Phòng, chống dịch bệnh tỉnh", None, None),
    ],
)
def test_the_letterhead_names_the_unit_in_capitals_beside_the_national_motto(
    name: str, above: str | None, own: str | None
) -> None:
    sheet = case.opened(draw_template(case.with_unit_name(name), {}, None))[TASK_SHEET]
    first, second = ([str(c.value) for c in sheet[row] if c.value] for row in (1, 2))
    assert first == [above or case.PLAN.issuer.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert second == [own or name.upper(), "Độc lập - Tự do - Hạnh phúc"]


def test_a_body_of_another_line_stands_under_no_superior_of_the_plan() -> None:
    """Social insurance and police do not report to the committee: its name is not printed above theirs."""
    layout = case.layout()
    other = replace(layout, unit=replace(layout.unit, name="BHXH cơ sở Mường La", kind="bảo hiểm xã hội"))
    sheet = case.opened(draw_template(other, {}, None))[TASK_SHEET]
    first, second = ([str(c.value) for c in sheet[row] if c.value] for row in (1, 2))
    assert first == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert second[0] == "BHXH CƠ SỞ MƯỜNG LA"


def test_a_deadline_that_is_not_fixed_is_said_so() -> None:
    guide = case.opened(draw_template(case.layout(), {}, None))[GUIDE_SHEET]
    texts = {str(c.value) for row in guide.iter_rows() for c in row if c.value}
    assert "Theo thông báo của cơ quan tổng hợp" in texts


def test_a_text_too_long_for_a_cell_stops_the_drawing_instead_of_being_cut() -> None:
    long = replace(case.TASKS[0], name="x" * 40_000)
    layout = case.layout()
    broken = replace(layout, task_rows=(replace(layout.task_rows[0], task=long), *layout.task_rows[1:]))
    with pytest.raises(ValueError, match="refused text"):
        draw_template(broken, {}, case.DEADLINE)


@pytest.mark.parametrize(
    "text", ["=1+1", "<r><t>chữ</t></r>", "http://vidu.invalid", "a\x00b\ud800\r\nc", "dài " * 10_000]
)
def test_what_a_unit_wrote_last_period_stays_text(text: str) -> None:
    cell = case.indicator_cell("STATION.evidence", "previous")
    shown = case.opened(case.drawn(previous={("STATION.evidence", "value"): text}))[INDICATOR_SHEET][cell]
    assert (shown.data_type, shown.value, shown.hyperlink) == ("s", cell_text(text), None)
