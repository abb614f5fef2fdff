"""Takes a zip apart within bounds, and puts the inflated members back as a plain stored zip.

The rewritten zip is what python-calamine gets: no trick with two directories, overlapping members, false
sizes or duplicate names can show the parser other bytes than those that were looked at. No XML is known here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping

from plan.broken_zip import BROKEN_ZIP
from validation.raw import RefusedError

MAX_MEMBERS = 4_000  # a workbook with hundreds of pictures stays below
MAX_MEMBER = 16 << 20  # bytes of one member inflated; a bloated real sheet has 0.5 MB
MAX_TOTAL = 48 << 20  # bytes of all the members that are looked at

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DOS_EPOCH = 0x21  # 1980-01-01: nothing of a clock goes into the rewritten zip


class Archive:
    """A zip whose directory has been checked; `inflate` counts against one budget for the whole file."""

    def __init__(self, data: bytes) -> None:
        """Raises RefusedError: FILE_DAMAGED, FILE_ENCRYPTED or FILE_HOSTILE."""
        if data.count(b"PK\x01\x02") > MAX_MEMBERS:  # before zipfile makes an object of each
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều thành phần bên trong")
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except BROKEN_ZIP as error:
            raise RefusedError("FILE_DAMAGED", detail="nội dung tệp bị thiếu") from error
        self._data = data
        self._left = MAX_TOTAL
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._add(entry)

    def _add(self, entry: zipfile.ZipInfo) -> None:
        name = entry.orig_filename.replace("\\", "/").lower()
        if name.startswith("/") or ".." in name.split("/") or re.match("[a-z]:", name) or "\0" in name:
            raise RefusedError("FILE_HOSTILE", reason="tên thành phần bên trong trỏ ra ngoài tệp")
        if name in self._entries:
            raise RefusedError("FILE_HOSTILE", reason="có hai thành phần bên trong trùng tên")
        self._entries[name] = entry

    @property
    def names(self) -> frozenset[str]:
        """Member names, in lower case and with forward slashes."""
        return frozenset(self._entries)

    def spelled(self, name: str) -> str:
        """The member name (given in lower case) as the file spells it."""
        return self._entries[name].filename.replace("\\", "/")

    def inflate(self, name: str) -> bytes:
        """Bytes of a member (name in lower case), b"" when there is none; raises RefusedError beyond a bound."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 1:
            raise RefusedError("FILE_ENCRYPTED")
        cap = min(MAX_MEMBER, self._left)
        if entry.file_size > cap:
            raise RefusedError("FILE_HOSTILE", reason="nội dung giải nén ra quá lớn")
        body = inflated(self._data, entry, cap)
        self._left -= len(body)
        return body


def inflated(data: bytes, entry: zipfile.ZipInfo, cap: int) -> bytes:
    """The whole member, proved by its checksum; raises RefusedError: FILE_DAMAGED, or FILE_HOSTILE beyond `cap`."""
    body = opening(data, entry, cap + 1)
    if len(body) > cap:
        raise RefusedError("FILE_HOSTILE", reason="nội dung giải nén ra quá lớn")
    if len(body) != entry.file_size or zlib.crc32(body) != entry.CRC:
        raise RefusedError("FILE_DAMAGED", detail=f"thành phần {entry.filename.lower()} bị hỏng")
    return body


def opening(data: bytes, entry: zipfile.ZipInfo, size: int) -> bytes:
    """Up to `size` bytes of a member of the zip `data`, nothing proved; raises RefusedError FILE_DAMAGED."""
    at = entry.header_offset
    header = data[at : at + _LOCAL.size] if at >= 0 else b""
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise RefusedError("FILE_DAMAGED", detail="nội dung tệp bị thiếu")
    fields = _LOCAL.unpack(header)
    start = at + _LOCAL.size + fields[-2] + fields[-1]
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[:size])
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise RefusedError("FILE_DAMAGED", detail="kiểu nén không phải của Excel")
    try:
        return zlib.decompressobj(-15).decompress(packed, size)
    except zlib.error as error:
        raise RefusedError("FILE_DAMAGED", detail="dữ liệu nén bị hỏng") from error


def stored_zip(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an uncompressed zip, in their order; the same parts always give the same bytes."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in parts.items():
        label = name.encode()
        crc, size = zlib.crc32(data), len(data)
        head = _LOCAL.pack(b"PK\x03\x04", 20, 0x800, 0, 0, _DOS_EPOCH, crc, size, size, len(label), 0)
        central = (20, 20, 0x800, 0, 0, _DOS_EPOCH, crc, size, size, len(label), 0, 0, 0, 0, 0, offset)
        directory.append(_CENTRAL.pack(b"PK\x01\x02", *central) + label)
        body += (head, label, data)
        offset += len(head) + len(label) + size
    index = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(index), offset, 0)
    return b"".join((*body, index, end))
