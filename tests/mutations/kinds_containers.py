"""Damage to what a return comes in: names, zips, e-mails, halves of files, and files that are no workbook."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from unicodedata import normalize

from plan.layout import INDICATOR_SHEET, STAMP_SHEET, TASK_SHEET
from tests.mutations.make import case, package, theme
from tests.mutations.model import Case, Due, Kind, Make, Subject, a1
from tests.mutations.package import Package, zipped

_zip = theme("tệp", "zip")
_byte = theme("tệp", "byte")
_xml = theme("tệp", "XML")
_OPENED = Due("PARCEL_OPENED")


def _named(change: Callable[[str], str], *due: str) -> Make:
    return lambda s: case(s, s.data, map(Due, due), name=change(s.name))


def _bytes(change: Callable[[bytes], bytes], *due: str, extension: str = "xlsx") -> Make:
    return lambda s: case(s, change(s.data), map(Due, due), name=s.name.replace("xlsx", extension))


def _packed(name: Callable[[Subject], str], *, depth: int = 1) -> Make:
    """The return under `name` inside a zip (inside a zip, …)."""

    def make(s: Subject) -> Case:
        inside, data = name(s), s.data
        for _ in range(depth):
            data, inside = zipped({inside: data}), "bao-cao.zip"
        return case(s, data, [_OPENED], name="bao-cao.zip")

    return make


def letter(s: Subject, attachments: dict[str, bytes]) -> bytes:
    """A saved e-mail of the unit."""
    mail = EmailMessage()
    mail["From"] = "Văn thư <van-thu@example.vn>"
    mail["To"] = "tong-hop@example.vn"
    mail["Subject"] = "Báo cáo 6 tháng"
    mail["Date"] = format_datetime(s.moment)
    mail.set_content("Kính gửi báo cáo.\n")
    for name, data in attachments.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _mailed(s: Subject) -> Case:
    return case(s, letter(s, {s.name: s.data}), [_OPENED], name="thu.eml")


def _mailed_zip(s: Subject) -> Case:
    return case(s, letter(s, {"bc.zip": zipped({s.name: s.data})}), [_OPENED], name="thu.eml")


def _mailed_with_scan(s: Subject) -> Case:
    scan = b"%PDF-1.4\n%%EOF\n"
    data = letter(s, {"ban-ky.pdf": scan, s.name: s.data})
    return case(s, data, [_OPENED, Due("PARCEL_OTHER_PARTS")], name="thu.eml")


def _mail_without_return(s: Subject) -> Case:
    return case(s, letter(s, {"ban-ky.pdf": b"%PDF-1.4\n%%EOF\n"}), [Due("PARCEL_WITHOUT_RETURN")], name="thu.eml")


def _locked_zip(s: Subject) -> Case:
    """A zip whose entry says that it is encrypted."""
    data = bytearray(zipped({s.name: s.data}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return case(s, bytes(data), [_OPENED, Due("PARCEL_ENCRYPTED")], name="bao-cao.zip")


def _with_macros(name: str, *due: str) -> Make:
    def change(parts: Package) -> None:
        parts.add_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(512), "application/vnd.ms-office.vbaProject")
        plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        parts.change("[Content_Types].xml", plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")

    return lambda s: case(s, package(s, change), map(Due, due), name=s.name.replace(".xlsx", name))


def _flipped(sheet: str) -> Make:
    """One bit of the middle of a sheet's compressed bytes."""

    def make(s: Subject) -> Case:
        data = bytearray(s.data)
        with zipfile.ZipFile(BytesIO(s.data)) as source:
            info = source.getinfo(Package(s.data).part(sheet))
        data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
        return case(s, bytes(data), [] if sheet == "Hướng dẫn" else [Due("FILE_DAMAGED")])

    return make


def _stored(s: Subject, method: int) -> bytes:
    return Package(s.data).data(method)


def _page(s: Subject) -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell or str()}</td>' for cell in row)}</tr>"
        for row in s.book[TASK_SHEET].iter_rows(values_only=True)
    )
    return f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>".encode()


def _commas(s: Subject) -> bytes:
    rows = s.book[TASK_SHEET].iter_rows(values_only=True)
    return "\n".join(",".join(str(cell or "") for cell in row) for row in rows).encode("utf-8-sig")


def _instead(what: Callable[[Subject], bytes], extension: str) -> Make:
    return lambda s: case(s, what(s), [Due("FILE_NOT_WORKBOOK")], name=s.name.replace("xlsx", extension))


def _word(_: Subject) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def _picture(_: Subject) -> bytes:
    body = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">I", len(body)) + b"IDAT" + body


def _xml_2003(_: Subject) -> bytes:
    return b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:s"></Workbook>'


# --- xlsb, put together record by record: no free program writes it ---------------------------


def _record(kind: int, body: bytes) -> bytes:
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, rest = b"", len(body)
    while rest >= 0x80:
        size, rest = size + bytes((rest & 0x7F | 0x80,)), rest >> 7
    return head + size + bytes((rest,)) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_sheet(s: Subject, name: str) -> bytes:
    body = _record(0x81, b"") + _record(0x94, bytes(16)) + _record(0x91, b"")
    for number, row in enumerate(s.book[name].iter_rows(values_only=True)):
        body += _record(0, struct.pack("<I", number) + bytes(13))
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                body += _record(5, struct.pack("<IId", column, 0, value))
            elif isinstance(value, date):
                body += _record(5, struct.pack("<IId", column, 0, value.toordinal() - 693594))
            elif isinstance(value, str) and not value.startswith("="):
                body += _record(6, struct.pack("<II", column, 0) + _wide(value))
    return body + _record(0x92, b"") + _record(0x82, b"")


def dated(s: Subject) -> list[str]:
    """The addresses of the cells of Appendix 2 that hold a day."""
    return [
        a1(*s.places[TASK_SHEET, r.code, "document_date"])
        for r in s.layout.task_rows
        if s.truth[r.code, "", "document_date"] is not None
    ]


def _xlsb(s: Subject) -> Case:
    """Without styles: days come as plain serial numbers, and the kind of a number is not known."""
    names = (INDICATOR_SHEET, TASK_SHEET, STAMP_SHEET)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook = _record(0x83, b"") + _record(0x8F, b"")
    links = ""
    for number, name in enumerate(names, start=1):
        workbook += _record(0x9C, struct.pack("<II", 0, number) + _wide(f"a{number}") + _wide(name))
        links += f'<Relationship Id="a{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.bin"/>'
    workbook += _record(0x90, b"") + _record(0x84, b"")
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b"<Relationships/>",
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": f"<Relationships>{links}</Relationships>".encode(),
        **{f"xl/worksheets/sheet{n}.bin": _binary_sheet(s, name) for n, name in enumerate(names, start=1)},
    }
    notes = [Due("DATE_CLEANED", TASK_SHEET, cell) for cell in dated(s)]
    return case(s, zipped(parts), notes, name=s.name.replace("xlsx", "xlsb"))


def _two_books(s: Subject) -> Case:
    """The same file twice in one zip."""
    data = zipped({f"a/{s.name}": s.data, f"b/{s.name}": s.data})
    return case(s, data, [_OPENED, Due("RESUBMITTED_UNCHANGED")], name="bao-cao.zip")


KINDS: tuple[Kind, ...] = (
    _byte("duoi-xls", "đổi đuôi tệp thành .xls", _named(lambda n: n.replace("xlsx", "xls"), "FILE_WRONG_EXTENSION")),
    _byte("duoi-khong", "bỏ đuôi tệp", _named(lambda n: n.removesuffix(".xlsx"), "FILE_WRONG_EXTENSION")),
    _byte("duoi-hoa", "đuôi viết hoa .XLSX", _named(lambda n: n.replace("xlsx", "XLSX"))),
    _byte("duoi-zip", "thêm đuôi .zip sau .xlsx", _named(lambda n: f"{n}.zip", "FILE_WRONG_EXTENSION")),
    _byte("duoi-xltx", "lưu tên thành mẫu .xltx", _named(lambda n: n.replace("xlsx", "xltx"))),
    _byte("ten-tu-do", "đổi tên tệp thành “Bao cao (1).xlsx”", _named(lambda _n: "Bao cao (1).xlsx")),
    _byte("ten-nfd", "tên tệp tiếng Việt dấu rời (NFD)", _named(lambda _n: normalize("NFD", "Báo cáo 6 tháng.xlsx"))),
    _byte("ten-tam", "tệp thật mang tên tạm ~$", _named(lambda n: f"~${n}")),
    _byte("thu-muc-con", "để trong ba lớp thư mục con", _named(lambda n: f"đợt 1/thư đến/ngày 5-6/{n}")),
    _xml("xlsm-macro", "lưu thành .xlsm có macro", _with_macros(".xlsm", "FILE_HAS_MACROS")),
    _xml("xlsx-macro", "tệp có macro đổi đuôi .xlsx", _with_macros(".xlsx", "FILE_HAS_MACROS", "FILE_WRONG_EXTENSION")),
    _byte("xlsb", "lưu thành .xlsb (không kiểu định dạng)", _xlsb),
    _zip("zip", "nén trong .zip", _packed(lambda s: s.name)),
    _zip("zip-thu-muc", "nén cả thư mục con tên tiếng Việt", _packed(lambda s: f"Báo cáo/Tháng 6/{s.name}")),
    _zip("zip-trong-zip", "zip trong zip", _packed(lambda s: s.name, depth=2)),
    _zip("zip-hai-ban", "zip có hai bản giống nhau", _two_books),
    _zip("zip-mat-khau", "zip đặt mật khẩu", _locked_zip),
    _byte("eml", "thư đã lưu, tệp đính kèm", _mailed),
    _byte("eml-zip", "thư đính kèm tệp zip", _mailed_zip),
    _byte("eml-kem-pdf", "thư đính kèm bản ký PDF và tệp Excel", _mailed_with_scan),
    _byte("eml-chi-pdf", "thư chỉ đính kèm PDF", _mail_without_return),
    _zip("khong-nen", "đóng gói lại không nén", lambda s: case(s, _stored(s, zipfile.ZIP_STORED))),
    _zip("nen-lzma", "nén lại kiểu LZMA", lambda s: case(s, _stored(s, zipfile.ZIP_LZMA), [Due("FILE_DAMAGED")])),
    _byte("cat-10", "cắt còn 10 %", _bytes(lambda d: d[: len(d) // 10], "FILE_DAMAGED")),
    _byte("cat-50", "cắt còn 50 %", _bytes(lambda d: d[: len(d) // 2], "FILE_DAMAGED")),
    _byte("cat-90", "cắt còn 90 %", _bytes(lambda d: d[: len(d) * 9 // 10], "FILE_DAMAGED")),
    _byte("cat-1", "cắt 1 byte cuối", _bytes(lambda d: d[:-1], "FILE_DAMAGED")),
    _byte("rong", "0 byte", _bytes(lambda _d: b"", "FILE_EMPTY")),
    _byte("toan-0", "toàn byte 0", _bytes(lambda d: bytes(len(d)), "FILE_NOT_WORKBOOK")),
    _byte("thua-cuoi", "thừa 2000 byte 0 ở cuối", _bytes(lambda d: d + bytes(2000))),
    _byte("thua-dau", "thừa 100 byte ở đầu", _bytes(lambda d: b"#" * 100 + d, "FILE_NOT_WORKBOOK")),
    _byte("lat-bit-phu-luc", "lật một bit giữa Phụ lục 2", _flipped(TASK_SHEET)),
    _byte("lat-bit-huong-dan", "lật một bit giữa trang Hướng dẫn", _flipped("Hướng dẫn"), "trang không đọc số liệu"),
    _byte("html", "trang HTML đuôi .xls", _instead(_page, "xls")),
    _byte("csv", "CSV của Phụ lục 2", _instead(_commas, "csv")),
    _byte("pdf", "bản PDF đuôi .xlsx", _instead(lambda _s: b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "xlsx")),
    _byte("anh", "ảnh chụp đuôi .png", _instead(_picture, "png")),
    _zip("word", "tệp Word", _instead(_word, "docx")),
    _byte("xml-2003", "bảng tính XML 2003", _instead(_xml_2003, "xml")),
    _byte("rar", "nén RAR", _instead(lambda _s: b"Rar!\x1a\x07\x01\x00" + bytes(200), "rar")),
)
