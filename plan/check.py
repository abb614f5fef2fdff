"""What is odd in the document itself: noted by whoever transcribed it, and what the data shows.

An oddity is not a fault of the data files (those are refused at loading): the plan works, but someone
should ask the issuer, or know why a figure looks as it does. Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from plan.assignment import expand
from plan.model import Assignment, DueKind, Indicator, Oddity, OddityKind, Plan, Task
from plan.words import fold

_APPENDIX_1 = "Phụ lục 1"
_APPENDIX_2 = "Phụ lục 2"
_UNITS = "Danh sách đơn vị"
_LISTED = 8  # so many names stand in one sentence; the rest is counted

_Printed = Indicator | Task


def check_plan(plan: Plan) -> tuple[Oddity, ...]:
    """Return the oddities of the document: those noted in plan.toml first, then the computed ones."""
    return tuple(
        chain(
            plan.oddities,
            _numbers_used_twice(_APPENDIX_1, plan.indicators),
            _numbers_used_twice(_APPENDIX_2, plan.tasks),
            _blanks(plan),
            _units_of_measure(plan),
            _vague_deadlines(plan),
            _nobody_named(plan),
            _unit_list(plan),
            _calendar(plan),
        )
    )


def _numbers_used_twice(appendix: str, rows: Sequence[_Printed]) -> list[Oddity]:
    seen: dict[tuple[int, str, str], list[str]] = {}
    run, heading = 0, None
    for row in rows:
        number = row.number.strip(" .)")
        above = (row.section, row.group) if isinstance(row, Indicator) else (row.group_number, row.group)
        if above != heading and number == "1":
            run += 1  # numbering that starts anew under a heading is meant
        heading = above
        is_part = isinstance(row, Indicator) and row.part_of
        if any(c.isdigit() for c in number) and not is_part:
            seen.setdefault((run, row.parent if isinstance(row, Task) else "", number), []).append(row.code)
    return [
        _oddity(
            OddityKind.NUMBER_REPEATED,
            (f"{appendix}, TT {number}", tuple(codes)),
            f"Số thứ tự {number} được dùng {len(codes)} lần: {', '.join(codes)}.",
            "Khi trao đổi với đơn vị, gọi dòng bằng mã thay cho số thứ tự; đề nghị nơi ban hành đánh lại số.",
        )
        for (_, _, number), codes in seen.items()
        if len(codes) > 1
    ]


def _blanks(plan: Plan) -> list[Oddity]:
    parents = {task.parent for task in plan.tasks}
    tasks = [task for task in plan.tasks if task.code not in parents]  # a heading's cells may stand with its sub-tasks
    looked_at: list[tuple[str, Sequence[_Printed], str, str, str]] = [
        (_APPENDIX_1, plan.indicators, "lead_text", "đơn vị chủ trì, báo cáo", "Hỏi nơi ban hành ai báo cáo."),
        (_APPENDIX_1, plan.indicators, "target_text", "mục tiêu", "Hỏi nơi ban hành mục tiêu phải đạt."),
        (_APPENDIX_1, plan.indicators, "due_text", "thời hạn", "Hỏi nơi ban hành thời hạn."),
        (_APPENDIX_2, tasks, "lead_text", "đơn vị chủ trì", "Hỏi nơi ban hành ai chủ trì."),
        (_APPENDIX_2, tasks, "result", "kết quả phải đạt", "Thống nhất với đơn vị chủ trì thế nào là hoàn thành."),
        (_APPENDIX_2, tasks, "due_text", "thời hạn", "Hỏi nơi ban hành thời hạn; khi chưa rõ, không tính quá hạn."),
    ]
    found = []
    for appendix, rows, column, words, suggestion in looked_at:
        blank = [row for row in rows if not getattr(row, column).strip()]
        if blank and len(blank) < len(rows):  # an appendix without that column at all is not odd
            found.append(_oddity(OddityKind.BLANK, _rows(appendix, blank), f"Để trống {words}.", suggestion))
    return found


def _units_of_measure(plan: Plan) -> list[Oddity]:
    rows = [row for row in plan.indicators if not row.unit.strip() and "%" in row.target_text]
    if not rows:
        return []
    note = "Đơn vị tính để trống, dấu % lại nằm trong mục tiêu."
    suggestion = "Báo cáo theo %; đề nghị nơi ban hành ghi đơn vị tính."
    return [_oddity(OddityKind.UNIT_OF_MEASURE, _rows(_APPENDIX_1, rows), note, suggestion)]


def _vague_deadlines(plan: Plan) -> list[Oddity]:
    rows = [row for row in plan.tasks if row.due_text.strip() and {p.kind for p in row.due} == {DueKind.UNKNOWN}]
    if not rows:
        return []
    note = "Thời hạn có ghi nhưng không cho biết ngày nào là muộn."
    suggestion = "Các nhiệm vụ này không bị tính quá hạn; hỏi nơi ban hành nếu cần."
    return [_oddity(OddityKind.DEADLINE_VAGUE, _rows(_APPENDIX_2, rows), note, suggestion)]


def _nobody_named(plan: Plan) -> list[Oddity]:
    rows_of: dict[tuple[str, str], list[_Printed]] = {}
    wording: dict[tuple[str, str], str] = {}
    for appendix, rows in ((_APPENDIX_1, plan.indicators), (_APPENDIX_2, plan.tasks)):
        for row in rows:
            for words in [a.ref[1:] for a in _assignments(row) if a.ref.startswith("?")]:
                key = (appendix, fold(words))
                wording.setdefault(key, words)
                rows_of.setdefault(key, [])
                if row not in rows_of[key]:
                    rows_of[key].append(row)
    return [
        _oddity(
            OddityKind.NOBODY_NAMED,
            _rows(appendix, rows),
            f"“{wording[appendix, key]}” không cho biết là đơn vị nào, nên không đơn vị nào được hỏi với vai trò ấy.",
            "Xác định các đơn vị rồi ghi mã của họ thay cho lời văn, hoặc chấp nhận là không hỏi ai.",
        )
        for (appendix, key), rows in rows_of.items()
    ]


def _unit_list(plan: Plan) -> list[Oddity]:
    found = []
    examples = [unit.name for unit in plan.units if unit.example]
    if examples:
        note = f"{len(examples)} đơn vị chỉ là ví dụ, văn bản không nêu tên: {_some(examples)}."
        suggestion = "Thay bằng đơn vị thật rồi bỏ dấu x ở cột example, hoặc xóa dòng."
        found.append(_oddity(OddityKind.EXAMPLE_UNITS, (_UNITS, ()), note, suggestion))
    rows: tuple[_Printed, ...] = (*plan.indicators, *plan.tasks)
    named = set(expand(plan, tuple(a for row in rows for a in _assignments(row))))
    parents = {unit.parent for unit in plan.units}
    idle = [unit.name for unit in plan.units if unit.id not in named and unit.id not in parents]
    if idle:
        note = f"{len(idle)} đơn vị không có việc ở dòng nào: {_some(idle)}."
        suggestion = "Kiểm tra xem có dòng nào bỏ sót các đơn vị này, nếu không thì xóa."
        found.append(_oddity(OddityKind.IDLE_UNITS, (_UNITS, ()), note, suggestion))
    return found


def _calendar(plan: Plan) -> list[Oddity]:
    return [
        _oddity(
            OddityKind.DEADLINE_OPEN,
            (f"Lịch báo cáo, kỳ {entry.kind}", ()),
            "Văn bản không định ngày nộp, nên chưa thể biết báo cáo nào nộp muộn.",
            "Hỏi nơi ban hành rồi ghi ngày vào lịch báo cáo, hoặc đặt hạn cho từng kỳ bằng --due khi tạo biểu mẫu.",
        )
        for entry in plan.calendar
        if entry.due is None
    ]


def _assignments(row: _Printed) -> tuple[Assignment, ...]:
    if isinstance(row, Indicator):
        return row.reporters + row.coordinators + row.monitors
    return row.leads + row.coordinators


def _oddity(kind: OddityKind, where: tuple[str, tuple[str, ...]], note: str, suggestion: str) -> Oddity:
    return Oddity(kind, *where, note, "", "", suggestion)


def _rows(appendix: str, rows: Sequence[_Printed]) -> tuple[str, tuple[str, ...]]:
    """Return the place in words, and the codes."""
    named = [f"TT {row.number} ({row.code})" if row.number else row.code for row in rows]
    return f"{appendix}, {_some(named)}", tuple(row.code for row in rows)


def _some(words: Sequence[str]) -> str:
    rest = f" và {len(words) - _LISTED} mục khác" if len(words) > _LISTED else ""
    return ", ".join(words[:_LISTED]) + rest
