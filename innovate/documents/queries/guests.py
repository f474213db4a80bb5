"""Whom letters call, and who stands on a list of attendance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.documents.domain.kinds import Recipients
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.queries import list_jury, list_people
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.results.queries.boards import BoardView, list_boards
from innovate.scoring.models.rounds import RoundEntry
from innovate.teams.models import Membership, Team

_HANDED_IN = [state for state in IdeaState if state.is_in_competition]
_COMMITTEE = (Role.ORGANIZER, Role.SECRETARIAT)


@dataclass(frozen=True)
class Person:
    """Somebody on a paper. `unit`: where they work, `position`: what they are there."""

    user_id: int
    name: str
    unit: str
    position: str
    nip: str


@dataclass(frozen=True)
class Guest:
    """One letter's addressee: a person, or a team with its members, the captain first."""

    key: str
    name: str
    of: str
    people: Sequence[Person]
    team_id: int | None = None
    title: str = ""  # of the team's entry

    @property
    def user_id(self) -> int:
        """Who answers for it."""
        return self.people[0].user_id


def find_finalist_board(event: Event) -> BoardView | None:
    """The public board that chose the finalists of the last round; None while nobody may know them."""
    boards = list_boards(event)
    if len(boards) < 2 or boards[-1].round.takes_all or not boards[-2].state.is_public:
        return None
    return boards[-2]


def list_guests(event: Event, to: Recipients) -> list[Guest]:
    """Everybody a letter goes to. Finalists: none while `find_finalist_board` finds no board."""
    if to is Recipients.JURORS:
        return [_guest(row.user, row.public_title) for row in list_jury(event.id)]
    if to is Recipients.COMMITTEE:
        users = {row.user_id: row.user for row in list_people(event.id, *_COMMITTEE)}
        return [_guest(user, "") for user in users.values()]
    if to is Recipients.TEAMS:
        return list_teams(event.id)
    found = list_boards(event)[-1:] if find_finalist_board(event) else []
    chosen = {view.round.id for view in found}
    return list_teams(event.id, round_id=chosen.pop()) if chosen else []


def list_people_of(event: Event, to: Recipients) -> list[Person]:
    """Everybody by name, each once."""
    people = {each.user_id: each for guest in list_guests(event, to) for each in guest.people}
    return sorted(people.values(), key=lambda each: each.name.casefold())


def _guest(user: User, title: str) -> Guest:
    person = person_of(user)
    of = title or ", ".join(filter(None, (person.position, person.unit)))
    return Guest(f"user:{user.id}", user.full_name, of, [person])


def person_of(user: User) -> Person:
    """A person with the unit that was loaded beside them."""
    unit = user.unit.name if user.unit else user.organization
    return Person(user.id, user.full_name, unit, user.position, user.nip or "")


def list_teams(event_id: int, *, round_id: int | None = None, idea_id: int | None = None) -> list[Guest]:
    """Teams whose entry was handed in, by its number; those chosen into a round, or that of one entry. Two queries."""
    query = (
        select(Team, Idea)
        .join(Idea, Idea.team_id == Team.id)
        .where(Team.event_id == event_id)
        .options(joinedload(Team.unit))
        .order_by(Idea.number, Idea.id)
    )
    if round_id is not None:
        chosen = select(RoundEntry.idea_id).where(RoundEntry.round_id == round_id)
        query = query.where(Idea.id.in_(chosen))
    query = query.where(Idea.id == idea_id) if idea_id else query.where(Idea.state.in_(_HANDED_IN))
    rows = [(team, idea) for team, idea in db.session.execute(query)]
    members = _list_members([team for team, _idea in rows])
    return [
        Guest(
            f"team:{team.id}",
            team.name,
            team.unit.name if team.unit else team.organization,
            members.get(team.id, ()),
            team.id,
            idea.title,
        )
        for team, idea in rows
        if members.get(team.id)
    ]


def _list_members(teams: Sequence[Team]) -> dict[int, list[Person]]:
    captains = {team.id: team.captain_id for team in teams}
    query = (
        select(Membership.team_id, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.team_id.in_(captains), Membership.left_at.is_(None))
        .options(joinedload(User.unit))
        .order_by(User.name, User.id)
    )
    found: dict[int, list[Person]] = {}
    for team_id, user in db.session.execute(query):
        found.setdefault(team_id, []).append(person_of(user))
    for team_id, people in found.items():
        people.sort(key=lambda each: each.user_id != captains[team_id])
    return found
