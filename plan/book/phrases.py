"""The Vietnamese of the cells that have a grammar: deadlines, inputs and targets, both ways.

What the plan holds comes back letter for letter. Of what people write only that is taken which has one reading; the
rest is refused with the forms that may be used. Nothing here knows a workbook.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from plan.code_words import FIELD_WORDS
from plan.grammar import CUMULATIVE, format_due, parse_due, parse_fields
from plan.model import DueKind
from plan.words import fold

DUE_EXAMPLE = (
    "thường xuyên; hằng năm; đến 2026-Q3; đến 30/6/2026; trước 1/10/2026; "
    "2026..2027; 2026..; khi: có hướng dẫn; chưa rõ"
)
FIELDS_EXAMPLE = "tử số [người]: Số người có thẻ | mẫu số [người] {1..}: Dân số"
TARGETS_EXAMPLE = "2026 > 95; 2030 >= 1,5 hoặc 2027 >= 100 @4"

_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)

_DUE_WORDS: Mapping[str, str] = {
    DueKind.ONGOING: "thường xuyên",
    DueKind.YEARLY: "hằng năm",
    DueKind.UNKNOWN: "chưa rõ",
}
_DUE_CODES: Mapping[str, str] = {fold(word): code for code, word in _DUE_WORDS.items()}
_SHOWN_STARTS = (("by ", "đến "), ("when:", "khi:"))
_MEANT_STARTS = ((re.compile(r"đến(?=\s)", re.IGNORECASE), "by"), (re.compile(r"khi\s*:", re.IGNORECASE), "when:"))
_MOMENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)", re.I), "{year}-{month}-{day}"),
    (re.compile(r"(?:tháng\s+)?(?P<month>\d{1,2})/(?P<year>20\d\d)", re.I), "{year}-{month}"),
    (re.compile(r"(?:quý\s+|q)(?P<quarter>iv|i{1,3}|[1-4])(?:/|\s+năm\s+)(?P<year>20\d\d)", re.I), "{year}-Q{quarter}"),
    (re.compile(r"năm\s+(?P<year>20\d\d)", re.I), "{year}"),
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_FIELD_CODES: Mapping[str, str] = {fold(text): code for code, word in FIELD_WORDS.items() for text in (word, code)}
_FIELD_NAME = re.compile(r"(\s*)([^\s\[{(:](?:[^\[{(:]*[^\s\[{(:])?)(\s*[\[{(:].*)", re.DOTALL)
_MARK_WORDS = fold(CUMULATIVE)
_MARK = re.compile(r"\(([^()\[\]{}:]*)\)(?=\s*:)")
# A comma with three digits behind it may part thousands: that is for a person to say.
_DECIMAL_COMMA = re.compile(r"(\s*20\d\d\s*(?:>=|<=|>|<|≥|≤)\s*-?\d+),(?!\d{3}(?!\d))(\d+\s*(?:@\s*\d+\s*)?)")


# --- deadlines ---


def shown_due(text: str) -> str:
    """Return a deadline as the workbook shows it."""
    return ";".join(_shown_due_part(part) for part in text.split(";"))


def _shown_due_part(part: str) -> str:
    before, core, after = _edges(part)
    word = _DUE_WORDS.get(core)
    if word is None:
        start = next(((code, shown) for code, shown in _SHOWN_STARTS if core.startswith(code)), ("", ""))
        word = start[1] + core.removeprefix(start[0])
    return before + word + after


def meant_due(text: str, *, required: bool) -> str:
    """Return a deadline as the plan writes it. Raises ValueError that lists the forms."""
    if not text.strip():
        if required:
            raise ValueError(
                f"ô trống. Ghi thời hạn, ví dụ: thường xuyên; văn bản không ghi thì: {_DUE_WORDS['unknown']}"
            )
        return text
    found = ";".join(_meant_due_part(part) for part in text.split(";"))
    if not _is_due(found):
        raise ValueError(
            f"“{text.strip()}” không đúng cách ghi thời hạn. Các dạng được dùng: {DUE_EXAMPLE}. "
            "Nhiều dạng thì cách nhau bằng dấu chấm phẩy; “chưa rõ” đứng một mình; mốc đầu không ở sau mốc cuối"
        )
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
        if not _is_due(code):
            code = _bare_due(core) or code
    return before + code + after


def _bare_due(text: str) -> str:
    """Return the meaning of a time that stands without "đến", read as in a printed cell; "" where it has not one."""
    if _is_due(f"by {_moment(text)}"):
        return f"by {_moment(text)}"
    from plan.printed.due import read_due  # noqa: PLC0415  # its patterns cost 20 ms; a layout only shows deadlines

    parts = () if ".." in text else read_due(text)
    return format_due(parts) if len(parts) == 1 and parts[0].kind in (DueKind.BY, DueKind.RANGE) else ""


def _moment(text: str) -> str:
    """Return the moment as the plan writes it; what is no moment of Vietnamese spelling is left for the grammar."""
    before, core, after = _edges(text)
    for pattern, form in _MOMENTS:
        if match := pattern.fullmatch(core):
            parts = {key: _ROMAN.get(value.lower(), value) for key, value in match.groupdict().items()}
            parts |= {key: parts[key].zfill(2) for key in ("month", "day") if key in parts}
            return before + form.format(**parts) + after
    return text


def _is_due(text: str) -> bool:
    try:
        parse_due(text)
    except ValueError:
        return False
    return True


def _edges(text: str) -> tuple[str, str, str]:
    match = _EDGES.fullmatch(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


# --- inputs ---


def shown_fields(text: str) -> str:
    """Return the inputs of an indicator with their Vietnamese names."""
    return "|".join(_renamed(part, FIELD_WORDS) for part in text.split("|"))


def meant_fields(text: str) -> str:
    """Return the inputs with the plan's names for them; those are taken too. Raises ValueError with the form."""
    if not text.strip():
        return text  # what belongs here depends on the measure: for the schema to say
    found = []
    for part in text.split("|"):
        match = _FIELD_NAME.fullmatch(part)
        if match is not None and fold(match[2]) not in _FIELD_CODES:
            near = difflib.get_close_matches(fold(match[2]), _FIELD_CODES, n=1)
            guess = f" Có phải là “{FIELD_WORDS[_FIELD_CODES[near[0]]]}”?" if near else ""
            names = ", ".join(FIELD_WORDS.values())
            raise ValueError(f"không có số liệu tên “{match[2]}”.{guess} Dùng một trong các tên: {names}")
        found.append(_marked(_renamed(part, {match[2]: _FIELD_CODES[fold(match[2])]} if match else {})))
    try:
        parse_fields("|".join(found))
    except ValueError:
        raise ValueError(
            f"“{text.strip()}” không đúng cách ghi số liệu. Viết: tên [đơn vị] {{từ..đến}}: nhãn, mỗi tên một lần, "
            f"cách nhau bằng dấu |, ví dụ: {FIELDS_EXAMPLE}. Giới hạn là số, số đầu không lớn hơn số cuối; số cộng dồn "
            f"từ đầu năm thì thêm {CUMULATIVE} ngay trước dấu hai chấm; {FIELD_WORDS['attained']}, "
            f"{FIELD_WORDS['evidence']} không có giới hạn và không có {CUMULATIVE}"
        ) from None
    return "|".join(found)


def _renamed(part: str, names: Mapping[str, str]) -> str:
    match = _FIELD_NAME.fullmatch(part)
    return match[1] + names.get(match[2], match[2]) + match[3] if match else part


def _marked(part: str) -> str:
    """Return the input with its mark as the plan spells it, "(Luỹ kế)" likewise; the label may hold any brackets."""
    match = _MARK.search(part)
    if match is None or ":" in part[: match.start()] or fold(match[1]) != _MARK_WORDS:
        return part
    return part[: match.start()] + CUMULATIVE + part[match.end() :]


# --- targets ---


def meant_targets(text: str) -> str:
    """Return targets with a decimal point where people write a comma; whether they are any is for the schema to say."""
    parts = ((part, _DECIMAL_COMMA.fullmatch(part)) for part in text.split(";"))
    return ";".join(f"{match[1]}.{match[2]}" if match else part for part, match in parts)
