"""What a person is to an innovation: who reports, who verifies, who reads, who adopted it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from innovate.accounts.models import User
from innovate.core.db import db
from innovate.endorsement.domain.reach import path_up
from innovate.endorsement.queries.coordinators import list_acting, list_reach, map_parents
from innovate.events import policy as events
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea
from innovate.impact.domain.kinds import Asked
from innovate.impact.models import AdoptionRequest, Innovation
from innovate.teams.queries import list_members


@dataclass(frozen=True)
class Standing:
    """`reports`: writes. `coordinates`: answers for the unit. `runs`: organizes. `adopts`: was given the material."""

    user_id: int = 0
    reports: bool = False
    coordinates: bool = False
    runs: bool = False
    reads: bool = False
    adopts: bool = False
    coordinators: frozenset[int] = frozenset()

    @property
    def decides(self) -> bool:
        """Whether the person answers those who ask to adopt."""
        return self.reports or self.coordinates or (self.runs and not self.coordinators)

    def verifies(self, author_id: int | None) -> bool:
        """The unit's coordinator; the organizer where there is none but the author. Nobody their own number."""
        if self.reports or not self.user_id or self.user_id == author_id:
            return False
        return self.coordinates or (self.runs and not self.coordinators - {author_id})


def find_standing(actor: Actor, innovation: Innovation) -> Standing:
    """The present person's. A conflict of interest keeps them from it as from the idea."""
    if actor.user is None:
        return Standing()
    idea = _idea_of(innovation)
    reports = list_reporters(innovation)
    is_own = actor.user_id in {user.id for user in reports}
    if idea is not None and not is_own and ideas.is_kept_from(actor, idea):
        return Standing()
    coordinates = innovation.unit_id in list_reach(actor.user_id) if innovation.unit_id else False
    runs = events.can_manage(actor) and not is_own
    return Standing(
        actor.user_id,
        reports=is_own,
        coordinates=coordinates and not is_own,
        runs=runs,
        reads=is_own or coordinates or events.can_read_all(actor),
        adopts=is_adopter(innovation.id, actor.user_id),
        coordinators=frozenset(user.id for user in list_unit_coordinators(innovation))
        - {user.id for user in reports},
    )


def _idea_of(innovation: Innovation) -> Idea | None:
    return get_idea(innovation.event_id, innovation.idea.public_id) if innovation.idea else None


def list_reporters(innovation: Innovation) -> list[User]:
    """Who may write: the team as it is now, or whoever adopted it. Accounts that are closed do not."""
    if innovation.owner_id is not None:
        people = [db.session.get_one(User, innovation.owner_id)]
    else:
        people = list_members(innovation.idea.team_id) if innovation.idea else []
    return [user for user in people if user.disabled_at is None]


def list_unit_coordinators(innovation: Innovation) -> list[User]:
    """Who answers for its unit or one above: the nearest that have anybody."""
    path = path_up(innovation.unit_id, map_parents()) if innovation.unit_id else []
    found = list_acting(innovation.event_id, path) if path else []
    nearest = next((unit for unit in path if any(of == unit for of, _user in found)), None)
    return [user for of, user in found if of == nearest]


def list_asked(innovation: Innovation) -> list[User]:
    """Who is asked how it fares: the captain (another member where that account is closed) and the coordinators."""
    reporters = list_reporters(innovation)
    captain = innovation.owner_id or (innovation.idea.team.captain_id if innovation.idea else None)
    first = [user for user in reporters if user.id == captain] or reporters[:1]
    known = {user.id for user in first}
    return [*first, *(user for user in list_unit_coordinators(innovation) if user.id not in known)]


def may_answer(innovation: Innovation, user: User) -> bool:
    """Whether a link still belongs to somebody who may answer: people leave teams and posts."""
    people = [*list_reporters(innovation), *list_unit_coordinators(innovation)]
    return user.disabled_at is None and any(each.id == user.id for each in people)


def is_adopter(innovation_id: int, user_id: int) -> bool:
    """Whether the person was let adopt this innovation."""
    query = select(AdoptionRequest.id).where(
        AdoptionRequest.innovation_id == innovation_id,
        AdoptionRequest.asker_id == user_id,
        AdoptionRequest.state == Asked.ACCEPTED,
    )
    return db.session.scalar(query.limit(1)) is not None
