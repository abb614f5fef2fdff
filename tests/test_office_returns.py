"""What units do with their workbook in LibreOffice: fill it, look at its checks, save it, mend it and send it again.

Real files of whole runs go through LibreOffice and back into validation; what comes back is compared with
what left, cell by cell.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plan.layout import (
    CHECK_SHEET,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    STAMP_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    WorkbookLayout,
    column_letter,
    is_required,
    layout_for,
)
from plan.load import load_plan
from plan.model import Period, Plan
from plan.period import deadline, parse_period
from plan.words import CHOICE_WORDS, DataState, TaskStatus
from tests.conftest import Run
from tests.office import Office, formula_errors, without_cached_values
from validation.check import check_returns
from validation.inbox import receive
from validation.model import Checked, Finding, IndicatorEntry, Severity, TaskEntry, Verdict

pytestmark = pytest.mark.office

# A commune, an office, a hospital, and the centre with most indicators: it alone has decimals and estimates.
UNITS = ("xa-kim-son", "phong-ql-ytdp", "benh-vien-san-nhi", "trung-tam-ksbt")
KINDS = ("xlsx", "xls", "ods")
READY = "ĐÃ ĐỦ. Lưu lại, đóng tệp rồi gửi về nơi nhận."

Entry = IndicatorEntry | TaskEntry
Entries = dict[tuple[str, str, str], Entry]


@cache
def plan() -> Plan:
    return load_plan("ninh-binh-syt")


@cache
def period() -> Period:
    return parse_period(plan(), "2026-H1")


def due() -> datetime:
    moment = deadline(plan(), period())
    assert moment is not None
    return moment


def layout(unit_id: str) -> WorkbookLayout:
    return layout_for(plan(), next(u for u in plan().units if u.id == unit_id), period())


def name_of(unit: str) -> str:
    return f"2026-H1_{unit}.xlsx"


def validated(folder: Path) -> Checked:
    received = receive(folder, ZoneInfo(plan().time_zone), lambda done, total: None)
    return check_returns(plan(), period(), received, due())


def entries(checked: Checked) -> Entries:
    """All that was read, with its cells, by unit, row and field; without the file's name, which changes."""
    found: Entries = {(e.unit, e.row, e.field): replace(e, file="") for e in checked.indicator_entries}
    return found | {(e.unit, e.row, ""): replace(e, file="") for e in checked.task_entries}


def copied(files: Iterable[Path], folder: Path) -> list[Path]:
    folder.mkdir()
    return sorted(Path(shutil.copy2(file, folder)) for file in files)


def saved_again(office: Office, sources: Sequence[Path], kind: str, folder: Path) -> Path:
    """The files as LibreOffice saves them, received when the sources were."""
    for source, made in zip(sources, office.convert(sources, kind, folder), strict=True):
        shutil.copystat(source, made)
    return folder


# --- filled here, saved there ------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The faultless returns of UNITS, alone in a folder."""
    return copied((clean.inputs / name_of(unit) for unit in UNITS), tmp_path_factory.mktemp("filled") / "in")


@pytest.fixture(scope="module")
def filled_again(office: Office, filled: list[Path]) -> dict[str, Path]:
    """Kind -> folder of `filled` as LibreOffice saves it."""
    return {kind: saved_again(office, filled, kind, filled[0].parents[1] / kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_template_saved_by_libreoffice_reads_back_equal(
    filled: list[Path], filled_again: dict[str, Path], kind: str
) -> None:
    """Every value, state, text, date, status and cell address; accepted without a remark, in each format."""
    checked = validated(filled_again[kind])
    assert checked.findings == ()
    assert {(r.unit, r.verdict, r.counts, r.late) for r in checked.returns} == {
        (unit, Verdict.ACCEPTED, True, False) for unit in UNITS
    }
    assert entries(checked) == entries(validated(filled[0].parent))


def test_the_filled_templates_hold_every_sort_of_answer(filled: list[Path]) -> None:
    """Else the comparison above would say little."""
    checked = validated(filled[0].parent)
    cells, tasks = checked.indicator_entries, checked.task_entries
    assert len(cells) > 20
    assert len(tasks) > 120
    assert {t.status for t in tasks} == set(TaskStatus)
    assert {c.state for c in cells} >= {DataState.OFFICIAL, DataState.ESTIMATE}
    texts = {c.value for c in cells if isinstance(c.value, str)}
    assert texts & set(CHOICE_WORDS)
    assert texts - set(CHOICE_WORDS)
    assert any("." in str(c.value) for c in cells if not isinstance(c.value, str))
    for key in ("progress", "result", "document_number", "document_date", "difficulties", "proposals", "explanation"):
        assert sum(getattr(t, key) not in ("", None) for t in tasks) > 5, key


@pytest.fixture(scope="module")
def troubled(demo: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], Checked]:
    """The demo's odd and faulty returns, alone in a folder, and what validation says of them."""
    sent = [u["file"] for u in demo.truth["units"].values() if u["fate"] in ("odd", "faulty")]
    sources = copied((demo.inputs / file for file in sent), tmp_path_factory.mktemp("troubled") / "in")
    return sources, validated(sources[0].parent)


@pytest.mark.parametrize("kind", KINDS)
def test_odd_and_faulty_returns_saved_by_libreoffice_get_the_same_findings(
    office: Office, troubled: tuple[list[Path], Checked], tmp_path: Path, kind: str
) -> None:
    """No fault is lost and none is added, at the same cells; what can be read is read the same.

    Only of a formula that was not calculated the reason changes: LibreOffice calculates it, and it is an error.
    """
    sources, before = troubled
    after = validated(saved_again(office, sources, kind, tmp_path / kind))
    assert places(after.findings) == places(before.findings)
    changed = {
        (one.code, other.code)
        for one, other in zip(before.findings, after.findings, strict=True)
        if (one.code, one.value) != (other.code, other.value)
    }
    assert changed == {("FORMULA_NOT_CALCULATED", "CELL_ERROR_VALUE")}
    assert entries(after) == entries(before)
    assert len(before.findings) > 40


def places(findings: Iterable[Finding]) -> list[tuple[str, str, str, str, Severity]]:
    return [(f.file.rsplit(".", 1)[0], f.sheet, f.cell, f.row, f.severity) for f in findings]


# --- the live checks ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def emptied(office: Office, demo: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Unit -> its empty template, robbed of all results and calculated by LibreOffice."""
    folder = tmp_path_factory.mktemp("emptied")
    for unit in UNITS:
        drawn = (demo.outputs / "templates" / name_of(unit)).read_bytes()
        (folder / name_of(unit)).write_bytes(without_cached_values(drawn))
    made = office.convert([folder / name_of(unit) for unit in UNITS], "xlsx", folder / "out")
    return dict(zip(UNITS, made, strict=True))


def tally(path: Path) -> tuple[list[object], object, list[str]]:
    """What "Kiểm tra" shows: missing, wrong and in order; the sentence under them; and the errors of all sheets."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book[CHECK_SHEET]
    top = list(sheet.iter_rows(max_row=7, values_only=True))
    at = {value: (row, column) for row, values in enumerate(top) for column, value in enumerate(values)}
    shown = [at[caption] for caption in ("Còn thiếu (ô)", "Sai (ô)", "Đã đủ (dòng)")]
    sentence = top[shown[0][0] + 2][0]
    return [top[row + 1][column] for row, column in shown], sentence, formula_errors(book)


def asked(unit: str) -> int:
    """How many cells a unit must fill: the required ones of Appendix 1, the status of each task."""
    of = layout(unit)
    return sum(is_required(row.field) for row in of.indicator_rows) + len(of.task_rows)


@pytest.mark.parametrize("unit", UNITS)
def test_an_empty_template_counts_every_required_cell_as_missing(emptied: dict[str, Path], unit: str) -> None:
    sentence = f"Còn thiếu: {asked(unit)} ô; Sai: 0 ô. Chưa gửi được, xem từng dòng bên dưới."
    assert tally(emptied[unit]) == ([asked(unit), 0, 0], sentence, [])


@pytest.mark.parametrize("unit", UNITS)
def test_a_faultless_template_counts_nothing_missing_or_wrong(filled_again: dict[str, Path], unit: str) -> None:
    """As the unit sees it in LibreOffice before it sends."""
    assert tally(filled_again["xlsx"] / name_of(unit)) == ([0, 0, asked(unit)], READY, [])


# --- the marked copy goes out, is mended and comes back ----------------------------------------


@dataclass(frozen=True, slots=True)
class Mended:
    """Every marked copy of the demo that points at cells, by unit, and the rows that were mended in it."""

    rows: dict[str, set[str]]
    sent: dict[str, Path]  # the faulty return
    copies: dict[str, Path]  # its marked copy
    folder: Path  # the mended copies, saved by LibreOffice


def faulty_rows(demo: Run) -> dict[str, tuple[str, set[str]]]:
    """Unit -> (file, row codes) of the returns whose errors and warnings all stand in cells."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    whole: set[str] = set()
    for finding in demo.read("findings.json"):
        if finding["severity"] != "note":
            found[finding["unit"], finding["file"]].add(finding["row"])
            whole |= set() if finding["cell"] else {finding["file"]}
    return {unit: (file, rows) for (unit, file), rows in found.items() if file not in whole}


def inputs_of(unit: str, rows: set[str]) -> list[tuple[str, str]]:
    """(sheet, address) of every input cell of these rows."""
    of = layout(unit)
    first = [r.row for r in of.indicator_rows if r.indicator.code in rows]
    second = [t.row for t in of.task_rows if t.code in rows]
    return [
        (sheet, f"{column_letter(columns, column.key)}{line}")
        for sheet, columns, lines in ((INDICATOR_SHEET, INDICATOR_COLUMNS, first), (TASK_SHEET, TASK_COLUMNS, second))
        for line in lines
        for column in columns
        if column.is_input
    ]


@pytest.fixture(scope="module")
def mended(office: Office, demo: Run, clean: Run, tmp_path_factory: pytest.TempPathFactory) -> Mended:
    """The answers of the faultless run typed over the marked rows; the last to save is LibreOffice."""
    folder = tmp_path_factory.mktemp("mended")
    (folder / "typed").mkdir()
    faulty = faulty_rows(demo)
    copies = {unit: demo.copy_of(file) for unit, (file, _) in faulty.items()}
    typed = []
    for unit, (_, codes) in faulty.items():
        book = openpyxl.load_workbook(copies[unit])
        right = openpyxl.load_workbook(clean.inputs / name_of(unit))
        for sheet, address in inputs_of(unit, codes):
            book[sheet][address].value = right[sheet][address].value
        typed.append(folder / "typed" / name_of(unit))
        book.save(typed[-1])
        moment = (due() - timedelta(days=1)).timestamp()
        os.utime(typed[-1], (moment, moment))
    back = saved_again(office, typed, "xlsx", folder / "back")
    sent = {unit: demo.inputs / file for unit, (file, _) in faulty.items()}
    return Mended({unit: codes for unit, (_, codes) in faulty.items()}, sent, copies, back)


def test_a_mended_copy_is_accepted(mended: Mended, clean: Run, tmp_path: Path) -> None:
    """No error, no warning; mended rows say what was typed, all others what they said before."""
    checked = validated(mended.folder)
    assert [f for f in checked.findings if f.severity is not Severity.NOTE] == []
    assert len(mended.rows) >= 10
    assert {(r.unit, r.verdict, r.counts, r.late) for r in checked.returns} == {
        (unit, Verdict.ACCEPTED, True, False) for unit in mended.rows
    }
    right = (clean.inputs / name_of(unit) for unit in mended.rows)
    before = entries(validated(copied(mended.sent.values(), tmp_path / "sent")[0].parent))
    typed = entries(validated(copied(right, tmp_path / "right")[0].parent))
    assert entries(checked) == {key: (typed if key[1] in mended.rows[key[0]] else before)[key] for key in before}


def test_a_marked_copy_keeps_dropdowns_locks_and_stamp(mended: Mended, demo: Run) -> None:
    """The copy that goes out, and again after LibreOffice saved it, works like the template it was."""
    for unit, copy in mended.copies.items():
        drawn = openpyxl.load_workbook(demo.outputs / "templates" / name_of(unit))
        assert any(lists(sheet) for sheet in drawn.worksheets)
        for path, hidden in ((copy, "veryHidden"), (mended.folder / name_of(unit), "hidden")):
            book = openpyxl.load_workbook(path)
            assert book[STAMP_SHEET].sheet_state == hidden  # LibreOffice knows no "very"
            assert names(book) == names(drawn)
            assert cells(book[STAMP_SHEET]) == cells(drawn[STAMP_SHEET])
            for sheet in drawn.worksheets:
                mine = book[sheet.title]
                assert mine.protection.sheet, (path, sheet.title)
                assert lists(mine) == lists(sheet), (path, sheet.title)
                assert locks(mine).items() >= locks(sheet).items(), (path, sheet.title)


def names(book: Workbook) -> dict[str, str]:
    """Defined name -> what it refers to; quotes that a sheet's name does not need are no difference."""
    return {name: defined.attr_text.replace("'", "") for name, defined in book.defined_names.items()}


def cells(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def lists(sheet: Worksheet) -> dict[str, str]:
    """Cell range -> source of its dropdown."""
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    return {area: str(rule.formula1) for rule in rules for area in str(rule.sqref).split()}


def locks(sheet: Worksheet) -> dict[str, bool]:
    """Address -> locked, of every cell with a style of its own."""
    return {c.coordinate: c.protection.locked for row in sheet.iter_rows() for c in row if c.has_style}
