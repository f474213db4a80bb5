"""The guarded ways to surveys: absent and not yours look the same (404)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from innovate.core.errors import NotFound, require
from innovate.events import guard as events
from innovate.surveys import policy
from innovate.surveys.models import Survey
from innovate.surveys.policy import Maker
from innovate.surveys.queries.surveys import get_survey


@dataclass(frozen=True)
class Desk:
    """Where surveys are made: in an event, or on the site."""

    maker: Maker

    def url(self, name: str, **values: Any) -> str:
        """The address of one of its rooms."""
        if self.maker.event is None:
            return url_for(f"surveys.site_{name}", **values)
        return url_for(f"surveys.{name}", slug=self.maker.event.slug, **values)


def enter_desk(slug: str | None, *, writes: bool = False) -> Desk:
    """Readers read, makers write (`writes`: also the pages with a form)."""
    may_read = not writes and request.method in {"GET", "HEAD"}
    can = policy.can_read if may_read else policy.can_make
    actor = events.enter(slug) if slug is not None else None
    user = events.signed_in_user()
    if user is None:
        raise NotFound
    maker = Maker(user, actor)
    require(can(maker), NotFound())
    return Desk(maker)


def enter_survey(slug: str | None, public_id: str, *, writes: bool = False) -> tuple[Desk, Survey]:
    """One survey of this place."""
    desk = enter_desk(slug, writes=writes)
    return desk, get_survey(desk.maker.event_id, public_id)
