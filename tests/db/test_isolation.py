"""What the other database tests rest on: a commit is seen, survives a rollback, and is gone in the next test."""

import threading

import pytest
from sqlalchemy import func, inspect, select, text

from innovate.accounts.models import User
from innovate.core import storage
from innovate.core.db import db, transaction
from tests.factories.build import make_user
from tests.support.queries import counted_queries
from tests.support.rows import every_row, fill_every_table


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_committed_row_is_gone_in_the_next_test(app, turn) -> None:
    assert db.session.scalar(select(func.count()).select_from(User)) == 0
    make_user(email="ani@example.org")
    db.session.commit()
    db.session.rollback()
    assert db.session.scalars(select(User.email)).all() == ["ani@example.org"]


def test_a_rollback_takes_back_to_the_last_commit(app) -> None:
    make_user(email="ani@example.org")
    db.session.commit()
    make_user(email="budi@example.org")
    db.session.rollback()
    assert db.session.scalars(select(User.email)).all() == ["ani@example.org"]


def test_a_failed_savepoint_keeps_what_was_before(app) -> None:
    make_user(email="ani@example.org")
    with pytest.raises(RuntimeError), db.session.begin_nested():  # noqa: PT012 - both lines are the block
        make_user(email="budi@example.org")
        raise RuntimeError
    assert db.session.scalars(select(User.email)).all() == ["ani@example.org"]


def test_the_database_is_the_one_the_test_asks_for(app, database_kind) -> None:
    name = db.session.connection().dialect.name
    assert name == {"sqlite": "sqlite", "postgres": "postgresql"}[database_kind]


def test_queries_are_counted_through_the_session(app) -> None:
    with counted_queries() as queries:
        with db.session.begin_nested():
            db.session.execute(text("SELECT 1"))
        db.session.commit()
    assert len(queries) == 1, queries


def test_threads_commit_for_real_in_an_application_of_their_own(committing_app) -> None:
    def write(number: int) -> None:
        with committing_app.app_context(), transaction():
            make_user(email=f"orang{number}@example.org")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with committing_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 4


def look(app) -> tuple[dict, set, list[str], int]:
    """Rows, settings, files, and the number of the next account."""
    with app.app_context():
        rows = every_row()
        schema = db.session.scalars(text("SELECT version_num FROM alembic_version")).one()
        files = list(storage.list_keys())
        with transaction():
            number = make_user().id
        return (
            rows | {"schema": schema},
            {(key, repr(value)) for key, value in app.config.items()},
            files,
            number,
        )


def test_an_application_that_is_handed_on_keeps_nothing(databases, database_kind) -> None:
    with databases.own_app(database_kind) as first:
        before = look(first)
        with first.app_context(), transaction():
            db.session.execute(User.__table__.delete())
            fill_every_table()
            db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
            storage.save(b"berkas")
        first.config["TRUSTED_PROXIES"] = 7
    with databases.own_app(database_kind) as second:
        assert second is first
        assert look(second) == before


@pytest.mark.parametrize(
    "change", ["ALTER TABLE users ADD COLUMN hobby text", "DROP INDEX ix_ideas_group_id"]
)
def test_nor_what_was_done_to_its_tables(databases, database_kind, change) -> None:
    def shape() -> list[tuple]:
        seen = inspect(db.engine)
        return sorted(
            (name, len(seen.get_columns(name)), len(seen.get_indexes(name)))
            for name in seen.get_table_names()
        )

    with databases.own_app(database_kind) as first, first.app_context():
        before = shape()
        with transaction():
            db.session.execute(text(change))
        assert shape() != before
    with databases.own_app(database_kind) as second, second.app_context():
        assert second is first
        assert shape() == before
