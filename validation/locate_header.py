"""Finds header rows and says which column is which, also where headings were retyped.

A heading is taken for one of ours only by a closed rule: the same words, one slip of the keyboard, or the
whole heading inside a longer one whose further words cannot turn its meaning. Anything else is left to a
finding; no cell below a header is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plan.layout import HEADER_ROW, Column
from plan.words import fold
from validation.locate_form import corners
from validation.raw import DENSE_COLUMNS, RawSheet

_LONGEST = 120  # characters of a heading with everything that people add
_MOST_TEXTS = 60_000  # cells looked through for a header; no return of ours has a tenth of them
_MOST_CANDIDATES = 40  # rows looked at closely
_MOST_RETYPED = 40  # cells of such a row
_LONG = 16  # letters of a heading that may hold two slips instead of one
_SHORT = 6  # letters below which a slip makes another word
_GREATEST_BRACKETED = 99  # "(7)" numbers a column, "2025" names a year

# Words beside a heading that may make it another column: another time, another measure, another unit's.
_TURNING = frozenset(
    [
        *("truoc", "ngoai", "cu", "cung", "luy", "ke", "du", "kien", "uoc", "hoach", "tieu", "giao"),
        *("nam", "quy", "thang", "tuan", "chenh", "lech", "voi", "tang", "giam", "khong", "chua"),
        *("chuc", "tram", "nghin", "ngan", "van", "trieu", "ty", "ti", "phan"),
        *("xa", "phuong", "thi", "tran", "huyen", "tinh"),
    ]
)
_HARMLESS = "ngay thang nam"  # how a date is to be typed


@dataclass(frozen=True, slots=True)
class Retyped:
    """A heading that is not typed as printed: where it stands, what it says and which column's it is or may be."""

    key: str
    row: int
    column: int
    typed: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header from 1-based row `first` to `last`; `columns` maps keys to 1-based columns.

    `read_as` were taken for ours with certainty, `doubtful` only look like ours, `doubled` are a second
    heading of a column that was already found.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    read_as: tuple[Retyped, ...] = ()
    doubtful: tuple[Retyped, ...] = ()
    doubled: tuple[Retyped, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """The headings of one table, folded once."""

    plain: Mapping[str, str]
    folded: Mapping[str, str]
    percent: frozenset[str]  # keys whose heading has the sign, which folding drops
    count: int


@lru_cache(maxsize=8)
def _words(columns: tuple[Column, ...]) -> _Words:
    return _Words(
        {c.heading: c.key for c in columns},
        {fold(c.heading): c.key for c in columns},
        frozenset(c.key for c in columns if "%" in c.heading),
        len(columns),
    )


def printed_header(sheet: RawSheet, columns: tuple[Column, ...]) -> Header | None:
    """Return the header where the template prints it, letter for letter and alone on the sheet; else None."""
    if len(sheet.rows) < HEADER_ROW:
        return None
    plain = _words(columns).plain
    found: dict[str, int] = {}
    for index, value in enumerate(sheet.rows[HEADER_ROW - 1], start=1):
        if value is None:
            continue
        if not isinstance(value, str) or value not in plain or plain[value] in found:
            return None
        found[plain[value]] = index
    if len(found) < len(columns):
        return None
    mark = next(c.heading for c in columns if c.is_input)
    repeated = any(mark in row for row in sheet.rows[HEADER_ROW:])
    return None if repeated else Header(HEADER_ROW, HEADER_ROW, found)


def find_headers(sheet: RawSheet, columns: tuple[Column, ...]) -> tuple[Header, ...]:
    """Return every row, or pair of rows, that carries at least half of the headings, from the top down."""
    words = _words(columns)
    across = _across(sheet)
    headers: list[Header] = []
    for number in _candidates(sheet, words):
        if headers and number <= headers[-1].last:
            continue
        header = _matched(number, number, _texts(sheet.rows[number - 1]), words)
        if len(header.columns) < words.count:
            pair = _pair(sheet, number, across.get(number, ()), words)
            header = pair if len(pair.columns) > len(header.columns) else header
        if len(header.columns) * 2 >= words.count:
            headers.append(header)
    return tuple(headers)


def _candidates(sheet: RawSheet, words: _Words) -> list[int]:
    """1-based rows in which at least one heading stands alone in its cell."""
    known: dict[str, bool] = {}
    rows: list[int] = []
    looked = 0
    for number, cells in enumerate(sheet.rows, start=1):
        hits = 0
        for _, text in _texts(cells):
            looked += 1
            if text not in known:
                known[text] = fold(text) in words.folded
            hits += known[text]
        if hits:
            rows.append(number)
        if looked > _MOST_TEXTS or len(rows) == _MOST_CANDIDATES:
            break
    return rows


def _texts(cells: Sequence[object]) -> list[tuple[int, str]]:
    return [(i, c) for i, c in enumerate(cells, start=1) if isinstance(c, str) and len(c) <= _LONGEST and c.strip()]


def _matched(first: int, last: int, texts: Iterable[tuple[int, str]], words: _Words) -> Header:
    """Give each heading its column: those typed as printed first, so that a likeness never takes their place."""
    found: dict[str, int] = {}
    doubled: list[Retyped] = []
    rest: list[tuple[int, str]] = []
    for column, text in texts:
        key = words.folded.get(fold(text), "")
        if not key or ("%" in text and key not in words.percent):
            rest.append((column, text))
        elif key in found:
            doubled.append(Retyped(key, first, column, text))
        else:
            found[key] = column
    read_as: list[Retyped] = []
    doubtful: list[Retyped] = []
    for column, text in rest[:_MOST_RETYPED]:
        key, certain = _likeness(text, words)
        retyped = Retyped(key, first, column, " ".join(text.split()))
        if key and not certain:
            doubtful.append(retyped)
        elif key and key in found:
            doubled.append(retyped)
        elif key:
            found[key] = column
            read_as.append(retyped)
    return Header(first, last, found, tuple(read_as), tuple(doubtful), tuple(doubled))


def _likeness(text: str, words: _Words) -> tuple[str, bool]:
    """Return (key of the one heading that `text` can be, whether that is certain); ("", False) for none or several."""
    folded = fold(text)
    inside = [(k, h) for h, k in words.folded.items() if " " in h and f" {h} " in f" {folded} "]
    if len(inside) == 1:
        key, heading = inside[0]
        further = f" {folded} ".replace(f" {heading} ", " ", 1).replace(_HARMLESS, "").split()
        turned = any(word in _TURNING or _is_year(word) for word in further)
        return key, not turned and not ("%" in text and key not in words.percent)
    if inside:
        return "", False
    typed = folded.replace(" ", "")
    near = [k for h, k in words.folded.items() if _slips(typed, h.replace(" ", ""))]
    return (near[0], "%" not in text or near[0] in words.percent) if len(near) == 1 else ("", False)


def _is_year(word: str) -> bool:
    return word.isdecimal() and int(word) > _GREATEST_BRACKETED


def _slips(typed: str, heading: str) -> bool:
    """True when `typed` is `heading` with at most one wrong, lost, further or exchanged letter (two in a long one)."""
    allowed = 0 if len(heading) < _SHORT else 1 if len(heading) < _LONG else 2
    if abs(len(typed) - len(heading)) > allowed:
        return False
    before: list[int] = []
    above = list(range(len(heading) + 1))
    for i, letter in enumerate(typed, start=1):
        row = [i]
        for j, wanted in enumerate(heading, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == heading[j - 2] and typed[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1] <= allowed


def _across(sheet: RawSheet) -> dict[int, list[tuple[int, int]]]:
    """Top row -> (left, right) of the areas merged from there, as far as a table of ours may reach."""
    found: dict[int, list[tuple[int, int]]] = {}
    for area in sheet.merged:
        box = corners(area)
        if box is not None:
            (top, left), (_, right) = box
            found.setdefault(top, []).append((left, min(right, DENSE_COLUMNS)))
    return found


def _pair(sheet: RawSheet, number: int, across: Sequence[tuple[int, int]], words: _Words) -> Header:
    """Read row `number` and the one below it as one header: "Số liệu" over "kỳ này" is "Số liệu kỳ này"."""
    upper = dict(_texts(sheet.rows[number - 1]))
    for left, right in across[:DENSE_COLUMNS]:
        for column in range(left + 1, right + 1):
            if left in upper:
                upper.setdefault(column, upper[left])
    lower = dict(_texts(sheet.rows[number])) if number < len(sheet.rows) else {}
    texts: list[tuple[int, str]] = []
    for column in sorted({*upper, *lower}):
        above, below = upper.get(column, ""), lower.get(column, "")
        joined = f"{above} {below}"
        texts.append((column, joined if not above or fold(joined) in words.folded else above))
    return _matched(number, number + 1, texts, words)
