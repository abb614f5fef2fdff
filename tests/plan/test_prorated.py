"""Targets shared out over the months of a year: written where the figure starts at nothing, and doubted elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from plan.book.draw import draw_plan
from plan.build import build_plan
from plan.check import check_plan, severity_of
from plan.folder import write_texts
from plan.load import catalog_ids, faults_in, load_plan
from plan.model import OddityKind, Plan
from plan.show import plan_json
from plan.word.draft import read_document
from tests.plan.book_case import DOCTORS, RATIO, at, small_plan
from tests.plan.word_documents import WordMaker

CHECKUPS = RATIO | {
    "fields": "numerator [người] (lũy kế): Số người đã khám | denominator [người] {1..}: Dân số",
    "prorated": "x",
}
AGAIN = CHECKUPS | {"code": "AGAIN", "same_as": "BHYT_COVERAGE", "fields": "", "targets": "2045 >= 100"}

ALONE: Mapping[str, tuple[dict[str, str], ...]] = {"oddities": (), "rules": (), "waivers": ()}  # these name other rows


def _doubted(plan: Plan) -> list[str]:
    return [odd.note for odd in check_plan(plan) if odd.kind is OddityKind.GAP]


def test_the_column_is_typed_and_shown() -> None:
    plan = build_plan(small_plan(indicators=(CHECKUPS, DOCTORS)))
    assert [row.prorated for row in plan.indicators] == [True, False]
    shown = json.loads(json.dumps(plan_json(plan)))
    assert [row["prorated"] for row in shown["indicators"]] == [True, False]


def test_a_plan_that_prorates_nothing_keeps_its_digest() -> None:
    """Templates and returns of before bear the digest of before; one that prorates a row is another plan."""
    plan = build_plan(small_plan(indicators=(CHECKUPS | {"prorated": ""}, DOCTORS)))
    content = asdict(replace(plan, digest=""))
    for row in content["indicators"]:
        del row["prorated"]  # as plans were before there was such a column
    before = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    assert plan.digest == hashlib.sha256(before.encode()).hexdigest()
    assert build_plan(small_plan(indicators=(CHECKUPS, DOCTORS))).digest != plan.digest


FAULTS = (
    (CHECKUPS | {"prorated": "có"}, None, "Ghi x hoặc để trống", "Chọn một trong: Chia theo tháng"),
    (CHECKUPS | {"targets": ""}, None, "không có mục tiêu nào để chia", "Ghi mục tiêu ở cột “Mục tiêu từng năm”"),
    (CHECKUPS, AGAIN | {"prorated": ""}, "lấy số của dòng “BHYT_COVERAGE”", "ghi như nhau ở cả hai dòng"),
    (CHECKUPS | {"prorated": ""}, AGAIN, "lấy số của dòng “BHYT_COVERAGE”", "ghi như nhau ở cả hai dòng"),
)


@pytest.mark.parametrize(("first", "again", "folder", "book"), FAULTS)
def test_a_fault_is_one_line_at_its_cell(
    first: dict[str, str], again: dict[str, str] | None, folder: str, book: str, tmp_path: Path
) -> None:
    """A mark that says nothing, nothing to be shared out, and one figure that would start anew and would not."""
    tables = small_plan(indicators=(first, *([again] if again else [])), **ALONE)
    line = 3 if again else 2
    for name, data in write_texts(tables).items():
        (tmp_path / name).write_bytes(data)
    (fault,) = faults_in(str(tmp_path))
    assert fault.startswith(f"indicators.csv, ô R{line}: ")
    assert folder in fault
    (tmp_path / "ke-hoach.xlsx").write_bytes(draw_plan(tables))
    (fault,) = faults_in(str(tmp_path / "ke-hoach.xlsx"))
    assert fault.startswith(f"Trang “Chỉ tiêu”, ô {at('indicators', 'prorated', line + 1)}: ")
    assert book in fault


def test_the_same_figure_may_have_a_target_on_one_row_only(tmp_path: Path) -> None:
    untargeted = CHECKUPS | {"prorated": "", "targets": ""}
    tables = small_plan(indicators=(untargeted, AGAIN), **ALONE)
    for name, data in write_texts(tables).items():
        (tmp_path / name).write_bytes(data)
    assert faults_in(str(tmp_path)) == []


@pytest.mark.parametrize(
    ("fields", "is_doubted"),
    [
        ("numerator (lũy kế): Đã khám | denominator: Dân số", False),
        ("numerator: Đã khám | denominator: Dân số", True),
        ("numerator (lũy kế): Lượt tại trạm | denominator (lũy kế): Tổng số lượt", True),
        ("numerator: Đã tiêm | denominator (lũy kế): Đến lịch", True),
    ],
)
def test_a_figure_that_does_not_start_at_nothing_is_doubted(fields: str, is_doubted: bool) -> None:
    """Half of its target would be a milestone that it passes on 1 January."""
    plan = build_plan(small_plan(indicators=(CHECKUPS | {"fields": fields},)))
    found = _doubted(plan)
    assert len(found) == is_doubted
    assert all("TT 1 (BHYT_COVERAGE)" in note for note in found)
    assert severity_of(OddityKind.GAP) == "warning"
    assert _doubted(build_plan(small_plan(indicators=(CHECKUPS | {"fields": fields, "prorated": ""},)))) == []


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_no_plan_of_the_catalog_is_doubted(plan_id: str) -> None:
    plan = load_plan(plan_id)
    assert [note for note in _doubted(plan) if "chia theo tháng" in note] == []
    prorated = [row.code for row in plan.indicators if row.prorated]
    assert prorated == (["PERIODIC_CHECKUP"] if plan_id in ("ninh-binh-syt", "thanh-nam") else [])


def test_a_draft_proposes_it_with_a_target_only(tmp_path: Path) -> None:
    """And marks it, as every reading; a row that prints no number to reach has none to share out."""
    name = "Tỉ lệ người dân được khám sức khỏe định kỳ"
    head, rest = ("TT", "Nội dung", "ĐVT", "Mục tiêu", "Cơ quan chủ trì"), "Tỉ lệ dân số tham gia bảo hiểm y tế"
    for target, prorated in (("100", "x"), ("", "")):
        made = WordMaker().paragraphs("PHỤ LỤC 1", "CHỈ TIÊU", "1. Mục tiêu đến năm 2030")
        made.table(head, ("1", name, "%", target, "Trạm Y tế"), ("2", rest, "%", "100", "Trạm Y tế"))
        path = tmp_path / "ke-hoach.docx"
        path.write_bytes(made.bytes())
        first, second = read_document(path).tables.indicators.rows
        assert (first["code"], first["prorated"], second["prorated"]) == ("PERIODIC_CHECKUP", prorated, "")
        assert ("prorated" in first["confirm"].split("; ")) == bool(prorated)
