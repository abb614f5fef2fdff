"""A real PostgreSQL server on loopback, for one test process: made from nothing, gone afterwards.

Debian's package `postgresql` is enough; no cluster of the system is needed or touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

_ROOM = 1 << 30
_TRIES = 3  # another program may take the port between its choice and its use


@dataclass
class Server:
    """A cluster in a folder of its own. Everybody on loopback is trusted but `stranger`, who needs a password."""

    programs: Path
    folder: Path
    account: str | None  # whom the server runs as: PostgreSQL refuses root
    port: int = 0
    _numbers: Iterator[int] = field(default_factory=count)
    _desk: psycopg.Connection | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, user: str = "postgres", database: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def empty(self) -> str:
        """Return the URL of a new schema: as good as a new database, and a hundred times faster to make."""
        name = f"room_{next(self._numbers)}"
        self.desk().execute(f"CREATE SCHEMA {name}")
        return f"{self.url()}?options=-csearch_path%3D{name}"

    def desk(self) -> psycopg.Connection:
        """The tests' own connection, kept open because opening one costs more than most questions."""
        if self._desk is None:
            self._desk = psycopg.connect(self.url(), autocommit=True)
        return self._desk

    def make(self) -> None:
        self.run("initdb", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync")
        rules = "host all stranger 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
        (self.data / "pg_hba.conf").write_text(rules, encoding="ascii")

    def start(self) -> None:
        """Start, and wait until it answers; with the port that it had, if it ran before."""
        for _ in range(_TRIES):
            port = self.port or _free_port()
            options = f"-p {port} -k {self.folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB"
            log = str(self.folder / "log")
            if self.run("pg_ctl", "start", "--wait", f"--log={log}", f"--options={options}", check=False) == 0:
                self.port = port
                return
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8", errors="replace"))

    def stop(self) -> None:
        """Stop as a loss of power would: without a checkpoint, with work under way."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self.run("pg_ctl", "stop", "--wait", "--mode=immediate", check=False)

    def settle(self) -> None:
        """Wait until the server has noticed that killed clients are gone, and has undone what they left."""
        question = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tonghop'"
        for _ in range(1000):
            if self.desk().execute(question).fetchone() == (0,):
                return
            time.sleep(0.01)
        raise TimeoutError("the server still works for a client that is gone")

    def run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(self.programs / program), f"--pgdata={self.data}", *arguments]
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            user=self.account,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert not check or done.returncode == 0, f"{program} failed"
        return done.returncode


def quick_folder() -> str | None:
    """Where files are quickest: in memory when there is room, or None for the usual place.

    What a killed process leaves is the same in both: only a loss of power would tell them apart.
    """
    memory = Path("/dev/shm")  # noqa: S108 (only a parent for temporary folders)
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if roomy else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _programs() -> Path | None:
    """The folder of the newest server on this machine."""
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


def _account() -> str | None:
    """Somebody who is not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def running_server() -> Iterator[Server]:
    """Yield a server while it runs. It may be missing on somebody's laptop, never in CI."""
    programs = _programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed: .ci/run installs Debian's package")
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="tonghop-pg-", dir=quick_folder()) as name:
        account = _account()
        server = Server(programs, Path(name), account)
        if account is not None:
            shutil.chown(name, user=account)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
