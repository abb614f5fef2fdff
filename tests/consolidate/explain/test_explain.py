"""What explain says of a figure is what made it: the rule, the sum, the cells and who is left out."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from consolidate.explain.as_json import explanation_json
from consolidate.explain.figure import cells, explain
from consolidate.explain.model import Absence
from consolidate.run import consolidate
from plan.model import PlanError
from tests import blank
from tests.blank import H1
from tests.consolidate import workbook_case as case
from tests.consolidate.explain.explain_case import answers, figures, rich_run, text_of
from validation.model import Checked, Finding, Severity, Verdict


def test_the_explained_cells_are_exactly_those_whose_change_changes_the_figure() -> None:
    """Every cell of every return, changed alone in every way, against every figure of the run."""
    run = rich_run()
    checked, before = run.checked, figures(run)
    moved: dict[str, set[object]] = defaultdict(set)
    for answer in answers(run.plan, checked.indicator_entries, checked.task_entries):
        for after in answer.after:
            numbers = tuple(after if e is answer.before else e for e in checked.indicator_entries)
            tasks = tuple(after if e is answer.before else e for e in checked.task_entries)
            now = consolidate(
                run.plan,
                H1,
                case.AS_OF,
                replace(checked, indicator_entries=numbers, task_entries=tasks),  # type: ignore[arg-type]  # an entry is replaced by one of its kind
            )
            for code, figure in figures(now).items():
                if figure != before[code]:
                    moved[code].add(answer.place)
    assert {code: set(cells(explain(run, code))) for code in before} == {code: moved[code] for code in before}


@pytest.mark.parametrize(
    ("code", "working"),
    [
        ("RATIO", "100 × 2.469 / 20.000 = 12,345, làm tròn đến 2 chữ số thập phân: 12,35%"),
        ("SINGLE", "Số báo cáo 74,6 = 74,6%"),
        ("SUM", "0,15 + 0,1 + 0 = 0,25, làm tròn đến 1 chữ số thập phân: 0,3%"),
        ("WEIGHTED", "(1,5 × 10 + 2,25 × 30 + 3 × 7) / (10 + 30 + 7) = 103,5 / 47 ≈ 2,202128"),
        ("GAIN", "35,245 − 34,2 = 1,045, làm tròn đến 2 chữ số thập phân: 1,05%"),
        ("RATIO_GAIN", "100 × 16 / 33 − 100 × 3 / 24 ≈ 35,984848"),
        ("DOCTORS", "100 × 2 đơn vị đạt / 3 đơn vị có số liệu ≈ 66,666667"),
        ("ATTAINED", "100 × 2 đơn vị đạt / 3 đơn vị có số liệu ≈ 66,666667"),
        ("CONFLICT", "Không tính: 2 đơn vị báo số khác nhau cho cùng một số liệu."),
        ("NOBODY", "Chưa đơn vị nào có số liệu dùng được nên không có phép tính."),
        ("ZEROS", "100 × 0 / 0: không tính được vì số chia không lớn hơn 0"),
    ],
)
def test_the_sum_is_written_out_with_its_numbers(code: str, working: str) -> None:
    """A unit that argues can do the sum again on paper and comes to the same figure."""
    assert explain(rich_run(), code).working.startswith(working)


def test_the_totals_under_the_table_are_the_sums_of_what_stands_above() -> None:
    """Numerators and denominators add up visibly to those of the figure, a weighted mean by its products."""
    run = case.full_run()
    for code in ("RATIO", "SUM", "WEIGHTED", "RATIO_GAIN", "DOCTORS", "ATTAINED"):
        e = explain(run, code)
        for index, column in enumerate(e.columns):
            if column.total is not None and column.key != "own":
                assert column.total == sum(s.values[index] for s in e.shares)  # type: ignore[misc]  # numbers only
    assert [c.total for c in explain(run, "RATIO").columns][:2] == [2469, 20000]


def test_a_sum_of_many_units_refers_to_the_table() -> None:
    """Seven terms are no longer a sentence; the largest stand first in the table."""
    units = tuple(blank.unit(f"xa-{n}", f"Xã {n}", ("xa",)) for n in range(7))
    plan = replace(case.small_plan(), units=units, tasks=())
    entries = tuple(case.entry(u.id, "SUM.value", str(n)) for n, u in enumerate(units))
    e = explain(consolidate(plan, H1, case.AS_OF, Checked((), (), entries, ())), "SUM")
    assert e.working == "Cộng số của 7 đơn vị trong bảng = 21,0%"
    assert [s.unit for s in e.shares][:2] == ["xa-6", "xa-5"]


def test_a_contradiction_is_the_result() -> None:
    """ "Chưa có số liệu" above two units that reported would send the clerk after reports that have come."""
    assert explain(case.full_run(), "CONFLICT").shown == "Số liệu mâu thuẫn"


def test_what_could_not_be_read_is_quoted_and_called_no_blank() -> None:
    """ "khoảng 500" stood there: neither "trống" nor a number."""
    run = case.full_run()
    cells_of = [e for e in run.checked.indicator_entries if (e.unit, e.row) == ("xa-c", "RATIO")]
    entries = tuple(
        replace(e, value=None, cell="H10") if e is cells_of[0] else e for e in run.checked.indicator_entries
    )
    file = cells_of[0].file
    wrong = Finding(
        "NOT_A_NUMBER", Severity.ERROR, file, "Phụ lục 1", "H10", "xa-c", "RATIO", "khoảng 500", {"typed": "khoảng 500"}
    )
    checked = replace(run.checked, indicator_entries=entries, findings=(wrong,))
    e = explain(consolidate(run.plan, H1, case.AS_OF, checked), "RATIO", "xa-c")
    assert [(c.cell, c.unread) for c in e.left_out[0].cells] == [("H10", "khoảng 500"), ("H9", "")]
    assert [c.unread for c in e.versions[0].cells] == ["khoảng 500", ""]
    told = json.loads(explanation_json(e))["left_out"][0]["cells"]
    assert (told[0]["value"], told[0]["unread"], "unread" in told[1]) == (None, "khoảng 500", False)


def test_a_row_that_shows_another_ones_figure_leads_to_its_cells() -> None:
    """The unit typed the number once; both rows name that cell, each with its own target."""
    run = case.full_run()
    shown, source = explain(run, "SINGLE_2045"), explain(run, "SINGLE")
    assert cells(shown) == cells(source) != ()
    assert "Dùng chung số liệu với chỉ tiêu 1. Ngắn SINGLE (SINGLE)" in shown.notes[0]
    assert "Số liệu này còn dùng cho: SINGLE_2045." in source.notes
    assert "năm 2045" in shown.target


def test_every_unit_that_is_left_out_has_its_reason_and_place() -> None:
    """No return, a file that cannot be used, a row that is gone, an error, a blank: five different requests."""
    run = case.full_run()
    checked = run.checked
    bad = replace(case.received("xa-b", counts=False), verdict=Verdict.UNREADABLE)
    returns = (*(r for r in checked.returns if r.unit != "xa-b"), bad, replace(bad, unit="", file="la.xlsx"))
    damaged = Finding("FILE_DAMAGED", Severity.ERROR, bad.file, unit="xa-b", facts={"detail": "x"})
    beside = Finding("SHEET_MISSING", Severity.ERROR, "xa-c/2026-H1_xa-c.xlsx", unit="xa-c", facts={"sheet": "x"})
    findings = (*checked.findings, damaged, beside)
    entries = tuple(e for e in checked.indicator_entries if e.unit != "xa-b")
    now = replace(checked, returns=returns, findings=findings, indicator_entries=entries)
    e = explain(consolidate(run.plan, H1, case.AS_OF, now), "RATIO")
    assert {x.unit: x.why for x in e.left_out} == {
        "xa-b": Absence.UNUSABLE,
        "xa-c": Absence.BLOCKED,
        "xa-d": Absence.NO_RETURN,
    }
    found = {x.unit: [(f.code, f.cell) for f in x.findings] for x in e.left_out}
    assert found == {"xa-b": [("FILE_DAMAGED", "")], "xa-c": [("not_a_number", "H9")], "xa-d": []}
    assert any("1 tệp chưa rõ của đơn vị nào" in note for note in e.notes)
    assert {x.unit: x.why for x in explain(run, "NOBODY").left_out}["xa-a"] is Absence.NO_ROW
    assert {x.unit: x.why for x in explain(rich_run(), "GAPS").left_out} == {
        "xa-b": Absence.EMPTY,
        "xa-c": Absence.EMPTY,
        "xa-d": Absence.NOT_APPLICABLE,
    }
    assert explain(rich_run(), "GAPS").left_out[-1].reason == "Không thuộc xã"


def test_a_file_that_was_taken_away_is_named_at_its_unit() -> None:
    """ "Chưa nộp" of a unit whose file was deleted by mistake would send the clerk after the wrong person."""
    run = replace(case.full_run(), gone=(case.received("xa-d"),))
    (left,) = (x for x in explain(run, "RATIO").left_out if x.unit == "xa-d")
    assert left.reason == "đã từng nhận xa-d/2026-H1_xa-d.xlsx, nay không còn trong thư mục nhận"
    (gone,) = explain(run, "RATIO", "xa-d").versions
    assert gone.is_gone


def test_a_task_names_the_rule_the_counts_and_the_unit_that_sets_its_progress() -> None:
    e = explain(rich_run(), "LOW")
    assert e.shown == "Đang triển khai, 20%"
    assert e.working == (
        "4 đơn vị chủ trì: 2 đang triển khai, 1 không phát sinh, 1 chưa có báo cáo dùng được. "
        "Vì có 2 đơn vị đang triển khai nên tình trạng chung là đang triển khai. "
        "% hoàn thành: 20%, thấp nhất trong 3 mức được báo, của UBND XÃ A, UBND XÃ B."
    )
    assert [s.unit for s in e.beside] == ["ban"]
    assert not any(c.decides for s in e.beside for c in s.cells)
    assert "nhiệm vụ con" in text_of(explain(rich_run(), "LOW-1"))


def test_one_unit_sees_its_part_and_every_file_that_it_sent() -> None:
    """The older file stands beside the one that counts, with what it said in the same cells."""
    run = rich_run()
    old = replace(case.received("xa-a", counts=False), file="cu.xlsx", received_at=case.AS_OF - timedelta(days=1))
    said = [replace(e, file="cu.xlsx", value=Decimal(7)) for e in run.checked.indicator_entries if e.unit == "xa-a"]
    told = Finding("SUPERSEDED", Severity.NOTE, "cu.xlsx", unit="xa-a", facts={"used": "xa-a/2026-H1_xa-a.xlsx"})
    slower = [replace(e, file="cu.xlsx", progress=Decimal(7)) for e in run.checked.task_entries if e.unit == "xa-a"]
    checked = replace(
        run.checked,
        returns=(*run.checked.returns, old),
        findings=(told,),
        other_indicator_entries=tuple(said),
        other_task_entries=tuple(slower),
    )
    e = explain(replace(run, checked=checked), "ratio", "UBND xã A")
    assert (e.unit, [s.unit for s in e.shares], e.left_out) == ("xa-a", ["xa-a"], ())
    assert {place.file for place in cells(e)} == {"xa-a/2026-H1_xa-a.xlsx"}
    assert [(v.received.file, v.received.counts) for v in e.versions] == [
        ("cu.xlsx", False),
        ("xa-a/2026-H1_xa-a.xlsx", True),
    ]
    assert [(c.cell, c.value) for c in e.versions[0].cells] == [(c.cell, Decimal(7)) for c in e.versions[1].cells]
    assert [c.value for c in e.versions[1].cells] == [1, 2]
    assert [f.code for f in e.versions[0].findings] == ["SUPERSEDED"]
    before, now = explain(replace(run, checked=checked), "LOW", "xa-a").versions
    assert [c.value for c in (*before.cells, *now.cells)] == ["Đang triển khai", 7, "Đang triển khai", 20]
    assert e.exact == explain(run, "RATIO").exact, "the figure of the whole stands beside the part"


@pytest.mark.parametrize("unit", ["ban", "Ban Kế hoạch"])
def test_a_unit_that_has_nothing_to_do_with_the_row_is_told_so(unit: str) -> None:
    with pytest.raises(PlanError, match="không phải báo cáo chỉ tiêu RATIO"):
        explain(rich_run(), "RATIO", unit)


def test_the_json_holds_the_exact_figure_and_the_deciding_cells() -> None:
    """Another program gets the fraction, the cells and the hashes without reading sentences."""
    run = rich_run()
    told = json.loads(explanation_json(explain(run, "RATIO")))
    assert (told["kind"], told["exact"], told["value"], told["missing"]) == (
        "indicator",
        "2469/200",
        12.35,
        ["xa-c", "xa-d"],
    )
    assert [(c["file"], c["cell"]) for c in told["cells"]] == [(p.file, p.cell) for p in cells(explain(run, "RATIO"))]
    assert {f["sha256"] for f in told["files"]} == {"ab" * 32}
    task = json.loads(explanation_json(explain(run, "LOW", "xa-a")))
    assert (task["kind"], task["status"], task["unit"], len(task["versions"])) == ("task", "in_progress", "xa-a", 1)


def test_an_empty_plan_of_returns_explains_every_row() -> None:
    """Nothing has come in: every row says so and nothing breaks."""
    run = case.empty_run()
    for code in figures(run):
        e = explain(run, code)
        assert cells(e) == ()
        assert e.shares == ()
        assert json.loads(explanation_json(e))["cells"] == []
