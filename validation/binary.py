"""Bounds for the two binary workbooks, .xls and .xlsb, before python-calamine may have them.

It sizes its memory by numbers in the file (sector counts, extents, string counts) and aborts the process when
they lie. So the workbook stream of an .xls is taken out here and put alone into a clean OLE file, and the
records of both formats are walked for their extents. No value is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validation.careful import MAX_AREA, too_far
from validation.cells import MAX_MERGES
from validation.outline import MAX_SHEETS
from validation.raw import RefusedError, a1

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_RECORDS = 3_000_000  # of one file

_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_SECTOR = 4096  # of the rewritten file: its header alone can then list the FAT of 450 MB
_XLS_MANY = 0xBD  # many numbers in one record
_XLS_CELLS = frozenset((0x06, 0x206, 0x406, 0xFD, 0x203, 0x204, 0x205, 0xD6, 0x27E, _XLS_MANY))
_XLSB_PLACED = range(12)  # row headers (0), a blank (1) and the kinds of cells


@dataclass(frozen=True, slots=True)
class _Stream:
    start: int
    size: int


class OleFile:
    """The streams of an OLE file ([MS-CFB]); every chain is followed at most once through."""

    def __init__(self, data: bytes) -> None:
        """Raises RefusedError FILE_DAMAGED."""
        try:
            shift = struct.unpack_from("<H", data, 30)[0]
            if shift not in (9, 12):
                raise _damaged()
            self._data, self._size = data, 1 << shift
            directory, _, self._cutoff, mini = struct.unpack_from("<4I", data, 48)
            self._fat = self._read_fat()
            entries = self._chain(directory)
            self._streams, root = _directory(entries)
            self._mini = self._chain(root.start)[: root.size] if root.size else b""
            table = self._chain(mini) if mini < _END_OF_CHAIN else b""
            self._mini_fat = struct.unpack(f"<{len(table) // 4}I", table)
        except struct.error as error:
            raise _damaged() from error

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams and storages."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """Bytes of a stream; raises KeyError when it is not there, RefusedError when it is cut."""
        found = self._streams[name]
        if found.size < self._cutoff:
            body = _follow(found.start, self._mini_fat, self._mini, 64, 0)
        else:
            body = self._chain(found.start)
        if len(body) < found.size:
            raise _damaged()
        return body[: found.size]

    def _read_fat(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, _ = struct.unpack_from("<2I", self._data, 68)
        per_sector = self._size // 4
        limit = len(self._data) // self._size + 1
        while following < _END_OF_CHAIN:
            found = struct.unpack_from(f"<{per_sector}I", self._data, (following + 1) * self._size)
            sectors += found[:-1]
            following = found[-1]
            if len(sectors) > limit + 109 + per_sector:
                raise _damaged()
        fat: list[int] = []
        for sector in sectors:
            if sector != _FREE:
                fat += struct.unpack_from(f"<{per_sector}I", self._data, (sector + 1) * self._size)
                if len(fat) > (limit + 1) * per_sector:
                    raise _damaged()
        return tuple(fat)

    def _chain(self, start: int) -> bytes:
        return _follow(start, self._fat, self._data, self._size, self._size)


def _damaged() -> RefusedError:
    return RefusedError("FILE_DAMAGED", detail="cấu trúc OLE bị hỏng")


def _follow(start: int, table: tuple[int, ...], data: bytes, size: int, offset: int) -> bytes:
    """The sectors of a chain joined."""
    found: list[bytes] = []
    limit = len(data) // size + 1
    sector = start
    while sector < _END_OF_CHAIN:
        if sector >= len(table) or len(found) > limit:
            raise _damaged()
        at = offset + sector * size
        found.append(data[at : at + size])
        sector = table[sector]
    return b"".join(found)


def _directory(entries: bytes) -> tuple[dict[str, _Stream], _Stream]:
    streams: dict[str, _Stream] = {}
    root = _Stream(_END_OF_CHAIN, 0)
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            root = _Stream(start, size)
        elif kind in (1, 2):
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            streams.setdefault(name, _Stream(start, size))
    return streams, root


def clean_ole(workbook: bytes) -> bytes:
    """An OLE file that holds nothing but this Workbook stream."""
    body = workbook.ljust(_SECTOR, b"\0")  # shorter streams would need a mini FAT
    data_sectors = -(-len(body) // _SECTOR)
    per_sector = _SECTOR // 4
    fat_sectors = -(-(data_sectors + 2) // (per_sector - 1))
    first = fat_sectors + 1
    fat = [_FREE - 2] * fat_sectors + [_END_OF_CHAIN]
    fat += [*range(first + 1, first + data_sectors), _END_OF_CHAIN]
    fat += [_FREE] * (fat_sectors * per_sector - len(fat))
    # Version 3 with large sectors: python-calamine then asks for no mini stream.
    header = OLE_MAGIC + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, fat_sectors, fat_sectors, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    header += struct.pack("<109I", *range(fat_sectors), *[_FREE] * (109 - fat_sectors))
    directory = _entry("Root Entry", 5, _END_OF_CHAIN, 0) + _entry("Workbook", 2, first, len(body))
    parts = (header, struct.pack(f"<{len(fat)}I", *fat), directory, body)
    return b"".join(part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in parts)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBB3I", len(label), kind, 1, _FREE, _FREE, 1 if kind == 5 else _FREE)
    return label.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


class _Extent:
    """How far the cells of the sheets reach, one sheet after the other, all of them within one bound."""

    def __init__(self) -> None:
        self.row = self.column = self.before = 0

    def next_sheet(self) -> None:
        """What follows is another sheet."""
        self.before += self.row * self.column
        self.row = self.column = 0

    def add(self, row: int, column: int) -> None:
        """A cell by its 0-based place; raises RefusedError when the tables would be too large."""
        self.row, self.column = max(self.row, row + 1), max(self.column, column + 1)
        if self.before + self.row * self.column > MAX_AREA:
            raise too_far(a1(row + 1, column + 1))


def checked_xls(workbook: bytes) -> bytes:
    """The workbook stream once the records that python-calamine will walk have been walked ([MS-XLS]).

    Claimed extents that memory would be reserved for are replaced by a single cell. Raises RefusedError.
    """
    stream = bytearray(workbook)
    extent = _Extent()
    try:
        offsets: list[int] = []
        seen = 0
        for kind, at, size in _xls_records(stream, 0):
            seen += 1
            if kind == 0x2F and stream[at : at + 2] != b"\0\0":
                raise RefusedError("FILE_ENCRYPTED")
            if kind == 0x85:
                offsets.append(struct.unpack_from("<I", stream, at)[0])
            elif kind == 0xFC and size >= 8 and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
                raise RefusedError("FILE_HOSTILE", reason="khai báo số chuỗi văn bản không khớp với nội dung")
        if len(offsets) > MAX_SHEETS:
            raise RefusedError("FILE_HOSTILE", reason="có quá nhiều trang tính")
        for offset in offsets:
            extent.next_sheet()
            seen += _check_xls_sheet(stream, offset, extent)
            if seen > MAX_RECORDS:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều bản ghi bên trong")
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    return bytes(stream)


def _xls_records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """(type, place, size) of records until the end of the substream."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        if kind == 0x0A:
            return
        at += 4 + size


def _check_xls_sheet(stream: bytearray, offset: int, extent: _Extent) -> int:
    merges = seen = 0
    for kind, at, size in _xls_records(stream, offset):
        seen += 1
        if kind in _XLS_CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _XLS_MANY:
                column = max(column + (size - 6) // 6, struct.unpack_from("<H", stream, at + size - 2)[0])
            extent.add(row, column)
        elif kind == 0x200:
            _bound_dimensions(stream, at, size)
        elif kind == 0xE5 and size >= 2:
            merges += struct.unpack_from("<H", stream, at)[0]
            if merges > MAX_MERGES:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều vùng gộp ô")
    return seen


def _bound_dimensions(stream: bytearray, at: int, size: int) -> None:
    shape = "<IIHH" if size >= 14 else "<HHHH"
    top, bottom, left, right = struct.unpack_from(shape, stream, at)
    if not (top < bottom and left < right and (bottom - top) * (right - left) <= MAX_AREA):
        struct.pack_into(shape, stream, at, 0, 1, 0, 1)


def check_xlsb(parts: Mapping[str, bytes]) -> None:
    """Walks the records of every binary part ([MS-XLSB]); raises RefusedError."""
    seen = row = 0
    extent = _Extent()
    for name, data in parts.items():
        if not name.endswith(".bin"):
            continue
        extent.next_sheet()
        for kind, at, size in _xlsb_records(data):
            seen += 1
            if seen > MAX_RECORDS:
                raise RefusedError("FILE_HOSTILE", reason="có quá nhiều bản ghi bên trong")
            if kind == 0x9F and size >= 8 and struct.unpack_from("<I", data, at + 4)[0] > len(data):
                raise RefusedError("FILE_HOSTILE", reason="khai báo số chuỗi văn bản không khớp với nội dung")
            if "worksheets/" in name.lower() and kind in _XLSB_PLACED:
                if size < 8:  # python-calamine would take the place from whatever it read before
                    raise RefusedError("FILE_DAMAGED", detail="bản ghi bên trong bị cụt")
                place = struct.unpack_from("<I", data, at)[0]
                if kind:
                    extent.add(row, place)
                else:
                    row = place


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(type, place, size); both numbers are stored in groups of seven bits."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > len(data):
            raise RefusedError("FILE_DAMAGED", detail="bản ghi bên trong bị cụt")
        yield kind, at, size
        at += size
