"""Events whose period is over, and which of their people nobody needs any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from innovate.accounts.models import SiteRole, User, UserSession
from innovate.core.db import db
from innovate.endorsement.models import Coordinator
from innovate.events.models import Event, EventRole
from innovate.privacy.domain.cases import CaseState
from innovate.privacy.domain.retention import DEFAULT_YEARS, ends_at, is_due, is_needed
from innovate.privacy.models import EventPrivacy, PrivacyCase
from innovate.teams.models import Membership, TeamMentor


@dataclass(frozen=True)
class Due:
    """An archived event past its period."""

    event: Event
    years: int
    since: datetime


@dataclass(frozen=True)
class Listed:
    """One participant of an event that is due: whether their data go, or why they stay."""

    user: User
    goes: bool
    why: str = ""  # "elsewhere", "role", "recent", "restricted"


def list_due(now: datetime) -> list[Due]:
    """Archived events past their period that were not cleared yet, the oldest first."""
    query = select(Event, EventPrivacy).outerjoin(EventPrivacy, EventPrivacy.event_id == Event.id)
    query = query.where(Event.archived_at.is_not(None), Event.deleted_at.is_(None))
    query = query.where(EventPrivacy.anonymised_at.is_(None)).order_by(Event.archived_at)
    found = []
    for event, settings in db.session.execute(query):
        years = settings.retention_years if settings else DEFAULT_YEARS
        if is_due(event.archived_at, years, now):
            found.append(Due(event, years, ends_at(event.archived_at, years)))
    return found


def list_people(event_id: int, now: datetime) -> list[Listed]:
    """The event's participants who still have a name, each with what would become of their data. Six queries."""
    members = select(Membership.user_id).where(Membership.event_id == event_id)
    people = db.session.scalars(
        select(User)
        .where(User.id.in_(members), User.email.not_like("dihapus-%@invalid"))
        .options(joinedload(User.unit))
        .order_by(func.lower(User.name), User.id)
    ).all()
    others = select(Membership.user_id).where(
        Membership.event_id != event_id, Membership.user_id.in_(members)
    )
    elsewhere = set(db.session.scalars(others))
    for table in (EventRole, TeamMentor):
        elsewhere |= set(db.session.scalars(select(table.user_id).where(table.user_id.in_(members))))
    held = select(Coordinator.user_id).where(Coordinator.ended_at.is_(None), Coordinator.user_id.in_(members))
    asks = select(PrivacyCase.user_id).where(
        PrivacyCase.state == CaseState.OPEN, PrivacyCase.user_id.in_(members)
    )
    elsewhere |= set(db.session.scalars(union(held, asks)))
    seen = select(UserSession.user_id, func.max(UserSession.created_at)).where(
        UserSession.user_id.in_(members)
    )
    last_seen = dict(db.session.execute(seen.group_by(UserSession.user_id)).tuples().all())
    return [_judge(user, user.id in elsewhere, last_seen.get(user.id), now) for user in people]


def _judge(user: User, elsewhere: bool, last_seen: datetime | None, now: datetime) -> Listed:
    role = user.site_role is not SiteRole.MEMBER or user.is_data_officer or user.is_leader
    if user.restricted_at is not None:
        return Listed(user, goes=False, why="restricted")
    if not is_needed(elsewhere=elsewhere, has_site_role=role, last_seen=last_seen, now=now):
        return Listed(user, goes=True)
    return Listed(user, goes=False, why="role" if role else "elsewhere" if elsewhere else "recent")
