"""Bookings: one, a team's, a mentor's, and what is still open of what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from innovate.audit.queries import names_by
from innovate.clinics.domain.slots import Span
from innovate.clinics.models import ClinicAction, ClinicBooking, ClinicSlot
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.events.domain.kinds import EventState
from innovate.events.models import Event
from innovate.ideas.models import Idea
from innovate.teams.models import Membership, Team

_TEAM = select(Team.name).where(Team.id == ClinicBooking.team_id).scalar_subquery()
TRAIL_NAMES = {
    "clinic_slot": names_by(ClinicSlot.id, ClinicSlot.topic),
    "clinic_booking": names_by(ClinicBooking.id, _TEAM),
}
_SLOT = joinedload(ClinicBooking.slot).options(joinedload(ClinicSlot.mentor), selectinload(ClinicSlot.skills))
_WHOLE = (
    _SLOT,
    joinedload(ClinicBooking.team).selectinload(Team.memberships).joinedload(Membership.user),
    joinedload(ClinicBooking.booked_by),
    selectinload(ClinicBooking.actions).joinedload(ClinicAction.done_by),
)


def get_booking(event_id: int, public_id: str) -> ClinicBooking:
    """A booking, given back or not, with slot, team and actions; or NotFound."""
    query = select(ClinicBooking).join(ClinicBooking.slot).where(ClinicSlot.event_id == event_id)
    query = query.where(ClinicBooking.public_id == public_id).options(*_WHOLE)
    booking = db.session.scalar(query.execution_options(populate_existing=True))
    if booking is None:
        raise NotFound
    return booking


def lock_booking(booking_id: int) -> ClinicBooking:
    """The booking as it is now, held until the commit."""
    db.session.flush()
    db.session.execute(select(ClinicBooking.id).where(ClinicBooking.id == booking_id).with_for_update())
    query = select(ClinicBooking).where(ClinicBooking.id == booking_id).options(*_WHOLE)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def list_of_team(team_id: int) -> Sequence[ClinicBooking]:
    """A team's bookings that stand, in order of time, with slot, mentor and actions."""
    query = select(ClinicBooking).join(ClinicBooking.slot).where(ClinicBooking.team_id == team_id)
    query = query.where(ClinicBooking.cancelled_at.is_(None))
    query = query.options(
        contains_eager(ClinicBooking.slot).options(
            joinedload(ClinicSlot.mentor), selectinload(ClinicSlot.skills)
        ),
        selectinload(ClinicBooking.actions),
    )
    return list(db.session.scalars(query.order_by(ClinicSlot.starts_at, ClinicBooking.id)))


def list_team_spans(team_id: int) -> list[Span]:
    """When a team is in a clinic, and so how many slots it has: those given back not."""
    query = select(ClinicSlot.starts_at, ClinicSlot.ends_at).join(
        ClinicBooking, ClinicBooking.slot_id == ClinicSlot.id
    )
    query = query.where(ClinicBooking.team_id == team_id, ClinicBooking.cancelled_at.is_(None))
    return [Span(*row) for row in db.session.execute(query)]


def accompanies_still(team_id: int, mentoring_id: int) -> bool:
    """Whether another booking that stands keeps this row of `team_mentors`."""
    query = select(ClinicBooking.id).where(
        ClinicBooking.team_id == team_id,
        ClinicBooking.mentoring_id == mentoring_id,
        ClinicBooking.cancelled_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def map_open_actions(event_id: int, mentor_id: int) -> list[tuple[Team, list[ClinicAction]]]:
    """What teams have agreed with this mentor and not done yet, by team in order of name; the earliest due first."""
    query = (
        select(Team, ClinicAction)
        .join(ClinicBooking, ClinicBooking.team_id == Team.id)
        .join(ClinicSlot, ClinicSlot.id == ClinicBooking.slot_id)
        .join(ClinicAction, ClinicAction.booking_id == ClinicBooking.id)
        .where(ClinicSlot.event_id == event_id, ClinicSlot.mentor_id == mentor_id)
        .where(ClinicAction.done_at.is_(None), ClinicAction.removed_at.is_(None))
        .options(joinedload(ClinicAction.booking))
        .order_by(func.lower(Team.name), ClinicAction.due_on.is_(None), ClinicAction.due_on, ClinicAction.id)
    )
    found: dict[int, tuple[Team, list[ClinicAction]]] = {}
    for team, action in db.session.execute(query):
        found.setdefault(team.id, (team, []))[1].append(action)
    return list(found.values())


def list_due(since: datetime, until: datetime) -> Sequence[tuple[ClinicBooking, Event]]:
    """Bookings that stand whose slot begins in this span, with their event: for reminders."""
    query = select(ClinicBooking, Event).join(ClinicBooking.slot).join(Event, Event.id == ClinicSlot.event_id)
    query = query.where(ClinicBooking.cancelled_at.is_(None), ClinicSlot.cancelled_at.is_(None))
    query = query.where(ClinicSlot.starts_at > since, ClinicSlot.starts_at <= until)
    query = query.where(Event.state == EventState.PUBLISHED, Event.deleted_at.is_(None)).options(*_WHOLE)
    return [(booking, event) for booking, event in db.session.execute(query)]


def find_idea_id(team_id: int) -> str | None:
    """The public id of the team's entry, if it has one that stands."""
    query = select(Idea.public_id).where(Idea.team_id == team_id, Idea.state != "withdrawn")
    return db.session.scalar(query.limit(1))
