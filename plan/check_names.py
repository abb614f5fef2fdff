"""What is odd in who is named: nobody certain, one office only once, examples, offices without any row."""

from __future__ import annotations

from itertools import chain

from plan.assignment import expand
from plan.check_places import UNITS, Row, appendices, assigned, odd, row_at, rows_at, some
from plan.model import Indicator, Oddity, OddityKind, Plan
from plan.words import fold


def odd_names(plan: Plan) -> list[Oddity]:
    """Return what is odd in the names of the rows and in the list of units, check by check."""
    return list(chain.from_iterable(check(plan) for check in (_nobody_named, _named_once, _examples, _idle)))


def _nobody_named(plan: Plan) -> list[Oddity]:
    rows_of: dict[tuple[str, str], list[Row]] = {}
    wording: dict[tuple[str, str], str] = {}
    for appendix, rows in appendices(plan):
        for row in rows:
            for words in [a.ref[1:] for a in assigned(row) if a.ref.startswith("?")]:
                key = (appendix, fold(words))
                wording.setdefault(key, words)
                rows_of.setdefault(key, [])
                if row not in rows_of[key]:
                    rows_of[key].append(row)
    return [
        odd(
            OddityKind.NOBODY_NAMED,
            rows_at(appendix, rows),
            f"“{wording[appendix, key]}” không cho biết là đơn vị nào, nên không đơn vị nào được hỏi với vai trò ấy.",
            "Xác định các đơn vị rồi ghi mã của họ thay cho lời văn, hoặc chấp nhận là không hỏi ai.",
        )
        for (appendix, key), rows in rows_of.items()
    ]


def _named_once(plan: Plan) -> list[Oddity]:
    """Report units that lead one row by name and stand nowhere else: perhaps another office was meant."""
    rows_of: dict[str, list[tuple[str, Row]]] = {}
    for appendix, rows in appendices(plan):
        for row in rows:
            for unit_id in expand(plan, assigned(row)):
                rows_of.setdefault(unit_id, []).append((appendix, row))
    lone = []
    for unit in plan.units:
        at = rows_of.get(unit.id, [])
        if len(at) == 1 and not unit.example and unit.id in _leads(at[0][1]):
            lone.append((unit.name, *at[0]))
    if not lone:
        return []
    named = [f"{name} ({appendix}, {row_at(row)})" for name, appendix, row in lone]
    places = [f"{appendix}, {row_at(row)}" for _, appendix, row in lone]
    note = f"Đơn vị chủ trì một dòng mà không dòng nào khác nêu tên: {some(named)}."
    suggestion = "Kiểm tra có phải văn bản định nói đơn vị khác; nếu đúng là đơn vị ấy thì giữ nguyên."
    where = (some(places, "; "), tuple(dict.fromkeys(row.code for _, _, row in lone)))
    return [odd(OddityKind.LEAD_NAMED_ONCE, where, note, suggestion)]


def _leads(row: Row) -> set[str]:
    return {a.ref for a in (row.reporters if isinstance(row, Indicator) else row.leads)}


def _examples(plan: Plan) -> list[Oddity]:
    examples = [unit.name for unit in plan.units if unit.example]
    if not examples:
        return []
    note = f"{len(examples)} đơn vị chỉ là ví dụ, văn bản không nêu tên: {some(examples)}."
    suggestion = "Thay bằng đơn vị thật rồi bỏ dấu x ở cột example, hoặc xóa dòng."
    return [odd(OddityKind.EXAMPLE_UNITS, (UNITS, ()), note, suggestion)]


def _idle(plan: Plan) -> list[Oddity]:
    named = set(expand(plan, tuple(a for _, rows in appendices(plan) for row in rows for a in assigned(row))))
    parents = {unit.parent for unit in plan.units}
    idle = [unit.name for unit in plan.units if unit.id not in named and unit.id not in parents]
    if not idle:
        return []
    note = f"{len(idle)} đơn vị không có việc ở dòng nào: {some(idle)}."
    suggestion = "Kiểm tra xem có dòng nào bỏ sót các đơn vị này, nếu không thì xóa."
    return [odd(OddityKind.IDLE_UNITS, (UNITS, ()), note, suggestion)]
