"""Which of the event's mentors accompany which team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db, locked
from innovate.core.errors import NotFound, Refused, require
from innovate.events.domain.kinds import Role
from innovate.events.models import EventRole
from innovate.events.policy import Actor
from innovate.teams import policy
from innovate.teams.models import Team, TeamMentor

# Features above append functions here: whoever accompanies a team must not judge it.
after_mentor_named: list[Callable[[Actor, Team, int, datetime], None]] = []


def name_mentor(actor: Actor, team: Team, user_public_id: str, *, at: datetime) -> TeamMentor:
    """The organizer names a mentor of the event for a team, or a mentor says so of themselves."""
    require(policy.can_name_mentors(actor), NotFound())
    held = locked(Team, team.id)
    require(held.disbanded_at is None, NotFound())
    query = (
        select(User)
        .join(EventRole, EventRole.user_id == User.id)
        .where(
            User.public_id == user_public_id,
            EventRole.event_id == actor.event.id,
            EventRole.role == Role.MENTOR,
            EventRole.revoked_at.is_(None),
        )
    )
    mentor = db.session.scalar(query)
    unknown = Refused(_l("Pilih salah satu mentor kompetisi ini."), field="mentor")
    if mentor is None:
        raise unknown
    require(policy.can_name_mentor(actor, mentor.id), NotFound())
    require(
        all(membership.user_id != mentor.id for membership in team.memberships),
        Refused(_l("Anggota tim tidak dapat menjadi mentor timnya sendiri."), field="mentor"),
    )
    return accompany(actor, team, mentor.id, at=at)[0]


def accompany(actor: Actor, team: Team, mentor_id: int, *, at: datetime) -> tuple[TeamMentor, bool]:
    """The mentor accompanies the team from now on, and whether that is new. The caller has decided that they may.

    Features above, in which a team finds a mentor by itself, call this: whoever accompanies it must not judge it.
    """
    standing = select(TeamMentor).filter_by(team_id=team.id, user_id=mentor_id, ended_at=None)
    known = db.session.scalar(standing)
    if known is not None:
        return known, False
    row = TeamMentor(
        team_id=team.id, user_id=mentor_id, event_id=actor.event.id, named_by_id=actor.user_id, named_at=at
    )
    db.session.add(row)
    db.session.flush()
    _record("team.mentor", actor, team, mentor_id, at)
    for listener in after_mentor_named:
        listener(actor, team, mentor_id, at)
    return row, True


def part(actor: Actor, team: Team, row_id: int, *, at: datetime) -> None:
    """The opposite of `accompany`: it ends, and that it was is kept."""
    row = locked(TeamMentor, row_id)
    if row.ended_at is None:
        row.ended_at, row.ended_by_id = at, actor.user_id
        _record("team.mentor_end", actor, team, row.user_id, at)


def end_mentoring(actor: Actor, team: Team, public_id: str, *, at: datetime) -> None:
    """The mentor no longer accompanies the team. That they did is kept."""
    found = db.session.scalar(select(TeamMentor).filter_by(team_id=team.id, public_id=public_id))
    if found is None:
        raise NotFound
    require(policy.can_name_mentor(actor, found.user_id), NotFound())
    part(actor, team, found.id, at=at)


def _record(action: str, actor: Actor, team: Team, mentor_id: int, at: datetime) -> None:
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="team",
        object_id=team.id,
        event_id=actor.event.id,
        after={"mentor": mentor_id},
        subject_id=mentor_id,
    )
