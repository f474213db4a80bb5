"""What every act on a visit leaves: an entry in the trail, and mails to the team and to those who go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record as record_entry
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import list_people
from innovate.notifications.services import enqueue_mail_once
from innovate.teams.queries import list_members
from innovate.visits.models import Visit


def record(
    action: str,
    actor: Actor,
    visit: Visit,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One entry about a visit in the audit trail."""
    record_entry(
        action,
        actor_id=actor.user_id,
        at=at,
        object_type="visit",
        object_id=visit.id,
        event_id=visit.event_id,
        before=before,
        after=after,
    )


def tell_all(template: str, event: Event, visit: Visit, *, about: str, at: datetime, **context: Any) -> None:
    """The same to the team and to the visitors; `about` tells one occasion from the next, so nobody reads it twice.

    A visitor whose last role in the event has ended is told nothing more.
    """
    tell_team(template, event, visit, about=about, at=at, **context)
    committee = {row.user_id for row in list_people(event.id)}
    for each in visit.visitors:
        if each.user_id not in committee:
            continue
        path = f"/k/{event.slug}/lapangan/{visit.public_id}"
        _mail(template, event, visit, each.user, about, at, {**context, "path": path, "goes": True})


def tell_team(template: str, event: Event, visit: Visit, *, about: str, at: datetime, **context: Any) -> None:
    """To every member of the entry's team."""
    path = f"/k/{event.slug}/usulan/{visit.idea.public_id}"
    for user in list_members(visit.idea.team_id):
        _mail(template, event, visit, user, about, at, {**context, "path": path, "goes": False})


def _mail(
    template: str, event: Event, visit: Visit, user: User, about: str, at: datetime, context: dict[str, Any]
) -> None:
    enqueue_mail_once(
        template,
        cause=f"visit:{visit.id}:{about}:{user.id}",
        address=user.email,
        user_id=user.id,
        locale=user.locale or "id",
        event_id=event.id,
        at=at,
        context={
            "name": user.full_name,
            "event": event.name,
            "title": visit.idea.title,
            "at": visit.starts_at.isoformat(),
            "zone": event.zone,
            "place": visit.place,
            "message": visit.message,
            "visitors": "; ".join(each.user.full_name for each in visit.visitors),
            **context,
        },
    )
