"""The lines under the head row of an appendix, one after another: rows, headings over them, and what is neither.

Which table goes on with which, and under what title, is decided in `appendix`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from plan.word.blocks import Aside, Line
from plan.word.headings import Heading, Kind
from plan.word.lines import (
    Values,
    columns_of,
    group_heading,
    is_lone_number,
    is_remark,
    is_section,
    numbers_columns,
    rejoin,
    split_heading,
)
from plan.word.rows import AppendixRow, Unread, shown
from plan.word.titles import title_in
from plan.word.torn import continues, is_whole
from plan.words import fold

_WORK = {"lead", "coordinating", "monitor", "target", "unit", "result", "due"}


@dataclass(frozen=True, slots=True)
class Part:
    """The columns under which lines are read at present."""

    table: int
    heading: Heading
    kind: Kind
    starts: tuple[int, ...]
    is_numbered: bool


@dataclass(slots=True)
class RowReader:
    """Reads the lines of all appendix tables of a document, and remembers what stands above each."""

    rows: dict[Kind, list[AppendixRow]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part: Part | None = None
    section: str = ""
    group: tuple[str, str] = ("", "")
    waiting: tuple[int, int, str] | None = None  # a heading that has no row yet
    above: dict[int, str] = field(default_factory=dict)  # what a merged cell of the next line repeats, if known
    is_after_row: bool = False  # the line above is a row that may go on
    at_break: bool = False
    reported: set[tuple[int, int]] = field(default_factory=set)

    @property
    def found(self) -> int:
        """So many rows and unread places."""
        return sum(len(rows) for rows in self.rows.values()) + len(self.unread)

    def go_on(self, part: Part) -> None:
        """Read on under these columns, in another table or below a head that is printed again."""
        self.part, self.above, self.at_break = part, {}, True

    def finish(self) -> None:
        """End what stands above: a heading without rows is listed."""
        if self.waiting is not None:
            self.leave(*self.waiting, "tiêu đề không có dòng nào bên dưới")
            self.waiting = None

    def asides(self, table: int, line: Line) -> None:
        """List what stands in the cells of a line besides their text."""
        for cell in line.cells:
            for aside in cell.asides:
                self.aside(table, line.number, aside)

    def aside(self, table: int, line: int, aside: Aside) -> None:
        """List something that is no text; what is struck out in a table is only noted."""
        if not aside.is_struck:
            self.leave(table, line, aside.text, aside.why)
        elif line:
            self.notes.append(f"Bảng {table}, dòng {line}: bỏ {aside.why} “{shown(aside.text)}”, kiểm tra lại.")

    def line(self, line: Line) -> str:
        """Read one line under the present head; returns the title that it is, which ends the rows above, else ""."""
        part = self.part
        if part is None:
            return ""
        self.asides(part.table, line)
        roles, name = part.heading.roles, part.heading.roles.index("name")
        values = columns_of(line, part.starts, self.above)
        if not values.own or numbers_columns(values):
            return ""
        title = title_in(values, part.kind)
        if title:
            self.finish()
            self.part, self.above, self.is_after_row = None, {}, False
            return title
        text = group_heading(values, roles)
        if text[:1].islower() and self.is_after_row:
            text = ""  # the rest of a row
        if text and part.is_numbered and is_lone_number(text, values, roles):
            self.leave(part.table, line.number, text, "chỉ một ô có chữ, không rõ là tiêu đề nhóm hay một dòng")
            self._end_row(values)
        elif text:
            self._group_line(line, text)
        elif name in values.continued and values.texts[name]:
            self.leave(part.table, line.number, _text(values), "ô nội dung gộp với dòng trên, cần ghép tay")
            self._end_row(values)
        else:
            self._row(part, line, values)
        self.at_break = False
        return ""

    def _group_line(self, line: Line, text: str) -> None:
        part = self.part
        if part is None or fold(text).startswith("kem theo"):
            return
        self.is_after_row = False
        self.above = {}
        if is_remark(text):
            self.leave(part.table, line.number, text, "ghi chú trong bảng, không phải một dòng của phụ lục")
        else:
            self.heading(part.table, line.number, text)

    def heading(self, table: int, line: int, text: str) -> None:
        """Take a heading over the rows that follow: a section of indicators, else a group."""
        indicators = self.part is not None and self.part.kind is Kind.INDICATORS
        if self.waiting is not None and not (indicators and self.waiting[2] == self.section):
            if indicators and not self.section:
                self.section = self.waiting[2]
            else:
                self.leave(*self.waiting, "tiêu đề lớn: kế hoạch chỉ giữ tiêu đề ngay trên các dòng")
        if indicators and is_section(text):
            self.section, self.group = text, ("", "")
        else:
            self.group = split_heading(text)
        self.waiting = (table, line, text)
        self.is_after_row = False

    def _row(self, part: Part, line: Line, values: Values) -> None:
        if self._is_piece(part, values):
            self._piece(part, line, values)
            self._report_lost(line, values)
            return
        if values.widest > 1:
            self.leave(part.table, line.number, _text(values), "ô gộp ngang: chữ nằm ở cột đầu, kiểm tra các cột sau")
        if values.crowded:
            self.leave(
                part.table, line.number, _text(values), "nhiều ô hơn số cột: vài ô ghép vào một cột, kiểm tra lại"
            )
        for index in sorted(values.continued - self.above.keys()):
            if part.heading.roles[index]:
                why = f"ô “{part.heading.texts[index]}” gộp với dòng trên mà dòng trên không đọc được, cần tự ghi"
                self.leave(part.table, line.number, _text(values), why)
        self._report_lost(line, values)
        self.rows[part.kind].append(
            AppendixRow(part.table, line.number, part.heading, values.texts, self.section, *self.group)
        )
        self.above = dict(enumerate(values.texts))
        self.is_after_row, self.waiting = True, None

    def _is_piece(self, part: Part, values: Values) -> bool:
        """True for a line that is no row by itself: without its number or name, or where no row has one, torn."""
        roles = part.heading.roles
        name = values.texts[roles.index("name")]
        if not name:
            return True
        if part.is_numbered:
            return not values.texts[roles.index("number")]
        if not any(text for role, text in zip(roles, values.texts, strict=True) if role in _WORK):
            return True  # a heading, or the rest of a name
        if not self.is_after_row or not (self.at_break or name[:1].islower()):
            return False
        return not is_whole(values, roles) or (
            self.at_break and continues(values, self.rows[part.kind][-1].texts, roles)
        )

    def _goes_on(self, part: Part, values: Values) -> bool:
        """True when a line surely goes on with the row above: at a break, or where a converter tore the row in place.

        Between the pages of one table only a line under numbered rows is taken, and none that says who or when itself.
        """
        roles = part.heading.roles
        if not continues(values, self.rows[part.kind][-1].texts, roles):
            return False
        return self.at_break or (part.is_numbered and not is_whole(values, roles))

    def _piece(self, part: Part, line: Line, values: Values) -> None:
        """Join a line to the row above it where it surely goes on with it, and say so; list it otherwise."""
        roles, rows = part.heading.roles, self.rows[part.kind]
        if self.is_after_row and self._goes_on(part, values):
            joined = tuple(
                rejoin(before, after) if index in values.own else before
                for index, (before, after) in enumerate(zip(rows[-1].texts, values.texts, strict=True))
            )
            rows[-1] = replace(rows[-1], texts=joined)
            self.above = dict(enumerate(joined))
            number = rows[-1].cell("number")
            which = f" (TT {number.rstrip('.)')})" if number else ""
            self.notes.append(f"Bảng {part.table}, dòng {line.number} ghép vào dòng trên{which}: kiểm tra lại.")
            return
        if not values.texts[roles.index("name")]:
            why = "dòng không có nội dung"
        else:
            why = "dòng không có số thứ tự" if part.is_numbered else "dòng không đủ ô"
        self.leave(part.table, line.number, _text(values), f"{why}, không chắc là phần tiếp của dòng trên")
        self._end_row(values)

    def _end_row(self, values: Values) -> None:
        """After a line that is listed nothing goes on with the row above it; its own cells may be merged downwards."""
        self.is_after_row = False
        kept = {index: self.above[index] for index in values.continued & self.above.keys()}
        self.above = kept | {index: values.texts[index] for index in values.own}

    def _report_lost(self, line: Line, values: Values) -> None:
        """Say once for a table that a column of it has no place in a plan."""
        if self.part is None:
            return
        for index in sorted(values.own):
            key = (self.part.table, index)
            if not self.part.heading.roles[index] and key not in self.reported:
                self.reported.add(key)
                why = f"cột “{self.part.heading.texts[index]}” không có chỗ trong kế hoạch, các dòng sau cũng vậy"
                self.leave(self.part.table, line.number, values.texts[index], why)

    def leave(self, table: int, row: int, text: str, why: str) -> None:
        """Add what is not read."""
        self.unread.append(Unread(table, row, shown(text), why))


def _text(values: Values) -> str:
    return " | ".join(values.cells)
