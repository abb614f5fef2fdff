"""The number and the day of a document: what cannot be one is asked about, what people write in good faith is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.layout import TASK_SHEET
from plan.words import TaskStatus
from tests.validation.ruled import COMMUNES, TASKS, Said, evidence, findings, remarks, task_at
from validation.messages import message
from validation.model import Severity
from validation.rules_of_documents import days_in, doubt, says_nothing

ROW = next(iter(TASKS))
UNIT = COMMUNES[0]
DAY = date(2026, 5, 12)


def told(**cells: object) -> list[tuple[str, str]]:
    said = Said(UNIT, tasks={ROW: {"status": TaskStatus.IN_PROGRESS, "progress": 40, **cells}})
    return [(cell, code) for _, cell, code in remarks(evidence([said]))]


GOOD = (
    "45/KH-UBND",
    "45",
    "045",
    "Số 45",
    "số 45/KH-UBND ngày 12/5/2026",
    "QĐ 1183/QĐ-TTg; 12/KH",
    "45/2026/NQ-HĐND",
    "12/2026",
    "1183",
    "1.183",
    "1.183/QĐ-TTg",
    "12345",
    "KH45",
    "45/KH-UBND (12/5/2026)",
    "45/KH-UBND, 46/KH-UBND, 47/KH-UBND ngày 12/5/2026 và các công văn số 101, 102, 103/UBND-VX về việc phối hợp",
    "không số",
    "Chưa có số",
    "-",
    "0",
    "Không",
    "dự thảo",
)


@pytest.mark.parametrize("number", GOOD)
def test_what_people_write_for_a_number_passes(number: str) -> None:
    assert told(document_number=number, document_date=DAY) == []


BAD = (
    ("12/5/2026", "chỉ là một ngày"),
    ("ngày 12/05/2026", "chỉ là một ngày"),
    ("12.5.2026", "chỉ là một ngày"),
    ("2026-05-12 00:00", "chỉ là một ngày"),
    ("ngày 12 tháng 5 năm 2026", "chỉ là một ngày"),
    ("80%", "là một tỷ lệ phần trăm"),
    ("đạt 95,5 %", "là một tỷ lệ phần trăm"),
    ("x", "không có chữ số nào"),
    ("Kế hoạch của UBND xã", "không có chữ số nào"),
    ("02 văn bản", "là số lượng văn bản"),
    ("12,5", "không phải là số thứ tự của văn bản"),
    ("-5", "không phải là số thứ tự của văn bản"),
    ("123456", "có hơn 5 chữ số mà không có ký hiệu"),
    ("0912 345 678", "có hơn 5 chữ số mà không có ký hiệu"),
    ("46154", "giống ngày 12/05/2026 bị mất định dạng"),
    ("Đã tổ chức 3 hội nghị " + "triển khai đến các tổ dân phố " * 3, "quá dài, giống nội dung hơn là số, ký hiệu"),
)


@pytest.mark.parametrize(("number", "why"), BAD, ids=[b[0][:20] for b in BAD])
def test_what_cannot_be_a_number_is_asked_about_at_its_cell(number: str, why: str) -> None:
    said = Said(UNIT, tasks={ROW: {"status": TaskStatus.IN_PROGRESS, "document_number": number, "document_date": DAY}})
    (found,) = findings(evidence([said]))
    assert (found.sheet, found.cell, found.code) == (
        TASK_SHEET,
        task_at(ROW, "document_number"),
        "DOCUMENT_NUMBER_IMPLAUSIBLE",
    )
    assert f"khó có thể là số, ký hiệu văn bản: {why}" in message(found)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("43830", ""),  # the last day of 2019
        ("43831", "giống ngày 01/01/2020 bị mất định dạng"),
        ("99999", ""),
        ("100000", "có hơn 5 chữ số mà không có ký hiệu"),
        ("0" * 4999 + "7", ""),
        ("1 " + "a" * 98, ""),
        ("1 " + "a" * 99, "quá dài, giống nội dung hơn là số, ký hiệu"),
        ("1/KH " + "a" * 295, ""),
        ("1/KH " + "a" * 296, "quá dài, giống nội dung hơn là số, ký hiệu"),
    ],
)
def test_both_sides_of_each_threshold(number: str, why: str) -> None:
    assert doubt(number) == why


@given(st.text(max_size=400))
def test_no_text_at_all_stops_the_rule(number: str) -> None:
    """And none is told twice."""
    assert len(told(document_number=number, document_date=DAY)) <= 1


def test_a_day_that_contradicts_the_number_is_told_at_the_day() -> None:
    """Where several documents stand in one cell, one of their days is enough."""
    number = "45/KH-UBND ngày 11/5/2026"
    assert told(document_number=number, document_date=DAY) == [(task_at(ROW, "document_date"), "DATE_IMPLAUSIBLE")]
    assert told(document_number=f"{number}; 46/KH-UBND ngày 12/5/2026", document_date=DAY) == []
    said = Said(UNIT, tasks={ROW: {"document_number": number, "document_date": DAY}})
    (found,) = findings(evidence([said]))
    assert "Ngày văn bản 12/05/2026 khác ngày 11/05/2026 ghi ở cột Số, ký hiệu văn bản." in message(found)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ngày 12/5/2026", [DAY]),
        ("12 tháng 5 năm 2026 và 1-6-2026", [DAY, date(2026, 6, 1)]),
        ("45/13/2026", []),
        ("31/2/2026", []),
        ("112/5/2026", []),
        ("12/5/2026/QĐ", []),
        ("12/5/20261", []),
    ],
)
def test_days_in_a_text(text: str, days: list[date]) -> None:
    """Days of the calendar only, and no part of a longer number."""
    assert days_in(text) == days


def test_half_a_document_is_noted_at_the_blank_half() -> None:
    date_cell, number_cell = task_at(ROW, "document_date"), task_at(ROW, "document_number")
    assert told(document_number="45/KH-UBND") == [(date_cell, "DOCUMENT_DATE_MISSING")]
    assert told(document_date=DAY) == [(number_cell, "DOCUMENT_NUMBER_MISSING")]
    (found,) = findings(evidence([Said(UNIT, tasks={ROW: {"document_date": DAY}})]))
    assert found.severity is Severity.NOTE


def test_a_half_that_stands_elsewhere_or_is_told_already_is_not_missing() -> None:
    """A day inside the number, a number in the result, a day that could not be read, a day that cannot be."""
    assert told(document_number="45/KH-UBND ngày 12/5/2026") == []
    assert told(document_number="không số") == []
    assert told(document_date=DAY, result="Đã ban hành Kế hoạch số 45/KH-UBND") == []
    assert told(document_number="45/KH-UBND", document_date="31/02/2026") == []
    assert told(document_date=date(2036, 1, 1)) == []
    assert told(document_date=date(2019, 12, 31)) == []


@pytest.mark.parametrize("text", ["", " - ", "…", "0", "Không", "KHÔNG CÓ", "chưa có", "không số"])
def test_words_for_nothing(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(f"{text} 45/KH")
