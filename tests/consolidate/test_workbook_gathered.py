""" "Khó khăn, đề xuất": every opinion stands once under its theme, leads first, and is counted where it stands."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.worksheet.worksheet import Worksheet

from consolidate.model import Consolidation
from consolidate.run import consolidate
from plan.model import Role
from plan.words import TaskStatus
from tests.blank import H1
from tests.consolidate.leaders_case import leaders_plan, opened, row_of, target
from tests.consolidate.workbook_case import AS_OF, entry, task_entry
from validation.model import Checked

SHEET = "Khó khăn, đề xuất"
DOING = TaskStatus.IN_PROGRESS


def gathered_run() -> Consolidation:
    """Opinions on three tasks of two groups, the second task of group I behind one of group II; one row is blocked."""
    coordinator = task_entry("xa-b", "NV-4", DOING, 40, role=Role.COORDINATE, difficulties="Thiếu máy")
    entries = (
        coordinator,
        replace(task_entry("ban", "NV-4", DOING, 50, difficulties="Thiếu người"), proposals="Bổ sung biên chế"),
        task_entry("ban", "NV-2", DOING, 10, difficulties="Chưa có kinh phí", blocked=True),
        replace(task_entry("xa-a", "NV-1", DOING, 10), proposals="  ", explanation="Đã giải trình"),
    )
    numbers = (entry("xa-a", "RATIO.numerator", "1", explanation="Làm tròn"),)
    return consolidate(leaders_plan(), H1, AS_OF, Checked((), (), numbers, entries))


def counts(sheet: Worksheet, label: str) -> list[object]:
    """The three counts in the first row of a label."""
    row = row_of(sheet, "A", label)
    return [sheet.cell(row, column).value for column in (3, 4, 5)]


def test_opinions_are_counted_by_group_over_the_rows_where_they_stand() -> None:
    """A blank proposal is none; the explanation of a number is counted apart from those of tasks."""
    run = gathered_run()
    shown, formulas = (opened(run, values=values)[SHEET] for values in (True, False))
    assert counts(shown, "I. Nâng cao năng lực") == [1, 0, 1]
    assert counts(shown, "II. Chuyển đổi số") == [2, 1, 0]
    assert counts(shown, "Giải trình số liệu của các chỉ tiêu") == [0, 0, 1]
    assert counts(shown, "Tổng số") == [3, 1, 2]
    band = row_of(shown, "A", "II. Chuyển đổi số", 2)
    assert counts(formulas, "II. Chuyển đổi số")[0] == f'=COUNTIF(C{band}:C{band + 3},"?*")'
    assert [shown.cell(row, 3).value for row in range(band + 2, band + 4)] == ["Thiếu người", "Thiếu máy"]
    cell = f"C{row_of(shown, 'A', 'II. Chuyển đổi số')}"
    assert target(formulas, cell) == (SHEET, f"A{band}")


def test_a_group_is_one_theme_wherever_its_tasks_are_printed_and_leads_speak_first() -> None:
    sheet = opened(gathered_run())[SHEET]
    first = row_of(sheet, "A", "I. Nâng cao năng lực", 2)
    said = [(c.value, sheet.cell(row, 2).value) for row, c in enumerate(sheet["A"][first - 1 :], first)]
    assert said == [
        ("I. Nâng cao năng lực", None),
        ("Nhiệm vụ 1: Nhiệm vụ NV-1", None),
        ("UBND XÃ A", "Chủ trì"),
        ("Nhiệm vụ 2: Nhiệm vụ NV-2", None),
        ("Ban Kế hoạch", "Chủ trì\n(dòng có lỗi)"),
        ("II. Chuyển đổi số", None),
        ("Nhiệm vụ 4: Nhiệm vụ NV-4", None),
        ("Ban Kế hoạch", "Chủ trì"),
        ("UBND XÃ B", "Phối hợp"),
        ("Giải trình số liệu của các chỉ tiêu", None),
        ("Chỉ tiêu 1: Chỉ tiêu RATIO", None),
        ("UBND XÃ A", "Báo cáo"),
    ]
