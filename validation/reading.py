"""From a located table to typed rows: every input cell is coerced once, with its address beside it.

Coercion faults become findings here; ranges, completeness and cross-checks come later, over all
returns at once (validation/schema.py, validation/rules.py). Pure: takes a read workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan.layout import (
    INDICATOR_SHEET,
    TASK_SHEET,
    IndicatorRow,
    TaskRow,
    WorkbookLayout,
)
from plan.model import FieldKind
from plan.words import CHOICE_WORDS, DataState, TaskStatus
from validation import coerce
from validation.arithmetic import Scale, calculate
from validation.coerce import Coerced
from validation.coerce_cell import clipped, exact, is_blank, shifted, show, typed
from validation.coerce_hint import hint_of_error
from validation.locate_form import Table, Where
from validation.locate_sheet import find_table
from validation.messages import finding
from validation.model import At, Finding
from validation.raw import RawBook

_Coercer = Callable[[object, bool], Coerced]

_YEARS = (2000, 2100)  # serial numbers outside are no dates of documents


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One input line of Appendix 1 as read. `given` is False only for a blank cell; unreadable ones have no value."""

    file: str
    unit: str
    line: IndicatorRow
    value: Decimal | str | None
    state: DataState | None
    explanation: str
    given: bool
    sheet: str
    cell: str
    state_cell: str
    explanation_cell: str


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One line of Appendix 2 as read; `given` holds the keys of cells that are not blank, readable or not."""

    file: str
    unit: str
    line: TaskRow
    status: TaskStatus | None
    progress: Decimal | None
    result: str
    document_number: str
    document_date: date | None
    difficulties: str
    proposals: str
    explanation: str
    given: frozenset[str]
    sheet: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything read from one return, with the findings of gate and coercion."""

    cells: tuple[ReadCell, ...]
    tasks: tuple[ReadTask, ...]
    findings: tuple[Finding, ...]


def read_rows(book: RawBook, layout: WorkbookLayout, where: Where) -> Rows:
    """Read both appendices of `layout` out of `book`; appendices without rows are not looked for."""
    findings: list[Finding] = []
    cells: list[ReadCell] = []
    tasks: list[ReadTask] = []
    if layout.indicator_rows:
        table, gate = find_table(book, layout, INDICATOR_SHEET, where)
        findings += gate
        if table is not None:
            reader = _TableReader(table, where, book)
            cells = [c for line in layout.indicator_rows if (c := reader.indicator(line)) is not None]
            findings += reader.findings
    if layout.task_rows:
        table, gate = find_table(book, layout, TASK_SHEET, where)
        findings += gate
        if table is not None:
            reader = _TableReader(table, where, book)
            tasks = [t for line in layout.task_rows if (t := reader.task(line)) is not None]
            findings += reader.findings
    return Rows(tuple(cells), tuple(tasks), tuple(findings))


class _TableReader:
    """Reads the cells of one table and gathers what their coercion had to say."""

    def __init__(self, table: Table, where: Where, book: RawBook) -> None:
        self._table = table
        self._where = where
        self._blind = book.blind
        # The format of an .ods cell is known by its value: one without a value may be a percentage or not.
        self._trusts_uncached = book.kind != "ods"
        self.findings: list[Finding] = []
        self._task_coercers = _task_coercers(book)

    def indicator(self, line: IndicatorRow) -> ReadCell | None:
        table = self._table
        if line.code not in table.rows:
            return None
        row_code = line.indicator.code
        value = self._cell(line.code, row_code, "value", _coercer(line, self._blind))
        state = self._cell(line.code, row_code, "state", lambda raw, _: coerce.state(raw))
        explanation = self._cell(line.code, row_code, "explanation", _text)
        raw = table.raw(line.code, "value")
        address = table.address(line.code, "value")
        blank = is_blank(raw) and address not in table.sheet.errors and address not in table.sheet.formulas
        if state is DataState.NOTHING and blank and line.field.kind in (FieldKind.COUNT, FieldKind.NUMBER):
            value = Decimal(0)  # "Không phát sinh" confirms the zero that was not typed
        if state is None and isinstance(value, Decimal):
            state = DataState.OFFICIAL  # a number whose kind is left blank (plan.words)
        return ReadCell(
            file=self._where.file,
            unit=self._where.unit,
            line=line,
            value=value if isinstance(value, Decimal | str) and value != "" else None,
            state=state if isinstance(state, DataState) else None,
            explanation=explanation if isinstance(explanation, str) else "",
            given=not blank,
            sheet=table.sheet.name,
            cell=address,
            state_cell=table.address(line.code, "state"),
            explanation_cell=table.address(line.code, "explanation"),
        )

    def task(self, line: TaskRow) -> ReadTask | None:
        table, sheet = self._table, self._table.sheet
        if line.code not in table.rows:
            return None
        read = {key: self._cell(line.code, line.code, key, how) for key, how in self._task_coercers.items()}
        cells = {key: table.address(line.code, key) for key in read}
        given = frozenset(
            key
            for key, address in cells.items()
            if not is_blank(table.raw(line.code, key)) or address in sheet.errors or address in sheet.formulas
        )
        status, progress, document_date = read["status"], read["progress"], read["document_date"]
        return ReadTask(
            file=self._where.file,
            unit=self._where.unit,
            line=line,
            status=status if isinstance(status, TaskStatus) else None,
            progress=progress if isinstance(progress, Decimal) else None,
            document_date=document_date if isinstance(document_date, date) else None,
            **{key: str(read[key] or "") for key in _TASK_TEXTS},
            given=given,
            sheet=sheet.name,
            cells=cells,
        )

    def _cell(self, code: str, row_code: str, key: str, how: _Coercer) -> object:
        """Coerce one cell; its fault, if any, is kept as a finding and the value is None."""
        table, sheet = self._table, self._table.sheet
        address = table.address(code, key)
        raw = table.raw(code, key)
        at = (sheet.name, address, self._where.unit, row_code, code.removeprefix(row_code).lstrip("."))
        if address in sheet.errors:
            value = sheet.errors[address]
            facts = {"hint": hint_of_error(value, is_text=how is _text or how is _document_number)}
            self.findings.append(finding("CELL_ERROR_VALUE", self._where.file, At(*at), value, facts))
            return None
        percent = address in sheet.percents
        if address in sheet.formulas:
            raw, percent, code_name, facts = self._formula(address, raw, percent)
            self.findings.append(finding(code_name, self._where.file, At(*at), facts=facts))
        if raw is None:  # most cells of a return
            return None
        if address in sheet.recoded:
            facts = {"typed": typed(sheet.recoded[address]), "taken": typed(raw)}
            self.findings.append(finding("TEXT_DECODED", self._where.file, At(*at), facts["typed"], facts))
        coerced = how(raw, percent)
        if coerced.code:
            value = coerced.facts["typed"]
            self.findings.append(finding(coerced.code, self._where.file, At(*at), value, coerced.facts))
        return coerced.value

    def _formula(self, address: str, cached: object, percent: bool) -> tuple[object, bool, str, dict[str, str]]:
        """Return (exact value or None, shown as percent, code, facts).

        Sums of literals are recomputed, references are never believed: what is stored of them may be stale.
        """
        sheet = self._table.sheet
        formula, uncached = sheet.formulas[address], address in sheet.uncached
        facts = {"formula": formula, "shown": f" (={clipped(formula)})" if formula else ""}
        result = calculate(formula) if self._trusts_uncached or not uncached else None
        # =12/15*100% is 0,8 or 80 %: only the format of the cell tells which of them the unit saw.
        if result is not None and (percent or result.scale is not Scale.MIXED):
            percent = percent or result.scale is Scale.PERCENT
            return result.value, percent, "FORMULA_RECOMPUTED", {**facts, "taken": _seen(result.value, percent)}
        code = "FORMULA_NOT_CALCULATED" if uncached else "FORMULA_REFERENCE"
        seen = "" if is_blank(cached) else _seen(cached, percent)
        return (
            None,
            percent,
            code,
            {**facts, "hint": f"Ô đang hiện “{seen}”: nếu đúng thì gõ đè lên ô." if seen else ""},
        )


def _seen(value: object, percent: bool) -> str:
    """A computed value as the unit sees it in its cell."""
    number = exact(value) if percent else None
    return typed(value) if number is None else clipped(f"{show(shifted(number, 2))}%")


def _coercer(line: IndicatorRow, blind: bool) -> _Coercer:
    kind, unit = line.field.kind, line.field.unit
    if kind is FieldKind.COUNT:
        return lambda raw, percent_format: coerce.count(raw, percent_format, unit=unit)
    if kind is FieldKind.NUMBER:
        return lambda raw, percent_format: coerce.number(
            raw, percent_format, percent=unit == "%", blind=blind, unit=unit
        )
    if kind is FieldKind.CHOICE:
        return lambda raw, _: coerce.choice(raw, CHOICE_WORDS)
    return _text


def _task_coercers(book: RawBook) -> dict[str, _Coercer]:
    def progress(raw: object, percent_format: bool) -> Coerced:
        return coerce.number(raw, percent_format=percent_format, percent=True, blind=book.blind)

    return {
        "status": lambda raw, _: coerce.status(raw),
        "progress": progress,
        "document_date": lambda raw, _: coerce.date_(raw, _YEARS, book.date1904),
        **dict.fromkeys(_TASK_TEXTS, _text),
        "document_number": _document_number,
    }


def _text(raw: object, _percent_format: bool) -> Coerced:
    return coerce.free_text(raw)


def _document_number(raw: object, _percent_format: bool) -> Coerced:
    return coerce.free_text(raw, is_number=True)


_TASK_TEXTS = ("result", "document_number", "difficulties", "proposals", "explanation")
