"""What the files that go back to units are called: what is asked, whose file it is, and the name it came under.

Pure. A name says no more of the unit than the findings do, because names are witnesses when a copy comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

TO_MEND, TO_EXPLAIN = "can-sua_", "de-nghi-giai-trinh_"

_LONGEST = 120  # bytes: file systems stop at 255, Windows at 260 characters of the whole path
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
# What Windows or a link to the file cannot hold: "#" and "%" have a meaning of their own there.
_ODD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#%\ud800-\udfff]+')


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A return, its unit, and whether the unit is only asked to explain."""

    file: str
    unit: str
    explain: bool


def copy_names(outgoing: Sequence[Outgoing]) -> list[str]:
    """Return one name each, distinct on file systems that ignore case as well.

    The folders around a file are named only where another one is called the same; the unit where its name lacks it.
    """
    known = Counter(_own(PurePosixPath(o.file).name).casefold() for o in outgoing)
    taken: set[str] = set()
    names = []
    for o in outgoing:
        own = _own(PurePosixPath(o.file).name)
        stem = own if known[own.casefold()] == 1 else _own(o.file)
        if not re.search(rf"(?<![a-z0-9-]){re.escape(o.unit)}(?![a-z0-9-])", stem.casefold()):
            stem = f"{o.unit}_{stem}"
        stem = _cut(f"{TO_EXPLAIN if o.explain else TO_MEND}{stem}")
        number, name = 1, f"{stem}.xlsx"
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}.xlsx"
        taken.add(name.casefold())
        names.append(name)
    return names


def _own(file: str) -> str:
    """The name of `file` without what an earlier copy added, and without its extension: what goes back is an .xlsx."""
    flat = file
    while flat.startswith((TO_MEND, TO_EXPLAIN)):
        flat = flat.removeprefix(TO_MEND).removeprefix(TO_EXPLAIN)
    if flat.lower().endswith(_WORKBOOKS):
        flat = flat.rpartition(".")[0]
    return _ODD.sub("_", flat)


def _cut(stem: str) -> str:
    return stem.encode()[:_LONGEST].decode(errors="ignore").rstrip(" .")
