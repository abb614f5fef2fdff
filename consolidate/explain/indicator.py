"""How a figure of Appendix 1 came about: its rule, its sum, every unit's cells, and who is left out and why.

Puts together what the explain_ modules beside it find out about one IndicatorResult. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from consolidate.explain.absence import Row, absent, unit_name
from consolidate.explain.cells import Answers, answers_on, row_cells
from consolidate.explain.model import Absence, Column, Explanation, LeftOut, Share
from consolidate.explain.sums import column_totals, figure_text, product, rule_of, typed, working_of
from consolidate.explain.verdict import change_lines, coverage_text, note_lines, target_text, verdict_lines
from consolidate.model import CONFLICT_FIGURE, Consolidation, IndicatorResult, UnitFigure
from consolidate.rounding import rounded
from plan.code_words import FIELD_WORDS
from plan.layout import INDICATOR_COLUMNS, INDICATOR_SHEET
from plan.model import Aggregation, Field, FieldKind, Indicator, Measure
from plan.shown import numbered, shown_numbers
from plan.words import STATE_WORDS, DataState
from validation.model import IndicatorEntry

_ESTIMATE_MARK = f" ({STATE_WORDS[DataState.ESTIMATE].lower()})"
_REMARK = next(column.heading for column in INDICATOR_COLUMNS if column.key == "explanation")


def explain_indicator(run: Consolidation, indicator: Indicator) -> Explanation:
    """Explain the figure of `indicator` for the whole plan."""
    result = next(r for r in run.indicators if r.indicator.code == indicator.code)
    source = next((i for i in run.plan.indicators if i.code == indicator.same_as), indicator)
    answers = answers_on(source.code, run.checked.indicator_entries)
    shares = tuple(_share(run, source, result, f) for f in _sorted(source, result))
    received = {r.file: r for r in run.checked.returns}
    return Explanation(
        plan=run.plan.id,
        period=run.period.id,
        period_label=run.period.label,
        as_of=run.as_of,
        code=indicator.code,
        title=numbered(shown_numbers(run.plan.indicators)[indicator.code], indicator.name),
        unit="",
        unit_name="",
        result=result,
        shown=_shown(result),
        exact=result.value,
        rounded=rounded(result.value, indicator.decimals),
        rule=rule_of(source, result),
        working=working_of(source, result),
        target=target_text(result),
        verdict=verdict_lines(run, result),
        coverage=coverage_text(result),
        changes=change_lines(run, result),
        notes=note_lines(run, source, result),
        columns=_columns(source, result),
        order=_order(source)[0],
        shares=shares,
        left_out=_left_out(run, source, result, answers),
        beside=(),
        files=tuple(dict.fromkeys(received[s.file] for s in shares if s.file in received)),
    )


def _shown(result: IndicatorResult) -> str:
    if result.conflicts:
        return CONFLICT_FIGURE
    estimated = result.estimated and result.value is not None
    return figure_text(result.value, result.indicator) + (_ESTIMATE_MARK if estimated else "")


def _order(source: Indicator) -> tuple[str, Callable[[UnitFigure], Fraction]]:
    """(by what the shares are sorted, the key): who weighs most first, of shares of units who has not attained."""
    if source.measure is Measure.RATIO:
        return "mẫu số giảm dần", lambda f: -(f.denominator or Fraction(0))
    if source.aggregation is Aggregation.SHARE:
        return "đơn vị chưa đạt xếp trước", lambda f: f.value or Fraction(0)
    if source.aggregation is Aggregation.SUM:
        return "số liệu giảm dần", lambda f: -(f.value or Fraction(0))
    return "thứ tự của kế hoạch", lambda f: Fraction(0)


def _sorted(source: Indicator, result: IndicatorResult) -> list[UnitFigure]:
    place = {unit: n for n, unit in enumerate(result.included)}
    key = _order(source)[1]
    return sorted(result.figures, key=lambda f: (key(f), place[f.unit]))


def _columns(source: Indicator, result: IndicatorResult) -> tuple[Column, ...]:
    """The numbers that units type, then what follows from them; the figures of the whole stand under them."""
    totals = column_totals(source, result)
    shown = [f for f in source.fields if f.kind is not FieldKind.TEXT]
    columns = [Column(f.name, _head(f), f.label, totals.get(f.name)) for f in shown]
    decimals = result.indicator.decimals
    if source.aggregation is Aggregation.WEIGHTED_MEAN:
        whole = sum((product(f) for f in result.figures), Fraction(0))
        return (*columns, Column("product", "Số liệu × trọng số", "", whole))
    if source.measure is Measure.RATIO:
        return (*columns, Column("own", "Tỷ lệ (%)", "", result.value, decimals))
    if source.measure is Measure.CHANGE:
        return (*columns, Column("own", "Tăng, giảm", "", result.value, decimals))
    if source.aggregation is Aggregation.SHARE:
        return (*columns, Column("own", "Đạt (1), chưa đạt (0)", "", result.numerator, 0))
    return tuple(columns)


def _head(field: Field) -> str:
    return "Đơn vị ghi" if field.kind is FieldKind.CHOICE else FIELD_WORDS.get(field.name, field.name).capitalize()


def _share(run: Consolidation, source: Indicator, result: IndicatorResult, figure: UnitFigure) -> Share:
    answers = {e.field: e for e in figure.entries}
    values = [typed(answers.get(f.name)) for f in source.fields if f.kind is not FieldKind.TEXT]
    if source.aggregation is Aggregation.WEIGHTED_MEAN:
        values.append(product(figure))
    elif source.aggregation is Aggregation.SHARE:
        values.append(figure.numerator)
    elif source.measure in (Measure.RATIO, Measure.CHANGE):
        values.append(figure.value)
    return Share(
        unit=figure.unit,
        name=unit_name(run, figure.unit),
        values=tuple(values),
        remark=_remark(result, figure),
        file=figure.entries[0].file if figure.entries else "",
        cells=row_cells(source, answers, result),
        texts=_texts(source, answers),
    )


def _remark(result: IndicatorResult, figure: UnitFigure) -> str:
    """What marks one unit's share and stands in no cell of its own: a contradiction, a percentage of nothing."""
    told = [e.state for e in figure.entries if not e.state_cell]
    words = [STATE_WORDS[s].lower() for s in (DataState.NOTHING, DataState.ESTIMATE) if s in told]
    if figure.unit in result.conflicts:
        words.append("báo khác đơn vị kia")
    if figure.value is None:
        words.append("mẫu số 0 nên không có tỷ lệ riêng")
    return ", ".join(words)


def _texts(source: Indicator, answers: Answers) -> tuple[tuple[str, str], ...]:
    remarks = dict.fromkeys(answers[f.name].explanation for f in source.fields if f.name in answers)
    return tuple((_REMARK, text) for text in remarks if text)


def _left_out(
    run: Consolidation, source: Indicator, result: IndicatorResult, answers: dict[str, dict[str, IndicatorEntry]]
) -> tuple[LeftOut, ...]:
    """Missing units, then those to which the row does not apply, each in the plan's order."""
    row = Row(source.code, INDICATOR_SHEET)
    found = []
    for unit in (*result.missing, *result.not_applicable):
        own = answers.get(unit, {})
        cells = row_cells(source, own, result)
        left = absent(run, unit, row, cells, blocked=any(e.blocked for e in own.values()))
        if unit in result.not_applicable:
            reasons = dict.fromkeys(e.explanation for e in own.values() if e.state is DataState.NOT_APPLICABLE)
            said = "; ".join(text for text in reasons if text)
            left = replace(left, why=Absence.NOT_APPLICABLE, reason=said, findings=())
        found.append(left)
    return tuple(found)
