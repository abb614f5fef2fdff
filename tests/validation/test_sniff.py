"""A file that is no workbook: what it is, in words that people use, and what to ask the unit for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validation.packages import zipped
from validation import kinds
from validation.binary import OLE_MAGIC, clean_ole
from validation.kinds import Kind
from validation.messages import finding, message_to_unit
from validation.raw import Fault
from validation.scan import scan
from validation.sniff import companion_words, kind_of_bytes, kind_of_ole

TYPES = {"[Content_Types].xml": b"<Types/>"}
WEBLOC = b'<?xml version="1.0"?><!DOCTYPE plist><plist><dict><key>URL</key><string>https://example.vn</string></dict></plist>'
GSHEET = b'{"url":"https://docs.google.com/open?id=1","doc_id":"1","email":"a@example.vn"}'
FODS = b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
SHEET_2003 = b'\xef\xbb\xbf<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'


@pytest.mark.parametrize(
    ("name", "data", "kind", "ask"),
    [
        ("bc.xlsx", b"%PDF-1.7\n%\xe2\xe3", kinds.PDF, "chỉ để lưu"),
        ("bc.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00", kinds.PICTURE, "chỉ để lưu"),
        ("bc.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", kinds.PICTURE, "chỉ để lưu"),
        ("bc.heic", b"\x00\x00\x00\x18ftypheic", kinds.PICTURE, "chỉ để lưu"),
        ("bc.mp4", b"\x00\x00\x00\x18ftypisom", kinds.MEDIA, "tệp biểu mẫu Excel"),
        ("bc.rar", b"Rar!\x1a\x07\x01\x00", kinds.RAR, "giải nén"),
        ("bc.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", kinds.SEVEN_ZIP, "giải nén"),
        ("bc.xlsx.gz", b"\x1f\x8b\x08\x00", kinds.GZ, "giải nén"),
        ("bc.tar", b"bc.xlsx".ljust(257, b"\0") + b"ustar\x0000", kinds.OTHER_ARCHIVE, "giải nén"),
        ("bc.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", kinds.HTML, "Lưu thành"),
        ("bc.xls", "\ufeff<table><tr><td>số</td></tr></table>".encode("utf-16-le"), kinds.HTML, "Lưu thành"),
        ("bc.xls", SHEET_2003, kinds.XML_SHEET, "Lưu thành"),
        ("bc.xls", b'<?xml version="1.0"?><Workbook xmlns="x"/>', kinds.XML_SHEET, "Lưu thành"),
        ("bc.fods", FODS, kinds.XML_SHEET, "Lưu thành"),
        ("bc.xml", b'<?xml version="1.0"?><du-lieu/>', kinds.XML, "Lưu thành"),
        ("bc.mht", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n\n", kinds.HTML, "Lưu thành"),
        ("bc.csv", "Mã dòng;Số liệu\nCT1;5\n".encode(), kinds.CSV, "không gửi tệp CSV"),
        ("bc.xlsx", b"ma,so\nCT1,5\n", kinds.CSV, "không gửi tệp CSV"),
        ("bc.txt", "Mã\tSố\nCT1\t5\n".encode("utf-16"), kinds.CSV, "không gửi tệp CSV"),
        ("bc.tsv", b"mot dong", kinds.CSV, "không gửi tệp CSV"),
        ("bc.txt", "Kính gửi Sở Y tế,\nđây là báo cáo\n".encode(), kinds.TEXT, "không gửi tệp CSV"),
        ("bc.slk", b"ID;PWXL;N;E\nC;Y1;X1;K5\n", kinds.EXCHANGE_SHEET, "Lưu thành"),
        ("bc.xls", b"\x09\x04\x06\x00\x00\x04\x10\x00", kinds.OLD_EXCEL, "Lưu thành"),
        ("thu.eml", b"Received: from mail\r\nSubject: Bao cao\r\n\r\n", kinds.MAIL, "đính kèm"),
        ("thu.eml", b"mot dong\nkhong phai dau thu\n", kinds.MAIL, "đính kèm"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00", kinds.TNEF, "Định dạng văn bản > HTML"),
        ("bc.lnk", b"\x4c\x00\x00\x00\x01\x14\x02\x00\x00", kinds.SHORTCUT, "tệp gốc"),
        ("bc.url", b"[InternetShortcut]\r\nURL=https://example.vn/bc.xlsx\r\n", kinds.SHORTCUT, "tệp gốc"),
        ("bc.desktop", b"[Desktop Entry]\nType=Link\n", kinds.SHORTCUT, "tệp gốc"),
        ("bc.webloc", WEBLOC, kinds.SHORTCUT, "tệp gốc"),
        ("bc.gsheet", GSHEET, kinds.GOOGLE, "Tải xuống"),
        ("bc.exe", b"MZ\x90\x00\x03\x00\x00\x00", kinds.PROGRAM, "Không mở tệp này"),
        ("bc.xlsx", bytes(5_000), kinds.BLANK, "gửi lại tệp Excel"),
        ("bc.xlsx.p7m", b"\x30\x82\x01\x02\x06\x09", kinds.SEALED, "ký số"),
        ("bc.pdf.p7s", b"\x30\x82\x01\x02\x06\x09", kinds.SIGNATURE, "tệp biểu mẫu Excel"),
        ("bc.mdb", b"\x00\x01\x00\x00Standard Jet DB", kinds.DATABASE, "biểu mẫu Excel"),
        ("bc.dat", b"\x00\x01\x02\x03" * 50, kinds.UNKNOWN, "tệp biểu mẫu Excel"),
        ("bc.docx", zipped({"word/document.xml": b"<w/>", **TYPES}), kinds.WORD, "tệp biểu mẫu Excel"),
        ("bc.pptx", zipped({"ppt/presentation.xml": b"<w/>", **TYPES}), kinds.POWERPOINT, "tệp biểu mẫu Excel"),
        ("bc.oxps", zipped({"FixedDocumentSequence.fdseq": b"<w/>", **TYPES}), kinds.XPS, "chỉ để lưu"),
        ("bc.xlsx", zipped({"la.xml": b"<w/>", **TYPES}), kinds.OFFICE, "Lưu thành"),
        ("bc.numbers", zipped({"Index/Document.iwa": b"\0"}), kinds.NUMBERS, "Xuất sang > Excel"),
        (
            "bc.odt",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
            kinds.OPEN_TEXT,
            "tệp biểu mẫu Excel",
        ),
        ("bc.xlsx", zipped({"anh.jpg": b"x", "bc.xlsx": b"y"}), kinds.ZIP, "Giải nén"),
    ],
)
def test_each_kind_is_named_and_answered_by_what_helps(name: str, data: bytes, kind: Kind, ask: str) -> None:
    """The finding holds both, and its sentence says them."""
    found = scan(data, name)
    assert found == Fault("FILE_NOT_WORKBOOK", {"kind": kind.words, "ask": kind.ask})
    assert ask in f"{kind.ask} {kind.office}"
    said = message_to_unit(finding("FILE_NOT_WORKBOOK", name, facts=found.facts))
    assert f"mà là {kind.words}. {kind.ask}." in said


def renamed(stream: str) -> bytes:
    """An OLE file whose one stream has this name."""
    old, new = ("Workbook".encode("utf-16-le"), stream[:8].ljust(8, "\0").encode("utf-16-le"))
    return clean_ole(b"x" * 100).replace(old, new)


def test_the_streams_of_an_ole_file_tell_what_it_is() -> None:
    assert kind_of_ole({"WordDocument"}, "a.xls") == kinds.WORD
    assert kind_of_ole({"__properties_version1.0"}, "a.msg") == kinds.OUTLOOK
    assert kind_of_ole({"ETExtData"}, "a.et") == kinds.OLD_WPS
    assert kind_of_ole({"x"}, "a.xls") == kinds.UNKNOWN
    found = scan(renamed("Khac"), "bc.et")
    assert isinstance(found, Fault)
    assert found.facts["kind"] == kinds.OLD_WPS.words
    assert scan(OLE_MAGIC + b"x", "a.msg") == Fault("FILE_DAMAGED", {"detail": "cấu trúc OLE bị hỏng"})


@pytest.mark.parametrize(
    ("name", "fault", "words"),
    [
        ("ky.pdf", Fault("FILE_NOT_WORKBOOK", {"kind": kinds.PDF.words}), "tệp PDF"),
        ("bc.xlsx", Fault("FILE_NOT_WORKBOOK", {"kind": kinds.PDF.words}), ""),
        ("bc", Fault("FILE_NOT_WORKBOOK", {"kind": kinds.CSV.words}), ""),
        ("image001.emz", Fault("FILE_NOT_WORKBOOK", {"kind": kinds.GZ.words}), "tệp nén GZ"),
        ("bc.gz", Fault("FILE_NOT_WORKBOOK", {"kind": kinds.GZ.words}), ""),
        ("ATT00001.txt", Fault("FILE_EMPTY"), "tệp .txt"),
        ("mat.docx", Fault("FILE_ENCRYPTED"), ""),
        ("mat.pdf", Fault("FILE_ENCRYPTED"), ""),
        ("mat.xlsx", Fault("FILE_ENCRYPTED"), ""),
        ("mat", Fault("FILE_ENCRYPTED"), ""),
    ],
)
def test_only_what_surely_is_no_return_may_lie_beside_one(name: str, fault: Fault, words: str) -> None:
    assert companion_words(fault, name) == words


ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORD_STREAM, BOOK_STREAM = "WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bc.docx", ZIP + b"word/document.xml", "tệp .docx"),
        ("bc.doc", OLE + WORD_STREAM, "tệp .doc"),
        ("bc.pdf", b"%PDF-1.7", "tệp .pdf"),
        ("bc.pdf", ZIP + b"xl/workbook.xml", ""),
        ("bc.docx", ZIP + b"word/document.xml xl/workbook.xml", ""),
        ("bc.doc", OLE + BOOK_STREAM, ""),
        ("bc.doc", OLE, ""),
    ],
)
@pytest.mark.parametrize("code", ["FILE_HOSTILE", "FILE_DAMAGED"])
def test_what_could_be_a_workbook_under_another_name_is_spoken_of(
    name: str, data: bytes, words: str, code: str
) -> None:
    """Somebody's return that is refused is not made a companion by calling it .pdf or .doc."""
    assert companion_words(Fault(code), name, data) == words


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_are_some_kind(data: bytes, name: str) -> None:
    assert kind_of_bytes(data, name).ask
