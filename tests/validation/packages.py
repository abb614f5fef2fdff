"""Makes small workbooks by hand, part by part, for tests that need a file no honest program writes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

from validation.binary import clean_ole

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Biểu" sheetId="1" r:id="a"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="b" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="c" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
Chunks = bytes | Iterable[bytes]


def zipped(parts: Mapping[str, Chunks], level: int = 6) -> bytes:
    """A zip of the parts; a part may be given in chunks, so that a huge one is never whole in memory."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, body in parts.items():
            with package.open(name, "w") as member:
                for chunk in (body,) if isinstance(body, bytes) else body:
                    member.write(chunk)
    return target.getvalue()


def xlsx_parts(sheet: Chunks, **others: Chunks) -> dict[str, Chunks]:
    """Parts of a one-sheet xlsx; `others` may be styles and sharedStrings."""
    return {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.encode(),
        "xl/worksheets/sheet1.xml": sheet,
        **{f"xl/{name}.xml": body for name, body in others.items()},
    }


def sheet_xml(data: str, after: str = "") -> bytes:
    """A worksheet with this between <sheetData> and </sheetData>."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'.encode()


def number_at(address: str) -> str:
    """A row with one number cell; its row number is taken from the address as it stands."""
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}"><v>7</v></c></row>'


def repeated(head: bytes, chunk: bytes, times: int, tail: bytes) -> Iterable[bytes]:
    """One large part in chunks."""
    yield head
    for _ in range(times):
        yield chunk
    yield tail


def ods_parts(rows: str, styles: str = "") -> dict[str, Chunks]:
    """Parts of an ods whose one table holds these rows."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    content = (
        f'<office:document-content {spaces} xmlns:calcext="urn:calcext">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Biểu" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}


def xls_file(*cells: tuple[int, int, float], dimensions: tuple[int, int, int, int] = (0, 1, 0, 1)) -> bytes:
    """An xls of one sheet with number cells (0-based row, column, value) and a claimed extent."""
    bof = struct.pack("<HHIII", 0x600, 5, 0, 0, 0)[:16]
    name = b"\x05\x00" + b"Sheet"
    head = _record(0x809, bof)
    globals_size = len(head) + 4 + 6 + len(name) + 4
    workbook = head + _record(0x85, struct.pack("<IBB", globals_size, 0, 0) + name) + _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHIII", 0x600, 0x10, 0, 0, 0)[:16])
    sheet += _record(0x200, struct.pack("<IIHHH", *dimensions, 0))
    for row, column, value in cells:
        sheet += _record(0x203, struct.pack("<HHHd", row, column, 0, value))
    return clean_ole(workbook + sheet + _record(0x0A, b""))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xlsb_file(*cells: tuple[int, int, float], strings: int = 0) -> bytes:
    """An xlsb of one sheet with number cells (0-based) and a claimed number of shared strings."""
    name = "Sheet"
    sheet_ref = struct.pack("<II", 0, 1) + _wide("a") + _wide(name)
    workbook = _record12(0x9C, sheet_ref) + _record12(0x90, b"") + _record12(0x9D, b"")
    sheet = _record12(0x81, b"") + _record12(0x94, bytes(16)) + _record12(0x91, b"")
    for row, column, value in cells:
        sheet += _record12(0, struct.pack("<I", row) + bytes(13))
        sheet += _record12(5, struct.pack("<IId", column, 0, value))
    sheet += _record12(0x92, b"") + _record12(0x82, b"")
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<Relationships/>",
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": RELATIONS.replace("sheet1.xml", "sheet1.bin").encode(),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/sharedStrings.bin": _record12(0x9F, struct.pack("<II", strings, strings)) + _record12(0xA0, b""),
        }
    )


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record12(kind: int, body: bytes) -> bytes:
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    return head + bytes((len(body),)) + body
