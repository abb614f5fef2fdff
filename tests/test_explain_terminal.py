"""What `explain` prints: bounded, of one wording, and steered by nobody who wrote into a return."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cli_explain import explanation_json, explanation_text
from cli_job import Job, job_from
from consolidate.explain.figure import explain
from consolidate.run import consolidate
from tests import blank
from tests.blank import H1
from tests.consolidate import workbook_case as case
from validation.model import Checked, Finding, IndicatorEntry, Severity, TaskEntry, Verdict


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """The command as it was typed; nothing has come in."""
    options = {"plan_id": "ninh-binh-syt", "period_text": "2026-H1", "due": None, "output": "text", "quiet": True}
    return job_from({**options, "workspace": str(tmp_path), "as_of": "2026-06-12 08:00"})


def test_a_national_list_is_bounded_and_its_rest_is_added_up(job: Job) -> None:
    """Three hundred units: two hundred lines, one for the others, and the total still is their sum."""
    units = tuple(blank.unit(f"xa-{n}", f"Xã {n}", ("xa",)) for n in range(300))
    plan = replace(case.small_plan(), units=units, tasks=())
    entries = tuple(case.entry(u.id, "SUM.value", str(n)) for n, u in enumerate(units))
    run = consolidate(plan, H1, case.AS_OF, Checked((), (), entries, ()))
    lines = explanation_text(job, explain(run, "SUM"))
    assert len(lines) < 260
    (rest,) = (line.split() for line in lines if "và 100 đơn vị khác" in line)
    (under,) = (line.split() for line in lines if line.strip().startswith("Chung "))
    assert (rest[5], under[1]) == ("4.950", "44.850")


def test_what_a_unit_wrote_cannot_steer_the_terminal(job: Job) -> None:
    """No escape sequence, no line of its own that looks like one of ours."""
    wild = "\x1b[2J\x07Hết\r\nKết quả:    100%"
    run = case.full_run()
    entries = [
        replace(e, explanation=wild) if isinstance(e, IndicatorEntry) and e.unit == "xa-d" else e
        for e in run.checked.indicator_entries
    ]
    told = [replace(e, difficulties=wild) if isinstance(e, TaskEntry) else e for e in run.checked.task_entries]
    bad = replace(case.received("xa-b", counts=False), verdict=Verdict.UNREADABLE, file=f"{wild}.xlsx")
    checked = replace(run.checked, indicator_entries=tuple(entries), task_entries=tuple(told), findings=())
    now = consolidate(run.plan, H1, case.AS_OF, replace(checked, returns=(*checked.returns[:2], bad)))
    for code, unit in (("DOCTORS", None), ("DOCTORS", "xa-d"), ("NV-1", "xa-a"), ("RATIO", "xa-b"), ("RATIO", None)):
        lines = explanation_text(job, explain(now, code, unit))
        assert not any("\x1b" in line or "\x07" in line or "\n" in line for line in lines)
        assert sum(line.startswith("Kết quả:") for line in lines) == 1


def test_turned_around_text_is_straightened(job: Job) -> None:
    """A mark that nobody sees would show "gpj.exe" as "exe.jpg"."""
    run = case.full_run()
    told = tuple(replace(e, difficulties="Tệp \u202egpj.exe\u2066 lạ") for e in run.checked.task_entries)
    now = consolidate(run.plan, H1, case.AS_OF, replace(run.checked, task_entries=told, findings=()))
    text = "\n".join(explanation_text(job, explain(now, "NV-1", "xa-a")))
    assert "Tệp gpj.exe lạ" in text


def test_of_many_files_only_the_odd_ones_are_listed(job: Job) -> None:
    """A hundred lines of usual names hide the one that came late; the JSON has all of them."""
    units = tuple(blank.unit(f"xa-{n}", f"Xã {n}", ("xa",)) for n in range(60))
    plan = replace(case.small_plan(), units=units, tasks=())
    entries = tuple(
        replace(case.entry(u.id, "SUM.value", str(n)), file=f"2026-H1_{u.id}.xlsx") for n, u in enumerate(units)
    )
    entries = (replace(entries[0], file="thu.zip/so lieu.xlsx"), *entries[1:])
    returns = tuple(replace(case.received(e.unit, late=e.unit == "xa-7"), file=e.file) for e in entries)
    for most, listed in ((60, 2), (40, 40)):
        few = consolidate(
            replace(plan, units=units[:most]), H1, case.AS_OF, Checked(returns[:most], (), entries[:most], ())
        )
        e = explain(few, "SUM")
        lines = explanation_text(job, e)
        sources = lines[next(n for n, line in enumerate(lines) if line.startswith("TỆP NGUỒN")) :]
        assert sum("SHA-256 abab" in line for line in sources) == listed
        assert len(json.loads(explanation_json(e))["files"]) == most
    lines = explanation_text(job, explain(consolidate(plan, H1, case.AS_OF, Checked(returns, (), entries, ())), "SUM"))
    assert "TỆP NGUỒN: 60 tệp, 58 tệp đúng hạn, mang tên biểu mẫu đã phát (2026-H1_MÃ_ĐƠN_VỊ.xlsx)" in lines
    odd = [line.split()[:2] for line in lines if "SHA-256 abab" in line]
    assert odd == [["53.", "2026-H1_xa-7.xlsx"], ["60.", "thu.zip/so"]], "numbered as in the table above"


def test_a_sign_stays_with_its_number(job: Job) -> None:
    """ "mục tiêu >" at the end of a line and "95%" at the head of the next reads as two things."""
    run = case.full_run()
    for width in range(40):  # whatever stands before it
        plan = replace(run.plan, indicators=tuple(replace(i, target_text="x" * width) for i in run.plan.indicators))
        now = consolidate(plan, H1, case.AS_OF, replace(run.checked, findings=()))
        lines = explanation_text(job, explain(now, "RATIO"))
        assert not any(line.endswith(">") for line in lines)


def test_an_unreadable_cell_is_said_in_one_way(job: Job) -> None:
    """Not "không phải là một con số", then "trống", then "ĐANG TÍNH"."""
    run = case.full_run()
    entries = tuple(
        replace(e, value=None, cell="H10") if (e.unit, e.row, e.field) == ("xa-c", "RATIO", "numerator") else e
        for e in run.checked.indicator_entries
    )
    place = ("xa-c/2026-H1_xa-c.xlsx", "Phụ lục 1", "H10", "xa-c", "RATIO")
    wrong = Finding("NOT_A_NUMBER", Severity.ERROR, *place, "khoảng 500", {"typed": "khoảng 500"})
    checked = replace(run.checked, indicator_entries=entries, findings=(wrong,))
    lines = explanation_text(job, explain(consolidate(run.plan, H1, case.AS_OF, checked), "RATIO", "xa-c"))
    held = [line for line in lines if "Phụ lục 1!H10" in line]
    assert len(held) == 3, "the fault, the cell, and the version"
    assert all("“khoảng 500”" in line for line in held)
    assert sum("(không đọc được)" in line for line in held) == 2
    assert not any("trống" in line for line in lines)
    assert [line for line in lines if "ĐANG TÍNH" in line] == [
        "  1. xa-c/2026-H1_xa-c.xlsx – ĐANG TÍNH, trừ dòng này vì đang có lỗi"
    ]


def test_a_contradiction_is_said_first(job: Job) -> None:
    """Both reported: "Chưa có số liệu" would be an insult to them."""
    run = case.full_run()
    lines = explanation_text(job, explain(replace(run, checked=replace(run.checked, findings=())), "CONFLICT"))
    assert "Kết quả:    Số liệu mâu thuẫn" in lines
    assert not any("Chưa có số liệu" in line for line in lines)
