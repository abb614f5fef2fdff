"""What python-calamine does not tell of a sheet: formulas, missing results, errors, percents, extent.

Regular expressions over the sheet's bytes. A sheet is either understood to its last byte
between <sheetData> and </sheetData>, or not at all: then `look` says None and the careful reader takes
the file. So nothing that this module has not seen ever reaches python-calamine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validation.raw import DENSE_COLUMNS, DENSE_ROWS, RefusedError, a1, column_number, parse_a1

MAX_MERGES = 20_000
MAX_FOLLOWERS = 200_000  # cells filled by array formulas, in one sheet
MAX_OUTER_TAGS = 50_000  # tags before and after the cells; more are walked by expat, which bounds their depth
_CHUNK = 1 << 18  # bytes of a sheet searched at once, so that a bloated sheet costs little memory

# The error words that python-calamine knows; any other one fails its whole sheet.
_ERRORS = frozenset((b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"))
_ADDRESS = rb"[A-Z]{1,3}[1-9][0-9]{0,6}"
_FORMULA = rb"<f(?: [^<>]*+)?+>(?:[^<]*+</f>)?+"
_MARKS = rb'(?: (?:cm|vm|ph)="[0-9]{1,6}")*+'
# What python-calamine reads as it is meant, by the cell's type: it stops at an entity in a number, and takes an index
# that is not all digits for the first shared string.
_VALUES = (
    (rb'(?: t="n")?+', rb"<v(?: ?/>|>[-+0-9.eE]*+</v>)"),
    (rb' t="s"', rb"<v>[0-9]{1,7}</v>"),
    (rb' t="(?:b|e)"', rb"<v>[^<&]*+</v>"),
    (rb' t="str"', rb'<v(?: ?/>|(?: xml:space="preserve")?+>[^<]*+</v>)'),
    (rb' t="inlineStr"', rb'<is><t(?: ?/>|(?: xml:space="preserve")?+>[^<]*+</t>)</is>'),
)
_CELL = rb'c r="' + _ADDRESS + rb'"(?: s="[0-9]{1,6}")?+(?:'
_CELL += rb"|".join(
    kind + _MARKS + rb"(?: ?/>|>(?:" + _FORMULA + rb")?+(?:" + value + rb")?+</c>)" for kind, value in _VALUES
)
_CELL += rb")"
_ROW = rb'row r="[1-9][0-9]{0,6}"(?: [A-Za-z0-9:]{1,40}="[^"<>&]{0,64}")*+ ?/?>'
# Possessive throughout: the pattern never goes back, whatever it is given.
_UNDERSTOOD = re.compile(rb"(?:<(?:" + _CELL + rb"|/row>|" + _ROW + rb")|[ \t\r\n]++)*+")
# What follows is only used where _UNDERSTOOD has matched, so that it may be simple.
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>/]*+><')
_COMPUTED = re.compile(
    rb'<c r="(' + _ADDRESS + rb')"([^<>]*+)><f([^<>]*+)>(?:([^<]*+)</f>)?+(?:(<(?:v|is><t)[^<>]*+>)([^<]*+))?+'
)
_ERROR = re.compile(
    rb'<c r="(' + _ADDRESS + rb')"(?: s="[0-9]{1,6}")?+ t="e"[^<>]*+>(?:' + _FORMULA + rb")?+<v[^<>/]*+>([^<]++)"
)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?)" ?/>')
_SPREAD = re.compile(rb' ref="([A-Z0-9:]{1,23})"')
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What one sheet's bytes tell. `last_row` and `last_column` bound the cells that hold something."""

    last_row: int
    last_column: int
    count: int
    formulas: Mapping[str, str]
    uncached: frozenset[str]
    errors: Mapping[str, str]
    percents: frozenset[str]
    merged: tuple[str, ...]


class _NotUnderstoodError(Exception):
    """The sheet is written in a way that only the careful reader knows."""


def look(xml: bytes, percent_styles: frozenset[bytes]) -> CellFacts | None:
    """Facts of a sheet, None when the careful reader must take it; raises RefusedError when hostile.

    `percent_styles` are the style indexes, as they stand in the XML, that show a number as percent.
    """
    start = xml.find(b"<sheetData")
    opening = xml.find(b">", start) + 1
    if start < 0 or not opening or b"<!" in xml:
        return None
    closed = xml[opening - 2 : opening] == b"/>"
    end = opening if closed else xml.rfind(b"</sheetData>")
    if end < opening or xml.count(b"sheetData") != (1 if closed else 2):
        return None
    outer = xml.count(b"<", 0, start) + xml.count(b"<", end)
    merges = xml.count(b"mergeCell ", end)
    if merges > MAX_MERGES:
        raise RefusedError("FILE_HOSTILE", reason="có quá nhiều vùng gộp ô")
    merged = tuple(merged_area(found.decode()) for found in _MERGE.findall(xml, end))
    if outer > MAX_OUTER_TAGS + merges or len(merged) != merges:
        return None
    try:
        return _Pass(percent_styles).run(xml, opening, end, merged)
    except _NotUnderstoodError:
        return None


class _Pass:
    """One pass over the cells of one sheet, chunk by chunk."""

    def __init__(self, percent_styles: frozenset[bytes]) -> None:
        self.percent_cell = _percent_cell(percent_styles) if percent_styles else None
        self.columns: set[bytes] = set()
        self.last_row = 0
        self.formulas: dict[str, str] = {}
        self.spread: dict[str, str] = {}
        self.uncached: set[str] = set()
        self.errors: dict[str, str] = {}
        self.percents: set[str] = set()

    def run(self, xml: bytes, start: int, end: int, merged: tuple[str, ...]) -> CellFacts:
        understood = _UNDERSTOOD.match(xml, start, end)
        if understood is None or understood.end() != end:
            raise _NotUnderstoodError
        count = xml.count(b"<c ", start, end)
        while start < end:
            stop = xml.find(b"</row>", start + _CHUNK, end)
            stop = end if stop < 0 else stop + len(b"</row>")
            self._chunk(xml, start, stop)
            start = stop
        column = max((column_number(letters.decode()) for letters in self.columns), default=0)
        return CellFacts(
            last_row=self.last_row,
            last_column=column,
            count=count,
            formulas=self.spread | self.formulas,
            uncached=frozenset(self.uncached),
            errors=self.errors,
            percents=frozenset(self.percents),
            merged=merged,
        )

    def _chunk(self, xml: bytes, start: int, stop: int) -> None:
        filled = _FILLED.findall(xml, start, stop)
        if not filled:
            return
        letters, rows = zip(*filled, strict=True)
        self.columns.update(letters)
        numbers = set(map(int, set(rows)))
        # Two cells of one place, or rows out of their order, among which there may be two.
        if min(numbers) <= self.last_row or len(set(filled)) < len(filled):
            raise _NotUnderstoodError
        self.last_row = max(numbers)
        for address, cell, tag, formula, stored, value in _COMPUTED.findall(xml, start, stop):
            place = address.decode()
            self.formulas[place] = plain_text(formula)
            if tag and (b'="array"' in tag or b'="dataTable"' in tag):
                self._spread(tag)
            if not value and not (stored and b't="str"' in cell):
                self.uncached.add(place)
        if xml.find(b' t="e"', start, stop) >= 0:
            for address, error in _ERROR.findall(xml, start, stop):
                if error not in _ERRORS:
                    raise _NotUnderstoodError
                self.errors[address.decode()] = error.decode()
        if self.percent_cell is not None:
            self.percents.update(address.decode() for address in self.percent_cell.findall(xml, start, stop))

    def _spread(self, tag: bytes) -> None:
        found = _SPREAD.search(tag)
        if found is None:
            raise _NotUnderstoodError
        for follower in spread_over(found[1].decode(), MAX_FOLLOWERS - len(self.spread)):
            self.spread[follower] = ""


def _percent_cell(styles: frozenset[bytes]) -> re.Pattern[bytes]:
    """Matches a number cell of one of these styles, or a formula without result: what it gives is shown so too."""
    any_style = b"|".join(sorted(styles))
    return re.compile(
        rb'<c r="(' + _ADDRESS + rb')" s="(?:' + any_style + rb')"(?: t="n")?+(?: (?:cm|vm|ph)="[0-9]{1,6}")*+>'
        rb"(?:(?:" + _FORMULA + rb")?+<v[^<>/]*+>[^<]|" + _FORMULA + rb"(?:<v(?: ?/>|[^<>/]*+></v>))?+</c>)"
    )


def spread_over(reference: str, budget: int) -> Iterator[str]:
    """Addresses that an array formula fills, within the dense area; raises RefusedError beyond the budget."""
    first, _, last = reference.partition(":")
    try:
        (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    except ValueError as error:
        raise RefusedError("FILE_DAMAGED", detail="vùng của công thức mảng sai") from error
    bottom, right = min(bottom, DENSE_ROWS), min(right, DENSE_COLUMNS)
    if max(0, bottom - top + 1) * max(0, right - left + 1) > budget:
        raise RefusedError("FILE_HOSTILE", reason="có công thức mảng quá lớn")
    return (a1(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def merged_area(reference: str) -> str:
    """`reference` when it is one cell or two corners within Excel's sheet; raises RefusedError otherwise.

    A merge that no program could follow is not dropped: it may lie over an input cell.
    """
    first, colon, last = reference.partition(":")
    try:
        parse_a1(first)
        parse_a1(last if colon else first)
    except ValueError as error:
        raise RefusedError("FILE_DAMAGED", detail="vùng gộp ô sai") from error
    return reference


def plain_text(escaped: bytes) -> str:
    """Text of an element that holds no other element, with its entities resolved."""
    text = escaped.decode("utf-8", "replace")
    return _ENTITY.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
