"""The live formulas of a template: what is still missing or wrong in a row, and the percentage it comes to.

Only functions that every Excel since 2010 and LibreOffice know; whatever a unit types or pastes, no
formula shows an error. They are a help while filling in: a return is judged by validation, never by them.
"""

from __future__ import annotations

from collections.abc import Sequence

from plan.layout import INDICATOR_COLUMNS, TASK_COLUMNS, IndicatorRow, column_letter, is_required
from plan.model import FieldKind
from plan.words import ATTAINED, NOT_ATTAINED, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus

STATE_LIST = "DS_LOAI_SO_LIEU"
STATUS_LIST = "DS_TINH_TRANG"
CHOICE_LIST = "DS_DANH_GIA"

MISSING = "Còn thiếu"
NEEDS_REASON = "Cần lý do"
ADVISED = "Nên ghi minh chứng"  # asked for, but neither missing nor wrong: validation only warns
WRONG = "Sai: "
DONE = "Đủ"
_BROKEN = f"{WRONG}ô chứa lỗi công thức"
_NOTHING, _EXCUSED = (f'"{STATE_WORDS[state]}"' for state in (DataState.NOTHING, DataState.NOT_APPLICABLE))


def number_text(value: object) -> str:
    """Return a number as Vietnamese text writes it: with a decimal comma."""
    return str(value).replace(".", ",")


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _wrong(text: str) -> str:
    return _quote(WRONG + text)


def _blank(cell: str) -> str:
    return f"LEN(TRIM({cell}))=0"


def _wordless(cell: str) -> str:
    """No letter (none has another capital form) and no digit stands in `cell`: what validation takes for no reason."""
    stripped = cell
    for digit in range(10):
        stripped = f'SUBSTITUTE({stripped},"{digit}","")'
    return f"AND(EXACT(UPPER({cell}),LOWER({cell})),LEN({stripped})=LEN({cell}))"


def _chain(steps: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Nest (condition, answer) pairs into one IF: the first condition that holds decides."""
    text = otherwise
    for condition, answer in reversed(steps):
        text = f"IF({condition},{answer},{text})"
    return text


def _guard(expression: str, on_error: str) -> str:
    return f"=IFERROR({expression},{on_error})"


class _IndicatorCells:
    """The addresses of the input cells of one line of Appendix 1."""

    def __init__(self, row: int) -> None:
        self.value = f"{column_letter(INDICATOR_COLUMNS, 'value')}{row}"
        self.state = f"{column_letter(INDICATOR_COLUMNS, 'state')}{row}"
        self.explanation = f"{column_letter(INDICATOR_COLUMNS, 'explanation')}{row}"


def indicator_check(line: IndicatorRow, lines: Sequence[IndicatorRow]) -> tuple[str, str]:
    """Return (formula, its value in the empty form) for the check cell of `line`; `lines` are its indicator's."""
    cells = _IndicatorCells(line.row)
    required = is_required(line.field)
    steps = [
        (f"AND(NOT({_blank(cells.state)}),COUNTIF({STATE_LIST},{cells.state})=0)", _wrong("chọn lại loại số liệu"))
    ]
    if required:
        steps.append((f"{cells.state}={_EXCUSED}", _when_excused(line, lines)))
    if line.field.kind is FieldKind.TEXT:
        return _guard(_chain(steps + _advice_steps(line, lines), '""'), _quote(_BROKEN)), ""
    empty = MISSING if required else ""
    if line.field.kind is FieldKind.CHOICE:
        steps += [
            (f"{cells.state}={_NOTHING}", _wrong("chọn lại loại số liệu")),
            (_blank(cells.value), _quote(empty)),
            (f"COUNTIF({CHOICE_LIST},{cells.value})=0", _wrong(f"chọn {ATTAINED} hoặc {NOT_ATTAINED}")),
        ]
    else:
        zero = _chain([(f"N({cells.value})<>0", _wrong("đã có số, bỏ Không phát sinh"))], _quote(DONE))
        steps += [
            (f"AND({cells.state}={_NOTHING},OR({_blank(cells.value)},ISNUMBER({cells.value})))", zero),
            (_blank(cells.value), _quote(empty)),
            (f"NOT(ISNUMBER({cells.value}))", _wrong("phải là số")),
            *_number_steps(line, cells.value),
            *_pair_steps(line, lines, cells.value),
        ]
    return _guard(_chain(steps, _quote(DONE)), _quote(_BROKEN)), empty


def _when_excused(line: IndicatorRow, lines: Sequence[IndicatorRow]) -> str:
    """What "not applicable" asks for: no value, a reason, and the same of every required input of the indicator."""
    cells = _IndicatorCells(line.row)
    others = [_IndicatorCells(x.row).state for x in lines if is_required(x.field) and x.row != line.row]
    steps = [
        (f"NOT({_blank(cells.value)})", _wrong("không áp dụng thì để trống số liệu")),
        (_wordless(cells.explanation), _quote(NEEDS_REASON)),
    ]
    if others:
        half = f"OR({','.join(f'{state}<>{_EXCUSED}' for state in others)})"
        steps.append((half, _wrong("Không áp dụng phải cho cả chỉ tiêu")))
    return _chain(steps, _quote(DONE))


def _advice_steps(line: IndicatorRow, lines: Sequence[IndicatorRow]) -> list[tuple[str, str]]:
    """Evidence is asked for beside "Đạt", unless it is excused or the indicator carries an explanation.

    An error in the cell of the choice is told there and not here as well.
    """
    cells = _IndicatorCells(line.row)
    silent = [_blank(_IndicatorCells(x.row).explanation) for x in lines]
    asked = [_blank(cells.value), f"{cells.state}<>{_EXCUSED}", *silent]
    return [
        (f"AND(IFERROR({_IndicatorCells(x.row).value}={_quote(ATTAINED)},FALSE),{','.join(asked)})", _quote(ADVISED))
        for x in lines
        if x.field.kind is FieldKind.CHOICE
    ]


def _number_steps(line: IndicatorRow, cell: str) -> list[tuple[str, str]]:
    field = line.field
    minimum = 0 if field.minimum is None and field.kind is FieldKind.COUNT else field.minimum
    steps: list[tuple[str, str]] = []
    if minimum is not None:
        steps.append((f"{cell}<{minimum}", _wrong(f"nhỏ hơn {number_text(minimum)}")))
    if field.maximum is not None:
        steps.append((f"{cell}>{field.maximum}", _wrong(f"lớn hơn {number_text(field.maximum)}")))
    if field.kind is FieldKind.COUNT:
        steps.append((f"{cell}<>INT({cell})", _wrong("phải là số nguyên")))
    return steps


def _pair_steps(line: IndicatorRow, lines: Sequence[IndicatorRow], cell: str) -> list[tuple[str, str]]:
    """A numerator above its denominator, or a confirmed zero, is said beside it; a typed zero beside itself."""
    if line.field.name.endswith("denominator"):
        return [(f"{cell}=0", _wrong("mẫu số bằng 0"))]
    if not line.field.name.endswith("numerator"):
        return []
    partner = line.field.name.removesuffix("numerator") + "denominator"
    return [
        (
            f"AND(OR(N({other.value})<>0,{other.state}={_NOTHING}),{cell}>N({other.value}))",
            _wrong("tử số lớn hơn mẫu số"),
        )
        for other in (_IndicatorCells(x.row) for x in lines if x.field.name == partner)
    ]


def indicator_result(lines: Sequence[IndicatorRow], decimals: int) -> str:
    """Return the formula of the result line of a ratio or change indicator whose input lines are `lines`."""
    by_name = {line.field.name: line for line in lines}
    if "numerator" in by_name:
        known, amount = _ratio(by_name["numerator"], by_name["denominator"])
    elif "baseline_numerator" in by_name:
        known_now, now = _ratio(by_name["current_numerator"], by_name["current_denominator"])
        known_then, then = _ratio(by_name["baseline_numerator"], by_name["baseline_denominator"])
        known, amount = f"{known_now},{known_then}", f"{now}-{then}"
    else:
        current, baseline = by_name["current"], by_name["baseline"]
        known = f"{_known(current)},{_known(baseline)}"
        amount = f"N({_IndicatorCells(current.row).value})-N({_IndicatorCells(baseline.row).value})"
    return _guard(f'IF(AND({known}),ROUND({amount},{decimals}),"")', '""')


def _known(line: IndicatorRow) -> str:
    """A number stands there, or its absence is confirmed and counts as zero."""
    cells = _IndicatorCells(line.row)
    return f"OR(ISNUMBER({cells.value}),{cells.state}={_NOTHING})"


def _ratio(numerator: IndicatorRow, denominator: IndicatorRow) -> tuple[str, str]:
    above, below = (_IndicatorCells(line.row).value for line in (numerator, denominator))
    return f"{_known(numerator)},ISNUMBER({below}),N({below})>0", f"100*N({above})/N({below})"


def task_check(row: int) -> tuple[str, str]:
    """Return (formula, its value in the empty form) for the check cell of a task at Excel row `row`."""
    keys = ("status", "progress", "result", "document_number", "document_date")
    status, progress, result, document, issued = (f"{column_letter(TASK_COLUMNS, key)}{row}" for key in keys)
    words = {status_word: _quote(text) for status_word, text in STATUS_WORDS.items()}
    untouched = f"LEN(TRIM({progress}))+LEN(TRIM({result}))+LEN(TRIM({document}))=0"
    dated = _chain([(f"AND(NOT({_blank(issued)}),NOT(ISNUMBER({issued})))", _wrong("ngày văn bản"))], _quote(DONE))
    when_done = _chain(
        [
            (f"{progress}<100", _wrong("Hoàn thành thì ghi 100")),
            (f"AND({_blank(result)},{_blank(document)})", _quote(f"{MISSING} kết quả hoặc số văn bản")),
        ],
        dated,
    )
    steps = [
        (_blank(status), f"IF({untouched},{_quote(MISSING)},{_quote(MISSING + ' tình trạng')})"),
        (f"COUNTIF({STATUS_LIST},{status})=0", _wrong("chọn lại tình trạng")),
        (f"AND({status}={words[TaskStatus.NOTHING]},N({progress})=0)", _quote(DONE)),
        (f"{status}={words[TaskStatus.NOTHING]}", _wrong("không phát sinh thì để trống %")),
        (f"AND(NOT({_blank(progress)}),NOT(ISNUMBER({progress})))", _wrong("% hoàn thành phải là số")),
        (f"OR(N({progress})<0,N({progress})>100)", _wrong("% hoàn thành từ 0 đến 100")),
        (f"AND(N({progress})>0,N({progress})<1)", _wrong("gõ 95, không gõ 95%")),
        (
            f"{status}={words[TaskStatus.NOT_STARTED]}",
            f"IF(N({progress})>0,{_wrong('chưa triển khai thì ghi 0')},{dated})",
        ),
        (_blank(progress), _quote(f"{MISSING} % hoàn thành")),
        (f"{status}={words[TaskStatus.COMPLETED]}", when_done),
        (f"{progress}=100", _wrong("đã 100 thì chọn Hoàn thành")),
    ]
    return _guard(_chain(steps, dated), _quote(_BROKEN)), MISSING


def count_missing(areas: Sequence[str]) -> str:
    """Return an expression that counts the check cells of `areas` asking for something."""
    return "+".join(f'COUNTIF({a},"{MISSING}*")+COUNTIF({a},"{NEEDS_REASON}")' for a in areas)


def count_wrong(areas: Sequence[str]) -> str:
    """Return an expression that counts the check cells of `areas` naming a mistake."""
    return "+".join(f'COUNTIF({a},"{WRONG.strip()}*")' for a in areas)


def count_done(areas: Sequence[str]) -> str:
    """Return an expression that counts the check cells of `areas` in order."""
    return "+".join(f'COUNTIF({a},"{DONE}")' for a in areas)
