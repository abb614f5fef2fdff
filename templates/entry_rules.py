"""What Excel lets a unit type into each kind of input, and what it says beside the cell.

Dropdowns go through defined names: a list on another sheet would be kept by Excel in an extension that
other tools drop. Texts obey Excel's limits (titles 32, messages 255 characters); safe.validate enforces them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from plan.model import Field, FieldKind
from plan.words import ATTAINED, NOT_ATTAINED, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from templates.formulas import CHOICE_LIST, STATE_LIST, STATUS_LIST, number_text

Options = dict[str, Any]

_EARLIEST_DOCUMENT = date(2000, 1, 1)
_ANY_NUMBER = 10**15  # Excel needs some bound; more digits than this it does not keep
_BESIDE_CHOICE = (
    f"Chọn {ATTAINED} thì ghi số, ký hiệu, ngày văn bản làm minh chứng. "
    f"{NOT_ATTAINED} thì nên ghi phần còn thiếu hoặc lý do."
)
_EVIDENCE = "Ghi ngắn gọn; có văn bản thì ghi số, ký hiệu và ngày. Không bắt buộc."
_COMMA = "Nếu máy đổi 95,5 thành 955 thì gõ 95.5."


def _stop(title: str, message: str) -> Options:
    return {"error_type": "stop", "error_title": title, "error_message": message}


def _hint(title: str, message: str) -> Options:
    return {"input_title": title, "input_message": message}


def _choose(name: str, hint: Options, what: str) -> Options:
    stop = _stop("Chọn trong danh sách", f"{what} Bấm mũi tên cạnh ô để chọn, không gõ tay.")
    return {"validate": "list", "source": f"={name}"} | hint | stop


def value_rule(field: Field, fields: Sequence[Field] = ()) -> Options:
    """Return the data validation of the value cell of `field`; `fields` are all those of its indicator."""
    if field.kind is FieldKind.CHOICE:
        hint = _hint("Chọn kết quả", f"Bấm mũi tên để chọn {ATTAINED} hoặc {NOT_ATTAINED}.")
        return _choose(CHOICE_LIST, hint, f"Ô này chỉ nhận {ATTAINED} hoặc {NOT_ATTAINED}.")
    if field.kind is FieldKind.TEXT:
        beside_choice = any(f.kind is FieldKind.CHOICE for f in fields)
        return {"validate": "any"} | _hint("Minh chứng", _BESIDE_CHOICE if beside_choice else _EVIDENCE)
    return _number_rule(field)


def _number_rule(field: Field) -> Options:
    whole = field.kind is FieldKind.COUNT
    minimum = Decimal(0) if field.minimum is None and whole else field.minimum
    what = "số nguyên" if whole else "số"
    room = _range_text(minimum, field.maximum)
    unit = f" Đơn vị tính: {field.unit}." if field.unit else ""
    example = f"Ví dụ: {number_text(_example(minimum, field.maximum, whole=whole))}."
    example += "" if whole else f" {_COMMA}"
    hint = _hint(
        "Nhập số nguyên" if whole else "Nhập số", f"Chỉ gõ chữ số, không kèm chữ hay dấu %.{room}{unit} {example}"
    )
    other = f"Không có số liệu thì để trống và chọn {STATE_WORDS[DataState.NOTHING]} hoặc"
    other += f" {STATE_WORDS[DataState.NOT_APPLICABLE]} ở cột bên cạnh."
    stop = _stop("Số liệu chưa đúng", f"Ô này chỉ nhận {what}.{room} {example} {other}")
    return {"validate": "integer" if whole else "decimal"} | _criteria(minimum, field.maximum) | hint | stop


def _example(minimum: Decimal | None, maximum: Decimal | None, *, whole: bool) -> str:
    """Return a number to show as an example, from the range itself where there is one.

    Counts lie near the lower end of a range that is drawn wide, other numbers near its middle.
    """
    if minimum is not None and maximum is not None:
        span = maximum - minimum
        if whole:
            return f"{(minimum + span / 20).to_integral_value(ROUND_CEILING):f}"
        middle = minimum + span / 2
        half = middle.to_integral_value(ROUND_FLOOR) + Decimal("0.5")
        return f"{half if minimum <= half <= maximum else middle:f}"
    usual, step = (Decimal(12500), Decimal(1)) if whole else (Decimal("68.5"), Decimal("0.5"))
    if minimum is not None:
        usual = max(usual, minimum.to_integral_value(ROUND_CEILING) + step)
    if maximum is not None:
        usual = min(usual, maximum.to_integral_value(ROUND_FLOOR) - step)
    return f"{usual:f}"


def _range_text(minimum: Decimal | None, maximum: Decimal | None) -> str:
    if minimum is not None and maximum is not None:
        return f" Từ {number_text(minimum)} đến {number_text(maximum)}."
    if minimum is not None:
        return f" Từ {number_text(minimum)} trở lên."
    return f" Không quá {number_text(maximum)}." if maximum is not None else ""


def _criteria(minimum: Decimal | None, maximum: Decimal | None) -> Options:
    if minimum is not None and maximum is not None:
        return {"criteria": "between", "minimum": float(minimum), "maximum": float(maximum)}
    if minimum is not None:
        return {"criteria": ">=", "value": float(minimum)}
    return {"criteria": "<=", "value": _ANY_NUMBER if maximum is None else float(maximum)}


def state_rule() -> Options:
    """Return the data validation of the state column of Appendix 1."""
    words = STATE_WORDS
    message = (
        f"Để trống = {words[DataState.OFFICIAL]}. {words[DataState.ESTIMATE]} = số ước tính. "
        f"{words[DataState.NOTHING]} = xác nhận bằng 0. "
        f"{words[DataState.NOT_APPLICABLE]} = không có nội dung này, chọn cho mọi số liệu của chỉ tiêu và ghi lý do."
    )
    return _choose(STATE_LIST, _hint("Loại số liệu", message), "Ô này chỉ nhận các từ trong danh sách.")


def explanation_rule() -> Options:
    """Return the input message of the explanation column of Appendix 1."""
    message = f"Bắt buộc khi chọn {STATE_WORDS[DataState.NOT_APPLICABLE]}. Nên ghi khi số liệu tăng, giảm bất thường."
    return {"validate": "any"} | _hint("Ghi chú, giải trình", message)


def status_rule(previous: str) -> Options:
    """Return the data validation of the status cell of a task; `previous` says what stood there last period."""
    words = STATUS_WORDS
    message = (
        f"Chọn một: {', '.join(words.values())}. {words[TaskStatus.COMPLETED]} thì ghi 100 và kết quả hoặc số văn bản."
    )
    hint = _hint("Tình trạng thực hiện", message + previous)
    return _choose(STATUS_LIST, hint, "Ô này chỉ nhận các từ trong danh sách.")


def progress_rule(previous: str) -> Options:
    """Return the data validation of the percentage cell of a task."""
    message = f"Gõ số từ 0 đến 100, không gõ dấu %. Ví dụ: 95 (không gõ 95%).{previous}"
    stop = _stop("% hoàn thành chưa đúng", "Ô này chỉ nhận số từ 0 đến 100. Ví dụ: muốn ghi 95% thì gõ 95.")
    rule: Options = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    return rule | _hint("% hoàn thành", message) | stop


def document_number_rule() -> Options:
    """Return the input message of the document number column."""
    message = "Văn bản là kết quả của nhiệm vụ. Ví dụ: 45/KH-UBND. Nhiều văn bản thì ghi cách nhau bằng dấu chấm phẩy."
    return {"validate": "any"} | _hint("Số, ký hiệu văn bản", message)


def document_date_rule(last: date) -> Options:
    """Return the data validation of the document date column; a date after `last` is not accepted."""
    message = "Gõ ngày/tháng/năm. Ví dụ: 15/3/2026. Nhiều văn bản thì ghi ngày của văn bản mới nhất."
    stop = _stop(
        "Ngày văn bản chưa đúng",
        "Ô này chỉ nhận ngày, gõ ngày/tháng/năm, ví dụ 15/3/2026. "
        f"Ngày phải từ {_EARLIEST_DOCUMENT:%d/%m/%Y} đến {last:%d/%m/%Y}.",
    )
    rule: Options = {"validate": "date", "criteria": "between", "minimum": _EARLIEST_DOCUMENT, "maximum": last}
    return rule | _hint("Ngày văn bản", message) | stop
