"""The long tables: a required cell ends in exactly one of four states, and a completed task has something to show."""

from __future__ import annotations

from itertools import product

import pytest

from plan.words import STATE_WORDS, DataState, TaskStatus
from tests.validation.returned import COMMUNE, Cells, book
from tests.validation.ruled import CAME, COMMUNES, TASKS, Said, evidence, task_at
from validation.locate_form import Where
from validation.model import Severity
from validation.reading import ReadCell, read_rows
from validation.schema import check_cells, check_tasks

COUNT, CHOICE = "STATION_DOCTORS.count", "STATION_STAFFING.attained"
TYPED: dict[str, tuple[object, ...]] = {
    COUNT: (None, 0, 5, -1, "khoảng 5", "#N/A", "   "),
    CHOICE: (None, "Đạt", "Chưa đạt", "tốt", 0, "   "),
}
STATES = (None, *STATE_WORDS.values(), "có lẽ")
REASONS = (None, "-", "Đơn vị không có Trạm Y tế")


def ending(c: ReadCell) -> list[str]:
    """Which of the states that can be counted a cell is in; none where it is missing or in error."""
    silent = (DataState.NOTHING, DataState.NOT_APPLICABLE)
    return [
        name
        for name, holds in {
            "value": c.value is not None and c.state not in silent,
            "confirmed zero": c.value == 0 and c.state is DataState.NOTHING,
            "not applicable": not c.given and c.state is DataState.NOT_APPLICABLE and len(c.explanation) > 1,
        }.items()
        if holds
    ]


@pytest.mark.parametrize("code", [COUNT, CHOICE])
def test_a_required_cell_is_a_value_a_confirmed_zero_not_applicable_with_a_reason_or_an_error(code: str) -> None:
    """Every combination of what can stand in its three cells: one state exactly, or a word of what is wrong."""
    cells: list[ReadCell] = []
    faulty, sound = set[str](), set[str]()
    for number, (typed, state, reason) in enumerate(product(TYPED[code], STATES, REASONS)):
        what: Cells = {(code, "value"): typed, (code, "state"): state, (code, "explanation"): reason}
        rows = read_rows(book(typed=what), COMMUNE, Where(str(number), COMMUNE.unit.id))
        cells += [c for c in rows.cells if c.line.code == code]
        faulty |= {f.file for f in rows.findings if f.severity is Severity.ERROR}
        sound |= {str(number)} if typed != -1 and state != "có lẽ" else set()
    faulty |= {f.file for f in check_cells(cells) if f.severity is Severity.ERROR}
    endings = {c.file: ending(c) for c in cells}
    assert {file for file, ends in endings.items() if len(ends) != 1} <= faulty
    assert {file for file, ends in endings.items() if len(ends) == 1} & sound & faulty == set()
    wanted = ["value", "not applicable", *(["confirmed zero"] if code == COUNT else [])]
    assert {ends[0] for file, ends in endings.items() if file not in faulty} == set(wanted)


def test_a_blank_row_is_missing_and_never_zero() -> None:
    what: Cells = {(COUNT, "value"): None}
    rows = read_rows(book(typed=what), COMMUNE, Where("a.xlsx", COMMUNE.unit.id))
    assert [(f.code, f.row) for f in check_cells(rows.cells)] == [("REQUIRED_MISSING", "STATION_DOCTORS")]


ROW = next(iter(TASKS))


@pytest.mark.parametrize(
    ("cells", "is_enough"),
    [
        ({"result": "Đã ban hành kế hoạch"}, True),
        ({"document_number": "45/KH-UBND"}, True),
        ({"result": "x"}, True),
        ({}, False),
        ({"result": "-"}, False),
        ({"result": "Không", "document_number": "0"}, False),
        ({"document_number": "không số"}, False),
        ({"result": "-", "document_number": "45/KH-UBND"}, True),
        ({"result": ""}, True),  # not blank, but not to be read: its own finding stands there
    ],
)
def test_completed_work_shows_a_result_or_a_document(cells: dict[str, object], is_enough: bool) -> None:
    """A dash is no result."""
    said = Said(COMMUNES[0], tasks={ROW: {"status": TaskStatus.COMPLETED, "progress": 100, **cells}})
    tasks = evidence([said]).tasks
    found = [(f.cell, f.code) for f in check_tasks(tasks, {said.name: CAME.date()})]
    assert found == ([] if is_enough else [(task_at(ROW, "result"), "COMPLETED_WITHOUT_RESULT")])
