"""The database: one session, one base class, one way to begin a transaction on SQLite and PostgreSQL."""

from __future__ import annotations

import enum
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Numeric,
    String,
    Text,
    event,
    inspect,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from innovate.core.turns import PATIENCE, take_turn

T = TypeVar("T", bound="Base")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_writing: ContextVar[bool] = ContextVar("innovate_writing", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware instants in UTC on both databases; SQLite stores no zone, so a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value is in Python."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime was given to the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Integers are keys inside; addresses carry `public_id` or a slug."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime(),
            date: Date(),
            str: Text(),
            Decimal: Numeric(12, 4),
            dict[str, Any]: JSON(),
            list[str]: JSON(),
            list[Any]: JSON(),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def enum_type(kind: type[enum.StrEnum]) -> Enum:
    """A column type for a StrEnum: its value as text, checked on the way in, portable across databases."""
    return Enum(
        kind,
        native_enum=False,
        length=24,
        values_callable=lambda e: [m.value for m in e],
        validate_strings=True,
    )


def new_public_id() -> str:
    """12 characters that cannot be guessed or confused when read aloud (59 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def token_column() -> Mapped[str]:
    """The column every addressable row has."""
    return mapped_column(String(12), unique=True, default=new_public_id)


def rel(**options: Any) -> Any:
    """A relationship that must be loaded by name in a query: a lazy load raises instead of costing a query a row."""
    return relationship(lazy="raise", **options)


# -- transactions -------------------------------------------------------------------------------------------------


def begin_write() -> None:
    """From here the transaction may write: on SQLite the next statement takes the write lock at once.

    Taking it late would turn a second writer into an error that no busy timeout can wait out (SQLITE_BUSY_SNAPSHOT).
    What was read before stays in the session; a rule that depends on it must read again with `locked`.
    """
    if db.session().in_transaction():
        db.session.commit()
    _writing.set(True)


def end_write() -> None:
    """Back to reading transactions (end of a request or job)."""
    _writing.set(False)


@contextmanager
def transaction() -> Iterator[None]:
    """One writing unit outside a request (CLI, jobs): commit at the end, roll back on an error."""
    begin_write()
    try:
        yield
        commit()
    except BaseException:
        rollback()
        raise
    finally:
        end_write()


def commit() -> None:
    """Commit, then run what was to happen only after the commit."""
    db.session.commit()
    for action in db.session.info.pop("after_commit", []):
        action()


def rollback() -> None:
    """Forget this unit of work and what was to follow it."""
    db.session.rollback()
    db.session.info.pop("after_commit", None)


def give_up() -> None:
    """Roll back without asking whether the database still answers."""
    try:
        rollback()
    except DBAPIError:
        db.session.remove()


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once this unit of work is durable; never if it is rolled back."""
    actions = db.session.info.setdefault("after_commit", [])
    if action not in actions:
        actions.append(action)


def locked(model: type[T], key: int) -> T:
    """The row as it is now, held against other writers until the commit (scarce things: places, ballots, numbers).

    Columns are read again; relations loaded before stay as they were. LookupError if there is no such row.
    """
    row = db.session.get(model, key)
    if row is None:
        raise LookupError(f"{model.__name__} {key}")
    db.session.refresh(row, attribute_names=inspect(model).column_attrs.keys(), with_for_update=True)
    return row


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver's own BEGIN breaks savepoints; ours is below
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={1000 * PATIENCE}",
        "cache_size=-500",  # kB for each connection: a worker has several, and the system keeps the file in memory
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if _writing.get():
        take_turn(connection)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
