"""Whose turn it is to write on SQLite: a queue in front of its lock.

SQLite has one writer at a time. Left to itself it lets the others sleep for ever longer moments, and whoever comes
just when the lock is free goes first: of eight jurors saving at once some waited 0.15 s while the database stood idle.
A lock of the operating system wakes the next one at once (twice as many saves a second, `make bench`). It only orders
those who ask: SQLite's own lock still decides, and a process that dies gives both back.
"""

from __future__ import annotations

import fcntl
import os
import threading
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry, Pool

PATIENCE = 15  # seconds a writer waits for the others of its process
_HELD = "turn"


class _Turn:
    """The turns of one database file: first among the threads of this process, then among processes."""

    def __init__(self, database: str) -> None:
        self._lock = threading.Lock()
        self._path = f"{database}.turn"
        self._file: int | None = None

    def take(self) -> bool:
        """Wait for it; False when patience ended: then SQLite says so in its own words."""
        if not self._lock.acquire(timeout=PATIENCE):
            return False
        try:
            if self._file is None:  # readable is enough, whichever user made it
                self._file = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._lock.release()
            raise
        return True

    def give(self) -> None:
        """The next one, please."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()


_turns: dict[str, _Turn] = {}


def take_turn(connection: Connection) -> None:
    """Before a writing transaction on a file; the turn is given back with the connection, after its commit."""
    database, held = connection.engine.url.database, connection.connection.record_info
    if not database or database == ":memory:" or held is None or _HELD in held:
        return
    turn = _turns.setdefault(database, _Turn(database))
    if turn.take():
        held[_HELD] = turn


@event.listens_for(Pool, "checkin")
def _give_turn(_connection: Any, record: ConnectionPoolEntry) -> None:
    """The commit is on the disk, or was taken back, or the connection broke: all of them return it to the pool."""
    held = record.record_info
    if held and _HELD in held:
        held.pop(_HELD).give()
