"""The geometry of the page's charts: stacked bars, a bar with its target, the line through the periods.

Positions are texts for SVG attributes, because the page's policy forbids styles on elements. Each chart has the
sentence that says the same to who does not see it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consolidate import spelled

SPARK_WIDTH, SPARK_HEIGHT = 112, 36
_MARGIN = 5  # room for the dots at the ends of the line
_LEAST_POINTS = 10.0  # the height of a line of percentages is never less, as in the workbook's charts
_LEAST_PART = 0.1  # of any other line: so much of its highest figure


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar; `x` and `width` are percentages of the whole bar, for SVG."""

    key: str
    word: str
    count: str
    share: str
    x: str
    width: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """A stacked bar, its parts in the order of the words it was made with, and what it says in words."""

    segments: tuple[Segment, ...]
    total: str
    said: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One period on the line."""

    x: str
    y: str
    estimated: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one period; only points of one `kind` are joined."""

    value: float | None
    estimated: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Spark:
    """The line through the periods that have a figure, in pieces where one has none."""

    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a hundred as a bar, with the marks to hold to where there are any; percentages for SVG."""

    width: str
    marks: tuple[str, ...]


def stack(words: Mapping[str, str], counts: Mapping[str, int]) -> Stack:
    """Return the bar of `counts` in the order of `words`; a bar of nothing has no widths."""
    total = sum(counts[key] for key in words)
    segments, before = [], 0
    for key, word in words.items():
        number = counts[key]
        segments.append(
            Segment(
                key=key,
                word=word,
                count=spelled.count(number),
                share=spelled.share(number, total),
                x=_part(before, total),
                width=_part(number, total),
                empty=number == 0,
            )
        )
        before += number
    said = "; ".join(f"{s.word.lower()}: {s.count}" for s in segments if not s.empty) or "chưa có gì để đếm"
    return Stack(tuple(segments), spelled.count(total), said)


def bar(value: float, marks: Sequence[float] = ()) -> Bar:
    """Return the bar of a percentage; what lies outside 0..100 ends at the edge."""
    return Bar(_part(_within(value), 100), tuple(_part(_within(mark), 100) for mark in marks))


def spark(points: Sequence[Point], *, percentages: bool) -> Spark | None:
    """Return the line through the periods, oldest first; None of fewer than two figures.

    Its height is a least span of figures, so that two hundredths of a point draw no cliff.
    """
    known = [p.value for p in points if p.value is not None]
    if len(known) < 2:
        return None
    low, span = _span(known, percentages=percentages)
    step = (SPARK_WIDTH - 2 * _MARGIN) / (len(points) - 1)
    last = max(at for at, p in enumerate(points) if p.value is not None)
    dots: dict[int, Dot] = {}
    for at, point in enumerate(points):
        if point.value is not None:
            y = SPARK_HEIGHT - _MARGIN - (point.value - low) / span * (SPARK_HEIGHT - 2 * _MARGIN)
            dots[at] = Dot(_place(_MARGIN + at * step), _place(y), point.estimated, at == last)
    return Spark(tuple(_pieces(points, dots)), tuple(dots.values()))


def _span(known: Sequence[float], *, percentages: bool) -> tuple[float, float]:
    """(lowest, span) of what the height shows, the figures in its middle where they differ by less."""
    low, high = min(known), max(known)
    least = _LEAST_POINTS if percentages else _LEAST_PART * max(abs(low), abs(high))
    span = max(high - low, least) or 1.0
    return (low + high - span) / 2, span


def _pieces(points: Sequence[Point], dots: Mapping[int, Dot]) -> Iterator[str]:
    """The lines between dots of one kind that follow one another; a period without a figure breaks its line."""
    for kind in dict.fromkeys(p.kind for p in points):
        piece: list[str] = []
        for at in (*(at for at, p in enumerate(points) if p.kind == kind), len(points)):
            if at in dots:
                piece.append(f"{dots[at].x},{dots[at].y}")
                continue
            if len(piece) > 1:
                yield " ".join(piece)
            piece = []


def _within(value: float) -> float:
    return min(max(value, 0.0), 100.0)


def _part(number: float, whole: float) -> str:
    return f"{100 * number / whole if whole else 0:.3f}%"


def _place(value: float) -> str:
    return f"{value:.1f}"
