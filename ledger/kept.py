"""The files of the ledger: their bytes and their receipts, written once and told again.

Every function works inside the transaction of its caller. It must not know what a file says, only that it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select
from sqlalchemy import insert as into
from sqlalchemy import update as change

from ledger.model import FormerFile, KeptFile, Occasion
from ledger.stored import as_it_was, moment_of, moment_text, receipt_id, storable
from ledger.tables import content, receipt

_SENSIBLE = "2020"  # a date before it is that of a broken clock, and makes nobody punctual
_MOMENT_BEFORE = timedelta(seconds=1)
_AT_ONCE = 500  # hashes in one question: older SQLite takes 999


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some bytes under one path, as it is stored; `id` is made of the path and the hash."""

    id: str
    sha256: str
    top: str
    top_sha256: str
    received_at: str
    came_at: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that is to be written."""

    known: Known
    file: KeptFile
    first_seen: str


def of_period(occasion: Occasion) -> tuple[ColumnElement[bool], ...]:
    """Return the condition on receipts of the occasion's plan and period."""
    return receipt.c.plan == occasion.plan_id, receipt.c.period == occasion.period_id


def known_files(connection: Connection, occasion: Occasion) -> dict[str, Known]:
    """Return every receipt of the period by its id."""
    c = receipt.c
    question = select(c.id, c.sha256, c.top, c.top_sha256, c.received_at, c.came_at).where(*of_period(occasion))
    return {row[0]: Known(*row) for row in connection.execute(question)}


def as_known(occasion: Occasion, file: KeptFile) -> Known:
    """Return what a file says of itself."""
    name = receipt_id(occasion.plan_id, occasion.period_id, file.file, file.sha256)
    moment = moment_text(file.received_at)
    return Known(name, file.sha256, storable(file.top), file.top_sha256, moment, moment)


class Shelf:
    """The files of one period that were kept and are not written yet, beside all that were known before.

    Speaks for one run: it is filled by `take` and emptied by `clear` once everything is written.
    """

    def __init__(self, occasion: Occasion, known: dict[str, Known]) -> None:
        self.occasion = occasion
        self.pending: dict[str, Pending] = {}
        self.weight = 0
        self._known = known
        self._earliest: dict[str, str] = {}
        self._places: dict[str, dict[str, None]] = {}  # hash -> ids of its receipts
        for found in known.values():
            self._note(found)

    def take(self, file: KeptFile, now: datetime, present: Collection[str]) -> tuple[datetime, datetime]:
        """Add a file unless everything is known of it already; returns (receipt, order), in its own zone.

        `present` are the paths that lie on the disk: bytes whose former places are all gone were moved and keep
        their place in the order; beside a former place they were sent again.
        """
        said = as_known(self.occasion, file)
        before = self._known.get(said.id)
        first = before.received_at if before else self._earliest.get(file.sha256, said.received_at)
        if first < _SENSIBLE:
            first = said.received_at
        came = before.came_at if before else self._moved_from(said, present)
        received_at = first if said.received_at < _SENSIBLE else min(first, said.received_at)
        said = replace(said, received_at=received_at, came_at=min(came, said.came_at))
        self._note(said)
        if said != before:
            self._known[said.id] = said
            self.pending[said.id] = Pending(said, file, moment_text(now))
            self.weight += len(file.data)
        zone = file.received_at.tzinfo
        return moment_of(said.received_at, zone), moment_of(said.came_at, zone)

    def _moved_from(self, said: Known, present: Collection[str]) -> str:
        former = [self._known[name] for name in self._places.get(said.sha256, ()) if name in self._known]
        if any(known.top == said.top or as_it_was(known.top) in present for known in former):
            return said.came_at
        return min((known.came_at for known in former), default=said.came_at)

    def clear(self) -> None:
        """Forget what is pending: it is written."""
        self.pending.clear()
        self.weight = 0

    def _note(self, said: Known) -> None:
        if said.received_at >= _SENSIBLE:
            self._earliest[said.sha256] = min(said.received_at, self._earliest.get(said.sha256, said.received_at))
        self._places.setdefault(said.sha256, {})[said.id] = None


def record(connection: Connection, occasion: Occasion, pending: Mapping[str, Pending]) -> None:
    """Write the bytes and receipts that are not there yet, by id, and mend what is there but no longer so.

    Two processes may have kept the same file: the earlier moment stands, whoever comes first.
    """
    there = known_files(connection, occasion)
    new = [p for name, p in pending.items() if name not in there]
    _add_contents(connection, [p.file for p in new])
    if new:
        connection.execute(into(receipt), [_receipt_row(occasion, p) for p in new])
    mended = [
        better
        for name, p in pending.items()
        if name in there and (better := _earlier(p.known, there[name])) != there[name]
    ]
    if mended:
        statement = change(receipt).where(receipt.c.id == bindparam("name"))
        columns = ("top", "top_sha256", "received_at", "came_at")
        rows = [{"name": known.id} | {f"new_{c}": getattr(known, c) for c in columns} for known in mended]
        connection.execute(statement.values({c: bindparam(f"new_{c}") for c in columns}), rows)


def _earlier(said: Known, there: Known) -> Known:
    received_at = min(said.received_at, there.received_at)
    return replace(said, received_at=received_at, came_at=min(said.came_at, there.came_at))


def _add_contents(connection: Connection, files: Sequence[KeptFile]) -> None:
    by_hash = {file.sha256: file for file in files}
    there: set[str] = set()
    for hashes in _some(sorted(by_hash)):
        there |= set(connection.execute(select(content.c.sha256).where(content.c.sha256.in_(hashes))).scalars())
    rows = [
        {"sha256": sha256, "size": file.size, "bytes": file.data if len(file.data) == file.size else None}
        for sha256, file in by_hash.items()
        if sha256 not in there
    ]
    if rows:
        connection.execute(into(content), rows)


def _receipt_row(occasion: Occasion, pending: Pending) -> dict[str, Any]:
    known, file = pending.known, pending.file
    return {
        "id": known.id,
        "plan": occasion.plan_id,
        "period": occasion.period_id,
        "file": storable(file.file),
        "top": known.top,
        "top_sha256": known.top_sha256,
        "sha256": known.sha256,
        "received_at": known.received_at,
        "came_at": known.came_at,
        "first_seen": pending.first_seen,
        "sender": storable(file.sender),
        "unit": "",
        "verdict": None,
        "counts": False,
        "late": False,
        "in_folder": True,
        "withdrawn": None,
        "entries_sha256": "",
    }


def _some(hashes: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(hashes), _AT_ONCE):
        yield hashes[first : first + _AT_ONCE]


def overwritten(connection: Connection, occasion: Occasion, present: Mapping[str, str]) -> list[FormerFile]:
    """Return the versions whose path in the folder other bytes have taken, in the order in which they were seen.

    Bytes that still lie somewhere in the folder are not lost, and of two paths to the same lost bytes the first
    speaks for both. What lies on the disk came after what it was copied over, whatever the dates of the files say:
    a unit's hour of saving survives zips and sticks.
    """
    now = {storable(top): sha256 for top, sha256 in present.items()}
    c = receipt.c
    columns = (c.first_seen, c.came_at, c.file, c.sha256, c.top, c.top_sha256, c.sender, c.received_at, c.withdrawn)
    rows = sorted(connection.execute(select(*columns).where(*of_period(occasion))), key=lambda row: row[:4])
    here = [row for row in rows if now.get(row.top) == row.top_sha256]
    told = {*now.values(), *(row.sha256 for row in here)}
    lost = []
    for row in rows:
        if row.withdrawn is None and row.sha256 not in told and now.get(row.top, row.top_sha256) != row.top_sha256:
            told.add(row.sha256)
            lost.append(row)
    zone = occasion.as_of.tzinfo
    after: dict[str, datetime] = {}
    for row in here:
        moment = moment_of(row.came_at, zone)
        after[row.top] = min(moment, after.get(row.top, moment))
    found = []
    for row in reversed(lost):
        after[row.top] = min(moment_of(row.came_at, zone), after[row.top] - _MOMENT_BEFORE)
        former = FormerFile(
            file=as_it_was(row.file),
            top=as_it_was(row.top),
            sha256=row.sha256,
            received_at=moment_of(row.received_at, zone),
            came_at=after[row.top],
            sender=as_it_was(row.sender),
            data=bytes_of(connection, row.sha256) or b"",
        )
        found.append(former)
    return found[::-1]


def bytes_of(connection: Connection, sha256: str) -> bytes | None:
    """Return the bytes of a hash; None when it is not known, or was too large to keep."""
    data: bytes | None = connection.execute(select(content.c.bytes).where(content.c.sha256 == sha256)).scalar()
    return data


def withdraw(connection: Connection, occasion: Occasion, place: tuple[str, str], reason: str) -> bool:
    """Note why (file, hash) is withdrawn, or with "" that it no longer is; False when nobody has sent it."""
    values: dict[str, object] = {"withdrawn": storable(reason), "counts": False} if reason else {"withdrawn": None}
    name = receipt_id(occasion.plan_id, occasion.period_id, *place)
    return connection.execute(change(receipt).where(receipt.c.id == name).values(values)).rowcount > 0


def withdrawn(connection: Connection, occasion: Occasion) -> dict[tuple[str, str], str]:
    """Return (file, hash) -> reason of what is withdrawn in the period."""
    c = receipt.c
    question = select(c.file, c.sha256, c.withdrawn).where(*of_period(occasion), c.withdrawn.is_not(None))
    found = sorted(connection.execute(question))
    return {(as_it_was(file), sha256): as_it_was(reason or "") for file, sha256, reason in found}
