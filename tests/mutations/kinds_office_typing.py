"""What people type in LibreOffice: numbers, formulas, days and words, and what they add beside the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from plan.model import FieldKind
from tests.mutations.kinds_office import Step, done, last
from tests.mutations.kinds_typing import cell_case, count, dated, running
from tests.mutations.make import case, script, theme
from tests.mutations.model import Case, Due, Kind, Make, Subject, Value, codes

_lo = theme("LibreOffice", "LibreOffice")
_ONE, _TWO = INDICATOR_SHEET, TASK_SHEET


def _typed(
    pick: Callable[[Subject], str | None],
    key: str,
    steps: Callable[[str, str], Iterable[Step]],
    found: str = "",
    meant: Value | None = None,
) -> Make:
    """Something typed into one cell; `steps` take its address and what stood there."""

    def make(s: Subject) -> Case | None:
        code = pick(s)
        if code is None:
            return None
        place = s.place(code, key)
        work = script(("use", place[0]), *steps(s.at(code, key), str(s.typed[place])))
        known = cell_case(s, code, key, b"", found, **({} if meant is None else {key: meant}))
        return case(s, work, known.due, meant=known.meant)

    return make


def _filled_down(s: Subject) -> Case | None:
    """The first figure dragged down over the second: LibreOffice counts upwards, and so the numbers say."""
    code = next((c for c in codes(s, _ONE) if c.endswith("numerator")), None)
    if code is None:
        return None
    below = code.replace("numerator", "denominator")
    area = f"{s.at(code, 'value')}:{s.at(below, 'value')}"
    meant = {s.key(below, "value"): s.value(code) + 1}
    return case(s, script(("use", _ONE), ("fill", area, 1)), meant=meant)


def _totals(s: Subject) -> Iterable[Step]:
    below = last(s, _ONE) + 6
    return (("use", _ONE), ("text", f"C{below}", "Tổng cộng"), ("formula", f"H{below}", f"=SUM(H9:H{below - 6})"))


def _scratched(s: Subject) -> Iterable[Step]:
    below = last(s) + 8
    return (
        ("new sheet", "Nháp", 0), ("use", "Nháp"), ("value", "B2", 12345), ("text", "A1", "Mã dòng"),
        ("use", _TWO), ("text", f"B{below}", "Ghi chú:\\nsố liệu đến 31/5"), ("comment", "H10", "xem lại\\n99"),
        ("colour", "G10:H12"), ("shape", "Đã ký 95%"),
    )  # fmt: skip


def _percents(s: Subject) -> Case:
    """The whole column of progress shown as percent and typed anew: 0.75 stored, 75 % seen."""
    steps: list[Step] = [("use", _TWO)]
    due = []
    for code in codes(s, _TWO):
        address, typed = s.at(code, "progress"), s.typed[_TWO, code, "progress"]
        steps.append(("format", address, "0%"))
        if typed is not None:
            steps.append(("value", address, repr(int(str(typed)) / 100)))
            if typed != 0:
                due.append(Due("NUMBER_CLEANED", _TWO, address))
    return case(s, script(*steps), due)


def _state_cleared(s: Subject) -> Case:
    """All kinds of numbers emptied: a number without one is official."""
    rows = [r for r in s.layout.indicator_rows if s.typed[_ONE, r.code, "value"] is not None]
    steps = [("clear", s.at(r.code, "state")) for r in rows]
    numbers = (FieldKind.COUNT, FieldKind.NUMBER)
    meant: dict[tuple[str, str, str], Value] = {
        s.key(r.code, "state"): "official" if r.field.kind in numbers else None for r in rows
    }
    return case(s, script(("use", _ONE), *steps), meant=meant)


KINDS: tuple[Kind, ...] = (
    _lo("lo-ghi-them", "thêm trang nháp, ghi chú, chú thích, hình vẽ", done(_scratched)),
    _lo("lo-tong", "thêm dòng tổng cộng có công thức", done(_totals)),
    _lo("lo-phan-tram", "đổi cả cột % sang định dạng phần trăm", _percents),
    _lo("lo-keo-so", "kéo số ô trên xuống ô dưới", _filled_down),
    _lo("lo-xoa-loai", "xóa trắng cột loại số liệu", _state_cleared),
    _lo(
        "lo-chu-so",
        "gõ số thành chữ có dấu chấm",
        _typed(count, "value", lambda at, v: (("text", at, f"{int(v):,}".replace(",", ".")),), "NUMBER_CLEANED"),
    ),
    _lo(
        "lo-phep-tinh",
        "gõ phép cộng",
        _typed(count, "value", lambda at, v: (("formula", at, f"={int(v) - 9}+9"),), "FORMULA_RECOMPUTED"),
    ),
    _lo(
        "lo-tham-chieu",
        "gõ công thức tham chiếu",
        _typed(count, "value", lambda at, v: (("value", "M1", v), ("formula", at, "=M1")), "FORMULA_REFERENCE"),
    ),
    _lo(
        "lo-loi",
        "công thức lỗi chia cho 0",
        _typed(count, "value", lambda at, _v: (("formula", at, "=1/0"),), "CELL_ERROR_VALUE"),
    ),
    _lo(
        "lo-mang",
        "công thức mảng",
        _typed(count, "value", lambda at, v: (("array", at, f"=SUM({v}*{{1}})"),), "FORMULA_REFERENCE"),
    ),
    _lo(
        "lo-dinh-dang-ngay",
        "ô ngày đổi sang định dạng số",
        _typed(dated, "document_date", lambda at, _v: (("format", at, "0"),), "DATE_CLEANED"),
    ),
    _lo(
        "lo-ngay-chu",
        "gõ ngày dạng chữ",
        _typed(
            dated, "document_date", lambda at, v: (("text", at, f"ngày {v[8:10]}/{v[5:7]}/{v[:4]}"),), "DATE_CLEANED"
        ),
    ),
    _lo(
        "lo-xuong-dong",
        "kết quả gõ nhiều dòng",
        _typed(
            running,
            "result",
            lambda at, _v: (("text", at, "Đã làm:\\n- họp\\n- ban hành"),),
            "",
            "Đã làm:\n- họp\n- ban hành",
        ),
    ),
    _lo(
        "lo-thay-chu",
        "thay “triển khai” bằng “thực hiện” trong trang",
        _typed(running, "status", lambda at, _v: (("text", at, "Đang thực hiện"),), "CHOICE_CLEANED"),
    ),
)
