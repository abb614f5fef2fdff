"""Two runs over a folder that changes in between, done by a process of its own so that it can be killed anywhere.

`python -m tests.ledger.worker` imports everything once and then makes a new process for every line that it is
given, which costs a few milliseconds: fifty kills of real processes fit into seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine

from ledger.book import open_ledger
from plan.model import PlanError
from tests.ledger.made import NOW, OCCASION, Sent, checked, day

REFUSED = 3  # exit code of a worker whose database went away
LATER = replace(OCCASION, as_of=NOW + timedelta(days=1))


def files(first: int, last: int, size: int = 2000) -> list[Sent]:
    """Returns of units with such numbers, each with its own bytes and values."""
    return [
        Sent(
            f"xa-{n:02}/BC.xlsx",
            bytes([n]) * size,
            unit=f"xa-{n:02}",
            received_at=day(1 + n % 9),
            numbers=tuple(str(n * 100 + i) for i in range(12)),
        )
        for n in range(first, last)
    ]


@cache
def folders(large: int) -> tuple[list[Sent], list[Sent]]:
    """Nine returns; then the first one copied over, the second taken away, the others read anew, and three more."""
    first = [*files(0, 3), *files(3, 6, large), *files(6, 9)]
    over = replace(first[0], data=b"chep de", received_at=day(9), numbers=("1", "2"))
    return first, [over, *(replace(sent, text="đọc lại") for sent in first[2:]), *files(9, 12)]


def folders_for(url: str) -> tuple[list[Sent], list[Sent]]:
    """To SQLite three files bring more than it holds in memory before a transaction ends."""
    return folders(800_000 if url.startswith("sqlite") else 2000)


Report = Callable[[], None]


def first_run(url: str, done: Report) -> None:
    """Five steps that can be told apart afterwards: the tables, three lots of files, the conclusion."""
    folder, _ = folders_for(url)
    with open_ledger(url) as ledger:
        done()
        for lot in (folder[:3], folder[3:6], folder[6:]):
            for sent in lot:
                ledger.keep(OCCASION, sent.kept())
            ledger.flush()
            done()
        ledger.conclude(OCCASION, checked(folder))
        done()


def second_run(url: str, done: Report) -> None:
    """Two steps: the new files, and a conclusion in which a version takes part that was copied over."""
    before, folder = folders_for(url)
    with open_ledger(url) as ledger:
        for sent in folder:
            ledger.keep(LATER, sent.kept())
        ledger.flush()
        done()
        (former,) = ledger.overwritten(LATER, {sent.file: sent.sha256 for sent in folder})
        again = replace(before[0], file=f"{former.file} (trước)", data=former.data, counts=False)
        ledger.conclude(LATER, checked([*folder, again]))
        done()


RUNS = (first_run, second_run)
STEPS = 7
STEPS_OF_FIRST = 5


def overlapping(url: str, first: int, last: int) -> None:
    """A run over some units, in several transactions, from an empty database on."""
    with open_ledger(url) as ledger:
        sent = files(first, last)
        for one in sent:
            ledger.keep(OCCASION, one.kept())
            ledger.flush()
        ledger.conclude(OCCASION, checked(sent))


class Nursery:
    """The process that makes workers, and what it says of them."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.ledger.worker"]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=root
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._order, self._answers = self._process.stdin, self._process.stdout

    def start(self, url: str, units: Sequence[int] = ()) -> int:
        """Start a worker on both runs, or on some units; returns its process id."""
        print(json.dumps([url, *units]), file=self._order)
        return int(self._answers.readline())

    def next_step(self) -> None:
        """Wait until the worker has done one more step."""
        assert self._answers.readline() == "done\n"

    def end(self) -> tuple[int, int]:
        """Wait for the worker's end; returns how many more steps it did, and its exit code (-9: killed)."""
        print("end", file=self._order)
        steps = 0
        while (said := self._answers.readline()) == "done\n":
            steps += 1
        return steps, int(said)

    def close(self) -> None:
        self._order.close()
        self._answers.close()
        self._process.wait()


def _work(order: list[object]) -> int:
    url, *units = order
    assert isinstance(url, str)
    try:
        if units:
            overlapping(url, *(n for n in units if isinstance(n, int)))
        else:
            for a_run in RUNS:
                a_run(url, lambda: _say("done"))
    except PlanError:
        return REFUSED
    return 0


def _serve() -> None:
    for driver in ("sqlite", "postgresql+psycopg"):
        create_engine(f"{driver}://")  # imports the driver once, and not in every worker
    while order := sys.stdin.readline():
        worker = os.fork()
        if worker == 0:
            _say(os.getpid())  # by itself, so that it comes before its first step
            os._exit(_work(json.loads(order)))
        sys.stdin.readline()
        _say(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))


def _say(word: object) -> None:
    os.write(1, f"{word}\n".encode())


if __name__ == "__main__":
    _serve()
