"""A Word document as plain values in reading order: paragraphs, and tables of cells with their texts.

Runs, line breaks and tracked changes end here: a text is what a reader of the printed page sees, on one line,
in NFC. What a table is for is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plan.word.list_numbers import ListNumbers
from plan.word.open import Node, W, WordFile

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OPEN = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_INLINE = _OPEN | {f"{W}{name}" for name in ("r", "hyperlink", "fldSimple", "dir", "bdo")}
_BREAKS = {f"{W}{name}" for name in ("br", "cr")}
_BLANKS = {f"{W}{name}" for name in ("tab", "ptab")}
_TEXTS = {f"{W}t", f"{_M}t"}
# Signs that Word keeps as a place in the font “Symbol”; any other shows that something could not be read.
_SYMBOLS = {"A3": "≤", "B3": "≥", "B0": "°", "B1": "±", "B4": "×", "B7": "•", "2D": "-", "3E": ">", "3C": "<"}
_UNKNOWN_SIGN = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_BROKEN_TOKEN = re.compile(r"(?<=\w)-[ \t]*\n[ \t]*(?=\w)")
_MOST_SPAN = 64  # Word's own limit of columns


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed line or more, with its automatic number."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over the grid columns `start` to `start + span - 1`; a continued one belongs to the cell above."""

    start: int
    span: int
    is_continued: bool
    blocks: tuple[Paragraph | WordTable, ...]

    @property
    def text(self) -> str:
        """All that stands in the cell, on one line."""
        return tidy("\n".join(_texts(self.blocks)))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `number` counts from 1 as a person does."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table; `number` counts all tables of the document from 1, also those inside a cell."""

    number: int
    lines: tuple[Line, ...]


Block = Paragraph | WordTable


def read_blocks(word: WordFile) -> tuple[Block, ...]:
    """Return the paragraphs and tables of the document in reading order; blank paragraphs are left out."""
    return _Reader(ListNumbers.of(word.numbering, word.styles)).blocks(word.body)


def tidy(text: str) -> str:
    """Return `text` on one line: NFC, no invisible characters, single spaces; a token broken at its hyphen is whole.

    >>> tidy(" Phòng\\u00a0Tài\\tchính "), tidy("số 1183/QĐ-\\nTTg của Phòng Văn hoá -\\nXã hội")
    ('Phòng Tài chính', 'số 1183/QĐ-TTg của Phòng Văn hoá - Xã hội')
    """
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_BROKEN_TOKEN.sub("-", visible).split())


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for line in block.lines:
                for cell in line.cells:
                    yield from _texts(cell.blocks)


@dataclass(slots=True)
class _Reader:
    numbers: ListNumbers
    tables: int = 0

    def blocks(self, parent: Node) -> tuple[Block, ...]:
        found: list[Block] = []
        for node in parent:
            if node.tag == f"{W}p":
                label = self.numbers.label(node)
                text = tidy(f"{label} {_run_text(node)}")
                if text:
                    found.append(Paragraph(text))
            elif node.tag == f"{W}tbl":
                found.append(self._table(node))
            elif node.tag in _OPEN:
                found += self.blocks(node)
        return tuple(found)

    def _table(self, node: Node) -> WordTable:
        self.tables += 1
        number = self.tables
        lines = tuple(self._line(at, row) for at, row in enumerate(_children(node, "tr"), start=1) if not _gone(row))
        return WordTable(number, lines)

    def _line(self, number: int, row: Node) -> Line:
        start = _number(row, "trPr", "gridBefore")
        cells: list[Cell] = []
        for node in _children(row, "tc"):
            span = min(max(_number(node, "tcPr", "gridSpan"), 1), _MOST_SPAN)
            merged = node.find(f"{W}tcPr/{W}vMerge")
            is_continued = merged is not None and merged.get(f"{W}val") != "restart"
            cells.append(Cell(start, span, is_continued, self.blocks(node)))
            start += span
        return Line(number, tuple(cells))


def _children(node: Node, name: str) -> Iterator[Node]:
    """Yield the rows of a table or the cells of a row, also those inside content controls."""
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _OPEN:
            yield from _children(child, name)


def _gone(row: Node) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None  # a tracked deletion


def _number(node: Node, properties: str, name: str) -> int:
    found = node.find(f"{W}{properties}/{W}{name}")
    value = "" if found is None else found.get(f"{W}val") or ""
    return min(int(value), _MOST_SPAN) if re.fullmatch(r"[0-9]{1,6}", value) else 0


def _run_text(node: Node) -> str:
    """Join what is printed of a paragraph; deleted, moved away and hidden text and field codes are not."""
    found: list[str] = []
    for child in node:
        if child.tag in _TEXTS:
            found.append(child.text or "")
        elif child.tag in _BREAKS:
            found.append("\n")
        elif child.tag in _BLANKS:
            found.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            found.append("-")
        elif child.tag == f"{W}sym":
            found.append(_symbol(child))
        elif _is_inline(child) and not _hidden(child):
            found.append(_run_text(child))
    return "".join(found)


def _is_inline(node: Node) -> bool:
    return node.tag in _INLINE or (isinstance(node.tag, str) and node.tag.startswith(_M))


def _hidden(run: Node) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false")


def _symbol(node: Node) -> str:
    place = (node.get(f"{W}char") or "")[-2:].upper()
    font = (node.get(f"{W}font") or "").lower()
    return _SYMBOLS.get(place, _UNKNOWN_SIGN) if font == "symbol" else _UNKNOWN_SIGN
