"""A return that cannot be marked comes back as the unit's template with its own values, and none is guessed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from functools import cache

import pytest
from openpyxl import Workbook

from plan.layout import INDICATOR_SHEET, TASK_SHEET, IndicatorRow, TaskRow
from plan.model import FieldKind
from plan.period import deadline
from plan.shown import row_names
from templates.draw import draw_template
from tests.validation.marked import edited, opened, tint
from tests.validation.returned import COMMUNE, HONEST, PERIOD, PLAN, RECEIVED
from validation.check import check_returns
from validation.feedback import FEEDBACK_SHEET, FeedbackHeading, Form, Reply, feedback_file
from validation.feedback_answers import ANSWER_HEADING, KEY_HEADING
from validation.feedback_sheet import TINTS
from validation.inbox import Received
from validation.messages import message
from validation.model import Checked, Finding, Severity, Verdict
from validation.read import read_book

FILE = "2026-H1_xa-gia-vien.xlsm"
COUNTS = [line for line in COMMUNE.indicator_rows if line.field.kind is FieldKind.COUNT]
TASKS = COMMUNE.task_rows


@cache
def blank() -> bytes:
    return draw_template(COMMUNE, {}, deadline(PLAN, PERIOD))


def cell(line: IndicatorRow | TaskRow, letter: str = "H") -> str:
    return f"{letter}{line.row}"


@cache
def sent(change: Callable[[Workbook], None]) -> bytes:
    """The template filled honestly, `change` over it, with a macro in it: it is read, and cannot be marked."""
    book, out = opened(blank()), io.BytesIO()
    for line in COMMUNE.indicator_rows:
        book[INDICATOR_SHEET][cell(line)].value = HONEST[line.field.kind]
    for task in TASKS:
        book[TASK_SHEET][cell(task, "G")].value = "Đang triển khai"
        book[TASK_SHEET][cell(task)].value = 40
    change(book)
    book.save(out)
    return edited(out.getvalue(), "xl/vbaProject.bin", "", "macro")


def checked(data: bytes, file: str = FILE) -> Checked:
    content = read_book(data, file)
    received = Received(file, file, "0" * 64, len(data), RECEIVED, content, data)
    return check_returns(PLAN, PERIOD, [received], deadline(PLAN, PERIOD))


@cache
def redrawn(change: Callable[[Workbook], None]) -> bytes:
    return answer(sent(change))


def answer(data: bytes) -> bytes:
    run = checked(data)
    heading = FeedbackHeading(PLAN.title, COMMUNE.unit.name, PERIOD.label, None, row_names(PLAN))
    return feedback_file(data, Reply(run.returns[0], run.findings, message, heading), lambda: Form(COMMUNE, blank()))


def said(run: Checked) -> list[tuple[str, str, str, str]]:
    return [(f.sheet, f.cell, f.code, f.value) for f in run.findings if not f.code.startswith("FILE_")]


def entries(run: Checked) -> list[object]:
    indicators = [(e.row, e.field, e.value, e.state, e.explanation, e.blocked) for e in run.indicator_entries]
    tasks = [(e.row, e.status, e.progress, e.result, e.document_number, e.document_date) for e in run.task_entries]
    return [*indicators, *tasks]


def type_of_everything(book: Workbook) -> None:
    """Every sort of value that needs care, most of them faulty."""
    one, two = book[INDICATOR_SHEET], book[TASK_SHEET]
    one[cell(COUNTS[0])].value = "khoảng 500"
    one[cell(COUNTS[1])].value = "1.234"
    one[cell(COUNTS[2])].value = 12.5
    one[cell(COUNTS[3])].value = True
    one[cell(COUNTS[3], "I")].value = "ước"
    one[cell(COUNTS[4], "J")].value = "=không phải công thức"
    one[cell(COUNTS[4], "J")].data_type = "s"
    two[cell(TASKS[0])].value = 0.5
    two[cell(TASKS[0])].number_format = "0%"
    two[cell(TASKS[1], "K")].value = datetime(2026, 3, 15)
    two[cell(TASKS[2], "K")].value = "31/02/2026"
    two[cell(TASKS[3], "K")].value = 46000
    two[cell(TASKS[3], "K")].number_format = "General"
    two[cell(TASKS[4], "J")].value = 45
    two[cell(TASKS[5], "I")].value = "Kết quả\nhai dòng"


def test_the_redrawn_copy_says_exactly_what_the_return_said() -> None:
    """Read again it gives the same values, and the same findings at the same cells."""
    before = checked(sent(type_of_everything))
    after = checked(redrawn(type_of_everything), "2026-H1_xa-gia-vien.xlsx")
    bare = (TASK_SHEET, cell(TASKS[3], "K"), "DATE_CLEANED", "46000")
    assert said(after) == [remark for remark in said(before) if remark != bare], "a bare number is a day now"
    assert len(said(before)) > 5
    assert entries(after) == entries(before)


def test_texts_stay_texts_and_days_stay_days() -> None:
    book = opened(redrawn(type_of_everything))
    one, two = book[INDICATOR_SHEET], book[TASK_SHEET]
    assert (one[cell(COUNTS[1])].value, one[cell(COUNTS[1])].data_type) == ("1.234", "s")
    assert (one[cell(COUNTS[4], "J")].value, one[cell(COUNTS[4], "J")].data_type) == ("=không phải công thức", "s")
    assert two[cell(TASKS[0])].number_format == "0.00%"
    assert two[cell(TASKS[1], "K")].number_format.lower() == "dd/mm/yyyy"
    assert two[cell(TASKS[1], "K")].value == datetime(2026, 3, 15)
    assert two[cell(TASKS[3], "K")].value == datetime(2025, 12, 9)


def facts(data: bytes) -> dict[str, str]:
    rows = opened(data)[FEEDBACK_SHEET].iter_rows(max_row=10, values_only=True)
    return {str(row[0]): str(row[3]) for row in rows if row[0]}


def test_the_first_sheet_says_why_and_the_cells_are_marked() -> None:
    data = redrawn(type_of_everything)
    assert facts(data)["Lưu ý"].startswith("Không đánh dấu được vào tệp đơn vị đã gửi vì tệp có macro.")
    assert "Phải điền lại" not in facts(data)
    assert tint(opened(data), cell(COUNTS[0])) == TINTS[Severity.ERROR]


def lost_values(book: Workbook) -> None:
    one, two = book[INDICATOR_SHEET], book[TASK_SHEET]
    one[cell(COUNTS[0])].value = "=A1+1"
    one[cell(COUNTS[1])].value = "#N/A"
    one[cell(COUNTS[1])].data_type = "e"
    one[cell(COUNTS[2])].value = "=12*2"
    one[cell(COUNTS[3])].value = datetime(2026, 3, 4)  # 4.3 typed into a count
    one[cell(COUNTS[3])].number_format = "dd/mm/yyyy"
    two[cell(TASKS[0])].value = "=SUM(H20)"


def test_what_is_not_certain_stays_blank_marked_and_said() -> None:
    """Formulas, error cells, and values in a format in which a right number would be wrong again."""
    data = redrawn(lost_values)
    one, two = opened(data)[INDICATOR_SHEET], opened(data)[TASK_SHEET]
    for place in (one[cell(COUNTS[0])], one[cell(COUNTS[1])], one[cell(COUNTS[3])], two[cell(TASKS[0])]):
        assert place.value is None
        assert place.fill.fgColor.rgb == TINTS[Severity.ERROR]
        assert place.comment.text.endswith("Trong tệp này ô để trống: nhập lại.")
    assert one[cell(COUNTS[2])].value == 24, "a sum of numbers has one result"


def moved(book: Workbook) -> None:
    """The unit's own layout: two rows pushed in above the table, a column before the values, one row twice."""
    one = book[INDICATOR_SHEET]
    one[cell(COUNTS[0])].value = "chưa rõ"
    for area in list(one.merged_cells.ranges):
        one.unmerge_cells(str(area))
    one.insert_rows(3, 2)
    one.insert_cols(8)
    row = COUNTS[2].row + 2
    end = one.max_row + 3
    one.cell(end, 1).value = one.cell(row, 1).value
    one.cell(end, 5).value = one.cell(row, 5).value
    one.cell(end, 9).value = 77
    one.cell(end + 1, 1).value = "LA_LAM.numerator"


def test_findings_point_at_the_cells_of_the_template() -> None:
    """Wherever they stood in the unit's file; a row that stood there twice is left blank and said."""
    data = sent(moved)
    codes = {f.code: f.cell for f in checked(data).findings}
    assert codes["NOT_A_NUMBER"] == f"I{COUNTS[0].row + 2}"
    made = redrawn(moved)
    one = opened(made)[INDICATOR_SHEET]
    assert one[cell(COUNTS[0])].fill.fgColor.rgb == TINTS[Severity.ERROR]
    assert one[cell(COUNTS[0])].value == "chưa rõ"
    assert one[cell(COUNTS[2])].value is None
    assert "Trong tệp này dòng đó để trống: điền lại cả dòng." in one[cell(COUNTS[2])].comment.text
    assert "Phụ lục 1: dòng “" in facts(made)["Phải điền lại"]
    texts = [str(row[6]) for row in opened(made)[FEEDBACK_SHEET].iter_rows(values_only=True)]
    assert any("(Ở tệp đã gửi là ô A" in text for text in texts), "what is not in the template is told where it was"


def without_tasks(book: Workbook) -> None:
    del book[TASK_SHEET]


def test_a_lost_sheet_stands_there_blank() -> None:
    data = redrawn(without_tasks)
    book = opened(data)
    assert facts(data)["Phải điền lại"] == "Phụ lục 2: cả trang."
    assert book[TASK_SHEET][cell(TASKS[0], "G")].value is None
    assert book[INDICATOR_SHEET][cell(COUNTS[0])].value == 12


def other_period(book: Workbook) -> None:
    for row in book["_tonghop"].iter_rows(max_col=2):
        if row[0].value == "period":
            row[1].value = "2025-Y"


def gone(book: Workbook) -> None:
    for title in (INDICATOR_SHEET, TASK_SHEET):
        book[title].delete_rows(8)


@pytest.mark.parametrize("change", [other_period, gone])
def test_what_is_another_periods_or_cannot_be_found_gets_the_list_alone(change: Callable[[Workbook], None]) -> None:
    """Numbers of last year must not stand in this year's template."""
    assert opened(redrawn(change)).sheetnames == [FEEDBACK_SHEET]


def test_without_a_template_there_is_the_list_alone() -> None:
    data = sent(type_of_everything)
    run = checked(data)
    heading = FeedbackHeading(PLAN.title, "", PERIOD.label, None, {})
    made = feedback_file(data, Reply(run.returns[0], run.findings, message, heading), None)
    assert opened(made).sheetnames == [FEEDBACK_SHEET]


def explained(book: Workbook) -> None:
    """A marked copy that was saved in another form, with an explanation in it and a fault elsewhere."""
    type_of_everything(book)
    sheet = book.create_sheet(FEEDBACK_SHEET, 0)
    sheet.append(["STT", ANSWER_HEADING, KEY_HEADING])
    sheet.append(["1", "Đã đối chiếu", "BHYT_COVERAGE"])


def test_explanations_travel_into_the_redrawn_copy() -> None:
    rows = list(opened(redrawn(explained))[FEEDBACK_SHEET].iter_rows(values_only=True))
    assert [(row[7], row[8]) for row in rows if row[8] == "BHYT_COVERAGE"] == [("Đã đối chiếu", "BHYT_COVERAGE")]


def test_a_file_that_was_replaced_is_not_redrawn() -> None:
    """Its cells are no longer asked about; only which file is right."""
    data = sent(type_of_everything)
    run = checked(data)
    question = Finding(
        "SUPERSEDED_RICHER", Severity.WARNING, FILE, unit="xa-gia-vien", facts={"used": "b", "lost": "1"}
    )
    heading = FeedbackHeading(PLAN.title, "", PERIOD.label, None, {})
    made = feedback_file(data, Reply(run.returns[0], [question], message, heading), lambda: Form(COMMUNE, blank()))
    assert opened(made).sheetnames == [FEEDBACK_SHEET]


def test_same_return_same_bytes() -> None:
    assert answer(sent(type_of_everything)) == redrawn(type_of_everything)


def test_who_sent_what_cannot_be_opened_gets_the_blank_template() -> None:
    """It is filled in behind the list and comes back as a report of that unit, with nothing to mend."""
    run = checked(b"PK\x03\x04 cut off")
    assert [r.verdict for r in run.returns] == [Verdict.UNREADABLE]
    made = answer(b"PK\x03\x04 cut off")
    book = opened(made)
    assert book.sheetnames == [FEEDBACK_SHEET, *opened(blank()).sheetnames]
    texts = [str(c.value) for row in book[FEEDBACK_SHEET].iter_rows(max_row=9) for c in row]
    assert any("Biểu mẫu trống của đơn vị ở các trang sau" in text for text in texts)
    honest, out = opened(made), io.BytesIO()
    for line in COMMUNE.indicator_rows:
        honest[INDICATOR_SHEET][cell(line)].value = HONEST[line.field.kind]
    for task in TASKS:
        honest[TASK_SHEET][cell(task, "G")].value, honest[TASK_SHEET][cell(task)].value = "Đang triển khai", 40
    honest.save(out)
    run = checked(out.getvalue(), "can-sua_2026-H1_xa-gia-vien.xlsx")
    assert [(f.sheet, f.cell, f.code) for f in run.findings] == []
    assert run.returns[0].counts
