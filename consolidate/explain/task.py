"""How the status and progress of a task of Appendix 2 came about: from its leads' cells, by the rule of the sheet.

Says what consolidate.tasks decided and why; coordinators are told beside it, since they never enter. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from consolidate.explain.absence import Row, absent, unit_name
from consolidate.explain.deadline import deadline_text, pressing_lines
from consolidate.explain.model import Cell, Column, Explanation, LeftOut, Share
from consolidate.explain.verdict import nobodys_files
from consolidate.model import OVERALL_STATUS_WORDS, Consolidation, OverallStatus, TaskPart, TaskResult
from consolidate.past import COMPARED_WORDS, before, compared_periods
from consolidate.rounding import rounded
from consolidate.spelled import exact
from consolidate.tasks import STATUS_RULE
from plan.dates import day_text
from plan.layout import TASK_COLUMNS, TASK_SHEET
from plan.model import Role, Task
from plan.shown import numbered, row_names, shown_numbers
from plan.words import ROLE_WORDS, STATUS_WORDS, TaskStatus
from validation.model import TaskEntry

_LABELS = {column.key: column.heading for column in TASK_COLUMNS}
_FIGURES = ("status", "progress")
_TEXTS = ("result", "document_number", "document_date", "difficulties", "proposals", "explanation")
_NAMED = 4  # so many units are named in a sentence; the table has the others


def explain_task(run: Consolidation, task: Task) -> Explanation:
    """Explain the status and progress of `task` for the whole plan."""
    result = next(r for r in run.tasks if r.task.code == task.code)
    reported = _sorted([p for p in result.leads if p.entry is not None])
    beside = [p for p in result.parts if p.role is not Role.LEAD and p.entry is not None]
    shares = tuple(_share(run, result, p) for p in reported)
    received = {r.file: r for r in run.checked.returns}
    return Explanation(
        plan=run.plan.id,
        period=run.period.id,
        period_label=run.period.label,
        as_of=run.as_of,
        code=task.code,
        title=numbered(shown_numbers(run.plan.tasks)[task.code], task.name),
        unit="",
        unit_name="",
        result=result,
        shown=_shown(result),
        exact=result.progress,
        rounded=rounded(result.progress, 2),
        rule=STATUS_RULE,
        working=_working(run, result),
        target=deadline_text(task),
        verdict=pressing_lines(run, result),
        coverage=_coverage(result),
        changes=_changes(run, result),
        notes=_notes(run, result),
        columns=(
            Column("status", _LABELS["status"], ""),
            Column("progress", _LABELS["progress"], "", result.progress),
        ),
        order="tình trạng, rồi % hoàn thành tăng dần",
        shares=shares,
        left_out=tuple(_left_out(run, task, p) for p in result.leads if p.entry is None),
        beside=tuple(_share(run, result, p) for p in _sorted(beside)),
        files=tuple(dict.fromkeys(received[s.file] for s in shares if s.file in received)),
    )


def _sorted(parts: Sequence[TaskPart]) -> list[TaskPart]:
    """The least advanced first; `parts` in the plan's order."""
    order = {status: n for n, status in enumerate(TaskStatus)}

    def place(part: TaskPart) -> tuple[int, Decimal]:
        entry = part.entry
        if entry is None or entry.status is None:
            return -1, Decimal(0)
        return order[entry.status], entry.progress if entry.progress is not None else Decimal(-1)

    return sorted(parts, key=place)


def _shown(result: TaskResult) -> str:
    word = OVERALL_STATUS_WORDS[result.status]
    return word if result.progress is None else f"{word}, {_percent(result.progress)}"


def _percent(value: Fraction | Decimal) -> str:
    return f"{exact(value)}%"


def _working(run: Consolidation, result: TaskResult) -> str:
    """What the leads reported, why that makes the status, and which of them sets the progress."""
    told = [f"{n} {STATUS_WORDS[s].lower()}" for s, n in result.counts.items() if n]
    silent = len(result.leads) - sum(result.counts.values())
    told += [f"{silent} chưa có báo cáo dùng được"] if silent else []
    counted = f"{len(result.leads)} đơn vị chủ trì: {', '.join(told) or 'văn bản không nêu ai'}"
    sentences = [f"{counted}. {_why_status(result)}"]
    if result.progress is not None:
        lowest = [unit_name(run, p.unit) for p in result.leads if _counted_progress(p) == result.progress]
        known = sum(1 for p in result.leads if _counted_progress(p) is not None)
        more = f" và {len(lowest) - _NAMED} đơn vị khác" if len(lowest) > _NAMED else ""
        of = f"thấp nhất trong {known} mức được báo" if known > 1 else "mức duy nhất được báo"
        sentences.append(f"% hoàn thành: {_percent(result.progress)}, {of}, của {', '.join(lowest[:_NAMED])}{more}.")
    return " ".join(sentences)


def _why_status(result: TaskResult) -> str:
    word = OVERALL_STATUS_WORDS[result.status].lower()
    doing = result.counts[TaskStatus.IN_PROGRESS]
    if result.status is OverallStatus.IN_PROGRESS:
        why = f"có {doing} đơn vị đang triển khai" if doing else "các đơn vị báo tình trạng khác nhau"
        return f"Vì {why} nên tình trạng chung là {word}."
    if result.status is OverallStatus.NOT_ENOUGH_REPORTS:
        return f"Chưa đủ báo cáo của các đơn vị chủ trì để kết luận nên tình trạng chung là {word}."
    aside = result.counts[TaskStatus.NOTHING] if result.status is not OverallStatus.NOTHING else 0
    but = f" (không tính {aside} đơn vị không phát sinh)" if aside else ""
    return f"Mọi đơn vị chủ trì{but} đều báo như vậy nên tình trạng chung là {word}."


def _counted_progress(part: TaskPart) -> Fraction | None:
    entry = part.entry
    if entry is None or entry.progress is None or entry.status is TaskStatus.NOTHING:
        return None
    return Fraction(entry.progress)


def _coverage(result: TaskResult) -> str:
    asked, told = len(result.leads), sum(result.counts.values())
    beside = [p for p in result.parts if p.role is not Role.LEAD]
    text = f"{told}/{asked} đơn vị chủ trì có báo cáo dùng được"
    if not beside:
        return f"{text}."
    with_entry = sum(1 for p in beside if p.entry is not None)
    return f"{text}; {with_entry}/{len(beside)} đơn vị phối hợp có báo cáo (không tính vào kết quả)."


def _changes(run: Consolidation, result: TaskResult) -> tuple[str, ...]:
    lines = []
    for compared, past in compared_periods(run).items():
        then = past.tasks.get(result.task.code)
        if then is not None:
            lines.append(f"{COMPARED_WORDS[compared].capitalize()} ({past.period.label}): {_shown(then).lower()}.")
    known, told = before(run, result), [past.period for past in compared_periods(run).values()]
    if known is not None and known.period not in told:
        word = OVERALL_STATUS_WORDS[known.status].lower()
        progress = "" if known.progress is None else f", {_percent(known.progress)}"
        lines.append(f"Kỳ gần nhất đủ báo cáo ({known.period.label}): {word}{progress}.")
    return tuple(lines)


def _notes(run: Consolidation, result: TaskResult) -> tuple[str, ...]:
    names, lines = row_names(run.plan), []
    if result.task.parent:
        lines.append(f"Là nhiệm vụ con của {names[result.task.parent]} ({result.task.parent}).")
    if result.open_below:
        lines.append(
            f"Nhiệm vụ con chưa xong: {', '.join(result.open_below)}; nhiệm vụ này vẫn lấy theo đơn vị chủ trì."
        )
    lacking = sum(result.counts.values()) < len(result.leads)
    return (*lines, *nobodys_files(run, lacking=lacking))


def _share(run: Consolidation, result: TaskResult, part: TaskPart) -> Share:
    entry = part.entry
    if entry is None:
        raise ValueError(f"{part.unit} has no share in {result.task.code}")
    status = STATUS_WORDS[entry.status] if entry.status else None
    progress = None if entry.progress is None else Fraction(entry.progress)
    scope = f"{ROLE_WORDS[part.role]}: {part.scope}" if part.scope else ""
    sets = part.role is Role.LEAD and result.progress is not None and _counted_progress(part) == result.progress
    at = entry.cells.get("progress", "")
    lowest = f"mức thấp nhất{f', ô {at}' if at else ''}" if sets and len(result.leads) > 1 else ""
    return Share(
        unit=part.unit,
        name=unit_name(run, part.unit),
        values=(status, progress),
        remark="; ".join(filter(None, (scope, lowest))),
        file=entry.file,
        cells=task_cells(entry, part, result),
        texts=tuple((_LABELS[key], text) for key in _TEXTS if (text := _text(entry, key))),
    )


def _text(entry: TaskEntry, key: str) -> str:
    value = getattr(entry, key)
    return day_text(value) if isinstance(value, date) else str(value or "")


def task_cells(entry: TaskEntry, part: TaskPart | None = None, result: TaskResult | None = None) -> tuple[Cell, ...]:
    """Return the cells of status and progress of one row; without `part` and `result` none of them decides.

    The status of every lead decides: it is counted. A progress does where it can become the lowest or stop being it.
    """
    leads = part is not None and part.role is Role.LEAD and not entry.blocked
    decides = {"status": leads, "progress": leads and result is not None and _progress_decides(entry, result)}
    values = {"status": STATUS_WORDS[entry.status] if entry.status else None, "progress": entry.progress}
    return tuple(
        Cell(
            unit=entry.unit,
            field=key,
            label=_LABELS[key],
            value=values[key],
            state=None,
            file=entry.file,
            sheet=entry.sheet,
            cell=entry.cells[key],
            is_kind=False,
            decides=decides[key],
        )
        for key in _FIGURES
        if key in entry.cells
    )


def _progress_decides(entry: TaskEntry, result: TaskResult) -> bool:
    """Above a lowest of more than 0 any progress can sink to 0; at 0 only the one that alone stands there can move."""
    if entry.status is TaskStatus.NOTHING:
        return False
    if result.progress is None or result.progress > 0:
        return True
    lowest = [p.unit for p in result.leads if _counted_progress(p) == result.progress]
    return lowest == [entry.unit]


def _left_out(run: Consolidation, task: Task, part: TaskPart) -> LeftOut:
    own = next((e for e in run.checked.task_entries if e.row == task.code and e.unit == part.unit), None)
    cells = task_cells(own) if own is not None else ()
    return absent(run, part.unit, Row(task.code, TASK_SHEET), cells, blocked=own is not None and own.blocked)
