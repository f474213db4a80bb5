"""The queue in front of SQLite's write lock; PostgreSQL's writers do not wait for each other."""

import signal
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import create_engine, text

from innovate.core.db import begin_write, db, end_write, transaction
from innovate.core.turns import PATIENCE

HOLDER = """
import sqlite3, sys, fcntl
held = open(sys.argv[1] + ".turn")
fcntl.flock(held, fcntl.LOCK_EX)
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("holding", flush=True)
sys.stdin.read()
"""


def _write(app, name: str, done: list[str]) -> None:
    with app.app_context(), transaction():
        db.session.execute(text("INSERT INTO notes (name) VALUES (:name)"), {"name": name})
        done.append(name)


@pytest.fixture
def notes(committing_app):
    with committing_app.app_context(), transaction():
        db.session.execute(text("CREATE TABLE notes (name TEXT)"))
    yield committing_app
    with committing_app.app_context(), transaction():
        db.session.execute(text("DROP TABLE notes"))


def test_a_writer_waits_for_the_one_before_and_goes_on_at_its_commit(notes) -> None:
    done: list[str] = []
    with notes.app_context():
        begin_write()
        db.session.execute(text("INSERT INTO notes (name) VALUES ('first')"))
        second = threading.Thread(target=_write, args=(notes, "second", done))
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert done == []
        db.session.commit()
        end_write()
        second.join(PATIENCE)
        assert db.session.scalars(text("SELECT name FROM notes")).all() == ["first", "second"]


@pytest.mark.parametrize("how", ["rollback", "close", "invalidate"])
def test_whoever_gives_up_gives_the_turn_back(notes, how) -> None:
    done: list[str] = []
    with notes.app_context():
        begin_write()
        db.session.execute(text("INSERT INTO notes (name) VALUES ('lost')"))
        getattr(db.session(), how)()
        end_write()
        began = time.monotonic()
        other = threading.Thread(target=_write, args=(notes, "kept", done))
        other.start()
        other.join(PATIENCE)
        assert time.monotonic() - began < PATIENCE / 2
        db.session.remove()
        assert db.session.scalars(text("SELECT name FROM notes")).all() == ["kept"]


def test_a_killed_process_gives_its_turn_back(notes) -> None:
    with notes.app_context():
        path = db.engine.url.database
    done: list[str] = []
    _write(notes, "before", done)
    command = [sys.executable, "-c", HOLDER, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "holding\n"
        waiting = threading.Thread(target=_write, args=(notes, "after", done))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        holder.send_signal(signal.SIGKILL)
        waiting.join(PATIENCE)
    assert done == ["before", "after"]


def test_the_file_of_turns_may_belong_to_somebody_else(notes, tmp_path) -> None:
    path = tmp_path / "other.sqlite3"
    (tmp_path / "other.sqlite3.turn").touch(mode=0o444)
    engine = create_engine(f"sqlite:///{path}")
    begin_write_outside = engine.connect()
    with notes.app_context():
        begin_write()
        try:
            begin_write_outside.execute(text("CREATE TABLE things (name TEXT)"))
            begin_write_outside.commit()
        finally:
            end_write()
            begin_write_outside.close()
            engine.dispose()
    assert path.stat().st_size > 0
