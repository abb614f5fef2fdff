"""The door to python-docx: blocks become a Word document whose bytes depend on nothing but what is in it.

Pages, headers and properties are set here; paragraphs and tables are put together by ink.py. What the library's
own template brings along (styles, thumbnail, names of other programs) is left out.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from consolidate.report import ink
from consolidate.report.blocks import Block
from consolidate.report.keep import UNSEALED, sealed
from consolidate.report.page_size import BOTTOM, HEADER_FROM_EDGE, LEFT, LONG_SIDE, RIGHT, SHORT_SIDE, TOP
from consolidate.report.styles import styles_xml
from consolidate.report.words import plain_text
from plan.repack import repack

_KEPT_PARTS = ("styles", "settings", "theme")  # of what the library's template hangs on the document
_LONGEST_PROPERTY = 255  # python-docx refuses longer ones


@dataclass(frozen=True, slots=True)
class Paper:
    """A document being written; `warning` stands in red on every page, "" for none."""

    document: Document
    moment: datetime
    warning: str


def new_paper(title: str, author: str, moment: datetime, warning: str) -> Paper:
    """Return an empty portrait document; `moment` (aware) is when it counts as written."""
    document = docx.Document()
    _strip(document)
    properties = document.core_properties
    for name, text in (
        ("title", title),
        ("author", author),
        ("last_modified_by", author),
        ("subject", ""),
        ("keywords", ""),
        ("comments", ""),
        ("category", ""),
        ("version", ""),
        ("identifier", UNSEALED),
        ("language", "vi-VN"),
    ):
        setattr(properties, name, plain_text(text)[:_LONGEST_PROPERTY])
    properties.revision = 1
    properties.created = properties.modified = moment.astimezone(UTC).replace(tzinfo=None)
    paper = Paper(document, moment, warning)
    _set_page(document.sections[0], landscape=False)
    _draw_headers(paper, document.sections[0])
    return paper


def write(paper: Paper, blocks: Sequence[Block]) -> None:
    """Put `blocks` at the end of the document."""
    end = paper.document.element.body.sectPr
    if end is None:
        raise ValueError("a document without a last section")
    for block in blocks:
        for element in ink.elements(block):
            end.addprevious(element)


def turn_page(paper: Paper, *, landscape: bool) -> None:
    """Begin a section of its own, whose pages are numbered anew, as every appendix is."""
    section = paper.document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that carries the former section's properties must not become an empty page of its own.
    ink.shrink(paper.document.paragraphs[-1]._p)
    _set_page(section, landscape=landscape)
    numbers = section._sectPr.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = ink.element("w:pgNumType", start="1")
        section._sectPr.find(qn("w:pgMar")).addnext(numbers)


def finished(paper: Paper) -> bytes:
    """Return the document as sealed bytes without a clock in them."""
    out = io.BytesIO()
    paper.document.save(out)
    return sealed(repack(out.getvalue(), paper.moment))


def _set_page(section: Section, *, landscape: bool) -> None:
    long, short = Mm(LONG_SIDE), Mm(SHORT_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(HEADER_FROM_EDGE)
    section.different_first_page_header_footer = True


def _draw_headers(paper: Paper, section: Section) -> None:
    """The number in the middle of the upper margin, none on the first page; later sections take both over."""
    for header, numbered in ((section.header, True), (section.first_page_header, False)):
        header.is_linked_to_previous = False
        root = header._element
        for old in list(root):
            root.remove(old)
        for element in ink.header(paper.warning, numbered=numbered):
            root.append(element)


def _strip(document: Document) -> None:
    """Put our styles in place of the template's, and drop whatever else it brings."""
    part, package = document.part, document.part.package
    for rels in (part.rels, package.rels):
        for rid, rel in list(rels.items()):
            kind = rel.reltype.rsplit("/", 1)[-1]
            if kind not in (*_KEPT_PARTS, "officeDocument", "core-properties"):
                del rels[rid]
    ours, theirs = parse_xml(styles_xml()), document.styles.element
    _replace(theirs, ours)
    _replace(document.settings.element, parse_xml(ink.SETTINGS))


def _replace(old: BaseOxmlElement, new: BaseOxmlElement) -> None:
    for child in list(old):
        old.remove(child)
    for child in list(new):
        old.append(child)
