"""The organizer's view: slots, use for each mentor, teams without a clinic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.models import User
from innovate.clinics.domain.slots import SlotState
from innovate.clinics.models import ClinicBooking, ClinicSlot
from innovate.core.db import db
from innovate.events.models import Event
from innovate.teams.models import Team
from innovate.teams.queries import list_event_mentors


@dataclass(frozen=True)
class MentorUse:
    """How a mentor's slots are used: `offered` without those called off, `taken` of them booked, `held`, `missed`."""

    mentor: User
    offered: int = 0
    taken: int = 0
    held: int = 0
    missed: int = 0


@dataclass(frozen=True)
class RoomView:
    """Everything of the room."""

    slots: Sequence[tuple[ClinicSlot, SlotState]]
    mentors: Sequence[MentorUse]
    without: Sequence[Team]
    teams: int

    @property
    def taken(self) -> int:
        """Booked slots, past ones too."""
        return sum(use.taken for use in self.mentors)

    @property
    def offered(self) -> int:
        """Slots that were not called off."""
        return sum(use.offered for use in self.mentors)


def load_room(event: Event, at: datetime) -> RoomView:
    """The room in a fixed number of statements; the latest slots first."""
    query = (
        select(ClinicSlot)
        .where(ClinicSlot.event_id == event.id)
        .options(
            joinedload(ClinicSlot.mentor),
            selectinload(ClinicSlot.skills),
            joinedload(ClinicSlot.booking).options(
                joinedload(ClinicBooking.team), selectinload(ClinicBooking.actions)
            ),
        )
    )
    slots = list(db.session.scalars(query.order_by(ClinicSlot.starts_at.desc(), ClinicSlot.id)))
    rows = [(slot, slot.state_at(at)) for slot in slots]
    booked = {
        slot.booking.team_id for slot, state in rows if slot.booking and state is not SlotState.CANCELLED
    }
    living = select(Team).where(Team.event_id == event.id, Team.disbanded_at.is_(None))
    teams = list(
        db.session.scalars(living.options(joinedload(Team.unit)).order_by(func.lower(Team.name), Team.id))
    )
    mentors = {user.id: user for user in list_event_mentors(event.id)}
    mentors |= {slot.mentor_id: slot.mentor for slot in slots}
    return RoomView(
        rows,
        [_use(mentor, rows) for mentor in mentors.values()],
        [team for team in teams if team.id not in booked],
        len(teams),
    )


def _use(mentor: User, rows: Sequence[tuple[ClinicSlot, SlotState]]) -> MentorUse:
    mine = [
        (slot, state)
        for slot, state in rows
        if slot.mentor_id == mentor.id and state is not SlotState.CANCELLED
    ]
    states = [state for _slot, state in mine]
    taken = sum(slot.booking is not None for slot, _state in mine)
    return MentorUse(mentor, len(mine), taken, states.count(SlotState.HELD), states.count(SlotState.MISSED))
