"""The demo, loaded once in a run, on SQLite; whoever needs it takes a copy of its own.

On PostgreSQL it comes out of a backup of that one: a restore brings every row (tests/db/test_backup.py), in a tenth
of the time that loading takes. That the loading itself works there is shown on the past years alone
(tests/db/test_demo_city.py), and by every test of a service, each of which runs on both.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import URL

from innovate.core import clock
from innovate.core.backup.archive import open_archive
from innovate.core.backup.create import create_backup
from innovate.core.backup.restore import restore_backup
from tests.support.database import Databases, address, dispose, make_app, migrate


def demo_app(databases: Databases, kind: str, *, at: datetime) -> Flask:
    """An application on a copy of the demo as it was loaded `at`, the same instant for all; it may commit."""
    folder = databases.scratch / f"{kind}-demo"
    source = _once(databases.shared / "demo-sqlite", lambda draft: _load(draft, at))
    if kind == "sqlite":
        shutil.copytree(source, folder)
        return databases.open_app(kind, _sqlite(folder), folder)
    restored = _once(databases.shared / "demo-postgres", lambda draft: _restore(databases, source, draft))
    shutil.copytree(restored, folder)
    url = address(databases.cluster().create(f"{databases.worker}_demo", "demo"))
    return databases.open_app(kind, url, folder)


def _once(target: Path, build: Callable[[Path], None]) -> Path:
    """The folder as the first to come builds it."""
    with target.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            draft = target.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            build(draft)
            draft.rename(target)
    return target


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'innovate.sqlite3'}"


def _load(folder: Path, at: datetime) -> None:
    migrate(_sqlite(folder), folder)
    app = make_app(_sqlite(folder), folder)
    with clock.frozen(at):
        result = app.test_cli_runner().invoke(args=["demo", "load-if-empty"])
    dispose(app)
    assert result.exit_code == 0, result.output


def _restore(databases: Databases, source: Path, folder: Path) -> None:
    """The template database `demo`, and beside it the files and, which no backup holds, the key that signs."""

    def build(url: URL) -> None:
        archive = databases.shared / "demo.zip"
        loaded, app = make_app(_sqlite(source), source), make_app(address(url), folder)
        with loaded.app_context():
            create_backup(archive)
        with app.app_context(), open_archive(archive) as opened:
            restore_backup(opened)
        dispose(loaded)
        dispose(app)
        archive.unlink()

    databases.postgres_template()
    shutil.copy(source / "signing_key", folder)
    databases.cluster().template("demo", build, source="template")
