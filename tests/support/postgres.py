"""A real PostgreSQL server for a test run.

`TEST_DATABASE_URL` names one; otherwise Debian's binaries run a throw-away cluster on a Unix socket. The workers of
one run share it through a lock file. A keeper process, which outlives an interrupted run, clears everything away.

Run as a program, this file is that keeper.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",  # nothing is written out before its time
    "checkpoint_timeout": "1h",
    "autovacuum": "off",  # tables of a few rows, most of them rolled back
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "100",
}


class PostgresMissing(RuntimeError):
    """Neither TEST_DATABASE_URL nor PostgreSQL's programs are there."""


@dataclass(frozen=True)
class Cluster:
    """A running server: where to reach it and what this run's databases are called."""

    url: URL
    prefix: str
    folder: Path

    def create(self, name: str, template: str = "") -> URL:
        """A fresh database, a copy of `template` if one is named."""
        target = sql.Identifier(f"{self.prefix}{name}")
        with self._connection() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
            copied = sql.Identifier(f"{self.prefix}{template}" if template else "template0")
            with _lock(self.folder / "create.lock"):  # a template may be copied by one at a time
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, copied))
        return self.url.set(database=f"{self.prefix}{name}")

    def drop(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        target = sql.Identifier(f"{self.prefix}{name}")
        with self._connection() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))

    def template(self, name: str, build: Callable[[URL], None], source: str = "") -> str:
        """Build a template database once per run, whoever comes first, out of another if one is named; its name."""
        done = self.folder / f"{name}.built"
        with _lock(self.folder / f"{name}.lock"):
            if not done.exists():
                build(self.create(name, source))
                done.touch()
        return name

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(conninfo(self.url), autocommit=True)


def shared_cluster(folder: Path, owner: int) -> Cluster:
    """The server of this run; the first to ask starts it. It stops when the process `owner` is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "cluster.json"
    with _lock(folder / "cluster.lock"):
        if not state.exists():
            state.write_text(json.dumps(_start_keeper(owner)))
    found = json.loads(state.read_text())
    return Cluster(make_url(found["url"]), found["prefix"], folder)


def as_sqlalchemy(url: str) -> URL:
    """The same address with the driver the product uses."""
    return make_url(url).set(drivername="postgresql+psycopg")


def conninfo(url: URL) -> str:
    """The same address as the driver wants it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(owner: int) -> dict[str, str]:
    """Start the keeper and wait for its one line: the server's address, or why there is none."""
    keeper = subprocess.Popen(
        [sys.executable, __file__, str(owner)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; the keeper cleans up after them
    )
    assert keeper.stdout is not None
    with keeper.stdout:
        answer: dict[str, str] = json.loads(
            keeper.stdout.readline() or '{"broken": "the server did not start"}'
        )
    keeper.returncode = 0  # it is meant to outlive us: no warning about a process left running
    if "missing" in answer:
        raise PostgresMissing(answer["missing"])
    if "broken" in answer:
        raise RuntimeError(answer["broken"])
    return answer


# -- the keeper ---------------------------------------------------------------------------------------------------


def keep(owner: int) -> None:
    """Provide a server, tell its address, wait for the owner's end, clear away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    prefix = f"innovate_test_{owner}_"
    given = os.environ.get("TEST_DATABASE_URL", "")
    try:
        if given:
            with _given_server(given, prefix):
                _serve_until_gone(owner, given, prefix)
        else:
            with _own_cluster() as url:
                _serve_until_gone(owner, url, prefix)
    except PostgresMissing as error:
        _say({"missing": str(error)})


def _serve_until_gone(owner: int, url: str, prefix: str) -> None:
    _say({"url": as_sqlalchemy(url).render_as_string(hide_password=False), "prefix": prefix})
    while _alive(owner):
        time.sleep(0.3)


def _say(answer: dict[str, str]) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - the line the starter waits for
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _given_server(url: str, prefix: str) -> Iterator[None]:
    """A server somebody else runs: at the end our databases go, whoever is still connected."""
    given_server = conninfo(make_url(url))
    try:
        psycopg.connect(given_server).close()
    except psycopg.OperationalError as error:
        _say({"broken": f"TEST_DATABASE_URL does not answer: {error}"})
        raise SystemExit(1) from error
    try:
        yield
    finally:
        with psycopg.connect(given_server, autocommit=True) as connection:
            query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (name,) in connection.execute(query, [prefix]).fetchall():
                statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(statement.format(sql.Identifier(name)))


@contextmanager
def _own_cluster() -> Iterator[str]:
    """A cluster of our own in a temporary folder, durable in nothing."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="innovate-pg-"))
    run = _runner(folder)
    data = folder / "data"
    options = " ".join(f"-c {key}={value!r}" for key, value in _SETTINGS.items())
    options += f" -c unix_socket_directories={str(folder)!r}"
    try:
        initdb: list[str | Path] = [
            programs / "initdb",
            "--no-sync",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        run([*initdb, "-U", "innovate", "-D", data])
        run([programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"])
        yield f"postgresql://innovate@/postgres?host={folder}"
    finally:
        with suppress(subprocess.CalledProcessError):
            run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of the newest PostgreSQL on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if not on_path:
        raise PostgresMissing("PostgreSQL")
    return Path(on_path).resolve().parent


def _account() -> str:
    """Who may run the server: ourselves, or for root the account Debian's package makes."""
    if os.geteuid() != 0:
        return getpass.getuser()
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise PostgresMissing("the system account postgres") from error


def _runner(folder: Path) -> Callable[[list[str | Path]], None]:
    """How to run PostgreSQL's programs: they refuse root, so root borrows the account Debian made for them."""
    account = _account()
    prefix = []
    if os.geteuid() == 0:
        shutil.chown(folder, account)
        prefix = ["runuser", "-u", account, "--"]

    def run(command: list[str | Path]) -> None:
        with (folder / "commands").open("a") as output:
            subprocess.run(
                [*prefix, *map(str, command)],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
            )

    return run


def available() -> bool:
    """Whether a test can have PostgreSQL on this machine."""
    try:
        if not os.environ.get("TEST_DATABASE_URL"):
            _programs()
            _account()
    except PostgresMissing:
        return False
    return True


if __name__ == "__main__":
    if len(sys.argv) == 1:  # asked by the Makefile
        sys.exit(not available())
    keep(int(sys.argv[1]))
