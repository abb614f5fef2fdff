"""What the unit reported last period, as it stands beside the inputs: a value, a result or a short text.

Keys are (row code, column key): ("BHYT_COVERAGE.numerator", "value"), ("NV-I-2", "progress").
Nothing is guessed: what is not known is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from plan.layout import ResultRow
from templates.formulas import number_text

Previous = Mapping[tuple[str, str], str | Decimal]
NOT_KNOWN = "–"


def result_before(result: ResultRow, previous: Previous) -> Decimal | None:
    """Return last period's percentage or difference, None when its inputs are not all known numbers."""

    def entry(name: str) -> Decimal:
        value = previous[f"{result.indicator.code}.{name}", "value"]
        if not isinstance(value, Decimal):
            raise KeyError(name)
        return value

    def ratio(prefix: str) -> Decimal:
        return 100 * entry(f"{prefix}numerator") / entry(f"{prefix}denominator")

    names = {field.name for field in result.indicator.fields}
    try:
        if "numerator" in names:
            figure = ratio("")
        elif "baseline_numerator" in names:
            figure = ratio("current_") - ratio("baseline_")
        else:
            figure = entry("current") - entry("baseline")
    except (KeyError, ArithmeticError):
        return None
    return figure.quantize(Decimal(1).scaleb(-result.indicator.decimals), rounding=ROUND_HALF_UP)


def task_before(code: str, previous: Previous) -> str:
    """Return last period's status and percentage of a task as a sentence for an input message, or ""."""
    progress = previous.get((code, "progress"), "")
    percent = f"{number_text(f'{progress.normalize():f}')}%" if isinstance(progress, Decimal) else progress
    parts = [str(part) for part in (previous.get((code, "status"), ""), percent) if part]
    return f"\nKỳ trước: {', '.join(parts)}." if parts else ""
