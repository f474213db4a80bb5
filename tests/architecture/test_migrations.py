"""The migrations are the schema, on both databases, forwards and backwards."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from innovate.core.db import db
from tests.support.database import KINDS, Databases, dispose, make_app

VERSIONS = Path(__file__).parents[2] / "innovate" / "migrations"


@pytest.fixture(params=KINDS)
def empty_app(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path):
    """The application on a database without any table."""
    app = make_app(databases.empty_url(request.param, f"empty{abs(hash(tmp_path))}", tmp_path), tmp_path)
    with app.app_context():
        yield app
        dispose(app)


def revisions() -> list[str]:
    """From the first to the newest."""
    script = ScriptDirectory(str(VERSIONS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def types() -> set[str]:
    """PostgreSQL's named types, which dropping a table leaves behind."""
    if db.engine.dialect.name != "postgresql":
        return set()
    query = """SELECT typname FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace
               WHERE typtype = 'e' AND nspname = 'public'"""
    with db.engine.connect() as connection:
        return set(connection.execute(text(query)).scalars())


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(VERSIONS)).get_heads()) == 1


def test_models_equal_migrations(empty_app) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.fixture
def scripts_read_once(monkeypatch):
    """A hundred and thirty commands: each would load every script anew, which takes longer than its work."""
    scripts = ScriptDirectory(str(VERSIONS))
    monkeypatch.setattr(ScriptDirectory, "from_config", lambda _config: scripts)


def test_each_step_goes_back_and_forth(empty_app, scripts_read_once) -> None:
    for revision in revisions():
        upgrade(revision=revision)
        after = tables()
        downgrade(revision="-1")
        upgrade(revision=revision)
        assert tables() == after
    assert tables() == set(db.metadata.tables)


def test_the_way_back_leaves_nothing(empty_app) -> None:
    upgrade()
    downgrade(revision="base")
    assert tables() == set()
    assert types() == set()


def test_a_second_upgrade_changes_nothing(empty_app) -> None:
    upgrade()
    before = tables()
    upgrade()
    assert tables() == before
