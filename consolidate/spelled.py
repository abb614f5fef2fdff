"""How every output spells numbers, bounds, shares, days and names, the Vietnamese way.

Every function returns text, so that no template writes a number by itself. Nothing is computed here but the share
of one count in another; figures come rounded and are only padded to their decimals, and bounds are never rounded: a
target of 12,5 stays one where the row has no decimals. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

from consolidate.model import NO_FIGURE as NO_FIGURE  # noqa: PLC0414 (the report takes its words from here)
from consolidate.rounding import rounded, vietnamese
from plan.dates import day_text, deadline_text, moment_text
from plan.model import Comparator, Measure
from plan.shown import SIGNS
from plan.text_fit import shortened

Row = Mapping[str, Any]  # one object of consolidated.json (consolidate/result_rows.py)

_MORE_IN_BOOK = "… (xem tiếp trong sổ tổng hợp)"
_MINUS = "\N{MINUS SIGN}"
_ABOUT = "≈"
_MOST_PLACES = 12  # a number that needs more has no end: a twelfth of a target
_OF_ENDLESS = 6  # so many places of it are shown
_SHARES = (Measure.RATIO, Measure.THRESHOLD, Measure.ATTAINED)  # parts of a whole: never above 100%
_OF_UNITS = (Measure.THRESHOLD, Measure.ATTAINED)  # percentages of units, whatever their fields count


def figure(value: float, decimals: int) -> str:
    """Return a number of the JSON with `decimals` places: "1.234,50"."""
    exact = rounded(Fraction(str(value)), decimals)
    return "" if exact is None else vietnamese(exact)


def difference(value: float, decimals: int) -> str:
    """Return a change with its sign: "+1,20", "−0,35", "0,00"."""
    text = figure(abs(value), decimals)
    if not value:
        return text
    return f"+{text}" if value > 0 else f"{_MINUS}{text}"


def count(number: int) -> str:
    """Return a whole number: "3.321"."""
    return vietnamese(Decimal(number))


def plain(value: float) -> str:
    """Return a number of the JSON with the places that it needs and no more: "47,5", "1.200", "0,00005"."""
    return exact(Fraction(str(value)))


def exact(value: Fraction | Decimal) -> str:
    """Return a number with the places that it has and no more, never rounded: "1.234,5"; endless ones "≈ 0,333333"."""
    number = Fraction(value)
    places = next((n for n in range(_MOST_PLACES + 1) if (number * 10**n).denominator == 1), None)
    text = rounded(number, _OF_ENDLESS if places is None else places) or Decimal(0)
    return vietnamese(text) if places is not None else f"{_ABOUT} {vietnamese(text)}"


def bound(comparator: Comparator, value: Fraction | Decimal, measure: Measure, unit: str) -> str:
    """Return what a figure is held against, with its sign, exactly: "≥ 12,5%"; all of a share is just "100%"."""
    own = "%" if measure in _OF_UNITS else unit
    text = measured(_ended(exact(value), value), own)
    if comparator is Comparator.AT_LEAST and value == 100 and own == "%" and measure in _SHARES:
        return text
    return f"{SIGNS[comparator]}\N{NO-BREAK SPACE}{text}"


def _ended(text: str, value: Fraction | Decimal) -> str:
    """A bound without end is cut, not rounded: "8,333333…"."""
    if not text.startswith(_ABOUT):
        return text
    cut = Fraction(int(Fraction(value) * 10**_OF_ENDLESS), 10**_OF_ENDLESS)
    return f"{vietnamese(rounded(cut, _OF_ENDLESS) or Decimal(0))}…"


def joined(bounds: Sequence[str]) -> str:
    """Return several bounds of one year, which must all hold: "≥ 90% và ≤ 110%"."""
    return " và ".join(bounds)


def goals(row: Row) -> str:
    """Return all targets of the year that an indicator's row is held against, "" where it has none."""
    return joined([_bound(row, target, target["value"]) for target in row["targets"]])


def milestones(row: Row) -> str:
    """Return what the targets of a prorated row come to by the end of the period, "" where it has none."""
    pairs = zip(row["targets"], row["milestones"], strict=False)
    return joined([_bound(row, target, value) for target, value in pairs])


def past_goal(row: Row, target: Row) -> str:
    """Return one target of a year that is over: "> 95%"."""
    return _bound(row, target, target["value"])


def past_target(row: Row, target: Row) -> str:
    """Return what became of a target whose year is over, as one sentence."""
    count_of = f"{count(target['included'])}/{count(target['expected'])} đơn vị" if target["expected"] > 1 else ""
    threshold = "" if target["threshold"] is None else f" đơn vị có từ {count(target['threshold'])} trở lên"
    goal = f"{past_goal(row, target)}{threshold}"
    found = None if target["result"] is None else (result(row, target["result"]), count_of, target["reached"])
    return past_words(target["year"], goal, found)


def past_words(year: int, goal: str, found: tuple[str, str, bool | None] | None) -> str:
    """Return the sentence on a target of a past year; `found` is its year's figure, of how many units, and whether met.

    >>> past_words(2026, "> 95%", ("93,84%", "119/129 đơn vị", False))
    'Mục tiêu năm 2026 (> 95%) đã hết hạn: kết quả năm 2026 là 93,84% (119/129 đơn vị), chưa đạt.'
    """
    over = f"Mục tiêu năm {year} ({goal}) đã hết hạn"
    if found is None:
        return f"{over}: không có số liệu kỳ báo cáo cả năm {year} để đối chiếu."
    figure_of_year, count_of, reached = found
    met = {True: ", đạt", False: ", chưa đạt", None: ""}[reached]
    of = f" ({count_of})" if count_of else ""
    return f"{over}: kết quả năm {year} là {figure_of_year}{of}{met}."


def unit_of(row: Row) -> str:
    """Return in what an indicator's figure is measured: a share of units is one of a hundred, whatever they count."""
    return "%" if row["measure"] in _OF_UNITS else " ".join(row["unit"].split())


def result(row: Row, value: float) -> str:
    """Return a figure of an indicator's row with its decimals and unit of measure: "95,30%"."""
    return measured(figure(value, row["decimals"]), unit_of(row))


def finer(row: Row) -> str:
    """Return the figure as fine as it takes to see on which side of a bound it lies, "" where its own decimals do."""
    if row["finer"] is None:
        return ""
    return measured(figure(row["finer_value"], row["finer"]), unit_of(row))


def _bound(row: Row, target: Row, value: float) -> str:
    return bound(Comparator(target["comparator"]), Fraction(str(value)), Measure(row["measure"]), unit_of(row))


def share(part: int, whole: int) -> str:
    """Return `part` in `whole` as a percentage of one decimal; "" of nothing."""
    exact = rounded(Fraction(100 * part, whole), 1) if whole else None
    return "" if exact is None else f"{vietnamese(exact)}%"


def percent(ratio: float) -> str:
    """Return a ratio of the JSON (0..1, three decimals) as a percentage of one decimal: "92,1%"."""
    text = rounded(100 * Fraction(str(ratio)), 1)
    return "" if text is None else f"{vietnamese(text)}%"


def measured(text: str, unit: str) -> str:
    """Return a spelled number with its unit of measure: "95,30%", "74,6 tuổi"."""
    if not unit or unit.startswith("%"):
        return f"{text}{unit}"
    return f"{text}\N{NO-BREAK SPACE}{unit_word(unit)}"


def unit_word(unit: str) -> str:
    """Return a printed unit of measure as it stands behind a number: "Tuổi" small, "BN/10.000 dân" as it is."""
    return unit[0].lower() + unit[1:] if unit[1:].islower() else unit


def moment(iso: str, zone: tzinfo | None) -> str:
    """Return a moment in `zone`: "22:00 ngày 09/6/2026"."""
    return moment_text(datetime.fromisoformat(iso).astimezone(zone))


def day(iso: str) -> str:
    """Return an ISO day: "09/6/2026"."""
    return day_text(date.fromisoformat(iso))


def deadline(iso: str | None) -> str:
    """Return the deadline of a period; `iso` is the first day too late."""
    return deadline_text(datetime.combine(date.fromisoformat(iso), time.min) if iso else None)


def sentence(text: str, limit: int) -> str:
    """Return what a unit wrote on one line, cut with a word about it behind `limit` characters."""
    return shortened(" ".join(text.split()), limit, _MORE_IN_BOOK)


def listed(names: Sequence[str], most: int) -> str:
    """Return `names` behind one another; beyond `most` only how many more there are."""
    text = ", ".join(names[:most])
    left = len(names) - most
    return f"{text} và {count(left)} đơn vị khác" if left > 0 else text
