"""What the terminal says after a command: what happened, what is wrong, and the next command.

Makes lines of text from finished values and shows progress on stderr; computes and writes nothing.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli_job import Job
from consolidate.model import (
    CONFLICT_FIGURE,
    NO_FIGURE,
    OVERALL_STATUS_WORDS,
    REPORTING_WORDS,
    TARGET_VERDICT_WORDS,
    Consolidation,
    IndicatorResult,
    OverallStatus,
    ReportingState,
)
from consolidate.rounding import rounded, vietnamese
from plan.dates import day_text, moment_text
from plan.model import Plan
from plan.period import days_left
from plan.shown import shown_unit
from validation.message_table import MESSAGES
from validation.model import SEVERITY_WORDS, VERDICT_WORDS, Severity, Verdict

if TYPE_CHECKING:
    from consolidate.outbox import Written
    from templates.issue import IssueReport
    from templates.rehearsal_truth import Truth

_NAMED = 12  # so many units are named in a line; the rest is counted


@contextmanager
def progress(label: str, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a callback (done, of how many) that moves a bar on stderr when that is a terminal, else does nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # noqa: PLC0415 (only a terminal needs it)
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def program() -> str:
    """How this program was started, as a person would type it again."""
    if "TONGHOP_COMMAND" in os.environ:
        return os.environ["TONGHOP_COMMAND"]
    return "python cli.py" if Path(sys.argv[0]).name == "cli.py" else "tonghop"


def next_command(job: Job, command: str) -> str:
    """The line that tells what to run next."""
    return f"Lệnh tiếp theo:  {program()} {command} {job.again}"


def heading(job: Job) -> str:
    """Which plan, which period, which moment."""
    fake = "SỐ LIỆU GIẢ, CHỈ ĐỂ TẬP DƯỢT – " if job.workspace.truth.is_file() else ""
    return f"{fake}{job.plan.issuer} – báo cáo {job.period.label}, tính đến {moment_text(job.as_of)}"


def names(plan: Plan, units: Sequence[str]) -> str:
    """The names of up to a dozen units, and how many more."""
    known = {u.id: u.name for u in plan.units}
    shown = ", ".join(known.get(u, u) for u in units[:_NAMED])
    return shown + (f" và {len(units) - _NAMED} đơn vị khác" if len(units) > _NAMED else "")


def no_deadline(job: Job) -> list[str]:
    """Say that the document fixes no deadline for the period, and how to set it."""
    return [
        f"Kế hoạch {job.plan.id} không định ngày nộp báo cáo {job.period.label}, nên cơ quan tổng hợp phải đặt hạn.",
        f"Thêm --due, ví dụ: --due {day_text(job.period.last)}, nghĩa là phải nhận được trước ngày ấy. "
        "Hạn đặt một lần, các lệnh sau của kỳ này tự dùng.",
    ]


def template_text(job: Job, issued: IssueReport, folder: Path) -> list[str]:
    """After `template`."""
    lines = [heading(job), f"Đã tạo {len(issued.files)} biểu mẫu trong {folder}"]
    if issued.without_rows:
        lines.append(f"Không có dòng nào phải báo cáo nên không có biểu mẫu: {names(job.plan, issued.without_rows)}.")
    if issued.strays:
        lines.append(f"Tệp lạ trong thư mục biểu mẫu, không phải của kỳ này: {', '.join(issued.strays)}")
    made = next((i for i in issued.issued if i.file in issued.files), None)
    if made is not None:
        lines.append(f"Mỗi tệp dành cho một đơn vị, ví dụ {made.file} gửi {made.name}.")
    if job.period.due is not None:
        lines.append(f"Hạn nộp in trên biểu mẫu: trước ngày {day_text(job.period.due)}")
    lines.append(f"Khi nhận lại, chép vào {job.workspace.inputs}")
    return [*lines, next_command(job, "status")]


def simulation_text(job: Job, truth: Truth, folder: Path) -> list[str]:
    """After `simulate`."""
    fates = Counter(u.fate for u in truth.units.values())
    late = sum(1 for u in truth.units.values() if u.late)
    return [
        heading(job),
        f"Đã điền thử {len(truth.files)} tệp vào {folder}",
        f"  đúng {fates['clean']}, khác lạ nhưng đọc được {fates['odd']}, có lỗi cài sẵn {fates['faulty']}, "
        f"không đọc được {fates['unreadable']}, không gửi {fates['missing']}; gửi muộn {late}",
        f"  {len(truth.faults)} điểm cài sẵn (lỗi, cảnh báo, ghi chú), ghi trong {folder.name}.truth.json",
        next_command(job, "validate"),
    ]


def _returns_lines(run: Consolidation) -> list[str]:
    verdicts = Counter(r.verdict for r in run.checked.returns)
    severities = Counter(f.severity for f in run.checked.findings)
    units = {r.unit for r in run.checked.returns if r.unit}
    lines = [
        f"Đã nhận {len(run.checked.returns)} tệp của {len(units)} đơn vị; "
        f"{run.counted_units}/{len(run.statuses)} đơn vị có số liệu vào tổng hợp",
        "Theo tệp:",
    ]
    lines += [f"  {VERDICT_WORDS[v]:<20}{verdicts[v]:>5}" for v in Verdict]
    counted = ", ".join(f"{SEVERITY_WORDS[s].lower()} {severities[s]}" for s in Severity)
    return [*lines, f"Tổng cộng: {counted}"]


def _most_lines(run: Consolidation) -> list[str]:
    """The commonest kinds of errors, then of warnings: one cause can stand behind a hundred of them."""
    lines = []
    for severity in (Severity.ERROR, Severity.WARNING):
        kinds = Counter(f.code for f in run.checked.findings if f.severity is severity)
        if kinds:
            most = "; ".join(f"{MESSAGES[code].title} ({n})" for code, n in kinds.most_common(5))
            lines.append(f"{SEVERITY_WORDS[severity]} gặp nhiều nhất: {most}")
    return lines


def _unclear_lines(run: Consolidation) -> list[str]:
    """Files that belong to nobody: the return of some unit may be among them."""
    unclear = [r.file for r in run.checked.returns if not r.unit]
    return [f"CHƯA RÕ CỦA ĐƠN VỊ NÀO ({len(unclear)} tệp): {', '.join(unclear)}"] if unclear else []


def _later_lines(run: Consolidation) -> list[str]:
    """Files that are younger than the moment that every output names."""
    later = run.after_moment
    return [f"NHẬN SAU THỜI ĐIỂM TRÊN, vẫn được xét ({len(later)} tệp): {', '.join(later[:_NAMED])}"] if later else []


def _gone_lines(job: Job, run: Consolidation) -> list[str]:
    """Files that were there before: taken away on purpose or by mistake, nobody else would notice."""
    if not run.gone:
        return []
    known = {u.id: u.name for u in run.plan.units}
    lines = [f"KHÔNG CÒN TRONG THƯ MỤC NHẬN ({len(run.gone)} tệp đã từng nhận, nay không được tính):"]
    lines += [
        f"  {r.file} – {known.get(r.unit, 'chưa rõ đơn vị')}, {VERDICT_WORDS[r.verdict].lower()}, "
        f"nhận lúc {moment_text(r.received_at)}"
        for r in run.gone[:_NAMED]
    ]
    if len(run.gone) > _NAMED:
        lines.append(f"  và {len(run.gone) - _NAMED} tệp khác, xem trang “Nguồn” của sổ tổng hợp")
    return [*lines, f"  Nếu bị xóa nhầm, lấy lại bằng: {program()} history {job.again} --unit MÃ_ĐƠN_VỊ --save SỐ_BẢN"]


def validation_text(job: Job, run: Consolidation, book: Path, feedback: int) -> list[str]:
    """After `validate`."""
    lines = [heading(job), *_returns_lines(run), *_most_lines(run), *_unclear_lines(run), *_gone_lines(job, run)]
    lines.append(f"Danh sách lỗi: {book}")
    if feedback:
        lines.append(f"Bản trả lại: {feedback} tệp trong {book.parent / 'feedback'}, gửi từng tệp cho đơn vị của nó")
    return [*lines, next_command(job, "consolidate")]


def status_text(job: Job, run: Consolidation, book: Path) -> list[str]:
    """After `status`."""
    left = days_left(job.plan, job.period, job.as_of)
    states = Counter(s.state for s in run.statuses)
    lines = [heading(job)]
    if job.period.due is None:
        lines.append("Hạn nộp: văn bản không định ngày; đặt bằng --due để biết báo cáo nào nộp muộn.")
    if job.period.due is not None and left is not None:
        when = f"còn {left} ngày" if left > 0 else "hôm nay là ngày cuối" if left == 0 else f"đã quá {-left} ngày"
        lines.append(f"Hạn nộp: trước ngày {day_text(job.period.due)} ({when})")
    lines.append(f"{len(run.statuses)} đơn vị phải báo cáo. Theo đơn vị:")
    lines += [f"  {REPORTING_WORDS[s]:<20}{states[s]:>5}" for s in ReportingState]
    named = (
        (ReportingState.LATE, "Nộp muộn"),
        (ReportingState.TO_BE_CORRECTED, "Cần sửa"),
        (ReportingState.MISSING, "Chưa nộp"),
    )
    for state, label in named:
        units = [s.unit.id for s in run.statuses if s.state is state]
        if units:
            lines.append(f"{label}: {names(job.plan, units)}")
    lines += [*_unclear_lines(run), *_gone_lines(job, run)]
    return [*lines, f"Chi tiết: {book}", next_command(job, "validate")]


def consolidation_text(job: Job, run: Consolidation, written: Written, *, gave_back: bool = False) -> list[str]:
    """After `consolidate`; `gave_back`: the marked copies were written by the same run."""
    lines = [heading(job), *_returns_lines(run)]
    if not run.checked.returns:
        lines.append(f"CHƯA CÓ BÁO CÁO NÀO trong {job.workspace.inputs}: xem đã đúng thư mục, đúng kỳ chưa.")
    lines += ["", "PHỤ LỤC 1"]
    lines += [_indicator_line(r) for r in run.indicators]
    tasks = Counter(t.status for t in run.tasks)
    overdue, at_risk = sum(1 for t in run.tasks if t.overdue), sum(1 for t in run.tasks if t.at_risk)
    stages = ", ".join(f"{OVERALL_STATUS_WORDS[s].lower()} {tasks[s]}" for s in OverallStatus)
    below = sum(1 for t in run.tasks if t.task.parent)
    among = f" (gồm {below} nhiệm vụ con)" if below else ""
    lines += [
        "",
        f"PHỤ LỤC 2: {len(run.tasks)} nhiệm vụ{among}: {stages}; quá hạn {overdue}, có nguy cơ chậm {at_risk}",
    ]
    lines += [*_unclear_lines(run), *_later_lines(run), *_gone_lines(job, run)]
    lines += ["", f"Sổ tổng hợp: {written.book}", *_report_lines(job, written)]
    lines += [f"Trang tóm tắt, mở bằng trình duyệt: {written.page}", f"Số liệu cho phần mềm khác: {written.data}"]
    lines.append(f"Mở {written.book.name} để xem, in và ký.")
    if run.indicators:
        shown = next((r for r in run.indicators if r.value is not None), run.indicators[0]).indicator.code
        lines.append(f"Xem một con số từ tệp nào, ô nào ra:  {program()} explain {shown} {job.again}")
    if not gave_back and any(f.severity is not Severity.NOTE for f in run.checked.findings):
        again = f"{program()} validate {job.again}"
        lines.append(f"Khi nhận thêm báo cáo, hoặc chưa có bản trả lại cho đơn vị:  {again}")
    return [*lines, *([next_command(job, "status")] if gave_back else [])]


def stale_report_lines(job: Job, written: Written) -> list[str]:
    """Say that a report with somebody's own words stands there with the numbers of an earlier run."""
    if written.report is not None or written.former_report is None:
        return []
    return [
        f"CHÚ Ý: {written.former_report} đã được sửa tay (hoặc đang mở) nên giữ nguyên: số liệu ở đó là của lần trước.",
        f"  Soạn bản mới (bản ấy được cất sang tên khác):  {program()} consolidate {job.again} --report",
    ]


def _report_lines(job: Job, written: Written) -> list[str]:
    """Where the Word report is, and what became of one in which somebody has written."""
    if written.report is None:
        asked = f"{program()} consolidate {job.again} --report"
        return stale_report_lines(job, written) or [f"Cần báo cáo Word thì chạy:  {asked}"]
    lines = [f"Báo cáo Word: {written.report} (hoàn chỉnh các chỗ tô vàng trước khi trình ký)"]
    if written.former_report is not None:
        lines.append(f"  Bản đã sửa tay được giữ lại ở: {written.former_report}")
    return lines


def _indicator_line(r: IndicatorResult) -> str:
    value = rounded(r.value, r.indicator.decimals)
    unit = shown_unit(r.indicator).lower()
    none = (CONFLICT_FIGURE if r.conflicts else NO_FIGURE).lower()
    shown = none if value is None else f"{vietnamese(value)} {unit}".strip()
    if r.estimated and value is not None:
        shown += " (ước)"
    out = f", {len(r.not_applicable)} không áp dụng" if r.not_applicable else ""
    coverage = f"{len(r.included)}/{len(r.expected)} đơn vị{out}"
    verdict = TARGET_VERDICT_WORDS[r.verdict]
    return f"  {r.indicator.short:<26}{shown:>22}   {coverage:<32}   {verdict:<17} {r.indicator.code}"
