"""The same tests on both databases: each test gets an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from tempfile import TemporaryDirectory

import pytest

from tests.postgres import Server, quick_folder, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL server of this test process."""
    yield from running_server()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Return the URL of a new empty database whenever it is called."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        yield server.empty
        return
    numbers = count()
    with TemporaryDirectory(prefix="tonghop-", dir=quick_folder()) as folder:
        yield lambda: f"sqlite:///{folder}/ledger{next(numbers)}.sqlite"


@pytest.fixture
def url(empty: Callable[[], str]) -> str:
    """The URL of a new empty database."""
    return empty()
