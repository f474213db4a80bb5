"""The query counter counts what asks and ignores what only manages transactions."""

from sqlalchemy import create_engine, text

from tests.support.queries import counted_queries


def test_statements_are_counted_and_savepoints_are_not() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE thing (name text)"))
        with counted_queries() as queries:
            with connection.begin_nested():
                connection.execute(text("INSERT INTO thing VALUES ('sampan')"))
            connection.execute(text("SELECT name FROM thing"))
        connection.execute(text("SELECT 1"))
    engine.dispose()
    assert len(queries) == 2
    assert str(queries).splitlines()[0] == "2 queries:"
    assert "SELECT name FROM thing" in str(queries)
