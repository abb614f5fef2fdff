"""A report in which somebody has written is never lost to a new run, and never left to tell old numbers unsaid."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from plan.model import PlanError
from tests.desk import FILE, IN_TIME, OUTPUTS, UNIT, Desk, edited

OWN_WORDS = "Nhận xét của người soạn, viết lúc 23 giờ."


def texts(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs]


def written_in(path: Path) -> bytes:
    """Write a sentence into the report as its author would; returns the bytes that lie there then."""
    document = docx.Document(str(path))
    document.add_paragraph(OWN_WORDS)
    document.save(str(path))
    return path.read_bytes()


def test_an_untouched_report_follows_every_run_so_that_no_two_files_differ(desk: Desk) -> None:
    report = desk.folder / OUTPUTS / "bao-cao.docx"
    desk.put(desk.good, IN_TIME)
    assert "Cần báo cáo Word thì chạy" in desk.call("consolidate")
    assert not report.exists()
    assert str(report) in desk.call("consolidate", "--report")
    first = report.read_bytes()
    desk.call("consolidate")
    assert report.read_bytes() == first
    desk.put(edited(desk.good, 7), IN_TIME)
    assert str(report) in desk.call("consolidate")
    assert report.read_bytes() != first
    assert [p.name for p in report.parent.glob("*.docx")] == ["bao-cao.docx"]


def test_an_edited_report_stays_and_the_screen_says_that_its_numbers_are_older(desk: Desk) -> None:
    report = desk.folder / OUTPUTS / "bao-cao.docx"
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate", "--report")
    mine = written_in(report)
    shown = desk.call("consolidate")
    assert "đã được sửa tay (hoặc đang mở) nên giữ nguyên" in shown
    assert report.read_bytes() == mine


def test_a_new_report_sets_the_edited_one_aside_under_a_name_of_its_own(desk: Desk) -> None:
    report = desk.folder / OUTPUTS / "bao-cao.docx"
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate", "--report")
    kept = []
    for _ in range(2):  # the second time the name may be taken already
        mine = written_in(report)
        assert "Bản đã sửa tay được giữ lại ở" in desk.call("consolidate", "--report")
        kept.append(mine)
        assert OWN_WORDS not in texts(report)
    aside = [p for p in report.parent.glob("*.docx") if p != report]
    assert sorted(p.read_bytes() for p in aside) == sorted(kept)
    assert all(p.name.startswith("bao-cao (bản sửa tay ") for p in aside)
    assert (desk.inputs / FILE).read_bytes() == desk.good


def test_a_report_that_is_open_is_not_replaced_behind_its_authors_back(desk: Desk) -> None:
    """Word would save the old numbers over the new ones afterwards."""
    report = desk.folder / OUTPUTS / "bao-cao.docx"
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate", "--report")
    first = report.read_bytes()
    report.with_name("~$o-cao.docx").write_bytes(b"")
    desk.put(edited(desk.good, 7), IN_TIME)
    assert "đang mở" in desk.call("consolidate")
    assert report.read_bytes() == first


def test_what_cannot_be_written_is_found_before_anything_is(desk: Desk) -> None:
    """Two files of one folder that tell different numbers are worse than no new file."""
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate")
    before = {p.name: p.read_bytes() for p in (desk.folder / OUTPUTS).iterdir() if p.is_file()}
    (desk.folder / OUTPUTS / "bao-cao.docx").mkdir()
    desk.put(edited(desk.good, 7), IN_TIME)
    with pytest.raises(PlanError, match="không phải là một tệp"):
        desk.call("consolidate", "--report")
    assert {p.name: p.read_bytes() for p in (desk.folder / OUTPUTS).iterdir() if p.is_file()} == before


def test_an_edited_report_is_spoken_of_even_when_nothing_else_is_said(desk: Desk) -> None:
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate", "--report")
    written_in(desk.folder / OUTPUTS / "bao-cao.docx")
    assert "đã được sửa tay" in desk.errors("consolidate", "--quiet")
    assert "đã được sửa tay" in desk.errors("consolidate", "--format", "json")


def test_an_empty_folder_gives_an_honest_book_and_leaves_the_memory_alone(desk: Desk) -> None:
    """The eve of the deadline without one return: who is missing is what the clerk needs; figures there are none."""
    desk.put(desk.good, IN_TIME)
    counted = desk.number()
    (desk.inputs / FILE).unlink()
    assert "CHƯA CÓ BÁO CÁO NÀO" in (shown := desk.call("consolidate", "--report"))
    assert "KHÔNG CÒN TRONG THƯ MỤC NHẬN" in shown
    body = json.loads((desk.folder / OUTPUTS / "consolidated.json").read_text(encoding="utf-8"))
    assert body["units"] == {"expected": 150, "received": 0, "counted": 0, "accepted": 0}
    assert {i["value"] for i in body["indicators"]} == {None}
    assert "ĐANG TÍNH" in desk.call("history", "--unit", UNIT)
    desk.put(desk.good, IN_TIME)
    assert desk.number() == counted
