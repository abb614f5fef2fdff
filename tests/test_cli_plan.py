"""The commands on the plan itself, as people meet them: export, edit in Excel, import; a Word document; a new plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest

import cli
from plan.load import catalog_ids, load_plan
from tests.test_cli import called


def test_a_plan_is_edited_in_excel_and_used_at_once(tmp_path: Path) -> None:
    """Export, change a name in the workbook, draw templates from it; import makes the folder of texts again."""
    assert called("plan", "export", "ke hoach.xlsx", "--plan", "tran-lieu", folder=tmp_path).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "ke hoach.xlsx")
    sheet = book["Đơn vị"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "Trạm Y tế")
    cell.value = "Trạm Y tế phường Trần Liễu"
    book.save(tmp_path / "ke hoach.xlsx")
    used = called("template", "--plan", "ke hoach.xlsx", "--period", "2026-H1", "--due", "20/6/2026", folder=tmp_path)
    assert used.returncode == 0, used.stderr
    assert list((tmp_path / "outputs" / "tran-lieu" / "2026-H1" / "templates").glob("*.xlsx"))
    done = called("plan", "import", "ke hoach.xlsx", "--to", "moi", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "plan check moi" in done.stdout
    changed, before = load_plan(str(tmp_path / "moi")), load_plan("tran-lieu")
    assert "Trạm Y tế phường Trần Liễu" in [u.name for u in changed.units]
    assert (changed.tasks, changed.indicators) == (before.tasks, before.indicators)


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    done = called("plan", "export", "a.xlsx", folder=tmp_path)
    assert (done.returncode, (tmp_path / "a.xlsx").read_bytes()) == (2, b"x")
    assert "--replace" in done.stderr
    assert called("plan", "export", "a.xlsx", "--replace", folder=tmp_path).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() != b"x"


def test_a_new_plan_is_a_draft_that_loads_and_cannot_be_sent_out_unconfirmed(tmp_path: Path) -> None:
    made = called("plan", "new", "--province", "Sơn La", "--to", "son-la.xlsx", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert len([u for u in load_plan(str(tmp_path / "son-la.xlsx")).units if u.code]) == 75
    assert called("plan", "check", "son-la.xlsx", folder=tmp_path).returncode == 0
    sent = called("template", "--plan", "son-la.xlsx", "--period", "2026-H1", "--due", "20/6/2026", folder=tmp_path)
    assert sent.returncode == 2
    assert "xác nhận" in sent.stderr
    assert not (tmp_path / "outputs").exists()


def test_a_draft_is_not_rehearsed_into_a_folder_of_work(tmp_path: Path) -> None:
    """Only `demo`, in a folder of its own, may run on what nobody has confirmed; a refused --due leaves no trace."""
    assert called("plan", "new", "--province", "Cà Mau", "--to", "cm.xlsx", folder=tmp_path).returncode == 0
    options = ("--plan", "cm.xlsx", "--period", "2026-H1", "--due", "20/6/2026", "--workspace", "w")
    for command in ("simulate", "template"):
        assert called(command, *options, folder=tmp_path).returncode == 2
    assert not (tmp_path / "w").exists()


def test_a_word_document_becomes_a_draft_with_its_gaps_named(tmp_path: Path) -> None:
    """What could not be read and what is still to be filled in is said, with its place."""
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC 2")
    document.add_paragraph("PHÂN CÔNG NHIỆM VỤ")
    table = document.add_table(rows=2, cols=5)
    for cell, text in zip(
        table.rows[0].cells,
        ("STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"),
        strict=True,
    ):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("1", "Truyền thông", "Trạm Y tế", "", "Quý II/2026"), strict=True):
        cell.text = text
    document.save(str(tmp_path / "ke-hoach.docx"))
    done = called("plan", "import", "ke-hoach.docx", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ke-hoach-ban-nhap.xlsx").is_file()
    assert "1 nhiệm vụ" in done.stdout
    assert "chờ người xác nhận" in done.stdout
    assert re.search(r"Trang “Kế hoạch”, ô [A-Z]+\d+", done.stdout)


@pytest.mark.parametrize("name", ["ke-hoach.docx", "ke-hoach.pdf", "ke-hoach.xlsx", "ke-hoach.doc"])
def test_a_file_that_is_not_what_it_says_is_refused_in_vietnamese(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"khong phai")
    done = called("plan", "import", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


@pytest.mark.parametrize("plan_id", catalog_ids())
def test_every_plan_shows_and_checks_itself(plan_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON of both: rows in printed order, oddities as findings with place and suggestion; and a text for people."""

    def said(*arguments: str) -> str:
        cli.tonghop.main(["plan", *arguments], standalone_mode=False)
        return capsys.readouterr().out

    shown = json.loads(said("show", plan_id, "--format", "json"))
    assert shown["id"] == plan_id
    found = json.loads(said("check", plan_id, "--format", "json"))
    wanted = {"code", "severity", "place", "rows", "message", "printed", "reading", "suggestion"}
    assert all(wanted == set(f) and f["place"] and f["suggestion"] for f in found)
    assert {f["severity"] for f in found} <= {"warning", "note"}
    assert all(row["code"] in said("show", plan_id) for row in shown["tasks"][:1])
    assert f"{len(found)} chỗ cần lưu ý" in said("check", plan_id)


def test_a_plan_without_deadlines_asks_for_one_and_keeps_it(tmp_path: Path) -> None:
    """The document says "theo quy định": nothing goes out before the department has set the day, once."""
    period = ("--plan", "tran-lieu", "--period", "2026-H1")
    refused = called("template", *period, folder=tmp_path)
    assert refused.returncode == 2
    assert "--due" in refused.stderr
    done = called("template", *period, "--due", "20/6/2026", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    status = called("status", *period, "--as-of", "2026-06-15", folder=tmp_path)
    assert "20/6/2026" in status.stdout
    moved = called("status", *period, "--due", "25/6/2026", "--as-of", "2026-06-15", folder=tmp_path)
    assert "trước đây: trước ngày 20/6/2026" in moved.stdout
    assert "Biểu mẫu đã gửi còn ghi hạn cũ" in moved.stdout
    assert "25/6/2026" in called("status", *period, "--as-of", "2026-06-15", folder=tmp_path).stdout
    assert called("status", *period, "--due", "25/6/2062", folder=tmp_path).returncode == 2
    note = tmp_path / "inputs" / "tran-lieu" / "2026-H1.toml"
    note.write_text("hỏng", encoding="utf-8")
    told = called("status", *period, folder=tmp_path)
    assert (told.returncode, note.name in told.stderr) == (2, True)
    mended = called("status", *period, "--due", "25/6/2026", "--as-of", "2026-06-15", folder=tmp_path)
    assert mended.returncode == 0, mended.stderr  # as the message of every broken note says
    assert "có giờ" in called("status", *period, "--due", "25/6/2026 17:00", folder=tmp_path).stderr
    assert "25/6/2026" in called("status", *period, "--as-of", "2026-06-15", folder=tmp_path).stdout
