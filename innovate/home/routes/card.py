"""One card of a person's home, and the ways into rooms that may not be installed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app, url_for

from innovate.events.models import Event
from innovate.ideas.queries.standings import TeamStanding


@dataclass(frozen=True)
class Card:
    """One thing a person has to do or may look at. `weight`: smaller is more urgent; 50 and above asks for nothing."""

    title: str
    event: str
    text: str = ""
    href: str = ""
    label: str = ""
    weight: int = 50
    deadline: datetime | None = None
    zone: str | None = None
    done: int = 0
    total: int = 0
    unit: str = ""
    badge: str = ""
    kind: str = ""
    decline: str = ""  # where saying no is sent
    standing: TeamStanding | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        """Whether it asks for something now."""
        return self.weight < 50


def has(endpoint: str) -> bool:
    """Whether a page is installed."""
    return endpoint in current_app.view_functions


def room(endpoint: str, event: Event) -> str:
    """The way into a room of the event, or to its page while the room is not installed."""
    return url_for(endpoint if has(endpoint) else "events.show", slug=event.slug)
