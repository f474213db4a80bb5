"""What every act leaves: a row among the acts, an entry in the trail, and mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.core.db import db
from innovate.endorsement.domain.chain import Act
from innovate.endorsement.models import Chain, ChainAct
from innovate.endorsement.queries.chains import find_chain
from innovate.endorsement.queries.hats import list_holders
from innovate.events.domain.kinds import Role
from innovate.events.policy import Actor
from innovate.events.queries import list_people
from innovate.ideas.models import Idea
from innovate.notifications.services import enqueue_mail
from innovate.teams.queries import list_members


def note(
    act: Act,
    actor: Actor,
    chain: Chain,
    at: datetime,
    *,
    text: str = "",
    of_team: bool = False,
    stands_in: bool = False,
) -> ChainAct:
    """Keep the act with the revision it is about, and write it into the trail."""
    row = ChainAct(
        idea_id=chain.idea_id,
        act=act,
        by_id=actor.user_id,
        of_team=of_team,
        stands_in=stands_in,
        at=at,
        text=text,
        revision_id=chain.revision_id,
        letter_id=chain.letter_id,
    )
    db.session.add(row)
    db.session.flush()
    after: dict[str, Any] = {"unit_id": chain.unit_id, "stands_in": stands_in}
    if text and act is not Act.COMMENT:  # what team and unit say to each other is theirs
        after["reason"] = text
    write(f"endorsement.{act.value}", actor, chain.idea_id, at, after=after)
    return row


def write(action: str, actor: Actor, idea_id: int, at: datetime, *, after: Mapping[str, Any]) -> None:
    """An entry about a proposal in the trail."""
    record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="idea",
        object_id=idea_id,
        event_id=actor.event.id,
        after=after,
    )


def tell_team(template: str, actor: Actor, idea: Idea, at: datetime, **more: Any) -> None:
    """A mail to everybody in the team."""
    path = f"/k/{actor.event.slug}/usulan/{idea.public_id}"
    _tell(template, list_members(idea.team_id), actor, idea, path, at, more)


def tell_unit(template: str, actor: Actor, idea: Idea, at: datetime, **more: Any) -> None:
    """A mail to the coordinators nearest to the unit; without any, to the secretariat. It names the proposal as it was
    shown to them, not as its team writes on.
    """
    people: Iterable[User] = list_holders(idea).told
    chain = find_chain(idea.id)
    if chain is not None:
        more = {"title": chain.revision.title, **more}
    path = f"/k/{actor.event.slug}/pengesahan/{idea.public_id}"
    _tell(template, people or _list_secretariat(actor), actor, idea, path, at, more)


def _list_secretariat(actor: Actor) -> list[User]:
    """The event's secretariat; its organizers where there is none."""
    people = list_people(actor.event.id)
    clerks = [row.user for row in people if row.role is Role.SECRETARIAT]
    return clerks or [row.user for row in people if row.role is Role.ORGANIZER]


def _tell(
    template: str,
    people: Iterable[User],
    actor: Actor,
    idea: Idea,
    path: str,
    at: datetime,
    more: Mapping[str, Any],
) -> None:
    unit = idea.team.unit.name if idea.team.unit else idea.team.organization
    for user in people:
        if user.id == actor.user_id:
            continue
        enqueue_mail(
            template,
            address=user.email,
            at=at,
            locale=user.locale or "id",
            user_id=user.id,
            event_id=actor.event.id,
            cause=f"idea:{idea.id}:{template}",
            context={
                "name": user.name,
                "event": actor.event.name,
                "zone": actor.event.zone,
                "title": idea.title,
                "team": idea.team.name,
                "unit": unit,
                "actor": actor.user.full_name if actor.user else "",
                "path": path,
                **more,
            },
        )
