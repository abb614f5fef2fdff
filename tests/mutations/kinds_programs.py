"""The same return as other programs write it: other prefixes, other parts, other encodings, other bits of XML."""

from __future__ import annotations

import re
from collections.abc import Callable

from plan.layout import TASK_SHEET
from tests.mutations.kinds_containers import dated as dated_cells
from tests.mutations.make import case, package, theme
from tests.mutations.model import Case, Due, Kind, Make, Subject
from tests.mutations.package import MAIN, OFFICE, Package

_xml = theme("phần mềm khác", "XML")
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEETS = "xl/worksheets/"


def _made(change: Callable[[Package], None], *due: Due) -> Make:
    return lambda s: case(s, package(s, change), due)


def _each(change: Callable[[str], str], where: str = _SHEETS) -> Make:
    """Every part below `where` is put through `change`."""
    return _made(lambda parts: _rewrite_all(parts, change, where))


def _rewrite_all(parts: Package, change: Callable[[str], str], where: str = _SHEETS) -> None:
    for name in parts.parts:
        if name.startswith(where) and name.endswith(".xml"):
            parts.parts[name] = change(parts.text(name)).encode()


def _prefixed(text: str) -> str:
    """Every element under the prefix x:, as the Open XML SDK writes it."""
    text = re.sub(r"<(/?)(?!\?)([A-Za-z])", r"<\1x:\2", text)
    return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 1)


def _strict(parts: Package) -> None:
    for name in parts.parts:
        if name.endswith((".xml", ".rels")):
            text = parts.text(name).replace(MAIN, _STRICT).replace(OFFICE, _STRICT_OFFICE)
            parts.parts[name] = text.encode()


def _without_addresses(text: str) -> str:
    """No cell names its place, as some exporters leave it; gaps are filled, so that the order says it."""
    rows = []
    for number, inside in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', text, flags=re.DOTALL):
        cells: dict[int, str] = {}
        for letters, rest in re.findall(r'<c r="([A-Z]+)\d+"((?:(?!<c r=).)*)', inside, flags=re.DOTALL):
            at = 0
            for letter in letters:
                at = at * 26 + ord(letter) - 64
            cells[at] = f"<c{rest}"
        filled = "".join(cells.get(n, "<c/>") for n in range(1, max(cells, default=0) + 1))
        rows.append((int(number), filled))
    known = dict(rows)
    data = "".join(f"<row>{known.get(n, '')}</row>" for n in range(1, max(known, default=0) + 1))
    start, end = text.index("<sheetData>") + len("<sheetData>"), text.index("</sheetData>")
    return text[:start] + data + text[end:]


def _google(parts: Package) -> None:
    """As Google Sheets exports it: no formats worth the name, further namespaces, a drawing on every sheet."""
    spaces = (
        f'xmlns:r="{OFFICE}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    )

    def change(text: str) -> str:
        text = text.replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" {spaces}', 1)
        text = re.sub(r'<row r="(\d+)"[^>]*?>', r'<row r="\1" ht="15.75" customHeight="1">', text)
        text = re.sub(r"<conditionalFormatting.*</conditionalFormatting>", "", text, flags=re.DOTALL)
        return re.sub(r"<sheetProtection[^>]*/>", "", text)

    _rewrite_all(parts, change)
    del parts.parts["docProps/app.xml"], parts.parts["docProps/core.xml"]


def _wps(parts: Package) -> None:
    """As WPS writes it: spans on rows, its own extension at the end, absolute targets with a leading slash."""
    space = "http://www.wps.cn/officeDocument/2017/etCustomData"
    tail = f'<extLst><ext uri="{{WPS}}" xmlns:etc="{space}"><etc:x v="1"/></ext></extLst>'

    def change(text: str) -> str:
        text = re.sub(r'<row r="(\d+)"', r'<row r="\1" spans="1:15"', text)
        return text.replace("</worksheet>", f"{tail}</worksheet>")

    _rewrite_all(parts, change)


def _moved(parts: Package) -> None:
    """The sheets lie elsewhere in the package, in capitals, and only the relations know where."""
    for name in [n for n in parts.parts if n.startswith(_SHEETS)]:
        new = name.replace("xl/worksheets/sheet", "xl/Sheets/Trang")
        parts.parts[new] = parts.parts.pop(name)
        parts.change("xl/_rels/workbook.xml.rels", f'"/{name}"', f'"/{new}"')
        parts.change("[Content_Types].xml", f'"/{name}"', f'"/{new}"')


def _relative(parts: Package) -> None:
    parts.change("xl/_rels/workbook.xml.rels", '"/xl/worksheets/', '"worksheets/', 0)


def _utf16(parts: Package) -> None:
    """UTF-16 with its declaration: allowed by XML, rare, and fatal to readers that look for bytes."""
    part = parts.part(TASK_SHEET)
    text = re.sub(r"^<\?xml[^>]*\?>", "", parts.text(part))
    parts.parts[part] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def _bom(text: str) -> str:
    return "\ufeff" + text


def _spaced(text: str) -> str:
    """Line breaks and blanks between all tags of the cells, as a pretty printer sets them."""
    start, end = text.index("<sheetData>"), text.index("</sheetData>")
    return text[:start] + re.sub(r"(</c>|</row>|<row[^>]*>)", "\\1\r\n    ", text[start:end]) + text[end:]


def _attributes_turned(text: str) -> str:
    """The attributes of a cell in another order and in single quotes."""
    return re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)" t="(\w+)"', r"<c t='\3'  s='\2' r='\1'", text)


def _without_styles(parts: Package) -> None:
    """No styles at all: a day is a bare number from here on."""
    del parts.parts["xl/styles.xml"]
    parts.rewrite("xl/_rels/workbook.xml.rels", lambda t: re.sub(r'<Relationship [^>]*styles.xml"[^>]*/>', "", t))
    _rewrite_all(parts, lambda t: re.sub(r' s="\d+"', "", t))


def _bare(s: Subject) -> Case:
    return case(s, package(s, _without_styles), [Due("DATE_CLEANED", TASK_SHEET, cell) for cell in dated_cells(s)])


def _empty_rows(text: str) -> str:
    """Formats down to the thousandth row, without a value in them."""
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(200, 1200))
    return text.replace("</sheetData>", f"{rows}</sheetData>")


def _without(part: str) -> Callable[[Package], None]:
    def change(parts: Package) -> None:
        del parts.parts[part]

    return change


def _alternate(text: str) -> str:
    """A block of alternate content before the cells, as Excel writes for newer features."""
    block = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14" xmlns:x14="urn:x"><c r="H10"><v>1</v></c></mc:Choice><mc:Fallback/>'
        "</mc:AlternateContent>"
    )
    return text.replace("<sheetData>", f"{block}<sheetData>")


def _self_closed(text: str) -> str:
    return re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="n")?></c>', r'<c r="\1"\2/>', text)


def _cells_out_of_order(text: str) -> str:
    """The cells of each row from right to left."""

    def turned(found: re.Match[str]) -> str:
        cells = re.findall(r"<c r=.*?(?:</c>|/>)(?=<c r=|$)", found[2], flags=re.DOTALL)
        return f"{found[1]}{''.join(reversed(cells))}</row>"

    return re.sub(r"(<row [^>]*[^/]>)(.*?)</row>", turned, text, flags=re.DOTALL)


def _rows_out_of_order(text: str) -> str:
    start, end = text.index("<sheetData>") + len("<sheetData>"), text.index("</sheetData>")
    rows = re.findall(r"<row .*?</row>", text[start:end], flags=re.DOTALL)
    return text[:start] + "".join(reversed(rows)) + text[end:]


_DAMAGED = Due("FILE_DAMAGED")

KINDS: tuple[Kind, ...] = (
    _xml("google", "như Google Trang tính xuất ra", _made(_google)),
    _xml("wps", "như WPS lưu", _made(_wps)),
    _xml("tien-to-x", "mọi thẻ XML có tiền tố x:", _each(_prefixed)),
    _xml("strict", "chuẩn OOXML Strict", _made(_strict)),
    _xml("khong-dia-chi", "ô không ghi địa chỉ", _each(_without_addresses)),
    _xml("phan-khac-cho", "trang tính nằm ở thư mục khác trong gói", _made(_moved)),
    _xml("duong-dan-tuong-doi", "đường dẫn tương đối trong gói", _made(_relative)),
    _xml("utf-16", "trang tính mã hóa UTF-16", _made(_utf16, _DAMAGED), "từ chối rõ ràng, lưu lại bằng Excel là được"),
    _xml("dau-bom", "dấu BOM đầu mỗi trang", _each(_bom)),
    _xml("xuong-dong", "xuống dòng giữa các thẻ", _each(_spaced)),
    _xml("thuoc-tinh-dao", "thuộc tính đảo thứ tự, nháy đơn", _each(_attributes_turned)),
    _xml("khong-kieu", "không có kiểu định dạng nào", _bare),
    _xml("dong-trong-dinh-dang", "định dạng kéo tới dòng 1200", _each(_empty_rows)),
    _xml("noi-dung-thay-the", "khối AlternateContent trước bảng", _each(_alternate)),
    _xml("the-tu-dong", "ô trống viết dạng tự đóng", _each(_self_closed)),
    _xml("o-nguoc", "các ô trong dòng ghi từ phải sang trái", _each(_cells_out_of_order)),
    _xml("dong-nguoc", "các dòng ghi từ dưới lên", _each(_rows_out_of_order)),
    _xml("thieu-muc-luc", "thiếu [Content_Types].xml", _made(_without("[Content_Types].xml"), _DAMAGED)),
    _xml("thieu-quan-he", "thiếu quan hệ của sổ tính", _made(_without("xl/_rels/workbook.xml.rels"), _DAMAGED)),
)
