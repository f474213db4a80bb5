"""Reading past editions, their entries, and imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from innovate.accounts.models import Unit
from innovate.accounts.queries import list_units
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.editions.domain.planning import Key
from innovate.editions.domain.units import UnitName, UnitNames
from innovate.editions.models import EditionImport, PastEdition, PastEntry


class EditionRow(NamedTuple):
    """An edition with how many entries it has, and how many of them won an award."""

    edition: PastEdition
    entries: int
    awarded: int


@dataclass(frozen=True)
class EntryFilter:
    """What the list of entries is narrowed to; empty means all."""

    search: str = ""
    edition: str = ""
    won: bool = False
    removed: bool = False


_STANDING = PastEntry.removed_at.is_(None)


def list_editions(*, public: bool = False) -> list[EditionRow]:
    """Editions that have entries, the latest first; `public`: only those shown to everybody."""
    awarded = func.count().filter(PastEntry.award != "")
    query = select(PastEdition, func.count(), awarded).join(PastEntry, PastEntry.edition_id == PastEdition.id)
    query = query.where(_STANDING).group_by(PastEdition.id)
    if public:
        query = query.where(PastEdition.is_public).having(awarded > 0)
    query = query.order_by(PastEdition.year.desc(), PastEdition.name, PastEdition.id)
    return [EditionRow(*row) for row in db.session.execute(query)]


def get_edition(public_id: str, *, public: bool = False) -> PastEdition:
    """An edition, or NotFound; `public`: only one shown to everybody."""
    found = db.session.scalar(select(PastEdition).where(PastEdition.public_id == public_id))
    if found is None or (public and not found.is_public):
        raise NotFound
    return found


def list_winners(edition: PastEdition) -> list[PastEntry]:
    """Entries with an award, by group and rank, with their unit."""
    query = select(PastEntry).where(PastEntry.edition_id == edition.id, _STANDING, PastEntry.award != "")
    order = (PastEntry.group_name, func.coalesce(PastEntry.rank, 10_000), PastEntry.award, PastEntry.title)
    return list(db.session.scalars(query.options(joinedload(PastEntry.unit)).order_by(*order, PastEntry.id)))


def list_entries(wanted: EntryFilter, *, page: int = 1, size: int = 50) -> Page[PastEntry]:
    """Entries with edition and unit, the latest edition first."""
    query = _entries().where(PastEntry.removed_at.is_not(None) if wanted.removed else _STANDING)
    if wanted.search:
        names = (PastEntry.title, PastEntry.expansion, PastEntry.unit_name, PastEntry.people, PastEntry.award)
        query = query.outerjoin(Unit, Unit.id == PastEntry.unit_id)
        query = query.where(
            or_(*(each.icontains(wanted.search, autoescape=True) for each in (*names, Unit.name)))
        )
    if wanted.edition:
        query = query.where(PastEdition.public_id == wanted.edition)
    if wanted.won:
        query = query.where(PastEntry.award != "")
    order = (
        PastEdition.year.desc(),
        PastEdition.name,
        func.coalesce(PastEntry.rank, 10_000),
        PastEntry.title,
    )
    return paginate(query.order_by(*order, PastEntry.id), page=page, size=size)


def _entries() -> Select[tuple[PastEntry]]:
    query = select(PastEntry).join(PastEntry.edition)
    return query.options(contains_eager(PastEntry.edition), joinedload(PastEntry.unit))


def get_entry(public_id: str) -> PastEntry:
    """One entry, also a removed one, with edition and unit; NotFound without."""
    found = db.session.scalar(_entries().where(PastEntry.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_keys() -> set[Key]:
    """What makes every standing entry the one it is."""
    query = (
        select(PastEdition.name, PastEdition.year, PastEntry.title).join(PastEntry.edition).where(_STANDING)
    )
    return {(name.casefold(), year, title.casefold()) for name, year, title in db.session.execute(query)}


def load_unit_names() -> UnitNames:
    """The tree of units by what its units are called."""
    return UnitNames([UnitName(u.id, u.code, u.name, u.short_name) for _depth, u in list_units()])


def list_imports() -> list[EditionImport]:
    """Imports, the latest first."""
    query = select(EditionImport).options(joinedload(EditionImport.uploaded_by))
    return list(db.session.scalars(query.order_by(EditionImport.id.desc()).limit(20)))


def get_import(public_id: str) -> EditionImport:
    """An import with its rows, or NotFound."""
    query = select(EditionImport).where(EditionImport.public_id == public_id)
    query = query.options(undefer(EditionImport.rows), joinedload(EditionImport.uploaded_by))
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def rows_of(found: EditionImport) -> list[tuple[int, Sequence[str]]]:
    """The rows of a pending import."""
    return [(int(number), cells) for number, cells in found.rows or ()]


TRAIL_NAMES: dict[str, Any] = {
    "past_edition": names_by(PastEdition.id, PastEdition.name),
    "past_entry": names_by(PastEntry.id, PastEntry.title),
    "edition_import": names_by(EditionImport.id, EditionImport.filename),
}
