"""`demo`: a whole period on simulated returns, in a folder of its own, checked against what was typed.

Strings the other commands' steps together and holds what validation found against what the rehearsal
planted; it has no logic of the rooms.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli_job import Job, due_day
from cli_report import consolidation_text
from plan.dates import day_text
from plan.deadline_note import due_in_force, with_due
from plan.load import load_plan
from plan.model import PlanError
from plan.period import deadline, parse_period
from plan.workspace import Workspace
from validation.model import Severity

if TYPE_CHECKING:
    from consolidate.model import Consolidation
    from consolidate.outbox import Written
    from templates.rehearsal_truth import Truth
    from validation.model import Checked

DEMO_YEAR = 2026  # the first year of every plan that carries out Resolution 72-NQ/TW
_LONGEST_LIST = 20
_DAYS_AFTER = 3  # of the deadline: by then the last of the late ones has come


def fresh_folder(plan_id: str, period_id: str) -> Path:
    """Return a folder of the demo's own below the current one that does not exist yet."""
    base = f"demo-{plan_id}-{period_id}"
    for number in range(1, 1000):
        folder = Path(base if number == 1 else f"{base}-{number}")
        if not folder.exists():
            return folder
    raise PlanError(f"Đã có quá nhiều thư mục {base}-…; hãy xóa bớt hoặc dùng --workspace.")


def demo_options(options: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a bare `demo` leaves open: its own folder, the plan's first period, three days after the deadline.

    Where neither the plan nor the folder fixes a deadline the rehearsal takes the day after the period's end.
    """
    plan = load_plan(options["plan_id"])
    if options["period_text"] is None:
        options = {**options, "period_text": f"{DEMO_YEAR}-{plan.calendar[0].kind}"}
    period = parse_period(plan, options["period_text"])
    if options["workspace"] is None:
        options = {**options, "workspace": str(fresh_folder(plan.id, period.id))}
    if options["due"] is None:
        period = due_in_force(Workspace(Path(options["workspace"]), plan.id, period.id).deadline_note, period)
    if options["due"] is None and period.due is None:
        options = {**options, "due": (period.last + timedelta(days=1)).isoformat()}
    if options["due"] is not None:
        period = with_due(period, due_day(plan, options["due"]))
    due = deadline(plan, period)
    if options["as_of"] is None and due is not None:
        options = {**options, "as_of": (due + timedelta(days=_DAYS_AFTER, hours=8)).strftime("%d/%m/%Y %H:%M")}
    return options


def demo_text(job: Job, run: Consolidation, made: tuple[int, int], written: Written) -> list[str]:
    """The closing summary of a demo: what was made, where, and what to look at first.

    `made` counts the templates and the copies that go back.
    """
    templates, feedback = made
    return [
        f"ĐÃ CHẠY THỬ TRỌN KỲ BẰNG SỐ LIỆU GIẢ trong {job.workspace.root}",
        f"  Biểu mẫu:           {templates} tệp trong {job.workspace.templates}",
        f"  Báo cáo gửi về:     {len(run.checked.returns)} tệp trong {job.workspace.inputs}",
        f"  Bản trả lại:        {feedback} tệp trong {job.workspace.feedback}",
        f"  Sổ tổng hợp:        {written.book}",
        f"  Báo cáo Word:       {written.report}",
        f"  Trang tóm tắt:      {written.page}",
        *_set_deadline(job),
        "",
        *consolidation_text(job, run, written, gave_back=True),
    ]


def _set_deadline(job: Job) -> list[str]:
    """Say that the deadline is the rehearsal's own where the document fixes none."""
    fixed = next(entry.due for entry in job.plan.calendar if entry.kind == job.period.kind)
    if fixed is not None or job.period.due is None:
        return []
    return [
        f"  Hạn nộp:            văn bản không định ngày, bản chạy thử lấy trước ngày {day_text(job.period.due)}; "
        "khi làm thật hãy đặt bằng --due",
    ]


def compare(truth: Truth, checked: Checked) -> tuple[int, list[str]]:
    """Hold findings against the planted faults: returns (planted and found, differences in Vietnamese)."""
    planted = {(f.file, f.sheet, f.cell, f.code, f.severity) for f in truth.faults}
    found = {(f.file, f.sheet, f.cell, f.code, f.severity.value) for f in checked.findings}
    grave = {
        (f.file, f.sheet, f.cell, f.code, f.severity.value) for f in checked.findings if f.severity is not Severity.NOTE
    }
    lost = [
        f"không tìm thấy {code} tại {file} {sheet}!{cell}" for file, sheet, cell, code, _ in sorted(planted - found)
    ]
    extra = [f"báo thừa {code} tại {file} {sheet}!{cell}" for file, sheet, cell, code, _ in sorted(grave - planted)]
    return len(planted & found), lost + extra


def verdict_lines(truth: Truth, checked: Checked) -> tuple[bool, list[str]]:
    """Say whether validation found exactly what was planted; returns (all well, lines)."""
    hits, differences = compare(truth, checked)
    if not differences:
        return True, [
            f"Đối chiếu với số liệu đã điền thử: tìm đúng cả {hits} điểm cài sẵn "
            "(lỗi, cảnh báo, ghi chú), không báo thừa."
        ]
    shown = [f"  {d}" for d in differences[:_LONGEST_LIST]]
    return False, [f"ĐỐI CHIẾU KHÔNG KHỚP ({len(differences)} chỗ):", *shown]
