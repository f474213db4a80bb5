"""Who saw whose personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import DataAccess, SiteRole, User
from innovate.accounts.words import SEEN
from innovate.core.db import db
from innovate.core.paging import Page, paginate
from innovate.events.models import Event, EventRole
from innovate.privacy.words import SEEN_BY
from innovate.teams.models import Membership

_MOST = 500
_OFFICERS = {"case", "retention"}  # seen as an officer, whatever else the viewer is


class Seen(NamedTuple):
    """One access as its subject is told: by what role, not by whom."""

    at: datetime
    role: str
    what: str
    event: str
    is_list: bool


def list_seen(user_id: int, limit: int = _MOST) -> list[Seen]:
    """Accesses to the person's data, the latest first: their own, and lists of events and of the site they were in.

    Lists of the site are told since the person registered, lists of an event since they took part.
    """
    created = select(User.created_at).where(User.id == user_id).scalar_subquery()
    site = and_(DataAccess.subject_id.is_(None), DataAccess.event_id.is_(None), DataAccess.at >= created)
    query = (
        select(DataAccess, User, Event.name)
        .join(User, User.id == DataAccess.viewer_id)
        .outerjoin(Event, Event.id == DataAccess.event_id)
        .where(DataAccess.viewer_id != user_id)
        .where(or_(DataAccess.subject_id == user_id, site, _in_my_events(user_id)))
        .order_by(DataAccess.id.desc())
        .limit(limit)
    )
    return [
        Seen(
            row.at,
            _role_of(viewer, row.what),
            str(SEEN.get(row.what, row.what)),
            event or "",
            row.subject_id is None,
        )
        for row, viewer, event in db.session.execute(query)
    ]


def _in_my_events(user_id: int) -> Any:
    """Lists of people of events, read while the person was in them."""
    member = select(Membership.id).where(
        Membership.event_id == DataAccess.event_id,
        Membership.user_id == user_id,
        Membership.joined_at <= DataAccess.at,
        or_(Membership.left_at.is_(None), Membership.left_at > DataAccess.at),
    )
    holder = select(EventRole.id).where(
        EventRole.event_id == DataAccess.event_id,
        EventRole.user_id == user_id,
        EventRole.created_at <= DataAccess.at,
        or_(EventRole.revoked_at.is_(None), EventRole.revoked_at > DataAccess.at),
    )
    teams = ("teams", "consents", "retention", "pack", "papers", "mails", "trail")
    roles = ("roles", "pack", "papers", "mails", "trail")
    return and_(
        DataAccess.subject_id.is_(None),
        or_(
            and_(DataAccess.what.in_(teams), member.exists()),
            and_(DataAccess.what.in_(roles), holder.exists()),
        ),
    )


def _role_of(viewer: User, what: str) -> str:
    """What the person is told of who looked: the office, not the name."""
    if viewer.is_data_officer and what in _OFFICERS:
        return str(SEEN_BY["officer"])
    return str(SEEN_BY["admin" if viewer.site_role is SiteRole.ADMIN else "committee"])


def list_accesses(*, search: str = "", page: int = 1) -> Page[DataAccess]:
    """Every access with who and whose, the latest first, for the officer; `search` looks at both names."""
    query = select(DataAccess).options(joinedload(DataAccess.viewer), joinedload(DataAccess.subject))
    if search:
        found = select(User.id).where(User.name.icontains(search, autoescape=True))
        query = query.where(or_(DataAccess.viewer_id.in_(found), DataAccess.subject_id.in_(found)))
    return paginate(query.order_by(DataAccess.id.desc()), page=page)


def map_event_names(ids: set[int]) -> dict[int, str]:
    """Names of events by key."""
    if not ids:
        return {}
    return dict(db.session.execute(select(Event.id, Event.name).where(Event.id.in_(ids))).tuples().all())
