"""Tells our own Word report from one in which somebody has written, so that no run destroys a person's work.

The report carries in its core properties, as identifier, the SHA-256 of everything else that it is: of its parts,
their names, order and times. Whatever Word or LibreOffice saves, changed or not, answers to it no longer. Bytes
only; nothing here knows what a report says.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile

from plan.broken_zip import BROKEN_ZIP

UNSEALED = f"tonghop:sha256:{'0' * 64}"

_CORE = "docProps/core.xml"
_SEAL = re.compile(rb"tonghop:sha256:([0-9a-f]{64})")
_MOST_BYTES = 64 * 2**20
_MOST_EXPANDED = 256 * 2**20
_MOST_PARTS = 200
_BLOCK = 2**20
_ALWAYS_SHORT = 64 * 2**10  # the core properties

_FAULTS = (*BROKEN_ZIP, KeyError, RuntimeError)  # RuntimeError: an encrypted part


def sealed(data: bytes) -> bytes:
    """Return the package `data`, whose identifier is UNSEALED, with its seal; the rest stays byte for byte.

    Raises ValueError when it bears no UNSEALED identifier or more than one.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        core = source.read(_CORE)
        if core.count(UNSEALED.encode()) != 1:
            raise ValueError("the package has no place for a seal")
        seal = UNSEALED.replace("0" * 64, _digest(source)).encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for member in source.infolist():
                content = source.read(member)
                if member.filename == _CORE:
                    content = content.replace(UNSEALED.encode(), seal)
                target.writestr(member, content, member.compress_type)
    return out.getvalue()


def edited_since(data: bytes) -> bool:
    """True unless `data` is a report exactly as `sealed` left it: what cannot be read counts as somebody's work."""
    if len(data) > _MOST_BYTES:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > _MOST_PARTS or sum(m.file_size for m in members) > _MOST_EXPANDED:
                return True
            with package.open(_CORE) as part:
                found = _SEAL.findall(part.read(_ALWAYS_SHORT))
            return len(found) != 1 or found[0] != _digest(package).encode()
    except _FAULTS:
        return True


def _digest(package: zipfile.ZipFile) -> str:
    """The SHA-256 of the whole package, the seal's own digits blank."""
    whole = hashlib.sha256()
    for member in package.infolist():
        head = f"{member.filename}\n{member.date_time}\n{member.file_size}\n"
        whole.update(head.encode("utf-8", "surrogatepass"))
        with package.open(member) as part:
            if member.filename == _CORE:
                whole.update(_SEAL.sub(UNSEALED.encode(), part.read(_ALWAYS_SHORT)))
                continue
            while piece := part.read(_BLOCK):
                whole.update(piece)
    return whole.hexdigest()
