"""Who may do what with a team."""

from __future__ import annotations

from innovate.events.domain.kinds import Role
from innovate.events.policy import Actor, can_manage, can_read_all
from innovate.teams.models import Team


def is_member(actor: Actor, team: Team) -> bool:
    """Whether the person belongs to the team now; the team's memberships must be loaded."""
    return actor.user is not None and any(m.user_id == actor.user_id for m in team.memberships)


def is_captain(actor: Actor, team: Team) -> bool:
    """Whether the person leads the team. Whoever typed what came on paper stands in its row and leads nothing."""
    return actor.user is not None and team.captain_id == actor.user_id and not team.named_members


def can_see_team(actor: Actor, team: Team) -> bool:
    """Members and the committee always; others while the team is listed and alive."""
    if is_member(actor, team) or can_read_all(actor) or actor.has(Role.SECRETARIAT, Role.MENTOR):
        return True
    return actor.user is not None and team.is_listed and team.disbanded_at is None


def can_see_members_contacts(actor: Actor, team: Team) -> bool:
    """Addresses are for members and organizers."""
    return is_member(actor, team) or can_manage(actor)


def can_lead(actor: Actor, team: Team) -> bool:
    """The captain edits, invites, accepts and removes."""
    return is_captain(actor, team) and team.disbanded_at is None


RUNS_OR_JUDGES = (Role.ORGANIZER, Role.SECRETARIAT, Role.CHAIR, Role.JUROR, Role.AUDITOR)


def can_be_participant(actor: Actor) -> bool:
    """Those who run or judge the event do not compete in it."""
    return not actor.has(*RUNS_OR_JUDGES)


def can_name_mentors(actor: Actor) -> bool:
    """Organizers name mentors of teams; a mentor says which teams they accompany."""
    return can_manage(actor) or actor.has(Role.MENTOR)


def can_name_mentor(actor: Actor, mentor_id: int) -> bool:
    """Organizers for everybody, a mentor only for themselves."""
    return can_manage(actor) or (actor.has(Role.MENTOR) and actor.user_id == mentor_id)
