"""Pages of a list, counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from innovate.core.db import db

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: `page` counts from 1; a page past the end is the last one."""

    items: Sequence[T]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first item shown, counting from 1."""
        return (self.page - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Number of the last item shown."""
        return min(self.page * self.size, self.total)


def paginate(query: Select[Any], *, page: int = 1, size: int = PAGE_SIZE, scalars: bool = True) -> Page[Any]:
    """Run `query` for one page, with one more query for the total."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = max(1, min(page, max(1, -(-total // size))))
    result = db.session.execute(query.limit(size).offset((page - 1) * size))
    return Page(list(result.scalars().unique()) if scalars else list(result.unique()), page, size, total)
