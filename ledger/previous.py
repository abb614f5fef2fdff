"""What each unit reported in an earlier period, as its next template shows it beside the inputs.

Only what counted and was not blocked is here, so nothing unclear is printed. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from plan.words import STATUS_WORDS, DataState
from validation.model import Earlier, IndicatorEntry

Known = dict[tuple[str, str], str | Decimal]


def previous_values(earlier: Earlier) -> dict[str, Known]:
    """Return unit -> (row code, column key) -> value: ("BHYT_COVERAGE.numerator", "value"), ("NV-I-2", "progress").

    A row that does not apply to the unit shows nothing, and numbers have no trailing zeros.
    """
    known: dict[str, Known] = defaultdict(dict)
    outside = {(e.unit, e.row) for e in earlier.indicator_entries if _does_not_apply(e)}
    for e in earlier.indicator_entries:
        if e.value is not None and (e.unit, e.row) not in outside:
            known[e.unit][f"{e.row}.{e.field}", "value"] = _plain(e.value) if isinstance(e.value, Decimal) else e.value
    for t in earlier.task_entries:
        if t.status is not None:
            known[t.unit][t.row, "status"] = STATUS_WORDS[t.status]
        if t.progress is not None:
            known[t.unit][t.row, "progress"] = _plain(t.progress)
    return dict(known)


def _does_not_apply(e: IndicatorEntry) -> bool:
    return e.state is DataState.NOT_APPLICABLE and e.field != "evidence"


def _plain(value: Decimal) -> Decimal:
    """Return the same number written as shortly as it can be without an exponent: 95.50 is 95.5 and 1E+2 is 100."""
    digits = f"{value:f}"
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
