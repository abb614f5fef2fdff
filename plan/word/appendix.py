"""The appendix tables of a document as verbatim rows, with the headings that stand over them.

Walks the document once. A table is an appendix by its head row; the lines of one appendix may lie in many
tables, with the head repeated or not. What cannot be placed surely is listed with table and row, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from plan.word.blocks import Aside, Block, Cell, Line, Paragraph, WordTable
from plan.word.headings import Heading, Kind, kind_of, title_kind
from plan.word.lines import columns_of, heading_at, is_numbered
from plan.word.rows import Appendices, Unread, in_order, shown
from plan.word.table_rows import Part, RowReader
from plan.word.titles import (
    LONGEST_TITLE,
    holds_rows,
    is_appendix_mark,
    is_full,
    is_page_furniture,
    line_text,
    title_over,
)
from plan.words import fold


def read_appendices(blocks: Iterable[Block]) -> Appendices:
    """Find the appendix tables among the blocks of a document and read their rows."""
    walk = _Walk()
    walk.blocks(blocks)
    walk.rows.finish()
    walk.end_titles()
    found = walk.rows
    return Appendices(
        tuple(found.rows[Kind.INDICATORS]),
        tuple(found.rows[Kind.TASKS]),
        in_order(found.unread),
        tuple(found.notes),
        tuple(walk.prose),
    )


@dataclass(slots=True)
class _Walk:
    rows: RowReader = field(default_factory=RowReader)
    prose: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)  # paragraphs since the last line of an appendix
    title: str = ""
    last_table: int = 0
    in_appendices: bool = False  # from the first title or head of an appendix on
    titles: list[Unread] = field(default_factory=list)  # in lines of a table, and no head came yet
    cut: str = ""  # why the lines of this table are read no more

    # --- the document ---

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.prose.append(block.text)
                self.in_appendices = self.in_appendices or is_appendix_mark(block.text)
                if not re.fullmatch(r"\W*\d{1,3}\W*", block.text):  # a page number
                    self.since.append(block.text)
            elif isinstance(block, Aside):
                self.rows.aside(self.last_table, 0, block)
            else:
                self.last_table = block.number
                self._table(block)

    def _table(self, table: WordTable) -> None:
        self.cut = ""
        lines = table.lines
        start = next((index for index in range(len(lines)) if heading_at(lines, index) is not None), None)
        if start is not None:
            self._above_head(table, lines[:start])
            self._lines(table, start)
        elif self._continues(table):
            self._lines(table, 0)
        else:
            self._other(table)

    def _lines(self, table: WordTable, start: int) -> None:
        lines, skip = table.lines, 0
        for index in range(start, len(lines)):
            if skip:
                skip -= 1
                continue
            found = heading_at(lines, index)
            if found is not None:
                heading, starts, taken = found
                self._begin(table, index, heading, starts)
                skip = taken - 1
            else:
                self._line(table.number, lines[index])

    def _line(self, table: int, line: Line) -> None:
        if self.rows.part is not None:
            title = self.rows.line(line)
            if title:  # it ends what stands above it, and the rows below need a head of their own
                self.since = [title]
                self._may_be_title(table, line)
                self.cut = f"đứng dưới tiêu đề “{shown(title)}” (dòng {line.number}) mà không có dòng tiêu đề cột"
        elif self.cut:
            self.rows.asides(table, line)
            text = line_text(line)
            if len([cell for cell in line.cells if cell.text]) == 1 and not is_numbered(text):
                self.since.append(text)
                self._may_be_title(table, line)
            elif text:
                self.end_titles()
                self.rows.leave(table, line.number, text, self.cut)

    def _may_be_title(self, table: int, line: Line) -> None:
        why = "giống tiêu đề phụ lục nhưng không có bảng nào bên dưới"
        self.titles.append(Unread(table, line.number, shown(line_text(line)), why))

    def end_titles(self) -> None:
        """No head came below these titles: they are listed."""
        self.rows.unread += self.titles
        self.titles.clear()

    def _above_head(self, table: WordTable, lines: tuple[Line, ...]) -> None:
        """Lines over a head row are a title, or the rest of the table before this one."""
        part = replace(table, lines=lines)
        full = [line for line in lines if is_full(line)]
        if not full or is_page_furniture(part):
            for line in lines:
                self._as_text(line.cells)
        elif self._continues(part):
            for line in lines:
                self._line(table.number, line)
        else:
            for line in lines:
                if line in full:
                    self.rows.leave(table.number, line.number, line_text(line), "đứng trên dòng tiêu đề cột của bảng")
                else:
                    self._as_text(line.cells)

    def _continues(self, table: WordTable) -> bool:
        """A table without a head goes on with the one before it when nothing was printed between them."""
        width = max((len(line.cells) for line in table.lines), default=0)
        if self.rows.part is None or width != len(self.rows.part.heading.roles):
            return False
        if not all(is_numbered(text) for text in self.since) or is_page_furniture(table):
            return False
        widest = next(line for line in table.lines if len(line.cells) == width)
        self._take_headings(table.number, 1)
        starts = tuple(cell.start for cell in widest.cells)
        self.rows.go_on(replace(self.rows.part, table=table.number, starts=starts))
        return True

    def _other(self, table: WordTable) -> None:
        """A table without a known head: what stands in it is text, and listed where it may hold rows."""
        before = self.rows.found
        since = [*self.since]
        for line in table.lines:
            self._as_text(line.cells)
        if self.in_appendices and self.rows.found == before and holds_rows(table):
            first = next(line for line in table.lines if line_text(line))
            why = "bảng không có dòng tiêu đề cột đọc được nên không rõ cột nào là gì; cả bảng chưa được đọc"
            self.rows.leave(table.number, first.number, line_text(first), why)
            self.since = [*since, "…"]  # its cells are no title of the next table

    def _as_text(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            self.blocks(cell.blocks)

    # --- a head row ---

    def _begin(self, table: WordTable, index: int, heading: Heading, starts: tuple[int, ...]) -> None:
        line = table.lines[index]
        self.rows.asides(table.number, line)
        part = self.rows.part
        same = part is not None and [fold(t) for t in part.heading.texts] == [fold(t) for t in heading.texts]
        is_counted = _numbers_rows(table, heading, starts)
        is_quiet = all(is_numbered(text) for text in self.since)
        self.cut, self.in_appendices = "", True
        self.titles.clear()
        if same and part is not None and is_quiet:
            self._take_headings(table.number, line.number)
            is_counted = part.is_numbered or is_counted
            self.rows.go_on(replace(part, table=table.number, starts=starts, is_numbered=is_counted))
            return
        self.rows.is_after_row = False
        caption = self.since[-1] if self.since else ""
        is_fresh = self._take_title()
        kind = kind_of(self.title, heading, is_fresh=is_fresh)
        if same and part is not None and not is_fresh:
            kind = part.kind
        why = _why_not(heading, kind, "" if is_fresh else caption)
        if why or kind is None:
            self.rows.leave(table.number, line.number, " | ".join(heading.texts), why)
            self.rows.part = None
            self.since.clear()
            return
        if not is_fresh:
            keeps = same or (is_quiet and part is not None and part.kind is kind)
            self._keep_group(table.number, caption, keeps=keeps)
        self.rows.go_on(Part(table.number, heading, kind, starts, is_counted))
        self._take_headings(table.number, line.number)
        self._understood(line.number, is_fresh=is_fresh)

    def _understood(self, line: int, *, is_fresh: bool) -> None:
        """Say how the table that begins was read, and why one should look at it again."""
        part = self.rows.part
        if part is None:
            return
        table, heading, says = part.table, part.heading, title_kind(self.title)
        is_other = {says, part.heading.name_kind, part.heading.column_kind} - {None, part.kind}
        doubt = "; tiêu đề và tên các cột nói khác nhau, kiểm tra lại" if is_other else ""
        title = f" (“{self.title}”)" if self.title and (is_fresh or says in (None, part.kind)) else ""
        self.rows.notes.append(f"Bảng {table}: đọc là bảng {part.kind}{title}{doubt}.")
        if heading.is_shared_lead:
            text = heading.texts[heading.roles.index("lead")]
            self.rows.leave(
                table, line, text, "cột ghi chung chủ trì và phối hợp: cả ô nằm ở cột chủ trì, cần tách tay"
            )

    def _keep_group(self, table: int, caption: str, *, keeps: bool) -> None:
        """The heading above stays over a table that goes on with the same columns, else it ends with its table."""
        if not keeps:
            self.rows.finish()
            self.rows.section, self.rows.group = "", ("", "")
        elif caption and (self.rows.section or any(self.rows.group)):
            kept = ". ".join(part for part in self.rows.group if part) or self.rows.section
            self.rows.notes.append(
                f"Bảng {table}: sau dòng “{shown(caption)}” vẫn giữ nhóm “{shown(kept)}” của bảng trên, kiểm tra lại."
            )

    def _take_title(self) -> bool:
        """Take the title over a table; False where none stands there, so that the one before it is all there is."""
        title, start = title_over(self.since)
        if start:
            self.since = self.since[start:]
        if not title:
            return False
        self.rows.finish()
        self.title, self.rows.section, self.rows.group = " ".join(title)[:LONGEST_TITLE], "", ("", "")
        return True

    def _take_headings(self, table: int, line: int) -> None:
        """The numbered paragraphs right above a table are headings of its rows."""
        last: list[str] = []
        for text in reversed(self.since):
            if text.startswith("("):  # "(Kèm theo …)", "(Đơn vị: %)"
                continue
            if not is_numbered(text):
                break
            last.insert(0, text)
        for text in last:
            self.rows.heading(table, line, text)
        self.since.clear()


def _why_not(heading: Heading, kind: Kind | None, caption: str) -> str:
    """Return why the rows under a head row cannot be read, "" where they can."""
    if not heading.is_usable:
        return "bảng giống phụ lục nhưng không có đủ cột: cần cột nội dung và cột chủ trì, mục tiêu hoặc thời hạn"
    if kind is None:
        return "không rõ là bảng chỉ tiêu hay bảng nhiệm vụ; ghi rõ trong tiêu đề phụ lục rồi nhập lại"
    says = title_kind(caption)
    if says not in (None, kind) and kind not in (heading.name_kind, heading.column_kind):
        return f"dòng ngay trên bảng (“{shown(caption)}”) nói khác bảng trước nên không rõ là chỉ tiêu hay nhiệm vụ"
    return ""


def _numbers_rows(table: WordTable, heading: Heading, starts: tuple[int, ...]) -> bool:
    if "number" not in heading.roles:
        return False
    column = heading.roles.index("number")
    values = (columns_of(line, starts, {}) for line in table.lines)
    return any(re.match(r"\(?\d", found.texts[column]) and len(found.own) > 1 for found in values)
