"""What is odd in who is named: nobody certain, one office only once, examples, offices without any row."""

from __future__ import annotations

from itertools import chain

from plan.assignment import expand
from plan.check_places import UNITS, Row, assigned, column, odd, row_at, rows_at, some, tables_of
from plan.model import Aggregation, Assignment, Group, Indicator, Oddity, OddityKind, Plan
from plan.words import fold

_ADDED = (Aggregation.RATIO_OF_SUMS, Aggregation.SUM)


def odd_names(plan: Plan) -> list[Oddity]:
    """Return what is odd in the names of the rows and in the list of units, check by check."""
    checks = (_nobody_asked, _nobody_named, _empty_groups, _summed, _named_once, _examples, _idle)
    return list(chain.from_iterable(check(plan) for check in checks))


def _nobody_asked(plan: Plan) -> list[Oddity]:
    """Report rows that no unit leads or reports; a row that shows the figure of another asks nobody by itself."""
    rows: list[Row] = [i for i in plan.indicators if not i.same_as and not expand(plan, i.reporters)]
    rows += [task for task in plan.tasks if not expand(plan, task.leads)]
    if not rows:
        return []
    note = "Không đơn vị nào chủ trì, báo cáo, nên không ai được hỏi và dòng ấy mãi chưa có kết quả."
    suggestion = (
        f"Ghi mã đơn vị vào {column('indicators', 'reporters')} của chỉ tiêu, {column('tasks', 'leads')} của nhiệm vụ."
    )
    return [odd(OddityKind.NOBODY_ASKED, rows_at(rows), note, suggestion)]


def _nobody_named(plan: Plan) -> list[Oddity]:
    rows_of: dict[str, list[Row]] = {}
    wording: dict[str, str] = {}
    for _, rows in tables_of(plan):
        for row in rows:
            for words in [a.ref[1:] for a in assigned(row) if a.ref.startswith("?")]:
                key = fold(words)
                wording.setdefault(key, words)
                named = rows_of.setdefault(key, [])
                if row not in named:
                    named.append(row)
    if not rows_of:
        return []
    if len(rows_of) == 1:
        note = f"“{min(wording.values())}” không cho biết là đơn vị nào"
    else:  # every wording is named: each is decided for itself
        listed = "; ".join(f"“{wording[key]}” ({rows_at(rows)[0]})" for key, rows in rows_of.items())
        note = f"{len(rows_of)} cách gọi không cho biết là đơn vị nào: {listed}"
    note += (", nên" if len(rows_of) == 1 else "; vì vậy") + " không đơn vị nào được hỏi với vai trò ấy."
    suggestion = "Xác định các đơn vị rồi ghi mã của họ thay cho lời văn, hoặc chấp nhận là không hỏi ai."
    every = [row for _, rows in tables_of(plan) for row in rows if any(row in named for named in rows_of.values())]
    return [odd(OddityKind.NOBODY_NAMED, rows_at(every), note, suggestion)]


def _empty_groups(plan: Plan) -> list[Oddity]:
    """Report the groups that no unit belongs to: a draft makes them of collective wordings."""
    empty = empty_groups(plan)
    if not empty:
        return []
    wordings = {fold(wording) for group in empty for wording in (group.name, *group.aliases)}
    named = [
        row
        for _, rows in tables_of(plan)
        for row in rows
        if any(a.ref.startswith("?") and fold(a.ref[1:]) in wordings for a in assigned(row))
    ]
    listed = ", ".join(f"{group.name} (@{group.id})" for group in empty)
    note = f"{len(empty)} nhóm chưa có đơn vị nào: {listed}."
    suggestion = (
        f"Thêm đơn vị thuộc nhóm vào trang Đơn vị, {column('units', 'groups')} ghi mã nhóm; rồi ghi @mã nhóm thay cho "
        "lời văn ở các dòng giao việc. Nhóm không cần đến thì xóa."
    )
    place, codes = rows_at(named)
    where = f"Nhóm đơn vị{f'; {place}' if place else ''}"
    return [odd(OddityKind.EMPTY_GROUP, (where, codes), note, suggestion)]


def empty_groups(plan: Plan) -> tuple[Group, ...]:
    """Return the groups without a member: nobody can be asked through them."""
    used = {group for unit in plan.units for group in unit.groups}
    return tuple(group for group in plan.groups if group.id not in used)


def _summed(plan: Plan) -> list[Oddity]:
    """Report figures added over offices that a row names one by one: they may count the same people."""
    rows = [
        row
        for row in plan.indicators
        if row.aggregation in _ADDED and not row.same_as and len({a.ref for a in row.reporters if _is_unit(a)}) > 1
    ]
    if not rows:
        return []
    names = {unit.id: unit.name for unit in plan.units}
    listed = [
        f"{row_at(row)}: {', '.join(dict.fromkeys(names.get(a.ref, a.ref) for a in row.reporters if _is_unit(a)))}"
        for row in rows
    ]
    note = (
        f"Số liệu của nhiều đơn vị nêu tên riêng được cộng lại với nhau ({some(listed, '; ')}). Nếu các đơn vị ấy cùng "
        "đếm một số người thì số người ấy bị tính hai lần."
    )
    suggestion = (
        "Xác nhận mỗi đơn vị chỉ đếm phần riêng của mình; nếu không, chỉ giữ một đơn vị ở "
        f"{column('indicators', 'reporters')}, các đơn vị khác chuyển sang {column('indicators', 'coordinators')}."
    )
    return [odd(OddityKind.REPORTERS_SUMMED, rows_at(rows), note, suggestion)]


def _is_unit(assignment: Assignment) -> bool:
    return not assignment.ref.startswith(("@", "?"))


def _named_once(plan: Plan) -> list[Oddity]:
    """Report units that lead one row by name and stand nowhere else: perhaps another office was meant."""
    rows_of: dict[str, list[Row]] = {}
    for _, rows in tables_of(plan):
        for row in rows:
            for unit_id in expand(plan, assigned(row)):
                rows_of.setdefault(unit_id, []).append(row)
    lone = []
    for unit in plan.units:
        at = rows_of.get(unit.id, [])
        if len(at) == 1 and not unit.example and unit.id in _leads(at[0]):
            lone.append((unit.name, at[0]))
    if not lone:
        return []
    note = (
        "Đơn vị chủ trì một dòng mà không dòng nào khác nêu tên: "
        f"{some([f'{name} ({rows_at([row])[0]})' for name, row in lone])}."
    )
    suggestion = "Kiểm tra có phải văn bản định nói đơn vị khác; nếu đúng là đơn vị ấy thì giữ nguyên."
    once = [row for _, rows in tables_of(plan) for row in rows if any(row is led for _, led in lone)]
    return [odd(OddityKind.LEAD_NAMED_ONCE, rows_at(once), note, suggestion)]


def _leads(row: Row) -> set[str]:
    return {a.ref for a in (row.reporters if isinstance(row, Indicator) else row.leads)}


def _examples(plan: Plan) -> list[Oddity]:
    examples = [unit.name for unit in plan.units if unit.example]
    if not examples:
        return []
    note = f"{len(examples)} đơn vị chỉ là ví dụ, văn bản không nêu tên: {some(examples)}."
    suggestion = f"Thay bằng đơn vị thật rồi xóa dấu ở {column('units', 'example')}, hoặc xóa dòng."
    return [odd(OddityKind.EXAMPLE_UNITS, (UNITS, ()), note, suggestion)]


def _idle(plan: Plan) -> list[Oddity]:
    named = set(expand(plan, tuple(a for _, rows in tables_of(plan) for row in rows for a in assigned(row))))
    parents = {unit.parent for unit in plan.units}
    idle = [unit.name for unit in plan.units if unit.id not in named and unit.id not in parents]
    if not idle:
        return []
    note = f"{len(idle)} đơn vị không có việc ở dòng nào: {some(idle)}."
    suggestion = "Kiểm tra xem có dòng nào bỏ sót các đơn vị này, nếu không thì xóa."
    return [odd(OddityKind.IDLE_UNITS, (UNITS, ()), note, suggestion)]
