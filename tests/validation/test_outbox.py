"""What leaves validation: one feedback file for each return that needs one, and nothing of the inputs is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl

from plan.workspace import Workspace
from templates.draw import draw_template
from tests.validation.returned import COMMUNE, PERIOD, PLAN, RECEIVED, book, checked, received
from validation.feedback import FEEDBACK_SHEET
from validation.messages import finding
from validation.model import Checked, Return
from validation.outbox import Occasion, Sources, write_feedback, write_findings

ROW = COMMUNE.task_rows[0]
WRONG = book(typed={(ROW.code, "status"): "Tốt"})


def occasion(folder: Path) -> Occasion:
    return Occasion(Workspace(folder, PLAN.id, PERIOD.id), PLAN, PERIOD, RECEIVED)


def written(folder: Path, run: Checked, data: bytes = b"") -> dict[str, Path]:
    asked: list[str] = []

    def bytes_of(r: Return) -> bytes:
        asked.append(r.file)
        return data

    def blank_of(unit: str) -> bytes:
        assert unit == COMMUNE.unit.id
        return draw_template(COMMUNE, {}, None)

    paths = write_feedback(occasion(folder), run, Sources(bytes_of, blank_of), lambda done, total: None)
    assert asked == list(paths), "each file is asked for once"
    return paths


def test_a_return_whose_bytes_are_gone_gets_the_list_alone(tmp_path: Path) -> None:
    """The files of parcels have no path of their own, and a ledger may have lost one."""
    run = checked(received(WRONG, "thu.eml/2026-H1_xa-gia-vien.xls"))
    paths = written(tmp_path, run)
    assert {file: path.name for file, path in paths.items()} == {
        "thu.eml/2026-H1_xa-gia-vien.xls": "can-sua_thu.eml_2026-H1_xa-gia-vien.xlsx"
    }
    (path,) = paths.values()
    assert openpyxl.load_workbook(path).sheetnames == [FEEDBACK_SHEET]


def test_what_came_back_keeps_its_name_and_no_two_copies_share_one(tmp_path: Path) -> None:
    names = ["A/2026-H1_xa-gia-vien.xlsx", "can-sua_2026-H1_xa-gia-vien.ods", "2026-H1_xa-gia-vien.XLS"]
    run = checked(*(received(WRONG, name) for name in names))
    run = replace(run, findings=tuple(finding("FILE_EMPTY", name) for name in names))
    assert sorted(path.name for path in written(tmp_path, run).values()) == [
        "can-sua_2026-H1_xa-gia-vien.xlsx",
        "can-sua_2026-H1_xa-gia-vien_.xlsx",
        "can-sua_A_2026-H1_xa-gia-vien.xlsx",
    ]


def test_copies_of_an_earlier_run_go_and_other_files_stay(tmp_path: Path) -> None:
    (first,) = written(tmp_path, checked(received(WRONG))).values()
    first.with_name("của tôi.xlsx").write_bytes(b"x")
    assert written(tmp_path, checked(received(book()))) == {}
    assert sorted(p.name for p in first.parent.iterdir()) == ["của tôi.xlsx", "danh-sach.json"]


def test_an_unknown_unit_is_given_no_template(tmp_path: Path) -> None:
    run = checked(received(WRONG))
    stranger = replace(run, returns=tuple(replace(r, unit="xa-la") for r in run.returns))
    assert len(written(tmp_path, stranger)) == 1


def test_the_findings_compare_the_files_of_a_unit(tmp_path: Path) -> None:
    run = checked(received(book(), "a.xlsx"), received(book(typed={(ROW.code, "progress"): 55}), "b.xlsx"))
    findings, data = write_findings(occasion(tmp_path), run)
    assert "So các bản gửi" in openpyxl.load_workbook(findings).sheetnames
    assert data.is_file()
