"""Why a unit is missing: nobody is asked to mend what was never sent."""

from __future__ import annotations

from consolidate.absence import ABSENCE_WORDS, Absence, why_missing
from consolidate.result_rows import indicator_row
from tests.consolidate.workbook_case import full_run


def test_every_missing_unit_has_one_reason() -> None:
    """Xã C has an error in the row, xã D has sent nothing; of the other rows xã C has left the cells blank."""
    run = full_run()
    results = {r.indicator.code: r for r in run.indicators}
    ratio, doctors = why_missing(run, results["RATIO"]), why_missing(run, results["NOBODY"])
    assert ratio[Absence.FAULTY] == ("xa-c",)
    assert ratio[Absence.NOT_SENT] == ("xa-d",)
    assert (doctors[Absence.BLANK], doctors[Absence.NOT_SENT]) == (("xa-a", "xa-b", "xa-c"), ("xa-d",))
    for result in run.indicators:
        reasons = why_missing(run, result)
        assert sorted(u for units in reasons.values() for u in units) == sorted(result.missing)
        told = indicator_row(run, result, "1")["missing_why"]
        assert told == {why.value: list(units) for why, units in reasons.items()}
    assert set(ABSENCE_WORDS) == set(Absence)
