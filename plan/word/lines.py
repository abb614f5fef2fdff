"""One line of an appendix table: its texts by column, and what kind of line it is.

Looks at a single line under a known head row; what stood above it is the business of `appendix`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan.word.blocks import Line
from plan.word.headings import Heading, read_heading
from plan.words import fold

_NUMERAL = r"[IVXLC]{1,6}|[A-ZĐ]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}"
_NUMBERED = re.compile(rf"(?:Phần\s+)?(?P<number>{_NUMERAL})\s*[.):/–-]\s*(?P<text>\S.*)")
_GROUP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.):/]?")
_COLUMN_NUMBER = re.compile(r"\(?(?:[0-9]{1,2}|[A-H])(?:\s?=.*)?\)?")
_REMARK = re.compile(r"(?:ghi chu|chu thich|luu y|kem theo|tong cong|nguoi lap)\b")
_MOST_HEAD_LINES = 2
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Values:
    """The texts of a line by column. `own` are the columns with a text of this very line, not of a merged cell."""

    texts: tuple[str, ...]
    own: frozenset[int]
    continued: frozenset[int]  # columns whose cell belongs to the cell above
    widest: int  # so many columns lie under the widest cell that has a text
    crowded: bool  # several filled cells stand under one column

    @property
    def cells(self) -> list[str]:
        """The texts of this line alone, for people."""
        return [self.texts[index] for index in sorted(self.own)]


def columns_of(line: Line, starts: Sequence[int], above: Mapping[int, str]) -> Values:
    """Put the cells of a line under the columns that begin at `starts`; a merged cell repeats the text above it."""
    texts = [""] * len(starts)
    own, continued = set[int](), set[int]()
    widest, crowded = 0, False
    in_order = len(line.cells) == len(starts)  # a converted document may shift its grid from row to row
    for order, cell in enumerate(line.cells):
        index = order if in_order else max((i for i, start in enumerate(starts) if start <= cell.start), default=0)
        text = cell.text
        if cell.is_continued:
            texts[index] = above.get(index, "")
            continued.add(index)
        elif text:
            crowded = crowded or index in own
            texts[index] = f"{texts[index]} {text}".strip()
            own.add(index)
            after = cell.start + cell.span
            widest = max(widest, 1 if in_order else sum(cell.start <= start < after for start in starts))
    return Values(tuple(texts), frozenset(own), frozenset(continued), widest, crowded)


def heading_at(lines: Sequence[Line], index: int) -> tuple[Heading, tuple[int, ...], int] | None:
    """Return the head row at `index`, where its columns start, and how many lines it takes; None for other lines."""
    line = lines[index]
    heading = read_heading([cell.text for cell in line.cells])
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is not None and any(cell.is_continued for cell in below.cells):
        starts = tuple(cell.start for cell in below.cells)
        both = read_heading([_over(line, cell.start, "" if cell.is_continued else cell.text) for cell in below.cells])
        if both is not None and _known(both) >= _known(heading):  # else a row whose cell is merged with the head
            return both, starts, _MOST_HEAD_LINES
    return None if heading is None else (heading, tuple(cell.start for cell in line.cells), 1)


def _known(heading: Heading | None) -> int:
    return 0 if heading is None else sum(bool(role) for role in heading.roles)


def _over(line: Line, start: int, text: str) -> str:
    """A head of two lines: "Cơ quan" over "chủ trì" and "phối hợp"."""
    top = next((cell.text for cell in line.cells if cell.start <= start < cell.start + cell.span), "")
    return f"{top} {text}".strip()


def numbers_columns(values: Values) -> bool:
    """True for the line "(1) (2) (3)" under a head row."""
    return len(values.own) >= 3 and all(_COLUMN_NUMBER.fullmatch(text) for text in values.cells)


def group_heading(values: Values, roles: Sequence[str]) -> str:
    """Return the heading that a line is, with its number, or "" for any other line."""
    if not values.own or values.continued:
        return ""
    first, columns = min(values.own), sorted(values.own)
    text = values.texts[first]
    if len(columns) == 1:
        if values.widest >= max(len(roles) - 1, 2):
            return text
        at_start = roles[first] in ("number", "name")
        return text if at_start and _NUMBERED.fullmatch(text) else ""
    is_pair = len(columns) == 2 and [roles[i] for i in columns] == ["number", "name"]
    is_numeral = bool(_GROUP_NUMBER.fullmatch(text)) or (
        values.widest >= len(roles) - 1 and bool(re.fullmatch(rf"(?:{_NUMERAL})[.)]?", text))
    )
    return f"{text.rstrip('.):/ ')}. {values.texts[columns[1]]}" if is_pair and is_numeral else ""


def is_lone_number(text: str, values: Values, roles: Sequence[str]) -> bool:
    """True for "2. Tổ chức hội nghị" in one cell that is not merged: among rows counted 1, 2, 3 it may be one."""
    is_merged = values.widest >= max(len(roles) - 1, 2)
    return len(values.own) == 1 and not is_merged and text[:1].isdigit() and not is_section(text)


def split_heading(text: str) -> tuple[str, str]:
    """Return the numeral of a heading and its words; the numeral is "" where there is none.

    >>> split_heading("II. Kiện toàn hệ thống y tế")
    ('II', 'Kiện toàn hệ thống y tế')
    """
    match = _NUMBERED.fullmatch(text)
    return (match["number"], match["text"]) if match else ("", text)


def is_numbered(text: str) -> bool:
    """True for a paragraph that may be a heading over the table below it."""
    return len(text) <= _LONGEST_TITLE and bool(_NUMBERED.fullmatch(text))


def is_section(text: str) -> bool:
    """True for a heading that says when its indicators must be reached: "1. Mục tiêu đến năm 2030"."""
    words = fold(text)
    return bool(
        re.search(r"\b20\d\d\b", words) and re.search(r"\b(?:muc tieu|chi tieu|tam nhin|den nam|giai doan)\b", words)
    )


def is_remark(text: str) -> bool:
    """True for a merged line that is no heading: "Ghi chú: …", "(Kèm theo Kế hoạch …)"."""
    return text.startswith("*") or bool(_REMARK.match(fold(text)))


def rejoin(before: str, after: str) -> str:
    """Put together a text that a page break tore; a hyphen inside a sign such as "28-" + "CT/TW" takes no space."""
    if re.search(r"\S-$", before) and after[:1].isalnum():
        return before + after
    return f"{before} {after}".strip()
