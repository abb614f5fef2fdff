"""Opens the zip of a return and rewrites its XML by hand, as no library would: for damage that programs do not do.

Only text is replaced here; every replacement must find what it replaces. No value is interpreted.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO

_MOMENT = (2026, 6, 1, 8, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts in their order."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as out:
        for name, body in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = method
            out.writestr(info, body)
    return target.getvalue()


def inline(text: str) -> str:
    """The inside of a cell that carries its own text."""
    return f'<is><t xml:space="preserve">{escape(text)}</t></is>'


class Package:
    """The parts of one .xlsx, to be changed in place."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as source:
            self.parts = {name: source.read(name) for name in source.namelist()}

    def data(self, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """The file."""
        return zipped(self.parts, method)

    def part(self, sheet: str) -> str:
        """The member that holds the sheet of this name."""
        book = self.parts["xl/workbook.xml"].decode()
        found = re.search(rf'<sheet [^>]*name="{re.escape(escape(sheet))}"[^>]*r:id="(\w+)"', book)
        assert found is not None, sheet
        links = self.parts["xl/_rels/workbook.xml.rels"].decode()
        link = next(tag for tag in re.findall(r"<Relationship [^>]*>", links) if f'Id="{found[1]}"' in tag)
        target = re.search(r'Target="([^"]+)"', link)
        assert target is not None
        return target[1].removeprefix("/") if target[1].startswith("/") else f"xl/{target[1]}"

    def text(self, part: str) -> str:
        """A part as text."""
        return self.parts[part].decode()

    def change(self, part: str, old: str, new: str, count: int = 1) -> None:
        """Replace `old`, which must stand there, in a part; `count` 0 replaces all of them."""
        text = self.text(part)
        assert old in text, (part, old)
        self.parts[part] = text.replace(old, new, count or -1).encode()

    def rewrite(self, part: str, change: Callable[[str], str]) -> None:
        """Put a part through `change`, which must change it."""
        before = self.text(part)
        after = change(before)
        assert after != before, part
        self.parts[part] = after.encode()

    def cell(self, sheet: str, address: str, attributes: str, inside: str) -> None:
        """Give the cell, which must be in the file, other attributes and another inside; its style stays."""
        pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)

        def fresh(found: re.Match[str]) -> str:
            return f'<c r="{address}"{found[1] or ""}{attributes and " " + attributes}>{inside}</c>'

        part = self.part(sheet)
        text, count = pattern.subn(fresh, self.text(part), count=1)
        assert count == 1, (sheet, address)
        self.parts[part] = text.encode()

    def styled(self, sheet: str, address: str, number_format: str) -> None:
        """Show the cell with a number format of its own."""
        styles = self.text("xl/styles.xml")
        formats = re.search(r'<numFmts count="(\d+)">', styles)
        tag = f'<numFmt numFmtId="399" formatCode="{escape(number_format)}"/>'
        styles = (
            styles.replace(formats[0], f'<numFmts count="{int(formats[1]) + 1}">{tag}')
            if formats
            else re.sub(r"<styleSheet[^>]*>", lambda m: f'{m[0]}<numFmts count="1">{tag}</numFmts>', styles, count=1)
        )
        last = re.search(r'<cellXfs count="(\d+)">', styles)
        assert last is not None
        at = styles.index("</cellXfs>")
        styles = (
            f'{styles[:at]}<xf numFmtId="399" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>{styles[at:]}'
        )
        styles = styles.replace(last[0], f'<cellXfs count="{int(last[1]) + 1}">')
        self.parts["xl/styles.xml"] = styles.encode()
        self.rewrite(
            self.part(sheet),
            lambda text: re.sub(rf'<c r="{address}"(?: s="\d+")?', f'<c r="{address}" s="{last[1]}"', text, count=1),
        )

    def push_down(self, sheet: str, at: int, count: int, fill: str = "") -> None:
        """Insert `count` rows above the row `at`, `fill` as their XML; merges go with their cells."""

        def lower(row: str) -> str:
            return str(int(row) + count if int(row) >= at else int(row))

        def change(text: str) -> str:
            start, end = text.index("<sheetData>"), text.index("</sheetData>")
            data = re.sub(r'<row r="(\d+)"', lambda m: f'<row r="{lower(m[1])}"', text[start:end])
            data = re.sub(r'<c r="([A-Z]+)(\d+)"', lambda m: f'<c r="{m[1]}{lower(m[2])}"', data)
            tail = re.sub(
                r'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"',
                lambda m: f'<mergeCell ref="{m[1]}{lower(m[2])}:{m[3]}{lower(m[4])}"',
                text[end:],
            )
            return text[:start] + data.replace(f'<row r="{at + count}"', f'{fill}<row r="{at + count}"', 1) + tail

        self.rewrite(self.part(sheet), change)

    def after_data(self, sheet: str, xml: str) -> None:
        """Put XML right behind the cells of a sheet."""
        self.change(self.part(sheet), "</sheetData>", f"</sheetData>{xml}")

    def add_row(self, sheet: str, row: int, cells: Mapping[str, str]) -> None:
        """Append a row of texts below everything; `cells` maps column letters to texts."""
        inside = "".join(f'<c r="{c}{row}" t="inlineStr">{inline(text)}</c>' for c, text in cells.items())
        self.change(self.part(sheet), "</sheetData>", f'<row r="{row}">{inside}</row></sheetData>')

    def add_part(self, name: str, body: bytes, content_type: str) -> None:
        """Add a part and declare its type."""
        self.parts[name] = body
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        self.change("[Content_Types].xml", "</Types>", override)

    def add_sheet(self, name: str, xml: str, state: str = "visible") -> None:
        """Add a worksheet at the end."""
        part = "xl/worksheets/sheet99.xml"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.add_part(part, xml.encode(), kind)
        link = f'<Relationship Type="{OFFICE}/worksheet" Target="/{part}" Id="rId99"/></Relationships>'
        self.change("xl/_rels/workbook.xml.rels", "</Relationships>", link)
        sheet = f'<sheet xmlns:r="{OFFICE}" name="{escape(name)}" sheetId="99" state="{state}" r:id="rId99"/></sheets>'
        self.change("xl/workbook.xml", "</sheets>", sheet)
