"""A Word document as plain values in reading order: paragraphs, and tables of cells with their texts.

Runs, line breaks and tracked changes end here: a text is what a reader of the printed page sees, on one line,
in NFC. What a table is for is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plan.word.list_numbers import ListNumbers
from plan.word.open import Node, W, WordFile

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OPEN = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_INLINE = _OPEN | {f"{W}{name}" for name in ("r", "hyperlink", "fldSimple", "dir", "bdo")}
_BREAKS = {f"{W}{name}" for name in ("br", "cr")}
_BLANKS = {f"{W}{name}" for name in ("tab", "ptab")}
_TEXTS = {f"{W}t", f"{_M}t"}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = {f"{W}pict", f"{W}drawing", f"{W}object"}
_BOX = f"{W}txbxContent"
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
class Aside:
    """Something at this place that is no part of the text; a struck-out text is printed and not meant."""

    text: str
    why: str
    is_struck: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over the grid columns `start` to `start + span - 1`; a continued one belongs to the cell above."""

    start: int
    span: int
    is_continued: bool
    blocks: tuple[Paragraph | WordTable | Aside, ...]

    @property
    def text(self) -> str:
        """The paragraphs of the cell, on one line; neither a table inside it nor an aside."""
        return tidy("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs of the cell."""
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def asides(self) -> tuple[Aside, ...]:
        """What stands in the cell besides its text, tables inside it among it."""
        found = (_aside(block) for block in self.blocks if not isinstance(block, Paragraph))
        return tuple(aside for aside in found if aside.text)


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


Block = Paragraph | WordTable | Aside
_STRUCK = "chữ bị gạch ngang"
_IN_BOX = "chữ nằm trong hộp văn bản (text box) của ô: chép ra ngoài hộp rồi nhập lại, hoặc tự nhập"
_IN_TABLE = "bảng nằm trong một ô của bảng khác: chép ra thành bảng riêng rồi nhập lại, hoặc tự nhập"
_CHUNK = "phần chèn từ tệp khác (altChunk), Word chưa ghép vào văn bản: mở trong Word, lưu lại rồi nhập lại"


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


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, WordTable):
            for line in block.lines:
                for cell in line.cells:
                    yield from _texts(cell.blocks)
        else:
            yield block.text


def _aside(block: Block) -> Aside:
    return block if isinstance(block, Aside) else Aside(tidy(" ".join(_texts([block]))), _IN_TABLE, is_struck=False)


@dataclass(slots=True)
class _Reader:
    numbers: ListNumbers
    tables: int = 0

    def blocks(self, parent: Iterable[Node], *, in_cell: bool = False) -> tuple[Block, ...]:
        found: list[Block] = []
        for node in parent:
            if node.tag == f"{W}p":
                found += self._paragraph(node, in_cell=in_cell)
            elif node.tag == f"{W}tbl":
                found.append(self._table(node))
            elif node.tag == f"{W}altChunk":
                found.append(Aside("(phần chèn)", _CHUNK, is_struck=False))
            elif node.tag == f"{_MC}AlternateContent":
                found += self.blocks(_chosen(node), in_cell=in_cell)
            elif node.tag in _OPEN:
                found += self.blocks(node, in_cell=in_cell)
        return tuple(found)

    def _paragraph(self, node: Node, *, in_cell: bool) -> Iterator[Block]:
        """Yield the text, what is struck out of it, and the text boxes that hang on it."""
        label = self.numbers.label(node)
        printed = _Printed()
        printed.take(node)
        text = tidy(f"{label} {''.join(printed.texts)}")
        if text:
            yield Paragraph(text)
        if struck := tidy("".join(printed.struck)):
            yield Aside(struck, _STRUCK, is_struck=True)
        for box in printed.boxes:
            inner = self.blocks(box, in_cell=in_cell)
            if not in_cell:
                yield from inner  # offices set titles and whole tables in boxes
            elif words := tidy(" ".join(_texts(inner))):
                yield Aside(words, _IN_BOX, is_struck=False)

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
            cells.append(Cell(start, span, is_continued, self.blocks(node, in_cell=True)))
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


@dataclass(slots=True)
class _Printed:
    """What is printed of a paragraph; deleted, moved away and hidden text and field codes are not."""

    texts: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)

    def take(self, nodes: Iterable[Node], *, struck: bool = False) -> None:
        """Add what stands in `nodes`; `struck` is true inside a run that is struck out."""
        texts = self.struck if struck else self.texts
        for child in nodes:
            if child.tag in _TEXTS:
                texts.append(child.text or "")
            elif child.tag in _BREAKS:
                texts.append("\n")
            elif child.tag in _BLANKS:
                texts.append(" ")
            elif child.tag == f"{W}noBreakHyphen":
                texts.append("-")
            elif child.tag == f"{W}sym":
                texts.append(_symbol(child))
            elif child.tag == f"{_MC}AlternateContent":
                self.take(_chosen(child), struck=struck)
            elif child.tag in _DRAWN:
                self.boxes += _boxes(child)
            elif _is_inline(child) and not _has(child, "vanish"):
                self.take(child, struck=struck or _has(child, "strike") or _has(child, "dstrike"))


def _chosen(node: Node) -> Iterable[Node]:
    """Of one content in several formats, of which Word shows one: the first in which text is found."""
    ways = [child for name in ("Choice", "Fallback") for child in node.findall(f"{_MC}{name}")]
    return next((way for way in ways if _holds_text(way)), ())


def _holds_text(node: Node) -> bool:
    return any(child.tag in _TEXTS or _holds_text(child) for child in node)


def _boxes(node: Node) -> Iterator[Node]:
    """Yield the text boxes drawn in `node`, each once where it is drawn for old and new programs."""
    for child in _chosen(node) if node.tag == f"{_MC}AlternateContent" else node:
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _is_inline(node: Node) -> bool:
    return node.tag in _INLINE or (isinstance(node.tag, str) and node.tag.startswith(_M))


def _has(run: Node, name: str) -> bool:
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _symbol(node: Node) -> str:
    place = (node.get(f"{W}char") or "")[-2:].upper()
    font = (node.get(f"{W}font") or "").lower()
    return _SYMBOLS.get(place, _UNKNOWN_SIGN) if font == "symbol" else _UNKNOWN_SIGN
