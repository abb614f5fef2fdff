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
from plan.model import PlanError
from validation.model import VERDICT_WORDS

if TYPE_CHECKING:
    from ledger.model import Version

_SHOWN_DIGITS = 12  # of a SHA-256: enough to name one file among all that a department ever gets
_FEWEST_DIGITS = 6
_SHOWN_DIFFERENCES = 40


def overview(job: Job) -> list[str]:
    """Who has sent more than one file, and the files that belong to nobody."""
    with memory(job) as ledger:
        sent = ledger.all_versions(occasion(job))
    unknown = sent.get("", ())
    several = [f"  {u.name} ({u.id}): {len(sent[u.id])} bản" for u in job.plan.units if len(sent.get(u.id, ())) > 1]
    lines = [heading(job), f"Sổ ghi nhớ giữ {sum(map(len, sent.values()))} tệp của kỳ này."]
    lines += ["Đơn vị gửi nhiều bản:", *several] if several else ["Không đơn vị nào gửi quá một bản."]
    if unknown:
        lines += [f"Chưa rõ của đơn vị nào ({len(unknown)} tệp):", *(f"  {v.file}" for v in unknown)]
    return [*lines, f"Xem một đơn vị:  {program()} history {job.again} --unit MÃ_ĐƠN_VỊ"]


def unit_history(job: Job, unit: str) -> list[str]:
    """Every file of one unit in order of receipt, and what each changed against the one before."""
    name = next((u.name for u in job.plan.units if u.id == unit), None)
    if name is None:
        raise PlanError(f"Kế hoạch {job.plan.id} không có đơn vị “{unit}”. Xem mã đơn vị bằng lệnh plan show.")
    with memory(job) as ledger:
        versions = ledger.versions(occasion(job), unit)
    if not versions:
        return [heading(job), f"Sổ ghi nhớ chưa có tệp nào của {name}.", next_command(job, "status")]
    lines = [heading(job), f"{name} đã gửi {len(versions)} bản:"]
    lines += [_version_line(v) for v in versions]
    for older, newer in pairwise([v for v in versions if v.indicator_entries or v.task_entries]):
        lines += ["", *_difference_lines(older, newer)]
    again = f"{program()} history {job.again} --unit {unit}"
    lines += ["", f"Không dùng một bản nữa:  {again} --withdraw MÃ --reason LÝ_DO"]
    return [*lines, f"Lấy lại nguyên bản:      {again} --save MÃ"]


def withdraw(job: Job, unit: str, digits: str, reason: str) -> list[str]:
    """Take one file out of the count, with its reason; its bytes stay in the ledger."""
    if not reason.strip():
        raise PlanError('Thiếu lý do. Thêm --reason, ví dụ: --reason "Đơn vị báo gửi nhầm bản cũ"')
    version = _named(job, unit, digits)
    with memory(job) as ledger:
        ledger.withdraw(occasion(job), version.sha256, reason.strip())
    said = f"Đã rút tệp {version.file} (mã {version.sha256[:_SHOWN_DIGITS]}). Nguyên bản vẫn được giữ trong sổ ghi nhớ."
    return [said, next_command(job, "validate")]


def save(job: Job, unit: str, digits: str) -> list[str]:
    """Write the bytes of one file, as they came, into the period's folder "ban-goc"."""
    version = _named(job, unit, digits)
    with memory(job) as ledger:
        data = ledger.content(version.sha256)
    if data is None:
        raise PlanError(f"Tệp {version.file} quá lớn nên sổ ghi nhớ chỉ giữ mã của nó, không giữ nội dung.")
    name = version.file.rpartition("/")[2]
    path = writable_folder(job.workspace.outputs / "ban-goc") / f"{version.sha256[:_SHOWN_DIGITS]}_{name}"
    write_atomically(path, data)
    return [f"Đã lấy nguyên bản ra {path}"]


def _named(job: Job, unit: str, digits: str) -> Version:
    """Return the one version whose SHA-256 begins so. Raises PlanError when none or several do."""
    wanted = digits.strip().lower()
    with memory(job) as ledger:
        versions = ledger.versions(occasion(job), unit)
    found = {v.sha256: v for v in versions if v.sha256.startswith(wanted)}
    if len(wanted) < _FEWEST_DIGITS or len(found) != 1:
        known = ", ".join(v.sha256[:_SHOWN_DIGITS] for v in versions) or "chưa có tệp nào"
        raise PlanError(f"Không có đúng một tệp mang mã “{digits}”. Các mã của đơn vị: {known}.")
    return next(iter(found.values()))


def _version_line(v: Version) -> str:
    verdict = VERDICT_WORDS[v.verdict] if v.verdict else "chưa kiểm tra"
    state = "ĐANG TÍNH" if v.counts else f"đã rút: {v.withdrawn}" if v.withdrawn else "không tính"
    sender = f", thư của {v.sender}" if v.sender else ""
    moment = f"{v.received_at:%H:%M %d/%m/%Y}"
    return f"  {v.number}. {moment}  {v.file}  {verdict}  {state}{sender}  mã {v.sha256[:_SHOWN_DIGITS]}"


def _difference_lines(older: Version, newer: Version) -> Iterator[str]:
    from validation.differences import Entry, differences  # noqa: PLC0415 (only where versions are compared)

    def entries(v: Version) -> Sequence[Entry]:
        return (*v.indicator_entries, *v.task_entries)

    found = list(differences((older.file, entries(older)), (newer.file, entries(newer))))
    yield f"Bản {newer.number} so với bản {older.number}: " + (f"{len(found)} ô khác" if found else "số liệu như nhau")
    for d in found[:_SHOWN_DIFFERENCES]:
        yield f"  {d.sheet}, ô {d.cell} ({d.row} {d.field}): {d.before or 'trống'} -> {d.after or 'trống'}"
    if len(found) > _SHOWN_DIFFERENCES:
        yield f"  và {len(found) - _SHOWN_DIFFERENCES} ô khác; xem trang “So các bản gửi” của findings.xlsx"
