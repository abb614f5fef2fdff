"""Makes the Word documents of the tests, with python-docx: what offices send, and what can go wrong in it.

Rows are given as texts by column; how they are laid out (merged group rows, heads repeated, rows torn over a page
break, letterhead and signature tables around) is said here. Nothing of ours is imported.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Appendix:
    """One appendix: `head` gives the columns and their printed words in order; `per_table` rows stand in one table."""

    title: Sequence[str]
    head: Mapping[str, str]
    rows: Sequence[Row]
    per_table: int = 9
    repeats_head: bool = True
    tears: bool = True


@dataclass(slots=True)
class WordMaker:
    """Puts a document together from the top; `bytes()` ends it."""

    document: Any = field(default_factory=docx.Document)

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def paragraphs(self, *texts: str) -> WordMaker:
        for text in texts:
            self.document.add_paragraph(text)
        return self

    def letterhead(self, issuer: str, place: str) -> WordMaker:
        table = self.document.add_table(2, 2)
        table.cell(0, 0).text = issuer.upper()
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        table.cell(1, 0).text = "Số:      /KH-UBND"
        table.cell(1, 1).text = f"{place}, ngày   tháng   năm 2026"
        return self

    def signature(self, name: str = "") -> WordMaker:
        table = self.document.add_table(1, 2)
        table.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Các tổ dân phố;\n- Lưu: VT."
        table.cell(0, 1).text = f"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{name}"
        return self

    def footnote(self, text: str) -> WordMaker:
        """Add a remark as converted documents have them: a small raised number and a line under the table."""
        paragraph = self.document.add_paragraph()
        paragraph.add_run("1").font.superscript = True
        paragraph.add_run(f" {text}")
        return self

    def table(self, *rows: Sequence[str]) -> WordMaker:
        """Add a table as it is given; None of its rows is merged."""
        table = self.document.add_table(0, len(rows[0]))
        for texts in rows:
            _fill(table.add_row(), texts)
        return self

    def appendix(self, appendix: Appendix) -> WordMaker:
        """Add the tables of an appendix with its title, its sections as paragraphs and its groups as merged rows."""
        self.document.add_page_break()
        self.paragraphs(*appendix.title)
        _Layout(self.document, appendix).draw()
        return self


@dataclass(slots=True)
class _Layout:
    document: Any
    appendix: Appendix
    table: Any = None
    left: int = 0
    section: str = ""
    group: tuple[str, str] = ("", "")

    def draw(self) -> None:
        for index, row in enumerate(self.appendix.rows):
            section, group = row.get("section", ""), (row["group_number"], row["group"])
            if section != self.section:
                self.document.add_paragraph(section)
                self.table, self.group = None, ("", "")
            if self.table is None or self.left == 0:
                self.new_table(with_head=self.table is None or self.appendix.repeats_head)
            if group != self.group and group[1]:
                self.group_row(group, index)
            self.section, self.group = section, group
            texts = [row[column] for column in self.appendix.head]
            texts[0] = f"{texts[0]}." if index % 2 else texts[0]
            self.row(texts, is_last=index + 1 == len(self.appendix.rows))

    def new_table(self, *, with_head: bool) -> None:
        if self.table is not None:
            self.document.add_paragraph("")
        self.table = self.document.add_table(0, len(self.appendix.head))
        self.left = self.appendix.per_table
        if with_head:
            _fill(self.table.add_row(), list(self.appendix.head.values()))

    def group_row(self, group: tuple[str, str], index: int) -> None:
        cells = self.table.add_row().cells
        text = f"{group[0]}. {group[1]}" if group[0] else group[1]
        if index % 2:
            cells[0].text = text  # not merged: the only cell of its row that is filled
        else:
            cells[0].merge(cells[-1]).text = text

    def row(self, texts: list[str], *, is_last: bool) -> None:
        self.left -= 1
        if self.left or is_last or not self.appendix.tears:
            _fill(self.table.add_row(), texts)
            return
        first, rest = [*texts], [""] * len(texts)
        for column, text in enumerate(texts):
            at = text.rfind(" ", 0, max(len(text) * 2 // 3, 1))
            while at > 20 and text[at + 1].isupper() and text[at - 1] not in ",;":
                at = text.rfind(" ", 0, at)  # a name that is torn in capitals could begin a row of its own
            if column and at > 20:
                first[column], rest[column] = text[:at], text[at + 1 :]
        _fill(self.table.add_row(), first)
        if not any(rest):
            return
        self.new_table(with_head=self.appendix.repeats_head)
        _fill(self.table.add_row(), rest)


def _fill(row: Any, texts: Sequence[str]) -> None:  # noqa: ANN401 (python-docx does not export its row)
    for cell, text in zip(row.cells, texts, strict=True):
        words(cell.paragraphs[0], text)


def words(paragraph: Any, text: str) -> None:  # noqa: ANN401 (as above)
    """Write `text` in several runs, with a line break, a tab and a no-break space among its blanks."""
    pieces = re.split(r"( )", text)
    for index, piece in enumerate(pieces):
        if piece != " ":
            paragraph.add_run(piece)
        elif index % 14 == 1:
            paragraph.add_run().add_break()
        elif index % 14 == 5:
            paragraph.add_run("\t")
        else:
            paragraph.add_run("\u00a0" if index % 14 == 9 else " ")


def element(name: str, **attributes: str) -> Any:  # noqa: ANN401 (an element of lxml)
    """Make an element such as `w:vMerge` with attributes of the same prefix."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
