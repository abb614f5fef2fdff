"""Runs made by hand: what units send, and what validation would say of it, in one line each."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from typing import Any

import psycopg

from ledger.book import Ledger
from ledger.model import KeptFile, Occasion
from ledger.tables import metadata
from plan.model import CalendarEntry, Role
from plan.words import DataState, TaskStatus
from tests import blank
from validation.model import Checked, IndicatorEntry, Return, TaskEntry, Verdict

HANOI = timezone(timedelta(hours=7))
NOW = datetime(2026, 6, 9, 22, 0, tzinfo=HANOI)
OCCASION = Occasion("thu", "2026-H1", NOW)
HALVES = (CalendarEntry("H1", (1, 1), (6, 30), None), CalendarEntry("Y", (1, 1), (12, 31), None))
PLAN = replace(blank.PLAN, calendar=HALVES)


def day(number: int, hour: int = 8) -> datetime:
    """A moment in June 2026."""
    return datetime(2026, 6, number, hour, 15, 30, 123456, tzinfo=HANOI)


_FIRST = day(1)


@dataclass(frozen=True)
class Sent:
    """A file of a unit: two numbers of one row, and the state of one task."""

    file: str
    data: bytes
    unit: str = "xa-a"
    received_at: datetime = _FIRST
    verdict: Verdict | None = None  # of its own; else as `blocked` says
    sender: str = ""
    numbers: tuple[str, ...] = ("95.50", "1E+2")
    counts: bool = True
    blocked: bool = False
    text: str = "Đã làm"

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def kept(self) -> KeptFile:
        top = self.file
        return KeptFile(
            self.file, top, self.sha256, self.sha256, len(self.data), self.received_at, self.sender, self.data
        )

    def returned(self) -> Return:
        return Return(
            file=self.file,
            sha256=self.sha256,
            size=len(self.data),
            received_at=self.received_at,
            unit=self.unit,
            verdict=self.verdict or (Verdict.TO_BE_CORRECTED if self.blocked else Verdict.ACCEPTED),
            counts=self.counts,
            late=self.received_at > day(10),
            sender=self.sender,
        )

    def cells(self) -> tuple[IndicatorEntry, ...]:
        return tuple(
            IndicatorEntry(
                file=self.file,
                unit=self.unit,
                row=f"ROW{i}",
                field="value",
                value=Decimal(number),
                state=DataState.OFFICIAL,
                explanation=self.text,
                sheet="Phụ lục 1",
                cell=f"F{i + 9}",
                blocked=self.blocked,
            )
            for i, number in enumerate(self.numbers)
        )

    def task(self) -> TaskEntry:
        return TaskEntry(
            file=self.file,
            unit=self.unit,
            row="NV-1",
            role=Role.LEAD,
            scope="chỉ đạo",
            status=TaskStatus.IN_PROGRESS,
            progress=Decimal("40.0"),
            result=self.text,
            document_number="12/KH-UBND",
            document_date=date(2026, 5, 4),
            difficulties="",
            proposals="",
            explanation="",
            sheet="Phụ lục 2",
            cells={"status": "F9", "progress": "G9"},
            blocked=self.blocked,
        )


def checked(sent: Iterable[Sent]) -> Checked:
    """What validation hands on of these files."""
    sent = sorted(sent, key=lambda s: s.file)
    counted, others = [s for s in sent if s.counts], [s for s in sent if not s.counts]
    return Checked(
        returns=tuple(s.returned() for s in sent),
        findings=(),
        indicator_entries=tuple(e for s in counted for e in s.cells()),
        task_entries=tuple(s.task() for s in counted),
        other_indicator_entries=tuple(e for s in others for e in s.cells()),
        other_task_entries=tuple(s.task() for s in others),
    )


def run(ledger: Ledger, *sent: Sent, occasion: Occasion = OCCASION) -> None:
    """A whole run over these files, and no others."""
    for s in sent:
        ledger.keep(occasion, s.kept())
    ledger.conclude(occasion, checked(sent))


@contextmanager
def looking_into(url: str) -> Iterator[Any]:
    """A cursor of the driver itself, so that the ledger is not its own witness."""
    if not url.startswith("sqlite"):
        with closing(psycopg.connect(url)) as server:
            yield server.cursor()
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        yield file.cursor()


def dump(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, sorted; bytes are checked against their hash and left out. {} before there are tables."""
    with looking_into(url) as cursor:
        if url.startswith("sqlite"):
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = sorted(name for (name,) in cursor.fetchall())
        assert tables in ([], sorted(metadata.tables))
        found = {name: cursor.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
    for sha256, size, data in found.get("content", ()):
        assert data is None or (hashlib.sha256(data).hexdigest(), len(data)) == (sha256, size)
    found["content"] = [row[:2] for row in found.get("content", ())]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def utc(moment: datetime) -> str:
    """A moment as the tables show it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
