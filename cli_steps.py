"""The steps of a period, each a call or two into the rooms: draw, fill in for practice, read, give back, write.

Commands string them together; nothing is printed here but progress. Rooms are imported inside the steps, so
that --help never waits for pandas. This is the one place where the ledger meets the other rooms.
"""

# ruff: noqa: PLC0415  (lazy imports are the point of this module)

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cli_job import Job
from cli_report import no_deadline, progress
from plan.atomic import writable_folder
from plan.dates import moment_text
from plan.layout import layout_for
from plan.model import PlanError
from plan.period import deadline, previous_period

if TYPE_CHECKING:
    from consolidate.model import Consolidation
    from consolidate.outbox import Written
    from ledger.book import Ledger
    from ledger.model import FormerFile, Occasion
    from templates.issue import IssueReport
    from templates.previous import Previous
    from templates.rehearsal_truth import Truth
    from validation.inbox import Received


def memory(job: Job) -> Ledger:
    """Open the ledger of the job's workspace; what is rehearsed never goes into the department's own database."""
    from ledger.book import ledger_url, open_ledger

    root = job.workspace.root
    rehearsal = job.rehearses or any(job.workspace.inputs.parent.glob("*.truth.json"))
    return open_ledger(ledger_url(root, os.environ, rehearsal=rehearsal))


def occasion(job: Job) -> Occasion:
    """The plan, period and moment under which the ledger books what it sees."""
    from ledger.model import Occasion

    return Occasion(job.plan.id, job.period.id, job.as_of)


def known_before(job: Job) -> Mapping[str, Previous]:
    """Return unit id -> what the ledger remembers of it from the period that ended before this one."""
    from ledger.previous import previous_values

    before = previous_period(job.plan, job.period)
    with memory(job) as ledger:
        nearest = ledger.earlier(job.plan, job.period, most=1)
    return {unit: values for e in nearest if e.period == before for unit, values in previous_values(e).items()}


def issue(job: Job, units: tuple[str, ...]) -> IssueReport:
    """Draw the templates of all units, or of `units`, with what each reported last period."""
    from templates.issue import issue_templates

    writable_folder(job.workspace.inputs)  # where the returns are to be put
    earlier = known_before(job)
    with progress("Tạo biểu mẫu", job.quiet) as on_done:
        return issue_templates(job.plan, job.period, job.workspace.templates, units, earlier, on_done)


def rehearse(job: Job, seed: int, *, clean: bool) -> Truth:
    """Return the templates as units would, into the workspace's inputs; returns the truth that was typed."""
    from templates.rehearsal import Rehearsal
    from templates.rehearsal import simulate as send_back

    job = replace(job, rehearses=True)
    if not job.chose_workspace:
        raise PlanError("Điền thử không ghi vào thư mục làm việc thật. Thêm --workspace, ví dụ --workspace tap-duot.")
    due = deadline(job.plan, job.period)
    if due is None:
        raise PlanError(*no_deadline(job))
    if not any(job.workspace.templates.glob("*.xlsx")):
        issue(job, ())
    settings = Rehearsal(job.workspace.templates, job.workspace.inputs, seed, due, clean)
    with progress("Điền thử", job.quiet) as on_done:
        return send_back(job.plan, job.period, settings, on_done)


def examined(job: Job, *, only_looks: bool = False, may_be_empty: bool = False) -> Consolidation:
    """Read, check, remember and consolidate everything that has come in. Raises PlanError when there is nothing.

    Who `only_looks` may find an empty folder, and leaves what counted in the ledger as it was; so does whoever finds
    it empty though it `may_be_empty`: a folder emptied by mistake must not empty the memory too.
    """
    from consolidate.run import consolidate as put_together
    from validation.check import check_returns
    from validation.inbox import files_in, name_of

    folder = job.workspace.inputs
    if not folder.is_dir():
        raise PlanError(
            f"Chưa có thư mục nhận báo cáo “{folder}”. Kiểm tra có đứng đúng thư mục làm việc không; "
            "lệnh template tạo thư mục này."
        )
    tops = {name_of(path, folder) for path in files_in(folder)}
    only_looks = only_looks or (may_be_empty and not tops)
    if not only_looks and not tops:
        raise PlanError(
            f"Chưa có báo cáo nào trong “{folder}”. Chép các tệp đơn vị gửi về vào thư mục này rồi chạy lại."
        )
    with memory(job) as ledger, progress("Đọc báo cáo", job.quiet) as on_done:
        if ledger.is_new and tops:
            job.say("Sổ ghi nhớ mới được lập: chưa biết gì về những lần chạy trước, kể cả tệp đã rút.")
        earlier = ledger.earlier(job.plan, job.period)
        received = _received(job, ledger, tops, on_done)
        checked = check_returns(job.plan, job.period, received, deadline(job.plan, job.period), earlier)
        if not only_looks:
            ledger.conclude(occasion(job), checked)
        gone = ledger.gone(occasion(job), tops, {r.sha256 for r in checked.returns})
    consolidation = put_together(job.plan, job.period, job.as_of, checked, earlier)
    return replace(consolidation, gone=gone, rehearsal=job.workspace.truth.is_file())


def _received(
    job: Job, ledger: Ledger, tops: Collection[str], on_done: Callable[[int, int], None]
) -> Iterator[Received]:
    """Every file of the folder, its bytes remembered before it is judged; then the versions that were copied over."""
    from ledger.model import KeptFile
    from validation.inbox import receive
    from validation.parcel import SetAside
    from validation.raw import Fault

    zone = ZoneInfo(job.plan.time_zone)
    withdrawn = ledger.withdrawn(occasion(job))
    on_disk: dict[str, str] = {}
    for r in receive(job.workspace.inputs, zone, on_done):
        if not r.sha256:  # its bytes could not be had: nothing to remember, and the finding says so
            yield r
            continue
        if r.file == r.top:
            on_disk[r.top] = r.sha256
        kept = KeptFile(r.file, r.top, on_disk[r.top], r.sha256, r.size, r.received_at, r.sender, r.data)
        received_at, came_at = ledger.keep(occasion(job), kept, tops)
        reason = withdrawn.get((r.file, r.sha256))
        content = r.content if reason is None else SetAside((Fault("WITHDRAWN", {"reason": reason}),))
        yield replace(r, received_at=received_at, came_at=came_at, content=content, data=b"")
    for former in ledger.overwritten(occasion(job), on_disk):
        yield from _read_again(former, zone)


def _read_again(former: FormerFile, zone: ZoneInfo) -> Iterator[Received]:
    """A version whose name another file has taken, under a name of its own; unreadable ones are asked for no more."""
    from validation.inbox import receive_bytes
    from validation.raw import Fault, RawBook

    moment = former.received_at.astimezone(zone)
    stem, dot, extension = former.file.rpartition(".")
    mark = f"bản nhận {moment:%d-%m-%Y %Hh%M}, mã {former.sha256[:8]}"
    name = f"{stem or extension} ({mark}){dot}{extension if stem else ''}"
    again = receive_bytes(name, former.top, former.data, moment, former.sender)
    if isinstance(again.content, RawBook):
        facts = {"received": moment_text(moment), "now": former.file}
        notes = (*again.content.notes, Fault("OVERWRITTEN_VERSION", facts))
        yield replace(again, content=replace(again.content, notes=notes), data=b"", came_at=former.came_at)


def give_back(job: Job, consolidation: Consolidation) -> int:
    """Write findings and feedback copies; returns how many copies."""
    from templates.draw import draw_template
    from validation.outbox import Occasion, Sources, write_feedback, write_findings

    run = Occasion(job.workspace, job.plan, job.period, job.as_of)
    write_findings(run, consolidation.checked)
    units = {u.id: u for u in job.plan.units}
    known = cache(lambda: known_before(job))  # most runs redraw nothing

    def blank(unit: str) -> bytes:
        layout = layout_for(job.plan, units[unit], job.period)
        return draw_template(layout, known().get(unit, {}), deadline(job.plan, job.period))

    with memory(job) as ledger, progress("Tạo bản trả lại", job.quiet) as on_done:
        sources = Sources(bytes_of=lambda r: ledger.content(r.sha256) or b"", blank_of=blank)
        return len(write_feedback(run, consolidation.checked, sources, on_done))


def write_results(job: Job, consolidation: Consolidation, *, with_report: bool) -> Written:
    """Write the consolidated workbook, its JSON and its page, and the Word report when asked for."""
    from consolidate.outbox import write_consolidation

    return write_consolidation(job.workspace, consolidation, with_report=with_report)
