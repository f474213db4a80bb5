"""When people, teams, units or mentors change, conflicts of interest of standing assignments are checked again.

These functions are registered with the features below (`connect`), which cannot know of assignments.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.accounts.services import profile, units
from innovate.core.db import db
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, EventRole
from innovate.events.policy import Actor
from innovate.events.services import people
from innovate.ideas.models import Idea
from innovate.partners.models.dealings import Challenge
from innovate.partners.services import challenges
from innovate.partners.services import members as organisations
from innovate.scoring.services.clashes import recheck, recheck_everywhere
from innovate.teams.models import Team
from innovate.teams.services import joining, leading, mentoring


def connect() -> None:
    """Ask to be called; asking twice changes nothing."""
    wishes: tuple[tuple[list[Any], Any], ...] = (
        (joining.after_member_added, check_new_member),
        (leading.after_unit_changed, check_team_unit),
        (mentoring.after_mentor_named, check_mentor),
        (profile.after_unit_changed, check_person_unit),
        (units.after_tree_changed, check_tree),
        (people.after_role_given, check_role),
        (organisations.after_member_verified, check_partner),
        (challenges.after_challenge_accepted, check_challenge),
    )
    for listeners, function in wishes:
        if function not in listeners:
            listeners.append(function)


def check_new_member(event: Event, team: Team, user_id: int, at: datetime) -> None:
    """Somebody joined a team."""
    ideas = _ideas_of(team.id)
    recheck(event.id, idea_ids=ideas, user_ids=[user_id], actor_id=user_id, cause="member", at=at)


def check_team_unit(actor: Actor, team: Team, at: datetime) -> None:
    """A team, and so its entry, belongs to another unit."""
    recheck(actor.event.id, idea_ids=_ideas_of(team.id), actor_id=actor.user_id, cause="team_unit", at=at)


def check_mentor(actor: Actor, team: Team, user_id: int, at: datetime) -> None:
    """A team has a mentor."""
    ideas = _ideas_of(team.id)
    recheck(actor.event.id, idea_ids=ideas, user_ids=[user_id], actor_id=actor.user_id, cause="mentor", at=at)


def check_person_unit(user: User, at: datetime) -> None:
    """A person works in another unit."""
    recheck_everywhere(user_id=user.id, actor_id=user.id, cause="person_unit", at=at)


def check_tree(actor_id: int | None, at: datetime) -> None:
    """Units stand elsewhere in the tree."""
    recheck_everywhere(actor_id=actor_id, cause="tree", at=at)


def check_partner(user_id: int, actor_id: int, at: datetime) -> None:
    """A person belongs to an organisation, which may own challenges."""
    recheck_everywhere(user_id=user_id, actor_id=actor_id, cause="partner", at=at)


def check_challenge(actor: Actor, challenge: Challenge, at: datetime) -> None:
    """A track is an organisation's challenge from now on."""
    query = select(Idea.id).where(Idea.event_id == actor.event.id, Idea.track_id == challenge.track_id)
    ideas = list(db.session.scalars(query))
    if ideas:
        recheck(actor.event.id, idea_ids=ideas, actor_id=actor.user_id, cause="challenge", at=at)


def check_role(role: EventRole, at: datetime) -> None:
    """Somebody is a juror again who still holds entries from before."""
    if role.role in {Role.JUROR, Role.CHAIR}:
        recheck(role.event_id, user_ids=[role.user_id], actor_id=role.user_id, cause="role", at=at)


def _ideas_of(team_id: int) -> list[int]:
    return list(db.session.scalars(select(Idea.id).where(Idea.team_id == team_id)))
