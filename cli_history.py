"""`history`: what the ledger remembers of a unit's files, how they differ, and how to take one out of the count.

Makes lines and passes wishes on to the ledger; what counts is decided by the next validation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cli_job import Job
from cli_report import heading, next_command, program
from cli_steps import memory, occasion
from plan.atomic import writable_folder, write_atomically
from plan.dates import moment_text
from plan.model import Plan, PlanError, Unit
from plan.naming import unit_named
from plan.shown import row_names
from validation.model import VERDICT_WORDS, Verdict

if TYPE_CHECKING:
    from ledger.model import Version

_SHOWN_DIGITS = 12  # of a SHA-256: enough to name one file among all that a department ever gets
_FEWEST_DIGITS = 4
_SHOWN_DIFFERENCES = 40


def overview(job: Job) -> list[str]:
    """Who has sent more than one file, and the files that belong to nobody."""
    with memory(job) as ledger:
        sent = ledger.all_versions(occasion(job))
    read = {unit: [v for v in versions if v.verdict is not None] for unit, versions in sent.items()}
    several = [f"  {u.name} ({u.id}): {len(read[u.id])} bản" for u in job.plan.units if len(read.get(u.id, ())) > 1]
    lines = [heading(job), f"Sổ ghi nhớ giữ {sum(map(len, sent.values()))} tệp của kỳ này."]
    lines += ["Đơn vị gửi nhiều bản:", *several] if several else ["Không đơn vị nào gửi quá một bản."]
    unknown = [v for v in read.get("", ()) if v.in_folder]
    if unknown:
        lines += [f"Chưa rõ của đơn vị nào ({len(unknown)} tệp):", *(f"  {v.file}" for v in unknown)]
    return [*lines, f"Xem một đơn vị:  {program()} history {job.again} --unit MÃ_HOẶC_TÊN_ĐƠN_VỊ"]


def unit_history(job: Job, named: str) -> list[str]:
    """Every file of one unit in order of receipt, and what each changed against the one before."""
    unit = unit_named(job.plan, named)
    versions = _versions(job, unit)
    if not versions:
        return [heading(job), f"Sổ ghi nhớ chưa có tệp nào của {unit.name}.", next_command(job, "status")]
    lines = [heading(job), f"{unit.name} đã gửi {len(versions)} bản:"]
    lines += [_version_line(v, versions) for v in versions]
    for older, newer in pairwise([v for v in versions if v.indicator_entries or v.task_entries]):
        lines += ["", *_difference_lines(job.plan, older, newer)]
    again = f"{program()} history {job.again} --unit {unit.id}"
    lines += ["", f'Không tính một bản nữa:  {again} --withdraw SỐ_BẢN --reason "LÝ DO"']
    if any(v.withdrawn for v in versions):
        lines.append(f"Tính lại bản đã rút:     {again} --restore SỐ_BẢN")
    return [*lines, f"Lấy lại nguyên bản:      {again} --save SỐ_BẢN"]


def withdraw(job: Job, named: str, which: str, reason: str) -> list[str]:
    """Take one file out of the count, with its reason; its bytes stay in the ledger."""
    if not reason.strip():
        raise PlanError('Thiếu lý do. Thêm --reason, ví dụ: --reason "Đơn vị báo gửi nhầm bản cũ"')
    unit = unit_named(job.plan, named)
    version = _named(job, unit, which)
    with memory(job) as ledger:
        ledger.withdraw(occasion(job), (version.file, version.sha256), reason.strip())
    return [
        f"Đã rút bản {version.number} của {unit.name}: {version.file}. Nguyên bản vẫn được giữ trong sổ ghi nhớ.",
        f"Muốn tính lại:  {program()} history {job.again} --unit {unit.id} --restore {version.number}",
        next_command(job, "validate"),
    ]


def restore(job: Job, named: str, which: str) -> list[str]:
    """Let a withdrawn file count again."""
    unit = unit_named(job.plan, named)
    version = _named(job, unit, which)
    with memory(job) as ledger:
        ledger.withdraw(occasion(job), (version.file, version.sha256), "")
    return [f"Bản {version.number} của {unit.name} lại được xét: {version.file}.", next_command(job, "validate")]


def save(job: Job, named: str, which: str) -> list[str]:
    """Write the bytes of one file, as they came, into the period's folder "ban-goc"."""
    version = _named(job, unit_named(job.plan, named), which)
    with memory(job) as ledger:
        data = ledger.content(version.sha256)
    if data is None:
        raise PlanError(f"Tệp {version.file} quá lớn nên sổ ghi nhớ chỉ giữ mã của nó, không giữ nội dung.")
    name = version.file.rpartition("/")[2]
    path = writable_folder(job.workspace.outputs / "ban-goc") / f"{version.sha256[:_SHOWN_DIGITS]}_{name}"
    write_atomically(path, data)
    return [
        f"Đã lấy nguyên bản ra {path}",
        f"Muốn tính lại bản này: chép vào {job.workspace.inputs}, đặt tên {name}, rồi chạy lệnh dưới.",
        next_command(job, "validate"),
    ]


def _versions(job: Job, unit: Unit) -> tuple[Version, ...]:
    with memory(job) as ledger:
        return ledger.versions(occasion(job), unit.id)


def _named(job: Job, unit: Unit, which: str) -> Version:
    """The version of that number in the list, or whose SHA-256 begins so. Raises PlanError when it is not one."""
    versions = _versions(job, unit)
    wanted = which.strip().lower()
    if wanted.isdecimal() and len(wanted) < _FEWEST_DIGITS:
        found = [v for v in versions if v.number == int(wanted)]
    else:
        found = [v for v in versions if len(wanted) >= _FEWEST_DIGITS and v.sha256.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(f"{v.number} (mã {v.sha256[:_SHOWN_DIGITS]})" for v in versions) or "chưa có bản nào"
        raise PlanError(
            f"Không rõ “{which}” là bản nào của {unit.name}. Ghi số thứ tự của bản, hoặc ít nhất {_FEWEST_DIGITS} "
            f"ký tự đầu của mã. Các bản: {known}."
        )
    return found[0]


def _version_line(v: Version, versions: Sequence[Version]) -> str:
    verdict = VERDICT_WORDS[v.verdict] if v.verdict else "chưa kiểm tra"
    sender = f", thư của {v.sender}" if v.sender else ""
    what = f"{v.file}  {verdict}, {_part(v, versions)}{sender}"
    return f"  {v.number}. {moment_text(v.received_at)}  {what}  mã {v.sha256[:_SHOWN_DIGITS]}"


def _part(v: Version, versions: Sequence[Version]) -> str:
    """Whether the version counts, and why it does not."""
    if v.counts:
        return "ĐANG TÍNH"
    if v.withdrawn:
        return f"đã rút: {v.withdrawn}"
    if v.verdict in (None, Verdict.UNREADABLE):
        return "không tính"
    if not v.in_folder and not any(other.counts for other in versions):
        return "không tính: tệp không còn trong thư mục nhận"
    counting = next((other.number for other in versions if other.counts), None)
    return "không tính: chờ hỏi lại đơn vị" if counting is None else f"không tính: đang dùng bản {counting}"


def _difference_lines(plan: Plan, older: Version, newer: Version) -> Iterator[str]:
    from validation.differences import Entry, differences  # noqa: PLC0415 (only where versions are compared)

    def entries(v: Version) -> Sequence[Entry]:
        return (*v.indicator_entries, *v.task_entries)

    names = row_names(plan)
    found = list(differences((older.file, entries(older)), (newer.file, entries(newer))))
    yield f"Bản {newer.number} so với bản {older.number}: " + (f"{len(found)} ô khác" if found else "số liệu như nhau")
    for d in found[:_SHOWN_DIFFERENCES]:
        name = names.get(f"{d.row}.{d.field}") or names.get(d.row, d.row)
        yield f"  {d.sheet}, ô {d.cell}: {d.before or 'trống'} → {d.after or 'trống'}  ({name})"
    if len(found) > _SHOWN_DIFFERENCES:
        yield f"  và {len(found) - _SHOWN_DIFFERENCES} ô khác; xem trang “So các bản gửi” của findings.xlsx"
