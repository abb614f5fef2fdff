"""The door to the inputs folder: finds every file that came in and reads its bytes, changing nothing.

Everything below the folder is a return until proved otherwise, because a lost return is nearly as bad
as a wrong number; only the debris of operating systems and of open Excel windows is passed over.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from plan.atomic import reason
from plan.layout import CHECK_SHEET, GUIDE_SHEET
from validation.raw import Fault, RawBook
from validation.read import read_book

LARGEST = 64 * 1024 * 1024  # bytes taken into memory; validation.scan refuses far less as a workbook
_FOR_PEOPLE = frozenset({GUIDE_SHEET, CHECK_SHEET})  # sheets of a template that hold no answers
_DEBRIS = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"})


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
    content: RawBook | Fault
    data: bytes = b""
    sender: str = ""  # of an e-mail


def files_in(folder: Path) -> list[Path]:
    """Return every file below `folder` in the order of their names; links, which may lead anywhere, are no files."""
    found = []
    for where, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(where) / n for n in names if n.lower() not in _DEBRIS and not n.startswith("~$")]
    return sorted(
        (p for p in found if p.is_file() and not p.is_symlink()), key=lambda p: p.relative_to(folder).as_posix()
    )


def receive(folder: Path, zone: tzinfo, on_done: Callable[[int, int], None]) -> Iterator[Received]:
    """Read the files of `folder` in order, in a few threads (python-calamine releases the GIL).

    `received_at` is the file's modification time in `zone`: the moment a mail attachment or copy was
    saved. `on_done` is told (done, of how many) after each file.
    """
    paths = files_in(folder)
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        for done, received in enumerate(pool.map(lambda p: _receive(p, folder, zone), paths), start=1):
            on_done(done, len(paths))
            yield received


def _receive(path: Path, folder: Path, zone: tzinfo) -> Received:
    # A name in another encoding comes with lone surrogates, which no output can hold.
    file = path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
    try:
        stat = path.stat()
        data = path.read_bytes() if stat.st_size <= LARGEST else b""
    except OSError as failure:
        fault = Fault("FILE_UNREADABLE", {"detail": reason(failure)})
        return Received(file, file, "", 0, datetime.fromtimestamp(0, UTC).astimezone(zone), fault)
    moment = datetime.fromtimestamp(stat.st_mtime, UTC).astimezone(zone)
    if stat.st_size > LARGEST:
        fault = Fault("FILE_TOO_LARGE", {"size": f"{stat.st_size // (1024 * 1024)} MB"})
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Received(file, file, digest, stat.st_size, moment, fault)
    content = read_book(data, path.name, _FOR_PEOPLE)
    return Received(file, file, hashlib.sha256(data).hexdigest(), len(data), moment, content, data)
