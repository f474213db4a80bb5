"""Reading what organisations do in events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole
from innovate.partners.domain.kinds import Stage, Support
from innovate.partners.models.dealings import Challenge, Proposal
from innovate.partners.models.organisations import OrganisationMember
from innovate.teams.models import Membership, Team

_PUBLIC = (EventState.PUBLISHED, EventState.ARCHIVED)


def list_open_events() -> list[Event]:
    """Competitions an organisation can take part in now, the latest first."""
    query = select(Event).where(Event.state == EventState.PUBLISHED, Event.deleted_at.is_(None))
    return list(db.session.scalars(query.order_by(Event.created_at.desc(), Event.id.desc()).limit(100)))


def get_challenge(event_id: int, public_id: str) -> Challenge:
    """A challenge of the event with its organisation and track, or NotFound."""
    query = select(Challenge).where(Challenge.event_id == event_id, Challenge.public_id == public_id)
    return _one(query.options(joinedload(Challenge.organisation), joinedload(Challenge.track)))


def get_own_challenge(organisation_id: int, public_id: str) -> Challenge:
    """A challenge of the organisation with its event, or NotFound."""
    query = select(Challenge).where(
        Challenge.organisation_id == organisation_id, Challenge.public_id == public_id
    )
    return _one(query.options(joinedload(Challenge.event)))


def _one(query: Any) -> Any:
    row = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def find_challenge_of_track(track_id: int | None) -> Challenge | None:
    """The accepted challenge behind a track, with its organisation."""
    if track_id is None:
        return None
    query = select(Challenge).where(Challenge.track_id == track_id, Challenge.state == Stage.ACCEPTED)
    return db.session.scalar(query.options(joinedload(Challenge.organisation)))


def list_event_challenges(event_id: int, *stages: Stage) -> list[Challenge]:
    """The event's challenges in these stages with their organisations, the oldest first."""
    query = select(Challenge).where(Challenge.event_id == event_id, Challenge.state.in_(stages))
    return list(db.session.scalars(query.options(joinedload(Challenge.organisation)).order_by(Challenge.id)))


def list_own_challenges(organisation_id: int) -> list[Challenge]:
    """Everything the organisation put to events, the latest first, with the event."""
    query = select(Challenge).where(Challenge.organisation_id == organisation_id)
    return list(db.session.scalars(query.options(joinedload(Challenge.event)).order_by(Challenge.id.desc())))


def list_public_challenges(organisation_id: int) -> list[Challenge]:
    """Accepted challenges in public events, the latest first."""
    query = (
        select(Challenge)
        .join(Challenge.event)
        .where(
            Challenge.organisation_id == organisation_id,
            Challenge.state == Stage.ACCEPTED,
            Event.state.in_(_PUBLIC),
        )
        .options(contains_eager(Challenge.event))
    )
    return list(db.session.scalars(query.order_by(Challenge.id.desc())))


def get_proposal(public_id: str, **narrowed: int) -> Proposal:
    """A proposal of an organisation or of an event, or NotFound."""
    query = select(Proposal).filter_by(public_id=public_id, **narrowed)
    return _one(query.options(joinedload(Proposal.organisation), joinedload(Proposal.event)))


def list_proposals(*stages: Stage, **narrowed: int) -> list[Proposal]:
    """Proposals of one event or one organisation with all they name, the oldest first."""
    query = select(Proposal).filter_by(**narrowed).where(Proposal.state.in_(stages))
    whole = (Proposal.organisation, Proposal.event, Proposal.user, Proposal.prize)
    return list(db.session.scalars(query.options(*map(joinedload, whole)).order_by(Proposal.id)))


def list_sponsors(event_id: int) -> list[Proposal]:
    """Who gives which prize of the event."""
    found = list_proposals(Stage.ACCEPTED, event_id=event_id)
    return [row for row in found if row.kind is Support.PRIZE and row.prize is not None]


def list_public_supports(organisation_id: int) -> list[Proposal]:
    """Prizes given and mentors who took their role, in public events."""
    serves = select(EventRole.id).where(
        EventRole.event_id == Proposal.event_id,
        EventRole.user_id == Proposal.user_id,
        EventRole.role == Role.MENTOR,
    )
    query = (
        select(Proposal)
        .join(Proposal.event)
        .where(
            Proposal.organisation_id == organisation_id,
            Proposal.state == Stage.ACCEPTED,
            Event.state.in_(_PUBLIC),
            Proposal.prize_id.is_not(None) | serves.exists(),
        )
        .options(contains_eager(Proposal.event), joinedload(Proposal.user), joinedload(Proposal.prize))
    )
    return list(db.session.scalars(query.order_by(Proposal.id.desc())))


def list_public_teams(organisation_id: int) -> list[tuple[Team, str, str]]:
    """Listed, living teams with verified members of the organisation: (team, event's name, its slug)."""
    query = (
        select(Team, Event.name, Event.slug)
        .join(Event, Event.id == Team.event_id)
        .join(Membership, Membership.team_id == Team.id)
        .join(OrganisationMember, OrganisationMember.user_id == Membership.user_id)
        .where(
            OrganisationMember.organisation_id == organisation_id,
            OrganisationMember.state == Stage.ACCEPTED,
            Membership.left_at.is_(None),
            Team.disbanded_at.is_(None),
            Team.is_listed,
            Event.state.in_(_PUBLIC),
        )
    )
    return list(db.session.execute(query.distinct().order_by(Team.id.desc()).limit(50)).tuples())


def has_partners(event_id: int) -> bool:
    """Whether any organisation turned to the event."""
    found = [exists().where(model.event_id == event_id) for model in (Challenge, Proposal)]
    return bool(db.session.scalar(select(or_(*found))))
