""" "Phụ lục 1": every indicator against its target, with live figures, ready to print and sign.

It shows what consolidate.indicators and consolidate.past decided and decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from consolidate.coverage import COVERAGE_WORDS, shown_percent
from consolidate.model import (
    CONFLICT_FIGURE,
    NO_FIGURE,
    TARGET_VERDICT_WORDS,
    CoverageBasis,
    IndicatorResult,
    TargetVerdict,
)
from consolidate.past import changes, compared_periods
from consolidate.rounding import rounded, vietnamese
from consolidate.workbook import formulas
from consolidate.workbook.appendix1_table import Table, columns_of, is_fractional, note_of, titles_of
from consolidate.workbook.canvas import APPENDIX_1, MATRIX, Canvas, done, internal, lines_tip
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.missing import missing_text
from consolidate.workbook.official import (
    Frame,
    draw_band,
    draw_heading,
    draw_note,
    draw_signature,
    draw_title,
    fit_official_page,
    put_across,
)
from consolidate.workbook.remarks import remarks
from consolidate.workbook.trend import change_cells
from plan.cell_text import cell_text
from plan.shown import heading_of, new_headings, shown_numbers, shown_target, shown_unit
from plan.text_fit import fitting, room, row_height

_FIGURE, _NUMERATOR, _DENOMINATOR, _COVERAGE, _MISSING, _VERDICT, _FIRST_CHANGE = range(4, 11)
_SEE_MATRIX = f"… (xem trang “{MATRIX}”)"


def draw_appendix1(canvas: Canvas, matrix_columns: Mapping[str, str]) -> dict[str, int]:
    """Draw the sheet; `matrix_columns` gives each indicator's cell in "Ma trận". Return Excel rows by code."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(APPENDIX_1)
    run, formats = canvas.run, canvas.formats
    table = Table(columns_of(run), matrix_columns, change_cells(run))
    frame = table.frame
    row = draw_heading(canvas, sheet, frame)
    row = draw_title(canvas, sheet, frame, row, titles_of(canvas))
    summary_row = row
    row = draw_note(canvas, sheet, frame, row + 1, note_of(run))
    head_row = row
    for column, (head, _) in enumerate(table.columns):
        done(sheet.write_string(row, column, head, formats.column_head))
    heads = [(head, room(width)) for head, width in table.columns]
    done(sheet.set_row(row, row_height(heads, BODY_POINTS, bold=True)))
    row += 1
    rows: dict[str, int] = {}
    above = ("", "")
    numbers = shown_numbers(run.plan.indicators)
    for result in run.indicators:
        indicator = result.indicator
        for text in new_headings(above, heading_of(indicator)):
            row = draw_band(sheet, frame.widths, row, text, formats.section)
        above = heading_of(indicator)
        _draw_number(canvas, sheet, row, numbers[indicator.code], table.matrix.get(formulas.code_of(indicator)))
        _draw_row(canvas, sheet, row, table, result)
        rows[indicator.code] = row + 1
        row += 1
    if not run.indicators:
        put_across(sheet, row, (0, frame.last), "Kế hoạch không có chỉ tiêu nào.", formats.cell)
        row += 1
    _draw_summary(canvas, sheet, summary_row, frame, (head_row + 2, row))
    last = draw_signature(canvas, sheet, frame, row)
    fit_official_page(sheet, frame.widths, (head_row, head_row))
    sheet.freeze_panes(head_row + 1, 2)
    done(sheet.print_area(0, 0, last, frame.last))
    return rows


def _draw_summary(canvas: Canvas, sheet: Worksheet, row: int, frame: Frame, rows: tuple[int, int]) -> None:
    """A live sentence counting the verdicts in Excel rows first..last of the table."""
    results = canvas.run.indicators
    cells = f"$J${rows[0]}:$J${max(rows)}"
    pieces, text = [], f"Tổng số {len(results)} chỉ tiêu:"
    present = {r.verdict for r in results}
    rare = {TargetVerdict.NO_TARGET, TargetVerdict.NOT_APPLICABLE}
    shown = [v for v in TargetVerdict if v not in rare or v in present]
    for number, verdict in enumerate(shown):
        word = TARGET_VERDICT_WORDS[verdict]
        lead = "; " if number else " "
        final = verdict in (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED)
        pieces.append(f'"{lead}{word.lower()} "&COUNTIF({cells},"{word if final else f"{word}*"}")')
        text += f"{lead}{word.lower()} {sum(1 for r in results if r.verdict is verdict)}"
    formula = f'="Tổng số {len(results)} chỉ tiêu:"&{"&".join(pieces)}&"."'
    put_across(sheet, row, (0, frame.last), "", canvas.formats.note)
    done(sheet.write_formula(row, 0, formula, canvas.formats.note, f"{text}."))
    done(sheet.set_row(row, row_height([(text, room(frame.span(0, frame.last)))], BODY_POINTS)))


def _draw_number(canvas: Canvas, sheet: Worksheet, row: int, number: str, link: str | None) -> None:
    formats, text = canvas.formats, cell_text(number)
    if link:
        tip = "Xem số liệu của từng đơn vị"
        done(sheet.write_url(row, 0, internal(MATRIX, link), formats.link_centre, text, tip))
    else:
        done(sheet.write_string(row, 0, text, formats.cell_centre))


def _draw_row(canvas: Canvas, sheet: Worksheet, row: int, table: Table, result: IndicatorResult) -> None:
    formats, indicator = canvas.formats, result.indicator
    texts = (
        (1, fitting(indicator.name, table.free(1), BODY_POINTS), formats.cell),
        (2, shown_unit(indicator), formats.cell_centre),
        (3, shown_target(indicator), formats.cell_centre),
        (_MISSING, missing_text(canvas, result), formats.cell),
        (_VERDICT, verdict_text(result), formats.cell_bold),
        (table.last, fitting(remarks(canvas, result), table.free(table.last), BODY_POINTS, _SEE_MATRIX), formats.cell),
    )
    for column, text, form in texts:
        done(sheet.write_string(row, column, cell_text(text), form))
    _draw_figure(canvas, sheet, row, result)
    _draw_parts(canvas, sheet, row, result)
    coverage = _draw_coverage(canvas, sheet, row, result)
    _draw_changes(canvas, sheet, row, table, result)
    plain = [(text, table.free(column)) for column, text, _ in texts if column != _VERDICT]
    plain.append((coverage, room(table.columns[_COVERAGE][1])))
    strong = [(verdict_text(result), room(table.columns[_VERDICT][1]))]
    if result.value is None:
        strong.append((CONFLICT_FIGURE if result.conflicts else NO_FIGURE, room(table.columns[_FIGURE][1])))
    done(sheet.set_row(row, max(row_height(plain, BODY_POINTS), row_height(strong, BODY_POINTS, bold=True))))


def _draw_figure(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> None:
    """The figure, marked where part of it is an estimate, and leading to the lines of data that it is made of."""
    formats, decimals = canvas.formats, result.indicator.decimals
    form = (formats.result_estimated if result.estimated else formats.result)[min(decimals, len(formats.result) - 1)]
    block = canvas.data.blocks.get(formulas.code_of(result.indicator))
    words = CONFLICT_FIGURE if result.conflicts else NO_FIGURE
    if result.conflicts:
        done(sheet.write_string(row, _FIGURE, words, form))
        return
    if block is not None:  # the link first: what is written later takes the cell and leaves the link
        link = internal(block.sheet, f"A{block.first}:K{block.last}")
        tip = lines_tip("Các dòng số liệu của từng đơn vị", block.code)
        done(sheet.write_url(row, _FIGURE, link, form, words, tip))
    figure = rounded(result.value, decimals)
    cached = words if figure is None else float(figure)
    done(sheet.write_formula(row, _FIGURE, formulas.figure_formula(result, canvas.data), form, cached))


def _draw_parts(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> None:
    formats = canvas.formats
    parts = formulas.parts_formulas(result, canvas.data)
    if parts is None:
        for column in (_NUMERATOR, _DENOMINATOR):
            done(sheet.write_blank(row, column, None, formats.cell_right))
        return
    form = formats.number[2 if is_fractional(result.indicator.fields) else 0]
    exact = (result.numerator, result.denominator)
    for column, formula, part in zip((_NUMERATOR, _DENOMINATOR), parts, exact, strict=True):
        cached = "" if part is None or not result.included else float(part)
        done(sheet.write_formula(row, column, formula, form, cached))


def _draw_coverage(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> str:
    """`n/N` live, and below it whom it does not concern, and the covered share of people; return the text."""
    formula, text = formulas.coverage_formula(result, canvas.data), f"{len(result.included)}/{len(result.expected)}"
    more = [f"({len(result.not_applicable)} không áp dụng)"] if result.not_applicable else []
    share = result.coverage.share
    if result.missing and share is not None and result.coverage.basis is not CoverageBasis.UNITS:
        more.append(f"({vietnamese(shown_percent(share))}% {COVERAGE_WORDS[result.coverage.basis]})")
    for known in more:
        formula, text = f'{formula}&CHAR(10)&"{known}"', f"{text}\n{known}"
    done(sheet.write_formula(row, _COVERAGE, formula, canvas.formats.cell_centre, text))
    return text


def _draw_changes(canvas: Canvas, sheet: Worksheet, row: int, table: Table, result: IndicatorResult) -> None:
    """The differences that stand on "Xu hướng", with an asterisk where they are not of the same units."""
    formats, indicator = canvas.formats, result.indicator
    found = {change.compared: change for change in changes(canvas.run, result)}
    for column, compared in enumerate(compared_periods(canvas.run), _FIRST_CHANGE):
        cell, change = table.changes.get((indicator.code, compared)), found.get(compared)
        if cell is None or change is None:
            done(sheet.write_string(row, column, "–", formats.cell_centre))
            continue
        forms = formats.change if change.same_units else formats.change_marked
        difference = rounded(change.difference, indicator.decimals)
        form = forms[min(indicator.decimals, len(forms) - 1)]
        done(sheet.write_formula(row, column, f"={cell}", form, float(difference or 0)))


def verdict_text(result: IndicatorResult) -> str:
    """The verdict in words; while it is still open, the provisional comparison with the target and the milestone."""
    word = TARGET_VERDICT_WORDS[result.verdict]
    if result.verdict in (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED) or result.reached is None:
        return word
    said = f"{word}\n(tạm tính: {'đạt' if result.reached else 'chưa đạt'})"
    if result.on_track is None:
        return said
    return f"{said}\n({'đạt mốc' if result.on_track else 'chưa đạt mốc'} đến cuối kỳ)"
