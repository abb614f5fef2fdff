"""What units said of a task, in the words of "Phụ lục 2": results, documents, contributions, marks.

Texts only, from a finished TaskResult. Units that say the same are named together, and what would make a printed row
too tall is left to "Dữ liệu", with a count of what was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consolidate.model import OVERALL_STATUS_WORDS, Consolidation, OverallStatus, TaskPart, TaskResult
from consolidate.past import COMPARED_WORDS, Compared, TaskBefore, before
from consolidate.spelled import exact
from consolidate.tasks import RISK_RULE, STATUS_RULE, is_open
from consolidate.workbook.canvas import Canvas, listed
from plan.dates import day_text
from plan.model import Period, Role
from plan.period import previous_period
from plan.shown import shown_numbers
from plan.text_fit import shortened
from plan.words import TaskStatus

OVERDUE = "Quá hạn"
AT_RISK = "Có nguy cơ chậm"
OVERDUE_RULE = (
    "“Quá hạn”: thời hạn đã qua trước ngày cuối kỳ báo cáo và trước ngày tổng hợp mà nhiệm vụ chưa hoàn thành."
)
MARK_RULE = f"{OVERDUE_RULE} {RISK_RULE}"
TASK_RULE = f"{STATUS_RULE} {MARK_RULE}"

_LONGEST_RESULT = 220
_LONGEST_CONTRIBUTION = 170
_LONGEST_DOCUMENTS = 110
_ONE_TEXT = 220
_SEE_DATA = "… (xem tiếp ở trang “Dữ liệu”)"


def status_text(mark: str, status: OverallStatus) -> str:
    """The status in words, below its mark where it has one: counts look for what the text begins or ends with."""
    word = OVERALL_STATUS_WORDS[status]
    return f"{mark}\n{word}" if mark else word


def mark_of(result: TaskResult, status: OverallStatus) -> str:
    """Why a task that stands at `status` for somebody is pressing, "" where it is not."""
    if not is_open(status):
        return ""
    return OVERDUE if result.overdue else AT_RISK if result.at_risk else ""


def results_text(canvas: Canvas, parts: Sequence[TaskPart], *, named: bool = True) -> str:
    """What the given leads of a task have reached, one text a line; `named`: behind who says so."""
    return _cut_between(_said(canvas, parts, named=named), _LONGEST_RESULT, "đơn vị")


def belied_text(canvas: Canvas, result: TaskResult) -> str:
    """A sentence where open sub-tasks belie a task that is said to be completed, else ""."""
    if not result.open_below:
        return ""
    numbers = shown_numbers(canvas.run.plan.tasks)
    below = ", ".join(numbers[code].rstrip(".") for code in result.open_below)
    return f"Báo hoàn thành nhưng nhiệm vụ con {below} chưa hoàn thành."


def progress_text(run: Consolidation, result: TaskResult) -> str:
    """How far the leads of a task are, beside the one number of the slowest, and what was last known of it; or ""."""
    known, said = before(run, result), []
    if len(result.leads) > 1 and any(result.counts.values()):
        said.append(f"{result.counts[TaskStatus.COMPLETED]}/{len(result.leads)} đơn vị chủ trì hoàn thành.")
    if result.status is OverallStatus.NOT_ENOUGH_REPORTS:
        said.append(_silence_text(run, result, known))
    elif known and known.progress is not None and result.progress is not None and result.progress < known.progress:
        word = period_word(run, known.period)
        earlier = word if word == COMPARED_WORDS[Compared.PREVIOUS] else f"{word}:"
        said.append(f"Tiến độ {exact(result.progress)}% ({earlier} {exact(known.progress)}%).")
    return "\n".join(filter(None, said))


def _silence_text(run: Consolidation, result: TaskResult, known: TaskBefore | None) -> str:
    """A task that its leads have left without enough reports: that its time is over, and where it stood."""
    silent = "chủ trì chưa báo cáo đủ" if any(result.counts.values()) else "chủ trì chưa báo cáo"
    if result.overdue:
        silent = f"Hết thời hạn, {silent}"
    elif known is None:
        return ""
    if known is None:
        return f"{silent}."
    progress = "" if known.progress is None else f", {exact(known.progress)}%"
    stood = f"{period_word(run, known.period)}: {OVERALL_STATUS_WORDS[known.status].lower()}{progress}"
    return f"{silent[0].upper()}{silent[1:]} ({stood})."


def period_word(run: Consolidation, period: Period) -> str:
    """An earlier period within a sentence: "kỳ trước" for the one before this, any other by its name."""
    latest = previous_period(run.plan, run.period)
    if latest is not None and latest.id == period.id:
        return COMPARED_WORDS[Compared.PREVIOUS]
    return f"{period.label[0].lower()}{period.label[1:]}"


def coordinators(result: TaskResult) -> tuple[TaskPart, ...]:
    """The parts of the coordinating units."""
    return tuple(p for p in result.parts if p.role is Role.COORDINATE)


def contributions_text(canvas: Canvas, result: TaskResult) -> str:
    """What the coordinating units have contributed, the texts that most units share first."""
    lines = sorted(_said(canvas, coordinators(result), named=True), key=lambda line: -line[1])
    return _cut_between(lines, _LONGEST_CONTRIBUTION, "đơn vị")


def documents_text(canvas: Canvas, parts: Sequence[TaskPart], *, named: bool = True) -> str:
    """The documents issued, each with its number and date, `named`: and who named it, in the order of `parts`."""
    issued: dict[str, list[str]] = {}
    for part in parts:
        entry = part.entry
        if entry is None:
            continue
        number = " ".join(entry.document_number.split())
        day = f"ngày {day_text(entry.document_date)}" if entry.document_date else ""
        if number or day:
            issued.setdefault(f"{number or 'Văn bản không nêu số'} {day}".rstrip(), []).append(canvas.name(part.unit))
    lines = [(f"{document} ({listed(names, 2)})" if named else document, 1) for document, names in issued.items()]
    return _cut_between(lines, _LONGEST_DOCUMENTS, "văn bản")


def _said(canvas: Canvas, parts: Iterable[TaskPart], *, named: bool) -> list[tuple[str, int]]:
    """(line, units) of every different result, in the order in which it is first said."""
    said: dict[str, list[str]] = {}
    for part in parts:
        text = " ".join(part.entry.result.split()) if part.entry is not None else ""
        if text:
            said.setdefault(text, []).append(canvas.name(part.unit))
    return [(f"{listed(names, 2)}: {text}" if named else text, len(names)) for text, names in said.items()]


def _cut_between(lines: Sequence[tuple[str, int]], longest: int, what: str) -> str:
    """Join `lines` while they stay short enough to print; say how many of `what` are left to the data sheet."""
    kept: list[str] = []
    left, free = 0, longest
    for line, weight in lines:
        text = shortened(line, _ONE_TEXT, _SEE_DATA)
        if left or (kept and len(text) > free):
            left += weight
            continue
        kept.append(text)
        free -= len(text)
    if left:
        kept.append(f"… và {left} {what} khác (xem trang “Dữ liệu”)")
    return "\n".join(kept)
