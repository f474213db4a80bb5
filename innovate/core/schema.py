"""Whether the database has the tables this version of the program expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app

from innovate.core.db import db


def init_migrations(app: Flask, folder: Path) -> None:
    """Let `flask db` work. Its libraries are loaded when it does: a web server needs none of their 8 MB."""
    app.extensions["migrate"] = _Migrations(app, folder)
    app.cli.add_command(_Commands("db", help="Bring the database to this version of the program."))


class _Commands(click.Group):
    """Flask-Migrate's group of commands, once one of them is wanted."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        from flask_migrate.cli import db as group

        return group.make_context(*given, **named)


class _Migrations:
    """Stands in for Flask-Migrate's part of the application until somebody asks something of it."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app = app
        self.directory = str(folder)

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=self.directory, compare_type=True, render_as_batch=True)
        return getattr(self._app.extensions["migrate"], name)


def require_current_schema() -> None:
    """RuntimeError with the cure unless every migration was applied and none that this version does not know."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    wanted = set(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads())
    with db.engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    if found != wanted:
        raise RuntimeError("the database is not at this program's version; run: flask --app wsgi db upgrade")
