"""The appendix tables of a document as verbatim rows, with the headings that stand over them.

Walks the document once. A table is an appendix by its head row; the lines of one appendix may lie in many
tables, with the head repeated or not. What cannot be placed surely is listed with table and row, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from plan.word.blocks import Block, Cell, Line, Paragraph, WordTable
from plan.word.headings import Heading, Kind, kind_of
from plan.word.lines import (
    Values,
    columns_of,
    group_heading,
    heading_at,
    is_numbered,
    is_remark,
    is_section,
    is_torn_off,
    numbers_columns,
    rejoin,
    split_heading,
)
from plan.words import fold

_APPENDIX = re.compile(r"(?:phu luc|phu bieu)(?: so)?(?: [0-9]{1,2}[a-z]?| [ivx]{1,4}| [a-d])?(?:\s.*)?")
_TITLE = re.compile(r"NHIỆM VỤ|CHỈ TIÊU|MỤC TIÊU|DANH MỤC|PHÂN CÔNG")  # in capitals: a line of text is no title
_TITLE_LINES = 6
_LONGEST_TITLE = 250
_SHOWN = 120  # of an unread text, so many characters are enough to find it


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that stands in a table and not in the draft: `row` counts the rows of table number `table`."""

    table: int
    row: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """One printed row. `texts` are its cells by the columns of `heading`."""

    table: int
    line: int
    heading: Heading
    texts: tuple[str, ...]
    section: str
    group_number: str
    group: str

    def cell(self, role: str) -> str:
        """Return the text of the column that has this role, "" where there is none."""
        roles = self.heading.roles
        return self.texts[roles.index(role)] if role in roles else ""

    @property
    def goals(self) -> tuple[tuple[int | None, str], ...]:
        """The target cells with the year that their column names."""
        columns = [index for index, role in enumerate(self.heading.roles) if role == "target"]
        return tuple((self.heading.years.get(index), self.texts[index]) for index in columns if self.texts[index])


@dataclass(frozen=True, slots=True)
class Appendices:
    """All that was read: the rows, what was not, how each table was understood, and the text around them."""

    indicators: tuple[AppendixRow, ...]
    tasks: tuple[AppendixRow, ...]
    unread: tuple[Unread, ...]
    notes: tuple[str, ...]
    prose: tuple[str, ...]


def read_appendices(blocks: Iterable[Block]) -> Appendices:
    """Find the appendix tables among the blocks of a document and read their rows."""
    walk = _Walk()
    walk.blocks(blocks)
    walk.finish()
    return Appendices(
        tuple(walk.rows[Kind.INDICATORS]),
        tuple(walk.rows[Kind.TASKS]),
        tuple(sorted(walk.unread, key=lambda u: (u.table, u.row))),
        tuple(walk.notes),
        tuple(walk.prose),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns under which lines are read at present."""

    table: int
    heading: Heading
    kind: Kind
    starts: tuple[int, ...]
    is_numbered: bool


@dataclass(slots=True)
class _Walk:
    rows: dict[Kind, list[AppendixRow]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)  # paragraphs since the last line of an appendix
    title: str = ""
    part: _Part | None = None
    section: str = ""
    group: tuple[str, str] = ("", "")
    waiting: tuple[int, int, str] | None = None  # a heading that has no row yet
    above: dict[int, str] = field(default_factory=dict)
    is_after_row: bool = False  # the line above is a row that may go on
    at_break: bool = False
    reported: set[tuple[int, int]] = field(default_factory=set)

    # --- the document ---

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.prose.append(block.text)
                if not re.fullmatch(r"\W*\d{1,3}\W*", block.text):  # a page number
                    self.since.append(block.text)
            else:
                self._table(block)

    def finish(self) -> None:
        if self.waiting is not None:
            self._unread(*self.waiting, "tiêu đề không có dòng nào bên dưới")
            self.waiting = None

    def _table(self, table: WordTable) -> None:
        lines = table.lines
        heads = [index for index in range(len(lines)) if heading_at(lines, index) is not None]
        start = heads[0] if heads else 0
        if not heads and not self._continues(table):
            self._other(table)
            return
        for line in lines[:start]:
            self._as_text(line.cells)
        skip = 0
        for index in range(start, len(lines)):
            if skip:
                skip -= 1
                continue
            found = heading_at(lines, index)
            if found is not None:
                heading, starts, taken = found
                self._begin(_Place(table, index), heading, starts)
                skip = taken - 1
            elif self.part is not None:
                self._line(lines[index])

    def _continues(self, table: WordTable) -> bool:
        """A table without a head goes on with the one before it when nothing was printed between them."""
        width = max((len(line.cells) for line in table.lines), default=0)
        if self.part is None or width != len(self.part.heading.roles):
            return False
        widest = next(line for line in table.lines if len(line.cells) == width)
        if not all(is_numbered(text) for text in self.since):
            self._unread(table.number, 1, _shown(widest), "bảng không có dòng tiêu đề cột nên không rõ cột nào là gì")
            return False
        self._take_headings(table.number, 1)
        self.part = replace(self.part, table=table.number, starts=tuple(cell.start for cell in widest.cells))
        self.above, self.at_break = {}, True
        return True

    def _other(self, table: WordTable) -> None:
        for line in table.lines:
            self._as_text(line.cells)

    def _as_text(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            self.blocks(cell.blocks)

    # --- a head row ---

    def _begin(self, place: _Place, heading: Heading, starts: tuple[int, ...]) -> None:
        table, line = place.table.number, place.line_number
        same = self.part is not None and [fold(t) for t in self.part.heading.texts] == [fold(t) for t in heading.texts]
        is_numbered_part = _numbers_rows(place.table, heading, starts)
        self.above, self.at_break = {}, True
        if same and self.part is not None and all(is_numbered(text) for text in self.since):
            self._take_headings(table, line)
            self.part = replace(
                self.part, table=table, starts=starts, is_numbered=self.part.is_numbered or is_numbered_part
            )
            return
        self.is_after_row = False
        self._take_title()
        kind = kind_of(self.title, heading)
        why = ""
        if not heading.is_usable:
            why = "bảng giống phụ lục nhưng không có đủ cột: cần cột nội dung và cột chủ trì, mục tiêu hoặc thời hạn"
        elif kind is None:
            why = "không rõ là bảng chỉ tiêu hay bảng nhiệm vụ; ghi rõ trong tiêu đề phụ lục rồi nhập lại"
        if why or kind is None:
            self._unread(table, line, " | ".join(heading.texts), why)
            self.part = None
            self.since.clear()
            return
        self.part = _Part(table, heading, kind, starts, is_numbered_part)
        self._take_headings(table, line)
        self.notes.append(f"Bảng {table}: đọc là bảng {kind}{f' (“{self.title}”)' if self.title else ''}.")
        if heading.is_shared_lead:
            text = heading.texts[heading.roles.index("lead")]
            self._unread(table, line, text, "cột ghi chung chủ trì và phối hợp: cả ô nằm ở cột chủ trì, cần tách tay")

    def _take_title(self) -> None:
        """Find the title over a table: from its “PHỤ LỤC” on, else what names its rows in capitals right above."""
        marks = [index for index, text in enumerate(self.since) if _APPENDIX.fullmatch(fold(text)) and _is_title(text)]
        lines = (
            self.since[marks[-1] :] if marks else [text for text in self.since[-_TITLE_LINES:] if _TITLE.search(text)]
        )
        if marks:
            self.since = lines
        title = [text for text in lines if not text.startswith("(") and not is_numbered(text)][:_TITLE_LINES]
        if title:
            self.finish()
            self.title, self.section, self.group = " ".join(title)[:_LONGEST_TITLE], "", ("", "")

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
            self._heading(table, line, text)
        self.since.clear()

    # --- a line under it ---

    def _line(self, line: Line) -> None:
        part = self.part
        if part is None:
            return
        roles = part.heading.roles
        values = columns_of(line, part.starts, self.above)
        if not values.own or numbers_columns(values):
            return
        text = group_heading(values, roles)
        if text and text[:1].islower() and self.is_after_row:
            text = ""  # the rest of a row
        if text:
            self._group_line(line, text)
        elif roles.index("name") in values.continued and values.texts[roles.index("name")]:
            self._unread(part.table, line.number, _text(values), "ô nội dung gộp với dòng trên, cần ghép tay")
        else:
            self._row(line, values)
        self.at_break = False

    def _group_line(self, line: Line, text: str) -> None:
        part = self.part
        if part is None or fold(text).startswith("kem theo"):
            return
        self.is_after_row = False
        self.above = {}
        if is_remark(text):
            self._unread(part.table, line.number, text, "ghi chú trong bảng, không phải một dòng của phụ lục")
        else:
            self._heading(part.table, line.number, text)

    def _heading(self, table: int, line: int, text: str) -> None:
        indicators = self.part is not None and self.part.kind is Kind.INDICATORS
        if self.waiting is not None and not (indicators and self.waiting[2] == self.section):
            if indicators and not self.section:
                self.section = self.waiting[2]
            else:
                self._unread(*self.waiting, "tiêu đề lớn: kế hoạch chỉ giữ tiêu đề ngay trên các dòng")
        if indicators and is_section(text):
            self.section, self.group = text, ("", "")
        else:
            self.group = split_heading(text)
        self.waiting = (table, line, text)
        self.is_after_row = False

    def _row(self, line: Line, values: Values) -> None:
        part = self.part
        if part is None:
            return
        roles = part.heading.roles
        name = roles.index("name")
        rows = self.rows[part.kind]
        is_unnumbered = "number" in roles and part.is_numbered and not values.texts[roles.index("number")]
        if is_unnumbered or not values.texts[name]:
            if self.is_after_row and is_torn_off(values, rows[-1].texts, name, at_break=self.at_break):
                joined = tuple(
                    rejoin(before, after) if index in values.own else before
                    for index, (before, after) in enumerate(zip(rows[-1].texts, values.texts, strict=True))
                )
                rows[-1] = replace(rows[-1], texts=joined)
            else:
                why = "dòng không có số thứ tự" if values.texts[name] else "dòng không có nội dung"
                self._unread(part.table, line.number, _text(values), f"{why}, không chắc là phần tiếp của dòng trên")
            self._report_lost(line, values)
            return
        if values.widest > 1:
            self._unread(part.table, line.number, _text(values), "ô gộp ngang: chữ nằm ở cột đầu, kiểm tra các cột sau")
        self._report_lost(line, values)
        rows.append(AppendixRow(part.table, line.number, part.heading, values.texts, self.section, *self.group))
        self.above = dict(enumerate(values.texts))
        self.is_after_row, self.waiting = True, None

    def _report_lost(self, line: Line, values: Values) -> None:
        """Say once for a table that a column of it has no place in a plan."""
        if self.part is None:
            return
        for index in sorted(values.own):
            key = (self.part.table, index)
            if not self.part.heading.roles[index] and key not in self.reported:
                self.reported.add(key)
                why = f"cột “{self.part.heading.texts[index]}” không có chỗ trong kế hoạch, các dòng sau cũng vậy"
                self._unread(self.part.table, line.number, values.texts[index], why)

    def _unread(self, table: int, row: int, text: str, why: str) -> None:
        self.unread.append(Unread(table, row, text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…", why))


@dataclass(frozen=True, slots=True)
class _Place:
    table: WordTable
    index: int

    @property
    def line_number(self) -> int:
        return self.table.lines[self.index].number


def _numbers_rows(table: WordTable, heading: Heading, starts: tuple[int, ...]) -> bool:
    if "number" not in heading.roles:
        return False
    column = heading.roles.index("number")
    values = (columns_of(line, starts, {}) for line in table.lines)
    return any(re.match(r"\(?\d", found.texts[column]) and len(found.own) > 1 for found in values)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith((";", ","))


def _text(values: Values) -> str:
    return " | ".join(values.cells)


def _shown(line: Line) -> str:
    return " | ".join(cell.text for cell in line.cells if cell.text)
