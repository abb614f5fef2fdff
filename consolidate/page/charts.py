"""The geometry of the page's charts: stacked bars, a bar with its target, the line through the periods.

Positions are texts for SVG attributes, because the page's policy forbids styles on elements. Each chart has the
sentence that says the same to who does not see it. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consolidate import spelled

SPARK_WIDTH, SPARK_HEIGHT = 112, 36
_MARGIN = 5  # room for the dots at the ends of the line


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
class Spark:
    """The line through the periods that have a figure, in pieces where one has none."""

    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a hundred as a bar, with the mark to reach where there is one; percentages for SVG."""

    width: str
    target: str


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


def bar(value: float, target: float | None) -> Bar:
    """Return the bar of a percentage; what lies outside 0..100 ends at the edge."""
    return Bar(_part(_within(value), 100), "" if target is None else _part(_within(target), 100))


def spark(points: Sequence[tuple[float | None, bool]]) -> Spark | None:
    """Return the line through (figure, estimated) of each period, oldest first; None of fewer than two figures."""
    known = [value for value, _ in points if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    step = (SPARK_WIDTH - 2 * _MARGIN) / (len(points) - 1)
    pieces: list[list[str]] = [[]]
    dots = []
    last = max(at for at, (value, _) in enumerate(points) if value is not None)
    for at, (value, estimated) in enumerate(points):
        if value is None:
            pieces.append([])
            continue
        rise = (value - low) / (high - low) if high > low else 0.5
        x, y = _place(_MARGIN + at * step), _place(SPARK_HEIGHT - _MARGIN - rise * (SPARK_HEIGHT - 2 * _MARGIN))
        pieces[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, estimated, at == last))
    return Spark(tuple(" ".join(piece) for piece in pieces if len(piece) > 1), tuple(dots))


def _within(value: float) -> float:
    return min(max(value, 0.0), 100.0)


def _part(number: float, whole: float) -> str:
    return f"{100 * number / whole if whole else 0:.3f}%"


def _place(value: float) -> str:
    return f"{value:.1f}"
