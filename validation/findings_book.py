"""findings.xlsx for the clerk of the department: what is wrong most, whose return is worst, and every finding.

Drawn by xlsxwriter from values only; opens no return. Links lead from the counts to the findings and stay inside
the book; every cell that repeats a unit's text is a string, never a formula.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from plan.cell_text import cell_text
from plan.dates import day_text
from plan.rule_words import RULE_WORDS
from plan.text_fit import column_pixels, room, row_height, shortened
from validation.differences import VersionDifference
from validation.findings_pen import LINE_POINTS, POINTS, Pen, height, options, set_up_page
from validation.findings_sending import Sending, draw_sendings
from validation.findings_versions import draw_versions
from validation.mend_list import SHOWN_VALUE, by_gravity, row_text
from validation.message_table import MESSAGES
from validation.model import (
    SEVERITY_WORDS,
    VERDICT_WORDS,
    Checked,
    Finding,
    IndicatorEntry,
    Severity,
    TaskEntry,
    Verdict,
)

SUMMARY_SHEET = "Tóm tắt"
DETAIL_SHEET = "Chi tiết"
SENDING_SHEET = "Gửi trả"
VERSIONS_SHEET = "So các bản gửi"
UNKNOWN_UNIT = "Chưa rõ đơn vị"
_NO_UNIT = "–"  # of what is no return: a parcel that was opened
_PARCEL = "PARCEL_"  # how their codes begin

_Kind = TypeVar("_Kind")
_TINTED = 3  # the column of a summary table that carries the tint
_SUMMARY_WIDTHS = (6.0, 56.0, 40.0, 18.0, 14.0, 14.0, 22.0)  # LibreOffice wraps no link: the second holds any title
_NAMED = 4  # units that a kind of fault names before it only counts
_DETAIL = (
    ("Mức độ", 10.0),
    ("Đơn vị", 20.0),
    ("Tệp", 22.0),
    ("Trang", 11.0),
    ("Ô", 6.0),
    ("Chỉ tiêu, nhiệm vụ", 28.0),
    ("Giá trị", 14.0),
    ("Loại", 18.0),
    ("Nội dung", 50.0),
    ("Giải trình của đơn vị", 24.0),
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

    def unit_name(self, unit: str) -> str:
        """The name of a unit, whether the plan knows it or not."""
        return self.units.get(unit, unit) or UNKNOWN_UNIT


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a summary table: its cells, the tint of the third, and the row of "Chi tiết" where it begins."""

    cells: tuple[str | int, ...]
    tint: str
    begins: int | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A numbered table of the summary."""

    title: str
    head: tuple[str, ...]
    lines: tuple[_Line, ...]


def draw_findings(
    checked: Checked,
    heading: BookHeading,
    message: Callable[[Finding], str],
    differences: Sequence[VersionDifference] = (),
    sendings: Sequence[Sending] = (),
) -> bytes:
    """Return findings.xlsx. Same arguments, same bytes; `heading.as_of` is the file's time of creation.

    What goes back to units, and `differences` between the files of a unit, have a sheet each where there are any.
    """
    out = io.BytesIO()
    workbook = Workbook(out, options())
    moment = heading.as_of.astimezone(UTC) if heading.as_of.tzinfo else heading.as_of
    workbook.set_properties({"author": "tonghop", "created": moment.replace(tzinfo=None)})
    pen = Pen(workbook)
    summary = workbook.add_worksheet(SUMMARY_SHEET)
    found = sorted(checked.findings, key=by_gravity)
    row = _draw_title(summary, pen, heading)
    row = _draw_counts(summary, pen, row, checked, heading.units)
    for table in (_by_code(checked, found, heading), _by_unit(checked, found, heading)):
        row = _draw_table(summary, pen, row, table)
    set_up_page(summary, heading.period_label)
    _draw_detail(workbook.add_worksheet(DETAIL_SHEET), pen, _detail_lines(checked, found, heading, message))
    set_up_page(workbook.get_worksheet_by_name(DETAIL_SHEET), heading.period_label)
    if sendings:
        sheet = workbook.add_worksheet(SENDING_SHEET)
        draw_sendings(sheet, pen, sendings)
        set_up_page(sheet, heading.period_label)
    if differences:
        sheet = workbook.add_worksheet(VERSIONS_SHEET)
        draw_versions(sheet, pen, differences, heading)
        set_up_page(sheet, heading.period_label)
    workbook.close()
    return out.getvalue()


def _by_unit(checked: Checked, found: Sequence[Finding], heading: BookHeading) -> _Table:
    times = Counter((f.file, f.severity) for f in found)
    begins = _begins([f.file for f in found])
    ranked = sorted(
        checked.returns,
        key=lambda r: (_WORST_FIRST.index(r.verdict), *(-times[r.file, s] for s in Severity), r.file),
    )
    lines = [
        _Line(
            (heading.unit_name(r.unit), r.file, VERDICT_WORDS[r.verdict], *(times[r.file, s] for s in Severity)),
            _TINTS[r.verdict],
            begins.get(r.file),
        )
        for r in ranked
    ]
    head = ("STT", "Đơn vị", "Tệp", "Kết luận", "Số lỗi", "Số cảnh báo", "Số ghi chú")
    return _Table("Theo đơn vị (nặng nhất trước)", head, tuple(lines))


def _by_code(checked: Checked, found: Sequence[Finding], heading: BookHeading) -> _Table:
    kinds = [(f.severity, f.code) for f in found]
    times, begins = Counter(kinds), _begins(kinds)
    units: dict[tuple[Severity, str], dict[str, None]] = defaultdict(dict)
    strangers: dict[tuple[Severity, str], set[str]] = defaultdict(set)
    parcels = _opened(checked)
    for f in found:
        if f.unit in heading.units:
            units[f.severity, f.code][heading.units[f.unit]] = None
        elif f.file not in parcels:
            strangers[f.severity, f.code].add(f.file)
    gravity = list(Severity)
    lines = [
        _Line(
            (
                MESSAGES[code].title,
                _named(list(units[severity, code]), len(strangers[severity, code])),
                SEVERITY_WORDS[severity],
                times[severity, code],
                len(units[severity, code]),
                code if code in RULE_WORDS else "",
            ),
            _TINTS[severity],
            begins[severity, code],
        )
        for severity, code in sorted(times, key=lambda kind: (gravity.index(kind[0]), -times[kind], kind[1]))
    ]
    head = ("STT", "Loại lỗi, cảnh báo", "Đơn vị gặp phải", "Mức độ", "Số lần", "Số đơn vị", "Mã quy tắc")
    return _Table("Theo loại (lỗi trước, nhiều nhất trước)", head, tuple(lines))


def _opened(checked: Checked) -> set[str]:
    """The parcels that were opened: there is something to say of them, but they are nobody's return."""
    returns = {r.file for r in checked.returns}
    return {f.file for f in checked.findings if f.code.startswith(_PARCEL) and f.file not in returns}


def _begins(kinds: Sequence[_Kind]) -> dict[_Kind, int]:
    """Return the 0-based row of "Chi tiết" on which each kind stands first."""
    return {kind: row for row, kind in reversed(list(enumerate(kinds, 1)))}


def _named(units: Sequence[str], strangers: int = 0) -> str:
    more = f" và {len(units) - _NAMED} đơn vị khác" if len(units) > _NAMED else ""
    named = ", ".join(units[:_NAMED]) + more
    unclear = f"{strangers} tệp chưa rõ của ai" if strangers else ""
    return (
        (f"{named}; {unclear}" if more else f"{named} và {unclear}")
        if named and unclear
        else named or unclear or _NO_UNIT
    )


def _draw_title(sheet: Worksheet, pen: Pen, heading: BookHeading) -> int:
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
        sheet.set_row(row, row_height([(line, free)], POINTS))
    return len(lines) + 2


def _draw_counts(sheet: Worksheet, pen: Pen, top: int, checked: Checked, units: Collection[str]) -> int:
    """Draw files by verdict beside findings by severity; return the next free row."""
    verdicts = Counter(r.verdict for r in checked.returns)
    severities = Counter(f.severity for f in checked.findings)
    known = {r.unit for r in checked.returns if r.unit in units}
    strangers = sum(r.unit not in units for r in checked.returns)
    whose = f"{len(known)} đơn vị" + (f" và {strangers} tệp chưa rõ của ai" if strangers else "")
    pen.write_section(
        sheet,
        top,
        f"Tổng số: {len(checked.returns)} tệp ({whose}); {len(checked.findings)} lỗi, cảnh báo và ghi chú",
    )
    pen.write_heads(sheet, top + 1, enumerate(("Kết luận", "Số tệp", "Mức độ", "Số lượng"), 1))
    for row, verdict in enumerate(_WORST_FIRST, top + 2):
        sheet.set_row(row, LINE_POINTS)
        pen.write(sheet, (row, 1), VERDICT_WORDS[verdict], _TINTS[verdict])
        pen.write(sheet, (row, 2), verdicts[verdict])
    for row, severity in enumerate(Severity, top + 2):
        pen.write(sheet, (row, 3), SEVERITY_WORDS[severity], _TINTS[severity])
        pen.write(sheet, (row, 4), severities[severity])
    return top + len(_WORST_FIRST) + 3


def _draw_table(sheet: Worksheet, pen: Pen, top: int, table: _Table) -> int:
    """Draw `table`; return the next free row."""
    pen.write_section(sheet, top, table.title)
    pen.write_heads(sheet, top + 1, enumerate(table.head))
    if not table.lines:
        sheet.write_string(top + 2, 1, "Không có.", pen.style(italic=True))
    for number, line in enumerate(table.lines, 1):
        row = top + 1 + number
        pen.write(sheet, (row, 0), number)
        for column, value in enumerate(line.cells, 1):
            if column == 1 and line.begins is not None:
                pen.write_link(sheet, (row, column), str(value), (DETAIL_SHEET, line.begins))
            else:
                pen.write(sheet, (row, column), value, line.tint if column == _TINTED else "")
        sheet.set_row(row, height(map(str, line.cells), _SUMMARY_WIDTHS[1 : len(line.cells) + 1]))
    return top + max(len(table.lines), 1) + 3


def _detail_lines(
    checked: Checked, found: Sequence[Finding], heading: BookHeading, message: Callable[[Finding], str]
) -> list[tuple[Severity, tuple[str, ...]]]:
    explained, parcels = _explanations(checked), _opened(checked)
    return [
        (
            f.severity,
            (
                SEVERITY_WORDS[f.severity],
                _NO_UNIT if f.file in parcels and not f.unit else heading.unit_name(f.unit),
                f.file,
                f.sheet,
                f.cell,
                row_text(f, heading.rows),
                shortened(f.value, SHOWN_VALUE),
                MESSAGES[f.code].title,
                message(f),
                shortened(_explanation(f, explained), SHOWN_VALUE),
            ),
        )
        for f in found
    ]


def _explanations(checked: Checked) -> dict[tuple[str, str], str]:
    """(file, row) -> what the unit typed to explain it."""
    said: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    entries: list[IndicatorEntry | TaskEntry] = [*checked.indicator_entries, *checked.other_indicator_entries]
    entries += [*checked.task_entries, *checked.other_task_entries]
    for e in entries:
        if e.explanation:
            said[e.file, e.row][e.explanation] = None
    return {place: "; ".join(texts) for place, texts in said.items()}


def _explanation(found: Finding, explained: Mapping[tuple[str, str], str]) -> str:
    """Why a warning is only a note: in the unit's words. A waiver's reason stands in the message."""
    if found.severity is not Severity.NOTE or found.code not in RULE_WORDS or "waived" in found.facts:
        return ""
    return found.facts.get("explained", "") or explained.get((found.file, found.row), "")


def _draw_detail(sheet: Worksheet, pen: Pen, lines: Sequence[tuple[Severity, tuple[str, ...]]]) -> None:
    widths = [width for _, width in _DETAIL]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    pen.write_heads(sheet, 0, enumerate(title for title, _ in _DETAIL))
    for row, (severity, texts) in enumerate(lines, 1):
        for column, text in enumerate(texts):
            pen.write(sheet, (row, column), text, _TINTS[severity] if column == 0 else "")
        sheet.set_row(row, height(texts, widths))
    sheet.autofilter(0, 0, max(len(lines), 1), len(_DETAIL) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
