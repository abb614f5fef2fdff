"""LibreOffice, given the formulas alone, comes to the figures that the workbook holds as cached values."""

from __future__ import annotations

from pathlib import Path

import pytest

from consolidate.model import Consolidation
from consolidate.workbook.book import draw_workbook
from tests.consolidate.workbook_case import empty_run, full_run, say
from tests.office import Office, recalculation_differences

pytestmark = pytest.mark.office


@pytest.mark.parametrize("run", [full_run(), empty_run()], ids=["full", "empty"])
def test_a_recalculation_gives_every_cached_value_again(office: Office, run: Consolidation, tmp_path: Path) -> None:
    drawn = draw_workbook(run, say)
    compared, differences = recalculation_differences(drawn, office.recalculate(drawn, tmp_path))
    assert differences == []
    assert compared > 60
