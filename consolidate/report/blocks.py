"""What a report is made of before any library draws it: headings, paragraphs, tables as plain values.

The parts of the report return these, so that what they say can be read and tested without Word; only paper.py
knows how Word holds them. Widths are millimetres, sizes points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """Ids of the paragraph styles of the document (consolidate/report/styles.py)."""

    BODY = "NoiDung"
    HEADING = "Heading1"
    SUBHEADING = "Heading2"
    APPENDIX = "PhuLuc"
    NAME = "Title"
    SUBJECT = "TrichYeu"
    ADDRESSEE = "KinhGui"
    CAPTION = "TenBang"
    NOTE = "GhiChu"
    CELL = "OBang"
    SMALL_CELL = "OBangNho"
    HEAD = "TheThuc"
    RECIPIENT = "NoiNhan"


class Align(StrEnum):
    """How a column stands; the values are those of Word."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `marked` is what a person has still to write. `points` 0 is the size of the style."""

    text: str
    bold: bool = False
    italic: bool = False
    marked: bool = False
    points: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `stays` keeps it on the page of what follows."""

    pieces: tuple[Piece, ...]
    style: Style = Style.BODY
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line under a name or a motto (Decree 30/2020/NĐ-CP), centred in `within` millimetres."""

    length: float
    within: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room of so many points, as for a signature; `stays` as of a paragraph."""

    points: float
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    head: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text a column, or a single one over all of them (`band`)."""

    cells: tuple[str, ...]
    band: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head repeats on every page; `summary` describes it to those who cannot see it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: str
    style: Style = Style.CELL


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two blocks of lines beside each other without rules, never torn apart by a page: heading and signature."""

    widths: tuple[float, float]
    left: tuple[Paragraph | Rule | Gap, ...]
    right: tuple[Paragraph | Rule | Gap, ...]


Block = Paragraph | Rule | Gap | Table | SideBySide


def body(*pieces: str | Piece) -> Paragraph:
    """A paragraph of the narrative."""
    return Paragraph(tuple(p if isinstance(p, Piece) else Piece(p) for p in pieces))


def heading(text: str) -> Paragraph:
    """The heading of a part: "I. TÌNH HÌNH…"."""
    return Paragraph((Piece(text),), Style.HEADING)


def subheading(text: str) -> Paragraph:
    """The heading of a numbered item within a part."""
    return Paragraph((Piece(text),), Style.SUBHEADING)


def caption(text: str) -> Paragraph:
    """The name of the table that follows."""
    return Paragraph((Piece(text),), Style.CAPTION, stays=True)


def marked(text: str, *, bold: bool = False, italic: bool = False) -> Piece:
    """What a person has to write in its place, in the letters that it will stand in."""
    return Piece(f"[{text}]", bold=bold, italic=italic, marked=True)


def left_to_write(text: str) -> Paragraph:
    """A paragraph that a person has to write, saying what belongs there."""
    return body(marked(f"Phần này do người soạn hoàn chỉnh: {text}"))
