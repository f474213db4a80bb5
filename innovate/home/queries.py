"""Reads of the front rooms: what a visitor sees first, and what a person must do next."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.documents.models import Document
from innovate.documents.queries.papers import list_own
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.queries.coordinators import coordinates_any
from innovate.endorsement.queries.lists import count_waiting, map_standings
from innovate.events.domain.kinds import EventState, Role
from innovate.events.domain.moment import find_moment
from innovate.events.models import Event, EventRole, RoleInvitation
from innovate.events.queries import list_events, list_invitations_to, list_roles_of
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.ideas.queries.standings import TeamStanding, list_team_standings
from innovate.learning.models import Enrolment
from innovate.learning.queries.schedule import list_coming
from innovate.results.models import StandingRow
from innovate.results.queries.snapshots import list_latest_winners
from innovate.scoring.queries.jury import MyRound, list_my_rounds
from innovate.surveys.models import Survey
from innovate.surveys.queries.surveys import list_waiting
from innovate.teams.models import Membership, Team, TeamInvitation
from innovate.teams.queries import list_all_teams_of
from innovate.teams.queries import list_invitations_to as list_team_invitations_to

log = logging.getLogger(__name__)
_FRONT = 12  # competitions looked at for the front page
_RECENT = timedelta(days=30)  # how long a finished team or role still stands on a person's home
_ORDER = {"open": 0, "closed": 1, "screening": 1, "judging": 1, "final": 1, "announcement": 1, "soon": 2}


def database_answers() -> bool:
    """Whether the database is there and has our tables."""
    try:
        return db.session.execute(text("SELECT version_num FROM alembic_version")).first() is not None
    except DBAPIError:
        log.exception("the database does not answer")
        return False


@dataclass(frozen=True)
class Front:
    """The front page: the competition to speak of, the others, and who won last."""

    lead: Event | None
    others: list[Event]
    winners: list[tuple[Event, list[StandingRow]]]


def load_front(at: datetime) -> Front:
    """What is open comes first, the nearest deadline before the others; then what runs, what comes, what is over."""
    events = sorted(list_events("all", at, size=_FRONT).items, key=lambda event: _urgency(event, at))
    living = [event for event in events if find_moment(event.state, event.phases, at).phase is not None]
    lead = living[0] if living else None
    others = [event for event in events if event is not lead]
    winners: dict[int, tuple[Event, list[StandingRow]]] = {}
    for event, row in list_latest_winners():
        winners.setdefault(event.id, (event, []))[1].append(row)
    return Front(lead, others[:6], list(winners.values())[:2])


def _urgency(event: Event, at: datetime) -> tuple[int, float]:
    moment = find_moment(event.state, event.phases, at)
    if moment.instant is None:
        ended = max((phase.ends_at for phase in event.phases), default=event.created_at)
        return 9, -ended.timestamp()
    return _ORDER.get(moment.status, 3), moment.instant.timestamp()


@dataclass(frozen=True)
class Desk:
    """Everything a person's home is made of."""

    roles: list[EventRole]
    invitations: list[RoleInvitation]
    team_invitations: list[TeamInvitation]
    standings: list[TeamStanding]
    rounds: list[MyRound]
    waiting: dict[int, int]
    open_events: list[Event]
    certificates: Sequence[Document] = ()
    in_units: Mapping[int, Standing] = field(default_factory=dict)  # by idea: where it stands in its unit
    trainings: Sequence[Enrolment] = ()  # what the person enrolled in and is not over
    surveys: Sequence[Survey] = ()  # that wait for the person's answer
    for_unit: int | None = None  # proposals that wait for the person as a unit's coordinator; None: is none


def load_desk(user: User, at: datetime) -> Desk:
    """A person's roles, teams and invitations with what they ask; the number of queries does not grow with them."""
    roles = [row for row in list_roles_of(user.id) if _is_recent(row.event, at)]
    teams = [team for team in list_all_teams_of(user.id) if _is_recent(team.event, at)]
    mine = {team.event_id for team in teams} | {row.event_id for row in roles}
    standings = list_team_standings(None, teams, {team.id: team.size for team in teams})
    return Desk(
        roles=roles,
        invitations=list_invitations_to(user.email, at),
        team_invitations=list_team_invitations_to(user.email),
        standings=standings,
        rounds=list_my_rounds(user.id, _events_with(roles, Role.JUROR, Role.CHAIR)),
        waiting=_count_waiting(_events_with(roles, Role.SECRETARIAT)),
        open_events=[event for event in list_events("open", at, size=8).items if event.id not in mine][:4],
        certificates=list_own(user.id),
        trainings=list_coming(user.id, at),
        surveys=list_waiting(user.id, at),
        in_units=map_standings(standing.idea for standing in standings if standing.idea is not None),
        for_unit=count_waiting(user.id) if coordinates_any(user.id) else None,
    )


def _events_with(roles: Sequence[EventRole], *wanted: Role) -> list[int]:
    return [row.event_id for row in roles if row.role in wanted]


def _is_recent(event: Event, at: datetime) -> bool:
    if event.state is EventState.ARCHIVED:
        return False
    return not event.phases or max(phase.ends_at for phase in event.phases) > at - _RECENT


def _count_waiting(event_ids: Sequence[int]) -> dict[int, int]:
    """By event: submitted ideas nobody has decided on."""
    query = select(Idea.event_id, func.count()).where(
        Idea.event_id.in_(event_ids), Idea.state == IdeaState.SUBMITTED
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Idea.event_id))}


class MyEntry(NamedTuple):
    """A person's team in one event and its living idea, if there is one."""

    team_public_id: str
    team_name: str
    idea_public_id: str | None
    state: IdeaState | None


def find_entry_of(event_id: int, user_id: int) -> MyEntry | None:
    """The person's latest team in the event with its idea. One query."""
    query = (
        select(Team.public_id, Team.name, Idea.public_id, Idea.state)
        .join(Membership, Membership.team_id == Team.id)
        .outerjoin(Idea, (Idea.team_id == Team.id) & (Idea.state != IdeaState.WITHDRAWN))
        .where(Team.event_id == event_id, Team.disbanded_at.is_(None))
        .where(Membership.user_id == user_id, Membership.left_at.is_(None))
        .order_by(Team.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).first()
    return MyEntry(*row) if row else None
