"""Damage to what a row is known by: hidden codes, printed labels, units of measure, and merged cells over them."""

from __future__ import annotations

from collections.abc import Callable

from plan.layout import FIRST_ROW, INDICATOR_SHEET, TASK_SHEET
from plan.model import FieldKind
from plan.words import fold
from tests.mutations.kinds_rows import label_of, row_of, two_tasks
from tests.mutations.make import case, loaded, package, saved, theme, unmerge
from tests.mutations.model import Case, Due, Kind, Make, Subject, a1, codes, moved
from tests.mutations.package import inline

_py = theme("dòng", "openpyxl")
_xml = theme("dòng", "XML")
_ONE, _TWO = INDICATOR_SHEET, TASK_SHEET


def _codes_exchanged(s: Subject) -> Case:
    book, (one, other) = loaded(s), two_tasks(s)
    book[_TWO].cell(row_of(s, one), 1).value = other
    book[_TWO].cell(row_of(s, other), 1).value = one
    swap = {row_of(s, one): row_of(s, other), row_of(s, other): row_of(s, one)}
    due = [Due("ROW_MIXED", _TWO, label_of(s, code)) for code in (one, other)]
    return case(s, saved(book), due, places=moved(s.places, _TWO, lambda r, c: (swap.get(r, r), c)))


def _relabelled_rows(s: Subject) -> Case | None:
    """Two figures of one label exchange everything but their codes: only the indicator's name beside tells."""
    by_label: dict[str, list[str]] = {}
    for r in s.layout.indicator_rows:
        by_label.setdefault(fold(r.field.label), []).append(r.code)
    twins = next((found for found in by_label.values() if len(found) > 1), None)
    if twins is None:
        return None
    book = loaded(s)
    ws, blocks = book[_ONE], [[c for c in codes(s, _ONE) if c.startswith(f"{t.split('.')[0]}.")] for t in twins]
    unmerge(ws, FIRST_ROW)
    for one, other in zip(*blocks[:2], strict=True):
        a, b = row_of(s, one), row_of(s, other)
        for c in range(2, ws.max_column):
            ws.cell(a, c).value, ws.cell(b, c).value = ws.cell(b, c).value, ws.cell(a, c).value
    # The names were unmerged and stand in the first rows alone; an error there stops the whole indicator.
    due = [Due("ROW_MIXED", _ONE, label_of(s, block[0])) for block in blocks[:2]]
    return case(s, saved(book), due)


def _retyped(code: Callable[[Subject], str | None], key: str, new: Callable[[str], str], found: str = "") -> Make:
    """One printed cell of the row `code` typed over; `found` is due at it."""

    def make(s: Subject) -> Case | None:
        row = code(s)
        if row is None:
            return None
        place = s.place(row, key)
        address = a1(*s.places[place])
        before = str(s.book[place[0]][address].value)
        data = package(s, lambda p: p.cell(place[0], address, 't="inlineStr"', inline(new(before))))
        return case(s, data, [Due(found, place[0], address)] if found else [])

    return make


def _plain(text: str) -> str:
    return fold(text).upper()


def _other_label(s: Subject) -> Case:
    """The label of one task typed over with that of the next."""
    one, other = two_tasks(s)
    text = next(r.task.name for r in s.layout.task_rows if r.code == other)
    data = package(s, lambda p: p.cell(_TWO, label_of(s, one), 't="inlineStr"', inline(text)))
    return case(s, data, [Due("ROW_MIXED", _TWO, label_of(s, one))])


def _first(s: Subject) -> str:
    return s.task() or ""


def _measured(s: Subject) -> str | None:
    return next((r.code for r in s.rows(FieldKind.COUNT, FieldKind.NUMBER) if r.field.unit), None)


def _wrong_code(s: Subject) -> Case:
    """The hidden code of a task mistyped: the printed name still proves the row."""
    code = _first(s)
    data = package(s, lambda p: p.cell(_TWO, s.at(code, "code"), 't="inlineStr"', inline(f"{code}9999")))
    return case(s, data, [Due("ROW_BY_LABEL", _TWO, label_of(s, code))])


def _code_twice(s: Subject) -> Case:
    """The code of one task stands beside the next one as well: both of its rows are doubtful."""
    one, other = two_tasks(s)
    data = package(s, lambda p: p.cell(_TWO, s.at(other, "code"), 't="inlineStr"', inline(one)))
    due = [Due("ROW_DUPLICATE", _TWO, s.at(other, "code")), Due("ROW_BY_LABEL", _TWO, label_of(s, other))]
    return case(s, data, due)


def _merged(area: Callable[[Subject], str | None], *found: str) -> Make:
    """An area of Appendix 2 merged, the cells under it still filled; each of `found` is due at its first cell."""

    def make(s: Subject) -> Case | None:
        name = area(s)
        if name is None:
            return None
        data = package(s, lambda p: p.change(p.part(_TWO), "</mergeCells>", f'<mergeCell ref="{name}"/></mergeCells>'))
        return case(s, data, [Due(code, _TWO, name.split(":")[0]) for code in found])

    return make


def _down(key: str) -> Callable[[Subject], str]:
    def area(s: Subject) -> str:
        one, other = two_tasks(s)
        return f"{s.at(one, key)}:{s.at(other, key)}"

    return area


def _across(first: str, last: str) -> Callable[[Subject], str]:
    return lambda s: f"{s.at(_first(s), first)}:{s.at(_first(s), last)}"


KINDS: tuple[Kind, ...] = (
    _py("dong-doi-hai-chi-tieu", "đổi chỗ hai chỉ tiêu, mã ẩn đứng yên", _relabelled_rows),
    _py("ma-doi-cho", "đổi mã của hai dòng", _codes_exchanged),
    _xml("ma-thuong", "mã viết thường, thừa dấu cách", _retyped(_first, "code", lambda c: f" {c.lower()} ")),
    _xml("ma-sai", "mã của một dòng gõ sai", _wrong_code),
    _xml("ma-trung", "mã của một dòng ghi ở cả dòng sau", _code_twice),
    _xml("nhan-khong-dau", "nội dung in sẵn viết hoa không dấu", _retyped(_first, "name", _plain)),
    _xml(
        "nhan-sua",
        "sửa nội dung in sẵn của một dòng",
        _retyped(_first, "name", lambda _t: "Nhiệm vụ do xã tự đặt", "LABEL_CHANGED"),
    ),
    _xml("nhan-dong-khac", "nội dung in sẵn của dòng khác", _other_label),
    _xml(
        "don-vi-tinh",
        "sửa đơn vị tính thành nghìn",
        _retyped(_measured, "unit", lambda u: f"nghìn {u}", "MEASURE_CHANGED"),
    ),
    _xml("gop-nhan", "gộp ô nội dung của hai dòng", _merged(_down("name"))),
    _xml(
        "gop-nhap-doc",
        "gộp ô % của hai dòng",
        _merged(_down("progress"), "MERGED_INPUT", "MERGED_INPUT"),
        "một lỗi cho mỗi dòng",
    ),
    _xml("gop-nhap-ngang", "gộp ô tình trạng và ô %", _merged(_across("status", "progress"), "MERGED_INPUT")),
    _xml("gop-ca-dong", "gộp nội dung in sẵn với ô nhập", _merged(_across("due", "status"), "MERGED_INPUT")),
)
