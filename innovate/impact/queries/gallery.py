"""What everybody may see: the gallery of all competitions and past editions with present status, and stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Select,
    String,
    extract,
    false,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from innovate.accounts.models import Unit
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.editions.models import PastEdition, PastEntry
from innovate.events.models import Event, Track
from innovate.ideas.models import Idea
from innovate.impact.domain.kinds import Check
from innovate.impact.models import FollowUp, Innovation
from innovate.impact.queries.followups import PUBLIC, RUNNING
from innovate.impact.queries.innovations import get_innovation
from innovate.results.models import Board, SpecialAward, StandingRow
from innovate.results.queries.gallery import list_shown_ideas

_First, _Winner, _Last = aliased(Board), aliased(StandingRow), aliased(Board)


@dataclass(frozen=True)
class Wanted:
    """What the gallery is narrowed to; empty means all. `status`: a status, or `unknown`."""

    search: str = ""
    year: int = 0
    status: str = ""
    unit: str = ""
    track: str = ""
    event: str = ""
    won: bool = False
    replicable: bool = False


def _shown() -> Select[Any]:
    """Entries whose teams agree, as they were frozen in the first announced board of their event."""
    first = (
        select(func.min(_First.id))
        .where(_First.event_id == Event.id, _First.state.in_(PUBLIC))
        .correlate(Event)
        .scalar_subquery()
    )
    award = (
        select(func.max(_Winner.award))
        .join(_Last, _Last.snapshot_id == _Winner.snapshot_id)
        .where(_Winner.idea_id == Idea.id, _Last.state.in_(PUBLIC))
        .correlate(Idea)
        .scalar_subquery()
    )
    special = (
        select(func.count(SpecialAward.id))
        .join(_Last, _Last.id == SpecialAward.board_id)
        .where(SpecialAward.idea_id == Idea.id, SpecialAward.revoked_at.is_(None), _Last.state.in_(PUBLIC))
        .correlate(Idea)
        .scalar_subquery()
    )
    return (
        select(
            StandingRow.idea_public_id.label("public_id"),
            StandingRow.title.label("title"),
            Event.slug.label("slug"),
            Event.name.label("event"),
            StandingRow.unit_name.label("unit"),
            func.coalesce(Track.name, "").label("track"),
            extract("year", Board.announced_at).label("year"),
            func.coalesce(award, "").label("award"),
            special.label("special"),
            Innovation.public_id.label("innovation"),
            type_coerce(Innovation.status, String).label("status"),
            func.coalesce(Innovation.is_replicable, False).label("replicable"),
        )
        .select_from(Event)
        .join(Board, Board.id == first)
        .join(StandingRow, StandingRow.snapshot_id == Board.snapshot_id)
        .join(Idea, Idea.id == StandingRow.idea_id)
        .outerjoin(Track, (Track.event_id == Event.id) & (Track.code == StandingRow.track_code))
        .outerjoin(Innovation, Innovation.idea_id == Idea.id)
        .where(Idea.in_gallery, Idea.state.in_(RUNNING), Event.gallery_enabled, Event.deleted_at.is_(None))
    )


def _past() -> Select[Any]:
    """Winners of past editions that are shown: what their own page says, and no more."""
    return (
        select(
            PastEdition.public_id.label("public_id"),
            PastEntry.title.label("title"),
            literal("").label("slug"),
            PastEdition.name.label("event"),
            func.coalesce(Unit.name, PastEntry.unit_name).label("unit"),
            PastEntry.track_name.label("track"),
            PastEdition.year.label("year"),
            PastEntry.award.label("award"),
            literal(0).label("special"),
            type_coerce(null(), String).label("innovation"),
            type_coerce(null(), String).label("status"),
            false().label("replicable"),
        )
        .select_from(PastEntry)
        .join(PastEdition, PastEdition.id == PastEntry.edition_id)
        .outerjoin(Unit, Unit.id == PastEntry.unit_id)
        .where(PastEdition.is_public, PastEntry.removed_at.is_(None), PastEntry.award != "")
    )


def list_gallery(wanted: Wanted, *, page: int = 1) -> Page[Any]:
    """Rows of the gallery, the latest year first, winners first within. Two queries."""
    every = union_all(_shown(), _past()).subquery()
    row = every.c
    query = select(every)
    if wanted.search:
        names = (row.title, row.unit, row.event)
        query = query.where(or_(*(name.icontains(wanted.search, autoescape=True) for name in names)))
    for column, value in ((row.year, wanted.year), (row.unit, wanted.unit), (row.track, wanted.track)):
        if value:
            query = query.where(column == value)
    if wanted.event:
        query = query.where(row.slug == wanted.event)
    if wanted.status:
        query = query.where(
            row.status.is_(None) if wanted.status == "unknown" else row.status == wanted.status
        )
    if wanted.won:
        query = query.where(or_(row.award != "", row.special > 0))
    if wanted.replicable:
        query = query.where(row.replicable)
    order = (row.year.desc(), (row.award == ""), row.event, row.title, row.public_id)
    return paginate(query.order_by(*order), page=page, size=24, scalars=False)


@dataclass(frozen=True)
class Choices:
    """What there is to narrow the gallery to."""

    years: Sequence[int]
    units: Sequence[str]
    tracks: Sequence[str]
    has_past: bool  # some come from the archive of past editions


def list_choices() -> Choices:
    """Years, units and categories in the gallery. One query."""
    every = union_all(_shown(), _past()).subquery()
    rows = db.session.execute(
        select(every.c.year, every.c.unit, every.c.track, every.c.slug).distinct()
    ).all()
    return Choices(
        sorted({int(row.year) for row in rows}, reverse=True),
        sorted({row.unit for row in rows if row.unit}),
        sorted({row.track for row in rows if row.track}),
        any(not row.slug for row in rows),
    )


def get_shown(public_id: str) -> Innovation:
    """An innovation whose entry (or that of its root) stands in the gallery now, or NotFound."""
    found = get_innovation(public_id)
    root = db.session.get(Innovation, found.root_id) if found.root_id else found
    if root is None or root.idea_id is None or not list_shown_ideas([root.idea_id]):
        raise NotFound
    return found


def list_stories(limit: int = 6) -> list[FollowUp]:
    """The latest verified lines of story of entries that are shown. Two queries."""
    query = (
        select(FollowUp)
        .join(FollowUp.innovation)
        .where(FollowUp.check == Check.VERIFIED, FollowUp.story != "")
    )
    query = query.where(Innovation.idea_id.is_not(None)).order_by(FollowUp.last.desc(), FollowUp.id.desc())
    loaded = joinedload(FollowUp.innovation).joinedload(Innovation.unit)
    rows = list(db.session.scalars(query.options(loaded).limit(60)))
    shown = list_shown_ideas({row.innovation.idea_id for row in rows if row.innovation.idea_id})
    latest: dict[int, FollowUp] = {}  # one story of each innovation
    for row in rows:
        if row.innovation.idea_id in shown:
            latest.setdefault(row.innovation_id, row)
    return list(latest.values())[:limit]


def find_public(idea_id: int) -> Innovation | None:
    """The innovation of an entry whose page is shown."""
    query = select(Innovation).where(Innovation.idea_id == idea_id)
    return db.session.scalar(query)
