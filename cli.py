"""The command line of tonghop: parses, calls one function of a room, says what happened, exits.

Exit codes: 0 clean, 1 findings of severity error (outputs are still written), 2 cannot work with what
was given (clear Vietnamese lines, no traceback). Anything else is a bug and keeps its traceback.
`status` only looks: it exits 0 whatever it finds. Rooms are imported inside the commands, so that --help
never waits for pandas.
"""

# ruff: noqa: PLC0415  (lazy imports are the point of this module; printing is its job)

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from cli_job import DEFAULT_PLAN, Job, job_from
from cli_plan import plan_group
from cli_report import no_deadline, program
from cli_steps import examined, give_back, issue, rehearse, write_results
from cli_vietnamese import Group, fault_line, name_program
from plan.model import PlanError

if TYPE_CHECKING:
    from consolidate.model import Consolidation

CLEAN, FINDINGS, CANNOT = 0, 1, 2


def common(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command on a period shares."""
    options = (
        click.option(
            "--plan",
            "plan_id",
            default=DEFAULT_PLAN,
            metavar="KẾ_HOẠCH",
            help="Mã, thư mục hoặc sổ Excel kế hoạch [ninh-binh-syt].",
        ),
        click.option("--period", "period_text", metavar="KỲ", help="Kỳ báo cáo, ví dụ 2026-H1, 6T/2026, 2026-Y."),
        click.option("--workspace", metavar="THƯ_MỤC", help="Thư mục chứa inputs và outputs [thư mục này]."),
        click.option(
            "--due", metavar="NGÀY", help="Đặt hạn nộp của kỳ: phải nhận được trước ngày này, ví dụ 20/6/2026."
        ),
        click.option("--as-of", metavar="THỜI_ĐIỂM", help='Thời điểm coi là bây giờ, ví dụ "09/6/2026 22:00".'),
        click.option(
            "--format", "output", type=click.Choice(["text", "json"]), default="text", help="Cách in kết quả [text]."
        ),
        click.option("--quiet", is_flag=True, help="Không in gì, trừ khi lệnh không chạy được."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def refuse_draft(job: Job) -> None:
    """Raise PlanError while a program's proposals stand unconfirmed: nothing goes out to units on a guess."""
    plan = job.plan
    marks = [row.confirm for row in plan.indicators] + [row.confirm for row in plan.tasks]
    rows = sum(1 for mark in marks + [unit.confirm for unit in plan.units] if mark)
    if rows:
        raise PlanError(
            f"Kế hoạch {job.plan.id} là bản nháp: còn {rows} dòng có ô do máy đề xuất, chưa ai xác nhận.",
            "Mở sổ kế hoạch bằng Excel, xem các ô được tô màu, sửa nếu cần, rồi xóa chữ ở “Cột còn phải xác nhận”. "
            f"Chưa có sổ thì: {program()} plan export ke-hoach.xlsx --plan {job.typed_plan}",
            "Muốn thử trước khi xác nhận thì dùng lệnh demo.",
        )


def exit_code(consolidation: Consolidation) -> int:
    """1 when a finding of severity error stands, else 0."""
    from validation.model import Severity

    return FINDINGS if any(f.severity is Severity.ERROR for f in consolidation.checked.findings) else CLEAN


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tonghop", message="tonghop %(version)s", help="Hiện phiên bản rồi thoát.")
def tonghop() -> None:
    """Thu nhận, kiểm tra và tổng hợp báo cáo thực hiện kế hoạch của các đơn vị bằng Excel.

    Chạy thử cả một kỳ với số liệu giả:  tonghop demo

    \b
    Một kỳ báo cáo thật:
      tonghop template --period 2026-H1      tạo biểu mẫu gửi đơn vị
      (chép tệp đơn vị gửi về vào inputs/ninh-binh-syt/2026-H1/)
      tonghop status --period 2026-H1        ai đã gửi, ai chưa
      tonghop validate --period 2026-H1      kiểm tra, trả lại chỗ cần sửa
      tonghop consolidate --period 2026-H1   tổng hợp Phụ lục 1, Phụ lục 2; thêm --report để có báo cáo Word
      tonghop explain MÃ --period 2026-H1    một con số từ tệp nào, ô nào ra
      tonghop history --period 2026-H1       các bản đã gửi, rút hay lấy lại một bản

    Mã thoát: 0 không còn lỗi, 1 còn lỗi ở báo cáo (kết quả vẫn được ghi), 2 lệnh không chạy được.
    """


tonghop.add_command(plan_group)


@tonghop.command()
@common
@click.option("--unit", "units", multiple=True, metavar="MÃ", help="Chỉ tạo cho đơn vị này; dùng được nhiều lần.")
def template(units: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Tạo biểu mẫu Excel cho từng đơn vị.

    Ví dụ: tonghop template --period 2026-H1 --unit phuong-hoa-lu
    """
    from cli_report import template_text

    job = job_from(options)
    refuse_draft(job)
    if job.period.due is None:
        raise PlanError(*no_deadline(job))
    issued = issue(job, units)
    job.keep_deadline()
    if job.as_json:
        click.echo((job.workspace.templates / "manifest.json").read_text(encoding="utf-8"), nl=False)
    job.say(*template_text(job, issued, job.workspace.templates))


@tonghop.command()
@common
@click.option("--seed", default=72, metavar="SỐ", help="Số bất kỳ; cùng số thì ra cùng số liệu giả [72].")
@click.option("--clean", is_flag=True, help="Mọi đơn vị gửi đúng, đủ, đúng hạn.")
def simulate(seed: int, clean: bool, **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Điền thử biểu mẫu như các đơn vị sẽ điền, có tệp đúng và tệp lỗi, để tập dượt.

    Ví dụ: tonghop simulate --period 2026-H1 --workspace tap-duot
    """
    from cli_report import simulation_text

    job = job_from(options)
    refuse_draft(job)
    truth = rehearse(job, seed, clean=clean)
    job.keep_deadline()
    if job.as_json:
        click.echo(job.workspace.truth.read_text(encoding="utf-8"), nl=False)
    job.say(*simulation_text(job, truth, job.workspace.inputs))


@tonghop.command()
@common
def validate(**options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Kiểm tra mọi tệp đơn vị gửi về, tạo bản trả lại có đánh dấu chỗ cần sửa.

    Ví dụ: tonghop validate --period 2026-H1
    """
    from cli_report import validation_text

    job = job_from(options)
    consolidation = examined(job)
    feedback = give_back(job, consolidation)
    job.keep_deadline()
    if job.as_json:
        click.echo((job.workspace.outputs / "findings.json").read_text(encoding="utf-8"), nl=False)
    job.say(*validation_text(job, consolidation, job.workspace.outputs / "findings.xlsx", feedback))
    sys.exit(exit_code(consolidation))


@tonghop.command()
@common
def status(**options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Xem ai đã gửi, ai cần sửa, ai chưa gửi, còn mấy ngày.

    Ví dụ: tonghop status --period 2026-H1 --as-of "09/6/2026 22:00"
    """
    from cli_report import status_text
    from consolidate.outbox import write_status

    job = job_from(options)
    consolidation = examined(job, only_looks=True)
    book, data = write_status(job.workspace, consolidation)
    job.keep_deadline()
    if job.as_json:
        click.echo(data.read_text(encoding="utf-8"), nl=False)
    job.say(*status_text(job, consolidation, book))


@tonghop.command()
@common
@click.option("--report", is_flag=True, help="Soạn cả báo cáo Word (bao-cao.docx) từ số liệu tổng hợp.")
def consolidate(report: bool, **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Kiểm tra rồi tổng hợp Phụ lục 1, Phụ lục 2 từ những gì đã nhận được.

    \b
    Ví dụ: tonghop consolidate --period 2026-H1
           tonghop consolidate --period 2026-H1 --report
    """
    from cli_report import consolidation_text, stale_report_lines

    job = job_from(options)
    consolidation = examined(job, may_be_empty=True)
    written = write_results(job, consolidation, with_report=report)
    job.keep_deadline()
    if job.as_json:
        click.echo(written.data.read_text(encoding="utf-8"), nl=False)
    if job.as_json or job.quiet:  # old numbers beside new ones are never left unsaid
        click.echo("\n".join(stale_report_lines(job, written)), err=True, nl=bool(written.former_report))
    job.say(*consolidation_text(job, consolidation, written))
    sys.exit(exit_code(consolidation))


@tonghop.command()
@click.argument("code", metavar="MÃ")
@common
@click.option("--unit", metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị: chỉ xem phần của đơn vị này.")
def explain(code: str, unit: str | None, **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Xem một con số từ đâu ra: của đơn vị nào, tệp nào, ô nào, ai còn thiếu.

    MÃ là mã hay tên chỉ tiêu, nhiệm vụ, hoặc số thứ tự in trong phụ lục: BHYT_COVERAGE,
    "bao phu bhyt", NV-II-5, PL1.14.

    \b
    Ví dụ: tonghop explain BHYT_COVERAGE --period 2026-H1
           tonghop explain BHYT_COVERAGE --period 2026-H1 --unit "Gia Viễn"
    """
    from cli_explain import explanation_json, explanation_text
    from consolidate.explain.figure import explain as explained
    from plan.naming import row_named, unit_named

    job = job_from(options)
    row_named(job.plan, code)  # a slip of the pen is told at once, not after 150 files have been read
    if unit is not None:
        unit_named(job.plan, unit)
    explanation = explained(examined(job, only_looks=True), code, unit)
    if job.as_json:
        click.echo(explanation_json(explanation), nl=False)
    job.say(*explanation_text(job, explanation))


@tonghop.command()
@common
@click.option("--unit", metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị cần xem từng bản đã gửi.")
@click.option(
    "--withdraw", "withdrawn", metavar="SỐ_BẢN", help="Thôi tính bản này; cần --reason. Số bản xem bằng --unit."
)
@click.option("--reason", default="", metavar="LÝ_DO", help="Lý do rút, được lưu lại.")
@click.option("--restore", "restored", metavar="SỐ_BẢN", help="Tính lại bản đã rút.")
@click.option("--save", "saved", metavar="SỐ_BẢN", help="Lấy nguyên bản ra thư mục ban-goc.")
def history(unit: str | None, **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Xem mọi bản một đơn vị đã gửi trong kỳ: bản nào được tính, các bản khác nhau ở ô nào.

    \b
    Ví dụ: tonghop history --period 2026-H1 --unit xa-gia-vien
           tonghop history --period 2026-H1 --unit "Gia Viễn" --withdraw 2 --reason "Gửi nhầm bản cũ"
           tonghop history --period 2026-H1 --unit xa-gia-vien --save 1
    """
    import cli_history

    withdrawn, reason, restored, saved = (options.pop(k) for k in ("withdrawn", "reason", "restored", "saved"))
    job = job_from(options)
    if unit is None:
        if withdrawn or restored or saved:
            raise PlanError("Thiếu --unit: nói rõ tệp của đơn vị nào, ví dụ --unit xa-gia-vien.")
        job.say(*cli_history.overview(job))
    elif withdrawn:
        job.say(*cli_history.withdraw(job, unit, withdrawn, reason))
    elif restored:
        job.say(*cli_history.restore(job, unit, restored))
    elif saved:
        job.say(*cli_history.save(job, unit, saved))
    else:
        job.say(*cli_history.unit_history(job, unit))


@tonghop.command()
@common
@click.option("--seed", default=72, metavar="SỐ", help="Số bất kỳ; cùng số thì ra cùng số liệu giả [72].")
def demo(seed: int, **options: Any) -> None:  # noqa: ANN401 (click passes what common declares)
    """Chạy thử trọn một kỳ với số liệu giả: biểu mẫu, điền thử, kiểm tra, tổng hợp.

    Ví dụ: tonghop demo --period 2026-H1
    """
    from cli_demo import demo_options, demo_text, verdict_lines

    job = replace(job_from(demo_options(options)), rehearses=True)
    issued = issue(job, ())
    truth = rehearse(job, seed, clean=False)
    consolidation = examined(job)
    feedback = give_back(job, consolidation)
    written = write_results(job, consolidation, with_report=True)
    job.keep_deadline()
    matched, verdict = verdict_lines(truth, consolidation.checked)
    job.say(*demo_text(job, consolidation, (len(issued.files), feedback), written), "", *verdict)
    sys.exit(CLEAN if matched else FINDINGS)


def main() -> None:
    """Run the command line; turn faults of use into Vietnamese lines and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows would refuse Vietnamese letters
            stream.reconfigure(encoding="utf-8", errors="replace")
    # One short run that keeps what it makes: looking for cycles after every 700 objects costs a twentieth of it.
    gc.set_threshold(200_000, 50, 50)
    name_program(tonghop, program())
    try:
        tonghop.main(prog_name=program(), standalone_mode=False)
    except PlanError as fault:
        click.echo("\n".join(fault.lines), err=True)
        sys.exit(CANNOT)
    except click.UsageError as fault:
        click.echo(fault_line(fault), err=True)
        sys.exit(CANNOT)
    except click.Abort:
        click.echo("Đã dừng theo yêu cầu.", err=True)
        sys.exit(CANNOT)


if __name__ == "__main__":
    main()
