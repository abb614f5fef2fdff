"""Paragraphs and tables as Word's XML, put together by hand: python-docx takes seconds for tables of this size.

Every text passes `plain_text`; widths are fixed, so that Word and LibreOffice break the same lines and clip none.
No page and no file is known here.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from consolidate.report.blocks import Align, Block, Column, Gap, Paragraph, Piece, Row, Rule, SideBySide, Style, Table
from consolidate.report.styles import CELL_POINTS, FRAME_STYLE, HEADER_STYLE, TABLE_STYLE
from consolidate.report.words import plain_text
from plan.text_fit import line_count

_TWIPS_A_MM = 1440 / 25.4
_POINTS_A_MM = 72 / 25.4
_CELL_SIDES = 2.4  # mm that margins and rules take of a column
_WHOLE_ROW = 22  # lines up to which a row is never torn by a page
_RED = "C00000"
_GREY = "F2F2F2"

SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def element(tag: str, /, **attributes: str) -> BaseOxmlElement:
    """Return a new element; attributes are of Word's own namespace."""
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def elements(block: Block) -> tuple[BaseOxmlElement, ...]:
    """Return what stands in the body for `block`."""
    if isinstance(block, Table):
        return (_table(block), _paragraph(Gap(6)))  # two tables behind one another would become one
    if isinstance(block, SideBySide):
        return (_side_by_side(block), _paragraph(Gap(1)))  # Word wants a paragraph behind the last table
    return (_paragraph(block),)


def header(warning: str, *, numbered: bool) -> tuple[BaseOxmlElement, ...]:
    """Return the paragraphs of a page header."""
    lines = []
    if numbered:
        line = _styled(HEADER_STYLE)
        for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
            run = _child(line, "w:r")
            if kind in ("", "text"):
                _child(run, "w:t" if kind else "w:instrText").text = text
            else:
                _child(run, "w:fldChar", fldCharType=kind)
        lines.append(line)
    if warning or not lines:
        line = _styled(HEADER_STYLE)
        if warning:
            run = _child(line, "w:r")
            properties = _child(run, "w:rPr")
            _child(properties, "w:b")
            _child(properties, "w:color", val=_RED)
            _child(run, "w:t").text = warning
        lines.append(line)
    return tuple(lines)


def shrink(paragraph: BaseOxmlElement) -> None:
    """Make a paragraph that has to be there as low as Word allows."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None:
        properties.insert(0, element("w:spacing", before="0", after="0", line="20", lineRule="exact"))


def _child(parent: BaseOxmlElement, tag: str, /, **attributes: str) -> BaseOxmlElement:
    new = element(tag, **attributes)
    parent.append(new)
    return new


def _styled(style: str) -> BaseOxmlElement:
    paragraph = element("w:p")
    _child(_child(paragraph, "w:pPr"), "w:pStyle", val=style)
    return paragraph


def _paragraph(block: Paragraph | Rule | Gap) -> BaseOxmlElement:
    if isinstance(block, Paragraph):
        paragraph = _styled(block.style)
        if block.stays:
            _child(paragraph[0], "w:keepNext")
        for piece in block.pieces:
            _add_run(paragraph, piece)
        return paragraph
    paragraph = _styled(Style.HEAD)
    properties = paragraph[0]
    if isinstance(block, Gap):
        if block.stays:
            _child(properties, "w:keepNext")
        height = str(round(block.points * 20))
        _child(properties, "w:spacing", before="0", after="0", line=height, lineRule="exact")
        return paragraph
    _child(_child(properties, "w:pBdr"), "w:top", val="single", sz="6", space="1", color="auto")
    _child(properties, "w:spacing", before="70", after="0", line="80", lineRule="exact")
    side = str(_twips(max(block.within - block.length, 0) / 2))
    _child(properties, "w:ind", left=side, right=side)
    return paragraph


def _add_run(paragraph: BaseOxmlElement, piece: Piece) -> None:
    run = _child(paragraph, "w:r")
    properties = element("w:rPr")
    for wanted, tags in ((piece.bold, ("w:b", "w:bCs")), (piece.italic, ("w:i", "w:iCs"))):
        for tag in tags if wanted else ():
            _child(properties, tag)
    if piece.points:
        for tag in ("w:sz", "w:szCs"):
            _child(properties, tag, val=str(round(piece.points * 2)))
    if piece.marked:
        _child(properties, "w:highlight", val="yellow")
    if len(properties):
        run.append(properties)
    for number, line in enumerate(plain_text(piece.text).replace("\t", " ").split("\n")):
        if number:
            _child(run, "w:br")
        text = _child(run, "w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")


def _table(table: Table) -> BaseOxmlElement:
    widths = [column.width for column in table.columns]
    root = _empty_table(TABLE_STYLE, widths, table.summary)
    root.append(_row(Row(tuple(c.head for c in table.columns), bold=True), table, head=True))
    for row in table.rows:
        root.append(_row(row, table))
    return root


def _row(row: Row, table: Table, *, head: bool = False) -> BaseOxmlElement:
    """One row; short ones stay whole, the head repeats, a band stays with the row that follows."""
    columns = table.columns
    if row.band:
        columns = (Column("", sum(column.width for column in columns)),)
    root = element("w:tr")
    properties = _child(root, "w:trPr")
    if head or _lines(row, columns, CELL_POINTS[table.style]) <= _WHOLE_ROW:
        _child(properties, "w:cantSplit")
    if head:
        _child(properties, "w:tblHeader")
    for text, column in zip(row.cells, columns, strict=True):
        cell = _child(root, "w:tc")
        about = _child(cell, "w:tcPr")
        _child(about, "w:tcW", w=str(_twips(column.width)), type="dxa")
        if row.band:
            _child(about, "w:gridSpan", val=str(len(table.columns)))
        if head:
            _child(about, "w:shd", val="clear", color="auto", fill=_GREY)
        _child(about, "w:vAlign", val="center" if head else "top")
        align = Align.CENTRE if head else column.align
        cell.append(_cell_paragraph(Piece(text, bold=row.bold), table.style, align, stays=head or row.band))
    return root


def _cell_paragraph(piece: Piece, style: Style, align: Align, *, stays: bool) -> BaseOxmlElement:
    paragraph = _paragraph(Paragraph((piece,), style, stays))
    _child(paragraph[0], "w:jc", val=align)
    return paragraph


def _lines(row: Row, columns: Sequence[Column], points: float) -> int:
    pairs = zip(row.cells, columns, strict=True)
    return max(
        line_count(plain_text(text), (c.width - _CELL_SIDES) * _POINTS_A_MM, points, bold=row.bold) for text, c in pairs
    )


def _empty_table(style: str, widths: Sequence[float], summary: str = "") -> BaseOxmlElement:
    root = element("w:tbl")
    properties = _child(root, "w:tblPr")
    _child(properties, "w:tblStyle", val=style)
    _child(properties, "w:tblW", w=str(sum(map(_twips, widths))), type="dxa")
    _child(properties, "w:tblLayout", type="fixed")
    _child(properties, "w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
    if summary:
        _child(properties, "w:tblDescription", val=plain_text(summary))
    grid = _child(root, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=str(_twips(width)))
    return root


def _side_by_side(block: SideBySide) -> BaseOxmlElement:
    root = _empty_table(FRAME_STYLE, block.widths)
    row = _child(root, "w:tr")
    _child(_child(row, "w:trPr"), "w:cantSplit")
    for width, lines in zip(block.widths, (block.left, block.right), strict=True):
        cell = _child(row, "w:tc")
        _child(_child(cell, "w:tcPr"), "w:tcW", w=str(_twips(width)), type="dxa")
        for line in lines:
            cell.append(_paragraph(line))
    return root


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MM)
