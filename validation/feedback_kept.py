"""What an earlier run gave back, and out of what: a copy that would come out the same is not drawn again.

The listing is a convenience only: without it, or where the copy on the disk is not the one that was made,
everything is drawn anew and comes to the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from validation.mend_list import Reply

_ROOMS = Path(__file__).resolve().parents[1]
_DRAWS = ("validation", "plan")  # whose code decides what a copy looks like; the templates' part is a copy's `form`


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of an earlier run. `basis` is the digest of all it was drawn from but `form`, the blank template in it.

    `basis` is "" for a copy that is not to be kept, `form` for one that needed no template.
    """

    name: str
    basis: str = ""
    content: str = ""
    form: str = ""


def read_listing(path: Path) -> dict[str, Kept]:
    """Return name -> copy of an earlier run; empty when there is no listing or it says nothing."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    names = [f.name for f in fields(Kept)]
    found = {}
    for entry in told if isinstance(told, list) else ():
        said = entry if isinstance(entry, dict) else {"name": entry}  # an older listing
        kept = Kept(*(str(said.get(name, "")) for name in names))
        if kept.name and Path(kept.name).name == kept.name:
            found[kept.name] = kept
    return found


def listing(kept: Iterable[Kept]) -> bytes:
    """Return the file that `read_listing` reads."""
    entries = [asdict(k) for k in sorted(kept, key=lambda k: k.name)]
    return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()


def drawing() -> str:
    """Return the digest of what draws copies: the code itself, so that nobody has to count versions."""
    made = sha256(version("openpyxl").encode())
    for room in _DRAWS:
        for source in sorted((_ROOMS / room).rglob("*.py")):
            made.update(source.relative_to(_ROOMS).as_posix().encode() + source.read_bytes())
    return made.hexdigest()


def digest_of_rows(rows: Mapping[str, str]) -> str:
    """Return the digest of the names of rows; they are the same for all copies of a run."""
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def basis(reply: Reply, common: tuple[str, ...], *, has_form: bool) -> str:
    """Return the digest of all that the copy is drawn from; `common` are the digests shared by the run."""
    r, h = reply.return_, reply.heading
    said = [(asdict(f), reply.message(f)) for f in reply.findings]
    about = (r.sha256, r.file, r.unit, r.verdict, r.received_at.isoformat(), has_form)
    head = (h.plan_title, h.unit_name, h.period_label, h.reply_by.isoformat() if h.reply_by else "")
    return sha256(json.dumps((common, about, head, said), sort_keys=True).encode()).hexdigest()


def is_whole(path: Path, kept: Kept) -> bool:
    """True when the copy lies there as it was made."""
    try:
        return sha256(path.read_bytes()).hexdigest() == kept.content
    except OSError:
        return False
