"""The OLE container of an .xls: its workbook stream is taken out and put alone into a clean container.

python-calamine sizes its memory by the sector counts of the file and aborts the process when they lie. What the
stream says is not looked at here, that is `biff`'s.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from validation.raw import RefusedError

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_SECTOR = 4096  # of the rewritten file: its header alone can then list the FAT of 450 MB


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
