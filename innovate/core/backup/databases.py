"""Where SQLite and PostgreSQL differ for a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Connection, MetaData, Table, func, select, text, union_all

from innovate.core.backup.manifest import BackupError
from innovate.core.db import db

_FOREIGN_KEYS = text(
    """SELECT CAST(conrelid::regclass AS text), quote_ident(conname) FROM pg_constraint
       WHERE contype = 'f' AND NOT condeferrable AND connamespace = current_schema()::regnamespace"""
)


def is_postgres(connection: Connection) -> bool:
    """Whether this is PostgreSQL rather than SQLite."""
    return connection.dialect.name == "postgresql"


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A reading transaction that sees one moment, however long it takes and whoever writes meanwhile."""
    options = {}
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        yield db.session.connection(execution_options=options)
    finally:
        db.session.rollback()


def require_current_schema(connection: Connection) -> str:
    """The database's schema revision; BackupError unless it is the one of this program."""
    # here, because a web server knows the commands too and needs none of alembic's 10 MB
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    found = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    if found != wanted or wanted is None:
        state = f"has schema {found}" if found else "has no tables"
        raise BackupError(
            f"the database {state}, this program works with schema {wanted}; run: flask db upgrade"
        )
    return wanted


def shut_out_others(connection: Connection) -> None:
    """Nobody else reads or writes until the end of the transaction (SQLite's write lock is held already)."""
    if is_postgres(connection):
        names = ", ".join(f'"{table.name}"' for table in ordered_tables())
        connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


@contextmanager
def foreign_keys_postponed(connection: Connection) -> Iterator[None]:
    """Inside the block rows may come before those they point to; at its end every reference must hold."""
    if is_postgres(connection):
        changes = [
            f"ALTER TABLE {table} ALTER CONSTRAINT {name}"
            for table, name in connection.execute(_FOREIGN_KEYS)
        ]
        _run_together(connection, [f"{change} DEFERRABLE" for change in changes])
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        yield
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        _run_together(connection, [f"{change} NOT DEFERRABLE" for change in changes])
    else:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        yield
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken:
            raise BackupError(f"a row of {broken[0]} points to a row of {broken[2]} that is not there")


def reset_sequences(connection: Connection, metadata: MetaData) -> None:
    """Let PostgreSQL number new rows after those that were put in with their numbers."""
    if not is_postgres(connection):
        return
    numbered = [
        (table.name, column)
        for table in metadata.tables.values()
        for column in table.primary_key.columns
        if column.type.python_type is int
    ]
    moves = []
    for name, column in numbered:
        sequence = func.pg_get_serial_sequence(name, column.name)  # NULL: nothing is set
        following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        moves.append(select(func.setval(sequence, following, False)))  # noqa: FBT003 - SQL's order
    connection.execute(union_all(*moves))


def _run_together(connection: Connection, statements: list[str]) -> None:
    """Hundreds of statements in one message: each would wait for its answer."""
    connection.exec_driver_sql("; ".join(statements), execution_options={"no_parameters": True})


def ordered_tables() -> list[Table]:
    """Every table, those pointed to before those that point."""
    return list(db.metadata.sorted_tables)
