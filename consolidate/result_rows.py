"""The rows of `consolidated.json`: one figure, task or tally as plain values for any program.

Numbers are rounded here and nowhere before, half away from zero, to the decimals that the plan states;
`exact` keeps the fraction so that nobody has to trust the rounding. The Word report and the page are made of
these values alone, so whatever they say has to stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from consolidate.absence import why_missing
from consolidate.coverage import shown_percent
from consolidate.indicators import finer, levels_of
from consolidate.model import Consolidation, IndicatorResult, TaskPart, TaskResult
from consolidate.past import Change, PastTarget, TaskBefore, TrendPoint, before, changes, past_targets, trend
from consolidate.rounding import rounded
from consolidate.tallies import Tally
from plan.model import Period, Target
from plan.shown import group_heading, shown_due, shown_leads, shown_target, shown_unit
from validation.model import IndicatorEntry, TaskEntry


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _plain(value: Fraction | None) -> int | float | None:
    return None if value is None else int(value) if value.denominator == 1 else float(value)


def indicator_row(run: Consolidation, r: IndicatorResult, number: str) -> dict[str, object]:
    """One row of Appendix 1; `number` is what people see as its number where the document prints none."""
    decimals, share = r.indicator.decimals, r.coverage.share
    return {
        "code": r.indicator.code,
        "number": r.indicator.number,
        "shown_number": number,
        "name": r.indicator.name,
        "short": r.indicator.short,
        "section": r.indicator.section,
        "group": group_heading(r.indicator),
        "unit": shown_unit(r.indicator),
        "decimals": decimals,
        "lead": shown_leads(run.plan, r.indicator),
        "measure": r.indicator.measure.value,
        "aggregation": r.indicator.aggregation.value,
        "value": _number(rounded(r.value, decimals)),
        "exact": _exact(r.value),
        "numerator": _plain(r.numerator),
        "denominator": _plain(r.denominator),
        "prorated": r.indicator.prorated,
        "finer": r.finer,
        "finer_value": None if r.finer is None else _number(rounded(r.value, r.finer)),
        "target": _target(r.target),
        "targets": [_target(t) for t in r.targets],
        "past_targets": [_past_target(t, decimals) for t in past_targets(run, r)],
        "target_text": shown_target(r.indicator),
        "verdict": r.verdict.value,
        "reached": r.reached,
        "milestone": _plain(r.milestone),
        "milestones": [_plain(m) for m in r.milestones],
        "on_track": r.on_track,
        "estimated": r.estimated,
        "coverage": {
            "basis": r.coverage.basis.value,
            "share": None if share is None else _number(shown_percent(share) / 100),
        },
        "changes": [_change(c, decimals) for c in changes(run, r)],
        "trend": [_trend_point(p, decimals) for p in trend(run, r)],
        "mean_of_percentages": _number(rounded(r.mean_of_percentages, decimals)),
        "expected": len(r.expected),
        "included": list(r.included),
        "missing": list(r.missing),
        "missing_why": {why.value: list(units) for why, units in why_missing(run, r).items()},
        "not_applicable": list(r.not_applicable),
        "conflicts": list(r.conflicts),
        "units": [
            {
                "unit": f.unit,
                "value": _number(rounded(f.value, decimals)),
                "exact": _exact(f.value),
                "estimated": f.estimated,
                "fields": {e.field: _entry(e) for e in f.entries},
            }
            for f in r.figures
        ],
    }


def _past_target(past: PastTarget, decimals: int) -> dict[str, object]:
    """The result is as fine as its side of the target needs: 94,996 must not be told as 95,00 that failed at 95."""
    row = _target(past.target) or {}
    places = finer(past.value, decimals, levels_of((past.target,))) or decimals
    return row | {
        "label": past.period.label if past.period else None,
        "result": _number(rounded(past.value, places)),
        "included": past.included,
        "expected": past.expected,
        "reached": past.reached,
    }


def period_row(period: Period) -> dict[str, object]:
    """A period with its days."""
    return {
        "id": period.id,
        "label": period.label,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "due": period.due.isoformat() if period.due else None,
    }


def _change(c: Change, decimals: int) -> dict[str, object]:
    return {
        "compared": c.compared.value,
        "period": c.period.id,
        "label": c.period.label,
        "value": _number(rounded(c.value, decimals)),
        "difference": _number(rounded(c.difference, decimals)),
        "same_units": c.same_units,
    }


def _trend_point(p: TrendPoint, decimals: int) -> dict[str, object]:
    return {
        "period": p.period.id,
        "label": p.period.label,
        "value": _number(rounded(p.value, decimals)),
        "included": p.included,
        "expected": p.expected,
        "estimated": p.estimated,
    }


def _target(target: Target | None) -> dict[str, object] | None:
    if target is None:
        return None
    return {
        "year": target.year,
        "comparator": target.comparator.value,
        "value": _number(target.value),
        "threshold": target.threshold,
    }


def _entry(e: IndicatorEntry) -> dict[str, object]:
    value = _number(e.value) if isinstance(e.value, Decimal) else e.value
    row: dict[str, object] = {"value": value, "state": e.state.value if e.state else None}
    row |= {"file": e.file, "cell": f"{e.sheet}!{e.cell}"}
    return row | ({"explanation": e.explanation} if e.explanation.strip() else {})


def task_row(
    run: Consolidation, r: TaskResult, number: str, blocked: Mapping[tuple[str, str], TaskEntry]
) -> dict[str, object]:
    """One row of Appendix 2; `number` as of an indicator, `blocked` as of `blocked_entries`."""
    return {
        "code": r.task.code,
        "number": r.task.number,
        "shown_number": number,
        "name": r.task.name,
        "group": group_heading(r.task),
        "lead": shown_leads(run.plan, r.task),
        "due": shown_due(r.task),
        "result_asked": r.task.result,
        "parent": r.task.parent,
        "status": r.status.value,
        "progress": _plain(r.progress),
        "overdue": r.overdue,
        "due_now": r.due_now,
        "at_risk": r.at_risk,
        "before": _before(before(run, r)),
        "open_below": list(r.open_below),
        "counts": {status.value: count for status, count in r.counts.items()},
        "units": [_part(p, blocked.get((r.task.code, p.unit))) for p in r.parts],
    }


def blocked_entries(run: Consolidation) -> dict[tuple[str, str], TaskEntry]:
    """(task code, unit) -> what stands in a row with an error: no figure takes it, but its words are not lost."""
    return {(e.row, e.unit): e for e in run.checked.task_entries if e.blocked}


def _before(known: TaskBefore | None) -> dict[str, object] | None:
    if known is None:
        return None
    period = {"period": known.period.id, "label": known.period.label}
    return period | {"status": known.status.value, "progress": _plain(known.progress)}


def _part(p: TaskPart, blocked: TaskEntry | None) -> dict[str, object]:
    """What one unit said of a task; texts are left out where there are none: most parts have few."""
    e = p.entry
    row: dict[str, object] = {
        "unit": p.unit,
        "role": p.role.value,
        "scope": p.scope,
        "status": e.status.value if e and e.status else None,
        "progress": _number(e.progress) if e else None,
        "file": e.file if e else None,
    }
    if e is not None:
        texts = {
            "result": e.result,
            "document_number": e.document_number,
            "document_date": e.document_date.isoformat() if e.document_date else "",
            "difficulties": e.difficulties,
            "proposals": e.proposals,
            "explanation": e.explanation,
        }
        row |= {name: text for name, text in texts.items() if text.strip()}
    elif blocked is not None:
        texts = {name: getattr(blocked, name) for name in ("difficulties", "proposals", "explanation")}
        row |= {"blocked": True} | {name: text for name, text in texts.items() if text.strip()}
    return row


def tally_row(tally: Tally) -> dict[str, object]:
    """Counts of tasks under one label."""
    return {
        "label": tally.label,
        "tasks": tally.tasks,
        "counts": {status.value: count for status, count in tally.counts.items()},
        "overdue": tally.overdue,
        "at_risk": tally.at_risk,
    }


def counted(words: Sequence[str], found: Sequence[str]) -> dict[str, int]:
    """How often each of `words` is found, none left out."""
    return {word: found.count(word) for word in words}
