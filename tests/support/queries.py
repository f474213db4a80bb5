"""Counting the statements a block sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

_NOT_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


class Queries(list[str]):
    """The statements, in order."""

    def __str__(self) -> str:
        return f"{len(self)} queries:\n" + "\n".join(
            f"{n:3} {' '.join(q.split())}" for n, q in enumerate(self, 1)
        )


@contextmanager
def counted_queries() -> Iterator[Queries]:
    """Collect every statement sent on any connection, without those that only manage transactions.

    Rows already in the session would hide queries: call `db.session.expunge_all()` before.
    """
    statements = Queries()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_NOT_QUERIES):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
