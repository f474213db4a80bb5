"""Whether the database has the tables this version of the program expects."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from innovate.core.db import db


def require_current_schema() -> None:
    """RuntimeError with the cure unless every migration was applied and none that this version does not know."""
    wanted = set(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads())
    with db.engine.connect() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    if found != wanted:
        raise RuntimeError("the database is not at this program's version; run: flask --app wsgi db upgrade")
