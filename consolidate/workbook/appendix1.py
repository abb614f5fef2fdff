""" "Phụ lục 1": every indicator against its target, with live figures, ready to print and sign.

It shows what consolidate.indicators decided and decides nothing itself.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from consolidate.model import TARGET_VERDICT_WORDS, IndicatorResult, TargetVerdict
from consolidate.rounding import rounded
from consolidate.workbook import formulas
from consolidate.workbook.canvas import (
    APPENDIX_1,
    MATRIX,
    NO_FIGURE,
    REHEARSAL_MARK,
    Canvas,
    done,
    fit_page,
    internal,
    listed,
)
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.official import (
    Frame,
    draw_band,
    draw_heading,
    draw_note,
    draw_signature,
    draw_title,
    put_across,
)
from consolidate.workbook.remarks import remarks
from plan.cell_text import cell_text
from plan.dates import day_text
from plan.model import Field, FieldKind
from plan.shown import heading_of, new_headings, shown_numbers, shown_target, shown_unit
from plan.text_fit import room, row_height

_COLUMNS = (
    ("TT", 42),
    ("Chỉ tiêu", 232),
    ("Đơn vị tính", 64),
    ("Mục tiêu", 88),
    ("Kết quả", 86),
    ("Tử số", 92),
    ("Mẫu số", 92),
    ("Đơn vị có số liệu", 76),
    ("Đơn vị còn thiếu số liệu", 186),
    ("Đánh giá", 154),
    ("Ghi chú", 218),
)
_FRAME = Frame(tuple(width for _, width in _COLUMNS), left_last=2, right_first=6)
_FIGURE, _VERDICT = 4, 9
_NOTE = (
    "Tỷ lệ chung = 100 × tổng tử số / tổng mẫu số của các đơn vị có số liệu, không lấy trung bình các tỷ lệ. "
    "Các con số là công thức trên trang “Dữ liệu”; bấm vào TT để xem số liệu từng đơn vị."
)


def draw_appendix1(canvas: Canvas, matrix_columns: dict[str, str]) -> dict[str, int]:
    """Draw the sheet; `matrix_columns` gives each indicator's cell in "Ma trận". Return Excel rows by code."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(APPENDIX_1)
    run, formats = canvas.run, canvas.formats
    row = draw_heading(canvas, sheet, _FRAME)
    row = draw_title(canvas, sheet, _FRAME, row, _titles(canvas))
    summary_row = row
    row = draw_note(canvas, sheet, _FRAME, row + 1, _NOTE)
    head_row = row
    for column, (head, _) in enumerate(_COLUMNS):
        done(sheet.write_string(row, column, head, formats.column_head))
    heads = [(head, room(width)) for head, width in _COLUMNS]
    done(sheet.set_row(row, row_height(heads, BODY_POINTS, bold=True)))
    row += 1
    rows: dict[str, int] = {}
    above = ("", "")
    numbers = shown_numbers(run.plan.indicators)
    for result in run.indicators:
        indicator = result.indicator
        for text in new_headings(above, heading_of(indicator)):
            row = draw_band(sheet, _FRAME.widths, row, text, formats.section)
        above = heading_of(indicator)
        _draw_number(canvas, sheet, row, numbers[indicator.code], matrix_columns.get(formulas.code_of(indicator)))
        _draw_row(canvas, sheet, row, result)
        rows[indicator.code] = row + 1
        row += 1
    if not run.indicators:
        put_across(sheet, row, (0, _FRAME.last), "Kế hoạch không có chỉ tiêu nào.", formats.cell)
        row += 1
    _draw_summary(canvas, sheet, summary_row, (head_row + 2, row))
    last = draw_signature(canvas, sheet, _FRAME, row)
    fit_page(sheet, _FRAME.widths, (head_row, head_row))
    sheet.freeze_panes(head_row + 1, 2)
    done(sheet.print_area(0, 0, last, _FRAME.last))
    return rows


def _titles(canvas: Canvas) -> tuple[str, ...]:
    run = canvas.run
    moment = canvas.local(run.as_of)
    return (
        f"{REHEARSAL_MARK if run.rehearsal else ''}PHỤ LỤC 1",
        f"TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU {run.period.label.upper()}",
        f"(Tổng hợp từ báo cáo của {run.counted_units}/{len(run.statuses)} đơn vị, "
        f"tính đến {moment.hour} giờ {moment:%M} ngày {day_text(moment)})",
    )


def _draw_summary(canvas: Canvas, sheet: Worksheet, row: int, rows: tuple[int, int]) -> None:
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
    put_across(sheet, row, (0, _FRAME.last), "", canvas.formats.note)
    done(sheet.write_formula(row, 0, formula, canvas.formats.note, f"{text}."))
    done(sheet.set_row(row, row_height([(text, room(_FRAME.span(0, _FRAME.last)))], BODY_POINTS)))


def _draw_number(canvas: Canvas, sheet: Worksheet, row: int, number: str, link: str | None) -> None:
    formats, text = canvas.formats, cell_text(number)
    if link:
        tip = "Xem số liệu của từng đơn vị"
        done(sheet.write_url(row, 0, internal(MATRIX, link), formats.link_centre, text, tip))
    else:
        done(sheet.write_string(row, 0, text, formats.cell_centre))


def _draw_row(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> None:
    formats, indicator = canvas.formats, result.indicator
    texts = (
        (1, indicator.name, formats.cell),
        (2, shown_unit(indicator), formats.cell_centre),
        (3, shown_target(indicator), formats.cell_centre),
        (8, _missing_text(canvas, result), formats.cell),
        (9, verdict_text(result), formats.cell_bold),
        (10, remarks(canvas, result), formats.cell),
    )
    for column, text, form in texts:
        done(sheet.write_string(row, column, cell_text(text), form))
    _draw_figure(canvas, sheet, row, result)
    _draw_parts(canvas, sheet, row, result)
    included = f"{len(result.included)}/{len(result.expected)}"
    done(sheet.write_formula(row, 7, formulas.coverage_formula(result), formats.cell_centre, included))
    plain = [(text, room(_COLUMNS[column][1], indented=True)) for column, text, _ in texts if column != _VERDICT]
    strong = [(verdict_text(result), room(_COLUMNS[_VERDICT][1]))]
    if result.value is None:
        strong.append((NO_FIGURE, room(_COLUMNS[_FIGURE][1])))
    done(sheet.set_row(row, max(row_height(plain, BODY_POINTS), row_height(strong, BODY_POINTS, bold=True))))


def _draw_figure(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> None:
    formats, decimals = canvas.formats, result.indicator.decimals
    form = formats.result[min(decimals, len(formats.result) - 1)]
    if result.conflicts:
        done(sheet.write_string(row, _FIGURE, "Số liệu mâu thuẫn", form))
        return
    figure = rounded(result.value, decimals)
    cached = NO_FIGURE if figure is None else float(figure)
    done(sheet.write_formula(row, _FIGURE, formulas.figure_formula(result), form, cached))


def _draw_parts(canvas: Canvas, sheet: Worksheet, row: int, result: IndicatorResult) -> None:
    formats = canvas.formats
    parts = formulas.parts_formulas(result)
    if parts is None:
        for column in (5, 6):
            done(sheet.write_blank(row, column, None, formats.cell_right))
        return
    form = formats.number[2 if _fractional(result.indicator.fields) else 0]
    for column, formula, exact in ((5, parts[0], result.numerator), (6, parts[1], result.denominator)):
        cached = "" if exact is None or not result.included else float(exact)
        done(sheet.write_formula(row, column, formula, form, cached))


def _fractional(fields: tuple[Field, ...]) -> bool:
    return any(f.kind is FieldKind.NUMBER for f in fields)


def verdict_text(result: IndicatorResult) -> str:
    """The verdict in words, with the provisional comparison where the verdict itself is still open."""
    word = TARGET_VERDICT_WORDS[result.verdict]
    if result.verdict in (TargetVerdict.REACHED, TargetVerdict.NOT_REACHED) or result.reached is None:
        return word
    return f"{word}\n(tạm tính: {'đạt' if result.reached else 'chưa đạt'})"


def _missing_text(canvas: Canvas, result: IndicatorResult) -> str:
    if not result.missing:
        return "Không"
    names = [canvas.name(unit) for unit in result.missing]
    return f"{len(names)} đơn vị: {listed(names)}"
