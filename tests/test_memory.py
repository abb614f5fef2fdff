"""What the ledger does for people, through the real command line: nothing that was sent is ever lost or forgotten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy

from tests.conftest import ROOT, Run

UNIT = "xa-gia-vien"
FILE = f"2026-H1_{UNIT}.xlsx"
IN_TIME = datetime(2026, 6, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OUTPUTS = Path("outputs/ninh-binh-syt/2026-H1")


class Desk:
    """A workspace with the return of one unit, and the commands of a clerk."""

    def __init__(self, folder: Path, good: Path) -> None:
        self.folder = folder
        self.good = good.read_bytes()
        self.inputs = folder / "inputs/ninh-binh-syt/2026-H1"
        self.inputs.mkdir(parents=True)
        self.database = ""

    def put(self, data: bytes, moment: datetime, file: str = FILE) -> None:
        path = self.inputs / file
        path.write_bytes(data)
        os.utime(path, (moment.timestamp(),) * 2)

    def call(self, command: str, *more: str) -> str:
        """Run a command two days after the deadline; returns what it printed."""
        line = [sys.executable, str(ROOT / "cli.py"), command, "--period", "2026-H1", "--as-of", "2026-06-12", *more]
        environment = {**os.environ, "TONGHOP_DATABASE_URL": self.database}
        done = subprocess.run(
            line, cwd=self.folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    def status(self) -> dict[str, Any]:
        """The unit's line after `status`."""
        self.call("status")
        lines = json.loads((self.folder / OUTPUTS / "status.json").read_text(encoding="utf-8"))
        line: dict[str, Any] = next(s for s in lines if s["unit"] == UNIT)
        return line

    def codes(self) -> list[tuple[str, str]]:
        self.call("validate")
        findings = json.loads((self.folder / OUTPUTS / "findings.json").read_text(encoding="utf-8"))
        return [(f["file"], f["code"]) for f in findings]


@pytest.fixture
def desk(clean: Run, tmp_path: Path) -> Desk:
    return Desk(tmp_path, clean.inputs / FILE)


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

    told = desk.call("history", "--unit", UNIT)
    assert "đã gửi 2 bản" in told
    assert told.count("ĐANG TÍNH") == 1
    code = told.split("ĐANG TÍNH")[1].split("mã ")[1].split()[0]
    desk.call("history", "--unit", UNIT, "--save", code)
    (saved,) = (desk.folder / OUTPUTS / "ban-goc").iterdir()
    assert saved.read_bytes() == desk.good

    desk.call("history", "--unit", UNIT, "--withdraw", code, "--reason", "Đơn vị báo gửi nhầm")
    assert desk.codes() == [(FILE, "FILE_DAMAGED")]
    assert desk.status()["answered"] == 0
    assert "đã rút: Đơn vị báo gửi nhầm" in desk.call("history", "--unit", UNIT)


def test_a_withdrawn_file_that_still_lies_in_the_folder_does_not_count(desk: Desk) -> None:
    """The department's word holds until it is taken back, and the findings say so."""
    desk.put(desk.good, IN_TIME)
    desk.call("validate")
    code = desk.call("history", "--unit", UNIT).split("mã ")[1].split()[0]
    desk.call("history", "--unit", UNIT, "--withdraw", code, "--reason", "Gửi nhầm")
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
        return next(row for row in rows if row[0] == "BHYT_COVERAGE.numerator")

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
    line = [sys.executable, str(ROOT / "cli.py"), "status", "--period", "2026-H1", "--workspace", str(root)]
    subprocess.run(line, env=environment, check=True, capture_output=True)
    assert not common.exists()
    engine = sqlalchemy.create_engine(f"sqlite:///{root / 'outputs/ledger.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT unit, counts FROM receipt").all() == [(UNIT, 1)]
    engine.dispose()
