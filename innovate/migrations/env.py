"""Alembic's environment: one path for SQLite and PostgreSQL, inside the application's context."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from innovate.core.db import UtcDateTime, db

config = context.config
target_metadata = db.metadata


def render_item(kind, item, _context):
    """Write our own types by their plain name in a migration."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations():
    connectable = current_app.extensions["migrate"].db.engine
    given = config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    with connectable.connect() as connection:
        migrate(connection)


def migrate(connection):
    if (
        connection.dialect.name == "sqlite"
    ):  # batch mode rebuilds tables; a pragma must stand outside a transaction
        connection.rollback()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7202612)"))
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run_migrations()
