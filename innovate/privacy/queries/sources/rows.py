"""A part of somebody's data that is one query."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from innovate.accounts.services.personal_data import Row, Source
from innovate.core.db import db


def plain(value: Any) -> Any:
    """A value as JSON holds it: instants in ISO 8601, enumerations by their code."""
    if isinstance(value, enum.StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value


def rows_of(
    owner: Any, columns: Mapping[str, Any], joins: Iterable[tuple[Any, Any]] = (), where: Iterable[Any] = ()
) -> Callable[[int], list[Row]]:
    """Rows whose column `owner` is the person, oldest first, with what `joins` lead to where it is there."""
    joins, where = list(joins), list(where)

    def list_rows(user_id: int) -> list[Row]:
        model = owner.class_
        query = select(*(column.label(key) for key, column in columns.items())).select_from(model)
        for other, fits in joins:
            query = query.outerjoin(other, fits)
        query = query.where(owner == user_id, *where).order_by(*model.__table__.primary_key.columns)
        return [
            {key: plain(value) for key, value in row._mapping.items()}  # noqa: SLF001
            for row in db.session.execute(query)
        ]

    return list_rows


def source(
    key: str,
    title: Any,
    owner: Any,
    columns: Mapping[str, Any],
    *joins: tuple[Any, Any],
    where: Iterable[Any] = (),
) -> Source:
    """A part out of one table."""
    name = f"{owner.class_.__tablename__}.{owner.key}"
    return Source(key, title, rows_of(owner, columns, joins, where), (name,))
