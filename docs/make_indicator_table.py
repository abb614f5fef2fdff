"""Write docs/indicators.md, the plans of the catalog side by side: `.venv/bin/python docs/make_indicator_table.py`.

Run by hand when a plan of the catalog has changed; a test compares the file with what `table` returns.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from plan.load import catalog_ids, load_plan  # noqa: E402  # the repository is no installed package here
from plan.model import Indicator, Plan  # noqa: E402
from plan.national_set import national_indicators  # noqa: E402
from plan.shown import shown_leads, shown_numbers, shown_target  # noqa: E402

_HEAD = """# The plans of the catalog, side by side

Written by `docs/make_indicator_table.py` from the catalog: the same national indicator carries the same code in every
plan, so that a commune's figure can be rolled up into its province's. Targets are as printed, or as read (with the
year) where the document prints them inside a name; ✎ marks a row that stands in prose only. Rows with `_2030` or
`_2045` show the same figure against the later target.

Same code, same measure and fields; the area and who is counted are each plan's own, and its labels say so. Two codes
are not to be summed up from below without a look: `BHYT_VISITS_PRIMARY` counts the station and the other primary
facilities in the province's plan and the station alone in the communes'; `FREE_BASIC_CARE` is a share of hospitals in
the province's plan and one station's answer in a commune's.

"""


def table() -> str:
    """Return the whole page: one line per code, in the order of the national set, one column per plan."""
    plans = [load_plan(plan_id) for plan_id in catalog_ids()]
    codes = {code: None for row in national_indicators() for code in _with_later(row["code"], plans)}
    codes |= {i.code: None for plan in plans for i in plan.indicators}
    lines = [
        "| code | " + " | ".join(f"`{plan.id}`" for plan in plans) + " |",
        "|---|" + "---|" * len(plans),
    ]
    lines += [f"| `{code}` | " + " | ".join(_cell(plan, code) for plan in plans) + " |" for code in codes]
    return _HEAD + "\n".join(lines) + "\n\n" + _counts(plans)


def _with_later(code: str, plans: list[Plan]) -> list[str]:
    """Return the code and those of its later targets that any plan has."""
    later = {i.code for plan in plans for i in plan.indicators if re.fullmatch(rf"{code}_20\d\d", i.code)}
    return [code, *sorted(later)]


def _cell(plan: Plan, code: str) -> str:
    indicator = next((i for i in plan.indicators if i.code == code), None)
    if indicator is None:
        return "–"
    number = shown_numbers(plan.indicators)[code]
    mark = " ✎" if indicator.source else ""
    text = f"{number.rstrip('.')}{mark}: {_target(indicator)}<br>{shown_leads(plan, indicator)}"
    return text.replace("|", "\\|")


def _target(indicator: Indicator) -> str:
    target = shown_target(indicator)
    return target if not indicator.unit or indicator.unit in target else f"{target} {indicator.unit}"


def _counts(plans: list[Plan]) -> str:
    lines = ["| plan | level | indicators | tasks | units | reports |", "|---|---|---|---|---|---|"]
    for plan in plans:
        printed = [i for i in plan.indicators if not i.part_of]
        prose = sum(1 for i in printed if i.source)
        kinds = ", ".join(
            entry.kind + (f" before {entry.due[1]}/{entry.due[0]}" if entry.due else " (no day fixed)")
            for entry in plan.calendar
        )
        indicators = f"{len(printed)} from prose" if prose == len(printed) else str(len(printed))
        tasks = f"{len(plan.tasks)} from prose" if all(t.source for t in plan.tasks) else str(len(plan.tasks))
        cells = (f"`{plan.id}` {plan.issuer}", plan.level, indicators, tasks, str(len(plan.units)), kinds)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (HOME / "docs" / "indicators.md").write_text(table(), encoding="utf-8")
