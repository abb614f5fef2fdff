"""A clerk's desk: a workspace with the return of one unit, and the real commands, run in the tests' own process."""

from __future__ import annotations

import json
import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from click.testing import CliRunner, Result

from cli import tonghop
from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET, column_letter

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
        return self._run(command, *more).stdout

    def errors(self, command: str, *more: str) -> str:
        """As `call`; returns what it said beside its results."""
        return self._run(command, *more).stderr

    def _run(self, command: str, *more: str) -> Result:
        line = [command, "--period", "2026-H1", "--as-of", "2026-06-12", "--workspace", str(self.folder), *more]
        # In this process: a new one would spend most of its time on importing.
        done = CliRunner().invoke(tonghop, line, env={"TONGHOP_DATABASE_URL": self.database})
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code in (0, 1), done.output
        return done

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

    def number(self) -> object:
        """The people insured in the unit, as they stand in the totals of a fresh run."""
        self.call("consolidate")
        body = json.loads((self.folder / OUTPUTS / "consolidated.json").read_text(encoding="utf-8"))
        row = next(i for i in body["indicators"] if i["code"] == "BHYT_COVERAGE")
        return row["units"][0]["fields"]["numerator"]["value"]


def edited(data: bytes, number: int) -> bytes:
    """The return with another number of insured people."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book[INDICATOR_SHEET]
    codes = [cells[0] for cells in sheet.iter_rows(max_col=1, values_only=True)]
    row = codes.index("BHYT_COVERAGE.numerator") + 1
    sheet[f"{column_letter(INDICATOR_COLUMNS, 'value')}{row}"].value = number
    out = BytesIO()
    book.save(out)
    return out.getvalue()
