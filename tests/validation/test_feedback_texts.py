"""What units wrote, and how they named files and sheets, stays text in everything that goes back or to the clerk."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest

from plan.cell_text import cell_text
from validation.feedback import FeedbackHeading, Reply, mark_copy, plain_feedback
from validation.feedback_marks import MARK_LINE, RECORD_SHEET
from validation.findings_book import BookHeading, draw_findings
from validation.model import Checked, Finding, Return, Severity, Verdict

MOMENT = datetime(2026, 6, 9, tzinfo=UTC)
HOSTILE = (
    '=HYPERLINK("http://vidu.invalid","bấm")',
    "{=1+1}",
    "+1",
    "@SUM(A1)",
    "#REF!",
    "http://vidu.invalid",
    "internal:A1",
    "<r><t>chữ</t></r>",
    "]]><evil/>",
    "a\x00b\ud800c\r\nd",
    "dài " * 10_000,
)
SHEET = "=1+1"  # Excel lets a sheet be named so


def finding(text: str, cell: str = "") -> Finding:
    return Finding("NOT_A_NUMBER", Severity.ERROR, f"{text[:40]}.xlsx", SHEET, cell, text, text, text)


def return_of(text: str) -> Return:
    verdict = Verdict.TO_BE_CORRECTED
    return Return(f"{text[:40]}.xlsx", "0" * 64, 1, MOMENT, text, verdict, counts=True, late=False)


def heading(text: str) -> FeedbackHeading:
    return FeedbackHeading(text, text, text, None, {text: text})


def said(found: Finding) -> str:
    return found.value


def assert_all_text(data: bytes) -> set[str]:
    """Every part is well-formed, no cell is a formula, no link leaves the file; the texts of all cells."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)
    seen = set()
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row):
            assert cell.data_type in ("s", "n", "inlineStr"), (sheet.title, cell.coordinate, cell.value)
            assert cell.hyperlink is None or cell.hyperlink.target is None
            seen.add(str(cell.value))
    return seen


@pytest.mark.parametrize("text", HOSTILE)
def test_the_list_shows_hostile_texts_as_they_are(text: str) -> None:
    seen = assert_all_text(plain_feedback(Reply(return_of(text), [finding(text)], said, heading(text))))
    assert cell_text(text) in seen


@pytest.mark.parametrize("text", HOSTILE)
def test_marks_and_their_record_are_text_too(text: str) -> None:
    """The record of earlier fills repeats the name of the sheet, the comment repeats the unit's value."""
    book, out = openpyxl.Workbook(), BytesIO()
    book.worksheets[0].title = SHEET
    book.worksheets[0]["B2"] = 5
    book.save(out)
    data = mark_copy(out.getvalue(), Reply(return_of(text), [finding(text, "B2")], said, heading(text)))
    assert_all_text(data)
    marked = openpyxl.load_workbook(BytesIO(data))
    assert marked[RECORD_SHEET]["A1"].value == SHEET
    comment = marked[SHEET]["B2"].comment
    assert comment is not None
    assert comment.text.startswith(MARK_LINE)
    again = mark_copy(data, Reply(return_of(text), [], said, heading(text)))
    assert openpyxl.load_workbook(BytesIO(again))[SHEET]["B2"].fill.fill_type is None, "the record is found again"


@pytest.mark.parametrize("text", HOSTILE)
def test_the_findings_book_shows_hostile_texts_as_they_are(text: str) -> None:
    checked = Checked((return_of(text),), (finding(text),), (), ())
    seen = assert_all_text(
        draw_findings(checked, BookHeading(text, "6 tháng", MOMENT, {text: text}, {text: text}), said)
    )
    assert cell_text(text) in seen
