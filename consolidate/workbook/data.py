""" "Dữ liệu": every value that counted returns hold, one per line, from which all totals are live formulas.

Which lines enter a figure is decided here and said in "Tính vào tổng": an indicator line counts when its
unit is in `IndicatorResult.included`, a task line when it belongs to an entry of `TaskResult.parts`
(the progress of a unit with "không phát sinh" aside, as in consolidate.tasks).
Other sheets read the lines through the defined names only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from consolidate.model import Consolidation
from consolidate.workbook.canvas import DATA, Canvas, done, number_pages
from consolidate.workbook.long_table import Cell, LongTableSheet
from plan.cell_text import cell_text
from plan.model import FieldKind, Measure
from plan.words import ROLE_WORDS, STATE_WORDS, STATUS_WORDS, DataState, TaskStatus
from validation.model import IndicatorEntry, TaskEntry

TASK_FIELDS = (
    "status",
    "progress",
    "result",
    "document_number",
    "document_date",
    "difficulties",
    "proposals",
    "explanation",
)
WEIGHT_FIELD = "weight"
_MOST_DIGITS = 300  # a double ends at 308

_HEADS = (
    ("Đơn vị", 190),
    ("Tên đơn vị", 230),
    ("Phụ lục", 70),
    ("Mã dòng", 190),
    ("Trường", 130),
    ("Khóa", 280),
    ("Vai trò", 90),
    ("Giá trị số", 110),
    ("Giá trị chữ", 330),
    ("Loại số liệu", 120),
    ("Tính vào tổng", 75),
    ("Trọng số", 90),
    ("Tệp", 260),
    ("Trang", 90),
    ("Ô", 60),
)
# defined name -> 0-based column
DATA_NAMES = {
    "DL_don_vi": 0,
    "DL_khoa": 5,
    "DL_vai_tro": 6,
    "DL_gia_tri": 7,
    "DL_chu": 8,
    "DL_loai": 9,
    "DL_tinh": 10,
    "DL_trong_so": 11,
}


@dataclass(frozen=True, slots=True)
class DataRow:
    """One line: a number or a text, where it stood, and whether it enters a figure.

    `weight` repeats the unit's weight beside its value, so that a weighted mean needs no second look-up.
    """

    unit: str
    appendix: int
    code: str
    field: str
    role: str
    number: Decimal | None
    text: str
    kind: str
    counted: bool
    weight: Decimal | None
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """All lines in printed order, with the Excel row at which each row code and each unit first stands."""

    rows: tuple[DataRow, ...]
    first_of_code: dict[str, int]
    first_of_unit: dict[str, int]


def data_table(run: Consolidation) -> DataTable:
    """Gather the lines of `run`: Appendix 1 by indicator, unit, field; Appendix 2 by task, part, field."""
    rows = (*_indicator_rows(run), *_task_rows(run))
    of_code: dict[str, int] = {}
    of_unit: dict[str, int] = {}
    for excel_row, row in enumerate(rows, 2):
        of_code.setdefault(row.code, excel_row)
        of_unit.setdefault(row.unit, excel_row)
    return DataTable(rows, of_code, of_unit)


def _indicator_rows(run: Consolidation) -> Iterator[DataRow]:
    results = {r.indicator.code: r for r in run.indicators}
    position = {code: place for place, code in enumerate(results)}
    unit_position = {u.id: place for place, u in enumerate(run.plan.units)}
    fields = {(r.indicator.code, f.name): (n, f) for r in run.indicators for n, f in enumerate(r.indicator.fields)}
    included = {r.indicator.code: frozenset(r.included) for r in run.indicators}
    weighted = {r.indicator.code for r in run.indicators if r.indicator.measure is Measure.VALUE}
    entries = run.checked.indicator_entries
    weights = {(e.row, e.unit): e.value for e in entries if e.field == WEIGHT_FIELD and e.row in weighted}
    last = len(position)

    def place(entry: IndicatorEntry) -> tuple[int, int, int, str]:
        order = fields.get((entry.row, entry.field), (99, None))[0]
        return position.get(entry.row, last), unit_position.get(entry.unit, len(unit_position)), order, entry.cell

    for entry in sorted(entries, key=place):
        field = fields.get((entry.row, entry.field), (0, None))[1]
        value = entry.value
        if value is None or value == "":
            if entry.state is not DataState.NOT_APPLICABLE:
                continue
            value = ""
        state = entry.state or DataState.OFFICIAL
        weight = weights.get((entry.row, entry.unit)) if entry.field != WEIGHT_FIELD else None
        number, text = _typed(value)
        yield DataRow(
            unit=entry.unit,
            appendix=1,
            code=entry.row,
            field=entry.field,
            role="",
            number=number,
            text=text,
            kind=STATE_WORDS[state] if field is None or field.kind is not FieldKind.TEXT else "",
            counted=value != "" and not entry.blocked and entry.unit in included.get(entry.row, ()),
            weight=weight if isinstance(weight, Decimal) and number is not None else None,
            file=entry.file,
            sheet=entry.sheet,
            cell=entry.cell,
        )


def _typed(value: Decimal | str) -> tuple[Decimal | None, str]:
    """(number, text) of a value; a number that a sheet cannot hold is kept as text."""
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS:
        return value, ""
    return None, str(value)


def _task_rows(run: Consolidation) -> Iterator[DataRow]:
    position = {r.task.code: place for place, r in enumerate(run.tasks)}
    parts = {(r.task.code, p.unit): (n, p.entry is not None) for r in run.tasks for n, p in enumerate(r.parts)}

    def place(entry: TaskEntry) -> tuple[int, int, str]:
        at = parts.get((entry.row, entry.unit), (len(parts), False))[0]
        return position.get(entry.row, len(position)), at, entry.unit

    for entry in sorted(run.checked.task_entries, key=place):
        counted = not entry.blocked and parts.get((entry.row, entry.unit), (0, False))[1]
        for field in TASK_FIELDS:
            number, text = _task_value(entry, field)
            if number is None and not text:
                continue
            yield DataRow(
                unit=entry.unit,
                appendix=2,
                code=entry.row,
                field=field,
                role=ROLE_WORDS[entry.role],
                number=number,
                text=text,
                kind="",
                counted=counted and not (field == "progress" and entry.status is TaskStatus.NOTHING),
                weight=None,
                file=entry.file,
                sheet=entry.sheet,
                cell=entry.cells.get(field, ""),
            )


def _task_value(entry: TaskEntry, field: str) -> tuple[Decimal | None, str]:
    if field == "status":
        return None, STATUS_WORDS[entry.status] if entry.status else ""
    if field == "progress":
        return entry.progress, ""
    if field == "document_date":
        return None, f"{entry.document_date:%d/%m/%Y}" if entry.document_date else ""
    text: str = getattr(entry, field)
    return None, text


def draw_data(canvas: Canvas, table: DataTable) -> None:
    """Draw the lines from row 2 down under a filter, and define the names over exactly those rows."""
    formats = canvas.formats
    sheet: LongTableSheet = canvas.book.get_worksheet_by_name(DATA)
    for column, (head, width) in enumerate(_HEADS):
        done(sheet.set_column_pixels(column, column, width))
        done(sheet.write_string(0, column, head, formats.long_head))
    done(sheet.set_row(0, 32))
    sheet.freeze_panes(1, 2)
    last = max(len(table.rows), 1)
    sheet.autofilter(0, 0, last, len(_HEADS) - 1)
    for name, column in DATA_NAMES.items():
        letter = chr(ord("A") + column)
        done(canvas.book.define_name(name, f"='{DATA}'!${letter}$2:${letter}${last + 1}"))
    if not table.rows:
        done(sheet.write_string(1, 1, "Chưa có số liệu nào được nhận trong kỳ này."))
    names = {unit: cell_text(canvas.name(unit)) for unit in table.first_of_unit}
    sheet.write_body(1, (_cells(row, names[row.unit]) for row in table.rows))
    sheet.set_landscape()
    sheet.set_paper(9)
    number_pages(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cells(row: DataRow, name: str) -> tuple[Cell, ...]:
    return (
        row.unit,
        name,
        row.appendix,
        row.code,
        row.field,
        f"{row.code}.{row.field}",
        row.role or None,
        None if row.number is None else float(row.number),
        cell_text(row.text) if row.text else None,
        row.kind or None,
        int(row.counted),
        None if row.weight is None else float(row.weight),
        cell_text(row.file),
        cell_text(row.sheet),
        row.cell or None,
    )
