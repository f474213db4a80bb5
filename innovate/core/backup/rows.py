"""Rows as lines of JSON, the same for every database.

A column that is NULL is absent from its line, so that a JSON column can tell NULL from JSON's own null.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Column, Row, Select, Table, Text, cast, null, select

from innovate.core.backup.manifest import BackupError

_READERS: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
    bytes: base64.b64decode,
}


def select_rows(table: Table) -> Select[Any]:
    """Every row in the order of its key; JSON columns as their text."""
    columns = [cast(each, Text).label(each.name) if _is_json(each) else each for each in table.c]
    return select(*columns).order_by(*table.primary_key.columns)


class RowCodec:
    """Between rows of one table and their lines."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._json = {each.name for each in table.c if _is_json(each)}
        self._readers = {each.name: _reader(each) for each in table.c}
        self._empty = {each.name: null() if _is_json(each) else None for each in table.c}

    def encode(self, row: Row[Any]) -> bytes:
        """A row of `select_rows` as a line."""
        values = {
            name: json.loads(value) if name in self._json else value
            for name, value in row._mapping.items()  # noqa: SLF001 - SQLAlchemy's public name
            if value is not None
        }
        return json.dumps(values, separators=(",", ":"), default=_as_json).encode() + b"\n"

    def decode(self, line: bytes) -> dict[str, Any]:
        """A line as values for an insert into the table."""
        try:
            found = {name: self._readers[name](value) for name, value in json.loads(line).items()}
        except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError) as error:
            raise BackupError(f"a row of {self._table.name} does not fit this program: {error!r}") from error
        return self._empty | found


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _as_json(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"no form in JSON for {type(value).__name__}")


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    if _is_json(column):
        return _json_null_kept
    kind = column.type.python_type
    return kind if issubclass(kind, Enum) else _READERS.get(kind, _unchanged)


def _json_null_kept(value: Any) -> Any:
    return JSON.NULL if value is None else value


def _unchanged(value: Any) -> Any:
    return value
