"""The live formulas of both appendices, over the defined names of the data sheet.

Only functions that Excel 2010 and LibreOffice share. Each mirrors one rule of consolidate.indicators or
consolidate.tasks; the cached value beside it is the exact figure, and a recalculation must agree.
"""

from __future__ import annotations

from consolidate.model import IndicatorResult
from consolidate.workbook.canvas import NO_FIGURE
from plan.model import Aggregation, Field, FieldKind, Indicator, Measure, Role
from plan.words import ATTAINED, ROLE_WORDS, STATUS_WORDS, TaskStatus

_NONE = f'"{NO_FIGURE}"'


def _quoted(text: str) -> str:
    """A text constant that SUMIFS compares as it stands: wildcards escaped, quotes doubled."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return '"' + text.replace('"', '""') + '"'


def _quoted_plain(text: str) -> str:
    """A text constant for `=`, which knows no wildcards."""
    return '"' + text.replace('"', '""') + '"'


def _where(key: str, *more: str) -> str:
    return ",".join(("DL_khoa", _quoted(key), "DL_tinh", "1", *more))


def _sum(key: str) -> str:
    return f"SUMIFS(DL_gia_tri,{_where(key)})"


def _count(key: str, *more: str) -> str:
    return f"COUNTIFS({_where(key, *more)})"


def _mean(key: str) -> str:
    return f"AVERAGEIFS(DL_gia_tri,{_where(key)})"


def _steady(expression: str, decimals: int) -> str:
    """Round what was added or subtracted: first the noise of binary fractions away, then to `decimals`."""
    return f"ROUND(ROUND({expression},10),{decimals})"


def code_of(indicator: Indicator) -> str:
    """The code under which an indicator's values stand on the data sheet."""
    return indicator.same_as or indicator.code


def main_field(indicator: Indicator) -> Field:
    """The field whose presence says that a unit has answered: the first required one that is no text."""
    return next((f for f in indicator.fields if f.required and f.kind is not FieldKind.TEXT), indicator.fields[0])


def main_key(indicator: Indicator) -> str:
    """The key of the main field on the data sheet."""
    return f"{code_of(indicator)}.{main_field(indicator).name}"


def coverage_formula(result: IndicatorResult) -> str:
    """`n/N`: units in the figure, of all that report it."""
    return f'={_count(main_key(result.indicator))}&"/{len(result.expected)}"'


def parts_formulas(result: IndicatorResult) -> tuple[str, str] | None:
    """The formulas of numerator and denominator, or None where the figure is no ratio."""
    parts = _ratio_parts(result)
    if parts is None or result.indicator.aggregation not in (Aggregation.RATIO_OF_SUMS, Aggregation.SHARE):
        return None
    guard = _count(main_key(result.indicator))
    return f'=IF({guard}=0,"",{parts[0]})', f'=IF({guard}=0,"",{parts[1]})'


def figure_formula(result: IndicatorResult) -> str:
    """The consolidated figure, rounded as the plan says, or the words for "no figure"."""
    indicator = result.indicator
    code, decimals = code_of(indicator), indicator.decimals
    parts = _ratio_parts(result)
    if parts is not None:
        return f"=IF({parts[1]}>0,ROUND(100*{parts[0]}/{parts[1]},{decimals}),{_NONE})"
    key = main_key(indicator)
    if indicator.measure is Measure.CHANGE:
        return _change(indicator, code)
    if indicator.aggregation is Aggregation.SUM:
        return f"=IF({_count(key)}>0,{_steady(_sum(key), decimals)},{_NONE})"
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN:
        weights = f"SUMIFS(DL_trong_so,{_where(key)})"
        total = f"SUMPRODUCT((DL_khoa={_quoted_plain(key)})*(DL_tinh=1),DL_gia_tri,DL_trong_so)"
        return f"=IF({weights}>0,{_steady(f'{total}/{weights}', decimals)},{_NONE})"
    return f"=IF({_count(key)}>0,ROUND({_mean(key)},{decimals}),{_NONE})"


def _ratio_parts(result: IndicatorResult) -> tuple[str, str] | None:
    indicator = result.indicator
    code, key = code_of(indicator), main_key(indicator)
    if indicator.measure is Measure.RATIO:
        return _sum(f"{code}.numerator"), _sum(f"{code}.denominator")
    if indicator.measure is Measure.THRESHOLD:
        reaching = "0" if result.threshold is None else _count(key, "DL_gia_tri", f'">={result.threshold}"')
        return reaching, _count(key)
    if indicator.measure is Measure.ATTAINED:
        return _count(key, "DL_chu", _quoted(ATTAINED)), _count(key)
    return None


def _change(indicator: Indicator, code: str) -> str:
    names = {f.name for f in indicator.fields}
    if "current_denominator" in names:
        now, before = (
            (_sum(f"{code}.{at}_numerator"), _sum(f"{code}.{at}_denominator")) for at in ("current", "baseline")
        )
        difference = f"100*{now[0]}/{now[1]}-100*{before[0]}/{before[1]}"
        return f"=IF(AND({now[1]}>0,{before[1]}>0),{_steady(difference, indicator.decimals)},{_NONE})"
    now_key, before_key = f"{code}.current", f"{code}.baseline"
    difference = f"{_mean(now_key)}-{_mean(before_key)}"
    guard = f"AND({_count(now_key)}>0,{_count(before_key)}>0)"
    return f"=IF({guard},{_steady(difference, indicator.decimals)},{_NONE})"


def _of_role(code: str, field: str, role: Role) -> str:
    return _where(f"{code}.{field}", "DL_vai_tro", _quoted(ROLE_WORDS[role]))


def reported_formula(code: str, role: Role, asked: int) -> str:
    """`n/N`: units in `role` that gave a status, of `asked`."""
    return f'=COUNTIFS({_of_role(code, "status", role)})&"/{asked}"'


def status_formula(code: str, status: TaskStatus) -> str:
    """How many leads report `status`."""
    return f"=COUNTIFS({_of_role(code, 'status', Role.LEAD)},DL_chu,{_quoted(STATUS_WORDS[status])})"


def progress_formula(code: str) -> str:
    """The lowest progress among leads, as an array formula (MINIFS is newer than Excel 2010)."""
    chosen = f"(DL_khoa={_quoted_plain(f'{code}.progress')})*(DL_vai_tro={_quoted_plain(ROLE_WORDS[Role.LEAD])})"
    lowest = f"MIN(IF({chosen}*(DL_tinh=1),DL_gia_tri))"
    return f'{{=IF(COUNTIFS({_of_role(code, "progress", Role.LEAD)})=0,"–",{lowest})}}'
