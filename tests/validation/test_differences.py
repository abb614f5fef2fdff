"""What a unit changed between two files: the exact cells, in words that people read."""

from __future__ import annotations

from datetime import timedelta

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.validation.returned import COMMUNE, RECEIVED, Cells, book, checked, received
from validation.differences import version_differences

LINE = next(line for line in COMMUNE.indicator_rows if line.code == "BHYT_COVERAGE.numerator")
TASK = COMMUNE.task_rows[0]


def compared(before: Cells, after: Cells) -> list[tuple[str, str, str, str, str, str]]:
    run = checked(
        received(book(typed=before), "a.xlsx"), received(book(typed=after), "b.xlsx", RECEIVED + timedelta(hours=1))
    )
    found = version_differences(run)
    assert {(d.unit, d.older, d.newer) for d in found} <= {(COMMUNE.unit.id, "a.xlsx", "b.xlsx")}
    return [(d.row, d.field, d.sheet, d.cell, d.before, d.after) for d in found]


def test_every_changed_cell_is_named_with_both_values() -> None:
    """Numbers, their kind, blanks, texts and statuses; unchanged cells are not mentioned."""
    before: Cells = {(LINE.code, "value"): 10, (TASK.code, "progress"): 40, (TASK.code, "result"): "Một"}
    after: Cells = {
        (LINE.code, "value"): 11,
        (LINE.code, "state"): "Ước",
        (TASK.code, "status"): "Hoàn thành",
        (TASK.code, "progress"): 100,
        (TASK.code, "result"): None,
        (TASK.code, "document_number"): "5/KH-UBND",
    }
    assert compared(before, after) == [
        ("BHYT_COVERAGE", "numerator", INDICATOR_SHEET, f"H{LINE.row}", "10", "11 (Ước)"),
        (TASK.code, "status", TASK_SHEET, f"G{TASK.row}", "Đang triển khai", "Hoàn thành"),
        (TASK.code, "progress", TASK_SHEET, f"H{TASK.row}", "40", "100"),
        (TASK.code, "document_number", TASK_SHEET, f"J{TASK.row}", "", "5/KH-UBND"),
        (TASK.code, "result", TASK_SHEET, f"I{TASK.row}", "Một", ""),
    ]


def test_equal_versions_have_no_differences_and_one_file_has_none() -> None:
    assert compared({}, {}) == []
    assert version_differences(checked(received(book()))) == ()


def test_what_was_refused_is_shown_as_it_was_typed() -> None:
    """Else "12 -> (blank)" would say that the unit took its number back."""
    found = compared({(LINE.code, "value"): 10}, {(LINE.code, "value"): "khoảng 12"})
    assert [(d[4], d[5]) for d in found] == [("10", "“khoảng 12” (chưa nhận được)")]
