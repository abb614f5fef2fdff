"""Ways to type an answer: numbers, percentages, days and words in the forms of docs/coercion.md, typed by openpyxl."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from unicodedata import normalize

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.mutations.make import case, theme, typed
from tests.mutations.model import Case, Due, Kind, Make, Subject, Value

_py = theme("ô", "openpyxl")
Pick = Callable[[Subject], str | None]


def count(s: Subject) -> str | None:
    """A count of four digits or more."""
    return s.count()


def number(s: Subject) -> str | None:
    """A decimal number."""
    return s.number()


def running(s: Subject) -> str | None:
    """A task in progress without a document's day."""
    return s.task()


def dated(s: Subject) -> str | None:
    """A task in progress with a document's day."""
    return s.task(dated=True)


def cell_case(s: Subject, code: str, key: str, data: bytes, found: str, **meant: Value) -> Case:
    """One cell of the row `code` damaged; `meant` are the values of that row that change on purpose."""
    sheet = INDICATOR_SHEET if "." in code else TASK_SHEET
    changes = {s.key(code, name): value for name, value in meant.items()}
    return case(s, data, [Due(found, sheet, s.at(code, key))] if found else [], meant=changes)


def _form(pick: Pick, key: str, how: Callable[[Decimal], object], found: str = "") -> Make:
    """The number that was typed, typed in another form."""

    def make(s: Subject) -> Case | None:
        code = pick(s)
        if code is None:
            return None
        return cell_case(s, code, key, typed(s, {(code, key): how(s.value(code, key))}), found)

    return make


def _count(how: Callable[[int], object], found: str = "NUMBER_CLEANED") -> Make:
    return _form(count, "value", lambda v: how(int(v)), found)


def _decimal(how: Callable[[Decimal], object], found: str = "NUMBER_CLEANED") -> Make:
    return _form(number, "value", how, found)


def _percent(how: Callable[[int], object], found: str = "NUMBER_CLEANED") -> Make:
    return _form(running, "progress", lambda v: how(int(v)), found)


def _day(how: Callable[[date], object], found: str = "DATE_CLEANED") -> Make:
    """The day of a document, typed in another form."""

    def make(s: Subject) -> Case | None:
        code = dated(s)
        if code is None:
            return None
        day = s.truth[code, "", "document_date"]
        assert isinstance(day, date)
        return cell_case(s, code, "document_date", typed(s, {(code, "document_date"): how(day)}), found)

    return make


def _word(pick: Pick, key: str, text: object, found: str, meant: Value | None = None) -> Make:
    """A word or sentence typed over a cell; `meant` is what it says when that is not what stood there."""

    def make(s: Subject) -> Case | None:
        code = pick(s)
        if code is None:
            return None
        data = typed(s, {(code, key): text})
        return cell_case(s, code, key, data, found, **({} if meant is None else {key: meant}))

    return make


def _grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def _wide(value: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(value))


def _nothing(s: Subject) -> Case | None:
    """A blank with "Không phát sinh" beside it is a confirmed zero."""
    code = s.count()
    if code is None:
        return None
    data = typed(s, {(code, "value"): None, (code, "state"): "Không phát sinh"})
    return cell_case(s, code, "value", data, "", value=Decimal(0), state="nothing")


def _all_texts(change: Callable[[str], str]) -> Make:
    """Every text that the unit typed, written in another way that means the same."""

    def make(s: Subject) -> Case:
        inputs = {(p[1], p[2]): v for p, v in s.typed.items() if isinstance(v, str)}
        return case(s, typed(s, {place: change(text) for place, text in inputs.items()}))

    return make


def _all_numbers_texts(s: Subject) -> Case:
    """Every number typed as text, as in a column formatted as Text: nothing else is said by it."""
    inputs = {(p[1], p[2]): v for p, v in s.typed.items() if isinstance(v, int) and not isinstance(v, bool)}
    return case(s, typed(s, {place: (str(v), "@") for place, v in inputs.items()}))


def _shown(code: str) -> Callable[[int], object]:
    return lambda v: (v, code)


_STATUS: tuple[tuple[str, str, str, str], ...] = (
    ("khong-dau", "dang trien khai", "CHOICE_CLEANED", "tình trạng không dấu"),
    ("hoa", "ĐANG TRIỂN KHAI.", "CHOICE_CLEANED", "tình trạng viết hoa, có dấu chấm"),
    ("dong-nghia", "đang thực hiện", "CHOICE_CLEANED", "tình trạng ghi “đang thực hiện”"),
    ("nfd", normalize("NFD", "Đang triển khai"), "", "tình trạng dấu rời (NFD)"),
    ("la", "Tốt", "CHOICE_UNKNOWN", "tình trạng ghi “Tốt”"),
    ("so", "1", "CHOICE_UNKNOWN", "tình trạng ghi “1”"),
    ("x", "x", "CHOICE_UNKNOWN", "tình trạng đánh dấu “x”"),
    ("co-ban", "cơ bản hoàn thành", "CHOICE_UNKNOWN", "tình trạng ghi “cơ bản hoàn thành”"),
)
_LONG = "Đã triển khai. " * 400

KINDS: tuple[Kind, ...] = (
    _py("so-cham", "số đếm “12.345”", _count(lambda v: _grouped(v, "."))),
    _py("so-phay", "số đếm “12,345”", _count(lambda v: _grouped(v, ","))),
    _py("so-cach", "số đếm “12 345”", _count(lambda v: _grouped(v, " "))),
    _py("so-nbsp", "số đếm có dấu cách cứng", _count(lambda v: _grouped(v, "\u00a0"))),
    _py("so-rong", "chữ số rộng “１２３４５”", _count(_wide)),
    _py("so-don-vi", "số đếm kèm chữ “người”", _count(lambda v: f"{v} người")),
    _py("so-cuoi-cach", "số đếm thừa dấu cách ở cuối", _count(lambda v: f"{v} ", "")),
    _py("so-zwsp", "số đếm có ký tự không thấy", _count(lambda v: f"{v}\u200b")),
    _py("so-khong-dau-phay", "số đếm “12345,0”", _count(lambda v: f"{v},0")),
    _py("so-dang-chu", "số đếm dạng chữ", _count(str, "")),
    _py("so-khoang", "“khoảng 12345”", _count(lambda v: f"khoảng {v}", "NOT_A_NUMBER")),
    _py("so-lon-hon", "“>12345”", _count(lambda v: f">{v}", "NOT_A_NUMBER")),
    _py("so-khoang-hai", "“12345-12400”", _count(lambda v: f"{v}-{v + 55}", "NOT_A_NUMBER")),
    _py("so-ty-le", "“12 / 15”", _count(lambda _v: "12 / 15", "NOT_A_NUMBER")),
    _py("so-gach", "dấu gạch “-”", _count(lambda _v: "-", "NOT_A_NUMBER")),
    _py("so-khong", "chữ “không”", _count(lambda _v: "không", "NOT_A_NUMBER")),
    _py("so-nghin", "“12 nghìn”", _count(lambda v: f"{v // 1000} nghìn", "NOT_A_NUMBER")),
    _py("so-hai-nghia", "“2.000” (2000 hay 2)", _count(lambda _v: "2.000", "NUMBER_AMBIGUOUS")),
    _py("so-chu-o", "chữ O thay số 0", _count(lambda v: f"{v}O", "NOT_A_NUMBER")),
    _py("so-dieu-khien", "ký tự điều khiển giữa số", _count(lambda v: f"{v // 10}\u202e{v % 10}", "NOT_A_NUMBER")),
    _py("so-le", "số đếm có phần lẻ", _count(lambda v: v + 0.5, "NOT_WHOLE")),
    _py("so-cham-thanh-le", "Excel hiểu “12.345” thành số lẻ", _count(lambda v: v / 1000 + 0.0005, "NOT_WHOLE")),
    _py("so-am", "số âm", _count(lambda v: -v, "BELOW_MINIMUM")),
    _py("so-logic", "TRUE", _count(lambda _v: True, "NOT_A_NUMBER")),
    _py("so-ngay", "Excel đổi số thành ngày", _count(lambda _v: datetime(2026, 6, 10), "NOT_A_NUMBER")),
    _py("so-phan-tram", "số đếm trong ô định dạng %", _count(_shown("0%"), "NOT_A_NUMBER")),
    _py("so-dinh-dang", "số đếm định dạng #.##0", _count(_shown("#,##0"), "")),
    _py("so-o-text", "số đếm trong ô định dạng Text", _count(_shown("@"), "")),
    _py("so-cong-thuc", "phép cộng hai số", _count(lambda v: f"={v - 5}+5", "FORMULA_RECOMPUTED")),
    _py("so-tham-chieu", "công thức tham chiếu ô khác", _count(lambda v: f"=A1+{v}", "FORMULA_NOT_CALCULATED")),
    _py("so-ham", "công thức SUM", _count(lambda v: f"=SUM({v},0)", "FORMULA_NOT_CALCULATED")),
    _py("so-trang", "bỏ trống số bắt buộc", _count(lambda _v: None, "REQUIRED_MISSING")),
    _py("so-khong-phat-sinh", "bỏ trống, chọn “Không phát sinh”", _nothing),
    _py("moi-so-dang-chu", "mọi số nguyên gõ dạng chữ", _all_numbers_texts),
    _py("thap-phan-phay", "số thập phân “131,9”", _decimal(lambda v: str(v).replace(".", ","))),
    _py("thap-phan-cham", "số thập phân dạng chữ “131.9”", _decimal(str)),
    _py("thap-phan-don-vi", "“131,9 cm”", _decimal(lambda v: f"{v} cm".replace(".", ","))),
    _py("thap-phan-ba-so", "“131.900” (hai cách hiểu)", _decimal(lambda v: f"{v}00", "NUMBER_AMBIGUOUS")),
    _py("thap-phan-muoi-lan", "quên dấu phẩy: 1319", _decimal(lambda v: int(v * 10), "ABOVE_MAXIMUM")),
    _py("thap-phan-phan-tram", "số thập phân kèm %", _decimal(lambda v: f"{v}%", "NUMBER_AMBIGUOUS")),
    _py("phan-tram-dau", "“75%”", _percent(lambda v: f"{v}%")),
    _py("phan-tram-dat", "“đạt 75,0 %”", _percent(lambda v: f"đạt {v},0 %")),
    _py("phan-tram-o", "0,75 trong ô định dạng %", _percent(lambda v: (v / 100, "0%"))),
    _py("phan-tram-phan-so", "0,75 trong ô thường", _percent(lambda v: v / 100, "FRACTION_FOR_PERCENT")),
    _py("phan-tram-ty-so", "“3/4”", _percent(lambda _v: "3/4", "NOT_A_NUMBER")),
    _py("phan-tram-chia", "công thức =3/4", _percent(lambda _v: "=3/4", "FRACTION_FOR_PERCENT")),
    _py("phan-tram-cong-thuc", "công thức =75%", _percent(lambda v: f"={v}%", "FORMULA_RECOMPUTED")),
    _py("phan-tram-qua", "120 %", _percent(lambda _v: 120, "ABOVE_MAXIMUM")),
    _py("phan-tram-hon", "“trên 75%”", _percent(lambda v: f"trên {v}%", "NOT_A_NUMBER")),
    _py("ngay-gach", "ngày “10/6/2026” dạng chữ", _day(lambda d: f"{d.day}/{d.month}/{d.year}")),
    _py("ngay-cham", "ngày “10.06.2026”", _day(lambda d: f"{d:%d.%m.%Y}")),
    _py("ngay-chu", "“ngày 10 tháng 6 năm 2026”", _day(lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}")),
    _py("ngay-iso", "ngày “2026-06-10” dạng chữ", _day(lambda d: d.isoformat())),
    _py("ngay-so-seri", "ngày hiện thành số", _day(lambda d: ((d - date(1899, 12, 30)).days, "General"))),
    _py("ngay-gio", "ngày kèm giờ", _day(lambda d: datetime(d.year, d.month, d.day) + timedelta(hours=9))),
    _py("ngay-thang-nam", "chỉ có tháng “6/2026”", _day(lambda d: f"{d.month}/{d.year}", "NOT_A_DATE")),
    _py("ngay-quy", "“Quý II/2026”", _day(lambda _d: "Quý II/2026", "NOT_A_DATE")),
    _py("ngay-khong-co", "“31/02/2026”", _day(lambda _d: "31/02/2026", "NOT_A_DATE")),
    _py("ngay-hai-so", "“26-06-10” (hai cách hiểu)", _day(lambda _d: "26-06-10", "DATE_AMBIGUOUS")),
    _py(
        "ngay-tuong-lai",
        "ngày văn bản năm sau",
        _word(dated, "document_date", datetime(2027, 1, 5), "DATE_IMPLAUSIBLE", date(2027, 1, 5)),
    ),
    *(_py(f"tinh-trang-{name}", done, _word(running, "status", text, code)) for name, text, code, done in _STATUS),
    _py("chu-nfd", "mọi chữ gõ dấu rời (NFD)", _all_texts(lambda t: normalize("NFD", t))),
    _py("chu-thua-cach", "mọi chữ thừa dấu cách hai đầu", _all_texts(lambda t: f"  {t} ")),
    _py("chu-nbsp", "mọi dấu cách là dấu cách cứng", _all_texts(lambda t: t.replace(" ", "\u00a0"))),
    _py("chu-cong-thuc", "chữ bắt đầu bằng dấu @", _word(running, "result", "@SUM(1+1)", "", "@SUM(1+1)")),
    _py("chu-dai", "kết quả dài 6000 ký tự", _word(running, "result", _LONG, "TEXT_CUT", _LONG[:5000].strip())),
    _py(
        "so-van-ban-thanh-ngay",
        "số văn bản bị đổi thành ngày",
        _word(dated, "document_number", datetime(2026, 12, 1), "TEXT_FROM_DATE", "01/12/2026"),
    ),
)
