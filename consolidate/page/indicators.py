"""The indicators as the page shows them: figure, target, verdict, coverage, changes, and the line through the periods.

Reads the rows of `consolidated.json` (consolidate/result_rows.py) and words them; verdicts and differences are
theirs, never this module's. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consolidate import spelled
from consolidate.coverage import COVERAGE_WORDS
from consolidate.model import TARGET_VERDICT_WORDS, CoverageBasis, TargetVerdict
from consolidate.page.charts import Bar, Spark, bar, spark
from consolidate.past import COMPARED_WORDS, Compared
from consolidate.spelled import NO_FIGURE, Row
from plan.model import Comparator, Measure
from plan.shown import SIGNS

_MOST_NAMES = 200
_FINAL = (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
_FIXED_COLUMNS = 5
_CONFLICT = "Số liệu mâu thuẫn"


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
class Detail:
    """What unfolds under a row: a heading and its text."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator."""

    number: str
    name: str
    lead: str
    figure: str
    missing_figure: str
    estimated: bool
    bar: Bar | None
    target: str
    target_year: str
    verdict: str
    verdict_word: str
    provisional: str
    milestone: str
    included: str
    coverage: str
    not_applicable: str
    coverage_bar: Bar | None
    changes: Mapping[str, Change]
    spark: Spark | None
    said: str
    summary: str
    details: tuple[Detail, ...]


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
    target, coverage = row["target"], row["coverage"]
    return Line(
        number=row["shown_number"],
        name=row["name"],
        lead=row["lead"],
        figure="" if row["value"] is None else _measured(row, row["value"]),
        missing_figure="" if row["value"] is not None else _CONFLICT if row["conflicts"] else NO_FIGURE,
        estimated=row["estimated"],
        bar=_bar(row),
        target=_bound(row, target["comparator"], target["value"]) if target else row["target_text"],
        target_year=_target_year(row),
        verdict=row["verdict"],
        verdict_word=TARGET_VERDICT_WORDS[TargetVerdict(row["verdict"])],
        provisional=_provisional(row),
        milestone=_milestone(row),
        included=f"{spelled.count(len(row['included']))}/{spelled.count(row['expected'])}",
        coverage=_coverage(row),
        not_applicable=f"{spelled.count(len(row['not_applicable']))} không áp dụng" if row["not_applicable"] else "",
        coverage_bar=None if coverage["share"] is None else bar(100 * coverage["share"], None),
        changes={c["compared"]: _change(row, c) for c in row["changes"]},
        spark=spark([(p["value"], p["estimated"]) for p in row["trend"]]),
        said="; ".join(f"{p['label']}: {_trend_value(row, p)}" for p in row["trend"]),
        summary=_summary(row),
        details=_details(row, names),
    )


def _measured(row: Row, value: float) -> str:
    return spelled.measured(spelled.figure(value, row["decimals"]), row["unit"])


def _bound(row: Row, comparator: str, value: float) -> str:
    return f"{SIGNS[Comparator(comparator)]}\N{NO-BREAK SPACE}{spelled.measured(spelled.plain(value), row['unit'])}"


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
    if row["milestone"] is None:
        return ""
    bound = _measured(row, row["milestone"])
    if row["on_track"] is None:
        return f"mốc đến cuối kỳ: {bound}"
    return f"mốc đến cuối kỳ: {bound}, {'đạt mốc' if row['on_track'] else 'chưa đạt mốc'}"


def _coverage(row: Row) -> str:
    coverage = row["coverage"]
    if coverage["share"] is None:
        return ""
    return f"{spelled.percent(coverage['share'])} {COVERAGE_WORDS[CoverageBasis(coverage['basis'])]}"


def _bar(row: Row) -> Bar | None:
    """Only shares of a hundred have a length that means the same in every row."""
    if row["value"] is None or row["unit"] != "%" or row["measure"] == Measure.CHANGE:
        return None
    return bar(row["value"], row["target"]["value"] if row["target"] else None)


def _change(row: Row, change: Row) -> Change:
    unit = "điểm\N{NO-BREAK SPACE}%" if row["unit"].startswith("%") else row["unit"]
    return Change(
        difference=spelled.measured(spelled.difference(change["difference"], row["decimals"]), unit),
        before=_measured(row, change["value"]),
        other_units=not change["same_units"],
    )


def _trend_value(row: Row, point: Row) -> str:
    if point["value"] is None:
        return NO_FIGURE.lower()
    included = f"{spelled.count(point['included'])}/{spelled.count(point['expected'])} đơn vị"
    return f"{_measured(row, point['value'])} ({'ước, ' if point['estimated'] else ''}{included})"


def _summary(row: Row) -> str:
    """The line that is seen before the details unfold: what is missing stands there already."""
    parts = [
        f"{spelled.count(len(row[key]))} đơn vị {word}"
        for key, word in (
            ("conflicts", "có số liệu mâu thuẫn"),
            ("missing", "chưa có số liệu"),
            ("not_applicable", "không áp dụng"),
        )
        if row[key]
    ]
    return f"Chi tiết: {'; '.join(parts)}" if parts else "Chi tiết"


def _details(row: Row, names: Mapping[str, str]) -> tuple[Detail, ...]:
    found = [Detail("Cơ quan, đơn vị chủ trì", row["lead"]), Detail("Mục tiêu ghi trong kế hoạch", row["target_text"])]
    if row["numerator"] is not None and row["denominator"] is not None:
        parts = (spelled.plain(row[part]) for part in ("numerator", "denominator"))
        found.append(Detail("Tử số / mẫu số", " / ".join(parts)))
    mean = row["mean_of_percentages"]
    if mean is not None and mean != row["value"]:
        found.append(Detail("Bình quân số học các đơn vị (chỉ để so sánh)", _measured(row, mean)))
    if len(row["trend"]) > 1:
        found.append(Detail("Qua các kỳ", "; ".join(f"{p['label']}: {_trend_value(row, p)}" for p in row["trend"])))
    if row["conflicts"]:
        found.append(Detail("Số liệu mâu thuẫn, cần thống nhất một số", _conflicts(row, names)))
    for key, head in (("missing", "Chưa có số liệu"), ("not_applicable", "Không áp dụng")):
        if row[key]:
            found.append(Detail(f"{head} ({spelled.count(len(row[key]))} đơn vị)", _names(row, key, names)))
    return tuple(detail for detail in found if detail.text)


def _names(row: Row, key: str, names: Mapping[str, str]) -> str:
    if len(row[key]) == row["expected"] > 1:
        return "tất cả các đơn vị phải báo cáo chỉ tiêu này"
    return spelled.listed([names[unit] for unit in row[key]], _MOST_NAMES)


def _conflicts(row: Row, names: Mapping[str, str]) -> str:
    values = {f["unit"]: f["value"] for f in row["units"]}
    said = [
        f"{names[unit]}: {NO_FIGURE.lower() if values.get(unit) is None else _measured(row, values[unit])}"
        for unit in row["conflicts"]
    ]
    return "; ".join(said)
