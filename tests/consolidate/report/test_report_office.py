"""LibreOffice, in Word's place, opens the report, clips nothing, and leaves a file that we know for edited."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from consolidate.report.draw import draw_report
from consolidate.report.keep import edited_since
from tests.consolidate.report.report_case import compared_data, with_groups
from tests.office import Office, required

pytestmark = pytest.mark.office
_POINTS_A_MM = 72 / 25.4


def test_every_page_is_whole_and_a_save_is_seen(office: Office, tmp_path: Path) -> None:
    """The longest task, the longest unit name and a word without blanks stay within the margins of their page."""
    required("pdftotext")
    data = with_groups(compared_data()) | {"rehearsal": True}
    data["tasks"][0]["name"] = "Tổ chức thực hiện nhiệm vụ dài " * 23  # 700 characters
    data["tasks"][0]["lead"] = "Bệnhviện" * 12
    data["unit_names"]["xa-d"] = "Trung tâm Kiểm nghiệm dược phẩm, mỹ phẩm và thiết bị y tế tỉnh " * 3
    source = tmp_path / "bao-cao.docx"
    source.write_bytes(draw_report(data))
    office.convert([source], "pdf", tmp_path / "pdf")
    (saved,) = office.convert([source], "docx", tmp_path / "saved")
    assert edited_since(saved.read_bytes())

    command = ["pdftotext", "-bbox", str(tmp_path / "pdf" / "bao-cao.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = told.split("<page ")[1:]
    assert len(pages) >= 6
    for page in pages:
        width, height = (float(found) for found in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        assert "TẬP</word>" in page  # of the red line
        for left, top, right, bottom in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page
        ):
            assert float(left) >= 30 * _POINTS_A_MM - 1
            assert float(right) <= width - 15 * _POINTS_A_MM + 1
            assert float(top) >= 0
            assert float(bottom) <= height - 20 * _POINTS_A_MM + 6
    words = " ".join(re.findall(r">([^<]+)</word>", told))
    assert words.count("Tổ chức thực hiện nhiệm vụ dài") >= 23
    assert "UBND XÃ C" in words
