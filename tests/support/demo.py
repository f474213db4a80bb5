"""The demo, loaded once in a run on each kind of database; whoever needs it takes a copy of its own."""

from __future__ import annotations

import fcntl
import shutil
from datetime import datetime
from pathlib import Path

from flask import Flask

from innovate.core import clock
from tests.support.database import Databases, address, dispose, make_app, migrate


def demo_app(databases: Databases, kind: str, *, at: datetime) -> Flask:
    """An application on a copy of the demo as it was loaded `at`, the same instant for all; it may commit."""
    source, folder = databases.shared / f"demo-{kind}", databases.scratch / f"{kind}-demo"
    with (databases.shared / f"demo-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kind == "postgres":
            databases.cluster().template("demo", lambda url: _load(address(url), source, at))
        elif not source.exists():
            draft = databases.shared / "demo-draft"
            shutil.rmtree(draft, ignore_errors=True)
            _load(f"sqlite:///{draft / 'innovate.sqlite3'}", draft, at)
            draft.rename(source)
    shutil.copytree(source, folder)
    url = f"sqlite:///{folder / 'innovate.sqlite3'}"
    if kind == "postgres":
        url = address(databases.cluster().create(f"{databases.worker}_demo", "demo"))
    return databases.open_app(kind, url, folder)


def _load(url: str, folder: Path, at: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    migrate(url, folder)
    app = make_app(url, folder)
    with clock.frozen(at):
        result = app.test_cli_runner().invoke(args=["demo", "load-if-empty"])
    dispose(app)
    assert result.exit_code == 0, result.output
