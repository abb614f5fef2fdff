"""findings.xlsx for the clerk of the department: what is wrong most, whose return is worst, and every finding.

Drawn by xlsxwriter from values only; opens no return. Every cell that repeats a unit's text is a string,
never a formula or a link.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan.cell_text import FORMULA_STARTS, cell_text
from plan.dates import day_text
from plan.text_fit import FONT, column_pixels, room, row_height, shortened
from validation.mend_list import SHOWN_VALUE, by_gravity, row_text
from validation.message_table import MESSAGES
from validation.model import SEVERITY_WORDS, VERDICT_WORDS, Checked, Finding, Return, Severity, Verdict

SUMMARY_SHEET = "Tóm tắt"
DETAIL_SHEET = "Chi tiết"
UNKNOWN_UNIT = "Chưa rõ đơn vị"

_A4 = 9
_POINTS = 11
_RULED: dict[str, object] = {"border": 1, "border_color": "#9AA5B1", "text_wrap": True, "valign": "vcenter"}
_AIR = 3.0  # points
_LINE_POINTS = 20
_TINTED = 3  # the column of a summary table that carries the tint
_SUMMARY_WIDTHS = (6.0, 46.0, 42.0, 18.0, 12.0, 12.0)
_DETAIL = (
    ("Mức độ", 10.0),
    ("Đơn vị", 20.0),
    ("Tệp", 22.0),
    ("Trang", 11.0),
    ("Ô", 6.0),
    ("Chỉ tiêu, nhiệm vụ", 30.0),
    ("Giá trị", 14.0),
    ("Nội dung", 54.0),
)
_WORST_FIRST = (Verdict.UNREADABLE, Verdict.TO_BE_CORRECTED, Verdict.ACCEPTED_WITH_WARNINGS, Verdict.ACCEPTED)
_TINTS: dict[Severity | Verdict, str] = {
    Severity.ERROR: "#FFD5CF",
    Severity.WARNING: "#FFEBC2",
    Severity.NOTE: "#E3EFFA",
    Verdict.UNREADABLE: "#FFD5CF",
    Verdict.TO_BE_CORRECTED: "#FFD5CF",
    Verdict.ACCEPTED_WITH_WARNINGS: "#FFEBC2",
    Verdict.ACCEPTED: "#DDF0DF",
}


@dataclass(frozen=True, slots=True)
class BookHeading:
    """What stands over the tables. `units` maps unit ids to names, `rows` row codes to "TT name"."""

    plan_title: str
    period_label: str
    as_of: datetime
    units: Mapping[str, str]
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    """A numbered table of the summary: lines of cells, each with the tint of its third cell."""

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[tuple[str | int, ...], str], ...]


def draw_findings(checked: Checked, heading: BookHeading, message: Callable[[Finding], str]) -> bytes:
    """Return findings.xlsx. Same arguments, same bytes; `heading.as_of` is the file's time of creation."""
    out = io.BytesIO()
    workbook = Workbook(out, _options())
    moment = heading.as_of.astimezone(UTC) if heading.as_of.tzinfo else heading.as_of
    workbook.set_properties({"author": "tonghop", "created": moment.replace(tzinfo=None)})
    pen = _Pen(workbook)
    summary = workbook.add_worksheet(SUMMARY_SHEET)
    row = _draw_title(summary, pen, heading)
    row = _draw_counts(summary, pen, row, checked)
    for table in (_by_unit(checked, heading.units), _by_code(checked.findings)):
        row = _draw_table(summary, pen, row, table)
    _set_up_page(summary, heading)
    _draw_detail(workbook.add_worksheet(DETAIL_SHEET), pen, checked.findings, heading, message)
    workbook.close()
    return out.getvalue()


def _options() -> dict[str, object]:
    """Return fresh options each time: xlsxwriter writes into the dicts that it is given."""
    return {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": _POINTS, "font_scheme": "none"},
    }


class _Pen:
    """The formats of one workbook, each made once, and the one way to write a bordered cell."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Return the format with `properties` over the house style."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": _POINTS, "valign": "top"}
            self._made[key] = self._workbook.add_format(base | properties)
        return self._made[key]

    def write(self, sheet: Worksheet, place: tuple[int, int], value: str | int, fill: str = "") -> None:
        """Write a table cell: a number as number, everything else as text, also after it is edited."""
        look: dict[str, object] = dict(_RULED)
        if fill:
            look["bg_color"] = fill
        if isinstance(value, int):
            sheet.write_number(*place, value, self.style(**look, align="center", num_format="#,##0"))
            return
        if value.startswith(FORMULA_STARTS):
            look["quote_prefix"] = True
        sheet.write_string(*place, cell_text(value), self.style(**look, indent=1))

    def write_heads(self, sheet: Worksheet, row: int, heads: Iterable[tuple[int, str]]) -> None:
        """Write the head of a table at the given columns."""
        style = self.style(**_RULED, bg_color="#E7ECF2", bold=True, align="center")
        sheet.set_row(row, _LINE_POINTS)
        for column, text in heads:
            sheet.write_string(row, column, text, style)

    def write_section(self, sheet: Worksheet, row: int, text: str) -> None:
        """Write the title over a table."""
        sheet.set_row(row, _LINE_POINTS)
        sheet.write_string(row, 0, text, self.style(bold=True, font_size=12, font_color="#0B4F8A"))


def _by_unit(checked: Checked, units: Mapping[str, str]) -> _Table:
    errors = Counter(f.file for f in checked.findings if f.severity is Severity.ERROR)
    warned = Counter(f.file for f in checked.findings if f.severity is Severity.WARNING)

    def worst(return_: Return) -> tuple[int, int, int, str]:
        return _WORST_FIRST.index(return_.verdict), -errors[return_.file], -warned[return_.file], return_.file

    lines = [
        ((_name(r.unit, units), r.file, VERDICT_WORDS[r.verdict], errors[r.file], warned[r.file]), _TINTS[r.verdict])
        for r in sorted(checked.returns, key=worst)
    ]
    head = ("STT", "Đơn vị", "Tệp", "Kết luận", "Số lỗi", "Số cảnh báo")
    return _Table("Theo đơn vị (nặng nhất trước)", head, tuple(lines))


def _by_code(findings: Sequence[Finding]) -> _Table:
    times = Counter((f.code, f.severity) for f in findings)
    units: dict[tuple[str, Severity], set[str]] = {}
    for found in findings:
        units.setdefault((found.code, found.severity), set()).add(found.unit or found.file)
    gravity = list(Severity)
    kinds = sorted(times, key=lambda kind: (gravity.index(kind[1]), -times[kind], kind[0]))
    lines = [
        (
            (MESSAGES[kind[0]].title, kind[0], SEVERITY_WORDS[kind[1]], times[kind], len(units[kind])),
            _TINTS[kind[1]],
        )
        for kind in kinds
    ]
    head = ("STT", "Loại lỗi, cảnh báo", "Mã", "Mức độ", "Số lần", "Số đơn vị")
    return _Table("Theo loại (nhiều nhất trước)", head, tuple(lines))


def _name(unit: str, units: Mapping[str, str]) -> str:
    return units.get(unit, unit) or UNKNOWN_UNIT


def _draw_title(sheet: Worksheet, pen: _Pen, heading: BookHeading) -> int:
    """Draw title and facts; return the next free row (rows count from 0 here, as in xlsxwriter)."""
    for column, width in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "KẾT QUẢ KIỂM TRA BÁO CÁO CỦA CÁC ĐƠN VỊ", pen.style(bold=True, font_size=14))
    sheet.set_row(0, 24)
    lines = (
        f"Kế hoạch: {heading.plan_title}",
        f"Kỳ báo cáo: {heading.period_label}",
        f"Tính đến {heading.as_of:%H:%M} ngày {day_text(heading.as_of.date())}",
    )
    free = room(sum(map(column_pixels, _SUMMARY_WIDTHS)))
    for row, line in enumerate(map(cell_text, lines), 1):
        sheet.merge_range(row, 0, row, len(_SUMMARY_WIDTHS) - 1, "", pen.style(text_wrap=True))
        sheet.write_string(row, 0, line, pen.style(text_wrap=True))
        sheet.set_row(row, row_height([(line, free)], _POINTS))
    return len(lines) + 2


def _draw_counts(sheet: Worksheet, pen: _Pen, top: int, checked: Checked) -> int:
    """Draw files by verdict beside findings by severity; return the next free row."""
    verdicts = Counter(r.verdict for r in checked.returns)
    severities = Counter(f.severity for f in checked.findings)
    pen.write_section(
        sheet, top, f"Tổng số: {len(checked.returns)} tệp; {len(checked.findings)} lỗi, cảnh báo và ghi chú"
    )
    pen.write_heads(sheet, top + 1, enumerate(("Kết luận", "Số tệp", "Mức độ", "Số lượng"), 1))
    for row, verdict in enumerate(_WORST_FIRST, top + 2):
        sheet.set_row(row, _LINE_POINTS)
        pen.write(sheet, (row, 1), VERDICT_WORDS[verdict], _TINTS[verdict])
        pen.write(sheet, (row, 2), verdicts[verdict])
    for row, severity in enumerate(Severity, top + 2):
        pen.write(sheet, (row, 3), SEVERITY_WORDS[severity], _TINTS[severity])
        pen.write(sheet, (row, 4), severities[severity])
    return top + len(_WORST_FIRST) + 3


def _draw_table(sheet: Worksheet, pen: _Pen, top: int, table: _Table) -> int:
    """Draw `table`; return the next free row."""
    pen.write_section(sheet, top, table.title)
    pen.write_heads(sheet, top + 1, enumerate(table.head))
    if not table.lines:
        sheet.write_string(top + 2, 1, "Không có.", pen.style(italic=True))
    for number, (cells, tint) in enumerate(table.lines, 1):
        row = top + 1 + number
        pen.write(sheet, (row, 0), number)
        for column, value in enumerate(cells, 1):
            pen.write(sheet, (row, column), value, tint if column == _TINTED else "")
        sheet.set_row(row, _height(map(str, cells), _SUMMARY_WIDTHS[1:]))
    return top + max(len(table.lines), 1) + 3


def _draw_detail(
    sheet: Worksheet, pen: _Pen, findings: Sequence[Finding], heading: BookHeading, message: Callable[[Finding], str]
) -> None:
    for column, (_, width) in enumerate(_DETAIL):
        sheet.set_column(column, column, width)
    pen.write_heads(sheet, 0, enumerate(title for title, _ in _DETAIL))
    for row, found in enumerate(sorted(findings, key=by_gravity), 1):
        texts = (
            SEVERITY_WORDS[found.severity],
            _name(found.unit, heading.units),
            found.file,
            found.sheet,
            found.cell,
            row_text(found, heading.rows),
            shortened(found.value, SHOWN_VALUE),
            message(found),
        )
        for column, text in enumerate(texts):
            pen.write(sheet, (row, column), text, _TINTS[found.severity] if column == 0 else "")
        sheet.set_row(row, _height(texts, [width for _, width in _DETAIL]))
    sheet.autofilter(0, 0, max(len(findings), 1), len(_DETAIL) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _set_up_page(sheet, heading)


def _height(texts: Iterable[str], widths: Sequence[float]) -> float:
    rooms = (room(column_pixels(width), indented=True) for width in widths)
    return row_height(zip(map(cell_text, texts), rooms, strict=True), _POINTS) + _AIR


def _set_up_page(sheet: Worksheet, heading: BookHeading) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    period = heading.period_label.replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT}"Kiểm tra báo cáo {period}&R&"{FONT}"Trang &P/&N')
