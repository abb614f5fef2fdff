"""From read workbooks to verdicts: damage that must do no harm, faults at their exact cells, what counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from plan.layout import (
    HEADER_ROW,
    INDICATOR_COLUMNS,
    INDICATOR_SHEET,
    TASK_COLUMNS,
    TASK_SHEET,
    IndicatorRow,
    layout_for,
)
from plan.model import FieldKind
from plan.words import DataState, TaskStatus
from tests.validation.returned import (
    COMMUNE,
    PERIOD,
    PLAN,
    RECEIVED,
    Cells,
    Grid,
    book,
    checked,
    grids,
    received,
    remarks,
)
from validation.feedback_answers import ANSWER_HEADING, FEEDBACK_SHEET, KEY_HEADING
from validation.model import Checked, Severity, Verdict
from validation.raw import RawBook, RawSheet

LINE = {line.code: line for line in COMMUNE.indicator_rows}
TASK = COMMUNE.task_rows[0].code
TASK_ROW = COMMUNE.task_rows[0].row
COVERED, PEOPLE = "BHYT_COVERAGE.numerator", "BHYT_COVERAGE.denominator"


def entries(run: Checked) -> dict[tuple[str, str], object]:
    """Every value that was read, by row and field."""
    read: dict[tuple[str, str], object] = {(e.row, e.field): e.value for e in run.indicator_entries}
    return read | {(e.row, "status"): e.status for e in run.task_entries}


def at(code: str, key: str) -> str:
    """The cell of an Appendix 1 column in the undamaged layout."""
    return f"{'ABCDEFGHIJK'[[c.key for c in INDICATOR_COLUMNS].index(key)]}{LINE[code].row}"


def task_at(key: str) -> str:
    return f"{'ABCDEFGHIJKLMNO'[[c.key for c in TASK_COLUMNS].index(key)]}{TASK_ROW}"


def test_an_honest_return_is_accepted_without_a_word() -> None:
    """Nothing to say, everything read, blank states of numbers mean official."""
    run = checked(received(book()))
    assert (remarks(run), [r.verdict for r in run.returns]) == ([], [Verdict.ACCEPTED])
    assert len(run.indicator_entries) == len(COMMUNE.indicator_rows)
    assert len(run.task_entries) == len(COMMUNE.task_rows)
    numbers = [e for e in run.indicator_entries if isinstance(e.value, Decimal)]
    assert {e.state for e in numbers} == {DataState.OFFICIAL}


def insert_rows(sheets: dict[str, Grid]) -> None:
    for grid in sheets.values():
        grid.insert(0, [None])
        grid.insert(HEADER_ROW + 3, ["", "ghi chú của xã"])
        grid.append([None, "Người lập biểu"])


def reverse_rows(sheets: dict[str, Grid]) -> None:
    for grid in sheets.values():
        grid[HEADER_ROW:] = reversed(grid[HEADER_ROW:])


def rotate_columns(sheets: dict[str, Grid]) -> None:
    for grid in sheets.values():
        for row in grid:
            if len(row) > 3 and row[1] != COMMUNE.identity_text:
                row[:] = [*row[-2:], None, *row[:-2]]


def retype_headings(sheets: dict[str, Grid]) -> None:
    for grid in sheets.values():
        grid[HEADER_ROW - 1] = [f"  {str(h).upper()} " for h in grid[HEADER_ROW - 1]]


def rename_sheets(sheets: dict[str, Grid]) -> None:
    for name in list(sheets):
        sheets[name.upper() + " "] = sheets.pop(name)


HARMLESS = (insert_rows, reverse_rows, rotate_columns, retype_headings, rename_sheets)


@pytest.mark.parametrize("damage", HARMLESS, ids=lambda d: d.__name__)
def test_moved_rows_columns_and_names_do_no_harm(damage: Callable[[dict[str, Grid]], None]) -> None:
    """Rows are found by code, columns by heading, sheets by name: every value is read as before."""
    typed: Cells = {(line.code, "value"): 100 + n for n, line in enumerate(COMMUNE.indicator_rows) if n > 8}
    straight, moved = checked(received(book(typed=typed))), checked(received(book(typed=typed, damage=damage)))
    assert entries(moved) == entries(straight)
    assert moved.returns[0].verdict is Verdict.ACCEPTED


FAULTS: list[tuple[str, Cells, str, str, str]] = [
    ("a word", {(COVERED, "value"): "khoảng 500"}, INDICATOR_SHEET, at(COVERED, "value"), "NOT_A_NUMBER"),
    ("blank", {(COVERED, "value"): None}, INDICATOR_SHEET, at(COVERED, "value"), "REQUIRED_MISSING"),
    ("negative", {(COVERED, "value"): -1}, INDICATOR_SHEET, at(COVERED, "value"), "BELOW_MINIMUM"),
    ("too many", {(COVERED, "value"): 13}, INDICATOR_SHEET, at(COVERED, "value"), "NUMERATOR_EXCEEDS_DENOMINATOR"),
    (
        "nobody",
        {(COVERED, "value"): 0, (PEOPLE, "value"): 0},
        INDICATOR_SHEET,
        at(PEOPLE, "value"),
        "DENOMINATOR_ZERO",
    ),
    (
        "no reason",
        {(PEOPLE, "value"): None, (PEOPLE, "state"): "Không áp dụng"},
        INDICATOR_SHEET,
        at(PEOPLE, "explanation"),
        "NO_REASON",
    ),
    ("both", {(PEOPLE, "state"): "Không phát sinh"}, INDICATOR_SHEET, at(PEOPLE, "value"), "STATE_WITH_VALUE"),
    (
        "zero of a choice",
        {("STATION_STAFFING.attained", "value"): None, ("STATION_STAFFING.attained", "state"): "Không phát sinh"},
        INDICATOR_SHEET,
        at("STATION_STAFFING.attained", "state"),
        "STATE_FOR_CHOICE",
    ),
    (
        "no evidence",
        {("STATION_STAFFING.evidence", "value"): None},
        INDICATOR_SHEET,
        at("STATION_STAFFING.evidence", "value"),
        "ATTAINED_WITHOUT_EVIDENCE",
    ),
    ("status", {(TASK, "status"): None}, TASK_SHEET, task_at("status"), "STATUS_MISSING"),
    ("no progress", {(TASK, "progress"): None}, TASK_SHEET, task_at("progress"), "PROGRESS_MISSING"),
    (
        "done at 80",
        {(TASK, "status"): "Hoàn thành", (TASK, "progress"): 80, (TASK, "result"): "x"},
        TASK_SHEET,
        task_at("progress"),
        "COMPLETED_NOT_100",
    ),
    ("100 in progress", {(TASK, "progress"): 100}, TASK_SHEET, task_at("status"), "HUNDRED_NOT_COMPLETED"),
    ("idle at 5", {(TASK, "status"): "Chưa triển khai"}, TASK_SHEET, task_at("progress"), "NOT_STARTED_WITH_PROGRESS"),
    (
        "done with nothing",
        {(TASK, "status"): "Hoàn thành", (TASK, "progress"): 100},
        TASK_SHEET,
        task_at("result"),
        "COMPLETED_WITHOUT_RESULT",
    ),
    (
        "from the future",
        {(TASK, "document_date"): "01/01/2036"},
        TASK_SHEET,
        task_at("document_date"),
        "DATE_IMPLAUSIBLE",
    ),
    ("120", {(TASK, "progress"): 120}, TASK_SHEET, task_at("progress"), "ABOVE_MAXIMUM"),
]


@pytest.mark.parametrize(("typed", "sheet", "cell", "code"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_is_found_at_its_cell_and_alone(typed: Cells, sheet: str, cell: str, code: str) -> None:
    """One mistake, one finding, at the cell that has to be mended."""
    assert remarks(checked(received(book(typed=typed)))) == [(sheet, cell, code)]


def test_an_error_blocks_its_row_and_no_other() -> None:
    """The numerator's fault takes its denominator out as well; every other row still counts."""
    run = checked(received(book(typed={(COVERED, "value"): "?"})))
    assert run.returns[0].verdict is Verdict.TO_BE_CORRECTED
    assert {e.row for e in run.indicator_entries if e.blocked} == {"BHYT_COVERAGE"}
    assert not any(e.blocked for e in run.task_entries)


def test_a_warning_with_an_explanation_becomes_a_note() -> None:
    """The unit has said why; the return is accepted and the explanation travels."""
    row = "STATION_STAFFING.evidence"
    typed: Cells = {(row, "value"): None, (row, "explanation"): "Văn bản gửi sau"}
    run = checked(received(book(typed=typed)))
    assert [f.severity for f in run.findings] == [Severity.NOTE]
    assert run.returns[0].verdict is Verdict.ACCEPTED


def test_confirmed_zero_is_zero_and_blank_is_not() -> None:
    """ "Không phát sinh" on both sides of a ratio is data; a blank cell is missing."""
    typed: Cells = {
        **{(code, "value"): None for code in (COVERED, PEOPLE)},
        **{(code, "state"): "Không phát sinh" for code in (COVERED, PEOPLE)},
    }
    run = checked(received(book(typed=typed)))
    assert remarks(run) == []
    assert entries(run)["BHYT_COVERAGE", "numerator"] == 0


def test_a_table_that_is_half_sorted_is_seen() -> None:
    """Codes that no longer stand beside their own labels would file every number under the wrong row."""

    def shift_codes(sheets: dict[str, Grid]) -> None:
        grid = sheets[INDICATOR_SHEET]
        first, second = LINE[COVERED].row - 1, LINE[PEOPLE].row - 1
        grid[first][0], grid[second][0] = grid[second][0], grid[first][0]

    run = checked(received(book(damage=shift_codes)))
    assert {f.code for f in run.findings} == {"ROW_MIXED"}
    assert {e.row for e in run.indicator_entries if e.blocked} == {"BHYT_COVERAGE"}


def test_lost_and_doubled_rows_are_errors_of_their_row() -> None:
    """A deleted row is missing data, a doubled one is two answers; neither is filled in."""

    def delete_and_double(sheets: dict[str, Grid]) -> None:
        grid = sheets[TASK_SHEET]
        grid[TASK_ROW - 1] = [None] * len(TASK_COLUMNS)
        grid.append(list(grid[COMMUNE.task_rows[1].row - 1]))

    run = checked(received(book(damage=delete_and_double)))
    assert {(f.row, f.code) for f in run.findings} == {
        (TASK, "ROW_MISSING"),
        (COMMUNE.task_rows[1].code, "ROW_DUPLICATE"),
    }


def test_a_lost_input_column_stops_its_sheet_only() -> None:
    """Appendix 1 without its value column yields nothing; Appendix 2 of the same file still counts."""

    def drop_value(sheets: dict[str, Grid]) -> None:
        for row in sheets[INDICATOR_SHEET][HEADER_ROW - 1 :]:
            del row[7]

    run = checked(received(book(damage=drop_value)))
    assert [f.code for f in run.findings] == ["COLUMN_MISSING"]
    assert (run.indicator_entries, len(run.task_entries)) == ((), len(COMMUNE.task_rows))


def test_the_latest_valid_return_counts_and_the_others_are_named() -> None:
    """A later good file replaces an earlier one; a later bad one does not, and says so."""
    early = received(book(typed={(COVERED, "value"): 1}), "a.xlsx", RECEIVED)
    late = received(book(typed={(COVERED, "value"): 2}), "b.xlsx", RECEIVED + timedelta(days=1))
    bad = received(book(typed={(COVERED, "value"): "?"}), "c.xlsx", RECEIVED + timedelta(days=2))
    run = checked(early, late, bad)
    assert [r.file for r in run.returns if r.counts] == ["b.xlsx"]
    assert entries(run)["BHYT_COVERAGE", "numerator"] == 2
    assert {(f.file, f.code) for f in run.findings} == {
        ("a.xlsx", "SUPERSEDED"),
        ("c.xlsx", "NEWER_NOT_USED"),
        ("c.xlsx", "NOT_A_NUMBER"),
    }


def test_a_return_at_the_deadlines_first_instant_is_late() -> None:
    """ "trước ngày 10/6" is received before 2026-06-10T00:00 local time."""
    midnight = RECEIVED.replace(day=10, hour=0)
    last = received(book(), "a.xlsx", midnight - timedelta(microseconds=1))
    assert not checked(last).returns[0].late
    assert checked(received(book(), "a.xlsx", midnight)).returns[0].late


def test_a_status_reads_back_as_its_word() -> None:
    """The dropdown's words and the reader's are one table."""
    words = {"Chưa triển khai": TaskStatus.NOT_STARTED, "Không phát sinh": TaskStatus.NOTHING}
    for word, status in words.items():
        run = checked(received(book(typed={(TASK, "status"): word, (TASK, "progress"): None})))
        assert (remarks(run), entries(run)[TASK, "status"]) == ([], status)


def with_sheet(raw: RawBook, name: str, rows: Grid) -> RawBook:
    return replace(raw, sheets=(*raw.sheets, RawSheet(name, visible=True, rows=rows)))


def with_facts(raw: RawBook, sheet: str, **facts: object) -> RawBook:
    """The same workbook with what the reader knows beside values: formulas, merged areas and so on."""
    changed = [replace(s, **facts) if s.name == sheet else s for s in raw.sheets]  # type: ignore[arg-type]  # by name
    return replace(raw, sheets=tuple(changed))


def test_a_formula_is_never_taken_for_a_confirmed_zero() -> None:
    """=3+4 beside "Không phát sinh" is a contradiction, not a zero."""
    raw = book(typed={(COVERED, "value"): None, (COVERED, "state"): "Không phát sinh"})
    run = checked(received(with_facts(raw, INDICATOR_SHEET, formulas={at(COVERED, "value"): "3+4"})))
    assert (INDICATOR_SHEET, at(COVERED, "value"), "STATE_WITH_VALUE") in remarks(run)


def test_formulas_are_recomputed_or_refused() -> None:
    """A sum of literals is taken with a note; a reference, stored result or not, is not believed."""
    cell = at(COVERED, "value")
    raw = book(typed={(COVERED, "value"): 999})
    summed = checked(received(with_facts(raw, INDICATOR_SHEET, formulas={cell: "5+6"})))
    assert (remarks(summed), entries(summed)["BHYT_COVERAGE", "numerator"]) == (
        [(INDICATOR_SHEET, cell, "FORMULA_RECOMPUTED")],
        11,
    )
    for uncached, code in ((frozenset[str](), "FORMULA_REFERENCE"), (frozenset({cell}), "FORMULA_NOT_CALCULATED")):
        run = checked(received(with_facts(raw, INDICATOR_SHEET, formulas={cell: "H9-1"}, uncached=uncached)))
        assert remarks(run) == [(INDICATOR_SHEET, cell, code)]


def test_an_error_cell_is_not_a_blank() -> None:
    """#N/A is a fault of its own, in an optional cell too."""
    for key in ("value", "explanation"):
        raw = book(typed={(COVERED, key): None})
        run = checked(received(with_facts(raw, INDICATOR_SHEET, errors={at(COVERED, key): "#N/A"})))
        assert remarks(run) == [(INDICATOR_SHEET, at(COVERED, key), "CELL_ERROR_VALUE")]


def test_a_merge_blocks_every_row_that_it_swallows() -> None:
    """I19:I24 merged: all indicators below are out of the figures, not only the first."""
    first, last = LINE[COVERED].row - 2, LINE[PEOPLE].row
    area = f"I{first}:I{last}"
    run = checked(received(with_facts(book(), INDICATOR_SHEET, merged=(area, "$A$1:bad", "A0"))))
    assert {f.code for f in run.findings} == {"MERGED_INPUT"}
    inside = {line.indicator.code for line in COMMUNE.indicator_rows if first <= line.row <= last}
    assert {e.row for e in run.indicator_entries if e.blocked} == inside
    assert len(inside) > 1


def test_two_columns_of_one_name_are_not_chosen_from() -> None:
    """An inserted second "Số liệu kỳ này" could hold anything."""

    def double(sheets: dict[str, Grid]) -> None:
        for row in sheets[INDICATOR_SHEET][HEADER_ROW - 1 :]:
            row.insert(7, row[7])

    run = checked(received(book(damage=double)))
    assert [f.code for f in run.findings] == ["COLUMN_DUPLICATE"]
    assert run.indicator_entries == ()


def test_a_header_that_is_gone_stops_its_sheet_only() -> None:
    """Nothing is read by position alone."""

    def behead(sheets: dict[str, Grid]) -> None:
        sheets[TASK_SHEET][HEADER_ROW - 1] = [None] * len(TASK_COLUMNS)

    run = checked(received(book(damage=behead)))
    assert [(f.sheet, f.code) for f in run.findings] == [(TASK_SHEET, "HEADER_MISSING")]
    assert (len(run.indicator_entries), run.task_entries) == (len(COMMUNE.indicator_rows), ())


def test_a_second_sheet_with_other_answers_is_a_contradiction() -> None:
    """A copied "Phụ lục 1 (2)" with one number changed: neither sheet is believed. An equal copy does no harm."""
    same = with_sheet(book(), "Phụ lục 1 (2)", grids(COMMUNE)[INDICATOR_SHEET])
    assert remarks(checked(received(same))) == []
    other = with_sheet(book(), "Phụ lục 1 (2)", grids(COMMUNE, {(COVERED, "value"): 11})[INDICATOR_SHEET])
    run = checked(received(other))
    assert remarks(run) == [(INDICATOR_SHEET, "", "SHEET_DUPLICATE")]
    assert run.indicator_entries == ()


def test_a_row_typed_again_below_the_table_is_seen() -> None:
    """A table pasted without its hidden codes is a second answer to the same question."""

    def paste(sheets: dict[str, Grid]) -> None:
        grid = sheets[INDICATOR_SHEET]
        grid.append([None, *grid[LINE[COVERED].row - 1][1:]])

    run = checked(received(book(damage=paste)))
    assert [(f.row, f.code) for f in run.findings] == [("BHYT_COVERAGE", "ROW_WITHOUT_CODE")]


def test_rows_of_people_and_changed_labels_are_told() -> None:
    """An unknown code is only noted; a reworded question and another unit of measure are not."""

    def scribble(sheets: dict[str, Grid]) -> None:
        grid = sheets[INDICATOR_SHEET]
        grid.append(["XA_TU_THEM", None])
        grid[LINE[COVERED].row - 1][4] = "Số thẻ BHYT đã phát"
        grid[LINE[PEOPLE].row - 1][5] = "nghìn người"

    run = checked(received(book(damage=scribble)))
    assert [f.code for f in run.findings] == ["LABEL_CHANGED", "MEASURE_CHANGED", "ROW_UNKNOWN"]
    assert {e.row for e in run.indicator_entries if e.blocked} == {"BHYT_COVERAGE"}


def test_half_of_a_ratio_cannot_be_out_of_scope() -> None:
    """A numerator beside a denominator that "does not apply" would vanish without a trace."""
    typed: Cells = {(PEOPLE, "value"): None, (PEOPLE, "state"): "Không áp dụng", (PEOPLE, "explanation"): "Không rõ"}
    assert remarks(checked(received(book(typed=typed)))) == [
        (INDICATOR_SHEET, at(PEOPLE, "state"), "PARTLY_NOT_APPLICABLE")
    ]


def test_a_full_stop_is_no_reason() -> None:
    """ "Không áp dụng" needs words."""
    both = (COVERED, PEOPLE)
    typed: Cells = {
        **{(code, "value"): None for code in both},
        **{(code, "state"): "Không áp dụng" for code in both},
        **{(code, "explanation"): "." for code in both},
    }
    assert {f.code for f in checked(received(book(typed=typed))).findings} == {"NO_REASON"}


def test_not_started_is_zero_percent() -> None:
    """A lead that has not begun holds the task's progress at 0, whether or not it typed the 0."""
    run = checked(received(book(typed={(TASK, "status"): "Chưa triển khai", (TASK, "progress"): None})))
    assert next(e.progress for e in run.task_entries if e.row == TASK) == 0


def test_two_different_files_of_one_moment_both_wait() -> None:
    """Nobody knows which came last; the same bytes twice are one return."""
    one, two = book(typed={(COVERED, "value"): 1}), book(typed={(COVERED, "value"): 2})
    run = checked(received(one, "a.xlsx"), received(two, "b.xlsx"))
    assert [(f.file, f.code) for f in run.findings] == [("a.xlsx", "TWO_VERSIONS"), ("b.xlsx", "TWO_VERSIONS")]
    assert run.indicator_entries == ()
    twice = checked(received(one, "a.xlsx"), received(one, "b.xlsx"))
    assert [(f.file, f.code, f.severity) for f in twice.findings] == [
        ("b.xlsx", "RESUBMITTED_UNCHANGED", Severity.NOTE)
    ]
    assert len(twice.indicator_entries) == len(COMMUNE.indicator_rows)


def test_the_same_figures_sent_again_after_the_deadline_are_not_late() -> None:
    """Other bytes, the same answers: the file that came in time goes on counting, and the later one is named."""
    one, again = book(), replace(book(), kind="xls")
    after = RECEIVED + timedelta(days=30)
    run = checked(received(one, "a.xlsx"), received(again, "b.xls", after))
    assert [(r.file, r.counts, r.late) for r in run.returns] == [("a.xlsx", True, False), ("b.xls", False, True)]
    assert [(f.file, f.code) for f in run.findings] == [("b.xls", "RESUBMITTED_UNCHANGED")]
    changed = book(typed={(COVERED, "value"): 2})
    back = after + timedelta(hours=1)
    run = checked(received(one, "a.xlsx"), received(changed, "b.xlsx", after), received(one, "c.xlsx", back))
    assert {r.file: r.counts for r in run.returns} == {"a.xlsx": True, "b.xlsx": False, "c.xlsx": False}
    codes = {f.file: f.code for f in run.findings}
    assert codes == {"b.xlsx": "SUPERSEDED", "c.xlsx": "RESUBMITTED_UNCHANGED"}


def test_an_accepted_file_goes_on_counting_while_two_later_ones_contradict_each_other() -> None:
    """As before a faulty one: nobody knows which of the two is the unit's last word, and both are asked about."""
    one, changed, other = book(), book(typed={(COVERED, "value"): 2}), book(typed={(COVERED, "value"): 3})
    after = RECEIVED + timedelta(hours=1)
    run = checked(received(one, "a.xlsx"), received(changed, "b.xlsx", after), received(other, "c.xlsx", after))
    assert [r.counts for r in run.returns] == [True, False, False]
    assert {f.file: f.code for f in run.findings} == {"b.xlsx": "TWO_VERSIONS", "c.xlsx": "TWO_VERSIONS"}


def test_entries_of_files_that_do_not_count_are_handed_on_apart() -> None:
    """The ledger and the comparison of versions need them; no figure may."""
    one, two = book(typed={(COVERED, "value"): 1}), book(typed={(COVERED, "value"): 2})
    run = checked(received(one, "a.xlsx"), received(two, "b.xlsx", RECEIVED + timedelta(hours=1)))
    assert {e.file for e in run.indicator_entries} | {e.file for e in run.task_entries} == {"b.xlsx"}
    others = {e.file for e in run.other_indicator_entries} | {e.file for e in run.other_task_entries}
    assert others == {"a.xlsx"}


def test_an_empty_template_never_pushes_out_a_filled_return() -> None:
    """Sent by mistake an hour later, it would wipe out every good number."""
    blank: Cells = {(line.code, "value"): None for line in COMMUNE.indicator_rows}
    blank = {**blank, **{(t.code, key): None for t in COMMUNE.task_rows for key in ("status", "progress")}}
    filled = received(book(typed={(COVERED, "value"): "hai"}), "a.xlsx")
    empty = received(book(typed=blank), "b.xlsx", RECEIVED + timedelta(hours=1))
    run = checked(filled, empty)
    assert [r.file for r in run.returns if r.counts] == ["a.xlsx"]


def test_a_later_return_that_says_less_is_a_warning() -> None:
    """Two appendices sent as two files: the one that loses is named as a loss, not as routine."""
    no_tasks: Cells = {(t.code, key): None for t in COMMUNE.task_rows for key in ("status", "progress")}
    no_numbers: Cells = {(line.code, "value"): None for line in COMMUNE.indicator_rows}
    first = received(book(typed=no_tasks), "pl1.xlsx")
    second = received(book(typed=no_numbers), "pl2.xlsx", RECEIVED + timedelta(hours=1))
    assert [(f.file, f.code) for f in checked(first, second).findings if f.file == "pl1.xlsx"] == [
        ("pl1.xlsx", "SUPERSEDED_RICHER")
    ]


def test_a_template_of_an_older_plan_is_read_by_its_codes_and_said() -> None:
    """The stamp's digest of the locked content differs: the values count, the clerk is told."""
    raw = book()
    stamp = [["lock_digest", "0" * 64] if row[0] == "lock_digest" else row for row in raw.sheets[-1].rows]
    run = checked(received(with_facts(raw, raw.sheets[-1].name, rows=stamp)))
    assert [f.code for f in run.findings] == ["TEMPLATE_CHANGED"]
    assert len(run.indicator_entries) == len(COMMUNE.indicator_rows)


def with_answers(content: RawBook, *said: tuple[str, str]) -> RawBook:
    """The book as a feedback copy that has come back: its first sheet holds explanations by their keys."""
    answers: list[list[object]] = [[key, text] for key, text in said]
    rows: list[list[object]] = [["Cần sửa"], [KEY_HEADING, ANSWER_HEADING], *answers]
    return replace(content, sheets=(RawSheet(FEEDBACK_SHEET, visible=True, rows=rows), *content.sheets))


def test_an_explanation_on_the_feedback_sheet_settles_the_warning_of_its_row_and_travels() -> None:
    """Typed beside the question instead of in the table: it counts the same, once, beside what stands there."""
    proof: Cells = {
        ("STATION_STAFFING.evidence", "value"): None,
        ("STATION_STAFFING.attained", "explanation"): "Đang in",
    }
    asked = book(typed={("STATION_STAFFING.evidence", "value"): None})
    assert [f.severity for f in checked(received(asked)).findings] == [Severity.WARNING]
    run = checked(received(with_answers(asked, ("STATION_STAFFING", "Quyết định đang trình"))))
    (found,) = run.findings
    assert (found.severity, found.facts["explained"]) == (Severity.NOTE, "Quyết định đang trình")
    remarks_of = {e.explanation for e in run.indicator_entries if e.row == "STATION_STAFFING"}
    assert remarks_of == {"", "Quyết định đang trình"}
    run = checked(received(with_answers(book(typed=proof), ("STATION_STAFFING", "Quyết định đang trình"))))
    assert run.findings[0].facts["explained"] == "Đang in; Quyết định đang trình"


def test_an_explanation_never_settles_an_error() -> None:
    """A number that cannot be is mended, not explained."""
    typed: Cells = {(COVERED, "value"): 13}
    run = checked(received(with_answers(book(typed=typed), ("BHYT_COVERAGE", "Đúng như vậy"))))
    assert [f.severity for f in run.findings] == [Severity.ERROR]


def test_a_copy_that_adds_only_an_answer_to_a_wider_question_is_not_the_same_again() -> None:
    """Else the unexplained first file would go on counting, and the question would be asked for ever."""
    one, again = book(), with_answers(book(), ("RETURNS_IDENTICAL", "Hai xã dùng chung một trạm"))
    run = checked(received(one, "a.xlsx"), received(again, "b.xlsx", RECEIVED + timedelta(hours=1)))
    assert {r.file: r.counts for r in run.returns} == {"a.xlsx": False, "b.xlsx": True}


def test_two_faulty_files_of_one_moment_that_say_the_same_are_one() -> None:
    """A faulty attachment saved twice by two programs: there is nothing to decide between."""
    typed: Cells = {(COVERED, "value"): "khoảng 5"}
    one, two = book(typed=typed), replace(book(typed=typed), kind="xls")
    run = checked(received(one, "a.xlsx"), received(two, "b.xls"))
    assert {f.code for f in run.findings} == {"NOT_A_NUMBER", "RESUBMITTED_UNCHANGED"}
    other = book(typed={(COVERED, "value"): "khoảng 6"})
    run = checked(received(one, "a.xlsx"), received(other, "b.xlsx"))
    assert {f.code for f in run.findings if f.file == "b.xlsx"} >= {"TWO_VERSIONS"}


def test_a_doubted_number_is_shown_as_it_was_typed() -> None:
    """The unit looks for "1.234" in its cell, and the dot may be the whole mistake."""
    typed: Cells = {(PEOPLE, "value"): 12, (COVERED, "value"): "1.234"}
    (found,) = checked(received(book(typed=typed))).findings
    assert (found.code, found.value) == ("NUMERATOR_EXCEEDS_DENOMINATOR", "1.234")


def test_sending_a_copied_return_twice_does_not_silence_the_question() -> None:
    """The first of two equal files counts, so it is the one that must carry the warning."""
    neighbour = layout_for(PLAN, next(u for u in PLAN.units if u.id == "xa-gia-van"), PERIOD)
    numbers = [line for line in COMMUNE.indicator_rows if line.field.kind is FieldKind.COUNT]
    typed: Cells = {(line.code, "value"): 4_000 + 100 * n for n, line in enumerate(sorted(numbers, key=_denominator))}
    mine, theirs = book(typed=typed), book(neighbour, typed)
    later = RECEIVED + timedelta(hours=1)
    run = checked(
        received(mine, "2026-H1_xa-gia-vien.xlsx"),
        received(mine, "gui-lai.xlsx", later),
        received(theirs, "2026-H1_xa-gia-van.xlsx"),
    )
    told = {f.file: f.code for f in run.findings if f.code in ("RETURNS_IDENTICAL", "RESUBMITTED_UNCHANGED")}
    assert told == {
        "2026-H1_xa-gia-vien.xlsx": "RETURNS_IDENTICAL",
        "2026-H1_xa-gia-van.xlsx": "RETURNS_IDENTICAL",
        "gui-lai.xlsx": "RESUBMITTED_UNCHANGED",
    }
    assert {r.file for r in run.returns if r.counts} == {"2026-H1_xa-gia-vien.xlsx", "2026-H1_xa-gia-van.xlsx"}


def _denominator(line: IndicatorRow) -> bool:
    return line.field.name.endswith("denominator")
