"""Where a unit stands: its last word is asked about, what counts meanwhile is named, and diligence is not punished."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import openpyxl
import pytest

from consolidate.model import Consolidation, ReportingState, UnitStatus
from consolidate.run import consolidate
from consolidate.workbook.book import draw_status
from plan.period import deadline
from tests.validation.returned import COMMUNE, PERIOD, PLAN, RECEIVED, book, checked, received
from validation.inbox import Received
from validation.raw import Fault

DUE = deadline(PLAN, PERIOD)
GOOD, WRONG = book(), book(typed={("BHYT_COVERAGE.numerator", "value"): "khoảng 5"})
BETTER = book(typed={("BHYT_COVERAGE.numerator", "value"): 7})


def after_deadline(days: int = 1) -> datetime:
    assert DUE is not None
    return DUE + timedelta(days=days)


def run(*files: Received) -> Consolidation:
    return consolidate(PLAN, PERIOD, after_deadline(3), checked(*files))


def status(whole: Consolidation) -> UnitStatus:
    return next(s for s in whole.statuses if s.unit.id == COMMUNE.unit.id)


@pytest.mark.parametrize(
    ("files", "state", "supplement"),
    [
        ([received(GOOD, "a.xlsx")], ReportingState.ON_TIME, False),
        ([received(GOOD, "a.xlsx", after_deadline())], ReportingState.LATE, False),
        ([received(GOOD, "a.xlsx"), received(BETTER, "b.xlsx", after_deadline())], ReportingState.ON_TIME, True),
        ([received(WRONG, "a.xlsx"), received(BETTER, "b.xlsx", after_deadline())], ReportingState.LATE, False),
        (
            [received(GOOD, "a.xlsx"), received(WRONG, "b.xlsx", after_deadline())],
            ReportingState.TO_BE_CORRECTED,
            False,
        ),
    ],
    ids=["in time", "late", "completed later", "mended late", "spoilt later"],
)
def test_an_accepted_return_settles_whether_a_unit_is_in_time(
    files: list[Received], state: ReportingState, supplement: bool
) -> None:
    found = status(run(*files))
    assert (found.state, found.supplement) == (state, supplement)


def asked(whole: Consolidation) -> str:
    """What "Cần đôn đốc" asks of the unit."""
    sheet = openpyxl.load_workbook(BytesIO(draw_status(whole)))["Cần đôn đốc"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return next(str(row[4]) for row in rows if row[1] == COMMUNE.unit.name)


def test_a_unit_is_asked_about_its_last_word_and_told_what_counts_meanwhile() -> None:
    """Naming the good file as the faulty one would make the officer look for faults where there are none."""
    whole = run(received(GOOD, "a.xlsx"), received(WRONG, "b.xlsx", RECEIVED + timedelta(hours=1)))
    assert asked(whole) == (
        "Sửa 1 lỗi đã ghi trong bản trả lại của tệp b.xlsx rồi gửi lại. Trong khi chờ, dùng bản gửi trước: a.xlsx."
    )


def test_a_unit_whose_file_cannot_be_read_is_asked_for_the_workbook() -> None:
    pdf = Received(
        f"2026-H1_{COMMUNE.unit.id}.pdf",
        f"2026-H1_{COMMUNE.unit.id}.pdf",
        "0" * 64,
        10,
        RECEIVED,
        Fault("FILE_EMPTY"),
    )
    assert asked(run(pdf)) == f"Gửi lại bằng chính tệp biểu mẫu Excel: tệp {pdf.file} không đọc được."


def test_a_silent_unit_is_asked_for_its_return() -> None:
    assert asked(run()) == "Gửi báo cáo theo mẫu đã nhận."
