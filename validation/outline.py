"""What a SpreadsheetML package is made of: its sheets, shared strings and what its cell styles mean.

Found by relationship, not by file name, as Excel itself does it. Cells are not looked at here.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from validation.archive import Archive
from validation.markup import Attributes, refuse_declarations, walk
from validation.raw import RefusedError

WORKBOOK = "xl/workbook.xml"
MAX_SHEETS = 256  # our own workbook has five; Excel users rarely pass thirty

_BUILTIN_PERCENTS = (9, 10)
_BUILTIN_DATES = (*range(14, 23), 45, 47)
_BUILTIN_DURATION = 46
# Parts of a format code that only print: quoted text, escaped or padding characters.
_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[([^\]]*)\]?")


class Shown(Enum):
    """How a number is shown by its format."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet and its XML; chart and macro sheets hold no cells and are left out."""

    name: str
    visible: bool
    xml: bytes


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The parts of an xlsx or xlsm that hold cells. `shown` is by style index."""

    sheets: tuple[SheetPart, ...]
    strings: bytes
    styles: bytes
    shown: tuple[Shown, ...]
    date1904: bool


def read_outline(archive: Archive, passed_over: frozenset[str] = frozenset()) -> Spreadsheet:
    """The parts of the package in workbook order, every one inflated within bounds; raises RefusedError.

    Sheets named in `passed_over` are left out: no reader of this run will see them.
    """
    sheets, date1904 = _workbook(_xml(archive, WORKBOOK))
    links = relationships(_xml(archive, "xl/_rels/workbook.xml.rels"))
    parts = []
    for name, visible, link in sheets:
        kind, target = links.get(link, ("", ""))
        if not kind and name not in passed_over:
            raise RefusedError("FILE_DAMAGED", detail="thiếu nội dung của một trang tính")
        if kind == "worksheet" and name not in passed_over:
            parts.append(SheetPart(name, visible, _there(archive, target)))
    if not parts and not passed_over & {name for name, _, _ in sheets}:
        raise RefusedError("FILE_DAMAGED", detail="không có trang tính nào")
    targets = dict(links.values())
    styles, strings = (_there(archive, targets[k]) if k in targets else b"" for k in ("styles", "sharedStrings"))
    return Spreadsheet(tuple(parts), strings, styles, _shown(styles), date1904)


def _there(archive: Archive, name: str) -> bytes:
    """A part that the workbook names: without its styles a 1 that was shown as 100 % would be 1 %."""
    if name.lower() not in archive.names:
        raise RefusedError("FILE_DAMAGED", detail=f"thiếu thành phần {name}")
    return _xml(archive, name)


def _xml(archive: Archive, name: str) -> bytes:
    body = archive.inflate(name.lower())
    refuse_declarations(body)
    return body


def _workbook(xml: bytes) -> tuple[list[tuple[str, bool, str]], bool]:
    """((sheet name, visible, relationship id), ...) and whether dates count from 1904."""
    sheets: list[tuple[str, bool, str]] = []
    date1904 = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal date1904
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", "visible") == "visible", link))
            if len(sheets) > MAX_SHEETS:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều trang tính")
        elif tag == "workbookPr":
            date1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    walk(xml, start, _nothing)
    return sheets, date1904


def relationships(xml: bytes) -> dict[str, tuple[str, str]]:
    """Relationship id -> (last word of its type, member name in the package)."""
    links: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
            target = attributes.get("Target", "").replace("\\", "/")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], inside)

    if xml:
        walk(xml, start, _nothing)
    return links


def _nothing(_tag: str) -> None:
    """A closing tag nobody waits for."""


@lru_cache(maxsize=64)  # most returns of a period carry the styles of their template, byte for byte
def _shown(xml: bytes) -> tuple[Shown, ...]:
    """How numbers are shown, by index into cellXfs."""
    codes: dict[int, Shown] = {}
    result: list[Shown] = []
    inside = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        if tag == "xf":
            if inside:
                number = int(attributes.get("numFmtId", "0"))
                result.append(codes.get(number) or built_in(number))
        elif tag == "numFmt":
            codes.setdefault(int(attributes.get("numFmtId", "0")), shown_by(attributes.get("formatCode", "")))
        elif tag == "cellXfs":
            inside = True

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "cellXfs":
            inside = False

    if xml:
        walk(xml, start, end)
    return tuple(result)


def built_in(number: int) -> Shown:
    """What a number format without a code of its own in the file shows."""
    if number in _BUILTIN_PERCENTS:
        return Shown.PERCENT
    if number == _BUILTIN_DURATION:
        return Shown.DURATION
    return Shown.DATE if number in _BUILTIN_DATES else Shown.PLAIN


def shown_by(code: str) -> Shown:
    """What a custom number format shows, from its unquoted signs (ECMA-376 part 1, 18.8.31)."""
    bare = _LITERALS.sub("", code).lower()
    if any(inner and not inner.strip(inner[0]) and inner[0] in "hms" for inner in _BRACKETS.findall(bare)):
        return Shown.DURATION
    bare = _BRACKETS.sub("", bare)
    if "%" in bare:
        return Shown.PERCENT
    return Shown.DATE if any(sign in bare for sign in "dmyhs") and bare != "standard" else Shown.PLAIN
