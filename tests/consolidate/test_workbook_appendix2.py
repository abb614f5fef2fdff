""" "Phụ lục 2": what leaders read of a task is what its leads and coordinators said, in full and marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from openpyxl.utils import get_column_letter

from consolidate.run import consolidate
from plan.model import Role
from plan.text_fit import MAX_ROW_HEIGHT, line_count
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.leaders_case import leaders_book, leaders_plan, opened, row_of
from tests.consolidate.workbook_case import AS_OF, empty_run, task, task_entry
from validation.model import Checked

SHEET = "Phụ lục 2"


def row(code: str, below: int = 0) -> dict[str, object]:
    """The values of the row of a task, or of one so many rows below it, by column."""
    sheet = leaders_book(values=True)[SHEET]
    at = row_of(sheet, "B", f"Nhiệm vụ {code}") + below
    return {get_column_letter(column): cell.value for column, cell in enumerate(sheet[at], 1)}


def test_a_pressing_task_says_so_first_and_keeps_its_status() -> None:
    assert row("NV-5")["E"] == "Quá hạn\nChưa triển khai"
    assert row("NV-4")["E"] == "Có nguy cơ chậm\nĐang triển khai"
    assert row("NV-1")["E"] == "Đang triển khai"


def test_overdue_is_told_from_at_risk_without_colour() -> None:
    """White on a fill that prints near black against black on a light one: both bold, each with its words."""
    sheet = leaders_book(values=True)[SHEET]
    cells = [sheet[f"E{row_of(sheet, 'B', f'Nhiệm vụ {code}')}"] for code in ("NV-5", "NV-4", "NV-1")]
    lightness = [sum(bytes.fromhex(cell.fill.fgColor.rgb[2:])) / 765 if cell.fill.fill_type else 1 for cell in cells]
    assert lightness[0] < 0.3
    assert 0.7 < lightness[1] < lightness[2]
    assert [cell.font.b for cell in cells] == [True, True, False]
    assert str(cells[0].font.color.rgb).endswith("FFFFFF")


def test_the_sentence_above_counts_every_task_once_and_the_marks_among_them() -> None:
    """The rows of several leads repeat words of the statuses; they must not be counted as tasks."""
    sheet = leaders_book(values=True)[SHEET]
    (said,) = (str(c.value) for c in sheet["A"] if str(c.value).startswith("Tổng số"))
    assert said == (
        "Tổng số 5 nhiệm vụ: hoàn thành 0; đang triển khai 3; chưa triển khai 1; không phát sinh 0; "
        "chưa đủ báo cáo 1; trong đó quá hạn 2, có nguy cơ chậm 1."
    )


def test_each_of_several_leads_has_a_row_with_its_own_status_progress_result_and_document() -> None:
    """Ban has finished what xã A has not: the director sees whom to ask."""
    first, second = row("NV-4", 1), row("NV-4", 2)
    assert [first[c] for c in "BCEF"] == ["– Ban Kế hoạch", "chỉ đạo", "Hoàn thành (riêng đơn vị)", 100]
    assert [first[c] for c in "LM"] == ["Đã ban hành", "9/QĐ-SYT ngày 05/3/2026"]
    assert second["E"] == "Đang triển khai (riêng đơn vị; Có nguy cơ chậm)"
    assert (second["F"], second["L"]) == (50, "Đang tập huấn.")
    assert [row("NV-4")[c] or "" for c in "LM"] == ["", ""]
    assert row("NV-2", 1)["B"] != "– Ban Kế hoạch"


def test_what_several_coordinating_units_say_alike_is_said_once_with_their_names() -> None:
    contributed = str(row("NV-4")["Q"]).split("\n")
    assert contributed[0] == "UBND XÃ B, UBND XÃ C: Đã cử cán bộ tham gia"
    assert contributed[1] == "UBND XÃ D: Cung cấp số liệu"
    assert [row("NV-4")[c] for c in "NOP"] == ["3/3", 3, 0]


def test_documents_stand_in_their_own_column_with_number_date_and_who_issued_them() -> None:
    """The one document that two leads name stands on the row of each; with a sole lead it carries the name."""
    sole = task("NV-9", ("ban",), ("@xa",))
    entries = (
        task_entry("ban", "NV-9", TaskStatus.COMPLETED, 100, result="Đã ban hành.", document="12/KH-SYT"),
        task_entry("xa-a", "NV-9", TaskStatus.COMPLETED, 100, role=Role.COORDINATE, document="3/KH"),
        task_entry("xa-b", "NV-9", TaskStatus.COMPLETED, 100, role=Role.COORDINATE, document="3/KH"),
    )
    run = consolidate(replace(leaders_plan(), tasks=(sole,)), H1, AS_OF, Checked((), (), (), entries))
    sheet = opened(run)[SHEET]
    at = row_of(sheet, "B", "Nhiệm vụ NV-9")
    assert sheet[f"L{at}"].value == "Ban Kế hoạch: Đã ban hành."
    assert sheet[f"M{at}"].value == (
        "12/KH-SYT ngày 05/3/2026 (Ban Kế hoạch)\n3/KH ngày 05/3/2026 (UBND XÃ A, UBND XÃ B)"
    )


def test_what_no_row_can_show_is_left_to_the_data_sheet_with_a_count() -> None:
    """Four texts of one communes' task: what is cut is counted by units, never silently."""
    entries = [
        task_entry(
            unit, "NV-2", TaskStatus.COMPLETED, 100, role=Role.COORDINATE, result=f"{unit} {'đã làm việc ' * 14}"
        )
        for unit in ("xa-a", "xa-b", "xa-c", "xa-d")
    ]
    sheet = opened(consolidate(leaders_plan(), H1, AS_OF, Checked((), (), (), tuple(entries))))[SHEET]
    said = str(sheet[f"Q{row_of(sheet, 'B', 'Nhiệm vụ NV-2')}"].value).split("\n")
    assert said[0].startswith("UBND XÃ A: xa-a đã làm việc")
    assert said[-1] == "… và 3 đơn vị khác (xem trang “Dữ liệu”)"
    assert len(said) == 2


@pytest.mark.parametrize("leads", [("ban",), ("ban", "xa-a")])
def test_the_longest_task_and_the_longest_names_are_shown_in_full(leads: tuple[str, ...]) -> None:
    """700 characters, the longest of any plan, and a unit's name of 90."""
    long_text = ("Tham mưu xây dựng và trình cấp có thẩm quyền ban hành đề án " * 12)[:700].strip()
    name = "Trung tâm Kiểm nghiệm dược phẩm, mỹ phẩm, thực phẩm và thiết bị y tế khu vực tỉnh Ninh Bình"
    plan = leaders_plan()
    units = tuple(replace(u, name=name) if u.id == "ban" else u for u in plan.units)
    tasks = (replace(task("NV-1", leads, due=date(2026, 12, 31)), name=long_text, lead_text=f"{name}; {name}"),)
    sheet = opened(consolidate(replace(plan, tasks=tasks, units=units), H1, AS_OF, Checked((), (), (), ())))[SHEET]
    at = row_of(sheet, "B", long_text)
    height = sheet.row_dimensions[at].height
    width = (sheet.column_dimensions["B"].width * 8 + 5 - 14) * 72 / 96
    assert line_count(long_text, width, 12 / 1.04) * 12 * 1.15 <= height <= MAX_ROW_HEIGHT
    if len(leads) > 1:
        assert sheet[f"B{at + 1}"].value == f"– {name}"


def test_a_task_that_its_open_sub_tasks_belie_says_so_in_its_results() -> None:
    above, under = task("NV-1", ("ban",)), replace(task("NV-2", ("ban",)), parent="NV-1")
    entries = (
        task_entry("ban", "NV-1", TaskStatus.COMPLETED, 100, result="Xong"),
        task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 30),
    )
    run = consolidate(replace(leaders_plan(), tasks=(above, under)), H1, AS_OF, Checked((), (), (), entries))
    sheet = opened(run)[SHEET]
    said = sheet[f"L{row_of(sheet, 'B', 'Nhiệm vụ NV-1')}"].value
    assert said == "Báo hoàn thành nhưng nhiệm vụ con 2 chưa hoàn thành.\nBan Kế hoạch: Xong"


def test_a_plan_without_tasks_and_a_run_without_returns_say_so() -> None:
    sheet = opened(empty_run(rows=False))[SHEET]
    assert "Kế hoạch không có nhiệm vụ nào." in [c.value for c in sheet["A"]]
    sheet = opened(empty_run())[SHEET]
    at = row_of(sheet, "B", "Nhiệm vụ NV-1")
    assert [sheet[f"{c}{at}"].value for c in "EFGHL"] == ["Chưa đủ báo cáo", "–", "0/5", 0, ""]
