"""The whole way of a marked copy: it goes out, an officer mends it in LibreOffice, and it comes back clean.

Cells are typed into by a Basic macro in LibreOffice, on the protected sheets as they are: a locked cell refuses.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import CHECK_SHEET, INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from plan.model import FieldKind
from plan.period import deadline
from plan.shown import row_names
from templates.draw import draw_template
from tests.office import Office, formula_errors
from tests.validation.returned import COMMUNE, HONEST, PERIOD, PLAN, RECEIVED
from validation.check import check_returns
from validation.feedback import FEEDBACK_SHEET, FeedbackHeading, Form, Reply, feedback_file
from validation.feedback_answers import explanations
from validation.feedback_marks import MARK_LINE, RECORD_SHEET
from validation.feedback_sheet import TINTS
from validation.inbox import Received
from validation.messages import message
from validation.model import Checked, Severity, Verdict
from validation.raw import RawBook
from validation.read import read_book

pytestmark = pytest.mark.office

BLANK = draw_template(COMMUNE, {}, deadline(PLAN, PERIOD))
COUNT = next(line for line in COMMUNE.indicator_rows if line.field.kind is FieldKind.COUNT)
TASKS = COMMUNE.task_rows
NUMBER = f"H{COUNT.row}"
STATUS, DAY, ODD_DAY = f"G{TASKS[1].row}", f"K{TASKS[2].row}", f"K{TASKS[3].row}"
WORDS = "Văn bản ghi nhầm năm, đã đính chính"
NAME = COMMUNE.file_name

# One line a step, its words parted by tabs. Whatever cannot be done ends the macro, which then says so.
MACRO = r"""
Sub Main(jobs As String, told As String)
  Dim disk, lines, out, words, doc, sheet, row, said
  disk = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(disk.openFileRead(jobs))
  lines.setEncoding("UTF-8")
  said = "done"
  On Error GoTo broken
  Do While Not lines.isEOF()
    row = lines.readLine()
    words = Split(row, Chr(9))
    Select Case words(0)
      Case "open": doc = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, Array(Prop("Hidden", True)))
      Case "sheet": sheet = doc.Sheets.getByName(words(1))
      Case "text": Cell(sheet, words(1)).String = words(2)
      Case "value": Cell(sheet, words(1)).Value = Val(words(2))
      Case "save"
        doc.storeToURL(words(1), Array(Prop("FilterName", words(2))))
        doc.close(True)
    End Select
  Loop
finish:
  out = createUnoService("com.sun.star.io.TextOutputStream")
  out.setOutputStream(disk.openFileWrite(told))
  out.setEncoding("UTF-8")
  out.writeString(said)
  out.closeOutput()
  StarDesktop.terminate()
  Exit Sub
broken:
  said = row & ": " & Error$
  Resume finish
End Sub

Function Cell(sheet, address)
  Cell = sheet.getCellRangeByName(address)
  If sheet.isProtected() And Cell.CellProtection.IsLocked Then Err.Raise(1000, "", "locked")
End Function

Function Prop(called, content)
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = called
  made.Value = content
  Prop = made
End Function
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD '
HEAD += 'OfficeDocument 1.0//EN" "{1}.dtd">\n'

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
Steps = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Job:
    """A workbook, what is typed into it, and what it is saved as."""

    name: str
    data: bytes
    steps: Steps = ()
    kind: str = "xlsx"


def officer(office: Office, folder: Path, jobs: Sequence[Job]) -> dict[str, bytes]:
    """Open each workbook in LibreOffice, type, save it; all in one process."""
    folder.mkdir()
    lines = []
    for job in jobs:
        (folder / f"{job.name}.xlsx").write_bytes(job.data)
        saved = (folder / f"{job.name}-.{job.kind}").as_uri()
        lines += [("open", (folder / f"{job.name}.xlsx").as_uri()), *job.steps, ("save", saved, FILTERS[job.kind])]
    jobs_file, told = folder / "jobs.txt", folder / "told.txt"
    jobs_file.write_text("\n".join("\t".join(words) for words in lines), encoding="utf-8")
    basic = office.profile / "user" / "basic" / "Standard"
    if not basic.is_dir():  # LibreOffice makes a profile whole on its first start
        soffice(office, "--terminate_after_init")
    module = '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Officer"'
    module += f' script:language="StarBasic">{escape(MACRO, quote=False)}</script:module>'
    (basic / "Officer.xba").write_text(HEAD.format("script:module", "module") + module, encoding="utf-8")
    library = '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    library += ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Officer"/>'
    text = HEAD.format("library:library", "library") + library + "</library:library>"
    (basic / "script.xlb").write_text(text, encoding="utf-8")
    soffice(office, f'macro:///Standard.Officer.Main("{jobs_file.as_uri()}","{told.as_uri()}")')
    assert told.read_text(encoding="utf-8").strip() == "done", told.read_text(encoding="utf-8")
    return {job.name: (folder / f"{job.name}-.{job.kind}").read_bytes() for job in jobs}


def soffice(office: Office, argument: str) -> None:
    command = ["soffice", f"-env:UserInstallation={office.profile.as_uri()}", "--headless", "--norestore", argument]
    subprocess.run(command, capture_output=True, timeout=120, check=False)


# --- what is sent, and what is said of it ------------------------------------------------------


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sent(change: Callable[[Worksheet, Worksheet], None]) -> bytes:
    """The unit's template, filled honestly but for `change` of its two appendices."""
    book, out = opened(BLANK), io.BytesIO()
    one, two = book[INDICATOR_SHEET], book[TASK_SHEET]
    for line in COMMUNE.indicator_rows:
        one[f"H{line.row}"].value = HONEST[line.field.kind]
    for task in TASKS:
        two[f"G{task.row}"].value, two[f"H{task.row}"].value = "Đang triển khai", 40
    change(one, two)
    book.save(out)
    return out.getvalue()


def faulty(one: Worksheet, two: Worksheet) -> None:
    """Three errors and a warning."""
    one[NUMBER].value = "khoảng 500"
    two[STATUS].value = two[STATUS].offset(0, 1).value = None
    two[DAY].value, two[DAY].offset(0, -1).value = "31/02/2026", "12/KH-UBND"
    warned(one, two)


def warned(_one: Worksheet, two: Worksheet) -> None:
    two[ODD_DAY].value, two[ODD_DAY].offset(0, -1).value = datetime(2036, 4, 18), "15/KH-UBND"


def checked(data: bytes, name: str = NAME) -> Checked:
    received = Received(name, name, "0" * 64, len(data), RECEIVED, read_book(data, name), data)
    return check_returns(PLAN, PERIOD, [received], deadline(PLAN, PERIOD))


def answered(data: bytes, name: str = NAME) -> bytes:
    """What goes back to the unit."""
    run = checked(data, name)
    heading = FeedbackHeading(PLAN.title, COMMUNE.unit.name, PERIOD.label, None, row_names(PLAN))
    return feedback_file(data, Reply(run.returns[0], run.findings, message, heading), lambda: Form(COMMUNE, BLANK))


def remarks(run: Checked) -> list[tuple[str, str, str, str]]:
    return [(f.sheet, f.cell, f.code, f.severity.value) for f in run.findings if f.severity is not Severity.NOTE]


def tinted(data: bytes, severity: Severity) -> set[tuple[str, str]]:
    """The marked cells, as the officer sees them."""
    return {
        (sheet.title, c.coordinate)
        for sheet in opened(data).worksheets
        if sheet.title != FEEDBACK_SHEET
        for row in sheet.iter_rows()
        for c in row
        if c.fill.fill_type == "solid" and c.fill.fgColor.rgb == TINTS[severity]
    }


def answer_cell(data: bytes) -> str:
    """The one cell of the first sheet that is open for an explanation."""
    (address,) = [
        c.coordinate for row in opened(data)[FEEDBACK_SHEET].iter_rows() for c in row if not c.protection.locked
    ]
    return address


@dataclass(frozen=True, slots=True)
class Trip:
    """A return, the copy that went out, and what LibreOffice saved of it."""

    out: bytes
    back: bytes


MENDED: Steps = (
    ("sheet", INDICATOR_SHEET),
    ("value", NUMBER, "5"),
    ("sheet", TASK_SHEET),
    ("text", STATUS, "Chưa triển khai"),
    ("value", DAY, "46096"),  # 15/3/2026
    ("value", ODD_DAY, "46096"),
)


@pytest.fixture(scope="module")
def trips(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Trip]:
    """Every kind of copy, out and back."""
    folder = tmp_path_factory.mktemp("trips")
    saved = officer(office, folder / "sent", [Job(kind, sent(faulty), kind=kind) for kind in ("xls", "ods")])
    outs = {"xlsx": answered(sent(faulty))}
    outs |= {kind: answered(data, f"{Path(NAME).stem}.{kind}") for kind, data in saved.items()}
    explained = answered(sent(warned))
    bad = ("sheet", INDICATOR_SHEET), ("value", NUMBER, "-7"), ("sheet", TASK_SHEET), ("text", STATUS, "Tốt")
    jobs = [
        *(Job(kind, out, MENDED) for kind, out in outs.items()),
        Job("explained", explained, (("sheet", FEEDBACK_SHEET), ("text", answer_cell(explained), WORDS))),
        Job("untouched", outs["xlsx"]),
        *(Job(f"bad {kind}", outs[kind], bad) for kind in ("xlsx", "xls")),
    ]
    back = officer(office, folder / "back", jobs)
    return {job.name: Trip(job.data, back[job.name]) for job in jobs}


KINDS = ("xlsx", "xls", "ods")


@pytest.mark.parametrize("kind", KINDS)
def test_the_copy_marks_each_faulty_cell_and_nothing_else(trips: dict[str, Trip], kind: str) -> None:
    """In the unit's own file, and in the template into which an .xls or .ods was copied."""
    errors = {(INDICATOR_SHEET, NUMBER), (TASK_SHEET, STATUS), (TASK_SHEET, DAY)}
    assert tinted(trips[kind].out, Severity.ERROR) == errors
    assert tinted(trips[kind].out, Severity.WARNING) == {(TASK_SHEET, ODD_DAY)}


@pytest.mark.parametrize("kind", KINDS)
def test_mending_the_marked_cells_is_enough(trips: dict[str, Trip], kind: str) -> None:
    """No finding at all; the mended cells say what was typed, all others what they said before."""
    run = checked(trips[kind].back)
    assert remarks(run) == []
    assert [r.verdict for r in run.returns] == [Verdict.ACCEPTED]
    values = {(e.row, e.field): e.value for e in run.indicator_entries}
    before = {(e.row, e.field): e.value for e in checked(sent(faulty)).indicator_entries}
    assert values == before | {(COUNT.indicator.code, COUNT.field.name): 5}
    days = {e.row: e.document_date for e in run.task_entries if e.document_date}
    assert days == dict.fromkeys((TASKS[2].code, TASKS[3].code), datetime(2026, 3, 15).date())


def test_a_word_on_the_first_sheet_settles_a_warning(trips: dict[str, Trip]) -> None:
    """The odd day stands, the warning is a note, and the unit's words travel with the entry."""
    trip = trips["explained"]
    assert remarks(checked(trip.out)) == [(TASK_SHEET, ODD_DAY, "DATE_IMPLAUSIBLE", "warning")]
    content = read_book(trip.back, NAME)
    assert isinstance(content, RawBook)
    assert explanations(content) == {TASKS[3].code: WORDS}
    run = checked(trip.back)
    assert [(f.cell, f.code, f.severity) for f in run.findings] == [(ODD_DAY, "DATE_IMPLAUSIBLE", Severity.NOTE)]
    assert [r.verdict for r in run.returns] == [Verdict.ACCEPTED]
    assert [e.explanation for e in run.task_entries if e.explanation] == [WORDS]


def test_a_copy_that_comes_back_untouched_is_read_like_the_original(trips: dict[str, Trip]) -> None:
    """Tints, comments and the list say nothing to the reader."""
    first, again = checked(sent(faulty)), checked(trips["untouched"].back, f"can-sua_{NAME}")
    assert remarks(again) == remarks(first)
    assert [(e.row, e.field, e.value) for e in again.indicator_entries] == [
        (e.row, e.field, e.value) for e in first.indicator_entries
    ]


def test_the_next_copy_carries_no_trace_of_the_last(trips: dict[str, Trip]) -> None:
    """One list, one mark a cell; what was mended has its own look again."""
    again = answered(trips["untouched"].back)
    assert [s.title for s in opened(again).worksheets].count(FEEDBACK_SHEET) == 1
    assert tinted(again, Severity.ERROR) == tinted(trips["untouched"].out, Severity.ERROR)
    comment = opened(again)[INDICATOR_SHEET][NUMBER].comment
    assert comment is not None
    assert comment.text.count(MARK_LINE) == 1
    clean = opened(answered(trips["xlsx"].back))
    marks = [c.coordinate for s in clean.worksheets for row in s.iter_rows() for c in row if c.comment]
    assert marks == []
    assert RECORD_SHEET not in clean.sheetnames


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_the_copy_still_works_like_the_template(trips: dict[str, Trip], kind: str) -> None:
    """As it goes out and as LibreOffice saves it: dropdowns, locks, formats, print set-up, stamp."""
    drawn = opened(BLANK)
    for data in (trips[kind].out, trips[kind].back):
        book = opened(data)
        names = {name: defined.attr_text.replace("'", "") for name, defined in book.defined_names.items()}
        assert names.items() >= {n: d.attr_text.replace("'", "") for n, d in drawn.defined_names.items()}.items()
        assert book[STAMP_SHEET].sheet_state in ("veryHidden", "hidden")  # LibreOffice knows no "very"
        for sheet in drawn.worksheets:
            mine = book[sheet.title]
            assert mine.protection.sheet, sheet.title
            assert lists(mine) == lists(sheet), sheet.title
            locks = {c.coordinate: c.protection.locked for row in sheet.iter_rows() for c in row if c.has_style}
            assert locks == {cell: mine[cell].protection.locked for cell in locks}, sheet.title
            assert mine.print_title_rows == sheet.print_title_rows
            assert mine.page_setup.orientation == (sheet.page_setup.orientation or mine.page_setup.orientation)
            assert mine.column_dimensions["A"].hidden == sheet.column_dimensions["A"].hidden
    out = opened(trips[kind].out)
    for title in (INDICATOR_SHEET, TASK_SHEET):
        ranges = {str(block.sqref) for block in drawn[title].conditional_formatting}
        assert {str(block.sqref) for block in out[title].conditional_formatting} >= ranges
        marked = tinted(trips[kind].out, Severity.ERROR) | tinted(trips[kind].out, Severity.WARNING)
        formats = {c.coordinate: c.number_format for row in drawn[title].iter_rows() for c in row}
        others = {cell: f for cell, f in formats.items() if (title, cell) not in marked}
        assert {cell: out[title][cell].number_format for cell in others} == others


def lists(sheet: Worksheet) -> dict[str, str]:
    """Cell range -> source of its dropdown."""
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    return {area: str(rule.formula1) for rule in rules for area in str(rule.sqref).split()}


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_the_check_sheet_of_the_copy_still_sees_a_pasted_fault(trips: dict[str, Trip], kind: str) -> None:
    """Its formulas live: a negative count and a status of no list are counted, in LibreOffice itself."""
    assert wrong_cells(trips[f"bad {kind}"].back) == 3, "the number, the status, and the odd day that is not mended"
    assert wrong_cells(trips[kind].back) == 0


def wrong_cells(data: bytes) -> object:
    """What "Kiểm tra" counts as wrong."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert formula_errors(book) == []
    top = list(book[CHECK_SHEET].iter_rows(max_row=7, values_only=True))
    row, column = next((r, values.index("Sai (ô)")) for r, values in enumerate(top) if "Sai (ô)" in values)
    return top[row + 1][column]
