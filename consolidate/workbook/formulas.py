"""The live formulas of both appendices, over the defined names of the data sheet that holds the code's lines.

`data` is `canvas.data`, which knows that sheet; a name covers all its lines, so that no sorting changes a total.
Only functions that Excel 2010 and LibreOffice share. Each mirrors one rule of consolidate.indicators or
consolidate.tasks; the cached value beside it is the exact figure, and a recalculation must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from consolidate.model import NO_FIGURE, IndicatorResult
from consolidate.workbook.places import DataPlaces
from plan.model import Aggregation, Field, FieldKind, Indicator, Measure, Role
from plan.words import ATTAINED, ROLE_WORDS, STATUS_WORDS, TaskStatus

_NONE = f'"{NO_FIGURE}"'
_LEAST_PLACES = 6  # decimals of a sum that are kept at least: as many as a plan can ask for


def quoted(text: str) -> str:
    """A text constant that SUMIFS compares as it stands: wildcards escaped, quotes doubled."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return '"' + text.replace('"', '""') + '"'


def _quoted_plain(text: str) -> str:
    """A text constant for `=`, which knows no wildcards."""
    return '"' + text.replace('"', '""') + '"'


def _where(p: str, key: str, *more: str) -> str:
    return ",".join((f"{p}_khoa", quoted(key), f"{p}_tinh", "1", *more))


def _sum(p: str, key: str) -> str:
    return f"SUMIFS({p}_gia_tri,{_where(p, key)})"


def _count(p: str, key: str, *more: str) -> str:
    return f"COUNTIFS({_where(p, key, *more)})"


def _mean(p: str, key: str) -> str:
    return f"AVERAGEIFS({p}_gia_tri,{_where(p, key)})"


def _typed_places(result: IndicatorResult, fields: Sequence[str] = ()) -> int:
    """The most decimals that were typed, in `fields` or anywhere."""
    typed = (
        -int(e.value.as_tuple().exponent)
        for f in result.figures
        for e in f.entries
        if isinstance(e.value, Decimal) and e.value.is_finite() and (not fields or e.field in fields)
    )
    return max(0, max(typed, default=0))


def _exact(expression: str, places: int) -> str:
    """A sum of numbers typed with `places` decimals, without the noise of binary fractions that tips a final five."""
    return f"ROUND({expression},{max(places, _LEAST_PLACES)})"


def code_of(indicator: Indicator) -> str:
    """The code under which an indicator's values stand on the data sheets."""
    return indicator.same_as or indicator.code


def main_field(indicator: Indicator) -> Field:
    """The field whose presence says that a unit has answered: the first required one that is no text."""
    return next((f for f in indicator.fields if f.required and f.kind is not FieldKind.TEXT), indicator.fields[0])


def main_key(indicator: Indicator) -> str:
    """The key of the main field on the data sheets."""
    return f"{code_of(indicator)}.{main_field(indicator).name}"


def coverage_formula(result: IndicatorResult, data: DataPlaces) -> str:
    """`n/N`: units in the figure, of all that report it."""
    p = data.prefix(code_of(result.indicator))
    return f'={_count(p, main_key(result.indicator))}&"/{len(result.expected)}"'


def parts_formulas(result: IndicatorResult, data: DataPlaces) -> tuple[str, str] | None:
    """The formulas of numerator and denominator, or None where the figure is no ratio."""
    p = data.prefix(code_of(result.indicator))
    parts = _ratio_parts(result, p)
    if parts is None or result.indicator.aggregation not in (Aggregation.RATIO_OF_SUMS, Aggregation.SHARE):
        return None
    guard = _count(p, main_key(result.indicator))
    return f'=IF({guard}=0,"",{parts[0]})', f'=IF({guard}=0,"",{parts[1]})'


def figure_formula(result: IndicatorResult, data: DataPlaces) -> str:
    """The consolidated figure, rounded as the plan says, or the words for "no figure"."""
    indicator = result.indicator
    code, decimals = code_of(indicator), indicator.decimals
    p = data.prefix(code)
    parts = _ratio_parts(result, p)
    if parts is not None:
        return f"=IF({parts[1]}>0,ROUND(100*{parts[0]}/{parts[1]},{decimals}),{_NONE})"
    key = main_key(indicator)
    if indicator.measure is Measure.CHANGE:
        return _change(result, p, code)
    if indicator.aggregation is Aggregation.SUM:
        total = _exact(_sum(p, key), _typed_places(result))
        return f"=IF({_count(p, key)}>0,ROUND({total},{decimals}),{_NONE})"
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN:
        weights = f"SUMIFS({p}_trong_so,{_where(p, key)})"
        total = f"SUMPRODUCT(({p}_khoa={_quoted_plain(key)})*({p}_tinh=1),{p}_gia_tri,{p}_trong_so)"
        total = _exact(total, _typed_places(result, ("value",)) + _typed_places(result, ("weight",)))
        return f"=IF({weights}>0,ROUND({total}/{weights},{decimals}),{_NONE})"
    mean = _exact(_mean(p, key), _typed_places(result))
    return f"=IF({_count(p, key)}>0,ROUND({mean},{decimals}),{_NONE})"


def _ratio_parts(result: IndicatorResult, p: str) -> tuple[str, str] | None:
    indicator = result.indicator
    key = main_key(indicator)
    if indicator.measure is Measure.RATIO:
        return _part(result, p, "numerator"), _part(result, p, "denominator")
    if indicator.measure is Measure.THRESHOLD:
        reaching = "0" if result.threshold is None else _count(p, key, f"{p}_gia_tri", f'">={result.threshold}"')
        return reaching, _count(p, key)
    if indicator.measure is Measure.ATTAINED:
        return _count(p, key, f"{p}_chu", quoted(ATTAINED)), _count(p, key)
    return None


def _part(result: IndicatorResult, p: str, name: str) -> str:
    """The sum of one field; whole numbers need no rounding."""
    total = _sum(p, f"{code_of(result.indicator)}.{name}")
    is_whole = all(f.kind is FieldKind.COUNT for f in result.indicator.fields if f.name == name)
    return total if is_whole else _exact(total, _typed_places(result, (name,)))


def _change(result: IndicatorResult, p: str, code: str) -> str:
    """A difference of ratios stands over one denominator: two quotients would each be rounded before they are."""
    indicator = result.indicator
    decimals = indicator.decimals
    if "current_denominator" in {f.name for f in indicator.fields}:
        now, before = (
            (_part(result, p, f"{at}_numerator"), _part(result, p, f"{at}_denominator"))
            for at in ("current", "baseline")
        )
        crossed = f"({now[0]}*{before[1]}-{before[0]}*{now[1]})"
        guard = f"AND({now[1]}>0,{before[1]}>0)"
        return f"=IF({guard},ROUND(100*{crossed}/({now[1]}*{before[1]}),{decimals}),{_NONE})"
    now_key, before_key = f"{code}.current", f"{code}.baseline"
    difference = _exact(f"{_mean(p, now_key)}-{_mean(p, before_key)}", _typed_places(result))
    guard = f"AND({_count(p, now_key)}>0,{_count(p, before_key)}>0)"
    return f"=IF({guard},ROUND({difference},{decimals}),{_NONE})"


def _of_role(p: str, code: str, field: str, role: Role) -> str:
    return _where(p, f"{code}.{field}", f"{p}_vai_tro", quoted(ROLE_WORDS[role]))


def reported_formula(code: str, role: Role, asked: int, data: DataPlaces) -> str:
    """`n/N`: units in `role` that gave a status, of `asked`."""
    return f'=COUNTIFS({_of_role(data.prefix(code), code, "status", role)})&"/{asked}"'


def status_formula(code: str, status: TaskStatus, role: Role, data: DataPlaces) -> str:
    """How many units in `role` report `status`."""
    p = data.prefix(code)
    return f"=COUNTIFS({_of_role(p, code, 'status', role)},{p}_chu,{quoted(STATUS_WORDS[status])})"


def progress_formula(code: str, data: DataPlaces) -> str:
    """The lowest progress among leads, as an array formula (MINIFS is newer than Excel 2010)."""
    p = data.prefix(code)
    chosen = f"({p}_khoa={_quoted_plain(f'{code}.progress')})*({p}_vai_tro={_quoted_plain(ROLE_WORDS[Role.LEAD])})"
    lowest = f"MIN(IF({chosen}*({p}_tinh=1),{p}_gia_tri))"
    return f'{{=IF(COUNTIFS({_of_role(p, code, "progress", Role.LEAD)})=0,"–",{lowest})}}'


def lines_formula(code: str, data: DataPlaces) -> str:
    """How many lines of data stand under a row code."""
    return f"=COUNTIF({data.prefix(code)}_ma_dong,{quoted(code)})"
