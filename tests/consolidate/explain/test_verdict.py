"""What explain says of verdicts, bounds, deadlines and earlier periods: why, by which number, by which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from consolidate.explain.figure import explain
from consolidate.run import consolidate
from plan.model import Comparator, DueKind, DuePart, Target
from plan.words import TaskStatus
from tests import blank
from tests.blank import H1, YEAR
from tests.consolidate import workbook_case as case
from tests.consolidate.explain.explain_case import rich_run, text_of
from validation.model import Checked, Earlier


def test_rounding_is_named_where_it_hides_the_verdict() -> None:
    """94,996 is printed as 95,00 and does not reach 95: whoever sees only the print must be told."""
    plan = replace(case.small_plan(), units=(blank.unit("ban", "Ban", ("xa",)),), tasks=())
    at_least = (Target(2026, Comparator.AT_LEAST, Decimal(95)),)
    plan = replace(plan, indicators=tuple(replace(i, targets=at_least) for i in plan.indicators))
    pair = (("numerator", "94996"), ("denominator", "100000"))
    entries = tuple(case.entry("ban", f"RATIO.{name}", value) for name, value in pair)
    e = explain(consolidate(plan, YEAR, case.AS_OF, Checked((), (), entries, ())), "RATIO")
    assert e.verdict == (
        "Chưa đạt: 95,00% so với mục tiêu ≥\N{NO-BREAK SPACE}95%: chưa đạt.",
        "So sánh bằng số chính xác hơn (94,996%), không phải số đã làm tròn 95,00%.",
    )


def test_all_of_a_share_has_no_sign_and_a_bound_is_never_rounded() -> None:
    """ "≥ 100%" of a share can only be 100%; 99,995 is not 100 because the figure has two decimals."""
    said = explain(case.full_run(), "DOCTORS").target
    assert said.endswith("so với mục tiêu năm 2027: 100% số đơn vị.")
    bounds = (Target(2026, Comparator.AT_LEAST, Decimal("99.995")),)
    rows = tuple(replace(i, targets=bounds) for i in case.indicators())
    e = explain(
        consolidate(replace(case.small_plan(), indicators=rows), H1, case.AS_OF, case.full_run().checked), "SUM"
    )
    assert "≥\N{NO-BREAK SPACE}99,995%" in e.target


def test_targets_of_past_years_and_what_was_last_known_of_a_task_are_told() -> None:
    """A target that was missed last year is not forgotten, nor a task that was done before this period's silence."""
    run = case.full_run()
    bounds = (Target(2025, Comparator.ABOVE, Decimal(20)), Target(2030, Comparator.AT_LEAST, Decimal(100)))
    rows = tuple(replace(i, targets=bounds) for i in run.plan.indicators)
    tasks = (*run.plan.tasks[:2], replace(run.plan.tasks[2], due=run.plan.tasks[1].due))
    plan = replace(run.plan, indicators=rows, tasks=tasks)
    closed = replace(YEAR, id="2024-Y", year=2024, first=date(2024, 1, 1), last=date(2024, 12, 31), label="năm 2024")
    last = replace(closed, id="2025-Y", year=2025, first=date(2025, 1, 1), last=date(2025, 12, 31), label="năm 2025")
    pair = (("numerator", "19"), ("denominator", "100"))
    entries = tuple(case.entry(u, f"RATIO.{name}", value) for u in ("xa-a", "xa-b") for name, value in pair)
    done = case.task_entry("xa-d", "NV-3", TaskStatus.COMPLETED, 100)
    earlier = [Earlier(last, entries, ()), Earlier(closed, (), (done,))]
    now = consolidate(plan, H1, case.AS_OF, run.checked, earlier)
    said = text_of(explain(now, "RATIO")).replace("\N{NO-BREAK SPACE}", " ")
    assert "Mục tiêu năm 2025 (> 20%) đã hết hạn: kết quả năm 2025 là 19,00% (2/4 đơn vị), chưa đạt." in said
    e = explain(now, "NV-3")
    assert e.changes[-1] == "Kỳ gần nhất đủ báo cáo (năm 2024): hoàn thành, 100%."
    assert e.verdict == ("Năm 2024 đã được báo hoàn thành nên không xét quá hạn, dù nay chưa đủ báo cáo.",)


def test_a_share_never_rounds_to_all_while_a_unit_is_missing() -> None:
    """99,97% of the people is 99,9%, with a unit named as missing beside it."""
    units = tuple(replace(u, population=10_000 if u.id == "xa-a" else 1) for u in case.small_plan().units)
    run = case.full_run()
    e = explain(consolidate(replace(run.plan, units=units), H1, case.AS_OF, run.checked), "RATIO")
    assert e.coverage.startswith("2/4 đơn vị có số liệu, bằng 99,9% dân số; 2 đơn vị chưa có số liệu")


def test_a_target_of_two_bounds_and_its_milestone_are_said_in_full() -> None:
    """ "Từ 90 đến 110" held to half a year is two numbers, and the figure is held against both."""
    bounds = (Target(2026, Comparator.AT_LEAST, Decimal(90)), Target(2026, Comparator.AT_MOST, Decimal(110)))
    only = replace(
        case.indicators()[3], targets=bounds, prorated=True, unit="ca", reporters=case.indicators()[1].reporters
    )
    plan = replace(case.small_plan(), indicators=(only,), tasks=())
    run = consolidate(plan, H1, case.AS_OF, Checked((), (), (case.entry("ban", "SUM.value", "50"),), ()))
    said = text_of(explain(run, "SUM")).replace("\N{NO-BREAK SPACE}", " ")
    assert "so với mục tiêu năm 2026: ≥ 90 ca và ≤ 110 ca." in said
    assert "Mốc đến hết 6 tháng đầu năm 2026 (6/12 mục tiêu năm 2026): ≥ 45 ca và ≤ 55 ca; số hiện có đạt mốc." in said


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("RATIO", "Chưa đủ số liệu: còn 2/4 đơn vị chưa có số liệu nên chưa kết luận. Tạm tính: "),
        ("CONFLICT", "Chưa đủ số liệu: các đơn vị báo số khác nhau cho cùng một số liệu; phải thống nhất một số."),
        ("NOBODY", "Chưa đủ số liệu: chưa đơn vị nào có số liệu dùng được."),
        ("SINGLE", "Chưa đến hạn: mục tiêu tính đến hết năm 2026. Tạm tính: 74,6% so với mục tiêu > 95%: chưa đạt."),
        ("ALL_OUT", "Không áp dụng: mọi đơn vị phải báo cáo đều ghi không áp dụng và có nêu lý do."),
    ],
)
def test_the_verdict_says_why(code: str, why: str) -> None:
    assert explain(rich_run(), code).verdict[0].replace("\N{NO-BREAK SPACE}", " ").startswith(why)


def test_overdue_and_risk_are_told_with_their_dates() -> None:
    """By which day of the document, and seen from which day."""
    run = rich_run()
    assert explain(run, "NV-2").target == "Văn bản in: “Năm 2026”; tính đến hết ngày 31/3/2026."
    assert explain(run, "NV-2").verdict == (
        "Quá hạn: thời hạn 31/3/2026 đã qua mà chưa được báo là xong (xét tại ngày tổng hợp 09/6/2026).",
    )
    assert explain(run, "LOW").verdict[1].startswith("Có nguy cơ chậm: thời hạn chỉ còn 53 ngày.")
    assert explain(run, "NV-1").verdict == ()
    later = consolidate(run.plan, H1, case.AS_OF + timedelta(days=90), run.checked)
    judged = "(kỳ đã kết thúc nên xét tại ngày cuối kỳ 30/6/2026, không xét tại ngày tổng hợp 07/9/2026)"
    assert judged in explain(later, "NV-2").verdict[0]
    said = explain(later, "LOW").verdict
    assert said[0] == f"Chưa tính là quá hạn trong kỳ này: thời hạn 01/8/2026 sau ngày cuối kỳ {judged}."
    assert said[1].startswith("Có nguy cơ chậm: hết kỳ báo cáo mà chưa xong, và đến nay thời hạn đã qua. Quy tắc: ")
    due_last = (DuePart(DueKind.BY, last=date(2026, 6, 30)),)
    tasks = tuple(replace(t, due=due_last) if t.code == "LOW" else t for t in run.plan.tasks)
    july = consolidate(replace(run.plan, tasks=tasks), H1, case.AS_OF + timedelta(days=40), run.checked)
    said = explain(july, "LOW").verdict
    assert "30/6/2026 đúng ngày cuối kỳ (kỳ đã kết thúc" in said[0]
    assert not any("chưa qua" in line or "còn 0 ngày" in line for line in said)
    tasks = tuple(replace(t, due=(DuePart(DueKind.BY, last=date(2026, 7, 25)),)) for t in tasks)
    july = consolidate(replace(run.plan, tasks=tasks), H1, case.AS_OF + timedelta(days=40), run.checked)
    assert "thời hạn chỉ còn 25 ngày tính từ ngày cuối kỳ 30/6/2026." in explain(july, "LOW").verdict[1]


def test_earlier_periods_are_compared_in_points() -> None:
    """A percentage that rises from 10 to 12 rises by 2 points, not by 2 %."""
    then = replace(H1, id="2025-H1", year=2025, first=date(2025, 1, 1), last=date(2025, 6, 30), label="6 tháng 2025")
    pair = (("numerator", "1"), ("denominator", "10"))
    entries = tuple(case.entry("xa-a", f"RATIO.{name}", value) for name, value in pair)
    done = case.task_entry("ban", "NV-2", TaskStatus.NOT_STARTED, 0)
    run = case.full_run()
    now = consolidate(run.plan, H1, case.AS_OF, run.checked, [Earlier(then, entries, (done,))])
    assert explain(now, "RATIO").changes == (
        "So với cùng kỳ năm trước (6 tháng 2025): 10,00%, nay tăng 2,35 điểm % (hai kỳ không cùng các đơn vị có số "
        "liệu, một phần chênh lệch có thể do vậy).".replace("2,35 điểm", "2,35\N{NO-BREAK SPACE}điểm"),
    )
    assert explain(now, "NV-2").changes == ("Cùng kỳ năm trước (6 tháng 2025): chưa triển khai, 0%.",)
