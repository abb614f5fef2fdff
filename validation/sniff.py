"""Says in Vietnamese what a file is when it is no workbook, from its first bytes and its member names.

Only words: whether such a file is refused is for `scan` to decide. No parser runs here.
"""

from __future__ import annotations

from collections.abc import Collection

UNKNOWN = "tệp không rõ loại"
_HEAD = 4096  # what a magic number or an HTML opening needs

_MAGICS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "tệp PDF"),
    (b"\x89PNG\r\n", "tệp ảnh"),
    (b"\xff\xd8\xff", "tệp ảnh"),
    (b"GIF8", "tệp ảnh"),
    (b"II*\x00", "tệp ảnh"),
    (b"MM\x00*", "tệp ảnh"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZ"),
    (b"{\\rtf", "tệp văn bản RTF"),
    (b"\x09\x00\x04\x00", "tệp Excel đời rất cũ"),
    (b"\x09\x02\x06\x00", "tệp Excel đời rất cũ"),
    (b"\x09\x04\x06\x00", "tệp Excel đời rất cũ"),
    (b"\x09\x08\x08\x00", "tệp Excel đời rất cũ"),
)
_OPENINGS: tuple[tuple[bytes, str], ...] = (
    (b"<?mso-application", "bảng tính dạng XML"),
    (b"<workbook", "bảng tính dạng XML"),
    (b"<!doctype html", "trang web (HTML)"),
    (b"<html", "trang web (HTML)"),
    (b"<?xml", "tệp XML"),
)
_MAIL = (b"received:", b"return-path:", b"delivered-to:", b"mime-version:", b"from:", b"message-id:", b"x-")
_ZIP_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", "tệp Word"),
    ("ppt/", "tệp PowerPoint"),
    ("visio/", "tệp Visio"),
    ("index/document.iwa", "tệp Apple Numbers"),
)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "tệp Word"),
    ("PowerPoint Document", "tệp PowerPoint"),
    ("__substg1.0_1000001F", "thư điện tử Outlook"),
    ("__properties_version1.0", "thư điện tử Outlook"),
)


def kind_of_bytes(data: bytes, name: str) -> str:
    """Vietnamese name of a file that is neither zip nor OLE."""
    head = data[:_HEAD]
    for magic, words in _MAGICS:
        if head.startswith(magic):
            return words
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        return "tệp ảnh"
    if head[4:8] == b"ftyp":
        return "tệp ảnh" if head[8:11] in (b"hei", b"mif", b"avi") else "tệp âm thanh hoặc video"
    if name.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        return "tệp tạm của Excel (tên bắt đầu bằng ~$)"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text" as Excel saves it
        return "tệp văn bản hoặc CSV"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<"):
        for opening, words in _OPENINGS[:-1]:
            if opening in text:
                return words
        return _OPENINGS[-1][1] if text.startswith(_OPENINGS[-1][0]) else "trang web (HTML)"
    if text.startswith(_MAIL):
        return "thư điện tử (EML)"
    if any(byte < 9 for byte in head):  # control bytes that no text has
        return UNKNOWN
    return "tệp văn bản hoặc CSV"


def kind_of_zip(names: Collection[str]) -> str:
    """Vietnamese name of a zip without a workbook; `names` are its members in lower case."""
    for start, words in _ZIP_MEMBERS:
        if any(name.startswith(start) for name in names):
            return words
    if "mimetype" in names and "content.xml" in names:
        return "tệp OpenDocument không phải bảng tính"
    return "tệp nén ZIP"


def kind_of_ole(streams: Collection[str]) -> str:
    """Vietnamese name of an OLE file without a workbook stream."""
    for stream, words in _OLE_STREAMS:
        if stream in streams:
            return words
    return UNKNOWN
