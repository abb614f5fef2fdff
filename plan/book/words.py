"""The Vietnamese in which a plan workbook shows codes, deadlines and days, and the way back to the plan's texts.

One table for both directions, so that what is drawn is what is read. A text that no wording knows is shown as it
is; reading says in Vietnamese what a cell may hold. Nothing here knows a workbook.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from plan.grammar import parse_due, parse_month_day
from plan.model import Aggregation, DueKind, Measure, OddityKind
from plan.words import fold

MEASURE_WORDS: Mapping[str, str] = {
    Measure.RATIO: "Tỷ lệ phần trăm",
    Measure.VALUE: "Số liệu",
    Measure.CHANGE: "Mức tăng, giảm",
    Measure.THRESHOLD: "Đạt ngưỡng",
    Measure.ATTAINED: "Đạt hoặc chưa đạt",
}
AGGREGATION_WORDS: Mapping[str, str] = {
    Aggregation.RATIO_OF_SUMS: "Cộng tử số, cộng mẫu số",
    Aggregation.SINGLE: "Lấy số của một đơn vị",
    Aggregation.SUM: "Cộng số liệu",
    Aggregation.WEIGHTED_MEAN: "Bình quân có trọng số",
    Aggregation.DIFFERENCE: "Hiện tại trừ kỳ gốc",
    Aggregation.SHARE: "Tỷ lệ đơn vị đạt",
}
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
    OddityKind.LEAD_NAMED_ONCE: "Chủ trì chỉ nêu một lần",
    OddityKind.READ_OTHERWISE: "Hiểu khác văn bản",
    OddityKind.FROM_PROSE: "Lấy từ phần lời",
    OddityKind.EXAMPLE_UNITS: "Đơn vị ví dụ",
    OddityKind.IDLE_UNITS: "Đơn vị không có việc",
    OddityKind.DEADLINE_OPEN: "Chưa định hạn nộp",
    OddityKind.TO_CONFIRM: "Còn phải xác nhận",
}
EXAMPLE_WORDS: Mapping[str, str] = {"x": "Ví dụ"}
DUE_EXAMPLE = "thường xuyên; hằng năm; đến 2026-Q3; đến 30/6/2026; 2026..2027; 2026..; khi: có hướng dẫn; chưa rõ"
DAY_EXAMPLE = "10/6"

# By table and column: the words of its cells; a blank cell is left to the schema only where blank is meant.
_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("indicators", "measure"): MEASURE_WORDS,
    ("indicators", "aggregation"): AGGREGATION_WORDS,
    ("calendar", "kind"): PERIOD_WORDS,
    ("oddities", "kind"): {**NOTED_WORDS, **_COMPUTED_WORDS},
    ("units", "example"): EXAMPLE_WORDS,
}
_OFFERED: Mapping[tuple[str, str], Mapping[str, str]] = {**_CHOICES, ("oddities", "kind"): NOTED_WORDS}
_BLANK_MEANS: Mapping[tuple[str, str], str] = {("units", "example"): "", ("oddities", "kind"): OddityKind.NOTED}
_DUE = {("indicators", "due"), ("tasks", "due")}
_DAYS = {("calendar", "first"), ("calendar", "last"), ("calendar", "due")}

_DUE_WORDS: Mapping[str, str] = {
    DueKind.ONGOING: "thường xuyên",
    DueKind.YEARLY: "hằng năm",
    DueKind.UNKNOWN: "chưa rõ",
}
_DUE_CODES: Mapping[str, str] = {fold(word): code for code, word in _DUE_WORDS.items()}
_SHOWN_STARTS = (("by ", "đến "), ("when:", "khi:"))
_MEANT_STARTS = ((re.compile(r"đến(?=\s)", re.IGNORECASE), "by"), (re.compile(r"khi\s*:", re.IGNORECASE), "when:"))
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_MOMENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)", re.I), "{year}-{month}-{day}"),
    (re.compile(r"(?:tháng\s+)?(?P<month>\d{1,2})/(?P<year>20\d\d)", re.I), "{year}-{month}"),
    (re.compile(r"(?:quý\s+|q)(?P<quarter>iv|i{1,3}|[1-4])(?:/|\s+năm\s+)(?P<year>20\d\d)", re.I), "{year}-Q{quarter}"),
    (re.compile(r"năm\s+(?P<year>20\d\d)", re.I), "{year}"),
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_DAY_MONTH = re.compile(r"\s*([0-9]{1,2})\s*/\s*([0-9]{1,2})\s*")


def offered(table: str, column: str) -> tuple[str, ...]:
    """Return the words that a dropdown of the column offers, () when the column is no choice."""
    return tuple(_OFFERED.get((table, column), {}).values())


def shown(table: str, column: str, text: str) -> str:
    """Return a cell of the plan as the workbook shows it."""
    place = (table, column)
    if place in _CHOICES:
        return _CHOICES[place].get(text, text)
    if place in _DUE:
        return ";".join(_shown_due(part) for part in text.split(";"))
    if place in _DAYS and (match := _MONTH_DAY.fullmatch(text)):
        return f"{int(match[2])}/{int(match[1])}"
    return text


def meant(table: str, column: str, text: str) -> str:
    """Return the plan's text for a cell; codes are taken too. Raises ValueError with a Vietnamese sentence."""
    place = (table, column)
    if place in _CHOICES:
        return _meant_choice(place, text)
    if place in _DUE:
        return _meant_due(text, required=table == "tasks")
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
    if wanted in known:
        return known[wanted]
    choice = ", ".join(_OFFERED[place].values())
    if not wanted:
        raise ValueError(f"ô trống. Chọn một trong: {choice}")
    near = difflib.get_close_matches(wanted, [fold(word) for word in words.values()], n=1)
    guess = f" Có phải là “{words[known[near[0]]]}”?" if near else ""
    raise ValueError(f"“{text.strip()}” không có trong danh sách. Chọn một trong: {choice}.{guess}")


# --- deadlines ---


def _shown_due(part: str) -> str:
    before, core, after = _edges(part)
    word = _DUE_WORDS.get(core)
    if word is None:
        start = next(((code, shown) for code, shown in _SHOWN_STARTS if core.startswith(code)), ("", ""))
        word = start[1] + core.removeprefix(start[0])
    return before + word + after


def _meant_due(text: str, *, required: bool) -> str:
    if not text.strip():
        if required:
            raise ValueError(
                f"ô trống. Ghi thời hạn, ví dụ: thường xuyên; văn bản không ghi thì: {_DUE_WORDS['unknown']}"
            )
        return text
    found = ";".join(_meant_due_part(part) for part in text.split(";"))
    try:
        parse_due(found)
    except ValueError:
        raise ValueError(
            f"“{text.strip()}” không đúng cách ghi thời hạn. Các dạng được dùng: {DUE_EXAMPLE}. "
            "Nhiều dạng thì cách nhau bằng dấu chấm phẩy; “chưa rõ” đứng một mình; mốc đầu không ở sau mốc cuối"
        ) from None
    return found


def _meant_due_part(part: str) -> str:
    before, core, after = _edges(part)
    code = _DUE_CODES.get(fold(core))
    if code is None:
        code = core
        for start, word in _MEANT_STARTS:
            code = start.sub(word, code, count=1) if start.match(code) else code
        if code.startswith("by "):
            code = "by " + _moment(code.removeprefix("by "))
        elif not code.startswith("when:") and ".." in code:
            code = "..".join(_moment(moment) for moment in code.split(".."))
    return before + code + after


def _moment(text: str) -> str:
    """Return the moment as the plan writes it; what is no moment of Vietnamese spelling is left for the grammar."""
    before, core, after = _edges(text)
    for pattern, form in _MOMENTS:
        if match := pattern.fullmatch(core):
            parts = {key: _ROMAN.get(value.lower(), value).zfill(1) for key, value in match.groupdict().items()}
            parts |= {key: parts[key].zfill(2) for key in ("month", "day") if key in parts}
            return before + form.format(**parts) + after
    return text


def _edges(text: str) -> tuple[str, str, str]:
    match = _EDGES.fullmatch(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


# --- days of every year ---


def _meant_day(text: str, *, required: bool) -> str:
    """Return `MM-DD` of "10/6". A form with a hyphen is taken only where one reading of it is a day of the year."""
    if match := _DAY_MONTH.fullmatch(text):
        found = f"{match[2].zfill(2)}-{match[1].zfill(2)}"
        if not _is_day(found):
            raise ValueError(
                f"“{text.strip()}” không phải là ngày mà năm nào cũng có. Ghi ngày/tháng, ví dụ: {DAY_EXAMPLE}"
            )
        return found
    if match := _MONTH_DAY.fullmatch(text):
        turned = f"{match[2]}-{match[1]}"
        if turned != text and _is_day(text) and _is_day(turned):
            raise ValueError(
                f"“{text}” có thể là ngày {int(match[1])}/{int(match[2])} hoặc {int(match[2])}/{int(match[1])}. "
                f"Ghi ngày/tháng với dấu gạch chéo, ví dụ: {DAY_EXAMPLE}"
            )
        if _is_day(text):
            return text
    if text.strip() or required:
        fault = f"“{text.strip()}” không phải là ngày trong năm" if text.strip() else "ô trống"
        raise ValueError(f"{fault}. Ghi ngày/tháng, ví dụ: {DAY_EXAMPLE}")
    return text


def _is_day(text: str) -> bool:
    try:
        parse_month_day(text)
    except ValueError:
        return False
    return True
