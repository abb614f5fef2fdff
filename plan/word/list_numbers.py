"""Automatic numbers of Word paragraphs: the "1." or "II." that is printed and stands in no text.

Many appendices number their first column this way, so without it rows would lose their numbers. Only what is
printed before a paragraph is computed; how it is used is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from plan.word.open import Node, W

_VAL = f"{W}val"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST_LEVELS = 9
_STYLE_DEPTH = 12  # a style may rest on a style; a circle must end somewhere


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str  # decimal, upperRoman, bullet...
    text: str  # "%1.%2."


@dataclass(slots=True)
class ListNumbers:
    """Counts the numbered paragraphs of one document; ask `label` once for each, in printed order."""

    levels: Mapping[str, tuple[str, Mapping[int, _Level]]]  # numId -> what counts it, its levels
    of_style: Mapping[str, tuple[str, int]]  # style id -> (numId, level)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Node | None, styles: Node | None) -> ListNumbers:
        """Read the lists that a document defines; None is a document without any."""
        return cls(_lists(numbering), _styles(styles))

    def label(self, paragraph: Node) -> str:
        """Return what is printed before `paragraph`, e.g. "1." or "-", and count it; "" where nothing is."""
        num_id, level = self._list_of(paragraph)
        if num_id not in self.levels:
            return ""
        counter, levels = self.levels[num_id]
        if level not in levels:
            return ""
        counts = self.counts.setdefault(counter, {})
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return levels[level].text if levels[level].text in ("-", "–", "+", "•", "*") else "-"
        return re.sub(r"%(\d)", lambda match: _shown(int(match[1]) - 1, counts, levels), levels[level].text)

    def _list_of(self, paragraph: Node) -> tuple[str, int]:
        own = _reference(paragraph.find(f"{W}pPr/{W}numPr"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        inherited = self.of_style.get((style.get(_VAL) or "") if style is not None else "", ("", 0))
        if own is None:
            return inherited
        return own[0] or inherited[0], own[1]


def _shown(level: int, counts: Mapping[int, int], levels: Mapping[int, _Level]) -> str:
    if level not in levels:
        return ""
    number = counts.get(level, levels[level].start)
    return _FORMS.get(levels[level].form, str)(number)


def _roman(number: int) -> str:
    shown = ""
    for value, sign in _ROMAN:
        while number >= value and len(shown) < 20:
            shown += sign
            number -= value
    return shown


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5) if number > 0 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda number: "",
}


def _lists(numbering: Node | None) -> dict[str, tuple[str, Mapping[int, _Level]]]:
    if numbering is None:
        return {}
    abstract = {
        node.get(f"{W}abstractNumId") or "": {_integer(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in _levels(node)}
        for node in numbering.findall(f"{W}abstractNum")
    }
    found: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    for node in numbering.findall(f"{W}num"):
        num_id, base = node.get(f"{W}numId") or "", _value(node, "abstractNumId")
        levels = dict(abstract.get(base, {}))
        restarts = False
        for override in node.findall(f"{W}lvlOverride"):
            level = _integer(override.get(f"{W}ilvl"))
            for own in _levels(override):
                levels[level] = _level(own)
            start = _value(override, "startOverride")
            if start and level in levels:
                levels[level] = _Level(_integer(start), levels[level].form, levels[level].text)
                restarts = True
        # Lists of one abstract list count on together, unless one says where it starts.
        found[num_id] = (f"{base}/{num_id}" if restarts else base, levels)
    return found


def _levels(node: Node) -> list[Node]:
    return node.findall(f"{W}lvl")[:_MOST_LEVELS]


def _level(node: Node) -> _Level:
    return _Level(_integer(_value(node, "start") or "1"), _value(node, "numFmt") or "decimal", _value(node, "lvlText"))


def _styles(styles: Node | None) -> dict[str, tuple[str, int]]:
    if styles is None:
        return {}
    own: dict[str, tuple[str, int] | None] = {}
    based: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        own[name] = _reference(style.find(f"{W}pPr/{W}numPr"))
        based[name] = _value(style, "basedOn")
    found: dict[str, tuple[str, int]] = {}
    for name in own:
        at = name
        for _ in range(_STYLE_DEPTH):
            reference = own.get(at)
            if reference is not None and reference[0]:
                found[name] = reference
                break
            at = based.get(at, "")
    return found


def _reference(node: Node | None) -> tuple[str, int] | None:
    return None if node is None else (_value(node, "numId"), _integer(_value(node, "ilvl") or "0"))


def _value(node: Node, child: str) -> str:
    found = node.find(f"{W}{child}")
    return "" if found is None else found.get(_VAL) or ""


def _integer(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 0
