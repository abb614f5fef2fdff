"""What the ledger does for people, through the real commands: nothing that was sent is ever lost or forgotten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import sqlalchemy

from tests.conftest import ROOT, Run
from tests.desk import FILE, IN_TIME, OUTPUTS, UNIT, Desk, edited


def test_a_good_return_goes_on_counting_when_a_broken_one_is_saved_over_it(desk: Desk) -> None:
    """Attachments of one unit all have the same name: saving the second must not lose the first."""
    desk.put(desk.good, IN_TIME)
    assert desk.status()["state"] == "on_time"
    desk.put(desk.good[:5_000], IN_TIME + timedelta(days=1))
    former = f"2026-H1_{UNIT} (bản nhận 05-06-2026 09h00, mã {hashlib.sha256(desk.good).hexdigest()[:8]}).xlsx"
    assert desk.codes() == [(former, "OVERWRITTEN_VERSION"), (FILE, "FILE_DAMAGED")]
    status = desk.status()
    assert (status["state"], status["file"], status["other_files"]) == ("to_be_corrected", former, [FILE])
    assert status["answered"] == status["required"] > 0

    told = desk.call("history", "--unit", "Gia Viễn")
    assert "đã gửi 2 bản" in told
    assert told.count("ĐANG TÍNH") == 1
    desk.call("history", "--unit", UNIT, "--save", "1")
    (saved,) = (desk.folder / OUTPUTS / "ban-goc").iterdir()
    assert saved.read_bytes() == desk.good

    desk.call("history", "--unit", UNIT, "--withdraw", "1", "--reason", "Đơn vị báo gửi nhầm")
    assert desk.codes() == [(FILE, "FILE_DAMAGED")]
    assert desk.status()["answered"] == 0
    assert "đã rút: Đơn vị báo gửi nhầm" in desk.call("history", "--unit", UNIT)
    desk.call("history", "--unit", UNIT, "--restore", "1")
    assert desk.status()["file"] == former


def test_what_lies_on_the_disk_came_after_what_it_was_copied_over(desk: Desk) -> None:
    """A correction out of a zip or from a USB stick bears the hour at which it was saved, not that of its coming."""
    desk.put(desk.good, IN_TIME + timedelta(days=2))
    desk.call("validate")
    corrected = edited(desk.good, 7)
    desk.put(corrected, IN_TIME)
    assert [code for _, code in desk.codes()] == ["SUPERSEDED"]
    assert desk.number() == 7
    desk.put(desk.good, IN_TIME + timedelta(days=2))  # put back over the correction
    desk.call("validate")
    assert desk.number() != 7


def test_the_first_file_sent_once_more_is_the_units_last_word(desk: Desk) -> None:
    """The same attachment mailed again after a wrong one: its figures count, and nobody becomes late by it."""
    desk.put(desk.good, IN_TIME, "a.xlsx")
    desk.put(edited(desk.good, 7), IN_TIME + timedelta(days=1), "b.xlsx")
    desk.put(desk.good, IN_TIME + timedelta(days=30), "c.xlsx")
    assert desk.codes() == [("b.xlsx", "SUPERSEDED"), ("c.xlsx", "RESUBMITTED_UNCHANGED")]
    assert desk.number() != 7
    assert desk.status()["state"] == "on_time"


def test_completing_an_accepted_return_after_the_deadline_makes_nobody_late(desk: Desk) -> None:
    """Whoever answers a question, or mends a number of an accepted return, must not be worse off for it."""
    desk.put(desk.good, IN_TIME, "a.xlsx")
    desk.put(edited(desk.good, 7), IN_TIME + timedelta(days=30), "b.xlsx")
    status = desk.status()
    assert (status["state"], status["supplement"], status["file"]) == ("on_time", True, "b.xlsx")


def test_a_file_that_was_taken_away_is_named_on_the_screen_until_it_is_withdrawn(desk: Desk) -> None:
    """A return deleted by mistake would otherwise read like one that was never sent; looking changes no memory."""
    desk.put(desk.good, IN_TIME)
    desk.call("validate")
    (desk.inputs / FILE).unlink()
    for _ in range(2):
        assert "KHÔNG CÒN TRONG THƯ MỤC NHẬN (1 tệp" in (shown := desk.call("status"))
        assert f"{FILE} – UBND xã Gia Viễn, đạt yêu cầu" in shown
    assert "ĐANG TÍNH" in desk.call("history", "--unit", UNIT)
    desk.call("history", "--unit", UNIT, "--withdraw", "1", "--reason", "Gửi nhầm kỳ")
    assert "KHÔNG CÒN" not in desk.call("status")


def test_a_withdrawn_file_that_still_lies_in_the_folder_does_not_count(desk: Desk) -> None:
    """The department's word holds until it is taken back, and the findings say so."""
    desk.put(desk.good, IN_TIME)
    desk.call("validate")
    desk.call("history", "--unit", UNIT, "--withdraw", "1", "--reason", "Gửi nhầm")
    assert desk.codes() == [(FILE, "WITHDRAWN")]
    assert desk.status()["state"] == "missing"


def test_copying_the_folder_again_makes_nobody_late(desk: Desk) -> None:
    """The moment at which the bytes were first seen is remembered, whatever the copy's date says."""
    desk.put(desk.good, IN_TIME)
    first = desk.status()
    desk.put(desk.good, IN_TIME + timedelta(days=30))
    again = desk.status()
    assert (again["state"], again["received_at"]) == ("on_time", first["received_at"])


def test_what_counted_is_printed_on_the_next_template_wherever_the_ledger_lies(desk: Desk) -> None:
    """Through TONGHOP_DATABASE_URL as through the workspace's own file; without that ledger nothing is known."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 (only this test reads a workbook)

    desk.database = f"sqlite:///{desk.folder / 'chung.sqlite'}"
    desk.put(desk.good, IN_TIME)
    desk.call("consolidate")
    assert not (desk.folder / "outputs/ledger.sqlite").exists()
    body = json.loads((desk.folder / OUTPUTS / "consolidated.json").read_text(encoding="utf-8"))
    coverage = next(i for i in body["indicators"] if i["code"] == "BHYT_COVERAGE")
    reported = coverage["units"][0]["fields"]["numerator"]["value"]

    def printed() -> list[object]:
        shutil.rmtree(desk.folder / "outputs/ninh-binh-syt/2026-Y", ignore_errors=True)
        desk.call("template", "--period", "2026-Y", "--unit", UNIT)
        path = desk.folder / f"outputs/ninh-binh-syt/2026-Y/templates/2026-Y_{UNIT}.xlsx"
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Phụ lục 1").to_python(skip_empty_area=False)
        return next(list(row) for row in rows if row[0] == "BHYT_COVERAGE.numerator")

    assert reported in printed()
    desk.database = ""
    assert reported not in printed()


def test_a_rehearsal_never_writes_into_the_departments_database(clean: Run, tmp_path: Path) -> None:
    """Made-up figures in the common ledger would be next period's "previous values"."""
    root = tmp_path / "tap-duot"
    folder = root / "inputs/ninh-binh-syt/2026-H1"
    folder.mkdir(parents=True)
    shutil.copy(clean.inputs / FILE, folder)
    shutil.copy(clean.inputs.with_name("2026-H1.truth.json"), folder.parent)
    common = tmp_path / "chung.sqlite"
    environment = {**os.environ, "TONGHOP_DATABASE_URL": f"sqlite:///{common}"}
    line = [sys.executable, str(ROOT / "cli.py"), "validate", "--period", "2026-H1", "--workspace", str(root)]
    subprocess.run(line, env=environment, check=True, capture_output=True)
    assert not common.exists()
    engine = sqlalchemy.create_engine(f"sqlite:///{root / 'outputs/ledger.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT unit, counts FROM receipt").all() == [(UNIT, 1)]
    engine.dispose()
