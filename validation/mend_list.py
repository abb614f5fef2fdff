"""What a unit is told after validation, as plain values: the lines of "Cần sửa", their order and the next step.

Pure: findings in, texts out. Where the lines are drawn is the business of validation/feedback.py; the
sentence of a single finding is the business of validation/messages.py.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from textwrap import shorten
from types import MappingProxyType

from plan.dates import day_text
from plan.layout import CHECK_SHEET, GUIDE_SHEET, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from plan.rule_words import RULE_WORDS
from plan.text_fit import shortened
from validation.feedback_answers import ANSWER_HEADING, answer_key
from validation.model import SEVERITY_WORDS, VERDICT_WORDS, Finding, Return, Severity, Verdict
from validation.raw import parse_a1

Message = Callable[[Finding], str]
Answers = Mapping[str, str]  # what the unit has explained already, by the keys of validation.feedback_answers

SHOWN_VALUE = 300  # characters of a unit's text in a list: enough to recognise it

_SHEETS = ("", GUIDE_SHEET, INDICATOR_SHEET, TASK_SHEET, CHECK_SHEET, STAMP_SHEET)
_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}
_NAMED_ROWS = 3  # rows that a grouped line names before it only counts
_NAMED_VALUES = 3
_NAME_LIMIT = 90  # characters of a row's name
_LABELLED = frozenset({"REQUIRED_MISSING"})  # their sentence differs in the label alone, which the line names anyway
_MANY = 3  # more such lines than this become one
_ANY_LABEL = "số liệu của các dòng này"
_OWN_FILE = "Đơn vị sửa trong chính tệp của mình rồi gửi lại tệp đó; không gửi lại tệp này."
_NEW_FILE = (
    "Số liệu đơn vị đã nhập được chép nguyên như vậy sang tệp này, là biểu mẫu của đơn vị. Sửa trên tệp này, lưu và "
    "gửi lại chính tệp này; không cần dùng tệp cũ nữa."
)
_BLANK_FILE = "Biểu mẫu trống của đơn vị ở các trang sau; chép số liệu vào đây, lưu và gửi lại chính tệp này."
_IN_HEAD = "NEWER_NOT_USED"  # says what became of the file, and asks for nothing of its own
_NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FeedbackHeading:
    """What stands over the list. `rows` maps row codes (`INDICATOR.field`, `INDICATOR`, task code) to "TT name"."""

    plan_title: str
    unit_name: str
    period_label: str
    reply_by: date | None  # the first day that is too late; None: as soon as possible
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit is told of one return: its findings, and the sentence of each."""

    return_: Return
    findings: Sequence[Finding]
    message: Message
    heading: FeedbackHeading


@dataclass(frozen=True, slots=True)
class Alone:
    """The list stands alone, and the unit mends its own file; `reason` says why that could not be marked, or ""."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The unit's values stand in a fresh template. `reason`: why not in its own file; `blank`: what was left out."""

    reason: str
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """The unit's blank template stands behind the list, because nothing could be read of its file."""


Copy = Alone | Redrawn | Blank | None  # None: the unit's own file, marked


@dataclass(frozen=True, slots=True)
class MendLine:
    """One line of "Cần sửa": equal remarks over several cells of a sheet share it.

    `cells` names all `count` of them; it and `first_cell` are "" for a remark on a whole sheet or file. `times` is
    the number of findings. A line with a `key` asks for an explanation; `answer` is the one already given.
    """

    severity: Severity
    sheet: str
    cells: str
    count: int
    first_cell: str
    rows: str
    value: str
    text: str
    times: int = 1
    key: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class MendPage:
    """The whole sheet: title, labelled facts over the table, the verdict that colours it, and the lines."""

    title: str
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


def asks_only(findings: Iterable[Finding]) -> bool:
    """True when nothing has to be mended: there are warnings, and no error."""
    severities = {f.severity for f in findings}
    return Severity.WARNING in severities and Severity.ERROR not in severities


def spoken(message: Message) -> Message:
    """Return `message` but for what the unit has explained: of that it says the explanation and asks nothing."""

    def say(found: Finding) -> str:
        explained = found.facts.get("explained", "")
        if not explained or found.code not in RULE_WORDS:
            return message(found)
        return f"{RULE_WORDS[found.code]}. Đơn vị đã giải trình: “{shortened(explained, SHOWN_VALUE)}”."

    return say


def mend_lines(reply: Reply, given: Answers = _NO_ANSWERS, *, answered: bool = True) -> tuple[MendLine, ...]:
    """Return the lines of one return, errors first, each at the place of its first cell.

    A warning that can be explained has a line for each row, with the answer in `given`; answers to what is asked
    no more keep a line at the end, so that they come back. `answered=False`: nothing is asked or kept.
    """
    ordered = sorted((f for f in reply.findings if f.code != _IN_HEAD), key=by_gravity)
    many = Counter((f.code, f.sheet) for f in ordered if f.code in _LABELLED)
    groups: dict[tuple[object, ...], list[tuple[Finding, str]]] = {}
    asked: dict[str, None] = {}
    for found in ordered:
        key = answer_key(found) if answered else ""
        key = key if found.severity is Severity.WARNING or key in given else ""
        alike = many[found.code, found.sheet] > _MANY
        plain = replace(found, facts={**found.facts, "label": _ANY_LABEL}) if alike else found
        text = reply.message(plain)
        groups.setdefault(_group(found, text, key), []).append((found, text))
        asked |= {key: None} if key else {}
    lines = [_line(group, str(shared[-1]), reply.heading.rows, given) for shared, group in groups.items()]
    kept = [key for key in given if key not in asked] if answered else []
    return (*lines, *(line for key in kept if (line := _kept(key, reply.heading.rows, given)) is not None))


def _group(found: Finding, text: str, key: str) -> tuple[object, ...]:
    """What findings of one line have in common; its last part is the key to answer under."""
    if key:
        return found.severity, found.sheet, text, found.value, key
    if found.severity is Severity.NOTE and found.cell and "explained" not in found.facts:
        return found.severity, found.sheet, found.code, "waived" in found.facts, ""
    apart = "" if found.cell else found.row  # without a cell only the row tells two remarks apart
    return found.severity, found.sheet, text, found.value, apart, ""


def _line(group: Sequence[tuple[Finding, str]], key: str, rows: Mapping[str, str], given: Answers) -> MendLine:
    found = [f for f, _ in group]
    first, text = group[0]
    cells = list(dict.fromkeys(f.cell for f in found if f.cell))
    named = list(dict.fromkeys(shorten(row_text(f, rows), _NAME_LIMIT, placeholder="…") for f in found if f.row))
    shown = "\n".join(f"• {name}" if len(named) > 1 else name for name in named[:_NAMED_ROWS])
    if len(named) > _NAMED_ROWS:
        shown += f"\nvà {len(named) - _NAMED_ROWS} dòng khác"
    if len({said for _, said in group}) > 1:  # notes of one kind
        text = f"{text} Các ô khác tương tự."
    values = list(dict.fromkeys(shortened(f.value, SHOWN_VALUE) for f in found if f.value))
    more = "; …" if len(values) > _NAMED_VALUES else ""
    return MendLine(
        severity=first.severity,
        sheet=first.sheet,
        cells=_spans(cells),
        count=len(cells),
        first_cell=first.cell,
        rows=shown,
        value="; ".join(values[:_NAMED_VALUES]) + more,
        text=text,
        times=len(group),
        key=key,
        answer=given.get(key, ""),
    )


def _kept(key: str, rows: Mapping[str, str], given: Answers) -> MendLine | None:
    """An explanation whose warning is gone, or hidden behind an error: it stays until the return is settled."""
    name = rows.get(key) or RULE_WORDS.get(key)
    if name is None:  # nothing of ours
        return None
    name = shorten(name, _NAME_LIMIT, placeholder="…")
    text = "Giải trình đơn vị đã ghi ở lần gửi trước được giữ lại; hiện không có cảnh báo nào cần đến."
    return MendLine(Severity.NOTE, "", "", 0, "", name, "", text, 0, key, given[key])


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


def mend_page(reply: Reply, copy: Copy = None, given: Answers = _NO_ANSWERS) -> MendPage:
    """Return the page for one return; `given` are the explanations that came with it."""
    return_, heading = reply.return_, reply.heading
    marked = copy is None or isinstance(copy, Redrawn)
    lines = mend_lines(reply, given, answered=marked)
    counted = tally(f for f in reply.findings if f.code != _IN_HEAD)
    facts = [
        ("Đơn vị", heading.unit_name or "Chưa xác định được"),
        ("Kỳ báo cáo", heading.period_label),
        ("Kế hoạch", heading.plan_title),
        ("Tệp", PurePosixPath(return_.file).name),
        ("Kết luận", f"{VERDICT_WORDS[return_.verdict]} ({counted})"),
        ("Việc cần làm", _next_step(reply, lines, marked=marked)),
        *(("Lưu ý", reply.message(f)) for f in reply.findings if f.code == _IN_HEAD),
    ]
    if isinstance(copy, Alone) and return_.verdict is not Verdict.UNREADABLE:
        why = f" (không đánh dấu trực tiếp vào tệp của đơn vị được vì {copy.reason})" if copy.reason else ""
        facts.append(("Lưu ý", f"Tệp này chỉ liệt kê lỗi{why}. {_OWN_FILE}"))
    if isinstance(copy, Blank):
        facts.append(("Lưu ý", _BLANK_FILE))
    if isinstance(copy, Redrawn):
        facts.append(("Lưu ý", f"Không đánh dấu được vào tệp đơn vị đã gửi vì {copy.reason}. {_NEW_FILE}"))
        if copy.blank:
            facts.append(("Phải điền lại", f"{'; '.join(copy.blank)}."))
    title = "ĐỀ NGHỊ GIẢI TRÌNH" if asks_only(reply.findings) else "KẾT QUẢ KIỂM TRA BÁO CÁO"
    return MendPage(title, tuple(facts), return_.verdict, lines)


def _next_step(reply: Reply, lines: Sequence[MendLine], *, marked: bool) -> str:
    verdict, due = reply.return_.verdict, reply.heading.reply_by
    by_when = f"trước ngày {day_text(due)}" if due else "sớm nhất có thể"
    tinted = marked and any(line.first_cell for line in lines if line.severity is Severity.ERROR)
    where = "các ô màu đỏ theo hướng dẫn ở bảng dưới" if tinted else "các lỗi nêu ở bảng dưới"
    steps = {
        Verdict.UNREADABLE: f"Làm theo hướng dẫn ở bảng dưới và gửi lại {by_when}.",
        Verdict.TO_BE_CORRECTED: f"Sửa {where}, lưu tệp và gửi lại {by_when}.",
        Verdict.ACCEPTED_WITH_WARNINGS: "Báo cáo đã được chấp nhận; đề nghị xem lại các cảnh báo ở bảng dưới.",
        Verdict.ACCEPTED: "Báo cáo đã được chấp nhận, không phải sửa gì.",
    }
    if verdict is Verdict.TO_BE_CORRECTED and asks_only(reply.findings):  # its errors are the department's to mend
        steps[verdict] = "Đề nghị xem lại các cảnh báo ở bảng dưới."
    return steps[verdict] + ("" if verdict is Verdict.UNREADABLE else _advice(reply, lines, by_when, marked=marked))


def _advice(reply: Reply, lines: Sequence[MendLine], by_when: str, *, marked: bool) -> str:
    """What to do about the warnings, and with the file when they are all that there is."""
    if not any(f.severity is Severity.WARNING for f in reply.findings):
        return ""
    again = f", rồi gửi lại {by_when}" if asks_only(reply.findings) else ""
    if any(line.key and line.severity is Severity.WARNING for line in lines):
        place = f"ô vàng ở cột “{ANSWER_HEADING}” của bảng dưới"
        return f" Với cảnh báo (màu cam): số sai thì sửa; số đúng thì ghi lý do vào {place}{again}."
    if not marked and any(answer_key(f) for f in reply.findings if f.severity is Severity.WARNING):
        return f" Với cảnh báo: số sai thì sửa; số đúng thì ghi lý do vào cột “Ghi chú, giải trình”{again}."
    return " Với cảnh báo: làm theo hướng dẫn ở bảng dưới."


def same_name(left: str, right: str) -> bool:
    """True when two sheet names are the same to a reader, whatever their Unicode form or case."""
    return unicodedata.normalize("NFC", left).lower() == unicodedata.normalize("NFC", right).lower()
