"""Who makes surveys, and who reads what came of them. A survey's event must be loaded."""

from __future__ import annotations

from dataclasses import dataclass

from innovate.accounts.models import User
from innovate.events import policy as events
from innovate.events.models import Event
from innovate.events.policy import Actor


@dataclass(frozen=True)
class Maker:
    """A person before the surveys of an event (`actor`), or before those of the site (`actor` None)."""

    user: User
    actor: Actor | None = None

    @property
    def user_id(self) -> int:
        """The person's key."""
        return self.user.id

    @property
    def event(self) -> Event | None:
        """The event whose surveys these are."""
        return self.actor.event if self.actor else None

    @property
    def event_id(self) -> int | None:
        """Its key."""
        return self.actor.event.id if self.actor else None

    @property
    def zone(self) -> str:
        """The zone instants are typed in."""
        return self.actor.event.zone if self.actor else "Asia/Pontianak"


def can_read(maker: Maker) -> bool:
    """Organizers and auditors of the event; without one, organizers of the site."""
    if maker.actor is None:
        return events.can_create_events(maker.user)
    return events.can_read_all(maker.actor)


def can_make(maker: Maker) -> bool:
    """Organizers; surveys go on when the event is archived, as behaviour and results are asked for later."""
    if maker.actor is None:
        return events.can_create_events(maker.user)
    return events.can_manage(maker.actor)
