"""What goes into the ledger and what it tells: values only, so that nobody has to know how they are stored.

Moments are aware. Nothing here opens, stores or compares anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from validation.model import IndicatorEntry, TaskEntry, Verdict


@dataclass(frozen=True, slots=True)
class Occasion:
    """One run: of which plan and period, and the moment that counts as now, in the plan's zone."""

    plan_id: str
    period_id: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it came. `file` is its path, through its parcel if it came in one; `top` that of the file on the disk.

    `data` is b"" of a file too large to keep, of which only size and hash are remembered.
    """

    file: str
    top: str
    top_sha256: str
    sha256: str
    size: int
    received_at: datetime
    sender: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FormerFile:
    """A version whose place in the folder other bytes have taken."""

    file: str
    top: str
    sha256: str
    received_at: datetime
    came_at: datetime
    sender: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """One file of a unit, numbered from 1 in order of receipt; `verdict` is None until a run has judged it.

    `in_folder` says whether the last run found it there; `withdrawn` is the reason, "" of one that is not withdrawn.
    """

    number: int
    file: str
    sha256: str
    size: int
    received_at: datetime
    first_seen: datetime
    sender: str
    verdict: Verdict | None
    counts: bool
    late: bool
    in_folder: bool
    withdrawn: str
    indicator_entries: tuple[IndicatorEntry, ...]
    task_entries: tuple[TaskEntry, ...]
