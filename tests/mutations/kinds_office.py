"""What people do with the workbook in LibreOffice, by its own commands: edit, sort, filter, merge, save as."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plan.layout import CHECK_SHEET, FIRST_ROW, GUIDE_SHEET, HEADER_ROW, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from tests.mutations.make import case, reordered, script, theme
from tests.mutations.model import (
    Case,
    Due,
    Kind,
    Make,
    Places,
    Script,
    Subject,
    a1,
    codes,
    column,
    columns_in,
    columns_out,
    moved,
    rows_in,
    rows_out,
)

_lo = theme("LibreOffice", "LibreOffice")
_ONE, _TWO = INDICATOR_SHEET, TASK_SHEET
_BOTH = (_ONE, _TWO)
Step = tuple[object, ...]
Steps = Callable[[Subject], Iterable[Step]]


def done(
    steps: Steps,
    places: Callable[[Subject], Places] | None = None,
    due: Callable[[Subject], Iterable[Due]] | None = None,
    kind: str = "xlsx",
) -> Make:
    def make(s: Subject) -> Case:
        work = script(*steps(s), kind=kind)
        found = due(s) if due else ()
        name = s.name.replace("xlsx", kind)
        return case(s, work, found, places=places(s) if places else None, name=name)

    return make


def _on(sheet: str, *steps: Step) -> Steps:
    return lambda _s: (("use", sheet), *steps)


def _saved_as(kind: str, *due: str, name: str = "", locked: bool = False) -> Make:
    def make(s: Subject) -> Case:
        work = Script((), kind, "1" if locked else "")
        return case(s, work, [Due(code) for code in due], name=s.name.replace("xlsx", name or kind))

    return make


def _row(s: Subject, code: str) -> int:
    return s.places[s.place(code, "code")][0]


def _first(s: Subject) -> int:
    return _row(s, s.task() or "")


def _middle(s: Subject) -> int:
    return _row(s, codes(s, _TWO)[len(s.layout.task_rows) // 2])


def last(s: Subject, sheet: str = _TWO) -> int:
    return _row(s, codes(s, sheet)[-1])


def _block(s: Subject) -> list[int]:
    """The longest run of tasks without a group's heading between them."""
    best: list[int] = []
    run: list[int] = []
    for row in (_row(s, c) for c in codes(s, _TWO)):
        run = [*run, row] if run and row == run[-1] + 1 else [row]
        best = max(best, run, key=len)
    return best


def _sorted(key: str, *, up: bool) -> Make:
    """One block of tasks sorted by a column, hidden codes with it. Equal cells keep their order."""

    def order(s: Subject) -> list[int]:
        column_ = column(_TWO, key)
        return sorted(_block(s), key=lambda r: _collated(s.book[_TWO].cell(r, column_).value), reverse=not up)

    def steps(s: Subject) -> Iterable[Step]:
        rows = _block(s)
        area = f"A{rows[0]}:O{rows[-1]}"
        return (("use", _TWO), ("unmerge", area), ("sort", area, column(_TWO, key) - 1, "up" if up else "down"))

    return done(steps, lambda s: reordered(s.places, _TWO, order(s)))


def _collated(value: object) -> tuple[bool, float]:
    return (value is None, float(str(value)) if value is not None else 0)


def _renamed(new: dict[str, str], *codes_: str) -> Make:
    def make(s: Subject) -> Case:
        steps = [step for old, name in new.items() for step in (("use", old), ("rename", name))]
        due = [Due(code, name) for code in codes_ for name in new.values()]
        return case(s, script(*steps), due, sheets=new)

    return make


def _changed_copy(s: Subject) -> Iterable[Step]:
    address = s.at(s.task() or "", "progress")
    return (("copy sheet", _TWO, "Phụ lục 2_2", 3), ("use", "Phụ lục 2_2"), ("value", address, 33))


def _merged_down(s: Subject) -> Case:
    """Two cells of one column merged: LibreOffice keeps the second one's content hidden below the first."""
    rows = _block(s)
    at = column(_TWO, "result")
    area = f"{a1(rows[0], at)}:{a1(rows[1], at)}"
    due = [Due("MERGED_INPUT", _TWO, a1(rows[0], at))] * 2
    return case(s, script(("use", _TWO), ("merge", area)), due)


def _subtotalled(s: Subject) -> Case:
    """Subtotals below every change of the role: rows with sums come between, nothing else moves apart."""
    rows = _block(s)
    area = f"A{rows[0] - 1}:O{rows[-1]}"
    role = column(_TWO, "role")
    order = sorted(rows, key=lambda r: str(s.book[_TWO].cell(r, role).value))
    roles = [s.book[_TWO].cell(r, role).value for r in order]
    to, at = {}, rows[0]
    for number, (row, name) in enumerate(zip(order, roles, strict=True)):
        to[row] = at
        at += 2 if number + 1 < len(roles) and roles[number + 1] != name else 1
    added = len(set(roles)) + 1
    steps = (("use", _TWO), ("unmerge", area), ("subtotals", area, role - 1, column(_TWO, "progress") - 1))
    places = moved(s.places, _TWO, lambda r, c: (to.get(r, r + added if r > rows[-1] else r), c))
    return case(s, script(*steps), places=places)


def _code_column_out(s: Subject) -> Iterable[Step]:
    return (("use", _ONE), ("columns-", 1, 1), ("use", _TWO), ("columns-", 1, 1))


def _without_code(s: Subject) -> Places:
    return columns_out(columns_out(s.places, _ONE, 1), _TWO, 1)


def _sheets_due(code: str) -> Callable[[Subject], Iterable[Due]]:
    return lambda _s: [Due(code, sheet) for sheet in _BOTH]


def _swap_columns(s: Subject) -> Places:
    one, other = column(_TWO, "result"), column(_TWO, "difficulties")
    return moved(s.places, _TWO, lambda r, c: (r, {one: other, other: one}.get(c, c)))


def _swapped(s: Subject) -> Iterable[Step]:
    """Results and difficulties change places, over a column far right."""
    end = last(s)
    one, other, aside = (f"{c}{HEADER_ROW}:{c}{end}" for c in ("I", "L", "T"))
    return (("use", _TWO), ("move", one, aside), ("move", other, one), ("move", aside, other))


def _row_moved(s: Subject) -> Case:
    row, below = _first(s), last(s) + 9
    places = moved(s.places, _TWO, lambda r, c: (below if r == row else r, c))
    return case(s, script(("use", _TWO), ("move", f"A{row}:O{row}", f"A{below}")), places=places)


def _row_copied(s: Subject) -> Case:
    row, below = _first(s), last(s) + 9
    work = script(("use", _TWO), ("copy", f"A{row}:O{row}", f"A{below}"))
    return case(s, work, [Due("ROW_DUPLICATE", _TWO, f"A{below}")])


def _deleted_row(s: Subject) -> Case:
    row = _middle(s)
    work = script(("use", _TWO), ("rows-", row, 1))
    return case(s, work, [Due("ROW_MISSING", _TWO)], places=rows_out(s.places, _TWO, row))


def _label_merged(s: Subject) -> Case:
    rows, at = _block(s), column(_TWO, "name")
    return case(s, script(("use", _TWO), ("merge", f"{a1(rows[0], at)}:{a1(rows[1], at)}")))


def _header_down(s: Subject) -> Case:
    """Three rows inserted above the header of both appendices."""
    steps = [step for sheet in _BOTH for step in (("use", sheet), ("rows+", HEADER_ROW, 3))]
    places = rows_in(rows_in(s.places, _ONE, HEADER_ROW, 3), _TWO, HEADER_ROW, 3)
    return case(s, script(*steps), places=places)


def _hidden_rows(s: Subject) -> Iterable[Step]:
    return (("use", _TWO), ("hide", f"A{FIRST_ROW}:A{_middle(s)}"))


_FILTERED: Steps = lambda s: (("use", _TWO), ("filter", f"A8:O{last(s)}", 6, "Hoàn thành"))  # noqa: E731 - one of the table's lines

KINDS: tuple[Kind, ...] = (
    _lo("lo-xlsx", "mở và lưu lại .xlsx", _saved_as("xlsx")),
    _lo("lo-xls", "lưu thành .xls", _saved_as("xls")),
    _lo("lo-ods", "lưu thành .ods", _saved_as("ods")),
    _lo("lo-ots", "lưu thành mẫu .ots", _saved_as("ots")),
    _lo("lo-xlsm", "lưu thành .xlsm", _saved_as("xlsm")),
    _lo("lo-xls-ten-xlsx", "lưu .xls, đổi đuôi .xlsx", _saved_as("xls", "FILE_WRONG_EXTENSION", name="xlsx")),
    _lo("lo-fods", "lưu thành .fods (XML)", _saved_as("fods", "FILE_NOT_WORKBOOK")),
    _lo("lo-html", "lưu thành HTML", _saved_as("html", "FILE_NOT_WORKBOOK")),
    _lo("lo-csv", "lưu thành CSV", _saved_as("csv", "FILE_NOT_WORKBOOK")),
    _lo("lo-pdf", "xuất PDF", _saved_as("pdf", "FILE_NOT_WORKBOOK")),
    _lo("lo-slk", "lưu thành SYLK", _saved_as("slk", "FILE_NOT_WORKBOOK")),
    _lo("lo-mat-khau-ods", "đặt mật khẩu, lưu .ods", _saved_as("ods", "FILE_ENCRYPTED", locked=True)),
    _lo("lo-mat-khau-xls", "đặt mật khẩu, lưu .xls", _saved_as("xls", "FILE_ENCRYPTED", locked=True)),
    _lo(
        "lo-chen-dong",
        "chèn ba dòng giữa bảng",
        done(lambda s: (("use", _TWO), ("rows+", _middle(s), 3)), lambda s: rows_in(s.places, _TWO, _middle(s), 3)),
    ),
    _lo("lo-chen-tren-tieu-de", "chèn ba dòng trên dòng tiêu đề", _header_down),
    _lo("lo-xoa-dong", "xóa một dòng nhiệm vụ", _deleted_row),
    _lo(
        "lo-chen-cot",
        "chèn hai cột trước cột số liệu",
        done(_on(_ONE, ("columns+", 8, 2)), lambda s: columns_in(s.places, _ONE, 8, 2)),
    ),
    _lo(
        "lo-xoa-cot-in",
        "xóa cột “Kỳ trước”",
        done(_on(_ONE, ("columns-", 7, 1)), lambda s: columns_out(s.places, _ONE, 7)),
    ),
    _lo(
        "lo-xoa-cot-nhap",
        "xóa cột “% hoàn thành”",
        done(_on(_TWO, ("columns-", 8, 1)), None, lambda _s: [Due("COLUMN_MISSING", _TWO)]),
    ),
    _lo(
        "lo-xoa-cot-ma",
        "xóa cột mã dòng ẩn của cả hai phụ lục",
        done(_code_column_out, _without_code, _sheets_due("ROWS_BY_LABEL")),
    ),
    _lo("lo-doi-cot", "đổi chỗ hai cột", done(_swapped, _swap_columns)),
    _lo("lo-an-cot", "ẩn các cột nhập", done(_on(_TWO, ("hide columns", "G1:J1")))),
    _lo("lo-hien-cot", "hiện cột mã dòng", done(_on(_TWO, ("show columns", "A1")))),
    _lo("lo-an-dong", "ẩn nửa bảng", done(_hidden_rows)),
    _lo("lo-loc", "lọc theo “Hoàn thành”", done(_FILTERED)),
    _lo("lo-nut-loc", "bật nút lọc", done(lambda s: (("use", _TWO), ("buttons", f"A8:O{last(s)}")))),
    _lo("lo-xep-tang", "sắp xếp theo % tăng dần", _sorted("progress", up=True)),
    _lo("lo-xep-giam", "sắp xếp theo TT giảm dần", _sorted("number", up=False)),
    _lo("lo-nhom", "gom nhóm dòng", done(lambda s: (("use", _TWO), ("group", f"A{_block(s)[0]}:A{_block(s)[-1]}")))),
    _lo("lo-cat-dong", "cắt một dòng dán xuống dưới", _row_moved),
    _lo("lo-chep-dong", "chép một dòng xuống dưới", _row_copied),
    _lo("lo-gop-nhan", "gộp ô nội dung in sẵn", _label_merged),
    _lo("lo-gop-nhap", "gộp hai ô nhập", _merged_down),
    _lo("lo-doi-ten", "đổi tên hai phụ lục", _renamed({_ONE: "PL 1", _TWO: "PL 2"}, "SHEET_RENAMED")),
    _lo("lo-sao-trang", "sao Phụ lục 2 y nguyên", done(lambda _s: (("copy sheet", _TWO, "Phụ lục 2_2", 3),))),
    _lo(
        "lo-sao-trang-sua",
        "sao Phụ lục 2 và sửa bản sao",
        done(_changed_copy, None, lambda _s: [Due("SHEET_DUPLICATE", _TWO)]),
    ),
    _lo(
        "lo-xoa-trang",
        "xóa Phụ lục 2, lưu .ods",
        done(lambda _s: (("delete sheet", _TWO),), None, lambda _s: [Due("SHEET_MISSING", _TWO)], "ods"),
    ),
    _lo(
        "lo-xoa-nhan-dang",
        "xóa trang nhận dạng và các trang phụ",
        done(
            lambda _s: [("delete sheet", n) for n in (STAMP_SHEET, GUIDE_SHEET, CHECK_SHEET)],
            None,
            lambda _s: [Due("STAMP_MISSING")],
        ),
    ),
    _lo("lo-keo-trang", "kéo Phụ lục 2 lên đầu", done(lambda _s: (("move sheet", _TWO, 0),))),
    _lo("lo-tong-con", "chèn tổng con theo vai trò", _subtotalled),
    _lo("lo-khoa", "khóa trang bằng mật khẩu", done(_on(_TWO, ("protect", "bimat")))),
    _lo("lo-tinh-lai", "tính lại toàn bộ rồi lưu .xls", done(lambda _s: (("calculate",),), kind="xls")),
)
