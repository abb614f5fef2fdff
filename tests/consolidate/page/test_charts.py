"""The charts show the proportions that the numbers beside them state."""

from __future__ import annotations

import pytest

from consolidate.page.charts import SPARK_HEIGHT, SPARK_WIDTH, Point, Spark, bar, spark, stack


def test_a_stack_fills_its_bar_in_proportion() -> None:
    """Parts follow one another without gap or overlap, up to the whole."""
    drawn = stack({"a": "Một", "b": "Hai", "c": "Ba"}, {"a": 1, "b": 0, "c": 3})
    places = [(float(s.x.rstrip("%")), float(s.width.rstrip("%"))) for s in drawn.segments]
    assert places == [(0, 25), (25, 0), (25, 75)]
    assert [s.empty for s in drawn.segments] == [False, True, False]
    assert (drawn.total, drawn.said) == ("4", "một: 1; ba: 3")


def test_a_stack_of_nothing_has_no_width() -> None:
    """An empty plan draws an empty bar, not a full one."""
    drawn = stack({"a": "Một"}, {"a": 0})
    assert [(s.width, s.share) for s in drawn.segments] == [("0.000%", "")]


@pytest.mark.parametrize(("value", "width"), [(97.86, "97.860%"), (-3, "0.000%"), (250, "100.000%")])
def test_a_bar_ends_at_its_edges(value: float, width: str) -> None:
    """A share over a hundred must not run over the next column."""
    assert bar(value, [95, 110]).width == width
    assert (bar(value, [95, 110]).marks, bar(value).marks) == (("95.000%", "100.000%"), ())


def line(*points: tuple[float | None, bool], percentages: bool = False) -> Spark | None:
    return spark([Point(*point) for point in points], percentages=percentages)


def test_a_line_rises_with_the_figures_and_breaks_where_there_is_none() -> None:
    """A missing period is a gap, never a zero or a straight line over it."""
    drawn = line((1, True), (None, False), (2, False), (4, False))
    assert drawn is not None
    heights = [float(d.y) for d in drawn.dots]
    assert heights == sorted(heights, reverse=True) and len(set(heights)) == 3
    assert [len(p.split()) for p in drawn.pieces] == [2]
    assert [(d.estimated, d.last) for d in drawn.dots] == [(True, False), (False, False), (False, True)]
    assert all(0 < float(d.x) < SPARK_WIDTH and 0 < float(d.y) < SPARK_HEIGHT for d in drawn.dots)


def test_equal_figures_are_a_level_line_and_one_is_none() -> None:
    """No division by zero, and no line through a single point."""
    level = line((5, False), (5, False))
    assert level is not None and len({d.y for d in level.dots}) == 1
    assert line((None, False), (5, False)) is None
    nothing = line((0, False), (0, False))
    assert nothing is not None and len({d.y for d in nothing.dots}) == 1


@pytest.mark.parametrize(
    ("first", "second", "percentages", "most"),
    [(94.38, 94.36, True, 0.2), (74.6, 74.5, False, 1.0), (60, 80, True, 26)],
)
def test_a_small_step_is_no_cliff(first: float, second: float, percentages: bool, most: float) -> None:
    """Two hundredths of a point look like two hundredths; twenty points fill the height."""
    drawn = line((first, False), (second, False), percentages=percentages)
    assert drawn is not None
    assert 0 < abs(float(drawn.dots[0].y) - float(drawn.dots[1].y)) + 0.11 <= most + 0.11
    assert max(float(d.y) for d in drawn.dots) < SPARK_HEIGHT


def test_periods_of_different_kinds_are_not_joined() -> None:
    """Half a year's births falling from a whole year's is no fall: a line joins halves with halves."""
    values = ((90, "Y"), (50, "H1"), (95, "Y"), (52, "H1"))
    drawn = spark([Point(value, False, kind) for value, kind in values], percentages=False)
    assert drawn is not None
    places = [f"{d.x},{d.y}" for d in drawn.dots]
    assert drawn.pieces == (f"{places[0]} {places[2]}", f"{places[1]} {places[3]}")
