"""The tables of the ledger: plain columns that any SQL tool can read, the same on SQLite and PostgreSQL.

Text holds what could differ between the two: exact decimals, moments in UTC, dates. Changing anything here raises
SCHEMA_VERSION. It must not know how the tables are filled.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()

schema_version = Table("tonghop_schema", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

content = Table(
    "content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("bytes", LargeBinary),  # NULL: too large to keep
)

receipt = Table(
    "receipt",
    metadata,
    # Made of plan, period, file and sha256: PostgreSQL indexes no text as long as a path through a parcel can be.
    Column("id", Text, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("top", Text, nullable=False),
    Column("top_sha256", Text, nullable=False),
    Column("sha256", Text, ForeignKey("content.sha256"), nullable=False),
    Column("received_at", Text, nullable=False),  # the earliest known for its bytes: whether it is late
    Column("came_at", Text, nullable=False),  # when it took this place: the order of a unit's files
    Column("first_seen", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("verdict", Text),  # NULL: no run has judged it yet
    Column("counts", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("in_folder", Boolean, nullable=False),
    Column("withdrawn", Text),  # the reason
    Column("entries_sha256", Text, nullable=False),  # of its cells and tasks: what is unchanged is not written again
    Index("receipt_of_period", "plan", "period"),
    Index("receipt_of_content", "sha256"),
)

indicator_cell = Table(
    "indicator_cell",
    metadata,
    Column("receipt", Text, ForeignKey("receipt.id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("row", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text),  # NULL: nothing usable stands there
    Column("is_number", Boolean, nullable=False),
    Column("state", Text),
    Column("explanation", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("blocked", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

task_row = Table(
    "task_row",
    metadata,
    Column("receipt", Text, ForeignKey("receipt.id"), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("row", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("status", Text),
    Column("progress", Text),
    Column("result", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("document_date", Text),
    Column("difficulties", Text, nullable=False),
    Column("proposals", Text, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cells", Text, nullable=False),  # JSON: column key -> address
    Column("blocked", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
