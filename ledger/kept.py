"""The files of the ledger: their bytes and their receipts, written once and told again.

Every function works inside the transaction of its caller. It must not know what a file says, only that it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select
from sqlalchemy import insert as into
from sqlalchemy import update as change

from ledger.model import FormerFile, KeptFile, Occasion
from ledger.stored import as_it_was, moment_of, moment_text, receipt_id, storable
from ledger.tables import content, receipt

_AT_ONCE = 500  # hashes in one question: older SQLite takes 999


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some bytes under one path, as it is stored; `id` is made of the path and the hash."""

    id: str
    sha256: str
    top: str
    top_sha256: str
    received_at: str


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
    question = select(c.id, c.sha256, c.top, c.top_sha256, c.received_at).where(*of_period(occasion))
    return {row[0]: Known(*row) for row in connection.execute(question)}


def as_known(occasion: Occasion, file: KeptFile) -> Known:
    """Return what a file says of itself."""
    name = receipt_id(occasion.plan_id, occasion.period_id, file.file, file.sha256)
    return Known(name, file.sha256, storable(file.top), file.top_sha256, moment_text(file.received_at))


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
        for found in known.values():
            self._note(found)

    def take(self, file: KeptFile, now: datetime) -> datetime:
        """Add a file unless everything is known of it already; returns its moment, in its own zone."""
        said = as_known(self.occasion, file)
        before = self._known.get(said.id)
        first = before.received_at if before else self._earliest.get(file.sha256, said.received_at)
        if first < said.received_at:
            said = replace(said, received_at=first)
        self._note(said)
        if said != before:
            self._known[said.id] = said
            self.pending[said.id] = Pending(said, file, moment_text(now))
            self.weight += len(file.data)
        return moment_of(said.received_at, file.received_at.tzinfo)

    def clear(self) -> None:
        """Forget what is pending: it is written."""
        self.pending.clear()
        self.weight = 0

    def _note(self, said: Known) -> None:
        self._earliest[said.sha256] = min(said.received_at, self._earliest.get(said.sha256, said.received_at))


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
        if name in there
        and (better := replace(p.known, received_at=min(p.known.received_at, there[name].received_at))) != there[name]
    ]
    if mended:
        statement = change(receipt).where(receipt.c.id == bindparam("name"))
        columns = ("top", "top_sha256", "received_at")
        rows = [{"name": known.id} | {f"new_{c}": getattr(known, c) for c in columns} for known in mended]
        connection.execute(statement.values({c: bindparam(f"new_{c}") for c in columns}), rows)


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


def overwritten(connection: Connection, occasion: Occasion, present: Mapping[str, str]) -> Iterator[FormerFile]:
    """Yield the versions whose path in the folder other bytes have taken, in order of receipt.

    Bytes that still lie somewhere in the folder are not lost, and of two paths to the same lost bytes the first
    speaks for both.
    """
    now = {storable(top): sha256 for top, sha256 in present.items()}
    c = receipt.c
    columns = (c.received_at, c.file, c.sha256, c.top, c.top_sha256, c.sender)
    question = select(*columns).where(*of_period(occasion), c.withdrawn.is_(None))
    rows = sorted(connection.execute(question))
    told = {*now.values(), *(sha256 for _, _, sha256, top, top_sha256, _ in rows if now.get(top) == top_sha256)}
    for received_at, file, sha256, top, top_sha256, sender in rows:
        if sha256 not in told and now.get(top, top_sha256) != top_sha256:
            told.add(sha256)
            data = bytes_of(connection, sha256) or b""
            moment = moment_of(received_at, occasion.as_of.tzinfo)
            yield FormerFile(as_it_was(file), as_it_was(top), sha256, moment, as_it_was(sender), data)


def bytes_of(connection: Connection, sha256: str) -> bytes | None:
    """Return the bytes of a hash; None when it is not known, or was too large to keep."""
    data: bytes | None = connection.execute(select(content.c.bytes).where(content.c.sha256 == sha256)).scalar()
    return data


def withdraw(connection: Connection, occasion: Occasion, sha256: str, reason: str) -> bool:
    """Note why the bytes are withdrawn, or with "" that they no longer are; False when nobody has sent them."""
    values: dict[str, object] = {"withdrawn": storable(reason), "counts": False} if reason else {"withdrawn": None}
    statement = change(receipt).where(*of_period(occasion), receipt.c.sha256 == sha256).values(values)
    return connection.execute(statement).rowcount > 0


def withdrawn(connection: Connection, occasion: Occasion) -> dict[str, str]:
    """Return hash -> reason of what is withdrawn in the period."""
    c = receipt.c
    question = select(c.sha256, c.withdrawn).where(*of_period(occasion), c.withdrawn.is_not(None))
    return {sha256: as_it_was(reason or "") for sha256, reason in sorted(connection.execute(question))}
