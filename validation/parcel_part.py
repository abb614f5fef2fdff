"""What every kind of parcel is taken apart into, the bounds on it, and names that are safe to speak of.

Nothing is opened here. A name out of a parcel is text from a stranger: it becomes a path below the
parcel's own, whatever it says, and no two files of one parcel share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category, normalize

from validation.raw import Fault

MAX_LEVELS = 3  # a zip in a mail in a mail; what lies deeper is refused by name
MAX_MEMBERS = 3_000  # files and parts of mails in one parcel, all its levels together; the whole province is 170
MAX_MEMBER = 64 << 20  # bytes of one of them
MAX_INFLATED = 160 << 20  # bytes of all of them
MAX_NAMED = 12  # so many are named in a message, the rest is counted

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')  # what Windows takes in no name
_LONGEST = 120  # characters of one name
_LONGEST_ENDING = 12
_DEEPEST = 8  # folders of a path that are kept


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a file came in and from which address ("" when it came by no mail)."""

    moment: datetime
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file as its parcel holds it: `name` is the sender's own, `data` its bytes, unless there is a `fault`.

    `companion` is set when the parcel could tell by itself what is no return, and then `data` may be missing;
    `is_return` when the sender says that it is one, whatever it looks like.
    """

    name: str
    data: bytes = b""
    size: int = 0
    fault: Fault | None = None
    companion: str = ""
    is_mail: bool = False
    is_return: bool = False


@dataclass(slots=True)
class Budget:
    """How much more may come out of one file on the disk; counted down while it is opened."""

    members: int = MAX_MEMBERS
    room: int = MAX_INFLATED

    def admit(self) -> bool:
        """Count one more file; False when there are too many."""
        self.members -= 1
        return self.members >= 0

    def spend(self, size: int) -> bool:
        """Count the bytes of a file; False, and nothing counted, when they do not fit."""
        if size > self.room:
            return False
        self.room -= size
        return True


def safe_path(name: str) -> str:
    """The name as a path that leads nowhere but down, "" when nothing of it is left.

    >>> safe_path("..\\\\..\\\\C:\\\\Báo cáo\\\\a.xlsx"), safe_path("/etc/./passwd"), safe_path("../..")
    ('C_/Báo cáo/a.xlsx', 'etc/passwd', '')
    """
    pieces = (_safe_piece(piece) for piece in name.replace("\\", "/").split("/"))
    return "/".join([piece for piece in pieces if piece][-_DEEPEST:])


def _safe_piece(piece: str) -> str:
    shown = normalize("NFC", _FORBIDDEN.sub("_", piece[: 4 * _LONGEST]))
    # Characters that turn the writing round, and halves of characters, have no place in a name or in JSON.
    shown = "".join(c for c in shown if category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")).strip().rstrip(" .")
    if len(shown) <= _LONGEST:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return shown[:_LONGEST].rstrip(" .")
    return f"{stem[: _LONGEST - len(ending) - 1].rstrip(' .')}{dot}{ending}"


class Names:
    """Gives every file of one parcel a path of its own, also on systems that ignore case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def place(self, parcel: str, name: str) -> str:
        """The path of a file that `parcel` holds as `name`; a second one of that name gets a number.

        Of files of one moment the first by name counts (validation/choose.py), so a numbered name has to come after
        the plain one: "_" does, a space or a bracket would not.
        """
        path = f"{parcel}/{safe_path(name) or 'tep-khong-ten'}"
        folder, _, base = path.rpartition("/")
        stem, dot, ending = base.rpartition(".")
        if not stem:
            stem, dot, ending = base, "", ""
        number, found = 1, path
        while found.casefold() in self._taken:
            number += 1
            found = f"{folder}/{stem}_{number}{dot}{ending}"
        self._taken.add(found.casefold())
        return found


def listed(names: list[str]) -> str:
    """The first dozen of the names, and how many more.

    >>> listed(["a", "b"])
    'a, b'
    """
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" và {more} tệp khác" if more > 0 else "")


def megabytes(size: int) -> str:
    """A size for people, rounded up."""
    return f"{-(-size >> 20)} MB"
