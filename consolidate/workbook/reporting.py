""" "Tình hình nộp": who has reported, counts by kind of unit with their chart on top, one line per unit below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from consolidate.model import REPORTING_WORDS, Consolidation, ReportingState, UnitStatus
from consolidate.workbook.canvas import REPORTING, Canvas, done
from consolidate.workbook.charts import STATE_INKS, Bars, fit_chart, stacked_bars
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    draw_unit_number,
    finish_list,
)
from plan.cell_text import cell_text
from plan.dates import day_text
from plan.model import Unit
from plan.text_fit import room, row_height

_COLUMNS = (
    ("STT", 52),
    ("Đơn vị", 270),
    ("Loại", 92),
    ("Tình trạng", 136),
    ("Gửi đúng hạn hay muộn", 84),
    ("Thời điểm nhận", 136),
    ("Lỗi", 76),
    ("Cảnh báo", 76),
    ("Ô bắt buộc đã trả lời", 84),
    ("Có số liệu dùng được", 84),
    ("Tệp", 290),
    ("Tệp khác (không tính), ghi chú", 226),
)
_SENT, _MOMENT, _ERRORS, _WARNINGS, _ANSWERED, _USABLE, _FILE, _REMARK = range(4, 12)
_LABEL, _ASKED, _FIRST_STATE = 1, 2, 3
_RATE = _FIRST_STATE + len(ReportingState)
_IN_TIME, _LATE = _RATE + 1, _RATE + 2
_CHART = _LATE + 1
_SENT_HEADS = ("Gửi đúng hạn", "Gửi muộn")
_SENT_WORDS = ("Đúng hạn", "Muộn")
_USABLE_WORDS = {True: "Có", False: "Không"}
_SENT_RULE = (
    "“Gửi đúng hạn”, “Gửi muộn” tính theo tệp đang dùng, kể cả tệp còn phải sửa; "
    "“Đã nộp, đúng hạn”, “Đã nộp, muộn” chỉ gồm báo cáo đạt yêu cầu."
)
_MOST_FILES = 4
_ROW_POINTS = 24.0
_GAP_POINTS = 16.5
_LEAST_CHART_PX = 240
_CHART_GAP_PX = 12
_TOP = 3  # rows of a list's title (listing)
_OTHER_KIND = "khác"
_ALL = "Tổng số"


@dataclass(frozen=True, slots=True)
class StateTable:
    """Where the counts by kind of unit and the list of units stand: Excel rows, kinds first..last then the total.

    Columns are 0-based: the label, the units asked, one for each state, the rate of those who have sent anything, and
    how many of these did so in time and late.
    """

    kinds: tuple[str, ...]
    head: int
    list_head: int
    list_first: int
    list_last: int

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands before the counts, one a row."""
        return (*self.kinds, _ALL)

    @property
    def first(self) -> int:
        """The row of the first kind."""
        return self.head + 1

    @property
    def total(self) -> int:
        """The row of all units together."""
        return self.head + len(self.kinds) + 1

    def cell(self, column: int) -> str:
        """The cell of the total in `column`, as another sheet calls it."""
        return f"'{REPORTING}'!${_letter(column)}${self.total}"

    def column(self, column: int) -> str:
        """The cells of the list in `column`, as another sheet calls them."""
        return f"'{REPORTING}'!{self.listed(column)}"

    def listed(self, column: int) -> str:
        """The cells of the list in `column`."""
        return f"${_letter(column)}${self.list_first}:${_letter(column)}${self.list_last}"


ASKED_COLUMN, RATE_COLUMN, IN_TIME_COLUMN, LATE_COLUMN, ERRORS_COLUMN = _ASKED, _RATE, _IN_TIME, _LATE, _ERRORS


def state_column(state: ReportingState) -> int:
    """The 0-based column in which units in `state` are counted."""
    return _FIRST_STATE + list(ReportingState).index(state)


def unusable_formula(table: StateTable) -> str:
    """The formula, for another sheet, of the units whose file is to be corrected and enters no figure."""
    state, usable = table.column(_FIRST_STATE), table.column(_USABLE)
    word = REPORTING_WORDS[ReportingState.TO_BE_CORRECTED]
    return f'=COUNTIFS({state},"{word}",{usable},"{_USABLE_WORDS[False]}")'


def state_table(run: Consolidation) -> StateTable:
    """Lay the sheet out for the units of `run`; a plan that asks nobody keeps one row for the sentence that says so."""
    kinds = tuple(dict.fromkeys(_kind(s.unit) for s in run.statuses))
    list_head = _TOP + 1 + _table_rows(len(kinds))
    first = list_head + 1
    return StateTable(kinds, _TOP + 1, list_head, first, first + max(len(run.statuses), 1) - 1)


def _table_rows(kinds: int) -> int:
    """Rows from the heads of the counts to those of the list: table, at least a chart's height, and a gap."""
    least = round(_LEAST_CHART_PX * 0.75 / _ROW_POINTS)
    return max(kinds + 2, least) + 1


def _kind(unit: Unit) -> str:
    return cell_text(unit.kind) or _OTHER_KIND


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def draw_reporting(canvas: Canvas) -> None:
    """Draw the sheet; a unit's number leads to its first line of data where it has one."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(REPORTING)
    run = canvas.run
    table = state_table(run)
    title = f"TÌNH HÌNH NỘP BÁO CÁO {run.period.label.upper()}"
    if draw_list_title(canvas, sheet, _COLUMNS, title, _note(canvas)) != _TOP:
        raise ValueError("the title of a list takes other rows than the counts expect")
    _draw_counts(canvas, sheet, table)
    row = draw_list_heads(canvas, sheet, _COLUMNS, table.list_head - 1)
    for number, status in enumerate(run.statuses, 1):
        _draw_unit(canvas, sheet, row, (number, status))
        row += 1
    if not run.statuses:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Kế hoạch chưa giao việc cho đơn vị nào.")
    else:
        sheet.autofilter(table.list_head - 1, 0, row - 1, len(_COLUMNS) - 1)
    finish_list(sheet, _COLUMNS, table.list_head - 1, row - 1)
    sheet.freeze_panes(0, 2)  # the counts and the chart scroll away, the names stay


def as_of_text(canvas: Canvas) -> str:
    """Up to which moment the returns are counted."""
    moment = canvas.local(canvas.run.as_of)
    return f"tính đến {moment.hour} giờ {moment:%M} ngày {day_text(moment)}"


def _note(canvas: Canvas) -> str:
    """Of whom and when the sheet speaks, what came after that moment and still counts, how sending is counted."""
    run = canvas.run
    head = f"{run.plan.issuer}, {run.period.label}; {as_of_text(canvas)}"
    if run.period.due is not None:
        head += f"; hạn nộp: trước ngày {day_text(run.period.due)}"
    return " ".join(filter(None, (f"{head}.", after_moment_text(run), _SENT_RULE if run.statuses else "")))


def after_moment_text(run: Consolidation) -> str:
    """A sentence on the files that came after the moment of the run and are counted all the same, "" without any."""
    later = run.after_moment
    if not later:
        return ""
    more = f" và {len(later) - _MOST_FILES} tệp khác" if len(later) > _MOST_FILES else ""
    return f"Có {len(later)} tệp nhận sau thời điểm này vẫn được xét: {'; '.join(later[:_MOST_FILES])}{more}."


def _draw_counts(canvas: Canvas, sheet: Worksheet, table: StateTable) -> None:
    """Counts by kind of unit and state, live over the list below, and their chart beside them."""
    formats, statuses = canvas.formats, canvas.run.statuses
    heads = ["Loại đơn vị", "Số đơn vị phải báo cáo", *REPORTING_WORDS.values(), "Tỷ lệ đã nộp", *_SENT_HEADS]
    for column, head in enumerate(heads, _LABEL):
        state = list(ReportingState)[column - _FIRST_STATE] if _FIRST_STATE <= column < _RATE else None
        form = formats.column_head if state is None else formats.state[state]
        done(sheet.write_string(table.head - 1, column, head, form))
    texts = [(head, room(_COLUMNS[column][1])) for column, head in enumerate(heads, _LABEL)]
    done(sheet.set_row(table.head - 1, row_height(texts, BODY_POINTS, bold=True)))
    for row, kind in enumerate(table.kinds, table.first):
        counts = Counter(s.state for s in statuses if _kind(s.unit) == kind)
        done(sheet.write_string(row - 1, _LABEL, kind, formats.cell))
        formula = f"=COUNTIF({table.listed(2)},$B{row})"
        done(sheet.write_formula(row - 1, _ASKED, formula, formats.count, counts.total()))
        for state in ReportingState:
            column = state_column(state)
            formula = f"=COUNTIFS({table.listed(2)},$B{row},{table.listed(3)},{_letter(column)}${table.head})"
            done(sheet.write_formula(row - 1, column, formula, formats.count, counts[state]))
        _draw_rate(canvas, sheet, row, counts)
        _draw_sent(canvas, sheet, table, (row, kind))
        done(sheet.set_row(row - 1, row_height([(kind, room(_COLUMNS[_LABEL][1]))], BODY_POINTS)))
    counts = Counter(s.state for s in statuses)
    done(sheet.write_string(table.total - 1, _LABEL, _ALL, formats.cell_bold))
    for column in range(_ASKED, _RATE):
        letter = _letter(column)
        cached = len(statuses) if column == _ASKED else counts[list(ReportingState)[column - _FIRST_STATE]]
        formula = f"=SUM({letter}{table.first}:{letter}{table.total - 1})" if table.kinds else "=0"
        done(sheet.write_formula(table.total - 1, column, formula, formats.count_bold, cached))
    _draw_rate(canvas, sheet, table.total, counts)
    _draw_sent(canvas, sheet, table, (table.total, ""))
    for row in range(table.total, table.list_head - 1):
        done(sheet.set_row(row, _GAP_POINTS if row == table.list_head - 2 else _ROW_POINTS))
    for row in range(table.first, table.total + 1):
        done(sheet.set_row(row - 1, _ROW_POINTS))
    if table.kinds:
        _draw_chart(canvas, sheet, table)


def _draw_rate(canvas: Canvas, sheet: Worksheet, row: int, counts: Counter[ReportingState]) -> None:
    """The share of units that have sent anything, whatever its quality."""
    asked, missing = _letter(_ASKED), _letter(state_column(ReportingState.MISSING))
    formula = f'=IF({asked}{row}>0,({asked}{row}-{missing}{row})/{asked}{row},"–")'
    total = counts.total()
    cached = (total - counts[ReportingState.MISSING]) / total if total else "–"
    done(sheet.write_formula(row - 1, _RATE, formula, canvas.formats.percent, cached))


def _draw_sent(canvas: Canvas, sheet: Worksheet, table: StateTable, line: tuple[int, str]) -> None:
    """How many units of a kind, of all ("") in the row of the total, have sent their file in time, and late."""
    row, kind = line
    of_kind = [s.sent_late for s in canvas.run.statuses if kind in ("", _kind(s.unit))]
    for column, late in ((_IN_TIME, False), (_LATE, True)):
        letter = _letter(column)
        if kind:
            sought = f'{table.listed(_SENT)},"{_SENT_WORDS[late]}"'
            formula, form = f"=COUNTIFS({table.listed(2)},$B{row},{sought})", canvas.formats.count
        else:
            formula = f"=SUM({letter}{table.first}:{letter}{row - 1})" if table.kinds else "=0"
            form = canvas.formats.count_bold
        done(sheet.write_formula(row - 1, column, formula, form, of_kind.count(late)))


def state_chart(canvas: Canvas, table: StateTable) -> tuple[Chart, str]:
    """The chart of the states by kind of unit, and what it shows in words."""
    pieces = [(state_column(s), REPORTING_WORDS[s], STATE_INKS[s]) for s in ReportingState]
    bars = Bars(REPORTING, table.first - 1, table.total - 1, _LABEL)
    chart = stacked_bars(canvas.book, "Tình hình nộp báo cáo theo loại đơn vị", bars, pieces)
    return chart, "Biểu đồ thanh: số đơn vị theo tình trạng nộp báo cáo, theo loại đơn vị và tổng số"


def _draw_chart(canvas: Canvas, sheet: Worksheet, table: StateTable) -> None:
    """In the empty space right of the counts, down to the gap over the list."""
    chart, words = state_chart(canvas, table)
    height = sum(sheet.row_sizes[row][0] for row in range(table.head - 1, table.list_head - 2))
    width = sum(width for _, width in _COLUMNS[_CHART:]) - _CHART_GAP_PX
    fit_chart(chart, (width, height), table.labels)
    place = {"x_offset": _CHART_GAP_PX, "object_position": 1, "description": words}
    done(sheet.insert_chart(table.head - 1, _CHART, chart, place))


def _remark(status: UnitStatus) -> str:
    supplement = ["Đã nộp đúng hạn; bản đang dùng là bản bổ sung gửi sau hạn."] if status.supplement else []
    return "; ".join([*supplement, *status.other_files])


def _draw_unit(canvas: Canvas, sheet: Worksheet, row: int, line: tuple[int, UnitStatus]) -> None:
    formats = canvas.formats
    number, status = line
    shown, late = status.shown, status.sent_late
    texts = [
        TextCell(1, status.unit.name, formats.cell),
        TextCell(2, _kind(status.unit), formats.cell_centre),
        TextCell(3, REPORTING_WORDS[status.state], formats.state[status.state]),
        TextCell(_SENT, "–" if late is None else _SENT_WORDS[late], formats.cell_centre),
        TextCell(_ANSWERED, f"{status.completeness.answered}/{status.completeness.required}", formats.cell_centre),
        TextCell(_USABLE, _USABLE_WORDS[shown.counts] if shown else "–", formats.cell_centre),
        TextCell(_FILE, shown.file if shown else "", formats.cell),
        TextCell(_REMARK, _remark(status), formats.cell),
    ]
    draw_texts(sheet, _COLUMNS, row, texts)
    draw_unit_number(canvas, sheet, row, number, status.unit.id)
    if shown:
        done(sheet.write_datetime(row, _MOMENT, canvas.local(shown.received_at), formats.moment))
    else:
        done(sheet.write_blank(row, _MOMENT, None, formats.cell_centre))
    for column, count, marked in (
        (_ERRORS, status.errors, formats.error),
        (_WARNINGS, status.warnings, formats.warning),
    ):
        done(sheet.write_number(row, column, count, marked if count else formats.count))
