"""Prints the table of outcomes: `python -m tests.mutations [--only NAME] [--markdown] [--no-office]`.

Exit code 1 when a value was silently wrong, a finding was not the one that is due, or a check broke off.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.mutations.oracle import Outcome
from tests.mutations.registry import KINDS
from tests.mutations.runner import Row, outcomes
from tests.mutations.subjects import UNITS, subjects
from tests.office import Office

_HEADS = ("Kiểu hỏng", "Cách làm", "Đã làm gì", *UNITS, "Ghi chú")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the kinds and print what came of them; returns the exit code."""
    parser = ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", action="append", help="only this kind, or this theme; may be repeated"
    )
    parser.add_argument("--markdown", action="store_true", help="a table for a document")
    parser.add_argument("--no-office", action="store_true", help="without LibreOffice")
    options = parser.parse_args(arguments)
    kinds = [k for k in KINDS if not options.only or k.name in options.only or k.theme in options.only]
    kinds = [k for k in kinds if not (options.no_office and k.office)]
    if not kinds:
        parser.error(f"no such kind; there are {', '.join(k.name for k in KINDS)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office.set_up(folder / "profile") if any(k.office for k in kinds) else None
        rows = outcomes(kinds, subjects(folder / "subjects"), folder / "run", office)
    sys.stdout.write(
        "".join(f"{line}\n" for line in [*table(rows, markdown=options.markdown), *failures(rows), "", total(rows)])
    )
    return int(any(o.wrong or o.unexpected for row in rows for o in row.outcomes))


def table(rows: Iterable[Row], *, markdown: bool) -> list[str]:
    """The rows as lines of a table, aligned or for a document."""
    cells: list[tuple[str, ...]] = [_HEADS]
    cells += [
        (row.kind.name, row.kind.means, row.kind.done, *(_shown(o) for o in row.outcomes), row.kind.note)
        for row in rows
    ]
    if markdown:
        lines = [f"| {' | '.join(line)} |" for line in cells]
        return [lines[0], f"|{'---|' * len(_HEADS)}", *lines[1:]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(_HEADS))]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def _shown(outcome: Outcome) -> str:
    if outcome.wrong:
        return f"SAI ÂM THẦM: {outcome.shown}"
    return f"KHÁC DỰ KIẾN: {outcome.shown}" if outcome.unexpected else outcome.shown


def failures(rows: Iterable[Row]) -> list[str]:
    """What differs from what must be, value by value and finding by finding."""
    return [
        f"{row.kind.name}, {o.unit}: {what}" for row in rows for o in row.outcomes for what in (*o.wrong, *o.unexpected)
    ]


def total(rows: Sequence[Row]) -> str:
    """The last line: how many kinds and cases, and how many of them read something wrong in silence."""
    every = [o for row in rows for o in row.outcomes]
    skipped = sum(o.skipped for o in every)
    means = dict.fromkeys(row.kind.means for row in rows)
    by_means = ", ".join(f"{m} {sum(row.kind.means == m for row in rows)}" for m in means)
    unexpected = sum(bool(o.unexpected) for o in every)
    return (
        f"{len(rows)} kiểu hỏng ({by_means}); {len(every) - skipped} trường hợp, {skipped} không có chỗ để làm; "
        f"khác dự kiến: {unexpected}; sai âm thầm: {sum(bool(o.wrong) for o in every)}"
    )


if __name__ == "__main__":
    sys.exit(main())
