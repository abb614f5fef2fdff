"""The one door of the tests to LibreOffice and poppler: one profile a session, one rule for their absence.

LibreOffice stands in for what units and leaders open our workbooks with. Nothing of ours is imported here,
and no test starts these programs by itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

# "Always recalculate" a workbook of another program when it is loaded, whatever values it brings.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_LONGEST = 300  # seconds


def required(*programs: str) -> None:
    """Skip the running test when one of `programs` is not installed; fail it where CI=true promises them."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        reason = f"{', '.join(missing)}: not installed (LibreOffice Calc, poppler-utils)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice with a user profile of its own, made once: its first start takes seconds."""

    profile: Path

    @classmethod
    def set_up(cls, profile: Path) -> Office:
        """Make the profile; skips or fails when LibreOffice is not there."""
        required("soffice")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        return cls(profile)

    def convert(self, sources: Sequence[Path], kind: str, target: Path) -> list[Path]:
        """Save every source as `kind` (pdf, xlsx, xls, ods) in the folder `target`, in one call; any complaint fails.

        Returns the new files in the order of `sources`, whose names must differ before the extension.
        """
        assert len({source.stem for source in sources}) == len(sources), "one would overwrite the other"
        command = ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", kind, "--outdir", str(target), *map(str, sources)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_LONGEST, check=False)
        made = [target / f"{source.stem}.{kind}" for source in sources]
        # LibreOffice exits with 0 even for a file that it could not load.
        complaints = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line[:8].lower()]
        lost = [path.name for path in made if not path.is_file() or path.stat().st_size == 0]
        assert (done.returncode, complaints, lost) == (0, [], []), f"{complaints or done.stderr}; not made: {lost}"
        return made

    def recalculate(self, data: bytes, folder: Path) -> bytes:
        """Return the .xlsx `data` as LibreOffice saves it after calculating every formula from nothing."""
        source = folder / "workbook.xlsx"
        source.write_bytes(without_cached_values(data))
        return self.convert([source], "xlsx", folder / "recalculated")[0].read_bytes()


def without_cached_values(data: bytes) -> bytes:
    """The .xlsx `data`, its formula cells without values: whatever stands there later was calculated."""
    target = BytesIO()
    dropped = 0
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                dropped += count
            out.writestr(name, part)
    assert dropped, "no formula with a value: there is nothing to recalculate"
    return target.getvalue()


def recalculation_differences(ours: bytes, theirs: bytes) -> tuple[int, list[str]]:
    """Compare the formula cells of the .xlsx `ours` with LibreOffice's; returns (formulas, what differs).

    Numbers are equal up to the last bits of a double; an error value anywhere in `theirs` is a difference.
    """
    formulas = openpyxl.load_workbook(BytesIO(ours))
    cached, office = (openpyxl.load_workbook(BytesIO(data), data_only=True) for data in (ours, theirs))
    count = 0
    found = formula_errors(office)
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                mine, other = (book[sheet.title][cell.coordinate].value for book in (cached, office))
                mine, other = ("" if value is None else value for value in (mine, other))
                if other != (pytest.approx(mine, rel=1e-12, abs=1e-12) if isinstance(mine, float) else mine):
                    found.append(f"{sheet.title}!{cell.coordinate}: {mine!r} became {other!r}")
    return count, found


def formula_errors(book: Workbook) -> list[str]:
    """Every cell of `book`, loaded for its values, that holds an error."""
    return [
        f"{sheet.title}!{cell.coordinate}: {cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]


def pages(pdf: Path) -> list[str]:
    """The text of each page, laid out as printed."""
    required("pdftotext")
    command = ["pdftotext", "-layout", "-enc", "UTF-8", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=True)
    return done.stdout.decode().split("\f")[:-1]
