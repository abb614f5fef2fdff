"""What the returns said: verdicts and entries, written after a run and told to later ones.

Every function works inside the transaction of its caller. It must not judge: what counts comes settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, select
from sqlalchemy import update as change

from ledger import stored
from ledger.kept import of_period
from ledger.model import Occasion, Version
from ledger.tables import content, indicator_cell, receipt, task_row
from plan.model import Period, Plan
from plan.period import previous_period
from validation.model import Checked, Earlier, IndicatorEntry, Return, TaskEntry, Verdict

_Entries = dict[str, tuple[list[IndicatorEntry], list[TaskEntry]]]  # by the id of their receipt


@dataclass(frozen=True, slots=True)
class _Conclusion:
    """The columns of a receipt that a run settles, by their names."""

    unit: str
    verdict: str | None
    counts: bool
    late: bool
    sender: str
    in_folder: bool
    entries_sha256: str


_SETTLED = tuple(_Conclusion.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of one file, as rows of the two tables."""

    cells: list[stored.CellRow]
    tasks: list[stored.TaskRow]


def conclude(connection: Connection, occasion: Occasion, checked: Checked) -> None:
    """Write what a run found; a receipt of the period that had no part in it counts no longer.

    Raises ValueError for a return whose bytes were never kept.
    """
    c = receipt.c
    question = select(c.id, c.file, c.sha256, *(c[name] for name in _SETTLED)).where(*of_period(occasion))
    places: dict[str, tuple[str, str]] = {}
    before: dict[str, _Conclusion] = {}
    for name, file, sha256, *settled in connection.execute(question):
        places[name], before[name] = (file, sha256), _Conclusion(*settled)
    readings = _readings(checked)
    after = {name: _left_out(was) for name, was in before.items()}
    rewritten: dict[str, _Reading] = {}
    for name, (r, in_folder) in _receipts_of(checked.returns, places).items():
        was, reading = before[name], readings.get(r.file, _Reading([], []))
        digest = stored.entries_digest(reading.cells, reading.tasks)
        sender = stored.storable(r.sender) or was.sender
        after[name] = _Conclusion(r.unit, r.verdict.value, r.counts, r.late, sender, in_folder, digest)
        if digest != was.entries_sha256:
            rewritten[name] = reading
    _rewrite(connection, rewritten, [name for name in rewritten if before[name].entries_sha256])
    changed = [
        {"name": name} | {f"new_{column}": getattr(now, column) for column in _SETTLED}
        for name, now in after.items()
        if now != before[name]
    ]
    if changed:
        statement = change(receipt).where(c.id == bindparam("name"))
        connection.execute(statement.values({column: bindparam(f"new_{column}") for column in _SETTLED}), changed)


def _left_out(was: _Conclusion) -> _Conclusion:
    columns = {name: getattr(was, name) for name in _SETTLED}
    return _Conclusion(**(columns | {"counts": False, "in_folder": False}))


def _receipts_of(returns: Iterable[Return], places: Mapping[str, tuple[str, str]]) -> dict[str, tuple[Return, bool]]:
    """Return receipt id -> (its return, whether it lay in the folder).

    A version that was copied over takes part under a name of its own, near to its old one: it is known by its hash.
    A return without a hash could not be read from the disk, and nothing is remembered of it.
    """
    by_place = {place: name for name, place in places.items()}
    found: dict[str, tuple[Return, bool]] = {}
    elsewhere: list[Return] = []
    for r in returns:
        name = by_place.get((stored.storable(r.file), r.sha256))
        if name is not None:
            found[name] = (r, True)
        elif r.sha256:
            elsewhere.append(r)
    by_hash: dict[str, list[str]] = defaultdict(list)
    for name, (_, sha256) in places.items():
        by_hash[sha256].append(name)
    for r in elsewhere:
        if r.sha256 not in by_hash:
            raise ValueError(f"{r.file} was never kept")
        free = [name for name in by_hash[r.sha256] if name not in found]
        if free:
            found[max(free, key=lambda name: (_likeness(places[name][0], r.file), name))] = (r, False)
    return found


def _likeness(one: str, other: str) -> int:
    pairs = zip(one, stored.storable(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _readings(checked: Checked) -> dict[str, _Reading]:
    found: dict[str, _Reading] = defaultdict(lambda: _Reading([], []))
    for cells in (checked.indicator_entries, checked.other_indicator_entries):
        for cell in cells:
            found[cell.file].cells.append(stored.cell_row(cell))
    for tasks in (checked.task_entries, checked.other_task_entries):
        for task in tasks:
            found[task.file].tasks.append(stored.task_row(task))
    return found


def _rewrite(connection: Connection, readings: Mapping[str, _Reading], old: Iterable[str]) -> None:
    """Put new rows in the place of the old ones; `old` are the receipts that have some."""
    gone = [{"name": name} for name in old]
    for table in (indicator_cell, task_row):
        if gone:
            connection.execute(delete(table).where(table.c.receipt == bindparam("name")), gone)
    cells = [(name, line, *row) for name, reading in readings.items() for line, row in enumerate(reading.cells)]
    tasks = [(name, line, *row) for name, reading in readings.items() for line, row in enumerate(reading.tasks)]
    _insert(connection, indicator_cell, cells)
    _insert(connection, task_row, tasks)


def _insert(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Hand rows to the driver as they are: by way of SQLAlchemy's dictionaries they take twice the time."""
    if rows:
        columns = ", ".join(f'"{name}"' for name in table.columns.keys())  # noqa: SIM118 (iterating gives columns)
        sign = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        values = ", ".join([sign] * len(table.columns))
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'  # noqa: S608 (names of our own tables)
        connection.exec_driver_sql(statement, list(rows))


def earlier(connection: Connection, plan: Plan, before: Period, most: int | None) -> tuple[Earlier, ...]:
    """Return the earlier periods of which anything counted, the nearest first, without blocked entries."""
    c = receipt.c
    counted = (c.plan == plan.id, c.counts)
    known = set(connection.execute(select(c.period).where(*counted).distinct()).scalars())
    periods: list[Period] = []
    period = previous_period(plan, before)
    while period is not None and len(periods) < len(known):
        if period.id in known:
            periods.append(period)
        period = previous_period(plan, period)
    periods = periods[:most]
    if not periods:
        return ()
    asked = (*counted, c.period.in_([p.id for p in periods]))
    question = select(c.file, c.id, c.period).where(*asked)
    by_period: dict[str, list[str]] = defaultdict(list)
    for _, name, period_id in sorted(connection.execute(question)):
        by_period[period_id].append(name)
    entries = _entries(connection, asked, blocked=False)
    return tuple(
        Earlier(
            p,
            tuple(e for name in by_period[p.id] for e in entries[name][0]),
            tuple(e for name in by_period[p.id] for e in entries[name][1]),
        )
        for p in periods
    )


def versions(connection: Connection, occasion: Occasion, unit: str | None = None) -> dict[str, tuple[Version, ...]]:
    """Return all files of the period by unit, "" for those that belong to nobody; of one unit when it is named."""
    c = receipt.c
    asked = of_period(occasion) if unit is None else (*of_period(occasion), c.unit == unit)
    columns = (c.came_at, c.first_seen, c.file, c.id, c.unit, c.sha256, content.c.size, c.sender, c.verdict)
    question = select(*columns, c.counts, c.late, c.in_folder, c.withdrawn, c.received_at).join(content).where(*asked)
    entries = _entries(connection, asked, blocked=True)
    zone = occasion.as_of.tzinfo
    found: dict[str, list[Version]] = defaultdict(list)
    for row in sorted(connection.execute(question), key=itemgetter(0, 1, 2, 3)):
        cells, tasks = entries[row.id]
        version = Version(
            number=len(found[row.unit]) + 1,
            file=stored.as_it_was(row.file),
            sha256=row.sha256,
            size=row.size,
            received_at=stored.moment_of(row.received_at, zone),
            first_seen=stored.moment_of(row.first_seen, zone),
            sender=stored.as_it_was(row.sender),
            verdict=Verdict(row.verdict) if row.verdict else None,
            counts=row.counts,
            late=row.late,
            in_folder=row.in_folder,
            withdrawn=stored.as_it_was(row.withdrawn or ""),
            indicator_entries=tuple(cells),
            task_entries=tuple(tasks),
        )
        found[row.unit].append(version)
    return {name: tuple(found[name]) for name in sorted(found)}


def gone(
    connection: Connection, occasion: Occasion, tops: Collection[str], hashes: Collection[str]
) -> tuple[Return, ...]:
    """Return what some run could read and is nowhere any more, in order of receipt.

    `tops` are the paths on the disk, `hashes` the bytes that took part in the run: a locked file is still there, and
    so is a moved one.
    """
    c = receipt.c
    lie_there = {stored.storable(top) for top in tops}
    columns = (c.received_at, c.file, c.sha256, content.c.size, c.unit, c.verdict, c.late, c.sender, c.top)
    question = select(*columns).join(content).where(*of_period(occasion), c.withdrawn.is_(None))
    read = question.where(c.verdict.is_not(None), c.verdict != Verdict.UNREADABLE.value)
    found: dict[str, Return] = {}
    for row in sorted(connection.execute(read)):
        if row.top not in lie_there and row.sha256 not in hashes and row.sha256 not in found:
            found[row.sha256] = Return(
                file=stored.as_it_was(row.file),
                sha256=row.sha256,
                size=row.size,
                received_at=stored.moment_of(row.received_at, occasion.as_of.tzinfo),
                unit=row.unit,
                verdict=Verdict(row.verdict),
                counts=False,
                late=row.late,
                sender=stored.as_it_was(row.sender),
            )
    return tuple(found.values())


def _entries(connection: Connection, asked: tuple[ColumnElement[bool], ...], *, blocked: bool) -> _Entries:
    """Return the entries of the receipts that are asked for, in the order in which they were read."""
    found: _Entries = defaultdict(lambda: ([], []))
    for name, file, unit, row in _rows(connection, indicator_cell, asked, blocked=blocked):
        found[name][0].append(stored.cell_entry(stored.as_it_was(file), unit, row))
    for name, file, unit, row in _rows(connection, task_row, asked, blocked=blocked):
        found[name][1].append(stored.task_entry(stored.as_it_was(file), unit, row))
    return found


def _rows(
    connection: Connection, table: Table, asked: tuple[ColumnElement[bool], ...], *, blocked: bool
) -> Iterator[tuple[str, str, str, Any]]:
    """Yield (receipt id, file, unit, the columns of `table` as `stored` takes them)."""
    columns = [column for column in table.columns if column.name not in ("receipt", "line")]
    question = select(receipt.c.id, receipt.c.file, receipt.c.unit, *columns).join(receipt).where(*asked)
    if not blocked:
        question = question.where(~table.c.blocked)
    for name, file, unit, *row in connection.execute(question.order_by(table.c.receipt, table.c.line)).all():
        yield name, file, unit, row
