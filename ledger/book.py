"""The door to the ledger: opens the database, keeps its transactions whole, turns its faults into sentences.

One database file beside the outputs, or a PostgreSQL server through a URL, with the same statements. SQLite runs with
a rollback journal, not WAL, because workspaces lie on network shares. Nothing is ever deleted but rows of a reading
that a newer reading replaces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, select
from sqlalchemy import insert as into
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from ledger import kept, told
from ledger.faults import Place, bad_url_lines, fault_lines, newer_lines, no_driver_lines, no_ledger_lines
from ledger.model import FormerFile, KeptFile, Occasion, Version
from ledger.tables import SCHEMA_VERSION, metadata, schema_version
from plan.atomic import writable_folder
from plan.model import Period, Plan, PlanError
from validation.model import Checked, Earlier, Return

URL_VARIABLE = "TONGHOP_DATABASE_URL"
_PATIENCE = 60  # seconds that a writer waits for another one
_MOST_PENDING = 8 * 1024 * 1024  # bytes held before they are written
_WRITERS = 0x746F6E67  # names the lock for which writers queue on a server


def ledger_url(root: Path, environment: Mapping[str, str], *, rehearsal: bool) -> str:
    """Return where the ledger of the workspace `root` is; a rehearsal never touches the shared database.

    Makes the folder of the default file. Raises PlanError when it cannot.
    """
    shared = environment.get(URL_VARIABLE, "").strip()
    if shared and not rehearsal:
        return shared
    path = writable_folder(root / "outputs") / "ledger.sqlite"
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def open_ledger(url: str) -> Ledger:
    """Open the ledger at `url`, making its tables where there are none. Raises PlanError, never with the password."""
    address, place = _address(url)
    with _guarded(place):
        engine = _engine(address, is_file=place.is_file)
        connection = engine.connect()
    ledger = Ledger(engine, connection, place)
    try:
        ledger.prepare()
    except BaseException:
        ledger.close()
        raise
    return ledger


def _engine(address: URL, *, is_file: bool) -> Engine:
    # Transactions are begun by name, because SQLite's must take their lock at once.
    settings: dict[str, Any] = {"poolclass": NullPool, "isolation_level": "AUTOCOMMIT", "hide_parameters": True}
    if is_file:
        return create_engine(address, connect_args={"timeout": _PATIENCE}, **settings)
    manners = {"connect_timeout": 10, "client_encoding": "utf8", "application_name": "tonghop"}
    try:
        # Looking for a column type that the ledger does not have would cost a question at every opening.
        return create_engine(address, connect_args=manners, use_native_hstore=False, **settings)
    except ImportError as fault:
        raise PlanError(*no_driver_lines()) from fault


def _address(url: str) -> tuple[URL, Place]:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise PlanError(*bad_url_lines()) from None  # the fault may quote the URL
    if address.drivername.partition("+")[0] in ("postgres", "postgresql"):
        # An unescaped "@" or "/" in a password spills it into the other parts, which then are not shown.
        told_place = f"“{address.host or 'localhost'}/{address.database}”" if url.count("@") <= 1 else "trên máy chủ"
        return address.set(drivername="postgresql+psycopg"), Place(f"cơ sở dữ liệu {told_place}", is_file=False)
    # A relative file would be another, empty ledger in every folder from which a command is run.
    whole = address.drivername == "sqlite" and not address.query and Path(address.database or "").is_absolute()
    if not whole:
        raise PlanError(*bad_url_lines())
    return address, Place(f"sổ ghi nhớ “{address.database}”", is_file=True)


@contextmanager
def _guarded(place: Place) -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        raise PlanError(*fault_lines(place, fault.orig)) from fault


class Ledger:
    """The memory of all periods. Made by `open_ledger`; a context that writes what is pending when it ends well.

    Every method raises PlanError when the database refuses.
    """

    def __init__(self, engine: Engine, connection: Connection, place: Place) -> None:
        self._engine = engine
        self._connection = connection
        self._place = place
        self._shelves: dict[tuple[str, str], kept.Shelf] = {}
        self.is_new = False  # its tables were made by this opening: nothing is known of former runs

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is pending unless something went wrong, and let the database go."""
        try:
            if kind is None:
                self.flush()
        finally:
            self.close()

    def close(self) -> None:
        """Let the database go; what is pending is not written."""
        with suppress(SQLAlchemyError):
            self._connection.close()
        self._engine.dispose()

    def prepare(self) -> None:
        """Make the tables where there are none. Raises PlanError for a database that is not ours or is newer."""
        with _guarded(self._place):
            if self._place.is_file:
                for setting in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON"):
                    self._connection.exec_driver_sql(f"PRAGMA {setting}")
            there = self._has_tables()
        if not there:
            with self._writing() as connection:
                if not self._has_tables():  # another process may have made them meanwhile
                    if any(connection.dialect.has_table(connection, name) for name in metadata.tables):
                        raise PlanError(*no_ledger_lines(self._place))
                    metadata.create_all(connection, checkfirst=False)
                    self.is_new = True
                    connection.execute(into(schema_version), {"version": SCHEMA_VERSION})
        with self._reading() as connection:
            versions = list(connection.execute(select(schema_version.c.version)).scalars())
        if len(versions) != 1:
            raise PlanError(*no_ledger_lines(self._place))
        if versions[0] > SCHEMA_VERSION:
            raise PlanError(*newer_lines(self._place, versions[0], SCHEMA_VERSION))

    def _has_tables(self) -> bool:
        return self._connection.dialect.has_table(self._connection, schema_version.name)

    def keep(self, occasion: Occasion, file: KeptFile, present: Collection[str] = ()) -> tuple[datetime, datetime]:
        """Gather a file to be written; returns the moment of its receipt and the one that orders a unit's files.

        Bytes that came before, under this name or another, were received then, so that nobody is late by a copy or
        by sending the same again. Their place in the order is their own, unless they were only moved: `present`
        are the paths that lie on the disk. Later runs are told the same, unless the file itself turns out to be
        older. Of a file without a hash nothing is remembered.
        """
        if not file.sha256:
            return file.received_at, file.received_at
        shelf = self._shelf(occasion)
        moments = shelf.take(file, occasion.as_of, present)
        if shelf.weight > _MOST_PENDING:
            self.flush()
        return moments

    def _shelf(self, occasion: Occasion) -> kept.Shelf:
        key = (occasion.plan_id, occasion.period_id)
        if key not in self._shelves:
            with self._reading() as connection:
                self._shelves[key] = kept.Shelf(occasion, kept.known_files(connection, occasion))
        return self._shelves[key]

    def flush(self) -> None:
        """Write everything that `keep` has gathered, in one transaction: when it returns, nothing of it can be lost."""
        full = [shelf for shelf in self._shelves.values() if shelf.pending]
        if full:
            with self._writing() as connection:
                for shelf in full:
                    kept.record(connection, shelf.occasion, shelf.pending)
            for shelf in full:
                shelf.clear()

    def overwritten(self, occasion: Occasion, present: Mapping[str, str]) -> tuple[FormerFile, ...]:
        """Return the versions that were copied over, as they were seen; the withdrawn ones left out.

        `present` maps every path on the disk to the hash of what lies there now. A version whose path is no longer
        on the disk was taken away and is not among them; nor are bytes that still lie elsewhere in the folder.
        """
        self.flush()
        with self._reading() as connection:
            return tuple(kept.overwritten(connection, occasion, present))

    def conclude(self, occasion: Occasion, checked: Checked) -> None:
        """Write what a run found, whole or not at all; what had no part in it counts no longer.

        Raises ValueError for a return that was never kept.
        """
        self.flush()
        with self._writing() as connection:
            told.conclude(connection, occasion, checked)

    def earlier(self, plan: Plan, before: Period, most: int | None = None) -> tuple[Earlier, ...]:
        """Return the periods of the plan's calendar before `before` with counted values, the `most` nearest first."""
        with self._reading() as connection:
            return told.earlier(connection, plan, before, most)

    def versions(self, occasion: Occasion, unit: str) -> tuple[Version, ...]:
        """Return all that a unit has sent for the period in order of receipt; "" for what belongs to nobody."""
        with self._reading() as connection:
            return told.versions(connection, occasion, unit).get(unit, ())

    def all_versions(self, occasion: Occasion) -> dict[str, tuple[Version, ...]]:
        """Return unit -> `versions` of every unit that has sent anything for the period."""
        with self._reading() as connection:
            return told.versions(connection, occasion)

    def content(self, sha256: str) -> bytes | None:
        """Return the bytes as they came; None for those never kept. Raises PlanError when they have been changed."""
        with self._reading() as connection:
            data = kept.bytes_of(connection, sha256)
        if data is not None and hashlib.sha256(data).hexdigest() != sha256:
            raise PlanError(*no_ledger_lines(self._place))
        return data

    def gone(self, occasion: Occasion, tops: Collection[str], hashes: Collection[str]) -> tuple[Return, ...]:
        """Return the readable files of former runs that are neither at a path of `tops` nor among the `hashes`.

        Withdrawn ones are left out; nothing counts of what is returned.
        """
        with self._reading() as connection:
            return told.gone(connection, occasion, tops, hashes)

    def withdraw(self, occasion: Occasion, place: tuple[str, str], reason: str) -> None:
        """Note that (file, hash) is to count no longer, and why; with "" take that back."""
        self.flush()
        with self._writing() as connection:
            if not kept.withdraw(connection, occasion, place, reason):
                raise PlanError(
                    f"Sổ ghi nhớ không có tệp “{place[0]}” của kỳ {occasion.period_id} mang mã “{place[1]}”."
                )

    def withdrawn(self, occasion: Occasion) -> dict[tuple[str, str], str]:
        """Return (file, hash) -> reason of everything that is withdrawn in the period."""
        with self._reading() as connection:
            return kept.withdrawn(connection, occasion)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that excludes every other writer from its first statement to its commit."""
        with self._transaction("BEGIN IMMEDIATE" if self._place.is_file else "BEGIN") as connection:
            if not self._place.is_file:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_PATIENCE * 1000}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One transaction in which every question sees the same state."""
        begin = "BEGIN" if self._place.is_file else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._transaction(begin) as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with _guarded(self._place):
            self._connection.exec_driver_sql(begin)
            try:
                yield self._connection
                self._connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(SQLAlchemyError):  # the connection itself may be gone
                    self._connection.exec_driver_sql("ROLLBACK")
                raise
