"""Native Excel charts of the sheets for leaders: bars that read cells and can be told apart without colour.

Neighbouring pieces differ in lightness or pattern, because these sheets are printed black and white; zeros carry no
label. Where a chart stands and what its cells hold is the sheet's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from consolidate.model import OverallStatus, ReportingState
from plan.text_fit import FONT, text_points

_GREY = "#7F7F7F"
_FAINT = "#BFBFBF"
_LABEL_POINTS = 9
_MOST_LABEL = 0.4  # of the width of a chart
_TITLE_PX, _LEGEND_PX, _AXIS_PX, _EDGE_PX = 40, 36, 22, 16
_DECIMALS = {"value": True, "num_format": "#,##0.0"}


@dataclass(frozen=True, slots=True)
class Ink:
    """How one series is filled; a label on a dark fill is white."""

    colour: str
    pattern: str = ""  # the lines of a hatched fill, on white
    dark: bool = False


STATE_INKS: dict[ReportingState, Ink] = {
    ReportingState.ON_TIME: Ink("#3F7F55", dark=True),
    ReportingState.LATE: Ink("#F2D98B"),
    ReportingState.TO_BE_CORRECTED: Ink("#D9772B", pattern="wide_upward_diagonal"),
    ReportingState.MISSING: Ink("#7A1F1A", dark=True),
}
STATUS_INKS: dict[OverallStatus, Ink] = {
    OverallStatus.COMPLETED: Ink("#3F7F55", dark=True),
    OverallStatus.IN_PROGRESS: Ink("#B8D3EC"),
    OverallStatus.NOT_STARTED: Ink("#7A1F1A", dark=True),
    OverallStatus.NOTHING: Ink("#E8E8E8"),
    OverallStatus.NOT_ENOUGH_REPORTS: Ink("#8C8C8C", pattern="wide_upward_diagonal"),
}


@dataclass(frozen=True, slots=True)
class Bars:
    """The cells of a bar chart: 0-based rows first..last of `sheet`, one bar a row, labels in column `labels`."""

    sheet: str
    first: int
    last: int
    labels: int


def stacked_bars(book: Workbook, title: str, bars: Bars, pieces: Sequence[tuple[int, str, Ink]]) -> Chart:
    """One bar a row from pieces (column, name, ink), all bars of one length: shares, labelled with their counts."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for column, name, ink in pieces:
        chart.add_series(
            {
                "name": name,
                "categories": [bars.sheet, bars.first, bars.labels, bars.last, bars.labels],
                "values": [bars.sheet, bars.first, column, bars.last, column],
                **_filled(ink),
                "data_labels": _labels(ink),
                "gap": 40,
            }
        )
    _dress(chart, title)
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def target_bars(book: Workbook, title: str, bars: Bars, columns: tuple[int, int], *, within: bool) -> Chart:
    """A filled bar for each result and, around it, the hollow bar of its target; `columns` are (result, target).

    `within`: nothing is above 100, where the axis then ends.
    """
    chart = book.add_chart({"type": "bar"})
    categories = [bars.sheet, bars.first, bars.labels, bars.last, bars.labels]
    result, target = columns
    chart.add_series(
        {
            "name": "Kết quả",
            "categories": categories,
            "values": [bars.sheet, bars.first, result, bars.last, result],
            "fill": {"color": "#9DBFDF"},
            "border": {"none": True},
            "data_labels": {
                "value": True,
                "position": "inside_base",
                "num_format": "#,##0.0",
                "font": _font(9, bold=True),
            },
            "overlap": 100,
            "gap": 45,
        }
    )
    chart.add_series(
        {
            "name": "Mục tiêu",
            "categories": categories,
            "values": [bars.sheet, bars.first, target, bars.last, target],
            "fill": {"none": True},
            "border": {"color": "#1A1A1A", "width": 1.5},
        }
    )
    _dress(chart, title)
    grid = {"visible": True, "line": {"color": "#DDDDDD", "width": 0.75}}
    ends = {"min": 0, "max": 100} if within else {}
    axis = {"num_font": _font(9), "num_format": "#,##0", "label_position": "high", "major_gridlines": grid}
    chart.set_x_axis({**axis, **ends})
    return chart


def fit_chart(chart: Chart, size: tuple[int, int], labels: Sequence[str], *, axis: bool = False) -> None:
    """Size a chart in pixels with every label on one line, which LibreOffice would leave out rather than wrap.

    `axis`: numbers stand below the bars.
    """
    width, height = size
    longest = max(text_points(label, _LABEL_POINTS) for label in labels)
    left = min(round(longest * 96 / 72) + 14, round(width * _MOST_LABEL))
    free = height - _TITLE_PX - _LEGEND_PX - (_AXIS_PX if axis else 0)
    layout = {
        "x": left / width,
        "y": _TITLE_PX / height,
        "width": (width - left - _EDGE_PX) / width,
        "height": max(free, _TITLE_PX) / height,
    }
    chart.set_plotarea({"layout": layout})
    chart.set_size({"width": width, "height": height})


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": _font(12, bold=True), "overlay": False})
    chart.set_legend({"position": "bottom", "font": _font(10)})
    every = {"reverse": True, "interval_unit": 1, "major_tick_mark": "none"}  # no label is left out
    chart.set_y_axis({**every, "num_font": _font(_LABEL_POINTS), "line": {"color": _GREY}})
    chart.set_chartarea({"border": {"color": _FAINT}, "fill": {"color": "white"}})


def _font(size: int, *, bold: bool = False, colour: str = "black") -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold, "color": colour}


def _filled(ink: Ink) -> dict[str, object]:
    border = {"color": "#404040", "width": 0.75}
    if ink.pattern:
        return {"pattern": {"pattern": ink.pattern, "fg_color": ink.colour, "bg_color": "white"}, "border": border}
    return {"fill": {"color": ink.colour}, "border": border}


def _labels(ink: Ink) -> dict[str, object]:
    labels: dict[str, object] = {
        "value": True,
        "num_format": "0;;",
        "font": _font(10, bold=True, colour="white" if ink.dark else "black"),
    }
    return labels | ({"fill": {"color": "white"}} if ink.pattern else {})
