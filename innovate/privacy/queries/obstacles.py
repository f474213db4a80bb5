"""Why somebody's account cannot be closed yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from innovate.accounts.models import SiteRole, User
from innovate.core.db import db
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event, EventRole, Phase
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState
from innovate.scoring.models.rounds import Round
from innovate.teams.models import Membership, Team


def list_obstacles(person: User, at: datetime) -> list[Any]:
    """Sentences, each with its cure; none when the person can go without leaving somebody in the lurch."""
    found = []
    if person.site_role is SiteRole.ADMIN:
        found.append(_l("Cabut dahulu peran admin dari akun ini."))
    if teams := _led_teams(person.id):
        found.append(_l("Serahkan dahulu kepemimpinan tim %(names)s.", names=", ".join(teams)))
    if events := _sole_organized(person.id):
        found.append(_l("Tunjuk dahulu penyelenggara lain untuk %(names)s.", names=", ".join(events)))
    if number := _open_seats(person.id, at):
        found.append(_l("Alihkan dahulu %(number)s karya yang masih harus dinilai orang ini.", number=number))
    return found


def _led_teams(user_id: int) -> list[str]:
    """Living teams with other members, in competitions that are not archived."""
    others = select(Membership.id).where(
        Membership.team_id == Team.id, Membership.left_at.is_(None), Membership.user_id != user_id
    )
    query = select(Team.name).join(Event, Event.id == Team.event_id)
    query = query.where(Team.captain_id == user_id, Team.disbanded_at.is_(None), others.exists())
    return list(db.session.scalars(query.where(Event.state != EventState.ARCHIVED).order_by(Team.id)))


def _sole_organized(user_id: int) -> list[str]:
    other = aliased(EventRole)
    others = select(other.id).where(
        other.event_id == EventRole.event_id,
        other.role == Role.ORGANIZER,
        other.revoked_at.is_(None),
        other.user_id != user_id,
    )
    query = select(Event.name).join(EventRole, EventRole.event_id == Event.id)
    query = query.where(EventRole.user_id == user_id, EventRole.role == Role.ORGANIZER)
    query = query.where(EventRole.revoked_at.is_(None), Event.deleted_at.is_(None), ~others.exists())
    return list(db.session.scalars(query.where(Event.state != EventState.ARCHIVED).order_by(Event.id)))


def _open_seats(user_id: int, at: datetime) -> int:
    """Entries to score in rounds that are not over."""
    done = select(Ballot.id).where(
        Ballot.assignment_id == Assignment.id, Ballot.state == BallotState.SUBMITTED
    )
    query = (
        select(func.count())
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Phase, Phase.id == Round.phase_id)
        .where(Assignment.user_id == user_id, Assignment.state == AssignmentState.ACTIVE)
        .where(Phase.ends_at > at, Round.closed_at.is_(None), ~done.exists())
    )
    return db.session.scalar(query) or 0
