"""The Vietnamese in which a plan workbook shows codes and days, and the way back to the plan's texts.

One table for both directions, so that what is drawn is what is read. A text that no wording knows is shown as it
is; reading says in Vietnamese what a cell may hold. Cells with a grammar of their own are in `phrases`. Nothing
here knows a workbook.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from plan.book import phrases
from plan.code_words import AGGREGATION_WORDS, MEASURE_WORDS
from plan.grammar import is_month_day, parse_day
from plan.model import OddityKind
from plan.rule_words import RULE_WORDS, SEVERITY_CODES
from plan.words import fold

PERIOD_WORDS: Mapping[str, str] = {
    "Q1": "Quý I",
    "Q2": "Quý II",
    "Q3": "Quý III",
    "Q4": "Quý IV",
    "H1": "6 tháng đầu năm",
    "H2": "6 tháng cuối năm",
    "Y": "Cả năm",
}
# What a reader of the document notes; the workbook offers these.
NOTED_WORDS: Mapping[str, str] = {
    OddityKind.NOTED: "Lưu ý chung",
    OddityKind.MISPRINT: "In sai",
    OddityKind.TARGET_DIFFERS: "Mục tiêu không khớp",
    OddityKind.ASSIGNMENT_DIFFERS: "Phân công không khớp",
    OddityKind.GAP: "Còn thiếu",
    OddityKind.READING: "Cách hiểu",
}
# What the program finds by itself; a plan may hold it as well, so it needs its word.
_COMPUTED_WORDS: Mapping[str, str] = {
    OddityKind.NUMBER_REPEATED: "Số thứ tự trùng",
    OddityKind.NUMBERING_MIXED: "Đánh số lẫn lộn",
    OddityKind.BLANK: "Để trống",
    OddityKind.UNIT_OF_MEASURE: "Đơn vị tính",
    OddityKind.DEADLINE_VAGUE: "Thời hạn không rõ",
    OddityKind.NOBODY_NAMED: "Không nêu đơn vị",
    OddityKind.NOBODY_ASKED: "Không hỏi đơn vị nào",
    OddityKind.LEAD_NAMED_ONCE: "Chủ trì chỉ nêu một lần",
    OddityKind.READ_OTHERWISE: "Hiểu khác văn bản",
    OddityKind.FROM_PROSE: "Lấy từ phần lời",
    OddityKind.EXAMPLE_UNITS: "Đơn vị ví dụ",
    OddityKind.IDLE_UNITS: "Đơn vị không có việc",
    OddityKind.DEADLINE_OPEN: "Chưa định hạn nộp",
    OddityKind.TO_CONFIRM: "Còn phải xác nhận",
    OddityKind.TARGET_UNREAD: "Mục tiêu chưa đọc được",
    OddityKind.EMPTY_GROUP: "Nhóm chưa có đơn vị",
    OddityKind.REPORTERS_SUMMED: "Cộng số nhiều nơi báo cáo",
}
EXAMPLE_WORDS: Mapping[str, str] = {"x": "Ví dụ"}
PRORATED_WORDS: Mapping[str, str] = {"x": "Chia theo tháng"}
SEVERITY_WORDS: Mapping[str, str] = {code: word.capitalize() for code, word in SEVERITY_CODES.items()}
DAY_EXAMPLE = "10/6"
DATE_EXAMPLE = "31/12/2026"

# By table and column: the words of its cells; a blank cell is left to the schema only where blank is meant.
_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("indicators", "measure"): MEASURE_WORDS,
    ("indicators", "aggregation"): AGGREGATION_WORDS,
    ("indicators", "prorated"): PRORATED_WORDS,
    ("calendar", "kind"): PERIOD_WORDS,
    ("oddities", "kind"): {**NOTED_WORDS, **_COMPUTED_WORDS},
    ("units", "example"): EXAMPLE_WORDS,
    ("rules", "rule"): RULE_WORDS,
    ("rules", "severity"): SEVERITY_WORDS,
    ("waivers", "rule"): RULE_WORDS,
}
_OFFERED: Mapping[tuple[str, str], Mapping[str, str]] = {**_CHOICES, ("oddities", "kind"): NOTED_WORDS}
_BLANK_MEANS: Mapping[tuple[str, str], str] = {
    ("indicators", "prorated"): "",
    ("units", "example"): "",
    ("oddities", "kind"): OddityKind.NOTED,
}
# What people write for a word of the list and can mean nothing else, folded.
_ALSO_MEANT: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("calendar", "kind"): {"quy 1": "Q1", "quy 2": "Q2", "quy 3": "Q3", "quy 4": "Q4"},
}
_DUE = {("indicators", "due"), ("tasks", "due")}
_FIELDS, _TARGETS = ("indicators", "fields"), ("indicators", "targets")
_DAYS = {("calendar", "first"), ("calendar", "last"), ("calendar", "due")}
_DATES = {("rules", "until"), ("waivers", "until")}

_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_DAY_MONTH = re.compile(r"\s*([0-9]{1,2})\s*/\s*([0-9]{1,2})\s*")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_MONTH_YEAR = re.compile(r"\s*([0-9]{1,2})\s*/\s*([0-9]{1,2})\s*/\s*([0-9]{4})\s*")


def offered(table: str, column: str) -> tuple[str, ...]:
    """Return the words that a dropdown of the column offers, () when the column is no choice."""
    return tuple(_OFFERED.get((table, column), {}).values())


def shown(table: str, column: str, text: str) -> str:
    """Return a cell of the plan as the workbook shows it."""
    place = (table, column)
    if place in _CHOICES:
        return _CHOICES[place].get(text, text)
    if place in _DUE:
        return phrases.shown_due(text)
    if place == _FIELDS:
        return phrases.shown_fields(text)
    if place in _DAYS and (match := _MONTH_DAY.fullmatch(text)):
        return f"{int(match[2])}/{int(match[1])}"
    if place in _DATES and (match := _DATE.fullmatch(text)):
        return f"{int(match[3])}/{int(match[2])}/{match[1]}"
    return text


def meant(table: str, column: str, text: str) -> str:
    """Return the plan's text for a cell; codes are taken too. Raises ValueError with a Vietnamese sentence."""
    place = (table, column)
    if place in _CHOICES:
        return _meant_choice(place, text)
    if place in _DUE:
        return phrases.meant_due(text, required=table == "tasks")
    if place == _FIELDS:
        return phrases.meant_fields(text)
    if place == _TARGETS:
        return phrases.meant_targets(text)
    if place in _DATES:
        return _meant_date(text)
    return _meant_day(text, required=column != "due") if place in _DAYS else text


# --- choices ---


def _meant_choice(place: tuple[str, str], text: str) -> str:
    words = _CHOICES[place]
    wanted = fold(text)
    if text in words:
        return text
    if not text and place in _BLANK_MEANS:
        return _BLANK_MEANS[place]
    known = {fold(word): code for code, word in words.items()} | {fold(code): code for code in words}
    known |= _ALSO_MEANT.get(place, {})
    if wanted in known:
        return known[wanted]
    choice = ", ".join(_OFFERED[place].values())
    if not wanted:
        raise ValueError(f"ô trống. Chọn một trong: {choice}")
    near = difflib.get_close_matches(wanted, [fold(word) for word in words.values()], n=1)
    guess = f" Có phải là “{words[known[near[0]]]}”?" if near else ""
    raise ValueError(f"“{text.strip()}” không có trong danh sách. Chọn một trong: {choice}.{guess}")


# --- days ---


def _meant_day(text: str, *, required: bool) -> str:
    """Return `MM-DD` of "10/6". A form with a hyphen is taken only where one reading of it is a day of the year."""
    if match := _DAY_MONTH.fullmatch(text):
        found = f"{match[2].zfill(2)}-{match[1].zfill(2)}"
        if not is_month_day(found):
            raise ValueError(
                f"“{text.strip()}” không phải là ngày mà năm nào cũng có. Ghi ngày/tháng, ví dụ: {DAY_EXAMPLE}"
            )
        return found
    if match := _MONTH_DAY.fullmatch(text):
        turned = f"{match[2]}-{match[1]}"
        if turned != text and is_month_day(text) and is_month_day(turned):
            raise ValueError(
                f"“{text}” có thể là ngày {int(match[1])}/{int(match[2])} hoặc {int(match[2])}/{int(match[1])}. "
                f"Ghi ngày/tháng với dấu gạch chéo, ví dụ: {DAY_EXAMPLE}"
            )
        if is_month_day(text):
            return text
    if text.strip() or required:
        fault = f"“{text.strip()}” không phải là ngày trong năm" if text.strip() else "ô trống"
        raise ValueError(f"{fault}. Ghi ngày/tháng, ví dụ: {DAY_EXAMPLE}")
    return text


def _meant_date(text: str) -> str:
    """Return `YYYY-MM-DD` of "31/12/2026", which is taken too; a blank stays one."""
    match = _DAY_MONTH_YEAR.fullmatch(text)
    found = f"{match[3]}-{match[2].zfill(2)}-{match[1].zfill(2)}" if match else text
    if not text.strip():
        return text
    try:
        parse_day(found)
    except ValueError:
        raise ValueError(f"“{text.strip()}” không phải là ngày. Ghi ngày/tháng/năm, ví dụ: {DATE_EXAMPLE}") from None
    return found
