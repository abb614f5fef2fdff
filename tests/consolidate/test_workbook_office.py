"""LibreOffice, given the formulas alone, comes to the figures that the workbook holds as cached values."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from consolidate.workbook.book import draw_workbook
from tests.consolidate.workbook_case import empty_run, full_run, say

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
# "Always recalculate" when a workbook of another program is loaded.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def without_cached_values(drawn: bytes) -> bytes:
    """The same workbook whose formula cells hold no values: whatever stands there later was calculated."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(drawn)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            out.writestr(name, part)
    return target.getvalue()


def recalculated(drawn: bytes, folder: Path) -> bytes:
    """The workbook after LibreOffice has calculated it."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, "utf-8")
    source = folder / "tong-hop.xlsx"
    source.write_bytes(without_cached_values(drawn))
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=120)
    return (out / source.name).read_bytes()


@pytest.mark.parametrize("run", [full_run(), empty_run()], ids=["full", "empty"])
def test_a_recalculation_gives_every_cached_value_again(run: object, tmp_path: Path) -> None:
    drawn = draw_workbook(run, say)  # type: ignore[arg-type]  # parametrize hands values over untyped
    formulas = openpyxl.load_workbook(BytesIO(drawn))
    cached = openpyxl.load_workbook(BytesIO(drawn), data_only=True)
    office = openpyxl.load_workbook(BytesIO(recalculated(drawn, tmp_path)), data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = (book[sheet.title][cell.coordinate].value for book in (cached, office))
                    ours, theirs = ("" if value is None else value for value in (ours, theirs))
                    assert theirs == (pytest.approx(ours, abs=1e-12) if isinstance(ours, float) else ours), (
                        sheet.title,
                        cell.coordinate,
                        cell.value,
                    )
                    compared += 1
    assert compared > 60
