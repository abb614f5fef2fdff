"""Titles of appendices, wherever they stand: in paragraphs over a table or in a merged row of one.

Also tells the tables that are part of the page and no content: letterhead and signatures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plan.word.blocks import Line, WordTable
from plan.word.headings import Kind, title_kind
from plan.word.lines import Values, is_numbered
from plan.words import fold

_APPENDIX = re.compile(r"(?:phu luc|phu bieu)(?: so)?(?: [0-9]{1,2}[a-z]?| [ivx]{1,4}| [a-d])?(?:\s.*)?")
_TITLE = re.compile(r"NHIỆM VỤ|CHỈ TIÊU|MỤC TIÊU|DANH MỤC|PHÂN CÔNG")  # in capitals: a line of text is no title
_TITLE_LINES = 6
LONGEST_TITLE = 250
_LETTERHEAD = re.compile(r"(?:cong hoa xa hoi chu nghia|doc lap tu do hanh phuc)\b")
_SIGNATURE = re.compile(
    r"(?:noi nhan|tm|kt|tl|tuq|ky ten|nguoi lap|ky ghi ro|chu tich|pho chu tich|giam doc|pho giam doc|ke toan"
    r"|thu truong|xac nhan)\b"
)
_MOST_SIGNATURE_LINES = 6
_WIDE = 3  # columns: no frame around a title


def is_appendix_mark(text: str) -> bool:
    """True for a line that begins a title: "PHỤ LỤC 2", "Phụ lục II: Danh mục …"."""
    return bool(_APPENDIX.fullmatch(fold(text))) and len(text) <= LONGEST_TITLE and not text.endswith((";", ","))


def title_over(paragraphs: Sequence[str]) -> tuple[list[str], int]:
    """Return the lines of the title over a table, and where they begin among `paragraphs`.

    From "PHỤ LỤC" on, else what names the rows of a table in capitals right above it.
    """
    marks = [index for index, text in enumerate(paragraphs) if is_appendix_mark(text)]
    start = marks[-1] if marks else 0
    lines = paragraphs[start:] if marks else [text for text in paragraphs[-_TITLE_LINES:] if _TITLE.search(text)]
    return [text for text in lines if not text.startswith("(") and not is_numbered(text)][:_TITLE_LINES], start


def title_in(values: Values, kind: Kind) -> str:
    """Return the text of a line of a table that is a title of other rows than those above it; "" for any other line."""
    if len(values.own) > 2:
        return ""
    text = " ".join(values.cells)
    letters = re.sub(r"\([^)]*\)", "", text)
    if is_appendix_mark(text) and (letters.isupper() or len(values.own) == 1):
        return text
    says = title_kind(text)
    is_other = letters.isupper() and len(values.own) == 1 and not is_numbered(text) and says not in (None, kind)
    return text if is_other else ""


def is_page_furniture(table: WordTable) -> bool:
    """True for a table that only lays out a letterhead or signatures."""
    texts = [fold(part) for line in table.lines for cell in line.cells for part in cell.lines]
    if any(_LETTERHEAD.match(text) for text in texts):
        return True
    return len(table.lines) <= _MOST_SIGNATURE_LINES and any(_SIGNATURE.match(text) for text in texts)


def holds_rows(table: WordTable) -> bool:
    """True for a table that may hold rows of an appendix: several cells are filled beside each other, and are no title.

    A table of one column only frames its paragraphs.
    """
    if is_page_furniture(table):
        return False
    is_wide = max((len(line.cells) for line in table.lines), default=0) >= _WIDE
    return any(is_full(line) or (is_wide and line_text(line) and not _is_title(line)) for line in table.lines)


def is_full(line: Line) -> bool:
    """True for a line with several filled cells, unless they say what the rows below are."""
    return len(_filled(line)) > 2 or (len(_filled(line)) == 2 and not _is_title(line))


def _is_title(line: Line) -> bool:
    return any(is_appendix_mark(text) or _TITLE.search(text) for text in _filled(line))


def line_text(line: Line) -> str:
    """All that stands in a line of a table, for people."""
    return " | ".join(_filled(line))


def _filled(line: Line) -> list[str]:
    return [cell.text for cell in line.cells if cell.text]
