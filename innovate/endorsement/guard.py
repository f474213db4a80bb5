"""The guarded ways in: absent and not yours look the same (404)."""

from __future__ import annotations

from flask import g, request

from innovate.accounts.models import User
from innovate.core.errors import NotFound, require
from innovate.endorsement import policy
from innovate.endorsement.queries.chains import find_chain
from innovate.endorsement.queries.coordinators import coordinates_any
from innovate.endorsement.queries.hats import Hat, find_hat
from innovate.events import guard as events
from innovate.events.policy import Actor
from innovate.ideas import policy as ideas
from innovate.ideas.guard import enter_idea
from innovate.ideas.models import Idea
from innovate.ideas.queries.ideas import get_idea


def enter_list() -> User:
    """A person who coordinates a unit now."""
    user = events.signed_in_user()
    if user is None or not coordinates_any(user.id):
        raise NotFound
    return user


def enter_unit(slug: str, idea_id: str) -> tuple[Actor, Idea, Hat]:
    """A proposal for whoever answers for its unit; the secretariat in their stead."""
    actor, idea, hat = _enter(slug, idea_id)
    require(hat.reads, NotFound())
    return actor, idea, hat


def enter_talk(slug: str, idea_id: str) -> tuple[Actor, Idea, Hat]:
    """A proposal shown to its unit, for both sides."""
    actor, idea, hat = _enter(slug, idea_id)
    both = hat.acts or ideas.can_see_own(actor, idea)
    require(both and find_chain(idea.id) is not None, NotFound())
    return actor, idea, hat


def enter_papers(slug: str, idea_id: str) -> tuple[Actor, Idea]:
    """Letters and scans: for the team, its unit, and once handed in for those who screen."""
    actor, idea, hat = _enter(slug, idea_id)
    may = hat.reads or ideas.can_see_own(actor, idea) or ideas.can_read_as_committee(actor, idea)
    require(may, NotFound())
    return actor, idea


def _enter(slug: str, idea_id: str) -> tuple[Actor, Idea, Hat]:
    actor = events.enter(slug)
    require(actor.event.asks_endorsement, NotFound())
    idea = get_idea(actor.event.id, idea_id)
    g.idea = idea
    return actor, idea, find_hat(actor, idea)


def enter_team(slug: str, idea_id: str) -> tuple[Actor, Idea]:
    """The team's own proposal in an event that asks for endorsement."""
    actor, idea = enter_idea(slug, idea_id, ideas.can_edit)
    require(actor.event.asks_endorsement, NotFound())
    return actor, idea


def enter_overview(slug: str) -> Actor:
    """Those who screen and auditors, in an event that asks for endorsement."""
    actor = events.enter(slug, policy.can_read_overview)
    require(actor.event.asks_endorsement, NotFound())
    return actor


def enter_rules(slug: str) -> Actor:
    """Organizers and auditors read what is asked, organizers change it."""
    return (
        events.enter_room(slug)
        if request.method in {"GET", "HEAD"}
        else events.enter(slug, policy.can_set_rules)
    )


def enter_paper_room(slug: str) -> Actor:
    """Those who type what came on paper."""
    return events.enter(slug, policy.can_enter_paper)
