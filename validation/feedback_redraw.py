"""Gives a unit its own answers in a fresh template where its file cannot be marked without losing something.

Every answer is typed in as the unit typed it, the faulty ones too; what stood in doubt (errors, formulas, rows
that were not certainly found) stays blank and is said. Nothing is mended here, and no number becomes another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles.numbers import is_date_format

from plan.cell_text import FORMULA_STARTS, cell_text
from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, TASK_COLUMNS, TASK_SHEET, WorkbookLayout, column_letter
from plan.shown import numbered
from plan.text_fit import shortened
from validation.arithmetic import evaluate
from validation.coerce import text
from validation.feedback_answers import answer_key, explanations
from validation.feedback_open import open_workbook
from validation.locate_form import Where
from validation.mend_list import Answers, Message, Redrawn, Reply
from validation.messages_of_files import FILE, IDENTITY
from validation.messages_of_layout import LAYOUT
from validation.model import Finding, Severity
from validation.raw import RawBook, RawSheet, parse_a1
from validation.read import read_book
from validation.reading import Rows, read_rows

_PERCENT = "0.00%"
_DAY = "dd/mm/yyyy"
_DAY_KEY = "document_date"
_NAMED = 5  # rows that are named before they are only counted
_NAME_LIMIT = 80
_ROW_BLANK = "Trong tệp này dòng đó để trống: điền lại cả dòng."
_SHEET_BLANK = "Trong tệp này trang đó để trống: điền lại cả trang."
_SUFFIX = "redrawn"  # a fact of our own, said after the message
_CELL_BLANK = "Trong tệp này ô để trống: nhập lại."


@dataclass(frozen=True, slots=True)
class Form:
    """A unit's blank template and what it was drawn from."""

    layout: WorkbookLayout
    blank: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """The filled template, what is said of it at its own cells, and the explanations that came with the return."""

    workbook: Workbook
    reply: Reply
    copy: Redrawn
    given: Answers


@dataclass(frozen=True, slots=True)
class _Answer:
    """One input cell: where it stood in the unit's file, and where it belongs in the template."""

    sheet: RawSheet
    address: str
    code: str  # of the indicator or task
    key: str
    title: str
    target: str
    day: date | None  # that was read here: what day a bare number is depends on the file that it came from


def redraw(data: bytes, reply: Reply, form: Form, reason: str) -> Drawn | None:
    """Return the answers in `data` typed into `form`; None when there is nothing to answer at a cell, or to copy.

    Findings of the Drawn point at cells of the template.
    """
    if not _is_worth(reply):
        return None
    book = read_book(data, reply.return_.file)
    if not isinstance(book, RawBook):
        return None
    read = read_rows(book, form.layout, Where(reply.return_.file, form.layout.unit.id))
    if not read.cells and not read.tasks:
        return None
    answers = list(_answers(book, read))
    doubted = _doubted(read.findings)
    workbook = open_workbook(form.blank)
    faulty = {(f.sheet, f.cell) for f in read.findings if f.severity is Severity.ERROR}
    left: set[tuple[str, str]] = set()
    for a in answers:
        place = a.sheet.name, a.address
        certain = a.code not in doubted and a.sheet.name not in doubted
        if certain and not _type(workbook[a.title][a.target], a, blind=book.blind, faulty=place in faulty):
            left.add(place)
    moves = _Moves(answers, frozenset(left), frozenset(doubted))
    moved = replace(reply, findings=[moves.moved(f) for f in reply.findings], message=_with_suffix(reply.message))
    return Drawn(workbook, moved, Redrawn(reason, _blank(form.layout, answers, doubted)), explanations(book))


def _is_worth(reply: Reply) -> bool:
    """Whose file it is must be certain, and something must be asked that can be answered in a cell."""
    serious = [f for f in reply.findings if f.severity is not Severity.NOTE]
    if any(f.severity is Severity.ERROR and f.code in (*FILE, *IDENTITY) for f in serious):
        return False
    return any(f.sheet or answer_key(f) for f in serious)


def _answers(book: RawBook, read: Rows) -> Iterator[_Answer]:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for c in read.cells:
        for key, address in (("value", c.cell), ("state", c.state_cell), ("explanation", c.explanation_cell)):
            yield _Answer(
                sheet=sheets[c.sheet],
                address=address,
                code=c.line.indicator.code,
                key=key,
                title=INDICATOR_SHEET,
                target=f"{column_letter(INDICATOR_COLUMNS, key)}{c.line.row}",
                day=None,
            )
    for t in read.tasks:
        for key, address in t.cells.items():
            target = f"{column_letter(TASK_COLUMNS, key)}{t.line.row}"
            day = t.document_date if key == _DAY_KEY else None
            yield _Answer(sheets[t.sheet], address, t.line.code, key, TASK_SHEET, target, day)


def _doubted(findings: Iterable[Finding]) -> set[str]:
    """The rows, and the sheets, whose place in the unit's file was not certain."""
    faults = [f for f in findings if f.severity is Severity.ERROR and f.code in LAYOUT]
    return {f.row or f.sheet for f in faults}


def _type(cell: Cell, answer: _Answer, *, blind: bool, faulty: bool) -> bool:
    """Type the answer into `cell`; False when something stood there that is not copied.

    A faulty cell whose fault lies in its format stays blank: in that format a right number would be wrong again.
    """
    sheet, address = answer.sheet, answer.address
    raw, percent = sheet.at(*parse_a1(address)), address in sheet.percents
    if address in sheet.formulas:
        raw = None if faulty else evaluate(sheet.formulas[address])
        if raw is None:
            return False
    if raw is None:
        return address not in sheet.errors
    number = isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)
    otherwise = percent or isinstance(raw, date | time | timedelta) or (number and (blind or answer.key == _DAY_KEY))
    if faulty and otherwise:
        return False
    if isinstance(raw, str | time | timedelta):
        _type_text(cell, raw if isinstance(raw, str) else text(raw))
    else:
        _type_value(cell, answer.day if number and answer.day else raw, percent=percent)
    return True


def _type_value(cell: Cell, raw: object, *, percent: bool) -> None:
    """Type a number, a moment or a truth value so that it is shown, and read again, as it was."""
    shown = cell.number_format
    cell.value = raw  # type: ignore[assignment]  # what a RawSheet holds and no text is
    if isinstance(raw, date):
        cell.number_format = shown if is_date_format(shown) else _DAY
    else:
        cell.number_format = _PERCENT if percent else shown


def _type_text(cell: Cell, typed: str) -> None:
    cell.value = cell_text(typed)
    cell.data_type = "s"
    if typed.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the cells of the unit's file went, and what was left blank there."""

    answers: Sequence[_Answer]
    left: frozenset[tuple[str, str]]
    doubted: frozenset[str]

    def moved(self, found: Finding) -> Finding:
        """Return `found` at its cell of the template, or of its row where the template has no such cell."""
        titles = {a.sheet.name: a.title for a in self.answers}
        title = titles.get(found.sheet, found.sheet)
        suffix = ""
        if found.row in self.doubted and found.row:
            suffix = _ROW_BLANK
        elif found.sheet in self.doubted:
            suffix = _SHEET_BLANK
        elif (found.sheet, found.cell) in self.left:
            suffix = _CELL_BLANK
        exact = {(a.sheet.name, a.address): a.target for a in self.answers}
        target = exact.get((found.sheet, found.cell), "") if found.cell else ""
        if not target and found.cell:
            target = next((a.target for a in self.answers if a.title == title and a.code == found.row), "")
            suffix = f"(Ở tệp đã gửi là ô {found.cell}.) {suffix}".rstrip()
        return replace(found, sheet=title, cell=target, facts={**found.facts, _SUFFIX: suffix})


def _with_suffix(message: Message) -> Message:
    return lambda found: f"{message(found)} {found.facts.get(_SUFFIX, '')}".rstrip()


def _blank(layout: WorkbookLayout, answers: Sequence[_Answer], doubted: Collection[str]) -> tuple[str, ...]:
    """Name the sheets and rows of the template into which nothing was typed."""
    copied = {(a.title, a.code) for a in answers if a.code not in doubted and a.sheet.name not in doubted}
    numbers = {r.indicator.code: numbered(r.number, r.indicator.name) for r in layout.indicator_rows}
    tasks = {t.code: numbered(t.number, t.task.name) for t in layout.task_rows}
    said = []
    for title, names in ((INDICATOR_SHEET, numbers), (TASK_SHEET, tasks)):
        missing = [shortened(name, _NAME_LIMIT) for code, name in names.items() if (title, code) not in copied]
        if missing and len(missing) == len(names):
            said.append(f"{title}: cả trang")
        elif missing:
            more = f" và {len(missing) - _NAMED} dòng khác" if len(missing) > _NAMED else ""
            said.append(f"{title}: dòng {', '.join(f'“{name}”' for name in missing[:_NAMED])}{more}")
    return tuple(said)
