"""The charts of "Xu hướng": small lines side by side, one for each indicator, and the tasks by status.

Native charts over cells of the sheet. Each line of charts lies within one tall row, which no page break can cut:
Excel ignores page breaks set by hand where a sheet is fitted to the width of its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from consolidate.model import IndicatorResult, OverallStatus
from consolidate.workbook.canvas import TREND, Canvas, done
from consolidate.workbook.charts import STATUS_INKS, Ink
from consolidate.workbook.goals import bounds_of
from consolidate.workbook.trend_places import A_LINE
from plan.shown import numbered, shown_numbers, shown_target, shown_unit
from plan.text_fit import FONT, shortened

_ROW_POINTS = 172.0
_GAP_PX = 10
_LONGEST_TITLE = 60
_INK = "#1F3864"
_TARGET_INK = "#7F7F7F"


@dataclass(frozen=True, slots=True)
class Series:
    """A line to draw: the figures of `results` in 0-based `row`, columns first..last, under the heads of `head_row`.

    `bounds` rows of targets stand below the figures and their units. Not `joined`: a line would run from half a
    year's count to a whole year's, and fall and rise for nothing.
    """

    results: Sequence[IndicatorResult]
    row: int
    columns: tuple[int, int]
    head_row: int
    bounds: int
    joined: bool = True

    @property
    def numbers(self) -> list[Fraction]:
        """Everything that the chart shows."""
        figures = [then.value for then in self.results if then.value is not None]
        return figures + [bound.level for then in self.results for bound in bounds_of(then)]


@dataclass(frozen=True, slots=True)
class StatusArea:
    """The counts of tasks: a 0-based row for each status from `first` on, columns first..last, heads in `head_row`."""

    first: int
    columns: tuple[int, int]
    head_row: int


def draw_line_charts(canvas: Canvas, sheet: Worksheet, row: int, drawn: tuple[Sequence[Series], int]) -> None:
    """Draw the charts of (series, pixels of all columns) from `row` down."""
    lines, width = drawn
    wide = width // A_LINE
    for number, series in enumerate(lines):
        place = number % A_LINE
        if place == 0:
            done(sheet.set_row(row + number // A_LINE, _ROW_POINTS))
        chart = _line_chart(canvas, series)
        chart.set_size({"width": wide - _GAP_PX, "height": _chart_height()})
        name = series.results[-1].indicator.name
        options = {
            "x_offset": place * wide + _GAP_PX // 2,
            "y_offset": _GAP_PX // 2,
            "object_position": 1,
            "description": f"Đồ thị kết quả qua các kỳ báo cáo của chỉ tiêu “{shortened(name, 150)}”",
        }
        done(sheet.insert_chart(row + number // A_LINE, 0, chart, options))


def _chart_height() -> int:
    return round(_ROW_POINTS * 96 / 72) - _GAP_PX


def _line_chart(canvas: Canvas, series: Series) -> Chart:
    indicator = series.results[-1].indicator
    number = shown_numbers(canvas.run.plan.indicators)[indicator.code]
    title = shortened(numbered(number, indicator.short or indicator.name), _LONGEST_TITLE)
    unit = shown_unit(indicator)
    digits = "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
    chart = canvas.book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": title,
            **_cells(series, series.row),
            "line": {"color": _INK, "width": 2} if series.joined else {"none": True},
            "marker": {"type": "circle", "size": 6, "fill": {"color": _INK}, "border": {"color": _INK}},
            "data_labels": {"value": True, "position": "above", "num_format": digits, "font": _font(10, bold=True)},
        }
    )
    for row in range(series.row + 2, series.row + 2 + series.bounds):
        dashes = {"color": _TARGET_INK, "width": 1.5, "dash_type": "dash"}
        plain = {"type": "long_dash", "size": 7, "fill": {"color": _TARGET_INK}, "border": {"color": _TARGET_INK}}
        chart.add_series(
            {
                "name": "Mục tiêu",
                **_cells(series, row),
                "line": dashes if series.joined else {"none": True},
                "marker": {"type": "none"} if series.joined else plain,
            }
        )
    ends = _span(series.numbers) if unit == "%" else _from_zero(series.numbers)
    said = [unit] if unit else []
    said.append(f"mục tiêu {shortened(shown_target(indicator), 40)}")
    if ends.get("min") != 0:
        said.append("trục không từ 0")
    chart.set_title({"name": f"{title} ({'; '.join(said)})", "name_font": _font(11, bold=True), "overlay": False})
    _set_axes(chart, ends)
    chart.show_blanks_as("gap")
    return chart


def _cells(series: Series, row: int) -> dict[str, object]:
    first, last = series.columns
    return {
        "categories": [TREND, series.head_row, first, series.head_row, last],
        "values": [TREND, row, first, row, last],
    }


def _font(points: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": points, "bold": bold}


def _filled(ink: Ink) -> dict[str, object]:
    border = {"color": "#404040", "width": 0.75}
    if ink.pattern:
        return {"pattern": {"pattern": ink.pattern, "fg_color": ink.colour, "bg_color": "white"}, "border": border}
    return {"fill": {"color": ink.colour}, "border": border}


def _span(values: Sequence[Fraction]) -> dict[str, object]:
    """Ends of an axis of percentages with five points of air: an axis fitted to the figures makes cliffs of steps."""
    low, high = (floor(min(values) / 5) - 1) * 5, (ceil(max(values) / 5) + 1) * 5
    low = max(low, 0) if min(values) >= 0 else low
    high = min(high, 100) if max(values) <= 100 else high
    return {"min": low, "max": high, "major_unit": 5 if high - low <= 25 else 10 if high - low <= 50 else 20}


def _from_zero(values: Sequence[Fraction]) -> dict[str, object]:
    """Years of life between 74,5 and 74,8 are no cliff either."""
    return {"min": 0} if min(values) >= 0 else {}


def _set_axes(chart: Chart, ends: dict[str, object]) -> None:
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": _font(9), "line": {"color": "#7F7F7F"}, "major_tick_mark": "none"})
    chart.set_y_axis(
        {
            "num_font": _font(9),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}},
            "num_format": "General",
            **ends,
        }
    )


def draw_status_chart(canvas: Canvas, sheet: Worksheet, row: int, drawn: tuple[StatusArea, int]) -> None:
    """Stack the statuses of each period in `row`; `drawn` are the counts and the pixels of all columns."""
    area, width = drawn
    (first, last), head_row = area.columns, area.head_row
    chart = canvas.book.add_chart({"type": "column", "subtype": "stacked"})
    for at, status in enumerate(OverallStatus, area.first):
        chart.add_series(
            {
                "name": [TREND, at, 1],
                "categories": [TREND, head_row, first, head_row, last],
                "values": [TREND, at, first, at, last],
                "gap": 60,
                **_filled(STATUS_INKS[status]),
            }
        )
    chart.set_title({"name": "Số nhiệm vụ theo tình trạng chung qua các kỳ", "name_font": _font(13, bold=True)})
    _set_axes(chart, {})
    chart.set_legend({"position": "right", "font": _font(11)})
    chart.set_size({"width": width - _GAP_PX, "height": round(_ROW_POINTS * 1.5 * 96 / 72) - _GAP_PX})
    done(sheet.set_row(row, _ROW_POINTS * 1.5))
    options = {
        "x_offset": _GAP_PX // 2,
        "y_offset": _GAP_PX // 2,
        "object_position": 1,
        "description": "Đồ thị cột chồng: số nhiệm vụ theo tình trạng chung trong từng kỳ báo cáo",
    }
    done(sheet.insert_chart(row, 0, chart, options))
