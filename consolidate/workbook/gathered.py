""" "Khó khăn, đề xuất": what units wrote beside their numbers, gathered by theme of the task group, counted on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from consolidate.absence import IN_ERROR
from consolidate.model import Consolidation
from consolidate.tallies import NO_GROUP
from consolidate.workbook.canvas import GATHERED, Canvas, done, write_link
from consolidate.workbook.formats import BODY_POINTS
from consolidate.workbook.listing import (
    TextCell,
    draw_list_heads,
    draw_list_title,
    draw_nothing,
    draw_texts,
    finish_list,
)
from consolidate.workbook.official import draw_band, put_across
from consolidate.workbook.places import Place
from plan.cell_text import cell_text
from plan.shown import group_heading, shown_numbers
from plan.text_fit import room, row_height
from plan.words import ROLE_WORDS
from validation.model import IndicatorEntry, TaskEntry

_COLUMNS = (
    ("Đơn vị", 210),
    ("Vai trò", 94),
    ("Khó khăn, vướng mắc", 330),
    ("Đề xuất, kiến nghị", 330),
    ("Ghi chú, giải trình", 290),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_LABEL = (0, 1)
_TEXTS = range(2, len(_COLUMNS))  # the columns that are counted
_INDICATORS = "Giải trình số liệu của các chỉ tiêu"
_TIP = "Xem các ý kiến của nhóm"
_SEE_DATA = "… (xem tiếp ở trang “Dữ liệu”)"
_SEE_FILE = "… (xem tiếp ở tệp của đơn vị)"


@dataclass(frozen=True, slots=True)
class _Said:
    """What one unit wrote of one row: unit, role, then one text for each counted column."""

    unit: str
    role: str
    texts: tuple[str, str, str]
    tail: str


@dataclass(frozen=True, slots=True)
class _Theme:
    """A group of tasks, or the indicators: its heading and its rows (title, what was said), all of them with some."""

    heading: str
    rows: tuple[tuple[str, tuple[_Said, ...]], ...]

    @property
    def height(self) -> int:
        """How many sheet rows it takes, with its heading and titles."""
        return 1 + sum(1 + len(said) for _, said in self.rows)

    def counted(self) -> tuple[int, ...]:
        """How many texts stand in each counted column."""
        lines = [said.texts for _, rows in self.rows for said in rows]
        return tuple(sum(1 for texts in lines if texts[n]) for n in range(len(_TEXTS)))


def draw_gathered(canvas: Canvas) -> None:
    """Draw the sheet: counts by group of tasks, then the texts under group and task, leads before coordinators."""
    sheet: Worksheet = canvas.book.get_worksheet_by_name(GATHERED)
    themes = tuple(_themes(canvas.run))
    title = f"KHÓ KHĂN, ĐỀ XUẤT, GIẢI TRÌNH {canvas.run.period.label.upper()}"
    row = draw_list_title(canvas, sheet, _COLUMNS, title)
    if themes:
        row = _draw_counts(canvas, sheet, row, themes)
    head_row = row
    row = draw_list_heads(canvas, sheet, _COLUMNS, head_row)
    for theme in themes:
        row = _draw_theme(canvas, sheet, row, theme)
    if not themes:
        row = draw_nothing(canvas, sheet, _COLUMNS, row, "Không đơn vị nào nêu khó khăn, đề xuất hay giải trình.")
    finish_list(sheet, _COLUMNS, head_row, row - 1)
    sheet.freeze_panes(0, 1)  # the counts scroll away, the names of the units stay


def _themes(run: Consolidation) -> Iterator[_Theme]:
    """The groups of Appendix 2 in printed order, then the indicators; what nobody wrote of is left out."""
    by_task: dict[str, list[TaskEntry]] = defaultdict(list)
    for entry in run.checked.task_entries:
        by_task[entry.row].append(entry)
    numbers = shown_numbers(run.plan.tasks)
    groups: dict[str, list[tuple[str, tuple[_Said, ...]]]] = {}
    for result in run.tasks:
        place = {part.unit: number for number, part in enumerate(result.parts)}
        entries = sorted(by_task.get(result.task.code, ()), key=lambda e: (place.get(e.unit, len(place)), e.unit))
        said = tuple(s for s in map(_of_task, entries) if any(s.texts))
        if said:
            title = f"Nhiệm vụ {numbers[result.task.code].rstrip('.')}: {result.task.name}"
            groups.setdefault(group_heading(result.task) or NO_GROUP, []).append((title, said))
    yield from (_Theme(heading, tuple(rows)) for heading, rows in groups.items())
    rows = tuple(_indicator_rows(run))
    if rows:
        yield _Theme(_INDICATORS, rows)


def _of_task(entry: TaskEntry) -> _Said:
    role = ROLE_WORDS[entry.role]
    texts = (_text(entry.difficulties), _text(entry.proposals), _text(entry.explanation))
    return _Said(entry.unit, f"{role}\n{IN_ERROR}" if entry.blocked else role, texts, _SEE_DATA)


def _text(text: str) -> str:
    return cell_text(text.strip())


def _indicator_rows(run: Consolidation) -> Iterator[tuple[str, tuple[_Said, ...]]]:
    by_row: dict[str, list[IndicatorEntry]] = defaultdict(list)
    for entry in run.checked.indicator_entries:
        if entry.explanation.strip():
            by_row[entry.row].append(entry)
    place = {unit.id: number for number, unit in enumerate(run.plan.units)}
    numbers = shown_numbers(run.plan.indicators)
    for result in run.indicators:
        indicator = result.indicator
        labels = {field.name: field.label for field in indicator.fields}
        entries = sorted(by_row.get(indicator.code, ()), key=lambda e: (place.get(e.unit, len(place)), e.unit, e.cell))
        said = tuple(
            _Said(e.unit, "Báo cáo", ("", "", f"{labels.get(e.field, e.field)}: {_text(e.explanation)}"), _SEE_FILE)
            for e in entries
        )
        if said:
            yield f"Chỉ tiêu {numbers[indicator.code].rstrip('.')}: {indicator.name}", said


def _draw_counts(canvas: Canvas, sheet: Worksheet, row: int, themes: Sequence[_Theme]) -> int:
    """How many texts each theme has, live over its rows below, and a link there; return the row for the heads."""
    formats = canvas.formats
    put_across(sheet, row, _LABEL, "Số ý kiến theo nhóm nhiệm vụ", formats.column_head)
    for column in _TEXTS:
        done(sheet.write_string(row, column, _COLUMNS[column][0], formats.column_head))
    heads = [("Số ý kiến theo nhóm nhiệm vụ", room(sum(_WIDTHS[:2])))]
    done(sheet.set_row(row, row_height(heads, BODY_POINTS, bold=True)))
    first = row + len(themes) + 4  # 0-based: heads, themes, total, a gap, the heads of the list
    at = first
    for line, theme in enumerate(themes, row + 1):
        free = room(sum(_WIDTHS[:2]), indented=True)
        put_across(sheet, line, _LABEL, theme.heading, formats.cell)
        done(sheet.set_row(line, row_height([(theme.heading, free)], BODY_POINTS)))
        link = (Place(GATHERED, at + 1), _TIP)
        write_link(sheet, (line, _TEXTS[0]), formats.link_centre, _TIP, link)  # the formula takes the place of the text
        for column, count in zip(_TEXTS, theme.counted(), strict=True):
            letter = xl_col_to_name(column)
            formula = f'=COUNTIF({letter}{at + 1}:{letter}{at + theme.height},"?*")'
            form = formats.link_centre if column == _TEXTS[0] else formats.count
            done(sheet.write_formula(line, column, formula, form, count))
        at += theme.height
    total = row + len(themes) + 1
    put_across(sheet, total, _LABEL, "Tổng số", formats.cell_bold)
    for number, column in enumerate(_TEXTS):
        letter = xl_col_to_name(column)
        cached = sum(theme.counted()[number] for theme in themes)
        done(sheet.write_formula(total, column, f"=SUM({letter}{row + 2}:{letter}{total})", formats.count_bold, cached))
    done(sheet.set_row(total, row_height((), BODY_POINTS)))
    done(sheet.set_row(total + 1, 12))
    return first - 1


def _draw_theme(canvas: Canvas, sheet: Worksheet, row: int, theme: _Theme) -> int:
    formats = canvas.formats
    row = draw_band(sheet, _WIDTHS, row, theme.heading, formats.section)
    for title, rows in theme.rows:
        row = draw_band(sheet, _WIDTHS, row, title, formats.subsection)
        for said in rows:
            cells = (canvas.name(said.unit), said.role, *said.texts)
            texts = [TextCell(at, text, formats.cell, said.tail) for at, text in enumerate(cells)]
            draw_texts(sheet, _COLUMNS, row, texts)
            row += 1
    return row
