"""Looks at the bytes of a returned file before any parser may: what is it, and is it safe to read?

The content decides, never the file name. What comes out is either a refusal with its reason, or exactly
the bytes that a reader may have, every one of them inflated within bounds here. No cell value is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from validation.archive import Archive, stored_zip
from validation.biff import BinaryFacts, check_xlsb, checked_xls
from validation.binary import OLE_MAGIC, OleFile, clean_ole
from validation.careful import MAX_AREA, MAX_CELLS, too_far
from validation.cells import CellFacts, look
from validation.kinds import BLANK, UNKNOWN, Kind
from validation.outline import WORKBOOK, Shown, Spreadsheet, read_outline
from validation.raw import DENSE_COLUMNS, DENSE_ROWS, MAX_COLUMN, MAX_ROW, Fault, RefusedError, a1
from validation.sniff import UNFINISHED_EXTENSIONS, extension_of, kind_of_bytes, kind_of_ole, kind_of_zip

MAX_FILE = 25 << 20  # bytes; a filled template has 17 KB, one with scanned pictures some MB

# Other names that people and programs give to the same content.
_EXTENSIONS = {
    "xlsx": (".xlsx", ".xltx", ".et", ".ett"),  # WPS writes the content of either Excel format under its own names
    "xlsm": (".xlsm", ".xltm"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
}
_SPREADSHEET_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_SST = re.compile(rb'<sst(?: [A-Za-z:]{1,40}="[^"<>]{0,200}")*>')
_UNIQUE = re.compile(rb' uniqueCount="([0-9]{1,20})"')
_SLACK = 1_000  # strings that a careless producer may have miscounted


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that may be read. For xlsx and xlsm `book` is set, with `facts` by sheet (None: only the
    careful reader understands the sheet); `data` is what the reader of another kind may have, with `binary` for
    an xls or xlsb.
    """

    kind: str
    notes: tuple[Fault, ...]
    book: Spreadsheet | None = None
    facts: tuple[CellFacts | None, ...] = ()
    data: bytes = b""
    binary: BinaryFacts | None = None


def scan(data: bytes, name: str, passed_over: frozenset[str] = frozenset()) -> Scan | Fault:
    """What the file is and what of it may be read, or why it is refused; never raises.

    Sheets of an xlsx named in `passed_over` are neither looked at nor handed on.
    """
    try:
        found = _scan(data, name, passed_over)
    except RefusedError as refused:
        return _unfinished(refused.fault, name)
    return replace(found, notes=(*_extension_note(found.kind, name), *found.notes))


def _unfinished(fault: Fault, name: str) -> Fault:
    """A browser's half download is told as such; its end may be missing, or all of it."""
    extension = extension_of(name)
    blank = fault.facts.get("kind") in (UNKNOWN.words, BLANK.words)
    if extension in UNFINISHED_EXTENSIONS and (fault.code in ("FILE_EMPTY", "FILE_DAMAGED") or blank):
        return Fault("FILE_UNFINISHED", {"extension": extension})
    return fault


def _not_workbook(kind: Kind) -> RefusedError:
    return RefusedError("FILE_NOT_WORKBOOK", kind=kind.words, ask=kind.ask)


def _scan(data: bytes, name: str, passed_over: frozenset[str]) -> Scan:
    if not data:
        raise RefusedError("FILE_EMPTY")
    if len(data) > MAX_FILE:
        raise RefusedError("FILE_TOO_LARGE", size=_megabytes(len(data)), limit=_megabytes(MAX_FILE))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _scan_zip(Archive(data), passed_over)
    if data.startswith(OLE_MAGIC):
        return _scan_ole(data, name)
    raise _not_workbook(kind_of_bytes(data, name))


def _megabytes(size: int) -> str:
    tenths = -(-size * 10 >> 20)
    return f"{tenths // 10},{tenths % 10} MB".replace(",0 ", " ")


def _extension_note(kind: str, name: str) -> tuple[Fault, ...]:
    extension = extension_of(name)
    if extension in _EXTENSIONS[kind]:
        return ()
    return (Fault("FILE_WRONG_EXTENSION", {"extension": extension or "không có", "kind": _EXTENSIONS[kind][0]}),)


def _scan_zip(archive: Archive, passed_over: frozenset[str]) -> Scan:
    names = archive.names
    if names.isdisjoint((WORKBOOK, "xl/workbook.bin")):
        if "mimetype" in names and archive.inflate("mimetype").strip() in _SPREADSHEET_TYPES:
            return _scan_ods(archive)
        raise _not_workbook(kind_of_zip(names))
    types = archive.inflate("[content_types].xml")
    if not types:
        raise RefusedError("FILE_DAMAGED", detail="thiếu mục lục nội dung của tệp Excel")
    macros = "xl/vbaproject.bin" in names
    notes = (Fault("FILE_HAS_MACROS"),) if macros else ()
    if WORKBOOK not in names:
        checked, told = _checked_xlsb(archive)
        return Scan("xlsb", notes, data=checked, binary=told)
    book = read_outline(archive, passed_over)
    percents = frozenset(b"%d" % index for index, shown in enumerate(book.shown) if shown is Shown.PERCENT)
    facts = tuple(look(sheet.xml, percents) for sheet in book.sheets)
    _check_extent(facts)
    plain_strings = _strings_are_plain(book.strings)
    kind = "xlsm" if macros or b"macroEnabled.main" in types else "xlsx"
    return Scan(kind, notes, book, facts if plain_strings else (None,) * len(facts))


def _check_extent(facts: tuple[CellFacts | None, ...]) -> None:
    """Bounds on what the quick look saw. A sheet with stray cells is left to the careful reader and its bounds:
    python-calamine would build every place up to the last cell.
    """
    area = cells = 0
    for sheet in facts:
        if sheet is None:
            continue
        row, column = sheet.last_row, sheet.last_column
        if row > MAX_ROW or column > MAX_COLUMN:
            raise too_far(a1(row, column))
        if row <= DENSE_ROWS and column <= DENSE_COLUMNS:
            area += row * column
        cells += sheet.count
    if cells > MAX_CELLS:
        raise RefusedError("FILE_HOSTILE", reason="có hơn 1 triệu ô")
    if area > MAX_AREA:
        raise RefusedError("FILE_HOSTILE", reason="bảng quá dài hoặc quá rộng")


def _strings_are_plain(xml: bytes) -> bool:
    """False when only the careful reader can tell the strings; raises RefusedError when their count lies."""
    if not xml:
        return True
    opening = _SST.search(xml, 0, 2_000)
    if opening is None or xml.count(b"<sst") != 1:
        return False
    declared = _UNIQUE.search(opening[0])
    if declared is not None and int(declared[1]) > xml.count(b"<si") + _SLACK:
        raise RefusedError("FILE_HOSTILE", reason="khai báo số chuỗi văn bản không khớp với nội dung")
    return b"<!" not in xml


def _checked_xlsb(archive: Archive) -> tuple[bytes, BinaryFacts]:
    parts = {}
    for name in sorted(archive.names):
        inside = name.startswith(("xl/worksheets/sheet", "xl/workbook.", "xl/styles.", "xl/sharedstrings."))
        if name in ("[content_types].xml", "_rels/.rels") or name.startswith("xl/_rels/workbook.") or inside:
            parts[archive.spelled(name)] = archive.inflate(name)
    told = check_xlsb(parts)
    return stored_zip(parts), told


def _scan_ods(archive: Archive) -> Scan:
    names = archive.names
    if "encrypted-package" in names or b"encryption-data" in archive.inflate("meta-inf/manifest.xml"):
        raise RefusedError("FILE_ENCRYPTED")
    content = archive.inflate("content.xml")
    if not content:
        raise RefusedError("FILE_DAMAGED", detail="thiếu nội dung bảng tính")
    macros = any(name.startswith(("basic/", "scripts/")) and name.endswith((".xml", ".py", ".js")) for name in names)
    return Scan("ods", (Fault("FILE_HAS_MACROS"),) if macros else (), data=content)


def _scan_ole(data: bytes, name: str) -> Scan:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise RefusedError("FILE_ENCRYPTED")
    ole = OleFile(data)
    stream = next((name for name in ("Workbook", "Book") if name in ole.names), None)
    if stream is None:
        raise _not_workbook(kind_of_ole(ole.names, name))
    macros = "_VBA_PROJECT_CUR" in ole.names
    checked, told = checked_xls(ole.stream(stream))
    return Scan("xls", (Fault("FILE_HAS_MACROS"),) if macros else (), data=clean_ole(checked), binary=told)
