"""The ledger survives the death of its process at any moment, and of its server: nothing lost, nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.ledger.made import dump
from tests.ledger.worker import REFUSED, RUNS, STEPS, STEPS_OF_FIRST, Nursery, overlapping
from tests.postgres import Server

KILLS = 50
POWER_CUTS = 3
Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture
def settled(request: pytest.FixtureRequest, url: str) -> Callable[[], None]:
    """Wait until the database has noticed that a process is gone."""
    if url.startswith("sqlite"):
        return lambda: None
    server: Server = request.getfixturevalue("postgres")
    return server.settle


def undisturbed(url: str) -> tuple[list[Dump], list[float]]:
    """The states between the steps of an undisturbed run, and how long each step took."""
    states, times = [dump(url)], [time.perf_counter()]
    spent: list[float] = []

    def done() -> None:
        spent.append(time.perf_counter() - times[-1])
        states.append(dump(url))
        times.append(time.perf_counter())

    for a_run in RUNS:
        a_run(url, done)
    assert len(states) == STEPS + 1
    assert all(one != other for one, other in pairwise(states))
    return states, spent


def run_again(url: str, steps: int) -> None:
    """What the clerk does after a crash: the same command again."""
    for a_run in RUNS if steps < STEPS_OF_FIRST else RUNS[1:]:
        a_run(url, lambda: None)


def test_killed_at_any_moment_it_stands_as_before_or_after_a_step(
    empty: Callable[[], str], nursery: Nursery, settled: Callable[[], None]
) -> None:
    """After each kill the tables are exactly those of one of the two neighbouring moments of an undisturbed run.

    So no flushed file is lost, no row is half-written, every concluded receipt has all its cells. Running again ends
    in the state of the undisturbed run. The moments are random, spread over every step of the work.
    """
    states, spent = undisturbed(empty())
    chance = random.Random(72)
    hit: list[int] = []
    unfinished = 0
    for kill in range(2 * KILLS):
        url = empty()
        worker = nursery.start(url)
        before = kill % STEPS
        for _ in range(before):
            nursery.next_step()
        time.sleep(chance.random() * spent[before])
        os.kill(worker, signal.SIGKILL)
        more, code = nursery.end()
        settled()
        steps = before + more
        unfinished += Path(f"{url.removeprefix('sqlite:///')}-journal").exists()
        assert dump(url) in states[steps : steps + 2], f"kill {kill} in step {steps}: a state that never was"
        run_again(url, steps)
        assert dump(url) == states[-1], f"kill {kill} in step {steps}: running again ends elsewhere"
        hit += [steps] if code == -signal.SIGKILL else []  # or it was faster than the last time, and done
        if len(hit) == KILLS:
            break
    assert len(hit) == KILLS
    assert len(set(hit) & set(range(STEPS))) >= STEPS - 1, f"kills in too few of the steps: {sorted(set(hit))}"
    assert unfinished or not url.startswith("sqlite"), "no kill came in the middle of a transaction"


def test_a_server_that_loses_its_power_keeps_what_it_confirmed(postgres: Server, nursery: Nursery) -> None:
    """The server itself is stopped at once while a run is under way; the run ends with a sentence, not a traceback."""
    states, spent = undisturbed(postgres.empty())
    chance = random.Random(9)
    for before in chance.sample(range(STEPS), POWER_CUTS):
        url = postgres.empty()
        nursery.start(url)
        for _ in range(before):
            nursery.next_step()
        time.sleep(chance.random() * spent[before])
        postgres.stop()
        more, code = nursery.end()
        postgres.start()
        steps = before + more
        assert code == (0 if steps == STEPS else REFUSED)
        assert dump(url) in states[steps : steps + 2]
        run_again(url, steps)
        assert dump(url) == states[-1]


def test_two_processes_at_once_end_as_one_after_the_other(empty: Callable[[], str]) -> None:
    """Two people run the same command over folders that overlap, on a database that neither has seen."""
    both = (0, 6), (3, 9)
    serial = []
    for order in (both, both[::-1]):
        url = empty()
        for units in order:
            overlapping(url, *units)
        serial.append(dump(url))
    pair = Nursery(), Nursery()
    for _ in range(5):
        url = empty()
        for one, units in zip(pair, both, strict=True):
            one.start(url, units)
        assert [one.end()[1] for one in pair] == [0, 0]
        assert dump(url) in serial
    for one in pair:
        one.close()
