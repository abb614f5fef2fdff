"""Rules of the document that a unit names beside a task: a number that can be one, and a day that goes with it.

Whatever people may write in good faith passes ("45", "QĐ 1183/QĐ-TTg; 12/KH"); only what cannot be the number of a
document is asked about. Every pattern is linear, and a text is looked at no further than coercion leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from plan.words import fold
from validation.coerce_cell import show_date
from validation.evidence import Evidence
from validation.messages import finding
from validation.model import At, Finding
from validation.reading import ReadTask

EARLIEST_DOCUMENT = date(2020, 1, 1)  # five years before Resolution 72-NQ/TW (09/9/2025)

_NOTHING = frozenset({"", "0", "khong", "ko", "k", "khong co", "khong so", "chua", "chua co", "chua ban hanh"})
_LONGEST_WORD = 16  # characters of what stands for nothing; folding every result would take its time
# Of a document that has no number, or none yet.
_NO_NUMBER = frozenset({"chua co so", "khong co so", "chua cap so", "cho cap so", "chua lay so", "du thao"})

_NUMERIC_DAY = r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})"
_WORDED_DAY = r"([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})"
_DAYS = (
    re.compile(rf"(?<![0-9/.-]){_NUMERIC_DAY}(?![0-9/])"),
    re.compile(rf"(?<![0-9]){_WORDED_DAY}(?![0-9])", re.IGNORECASE),
)
_ONLY_A_DAY = re.compile(
    rf"(?:ngày |tháng )?(?:{_NUMERIC_DAY}|{_WORDED_DAY}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?: [0-9]{{1,2}}:[0-9]{{2}})?",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[^0-9%]{0,10}[0-9]{1,6}(?:[.,][0-9]{1,6})? ?%\.?")
_HOW_MANY = re.compile(r"(?:đã )?(?:có |ban hành )?[0-9]{1,4} văn bản\.?", re.IGNORECASE)
_NO_NUMBERS = (
    (_ONLY_A_DAY, "chỉ là một ngày"),
    (_SHARE, "là một tỷ lệ phần trăm"),
    (_HOW_MANY, "là số lượng văn bản"),
)
_BARE = re.compile(r"[-+]?[0-9][0-9., ]*")
_SYMBOL = re.compile(r"[0-9] ?/ ?[^\W\d_]")  # 45/KH-UBND
_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS_OF_SERIALS = range(2020, 2036)
_LONGEST_BARE = 5  # digits of a number without a symbol
_LONG, _LONGEST = 100, 300  # characters: without a symbol, and with as many as a cell may list


def says_nothing(text: str) -> bool:
    """True for what people type where there is no result and no document: "-", "0", "chưa có", "không số"."""
    return len(text) <= _LONGEST_WORD and fold(text) in _NOTHING


def documents(seen: Evidence) -> Iterator[Finding]:
    """At most one finding a task: an impossible number, two days that contradict each other, or a missing half."""
    for task in seen.tasks:
        if (found := _document(task, seen.received_at[task.file].date())) is not None:
            yield found


def _document(task: ReadTask, received_on: date) -> Finding | None:
    number, day = " ".join(task.document_number.split()), task.document_date
    if not number and day is None:
        return None
    named = _names_one(number)
    why = doubt(number) if named else ""
    if why:
        at, facts = _at(task, "document_number"), {"typed": _short(number), "why": why}
        return finding("DOCUMENT_NUMBER_IMPLAUSIBLE", task.file, at, _short(number), facts)
    written = days_in(number)
    if day is not None and written and day not in written:
        shown = show_date(day)
        facts = {"typed": shown, "why": f"khác ngày {show_date(written[0])} ghi ở cột Số, ký hiệu văn bản"}
        return finding("DATE_IMPLAUSIBLE", task.file, _at(task, "document_date"), shown, facts)
    if named and "document_date" not in task.given and not written:
        facts = {"typed": _short(number)}
        return finding("DOCUMENT_DATE_MISSING", task.file, _at(task, "document_date"), "", facts)
    plausible = day is not None and EARLIEST_DOCUMENT <= day <= received_on  # any other day is told already
    if day is not None and plausible and "document_number" not in task.given and not _SYMBOL.search(task.result):
        return finding(
            "DOCUMENT_NUMBER_MISSING", task.file, _at(task, "document_number"), "", {"typed": show_date(day)}
        )
    return None


def _names_one(number: str) -> bool:
    """True unless the cell says that there is no document, or none with a number."""
    if any(c in "123456789" for c in number):
        return True
    return not says_nothing(number) and fold(number) not in _NO_NUMBER


def doubt(number: str) -> str:
    """Return why `number`, on one line, cannot be the number of a document; "" when it can."""
    if not any(c.isdigit() for c in number):
        return "không có chữ số nào"
    why = next((why for form, why in _NO_NUMBERS if form.fullmatch(number)), "")
    if why:
        return why
    if _BARE.fullmatch(number):
        return _doubt_of_bare(number)
    if len(number) > _LONGEST or (len(number) > _LONG and not _SYMBOL.search(number)):
        return "quá dài, giống nội dung hơn là số, ký hiệu"
    return ""


def _doubt_of_bare(number: str) -> str:
    """Judge a number without any letter: 45 and 1.183 will do, 12,5 and the serial of a day will not."""
    digits = re.sub(r"(?<=[0-9])[. ](?=[0-9]{3}(?![0-9]))", "", number.rstrip("., "))
    if not digits.isdecimal():
        return "không phải là số thứ tự của văn bản"
    if len(digits.lstrip("0")) > _LONGEST_BARE:
        return f"có hơn {_LONGEST_BARE} chữ số mà không có ký hiệu"
    day = _EXCEL_EPOCH + timedelta(days=int(digits.lstrip("0") or 0))
    return f"giống ngày {show_date(day)} bị mất định dạng" if day.year in _YEARS_OF_SERIALS else ""


def days_in(text: str) -> list[date]:
    """Return the days that `text` names, in order of writing; numbers that are no day of the calendar are none."""
    found: list[tuple[int, date]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            day, month, year = (int(part) for part in match.groups())
            try:
                found.append((match.start(), date(year, month, day)))
            except ValueError:  # 45/26/2026 may be a number
                continue
    return [day for _, day in sorted(found)]


def _short(number: str) -> str:
    return number if len(number) <= 80 else number[:79].rstrip() + "…"


def _at(task: ReadTask, key: str) -> At:
    return At(task.sheet, task.cells[key], task.unit, task.line.code)
