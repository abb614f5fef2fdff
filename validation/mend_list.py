"""What a unit is told after validation, as plain values: the lines of "Cần sửa", their order and the next step.

Pure: findings in, texts out. Where the lines are drawn is the business of validation/feedback.py; the
sentence of a single finding is the business of validation/messages.py.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from textwrap import shorten

from plan.dates import day_text
from plan.layout import CHECK_SHEET, GUIDE_SHEET, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from validation.model import SEVERITY_WORDS, VERDICT_WORDS, Finding, Return, Severity, Verdict
from validation.raw import parse_a1

SHOWN_VALUE = 300  # characters of a unit's text in a list: enough to recognise it

_SHEETS = ("", GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, CHECK_SHEET, STAMP_SHEET)
_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}
_NAMED_ROWS = 3  # rows that a grouped line names before it only counts
_NAME_LIMIT = 90  # characters of a row's name
_OWN_FILE = "Đơn vị sửa trong chính tệp của mình rồi gửi lại tệp đó; không gửi lại tệp này."


@dataclass(frozen=True, slots=True)
class FeedbackHeading:
    """What stands over the list. `rows` maps row codes (`INDICATOR.field`, `INDICATOR`, task code) to "TT name"."""

    plan_title: str
    unit_name: str
    period_label: str
    reply_by: date | None  # the first day that is too late; None: as soon as possible
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MendLine:
    """One line of "Cần sửa": equal remarks over several cells of a sheet share it.

    `cells` names all `count` of them; it and `first_cell` are "" for a remark on a whole sheet or file.
    """

    severity: Severity
    sheet: str
    cells: str
    count: int
    first_cell: str
    rows: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class MendPage:
    """The whole sheet: labelled facts over the table, the verdict that colours it, and the lines."""

    facts: tuple[tuple[str, str], ...]
    verdict: Verdict
    lines: tuple[MendLine, ...]


def cell_position(cell: str) -> tuple[int, int]:
    """Return (row, column) of an A1 address, (0, 0) for anything else.

    >>> cell_position("AA10")
    (10, 27)
    """
    try:
        return parse_a1(cell)
    except ValueError:
        return 0, 0


def by_place(found: Finding) -> tuple[object, ...]:
    """Sort key: file, sheet in the order of the template (others after, by name), cell, code."""
    known = found.sheet in _SHEETS
    place = (_SHEETS.index(found.sheet) if known else len(_SHEETS), "" if known else found.sheet)
    return found.file, place, cell_position(found.cell), found.code, found.row, found.value


def by_gravity(found: Finding) -> tuple[object, ...]:
    """Sort key: errors, then warnings, then notes, each by place."""
    return _GRAVITY[found.severity], *by_place(found)


def mend_lines(
    findings: Iterable[Finding], rows: Mapping[str, str], message: Callable[[Finding], str]
) -> tuple[MendLine, ...]:
    """Return the lines of one return, errors first, each at the place of its first cell."""
    groups: dict[tuple[Severity, str, str, str, object], list[Finding]] = {}
    for found in sorted(findings, key=by_gravity):
        apart = "" if found.cell else found.row  # without a cell only the row tells two remarks apart
        key = (found.severity, found.sheet, message(found), found.value, apart)
        groups.setdefault(key, []).append(found)
    return tuple(_line(key[2], group, rows) for key, group in groups.items())


def _line(text: str, group: Sequence[Finding], rows: Mapping[str, str]) -> MendLine:
    first = group[0]
    cells = list(dict.fromkeys(f.cell for f in group if f.cell))
    named = list(dict.fromkeys(shorten(row_text(f, rows), _NAME_LIMIT, placeholder="…") for f in group if f.row))
    shown = "\n".join(named[:_NAMED_ROWS])
    if len(named) > _NAMED_ROWS:
        shown += f"\nvà {len(named) - _NAMED_ROWS} dòng khác"
    return MendLine(first.severity, first.sheet, _spans(cells), len(cells), first.cell, shown, first.value, text)


def row_text(found: Finding, rows: Mapping[str, str]) -> str:
    """Return the printed number and name of the finding's field; of its row when only that is known; else the code."""
    return rows.get(f"{found.row}.{found.field}") or rows.get(found.row) or found.row


def _spans(cells: Sequence[str]) -> str:
    """Write cells shortly, runs of three and more down a column as a span.

    >>> _spans(["H9", "H10", "H11", "H15", "I9"])
    'H9:H11, H15, I9'
    """
    runs: list[list[str]] = []
    for cell in cells:
        row, column = cell_position(cell)
        if row and runs and cell_position(runs[-1][-1]) == (row - 1, column):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]}:{run[-1]}"] if len(run) > 2 else run
    return ", ".join(parts)


def tally(findings: Iterable[Finding]) -> str:
    """Count by severity in words, e.g. "3 lỗi, 1 cảnh báo"."""
    counts = Counter(f.severity for f in findings)
    parts = [f"{counts[s]} {SEVERITY_WORDS[s].lower()}" for s in Severity if counts[s]]
    return ", ".join(parts) or "không có lỗi"


def mend_page(
    return_: Return,
    findings: Sequence[Finding],
    message: Callable[[Finding], str],
    heading: FeedbackHeading,
    apart: str | None = None,
) -> MendPage:
    """Return the page for one return. `apart` is None in a marked copy, else why the list stands alone, or ""."""
    facts = [
        ("Đơn vị", heading.unit_name or "Chưa xác định được"),
        ("Kỳ báo cáo", heading.period_label),
        ("Kế hoạch", heading.plan_title),
        ("Tệp", PurePosixPath(return_.file).name),
        ("Kết luận", f"{VERDICT_WORDS[return_.verdict]} ({tally(findings)})"),
        ("Việc cần làm", _next_step(return_, findings, heading.reply_by, marked=apart is None)),
    ]
    if apart is not None and return_.verdict is not Verdict.UNREADABLE:
        why = f" (không đánh dấu trực tiếp vào tệp của đơn vị được vì {apart})" if apart else ""
        facts.append(("Lưu ý", f"Tệp này chỉ liệt kê lỗi{why}. {_OWN_FILE}"))
    return MendPage(tuple(facts), return_.verdict, mend_lines(findings, heading.rows, message))


def _next_step(return_: Return, findings: Sequence[Finding], reply_by: date | None, *, marked: bool) -> str:
    by_when = f"trước ngày {day_text(reply_by)}" if reply_by else "sớm nhất có thể"
    tinted = marked and any(f.cell for f in findings if f.severity is Severity.ERROR)
    where = "các ô màu đỏ theo hướng dẫn ở bảng dưới" if tinted else "các lỗi nêu ở bảng dưới"
    steps = {
        Verdict.UNREADABLE: f"Làm theo hướng dẫn ở bảng dưới và gửi lại {by_when}.",
        Verdict.TO_BE_CORRECTED: f"Sửa {where}, lưu tệp và gửi lại {by_when}.",
        Verdict.ACCEPTED_WITH_WARNINGS: "Báo cáo đã được chấp nhận; đề nghị xem lại các cảnh báo ở bảng dưới.",
        Verdict.ACCEPTED: "Báo cáo đã được chấp nhận, không phải sửa gì.",
    }
    warned = any(f.severity is Severity.WARNING for f in findings) and return_.verdict is not Verdict.UNREADABLE
    colour = "ô màu cam" if marked else "cảnh báo"
    advice = f" Với {colour}: sửa nếu sai; nếu đúng, ghi lý do vào cột “Ghi chú, giải trình”." if warned else ""
    return steps[return_.verdict] + advice


def same_name(left: str, right: str) -> bool:
    """True when two sheet names are the same to a reader, whatever their Unicode form or case."""
    return unicodedata.normalize("NFC", left).lower() == unicodedata.normalize("NFC", right).lower()
