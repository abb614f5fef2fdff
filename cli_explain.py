"""`explain`: how one consolidated figure came about, as lines for the terminal.

Lays out what consolidate.explain found; computes nothing. Text from units stays on its line and shows no control sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from textwrap import wrap

from cli_job import Job
from cli_report import heading, program
from consolidate.explain.as_json import explanation_json
from consolidate.explain.model import (
    ABSENCE_WORDS,
    Absence,
    Cell,
    Column,
    Explanation,
    FileVersion,
    LeftOut,
    Share,
)
from consolidate.rounding import rounded, vietnamese
from consolidate.spelled import exact
from plan.cell_text import writable
from plan.dates import moment_text
from plan.layout import INDICATOR_COLUMNS
from plan.text_fit import shortened
from plan.words import STATE_WORDS
from validation.messages import message
from validation.model import VERDICT_WORDS, Finding, Return

__all__ = ["explanation_json", "explanation_text"]

_WIDTH = 118
_MOST_LINES = 200  # of one list; what is more is added up in a line of its own
_NAME = 34
_SHOWN_DIGITS = 12  # of a SHA-256, as `history` shows it
_KIND = next(column.heading for column in INDICATOR_COLUMNS if column.key == "state")
_LONGEST_TEXT = 300
_MOST_FILES = 40  # beyond which only those are listed that bear no usual name or came late
_BLANKS = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
# What a file counts for when the row explained is not in the figure.
_COUNTS_BUT = {
    Absence.BLOCKED: "ĐANG TÍNH, trừ dòng này vì đang có lỗi",
    Absence.EMPTY: "ĐANG TÍNH, nhưng dòng này còn trống",
    Absence.NO_ROW: "ĐANG TÍNH, nhưng không có dòng này",
    Absence.NOT_APPLICABLE: "ĐANG TÍNH, dòng này ghi không áp dụng",
}
_LONGEST_TEXT_OF_ONE = 2_000


def explanation_text(job: Job, explanation: Explanation) -> list[str]:
    """The figure, its rule and sum, its verdict; then who is in it with which cells, and who is not and why."""
    e = explanation
    lines = [heading(job), "", *_title(e)]
    for label, texts in (
        ("Kết quả", [e.shown]),
        ("Cách tính", [e.rule]),
        ("Phép tính" if e.is_indicator else "Diễn giải", [e.working]),
        ("Mục tiêu" if e.is_indicator else "Thời hạn", [e.target]),
        ("Đánh giá", e.verdict),
        ("Số đơn vị", [e.coverage]),
        ("So sánh", e.changes),
        ("Lưu ý", e.notes),
    ):
        lines += _labelled(label, texts)
    if e.unit:
        lines += _of_one(job, e)
    else:
        lines += _of_all(e)
        again = f"{program()} explain {e.code} {job.again} --unit MÃ_HOẶC_TÊN_ĐƠN_VỊ"
        lines += ["", f"Xem riêng một đơn vị, kể cả các bản đã gửi:  {again}"]
    return [line.rstrip() for line in lines]


def _title(e: Explanation) -> list[str]:
    kind = "CHỈ TIÊU" if e.is_indicator else "NHIỆM VỤ"
    return [*wrap(f"{kind} {one_line(e.title)}", _WIDTH), *_labelled("Mã", [e.code])]


def _labelled(label: str, texts: Sequence[str]) -> list[str]:
    """The label once, then its texts wrapped beneath one another beside it."""
    lines: list[str] = []
    for text in texts:
        head = f"{label + ':':<12}" if not lines else " " * 12
        lines += wrap(one_line(text), _WIDTH, initial_indent=head, subsequent_indent=" " * 12, break_on_hyphens=False)
    return lines


def one_line(text: str) -> str:
    """Text of anybody on one line, without signs that a terminal would obey; "> 95%" keeps together."""
    return _BLANKS.sub(" ", writable(text)).strip()


def _of_all(e: Explanation) -> list[str]:
    who = "đơn vị" if e.is_indicator else "đơn vị chủ trì"
    lines = ["", f"ĐƯỢC TÍNH: {len(e.shares)} {who}"]
    if e.shares:
        lines[-1] += f" (xếp theo {e.order})"
        lines += [*_column_notes(e.columns), *_table(e, e.shares, adds_up=True)]
    lines += _left_out_lines(e.left_out)
    if e.beside:
        lines += ["", f"PHỐI HỢP, KHÔNG TÍNH VÀO KẾT QUẢ: {len(e.beside)} đơn vị có báo cáo"]
        lines += _table(e, e.beside, adds_up=False)
    return [*lines, *_source_lines(e)]


def _source_lines(e: Explanation) -> list[str]:
    """The files behind the table, numbered as its lines; of many only those that their unit's id does not name."""
    if not e.files:
        return []
    numbered = list(enumerate(e.files, 1))
    if len(e.files) <= _MOST_FILES:
        return ["", "TỆP NGUỒN, theo thứ tự đơn vị ở bảng trên", *(f"{n:>5}. {_file_line(r)}" for n, r in numbered)]
    odd = [(n, r) for n, r in numbered if r.late or r.file != f"{e.period}_{r.unit}.xlsx"]
    usual = f"{len(e.files) - len(odd)} tệp đúng hạn, mang tên biểu mẫu đã phát ({e.period}_MÃ_ĐƠN_VỊ.xlsx)"
    lines = ["", f"TỆP NGUỒN: {len(e.files)} tệp, {usual}"]
    lines.append("  Đủ từng tệp với mã SHA-256: thêm --format json; của một đơn vị: thêm --unit.")
    if odd:
        lines.append("  Tệp khác tên hoặc nộp muộn, đánh số theo dòng ở bảng trên:")
        lines += [f"{n:>5}. {_file_line(r)}" for n, r in odd[:_MOST_LINES]]
    if len(odd) > _MOST_LINES:
        lines.append(f"       và {len(odd) - _MOST_LINES} tệp khác; --format json cho đủ")
    return lines


def _column_notes(columns: Sequence[Column]) -> list[str]:
    return [line for c in columns if c.label for line in wrap(f"  {c.head}: {one_line(c.label)}", _WIDTH)]


def _table(e: Explanation, shares: Sequence[Share], *, adds_up: bool) -> list[str]:
    """One line a unit, its cells at the end; what stands under a column with a total is its exact sum."""
    shown, rest = shares[:_MOST_LINES], shares[_MOST_LINES:]
    sheets = sorted({c.sheet for s in shown for c in s.cells})
    sheet = sheets[0] if len(sheets) == 1 else ""
    place = f"Ô ở trang “{one_line(sheet)}”" if sheet else "Trang và ô"
    rows = [("STT", "Đơn vị", *(c.head for c in e.columns), place)]
    rows += [
        (str(n), shortened(one_line(s.name), _NAME), *_values(e.columns, s), _places(s, adds_up, not sheet))
        for n, s in enumerate(shown, 1)
    ]
    if rest:
        sums = [_sum(column, index, rest) for index, column in enumerate(e.columns)]
        rows.append(("", f"và {len(rest)} đơn vị khác", *sums, "--format json cho đủ"))
    totals = [_number(c.total, c.decimals) for c in e.columns]
    if adds_up and len(shares) > 1 and any(totals):
        rows.append(("", "Chung", *totals, ""))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  " + _aligned(row, widths).rstrip() for row in rows]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """Names and places to the left, numbers to the right."""
    last = len(row) - 1
    return "  ".join(
        text.ljust(width) if column in (1, last) else text.rjust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    )


def _values(columns: Sequence[Column], share: Share) -> Iterator[str]:
    for column, value in zip(columns, share.values, strict=True):
        if isinstance(value, str):
            yield one_line(value)
        else:
            yield _number(value, column.decimals) or "–"


def _number(value: Fraction | None, decimals: int | None) -> str:
    if value is None or decimals is None:
        return "" if value is None else exact(value)
    shown = rounded(value, decimals)
    return "" if shown is None else vietnamese(shown)


def _sum(column: Column, index: int, rest: Sequence[Share]) -> str:
    """The sum of what is not listed, where the column is one of sums; a percentage is none."""
    values = [v for s in rest if isinstance(v := s.values[index], Fraction)]
    if column.total is None or column.key == "own":
        return ""
    return _number(sum(values, Fraction(0)), column.decimals)


def _places(share: Share, only_deciding: bool, with_sheet: bool) -> str:
    """The cells behind a line, those of "Loại số liệu" with their word; then what marks the unit's share."""
    found = [c for c in share.cells if c.decides or not only_deciding]
    text = ", ".join(_place(c, with_sheet) for c in found)
    return f"{text}  ({one_line(share.remark)})" if share.remark else text


def _place(cell: Cell, with_sheet: bool) -> str:
    place = f"{one_line(cell.sheet)}!{cell.cell}" if with_sheet else cell.cell
    return f"{place} ({STATE_WORDS[cell.state]})" if cell.is_kind and cell.state else place


def _left_out_lines(left_out: Sequence[LeftOut]) -> list[str]:
    lines: list[str] = []
    for why in Absence:
        found = [x for x in left_out if x.why is why]
        if not found:
            continue
        outside = "KHÔNG ÁP DỤNG" if why is Absence.NOT_APPLICABLE else f"CHƯA ĐƯỢC TÍNH – {ABSENCE_WORDS[why]}"
        lines += ["", f"{outside}: {len(found)} đơn vị"]
        if why is Absence.NO_RETURN:
            names = ", ".join(_silent(x) for x in found[:_MOST_LINES])
            lines += wrap(names, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        else:
            lines += [line for x in found[:_MOST_LINES] for line in _left_out_unit(x, _LONGEST_TEXT)]
        if len(found) > _MOST_LINES:
            lines.append(f"  và {len(found) - _MOST_LINES} đơn vị khác; --format json cho đủ")
    return lines


def _silent(left: LeftOut) -> str:
    name = one_line(left.name)
    return f"{name} ({one_line(left.reason)})" if left.reason else name


def _left_out_unit(left: LeftOut, longest: int) -> list[str]:
    lines = [f"  {one_line(left.name)} – {one_line(left.file)}" if left.file else f"  {_silent(left)}"]
    if left.why is Absence.NOT_APPLICABLE:
        at = ", ".join(f"{one_line(c.sheet)}!{c.cell}" for c in left.cells if c.is_kind)
        lines += _indented(f"ô {at}: “{shortened(one_line(left.reason), longest)}”")
    if left.why is Absence.EMPTY:
        lines += _indented(
            f"còn trống: {', '.join(f'{one_line(c.sheet)}!{c.cell}' for c in left.cells if c.value is None)}"
        )
    return lines + [line for f in left.findings for line in _finding_lines(f, longest)]


def _finding_lines(found: Finding, longest: int) -> list[str]:
    at = f"ô {one_line(found.sheet)}!{found.cell}: " if found.cell else ""
    text = shortened(one_line(message(found)), longest)
    return _indented(f"{at}{text} [{found.code}]")


def _indented(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6, break_on_hyphens=False)


def _file_line(r: Return) -> str:
    late = ", muộn" if r.late else ""
    return f"{one_line(r.file)}  nhận {moment_text(r.received_at)}{late}, SHA-256 {r.sha256[:_SHOWN_DIGITS]}…"


def _of_one(job: Job, e: Explanation) -> list[str]:
    """One unit's part: each of its cells with label and value, its file in full, and every file that it sent."""
    lines = ["", f"PHẦN CỦA {one_line(e.unit_name).upper()} ({e.unit})"]
    for share in (*e.shares, *e.beside):
        if share in e.beside:
            lines.append("  Đơn vị phối hợp: báo cáo dưới đây không tính vào kết quả chung.")
        pairs = zip((c.head for c in e.columns), _values(e.columns, share), strict=True)
        lines += _indented("; ".join(f"{head}: {value}" for head, value in pairs))
        if share.remark:
            lines += _indented(share.remark)
        lines += _cell_lines(share.cells)
        lines += [line for label, text in share.texts for line in _indented(f"{label}: {_long(text)}")]
    for left in e.left_out:
        lines.append(f"  Chưa được tính: {ABSENCE_WORDS[left.why].lower()}.")
        if left.file or left.reason:
            lines += _left_out_unit(left, _LONGEST_TEXT_OF_ONE)
        lines += _cell_lines(left.cells, marked=False)
    if not (e.shares or e.beside or e.left_out):
        lines.append("  Đơn vị phối hợp: chưa có báo cáo dùng được về nhiệm vụ này.")
    lines += ["", f"CÁC TỆP ĐƠN VỊ ĐÃ GỬI: {len(e.versions) or 'chưa có'}"]
    counts = next((_COUNTS_BUT[x.why] for x in e.left_out if x.why in _COUNTS_BUT), "ĐANG TÍNH")
    for version in e.versions:
        lines += _version_lines(version, counts)
    again = f"{program()} history {job.again} --unit {e.unit}"
    return [*lines, "", f"Lấy lại nguyên bản, xem cả bản đã rút:  {again}"]


def _long(text: str) -> str:
    return shortened(one_line(text), _LONGEST_TEXT_OF_ONE)


def _cell_lines(cells: Iterable[Cell], *, marked: bool = True) -> list[str]:
    """One line a cell; `marked`: with a word about those that alone cannot change the figure."""
    lines = []
    for c in cells:
        label = _KIND if c.is_kind else one_line(c.label)
        mark = "" if c.decides or not marked else "  (đổi riêng ô này không làm đổi kết quả)"
        lines += _indented(f"ô {one_line(c.sheet)}!{c.cell}  {label}: {_held(c)}{mark}")
    return lines


def _held(c: Cell) -> str:
    if c.is_kind:
        return STATE_WORDS[c.state] if c.state else "trống"
    if c.unread:
        return f"“{_long(c.unread)}” (không đọc được)"
    if isinstance(c.value, Decimal):
        return exact(c.value)
    return _long(c.value) if c.value else "trống"


def _version_lines(version: FileVersion, counts: str) -> list[str]:
    r = version.received
    sender = f", thư của {one_line(r.sender)}" if r.sender else ""
    late = ", muộn" if r.late else ""
    lines = [f"  {version.number}. {one_line(r.file)} – {counts if r.counts and not version.is_gone else 'không tính'}"]
    lines += _indented(f"nhận {moment_text(r.received_at)}{late}{sender}; {VERDICT_WORDS[r.verdict].lower()}")
    lines += _indented(f"SHA-256 {r.sha256}")
    if version.is_gone:
        lines += _indented("tệp không còn trong thư mục nhận")
    if version.cells:
        held = "; ".join(f"{one_line(c.sheet)}!{c.cell} = {_held(c)}" for c in version.cells)
        lines += _indented(f"ở dòng này: {held}")
    return lines + [line for f in version.findings for line in _finding_lines(f, _LONGEST_TEXT)]
