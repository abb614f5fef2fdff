"""Every consolidated figure against a second reckoning in exact fractions, over random plans and random returns.

The other tests of this package say what a rule is; this one says that nothing comes between the rules.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from consolidate.model import (
    Consolidation,
    CoverageBasis,
    IndicatorResult,
    OverallStatus,
    TargetVerdict,
    TaskResult,
)
from consolidate.past import Compared, changes, trend
from consolidate.result_json import consolidated_json
from consolidate.run import consolidate
from consolidate.tallies import Tally, by_group, by_lead, urgent, whole
from consolidate.workbook.book import draw_workbook
from plan.model import Aggregation, Assignment, Plan
from plan.words import DataState
from tests import blank
from tests.consolidate import exact_oracle, exact_tasks
from tests.consolidate.exact_oracle import Case, Told
from tests.consolidate.random_case import SHAPES, ZONE, cases
from validation.model import IndicatorEntry

# The same cases on every machine, however busy. To shrink one takes minutes: a failure names its row and figure.
STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
NEW = "xa-moi"


def run_of(case: Case) -> Consolidation:
    """The consolidation of a made-up case."""
    as_of = datetime.combine(case.today, time(8), ZONE)
    return consolidate(case.plan, case.period, as_of, case.checked, case.earlier)


def figure_told(run: Consolidation, r: IndicatorResult) -> Told:
    """A result by the names of the oracle."""
    return {
        "value": r.value,
        "numerator": r.numerator,
        "denominator": r.denominator,
        "mean": r.mean_of_percentages,
        "conflicts": list(r.conflicts),
        "own": {f.unit: f.value for f in r.figures},
        "expected": list(r.expected),
        "included": list(r.included),
        "missing": list(r.missing),
        "not_applicable": list(r.not_applicable),
        "target": r.target,
        "reached": r.reached,
        "verdict": r.verdict.value,
        "estimated": r.estimated,
        "milestone": r.milestone,
        "on_track": r.on_track,
        "coverage": (r.coverage.basis.value, r.coverage.share),
        "changes": [(c.compared.value, c.period.id, c.value, c.difference, c.same_units) for c in changes(run, r)],
        "trend": [(p.period.id, p.value) for p in trend(run, r)],
    }


def task_told(r: TaskResult) -> Told:
    """A task by the names of the oracle."""
    leads = [p.unit for p in r.leads]
    return {
        "status": r.status.value,
        "progress": r.progress,
        "overdue": r.overdue,
        "due_now": r.due_now,
        "at_risk": r.at_risk,
        "open_below": list(r.open_below),
        "leads": leads,
        "coordinators": [p.unit for p in r.parts if p.unit not in leads],
    }


def tally_told(t: Tally) -> exact_tasks.Tally:
    """A tally by the order of the oracle."""
    return t.label, t.tasks, {status.value: n for status, n in t.counts.items()}, t.overdue, t.at_risk


def check_figures(case: Case, run: Consolidation) -> None:
    """Appendix 1 against the oracle."""
    expected = exact_oracle.figures(case)
    for r in run.indicators:
        told = figure_told(run, r)
        assert told == {key: expected[r.indicator.code][key] for key in told}, r.indicator.code


def check_json(case: Case, run: Consolidation) -> None:
    """Huge, tiny, negative and absent figures: `exact` is the fraction itself, `value` what is printed of it."""
    expected = exact_oracle.figures(case)
    for row in json.loads(consolidated_json(run))["indicators"]:
        value = expected[row["code"]]["value"]
        if not isinstance(value, Fraction):
            assert (row["exact"], row["value"]) == (None, None)
            continue
        assert Fraction(row["exact"]) == value
        shown = exact_oracle.printed(value, row["decimals"])
        assert row["value"] == (int(shown) if shown.denominator == 1 else float(shown))


def check_tasks(case: Case, run: Consolidation) -> None:
    """Appendix 2 and all that leaders count of it against the oracle."""
    assert {r.task.code: task_told(r) for r in run.tasks} == exact_tasks.tasks(case)
    together, groups, leads, pressing = exact_tasks.tallies(case)
    assert tally_told(whole(run.tasks)) == together
    assert [tally_told(t) for t in by_group(run)] == groups
    assert [tally_told(t) for t in by_lead(run)] == leads
    assert [r.task.code for r in urgent(run.tasks)] == pressing


def kinds_in(case: Case, run: Consolidation) -> list[object]:
    """What of all that can happen does happen in a case."""
    seen: list[object] = [e.state for e in case.checked.indicator_entries]
    for r in run.indicators:
        seen += [r.indicator.measure, r.indicator.aggregation, r.verdict, r.coverage.basis, r.on_track]
        seen += [c.compared for c in changes(run, r)]
        seen += ["conflict"] if r.conflicts else []
        seen += ["same_as"] if r.indicator.same_as and r.included else []
        seen += ["mean differs"] if r.mean_of_percentages not in (None, r.value) else []
        seen += ["no denominator"] if any(f.value is None for f in r.figures) else []
    for t in run.tasks:
        told = {"overdue": t.overdue, "due now": t.due_now, "at risk": t.at_risk, "open below": t.open_below}
        seen += [t.status, *(word for word, happens in told.items() if happens)]
    return seen


EVERYTHING: tuple[object, ...] = (
    *(*TargetVerdict, *OverallStatus, *CoverageBasis, *Compared, *DataState, True, False),
    *(kind for measure, aggregation, _ in SHAPES for kind in (measure, aggregation)),
    *("conflict", "same_as", "mean differs", "no denominator"),
    *("overdue", "due now", "at risk", "open below"),
)


def test_every_figure_task_and_tally_equals_the_oracle() -> None:
    """Whatever a plan asks and units answer; and the random cases are not tame: each kind of outcome occurs in them."""
    seen: set[str] = set()

    @settings(STEADY, max_examples=13)
    @given(st.tuples(cases("H1"), cases("Q3"), cases("Y")))
    def look(made: tuple[Case, ...]) -> None:
        for case in made:
            run = run_of(case)
            check_figures(case, run)
            check_tasks(case, run)
            check_json(case, run)
            seen.update(map(repr, kinds_in(case, run)))  # by name and type: words of two enums may be alike

    look()
    assert [kind for kind in EVERYTHING if repr(kind) not in seen] == []


def with_unit(plan: Plan, code: str = "") -> Plan:
    """The plan with one more commune; of row `code` it is a reporter by name."""
    indicators = (
        replace(i, reporters=(*i.reporters, Assignment(NEW))) if code and code in (i.code, i.same_as) else i
        for i in plan.indicators
    )
    return replace(plan, units=(*plan.units, blank.unit(NEW, "Xã mới", ("xa",), "xã")), indicators=tuple(indicators))


@settings(STEADY, max_examples=10)
@given(cases())
def test_a_unit_without_data_changes_no_figure(case: Case) -> None:
    """A silent commune is named as missing where it should report, and nothing else of any number moves."""
    before, after = run_of(case), run_of(replace(case, plan=with_unit(case.plan)))
    for old, new in zip(before.indicators, after.indicators, strict=True):
        asked = any(a.ref == "@xa" for a in old.indicator.reporters)
        assert sorted(new.missing) == sorted((*old.missing, NEW) if asked else old.missing)
        assert sorted(new.included) == sorted(old.included)
        kept = ("value", "numerator", "denominator", "mean", "reached", "estimated", "milestone", "on_track", "own")
        told = figure_told(before, old), figure_told(after, new)
        assert [told[0][key] for key in kept] == [told[1][key] for key in kept]
        if not asked:
            assert told[0] == told[1]
    for one, other in zip(before.tasks, after.tasks, strict=True):
        assert (one.progress, one.counts) == (other.progress, other.counts)
        assert other.status in (one.status, "not_enough_reports")


def _split_in_two(entries: Sequence[IndicatorEntry], unit: str, names: set[str]) -> list[IndicatorEntry]:
    """Give a part of `names` to the new unit; what is not split (the value of a mean) both halves say alike."""
    found: list[IndicatorEntry] = []
    for e in entries:
        if e.unit != unit or not isinstance(e.value, Decimal):
            found += [e, replace(e, unit=NEW)] if e.unit == unit else [e]
            continue
        part = e.value / 4 if e.field in names else Decimal(0)
        found.append(replace(e, value=e.value - part))
        found.append(replace(e, unit=NEW, value=part if e.field in names else e.value))
    return found


_PARTS = {
    Aggregation.RATIO_OF_SUMS: {"numerator", "denominator"},
    Aggregation.SUM: {"value"},
    Aggregation.WEIGHTED_MEAN: {"weight"},
    Aggregation.DIFFERENCE: set(next(names for _, _, names in SHAPES if len(names) == 4)),
}


@settings(STEADY, max_examples=12)
@given(cases(), st.data())
def test_a_unit_that_reports_as_two_halves_weighs_what_it_weighed(case: Case, data: st.DataObject) -> None:
    """Numerators and denominators, addends and weights may be split over two units: the figure stays."""
    before = run_of(case)
    able = [
        r
        for r in before.indicators
        if r.included and not r.indicator.same_as and _PARTS.get(r.indicator.aggregation, set()) & _fields_of(r)
    ]
    assume(able)
    chosen = data.draw(st.sampled_from(able))
    i, unit = chosen.indicator, data.draw(st.sampled_from(chosen.included))
    entries = [e for e in case.checked.indicator_entries if e.row == i.code]
    halves = _split_in_two(entries, unit, _PARTS[i.aggregation])
    checked = replace(case.checked, indicator_entries=tuple(halves))
    after = run_of(replace(case, plan=with_unit(case.plan, i.code), checked=checked))
    (new,) = (r for r in after.indicators if r.indicator.code == i.code)
    assert (new.value, new.numerator, new.denominator) == (chosen.value, chosen.numerator, chosen.denominator)
    assert set(new.included) == {*chosen.included, NEW}


def _fields_of(r: IndicatorResult) -> set[str]:
    return {f.name for f in r.indicator.fields}


def _shuffled(case: Case, data: st.DataObject) -> Case:
    checked = case.checked
    return replace(
        case,
        checked=replace(
            checked,
            returns=tuple(data.draw(st.permutations(checked.returns))),
            indicator_entries=tuple(data.draw(st.permutations(checked.indicator_entries))),
            task_entries=tuple(data.draw(st.permutations(checked.task_entries))),
        ),
        earlier=tuple(
            replace(e, indicator_entries=e.indicator_entries[::-1], task_entries=e.task_entries[::-1])
            for e in case.earlier
        ),
    )


@settings(STEADY, max_examples=4)
@given(cases(), st.data())
def test_the_order_of_files_changes_no_byte(case: Case, data: st.DataObject) -> None:
    """Files come in any order: JSON and workbook are the same, byte for byte."""
    one, other = run_of(case), run_of(_shuffled(case, data))
    assert consolidated_json(one) == consolidated_json(other)
    assert draw_workbook(one, lambda f: f.code) == draw_workbook(other, lambda f: f.code)
