"""What is written down and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from innovate.accounts.models import User
from innovate.audit.services import record
from innovate.events.domain.kinds import Role
from innovate.events.models import Event
from innovate.events.queries import list_people
from innovate.events.services.changes import plain
from innovate.notifications.services import enqueue_mail

_TYPES = {
    "organisation_members": "organisation",
    "organisations": "organisation",
    "challenges": "challenge",
    "partner_proposals": "partner_proposal",
    "partner_offers": "partner_offer",
    "partner_offer_uses": "partner_offer",
    "statements": "statement",
}
_PARENT = {"organisation_members": "organisation_id", "partner_offer_uses": "offer_id"}


def note(
    action: str,
    actor_id: int,
    row: Any,
    at: datetime,
    *,
    event_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    subject_id: int | None = None,
) -> None:
    """An audit entry about a row, or about what it belongs to; the row must have its key."""
    table = row.__tablename__
    record(
        action,
        actor_id=actor_id,
        at=at,
        object_type=_TYPES[table],
        object_id=getattr(row, _PARENT.get(table, "id")),
        event_id=event_id,
        before=before,
        after=after,
        subject_id=subject_id,
    )


def change(row: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs; what it was and what it is now, as the trail keeps it."""
    differs = {key: value for key, value in values.items() if getattr(row, key) != value}
    before = {key: plain(getattr(row, key)) for key in differs}
    for key, value in differs.items():
        setattr(row, key, value)
    return before, {key: plain(value) for key, value in differs.items()}


def tell(
    template: str,
    people: Iterable[User],
    at: datetime,
    *,
    cause: str,
    path: str,
    event_id: int | None = None,
    **words: Any,
) -> None:
    """The same mail to several people, each in their language."""
    for person in people:
        enqueue_mail(
            template,
            address=person.email,
            at=at,
            locale=person.locale or "id",
            user_id=person.id,
            event_id=event_id,
            cause=cause,
            context={"name": person.full_name, "path": path, **words},
        )


def tell_organizers(
    event: Event, at: datetime, *, what: str, cause: str, path: str, organisation: str
) -> None:
    """Something of an organisation waits in the event's room."""
    tell(
        "partner_event_arrived",
        [role.user for role in list_people(event.id, Role.ORGANIZER)],
        at,
        cause=cause,
        path=path,
        event_id=event.id,
        event=event.name,
        subject=what,
        organisation=organisation,
    )
