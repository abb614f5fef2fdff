"""Damage to columns and to the header row: inserted, moved, deleted, hidden, retyped, doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import FIRST_ROW, HEADER_ROW, INDICATOR_SHEET, TASK_SHEET
from plan.model import FieldKind
from tests.mutations.make import case, loaded, package, saved, theme, unmerge
from tests.mutations.model import (
    COLUMNS,
    Case,
    Due,
    Kind,
    Make,
    Places,
    Subject,
    a1,
    column,
    columns_in,
    columns_out,
    moved,
)
from tests.mutations.package import Package, inline

_py = theme("cột", "openpyxl")
_xml = theme("cột", "XML")
_ONE, _TWO = INDICATOR_SHEET, TASK_SHEET


def _heading(sheet: str, key: str) -> str:
    return next(c.heading for c in COLUMNS[sheet] if c.key == key)


def _head(sheet: str, key: str, shift: int = 0) -> str:
    """The address of a column's heading."""
    return a1(HEADER_ROW, column(sheet, key) + shift)


def _retyped(sheet: str, key: str, text: str | Callable[[str], str], *due: Due) -> Make:
    """Type another heading over one of the template."""
    new = text if isinstance(text, str) else text(_heading(sheet, key))
    attributes = 't="inlineStr"' if new else ""

    def change(parts: Package) -> None:
        parts.cell(sheet, _head(sheet, key), attributes, inline(new) if new else "")

    return lambda s: case(s, package(s, change), due)


def _all_retyped(change: Callable[[str], str]) -> Make:
    """Type every heading of both appendices in another way."""

    def work(parts: Package) -> None:
        for sheet, columns in COLUMNS.items():
            for c in columns:
                parts.cell(sheet, _head(sheet, c.key), 't="inlineStr"', inline(change(c.heading)))

    return lambda s: case(s, package(s, work))


def _wrapped(heading: str) -> str:
    """The heading broken into two lines at its first blank."""
    return heading.replace(" ", "\n", 1)


def _worked(
    sheet: str, change: Callable[[Worksheet, Subject], None], places: Callable[[Places], Places], *due: Due
) -> Make:
    def make(s: Subject) -> Case:
        book = loaded(s)
        change(book[sheet], s)
        return case(s, saved(book), due, places=places(s.places))

    return make


def _as_before(places: Places) -> Places:
    return places


def _inserted(sheet: str, before: str, heading: str, content: str, *due: Due) -> Make:
    """A column left of `before`, with a heading and something in every row, or neither."""
    at = column(sheet, before)

    def change(ws: Worksheet, s: Subject) -> None:
        unmerge(ws)
        ws.insert_cols(at)
        ws.cell(HEADER_ROW, at).value = heading or None
        for (where, _, key), (row, _) in s.places.items():
            if where == sheet and key == "code" and content:
                ws.cell(row, at).value = content

    return _worked(sheet, change, lambda p: columns_in(p, sheet, at), *due)


def _deleted(sheet: str, key: str, *due: Due) -> Make:
    at = column(sheet, key)

    def change(ws: Worksheet, _: Subject) -> None:
        unmerge(ws)
        ws.delete_cols(at)

    return _worked(sheet, change, lambda p: columns_out(p, sheet, at), *due)


def _order(sheet: str, keys: Iterable[str]) -> Make:
    """The columns stand in another order, their headings with them."""
    new = [column(sheet, key) for key in keys]
    to = {old: i for i, old in enumerate(new, start=1)}

    def change(ws: Worksheet, _: Subject) -> None:
        unmerge(ws)
        for row in range(HEADER_ROW, ws.max_row + 1):
            cells = {c: (ws.cell(row, c).value, ws.cell(row, c).number_format) for c in new}
            for old, target in to.items():
                ws.cell(row, target).value, ws.cell(row, target).number_format = cells[old]

    return _worked(sheet, change, lambda p: moved(p, sheet, lambda r, c: (r, to[c])))


def _keys(sheet: str) -> list[str]:
    return [c.key for c in COLUMNS[sheet]]


def _value_last() -> list[str]:
    keys = _keys(_ONE)
    keys.remove("value")
    return [*keys, "value"]


def _exchanged(one: str, other: str) -> list[str]:
    return [{one: other, other: one}.get(key, key) for key in _keys(_TWO)]


def _hidden(key: str) -> Make:
    def change(ws: Worksheet, _: Subject) -> None:
        ws.column_dimensions[get_column_letter(column(_TWO, key))].hidden = True

    return _worked(_TWO, change, _as_before)


def _shown(ws: Worksheet, _: Subject) -> None:
    ws.column_dimensions["A"].hidden = False


def _doubled(s: Subject) -> Case:
    """The column of values copied to the right of itself, heading and all."""
    book = loaded(s)
    ws, at = book[_ONE], column(_ONE, "value")
    unmerge(ws)
    ws.insert_cols(at + 1)
    for row in range(HEADER_ROW, ws.max_row + 1):
        ws.cell(row, at + 1).value = ws.cell(row, at).value
    due = [Due("COLUMN_DUPLICATE", _ONE, _head(_ONE, "value", 1))]
    return case(s, saved(book), due, places=columns_in(s.places, _ONE, at + 1))


def _previous_for_value(s: Subject) -> Case:
    """The headings "Kỳ trước" and "Số liệu kỳ này" exchanged over their columns: every answer is a dash now."""
    old, new = _head(_ONE, "previous"), _head(_ONE, "value")

    def change(parts: Package) -> None:
        parts.cell(_ONE, old, 't="inlineStr"', inline(_heading(_ONE, "value")))
        parts.cell(_ONE, new, 't="inlineStr"', inline(_heading(_ONE, "previous")))

    codes = {FieldKind.COUNT: "NOT_A_NUMBER", FieldKind.NUMBER: "NOT_A_NUMBER", FieldKind.CHOICE: "CHOICE_UNKNOWN"}
    left = column(_ONE, "previous")
    due = [Due(codes[r.field.kind], _ONE, a1(r.row, left)) for r in s.layout.indicator_rows if r.field.kind in codes]
    swap = {left: left + 1, left + 1: left}
    return case(s, package(s, change), due, places=moved(s.places, _ONE, lambda r, c: (r, swap.get(c, c))))


def _without_codes(ws: Worksheet, s: Subject) -> None:
    for (sheet, _, key), at in s.places.items():
        if sheet == ws.title and key == "code":
            ws.cell(*at).value = None


def _without_code_heading(ws: Worksheet, _: Subject) -> None:
    ws.cell(HEADER_ROW, 1).value = None


def _two_lines(s: Subject) -> Case:
    """The heading of the values is typed over two rows: "Số liệu" above "kỳ này"."""
    at = column(_ONE, "value")

    def change(parts: Package) -> None:
        cell = f'<c r="{a1(FIRST_ROW, at)}" t="inlineStr">{inline("kỳ này")}</c>'
        parts.push_down(_ONE, FIRST_ROW, 1, f'<row r="{FIRST_ROW}">{cell}</row>')
        parts.cell(_ONE, _head(_ONE, "value"), 't="inlineStr"', inline("Số liệu"))

    places = moved(s.places, _ONE, lambda r, c: (r + 1, c))
    return case(s, package(s, change), places=places)


def _numbered(s: Subject) -> Case:
    """A row "(1) (2) (3)" below the headings, as decrees print it."""

    def change(parts: Package) -> None:
        numbers = range(2, len(COLUMNS[_TWO]) + 1)
        cells = "".join(f'<c r="{a1(FIRST_ROW, n)}" t="inlineStr">{inline(f"({n - 1})")}</c>' for n in numbers)
        parts.push_down(_TWO, FIRST_ROW, 1, f'<row r="{FIRST_ROW}">{cells}</row>')

    return case(s, package(s, change), places=moved(s.places, _TWO, lambda r, c: (r + 1, c)))


def _header_pushed_right(s: Subject) -> Case:
    """One cell inserted into the header alone: every heading from the values on stands one column too far right."""

    def change(parts: Package) -> None:
        columns = COLUMNS[_ONE]
        at = column(_ONE, "value")
        parts.cell(_ONE, a1(HEADER_ROW, at), "", "")
        for number, c in enumerate(columns[at - 1 : -1], start=at + 1):
            parts.cell(_ONE, a1(HEADER_ROW, number), 't="inlineStr"', inline(c.heading))
        last = f'<c r="{a1(HEADER_ROW, len(columns) + 1)}" t="inlineStr">{inline(columns[-1].heading)}</c></row>'
        start = f'<row r="{HEADER_ROW}"'
        parts.rewrite(parts.part(_ONE), lambda t: t[: t.index(start)] + t[t.index(start) :].replace("</row>", last, 1))

    return case(s, package(s, change), [Due("HEADER_SHIFTED", _ONE, _head(_ONE, "value"))])


_MISSING_ONE, _MISSING_TWO = Due("COLUMN_MISSING", _ONE), Due("COLUMN_MISSING", _TWO)
_BY_LABEL = Due("ROWS_BY_LABEL", _TWO)

KINDS: tuple[Kind, ...] = (
    _py("cot-chen-trong", "chèn cột trống trước “Số liệu kỳ này”", _inserted(_ONE, "value", "", "")),
    _py("cot-chen-ten", "chèn cột “Tổng hợp tay” có nội dung", _inserted(_TWO, "status", "Tổng hợp tay", "đã gọi")),
    _py("cot-chen-so", "chèn cột “Số người rà soát” có số", _inserted(_ONE, "value", "Số người rà soát", "120")),
    _py(
        "cot-chen-la",
        "chèn cột có nội dung, không tiêu đề",
        _inserted(_ONE, "value", "", "120", Due("HEADER_SHIFTED", _ONE, _head(_ONE, "value"))),
    ),
    _py("cot-cuoi", "kéo cột số liệu ra cuối bảng", _order(_ONE, _value_last())),
    _py("cot-doi-cho", "đổi chỗ cột kết quả và cột số văn bản", _order(_TWO, _exchanged("result", "document_number"))),
    _py("cot-dao", "đảo ngược thứ tự mọi cột", _order(_TWO, reversed(_keys(_TWO)))),
    _py("cot-an", "ẩn cột % hoàn thành", _hidden("progress")),
    _py("cot-xoa-ky-truoc", "xóa cột “Kỳ trước”", _deleted(_ONE, "previous")),
    _py("cot-xoa-tt", "xóa cột TT", _deleted(_TWO, "number")),
    _py("cot-xoa-kiem-tra", "xóa cột “Tự kiểm tra”", _deleted(_TWO, "check")),
    _py("cot-xoa-so-lieu", "xóa cột “Số liệu kỳ này”", _deleted(_ONE, "value", _MISSING_ONE)),
    _py("cot-xoa-tinh-trang", "xóa cột “Tình trạng thực hiện”", _deleted(_TWO, "status", _MISSING_TWO)),
    _py("cot-xoa-noi-dung", "xóa cột “Nhiệm vụ”", _deleted(_TWO, "name", _MISSING_TWO)),
    _py("cot-lap", "chép thêm cột số liệu, cùng tiêu đề", _doubled),
    _py("cot-ma-hien", "hiện cột mã dòng", _worked(_TWO, _shown, _as_before)),
    _py("cot-ma-xoa", "xóa cột mã dòng của Phụ lục 2", _deleted(_TWO, "code", _BY_LABEL)),
    _py("cot-ma-trang", "xóa trắng mã dòng của Phụ lục 2", _worked(_TWO, _without_codes, _as_before, _BY_LABEL)),
    _py("cot-ma-mat-ten", "xóa tiêu đề “Mã dòng”", _worked(_TWO, _without_code_heading, _as_before)),
    _xml("tieu-de-hoa", "mọi tiêu đề viết hoa", _all_retyped(str.upper)),
    _xml("tieu-de-ngat-dong", "mọi tiêu đề ngắt dòng", _all_retyped(_wrapped)),
    _xml("tieu-de-khong-dau", "tiêu đề không dấu “So lieu ky nay”", _retyped(_ONE, "value", "So lieu ky nay")),
    _xml(
        "tieu-de-loi-go",
        "tiêu đề gõ sai “Số liêu kì này”",
        _retyped(_ONE, "value", "Số liêu kì này", Due("HEADING_READ_AS", _ONE, _head(_ONE, "value"))),
    ),
    _xml(
        "tieu-de-don-vi",
        "tiêu đề thêm đơn vị “(người)”",
        _retyped(_ONE, "value", lambda h: f"{h} (người)", Due("HEADING_READ_AS", _ONE, _head(_ONE, "value"))),
    ),
    _xml(
        "tieu-de-nghia-khac",
        "tiêu đề thành “Số liệu kỳ này năm trước”",
        _retyped(_ONE, "value", lambda h: f"{h} năm trước", Due("COLUMN_RENAMED", _ONE, _head(_ONE, "value"))),
    ),
    _xml("tieu-de-khac", "tiêu đề “% hoàn thành” thành “Tiến độ”", _retyped(_TWO, "progress", "Tiến độ", _MISSING_TWO)),
    _xml("tieu-de-trang", "xóa chữ ở tiêu đề “Số liệu kỳ này”", _retyped(_ONE, "value", "", _MISSING_ONE)),
    _xml("tieu-de-doi-cho", "đổi tiêu đề “Kỳ trước” và “Số liệu kỳ này”", _previous_for_value),
    _xml("tieu-de-hai-dong", "tiêu đề gõ thành hai dòng", _two_lines),
    _xml("tieu-de-danh-so", "thêm dòng (1) (2) (3) dưới tiêu đề", _numbered),
    _xml("tieu-de-lech", "chèn một ô vào riêng dòng tiêu đề", _header_pushed_right),
)
