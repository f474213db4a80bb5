"""What the other database tests rest on: a commit is seen, survives a rollback, and is gone in the next test."""

import threading

import pytest
from sqlalchemy import func, select, text

from innovate.accounts.models import User
from innovate.core.db import db, transaction
from tests.factories.build import make_user
from tests.support.queries import counted_queries


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
