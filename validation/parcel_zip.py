"""Takes a zip of returns apart: bounded, nothing written, every member named.

A workbook is a zip too; what makes a parcel is that nothing of an Office file is in it. Damage of one member
is that member's fault alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from plan.broken_zip import BROKEN_ZIP
from validation import kinds
from validation.archive import inflated, opening
from validation.parcel_part import MAX_MEMBER, MAX_MEMBERS, Budget, Part, listed, megabytes
from validation.raw import Fault, RefusedError
from validation.sniff import companion_words, kind_of_bytes, kind_of_zip

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
# How the first member of an Office file is called, whoever wrote it.
_OFFICE = (
    *(b"[content_types].xml", b"_rels/", b"docprops/", b"customxml/", b"xl/", b"word/", b"ppt/"),
    *(b"mimetype", b"content.xml", b"meta.xml", b"styles.xml", b"settings.xml", b"meta-inf/", b"thumbnails/"),
)
_MAX_DIRECTORY = 100_000  # entries before zipfile makes an object of each; stored workbooks inside bring theirs
_PEEK = 4_096
_AES = 99
_METHODS = {9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075  # the extra field in which Info-ZIP keeps the name in UTF-8
_DAMAGED = Fault("PARCEL_DAMAGED", {"detail": "nội dung tệp nén bị thiếu"})


def may_be_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip that is no Office file; of a cut one the first member tells."""
    if not data.startswith(_STARTS):
        return False
    at = data.find(b"PK\x03\x04", 0, 8)
    length = int.from_bytes(data[at + 26 : at + 28], "little")
    return at < 0 or not data[at + 30 : at + 30 + length].lower().startswith(_OFFICE)


def zip_parts(data: bytes, budget: Budget) -> Iterator[Part | Fault] | None:
    """The files in a zip and what is wrong with the zip itself; None when it is an Office file, or no zip."""
    if not data.startswith(_STARTS):
        return None
    if data.count(b"PK\x01\x02") > _MAX_DIRECTORY:
        return iter((Fault("PARCEL_TOO_MANY", {"limit": str(MAX_MEMBERS)}),)) if may_be_zip(data) else None
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except BROKEN_ZIP:
        return iter((_DAMAGED,)) if may_be_zip(data) else None
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if "xl/workbook.xml" in names or kind_of_zip(names) is not kinds.ZIP:
        return None
    return _parts(data, entries, budget)


def _parts(data: bytes, entries: list[zipfile.ZipInfo], budget: Budget) -> Iterator[Part | Fault]:
    left_out: list[str] = []
    for entry in entries:
        name = member_name(entry)
        if name.endswith(("/", "\\")) and not entry.file_size:
            continue
        if not budget.admit():
            yield Fault("PARCEL_TOO_MANY", {"limit": str(MAX_MEMBERS)})
            break
        part = _part(data, entry, name, budget)
        if part is None:
            left_out.append(name)
        else:
            yield part
    if left_out:
        yield Fault("PARCEL_TOO_LARGE", {"names": listed(left_out)})


def _part(data: bytes, entry: zipfile.ZipInfo, name: str, budget: Budget) -> Part | None:
    """One member, None when the room of the whole parcel is used up."""
    fault = _refusal(entry)
    if fault is not None:
        return Part(name, size=entry.file_size, fault=fault)
    try:
        # A scan or picture is told by its first bytes; inflating it would only take the returns' room.
        words = _companion(opening(data, entry, _PEEK), name)
        if words:
            return Part(name, size=entry.file_size, companion=words)
        if entry.file_size > MAX_MEMBER:
            return Part(name, size=entry.file_size, fault=_too_large(entry.file_size))
        if not budget.spend(entry.file_size):
            return None
        body = inflated(data, entry, entry.file_size)
    except RefusedError as refused:
        return Part(name, size=entry.file_size, fault=refused.fault)
    return Part(name, body, len(body))


def _refusal(entry: zipfile.ZipInfo) -> Fault | None:
    if entry.flag_bits & 1 or entry.compress_type == _AES:
        return Fault("PARCEL_ENCRYPTED")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = _METHODS.get(entry.compress_type, f"số {entry.compress_type}")
        return Fault("PARCEL_COMPRESSION", {"method": method})
    return None


def _too_large(size: int) -> Fault:
    return Fault("FILE_TOO_LARGE", {"size": megabytes(size)})


def _companion(head: bytes, name: str) -> str:
    if not head or head.startswith((*_STARTS, b"\xd0\xcf\x11\xe0")):
        return ""
    kind = kind_of_bytes(head, name)
    if kind in (kinds.TEXT, kinds.APPLE_SHADOW):
        return ""  # small, and what seems a text may be debris or a letter
    return companion_words(Fault("FILE_NOT_WORKBOOK", {"kind": kind.words}), name)


def member_name(entry: zipfile.ZipInfo) -> str:
    """The member's name as its sender saw it: many zips hold UTF-8 or a Windows code page and call it CP437."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8_NAME or name.isascii():
        return name
    raw = name.encode("cp437", "replace")
    for text, encoding in ((_unicode_path(entry.extra), "utf-8"), (raw, "utf-8"), (raw, "cp1258")):
        try:
            if text:
                return text.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == _UNICODE_PATH:
            return extra[at + 9 : at + 4 + size]
        at += 4 + size
    return b""
