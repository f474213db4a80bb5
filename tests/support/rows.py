"""Rows for every table of the schema, whatever it is today, with values that are easily bent on their way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Table, null, select

from innovate.core.db import db

NUMBERS = (1, 2, 3)
_TEXT = "Ünïcode – “kutip” 'satu' \\ garis\nbaru\ttab 😀 ﷽"
_TREE = {"ä": [1, 2.5, -0.1, None, True, "😀\u2028", {"x": {}}], "": "", "angka": 2**53 + 1}


def fill_every_table() -> None:
    """Three rows each: full, NULL wherever it may be, JSON's null where NULL may be. References run in circles."""
    later: list[tuple[Table, Column[Any]]] = []
    for table in db.metadata.sorted_tables:
        if table.info.get("seeded"):  # a migration filled it
            db.session.execute(table.delete())
        later += [(table, each) for each in table.c if _is_postponed(each)]
        for number in NUMBERS:
            values = {each.name: _value(each, number) for each in table.c if not _is_postponed(each)}
            db.session.execute(table.insert().values(values))
    for table, column in later:
        key = next(iter(table.primary_key))
        forward = {column.name: NUMBERS[-1]}  # to a row with a higher number
        db.session.execute(table.update().where(key == NUMBERS[0]).values(forward))
    db.session.commit()


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables as Python values; SQL's NULL and JSON's null differ."""
    return {
        table.name: [tuple(row) for row in db.session.execute(_read(table))]
        for table in db.metadata.sorted_tables
    }


def _read(table: Table) -> Any:
    marks = [each.is_(None) for each in table.c if isinstance(each.type, JSON)]
    return select(*table.c, *marks).order_by(*table.primary_key)


def _is_postponed(column: Column[Any]) -> bool:
    return any(key.use_alter or key.column.table is column.table for key in column.foreign_keys)


def _value(column: Column[Any], number: int) -> Any:
    is_json = isinstance(column.type, JSON)
    if column.nullable and number == NUMBERS[1]:
        return null() if is_json else None
    if is_json:
        return JSON.NULL if column.nullable and number == NUMBERS[2] else _TREE | {"nomor": number}
    if column.foreign_keys or (column.primary_key and column.type.python_type is int):
        return number
    enum = getattr(column.type, "enum_class", None)
    if enum:
        return list(enum)[number % len(enum)]
    return _plain(column, number)


def _plain(column: Column[Any], number: int) -> Any:
    kind = column.type.python_type
    if kind is str:
        return f"{number}{_TEXT}"[: getattr(column.type, "length", None)]
    values: dict[type, Any] = {
        bytes: bytes(range(number % 256)),
        bool: bool(number % 2),
        int: number * 2**20,
        float: number / 3,
        Decimal: Decimal(f"{number}.25"),
        datetime: datetime(2026, 2, 28, 23, 59, 59, 999_990, UTC) + timedelta(microseconds=number),
        date: date(2026, 2, 28) + timedelta(days=number),
    }
    return values[kind]
