"""Damage to sheets: renamed, hidden, moved, copied, deleted, added, two workbooks in one."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from unicodedata import normalize

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import CHECK_SHEET, GUIDE_SHEET, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from tests.mutations.make import case, loaded, package, saved, theme, unmerge
from tests.mutations.model import Case, Due, Kind, Make, Subject, input_keys
from tests.mutations.package import Package

_py = theme("trang", "openpyxl")
_xml = theme("trang", "XML")
_BOTH = (INDICATOR_SHEET, TASK_SHEET)


def _renamed(new: Callable[[str], str], *codes: str) -> Make:
    """Both appendices get other names, in the XML alone; each of `codes` is due at both."""
    names = {sheet: new(sheet) for sheet in _BOTH}

    def change(parts: Package) -> None:
        for sheet, name in names.items():
            parts.change("xl/workbook.xml", f'name="{sheet}"', f'name="{name}"')

    due = [Due(code, names[sheet]) for code in codes for sheet in _BOTH]
    return lambda s: case(s, package(s, change), due, sheets=names)


def _worked(change: Callable[[Workbook, Subject], None], *due: Due) -> Make:
    def make(s: Subject) -> Case:
        book = loaded(s)
        change(book, s)
        return case(s, saved(book), due)

    return make


def copied(book: Workbook, sheet: str, name: str, *, like: Worksheet | None = None) -> Worksheet:
    """A further sheet with the same cells, as "Di chuyển hoặc sao chép" makes it."""
    source = book[sheet] if like is None else like
    copy: Worksheet = book.create_sheet(name)
    for row, values in enumerate(source.iter_rows(values_only=True), start=1):
        for column, value in enumerate(values, start=1):
            copy.cell(row, column).value = value
    return copy


def _copy(book: Workbook, _: Subject) -> None:
    for sheet in _BOTH:
        copied(book, sheet, f"{sheet} (2)")


def _emptied_copy(book: Workbook, s: Subject) -> None:
    for sheet in _BOTH:
        copy = copied(book, sheet, f"{sheet} (trống)")
        for place, at in s.places.items():
            if place[0] == sheet and place[2] in input_keys(sheet):
                copy.cell(*at).value = None


def _first_progress(s: Subject) -> tuple[int, int]:
    return s.places[TASK_SHEET, s.task() or "", "progress"]


def _changed_copy(book: Workbook, s: Subject) -> None:
    copied(book, TASK_SHEET, "Phụ lục 2 (2)").cell(*_first_progress(s)).value = 33


def _hidden_changed_copy(book: Workbook, s: Subject) -> None:
    copy = copied(book, TASK_SHEET, "Phụ lục 2 (2)")
    copy.cell(*_first_progress(s)).value = 33
    copy.sheet_state = "hidden"


def _changed_copy_first(book: Workbook, s: Subject) -> None:
    _changed_copy(book, s)
    book.move_sheet("Phụ lục 2 (2)", -4)


def _scratch(book: Workbook, _: Subject) -> None:
    sheet = book.create_sheet("Nháp", 0)
    for row in (["Mã dòng", "TT", "Nhiệm vụ"], ["NV-I-1", 1, "tính thử"], [None, 12345, "=SUM(1,2)"]):
        sheet.append(row)


def _reversed(book: Workbook, _: Subject) -> None:
    for name in reversed(book.sheetnames):
        book.move_sheet(name, len(book.sheetnames))


def _all_hidden(book: Workbook, _: Subject) -> None:
    for name in _BOTH:
        book[name].sheet_state = "hidden"


def _without(*names: str) -> Callable[[Workbook, Subject], None]:
    def change(book: Workbook, _: Subject) -> None:
        for name in names:
            del book[name]

    return change


def _crossed(s: Subject) -> Case:
    """The two appendices exchange their names: each is still known by what stands on it."""

    def change(parts: Package) -> None:
        for old, new in ((INDICATOR_SHEET, "@"), (TASK_SHEET, INDICATOR_SHEET), ("@", TASK_SHEET)):
            parts.change("xl/workbook.xml", f'name="{old}"', f'name="{new}"')

    due = [Due("SHEET_RENAMED", TASK_SHEET), Due("SHEET_RENAMED", INDICATOR_SHEET)]
    sheets = {INDICATOR_SHEET: TASK_SHEET, TASK_SHEET: INDICATOR_SHEET}
    return case(s, package(s, change), due, sheets=sheets)


def _two_books(s: Subject) -> Case:
    """The sheets of another unit's return are moved into this one, beside its own."""
    book = loaded(s)
    other = next(data for unit, (_, _, data) in s.others.items() if unit == "xa-liem-ha")
    source = openpyxl.load_workbook(BytesIO(other))
    for sheet in _BOTH:
        copied(book, sheet, f"{sheet} (Liêm Hà)", like=source[sheet])
    return case(s, saved(book), [Due("IDENTITY_CONFLICT")])


def _one_sheet(s: Subject) -> Case:
    """Appendix 2 is pasted under Appendix 1 on the same sheet, and its own sheet is deleted."""
    book = loaded(s)
    first, second = book[INDICATOR_SHEET], book[TASK_SHEET]
    below = first.max_row + 2
    for row in second.iter_rows():
        for cell in row:
            if cell.value is not None:
                first.cell(below + cell.row, cell.column).value = cell.value
    del book[TASK_SHEET]
    places = {p: (r + below if p[0] == TASK_SHEET else r, c) for p, (r, c) in s.places.items()}
    return case(
        s, saved(book), [Due("SHEET_RENAMED", INDICATOR_SHEET)], places=places, sheets={TASK_SHEET: INDICATOR_SHEET}
    )


def _chart(book: Workbook, _: Subject) -> None:
    book.create_chartsheet("Biểu đồ")


def _stamp_shown(book: Workbook, _: Subject) -> None:
    book[STAMP_SHEET].sheet_state = "visible"
    book.move_sheet(STAMP_SHEET, -4)


def _overwritten_copy(s: Subject) -> Case:
    """The printed sheet is emptied after it was copied: the answers stand on the copy alone."""
    book = loaded(s)
    copied(book, TASK_SHEET, "Bản đã điền")
    sheet = book[TASK_SHEET]
    unmerge(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = None
    due = [Due("SHEET_RENAMED", "Bản đã điền")]
    return case(s, saved(book), due, sheets={TASK_SHEET: "Bản đã điền"})


def _two_changed(s: Subject) -> Case:
    """No sheet has the printed name, and two copies answer differently."""
    book = loaded(s)
    book[TASK_SHEET].title = "PL2 ban 1"
    copy = copied(book, "PL2 ban 1", "PL2 ban 2")
    copy.cell(*_first_progress(s)).value = 33
    return case(s, saved(book), [Due("SHEET_DUPLICATE", "PL2 ban 1")], sheets={TASK_SHEET: "PL2 ban 1"})


_DUPLICATE = Due("SHEET_DUPLICATE", TASK_SHEET)

KINDS: tuple[Kind, ...] = (
    _xml("trang-hoa", "tên trang viết hoa “PHỤ LỤC 1”", _renamed(str.upper)),
    _xml("trang-khong-dau", "tên trang không dấu “Phu luc 1”", _renamed(lambda n: f"Phu luc {n[-1]}")),
    _xml("trang-cach", "tên trang thừa dấu cách", _renamed(lambda n: f" {n}  ")),
    _xml("trang-nfd", "tên trang dấu rời (NFD)", _renamed(lambda n: normalize("NFD", n))),
    _xml(
        "trang-ten-khac",
        "đổi tên trang thành “Chỉ tiêu”, “Nhiệm vụ”",
        _renamed(lambda n: {"1": "Chỉ tiêu", "2": "Nhiệm vụ"}[n[-1]], "SHEET_RENAMED"),
    ),
    _xml("trang-so", "đổi tên trang thành “Sheet1”, “Sheet2”", _renamed(lambda n: f"Sheet{n[-1]}", "SHEET_RENAMED")),
    _xml("trang-doi-cheo", "hai phụ lục đổi tên cho nhau", _crossed),
    _py("trang-dao", "đảo thứ tự mọi trang", _worked(_reversed)),
    _py("trang-an", "ẩn hai phụ lục", _worked(_all_hidden, *(Due("SHEET_HIDDEN", n) for n in _BOTH))),
    _py("trang-them", "thêm trang nháp lên đầu", _worked(_scratch)),
    _py("trang-bieu-do", "thêm trang biểu đồ", _worked(_chart)),
    _py("trang-sao-y", "sao hai phụ lục y nguyên", _worked(_copy)),
    _py("trang-sao-trong", "sao hai phụ lục rồi xóa trắng bản sao", _worked(_emptied_copy)),
    _py("trang-sao-sua", "sao Phụ lục 2 và sửa một ô ở bản sao", _worked(_changed_copy, _DUPLICATE)),
    _py("trang-sao-sua-dau", "bản sao đã sửa đứng trước bản gốc", _worked(_changed_copy_first, _DUPLICATE)),
    _py("trang-sao-sua-an", "bản sao đã sửa bị ẩn", _worked(_hidden_changed_copy), "bản đang hiện được đọc"),
    _py("trang-chi-con-sao", "bản gốc bị xóa trắng, chỉ bản sao có số liệu", _overwritten_copy),
    _py("trang-hai-ban-la", "không trang nào đúng tên, hai bản khác nhau", _two_changed),
    _py("trang-xoa-1", "xóa Phụ lục 1", _worked(_without(INDICATOR_SHEET), Due("SHEET_MISSING", INDICATOR_SHEET))),
    _py("trang-xoa-2", "xóa Phụ lục 2", _worked(_without(TASK_SHEET), Due("SHEET_MISSING", TASK_SHEET))),
    _py("trang-xoa-ca-hai", "xóa cả hai phụ lục", _worked(_without(*_BOTH), *(Due("SHEET_MISSING", n) for n in _BOTH))),
    _py("trang-xoa-phu", "xóa Hướng dẫn và Kiểm tra", _worked(_without(GUIDE_SHEET, CHECK_SHEET))),
    _py("trang-hai-don-vi", "gộp trang của đơn vị khác vào", _two_books),
    _py("trang-gop-mot", "dán Phụ lục 2 xuống dưới Phụ lục 1", _one_sheet),
    _py("trang-nhan-dang-hien", "hiện trang nhận dạng, kéo lên đầu", _worked(_stamp_shown)),
)
