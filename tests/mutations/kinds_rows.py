"""Damage to rows: inserted, deleted, sorted, hidden, moved, doubled, relabelled, merged."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import FIRST_ROW, HEADER_ROW, IDENTITY_ROW, INDICATOR_SHEET, TASK_SHEET
from tests.mutations.make import case, loaded, package, rearrange, reordered, saved, theme, unmerge
from tests.mutations.model import (
    LABELS,
    Case,
    Due,
    Kind,
    Make,
    Places,
    Subject,
    a1,
    codes,
    column,
    moved,
    rows_in,
    rows_out,
)
from tests.mutations.package import Package, inline

_py = theme("dòng", "openpyxl")
_xml = theme("dòng", "XML")
_ONE, _TWO = INDICATOR_SHEET, TASK_SHEET
_BOTH = (_ONE, _TWO)


def row_of(s: Subject, code: str) -> int:
    return s.places[s.place(code, "code")][0]


def rows_of(s: Subject, sheet: str) -> list[int]:
    return [row_of(s, code) for code in codes(s, sheet)]


def label_of(s: Subject, code: str, row: int = 0) -> str:
    """The address of a row's printed label, or of the same column in `row`."""
    sheet = s.place(code, "code")[0]
    return a1(row or row_of(s, code), column(sheet, LABELS[sheet]))


def free_row(s: Subject, sheet: str) -> int:
    """A row beneath everything that the template prints."""
    return int(s.book[sheet].max_row) + 3


def two_tasks(s: Subject) -> tuple[str, str]:
    """Two tasks whose rows follow each other, the first one with a progress."""
    found = codes(s, _TWO)
    return next((a, b) for a, b in pairwise(found) if row_of(s, b) == row_of(s, a) + 1)


# --- with openpyxl ----------------------------------------------------------------------------


def _worked(change: Callable[[Worksheet, Subject], Places | None], sheet: str = _TWO, *due: str) -> Make:
    """Change one sheet; each of `due` is due at the sheet itself."""

    def make(s: Subject) -> Case:
        book = loaded(s)
        places = change(book[sheet], s)
        return case(s, saved(book), [Due(code, sheet) for code in due], places=places)

    return make


def _deleted(ws: Worksheet, s: Subject, rows: list[int]) -> Places:
    unmerge(ws)
    places = s.places
    for row in sorted(rows, reverse=True):
        ws.delete_rows(row)
        places = rows_out(places, ws.title, row)
    return places


def _task_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [row_of(s, two_tasks(s)[1])])


def _last_figure_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [rows_of(s, _ONE)[-1]])


def _groups_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [g.row for g in s.layout.task_groups])


def _results_deleted(s: Subject) -> Case | None:
    if not s.layout.result_rows:
        return None
    book = loaded(s)
    places = _deleted(book[_ONE], s, [r.row for r in s.layout.result_rows])
    return case(s, saved(book), places=places)


def _titles_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [1, 2, 3])


def _identity_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [IDENTITY_ROW])


def _header_deleted(ws: Worksheet, s: Subject) -> Places:
    return _deleted(ws, s, [HEADER_ROW])


def _by(key: Callable[[Worksheet, int], object], sheet: str, *, backwards: bool = False) -> Make:
    """Whole rows of an appendix, hidden codes and all, in the order of `key`."""

    def change(ws: Worksheet, s: Subject) -> Places:
        rows = sorted(rows_of(s, sheet), key=lambda r: (str(key(ws, r)), r), reverse=backwards)
        rearrange(ws, rows)
        return reordered(s.places, sheet, rows)

    return _worked(change, sheet)


def _cell(key: str) -> Callable[[Worksheet, int], object]:
    return lambda ws, row: ws.cell(row, column(ws.title, key)).value or ""


def _half_sorted(s: Subject) -> Case:
    """Everything but the hidden codes sorted by the name of the task."""
    book = loaded(s)
    ws, rows = book[_TWO], rows_of(s, _TWO)
    kept = {row: ws.cell(row, 1).value for row in rows}
    order = sorted(rows, key=lambda r: str(ws.cell(r, column(_TWO, "name")).value))
    rearrange(ws, order)
    for row, code in kept.items():
        ws.cell(row, 1).value = code
    torn = [row for row, came in zip(rows, order, strict=True) if row != came]
    return case(s, saved(book), [Due("ROW_MIXED", _TWO, a1(row, column(_TWO, "name"))) for row in torn])


def _copied(ws: Worksheet, source: int, target: int, *, code: bool) -> None:
    for c in range(1 if code else 2, ws.max_column + 1):
        ws.cell(target, c).value = ws.cell(source, c).value


def _doubled(s: Subject) -> Case:
    book, code = loaded(s), s.task() or ""
    below = free_row(s, _TWO)
    _copied(book[_TWO], row_of(s, code), below, code=True)
    return case(s, saved(book), [Due("ROW_DUPLICATE", _TWO, f"A{below}")])


def _doubled_without_code(s: Subject) -> Case:
    book, code = loaded(s), s.task() or ""
    below = free_row(s, _TWO)
    _copied(book[_TWO], row_of(s, code), below, code=False)
    return case(s, saved(book), [Due("ROW_WITHOUT_CODE", _TWO, label_of(s, code, below))])


def _moved_down(s: Subject) -> Case:
    """A row cut and pasted below the signatures."""
    book, code = loaded(s), s.task() or ""
    ws, source, below = book[_TWO], row_of(s, code), free_row(s, _TWO)
    _copied(ws, source, below, code=True)
    for c in range(1, ws.max_column + 1):
        ws.cell(source, c).value = None
    return case(s, saved(book), places=moved(s.places, _TWO, lambda r, c: (below if r == source else r, c)))


def _pushed_right(s: Subject) -> Case:
    """In one row all cells from the status on stand one column too far right: "Chèn ô, đẩy sang phải"."""
    book, code = loaded(s), s.task() or ""
    ws, row, at = book[_TWO], row_of(s, code), column(_TWO, "status")
    for c in range(ws.max_column, at - 1, -1):
        ws.cell(row, c + 1).value = ws.cell(row, c).value
    ws.cell(row, at).value = None
    due = [Due("STATUS_MISSING", _TWO, a1(row, at)), Due("NOT_A_NUMBER", _TWO, a1(row, at + 1))]
    if s.truth[code, "", "result"]:  # a sentence stands under the document's number now
        due.append(Due("DOCUMENT_NUMBER_IMPLAUSIBLE", _TWO, a1(row, column(_TWO, "document_number"))))
    return case(s, saved(book), due)


def _totals(ws: Worksheet, s: Subject) -> None:
    below = free_row(s, _ONE)
    ws.cell(below, 3).value = "Tổng cộng"
    ws.cell(below, column(_ONE, "value")).value = f"=SUM(H{FIRST_ROW}:H{below - 3})"
    ws.cell(below + 1, 3).value = "Cộng tay"
    ws.cell(below + 1, column(_ONE, "value")).value = 987654


def _remarks(ws: Worksheet, s: Subject) -> None:
    below = free_row(s, _TWO)
    for number, text in enumerate(("Ghi chú: số liệu đến 31/5/2026.", "95", "NV-II-8: đang chờ ý kiến")):
        ws.cell(below + number, 2).value = text


def _remark_in_code_column(s: Subject) -> Case:
    book, below = loaded(s), free_row(s, _TWO)
    book[_TWO].cell(below, 1).value = "Ghi chú: đã kiểm tra"
    return case(s, saved(book), [Due("ROW_UNKNOWN", _TWO, f"A{below}")])


def _header_repeated(ws: Worksheet, s: Subject) -> Places:
    """The heading printed once more in the middle, as people do for the second page."""
    middle = rows_of(s, _TWO)[len(s.layout.task_rows) // 2]
    unmerge(ws, FIRST_ROW)
    ws.insert_rows(middle)
    for c in range(1, ws.max_column + 1):
        ws.cell(middle, c).value = ws.cell(HEADER_ROW, c).value
    return rows_in(s.places, _TWO, middle)


def _table_repeated(s: Subject) -> Case:
    """The whole table once more below, with other answers: nobody can tell which one is meant."""
    book = loaded(s)
    ws, below = book[_TWO], free_row(s, _TWO)
    due = []
    for row in range(HEADER_ROW, max(rows_of(s, _TWO)) + 1):
        _copied(ws, row, below + row, code=True)
        if row in rows_of(s, _TWO):
            ws.cell(below + row, column(_TWO, "progress")).value = 33
            due.append(Due("ROW_DUPLICATE", _TWO, f"A{below + row}"))
    return case(s, saved(book), due)


# --- in the XML -------------------------------------------------------------------------------


def _inserted(text: str) -> Make:
    """Two rows above a task in the middle, blank or with a remark."""

    def make(s: Subject) -> Case:
        middle = row_of(s, two_tasks(s)[1])
        cell = f'<c r="C{middle}" t="inlineStr">{inline(text)}</c>' if text else ""
        rows = f'<row r="{middle}">{cell}</row><row r="{middle + 1}"/>'
        data = package(s, lambda p: p.push_down(_TWO, middle, 2, rows))
        return case(s, data, places=rows_in(s.places, _TWO, middle, 2))

    return make


def _pushed_down(s: Subject) -> Case:
    """Everything from the first row on stands five rows lower, a new title above it."""
    places = s.places

    def change(parts: Package) -> None:
        for sheet in _BOTH:
            cell = f'<c r="B2" t="inlineStr">{inline("BÁO CÁO (bản trình ký)")}</c>'
            parts.push_down(sheet, 1, 5, f'<row r="2">{cell}</row>')

    for sheet in _BOTH:
        places = rows_in(places, sheet, 1, 5)
    return case(s, package(s, change), places=places)


def _hidden(extra: str = "") -> Make:
    """All rows from the second on are hidden, by hand or by a filter."""

    def change(s: Subject, parts: Package) -> None:
        for sheet in _BOTH:
            rows = rows_of(s, sheet)
            part = parts.part(sheet)
            text = parts.text(part)
            for row in rows[1:]:
                text = text.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"', 1)
            # A filter stands behind the protection of the sheet (ECMA-376 part 1, 18.3.1.99).
            filtered = extra.format(f"A{HEADER_ROW}:O{max(rows)}")
            parts.parts[part] = text.replace("<mergeCells", f"{filtered}<mergeCells", 1).encode()

    return lambda s: case(s, package(s, lambda p: change(s, p)))


_FILTER = (
    '<autoFilter ref="{0}"><filterColumn colId="6"><filters><filter val="Hoàn thành"/></filters></filterColumn>'
    "</autoFilter>"
)


def _grouped(s: Subject) -> Case:
    def change(text: str) -> str:
        return re.sub(r'<row r="(1[1-9])"', r'<row r="\1" outlineLevel="2" hidden="1" collapsed="1"', text)

    return case(s, package(s, lambda p: p.rewrite(p.part(_TWO), change)))


KINDS: tuple[Kind, ...] = (
    _xml("dong-chen-trong", "chèn hai dòng trống giữa bảng", _inserted("")),
    _xml("dong-chen-chu", "chèn dòng ghi chú giữa bảng", _inserted("Ghi chú: chờ số liệu của trạm y tế")),
    _xml("dong-chen-dau", "chèn năm dòng tiêu đề lên đầu trang", _pushed_down),
    _xml("dong-an", "ẩn gần hết các dòng", _hidden()),
    _xml("dong-loc", "lọc theo “Hoàn thành”, các dòng khác ẩn", _hidden(_FILTER)),
    _xml("dong-nhom", "gom nhóm và thu gọn các dòng", _grouped),
    _py("dong-xoa", "xóa một dòng nhiệm vụ", _worked(_task_deleted, _TWO, "ROW_MISSING")),
    _py("dong-xoa-chi-tieu", "xóa dòng cuối của Phụ lục 1", _worked(_last_figure_deleted, _ONE, "ROW_MISSING")),
    _py("dong-xoa-nhom", "xóa các dòng tên nhóm", _worked(_groups_deleted)),
    _py("dong-xoa-ket-qua", "xóa các dòng tỷ lệ tự tính", _results_deleted),
    _py("dong-xoa-dau", "xóa ba dòng đầu trang", _worked(_titles_deleted)),
    _py("dong-xoa-nhan-dang", "xóa dòng nhận dạng của Phụ lục 2", _worked(_identity_deleted)),
    _py("dong-xoa-tieu-de", "xóa dòng tiêu đề bảng", _worked(_header_deleted, _TWO, "HEADER_MISSING")),
    _py("xep-ten", "sắp xếp cả dòng theo tên nhiệm vụ", _by(_cell("name"), _TWO)),
    _py("xep-tinh-trang", "sắp xếp cả dòng theo tình trạng", _by(_cell("status"), _TWO)),
    _py("xep-so-lieu", "sắp xếp cả dòng Phụ lục 1 theo số liệu", _by(_cell("value"), _ONE)),
    _py("xep-nguoc", "đảo ngược các dòng", _by(lambda _ws, row: f"{row:05d}", _TWO, backwards=True)),
    _py("xep-nua", "sắp xếp mọi cột trừ cột mã ẩn", _half_sorted),
    _py("dong-lap", "chép thêm một dòng, có mã", _doubled),
    _py("dong-lap-khong-ma", "chép thêm một dòng, không mã", _doubled_without_code),
    _py("dong-di-chuyen", "cắt một dòng dán xuống dưới chữ ký", _moved_down),
    _py("dong-day-phai", "đẩy các ô của một dòng sang phải", _pushed_right),
    _py("dong-tong", "thêm dòng tổng cộng dưới bảng", _worked(_totals, _ONE)),
    _py("ghi-chu-duoi", "ghi chú dưới bảng", _worked(_remarks)),
    _py("ghi-chu-cot-ma", "ghi chú trong cột mã ẩn", _remark_in_code_column),
    _py("tieu-de-lap", "lặp dòng tiêu đề giữa bảng", _worked(_header_repeated)),
    _py("bang-lap", "chép cả bảng xuống dưới, sửa số", _table_repeated),
)
