"""Damage to what says whose return it is: stamp, identity line, file name, period; copies of a neighbour's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from plan.layout import IDENTITY_COLUMN, IDENTITY_ROW, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from tests.mutations.make import case, loaded, package, saved, theme
from tests.mutations.model import Case, Due, Kind, Make, Sent, Subject, a1
from tests.mutations.package import Package, inline
from tests.mutations.subjects import small_plan

_py = theme("nhận dạng", "openpyxl")
_xml = theme("nhận dạng", "XML")
_byte = theme("nhận dạng", "byte")
_LINE = a1(IDENTITY_ROW, IDENTITY_COLUMN)
_BOTH = (INDICATOR_SHEET, TASK_SHEET)
_CONFLICT = Due("IDENTITY_CONFLICT")
_STAMP_ROWS = {
    key: row for row, key in enumerate(("plan", "plan_digest", "unit", "period", "layout", "lock_digest"), 1)
}


def _neighbour(s: Subject) -> str:
    """Another unit whose name is in no way part of this one's."""
    return "xa-liem-ha" if s.unit != "xa-liem-ha" else "xa-gia-vien"


@cache
def _name(unit: str) -> str:
    return next(u.name for u in small_plan().units if u.id == unit)


def _made(change: Callable[[Subject, Package], None], *due: Due, name: Callable[[Subject], str] | None = None) -> Make:
    return lambda s: case(s, package(s, lambda p: change(s, p)), due, name=name(s) if name else "")


def _stamped(changes: Mapping[str, str | Callable[[Subject], str]]) -> Callable[[Subject, Package], None]:
    """Lines of the hidden stamp typed over; "" empties them."""

    def change(s: Subject, parts: Package) -> None:
        for key, new in changes.items():
            text = new if isinstance(new, str) else new(s)
            parts.cell(
                STAMP_SHEET, f"B{_STAMP_ROWS[key]}", 't="inlineStr"' if text else "", inline(text) if text else ""
            )

    return change


def _lined(
    change: Callable[[str, Subject], str], sheets: tuple[str, ...] = _BOTH
) -> Callable[[Subject, Package], None]:
    """The readable identity line of these sheets typed over."""

    def work(s: Subject, parts: Package) -> None:
        for sheet in sheets:
            parts.cell(sheet, _LINE, 't="inlineStr"', inline(change(s.layout.identity_text, s)))

    return work


def _to_neighbour(line: str, s: Subject) -> str:
    return line.replace(s.unit, _neighbour(s))


def _to_last(line: str, _: Subject) -> str:
    return line.replace("2026-H1", "2025-Y")


def _all(*changes: Callable[[Subject, Package], None]) -> Callable[[Subject, Package], None]:
    def work(s: Subject, parts: Package) -> None:
        for change in changes:
            change(s, parts)

    return work


def _without_stamp(s: Subject) -> bytes:
    book = loaded(s)
    del book[STAMP_SHEET]
    return saved(book)


def _nameless(s: Subject) -> Case:
    """Neither stamp nor line nor a telling name: a sheet that could be anybody's."""
    book = loaded(s)
    del book[STAMP_SHEET]
    for sheet in _BOTH:
        for row in range(1, IDENTITY_ROW + 1):
            for cell in book[sheet][row]:
                if type(cell).__name__ != "MergedCell":
                    cell.value = None
    return case(s, saved(book), [Due("IDENTITY_UNKNOWN")], name="Bao cao.xlsx")


def _by_name_alone(s: Subject) -> Case:
    book = loaded(s)
    del book[STAMP_SHEET]
    for sheet in _BOTH:
        book[sheet][_LINE].value = None
    return case(s, saved(book), [Due("IDENTITY_FROM_NAME")])


def _head_of_neighbour(s: Subject) -> Case:
    """A neighbour's name typed into the letterhead, over the unit's own."""

    def change(parts: Package) -> None:
        parts.cell(TASK_SHEET, "B2", 't="inlineStr"', inline(_name(_neighbour(s)).removeprefix("UBND ").upper()))

    return case(s, package(s, change), [_CONFLICT])


def _pasted_sheet(s: Subject) -> Case:
    """Appendix 2 of a neighbour's return pasted over the unit's own, head and all."""
    book = loaded(s)
    layout, _, data = s.others[_neighbour(s)]
    text = layout.identity_text
    book[TASK_SHEET][_LINE].value = text
    assert data
    return case(s, saved(book), [_CONFLICT])


def _neighbours_file(s: Subject) -> Case:
    """The neighbour's file sent under this unit's name."""
    _, _, data = s.others[_neighbour(s)]
    return case(s, data, [_CONFLICT])


def _twice(hours: int, progress: int, *due: str, cell: str = "") -> Make:
    """Two files of the unit: the faultless one, and one with another progress that comes `hours` later.

    `cell` is due at that progress, each of `due` at the whole of a file.
    """

    def make(s: Subject) -> Case:
        address = s.at(s.task() or "", "progress")
        data = package(s, lambda p: p.cell(TASK_SHEET, address, "", f"<v>{progress}</v>"))
        found = [Due(code) for code in due] + ([Due(cell, TASK_SHEET, address)] if cell else [])
        return Case((Sent(s.name, s.data), Sent(f"ban-2_{s.name}", data, hours)), tuple(found))

    return make


def _again(s: Subject) -> Case:
    sent = (Sent(s.name, s.data), Sent(f"gui-lai/{s.name}", s.data, 5))
    return Case(sent, (Due("RESUBMITTED_UNCHANGED"),))


def _broken_later(s: Subject) -> Case:
    """A faultless file, and half a file that comes later: the first one counts."""
    sent = (Sent(s.name, s.data), Sent(f"ban-2_{s.name}", s.data[: len(s.data) // 2], 5))
    return Case(sent, (Due("FILE_DAMAGED"),))


KINDS: tuple[Kind, ...] = (
    _py("dau-mat", "xóa trang nhận dạng ẩn", lambda s: case(s, _without_stamp(s), [Due("STAMP_MISSING")])),
    _py("dau-va-dong-mat", "mất cả trang nhận dạng và dòng đầu biểu", _by_name_alone, "chỉ còn tên tệp"),
    _py("khong-con-gi", "mất mọi thông tin đơn vị, tên tệp chung chung", _nameless),
    _py("dan-dau-bieu-ban", "dòng đầu Phụ lục 2 là của xã bạn", _pasted_sheet),
    _xml("dau-xa-ban", "mã ẩn là của xã bạn", _made(_stamped({"unit": _neighbour}), _CONFLICT)),
    _xml("dong-xa-ban", "dòng đầu biểu là của xã bạn", _made(_lined(_to_neighbour), _CONFLICT)),
    _xml(
        "dong-xa-ban-mot",
        "dòng đầu một phụ lục là của xã bạn",
        _made(_lined(_to_neighbour, (INDICATOR_SHEET,)), _CONFLICT),
    ),
    _xml("tieu-de-xa-ban", "tên xã bạn gõ ở đầu Phụ lục 2", _head_of_neighbour),
    _xml(
        "don-vi-la",
        "mã đơn vị không có trong kế hoạch",
        _made(
            _all(_stamped({"unit": "xa-cu-da-sap-nhap"}), _lined(lambda t, s: t.replace(s.unit, "xa-cu-da-sap-nhap"))),
            Due("UNIT_UNKNOWN"),
            name=lambda _s: "bc.xlsx",
        ),
    ),
    _xml(
        "ke-hoach-khac",
        "biểu mẫu của kế hoạch khác",
        _made(
            _all(_stamped({"plan": "thanh-nam"}), _lined(lambda t, _s: t.replace("ninh-binh-syt", "thanh-nam"))),
            Due("OTHER_PLAN"),
        ),
    ),
    _xml(
        "ky-khac",
        "biểu mẫu của kỳ trước, điền và gửi lại",
        _made(
            _all(_stamped({"period": "2025-Y"}), _lined(_to_last)),
            Due("OTHER_PERIOD"),
            name=lambda s: s.name.replace("2026-H1", "2025-Y"),
        ),
    ),
    _xml(
        "ky-sua-tay",
        "sửa tay dòng đầu biểu sang kỳ này, mã ẩn còn kỳ trước",
        _made(_stamped({"period": "2025-Y"}), Due("OLD_TEMPLATE_REUSED")),
    ),
    _xml("ky-trai", "dòng đầu biểu ghi kỳ khác", _made(_lined(_to_last), _CONFLICT)),
    _xml(
        "mau-cu", "biểu mẫu in từ bản kế hoạch cũ", _made(_stamped({"lock_digest": "0" * 64}), Due("TEMPLATE_CHANGED"))
    ),
    _xml("bo-cuc-moi", "bố cục mới hơn phần mềm", _made(_stamped({"layout": "99"}), Due("LAYOUT_NEWER"))),
    _xml("bo-cuc-cu", "bố cục cũ", _made(_stamped({"layout": "0"}), Due("LAYOUT_OLDER"))),
    _byte(
        "tep-xa-ban", "tên tệp của xã bạn", lambda s: case(s, s.data, [_CONFLICT], name=f"2026-H1_{_neighbour(s)}.xlsx")
    ),
    _byte(
        "ten-xa-ban",
        "tên tệp tự đặt mang tên xã bạn",
        lambda s: case(s, s.data, [Due("IDENTITY_NAME_DIFFERS")], name="BC xa Liem Ha.xlsx"),
    ),
    _byte(
        "thu-muc-xa-ban",
        "để nhầm vào thư mục xã bạn",
        lambda s: case(s, s.data, [Due("IDENTITY_FOLDER_DIFFERS")], name=f"Xã Liêm Hà/{s.name}"),
    ),
    _byte(
        "ten-hau-to",
        "tên tệp thêm “-sửa lần 2”",
        lambda s: case(s, s.data, name=s.name.replace(".xlsx", "-sua-lan-2.xlsx")),
    ),
    _byte("file-xa-ban", "gửi tệp của xã bạn dưới tên mình", _neighbours_file),
    _byte("gui-hai-lan", "gửi lại y nguyên", _again),
    _byte("ban-sau-hong", "bản gửi sau bị cụt", _broken_later),
    _xml("ban-sau-loi", "bản gửi sau có lỗi", _twice(5, 140, "NEWER_NOT_USED", cell="ABOVE_MAXIMUM")),
    _xml("hai-ban-mot-luc", "hai bản khác nhau cùng lúc", _twice(0, 33, "TWO_VERSIONS", "TWO_VERSIONS")),
)
