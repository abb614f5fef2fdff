"""The indicators as the page shows them: figure, target, verdict, coverage, changes, and the line through the periods.

Reads the rows of `consolidated.json` (consolidate/result_rows.py) and words them; verdicts and differences are
theirs, never this module's. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate import spelled
from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import CONFLICT_FIGURE, NO_FIGURE, TARGET_VERDICT_WORDS, CoverageBasis, TargetVerdict
from consolidate.page.charts import Bar, Point, Spark, bar, spark
from consolidate.page.details import Detail, OwnNumbers, details, measured, own_numbers, summary
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.spelled import Row
from plan.model import Measure

_FINAL = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
_FIXED_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One comparison with an earlier period: its heading and that period."""

    key: str
    head: str
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure minus that of an earlier period."""

    difference: str
    before: str
    other_units: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator."""

    number: str
    name: str
    lead: str
    figure: str
    finer: str
    missing_figure: str
    estimated: bool
    bar: Bar | None
    target: str
    target_year: str
    verdict: str
    verdict_word: str
    provisional: str
    milestone: str
    past: tuple[str, ...]
    included: str
    coverage: str
    not_applicable: str
    coverage_bar: Bar | None
    changes: Mapping[str, Change]
    spark: Spark | None
    said: str
    summary: str
    details: tuple[Detail, ...]
    own: OwnNumbers | None


@dataclass(frozen=True, slots=True)
class Section:
    """The indicators under one heading of the document."""

    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """The whole section; `span` is the number of columns, `trends` whether any line has more than one period."""

    sections: tuple[Section, ...]
    span: str
    columns: tuple[Column, ...]
    trends: bool
    other_units: bool
    verdicts: tuple[tuple[str, str, str], ...]


def indicators(data: Row) -> Indicators:
    """Return the indicators in printed order under their headings."""
    names: Mapping[str, str] = data["unit_names"]
    sections: dict[str, list[Line]] = {}
    for row in data["indicators"]:
        head = " – ".join(text for text in (row["section"], row["group"]) if text)
        sections.setdefault(head, []).append(_line(row, names))
    lines = [line for found in sections.values() for line in found]
    words = {v.value: word for v, word in TARGET_VERDICT_WORDS.items()}
    trends = any(line.spark for line in lines)
    return Indicators(
        sections=tuple(Section(head, tuple(found)) for head, found in sections.items()),
        span=str(_FIXED_COLUMNS + len(data["compared_with"]) + trends),
        columns=tuple(
            Column(key, f"So với {COMPARED_WORDS[Compared(key)]}", period["label"])
            for key, period in data["compared_with"].items()
        ),
        trends=trends,
        other_units=any(change.other_units for line in lines for change in line.changes.values()),
        verdicts=tuple((v, words[v], spelled.count(number)) for v, number in data["verdicts"].items() if number),
    )


def _line(row: Row, names: Mapping[str, str]) -> Line:
    finer = spelled.finer(row)
    return Line(
        number=row["shown_number"],
        name=row["name"],
        lead=row["lead"],
        figure="" if row["value"] is None else spelled.result(row, row["value"]),
        finer=f"(chính xác hơn: {finer})" if finer else "",
        missing_figure="" if row["value"] is not None else CONFLICT_FIGURE if row["conflicts"] else NO_FIGURE,
        estimated=row["estimated"],
        bar=_bar(row),
        target=spelled.goals(row) or row["target_text"],
        target_year=_target_year(row),
        verdict=row["verdict"],
        verdict_word=TARGET_VERDICT_WORDS[TargetVerdict(row["verdict"])],
        provisional=_provisional(row),
        milestone=_milestone(row),
        past=tuple(_past(target) for target in row["past_targets"] if target["reached"] is not None),
        included=f"{spelled.count(len(row['included']))}/{spelled.count(row['expected'])}",
        coverage=_coverage(row),
        not_applicable=f"{spelled.count(len(row['not_applicable']))} không áp dụng" if row["not_applicable"] else "",
        coverage_bar=None if row["coverage"]["share"] is None else bar(100 * row["coverage"]["share"]),
        changes={c["compared"]: _change(row, c) for c in row["changes"]},
        spark=_spark(row),
        said="; ".join(f"{p['label']}: {measured(row, p)}" for p in row["trend"]),
        summary=summary(row),
        details=details(row, names),
        own=own_numbers(row, names),
    )


def _target_year(row: Row) -> str:
    target = row["target"]
    if target is None:
        return ""
    year = f"năm {target['year']}"
    if target["threshold"] is not None:
        return f"số đơn vị có từ {spelled.count(target['threshold'])} trở lên, {year}"
    return f"số đơn vị đạt, {year}" if row["measure"] == Measure.ATTAINED else year


def _provisional(row: Row) -> str:
    if row["verdict"] in _FINAL or row["reached"] is None:
        return ""
    return f"tạm tính: {'đạt' if row['reached'] else 'chưa đạt'}"


def _milestone(row: Row) -> str:
    goals = spelled.milestones(row)
    if not goals:
        return ""
    if row["on_track"] is None:
        return f"mốc đến cuối kỳ: {goals}"
    return f"mốc đến cuối kỳ: {goals}, {'đạt mốc' if row['on_track'] else 'chưa đạt mốc'}"


def _past(target: Row) -> str:
    return f"mục tiêu năm {target['year']}: {'đạt' if target['reached'] else 'chưa đạt'}"


def _coverage(row: Row) -> str:
    """The share of people or denominators; that of units, and all of them, is said by n/N already."""
    share, basis = row["coverage"]["share"], CoverageBasis(row["coverage"]["basis"])
    if share is None or basis is CoverageBasis.UNITS or not row["missing"]:
        return ""
    return f"{spelled.percent(share)} {COVERAGE_WORDS[basis]}"


def _bar(row: Row) -> Bar | None:
    """Only shares of a hundred have a length that means the same in every row."""
    if row["value"] is None or spelled.unit_of(row) != "%" or row["measure"] == Measure.CHANGE:
        return None
    return bar(row["value"], [target["value"] for target in row["targets"]])


def _spark(row: Row) -> Spark | None:
    """Half a year is not joined to a whole one where what is counted starts at nothing every year."""
    points = [
        Point(p["value"], p["estimated"], p["period"].partition("-")[2] if row.get("prorated") else "")
        for p in row["trend"]
    ]
    return spark(points, percentages="%" in spelled.unit_of(row))


def _change(row: Row, change: Row) -> Change:
    unit = spelled.unit_of(row)
    points = "điểm\N{NO-BREAK SPACE}%" if unit.startswith("%") else unit
    return Change(
        difference=spelled.measured(spelled.difference(change["difference"], row["decimals"]), points),
        before=spelled.result(row, change["value"]),
        other_units=not change["same_units"],
    )
