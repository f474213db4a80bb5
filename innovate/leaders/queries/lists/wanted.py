"""What is wanted of a list, and what a list gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_

from innovate.core.paging import PAGE_SIZE, Page, paginate
from innovate.leaders.queries.frame import Frame

WHOLE = 100_000  # rows of a workbook
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Wanted:
    """`unit` and `district` are codes; `state` is one of the list's own words; `whole`: not page by page."""

    frame: Frame
    search: str = ""
    unit: str = ""
    district: str = ""
    state: str = ""
    page: int = 1
    whole: bool = False

    @property
    def size(self) -> int:
        """Rows of a page."""
        return WHOLE if self.whole else PAGE_SIZE

    @property
    def event_ids(self) -> list[int]:
        """Competitions of the year."""
        return [key for key, year in self.frame.events.items() if year == self.frame.year]

    @property
    def unit_ids(self) -> frozenset[int] | None:
        """The units it is narrowed to; None for all, and for what belongs to none."""
        if not (self.unit or self.district or self.frame.unit_class):
            return None
        district = next((key for key, unit in self.frame.units.items() if unit.code == self.district), None)
        return frozenset(
            key
            for key, unit in self.frame.units.items()
            if self.frame.takes(key)
            and self.unit in {"", unit.code}
            and (not self.district or unit.district == district)
        )

    def narrow(self, query: Select[Any], unit_id: Any, *texts: Any) -> Select[Any]:
        """Only these units, and only rows one of whose texts holds the words."""
        if self.unit_ids is not None:
            query = query.where(unit_id.in_(self.unit_ids))
        if self.search:
            holds: list[ColumnElement[bool]] = [
                text.icontains(self.search, autoescape=True) for text in texts
            ]
            query = query.where(or_(*holds))
        return query


@dataclass(frozen=True)
class Listing:
    """A list: its title and lead, its heads (the first is the row's name), and a page of rows of text and numbers."""

    title: str
    heads: Sequence[str]
    page: Page[Row]
    states: Sequence[tuple[str, str]] = ()  # what it can be narrowed to
    lead: str = ""


List = Callable[[Wanted], Listing]


def cut(rows: Sequence[Row], wanted: Wanted) -> Page[Row]:
    """The page that is wanted of rows that were counted here."""
    words = wanted.search.casefold()
    found = [row for row in rows if words in " ".join(map(str, row)).casefold()]
    pages = max(1, -(-len(found) // wanted.size))
    page = max(1, min(wanted.page, pages))
    first = (page - 1) * wanted.size
    return Page(found[first : first + wanted.size], page, wanted.size, len(found))


def page_of(query: Select[Any], wanted: Wanted, row: Callable[[Any], Row]) -> Page[Row]:
    """The page that is wanted, its rows as they are shown. Two statements."""
    found = paginate(query, page=wanted.page, size=wanted.size, scalars=False)
    return Page([row(each) for each in found.items], found.page, found.size, found.total)
