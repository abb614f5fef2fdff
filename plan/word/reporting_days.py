"""The days on which reports on a plan are due, as its text plainly says: proposals, each with its sentence.

A document names days of other reports too, so a sentence counts only where no other receiver than the issuer, or an
office of its own, is named in it or in the line that introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plan.grammar import is_month_day
from plan.printed.heads import begins_name, is_collective
from plan.words import fold

_DAY = r"trước ngày (?P<day>[0-9]{1,2})\s?(?:/|-|tháng)\s?(?P<month>[0-9]{1,2})(?![0-9])"
_HALF = r"(?:báo cáo )?(?:0?6|sáu) tháng(?: đầu năm)?"
_YEAR = r"(?:báo cáo (?:cả |hằng |hàng )?năm|12 tháng|cả năm)"
_SEND = r"\W{0,3}(?:gửi |nộp |báo cáo )?\W{0,2}"
_AFTER = r"\s?\((?:đối với )?(?:báo cáo )?(?:định kỳ )?"
_DAYS = {
    "H1": (rf"{_HALF}{_SEND}{_DAY}", rf"{_DAY}{_AFTER}(?:0?6|sáu) tháng(?: đầu năm)?\)"),
    "Y": (rf"{_YEAR}{_SEND}{_DAY}", rf"{_DAY}{_AFTER}(?:năm|cả năm|12 tháng)\)", rf"{_DAY} (?:hằng|hàng) năm"),
}
_QUARTER = re.compile(r"báo cáo quý\b[^.;]{0,30}trước ngày (?P<day>[0-9]{1,2}) (?:của )?tháng cuối", re.IGNORECASE)
_SPANS = {
    **{f"Q{n}": (f"{3 * n - 2:02}-01", f"{3 * n:02}-{30 if n in (2, 3) else 31}") for n in range(1, 5)},
    "H1": ("01-01", "06-30"),
    "Y": ("01-01", "12-31"),
}
_LABELS = {**{f"Q{n}": f"quý {roman}" for n, roman in enumerate(("I", "II", "III", "IV"), start=1)}, "H1": "6 tháng"}
_LABELS["Y"] = "năm"
_TO = re.compile(r"\b(?:cho|về|tới|đến|lên|gửi|nộp|trình|báo cáo)\s+(?=(?P<name>[^,.;:()]{2,80}))", re.IGNORECASE)
_OWN_OFFICE = re.compile(r"(?:phong|van phong|tram y te|bo phan)\b(?! giao dich)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ỸĐ-])")
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class ReportingDay:
    """The calendar row of one period, and where it was read."""

    row: dict[str, str]
    sentence: str

    @property
    def note(self) -> str:
        """What a person must look at."""
        month, day = self.row["due"].split("-")
        text = self.sentence if len(self.sentence) <= _SHOWN else f"{self.sentence[:_SHOWN].rstrip()}…"
        return f"Hạn {_LABELS[self.row['kind']]} trước ngày {int(day)}/{int(month)}: đọc từ câu “{text}”"


def propose_calendar(prose: Sequence[str], issuer: str = "") -> list[ReportingDay]:
    """Return the periods whose days the text names: "trước ngày 10/6" is too late from 10 June on.

    `issuer` is who receives the reports, "" where it is not known.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in _SPANS}  # kind -> day -> first sentence that says so
    for intro, sentence in _sentences(prose):
        if not _is_ours(f"{intro} {sentence}", issuer):
            continue
        for kind, day in _days(sentence):
            if is_month_day(day):
                found[kind].setdefault(day, sentence)
    return [
        ReportingDay({"kind": kind, "first": _SPANS[kind][0], "last": _SPANS[kind][1], "due": day}, sentence)
        for kind, days in found.items()
        if len(days) == 1  # two different days are no plain word
        for day, sentence in days.items()
    ]


def _days(sentence: str) -> Iterator[tuple[str, str]]:
    for match in _QUARTER.finditer(sentence):
        yield from ((f"Q{n}", f"{3 * n:02}-{int(match['day']):02}") for n in range(1, 5))
    for kind, patterns in _DAYS.items():
        for pattern in patterns:
            for match in re.finditer(pattern, sentence, re.IGNORECASE):
                yield kind, f"{int(match['month']):02}-{int(match['day']):02}"


def _sentences(prose: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each sentence with the line that introduces it, "" where none does; a broken line goes on below."""
    lines: list[str] = []
    for text in (" ".join(paragraph.replace("*", "").split()) for paragraph in prose):
        if lines and lines[-1][-1:] not in ".;:!?" and (text[:1].islower() or text.startswith("(trước")):
            lines[-1] += f" {text}"
        elif text:
            lines.append(text)
    intro = ""
    for line in lines:
        if not line.startswith(("-", "+", "•")):
            intro = ""
        for sentence in _SENTENCE_END.split(line):
            yield intro, sentence
        if line.endswith(":"):
            intro = line


def _is_ours(sentence: str, issuer: str) -> bool:
    """True where the issuer or an office of its own receives a report, or nobody is named as its receiver."""
    if not re.search(r"báo cáo|định kỳ", sentence, re.IGNORECASE):
        return False
    receivers = [_plain(match["name"]) for match in _TO.finditer(sentence) if _is_office(match["name"])]
    own = " ".join(_plain(issuer).split()[:2])
    ours = [bool(_OWN_OFFICE.match(name) or (own and name.startswith(own))) for name in receivers]
    return any(ours) or not receivers


def _is_office(name: str) -> bool:
    return begins_name(name, "", together=False) and not is_collective(name)


def _plain(name: str) -> str:
    return fold(name).replace("uy ban nhan dan", "ubnd")
