""" "Phụ lục 2": what leaders read of a task is what its leads and coordinators said, in full and marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from openpyxl.utils import get_column_letter

from consolidate.run import consolidate
from consolidate.workbook.shared_width import shared_widths
from consolidate.workbook.task_texts import progress_text
from plan.model import CalendarEntry, Role
from plan.period import parse_period
from plan.text_fit import MAX_ROW_HEIGHT, line_count, room
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.leaders_case import leaders_book, leaders_plan, opened, row_of
from tests.consolidate.workbook_case import AS_OF, empty_run, task, task_entry
from validation.model import Checked, Earlier, TaskEntry

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
    assert [first[c] for c in "BCEF"] == ["– Ban Kế hoạch", "chỉ đạo", "Hoàn thành (theo báo cáo của đơn vị)", 100]
    assert [first[c] for c in "LM"] == ["Đã ban hành", "9/QĐ-SYT ngày 05/3/2026"]
    assert second["E"] == "Đang triển khai (theo báo cáo của đơn vị; Có nguy cơ chậm)"
    assert (second["F"], second["L"]) == (50, "Đang tập huấn.")
    assert [row("NV-4")[c] or "" for c in "LM"] == ["1/2 đơn vị chủ trì hoàn thành.", ""]
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


def test_the_number_is_that_of_the_slowest_lead_and_says_so() -> None:
    """0 where five of six offices have finished would slander them: their count stands in words beside it."""
    sheet = leaders_book(values=True)[SHEET]
    assert sheet[f"F{row_of(sheet, 'B', 'Nhiệm vụ')}"].value == "% hoàn thành (thấp nhất)"
    assert (row("NV-4")["F"], row("NV-4")["L"]) == (50, "1/2 đơn vị chủ trì hoàn thành.")
    assert "đơn vị chủ trì hoàn thành" not in str(row("NV-2")["L"])


def test_the_title_is_spelled_as_that_of_the_other_appendix() -> None:
    book = leaders_book(values=True)
    titles = [next(c for c in book[name]["A"] if c.value == name) for name in ("Phụ lục 1", "Phụ lục 2")]
    assert [(cell.font.b, cell.font.sz) for cell in titles] == [(True, 14), (True, 14)]


PLAN = replace(
    leaders_plan(), calendar=(CalendarEntry("H1", (1, 1), (6, 30), None), CalendarEntry("Y", (1, 1), (12, 31), None))
)


def known_before(*entries: TaskEntry, text: str = "2025-Y") -> Earlier:
    """What the ledger remembers of the period before, or of another."""
    return Earlier(parse_period(PLAN, text), (), entries)


def results_of(code: str, entries: tuple[TaskEntry, ...], *earlier: Earlier) -> str:
    """What its row says of a task before any result, in a run on few reports after what was known before."""
    run = consolidate(PLAN, H1, AS_OF, Checked((), (), (), entries), earlier)
    return progress_text(run, next(r for r in run.tasks if r.task.code == code))


def test_silence_of_the_leads_is_told_with_what_was_last_known() -> None:
    """Overdue without a report: the director reads how far it was; silence after completion is no delay."""
    doing = known_before(task_entry("ban", "NV-2", TaskStatus.IN_PROGRESS, 75))
    assert results_of("NV-2", (), doing) == ("Hết thời hạn, chủ trì chưa báo cáo (kỳ trước: đang triển khai, 75%).")
    assert results_of("NV-2", ()) == "Hết thời hạn, chủ trì chưa báo cáo."
    finished = known_before(task_entry("ban", "NV-2", TaskStatus.COMPLETED, 100))
    assert results_of("NV-2", (), finished) == "Chủ trì chưa báo cáo (kỳ trước: hoàn thành, 100%)."
    assert results_of("NV-3", ()) == ""
    half = (task_entry("ban", "NV-4", TaskStatus.COMPLETED, 100),)
    assert results_of("NV-4", half) == "1/2 đơn vị chủ trì hoàn thành."
    both = known_before(*(task_entry(unit, "NV-4", TaskStatus.IN_PROGRESS, 40) for unit in ("ban", "xa-a")))
    assert results_of("NV-4", half, both) == (
        "1/2 đơn vị chủ trì hoàn thành.\nChủ trì chưa báo cáo đủ (kỳ trước: đang triển khai, 40%)."
    )


def test_progress_that_has_fallen_names_what_it_was() -> None:
    """In which period, where that is not the one before this."""
    now = (task_entry("ban", "NV-5", TaskStatus.IN_PROGRESS, 45),)
    assert results_of("NV-5", now, known_before(task_entry("ban", "NV-5", TaskStatus.IN_PROGRESS, 80))) == (
        "Tiến độ 45% (kỳ trước 80%)."
    )
    assert results_of("NV-5", now, known_before(task_entry("ban", "NV-5", TaskStatus.IN_PROGRESS, 40))) == ""
    before = known_before(task_entry("ban", "NV-5", TaskStatus.IN_PROGRESS, 80), text="2025-H1")
    assert results_of("NV-5", now, before) == "Tiến độ 45% (6 tháng đầu năm 2025: 80%)."


def test_the_page_is_shared_by_what_stands_in_its_columns() -> None:
    """Long contributions get the width that empty results do not need, and the table is no wider for it."""
    long_text = "Đã phối hợp tổ chức tập huấn và kiểm tra, giám sát tại các trạm y tế " * 3
    texts = [["Nhiệm vụ", "", long_text], ["Nhiệm vụ", "Xong", long_text]]
    shared = shared_widths((100, 100, 100), 600, texts, 12)
    assert sum(shared) == 600
    assert shared[2] > 350
    assert sum(shared_widths((100, 100, 100), 600, [], 12)) == 600
    lines = [line_count(long_text, room(width, indented=True), 12) for width in (shared[2], 200)]
    assert lines[0] < lines[1]


def test_a_plan_without_tasks_and_a_run_without_returns_say_so() -> None:
    sheet = opened(empty_run(rows=False))[SHEET]
    assert "Kế hoạch không có nhiệm vụ nào." in [c.value for c in sheet["A"]]
    sheet = opened(empty_run())[SHEET]
    at = row_of(sheet, "B", "Nhiệm vụ NV-1")
    assert [sheet[f"{c}{at}"].value for c in "EFGHL"] == ["Chưa đủ báo cáo", "–", "0/5", 0, ""]
