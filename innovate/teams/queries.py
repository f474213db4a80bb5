"""Reading teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import joinedload, selectinload

from innovate.accounts.models import Unit, User
from innovate.audit.queries import names_by
from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.core.paging import Page, paginate
from innovate.events.domain.kinds import Role
from innovate.events.models import Event, EventRole
from innovate.teams.domain.membership import Rules
from innovate.teams.models import JoinRequest, Membership, RequestState, Team, TeamInvitation, TeamMentor

_WHOLE = (
    selectinload(Team.memberships).joinedload(Membership.user).joinedload(User.unit),
    selectinload(Team.open_roles),
    joinedload(Team.unit),
    joinedload(Team.group),
)


def rules_of(event: Event) -> Rules:
    """The event's team rules."""
    return Rules(event.team_min, event.team_max, event.allow_non_asn, event.one_team_per_person)


def get_team(event_id: int, public_id: str) -> Team:
    """A team with its members, open roles, unit and group; NotFound if it is not in this event."""
    return _one(select(Team).where(Team.event_id == event_id, Team.public_id == public_id))


def get_team_by_link(event_id: int, nonce: str) -> Team:
    """The living team an invitation link belongs to; NotFound once the link was replaced."""
    query = select(Team).where(
        Team.event_id == event_id, Team.invite_nonce == nonce, Team.disbanded_at.is_(None)
    )
    return _one(query)


def _one(query: Select[tuple[Team]]) -> Team:
    team = db.session.scalar(query.options(*_WHOLE))
    if team is None:
        raise NotFound
    return team


def get_invitation(event_id: int, nonce: str) -> TeamInvitation:
    """A mail invitation with its team, whatever its state; NotFound otherwise."""
    query = select(TeamInvitation).join(Team).where(TeamInvitation.nonce == nonce, Team.event_id == event_id)
    invitation = db.session.scalar(query.options(joinedload(TeamInvitation.team).options(*_WHOLE)))
    if invitation is None:
        raise NotFound
    return invitation


def list_teams_of(event_id: int, user_id: int) -> list[Team]:
    """Living teams of a person in an event, whole."""
    query = select(Team).join(Membership, Membership.team_id == Team.id)
    query = query.where(
        Team.event_id == event_id, Membership.user_id == user_id, Membership.left_at.is_(None)
    )
    return list(
        db.session.scalars(query.where(Team.disbanded_at.is_(None)).options(*_WHOLE).order_by(Team.id))
    )


def list_all_teams_of(user_id: int) -> list[Team]:
    """Living teams of a person in every event, whole, with their events and phases."""
    query = select(Team).join(Membership, Membership.team_id == Team.id)
    query = query.where(
        Membership.user_id == user_id, Membership.left_at.is_(None), Team.disbanded_at.is_(None)
    )
    parts = map(selectinload, (Event.phases, Event.groups, Event.tracks))
    event = joinedload(Team.event).options(*parts)
    return list(db.session.scalars(query.options(*_WHOLE, event).order_by(Team.id.desc())))


def is_in_a_team(event_id: int, user_id: int, *, except_team: int = 0) -> bool:
    """Whether a person belongs to a (or another) team of the event."""
    query = select(Membership.id).where(
        Membership.event_id == event_id,
        Membership.user_id == user_id,
        Membership.left_at.is_(None),
        Membership.team_id != except_team,
    )
    return db.session.scalar(query.limit(1)) is not None


def count_members(team_id: int) -> int:
    """Members now, the captain among them, and those a paper entry names."""
    present = select(func.count()).where(Membership.team_id == team_id, Membership.left_at.is_(None))
    query = select(present.scalar_subquery(), Team.named_members).where(Team.id == team_id)
    row = db.session.execute(query).first()
    return row[0] + len(row[1]) if row else 0


def list_join_requests(team_id: int) -> list[JoinRequest]:
    """Open requests to join, oldest first, with who asks."""
    query = select(JoinRequest).where(
        JoinRequest.team_id == team_id, JoinRequest.state == RequestState.PENDING
    )
    return list(db.session.scalars(query.options(joinedload(JoinRequest.user)).order_by(JoinRequest.id)))


def find_join_request(team_id: int, user_id: int) -> JoinRequest | None:
    """A person's open request to a team."""
    query = select(JoinRequest).where(JoinRequest.team_id == team_id, JoinRequest.user_id == user_id)
    return db.session.scalar(query.where(JoinRequest.state == RequestState.PENDING))


def list_invitations(team_id: int) -> list[TeamInvitation]:
    """Open mail invitations, newest first."""
    query = select(TeamInvitation).where(TeamInvitation.team_id == team_id)
    query = query.where(TeamInvitation.state == RequestState.PENDING).order_by(TeamInvitation.id.desc())
    return list(db.session.scalars(query.options(joinedload(TeamInvitation.found))))


def list_invitations_to(email: str) -> list[TeamInvitation]:
    """Open mail invitations to an address, with team and event."""
    query = select(TeamInvitation).where(
        TeamInvitation.email == email, TeamInvitation.state == RequestState.PENDING
    )
    return list(db.session.scalars(query.options(joinedload(TeamInvitation.team).joinedload(Team.event))))


@dataclass(frozen=True)
class TeamFilter:
    """What of a list of teams to show."""

    search: str = ""
    size: str = ""  # "", "complete", "incomplete"
    only_looking: bool = False
    page: int = 1


def list_open_teams(event: Event, chosen: TeamFilter) -> Page[Team]:
    """Listed, living teams by name; with `only_looking` those that seek members."""
    query = select(Team).where(Team.event_id == event.id, Team.is_listed, Team.disbanded_at.is_(None))
    if chosen.only_looking:
        query = query.where(Team.open_roles.any())
    return paginate(
        _search(query, chosen).options(*_WHOLE).order_by(func.lower(Team.name)), page=chosen.page, size=24
    )


def list_event_teams(event: Event, chosen: TeamFilter) -> Page[Team]:
    """Every team of the event for its organizers, by name."""
    query = select(Team).where(Team.event_id == event.id)
    size = (
        select(func.count())
        .where(Membership.team_id == Team.id, Membership.left_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    if chosen.size == "complete":
        query = query.where(size >= event.team_min)
    elif chosen.size == "incomplete":
        query = query.where(size < event.team_min)
    query = _search(query, chosen).options(*_WHOLE, joinedload(Team.captain))
    return paginate(query.order_by(func.lower(Team.name), Team.id), page=chosen.page)


def _search(query: Select[tuple[Team]], chosen: TeamFilter) -> Select[tuple[Team]]:
    if not chosen.search:
        return query
    words = chosen.search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    unit = select(Unit.id).where(Unit.name.ilike(f"%{words}%", escape="\\"))
    return query.where(Team.name.ilike(f"%{words}%", escape="\\") | Team.unit_id.in_(unit))


@dataclass(frozen=True)
class TeamCounts:
    """The first two steps of the funnel."""

    registered: int
    complete: int


def count_teams(event: Event) -> TeamCounts:
    """Living teams, and those with enough members."""
    size = (
        select(Membership.team_id, func.count().label("n"))
        .where(Membership.event_id == event.id, Membership.left_at.is_(None))
        .group_by(Membership.team_id)
        .subquery()
    )
    query = (
        select(func.count(), func.count().filter(size.c.n >= event.team_min))
        .select_from(Team)
        .outerjoin(size, size.c.team_id == Team.id)
        .where(Team.event_id == event.id, Team.disbanded_at.is_(None))
    )
    registered, complete = db.session.execute(query).one()
    return TeamCounts(registered, complete)


@dataclass(frozen=True)
class Turnout:
    """How many take part: living teams, and the units and organizations they come from."""

    teams: int
    homes: int


def count_turnout(event_id: int) -> Turnout:
    """Teams and where they come from, in one statement."""
    home = func.coalesce(cast(Team.unit_id, String), func.lower(Team.organization))
    query = select(func.count(), func.count(func.distinct(func.nullif(home, ""))))
    return Turnout(
        *db.session.execute(query.where(Team.event_id == event_id, Team.disbanded_at.is_(None))).one()
    )


def list_captains(event_id: int) -> list[User]:
    """Captains of the event's living teams; nobody leads a team that came on paper."""
    captains = select(Team.captain_id).join(Membership, Membership.team_id == Team.id)
    captains = captains.where(Membership.user_id == Team.captain_id, Membership.left_at.is_(None))
    captains = captains.where(Team.event_id == event_id, Team.disbanded_at.is_(None))
    return list(db.session.scalars(select(User).where(User.id.in_(captains)).order_by(User.id)))


def list_members(team_id: int) -> list[User]:
    """People in a team now."""
    query = select(User).join(Membership, Membership.user_id == User.id)
    return list(db.session.scalars(query.where(Membership.team_id == team_id, Membership.left_at.is_(None))))


def list_current_units(today: date) -> list[Unit]:
    """Work units that exist today, by name, for choosing."""
    query = select(Unit).where(Unit.valid_until.is_(None) | (Unit.valid_until >= today))
    return list(db.session.scalars(query.order_by(Unit.name)))


def list_mentors(team_id: int) -> list[TeamMentor]:
    """Who accompanies a team now, with the person."""
    query = select(TeamMentor).where(TeamMentor.team_id == team_id, TeamMentor.ended_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(TeamMentor.user)).order_by(TeamMentor.id)))


def list_event_mentors(event_id: int) -> list[User]:
    """Everyone who is a mentor in the event, by name."""
    query = select(User).join(EventRole, EventRole.user_id == User.id)
    query = query.where(
        EventRole.event_id == event_id, EventRole.role == Role.MENTOR, EventRole.revoked_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def list_team_names(event_id: int) -> list[tuple[str, str]]:
    """Address and name of every living team of an event, by name."""
    query = select(Team.public_id, Team.name).where(Team.event_id == event_id, Team.disbanded_at.is_(None))
    return [(key, name) for key, name in db.session.execute(query.order_by(func.lower(Team.name), Team.id))]


TRAIL_NAMES = {"team": names_by(Team.id, Team.name)}
