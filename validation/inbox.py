"""The door to the inputs folder: finds every file that came in and reads its bytes, changing nothing.

Everything below the folder is a return until proved otherwise, because a lost return is nearly as bad
as a wrong number; only the debris of operating systems and of open Excel windows is passed over.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from plan.atomic import reason
from plan.layout import CHECK_SHEET, GUIDE_SHEET
from validation.debris import is_debris, may_be_debris
from validation.parcel import Member, SetAside, is_parcel_head, open_parcel
from validation.parcel_mail import file_doubt
from validation.parcel_part import Stamp, megabytes
from validation.raw import Fault, RawBook
from validation.read import read_book

LARGEST = 64 * 1024 * 1024  # bytes taken into memory; validation.scan refuses far less as a workbook
_FOR_PEOPLE = frozenset({GUIDE_SHEET, CHECK_SHEET})  # sheets of a template that hold no answers
_HEAD = 32_768  # bytes by which a mail or zip is known


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it came: `file` is its path below the folder with forward slashes.

    A file out of a parcel (an e-mail, a zip) has the parcel's path before its own: "thu.eml/bao-cao.xlsx"; `top` is
    the path of the file that lies on the disk. `data` are the bytes, b"" of a file too large to keep.
    """

    file: str
    top: str
    sha256: str
    size: int
    received_at: datetime
    content: RawBook | Fault | SetAside
    data: bytes = b""
    sender: str = ""  # of an e-mail
    came_at: datetime | None = None  # its place in the order of a unit's files, `received_at` where None


def files_in(folder: Path) -> list[Path]:
    """Return everything below `folder` that needs a word, in the order of the names.

    Besides files these are links, which are not followed, and folders that the system does not open.
    """
    found = []
    closed: list[str] = []
    if not folder.is_dir():
        return []
    for where, folders, names in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
        found += [Path(where) / name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not (Path(where) / name).is_symlink())
        found += [Path(where) / name for name in names if not _is_debris(Path(where) / name)]
    return sorted((*found, *map(Path, closed)), key=lambda p: p.relative_to(folder).as_posix())


def name_of(path: Path, folder: Path) -> str:
    """Return the name under which a file of `folder` is known everywhere: its path with forward slashes.

    A name in another encoding comes with lone surrogates, which no output can hold; they are spelled out.
    """
    return path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()


def _is_debris(path: Path) -> bool:
    if not may_be_debris(path.name) or path.is_symlink() or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return is_debris(path.name, stream.read(8), path.stat().st_size)
    except OSError:
        return False


def receive(folder: Path, zone: tzinfo, on_done: Callable[[int, int], None]) -> Iterator[Received]:
    """Read the files of `folder` in order, in a few threads (python-calamine releases the GIL).

    A mail or zip is followed by the files inside it. `received_at` is, in `zone`, what the headers of the outermost
    mail say, or else the file's modification time: the moment an attachment or copy was saved. `on_done` is told
    (done, of how many) after each file on the disk.
    """
    paths = files_in(folder)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        for done, received in enumerate(pool.map(lambda p: _receive(p, folder, zone), paths), start=1):
            on_done(done, len(paths))
            yield from received


def receive_bytes(file: str, top: str, data: bytes, received_at: datetime, sender: str) -> Received:
    """Read again the bytes of a file that came in before, under the names, moment and sender that it had then.

    Of a mail or zip this is the parcel alone: its files were kept as files of their own.
    """
    first = _unpacked(file, data, Stamp(received_at, sender))[0]
    return replace(first, top=top, received_at=received_at, sender=sender)


def _receive(path: Path, folder: Path, zone: tzinfo) -> tuple[Received, ...]:
    file = name_of(path, folder)
    try:
        stat = path.lstat()
        moment = _moment(stat.st_mtime, zone)
        fault = _unread(path, stat)
        if fault is not None:
            return (Received(file, file, _digest(path, stat), stat.st_size, moment, fault),)
        data = path.read_bytes()
    except OSError as failure:
        fault = Fault("FILE_UNREADABLE", {"detail": reason(failure)})
        return (Received(file, file, "", 0, _moment(0, zone), fault),)
    return _unpacked(file, data, Stamp(moment))


def _moment(seconds: float, zone: tzinfo) -> datetime:
    """A time of the system as a moment; one that no calendar has is told as 1970."""
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC).astimezone(zone)


def _unread(path: Path, about: os.stat_result) -> Fault | None:
    """Why the bytes of what lies at `path` are not taken; raises OSError."""
    if S_ISLNK(about.st_mode):
        return Fault("FILE_IS_LINK", {"detail": "liên kết tượng trưng"})
    if S_ISDIR(about.st_mode):
        return Fault("FILE_UNREADABLE", {"detail": "thư mục không cho mở, chưa xem được các tệp bên trong"})
    if not S_ISREG(about.st_mode):
        return Fault("FILE_IS_LINK", {"detail": "tệp đặc biệt của hệ thống"})
    if about.st_size <= LARGEST:
        return None
    with path.open("rb") as stream:
        if is_parcel_head(stream.read(_HEAD)):
            return Fault("PARCEL_TOO_LARGE", {"names": f"cả tệp ({megabytes(about.st_size)})"})
    return Fault("FILE_TOO_LARGE", {"size": megabytes(about.st_size)})


def _digest(path: Path, about: os.stat_result) -> str:
    """SHA-256 of a file's bytes, "" for what has none; raises OSError."""
    if not S_ISREG(about.st_mode):
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpacked(file: str, data: bytes, stamp: Stamp) -> tuple[Received, ...]:
    """The file as read; a parcel with all that was in it."""
    content = read_book(data, file, _FOR_PEOPLE)
    if isinstance(content, Fault):
        members = open_parcel(data, file, stamp, _FOR_PEOPLE)
        if members:
            return tuple(_received(file, member) for member in members)
    doubt = file_doubt(stamp.moment)
    if doubt is not None and isinstance(content, RawBook):
        content = replace(content, notes=(*content.notes, doubt))
    return (_received(file, Member(file, data, len(data), content, stamp)),)


def _received(top: str, member: Member) -> Received:
    stamp = member.stamp
    # What could not be taken out of a parcel has no bytes and so no digest.
    digest = hashlib.sha256(member.data).hexdigest() if member.data or not member.size else ""
    return Received(
        member.path, top, digest, member.size, stamp.moment, member.content, member.data, sender=stamp.sender
    )
