"""What the application asks of its database: an acknowledged commit is on the disk."""

from sqlalchemy import text

from innovate.core.db import db


def ask(statement: str) -> object:
    return db.session.execute(text(statement)).scalar()


def test_every_connection_is_durable(committing_app, database_kind) -> None:
    with committing_app.app_context():
        if database_kind == "sqlite":
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            full = 2
            assert [ask(f"PRAGMA {name}") for name in names] == ["wal", full, 1, 15_000]
        else:
            # the test server itself is durable in nothing; the application must not be who says so
            source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"
            assert ask(source) not in {"session", "client", "database", "user"}
        db.session.rollback()
