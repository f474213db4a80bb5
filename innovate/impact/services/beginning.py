"""Following the impact of an entry begins: when its team wants to, or once everything is announced."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from innovate.core.db import db, locked
from innovate.core.errors import NotFound, require
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.models import Idea
from innovate.impact.models import Innovation
from innovate.impact.queries.followups import (
    RUNNING,
    find_announced_unit,
    list_announced,
    list_undated,
    list_unfollowed,
)
from innovate.impact.queries.innovations import find_of_idea
from innovate.impact.services.trail import record


def begin(actor: Actor, idea: Idea, *, at: datetime) -> Innovation:
    """The team of an entry begins to follow its impact; what has begun stays as it is."""
    may = ideas.is_member(actor, idea) and idea.number is not None and idea.state in RUNNING
    require(may, NotFound())
    locked(Idea, idea.id)
    found = find_of_idea(idea.id)
    if found is None:
        found = _follow(idea, None, at)
        record("impact.begin", actor.user_id, found, at, after={"title": found.title})
    return found


def begin_announced(*, at: datetime) -> int:
    """Follow every entry of events whose every ranking is public; how many are new."""
    new = 0
    for event, announced_at in list_announced():
        day = announced_at.astimezone(ZoneInfo(event.zone)).date()
        for early in list_undated(event.id):
            early.announced_on = day
            early.unit_name = early.unit_name or _name_without_unit(early)
        for idea in list_unfollowed(event.id):
            found = _follow(idea, day, at)
            found.unit_name = _name_without_unit(found)
            new += 1
    db.session.flush()
    return new


def _name_without_unit(innovation: Innovation) -> str:
    """Where a team of no unit is from (a university, a community), as it was announced."""
    return "" if innovation.unit_id or not innovation.idea_id else find_announced_unit(innovation.idea_id)


def _follow(idea: Idea, announced_on: date | None, at: datetime) -> Innovation:
    found = Innovation(
        event_id=idea.event_id,
        idea_id=idea.id,
        title=idea.title,
        unit_id=idea.unit_id or idea.team.unit_id,
        announced_on=announced_on,
        created_at=at,
    )
    db.session.add(found)
    db.session.flush()
    return found
