"""The door of Word documents: the bytes are looked at and bounded before python-docx sees them.

The only module that imports docx. It hands out XML elements and refuses, in one Vietnamese line, whatever is
no Word document or could harm: nothing is repaired, no macro is run, no link followed, no entity expanded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from plan.atomic import reason
from plan.broken_zip import BROKEN_ZIP
from plan.model import PlanError

if TYPE_CHECKING:
    from docx.opc.part import Part

MOST_BYTES = 30 * 2**20
MOST_EXPANDED = 300 * 2**20
MOST_XML = 60 * 2**20
MOST_MARKS = 6_000_000  # begin and end tags: a tree of elements takes some hundred bytes for each
MOST_ROWS = 20_000
MOST_PARTS = 5_000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of an encrypted .docx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_ROW = re.compile(rb"<(?:\w+:)?tr[\s/>]")
_SAVE_AS = "Mở trong Word, chọn Lưu thành (Save As) dạng Word Document (*.docx) rồi nhập lại."
# What people rename or send by mistake, by the first bytes or by a part of the package.
_OTHER_KINDS = ((b"{\\rtf", "tệp RTF"), (b"%PDF", "tệp PDF"), (b"<html", "trang web"), (b"<!DOCTYPE", "trang web"))
_OTHER_PACKAGES = {"xl/workbook.xml": "sổ Excel", "ppt/presentation.xml": "bản trình chiếu", "mimetype": "tệp ODF"}


class Node(Protocol):
    """An XML element, as far as anybody here looks into it. `tag` of a comment is no string."""

    @property
    def tag(self) -> object:
        """The name with its namespace."""

    @property
    def text(self) -> str | None:
        """What stands before the first child."""

    def get(self, key: str, /) -> str | None:
        """Return an attribute."""

    def find(self, path: str, /) -> Node | None:
        """Return the first element on a path of children."""

    def findall(self, path: str, /) -> list[Node]:
        """Return all of them."""

    def __iter__(self) -> Iterator[Node]:
        """Return the children."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a document that say what is printed."""

    body: Node
    numbering: Node | None  # how automatic numbers look
    styles: Node | None  # which style numbers its paragraphs


def open_document(path: Path) -> WordFile:
    """Open a .docx (or a .docm without macros). Raises PlanError with one line for anything else."""
    name = path.name
    data = _read(path)
    if fault := _other_kind(data) or _package_fault(data):
        raise PlanError(f"“{name}”: {fault}")
    try:
        return _parts(data)
    except Exception as error:  # python-docx answers a damaged package with whatever broke first
        raise PlanError(f"“{name}”: {_damaged()}") from error


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise PlanError(f"“{path.name}” là một thư mục. Ghi đường dẫn của tệp Word, ví dụ: ke-hoach.docx")
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise PlanError(f"Không có tệp “{path}”. Kiểm tra lại tên và thư mục, ví dụ: ke-hoach.docx") from None
    except OSError as error:
        raise PlanError(f"Không đọc được tệp “{path}” ({reason(error)}). Đóng tệp trong Word rồi chạy lại.") from error
    if len(data) > MOST_BYTES:
        raise PlanError(
            f"“{path.name}”: tệp lớn hơn {MOST_BYTES >> 20} MB. Bỏ bớt hình ảnh, hoặc chép riêng các phụ lục "
            "sang một tệp mới rồi nhập tệp ấy."
        )
    return data


def _other_kind(data: bytes) -> str:
    if not data:
        return "tệp trống. Chép lại tệp từ nơi gửi."
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "tệp có mật khẩu. Mở trong Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), lưu rồi nhập lại."
        return f"tệp Word đời cũ (.doc) hoặc không phải tệp Word. {_SAVE_AS}"
    start = data[:512].lstrip()
    kind = next((kind for mark, kind in _OTHER_KINDS if start.lower().startswith(mark.lower())), "")
    if kind:
        return f"đây là {kind}, không phải tệp Word. {_SAVE_AS}"
    if not data.startswith(b"PK"):
        return f"không phải tệp Word (.docx). {_SAVE_AS}"
    return ""


def _damaged() -> str:
    return "tệp hỏng hoặc chép chưa hết. Mở thử trong Word và lưu lại, hoặc xin lại tệp từ nơi gửi."


def _package_fault(data: bytes) -> str:
    """Look at every part of the package once: sizes as declared, then the bytes themselves."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            if fault := _listed_fault(entries):
                return fault
            return _content_fault(package, entries)
    except (*BROKEN_ZIP, RuntimeError):  # the latter of a member with a password that is not marked
        return _damaged()


def _listed_fault(entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        return "tệp có mật khẩu. Bỏ mật khẩu rồi nhập lại."
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        kind = next((kind for part, kind in _OTHER_PACKAGES.items() if part in names), "tệp nén")
        return f"đây là {kind}, không phải tệp Word. {_SAVE_AS}"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return f"tệp có macro. {_SAVE_AS}"
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_EXPANDED:
        return _too_large(f"nội dung sau khi giải nén lớn hơn {MOST_EXPANDED >> 20} MB")
    return ""


def _too_large(why: str) -> str:
    return f"tệp quá lớn ({why}). Chép riêng các phụ lục sang một tệp mới rồi nhập tệp ấy."


def _content_fault(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    size = marks = rows = 0
    for entry in entries:
        part = package.read(entry)  # never more than it declares, and its checksum is compared
        plain = part.replace(b"\0", b"") if b"\0" in part[:4] else part  # of UTF-16 the letters are left
        if not plain[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
            continue
        size += len(part)
        marks += plain.count(b"<")
        rows += len(_ROW.findall(plain))
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            return "tệp khai báo thực thể XML, Word không bao giờ ghi như vậy nên tệp không được đọc. Xin lại tệp gốc."
        if size > MOST_XML or marks > MOST_MARKS:
            return _too_large("quá nhiều chữ hoặc định dạng")
        if rows > MOST_ROWS:
            return _too_large(f"hơn {MOST_ROWS:,} dòng trong các bảng".replace(",", "."))
        if entry.filename == "_rels/.rels" and _STRICT in plain:
            return f"tệp lưu ở dạng “Strict Open XML”. {_SAVE_AS}"
    return ""


def _parts(data: bytes) -> WordFile:
    from docx.opc.constants import RELATIONSHIP_TYPE as RT  # noqa: PLC0415  # not before a document is imported
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  # likewise
    from docx.package import Package  # noqa: PLC0415  # likewise

    main = Package.open(BytesIO(data)).main_document_part
    # A .docm or a template is a plain part to python-docx, with the same text in it.
    related = {rel.reltype: rel.target_part for rel in main.rels.values() if not rel.is_external}
    document = _root(main, parse_xml)
    numbering, styles = (
        None if (part := related.get(kind)) is None else _root(part, parse_xml) for kind in (RT.NUMBERING, RT.STYLES)
    )
    body = document.find(f"{W}body")
    if body is None:
        raise ValueError("no body")
    return WordFile(body, numbering, styles)


def _root(part: Part, parse: Callable[[bytes], Node]) -> Node:
    root: Node | None = getattr(part, "element", None)
    return parse(part.blob) if root is None else root
