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
    f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
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
    links = "".join(f'<Relationship Id="{k}" Type="{OFFICE}/{k}" Target="{k}.xml"/>' for k in others)
    return {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.replace("</R", f"{links}</R").encode(),
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
    sheet = record(0x200, struct.pack("<IIHHH", *dimensions, 0))
    for row, column, value in cells:
        sheet += record(0x203, struct.pack("<HHHd", row, column, 0, value))
    return xls_book([("Sheet", sheet)])


def xls_book(sheets: Iterable[tuple[str, bytes]], styles: bytes = b"", version: int = 0x600) -> bytes:
    """An xls of sheets with these records, stored last first; `styles` are records of the workbook."""
    named = list(sheets)
    bodies = [_begin(version, 0x10) + records + record(0x0A, b"") for _, records in named]
    flags = b"" if version == 0x500 else b"\0"
    names = [bytes((len(name),)) + flags + name.encode("ascii") for name, _ in named]
    start = len(_begin(version, 5) + styles) + sum(10 + len(name) for name in names) + 4
    places = [start + sum(map(len, bodies[n + 1 :])) for n in range(len(bodies))]
    bound = [record(0x85, struct.pack("<IBB", at, 0, 0) + name) for at, name in zip(places, names, strict=True)]
    return clean_ole(b"".join([_begin(version, 5), styles, *bound, record(0x0A, b""), *reversed(bodies)]))


def _begin(version: int, kind: int) -> bytes:
    return record(0x809, struct.pack("<HHIII", version, kind, 0, 0, 0))


def record(kind: int, body: bytes) -> bytes:
    """A record of an xls."""
    return struct.pack("<HH", kind, len(body)) + body


def xlsb_file(*cells: tuple[int, int, float], strings: int = 0) -> bytes:
    """An xlsb of one sheet with number cells (0-based) and a claimed number of shared strings."""
    records = b""
    for row, column, value in cells:
        records += row12(row) + record12(5, struct.pack("<IId", column, 0, value))
    return xlsb_book([("Sheet", "worksheets/sheet1.bin", records)], strings)


def xlsb_book(sheets: Iterable[tuple[str, str, bytes]], strings: int = 0) -> bytes:
    """An xlsb of sheets with a name, a part below xl/ and the records of their cells."""
    named = list(sheets)
    workbook, links = b"", ""
    for number, (name, part, _) in enumerate(named):
        workbook += record12(0x9C, struct.pack("<II", 0, number + 1) + _wide(f"a{number}") + _wide(name))
        links += f'<Relationship Id="a{number}" Type="{OFFICE}/worksheet" Target="{part}"/>'
    head = record12(0x81, b"") + record12(0x94, bytes(16)) + record12(0x91, b"")
    tail = record12(0x92, b"") + record12(0x82, b"")
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<Relationships/>",
            "xl/workbook.bin": workbook + record12(0x90, b"") + record12(0x9D, b""),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>".encode(),
            "xl/sharedStrings.bin": record12(0x9F, struct.pack("<II", strings, strings)) + record12(0xA0, b""),
            **{f"xl/{part}": head + records + tail for _, part, records in named},
        }
    )


def row12(row: int) -> bytes:
    """The head of a row (0-based) of an xlsb."""
    return record12(0, struct.pack("<I", row) + bytes(13))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def record12(kind: int, body: bytes) -> bytes:
    """A record of an xlsb of fewer than 128 bytes."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    return head + bytes((len(body),)) + body
