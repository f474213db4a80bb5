"""What a person may sign: for their team's entries, and for what they do in a competition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.documents.domain.texts import Text
from innovate.events.domain.kinds import EventState, Role
from innovate.events.models import Event
from innovate.events.queries import list_roles_of
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Idea
from innovate.teams.models import Membership, Team

_JURY = {Role.CHAIR, Role.JUROR}
_COMMITTEE = {Role.ORGANIZER, Role.SECRETARIAT}


@dataclass(frozen=True)
class OwnPact:
    """A pact of integrity of a person in a competition."""

    event: Event
    text: Text


def list_own_entries(user_id: int) -> Sequence[Idea]:
    """Entries of the person's teams in competitions that are not over, newest first, with their events."""
    query = (
        select(Idea)
        .join(Team, Team.id == Idea.team_id)
        .join(Membership, Membership.team_id == Team.id)
        .join(Event, Event.id == Idea.event_id)
        .where(Membership.user_id == user_id, Membership.left_at.is_(None), Team.disbanded_at.is_(None))
        .where(Idea.state != IdeaState.WITHDRAWN, Event.state == EventState.PUBLISHED)
        .options(joinedload(Idea.event), joinedload(Idea.team))
        .order_by(Idea.id.desc())
    )
    return list(db.session.scalars(query))


def get_own_entry(user_id: int, public_id: str) -> Idea:
    """One of them, or NotFound."""
    found = next((each for each in list_own_entries(user_id) if each.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def list_own_pacts(user_id: int) -> Sequence[OwnPact]:
    """What the person signs as juror or member of the committee, in competitions that are not over."""
    found: dict[tuple[int, Text], OwnPact] = {}
    for role in list_roles_of(user_id):
        text = (
            Text.PACT_JUROR
            if role.role in _JURY
            else Text.PACT_COMMITTEE
            if role.role in _COMMITTEE
            else None
        )
        if text and role.event.state is not EventState.ARCHIVED:
            found.setdefault((role.event_id, text), OwnPact(role.event, text))
    return list(found.values())


def get_own_pact(user_id: int, slug: str, text: Text) -> OwnPact:
    """One of them, or NotFound."""
    for each in list_own_pacts(user_id):
        if each.event.slug == slug and each.text is text:
            return each
    raise NotFound
