"""What every act on an idea leaves: an entry in the trail, and mails to the team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.audit import services as audit
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import number_of
from innovate.notifications.services import enqueue_mail
from innovate.teams import queries as teams


def record(
    action: str,
    actor: Actor,
    idea: Idea,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One entry about an idea in the audit trail."""
    audit.record(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="idea",
        object_id=idea.id,
        event_id=idea.event_id,
        before=before,
        after=after,
    )


def mail_team(
    template: str, event: Event, team_id: int, *, at: datetime, cause: str, context: Mapping[str, Any]
) -> None:
    """The same mail to every member of a team, each in their own language."""
    for user in teams.list_members(team_id):
        enqueue_mail(
            template,
            address=user.email,
            at=at,
            locale=user.locale or "id",
            user_id=user.id,
            event_id=event.id,
            cause=cause,
            context={"name": user.name, "event": event.name, "zone": event.zone, **context},
        )


def mail_about(template: str, actor: Actor, idea: Idea, at: datetime, context: Mapping[str, Any]) -> None:
    """A mail about an idea to everybody in its team, with a link to the idea."""
    mail_team(
        template,
        actor.event,
        idea.team_id,
        at=at,
        cause=f"idea:{idea.id}:{template}",
        context={
            "title": idea.title,
            "number": number_of(actor.event, idea),
            "actor": actor.user.name if actor.user else "",
            "path": f"/k/{actor.event.slug}/usulan/{idea.public_id}",
            **context,
        },
    )
