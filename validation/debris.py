"""Knows the files that systems and open Excel windows leave behind, which nobody has sent.

By name and first bytes together: a real workbook under such a name is still a return.
"""

from __future__ import annotations

_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"))
_LARGEST_LOCK = 512  # bytes; Excel's has 165, LibreOffice's about 100
_APPLE_DOUBLE = b"\x00\x05\x16\x07"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def may_be_debris(name: str) -> bool:
    """Whether the name of a file (without its folder) makes it worth looking at its first bytes."""
    return name.lower() in _NAMES or name.startswith(("~$", ".~lock.", "._"))


def is_debris(name: str, head: bytes, size: int) -> bool:
    """Whether the file of this name (without its folder) is only left behind; `head` are its first 8 bytes."""
    if head.startswith(_WORKBOOKS):
        return name.lower() == "thumbs.db"
    lock = name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#"))
    shadow = name.startswith("._") and head.startswith(_APPLE_DOUBLE)
    return name.lower() in _NAMES or shadow or (lock and size <= _LARGEST_LOCK)
