"""Files that are made to harm, or that a broken program makes: bombs, far cells, entities, doubled members."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from plan.layout import INDICATOR_SHEET, TASK_SHEET
from tests.mutations.make import case, package, theme
from tests.mutations.model import Case, Due, Kind, Make, Subject
from tests.mutations.package import MAIN, Package, inline, zipped

_zip = theme("ác ý", "zip")
_xml = theme("ác ý", "XML")
_byte = theme("ác ý", "byte")
_HOSTILE, _DAMAGED = Due("FILE_HOSTILE"), Due("FILE_DAMAGED")


def _made(change: Callable[[Package], None], *due: Due) -> Make:
    return lambda s: case(s, package(s, change), due)


def _far(address: str, *due: Due) -> Make:
    row = "".join(c for c in address if c.isdigit())
    cell = f'<row r="{row}"><c r="{address}" t="inlineStr">{inline("xa")}</c></row></sheetData>'
    return _made(lambda p: p.change(p.part(TASK_SHEET), "</sheetData>", cell), *due)


def _prologue(text: str) -> Callable[[Package], None]:
    def change(parts: Package) -> None:
        part = parts.part(TASK_SHEET)
        parts.parts[part] = text.encode() + parts.parts[part]

    return change


_LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9)) + "]>"
)


def _bomb(parts: Package) -> None:
    """A sheet of blanks that inflates to 40 MB."""
    parts.add_sheet("Bom", f'<worksheet xmlns="{MAIN}"><sheetData>{" " * (40 << 20)}</sheetData></worksheet>')


def _many_members(s: Subject) -> bytes:
    parts = Package(s.data).parts
    return zipped({**parts, **{f"xl/media/anh{n}.png": b"" for n in range(5000)}})


def _doubled_member(s: Subject) -> bytes:
    """Two members of one name: which one a program takes is anybody's guess."""
    target = BytesIO()
    parts = Package(s.data)
    part = parts.part(TASK_SHEET)
    with zipfile.ZipFile(target, "w") as out:
        for name, body in parts.parts.items():
            out.writestr(name, body)
        info = zipfile.ZipInfo("@" + part[1:])
        out.writestr(info, parts.parts[part].replace(b"<v>", b"<v>1"))
    return target.getvalue().replace(b"@" + part[1:].encode(), part.encode())


def _named(name: str) -> Make:
    return _made(lambda p: p.parts.update({name: b"x"}), _HOSTILE)


def _zip_with_path(s: Subject) -> Case:
    """A zip that would unpack outside its folder: taken out under a harmless name, nothing is written."""
    data = zipped({f"../../../{s.name}": s.data})
    return case(s, data, [Due("PARCEL_OPENED")], name="bao-cao.zip")


def _nested(s: Subject) -> Case:
    data, name = s.data, s.name
    for level in range(12):
        data, name = zipped({name: data}), f"lop{level}.zip"
    return case(s, data, [Due("PARCEL_OPENED"), Due("PARCEL_TOO_DEEP")], name="bao-cao.zip")


def _deep_xml(parts: Package) -> None:
    parts.after_data(TASK_SHEET, f"<extLst>{'<a>' * 60_000}{'</a>' * 60_000}</extLst>")


def _merges(parts: Package) -> None:
    areas = "".join(f'<mergeCell ref="Z{n}:AA{n}"/>' for n in range(100, 20_200))
    parts.change(parts.part(TASK_SHEET), "</mergeCells>", f"{areas}</mergeCells>")


def _wide_merge(parts: Package) -> None:
    parts.change(parts.part(TASK_SHEET), "</mergeCells>", '<mergeCell ref="Q100:XFD1048576"/></mergeCells>')


def _wide_array(parts: Package) -> None:
    cell = '<c r="M200"><f t="array" ref="M200:XFD1048576">1</f><v>1</v></c>'
    parts.change(parts.part(INDICATOR_SHEET), "</sheetData>", f'<row r="200">{cell}</row></sheetData>')


def _false_count(parts: Package) -> None:
    """A table of shared strings that claims four milliards of them."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    strings = f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    parts.add_part("xl/sharedStrings.xml", strings.encode(), kind)
    link = (
        '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml" Id="rId78"/></Relationships>'
    )
    parts.change("xl/_rels/workbook.xml.rels", "</Relationships>", link)


def _missing_string(s: Subject) -> Case:
    data = package(s, lambda p: p.cell(TASK_SHEET, s.at(s.task() or "", "status"), 't="s"', "<v>7777</v>"))
    return case(s, data, [_DAMAGED])


def _long_text(s: Subject) -> Case:
    """Two million letters in a cell beside the table."""
    return case(s, package(s, lambda p: p.add_row(TASK_SHEET, 300, {"C": "Ă" * 2_000_000})))


def _bad_address(s: Subject) -> Case:
    address = s.at(s.task() or "", "status")
    data = package(s, lambda p: p.change(p.part(TASK_SHEET), f'<c r="{address}"', '<c r="G0"'))
    return case(s, data, [_HOSTILE])


def _two_cells(s: Subject) -> Case:
    """Two cells of one address with different numbers: which one a program shows is anybody's guess."""
    code = s.task() or ""
    address = s.at(code, "progress")
    data = package(
        s,
        lambda p: p.change(p.part(TASK_SHEET), f'<c r="{address}"', f'<c r="{address}"><v>33</v></c><c r="{address}"'),
    )
    return case(s, data, [_DAMAGED])


def _two_rows(s: Subject) -> Case:
    """A row of a table written twice in the file, the second time with another progress."""
    code = s.task() or ""
    address, row = s.at(code, "progress"), s.places[s.place(code, "code")][0]
    extra = f'<row r="{row}"><c r="{address}"><v>33</v></c></row></sheetData>'
    return case(s, package(s, lambda p: p.change(p.part(TASK_SHEET), "</sheetData>", extra)), [_DAMAGED])


def _two_tables(s: Subject) -> Case:
    """A second <sheetData> behind the first."""
    code = s.task() or ""
    address, row = s.at(code, "progress"), s.places[s.place(code, "code")][0]
    extra = f'<sheetData><row r="{row}"><c r="{address}"><v>33</v></c></row></sheetData>'
    return case(s, package(s, lambda p: p.after_data(TASK_SHEET, extra)), [_DAMAGED])


def _size_lies(s: Subject) -> bytes:
    """The directory says that a member is larger than it is."""
    data = bytearray(zipped(Package(s.data).parts))
    part = Package(s.data).part(TASK_SHEET).encode()
    at = data.rindex(part) - 46 + 24
    data[at : at + 4] = struct.pack("<I", struct.unpack("<I", data[at : at + 4])[0] + 5)
    return bytes(data)


def _two_directories(s: Subject) -> Case:
    """A whole second zip in front: one program reads the first, another the last."""
    other = next(data for unit, (_, _, data) in s.others.items() if unit == "xa-liem-ha")
    return case(s, other + s.data)


KINDS: tuple[Kind, ...] = (
    _xml("o-xa", "ô ở XFD1048576", _far("XFD1048576", Due("STRAY_CELL"))),
    _xml("o-6000", "ô lạc ở dòng 6000", _far("C6000", Due("STRAY_CELL"))),
    _xml("o-ngoai-bang", "ô ở địa chỉ không có (XFE1)", _far("ZZZZ7000000", _HOSTILE)),
    _xml("thuc-the", "bom thực thể XML", _made(_prologue(_LAUGHS), _HOSTILE)),
    _xml(
        "thuc-the-ngoai",
        "thực thể trỏ ra tệp ngoài",
        _made(_prologue("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), _HOSTILE),
    ),
    _xml("long-sau", "thẻ XML lồng 60.000 lớp", _made(_deep_xml, _HOSTILE)),
    _xml("gop-20000", "20.000 vùng gộp ô", _made(_merges, _HOSTILE)),
    _xml("gop-toan-trang", "gộp từ dòng 100 tới hết trang", _made(_wide_merge)),
    _xml("mang-toan-trang", "công thức mảng tới hết trang", _made(_wide_array, _HOSTILE)),
    _xml("dem-sai", "khai báo 4 tỷ chuỗi", _made(_false_count, _HOSTILE)),
    _xml("chuoi-khong-co", "ô trỏ tới chuỗi không có", _missing_string),
    _xml("chu-2-trieu", "ô 2 triệu ký tự dưới bảng", _long_text),
    _xml("dia-chi-sai", "ô có địa chỉ G0", _bad_address),
    _xml("o-trung-dia-chi", "hai ô cùng địa chỉ, hai số", _two_cells),
    _xml("dong-trung", "hai dòng cùng số thứ tự", _two_rows),
    _xml("hai-bang", "hai khối sheetData", _two_tables),
    _zip("bom-nen", "trang giải nén ra 40 MB", _made(_bomb, _HOSTILE)),
    _zip("5000-tep", "5000 thành phần trong gói", lambda s: case(s, _many_members(s), [_HOSTILE])),
    _zip("trung-ten", "hai thành phần trùng tên", lambda s: case(s, _doubled_member(s), [_HOSTILE])),
    _zip("duong-dan-ra", "thành phần tên ../../x", _named("../../x")),
    _zip("duong-dan-goc", "thành phần tên /etc/x", _named("/etc/x")),
    _zip("zip-duong-dan", "zip có đường dẫn trỏ ra ngoài", _zip_with_path),
    _zip("zip-12-lop", "zip lồng 12 lớp", _nested),
    _byte("kich-thuoc-gia", "mục lục khai sai kích thước", lambda s: case(s, _size_lies(s), [_DAMAGED])),
    _byte("hai-zip", "ghép tệp của xã bạn vào trước", _two_directories, "đọc phần sau, như Excel"),
)
