"""LibreOffice, given the formulas alone, comes to the figures that the workbook holds as cached values.

One call takes all workbooks: few returns and many, three periods, conflicts, estimates, texts that would be formulas.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from consolidate.model import Consolidation
from consolidate.run import consolidate
from consolidate.workbook.book import draw_workbook
from plan.words import DataState
from tests import blank
from tests.consolidate.hostile_case import TEXTS, hostile_run
from tests.consolidate.leaders_case import leaders_run
from tests.consolidate.partial_case import came_in, communes, consolidated, everybody, period_of, remembered
from tests.consolidate.workbook_case import AS_OF, entry, full_run, received, say
from tests.office import Office, recalculation_differences, without_cached_values
from validation.model import Checked, Earlier, IndicatorEntry

pytestmark = pytest.mark.office

_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d|#\d")


def _third_period() -> Consolidation:
    """The first half of 2027 of the real plan: the offices and thirty communes, after two periods of other units."""
    units = (*(u for u in everybody() if u not in communes()), *communes()[:30])
    past = (remembered(communes()[10:90], "2026-Y"), remembered(everybody(), "2026-H1"))
    period = period_of("2027-H1")
    return consolidated(came_in(units, period), period, past)


def _many_measures() -> Consolidation:
    """Every measure over 36 communes, with a conflict, estimates, awkward fractions, rows in error and out of scope."""
    base = full_run()
    names = tuple(f"xa-{n:02}" for n in range(32))
    units = (*base.plan.units, *(blank.unit(n, f"UBND {n.upper()}", ("xa",), "xã") for n in names))
    plan = replace(base.plan, units=units, digest="large")
    numbers = [*base.checked.indicator_entries]
    for n, unit in enumerate(names):
        numbers += _answers(unit, n)
    checked = replace(
        base.checked,
        indicator_entries=tuple(numbers),
        returns=(*base.checked.returns, *(received(unit, late=unit.endswith("7")) for unit in names)),
    )
    past = Earlier(replace(base.period, id="2025-H1", year=2025), base.checked.indicator_entries[:12], ())
    return consolidate(plan, base.period, AS_OF, checked, (past,))


def _answers(unit: str, n: int) -> list[IndicatorEntry]:
    state = DataState.ESTIMATE if n % 3 == 0 else None
    if n % 5 == 4:
        return [entry(unit, "DOCTORS.count", None, state=DataState.NOT_APPLICABLE, explanation="Không có trạm")]
    return [
        entry(unit, "RATIO.numerator", str(n), state=state),
        entry(unit, "RATIO.denominator", str(3 * n), state=state),
        entry(unit, "SUM.value", f"{n}.{n}7", state=state, blocked=n % 11 == 0),
        entry(unit, "WEIGHTED.value", f"{n}.3", state=state),
        entry(unit, "WEIGHTED.weight", str(n % 7)),
        entry(unit, "DOCTORS.count", str(n % 6)),
        entry(unit, "ATTAINED.attained", "Đạt" if n % 2 else "Chưa đạt"),
        entry(unit, "RATIO_GAIN.baseline_numerator", str(n)),
        entry(unit, "RATIO_GAIN.baseline_denominator", "7"),
        entry(unit, "RATIO_GAIN.current_numerator", str(n + 1)),
        entry(unit, "RATIO_GAIN.current_denominator", "9" if n else "0"),
    ]


def _only_zeros() -> Consolidation:
    """Confirmed zeros everywhere: what is divided by them has to be no figure, and no error either."""
    base = full_run()
    nothing = tuple(
        replace(e, value=type(e.value)(0), state=DataState.NOTHING) if not isinstance(e.value, str) and e.value else e
        for e in base.checked.indicator_entries
    )
    return consolidate(base.plan, base.period, AS_OF, replace(base.checked, indicator_entries=nothing))


RUNS: Mapping[str, Callable[[], Consolidation]] = {
    "zeros": _only_zeros,
    "leaders": leaders_run,
    "hostile": lambda: hostile_run((*TEXTS, "1E5", "TRUE", "#N/A", "2026-06-30")),
    "many": _many_measures,
    "nobody": lambda: consolidated(Checked((), (), (), ()), period_of("2026-H1")),
    "third": _third_period,
}


@pytest.fixture(scope="module")
def recalculated(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each workbook as we draw it, and as LibreOffice saves it after calculating every formula from nothing."""
    folder = tmp_path_factory.mktemp("recalculated")
    ours = {name: draw_workbook(make(), say) for name, make in RUNS.items()}
    sources = [folder / f"{name}.xlsx" for name in ours]
    for path, data in zip(sources, ours.values(), strict=True):
        path.write_bytes(without_cached_values(data))
    theirs = office.convert(sources, "xlsx", folder / "saved")
    return {name: (ours[name], path.read_bytes()) for name, path in zip(ours, theirs, strict=True)}


@pytest.mark.parametrize("name", RUNS)
def test_a_recalculation_gives_every_cached_value_again(
    recalculated: dict[str, tuple[bytes, bytes]], name: str
) -> None:
    """In every sheet and cell; there is no error among them, which would be a difference as well."""
    compared, differences = recalculation_differences(*recalculated[name])
    assert differences == []
    assert compared > 60


@pytest.mark.parametrize("name", RUNS)
def test_no_text_of_a_sheet_is_an_error(recalculated: dict[str, tuple[bytes, bytes]], name: str) -> None:
    """LibreOffice saves some errors as texts; what a unit wrote may look like one, before and after."""
    ours, theirs = (sorted(_like_errors(data)) for data in recalculated[name])
    assert theirs == ours
    assert bool(ours) == (name == "hostile")


def _like_errors(data: bytes) -> list[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    lines = (line for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python())
    return [cell for line in lines for cell in line if isinstance(cell, str) and _ERROR.search(cell)]


@pytest.mark.parametrize("name", RUNS)
def test_sheets_and_charts_outlive_libreoffice(recalculated: dict[str, tuple[bytes, bytes]], name: str) -> None:
    """Who works with it saves what we drew."""
    sheets, charts = zip(*map(_parts, recalculated[name]), strict=True)
    assert sheets[0] == sheets[1]
    assert charts[0] == charts[1]


def _parts(data: bytes) -> tuple[list[str], int]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        charts = sum(name.startswith("xl/charts/chart") for name in archive.namelist())
    return CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names, charts
